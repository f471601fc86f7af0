import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, NEW_FIELDS
from ftz_sim.model.mechanisms.industry_targeting import (
    IndustryTargeting,
    Plan,
    advantage,
    all_fields,
    compared,
    duplication,
    likeness,
    mean_likeness,
    mean_of_pairs,
    momentum,
    of_new_fields,
    overlap,
    reserved,
    score,
    target_pull,
    targets,
)

P = IndustryTargeting()
few = settings(max_examples=25, deadline=None)
NEW = len(NEW_FIELDS)


def plan(zones=2, division=0.0, degree=0.0, ambition=0.0, rotation=0.0, skill=None, speciality=None):
    full = np.ones(zones)
    return Plan(
        division * full,
        degree * full,
        ambition * full,
        rotation * full,
        np.zeros((zones, NEW)) if skill is None else skill,
        np.zeros((zones, NEW)) if speciality is None else speciality,
    )


def test_a_field_is_hot_when_its_share_and_price_rise():
    value, before, price = np.array([3.0, 1.0]), np.array([0.5, 0.5]), np.array([1.0, 2.0])
    assert momentum(value, before, price, P).tolist() == approx([math.log(1.5), math.log(0.5) + 1.5 * math.log(2)])


def test_an_empty_field_is_cold_and_a_new_one_neutral():
    cold, neutral = momentum(np.array([0.0, 1.0]), np.array([1.0, 0.0]), np.ones(2), P)
    assert cold < -5
    assert neutral == 0


def test_planners_see_a_clipped_quotient_with_an_error():
    assert advantage(np.array([0.0, 2.0, 99.0]), np.array([0.0, 1.0, 0.0]), P).tolist() == approx(
        [math.log(0.2), math.log(2) + 0.5, math.log(6)]
    )


def test_a_score_by_hand():
    skill, named = np.full((1, NEW), 0.4), np.ones((1, NEW))
    hot, partners, taken = np.full(NEW, 0.2), np.full((1, NEW), 0.1), np.ones((1, NEW))
    got = score(plan(1, 0.5, 0.8, 0.5, 0.25, skill, named), hot, partners, taken, P)
    # c = .5 x .8 = .4
    want = 1.5 * 0.6 * 0.2 + (0.6 * 0.5 + 1.6 * 0.4) * 0.4 + 0.5 * 0.5 - 6 * 0.4 * 0.1 - 0.15 * 0.4 * 0.75
    assert got[0, 0] == approx(want)


@few
@given(arrays(float, (3, NEW), elements=st.floats(-30, 30)))
def test_targets_of_open_zones_sum_to_one_and_closed_zones_have_none(scores):
    planned = targets(scores, np.array([True, False, True]))
    assert planned.sum(axis=1).tolist() == approx([1, 0, 1])
    assert (planned >= 0).all()


