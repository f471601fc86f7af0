"""Intervals, detectable effects and probabilities, against known cases."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ftz_sim.analysis.panel import relative, scaled_difference
from ftz_sim.analysis.statistics import paired_difference, probability_best, share_of_weightings


def column(*numbers):
    return np.array(numbers, dtype=float)[:, None]


def test_a_t_interval_by_hand():
    # mean 2, sd 1, n 3: 2 -+ 4.302653 / sqrt(3)
    found = paired_difference(column(1, 2, 3))
    half = 4.302652730 / np.sqrt(3)
    assert found.mean == pytest.approx([2])
    assert found.low == pytest.approx([2 - half])
    assert found.high == pytest.approx([2 + half])
    assert found.detectable == pytest.approx([(4.302652730 + 1.060660172) / np.sqrt(3)])
    assert found.n == 3
    assert not found.identical[0]


def test_the_interval_is_scipys_own():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 25))
    ours = paired_difference((a - b)[:, None])
    theirs = stats.ttest_rel(a, b).confidence_interval(0.95)
    assert (ours.low[0], ours.high[0]) == pytest.approx((theirs.low, theirs.high))


def test_intervals_cover_the_truth_as_often_as_they_say():
    differences = np.random.default_rng(2).normal(1.0, 3.0, size=(12, 4000))
    found = paired_difference(differences)
    assert np.mean((found.low <= 1) & (found.high >= 1)) == pytest.approx(0.95, abs=0.012)


def test_an_effect_of_the_detectable_size_is_found_in_four_of_five_experiments():
    n, sd = 15, 2.0
    rng = np.random.default_rng(3).normal(0, sd, size=(n, 4000))
    effect = np.median(paired_difference(rng).detectable)
    assert np.mean(paired_difference(rng + effect).low > 0) == pytest.approx(0.80, abs=0.03)


def test_one_pair_has_no_interval_and_equal_pairs_are_identical():
    single = paired_difference(column(5))
    assert single.mean == [5]
    assert np.isnan(single.low[0])
    assert paired_difference(column(0, 0, 0)).identical[0]
    assert not paired_difference(column(0, 0, 1e-18)).identical[0]


def test_the_bootstrap_agrees_with_t_on_well_behaved_numbers_and_repeats_itself():
    differences = np.random.default_rng(4).normal(1, 1, size=(60, 2))
    t, boot = paired_difference(differences), paired_difference(differences, "bootstrap", seed=7)
    assert boot.low == pytest.approx(t.low, abs=0.08)
    assert boot.high == pytest.approx(t.high, abs=0.08)
    again = paired_difference(differences, "bootstrap", seed=7)
    assert np.array_equal(boot.low, again.low)
    assert not np.array_equal(boot.low, paired_difference(differences, "bootstrap", seed=8).low)


def test_the_bootstrap_survives_differences_that_do_not_vary():
    found = paired_difference(column(2, 2, 2, 2), "bootstrap")
    assert (found.low[0], found.high[0]) == (2, 2)


def test_probability_of_being_best():
    rng = np.random.default_rng(5).normal(size=(1, 30, 1))
    outcomes = np.concatenate([rng, rng + 1, rng + 1, rng - 1])
    more = probability_best(outcomes, np.array([1]))
    assert more[:, 0] == pytest.approx([0, 0.5, 0.5, 0])  # ties are split
    assert probability_best(outcomes, np.array([-1]))[:, 0] == pytest.approx([0, 0, 0, 1])
    assert np.isnan(probability_best(outcomes, np.array([0]))).all()


def test_probability_does_not_depend_on_the_order_of_scenarios():
    outcomes = np.random.default_rng(6).normal(size=(4, 10, 3))
    direction = np.array([1, -1, 1])
    order = [2, 0, 3, 1]
    assert np.array_equal(probability_best(outcomes, direction)[order], probability_best(outcomes[order], direction))
    assert probability_best(outcomes, direction).sum(axis=0) == pytest.approx([1, 1, 1])


def test_weightings():
    # the first is better in every pillar, the last two lead in one each
    assert share_of_weightings(np.array([[3.0, 3], [1, 2]])) == pytest.approx([1, 0])
    shares = share_of_weightings(np.array([[1.0, 0], [0, 1.0]]))
    assert shares.sum() == pytest.approx(1)
    assert shares[0] == pytest.approx(0.5, abs=0.06)


def test_differences_as_they_are_shown():
    value, reference = np.array([110.0, 0.0, 5.0]), np.array([100.0, 0.0, 0.0])
    shown = scaled_difference(value, reference, "log")
    assert shown[:2] == pytest.approx([10, 0])
    assert np.isnan(shown[2])  # no percentage of nothing
    assert scaled_difference(np.array([0.03]), np.array([0.02]), "points") == pytest.approx([1])
    assert scaled_difference(value, reference, "level").tolist() == [10, 0, 5]


@pytest.mark.parametrize("scale", ["log", "points", "level"])
def test_rounding_is_no_difference(scale):
    reference = np.array([708.0, 23.0, -0.2, 0.0])
    value = reference * (1 + np.array([1e-15, -2e-9, 1e-10, 0]))
    assert scaled_difference(value, reference, scale).tolist() == [0, 0, 0, 0]
    assert (scaled_difference(value * (1 + 2e-8), reference, scale)[:3] != 0).all()  # what is larger is one
    assert relative(value[0], reference[0]) == relative(0.0, 0.0) == 0
    assert relative(1.5, -1.0) == 2.5 and np.isnan(relative(1.0, 0.0))


def test_rounding_decides_who_is_best_no_more_than_what_is_equal():
    rounded = np.full((2, 30, 1), 23.0) * (1 + 1e-9 * np.random.default_rng(6).normal(size=(2, 30, 1)))
    assert probability_best(rounded, np.array([1]))[:, 0].tolist() == [0.5, 0.5]
