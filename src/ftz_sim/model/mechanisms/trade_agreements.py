"""Trade agreements: zones pilot rules, partners align, accession becomes likelier.

One quarter (dt = 0.25 years), with step(x) = 1 - exp(-x dt):

    reach      = min( reach_cap, (zone exports / exports / reference_share) ^ reach_exponent )
    align_p'   = align_p + step(alignment_speed * reach * A * [1 + coordination_boost * cd]) * (T_p - align_p)+
    ready'     = ready + step(readiness_speed * [(1 - state_share) * min(1, reach) * R
                                                 + state_share * E]) * (1 - ready)
    accession' = accession + (1 - accession) * [1 - exp(-dt * accession_hazard * E * (ready - threshold)+
                                                 * (1 - divergence_friction * (1 - U)))]

    align_p     alignment of a partner's rules with those piloted           [0 to 1]
    T_p         its limit: target_scale * target of the partner, at most 1  [0 to 1]
    ready       readiness for accession to CPTPP                            [0 to 1]
    accession   weight of accession, a probability acted on as a share      [0 to 1]
    A, R        pilots of rule alignment, of rule piloting, see `pilots`    [0 to 1]
    E, U        preparation of accession; upgrade of agreements             [0 to 1]
    cd          coordination degree, mean by GDP                            [0 to 1]
    reach       how much of the country's trade the zones stand for         [1]

Exports, GDP, coordination and readiness on the right are those of the last quarter. Without an open zone
alignment and the zones' part of readiness stand still. Off means no alignment, readiness or accession.

Claims:  M-CPTPP, M-ACTIVE, M-BENCH, M-COMPRULE, M-DIVERGE, M-CO2OPEN, M-SOEGP, M-STDOUT, M-RULEMK, M-3TASK,
         M-RCEP, M-SPLIT, M-4FORM, M-DEPA, M-NET
Reads:   regions.zone_open, pilot_evidence, gdp, exports, coordination_degree; zones.exports;
         partners.alignment_target; levers.rule_piloting, rule_alignment, agreement_upgrade,
         accession_preparation
Writes:  partners.alignment; nation.accession_readiness, accession_weight
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import dot, national, power
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import pilot

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-CPTPP M-ACTIVE: +exports"


class TradeAgreements(Params):
    """Keys a scenario may set under ``trade_agreements:``."""

    alignment_speed: float = param(0.20, "alignment of a partner", unit="1/yr", low=0.1, high=0.4)
    target_scale: float = param(1.0, "factor on the partners' targets", unit="1", low=0.5, high=1.5)
    coordination_boost: float = param(0.3, "faster alignment if zones act together", unit="1", low=-0.15, high=0.6)
    readiness_speed: float = param(0.08, "readiness for accession", unit="1/yr", low=0.02, high=0.2)
    state_share: float = param(0.25, "part of readiness that needs no zone", unit="share", low=0, high=0.6)
    accession_hazard: float = param(0.20, "accession at full readiness", unit="1/yr", low=0.05, high=0.5)
    threshold: float = param(0.30, "readiness before accession can come", unit="share", low=0.1, high=0.6)
    divergence_friction: float = param(
        0.30, "accession lost to divergence between agreements", unit="share", low=-0.15, high=0.8
    )
    reference_share: float = param(
        0.18,
        "zones' share of trade in 2022",
        unit="share",
        grade="D",
        source="data",
        positive=True,
        sampled=False,
    )
    reach_exponent: float = constant(0.5, "elasticity of reach to the zones' share of exports")
    reach_cap: float = constant(1.5, "highest reach")


def reach(zone_exports: float, exports: float, p: TradeAgreements) -> float:
    """Return the reach of the zones [1] from their exports and the nation's [bn yuan a quarter]."""
    share = ratio(zone_exports, exports)
    return np.minimum(p.reach_cap, power(share / p.reference_share, p.reach_exponent))


def update_alignment(
    alignment: Array,
    target: Array,
    reach: float,
    effort: float,
    coordination: float,
    p: TradeAgreements,
    dt: float,
) -> Column:
    """Return the alignment of each partner [P, 0 to 1] after ``dt`` years.

    Args:
        alignment: this column a quarter ago [P].
        target: targets of the partners before scaling [P].
        reach: reach of the zones [1].
        effort: rule alignment, mean over open zones [0 to 1].
        coordination: mean coordination degree [0 to 1].
        p: parameters.
        dt: length of the quarter [yr].
    """
    share = share_closed(p.alignment_speed * reach * effort * (1 + p.coordination_boost * coordination), dt)
    limit = np.minimum(p.target_scale * target, 1)
    return alignment + share * np.maximum(limit - alignment, 0)


def update_readiness(
    readiness: float, reach: float, piloting: float, preparation: float, p: TradeAgreements, dt: float
) -> float:
    """Return readiness for accession [0 to 1] after ``dt`` years of piloting and preparation [0 to 1]."""
    effort = (1 - p.state_share) * np.minimum(1, reach) * piloting + p.state_share * preparation
    return readiness + share_closed(p.readiness_speed * effort, dt) * (1 - readiness)


def update_accession(
    accession: float, readiness: float, preparation: float, upgrade: float, p: TradeAgreements, dt: float
) -> float:
    """Return the weight of accession [0 to 1] after ``dt`` years; levers and readiness in [0, 1]."""
    friction = p.divergence_friction * (1 - upgrade)
    hazard = p.accession_hazard * preparation * np.maximum(readiness - p.threshold, 0) * (1 - friction)
    return accession + (1 - accession) * share_closed(hazard, dt)


def mean_by_weight(values: Array, weights: Array) -> float:
    """Return the mean of ``values`` by ``weights``, 0 if these are all 0."""
    return ratio(dot(values, weights), national(weights))


def step(model: World, p: TradeAgreements) -> None:
    """Wire the functions to the partners and the nation."""
    levers, regions, zones, nation = model.levers, model.regions, model.zones, model.nation
    zone_exports = dot(zones.exports, regions.zone_open[zones.region])
    reached = reach(zone_exports, national(regions.exports, 3), p)
    coordination = mean_by_weight(regions.coordination_degree, regions.gdp)
    aligning = pilot(levers.rule_alignment, regions.pilot_evidence, model.params.policy)
    piloting = pilot(levers.rule_piloting, regions.pilot_evidence, model.params.policy)
    preparation, upgrade = levers.accession_preparation, levers.agreement_upgrade
    nation.accession_weight = update_accession(
        nation.accession_weight, nation.accession_readiness, preparation, upgrade, p, model.dt
    )
    nation.accession_readiness = update_readiness(
        nation.accession_readiness, reached, piloting, preparation, p, model.dt
    )
    model.partners.alignment = update_alignment(
        model.partners.alignment, model.partners.alignment_target, reached, aligning, coordination, p, model.dt
    )
