"""Coordination: two governments bargain once a year over what borders between them cost both.

A pair coordinates as far as both gain by its own reckoning: sales, cheaper inputs, knowledge and talents speak for
it, trade lost at home and rivalry for rank against it. Instruments lower the cost of agreeing, open more of the
border, take heat out of rivalry or let the winner pay the loser; without them a zone is one more rival.

Decisive parameter: zone_rivalry (at 0 zones without instruments change nothing between governments), and
assumed_border for the size of all that follows.
Falsifier: pairs in which one side loses sales and inputs coordinate as much as others, or zones without instruments
coordinate more than the same pairs did before.

In the first quarter of a run and every fourth quarter the gains of `bargain.gains` are weighed in
`bargain.agreement`; in every quarter coordination moves towards what is agreed:

    C'      = C + step(speed) (C* - C)+ - step(decay) (C - C*)+;   C(2013Q1) = C*(2013Q1)
    G_rs    = assumed_border [omega_rs C - plain C(2013Q1)]        to goods markets
    cd_r    = sum of C / sum of feas over pairs of working zones   (0 without)
    feas    = max(A, exp(-dist / distance_scale)), 0 on the diagonal
    working = a zone that is open, holds firms and pulls any lever but its status

    level of an instrument: the smaller of two working zones; for a zone and a hinterland hinterland_limit x
    hinterland_inclusion x the zone's; 0 elsewhere. An idle or empty zone counts as hinterland.

    coordination_platform, rotating_lead   lower the cost of what a pair may agree on
    mutual_recognition                     opens the rest of the border of goods and services
    title_recognition                      removes a part of the border of talents (and its gain or loss counts)
    division_of_labour                     takes likeness out of rivalry
    benefit_sharing                        the winner pays what the loser misses
    joint_appraisal                        each counts the partner's gain, and less of the rivalry

    C, C*, feas, cd  coordination, as agreed, as far as feasible; of a province [0 to 1]
    A, dist          one strategy area [0 or 1]; distance of capitals [km]

2013 stays as calibrated: readers of borders use C - C(2013Q1). Each fourth quarter strategy areas name a lead, see
`leads`. Off means that nobody bargains: C = 0, nothing is removed, no lead.

Claims:  M-PLAT, M-JMC, M-ALLY, M-EGOV, M-LAW4, M-NIP, M-STRAT, M-MR, M-KPI, M-ROT, M-RAD, X-SCT, M-SOLO, M-STRUCT,
         M-REGCO, M-COORDEF, M-BS, M-DOL, M-COMPAD, M-TITLE, M-BARR, F-SIPH
Reads:   firms.knowledge; regions.strategy_area, zone_open, at_work, gdp, workers, talents, output, use, use_price,
         sold_locally, value_added, spillover, joint_knowledge, digital_intensity; pairs.distance, feasibility,
         freeness, talent_flow; zones.region, value_added_by_field, lead; nation.field_value_added, field_value_q4;
         levers.coordination_platform, mutual_recognition, title_recognition, rotating_lead, division_of_labour,
         benefit_sharing, joint_appraisal, hinterland_inclusion; base.world
Writes:  regions.coordination_degree, bargain_cost; pairs.coordination, start, agreed, own_gain, pay_off, worth,
         refuses, owed, bargain_cost, titles, removed, transfer; zones.lead; nation.field_value_q4, coalitions,
         refusals
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import product
from ftz_sim.model.bargain import agreement, gains
from ftz_sim.model.bargain.agreement import Instruments, of_pairs
from ftz_sim.model.bargain.leads import Leads, leads
from ftz_sim.model.bargain.parameters import Coordination
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.levers import Levers
from ftz_sim.model.markets.readings import shares
from ftz_sim.model.mechanisms import knowledge_spillovers

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-PLAT M-DOL M-SOLO: -duplication +sold_elsewhere +gdp"


def instruments(levers: Levers, working: Column, p: Coordination) -> Instruments:
    """Return the level of every instrument by pair."""
    lever = (
        levers.coordination_platform,
        levers.mutual_recognition,
        levers.title_recognition,
        levers.rotating_lead,
        levers.division_of_labour,
        levers.benefit_sharing,
        levers.joint_appraisal,
    )
    return Instruments(*(of_pairs(level, working, levers.hinterland_inclusion, p) for level in lever))


def feasibility(distance: Array, same_area: Array, p: Coordination) -> Array:
    """Return how far pairs can coordinate at all [R, R], from km and membership of strategy areas [R, R]."""
    feasible = np.maximum(same_area, np.exp(-distance / p.distance_scale))
    np.fill_diagonal(feasible, 0.0)
    return feasible


def step(model: World, p: Coordination) -> None:
    """Bargain if it is time, move coordination, pay and book."""
    pairs, regions, levers, zones, nation = model.pairs, model.regions, model.levers, model.zones, model.nation
    recognition, titles = (
        of_pairs(level, regions.at_work, levers.hinterland_inclusion, p)
        for level in (levers.mutual_recognition, levers.title_recognition)
    )
    openings = gains.openings(recognition, p.plain)
    _bargain(model, openings, p)
    pairs.coordination = agreement.update(pairs.coordination, pairs.agreed, p, model.dt)
    pairs.titles = p.assumed_border * titles * pairs.coordination
    pairs.removed = agreement.removed(openings, pairs.coordination, pairs.start, p)
    pairs.transfer = agreement.transfers(pairs.owed, pairs.coordination, pairs.feasibility)
    regions.bargain_cost = agreement.outlay(pairs.bargain_cost, regions.gdp)
    regions.coordination_degree = agreement.degree(pairs.coordination, pairs.feasibility, regions.at_work)
    nation.coalitions = agreement.coalitions(pairs.coordination, pairs.feasibility, regions.at_work)

    home = zones.region
    zones.lead, nation.field_value_q4 = leads(
        model.clock.quarter.quarter == 4,
        Leads(zones.lead, nation.field_value_q4),
        regions.has_open_zone[home],
        regions.strategy_area[home],
        levers.rotating_lead[home],
        regions.gdp[home],
        regions.workers[home],
        zones.value_added_by_field,
        nation.field_value_added,
        p.rotation_threshold,
    )


def _bargain(model: World, openings: Array, p: Coordination) -> None:
    """Weigh gains and agree in the first quarter and in every fourth; the first agreement holds at once."""
    pairs, regions = model.pairs, model.regions
    first = model.clock.index == 0
    if not (first or model.clock.quarter.quarter == 4):
        return
    tools = instruments(model.levers, regions.at_work, p)
    pairs.own_gain = weigh(model, openings, tools, p).own(p.consumer)
    weight = agreement.rivalry(gains.likeness(regions.value_added), regions.at_work, tools, p)
    agreed = agreement.agree(pairs.own_gain, weight, tools, pairs.feasibility, regions.gdp, p)
    pairs.pay_off, pairs.worth, pairs.refuses = agreed.pay_off, agreed.worth, agreed.refuses
    pairs.agreed, pairs.owed, pairs.bargain_cost = agreed.coordination, agreed.owed, agreed.cost
    model.nation.refusals = agreement.refusals(pairs.refuses, pairs.feasibility)
    if first:
        pairs.coordination = pairs.start = pairs.agreed.copy()


def weigh(model: World, openings: Array, tools: Instruments, p: Coordination) -> gains.Gains:
    """Return the gains of all pairs from the state."""
    regions, pairs, world = model.regions, model.pairs, model.base.world
    chains = gains.Chains(world.value_added_share, world.inputs, world.removable, model.params.markets.trade_elasticity)
    share = shares(world, pairs.freeness, regions, model.params.markets)
    goods = gains.Flows(regions.output, regions.value_added, regions.use, regions.sold_locally, share, regions.gdp)
    opened = p.assumed_border * pairs.feasibility * openings
    k, m = model.params.knowledge_spillovers, model.params.migration
    knowledge = knowledge_spillovers.stock(
        model.firms.sum_by_region_field(model.firms.knowledge), regions.joint_knowledge
    )
    return gains.Gains(
        *gains.of_goods(opened, goods, chains),
        gains.of_knowledge(
            knowledge_gain(pairs.distance, regions.digital_intensity, k) * opened,
            knowledge,
            product(knowledge, knowledge_spillovers.proximity_of_fields(k)),
            1 + k.fusion * regions.digital_intensity,
            regions.spillover,
            regions.value_added,
            regions.gdp,
            model.params.production.spillover_effect,
        ),
        gains.of_talents(
            pairs.talent_flow,
            regions.talents,
            p.assumed_border * m.talent_border_cost * m.recognition_effect * tools.titles * pairs.feasibility,
            model.params.production.talent,
            p.horizon,
        ),
    )


def knowledge_gain(distance: Array, digital_intensity: Column, k: knowledge_spillovers.KnowledgeSpillovers) -> Array:
    """Return what a border takes off the knowledge that reaches the row [R, R, share of the column's]."""
    both = np.minimum(digital_intensity[:, None], digital_intensity)
    return np.exp(-distance / k.decay_distance) * k.border_loss * (1 - k.digital_relief * both)
