"""Foreign investment: how much FDI comes, to which province, inside or outside the zone, to which tier and field.

Every quarter (dt = 0.25 years). Alternatives are province r, area h (0 outside, 1 zone area), tier k:

    v_rhk = ln fdi0_r + ln share0_k + ln cap_rh + openness o_k O_rh (1 - discount) + environment (Q_r - Q_r(0))
          + return_effect (ret_rk - ret_rk(0)) + size ln size_rk + talent dT_r + agreement f_k A_r - crowd_rh + zone_rhk
    ret   = rho alpha 4 VA_rk / K_rk - depreciation of capital, its change within return_cap
    size  = (VA_rk/VA_rk(0)) / (VA/VA(0))
    A_r   = mean alignment x exposure_r + accession_share acc + exchange_share market_access_exchange
    crowd = outside_congestion congestion (ln dens_r)+                                     outside
            congestion (1 - op relief land_flexibility) (1 - op relief land_quota_trade cd) (ln load_z)+  inside
    load  = (VA_z/VA_z(0)) / (Y/Y(0)), of the area, open or not
    zone  = op {attraction + rule_of_law (fair_competition + dispute_resolution + ip_protection)
                (law_floor + (1 - law_floor) law) + [k >= 1] (tax dtau + offshore offshore_business)}  inside
    V     = ln sum exp v
    pool  = base dt cycle exp(pool_response (V - V(0))) shock crisis,     FDI_rhk = pool exp(v_rhk - V)
    FDI_i = FDI_rhk w_i / sum of w in the cell,   w_i = va_i exp(services producer_f S_rh (1 - discount))
    FK_rf' = exp(-depreciation dt) FK_rf + sum of FDI_i,   sum of FK = stock in 2013

    fdi0, share0  shares of provinces and tiers in 2013               [share]
    cap           shares of the two areas in the room for FDI: zone_capacity a_r inside, 1 at most; the zone area
                  is absent (0) in provinces that never have a zone   [share]
    a             size of the zone area relative to its first one, see `delimiting`; VA_z(0) is that of the area
                  as it is now                                        [1]
    O             effective openness: the zone's inside an open zone, else the nation's   [0 to 1]
    discount      part of the worth of openness that its possible end takes               [share]
    S, producer   openness of services likewise; part of producer services in a field     [0 to 1; share]
    ret           net return on capital                                                   [1/yr]
    FK            foreign capital of province and field                                   [bn yuan]
    Q, dens, dT   business environment; relative density of GDP; log talent gap           [0 to 1; 1; log]
    dtau          cut of the tax rate that firms counted on in the last quarter           [share]
    FDI, pool     [bn yuan a quarter];  base [bn yuan a year];  depreciation [1/yr]

Economic logic: capital goes where it earns more and is let in, and where it comes the return falls. A place or tier
that has grown to twice its size offers twice as many projects, so at equal returns it gets twice the FDI. Lists of
services open the part of a field that is a service to producers, so inside a tier FDI follows that part; how much
comes in all is already in O. Land has no price here, so what a crowded place costs stands beside the return.
Decisive parameter: openness_effect. It would be falsified by FDI that does not answer when a field is opened.

What is meant for a cell (province, area, tier) without firms goes to the outside cell of its tier, then to tier 0
outside, then to all firms of the province; ``regions.fdi`` and ``zones.fdi`` hold what was meant,
``firms.fdi_received`` and ``regions.fdi_by_field`` what arrives. A zone area with fewer than five firms has no load;
the return of a tier that had no capital in 2013 counts as unchanged. Off means no FDI at all, and foreign capital
stays at that of 2013; for fixed shares set the effects to 0.

Claims:  M-DYN, M-MA, M-STRINV, M-LAND, M-LANDX, M-FC, M-DR, M-IP, M-CIT, M-OFFS, M-STRUCT, M-XNL, M-BRI, M-FEED,
         M-OFDI, M-MISALL
Reads:   firms.value_added; regions.zone_open, zone_area, value_added_by_tier, capital, density, talent_gap, glass_door,
         business_environment, openness_by_area, exposure, coordination_degree; zones.firms, value_added,
         value_added_2013, tax_advantage; partners.export_share_2013, alignment; nation.gdp, fdi_cycle, fdi_shock, law,
         capital_share, reversal_discount, services_openness_zone, services_openness_national, glass_door,
         accession_weight, crisis_fdi_factor; levers.offshore_business, ip_protection, fair_competition,
         dispute_resolution, land_flexibility, land_quota_trade, market_access_exchange; base.gdp, value_added_by_tier,
         net_return, business_environment, fdi_share, world
Writes:  firms.fdi_received; regions.fdi, fdi_by_field, fdi_stock; zones.fdi, fdi_high_tech; nation.fdi,
         fdi_value_2013
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model import foreign_capital
from ftz_sim.model.axes import dot, either, national, side_by_side
from ftz_sim.model.columns import Array, Column, Flag, Index
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms.glass_door import by_area, effective_openness
from ftz_sim.model.mechanisms.markets import by_tier
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.returns import net_return

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-DYN M-STRINV: +gdp +emerging_share"


TINY = 1e-9  # keeps the logarithm of an empty tier finite


class ForeignInvestment(Params):
    """Keys a scenario may set under ``foreign_investment:``."""

    base: float = param(730.0, "FDI of 2013", unit="bn yuan/yr", low=700.0, high=760.0, grade="D", source="data")
    openness_effect: float = param(
        1.3, "pull of openness", unit="1", low=0.4, high=2.2, grade="C", source="calibrated, mistura2019"
    )
    environment_effect: float = param(
        1.0, "pull of the business environment", unit="1", low=0.3, high=2.0, source="benassy2007"
    )
    return_effect: float = param(
        20.0,
        "pull of the net return on capital, per unit",
        unit="yr",
        low=0.0,
        high=40.0,
        source="feld2011, demooij2003",
    )
    return_cap: float = constant(
        0.25, "largest change of the net return that counts, as capital may all but vanish", unit="1/yr"
    )
    services_effect: float = param(
        1.0, "pull of a field whose producer services are open, inside its tier", unit="1", low=0.0, high=2.0
    )
    initial_stock: float = param(5000.0, "foreign capital of 2013", unit="bn yuan", low=3500.0, high=6500.0)
    talent_effect: float = param(0.20, "pull of talents", unit="1", low=0.0, high=0.5)
    tax_semielasticity: float = param(
        2.9, "pull per unit of tax", unit="1", low=1.0, high=5.0, grade="L", source="feld2011, demooij2003"
    )
    congestion: float = param(0.55, "cost of a crowded zone area", unit="1", low=0.2, high=1.2)
    land_relief: float = param(0.3, "share of congestion that land reform removes", unit="share", low=-0.15, high=0.6)
    agreement_effect: float = param(1.0, "pull of trade agreements", unit="1", low=-0.5, high=2.0)
    exchange_share: float = param(0.05, "weight of an exchange of market access", unit="1", low=-0.025, high=0.15)
    rule_of_law_effect: float = param(0.25, "pull of each of three legal guarantees", unit="1", low=-0.125, high=0.5)
    offshore_effect: float = param(0.10, "pull of offshore business", unit="log", low=-0.05, high=0.3)
    pool_response: float = param(
        0.35, "response of all FDI; 0 only shifts it, 1 draws all of it anew", unit="1", low=0.05, high=0.8
    )
    zone_capacity: float = param(
        0.172, "room of a zone area", unit="share", low=0.08, high=0.25, grade="C", source="calibrated"
    )
    zone_attraction: float = param(
        0.0, "pull of the zone's name; above 0 only for diagnosis", unit="log", sampled=False
    )
    depreciation: float = param(0.08, "depreciation of the FDI stock", unit="1/yr", low=0.05, high=0.1, grade="A")
    tier_share: tuple[float, float, float] = param(
        (0.785, 0.203, 0.012),
        "shares of tiers in FDI before openness acts",
        unit="share",
        low=(0.7, 0.1, 0.006),
        high=(0.9, 0.3, 0.024),
        grade="C",
        source="calibrated",
        positive=True,
        sampled=False,
    )
    tier_openness: tuple[float, float, float] = constant((0.6, 1.2, 1.2), "weight of openness by tier")
    tier_agreement: tuple[float, float, float] = constant((0.6, 1.1, 1.1), "weight of agreements by tier")
    size_effect: float = constant(1.0, "projects that a place and tier offer, per size: 1 is in proportion")
    outside_congestion: float = constant(0.5, "congestion outside the zone area, relative to inside")
    law_floor: float = constant(0.5, "strength of legal guarantees without a zone law", unit="share")
    accession_share: float = constant(0.12, "accession relative to full alignment")
    share_floor: float = constant(1e-4, "smallest share of a province", unit="share", positive=True)
    comparable_firms: float = constant(5.0, "firms that a zone area needs to be crowded", unit="firms")


class Zonal(NamedTuple):
    """What an open zone offers; [R], 0 where no zone is open."""

    is_open: Column  # 0 or 1
    guarantees: Array  # [3, R] levels of the three legal guarantees
    tax_cut: Column  # last quarter's tax advantage
    offshore: Column  # level of offshore_business
    land: Column  # level of land_flexibility
    land_trade: Column  # level of land_quota_trade
    coordination: Column  # coordination degree


class Choice(NamedTuple):
    """Outcome of the choice of location."""

    shares: Array  # [R, 2, K], sum 1
    value: float  # expected value of the best location, log


def prior(fdi_share: Column, area: Column, p: ForeignInvestment) -> Array:
    """Return the weight of each alternative before anything acts [R, 2, K]; 0 where the zone ``area`` [R] is 0."""
    in_zone = np.minimum(p.zone_capacity * area, 1.0)
    room = np.maximum(fdi_share, p.share_floor)[:, None] * side_by_side(1 - in_zone, in_zone)
    return room[:, :, None] * np.array(p.tier_share)


def agreements(alignment: float, exposure: Column, accession: float, exchange: float, p: ForeignInvestment) -> Column:
    """Return the pull of agreements [R] from export-weighted alignment, exposure [R] and the nation's part."""
    return alignment * exposure + (p.accession_share * accession + p.exchange_share * exchange)


