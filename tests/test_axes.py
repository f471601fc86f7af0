"""Sums and products over places have the same bits for one run and for many, whatever the lengths."""

from __future__ import annotations

import numpy as np
import pytest

from ftz_sim.model import axes

RUNS = [1, 2, 5, 64]
LENGTHS = [1, 3, 8, 11, 16, 22, 31]


def drawn(*shape: int) -> np.ndarray:
    return np.exp(np.random.default_rng(sum(shape)).normal(0, 3, shape))


def check(function, *tables):
    """Compare the function of tables [..., E] with that of each run."""
    together = function(*tables)
    for run in range(tables[0].shape[-1]):
        alone = function(*(np.ascontiguousarray(table[..., run]) for table in tables))
        assert np.array_equal(together[..., run], alone)


@pytest.mark.parametrize("runs", RUNS)
@pytest.mark.parametrize("n", LENGTHS)
def test_sums_and_products_are_those_of_each_run(n, runs):
    column, table, cube = drawn(n, runs), drawn(31, n, runs), drawn(4, 3, n, runs)
    check(axes.national, column)
    check(lambda x: axes.national(x, 2), table)
    check(axes.row_sums, table)
    check(lambda x: axes.over(x, 2), cube)
    check(axes.dot, column, column[::-1])
    check(axes.product, table, drawn(n, 16, runs))
    check(lambda x: axes.product(x, axes.transposed(x)), table)
    check(axes.is_first, np.round(table))
    constant = drawn(n, 3)
    check(lambda x: axes.product(x, constant), table)


@pytest.mark.parametrize("runs", RUNS)
def test_firms_are_added_up_by_province_in_the_order_of_one_run(runs):
    slots = np.array([3, 40, 1, 9])
    starts = np.r_[0, slots.cumsum()[:-1]]
    by_firm = drawn(runs, slots.sum()).T.astype(np.float32)  # one run after another
    check(lambda x: axes.province_sums(x, starts), by_firm)
    check(lambda x: axes.province_sums(x, starts, np.float64), by_firm)
    check(axes.national, by_firm)
    spread = axes.spread(drawn(4, runs), slots[:, None])
    assert np.array_equal(spread[:, -1], axes.spread(drawn(4, runs)[:, -1], slots))
    assert spread.flags.f_contiguous


def test_what_the_helpers_are_by_hand():
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert axes.national(table, 2) == 10
    assert axes.row_sums(table).tolist() == [3, 7]
    assert axes.dot(table[0], table[1]) == 11
    assert axes.product(table, axes.transposed(table)).tolist() == [[5, 11], [11, 25]]
    assert axes.column_of(table, 1).tolist() == [2, 4]
    assert axes.column_of(table[..., None] * [1, 10], np.array([0, 1])).tolist() == [[1, 20], [3, 40]]
    assert axes.is_first(np.array([[1.0, 2.0, 2.0]])).tolist() == [[False, True, False]]
    assert axes.either(True, 2.0, 1.0) == 2
    assert axes.inside(np.array([5.0])).tolist() == [[0, 5]]
    assert axes.side_by_side(1.0, np.array([2.0, 3.0])).tolist() == [[1, 2], [1, 3]]
    assert axes.outer(np.array([1.0, 2.0]), 3.0).tolist() == [3, 6]
    axes.set_diagonal(table, 0.0)
    assert table.tolist() == [[0, 2], [3, 0]]


@pytest.mark.parametrize("exponent", [-0.7, 0.0, 0.5, 1.7, 2.0])
def test_powers_are_those_of_numpy_and_the_same_with_an_exponent_for_each_run(exponent):
    base = np.concatenate(([0.0] if exponent >= 0 else [], drawn(30)))
    made = axes.power(base, exponent)
    assert made == pytest.approx(np.float_power(base, exponent), rel=1e-13)
    for runs in RUNS:
        side = np.repeat(base[:, None], runs, axis=1)
        assert np.array_equal(axes.power(side, np.full(runs, exponent)), np.repeat(made[:, None], runs, axis=1))
