"""Designs: which points of the parameter space a sweep visits.

A design is a table with one row for each sample and one column for each uncertainty, drawn in the unit cube
and stretched to the ranges. The same arguments give the same points on every machine:

    grid      ``n`` evenly spaced values of each uncertainty (or values of your own), crossed; the last turns fastest
    list      points of your own (see `listed`)
    lhs       Latin hypercube of ``n`` points (scipy.stats.qmc; McKay et al. 1979)
    sobol     the first ``n`` points of a scrambled Sobol sequence (scipy.stats.qmc); more points extend it
    saltelli  Sobol points in the blocks that Sobol indices are made of, n (D + 2) rows (SALib; Saltelli et al. 2010)
    morris    ``n`` trajectories of elementary effects, n (D + 1) rows (SALib; Morris 1991)

``grid``, ``list`` and ``sobol`` are made piece by piece, so that memory is bounded whatever their length.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

import numpy as np
from numpy.random import Generator, Philox, SeedSequence
from numpy.typing import NDArray

from ftz_sim.errors import InputError, Sentence, nearest
from ftz_sim.errors import listed as in_words
from ftz_sim.extras import need

Array = NDArray[Any]
Method = Literal["grid", "list", "lhs", "sobol", "saltelli", "morris"]
METHODS: tuple[str, ...] = get_args(Method)
IN_MEMORY = ("lhs", "saltelli", "morris")  # their libraries draw all rows at once
OF_SALIB = ("saltelli", "morris")
MOST_BYTES = 500_000_000
MOST_ROWS = 10_000_000
MOST_FACTORS = 21_201  # dimensions of a Sobol sequence that have direction numbers
MOST_AT_ONCE = 1 << 16
BLOCK = 1024  # rows of a sequence drawn at once; a power of two keeps its balance
MORRIS_LEVELS = 4


@dataclass(frozen=True)
class Design:
    """Points of a sweep.

    Attributes:
        names: uncertainties, one for each column.
        rows: number of points.
        between: makes the points ``start`` ... ``stop - 1`` [stop - start, D], in units of the uncertainties.
        block: rows that are held against each other (a trajectory, a block of Sobol indices) and so meet the
            same random numbers; 1 where every point stands for itself.
    """

    names: tuple[str, ...]
    rows: int
    between: Callable[[int, int], Array]
    block: int = 1

    def blocks(self) -> Iterator[Array]:
        """Yield all points in order, [at most `MOST_AT_ONCE`, D] at a time."""
        for start in range(0, self.rows, MOST_AT_ONCE):
            yield self.between(start, min(start + MOST_AT_ONCE, self.rows))

    def all(self) -> Array:
        """Return all points [rows, D]."""
        return self.between(0, self.rows)


def sample(method: str, names: Sequence[str], bounds: Sequence[tuple[float, float]], n: int, seed: int = 1) -> Array:
    """Return all points of a design as one array.

    Args:
        method: ``grid``, ``lhs``, ``sobol``, ``saltelli`` or ``morris``.
        names: uncertainties.
        bounds: lowest and highest value of each.
        n: points (``lhs``, ``sobol``), values of each (``grid``), base points (``saltelli``) or trajectories.
        seed: of the draw; ``grid`` needs none.

    Returns:
        points [rows, D], in the order that SALib's analyses expect.

    Raises:
        InputError: if a number makes no sense or the table does not fit into memory.
    """
    found = design(method, names, bounds, n, seed)
    _check_memory(method, found.rows, len(names))
    return found.all()


def design(method: str, names: Sequence[str], bounds: Sequence[tuple[float, float]], n: int, seed: int = 1) -> Design:
    """Return a design whose points are made when asked for; arguments as for `sample`."""
    if method in OF_SALIB:
        need("SALib")
    if method not in METHODS or method == "list":
        close = nearest(method, METHODS)
        unknown = Sentence("found", found=repr(method), allowed=in_words(METHODS), nearest=close)
        raise InputError("of_key", key="method", what=unknown)
    _check(names, bounds, n)
    n = int(n)  # numpy has whole numbers of its own
    if method == "grid":
        _check_grid((n,) * len(names))
        return grid(names, [np.linspace(low, high, n) for low, high in bounds])
    rows = rows_of(method, n, len(names))
    if method in IN_MEMORY:
        _check_memory(method, rows, len(names))
    if not names:
        return Design((), rows, lambda start, stop: np.empty((stop - start, 0)))
    low, high = np.array(bounds, dtype=float).T
    unit = {"lhs": _latin, "sobol": _sequence, "saltelli": _saltelli, "morris": _trajectories}[method]
    points = unit(len(names), n, int(seed))
    block = rows_of(method, 1, len(names))
    return Design(tuple(names), rows, lambda start, stop: low + points(start, stop) * (high - low), block)


def rows_of(method: str, n: int, factors: int) -> int:
    """Return the number of points of a design, without drawing it."""
    return {"grid": n**factors, "saltelli": n * (factors + 2), "morris": n * (factors + 1)}.get(method, n)


def grid(names: Sequence[str], values: Sequence[Sequence[float] | Array]) -> Design:
    """Cross the values of all uncertainties; the last one turns fastest."""
    shape = tuple(len(each) for each in values)
    rows = _check_grid(shape)

    def between(start: int, stop: int) -> Array:
        places = np.unravel_index(np.arange(start, stop), shape) if shape else ()
        columns = [np.asarray(each, dtype=float)[place] for each, place in zip(values, places, strict=True)]
        return np.stack(columns, axis=1) if columns else np.empty((stop - start, 0))

    return Design(tuple(names), rows, between)


def listed(names: Sequence[str], points: Sequence[Sequence[float]]) -> Design:
    """Visit points of one's own, [rows][D].

    Raises:
        InputError: if there are too many to be held.
    """
    if len(points) > MOST_ROWS:
        raise InputError("samples", most=MOST_ROWS, found=len(points))
    _check_memory("list", len(points), len(names))
    table = np.array(points, dtype=float).reshape(len(points), len(names))
    return Design(tuple(names), len(points), lambda start, stop: table[start:stop])


def _check_grid(shape: tuple[int, ...]) -> int:
    """Return the number of points of a grid that may be made."""
    rows = math.prod(shape)
    if rows > MOST_ROWS:
        crossed = " x ".join(map(str, shape)) if len(shape) < 8 else f"{len(shape)} uncertainties crossed"
        size = f"{rows:,}" if rows < 10**15 else f"10^{math.floor(math.log10(rows))}"
        raise InputError("grid_size", crossed=crossed, size=size, most=MOST_ROWS)
    return rows


def _check_memory(method: str, rows: int, factors: int) -> None:
    if 8 * rows * factors > MOST_BYTES:
        raise InputError("too_much_memory", method=method, rows=rows, n=factors, gigabytes=8e-9 * rows * factors)


def _check(names: Sequence[str], bounds: Sequence[tuple[float, float]], n: int) -> None:
    if not isinstance(n, int | np.integer) or isinstance(n, bool) or not 1 <= n <= MOST_ROWS:
        raise InputError("samples", most=MOST_ROWS, found=n)
    if len(names) > MOST_FACTORS:
        raise InputError("too_many_factors", most=MOST_FACTORS, n=len(names))
    if len(names) != len(bounds) or len(set(names)) < len(names):
        raise InputError("one_name")
    for name, (low, high) in zip(names, bounds, strict=True):
        if not (math.isfinite(low) and math.isfinite(high)):
            raise InputError("not_finite", name=name, low=low, high=high)
        if low > high:
            raise InputError("range_reversed", name=name, low=low, high=high)


def _generator(seed: int) -> Generator:
    return Generator(Philox(SeedSequence(seed)))


def _sliced(points: Array) -> Callable[[int, int], Array]:
    return lambda start, stop: points[start:stop]


def _latin(factors: int, n: int, seed: int) -> Callable[[int, int], Array]:
    from scipy.stats import qmc

    return _sliced(qmc.LatinHypercube(factors, seed=_generator(seed)).random(n))


def _sequence(factors: int, n: int, seed: int) -> Callable[[int, int], Array]:
    from scipy.stats import qmc

    @lru_cache(maxsize=2)
    def block(number: int) -> Array:
        sequence = qmc.Sobol(factors, seed=_generator(seed))
        if number:
            sequence.fast_forward(number * BLOCK)
        return sequence.random(BLOCK)

    def between(start: int, stop: int) -> Array:
        first, last = start // BLOCK, max(stop - 1, start) // BLOCK
        rows = np.concatenate([block(number) for number in range(first, last + 1)])
        return rows[start - first * BLOCK : stop - first * BLOCK]

    return between


def _saltelli(factors: int, n: int, seed: int) -> Callable[[int, int], Array]:
    from SALib.sample import sobol

    if n & (n - 1):
        raise InputError("power_of_two", near=2 ** n.bit_length(), found=n)
    return _sliced(sobol.sample(_unit(factors), n, calc_second_order=False, seed=seed % 2**32))


def _trajectories(factors: int, n: int, seed: int) -> Callable[[int, int], Array]:
    from SALib.sample import morris

    return _sliced(morris.sample(_unit(factors), n, num_levels=MORRIS_LEVELS, seed=seed % 2**32))


def _unit(factors: int) -> dict[str, Any]:
    # SALib takes only the number and the bounds from here
    return {"num_vars": factors, "names": [f"x{i}" for i in range(factors)], "bounds": [[0.0, 1.0]] * factors}
