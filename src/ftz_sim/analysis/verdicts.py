"""Codes for what one paired difference shows; words for them stand in the dictionary under ``verdict.``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.indicators.shown import Shown
from ftz_sim.indicators.variables import Variable

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.statistics import Difference

REFERENCE, IDENTICAL, SINGLE, NONE, NO_PERCENT = "reference", "identical", "single", "none", "no_percent"
SURE = 0.95  # probability of being best from which a lead is called clear


def judged(found: Difference, i: int, variable: Variable, itself: bool = False) -> dict[str, Any]:
    """Return the last columns of difference ``i``: its verdict, and the smallest effect that so many runs detect.

    The effect is in the unit of the difference, nan where nothing could have differed; ``itself`` is the reference.
    """
    same = bool(found.identical[i])
    code = REFERENCE if itself else verdict(found.mean[i], found.low[i], found.high[i], same, variable.direction)
    return {"verdict": code, "detectable": np.nan if same else found.detectable[i]}


def verdict(mean: float, low: float, high: float, identical: bool, direction: int) -> str:
    """Return what one paired difference shows, of an indicator of which more (1), less (-1) or neither is better."""
    if identical:
        return IDENTICAL
    if not np.isfinite(low):
        return SINGLE if np.isfinite(mean) else NO_PERCENT
    if low <= 0 <= high:
        return NONE
    if direction == 0:
        return "higher" if mean > 0 else "lower"
    return "better" if mean * direction > 0 else "worse"


def cell(row: Mapping[Any, Any], unit: Shown, between: str = " ") -> str:
    """Write the difference in a row of a comparison with the half-width of its interval, * where it leaves out 0."""
    if row["verdict"] == IDENTICAL:
        return "="
    found = unit.of(row)
    return between.join(filter(None, (found.value, found.spread)))


def gain(low: float, high: float, identical: bool) -> str:
    """Return whether a province is a winner, a loser, or neither."""
    if identical:
        return IDENTICAL
    if not np.isfinite(low):
        return SINGLE
    return "winner" if low > 0 else "loser" if high < 0 else "undecided"


def leader(final: pd.DataFrame, variable: Variable) -> dict[str, Any]:
    """Return the row of the scenario with the best mean; in a tie the reference, else the first by name."""
    rows: list[Any] = final[final["indicator"] == variable.name].to_dict(orient="records")
    rows.sort(key=lambda row: (row["scenario"] != row["reference"], row["scenario"]))
    best: dict[str, Any] = max(rows, key=lambda row: row["mean"] * variable.direction)
    return best