def size(value_added: Array, value_added_2013: Array) -> Array:
    """Return the size of tiers [R, K] relative to 2013 and to the nation's."""
    nation = national(value_added_2013, 2) / national(value_added, 2)
    return np.maximum(ratio(value_added, value_added_2013, empty=1.0), TINY) * nation


def return_change(now: Array, before: Array, p: ForeignInvestment) -> Array:
    """Return the change of net returns that counts [R, K; 1/yr]; 0 where there is, or was, no capital (nan)."""
    change = np.minimum(np.maximum(now - before, -p.return_cap), p.return_cap)
    return np.where(np.isnan(change), 0.0, change)


def load(
    value_added: Column,
    value_added_2013: Column,
    firms: Array,
    gdp: float,
    gdp_2013: float,
    p: ForeignInvestment,
) -> Column:
    """Return value added of zone areas relative to 2013 and to the nation's growth [Z]."""
    growth = gdp / gdp_2013
    load = ratio(value_added, value_added_2013, empty=growth) / growth
    return np.where(firms >= p.comparable_firms, load, 1.0)


def crowding(density: Column, load: Column, zone: Zonal, p: ForeignInvestment) -> Array:
    """Return the cost of crowded places outside and inside the zone area [R, 2], log."""
    own_land = 1 - p.land_relief * zone.is_open * zone.land
    land_of_others = 1 - p.land_relief * zone.is_open * zone.land_trade * zone.coordination
    outside = p.outside_congestion * p.congestion * np.log(np.maximum(density, 1))
    in_zone = p.congestion * own_land * land_of_others * np.log(np.maximum(load, 1))
    return side_by_side(outside, in_zone)


