from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ftz_sim.indicators.cohesion import dyadic_gap, labour_share

amounts = arrays(float, (5,), elements=st.floats(0.1, 100))
HAS_ZONE = np.array([True, True, False, False])


def test_gaps_by_hand():
    # GDP per worker 1, 2, 4, 8: logs are 0, 1, 2, 3 times ln 2
    workers = np.array([10.0, 5, 2, 1])
    gap = dyadic_gap(np.array([10.0, 10, 8, 8]), workers, HAS_ZONE)
    assert gap.zones == pytest.approx(np.log(2))
    assert gap.mixed == pytest.approx((2 + 3 + 1 + 2) / 4 * np.log(2))
    assert gap.others == pytest.approx(np.log(2))


@given(amounts, st.floats(0.1, 10))
def test_the_size_of_the_nation_does_not_matter_and_equality_has_no_gap(gdp, factor):
    has_zone = np.arange(5) < 2
    one, other = dyadic_gap(gdp, np.ones(5), has_zone), dyadic_gap(factor * gdp, np.ones(5), has_zone)
    assert np.allclose(one, other, atol=1e-12)
    assert max(dyadic_gap(gdp, gdp, has_zone)) == pytest.approx(0, abs=1e-12)


def test_a_kind_of_pair_that_does_not_exist_has_gap_zero_and_quarters_are_kept():
    gap = dyadic_gap(np.ones((3, 4)) * [1.0, 2, 3, 4], np.ones((3, 4)), np.ones(4, dtype=bool))
    assert gap.zones.shape == (3,)
    assert gap.mixed.tolist() == gap.others.tolist() == [0, 0, 0]


def test_labour_share_by_hand():
    # 2 million at 20 thousand and 1 million at 10 thousand yuan: 50 of 100 bn yuan
    assert labour_share(np.array([20.0, 10]), np.array([2e6, 1e6]), np.array(100.0)) == pytest.approx(0.5)
