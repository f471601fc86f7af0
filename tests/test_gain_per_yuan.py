"""The gain per yuan, by hand: a number with its interval, or why there is none."""

from __future__ import annotations

import numpy as np
import pytest

from ftz_sim.analysis.gain_per_yuan import gain_per_yuan
from ftz_sim.analysis.statistics import paired_difference

GDP = 1e6  # bn yuan, discounted


@pytest.mark.parametrize(
    ("gains", "costs", "ratio", "blank"),
    [
        ([200, 220, 180], [100, 110, 90], 2.0, None),
        ([200, 220, 180], [0, 1, -1], None, "costs_almost_nothing"),
        ([200, 220, 180], [100, 300, -250], None, "cost_unsure"),
        ([200, 220, 180], [-100, -110, -90], None, "costs_no_more"),
        ([200, -400, 180], [100, 110, 90], None, "gain_unsure"),
    ],
)
def test_gain_per_yuan_is_a_number_or_a_reason(gains, costs, ratio, blank):
    found = gain_per_yuan(np.array([gains, costs], dtype=float).T, GDP)
    assert found.blank == blank
    if ratio is None:
        assert found.ratio is None and np.isnan([found.low, found.high]).all()
    else:
        assert found.ratio == found.low == found.high == pytest.approx(ratio)


def test_the_interval_of_a_gain_per_yuan_is_that_of_a_ratio_of_means():
    found = gain_per_yuan(np.array([[190.0, 100.0], [210.0, 100.0]] * 4), GDP)  # a sure cost: the gain's over it
    gain = paired_difference(np.array([[190.0], [210.0]] * 4))
    assert found.blank is None
    assert (found.low, found.high) == pytest.approx((gain.low[0] / 100, gain.high[0] / 100))
    few = gain_per_yuan(np.array([[150.0, 100.0], [210.0, 100.0]]), GDP)
    assert paired_difference(np.array([[150.0], [210.0]])).low[0] < 0 and few.blank == "gain_unsure"
