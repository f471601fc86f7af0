"""The same bits for the same seed, whatever else happens."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ftz_sim.model.group import Group
from ftz_sim.model.streams import Stream, child_seed
from ftz_sim.runs.model import FtzModel

SHORT = "horizon.end=2017Q4"


def bits(model):
    return {name: np.asarray(column).tobytes() for name, column in vars(model.firms).items()}


def test_equal_seeds_give_equal_bits_and_other_seeds_other_luck():
    first, again, other = (FtzModel(small("integrated", SHORT), rng=seed).run() for seed in (1, 1, 2))
    assert bits(first) == bits(again)
    assert not np.array_equal(first.firms.productivity_shock, other.firms.productivity_shock)


def test_scenarios_share_their_history_and_their_luck():
    strategies = ("history", "single_ftz", "cross_zone", "ftz_fta", "integrated")
    at_the_fork = [FtzModel(small(name, "horizon.end=2024Q4"), rng=1).run() for name in strategies]
    assert all(bits(model) == bits(at_the_fork[0]) for model in at_the_fork)


@pytest.mark.parametrize("mechanism", ["green_finance", "capital_account", "industrial_upgrading", "migration"])
def test_switching_a_mechanism_off_leaves_the_luck_of_the_rest_alone(mechanism):
    on = FtzModel(small("history", SHORT), rng=1)
    off = FtzModel(small("history", SHORT, f"mechanisms.{mechanism}=off"), rng=1)
    on.run()
    off.run()
    # the shock of a slot that never changed hands depends on its own draws alone
    untouched = (on.firms.birth_quarter == -40) & (off.firms.birth_quarter == -40)
    assert untouched.sum() > 1000
    shocks = on.firms.productivity_shock[untouched], off.firms.productivity_shock[untouched]
    assert np.array_equal(*shocks)


def test_a_stream_depends_on_seed_name_and_quarter_and_nothing_else():
    draws = Stream(1, "exit", 3).uniform(1000)
    assert np.array_equal(draws, Stream(1, "exit", 3).uniform(1000))
    few = Stream(1, "exit", 3).below(1000, 0.3)
    assert set(np.flatnonzero(draws < 0.3)) <= set(few.rows)
    assert np.array_equal(draws[few.rows], few.draws)
    assert few.draws.max() <= np.float32(0.3)
    alone = Stream(1, "exit", 3).uniform_of(Group(np.array([900])))
    assert np.array_equal(Stream(1, "exit", 3).uniform_of(Group(np.arange(1000)))[[900]], alone)
    assert np.array_equal(draws[:10], Stream(1, "exit", 3).uniform(10))
    for other in (Stream(2, "exit", 3), Stream(1, "entry", 3), Stream(1, "exit", 4)):
        assert abs(np.corrcoef(draws, other.uniform(1000))[0, 1]) < 0.15


def test_draws_have_the_moments_they_claim():
    check_moments(Stream(1, "a", 0).uniform(200_000), Stream(1, "b", 0).normal(200_000))
    rows = Group(np.arange(200_000))
    check_moments(Stream(1, "a", 0).uniform_of(rows), Stream(1, "b", 0).normal_of(rows))
    quarters = np.array([Stream(1, "a", t).uniform_of(Group(np.array([0, 1]))) for t in range(2000)])
    assert abs(np.corrcoef(quarters.T)[0, 1]) < 0.1
    assert quarters.mean() == pytest.approx(0.5, abs=0.03)


def check_moments(uniform, normal):
    assert abs(np.corrcoef(uniform[1:], uniform[:-1])[0, 1]) < 0.01
    assert uniform.dtype == normal.dtype == np.float32
    assert 0 <= uniform.min() < uniform.max() < 1
    assert uniform.mean() == pytest.approx(0.5, abs=0.003)
    assert uniform.var() == pytest.approx(1 / 12, rel=0.01)
    assert normal.mean() == pytest.approx(0, abs=0.01)
    assert normal.var() == pytest.approx(1, rel=0.01)
    assert (abs(normal) > 1.959964).mean() == pytest.approx(0.05, abs=0.002)


def test_a_permutation_holds_every_row_once():
    assert sorted(Stream(1, "p", 0).permutation(50)) == list(range(50))


def test_child_seeds_differ():
    seeds = {child_seed(1, sample, replicate) for sample in range(20) for replicate in range(20)}
    assert len(seeds) == 400
    assert child_seed(1, 0, 0) == child_seed(1, 0, 0)
