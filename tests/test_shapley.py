"""Shapley values against games whose values are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ftz_sim.analysis import shapley

worths = st.integers(1, 5).flatmap(lambda k: arrays(float, 2**k, elements=st.floats(-1e3, 1e3, width=32)))


def test_the_glove_game_by_hand():
    # players 0 and 1 hold left gloves, 2 a right one; a pair is worth 1: values 1/6, 1/6, 2/3
    worth = np.array([0, 0, 0, 0, 0, 1, 1, 1], dtype=float)  # bit mask of the coalition
    assert shapley.exact(worth) == pytest.approx([1 / 6, 1 / 6, 2 / 3])


@given(worths)
def test_values_add_up_to_what_all_are_worth(worth):
    assert shapley.exact(worth).sum() == pytest.approx(worth[-1] - worth[0], abs=1e-9)


@given(worths)
def test_all_orders_together_give_the_exact_values(worth):
    from itertools import permutations

    k = (len(worth) - 1).bit_length()
    every = list(permutations(range(k)))
    np.testing.assert_allclose(shapley.sampled(dict(enumerate(worth)), every), shapley.exact(worth), atol=1e-8)


def test_additive_games_give_each_player_its_own_whatever_the_axes_behind():
    own = np.arange(1.0, 5)[:, None] * np.array([1.0, -2.0])
    worth = np.stack([sum((own[i] for i in range(4) if mask >> i & 1), np.zeros(2)) for mask in range(16)])
    np.testing.assert_allclose(shapley.exact(worth), own)


def test_drawn_orders_are_antithetic_add_up_and_are_right_on_average():
    rng = np.random.default_rng(0)
    worth = dict(enumerate(rng.normal(size=2**4)))
    drawn = shapley.orders(4, 2000, rng)
    assert drawn[1] == drawn[0][::-1] and sorted(drawn[0]) == [0, 1, 2, 3]
    found = shapley.sampled(worth, drawn)
    assert found.sum() == pytest.approx(worth[15] - worth[0], abs=1e-9)
    np.testing.assert_allclose(found, shapley.exact(np.array(list(worth.values()))), atol=0.05)


def test_a_player_that_adds_nothing_gets_nothing():
    worth = np.array([5.0, 7, 5, 7, 1, 2, 1, 2])  # player 1 changes nothing
    assert shapley.exact(worth)[1] == 0
