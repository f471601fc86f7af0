"""The estimators of the literature on simulated panels, where the true effect is known.

A panel with zones and one of the same seeds without any are given. On the first a researcher would estimate the
effect of zones (`estimators.py`). The truth is the mean difference of the two panels over treated observations.
Both estimators are linear in the outcome, so the bias (estimate - truth) splits exactly into two parts:

    selection       the estimate that the same dates give in the world without zones: where zones were put
    contamination   the rest: controls touched by zones, and weights that are not those of the truth

Logs are multiplied by 100 (percent) and shares too (points).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator, Philox, SeedSequence

from ftz_sim.validation.estimators import (
    EARLIEST,
    ESTIMATORS,
    FEWEST_UNTREATED,
    LATEST,
    PERCENT,
    coefficients,
    event_study,
    placebo_dates,
)
from ftz_sim.validation.panel import NEVER, Array, Panel

if TYPE_CHECKING:
    import pandas as pd

BANDS = ((0.0, 500.0), (500.0, 1000.0))  # km to the nearest province with a zone
PLACEMENTS = 500


def truth(zones: Panel, without: Panel, outcome: str, mask: Array) -> float:
    """Return the mean difference that zones made to the observations ``mask`` [T, U]; nan if there are none."""
    difference = zones.outcomes[outcome] - without.outcomes[outcome]
    return PERCENT * float(difference[mask].mean()) if mask.any() else np.nan


def compare_estimators(pairs: Sequence[tuple[Panel, Panel]]) -> pd.DataFrame:
    """Return one row for each replicate, outcome and estimator: estimate, error, selection, truth.

    Args:
        pairs: for each replicate the panel with zones and the one without.
    """
    import pandas as pd

    rows = []
    for replicate, (zones, without) in enumerate(pairs):
        frame, bare = zones.frame(), without._replace(first=zones.first).frame()
        counted = zones.treated & _estimable(zones)
        for outcome in zones.outcomes:
            for name, estimator in ESTIMATORS.items():
                found = estimator(frame, outcome)
                mask = counted if name == "imputation" else zones.treated
                rows.append(
                    {
                        "outcome": outcome,
                        "estimator": name,
                        "replicate": replicate,
                        "estimate": found.effect,
                        "error": found.error,
                        "selection": estimator(bare, outcome).effect,
                        "truth": truth(zones, without, outcome, mask),
                    }
                )
    return pd.DataFrame(rows)


def _estimable(panel: Panel) -> Array:
    return (~panel.treated).sum(axis=0) >= FEWEST_UNTREATED


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return means over replicates of what `compare_estimators` found, the parts of the bias, and coverage.

    ``coverage`` is the share of replicates whose 95 % interval (estimate ± 1.96 errors) holds the truth and
    ``significant`` the share whose interval leaves out zero.
    """
    found = table.assign(
        bias=table["estimate"] - table["truth"],
        contamination=table["estimate"] - table["selection"] - table["truth"],
        coverage=((table["estimate"] - table["truth"]).abs() <= 1.96 * table["error"]).astype(float),
        significant=(table["estimate"].abs() > 1.96 * table["error"]).astype(float),
    )
    groups = found.groupby(["outcome", "estimator"], sort=False)
    means = groups.mean().drop(columns="replicate")
    return means.assign(sd_over_seeds=groups["estimate"].std(), n=groups.size()).reset_index()


def event_studies(pairs: Sequence[tuple[Panel, Panel]], outcomes: Sequence[str]) -> pd.DataFrame:
    """Return mean event-study estimates, mean errors and the truth by outcome and years since opening."""
    import pandas as pd

    rows = []
    for zones, without in pairs:
        frame, age = zones.frame(), np.clip(zones.relative, EARLIEST, LATEST)
        known = _estimable(zones) & (zones.first != NEVER)
        for outcome in outcomes:
            for years, found in event_study(frame, outcome).items():
                true = truth(zones, without, outcome, known & (age == years))
                rows.append((outcome, years, found.effect, found.error, true))
    table = pd.DataFrame(rows, columns=["outcome", "age", "estimate", "error", "truth"])
    return table.groupby(["outcome", "age"], sort=False).mean().reset_index()


