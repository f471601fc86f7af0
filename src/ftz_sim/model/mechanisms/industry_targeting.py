"""Industry targeting: zones pick new fields, by fashion when alone, by comparative advantage together.

Every quarter, for zone z and the 11 new fields f (5 ... 15):

    hot_f    = ln(share_f / share_f(0)) + price_weight ln P_f
    c_z      = division_of_labour_z cd_z
    score_zf = herding (1 - c_z) hot_f
             + (a_own plan_z + a_joint c_z) (ln clip(LQ_zf, low, high) + planner_error n_zf)
             + speciality_weight plan_z [f in speciality_z]
             - overlap_penalty c_z sum_s C_zs target_sf / sum_s C_zs
             - lead_weight c_z (1 - rotating_lead_z) [z does not lead, f among the lead's three targets]
    target_z = softmax of score_z, 0 while closed
    pull_z   = target_share plan_z

    hot        momentum of a field in the nation's value added and prices            [log]
    cd, C      coordination degree of the province; coordination of a pair           [0 to 1]
    plan, ...  levers speciality_plan, division_of_labour, rotating_lead             [0 to 1]
    LQ, n      location quotient of the province [1]; the planner's fixed error      [sd]
    target     planned shares of fields; on the right-hand side, last quarter's      [share]
    pull       probability that a newcomer follows the plan                          [share]

Targets are plans. What counts is the outcome: the cosine of two zones' value added over the new fields.

    duplication_z  = mean cosine with the other open zones; the nation's = mean over all pairs
    crowding_zf    = sum_z' cos_zz' VA_z'f / sum_z' VA_z', z' other open zones, VA_z' all new fields
    plan_overlap   = mean cosine of the targets of open zones

Zones with fewer than five firms are not compared; with fewer than two zones every cosine is 0. Cosines are
biased down when zones have few firms (N below about 80,000): compare at equal N only. Off means that no
zone targets anything: targets, pull, crowding and duplication are 0.

Claims:  M-SPEC, M-PLAN, M-NIP, M-DOL, M-DUP, M-ROT, M-TIERS
Reads:   regions.strategy_area, zone_open, location_quotient, coordination_degree; pairs.coordination;
         zones.speciality, plan_error, firms, value_added_by_field, lead; nation.field_price, field_value_added;
         levers.speciality_plan, division_of_labour, rotating_lead; base.field_share
Writes:  zones.target, target_pull, crowding, duplication; nation.duplication, plan_overlap
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import national, product, row_sums, set_diagonal, transposed
from ftz_sim.model.columns import NEW_FIELDS, Array, Column, Flag, Index
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-SPEC M-PLAN: +clusters +emerging_share"

TINY = 1e-9  # stands for 0 in logarithms and divisors
LEAD_FIELDS = 3  # targets of the lead that its area keeps free for it


class IndustryTargeting(Params):
    """Keys a scenario may set under ``industry_targeting:``."""

    herding: float = param(1.5, "weight of fashion in a lone zone's choice", unit="1", low=0.5, high=5.0)
    own_advantage: float = param(
        0.6, "weight of comparative advantage in a zone's own plan", unit="1", low=0.3, high=0.9
    )
    joint_advantage: float = param(
        1.6, "weight of comparative advantage under division of labour", unit="1", low=0.8, high=2.4
    )
    speciality_weight: float = param(0.5, "weight of the named speciality", unit="1", low=-0.25, high=1.5)
    overlap_penalty: float = param(6.0, "weight of avoiding partners' targets", unit="1", low=0.0, high=10.0)
    lead_weight: float = param(
        0.15, "pressure to leave a lead's fields to a lead that does not rotate", unit="1", low=0.0, high=0.5
    )
    planner_error: float = param(0.5, "error of planners about advantage", unit="log", low=0.0, high=1.5)
    target_share: float = param(0.6, "share of newcomers that follow a full plan", unit="share", low=0.0, high=0.9)
    price_weight: float = constant(1.5, "weight of prices in the momentum of a field")
    quotient_bounds: tuple[float, float] = constant(
        (0.2, 6.0), "bounds of the location quotient that planners see", unit="index", positive=True
    )
    comparable_firms: float = constant(5.0, "firms that a zone needs to be compared", unit="firms")


class Plan(NamedTuple):
    """What a zone's planners start from; [Z] or [Z, new fields], levels of levers in [0, 1]."""

    division: Array  # division_of_labour
    degree: Array  # coordination degree of the province
    ambition: Array  # speciality_plan
    rotation: Array  # rotating_lead
    advantage: Array  # log location quotient as planners see it
    speciality: Array  # 1 for a named speciality


class Duplication(NamedTuple):
    """How alike the zones' new industry is."""

    crowding: Array  # [Z, new fields]
    by_zone: Column  # [Z]
    nation: float


def momentum(field_value: Column, share_2013: Column, price: Column, p: IndustryTargeting) -> Column:
    """Return how hot each field is [F, log], from value added [F], its shares of 2013 [F] and prices [F]."""
    growth = ratio(field_value, national(field_value) * share_2013, empty=1.0)
    return np.log(np.maximum(growth, TINY)) + p.price_weight * np.log(np.maximum(price, TINY))


def advantage(quotient: Array, error: Array, p: IndustryTargeting) -> Array:
    """Return comparative advantage as planners see it [log], from location quotients and their errors [sd]."""
    low, high = p.quotient_bounds
    return np.log(np.minimum(np.maximum(quotient, low), high)) + p.planner_error * error


