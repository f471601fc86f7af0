import math
from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, N_PARTNERS, N_REGIONS, N_ZONES, Zones
from ftz_sim.model.mechanisms.knowledge_spillovers import (
    KnowledgeSpillovers,
    partner_bonus,
    proximity_of_fields,
    stock,
    update,
    weights,
)

P = KnowledgeSpillovers()
SHAPE = (N_REGIONS, N_FIELDS)
APART = np.full((N_REGIONS, N_REGIONS), 400.0)
ALONE = np.zeros((N_REGIONS, N_REGIONS))
DIGITAL = np.full(N_REGIONS, 0.4)
NO_BONUS = np.zeros(SHAPE)


class FewZones(SimpleNamespace):
    to_regions = Zones.to_regions


def zones(fields=(), partners=()):
    speciality, affinity = np.zeros((N_ZONES, N_FIELDS), bool), np.zeros((N_ZONES, N_PARTNERS), bool)
    speciality[0, list(fields)] = True
    affinity[0, list(partners)] = True
    return FewZones(region=np.arange(N_ZONES), speciality=speciality, affinity=affinity)


def test_weights_by_hand():
    digital = np.r_[0.5, 0.2, np.zeros(N_REGIONS - 2)]
    together = ALONE.copy()
    together[0, 1] = together[1, 0] = 0.6
    weight = weights(APART, together, digital, P)
    # the border costs 35 %, of which 40 % are left, of which 2/10 x the smaller digital intensity are relieved
    assert weight[0, 1] == approx(math.exp(-1) * (1 - 0.35 * 0.4 * (1 - 0.2 * 0.2)))
    assert weight[0, 2] == approx(math.exp(-1) * 0.65)
    assert (np.diag(weight) == 1).all()


def test_fields_are_near_in_their_own_tier():
    near = proximity_of_fields(P)
    assert (near[0, 1], near[0, 5], near[13, 15], near[3, 3]) == (0.35, 0.12, 0.35, 0.0)
    assert (near == near.T).all()


def test_knowledge_within_reach_by_hand():
    knowledge = np.zeros(SHAPE)
    knowledge[0, 5], knowledge[1, 6], knowledge[1, 0] = 100.0, 40.0, 10.0
    reach = np.eye(N_REGIONS)
    reach[0, 1] = 0.25
    found = update(knowledge, reach, DIGITAL, NO_BONUS, P)
    assert found[0, 5] == approx(100 + 1.1 * (0.35 * 10 + 0.12 * 2.5))  # fusion: 1 + .25 x .4
    assert found[2].sum() == 0


def test_partnership_pays_in_clusters_and_with_ties():
    quotient = np.ones(SHAPE)
    quotient[0, 5], quotient[0, 9] = 1.4, 0.4
    full = np.r_[1.0, np.zeros(N_REGIONS - 1)]
    bonus = partner_bonus(full, quotient, zones([5, 9], [1]), P)
    assert bonus[0, 5] == approx(0.10 * 0.9 / 1.5)
    assert bonus[0, 0] == approx(0.10 * 0.9 / 1.5 * 0.3)
    assert (bonus[1:] == 0).all()
    assert partner_bonus(full, quotient, zones([5, 9], [7]), P) == approx(bonus / 2)
    assert (partner_bonus(full, quotient, zones([], [1]), P) == 0).all()
    assert partner_bonus(full, quotient * 9, zones([5], [0]), P)[0, 5] == approx(0.10)


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1))
def test_spillovers_rise_with_coordination_and_double_with_knowledge(seed, step):
    rng = np.random.default_rng(seed)
    knowledge = rng.random(SHAPE) + 0.1
    before, after = ALONE.copy(), ALONE.copy()
    row, column = rng.choice(N_REGIONS, 2, replace=False)
    after[row, column] = after[column, row] = step
    low, high = (update(knowledge, weights(APART, c, DIGITAL, P), DIGITAL, NO_BONUS, P) for c in (before, after))
    assert (high[[row, column]] > low[[row, column]]).all()
    others = np.delete(np.arange(N_REGIONS), [row, column])
    assert (high[others] == low[others]).all()
    doubled = update(2 * knowledge, weights(APART, before, DIGITAL, P), DIGITAL, NO_BONUS, P)
    assert doubled == approx(2 * low)


def test_without_policy_the_lever_changes_no_bit():
    knowledge = np.linspace(1, 2, N_REGIONS * N_FIELDS).reshape(SHAPE)
    reach = weights(APART, ALONE, DIGITAL, P)
    bonus = partner_bonus(np.zeros(N_REGIONS), np.ones(SHAPE), zones([5], [0]), P)
    assert (update(knowledge, reach, DIGITAL, bonus, P) == update(knowledge, reach, DIGITAL, NO_BONUS, P)).all()


def test_the_joint_fund_adds_to_the_stock():
    assert stock(np.array([1.0, 2]), np.array([0.5, 0])).tolist() == [1.5, 2]


def test_the_step_lets_knowledge_reach_across_borders_and_fields(played):
    old, new, p = played("knowledge_spillovers")
    firms, regions, zones, pairs = old.firms, old.regions, old.zones, old.pairs
    known = regions.joint_knowledge.copy()
    assert known.sum() > 0
    np.add.at(known, (firms.region, firms.field), firms.knowledge)
    tier = np.repeat([0, 1, 2], [5, 8, 3])
    digital = regions.digital_intensity
    for r in range(31):
        reach = np.zeros(31)
        for s in range(31):
            border = p.border_loss * (1 - pairs.removed[r, s]) * (1 - p.digital_relief * min(digital[r], digital[s]))
            reach[s] = 1.0 if r == s else math.exp(-pairs.distance[r, s] / p.decay_distance) * (1 - border)
        assert new.pairs.spillover_weight[r] == approx(reach, rel=1e-12)
        z = regions.zone[r]
        for f in range(N_FIELDS):
            near = [0.0 if g == f else p.proximity[int(tier[g] != tier[f])] for g in range(N_FIELDS)]
            found = sum(
                reach[s] * (known[s, f] + (1 + p.fusion * digital[r]) * np.dot(near, known[s])) for s in range(31)
            )
            if z >= 0:
                cluster = regions.location_quotient[r, zones.speciality[z]].mean() / p.cluster_reference
                ties = 1.0 if zones.affinity[z, [0, 1, 5]].any() else p.other_affinity
                gain = p.partner_gain * old.levers.technology_partnership[r] * min(cluster, 1) * ties
                found *= 1 + gain * (p.tier0_absorption if tier[f] == 0 else 1.0)
            assert new.regions.spillover[r, f] == approx(found, rel=1e-10)
