"""Sequential replication: looks, levels, and intervals that hold what they say although one stops early."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.analysis.precision import Precision, level_of_one, looks
from ftz_sim.analysis.statistics import paired_difference, variance_reduction
from ftz_sim.errors import InputError
from ftz_sim.results import load

SPECS = [small(name, "horizon.end=2014Q1") for name in ("no_ftz", "history")]


@given(st.integers(5, 100), st.integers(0, 400))
def test_looks_grow_from_the_first_to_the_most(first, more):
    found = looks(first, first + more)
    assert found[0] == first and found[-1] == first + more
    assert all(a < b <= np.ceil(1.5 * a) for a, b in pairwise(found))


def test_looks_and_levels_by_hand():
    assert looks(10, 40) == [10, 15, 23, 35, 40]
    assert level_of_one(1) == 0.95
    assert level_of_one(5) == pytest.approx(0.99)


def stopped(draws, target, level, sizes):
    """Mean and interval at the look where the half-width is below target, for every column of draws [n, I]."""
    open_ = np.ones(draws.shape[1], dtype=bool)
    low, high, n = (np.zeros(draws.shape[1]) for _ in range(3))
    for size in sizes:
        found = paired_difference(draws[:size], level=level)
        stop = open_ & ((found.high - found.low) / 2 <= target) | (open_ if size == sizes[-1] else False)
        low[stop], high[stop], n[stop] = found.low[stop], found.high[stop], size
        open_ &= ~stop
    return low, high, n


def test_intervals_hold_the_truth_although_one_stops_when_they_are_short():
    sizes = looks(5, 60)
    draws = np.random.default_rng(0).normal(1.0, 1.0, size=(60, 20_000))
    low, high, n = stopped(draws, 0.5, level_of_one(len(sizes)), sizes)
    assert np.mean((low <= 1) & (high >= 1)) >= 0.95
    assert 5 < n.mean() < 60
    low, high, _ = stopped(draws, 0.5, 0.95, sizes)  # what is avoided
    assert np.mean((low <= 1) & (high >= 1)) < 0.94


def test_the_reduction_of_variance_by_hand():
    # var 1 + var 4 over var of differences (0, 1, 2) = 1 : x = 1 2 3, y = 1 1 ... chosen so
    x, y = np.array([1.0, 2, 3]), np.array([2.0, 4, 6])
    assert variance_reduction(x, y, "level") == pytest.approx((1 + 4) / 1)
    rng = np.random.default_rng(1)
    a, b = rng.normal(10, 1, size=(2, 20_000))
    assert variance_reduction(a, b, "level") == pytest.approx(1, abs=0.05)
    assert np.isnan(variance_reduction(x, x, "log")) and np.isnan(variance_reduction(x[:1], y[:1], "level"))
    rounded = 708 * (1 + 1e-15 * np.array([[0, 1, -1], [1, 0, 2]]))  # as sums over firms leave it
    assert all(np.isnan(variance_reduction(*rounded, scale)) for scale in ("log", "level"))
    assert np.isnan(variance_reduction(rounded[0], rounded[1] + 5, "level")), "constant, though not the same"
    grown = variance_reduction(x, x * np.array([1.1, 1.2, 1.1]), "log")
    logs = np.log([1.1, 1.2, 1.1])
    assert grown == pytest.approx((np.var(np.log(x)) + np.var(np.log(x) + logs)) / np.var(logs))


def test_replicates_are_added_until_precise_enough(tmp_path):
    plain = compare(SPECS, reps=5, seed=4)
    place = plain.panel.column("gdp")
    assert plain.reference == "no_ftz"
    half = plain.summary("history")
    width = (half.high[place] - half.low[place]) / 2
    tight = Precision(width / 4, ("gdp",), 12)
    result = compare(SPECS, reps=5, seed=4, precision=tight, out=tmp_path / "p")
    sizes = looks(5, 12)
    assert result.reps in sizes and result.reps > 5
    found = result.summary("history")
    reached = float(found.high[place] - found.low[place]) / 2
    assert reached <= tight.target or result.reps == 12
    # the interval is the t-interval of the level that allows for all looks
    kept = result.panel.done(*result.panel.scenarios)
    assert kept.sum() == result.reps == found.n
    spread = np.diff(stats.t.interval(level_of_one(len(sizes)), result.reps - 1))[0] / 2
    values = [result.panel.values(name, kept)[:, place] for name in ("history", "no_ftz")]
    difference = 100 * (values[0] / values[1] - 1)
    assert reached == pytest.approx(spread * difference.std(ddof=1) / np.sqrt(result.reps))
    experiment = load(tmp_path / "p")
    assert experiment.manifest["reps"] == result.reps == len(experiment.runs) / 2
    assert str(result.reps) in result.notes("en")[0]
    assert "公共随机数" in result.notes("zh")[-1]


def test_a_loose_target_stops_at_the_first_look_and_an_impossible_one_at_the_cap():
    assert compare(SPECS, reps=5, precision=1e9).reps == 5
    capped = compare(SPECS, reps=5, precision=Precision(1e-9, ("gdp",), 8))
    assert capped.reps == 8
    assert "Not precise enough" in capped.notes("en")[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"precision": 0.0}, "half-width above 0"),
        ({"precision": float("nan")}, "half-width above 0"),
        ({"precision": Precision(1.0, ("gpd",))}, "did you mean 'gdp'"),
        ({"precision": Precision(1.0, ())}, "at least one indicator"),
        ({"precision": 1.0, "reps": 4}, "at least 5"),
        ({"precision": Precision(1.0, ("gdp",), 5), "reps": 6}, "fewer than those of the first look"),
        ({"precision": 1.0, "interval": "bootstrap"}, "leave out the bootstrap"),
    ],
)
def test_bad_targets_are_refused_before_anything_runs(arguments, message, tmp_path):
    with pytest.raises(InputError, match=message):
        compare(SPECS, **{"reps": 5, "out": tmp_path / "x", **arguments})
    assert not list(tmp_path.iterdir())
