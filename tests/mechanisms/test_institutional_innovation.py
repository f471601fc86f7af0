import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.institutional_innovation import (
    InstitutionalInnovation,
    accumulate,
    high_value,
    relative_intensity,
    trials,
    update,
)

P = InstitutionalInnovation(trial_rate=0.085)
ONE = np.ones(1)
share = st.floats(0, 1)


def tried(effort=1.0, tolerance=1.0, environment=0.5, lead=0.0, coordination=0.0, p=P):
    return trials(effort * ONE, tolerance * ONE, environment * ONE, lead * ONE, coordination * ONE, p, 0.25)


def test_a_zone_tries_as_often_as_the_equation_says():
    # a quarter of .085 x (.7 + .6 x .4) = .019975; half of the tolerance leaves .875, a lead of .2 adds 3 %,
    # half of the coordination costs 5 %
    assert tried(1.0, 0.5, 0.4, 0.2, 0.5) == approx([0.019975 * 0.875 * 1.03 * 0.95])


def test_two_zones_of_one_kind_prove_an_idea_once():
    # of 400 x 1.25 items .4 are common, .3 of the coast: the nation finds 350 (1 - exp(-.3)), both zones more in sum
    rates = np.array([[0.1, 0, 0], [0.2, 0, 0]])
    p = InstitutionalInnovation(ideas=400)
    found = update(rates, np.zeros(4), 0.15, 0.1, p)
    union = 1 - math.exp(-0.3)
    assert found.national == approx(350 * union)
    assert found.used == approx([200 * union, 150 * union, 0, 0])
    assert found.own == approx([350 * (1 - math.exp(-0.1)), 350 * (1 - math.exp(-0.2))])


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
def test_full_tolerance_raises_trials_by_exactly_what_blame_cost(loss, environment):
    p = InstitutionalInnovation(blame_loss=loss)
    blamed, free = (tried(tolerance=tolerance, environment=environment, p=p) for tolerance in (0.0, 1.0))
    assert free / blamed == approx([1 / (1 - loss)])


@given(used=st.floats(0, 500), rate=st.floats(1e-3, 2), law=share, readiness=share)
def test_pools_are_fished_out_and_law_opens_new_ideas(used, rate, law, readiness):
    rates, used = rate * np.eye(3), np.full(4, used)
    found = update(rates, used, law, readiness, P)
    assert (found.used >= used).all()
    assert found.national >= update(rates, used, 0.0, 0.0, P).national
    assert found.national >= update(rates, used + 10, law, readiness, P).national
    assert found.national <= found.own.sum() + 1e-9
    stock = np.array(P.pools) * P.ideas * (1 + law + readiness)
    assert (found.used <= np.maximum(stock, used) + 1e-9).all()


@given(rate=st.floats(1e-3, 2))
def test_another_kind_of_place_finds_what_a_second_zone_of_the_same_kind_does_not(rate):
    same, other = np.array([[rate, 0, 0], [rate, 0, 0]]), np.array([[rate, 0, 0], [0, rate, 0]])
    nothing = np.zeros(4)
    more = update(other, nothing, 0, 0, P).national - update(same, nothing, 0, 0, P).national
    one, two = 1 - math.exp(-rate), 1 - math.exp(-2 * rate)
    assert more == approx(P.ideas * (0.5 * one - 0.3 * two))  # .3 + .2 by one each, or .3 by both


def test_idle_and_empty_zones_add_nothing_and_take_nothing():
    rates, used = np.array([[0.1, 0, 0], [0, 0.2, 0], [0, 0, 0]]), np.array([5.0, 1, 2, 0])
    with_idle, without = update(rates, used, 0.2, 0.1, P), update(rates[:2], used, 0.2, 0.1, P)
    assert with_idle.national == without.national
    assert with_idle.own.tolist() == [*without.own, 0.0]


@given(tolerance=share, environment=share, coordination=share)
def test_without_effort_nothing_is_tried(tolerance, environment, coordination):
    assert tried(0.0, tolerance, environment, 0.1, coordination)[0] == 0
    assert update(np.zeros((5, 3)), np.zeros(4), 0.5, 0.5, P).national == 0.0


def test_the_step_books_each_zone_at_its_own_levers_and_the_nation_every_idea_once(played):
    old, new, p = played("institutional_innovation")
    regions, zones, nation, levers = old.regions, old.zones, old.nation, old.levers
    mean = sum(regions.digital_intensity * regions.workers) / sum(regions.workers)
    wider = 1 + p.new_subject_gain * (nation.law + nation.accession_readiness)
    left = [max(pool * p.ideas * wider - used, 0) for pool, used in zip(p.pools, nation.ideas_used, strict=True)]
    own, valued, trials_of = np.zeros(22), np.zeros(22), [0.0, 0.0, 0.0, 0.0]
    for z, r in enumerate(zones.region):
        kind = (0, 1, 2, 0)[zones.category[z]]
        capacity = p.base_capacity + p.capacity_slope * old.base.business_environment[r]
        rate = p.trial_rate / 4 * levers.institutional_innovation[r] * capacity
        rate *= sum(regions.pilot_evidence[r]) * (1 - p.blame_loss * (1 - levers.fault_tolerance[r]))
        rate *= 1 + p.digital_regulator * (regions.digital_intensity[r] - mean)
        rate *= 1 - p.yardstick_loss * regions.coordination_degree[r]
        trials_of[0] += rate
        trials_of[1 + kind] += rate
        own[z] = (left[0] + left[1 + kind]) * (1 - math.exp(-rate))
        whole_chain = p.high_value_gain * levers.integrated_reform[r] * (p.law_offset + nation.law)
        valued[z] = own[z] * (p.high_value_share + whole_chain)
    found = [items * (1 - math.exp(-rate)) for items, rate in zip(left, trials_of, strict=True)]
    assert (own > 0).sum() == 21  # all but the zone without status
    assert new.zones.innovations_created == approx(zones.innovations_created + own, rel=1e-12)
    assert new.zones.own_high_value == approx(zones.own_high_value + valued, rel=1e-12)
    assert new.nation.ideas_used == approx(nation.ideas_used + found, rel=1e-12)
    assert new.nation.innovations_created == approx(nation.innovations_created + sum(found), rel=1e-12)
    share_high = valued.sum() / own.sum()
    assert new.nation.high_value_created == approx(nation.high_value_created + sum(found) * share_high, rel=1e-12)
