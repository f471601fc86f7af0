"""Industrial upgrading: factors x dynamics x digitisation let an incumbent climb a tier.

One quarter (dt = 0.25 years); a hazard h draws with probability 1 - exp(-h dt):

    FS_r  = 3 / (1/x1 + 1/x2 + 1/x3),  x = talents per worker, research per GDP, digital capability,
            each relative to the nation of 2013 and clipped to [clip_low, clip_high]
    DY_i  = exp(openness_slope O_i + environment_slope (Q_r - Q0_r) + finance_slope F_r z_i)
    h_i   = hazard_k FS_r^factor_exponent DY_i exp(digital_slope (D_i - digital_reference))
            (1 + z_i package_effect G_r)                                          tier 2 is the top
    climb: tier k + 1; a field of that tier by appeal or, in an open zone with probability target_pull, by the
           zone's target restricted to that tier; base productivity + upgrade_gain
    appeal_rf = s_f max(LQ_rf, lq_floor)^field_exponent p_rf^price_response
           [1 + z_i chain_effect C_r if f is among the three largest chain gaps of the province]

    FS    factor index: the scarcest of three necessary elements binds       [1; nation of 2013 = 1]
    O     effective openness of the zone area or of the nation               [0 to 1]
    Q, D  business environment; digitisation of the firm                     [0 to 1]
    s, LQ share of a field in value added of 2013; location quotient         [share; 1]
    p     price of value added; where there is no firm, at which one could sell  [2013 = 1]
    F, C, G  levers financial_opening, chain_policy, integrated_reform       [0 to 1]
    z_i   1 for a firm in an open zone, else 0

Chain policy acts on nothing else: what it does downstream is the market's. An empty target leaves the choice to
prices and location. Off: nobody climbs; the factor index stays at its
start.

Claims:  M-FAC, M-DYN, M-IND, F-ECO3, M-CHAIN, M-HIGHEND, M-SERVM, M-TRANS, M-DEMOPARK, M-INTEG, M-COORDEF, M-KPF,
         M-COUPLE, M-ICHAIN, M-FIN, M-DCA, M-CAPM, M-UPDOWN, M-GVC
Reads:   draws; firms.zone, in_open_zone, digital; regions.gdp, workers, talents, location_quotient,
         business_environment, openness_by_area, digital_capability, research, net_price, chain_gap;
         zones.target, target_pull; levers.integrated_reform, financial_opening, chain_policy;
         base.talents_per_worker, research_per_gdp, business_environment, digital_capability_nation, field_share
Writes:  firms.tier, field, base_productivity, upgrade_quarter; regions.factor_index
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from ftz_sim.model.axes import inside, power
from ftz_sim.model.columns import N_TIERS, TIER_OF_FIELD, Array, Regions, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-IND M-TRANS F-ECO3: +emerging_share +advancement"

FIELDS_OF_TIER = np.arange(N_TIERS)[:, None] == TIER_OF_FIELD  # [K, F]
CHAIN_GAPS = 3  # fields with the dearest inputs that chain policy goes for
TINY = 1e-9  # keeps a share that is used as a divisor above 0


class IndustrialUpgrading(Params):
    """Keys a scenario may set under ``industrial_upgrading:``."""

    hazard: tuple[float, float] = param(
        (0.0036, 0.0021),
        "hazard of climbing from tier 0 and from tier 1",
        unit="1/yr",
        low=0.001,
        high=0.012,
        grade="C",
        source="calibrated",
    )
    openness_slope: float = param(0.6, "effect of openness", unit="log", low=-0.3, high=0.9)
    environment_slope: float = param(0.5, "effect of the business environment", unit="log", low=-0.25, high=0.75)
    digital_slope: float = param(1.0, "effect of digitisation", unit="log", low=0.5, high=1.5)
    finance_slope: float = param(0.09, "effect of financial opening", unit="log", low=-0.045, high=0.135)
    price_response: float = param(
        1.0, "pull of the price of value added in the choice of a field", unit="1", low=0.0, high=2.0
    )
    chain_effect: float = param(0.35, "pull of chain policy to fields with dear inputs", unit="1", low=-0.175, high=0.8)
    package_effect: float = param(0.10, "effect of integrated reform", unit="1", low=-0.05, high=0.3)
    upgrade_gain: float = param(0.02, "productivity gained by a climb", unit="log", low=0.0, high=0.05)
    factor_exponent: float = constant(0.5, "elasticity of the hazard to the factor index", unit="1")
    digital_reference: float = constant(0.3, "digitisation at which the hazard is printed", unit="share")
    clip_low: float = constant(0.2, "least relative factor", unit="1", positive=True)
    clip_high: float = constant(5.0, "largest relative factor", unit="1", positive=True)
    lq_floor: float = constant(0.05, "least location quotient in the choice of a field", unit="1")
    field_exponent: float = constant(0.5, "weight of the location quotient in that choice", unit="1")

    @property
    def hazard_of_tiers(self) -> tuple[float, float, float]:
        """Highest tier included, from which nobody climbs [K]."""
        return (*self.hazard, 0.0)


class Choice(Protocol):
    """Parameters of the choice of a field, whoever chooses."""

    @property
    def lq_floor(self) -> float: ...  # noqa: D102
    @property
    def field_exponent(self) -> float: ...  # noqa: D102
    @property
    def price_response(self) -> float: ...  # noqa: D102
    @property
    def chain_effect(self) -> float: ...  # noqa: D102


class Climbs(NamedTuple):
    """Firms that climb [n], and what is left of their draws for the choice of a field: again uniform in [0, 1)."""

    firms: Group
    rest: Array


def factor_index(
    talents_per_worker: Column, research_per_gdp: Column, digital_capability: Column, p: IndustrialUpgrading
) -> Column:
    """Return the index of factors [R]: the harmonic mean of three ratios to the nation of 2013 [R]."""
    factors = np.array((talents_per_worker, research_per_gdp, digital_capability))
    return 3 / (1 / np.minimum(np.maximum(factors, p.clip_low), p.clip_high)).sum(0)


def hazards(
    factor_index: Column,
    openness: Column,
    environment_gain: Column,
    finance: Column,
    package: Column,
    p: IndustrialUpgrading,
) -> Column:
    """Return the yearly hazard of climbing at D = digital_reference by province, area and tier [R, 2, K].

    ``openness`` is [R, 2], the rest [R]; the last two are levers.
    """
    province = power(factor_index, p.factor_exponent) * np.exp(p.environment_slope * environment_gain)
    dynamics = np.exp(p.openness_slope * openness + inside(p.finance_slope * finance))
    support = 1 + inside(p.package_effect * package)
    return (province[:, None] * dynamics * support)[:, :, None] * np.array(p.hazard_of_tiers)


def split(draws: Array, chance: Column) -> tuple[Array, Array]:
    """Tell whether ``draws`` is below ``chance`` [n], and where in its part it lies: again uniform in [0, 1)."""
    hit = draws < chance
    return hit, np.where(hit, draws / np.maximum(chance, TINY), (draws - chance) / np.maximum(1 - chance, TINY))


def largest_chance(hazards: Column, p: IndustrialUpgrading, dt: float) -> float:
    """Return a probability of climbing in ``dt`` years that no firm exceeds, from ``hazards`` [R, 2, K]."""
    steepest = np.maximum(-p.digital_slope * p.digital_reference, p.digital_slope * (1 - p.digital_reference))
    return share_closed(hazards.max(axis=(0, 1, 2)) * np.exp(steepest), dt)


def climbing(
    candidates: Group, draws: Array, digital: Single, hazard: Column, p: IndustrialUpgrading, dt: float
) -> Climbs:
    """Return the firms that climb in ``dt`` years.

    Only the ``candidates``, whose draw is below what no probability exceeds, need a closer look.
    The draw of a climber is uniform below its probability, so its position there serves for one more choice.

    Args:
        candidates: all firms whose draw is below the largest chance.
        draws: theirs [n].
        digital: degree of digitisation [N].
        hazard: theirs at D = digital_reference, a year [n].
        p: parameters.
        dt: years.
    """
    distance = candidates.of(digital).astype(float) - candidates.own(p.digital_reference)
    push = np.exp(candidates.own(p.digital_slope) * distance)
    climbs, rest = split(draws, share_closed(hazard * push, dt))
    return Climbs(candidates.that(climbs), rest[climbs])


def field_appeal(weight: Column, regions: Regions, chain_policy: Column, p: Choice) -> Column:
    """Return how much the fields attract newcomers without a plan [R, 2, F], outside and inside an open zone.

    Args:
        weight: of fields [F].
        regions: location quotients, prices of value added and chain gaps are read [R, F].
        chain_policy: level of the lever [R].
        p: parameters of whoever chooses.
    """
    quotient = power(np.maximum(regions.location_quotient, p.lq_floor), p.field_exponent)
    appeal = weight * quotient * np.exp(p.price_response * regions.net_price)
    gap = regions.chain_gap
    wanted = (gap > 0) & (gap >= np.partition(gap, -CHAIN_GAPS, axis=1)[:, -CHAIN_GAPS][:, None])
    pulled = appeal * (1 + wanted * (p.chain_effect * chain_policy)[:, None])
    return np.stack([appeal, pulled], axis=1)


def choose_field(
    firms: Group,
    draws: Array,
    tier: Array,
    region: Array,
    in_open_zone: Array,
    pull: Column,
    appeal: Column,
    target: Column,
) -> Array:
    """Return the field of ``n`` newcomers, by the zone's plan or by appeal.

    One draw serves for both questions: below ``pull`` the firm follows the plan; the position of the draw
    inside its part is again uniform and picks the field.

    Args:
        firms: these firms.
        draws: uniform draws [n].
        tier: tier of the newcomer [n].
        region: its province [n].
        in_open_zone: whether it sits in one [n].
        pull: probability that it follows the plan [n], 0 outside an open zone.
        appeal: attraction of fields outside and inside an open zone [R, 2, F].
        target: planned shares of new fields [R, F].
    """
    follows, rest = split(draws, pull)
    in_tier = FIELDS_OF_TIER[tier]
    plan = firms.at(target, region) * in_tier
    planned = follows & plan.any(1)
    shares = np.where(planned[:, None], plan, firms.at(appeal, region, in_open_zone.astype(np.intp)) * in_tier).cumsum(
        1
    )
    threshold = np.minimum(rest, 1 - TINY) * shares[:, -1]
    return (shares <= threshold[:, None]).sum(1)


def step(model: World, p: IndustrialUpgrading) -> None:
    """Wire `climbing` and `choose_field` to the rows of the firms that climb."""
    firms, regions, zones, levers, base = model.firms, model.regions, model.zones, model.levers, model.base
    regions.factor_index = factor_index(
        ratio(ratio(regions.talents, regions.workers), base.talents_per_worker),
        ratio(ratio(regions.research, regions.gdp), base.research_per_gdp),
        ratio(regions.digital_capability, base.digital_capability_nation),
        p,
    )
    rates = hazards(
        regions.factor_index,
        regions.openness_by_area,
        np.subtract(regions.business_environment, base.business_environment),
        levers.financial_opening,
        levers.integrated_reform,
        p,
    )
    candidates = model.stream("industrial_upgrading").below(len(firms), largest_chance(rates, p, model.dt))
    few = firms.group(candidates.rows)
    climb, rest = climbing(few, candidates.draws, firms.digital, firms.at_cell(rates, few), p, model.dt)
    region, tier = climb.of(firms.region).astype(np.intp), np.add(climb.of(firms.tier), 1)
    field = choose_field(
        climb,
        rest,
        tier,
        region,
        climb.of(firms.in_open_zone),
        np.multiply(climb.at(zones.to_regions(zones.target_pull), region), climb.of(firms.in_open_zone)),
        field_appeal(base.field_share, regions, levers.chain_policy, p),
        zones.to_regions(zones.target),
    )
    climb.put(firms.field, field)
    climb.put(firms.tier, tier)
    climb.add(firms.base_productivity, np.float32(climb.own(p.upgrade_gain)))
    climb.put(firms.upgrade_quarter, model.clock.index)
    firms.reindex(climb.rows)
