from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_sim.indicators import nqp


def test_an_index_by_hand():
    components = {
        "patents_per_worker": np.array([0.9]),  # (.9 + .2)/2.2 = .5
        "knowledge_per_worker": np.array([9.0]),  # above the bound: 1
        "new_industry_share": np.array([0.09]),  # .2
        "gdp_per_worker": np.array([0.8]),  # .5
        "equality": np.array([-0.2]),  # below: 0
        "poorest_to_mean": np.array([0.5]),  # .5
    }
    found = nqp.pillars(components)
    assert {k: float(v[0]) for k, v in found.items()} == pytest.approx(
        {"nqp_innovation": 75, "nqp_upgrading": 35, "nqp_sharing": 25}
    )
    assert nqp.index(found) == pytest.approx([45])


def test_pillars_use_every_component_once():
    used = [name for names in nqp.PILLARS.values() for name in names]
    assert sorted(used) == sorted(nqp.BOUNDS)
    assert all(low < high for low, high in nqp.BOUNDS.values())


@given(st.floats(-10, 10), st.floats(0, 5))
def test_scores_stay_in_bounds_and_never_fall(value, more):
    low, high = nqp.score(np.array([value, value + more]), -0.2, 1.8)
    assert 0 <= low <= high <= 1


def test_log_ratio_starts_at_zero_and_guards_what_was_zero():
    ratio = nqp.log_ratio_to_first(np.array([[2.0, 0.0], [4.0, 3.0], [1.0, 0.0]]))
    assert ratio == pytest.approx(np.array([[0, 0], [np.log(2), 0], [-np.log(2), 0]]))
