from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ftz_sim.indicators.inequality import decompose, gini, poorest_to_mean, theil

amounts = arrays(float, 6, elements=st.floats(0.01, 100))


def test_theil_by_hand():
    # value shares .75 and .25 of two provinces with equal workers: .75 ln 1.5 + .25 ln .5
    expected = 0.75 * 0.4054651081 + 0.25 * -0.6931471806
    assert theil(np.array([3.0, 1.0]), np.array([1.0, 1.0])) == pytest.approx(expected, abs=1e-9)


def test_gini_by_hand():
    # incomes 1 and 3 of equal groups: Gini = (3 - 1) / (2 * 2 * 2) = .25
    assert gini(np.array([3.0, 1.0]), np.array([1.0, 1.0])) == pytest.approx(0.25)
    # one of four persons has all: (n - 1)/n
    assert gini(np.array([0.0, 0, 0, 8]), np.ones(4)) == pytest.approx(0.75)


def test_poorest_by_hand():
    # per person 2, 5 and 8/3; the nation has 20/6
    assert poorest_to_mean(np.array([4.0, 5.0, 8.0]), np.array([2.0, 1, 3])) == pytest.approx(2 / (17 / 6))


@given(amounts, amounts)
def test_equality_is_zero_and_scale_does_not_matter(value, people):
    assert theil(3 * people, people) == pytest.approx(0, abs=1e-12)
    assert gini(3 * people, people) == pytest.approx(0, abs=1e-9)
    assert theil(7 * value, 2 * people) == pytest.approx(float(theil(value, people)), abs=1e-9)
    assert theil(value, people) >= -1e-12
    assert -1e-12 <= gini(value, people) < 1


@given(amounts, amounts)
def test_the_parts_of_theil_add_up_and_are_not_negative(value, people):
    parts = decompose(value, people, np.array([0, 0, 1, 1, 2, 2]))
    assert parts.between + parts.within == pytest.approx(float(parts.total), abs=1e-12)
    assert parts.between >= -1e-12
    assert parts.within >= -1e-12


def test_groups_of_equals_have_nothing_within():
    parts = decompose(np.array([2.0, 4, 9, 3]), np.array([1.0, 2, 3, 1]), np.array([0, 0, 1, 1]))
    assert parts.within == pytest.approx(0, abs=1e-15)
    assert parts.between == pytest.approx(float(parts.total))


def test_an_empty_province_and_leading_axes():
    value, people = np.array([[3.0, 1, 0], [2, 2, 0]]), np.array([[1.0, 1, 0], [1, 1, 0]])
    assert theil(value, people) == pytest.approx([0.75 * np.log(1.5) + 0.25 * np.log(0.5), 0])


def test_an_equalising_transfer_lowers_both():
    before, after, people = np.array([1.0, 9.0, 5.0]), np.array([2.0, 8.0, 5.0]), np.ones(3)
    assert theil(after, people) < theil(before, people)
    assert gini(after, people) < gini(before, people)
