"""The NQP index with entropy weights, computed once on the pooled provinces and years of all runs compared.

Weights are those of the four pillars that provinces have (innovation, upgrading, green, openness); sharing is a matter
between provinces, so it has no weight here. The national index is 100 times the weighted mean of its pillar scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.panel import POOLED_PILLARS, Panel
from ftz_sim.analysis.statistics import Interval, paired_difference
from ftz_sim.indicators.entropy import entropy_weights

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("scenario", "reference", "at", "nqp_entropy", "difference", "ci_low", "ci_high", "n")


def weights(panel: Panel) -> dict[str, float]:
    """Return the entropy weight of each pillar; empty if no replicate was finished by all scenarios."""
    kept = panel.done(*panel.scenarios)
    if not kept.any():
        return {}
    pooled = panel.pillars[:, kept].reshape(-1, len(POOLED_PILLARS))
    return dict(zip(POOLED_PILLARS, map(float, entropy_weights(pooled)), strict=True))


def table(
    panel: Panel, by_pillar: dict[str, float], reference: str, interval: Interval = "t", seed: int = 0
) -> pd.DataFrame:
    """Return the index of every scenario in the final year, and its paired difference to the reference.

    ``by_pillar`` are the `weights`.
    """
    import pandas as pd

    rows = [_row(panel, name, reference, by_pillar, interval, seed) for name in panel.scenarios] if by_pillar else []
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    panel: Panel, name: str, reference: str, by_pillar: dict[str, float], interval: Interval, seed: int
) -> dict[str, Any]:
    kept = panel.done(*panel.scenarios)
    columns = [panel.column(pillar) for pillar in by_pillar]
    share = np.array(list(by_pillar.values()))
    value, base = (panel.values(each, kept)[:, columns] @ share for each in (name, reference))
    found = paired_difference((value - base)[:, None], interval, seed)
    return {
        "scenario": name,
        "reference": reference,
        "at": str(panel.final),
        "nqp_entropy": value.mean(),
        "difference": found.mean[0],
        "ci_low": found.low[0],
        "ci_high": found.high[0],
        "n": found.n,
    }
