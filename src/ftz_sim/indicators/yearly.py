"""From quarters to years, as the dictionary of outputs says."""

from __future__ import annotations

from collections.abc import Sequence
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
    whole = values[: len(values) // YEAR * YEAR].reshape(-1, YEAR, *values.shape[1:])
    found = whole[:, -1] if aggregate == "last" else whole.mean(axis=1)
    if not len(values) % YEAR:
        return found
    return np.concatenate([found, year(values, last_year(len(values)), aggregate)[None]])


def year_of_each(columns: Sequence[Array], number: int, aggregates: Sequence[Aggregate]) -> Array:
    """Return what `year` returns of each of some columns [T], in one go [I]."""
    start = (number - FIRST_YEAR) * YEAR
    quarters = np.array([values[start : start + YEAR] for values in columns])
    return np.where([each == "last" for each in aggregates], quarters[:, -1], quarters.mean(axis=1))


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
