"""From quarters to years, as the dictionary of outputs says."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.variables import Aggregate

Array = NDArray[Any]
FIRST_YEAR, YEAR = 2013, 4


def year(values: Array, number: int, aggregate: Aggregate) -> Array:
    """Return the value of calendar year ``number`` from quarters since 2013Q1 on the first axis.

    Flows are annual rates, so the sum of a year is their mean; a year cut by the horizon counts as far as
    it was played.
    """
    start = (number - FIRST_YEAR) * YEAR
    quarters = values[start : start + YEAR]
    if start < 0 or not len(quarters):
        raise ValueError(f"no quarter of {number} was recorded")
    return quarters[-1] if aggregate == "last" else quarters.mean(axis=0)


def years(values: Array, aggregate: Aggregate) -> Array:
    """Return the values of all calendar years [Y, ...] from quarters since 2013Q1 [T, ...]; see `year`."""
    return np.stack([year(values, number, aggregate) for number in range(FIRST_YEAR, last_year(len(values)) + 1)])


def last_year(quarters: int) -> int:
    """Return the calendar year of the last of ``quarters`` since 2013Q1."""
    return FIRST_YEAR + (quarters - 1) // YEAR


def cumulated(values: Array, start: int) -> Array:
    """Add up a flow, given at annual rates, from quarter ``start`` on."""
    return values[start:].sum(axis=0) / YEAR


def discounted(values: Array, start: int, rate: float) -> Array:
    """Add up a flow as `cumulated` does, each quarter discounted to quarter ``start`` at ``rate`` a year."""
    flow = values[start:]
    factor = (1 + rate) ** (-np.arange(len(flow)) / YEAR)
    return np.tensordot(factor, flow, axes=1) / YEAR
