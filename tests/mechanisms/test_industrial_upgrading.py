import math
from copy import deepcopy
from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, TIER_OF_FIELD
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms import industrial_upgrading
from ftz_sim.model.mechanisms.industrial_upgrading import IndustrialUpgrading

P = IndustrialUpgrading(hazard=(0.0028, 0.0016))
DT = 0.25
EVEN = np.ones(N_REGIONS)
NO_PLAN = np.zeros((N_REGIONS, N_FIELDS))
FLAT = np.ones((N_REGIONS, N_FIELDS))
factors = st.floats(0.01, 20)


def hazards(index=1.0, outside=0.0, inside=0.0, gain=0.0, finance=0.0, package=0.0):
    openness = np.tile([outside, inside], (N_REGIONS, 1))
    levers = (EVEN * x for x in (finance, package))
    return industrial_upgrading.hazards(EVEN * index, openness, EVEN * gain, *levers, P)


def test_the_factor_index_by_hand():
    got = industrial_upgrading.factor_index(np.array([1.0, 0.1]), np.array([2.0, 9.0]), np.array([4.0, 1.0]), P)
    assert got == approx([3 / (1 + 1 / 2 + 1 / 4), 3 / (1 / 0.2 + 1 / 5 + 1)])


@given(factors, factors, factors)
def test_the_scarcest_factor_binds(a, b, c):
    got = industrial_upgrading.factor_index(np.array([a]), np.array([b]), np.array([c]), P)[0]
    low, high = (float(np.clip(f(a, b, c), 0.2, 5)) for f in (min, max))
    assert low * (1 - 1e-9) <= got <= min(3 * low, high) * (1 + 1e-9)


def test_the_hazard_of_a_zone_firm_by_hand():
    got = hazards(0.64, 0.3, 0.5, 0.1, finance=0.5, package=0.2)
    inside = 0.8 * math.exp(0.6 * 0.5 + 0.5 * 0.1 + 0.09 * 0.5) * (1 + 0.10 * 0.2)
    assert got[5, 1] == approx(np.array([0.0028, 0.0016, 0]) * inside)
    assert got[5, 0] == approx(np.array([0.0028, 0.0016, 0]) * 0.8 * math.exp(0.6 * 0.3 + 0.05))


@given(st.floats(0.8, 5), st.floats(0, 1), st.floats(-0.2, 0.4))
def test_a_quarter_of_factors_halves_the_hazard_whatever_the_dynamics(index, openness, gain):
    whole, quarter = (hazards(x, openness, openness, gain) for x in (index, index / 4))
    assert quarter == approx(whole / 2)


def test_climbers_are_those_whose_luck_beats_their_own_hazard():
    p = IndustrialUpgrading(hazard=(0.012, 0.004))
    table = np.zeros((N_REGIONS, 2, 3))
    table[:, :, :2] = p.hazard
    digital = np.float32([0.3, 0.3, 0.3, 0.8, 0.3])
    tier = np.array([0, 0, 1, 1, 2])
    chance = 1 - math.exp(-0.012 * 0.25)
    third = 1 - math.exp(-0.004 * 0.25)
    draws = np.float32([chance * 0.999, chance * 1.001, third * 1.01, third * 1.01, 0.0])
    got = industrial_upgrading.climbing(Group(np.arange(5)), draws, digital, table[0, 0, tier], p, DT)
    assert got.firms.rows.tolist() == [0, 3]
    largest = 1 - math.exp(-0.012 * math.exp(0.7) * 0.25)
    assert industrial_upgrading.largest_chance(table, p, DT) == approx(largest)


def test_the_share_of_climbers_is_the_hazard():
    draws = np.float32((np.arange(100_000) + 0.5) / 100_000)
    digital, hazard = np.full(100_000, 0.3, np.float32), np.full(100_000, hazards()[0, 0, 0])
    got = industrial_upgrading.climbing(Group(np.arange(100_000)), draws, digital, hazard, P, DT)
    assert len(got.firms) == approx(100_000 * (1 - math.exp(-0.0028 * 0.25)), abs=1)
    # what is left of their draws is uniform again
    assert np.sort(got.rest) == approx((np.arange(70) + 0.5) / 70, abs=0.01)


