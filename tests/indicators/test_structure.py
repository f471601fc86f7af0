from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ftz_sim.indicators.structure import (
    advancement,
    angle_to_first,
    concentration,
    is_cluster,
    krugman_specialisation,
    shares,
)

workers = arrays(float, (4, 5), elements=st.floats(0, 100))


def test_clusters_by_hand():
    # province 0 has 30 of its 40 in field 0; the nation 40 of 100: quotient .75/.4 = 1.9 and 75 % of the field
    table = np.array([[30.0, 10], [10, 50]])
    assert is_cluster(table).tolist() == [[True, False], [False, False]]
    # a tiny province may be as concentrated and still have too little of the field
    tiny = np.array([[0.3, 0.1], [40, 60]])
    assert not is_cluster(tiny).any()


def test_krugman_and_concentration_by_hand():
    table = np.array([[30.0, 10], [10, 50]])
    # shares .75/.25 against those of the others, 1/6 and 5/6
    assert krugman_specialisation(table) == pytest.approx([2 * (0.75 - 1 / 6)] * 2)
    assert concentration(table) == pytest.approx([0.5625 + 0.0625, (1 / 6) ** 2 + (5 / 6) ** 2])


def test_advancement_and_angle_by_hand():
    tiers = np.array([[1.0, 0, 0], [1.0, 1, 0], [2.0, 1, 1]])
    assert advancement(tiers) == pytest.approx([0, 1, 1])
    assert angle_to_first(tiers) == pytest.approx([0, np.pi / 4, np.arccos(2 / np.sqrt(6))])


@given(workers)
def test_ranges(table):
    assert ((shares(table) >= 0) & (shares(table) <= 1 + 1e-12)).all()
    assert (krugman_specialisation(table) <= 2 + 1e-9).all()
    assert (concentration(table) <= 1 + 1e-9).all()


def test_equal_structures_have_no_specialisation_and_no_clusters():
    table = np.outer([1.0, 5, 10], [3.0, 2, 1])
    assert krugman_specialisation(table) == pytest.approx(0, abs=1e-12)
    assert not is_cluster(table).any()


def test_a_sum_of_zero_has_shares_of_zero():
    assert shares(np.zeros((2, 3))).tolist() == [[0, 0, 0], [0, 0, 0]]
