import numpy as np
import pytest
from pytest import approx

from ftz_sim.model.balancing import gravity_weights, scaled_both_ways, shared_up_to


def test_scaling_meets_rows_and_columns_and_keeps_zeros_and_cross_ratios():
    table = np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 4.0]])
    out = scaled_both_ways(table, np.array([2.0, 4.0]), np.array([1.0, 3.0, 2.0]))
    assert out.sum(1) == approx([2, 4], rel=1e-12)
    assert out.sum(0) == approx([1, 3, 2], rel=1e-12)
    assert out[0, 2] == 0
    odds = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
    assert out[0, 0] * out[1, 1] / (out[0, 1] * out[1, 0]) == approx(odds)


def test_scaling_says_when_totals_cannot_be_met():
    with pytest.raises(ValueError, match="do not balance"):
        scaled_both_ways(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([1.0, 3.0]), np.array([2.0, 2.0]))


def test_sharing_stops_at_caps_and_gives_the_rest_to_others():
    weight = np.array([[8.0], [1.0], [1.0]])
    assert shared_up_to(np.array([10.0]), weight, np.array([[4.0], [9.0], [2.5]]))[:, 0] == approx([4, 3.5, 2.5])
    assert shared_up_to(np.array([10.0]), weight, np.full((3, 1), 9.0))[:, 0] == approx([8, 1, 1])


def test_what_nobody_can_take_is_lost():
    assert shared_up_to(np.array([10.0]), np.ones((2, 1)), np.array([[2.0], [3.0]]))[:, 0] == approx([2, 3])


def test_gravity_weights_give_sales_and_purchases():
    rng = np.random.default_rng(3)
    freeness = rng.uniform(0.1, 1, (4, 4))
    sales, bought = rng.uniform(1, 2, (2, 4, 3))
    sales[2, 1] = 0
    bought *= sales.sum(0) / bought.sum(0)
    found = gravity_weights(sales, bought, lambda w: freeness.T @ w, lambda m: freeness @ m)
    flows = found.origin[:, None] * freeness[:, :, None] * (bought / found.market)
    assert flows.sum(1) == approx(sales, rel=1e-12)
    assert flows.sum(0) == approx(bought, rel=1e-12)
    assert found.origin[2, 1] == 0
