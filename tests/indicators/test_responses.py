from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_sim.indicators.responses import leakage, response


def test_response_by_hand():
    reference = np.full(30, 100.0)
    value = reference.copy()
    value[10:14] = 100 * np.exp([-0.02, -0.04, -0.01, -0.0005])
    found = response(value, reference, 10)
    assert found.trough == pytest.approx(-0.04)
    assert found.cumulative_loss == pytest.approx(-0.0705 / 4)
    assert found.recovery_quarters == 3


def test_no_recovery_inside_five_years_is_not_a_number_and_no_loss_needs_none():
    reference = np.full(40, 100.0)
    assert np.isnan(response(reference * 0.9, reference, 0).recovery_quarters)
    assert response(reference, reference, 0) == (0, 0, 0)
    late = reference.copy()
    late[21] = 50  # after the window
    assert response(late, reference, 0).trough == 0


def test_a_start_after_the_end_is_refused():
    with pytest.raises(ValueError, match="no quarter"):
        response(np.ones(4), np.ones(4), 4)


@given(st.floats(-0.5, 0.5))
def test_trough_and_sum_of_a_constant_gap(gap):
    found = response(np.exp(np.full(20, gap)), np.ones(20), 0)
    assert found.trough == pytest.approx(gap, abs=1e-12)
    assert found.cumulative_loss == pytest.approx(5 * gap, abs=1e-9)


def test_leakage_by_hand():
    # zones cut 10 of 100; outside 3 come back
    assert leakage(np.array(993.0), np.array(90.0), np.array(1000.0), np.array(100.0)) == pytest.approx(0.3)
    # a cut outside as well is negative leakage; without a cut inside there is none to speak of
    several = leakage(np.array([985.0, 1003]), np.array([90.0, 101]), np.full(2, 1000.0), np.full(2, 100.0))
    assert several[0] == pytest.approx(-0.5)
    assert np.isnan(several[1])
    # nothing to divide by: a cut of a millionth
    tiny = leakage(np.array([1000.1, 999.5]), np.array([99.9999, 99.9]), np.full(2, 1000.0), np.full(2, 100.0))
    assert np.isnan(tiny[0]) and tiny[1] == pytest.approx(-4)
