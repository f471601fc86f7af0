"""Coalitions and refusals: counted by hand, alone and in company, and booked by the mechanism."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ftz_sim.indicators.tables import all_tables
from ftz_sim.model.bargain.agreement import COALITION, coalitions, refusals
from ftz_sim.runs.model import FtzModel

FEASIBLE = np.array([[0, 0.5, 1.0], [0.5, 0, 0.5], [1.0, 0.5, 0]])
REACHED = np.array([[0, 0.25, 0.4], [0.25, 0, 0.5], [0.4, 0.5, 0]])  # half, less than half, all


def test_a_coalition_is_a_pair_of_working_zones_with_half_of_what_is_feasible():
    assert COALITION == 0.5
    assert coalitions(REACHED, FEASIBLE, np.ones(3)) == 2
    assert coalitions(REACHED, FEASIBLE, np.array([1.0, 0.1, 0.0])) == 1  # an idle zone is in none
    assert coalitions(REACHED, np.zeros((3, 3)), np.ones(3)) == 0  # where nothing is feasible, nothing is reached


def test_a_refusal_counts_once_and_by_what_it_blocks():
    refuses = np.zeros((3, 3), dtype=bool)
    assert refusals(refuses, FEASIBLE) == 0
    refuses[0, 2] = True
    assert refusals(refuses, FEASIBLE) == 0.5  # a half of what is feasible in all
    refuses[2, 0] = True
    assert refusals(refuses, FEASIBLE) == 0.5
    refuses[1, 0] = True
    assert refusals(refuses, FEASIBLE) == 0.75
    assert refusals(~np.eye(3, dtype=bool), FEASIBLE) == 1


@pytest.mark.parametrize("seed", range(5))
def test_runs_side_by_side_have_the_numbers_of_each_alone(seed):
    rng = np.random.default_rng(seed)
    feasible, reached = rng.random((2, 31, 31, 3))
    refuses, working = rng.random((31, 31, 3)) < 0.3, rng.random((31, 3)) - 0.3
    counted, blocked = coalitions(reached, feasible, working), refusals(refuses, feasible)
    for run in range(3):
        assert counted[run] == coalitions(reached[..., run], feasible[..., run], working[:, run])
        assert blocked[run] == refusals(refuses[..., run], feasible[..., run])


def test_the_mechanism_books_both_and_tables_show_them():
    model = FtzModel(small("cross_zone", "horizon.end=2014Q1"), rng=1)
    model.run()
    pairs, nation, table = model.pairs, model.nation, all_tables(model.recorder.records).national
    assert table["coalitions"][-1] == nation.coalitions
    assert table["refusals"][-1] == nation.refusals == refusals(pairs.refuses, pairs.feasibility)
    assert 0 <= nation.refusals <= 1
    assert (table["refusals"][:3] == table["refusals"][0]).all()  # between bargains nobody changes his mind
    one_zone = np.count_nonzero(model.regions.zone_open) < 2
    assert one_zone and nation.coalitions == 0  # a zone alone has nobody to coordinate with


def test_without_bargains_there_are_neither():
    model = FtzModel(small("cross_zone", "horizon.end=2013Q4", "mechanisms.coordination=off"), rng=1)
    model.run()
    assert model.nation.coalitions == model.nation.refusals == 0
