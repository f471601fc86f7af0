"""Research: R&D responds to user cost, protection and environment; knowledge accumulates.

One quarter (dt = 0.25 years, y years since 2013), step(r) = 1 - exp(-r dt):

    n_i   = user_cost_elasticity subsidy_rate S_r z_i                    research that support induces
    R_i   = intensity_k mu_r exp(rtrend_r) trend (1 + n_i) (1 + protection_effect I_r [spill + (1 - spill) z_i])
            (1 + environment_effect (Q_r - Q0_r)) va_i;  firms outside open zones times
            x = max(floor, 1 - subsidy_diversion sum_j R_j n_j/(1 + n_j) / sum of R outside)
    trend = 1 + trend_step clip((y - trend_start)/trend_length, 0, 1) + trend_slope y
    u_i   = [1 - relabelled_share n_i/(1 + n_i)] [1 + collaboration_effect z_i (C_r + J_r cd_r)]
            [1 - duplication_loss crowd_zf P_r z_i (1 - J_r cd_r)]
    kn_i' = (1 - step(depreciation)) kn_i + u_i R_i
    jk_rf'= (1 - step(depreciation)) jk_rf + what last quarter's joint fund left for research
            x cd_r Y_r op_r / sum cd Y op x share of field f in the nation's new fields
    patents_r = A_r R_r^a T_r^b (SP_r / SP_r(0))^c exp(patent_trend ptrend_r)    an indicator, never an input

    R, kn, jk   research; knowledge of the firm; knowledge of the joint fund  [bn yuan/quarter; bn yuan]
    mu          research of the province relative to its tiers, 2013     [1]
    rtrend, ptrend  trends of the province in research intensity and productivity  [log since 2013]
    A           such that patents of 2013Q1 are shared as applications for inventions of 2013, 100 in all
    S, I, C, J, P  levers research_support, ip_protection, research_collaboration, joint_innovation,
                speciality_plan (0 where no zone is open)                [0 to 1]
    z_i, op_r   1 for a firm in an open zone; 1 for a province with an open zone
    Q, cd       business environment, coordination degree                [0 to 1]
    crowd       share of alike zones in a field, last quarter; 0 with fewer than two open zones  [0 to 1]
    SP_r        mean spillover of the province, last quarter             [bn yuan]

Part of the support only moves research from firms outside to firms inside zones (x), part of it is
relabelled. Off: research, knowledge and patents stay as they are.

Claims:  M-RDS, M-KPF, M-XBR, M-SUBJ, M-IUR, M-BID, M-TT, M-JTI, M-PNET, M-DUP, M-IP, M-ICHAIN, M-BILAT, M-JF
Reads:   firms.value_added; regions.zone_open, gdp, value_added_by_tier, talents, business_environment,
         spillover, coordination_degree, research_trend, productivity_trend; zones.value_added_by_tier, crowding;
         nation.field_value_added, fund_for_research; levers.ip_protection, research_support, research_collaboration,
         speciality_plan, joint_innovation; base.research_multiplier, business_environment, spillover, patents_scale
Writes:  firms.research, knowledge; regions.research, patents, joint_knowledge; zones.research_subsidy
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import inside, national, power, row_sums, side_by_side
from ftz_sim.model.columns import NEW_FIELDS
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-KPF M-ICHAIN: +gdp"

ROUNDING = 1e-9  # a smaller share of a sum is rounding


class Research(Params):
    """Keys a scenario may set under ``research:``."""

    intensity: tuple[float, float, float] = param(
        (0.014, 0.052, 0.10),
        "research per value added, by tier (ratios matter)",
        unit="share",
        low=(0.0098, 0.0364, 0.07),
        high=(0.0182, 0.0676, 0.13),
        grade="C",
        source="calibrated",
        positive=True,
    )
    user_cost_elasticity: float = param(
        0.65,
        "research induced by one unit of support",
        unit="1",
        low=0.15,
        high=2.0,
        grade="L",
        source="gaillard2015, thomson2017, chen2021",
    )
    subsidy_rate: float = param(0.08, "full support per research", unit="share", low=0.0, high=0.15)
    subsidy_diversion: float = param(
        0.5,
        "part of induced research drawn from firms outside",
        unit="share",
        low=0.0,
        high=1.0,
        source="wilson2005",
    )
    relabelled_share: float = param(
        0.24,
        "part of induced research that is relabelled",
        unit="share",
        low=0.0,
        high=0.4,
        grade="L",
        source="chen2021",
    )
    protection_effect: float = param(
        0.05, "research under full protection of property", unit="log", low=-0.025, high=0.15, grade="A"
    )
    environment_effect: float = param(0.12, "research per unit of business environment", unit="1", low=-0.06, high=0.3)
    collaboration_effect: float = param(0.04, "yield of full research collaboration", unit="share", low=-0.02, high=0.1)
    duplication_loss: float = param(0.20, "yield lost to full duplication", unit="share", low=-0.1, high=0.4)
    depreciation: float = param(
        0.15, "depreciation of knowledge", unit="1/yr", low=0.10, high=0.20, grade="A", positive=True
    )
    patent_elasticity: tuple[float, float, float] = param(
        (0.57, 0.32, 0.035),
        "elasticity of patents to research, talents, spillovers",
        unit="1",
        low=(0.40, 0.15, 0.0),
        high=(0.75, 0.50, 0.10),
        grade="L",
        source="bottazzi2003",
    )
    patent_trend: float = param(
        1.27,
        "patents per provincial trend of productivity, beyond what research explains",
        unit="1",
        low=0.0,
        high=1.75,
        grade="C",
        source="calibrated",
    )
    trend_step: float = constant(0.045, "rise of research intensity from trend_start", unit="share")
    trend_start: float = constant(5.0, "begin of that rise, years since 2013", unit="yr")
    trend_length: float = constant(4.0, "length of that rise", unit="yr", positive=True)
    trend_slope: float = constant(0.0025, "steady rise of research intensity", unit="1/yr")
    protection_spill: float = constant(0.25, "protection that reaches firms outside the zone", unit="share")
    crowd_out_floor: float = constant(0.9, "least factor on research outside zones", unit="share")


class Stocks(NamedTuple):
    """Research [bn yuan a quarter] and knowledge [bn yuan] of every firm [N]."""

    research: Column
    knowledge: Column


def trend(years: float, p: Research) -> float:
    """Return research intensity relative to 2013 [1] after ``years``."""
    rise = np.minimum(np.maximum((years - p.trend_start) / p.trend_length, 0.0), 1.0)
    return 1 + p.trend_step * rise + p.trend_slope * years


def induced(support: Column, p: Research) -> Column:
    """Return research that support induces, per research without it, by province and area [R, 2]."""
    return inside(p.user_cost_elasticity * p.subsidy_rate * support)


def intensity(
    induced: Column, protection: Column, environment_gain: Column, multiplier: Column, trend: float, p: Research
) -> Column:
    """Return research per value added by province, area and tier [R, 2, K], before crowding out.

    Args:
        induced: induced research [R, 2].
        protection: lever ip_protection [R].
        environment_gain: business environment above that of 2013 [R].
        multiplier: research of the province relative to its tiers, in 2013 and by its own trend since [R].
        trend: national trend of intensity.
        p: parameters.
    """
    protected = p.protection_effect * protection
    area = (1 + induced) * (1 + side_by_side(p.protection_spill * protected, protected))
    province = multiplier * trend * (1 + p.environment_effect * environment_gain)
    return (province[:, None] * area)[:, :, None] * np.asarray(p.intensity)


def by_area(in_province: Column, in_zone: Column) -> Column:
    """Split value added [R, K] into outside and inside the zone area [R, 2, K].

    What is left outside by rounding, where all firms of a tier sit in the zone area, is 0.
    """
    outside = in_province - in_zone
    return side_by_side(np.where(outside > ROUNDING * in_province, outside, 0.0), in_zone)


def crowded_out(intensity: Column, value_added: Column, induced: Column, zone_open: Column, p: Research) -> Column:
    """Return ``intensity`` [R, 2, K] once zones have drawn research away from firms outside open zones."""
    research = (intensity * value_added).sum(2)
    outside = side_by_side(1.0, 1 - zone_open)
    drawn = national(research * induced / (1 + induced), 2)
    kept = np.maximum(p.crowd_out_floor, 1 - p.subsidy_diversion * ratio(drawn, national(research * outside, 2)))
    return intensity * np.where(outside > 0, kept, 1.0)[:, :, None]


def effectiveness(induced: Column, collaboration: Column, joint: Column, p: Research) -> Column:
    """Return knowledge per research in zone areas [R] from ``induced`` [R, 2]; it is 1 outside.

    ``joint`` is joint innovation x coordination degree [R].
    """
    honest = 1 - p.relabelled_share * induced[:, 1] / (1 + induced[:, 1])
    return honest * (1 + p.collaboration_effect * (collaboration + joint))


def unduplicated(crowding: Column, plan: Column, joint: Column, p: Research) -> Column:
    """Return the part of zone research in a field that others do not do as well [R, F]."""
    return 1 - p.duplication_loss * crowding * (plan * (1 - joint))[:, None]


def zone_yield(effectiveness: Column, unduplicated: Column) -> Column:
    """Return knowledge gained per research of a zone firm [R, F], from parts [R] and [R, F]."""
    return effectiveness[:, None] * unduplicated


def update(
    value_added: Column,
    knowledge: Column,
    intensity: Column,
    zone_firms: Group,
    zone_yield: Column,
    p: Research,
    dt: float,
) -> Stocks:
    """Return research and knowledge of all firms [N] after ``dt`` years.

    Args:
        value_added: [N] bn yuan a quarter.
        knowledge: [N] bn yuan.
        intensity: research per value added of its province, area and tier [N].
        zone_firms: firms in zone areas.
        zone_yield: for each of these, knowledge gained per research [n]; it is 1 outside.
        p: parameters.
        dt: years.
    """
    research = intensity * value_added
    stock = knowledge * (1 - share_closed(p.depreciation, dt))
    stock += research
    zone_firms.add(stock, zone_firms.of(research) * (zone_yield - 1))
    return Stocks(research, stock)


def joint_knowledge(
    stock: Column, fund: float, coordination: Column, gdp: Column, field_value: Column, p: Research, dt: float
) -> Column:
    """Return the knowledge of the joint fund [R, F] after ``dt`` years and ``fund`` bn yuan for it in last quarter.

    ``coordination`` [R] is that of provinces with an open zone, 0 elsewhere; ``field_value`` [F] is national
    value added, of which new fields count.
    """
    new = np.zeros_like(field_value)
    new[NEW_FIELDS] = field_value[NEW_FIELDS]
    weight = coordination * gdp
    spent = fund * (ratio(weight, national(weight))[:, None] * ratio(new, national(new)))
    return (1 - share_closed(p.depreciation, dt)) * stock + spent


def patents(
    research: Column, talents: Column, spillover_ratio: Column, productivity_trend: Column, scale: Column, p: Research
) -> Column:
    """Return the index of patents by province [R].

    Args:
        research: [R] bn yuan a quarter.
        talents: [R] FTE.
        spillover_ratio: spillover relative to 2013Q1 [R].
        productivity_trend: provincial difference since 2013 [R, log].
        scale: factor that shares an index of 100 in 2013Q1 as published applications [R].
        p: parameters.
    """
    by_research, by_talents, by_spillover = p.patent_elasticity
    trend = np.exp(p.patent_trend * productivity_trend)
    made = power(research, by_research) * power(talents, by_talents) * power(spillover_ratio, by_spillover)
    return scale * made * trend


def subsidy(support: Column, intensity: Column, zone_value: Column, p: Research) -> Column:
    """Return what the support costs by province [R], bn yuan a quarter, from zone value added [R, K]."""
    return p.subsidy_rate * support * (intensity[:, 1] * zone_value).sum(1)


def step(model: World, p: Research) -> None:
    """Wire `update` to firms, provinces and zones."""
    firms, regions, zones, levers, base = model.firms, model.regions, model.zones, model.levers, model.base
    zone_value = zones.to_regions(zones.value_added_by_tier)
    joint = np.multiply(levers.joint_innovation, regions.coordination_degree)
    extra = induced(levers.research_support, p)
    gain = np.subtract(regions.business_environment, base.business_environment)
    multiplier = base.research_multiplier * np.exp(regions.research_trend)
    spent = intensity(extra, levers.ip_protection, gain, multiplier, trend(model.clock.years, p), p)
    spent = crowded_out(spent, by_area(regions.value_added_by_tier, zone_value), extra, regions.zone_open, p)
    own = zone_yield(
        effectiveness(extra, levers.research_collaboration, joint, p),
        unduplicated(zones.to_regions(zones.crowding), levers.speciality_plan, joint, p),
    )
    zone_firms = firms.of_zones
    firms.research, firms.knowledge = update(
        firms.value_added,
        firms.knowledge,
        firms.exactly_of_cell(spent),
        zone_firms,
        firms.at_field(own, zone_firms),
        p,
        model.dt,
    )
    regions.research = firms.sum_by_region(firms.research)
    regions.patents = patents(
        regions.research,
        regions.talents,
        ratio(row_sums(regions.spillover), row_sums(base.spillover), empty=1.0),
        regions.productivity_trend,
        base.patents_scale,
        p,
    )
    regions.joint_knowledge = joint_knowledge(
        regions.joint_knowledge,
        model.nation.fund_for_research,
        np.multiply(regions.coordination_degree, regions.zone_open),
        regions.gdp,
        model.nation.field_value_added,
        p,
        model.dt,
    )
    zones.research_subsidy = subsidy(levers.research_support, spent, zone_value, p)[zones.region]