def zone_pull(zone: Zonal, law: float, p: ForeignInvestment) -> Array:
    """Return what draws FDI into the zone area by tier [R, K], log."""
    strength = p.law_floor + (1 - p.law_floor) * law
    every_tier = p.zone_attraction + p.rule_of_law_effect * strength * zone.guarantees.sum(axis=0)
    new_industry = p.tax_semielasticity * zone.tax_cut + p.offshore_effect * zone.offshore
    of_new = every_tier + new_industry
    return zone.is_open[:, None] * side_by_side(every_tier, of_new, of_new)


def province_pull(environment: Column, environment_2013: Column, talent_gap: Column, p: ForeignInvestment) -> Column:
    """Return what draws FDI into the province whatever area and tier [R], log."""
    return p.environment_effect * (environment - environment_2013) + p.talent_effect * talent_gap


def utility(
    province: Column,
    openness: Array,
    returns: Array,
    size: Array,
    agreement: Column,
    crowd: Array,
    zone: Array,
    p: ForeignInvestment,
) -> Array:
    """Add up the pulls of all alternatives [R, 2, K]; openness and crowd are [R, 2], returns, size and zone [R, K]."""
    by_tier = p.return_effect * returns + p.size_effect * np.log(size)
    by_tier = by_tier + p.agreement_effect * agreement[:, None] * np.array(p.tier_agreement)
    by_area = p.openness_effect * openness[:, :, None] * np.array(p.tier_openness) - crowd[:, :, None]
    total = province[:, None, None] + by_tier[:, None] + by_area
    total[:, 1] += zone
    return total