def placebo_table(pairs: Sequence[tuple[Panel, Panel]], seed: int = 0) -> pd.DataFrame:
    """Return by outcome: placebo dates (mean, share significant), and the estimate among random placements.

    ``placements_low`` and ``placements_high`` bound the middle 95 % of two-way estimates when the opening years
    are dealt out to provinces at random; ``placement_p`` is the share at least as far from zero as the real one.
    """
    import pandas as pd

    mean = _mean_panel([zones for zones, _ in pairs])
    rows = []
    for outcome in mean.outcomes:
        early = [placebo_dates(zones.frame(), outcome) for zones, _ in pairs]
        dealt = permuted(mean, outcome, seed)
        real = within_estimate(mean.treated, mean.outcomes[outcome])
        rows.append(
            {
                "outcome": outcome,
                "placebo_dates": float(np.mean([each.effect for each in early])),
                "placebo_dates_significant": float(np.mean([abs(e.effect) > 1.96 * e.error for e in early])),
                "estimate": real,
                "placements_low": float(np.quantile(dealt, 0.025)),
                "placements_high": float(np.quantile(dealt, 0.975)),
                "placement_p": float((1 + (np.abs(dealt) >= abs(real)).sum()) / (1 + len(dealt))),
            }
        )
    return pd.DataFrame(rows)


def _mean_panel(panels: Sequence[Panel]) -> Panel:
    first = panels[0]
    return first._replace(
        outcomes={name: np.mean([panel.outcomes[name] for panel in panels], axis=0) for name in first.outcomes}
    )


def within_estimate(treated: Array, outcome: Array) -> float:
    """Return the two-way estimate on a balanced panel [T, U]: equal to `twfe`, without its error, but fast."""
    flat = _demeaned(treated.astype(float))
    return PERCENT * float((flat * outcome).sum() / (flat * flat).sum())


def _demeaned(values: Array) -> Array:
    return values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()


def permuted(panel: Panel, outcome: str, seed: int) -> Array:
    """Return the two-way estimates of `PLACEMENTS` random deals of the opening years to units."""
    generator = Generator(Philox(SeedSequence([seed, PLACEMENTS])))
    deals: Iterator[Array] = (generator.permutation(panel.first) for _ in range(PLACEMENTS))
    values = panel.outcomes[outcome]
    return np.array([within_estimate(panel._replace(first=first).treated, values) for first in deals])


def neighbours(pairs: Sequence[tuple[Panel, Panel]], distance: Array) -> pd.DataFrame:
    """Return estimate, error and truth of living near a zone, by distance band, for provinces without one (yet).

    The regression runs on untreated observations only: outcome ~ one dummy a band | unit + year.
    """
    import pandas as pd

    rows = []
    for zones, without in pairs:
        nearest = nearest_zone(zones.treated, distance)
        bands = {f"band{i}": (nearest > low) & (nearest <= high) for i, (low, high) in enumerate(BANDS)}
        frame = zones.frame().assign(**{name: mask.ravel().astype(float) for name, mask in bands.items()})
        frame = frame[frame["treated"] == 0]
        for outcome in zones.outcomes:
            found = coefficients(frame, f"{outcome} ~ {' + '.join(bands)} | unit + year")
            for (name, mask), (low, high) in zip(bands.items(), BANDS, strict=True):
                true = truth(zones, without, outcome, mask & ~zones.treated)
                rows.append((outcome, low, high, found[name].effect, found[name].error, true))
    columns = ["outcome", "from_km", "to_km", "estimate", "error", "truth"]
    return pd.DataFrame(rows, columns=columns).groupby(columns[:3], sort=False).mean().reset_index()


def nearest_zone(treated: Array, distance: Array) -> Array:
    """Return the distance of every province to the nearest treated one [km, T x U]; infinite if there is none."""
    return np.where(treated[:, None, :], distance, np.inf).min(axis=2)
