"""Sums of the equations have one order, alone and in any number of runs, whatever the layout."""

import numpy as np
import pytest
from worlds import made_up

from ftz_sim.model.markets.costs import setting
from ftz_sim.model.markets.equations import evaluate, of_inputs, over, to_origins, to_uses, whole

RNG = np.random.default_rng(17)


@pytest.mark.parametrize("runs", [1, 2, 5, 64])
def test_sums_over_runs_are_those_of_each(runs):
    table = RNG.normal(size=(31, 16, runs))
    columns = over(RNG.normal(size=(31, 16, 8, runs)), 2)
    for run in range(runs):
        one = np.ascontiguousarray(table[..., run])
        assert (over(table, 1)[:, run] == over(one, 1)).all()
        assert (over(over(table, 1), 0)[run] == over(over(one, 1), 0)).all()  # a view, not in one piece
        assert (over(table, 0)[:, run] == over(one, 0)).all()
        assert whole(table)[run] == whole(one)
        assert (over(columns, 0)[:, run] == over(np.ascontiguousarray(columns[..., run]), 0)).all()


def test_sums_are_taken_one_after_the_other():
    column = RNG.normal(size=1000)
    expected = 0.0
    for number in column:
        expected += number
    assert over(column, 0) == expected


@pytest.mark.parametrize("runs", [1, 2, 5])
def test_products_over_runs_are_those_of_each(runs):
    free, inputs, table = (RNG.random(size) for size in ((31, 31, 16, runs), (16, 16, runs), (31, 16, runs)))
    for product, matrix in ((to_uses, free), (to_origins, free), (of_inputs, inputs)):
        for run in range(runs):
            one = product(np.ascontiguousarray(matrix[..., run]), np.ascontiguousarray(table[..., run]))
            assert (product(matrix, table)[..., run] == one).all(), product.__name__


def test_demand_falls_and_supply_rises_with_the_own_price():
    example = made_up(1)
    s = setting(example.world, example.costs(), example.capacity, example.p)
    still = evaluate(np.zeros((6, 4)), s)
    move = np.zeros((6, 4))
    move[2, 1] = 0.01
    dearer = evaluate(move, s)
    assert dearer.output[2, 1] > still.output[2, 1]
    assert dearer.exports[2, 1] < still.exports[2, 1]
    assert dearer.excess[2, 1] < -0.02
    assert (dearer.log_use_price[:, 1] > 0).all()
    assert (dearer.excess[[1, 3, 4, 5], 1] > 0).all()  # competitors sell more; the first province has no firm
