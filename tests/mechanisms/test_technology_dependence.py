import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, TIER_OF_FIELD
from ftz_sim.model.mechanisms.technology_dependence import TechnologyDependence, effort, update
from pilots_by_hand import piloted

P = TechnologyDependence()
shares = arrays(float, N_FIELDS, elements=st.floats(0, 1))


def test_one_quarter_by_hand():
    # goods of a traditional field catch up, services do not; new fields decline further, faster by own effort
    weight, goods = np.full(N_FIELDS, 0.8), np.zeros(N_FIELDS)
    goods[[0, 5]] = 1.0, 0.5
    got = update(weight, goods, 3.0, 0.8, P, 0.25)
    core = 0.024 * (1 + 0.3 * 0.8)
    expected = np.where(TIER_OF_FIELD > 0, 0.8 * math.exp(-0.25 * core), 0.8)
    expected[0] = 0.8 * math.exp(-0.25 * 0.025)
    expected[5] = 0.8 * math.exp(-0.25 * (0.5 * 0.025 + core))
    assert got == approx(expected, rel=1e-12)


def test_goods_catch_up_for_sixteen_years_only():
    weight, goods = np.ones(N_FIELDS), np.ones(N_FIELDS)
    during, after = (update(weight, goods, years, 0.0, P, 0.25) for years in (15.75, 16.0))
    assert (during < after).all()
    assert (after[TIER_OF_FIELD == 0] == 1).all()


def test_effort_averages_joint_innovation_over_gdp():
    got = effort(0.3, np.array([1.0, 0.5]), np.array([0.4, 0.8]), np.array([1.0, 3.0]))
    assert got == approx(0.3 + (1 * 0.4 * 1 + 0.5 * 0.8 * 3) / 4)


@given(shares, shares, st.floats(0, 23), st.floats(0, 2), st.floats(0, 2))
def test_weights_stay_weights_never_rise_and_effort_lowers_them(weight, goods, years, pull, more):
    got = update(weight, goods, years, pull, P, 0.25)
    assert (got >= 0).all()
    assert (got <= weight).all()
    assert (update(weight, goods, years, pull + more, P, 0.25) <= got).all()


def test_the_step_counts_pilots_and_joint_innovation(played):
    old, new, p = played("technology_dependence")
    regions, levers = old.regions, old.levers
    joint = sum(regions.gdp * levers.joint_innovation * regions.coordination_degree) / sum(regions.gdp)
    own = joint + piloted(old, levers.choke_point_research)
    assert joint > 0 and own > joint
    rate = p.catching_up * old.base.world.goods * (old.clock.index / 4 < p.catching_up_years)
    rate = rate + np.where(TIER_OF_FIELD > 0, p.decline * (1 + p.effort_gain * own), 0.0)
    assert rate.min() == 0 < rate.max()  # services give no way to home ones
    assert new.nation.dependence == approx(old.nation.dependence * np.exp(-rate / 4), rel=1e-12)
