"""The docstrings read once more, number by number, for a few pairs of provinces in a world in which nothing is zero."""

from __future__ import annotations

import math

import pytest
from bargains import ROUTES, Coordination, bargained, first_year, table
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, NEW_FIELDS
from ftz_sim.model.markets.readings import flows
from ftz_sim.model.mechanisms.knowledge_spillovers import proximity_of_fields

P = Coordination(assumed_border=0.8, horizon=5.0)
LEVELS = dict(zip(ROUTES, (0.7, 0.6, 0.5, 0.9, 0.4, 0.8, 0.3), strict=True)) | {
    "hinterland_inclusion": 0.65,
    "ai_plus": 0.95,
}
ISO = first_year().figures.provinces.iso
FIELDS = range(N_FIELDS)


@pytest.fixture(scope="module")
def world():
    return bargained(table(p=P, **LEVELS), P)


def level(world, route, r, s):
    """Return the level of an instrument between r and s."""
    zones = [world.regions.zone_open[x] > 0 for x in (r, s)]
    if all(zones):
        return LEVELS[route]
    return P.hinterland_limit * LEVELS["hinterland_inclusion"] * LEVELS[route] if any(zones) else 0.0


def own_gain(world, r, s):
    """Return what r gains from s, share of its GDP."""
    sales = flows(world.base.world, world.pairs.freeness, world.regions, world.params.markets)
    m, g, k, mig = world.regions, world.base.world, world.params.knowledge_spillovers, world.params.migration
    theta, v, a = world.params.markets.trade_elasticity, g.value_added_share, g.inputs
    feasible = world.pairs.feasibility[r, s]
    omega = P.plain + (1 - P.plain) * level(world, "mutual_recognition", r, s)
    cut = [P.assumed_border * feasible * omega * g.removable[f] for f in FIELDS]
    share = [sales[s, r, f] / m.use[r, f] for f in FIELDS]  # of s in the use of r
    gain = 0.0
    for f in FIELDS:
        react = 1 / (1 + theta * v[f])
        sold = sales[r, s, f] * (1 - sales[r, s, f] / m.use[s, f])
        gain += theta * cut[f] * (sold - sales[r, r, f] * share[f]) * v[f] * react
        cheaper = sum(a[i, f] * cut[i] * share[i] for i in FIELDS)
        gain += m.value_added[r, f] * theta * (1 - v[f]) * react * cheaper
        final = m.use[r, f] - sum(a[f, user] * (1 - v[user]) * m.output[r, user] for user in FIELDS)
        gain += P.consumer * cut[f] * share[f] * final
    known = world.firms.sum_by_region_field(world.firms.knowledge) + m.joint_knowledge
    near = known[s] @ proximity_of_fields(k)
    border = k.border_loss * (1 - k.digital_relief * min(m.digital_intensity[r], m.digital_intensity[s]))
    reach = math.exp(-world.pairs.distance[r, s] / k.decay_distance) * border * omega * feasible * P.assumed_border
    for f in FIELDS:
        more = reach * (known[s, f] + (1 + k.fusion * m.digital_intensity[r]) * near[f])
        gain += world.params.production.spillover_effect * m.value_added[r, f] * more / m.spillover[r, f]
    freer = mig.talent_border_cost * mig.recognition_effect * level(world, "title_recognition", r, s)
    moved = (world.pairs.talent_flow[s, r] - world.pairs.talent_flow[r, s]) * math.expm1(
        freer * feasible * P.assumed_border
    )
    return gain / m.gdp[r] + world.params.production.talent * 4 * P.horizon * moved / m.talents[r]


def like(world, r, s):
    """Return how alike the new industry of r and s is, beside the nation's."""
    value = world.regions.value_added[:, NEW_FIELDS]
    apart = [value[x] / sum(value[x]) - value.sum(0) / value.sum() for x in (r, s)]
    return max(0.0, apart[0] @ apart[1] / math.sqrt((apart[0] @ apart[0]) * (apart[1] @ apart[1])))


@pytest.mark.parametrize("pair", ["SH JS", "GD GX", "BJ HE", "SH JX", "GS QH", "XZ HL"])
def test_a_pair_bargains_as_the_docstrings_say(world, pair):
    r, s = (ISO.index(place) for place in pair.split())
    own = own_gain(world, r, s), own_gain(world, s, r)
    assert (world.pairs.own_gain[r, s], world.pairs.own_gain[s, r]) == approx(own, rel=1e-9)
    together = P.appraisal_reach * level(world, "joint_appraisal", r, s)
    alike = like(world, r, s) * (1 - P.division_cut * level(world, "division_of_labour", r, s))
    working = 0.95 if world.regions.zone_open[r] and world.regions.zone_open[s] else 0.0
    rivalry = (P.rivalry + P.zone_rivalry * working) * (P.tournament + (1 - P.tournament) * alike) * (1 - together)
    weight = P.appraisal * together - rivalry
    pay_off = own[0] + weight * own[1], own[1] + weight * own[0]
    gdp = world.regions.gdp[r], world.regions.gdp[s]
    joint = (pay_off[0] * gdp[0] + pay_off[1] * gdp[1]) / sum(gdp)
    sharing = level(world, "benefit_sharing", r, s)
    worth = max(min(pay_off), sharing * joint + (1 - sharing) * min(pay_off))
    cost = P.administration * (1 - P.platform_cut * level(world, "coordination_platform", r, s))
    cost *= 1 - P.lead_cut * level(world, "rotating_lead", r, s)
    feasible, ease = world.pairs.feasibility[r, s], max(worth, 0) / cost
    assert world.pairs.worth[r, s] == approx(worth, rel=1e-9)
    assert world.pairs.refuses[r, s] == (pay_off[0] < 0 and worth <= 0)
    assert world.pairs.agreed[r, s] == approx(feasible * (1 - math.exp(-ease)), rel=1e-9, abs=1e-15)
    assert world.pairs.bargain_cost[r, s] == approx(feasible * cost * (1 - (1 + ease) * math.exp(-ease)), abs=1e-12)
    now = world.pairs.agreed[r, s] * (1 - math.exp(-P.speed / 4))  # from nothing
    assert world.pairs.coordination[r, s] == approx(now, rel=1e-9)
    owed = sharing * max(0.0, -pay_off[0]) * gdp[0] if worth > 0 else 0.0
    assert world.pairs.transfer[s, r] == approx(owed * now / feasible, rel=1e-9)
    omega = P.plain + (1 - P.plain) * level(world, "mutual_recognition", r, s)
    assert world.pairs.removed[r, s] == approx(P.assumed_border * omega * now, rel=1e-9)  # from nothing
