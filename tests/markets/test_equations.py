"""Sums of the equations have one order, alone and in any number of runs, whatever the layout."""

import numpy as np
import pytest
from pytest import approx
from worlds import made_up

from ftz_sim.model.markets.costs import setting
from ftz_sim.model.markets.equations import (
    evaluate,
    of_inputs,
    over,
    over_fields,
    over_places,
    reverse_axes,
    to_origins,
    to_uses,
    whole,
)

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
    inputs, table = RNG.random((16, 16, runs)), RNG.random((31, 16, runs))
    together = of_inputs(inputs, table)
    for run in range(runs):
        one = of_inputs(np.ascontiguousarray(inputs[..., run]), np.ascontiguousarray(table[..., run]))
        assert (together[..., run] == one).all()


@pytest.mark.parametrize("runs", [1, 2, 5])
def test_turned_sums_over_runs_are_those_of_each(runs):
    free, table = RNG.random((runs, 16, 31, 31)), RNG.random((runs, 16, 31))
    for run in range(runs):
        own, at = table[run].copy(), free[run].copy()
        assert (over_fields(table)[run] == over_fields(own)).all()
        assert (over_places(table)[run] == over_places(own)).all()
        assert (to_uses(free, table)[run] == to_uses(at, own)).all()
        assert (to_origins(free, table)[run] == to_origins(at, own)).all()


def test_trade_goes_from_origins_to_uses():
    free, offers, uses = RNG.random((4, 5, 5)), RNG.random((4, 5)), RNG.random((4, 5))
    assert to_uses(free, offers) == approx(np.einsum("frm,fr->fm", free, offers))
    assert to_origins(free, uses) == approx(np.einsum("frm,fm->fr", free, uses))


def test_axes_are_reversed_there_and_back():
    table = RNG.random((3, 4, 5))
    there = reverse_axes(table)
    assert there.shape == (5, 4, 3)
    assert there[1, 2, 0] == table[0, 2, 1]
    assert there.flags.c_contiguous
    assert (reverse_axes(there) == table).all()


def test_demand_falls_and_supply_rises_with_the_own_price():
    example = made_up(1)
    s = setting(example.world, example.costs(), example.capacity, example.p)
    still = evaluate(np.zeros((4, 6)), s)
    move = np.zeros((4, 6))
    move[1, 2] = 0.01
    dearer = evaluate(move, s)
    assert dearer.output[1, 2] > still.output[1, 2]
    assert dearer.exports[1, 2] < still.exports[1, 2]
    assert dearer.excess[1, 2] < -0.02
    assert (dearer.log_use_price[1] > 0).all()
    assert (dearer.excess[1, [1, 3, 4, 5]] > 0).all()  # competitors sell more; the first province has no firm