def test_luck_is_split_in_two_parts_that_are_uniform_again():
    hit, rest = industrial_upgrading.split(np.array([0.1, 0.2, 0.6]), np.array([0.4, 0.2, 0.2]))
    assert hit.tolist() == [True, False, False]
    assert rest == approx([0.25, 0.0, 0.5])


def choose(draws, tier, pull=0.0, appeal=FLAT, target=NO_PLAN, inside=False):
    draws, tier = np.atleast_1d(draws), np.atleast_1d(tier)
    region = np.zeros(len(draws), int)
    firms, pull = Group(np.arange(len(draws))), np.full(len(draws), pull)
    both = np.stack([appeal, appeal], axis=1) if appeal.ndim == 2 else appeal
    return industrial_upgrading.choose_field(
        firms, draws, tier, region, np.full(len(draws), inside), pull, both, target
    )


@given(st.floats(0, 1, exclude_max=True), st.sampled_from([0, 1, 2]), st.floats(0, 1))
def test_the_field_belongs_to_the_tier(draws, tier, pull):
    plan = NO_PLAN.copy()
    plan[:, [6, 14]] = 0.5
    assert TIER_OF_FIELD[choose(draws, tier, pull, target=plan)[0]] == tier


def test_fields_come_by_appeal_and_by_plan():
    draws = (np.arange(1000) + 0.5) / 1000
    appeal, plan = FLAT.copy(), NO_PLAN.copy()
    appeal[:, 13] = 3.0  # 3 : 1 : 1
    plan[:, 15] = 0.3  # of the future fields the plan wants only this one
    tier = np.full(1000, 2)
    assert np.bincount(choose(draws, tier, 0, appeal, plan))[13:].tolist() == [600, 200, 200]
    assert np.bincount(choose(draws, tier, 0.5, appeal, plan))[13:].tolist() == [300, 100, 600]


def test_an_empty_plan_leaves_the_choice_to_appeal():
    draws = (np.arange(1000) + 0.5) / 1000
    got = np.bincount(choose(draws, np.full(1000, 2), 0.5), minlength=16)[13:]
    assert np.abs(got - 1000 / 3).max() <= 2


def test_the_appeal_of_its_area_counts():
    draws = (np.arange(1000) + 0.5) / 1000
    appeal = np.ones((N_REGIONS, 2, N_FIELDS))
    appeal[:, 1, 13] = 3.0
    outside, inside = (choose(draws, np.full(1000, 2), appeal=appeal, inside=area) for area in (False, True))
    assert np.abs(np.bincount(outside)[13:] - 1000 / 3).max() <= 2
    assert np.bincount(inside)[13:].tolist() == [600, 200, 200]


def appeal(gap, chain_policy=0.5):
    regions = SimpleNamespace(
        location_quotient=np.array([[4.0, 0.0, 1.0, 1.0, 1.0]]),
        net_price=np.array([[0.0, 0.0, 0.1, -0.1, 0.0]]),
        chain_gap=np.array([gap]),
    )
    return industrial_upgrading.field_appeal(np.full(5, 0.2), regions, np.array([chain_policy]), P)[0]


def test_appeal_by_hand():
    # weight x location quotient ^ .5, at least .05 ^ .5, x price of value added
    plain = 0.2 * np.array([2.0, math.sqrt(0.05), math.exp(0.1), math.exp(-0.1), 1.0])
    got = appeal([0.5, -0.1, 0.2, 0.3, 0.1])
    assert got[0] == approx(plain)
    assert got[1] == approx(plain * [1.175, 1, 1.175, 1.175, 1])  # the three largest gaps, in the zone only


def test_chain_policy_goes_for_dear_inputs_only():
    outside, inside = appeal([0.5, -0.1, -0.2, 0.0, -0.4])
    assert inside / outside == approx([1.175, 1, 1, 1, 1])
    outside, inside = appeal([0.5, 0.4, 0.3, 0.2, 0.1], chain_policy=0.0)
    assert (inside == outside).all()


