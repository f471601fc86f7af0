"""Three small functions that many equations share."""

from __future__ import annotations

from typing import Any

import numpy as np

LARGEST_EXPONENT = 80.0  # exp of it still fits float32


def share_closed(rate: Any, dt: float) -> Any:
    """Return the share of a gap that closes in ``dt`` years at ``rate`` [1/yr]: 1 - exp(-rate dt)."""
    return -np.expm1(rate * -dt)


def logistic(x: Any) -> Any:
    """Return 1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(np.minimum(-x, LARGEST_EXPONENT)))


def ratio(part: Any, whole: Any, empty: float = 0.0) -> Any:
    """Return ``part / whole``, and ``empty`` where ``whole`` is 0."""
    if np.count_nonzero(whole) == np.size(whole):  # the usual case, three times as fast as the other
        return part / whole
    absent = np.equal(whole, 0)
    return np.where(absent, empty, part / (whole + absent))


# --- places and runs -------------------------------------------------------------------------------------------
# Equations are written for one run: places come first, a number of the nation is a number. Where several runs are
# stepped together every array has one axis more, the last, and a number of the nation is one number for each run;
# numpy's broadcasting does the rest. Only sums have to say over what: the functions below do, in the same order
# of addition for one run and for many, so that a run has the same bits in any company.


def national(column: Any, axes: int = 1) -> Any:
    """Add up over all places: a column [R], or the first ``axes`` axes of a table."""
    if column.ndim == axes:
        return column.sum()
    by_run = np.ascontiguousarray(column.reshape(-1, column.shape[-1]).T)
    return by_run.sum(1)


def row_sums(table: Any, axis: int = 1) -> Any:
    """Add up the rows of a table [R, F] (or along another ``axis`` from the front)."""
    if table.ndim == axis + 1 or table.shape[axis] < LANES:
        return table.sum(axis)
    return _pairwise(table, axis)


LANES = 8  # numpy adds the numbers of a row in eight lanes, then the lanes in pairs, then what is left


def _pairwise(table: Any, axis: int) -> Any:
    part = [slice(None)] * axis
    size = table.shape[axis]
    whole = size - size % LANES
    sums = table[(*part, slice(0, LANES))]
    for start in range(LANES, whole, LANES):
        sums = sums + table[(*part, slice(start, start + LANES))]
    while sums.shape[axis] > 1:
        sums = sums[(*part, slice(0, None, 2))] + sums[(*part, slice(1, None, 2))]
    sums = sums[(*part, 0)]
    for place in range(whole, size):
        sums = sums + table[(*part, place)]
    return sums


def dot(column: Any, weight: Any) -> Any:
    """Return the sum over places [R] of a column times a weight."""
    if column.ndim == 1 and weight.ndim == 1:
        return column @ weight
    return np.vecdot(np.ascontiguousarray(column.T), np.ascontiguousarray(weight.T))


def product(matrix: Any, table: Any) -> Any:
    """Return the matrix product of [R, S] and [S, F]; the second may be one that all runs share."""
    if matrix.ndim == 2:
        return matrix @ table
    left = np.ascontiguousarray(matrix.transpose(2, 0, 1))
    right = np.ascontiguousarray(table.transpose(2, 0, 1)) if table.ndim == 3 else table
    return np.ascontiguousarray((left @ right).transpose(1, 2, 0))


def products_of_rows(table: Any) -> Any:
    """Return the products of all rows of a table [Z, F] with one another [Z, Z]."""
    if table.ndim == 2:
        return table @ table.T
    by_run = np.ascontiguousarray(table.transpose(2, 0, 1))
    return np.ascontiguousarray((by_run @ by_run.transpose(0, 2, 1)).transpose(1, 2, 0))


def row_dot(table: Any, weights: Any) -> Any:
    """Return the sum of every row of [R, K] times ``weights`` [K]."""
    if table.ndim == 2:
        return table @ weights
    left, right = np.ascontiguousarray(table.transpose(2, 0, 1)), np.ascontiguousarray(weights.T)
    return np.ascontiguousarray((left @ right[:, :, None])[:, :, 0].T)


def row_dots(table: Any, weights: Any) -> Any:
    """Return the sums over the last of [R, K, P] times ``weights`` [R, P]."""
    if table.ndim == 3:
        return (table @ weights[:, :, None])[:, :, 0]
    left, right = np.ascontiguousarray(table.transpose(3, 0, 1, 2)), np.ascontiguousarray(weights.transpose(2, 0, 1))
    return np.ascontiguousarray((left @ right[..., None])[..., 0].transpose(1, 2, 0))


def set_diagonal(table: Any, value: float) -> None:
    """Set the entries of a table of pairs [R, R] that are no pair."""
    places = np.arange(len(table))
    table[places, places] = value


def column(*numbers: Any) -> Any:
    """Put numbers (each one, or one for each run) under one another."""
    return np.array(np.broadcast_arrays(*numbers))


def each(function: Any, *numbers: Any) -> Any:
    """Apply a function of Python numbers to numbers of the nation."""
    if not any(isinstance(number, np.ndarray) and number.ndim for number in numbers):
        return function(*numbers)
    return np.array([function(*row) for row in zip(*(a.tolist() for a in np.broadcast_arrays(*numbers)), strict=True)])


EASY = (0.0, 0.5, 1.0, 2.0, -1.0)  # exponents for which numpy takes a short cut, which may differ in the last bit


def power(base: Any, exponent: Any) -> Any:
    """Return ``base ** exponent``."""
    result = base**exponent
    if isinstance(exponent, np.ndarray) and exponent.ndim:
        for run in np.flatnonzero(np.isin(exponent, EASY)):
            result[..., run] = base[..., run] ** float(exponent[run])
    return result


def inside(column: Any) -> Any:
    """Return values [R, 2] that hold inside the zone area and are 0 outside."""
    table = np.zeros((len(column), 2, *column.shape[1:]))
    table[:, 1] = column
    return table


def flat(by_firm: Any) -> Any:
    """Return a column of firms as one row of numbers that may be written to: firms of all runs one after another."""
    return by_firm.T.reshape(-1)


def of_firms(by_firm: Any) -> Any:
    """Add up over all firms."""
    return by_firm.T.sum(-1)


def by_province(by_firm: Any, starts: Any, dtype: Any = None) -> Any:
    """Add up firms by province [R]."""
    if by_firm.ndim == 1:
        return np.add.reduceat(by_firm, starts, dtype=dtype)
    return np.ascontiguousarray(np.add.reduceat(by_firm.T, starts, axis=1, dtype=dtype).T)


def to_firms(by_region: Any, slots: Any) -> Any:
    """Give every firm the number of its province [R]."""
    return np.repeat(by_region.T, slots if slots.ndim == 1 else slots[:, 0], axis=-1).T
