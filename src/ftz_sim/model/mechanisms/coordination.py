"""Coordination: pairs of zones move together where that is feasible, and drift apart without shared benefits.

One quarter (dt = 0.25 years), for a pair of provinces r and s:

    feas  = max(A, exp(-dist / scale)), 0 on the diagonal
    lim   = op_r op_s + h hinterland_inclusion (op_r + op_s - 2 op_r op_s)
    drive = sum_j w_j x_j / sum_j w_j
    C'    = min(feas lim, C + (1 - exp(-speed drive dt)) (feas lim - C)+
                            - (1 - exp(-decay (1 - protection benefit_sharing) dt)) C)
    cd_r  = sum_s C'_rs / sum_s feas_rs lim_rs

    C, cd         coordination of a pair; coordination degree of a province   [share, 0 to 1]
    A, dist       both belong to one national strategy area [0 or 1]; distance of capitals [km]
    op            1 where a zone is open, else 0
    lim, h        what the status of the pair allows; that of a zone and a hinterland   [share]
    x_j, w_j      seven instruments [0 to 1] and their weights: platform, joint fund, benefit sharing,
                  recognition of standards, division of labour, joint appraisal, rotating lead
    speed, decay  [1/yr];  scale [km];  protection [share]

The level of a lever for a pair of zones is the smaller of both levels; for a zone and a hinterland it is the
zone's. A closed zone counts as hinterland.

Each fourth quarter every strategy area with an open zone has a lead. Where the area's open zones rotate the
lead (mean of the lever at the threshold or above), it is the zone with the largest value added in the new field
whose national value added grew most over the year: the stage of industry decides. Elsewhere the zone of
the province with the highest GDP per worker is named once, for good. Ties go to the zone that stands first.

Without a possible partner cd is 0. Off means that nobody coordinates: C = 0 and no lead.

Claims:  M-PLAT, M-JMC, M-ALLY, M-EGOV, M-LAW4, M-NIP, M-STRAT, M-MR, M-KPI, M-ROT, M-RAD, X-SCT, M-SOLO,
         M-STRUCT, M-REGCO, M-COORDEF
Reads:   regions.strategy_area, zone_open, gdp, workers; pairs.feasibility; zones.value_added_by_field;
         nation.field_value_added; levers.coordination_platform, division_of_labour, mutual_recognition,
         joint_fund, benefit_sharing, joint_appraisal, rotating_lead, hinterland_inclusion
Writes:  regions.coordination_degree; pairs.limit, coordination; zones.lead; nation.field_value_q4
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import row_sums
from ftz_sim.model.bargain.leads import Leads, leads
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World


class Coordination(Params):
    """Keys a scenario may set under ``coordination:``."""

    speed: float = param(0.36, "speed of approach under a full drive", unit="1/yr", low=0.12, high=0.6)
    weights: tuple[float, float, float, float, float, float, float] = param(
        (0.25, 0.20, 0.20, 0.10, 0.15, 0.05, 0.05),
        "weights of platform, fund, sharing, standards, division of labour, appraisal, lead; only ratios count",
        unit="share",
        low=(0.125, 0.10, 0.10, 0.05, 0.075, 0.025, 0.025),
        high=(0.375, 0.30, 0.30, 0.15, 0.225, 0.075, 0.075),
    )
    decay: float = param(0.08, "drift apart without benefit sharing", unit="1/yr", low=0.0, high=0.2)
    sharing_protection: float = param(
        0.7, "share of the decay that benefit sharing prevents", unit="share", low=-0.35, high=1.0
    )
    hinterland_limit: float = param(
        0.45, "highest coordination of a zone and a hinterland", unit="share", low=0.0, high=0.8
    )
    distance_scale: float = param(
        600.0,
        "distance at which feasibility falls to 1/e",
        unit="km",
        low=300.0,
        high=1000.0,
        positive=True,
    )
    rotation_threshold: float = constant(
        0.5, "mean of the lever from which a lead rotates", unit="share", positive=True
    )


def feasibility(distance: Array, same_area: Array, p: Coordination) -> Array:
    """Return how far pairs can coordinate at all [R, R], from km and membership of strategy areas [R, R]."""
    feasible = np.maximum(same_area, np.exp(-distance / p.distance_scale))
    np.fill_diagonal(feasible, 0.0)
    return feasible


def smaller(levels: Column) -> Array:
    """Return the smaller of the levels [R] of both provinces of a pair [R, R]."""
    return np.minimum(levels[:, None], levels)


def of_pairs(levels: Array, zone_open: Column) -> Array:
    """Return the levels of pairs [R, R] from those of provinces [R].

    A hinterland holds no zone back; levels between two hinterlands mean nothing, since their limit is 0.
    """
    return smaller(np.where(zone_open > 0, levels, 1.0))


def limit(zone_open: Column, inclusion: Column, p: Coordination) -> Array:
    """Return the coordination that the status of each pair allows [R, R]; both inputs are [R]."""
    both = zone_open[:, None] * zone_open
    one = zone_open[:, None] + zone_open - 2 * both
    return both + p.hinterland_limit * of_pairs(inclusion, zone_open) * one


def ceiling(feasibility: Array, limit: Array) -> Array:
    """Return the highest coordination that distance and status allow [R, R]."""
    return feasibility * limit


def drive(instruments: Array, zone_open: Column, p: Coordination) -> Array:
    """Return the weighted mean of the seven instruments [7, R] for each pair that may coordinate [R, R]."""
    weights = ratio(np.array(p.weights), sum(p.weights))
    willing = np.where(zone_open > 0, weights[:, None] * instruments, 1.0)
    return reduce(np.add, map(smaller, willing))


def update(coordination: Array, ceiling: Array, drive: Array, sharing: Array, p: Coordination, dt: float) -> Array:
    """Return the coordination of pairs after ``dt`` years; all arrays are [R, R], ceiling = feas x lim."""
    gain = share_closed(p.speed * drive, dt) * np.maximum(ceiling - coordination, 0)
    loss = share_closed(p.decay * (1 - p.sharing_protection * sharing), dt) * coordination
    return np.minimum(coordination + gain - loss, ceiling)


def degree(coordination: Array, ceiling: Array) -> Column:
    """Return the share of the feasible coordination that each province has reached [R]."""
    return ratio(row_sums(coordination), row_sums(ceiling))


def step(model: World, p: Coordination) -> None:
    """Wire the functions above to pairs, provinces and zones."""
    pairs, regions, zones, nation, levers = model.pairs, model.regions, model.zones, model.nation, model.levers
    instruments = np.array(
        (
            levers.coordination_platform,
            levers.joint_fund,
            levers.benefit_sharing,
            levers.mutual_recognition,
            levers.division_of_labour,
            levers.joint_appraisal,
            levers.rotating_lead,
        )
    )
    pairs.limit = limit(regions.zone_open, levers.hinterland_inclusion, p)
    highest = ceiling(pairs.feasibility, pairs.limit)
    push = drive(instruments, regions.zone_open, p)
    sharing = of_pairs(levers.benefit_sharing, regions.zone_open)
    pairs.coordination = update(pairs.coordination, highest, push, sharing, p, model.dt)
    regions.coordination_degree = degree(pairs.coordination, highest)
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
