"""Where, and who: zones in other places, and the same economy with identical firms.

`placements` plays history with the 22 zones in provinces drawn at random (dates, specialities and partners move
with the zone) and the same world without them, so that a pattern that any placement shows is told from one that
hangs on the real sites. Specialities tilt the industries of the host in 2013 too, so the two worlds of one
placement, but not those of two placements, start alike.

`identical_firms` switches the spread of firms inside a cell (province and tier) off, which leaves one
representative firm in as many copies as there are slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.random import Generator, Philox, SeedSequence

from ftz_sim.indicators.tables import Tables, all_tables
from ftz_sim.model.published import load_figures
from ftz_sim.model.published_records import Figures
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.validation.readings import effect

if TYPE_CHECKING:
    import pandas as pd

SPREADS = ("size_sd", "capital_sd", "workers_sd", "intensity_sd", "digital_sd")
IDENTICAL = (*(f"parameters.initial_state.{name}=0.0" for name in SPREADS), "parameters.production.shock_sd=0.0")
# pattern -> column of provinces, group
PATTERNS = {
    "gdp of the nation": ("gdp", "all"),
    "gdp of hosts": ("gdp", "zones"),
    "gdp of others": ("gdp", "others"),
    "patents of hosts": ("patents", "zones"),
    "patents of others": ("patents", "others"),
    "fdi of hosts": ("fdi", "zones"),
    "fdi of others": ("fdi", "others"),
    "talents of others": ("talents", "others"),
    "co2 intensity of hosts": ("co2_intensity", "zones"),
}


def placed(figures: Figures, seed: int) -> Figures:
    """Return figures with the zones in provinces drawn at random."""
    generator = Generator(Philox(SeedSequence([seed, len(figures.zones.iso)])))
    rows = generator.permutation(len(figures.provinces.iso))[: len(figures.zones.iso)]
    zones = replace(
        figures.zones,
        region=rows.astype(figures.zones.region.dtype),
        iso=tuple(figures.provinces.iso[row] for row in rows),
    )
    return replace(figures, zones=zones)


def play(spec: Scenario, seed: int, figures: Figures) -> Tables:
    """Play a scenario in the world of ``figures``."""
    return all_tables(FtzModel(spec, rng=seed, figures=figures).run().recorder.records)


def patterns(history: Tables, without: Tables, figures: Figures, number: int) -> dict[str, float]:
    """Return what zones did by a year, in percent."""
    found = {
        name: effect(history, without, column, group, number, figures) for name, (column, group) in PATTERNS.items()
    }
    share = history.national["zone_fdi_share"][4 * (number - 2013) :][:4].mean()
    return {"zones in FDI": 100 * float(share), **found}


def placements(count: int, seeds: Sequence[int], firms: int, end: str) -> pd.DataFrame:
    """Return the patterns of the real placement (row 0, mean over ``seeds``) and of ``count`` random ones.

    Args:
        count: random placements, one run pair each.
        seeds: of the model; placement i has the random numbers of seed i modulo their number.
        firms: slots for firms.
        end: last quarter.
    """
    import pandas as pd

    history, without = (_load(name, firms, end) for name in ("history", "no_ftz"))
    number, known = int(end[:4]), load_figures()
    real = [patterns(play(history, seed, known), play(without, seed, known), known, number) for seed in seeds]
    rows: list[dict[str, Any]] = [
        {"placement": "real", **{name: float(np.mean([each[name] for each in real])) for name in real[0]}}
    ]
    for i in range(count):
        world, seed = placed(known, i), seeds[i % len(seeds)]
        found = patterns(play(history, seed, world), play(without, seed, world), world, number)
        rows.append({"placement": f"random {i}", **found})
    return pd.DataFrame(rows)


def identical_firms(seeds: Sequence[int], firms: int, end: str) -> pd.DataFrame:
    """Return the patterns of the model as it is and with identical firms, means and sd over ``seeds``."""
    import pandas as pd

    number, known = int(end[:4]), load_figures()
    rows = []
    for name, extra in (("firms that differ", ()), ("identical firms", IDENTICAL)):
        history, without = (_load(scenario, firms, end, extra) for scenario in ("history", "no_ftz"))
        for seed in seeds:
            tables, bare = (play(spec, seed, known) for spec in (history, without))
            level = tables.national
            levels = {"growth of GDP": 100 * float((level["gdp"][-4:].mean() / level["gdp"][:4].mean()) - 1),
                      "new industries": 100 * float((level["emerging_share"] + level["future_share"])[-4:].mean()),
                      "change of CO2 over GDP": 100 * float(level["co2_intensity"][-4:].mean()
                                                            / level["co2_intensity"][:4].mean() - 1)}  # fmt: skip
            rows.append({"firms": name, **levels, **patterns(tables, bare, known, number)})
    groups = pd.DataFrame(rows).groupby("firms", sort=False)
    both = pd.concat([groups.mean().T, groups.std().T.add_suffix(" (sd)")], axis=1)
    return both.rename_axis("pattern").reset_index()


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return for every pattern the real value, the range of random placements and how many lie beyond it."""
    import pandas as pd

    real, random = table.iloc[0, 1:].astype(float), table.iloc[1:, 1:].astype(float)
    above = (random >= real).mean()
    return pd.DataFrame(
        {
            "pattern": real.index,
            "real": real.to_numpy(),
            "random_mean": random.mean().to_numpy(),
            "random_low": random.quantile(0.025).to_numpy(),
            "random_high": random.quantile(0.975).to_numpy(),
            "share_above_real": np.asarray(above),
        }
    )


def _load(name: str, firms: int, end: str, extra: Sequence[str] = ()) -> Scenario:
    return Scenario.load(name, overrides=[f"population.firms={firms}", f"horizon.end={end}", *extra])