def picked(draws, chance, planned, appeal):
    """The rule of the plan and of appeal with one draw: its position in its part is the next draw."""
    follows = draws < chance
    draws = draws / chance if follows else (draws - chance) / (1 - chance)
    shares = planned if follows and planned.any() else appeal
    return int(np.searchsorted(shares.cumsum() / shares.sum(), draws, side="right"))


def test_the_step_lets_those_climb_whose_luck_is_below_their_hazard(played):
    old, _, p = played("industrial_upgrading")
    new = deepcopy(old)
    # many climb, so that all choices are met, and every lever moves some firm over its threshold
    p = p.model_copy(update={"hazard": (0.3, 0.3), "finance_slope": 1.2, "chain_effect": 2.0, "package_effect": 3.0})
    industrial_upgrading.step(new, p)
    firms, regions, zones, levers, base = old.firms, old.regions, old.zones, old.levers, old.base
    factors = np.array((
        regions.talents / regions.workers / base.talents_per_worker,
        regions.research / regions.gdp / base.research_per_gdp,
        regions.digital_capability / base.digital_capability_nation,
    )).clip(p.clip_low, p.clip_high)  # fmt: skip
    index = 3 / (1 / factors).sum(0)
    assert new.regions.factor_index == approx(index, rel=1e-12)
    draws = old.stream("industrial_upgrading").uniform(len(firms))
    met, pulled = set(), set()
    for i in range(len(firms)):
        r, k, inside = firms.region[i], firms.tier[i], firms.in_open_zone[i]
        hazard = (*p.hazard, 0.0)[k] * index[r] ** p.factor_exponent
        area = int(firms.zone[i] >= 0)
        better = regions.business_environment[r] - base.business_environment[r]
        hazard *= math.exp(p.openness_slope * regions.openness_by_area[r, area] + p.environment_slope * better)
        hazard *= math.exp(p.digital_slope * (firms.digital[i] - p.digital_reference))
        if inside:
            hazard *= math.exp(p.finance_slope * levers.financial_opening[r])
            hazard *= 1 + p.package_effect * levers.integrated_reform[r]
        chance = 1 - math.exp(-hazard / 4)
        climbs = draws[i] < chance
        assert new.firms.tier[i] == k + climbs
        assert (new.firms.upgrade_quarter[i] == old.clock.index) == climbs
        gain = p.upgrade_gain * climbs
        assert new.firms.base_productivity[i] == approx(firms.base_productivity[i] + gain, rel=1e-5, abs=1e-6)
        if not climbs:
            assert new.firms.field[i] == firms.field[i]
            continue
        in_tier = k + 1 == TIER_OF_FIELD
        appeal = base.field_share * np.maximum(regions.location_quotient[r], p.lq_floor) ** p.field_exponent
        appeal *= np.exp(p.price_response * regions.net_price[r])
        gap = regions.chain_gap[r]
        dear = [f for f in np.argsort(gap)[-3:] if gap[f] > 0]
        if inside:
            appeal[dear] *= 1 + p.chain_effect * levers.chain_policy[r]
        pulled |= {TIER_OF_FIELD[f] == k + 1 for f in dear if inside}
        z = firms.zone[i]
        pull = zones.target_pull[z] if inside else 0.0
        planned = zones.target[z] * in_tier if inside else np.zeros(N_FIELDS)
        assert new.firms.field[i] == picked(draws[i] / chance, pull, planned, appeal * in_tier)
        met.add((int(k), bool(inside), bool(draws[i] / chance < pull)))
    assert met == {(k, *how) for k in (0, 1) for how in ((False, False), (True, False), (True, True))}
    assert pulled == {True, False}  # chain policy pulls to a field that some climber may choose
    assert new.firms.members.sum() == len(firms)
    assert (new.firms.members.sum(0) == np.bincount(new.firms.field, minlength=N_FIELDS)).all()
