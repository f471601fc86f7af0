"""Sequential replication: add seeds until the differences are precise enough.

Looks are planned ahead: after ``first`` replicates, and whenever their number has grown by half, up to ``most``.
With K looks in the plan, every interval is a t-interval at the level 1 - 0.05 / K. By the union bound the
interval at the look where one stops holds the true difference in at least 95 of 100 experiments (for normal
differences), whatever made one stop; plain 95 % intervals, looked at until they are short, hold it less often.
The price is intervals about 1.4 times as wide. ``first`` is at least 5, for a variance of fewer is a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ftz_sim.analysis.statistics import LEVEL
from ftz_sim.errors import InputError, Sentence, nearest
from ftz_sim.indicators.variables import NATIONAL

if TYPE_CHECKING:
    from ftz_sim.analysis.comparison import Comparison

INDICATORS = ("gdp", "nqp_fixed", "co2")
GROWTH = 1.5
FEWEST, MOST = 5, 200


class Precision(NamedTuple):
    """What is asked of the intervals of paired differences."""

    target: float  # half-width: percent, points, or the unit of the indicator
    indicators: tuple[str, ...] = INDICATORS
    most: int = MOST  # replicates


class Width(NamedTuple):
    """How precise one difference is."""

    scenario: str
    indicator: str
    half_width: float
    met: bool


def check(precision: Precision, reps: int, interval: str) -> None:
    """Make sure that the target makes sense.

    Raises:
        InputError: with what is allowed.
    """
    target, indicators, most = precision
    if not (isinstance(target, int | float) and not isinstance(target, bool) and 0 < target < np.inf):
        raise InputError("precision_target", found=target)
    for name in indicators:
        if name not in NATIONAL:
            unknown = Sentence("indicator", found=name, nearest=nearest(name, NATIONAL))
            raise InputError("of_key", key="precision", what=unknown)
    if not indicators:
        raise InputError("precision_indicator")
    if reps < FEWEST:
        raise InputError("precision_reps", fewest=FEWEST, reps=reps)
    if most < reps:
        raise InputError("precision_most", most=most, reps=reps)
    if interval != "t":
        raise InputError("precision_interval")


def looks(first: int, most: int) -> list[int]:
    """Return the numbers of replicates at which one looks, the last of them ``most``."""
    found = [first]
    while found[-1] < most:
        found.append(min(int(np.ceil(found[-1] * GROWTH)), most))
    return found


def level_of_one(count: int) -> float:
    """Return the level of each interval with ``count`` looks, so that all of them hold together at 95 %."""
    return 1 - (1 - LEVEL) / count


def widths(result: Comparison, precision: Precision) -> list[Width]:
    """Return the half-width of every named difference in the final year; one that is not known is not met."""
    found = []
    columns = [result.panel.column(name) for name in precision.indicators]
    for scenario in result.panel.scenarios:
        if scenario == result.reference:
            continue
        summary = result.summary(scenario)
        for name, column in zip(precision.indicators, columns, strict=True):
            half = 0.0 if summary.identical[column] else float(summary.high[column] - summary.low[column]) / 2
            found.append(Width(scenario, name, half, half <= precision.target))
    return found


def frame(found: list[Width], precision: Precision, n: int) -> Any:
    """Return the widths as a table."""
    import pandas as pd

    table = pd.DataFrame(found, columns=list(Width._fields))
    return table.assign(target=precision.target, n=n)
