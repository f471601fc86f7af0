import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.institutional_innovation import (
    InstitutionalInnovation,
    accumulate,
    high_value,
    ideas_left,
    relative_intensity,
    update,
)

P = InstitutionalInnovation()
ONE = np.ones(1)
share = st.floats(0, 1)


def create(effort=1.0, tolerance=1.0, environment=0.5, lead=0.0, coordination=0.0, ideas=1.0, p=P):
    return update(effort * ONE, tolerance * ONE, environment * ONE, lead * ONE, coordination * ONE, ideas, p, 0.25)


def test_a_zone_creates_what_the_equation_says():
    # a quarter of 18.5 x (.7 + .6 x .4) = 4.3475; half of the tolerance leaves .875, a lead of .2 adds 3 %,
    # half of the coordination costs 5 %, 95 approved of a scale of 95 x 1.5 leave exp(-2/3)
    expected = 4.3475 * 0.875 * 1.03 * 0.95 * math.exp(-2 / 3)
    ideas = ideas_left(95.0, 0.3, 0.2, P)
    assert create(1.0, 0.5, 0.4, 0.2, 0.5, ideas) == approx([expected])


def test_digital_intensity_counts_relative_to_the_mean_by_workers():
    # (.2 x 3 + .6 x 1) / 4 = .3
    assert relative_intensity(np.array([0.2, 0.6]), np.array([3.0, 1.0])) == approx([-0.1, 0.3])


def test_whole_chain_reform_needs_law_and_the_share_of_high_value_has_a_ceiling():
    # .06 + .15 x 1 x (.3 + .5) = .18 of 10 items; a gain of 1 would give .86 and meets the ceiling of .6
    assert high_value(10 * ONE, ONE, 0.5, P) == approx([1.8])
    assert high_value(10 * ONE, ONE, 0.5, InstitutionalInnovation(high_value_gain=1.0)) == approx([6.0])
    assert high_value(10 * ONE, 0 * ONE, 0.5, P) == approx([0.6])


def test_stocks_add_up():
    assert accumulate(np.array([1.0, 2.0]), np.array([0.5, 0.0])) == approx([1.5, 2.0])


@given(loss=st.floats(0, 0.5), environment=share)
def test_full_tolerance_raises_creation_by_exactly_what_blame_cost(loss, environment):
    p = InstitutionalInnovation(blame_loss=loss)
    blamed, free = (create(tolerance=tolerance, environment=environment, p=p) for tolerance in (0.0, 1.0))
    assert free / blamed == approx([1 / (1 - loss)])


@given(approved=st.floats(0, 500), more=st.floats(1, 500), law=share, readiness=share)
def test_ideas_are_fished_out_and_law_opens_new_ones(approved, more, law, readiness):
    here, later = (ideas_left(items, law, readiness, P) for items in (approved, approved + more))
    assert 0 < later < here <= 1
    assert here >= ideas_left(approved, 0.0, 0.0, P)


@given(tolerance=share, environment=share, coordination=share)
def test_without_effort_nothing_is_created(tolerance, environment, coordination):
    assert create(0.0, tolerance, environment, 0.1, coordination)[0] == 0


def test_the_step_books_each_zone_at_its_own_levers_and_the_nation_their_sum(played):
    old, new, p = played("institutional_innovation")
    regions, zones, nation, levers = old.regions, old.zones, old.nation, old.levers
    mean = sum(regions.digital_intensity * regions.workers) / sum(regions.workers)
    scale = p.idea_stock * (1 + p.new_subject_gain * (nation.law + nation.accession_readiness))
    created, valued = np.zeros(22), np.zeros(22)
    for z, r in enumerate(zones.region):
        capacity = p.base_capacity + p.capacity_slope * old.base.business_environment[r]
        created[z] = p.creation_rate / 4 * levers.institutional_innovation[r] * capacity
        created[z] *= 1 - p.blame_loss * (1 - levers.fault_tolerance[r])
        created[z] *= 1 + p.digital_regulator * (regions.digital_intensity[r] - mean)
        created[z] *= 1 - p.yardstick_loss * regions.coordination_degree[r]
        created[z] *= math.exp(-nation.innovations_approved / scale)
        whole_chain = p.high_value_gain * levers.integrated_reform[r] * (p.law_offset + nation.law)
        valued[z] = created[z] * (p.high_value_share + whole_chain)
    assert (created > 0).sum() == 21  # all but the zone without status
    assert new.zones.innovations_created == approx(zones.innovations_created + created, rel=1e-12)
    assert new.zones.own_high_value == approx(zones.own_high_value + valued, rel=1e-12)
    assert new.nation.innovations_created == approx(nation.innovations_created + created.sum(), rel=1e-12)
    assert new.nation.high_value_created == approx(nation.high_value_created + valued.sum(), rel=1e-12)
