"""Sums and products over places, the same for one run and for many.

Equations are written for one run: places come first, as in [R, F], and a number of the nation is a number.
Where several runs are stepped together (`ensemble`), every array has one axis more, the last, for the run, and
a number of the nation, or a parameter that differs between runs, is one number for each run [E]. Broadcasting
does the rest, because numpy lines up last axes: `x * nation`, `x[:, None]`, `x[home]` and `axis=1` mean the same
with and without it. So an `update` may use any arithmetic that goes number by number. Sums and products over
places have to say over what, and are spelled with the functions below; a constant by tier or field meets the
nation in `outer`; firms picked out one by one are a `Group`. Every function adds in the same order for one run
and for many: a run has the same bits in any company. So it has with `np.exp` and with `power`; not with
`math.exp`, nor with `**`, which takes a short cut where all runs have the exponent 2 or 0.5.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

add = np.add.reduce  # what `x.sum()` comes to, without the way there
outer = np.multiply.outer
LOG_OF_0 = -1e30  # a number, unlike numpy's: 0 times it is 0


def runs_first(table: Array) -> Array:
    """Return a table [..., E] as [E, ...], the numbers of a run side by side in memory."""
    return np.ascontiguousarray(table.transpose(-1, *range(table.ndim - 1)))


def runs_last(table: Array) -> Array:
    """Undo `runs_first`."""
    return np.ascontiguousarray(table.transpose(*range(1, table.ndim), 0))


def power(base: Any, exponent: Any) -> Any:
    """Return what is 0 or more to a power: a sixth of the cost of numpy's own; 0 to the power of 0 is 1, as there."""
    with np.errstate(divide="ignore"):
        return np.exp(exponent * np.maximum(np.log(base), LOG_OF_0))


def national(table: Array, places: int = 1) -> Any:
    """Add up over all places, or firms: a column [R], or a table with as many axes as ``places``."""
    if table.ndim == places:
        return add(table, axis=None)
    return add(np.ascontiguousarray(table.reshape(-1, table.shape[-1]).T), axis=1)


def over(table: Array, axis: int) -> Array:
    """Add up along an axis, one number after the other.

    numpy's sum does so along every axis but the last in memory, where it adds in lanes; axes of one entry do not count.
    """
    if table.ndim > axis + 1 and table.shape[-1] > 1:
        return add(np.ascontiguousarray(table), axis=axis)
    return np.add.accumulate(table, axis=axis).take(-1, axis=axis)


def row_sums(table: Array) -> Array:
    """Add up the rows of a table [R, F]."""
    return over(table, 1)


def dot(column: Array, weight: Array) -> Any:
    """Return the sum over places of a column [R] times a weight [R]."""
    if column.ndim == 1:
        return column @ weight
    return np.vecdot(runs_first(column), runs_first(weight))


def product(matrix: Array, table: Array) -> Array:
    """Return the matrix product of [R, S] and [S, F]; a second without runs is a constant that they share."""
    if matrix.ndim == 2:
        return matrix @ table
    return runs_last(runs_first(matrix) @ (runs_first(table) if table.ndim == 3 else table))


def transposed(table: Array) -> Array:
    """Return a table [Z, F] with rows for columns [F, Z]."""
    return np.ascontiguousarray(table.swapaxes(0, 1))


def column_of(table: Array, place: Any) -> Array:
    """Return the column [Z] of a table [Z, F] that stands at ``place``."""
    if table.ndim == 2:
        return table[:, place]
    return np.take_along_axis(table, place[None, None], axis=1)[:, 0]


def is_first(rank: Array) -> Array:
    """Tell what has the highest ``rank`` in its row [n, Z]: the first of those that share it."""
    first = np.zeros(rank.shape, dtype=bool)
    np.put_along_axis(first, rank.argmax(axis=1, keepdims=True), True, axis=1)
    return first


def either(condition: Any, yes: Any, no: Any) -> Any:
    """Return the number ``yes`` of the nation if the ``condition`` holds, else ``no``."""
    return np.where(condition, yes, no)[()]


def set_diagonal(table: Array, value: float) -> None:
    """Set the entries of a table of pairs [R, R] that are no pair."""
    places = np.arange(len(table))
    table[places, places] = value


def side_by_side(*columns: Any) -> Array:
    """Put columns [R] side by side [R, n]; all but the last may be numbers of the nation."""
    last = columns[-1]
    table = np.empty((len(last), len(columns), *last.shape[1:]))
    for place, column in enumerate(columns):
        table[:, place] = column
    return table


def inside(column: Array) -> Array:
    """Return values [R, 2] that hold inside the zone area and are 0 outside."""
    table = np.zeros((len(column), 2, *column.shape[1:]))
    table[:, 1] = column
    return table


def province_sums(by_firm: Array, starts: Array, dtype: Any = None) -> Array:
    """Add up a column of firms [N] by province [R], of which ``starts`` are the first rows."""
    if by_firm.ndim == 1:
        return np.add.reduceat(by_firm, starts, dtype=dtype)
    return np.ascontiguousarray(np.add.reduceat(by_firm.T, starts, axis=1, dtype=dtype).T)


def spread(by_region: Array, slots: Array) -> Array:
    """Give every firm [N] the number of its province [R], which has so many ``slots``."""
    if by_region.ndim == 1:
        return by_region.repeat(slots)
    return by_region.T.repeat(slots[:, 0], axis=1).T