def overlap(target: Array, coordination: Array) -> Array:
    """Return the mean target of a zone's partners [Z, fields], weighted by coordination [Z, Z]."""
    return ratio(product(coordination, target), row_sums(coordination)[:, None])


def reserved(target: Array, lead: Flag, area: Index) -> Array:
    """Return 1 where a field is among the three largest targets of another zone that leads the area."""
    third = np.partition(target, -LEAD_FIELDS, axis=1)[:, -LEAD_FIELDS, None]
    largest = (target >= third) & (target > 0)
    led_by = (area[:, None] == area) & lead & ~lead[:, None]
    return (product(led_by.astype(float), largest) > 0).astype(float)


def score(plan: Plan, hot: Column, partners: Array, taken: Array, p: IndustryTargeting) -> Array:
    """Return the planners' score of each new field [Z, new fields]; symbols as above."""
    joint = (plan.division * plan.degree)[:, None]
    ambition, rotation = plan.ambition[:, None], plan.rotation[:, None]
    return (
        p.herding * (1 - joint) * hot
        + (p.own_advantage * ambition + p.joint_advantage * joint) * plan.advantage
        + p.speciality_weight * ambition * plan.speciality
        - p.overlap_penalty * joint * partners
        - p.lead_weight * joint * (1 - rotation) * taken
    )


def targets(score: Array, is_open: Flag) -> Array:
    """Return planned shares: the softmax of the scores of each open zone, 0 for a closed one."""
    weight = np.exp(score - score.max(axis=1, keepdims=True))
    return weight / row_sums(weight)[:, None] * is_open[:, None]


def likeness(rows: Array, compared: Flag) -> Array:
    """Return the cosines between rows [Z, Z]; 0 with itself, with a zero row and with one not compared."""
    length = np.sqrt(row_sums(rows * rows))
    unit = rows / np.maximum(length, TINY)[:, None] * compared[:, None]
    cosine = np.minimum(product(unit, transposed(unit)), 1.0)
    set_diagonal(cosine, 0.0)
    return cosine


def mean_likeness(cosine: Array, compared: Flag) -> Column:
    """Return the mean cosine of each compared zone with the others [Z]; 0 for a zone without another."""
    return row_sums(cosine) / np.maximum(national(compared) - 1, 1)


def mean_of_pairs(cosine: Array, compared: Flag) -> float:
    """Return the mean cosine over all pairs of compared zones."""
    zones = national(compared)
    return national(cosine, 2) / np.maximum(zones * (zones - 1), 1)


def compared(is_open: Flag, firms: Array, p: IndustryTargeting) -> Flag:
    """Tell which zones have enough firms for a comparison [Z]."""
    return is_open & (firms >= p.comparable_firms)


def duplication(value: Array, compared: Flag) -> Duplication:
    """Measure how alike compared zones are in their new fields' value added [Z, new fields]."""
    cosine = likeness(value, compared)
    value = value * compared[:, None]
    others = national(value, 2) - row_sums(value)[:, None]
    crowding = product(cosine, value) / np.maximum(others, TINY)
    return Duplication(crowding, mean_likeness(cosine, compared), mean_of_pairs(cosine, compared))


def of_new_fields(by_field: Array) -> Array:
    """Return the columns of new fields [Z, 11] of a table [Z, F]."""
    return by_field[:, NEW_FIELDS[0] :]  # they are the last


def all_fields(by_new_field: Array) -> Array:
    """Put columns of new fields [Z, 11] in their places among all fields [Z, F]; the rest is 0."""
    of_old = np.zeros_like(by_new_field[:, : NEW_FIELDS[0]])
    return np.concatenate((of_old, by_new_field), axis=1)


def target_pull(ambition: Column, p: IndustryTargeting) -> Column:
    """Return the probability that a newcomer follows the plan [Z], from the level of speciality_plan [Z]."""
    return p.target_share * ambition


def step(model: World, p: IndustryTargeting) -> None:
    """Wire the functions above to the zones."""
    regions, zones, nation, levers = model.regions, model.zones, model.nation, model.levers
    home, is_open = zones.region, regions.has_open_zone[zones.region]
    planned, value = of_new_fields(zones.target), of_new_fields(zones.value_added_by_field)
    plan = Plan(
        levers.division_of_labour[home],
        regions.coordination_degree[home],
        levers.speciality_plan[home],
        levers.rotating_lead[home],
        advantage(of_new_fields(regions.location_quotient[home]), of_new_fields(zones.plan_error), p),
        of_new_fields(zones.speciality),
    )
    hot = momentum(nation.field_value_added, model.base.field_share, nation.field_price, p)[NEW_FIELDS]
    partners = overlap(planned, np.take(model.pairs.coordination[home], home, axis=1))
    taken = reserved(planned, zones.lead, regions.strategy_area[home])
    target = targets(score(plan, hot, partners, taken, p), is_open)
    zones.target, zones.target_pull = all_fields(target), target_pull(plan.ambition, p)
    alike = duplication(value, compared(is_open, zones.firms, p))
    zones.crowding, zones.duplication = all_fields(alike.crowding), alike.by_zone
    nation.duplication = alike.nation
    nation.plan_overlap = mean_of_pairs(likeness(target, is_open), is_open)
