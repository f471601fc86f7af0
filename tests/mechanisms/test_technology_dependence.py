import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.mechanisms.technology_dependence import TechnologyDependence, effort, update

P = TechnologyDependence()
shares = arrays(float, 3, elements=st.floats(0, 1))


def test_one_quarter_by_hand():
    got = update(np.array([0.05, 0.35, 0.45]), np.array([0.0, 0.5, 1.0]), 0.8, P, 0.25)
    fall = math.exp(-0.25 * 0.024 * (1 + 0.3 * 0.8))
    assert got.share == approx([0.05, 0.35 * fall, 0.45 * fall], rel=1e-12)
    assert got.loss == approx([0, 0.35 * 0.5 * 0.35 * fall, 0.35 * 0.45 * fall], rel=1e-12)


def test_effort_averages_joint_innovation_over_gdp():
    got = effort(0.3, np.array([1.0, 0.5]), np.array([0.4, 0.8]), np.array([1.0, 3.0]))
    assert got == approx(0.3 + (1 * 0.4 * 1 + 0.5 * 0.8 * 3) / 4)


@given(shares, shares, st.floats(0, 2))
def test_dependence_stays_a_share_and_never_rises(share, severity, pull):
    got = update(share, severity, pull, P, 0.25)
    assert (got.share >= 0).all()
    assert (got.share <= share).all()
    assert (got.loss <= P.loss).all()


@given(shares)
def test_without_an_embargo_nothing_is_lost(share):
    assert (update(share, np.zeros(3), 1.0, P, 0.25).loss == 0).all()


def test_the_step_counts_pilots_and_joint_innovation_and_meets_the_embargo(played):
    old, new, p = played("technology_dependence")
    regions, levers = old.regions, old.levers
    joint = sum(regions.gdp * levers.joint_innovation * regions.coordination_degree) / sum(regions.gdp)
    own = joint + levers.choke_point_research @ regions.pilot_weight
    fall = math.exp(-p.decline * (1 + p.effort_gain * own) / 4)
    expected = old.nation.dependence * [1, fall, fall]
    assert new.nation.dependence == approx(expected, rel=1e-12)
    assert new.nation.dependence_loss == approx(p.loss * expected * [0, 0.5, 0.5], rel=1e-12)
