import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.columns import N_FIELDS
from ftz_sim.model.mechanisms.coordination import (
    Coordination,
    Leads,
    ceiling,
    degree,
    drive,
    feasibility,
    leads,
    limit,
    of_pairs,
    smaller,
    update,
)

P = Coordination(speed=0.36, decay=0.08, sharing_protection=0.7, hinterland_limit=0.45, distance_scale=600.0)
few = settings(max_examples=25, deadline=None)
DT = 0.25
share = st.floats(0, 1)
R = 4


def column(low=0.0, high=1.0):
    return arrays(float, R, elements=st.floats(low, high))


def instruments(level, *, rows=7):
    return np.full((rows, R), level)


def test_feasibility_is_full_inside_a_strategy_area_and_falls_with_distance():
    distance = np.array([[0.0, 600.0], [600.0, 0.0]])
    apart = feasibility(distance, np.array([[True, False], [False, True]]), P)
    together = feasibility(distance, np.ones((2, 2), bool), P)
    assert apart.tolist() == [[0, approx(math.exp(-1))], [approx(math.exp(-1)), 0]]
    assert together.tolist() == [[0, 1], [1, 0]]


def test_a_pair_of_zones_has_the_smaller_level_and_a_hinterland_pair_the_zones():
    pairs = of_pairs(np.array([0.9, 0.4, 0.0]), np.array([1.0, 1.0, 0.0]))
    assert pairs[0, 1] == pairs[1, 0] == 0.4
    assert pairs[0, 2] == 0.9
    assert pairs[2, 1] == 0.4


def test_the_smaller_level_of_two():
    assert smaller(np.array([0.9, 0.4])).tolist() == [[0.9, 0.4], [0.4, 0.4]]


def test_only_pairs_of_zones_may_coordinate_unless_the_hinterland_is_included():
    open_ = np.array([1.0, 1.0, 0.0])
    alone = limit(open_, np.zeros(3), P)
    assert alone.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    included = limit(open_, np.array([0.5, 0.0, 0.0]), P)
    assert included[0, 2] == approx(0.45 * 0.5)
    assert included[1, 2] == 0


def test_the_drive_is_the_weighted_mean_of_the_instruments():
    levels = np.zeros((7, R))
    levels[0] = 1.0  # platform, weight .25
    levels[4, :2] = 0.5  # division of labour, weight .15
    push = drive(levels, np.ones(R), P)
    assert push[0, 1] == approx(0.25 + 0.15 * 0.5)
    assert push[0, 2] == approx(0.25)
    assert drive(levels, np.ones(R), Coordination(weights=(0.0,) * 7)).max() == 0


def test_one_quarter_by_hand():
    # gap .6 closes by 1 - exp(-.36 x .5 x .25); .2 decays at .08 x (1 - .7 x .5) = .052 a year
    after = update(np.array([[0.2]]), np.array([[0.8]]), np.array([[0.5]]), np.array([[0.5]]), P, DT)
    assert after[0, 0] == approx(0.2 + (1 - math.exp(-0.045)) * 0.6 - (1 - math.exp(-0.013)) * 0.2)


def test_the_degree_is_the_share_of_what_is_feasible():
    reached = np.array([[0.0, 0.2, 0.1], [0.2, 0.0, 0.0], [0.1, 0.0, 0.0]])
    possible = np.array([[0.0, 0.4, 0.2], [0.4, 0.0, 0.0], [0.2, 0.0, 0.0]])
    assert degree(reached, possible).tolist() == approx([0.5, 0.5, 0.5])
    assert degree(np.zeros((2, 2)), np.zeros((2, 2))).tolist() == [0, 0]


@few
@given(levels=arrays(float, (7, R), elements=share), inclusion=column(), closed=st.integers(0, R))
def test_coordination_is_symmetric_and_stays_below_its_ceiling(levels, inclusion, closed):
    open_ = (np.arange(R) >= closed).astype(float)
    levels, inclusion = levels * open_, inclusion * open_
    distance = np.abs(np.subtract.outer(np.arange(R), np.arange(R))) * 300.0
    highest = ceiling(feasibility(distance, np.zeros((R, R), bool), P), limit(open_, inclusion, P))
    now = np.zeros((R, R))
    for _ in range(5):
        now = update(now, highest, drive(levels, open_, P), of_pairs(levels[2], open_), P, DT)
    assert (now == now.T).all()
    assert (now >= 0).all()
    assert (now <= highest).all()
    reached = degree(now, highest)
    assert ((reached >= 0) & (reached <= 1 + 1e-12)).all()


@few
@given(start=st.floats(0.01, 1))
def test_without_instruments_coordination_decays_towards_zero(start):
    none = np.zeros((1, 1))
    now = np.full((1, 1), start)
    for _ in range(40):
        now = update(now, np.ones((1, 1)), none, none, P, DT)
    assert now[0, 0] == approx(start * math.exp(-0.08 * 10))


