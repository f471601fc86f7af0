"""Knowledge spillovers: knowledge of near provinces and near fields helps; borders fall with coordination.

One quarter, for provinces r, s and fields f, g:

    w_rs  = exp(-dist_rs / decay_distance) [1 - border_loss (1 - G_rs) (1 - digital_relief min(D_r, D_s))]
    w_rr  = 1
    SP_rf = sum_s w_rs [KN_sf + (1 + fusion D_r) sum_{g != f} phi_fg KN_sg] [1 + partner_gain m_r t_r cl_r a_f]

    SP_rf      knowledge within reach, the province's own included           [bn yuan]
    KN_sf      knowledge of firms and of the joint fund                      [bn yuan]
    w_rs       share of knowledge that reaches the other province            [0 to 1]
    dist_rs    distance of capitals                                          [km]
    G_rs       part of the border that coordination removed since 2013  [share]
    D_r        digital intensity                                             [0 to 1]
    phi_fg     proximity of fields: same tier, other tier                    [0 to 1]
    t_r        technology partnership of the province's open zone            [0 to 1]
    m_r        1 if the zone has ties to Japan, Korea or the EU,
               other_affinity if not                                         [0 to 1]
    cl_r       clip(mean location quotient of the zone's speciality fields
               / cluster_reference, 0, 1): linkage pays where clusters are   [0 to 1]
    a_f        1 for new fields, tier0_absorption for traditional ones       [0 to 1]

A zone without speciality has no cluster. A firm's own knowledge is in SP and is taken out in production.
Switched off, the spillovers of 2013 stay as they are.

Claims:  M-XIND, M-INDBARR, M-DIGLINK, M-CJK, M-CJKCL, M-MATCH, M-REGCHAIN, M-MR, F-4TRAIT, M-BARR
Reads:   firms.knowledge; regions.location_quotient, digital_intensity, joint_knowledge; pairs.distance,
         removed; zones.speciality, affinity; levers.technology_partnership
Writes:  regions.spillover; pairs.spillover_weight
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import outer, product, row_sums, set_diagonal, side_by_side
from ftz_sim.model.columns import TIER_OF_FIELD, Array, Column, Zones
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-XIND M-DIGLINK: +patents +tfp"

SAME_TIER = np.equal.outer(TIER_OF_FIELD, TIER_OF_FIELD) & ~np.eye(len(TIER_OF_FIELD), dtype=bool)  # [F, F]
OTHER_TIER = np.not_equal.outer(TIER_OF_FIELD, TIER_OF_FIELD)  # [F, F]
TECHNOLOGY_PARTNERS = [0, 1, 5]  # Japan, Korea, EU


class KnowledgeSpillovers(Params):
    """Keys a scenario may set under ``knowledge_spillovers:``."""

    decay_distance: float = param(
        400,
        "distance over which spillovers fall to 1/e",
        unit="km",
        low=200,
        high=650,
        grade="L",
        source="deltas2013, bottazzi2003, ai2024",
        positive=True,
    )
    border_loss: float = param(
        0.35,
        "loss at a provincial border without coordination",
        unit="share",
        low=0.1,
        high=0.75,
        source="poncet2003",
    )
    digital_relief: float = param(
        0.2, "share of the border loss that full digitisation removes", unit="share", low=0, high=0.5
    )
    proximity: tuple[float, float] = param(
        (0.35, 0.12),
        "proximity of fields of the same tier, of another tier",
        unit="share",
        low=0,
        high=0.6,
        grade="A",
        source="deltas2013",
    )
    fusion: float = param(0.25, "gain of knowledge of other fields under full digitisation", unit="1", low=0, high=0.5)
    partner_gain: float = param(
        0.10, "gain of a full technology partnership in a strong cluster", unit="1", low=-0.05, high=0.3
    )
    tier0_absorption: float = constant(0.3, "traditional fields' part in the partnership", unit="share")
    cluster_reference: float = constant(1.5, "location quotient of a full cluster", positive=True)
    other_affinity: float = constant(
        0.5, "weight of a partnership without ties to Japan, Korea or the EU", unit="share"
    )


def proximity_of_fields(p: KnowledgeSpillovers) -> Column:
    """Return the proximity of different fields [F, F]; 0 on the diagonal."""
    same_tier, other_tier = p.proximity
    return outer(SAME_TIER, same_tier) + outer(OTHER_TIER, other_tier)


def weights(distance: Array, removed: Array, digital_intensity: Array, p: KnowledgeSpillovers) -> Column:
    """Return the share of a province's knowledge that reaches another [R, R].

    Args:
        distance: of capitals [km, R x R].
        removed: part of the border that coordination removed since 2013 [R, R].
        digital_intensity: of provinces [0 to 1, R].
        p: parameters.
    """
    both = np.minimum(digital_intensity[:, None], digital_intensity)
    border = p.border_loss * (1 - removed) * (1 - p.digital_relief * both)
    share = np.exp(-distance / p.decay_distance) * (1 - border)
    set_diagonal(share, 1.0)
    return share


def partner_bonus(partnership: Array, quotient: Array, zones: Zones, p: KnowledgeSpillovers) -> Column:
    """Return the gain from technology partnerships [R, F]; reads the fixed columns of ``zones``.

    Args:
        partnership: level of technology partnerships, 0 without an open zone [0 to 1, R].
        quotient: location quotient [R, F].
        zones: speciality and affinity are read.
        p: parameters.
    """
    fields = np.maximum(zones.speciality.sum(1), 1)
    cluster = np.minimum(row_sums(quotient[zones.region] * zones.speciality) / fields / p.cluster_reference, 1)
    ties = np.where(zones.affinity[:, TECHNOLOGY_PARTNERS].any(1), 1.0, p.other_affinity)
    gain = p.partner_gain * partnership * zones.to_regions(cluster * ties)
    return side_by_side(gain * p.tier0_absorption, gain, gain)[:, TIER_OF_FIELD]


def update(
    knowledge: Array, spillover_weight: Array, digital_intensity: Array, bonus: Array, p: KnowledgeSpillovers
) -> Column:
    """Return the knowledge within reach [bn yuan, R x F].

    Args:
        knowledge: of firms and joint fund [bn yuan, R x F].
        spillover_weight: share that reaches another province [R, R].
        digital_intensity: of provinces [0 to 1, R].
        bonus: gain from technology partnerships [R, F].
        p: parameters.
    """
    own_field = product(spillover_weight, knowledge)
    other_fields = product(own_field, proximity_of_fields(p))
    return (own_field + (1 + p.fusion * digital_intensity)[:, None] * other_fields) * (1 + bonus)


def stock(by_firms: Array, joint: Array) -> Column:
    """Return the knowledge of firms and of the joint fund [bn yuan, R x F]."""
    return by_firms + joint


def step(model: World, p: KnowledgeSpillovers) -> None:
    """Wire `weights` and `update` to pairs and provinces."""
    regions, pairs = model.regions, model.pairs
    pairs.spillover_weight = weights(pairs.distance, pairs.removed, regions.digital_intensity, p)
    knowledge = stock(model.firms.sum_by_region_field(model.firms.knowledge), regions.joint_knowledge)
    bonus = partner_bonus(model.levers.technology_partnership, regions.location_quotient, model.zones, p)
    regions.spillover = update(knowledge, pairs.spillover_weight, regions.digital_intensity, bonus, p)