def test_overlap_is_the_mean_target_of_partners():
    target = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    coordination = np.array([[0.0, 0.3, 0.1], [0.3, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert overlap(target, coordination).tolist() == [
        approx([0.0125 / 0.1, 0.35 / 0.4]),
        approx([1, 0]),
        [0, 0],
    ]


def test_followers_keep_off_the_three_largest_targets_of_their_areas_lead():
    target = np.tile(np.arange(NEW) / 55.0, (3, 1))
    taken = reserved(target, np.array([True, False, False]), np.array([0, 0, 1]))
    assert taken[0].sum() == 0  # the lead itself
    assert np.flatnonzero(taken[1]).tolist() == [8, 9, 10]
    assert taken[2].sum() == 0  # another area


def test_a_lead_without_targets_reserves_nothing():
    assert reserved(np.zeros((2, NEW)), np.array([True, False]), np.zeros(2)).sum() == 0


def test_division_of_labour_drives_alike_zones_apart():
    skill = np.zeros((2, NEW))
    skill[0, 0] = skill[1, 1] = 1.0
    hot = np.linspace(0, 1, NEW)
    seen = []
    for division in (0.0, 0.3, 0.6, 1.0):
        target = np.full((2, NEW), 1 / NEW)
        for _ in range(20):
            partners = overlap(target, np.array([[0.0, 0.5], [0.5, 0.0]]))
            target = targets(
                score(plan(2, division, 0.8, 0.0, 0.0, skill), hot, partners, 0 * partners, P),
                np.ones(2, bool),
            )
        seen.append(mean_of_pairs(likeness(target, np.ones(2, bool)), np.ones(2, bool)))
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] < seen[0] - 0.05


def test_cosines_by_hand():
    rows = np.array([[3.0, 4.0], [4.0, 3.0], [0.0, 0.0], [1.0, 0.0]])
    cosine = likeness(rows, np.array([True, True, True, False]))
    assert cosine[0, 1] == cosine[1, 0] == approx(24 / 25)
    assert cosine[2].tolist() == cosine[3].tolist() == [0, 0, 0, 0]
    assert np.diag(cosine).tolist() == [0, 0, 0, 0]


def test_duplication_and_crowding_by_hand():
    value = np.array([[3.0, 4.0], [4.0, 3.0], [100.0, 0.0], [6.0, 8.0]])
    alike = duplication(value, np.array([True, True, False, True]))
    cos = 24 / 25
    assert alike.by_zone.tolist() == approx([(cos + 1) / 2, cos, 0, (1 + cos) / 2])
    assert alike.nation == approx((2 * cos + 1) / 3)
    # zone 0 meets zone 1 (weight .96) and zone 3 (weight 1), whose new fields add up to 21
    assert alike.crowding[0].tolist() == approx([(cos * 4 + 6) / 21, (cos * 3 + 8) / 21])
    assert alike.crowding[2].tolist() == [0, 0]


@few
@given(arrays(float, (4, NEW), elements=st.floats(0, 100)), st.integers(0, 4))
def test_duplication_is_a_share_and_needs_two_zones(value, zones):
    alike = duplication(value, np.arange(4) < zones)
    assert 0 <= alike.nation <= 1
    assert (alike.crowding >= 0).all()
    assert (alike.crowding.sum(axis=1) <= 1 + 1e-9).all()
    if zones < 2:
        assert alike.nation == 0
        assert not alike.crowding.any()


def test_small_zones_are_not_compared():
    assert compared(np.array([True, True, False]), np.array([4, 5, 9]), P).tolist() == [False, True, False]


def test_new_fields_stand_in_their_places():
    table = all_fields(np.ones((2, NEW)))
    assert table.shape == (2, N_FIELDS)
    assert table[0].tolist() == [0] * 5 + [1] * 11
    assert (of_new_fields(table) == 1).all()


def test_without_a_plan_no_newcomer_is_pulled():
    assert target_pull(np.array([0.0, 0.5]), P).tolist() == approx([0, 0.3])


def test_the_mean_likeness_of_compared_zones_by_hand():
    cosine = np.array([[0, 0.6, 0.0], [0.6, 0, 0.0], [0, 0, 0]])
    assert mean_likeness(cosine, np.array([True, True, False])).tolist() == [0.6, 0.6, 0.0]
    assert mean_likeness(np.zeros((3, 3)), np.array([True, False, False])).tolist() == [0, 0, 0]


def test_the_step_scores_fields_as_written_and_compares_what_came_of_plans(played):
    old, new, p = played("industry_targeting")
    regions, zones, nation, levers = old.regions, old.zones, old.nation, old.levers
    share = nation.field_value_added / nation.field_value_added.sum() / old.base.field_share
    hot = np.log(share) + p.price_weight * np.log(nation.field_price)
    home = zones.region
    acts = regions.zone_open[home] > 0
    for z, r in enumerate(home):
        joint = levers.division_of_labour[r] * regions.coordination_degree[r]
        plan = levers.speciality_plan[r]
        partners = old.pairs.coordination[r, home]
        leads = [y for y in range(22) if zones.lead[y] and regions.strategy_area[home[y]] == regions.strategy_area[r]]
        reserved_fields = set(np.argsort(-zones.target[leads[0]])[:3]) if leads and leads[0] != z else set()
        points = np.zeros(N_FIELDS)
        for f in range(5, N_FIELDS):
            quotient = min(max(regions.location_quotient[r, f], p.quotient_bounds[0]), p.quotient_bounds[1])
            own = p.own_advantage * plan + p.joint_advantage * joint
            points[f] = p.herding * (1 - joint) * hot[f]
            points[f] += own * (math.log(quotient) + p.planner_error * zones.plan_error[z, f])
            points[f] += p.speciality_weight * plan * zones.speciality[z, f]
            if partners.sum():
                points[f] -= p.overlap_penalty * joint * (partners @ zones.target[:, f]) / partners.sum()
            if f in reserved_fields:
                points[f] -= p.lead_weight * joint * (1 - levers.rotating_lead[r])
        chance = np.where(np.arange(N_FIELDS) >= 5, np.exp(points), 0) * acts[z]
        assert new.zones.target[z] == approx(chance / max(chance.sum(), 1e-9), rel=1e-9, abs=1e-15)
        assert new.zones.target_pull[z] == approx(p.target_share * plan, rel=1e-12)
    seen = [z for z in range(22) if acts[z] and zones.firms[z] >= p.comparable_firms]
    assert 2 < len(seen) < acts.sum()
    value = zones.value_added_by_field[:, 5:]

    def alike(rows, y, z):
        norm = np.linalg.norm(rows[y]) * np.linalg.norm(rows[z])
        return rows[y] @ rows[z] / norm if norm else 0.0

    every = []
    for z in range(22):
        others = [y for y in seen if y != z]
        cosines = [alike(value, y, z) if z in seen else 0.0 for y in others]
        crowd = np.array(cosines) @ value[others] / value[others].sum()
        assert new.zones.duplication[z] == approx(sum(cosines) / (len(seen) - 1), rel=1e-9, abs=1e-12)
        assert new.zones.crowding[z, 5:] == approx(crowd, rel=1e-9, abs=1e-12)
        every += cosines if z in seen else []
    assert new.nation.duplication == approx(np.mean(every), rel=1e-9)
    acting = np.flatnonzero(acts)
    overlaps = [alike(new.zones.target, y, z) for y in acting for z in acting if y != z]
    assert new.nation.plan_overlap == approx(np.mean(overlaps), rel=1e-9)