def test_without_zones_there_is_no_coordination():
    nowhere = ceiling(np.ones((R, R)), limit(np.zeros(R), np.zeros(R), P))
    assert update(np.full((R, R), 0.5), nowhere, np.ones((R, R)), np.zeros((R, R)), P, DT).max() == 0


def named(year_end=True, lead=(0, 0, 0), rotation=0.0, income=(1.0, 3.0, 2.0), is_open=(1, 1, 1)):
    """Two zones in area 0 and one in area 1; field 7 booms, the first zone has most of it."""
    before = np.ones(N_FIELDS)
    after = before.copy()
    after[[0, 7, 9]] = 9.0, 2.0, 1.5
    values = np.zeros((3, N_FIELDS))
    values[:, 7] = 5.0, 1.0, 1.0
    return leads(
        year_end,
        Leads(np.array(lead, bool), before),
        np.array(is_open, bool),
        np.array([0, 0, 1]),
        np.full(3, rotation),
        np.array(income),
        np.ones(3),
        values,
        after,
        P.rotation_threshold,
    )


def test_the_richest_zone_of_an_area_is_named_and_stays():
    assert named().lead.tolist() == [False, True, True]
    assert named(lead=(1, 0, 1)).lead.tolist() == [True, False, True]


def test_a_rotating_lead_follows_the_fastest_growing_new_field():
    assert named(lead=(0, 1, 1), rotation=0.5).lead.tolist() == [True, False, True]


def test_leads_change_only_at_the_years_end():
    kept = named(year_end=False, lead=(0, 0, 1), rotation=1.0)
    assert kept.lead.tolist() == [False, False, True]
    assert kept.field_value[7] == 1
    assert named(year_end=True).field_value[7] == 2


def test_areas_without_an_open_zone_have_no_lead():
    assert named(is_open=(0, 0, 1), lead=(0, 1, 0)).lead.tolist() == [False, False, True]
    assert not named(is_open=(0, 0, 0)).lead.any()


def test_the_step_moves_pairs_by_the_more_reluctant_zone(played):
    old, new, p = played("coordination")
    regions, pairs, levers = old.regions, old.pairs, old.levers
    instruments = (
        levers.coordination_platform, levers.joint_fund, levers.benefit_sharing, levers.mutual_recognition,
        levers.division_of_labour, levers.joint_appraisal, levers.rotating_lead,
    )  # fmt: skip
    acts = regions.zone_open > 0

    def level(lever, r, s):
        return min((lever[place] for place in (r, s) if acts[place]), default=0.0)

    for r in range(31):
        highest, reached = 0.0, 0.0
        for s in range(31):
            feasible = max(float(pairs.same_strategy_area[r, s]), math.exp(-pairs.distance[r, s] / p.distance_scale))
            if acts[r] and acts[s]:
                bound = 1.0
            elif acts[r] or acts[s]:
                bound = p.hinterland_limit * level(levers.hinterland_inclusion, r, s)
            else:
                bound = 0.0
            assert new.pairs.limit[r, s] == approx(bound, rel=1e-12)
            top = 0.0 if r == s else feasible * bound
            push = sum(w * level(lever, r, s) for w, lever in zip(p.weights, instruments, strict=True)) / sum(p.weights)
            now = pairs.coordination[r, s]
            fade = p.decay * (1 - p.sharing_protection * level(levers.benefit_sharing, r, s))
            later = now + (1 - math.exp(-p.speed * push / 4)) * (top - now) - (1 - math.exp(-fade / 4)) * now
            assert new.pairs.coordination[r, s] == approx(min(later, top), rel=1e-10, abs=1e-15)
            highest, reached = highest + top, reached + min(later, top)
        assert new.regions.coordination_degree[r] == approx(reached / highest if highest else 0.0, rel=1e-10)


def test_the_step_names_leads_when_the_year_ends(played):
    old, new, p = played("coordination")
    regions, zones, nation = old.regions, old.zones, old.nation
    grown = nation.field_value_added[5:] / nation.field_value_q4[5:]
    hot = 5 + int(grown.argmax())
    rotating = set()
    for area in np.unique(regions.strategy_area):
        members = [z for z, r in enumerate(zones.region) if regions.strategy_area[r] == area and regions.zone_open[r]]
        if not members:
            continue
        if np.mean([old.levers.rotating_lead[zones.region[z]] for z in members]) >= p.rotation_threshold:
            rotating.add(True)
            named = max(members, key=lambda z: zones.value_added_by_field[z, hot])
        else:
            rotating.add(False)
            named = next(z for z in members if zones.lead[z])  # for good
        assert [z for z in members if new.zones.lead[z]] == [named]
    assert rotating == {True, False}
    assert new.nation.field_value_q4 == approx(nation.field_value_added)
    assert new.zones.lead.sum() < 22


def test_above_its_ceiling_a_pair_only_drifts():
    # 8 % a year over a quarter leave .502 exp(-.02) = .49206, under the ceiling; no drive pulls it further down
    one = np.ones((1, 1))
    assert update(0.502 * one, 0.5 * one, one, 0 * one, P, DT)[0, 0] == approx(0.502 * math.exp(-0.02), rel=1e-12)