def choose(prior: Array, utility: Array) -> Choice:
    """Return the logit shares of all alternatives and the expected value of the best."""
    top = utility.max(axis=(0, 1, 2))
    weight = prior * np.exp(utility - top)
    total = national(weight, 3)
    return Choice(weight / total, top + np.log(total))


def since(stored: float, value: float) -> float:
    """Return the value of 2013 once it is stored, and the present one in the first quarter."""
    return either(np.isnan(stored), value, stored)


def pool(
    value: float, value_2013: float, cycle: float, shock: float, crisis: float, p: ForeignInvestment, dt: float
) -> float:
    """Return all FDI of ``dt`` years [bn yuan]; cycle, shock and crisis are factors."""
    return p.base * dt * cycle * np.exp(p.pool_response * (value - value_2013)) * shock * crisis


def allocate(pool: float, shares: Array) -> Array:
    """Return the FDI meant for each alternative [R, 2, K, bn yuan]."""
    return pool * shares


def at_zones(fdi: Array, home: Index, is_open: Flag) -> Array:
    """Return FDI into open zones by tier [Z, K]; ``home`` is the province of each zone."""
    return fdi[home, 1] * is_open[:, None]


def step(model: World, p: ForeignInvestment) -> None:
    """Wire the functions above to firms, provinces, zones and the nation."""
    firms, regions, zones, nation, base = model.firms, model.regions, model.zones, model.nation, model.base
    choice = choose(prior(base.fdi_share, regions.zone_area, p), _utility(model, p))
    nation.fdi_value_2013 = since(nation.fdi_value_2013, choice.value)
    nation.fdi = pool(
        choice.value,
        nation.fdi_value_2013,
        nation.fdi_cycle,
        nation.fdi_shock,
        nation.crisis_fdi_factor,
        p,
        model.dt,
    )
    regions.fdi = allocate(nation.fdi, choice.shares)
    weight = foreign_capital.firm_weights(firms, _field_pull(model, p))
    arriving = foreign_capital.rates(regions.fdi, firms.sum_by_cell(weight))
    firms.fdi_received = firms.exactly_of_cell(arriving) * weight
    regions.fdi_by_field = firms.sum_by_region_field(firms.fdi_received)
    regions.fdi_stock = foreign_capital.stock(regions.fdi_stock, regions.fdi_by_field, p.depreciation, model.dt)
    into_zones = at_zones(regions.fdi, zones.region, regions.has_open_zone[zones.region])
    zones.fdi, zones.fdi_high_tech = into_zones.sum(axis=1), into_zones[:, 1:].sum(axis=1)


def _field_pull(model: World, p: ForeignInvestment) -> Array:
    regions, nation = model.regions, model.nation
    services = by_area(
        effective_openness(nation.services_openness_zone, regions.glass_door),
        effective_openness(nation.services_openness_national, nation.glass_door),
        regions.zone_open,
    )
    opened = services * (1 - nation.reversal_discount)
    return foreign_capital.field_pull(opened, model.base.world.producer, p.services_effect)


def _utility(model: World, p: ForeignInvestment) -> Array:
    regions, zones, nation, base, levers = model.regions, model.zones, model.nation, model.base, model.levers
    partners = model.partners
    zone = Zonal(
        regions.zone_open,
        np.array((levers.fair_competition, levers.dispute_resolution, levers.ip_protection)),
        zones.to_regions(zones.tax_advantage),
        levers.offshore_business,
        levers.land_flexibility,
        levers.land_quota_trade,
        regions.coordination_degree,
    )
    loads = load(zones.value_added, zones.value_added_2013, zones.firms, nation.gdp, base.gdp, p)
    returns = net_return(
        regions.value_added_by_tier,
        by_tier(regions.capital),
        nation.capital_share,
        model.params.investment.depreciation,
    )
    return utility(
        province_pull(regions.business_environment, base.business_environment, regions.talent_gap, p),
        regions.openness_by_area * (1 - nation.reversal_discount),
        return_change(returns, base.net_return, p),
        size(regions.value_added_by_tier, base.value_added_by_tier),
        agreements(
            dot(partners.export_share_2013, partners.alignment),
            regions.exposure,
            nation.accession_weight,
            levers.market_access_exchange,
            p,
        ),
        crowding(regions.density, zones.to_regions(loads), zone, p),
        zone_pull(zone, nation.law, p),
        p,
    )
