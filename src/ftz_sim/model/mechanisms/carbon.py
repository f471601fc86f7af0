"""Carbon: intensity falls by trend, price, budget, gate, retrofit, cooperation and digitisation.

One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt):

    E_i     = 0.1 e_i va_i                                 booked before e moves, with va of this quarter
    B_z     = mean E_z of the four quarters before, in the quarter the budget starts; then
              B_z exp(-budget_decline dt) (Y / Y(t-1))^budget_elasticity
    a_z     = accounting_base + (1 - accounting_base) carbon_accounting
    pcz_z   = carbon_budget a clip(budget_response ln(mean E_z of the four quarters to now / B_z), 0, price_cap)
    price_i = national price (u + (1 - u) carbon_market z_i) + pcz z_i
    gate_i  = green_gate a z_i [e_i > gate_threshold typical e of its field] (1 - X/Y of region and tier)+
    d ln e_i= -dt [trend + productivity_saving growth_r + abatement_response price_i + gate_effect gate_i
              + symbiosis cd_r + retrofit_effect green_retrofit z_i [k = 0]
              + cooperation_effect green_standards z_i [k >= 1]]
              - digital_effect dD_i
              - step(convergence) (ln e_i - ln typical e of region and field)+ [climbed lately]
    abatement cost_i = -ln(1 - min(cost_cap, resource_share price_i e_i / 10^4))
    sink_r' = sink_r (1 + step(sink_growth) carbon_sinks)

    e       emission intensity                              [t CO2 per 10^4 yuan]
    va, Y   value added of the firm, GDP                    [bn yuan/quarter]
    E, B    emissions, budget of the zone area              [Mt/quarter]
    price   carbon price, pcz: on top of the nation's       [yuan/t]
    u       unpriced_base: part of the price that reaches firms outside a carbon market
    z_i     1 for a firm in an open zone, else 0
    dD, cd, X  change of digitisation; coordination degree; exports
    growth_r  provincial trend of productivity around the nation's            [1/yr]

"Typical" is the geometric mean over firms (it equals the median when intensities are log-normal, and costs
one pass); an empty cell takes its field's value. A budget starts in the later of the lever's first quarter
and the zone's fifth, needs 5 firms, and is nan otherwise. The cost is booked at the intensity before it
moves, and production meets it in the next quarter. Productivity that lifts a province saves energy as it saves
other inputs; the nation's is part of ``trend``. Cannot be switched off, because emissions are booked
here; with all rates at 0 intensity stays as it is.

Claims:  M-CMKT, M-CBUD, M-CACC, M-GGATE, M-LINE, M-GREENT, M-GSUB, M-ECOIND, M-CSINK, M-GSTD, M-GPLAT, M-CIRC,
         T-2C, M-SAFE, M-GTECH, M-GTRADE, M-GPARK, M-GDESIGN, M-ECOSAFE, M-GINFRA, M-GPROD
Reads:   firms.zone, tier, field, value_added, digital_change, upgrade_quarter; regions.value_added_by_tier,
         exports, coordination_degree, productivity_growth; zones.opening_quarter, firms; nation.last_gdp,
         carbon_price; levers.green_gate, carbon_accounting, carbon_budget, carbon_market, carbon_sinks,
         green_retrofit, green_standards
Writes:  firms.emission_intensity, abatement_cost; regions.emissions, sink; zones.emissions, last_emissions,
         carbon_budget, carbon_price
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import inside, national, power, row_sums, side_by_side
from ftz_sim.model.columns import N_ZONES, Array, Flag, Index, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.mechanisms.markets import remember_zones
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

MT_PER_UNIT = 0.1  # (t per 10^4 yuan) x bn yuan = 0.1 Mt
YUAN = 1e4  # intensity is per 10^4 yuan
FLOOR = 1e-9  # smallest stock whose log is taken
BUDGET_FIRMS = 5  # a zone with fewer firms has no budget
BASE_QUARTERS = 4  # emissions of so many quarters make the first budget


class Carbon(Params):
    """Keys a scenario may set under ``carbon:``."""

    trend: float = param(
        0.028,
        "fall of intensity without any policy",
        unit="1/yr",
        low=0.008,
        high=0.030,
        grade="C",
        source="calibrated",
    )
    productivity_saving: float = param(
        0.91,
        "fall of intensity per provincial trend of productivity",
        unit="1",
        low=0.2,
        high=1.2,
        grade="C",
        source="calibrated",
    )
    abatement_response: float = param(
        2.2e-4, "fall of intensity per yuan/t", unit="1/yr per yuan/t", low=0.7e-4, high=5e-4
    )
    digital_effect: float = param(0.18, "fall of intensity with digitisation", unit="log", low=0.0, high=0.4, grade="A")
    gate_effect: float = param(0.016, "fall behind a green gate", unit="1/yr", low=-0.008, high=0.032)
    retrofit_effect: float = param(0.004, "fall under green retrofit, tier 0", unit="1/yr", low=-0.002, high=0.008)
    cooperation_effect: float = param(
        0.004, "fall under shared standards, tiers 1 and 2", unit="1/yr", low=-0.002, high=0.008
    )
    symbiosis: float = param(0.002, "fall under full coordination", unit="1/yr", low=-0.001, high=0.004)
    budget_decline: float = param(
        0.02, "decline of a carbon budget", unit="1/yr", low=0.0, high=0.04, grade="C", source="calibrated"
    )
    budget_response: float = param(300.0, "zone price per log point above budget", unit="yuan/t", low=100.0, high=600.0)
    price_cap: float = param(120.0, "highest zone price", unit="yuan/t", low=60.0, high=300.0)
    resource_share: float = param(0.125, "resource cost per carbon payment", unit="share", low=0.05, high=0.5)
    unpriced_base: float = constant(0.5, "part of the price that reaches firms outside a carbon market", unit="share")
    accounting_base: float = constant(0.5, "strength of policies without carbon accounting", unit="share")
    budget_elasticity: float = constant(0.2, "growth of a budget with GDP", unit="1")
    gate_threshold: float = constant(
        1.2, "intensity per typical intensity that the gate stops", unit="1", positive=True
    )
    convergence: float = constant(0.42, "speed toward typical intensity after a climb", unit="1/yr")
    convergence_quarters: float = constant(20.0, "quarters that this lasts", unit="quarters")
    sink_growth: float = constant(0.04, "growth of sinks under the full lever", unit="1/yr")
    cost_cap: float = constant(0.2, "highest share of output lost to abatement", unit="share")


class Typical(NamedTuple):
    """Log of the geometric mean of emission intensity."""

    by_cell: Column  # [R, F]
    by_field: Column  # [F]


class ZoneRows(NamedTuple):
    """The firms of the zone areas [n], open or not: zone, and strength of the green gate."""

    firms: Group
    zone: Array
    gate: Column


class Climbers(NamedTuple):
    """Firms that climbed lately [n], and log intensity typical of their region and field."""

    firms: Group
    typical: Column


class Effects(NamedTuple):
    """Emission intensity and log cost of abatement of every firm [N]."""

    intensity: Single
    cost: Single


def log_intensity(intensity: Single) -> Single:
    """Return ln of intensity [N]."""
    logs = np.maximum(intensity, np.float32(FLOOR))
    return np.log(logs, out=logs)


def typical(sums: Column, members: Index) -> Typical:
    """Return means of cells and fields, such as of log intensity, from sums over firms and their number, both [R, F].

    An empty cell takes the mean of its field, an empty field the nation's.
    """
    of_field, in_field = sums.sum(0), members.sum(0)
    nation = national(of_field) / np.maximum(national(in_field), 1)
    by_field = np.where(in_field > 0, of_field / np.maximum(in_field, 1), nation)
    return Typical(np.where(members > 0, sums / np.maximum(members, 1), by_field), by_field)


def strength(accounting: Column, p: Carbon) -> Column:
    """Return how far policies bite for want of carbon accounting [0 to 1]."""
    return p.accounting_base + (1 - p.accounting_base) * accounting


def budget(
    old: Column, last: Column, lever: Column, age: Column, firms: Index, growth: float, p: Carbon, dt: float
) -> Column:
    """Return the carbon budget of zones [Z], Mt a quarter; nan without one.

    Args:
        old: budget of last quarter [Z].
        last: emissions of the four quarters before [Z, 4].
        lever: carbon_budget [Z].
        age: quarters since the opening [Z].
        firms: firms in the zone area [Z].
        growth: GDP relative to last quarter.
        p: parameters.
        dt: years.
    """
    holds = (lever > 0) & (age >= BASE_QUARTERS) & (firms >= BUDGET_FIRMS)
    lowered = old * np.exp(-p.budget_decline * dt) * power(growth, p.budget_elasticity)
    return np.where(holds, np.where(np.isnan(old), last.mean(1), lowered), np.nan)


def zone_price(budget: Column, last: Column, lever: Column, strength: Column, p: Carbon) -> Column:
    """Return the carbon price of zones on top of the nation's [Z], yuan/t, from emissions to now [Z, 4]."""
    excess = np.log(np.maximum(ratio(last.mean(1), np.where(np.isnan(budget), 0.0, budget), empty=1.0), FLOOR))
    return lever * strength * np.minimum(np.maximum(p.budget_response * excess, 0), p.price_cap)


def price(of_nation: float, market: Column, zone_price: Column, p: Carbon) -> Column:
    """Return the carbon price that firms meet [R, 2], yuan/t."""
    reach = p.unpriced_base + inside((1 - p.unpriced_base) * market)
    return of_nation * reach + inside(zone_price)


def drift(
    productivity: Column, price: Column, retrofit: Column, standards: Column, coordination: Column, p: Carbon, dt: float
) -> Column:
    """Return the change of log intensity in ``dt`` years by province, area and tier [R, 2, K], gate apart."""
    regional = p.trend + p.productivity_saving * productivity + p.symbiosis * coordination
    common = regional[:, None] + p.abatement_response * price
    cleaner = p.cooperation_effect * standards
    by_tier = side_by_side(p.retrofit_effect * retrofit, cleaner, cleaner)
    return (common[:, :, None] + inside(by_tier)) * -dt


def payment(price: Column, p: Carbon) -> Column:
    """Return the carbon payment per unit of intensity that abatement avoids [R, 2], a share of output, below 0."""
    return price * (-p.resource_share / YUAN)


def gate(lever: Column, strength: Column, exports: Column, value_added: Column) -> Column:
    """Return the strength of the green gate [R, K]: it holds what is sold at home; exports are [R, K, P]."""
    return (lever * strength)[:, None] * np.maximum(1 - ratio(row_sums(exports, 2), value_added), 0.0)


def zone_rows(
    firms: Group,
    firms_zone: Array,
    tier: Array,
    field: Array,
    log_intensity: Single,
    gate: Column,
    typical: Column,
    p: Carbon,
) -> ZoneRows:
    """Collect what the gate asks of the firms of zone areas.

    Args:
        firms: these firms [n].
        firms_zone: zone [N].
        tier: [N].
        field: [N].
        log_intensity: [N].
        gate: strength of the gate [Z, K].
        typical: log intensity typical of a field [F].
        p: parameters.
    """
    zone = firms.of(firms_zone)
    dirty = firms.of(log_intensity) > np.log(firms.own(p.gate_threshold)) + firms.at(typical, firms.of(field))
    return ZoneRows(firms, zone, firms.at(gate, zone, firms.of(tier)) * dirty)


def climbed_lately(upgrade_quarter: Array, quarter: int, p: Carbon) -> Flag:
    """Tell which firms climbed within ``convergence_quarters`` [N]."""
    return upgrade_quarter >= np.maximum(quarter - p.convergence_quarters, 0)


def update(
    intensity: Single,
    log_intensity: Single,
    digital_change: Single,
    drift: Single,
    payment: Single,
    zone: ZoneRows,
    climbers: Climbers,
    p: Carbon,
    dt: float,
) -> Effects:
    """Return emission intensity after ``dt`` years and the cost of abatement.

    Args:
        intensity: t CO2 per 10^4 yuan [N].
        log_intensity: its log [N].
        digital_change: of this quarter [N].
        drift: what `drift` gives for the cell of the firm [N, log].
        payment: what `payment` gives for the cell of the firm, per unit of intensity [N].
        zone: firms of the zone areas.
        climbers: firms that climbed lately.
        p: parameters.
        dt: years.
    """
    change = digital_change * np.float32(-p.digital_effect)
    change += drift
    zone.firms.add(change, -dt * zone.firms.own(p.gate_effect) * zone.gate)
    above = np.maximum(climbers.firms.of(log_intensity) - climbers.typical, 0)
    climbers.firms.add(change, -share_closed(climbers.firms.own(p.convergence), dt) * above)
    np.exp(change, out=change)
    change *= intensity
    cost = payment * intensity
    np.log1p(np.maximum(cost, np.float32(-p.cost_cap), out=cost), out=cost)
    return Effects(change, np.negative(cost, out=cost))


def grown_sink(sink: Column, lever: Column, p: Carbon, dt: float) -> Column:
    """Return the carbon sinks [R], Mt a quarter, after ``dt`` years."""
    return sink * (1 + share_closed(p.sink_growth, dt) * lever)


def emissions(intensity: Single, value_added: Column) -> Column:
    """Return emissions of firms [N], Mt a quarter."""
    emitted = intensity.astype(np.float64)
    emitted *= value_added
    emitted *= MT_PER_UNIT
    return emitted


def _book_zones(model: World, emitted: Column, zone: ZoneRows, strong: Column, p: Carbon) -> None:
    """Book emissions of zone areas and set budgets and prices."""
    zones, nation, lever = model.zones, model.nation, model.levers.carbon_budget[model.zones.region]
    zones.emissions = zone.firms.totals(zone.zone, N_ZONES, zone.firms.of(emitted))
    age = model.clock.index - zones.opening_quarter
    growth = ratio(nation.last_gdp[-1], nation.last_gdp[-2], empty=1.0)
    zones.carbon_budget = budget(
        zones.carbon_budget, zones.last_emissions, lever, age, zones.firms, growth, p, model.dt
    )
    zones.last_emissions = remember_zones(zones.last_emissions, zones.emissions)
    zones.carbon_price = zone_price(zones.carbon_budget, zones.last_emissions, lever, strong[zones.region], p)


def step(model: World, p: Carbon) -> None:
    """Wire `update` to firms, provinces and zones."""
    firms, regions, zones, levers = model.firms, model.regions, model.zones, model.levers
    emitted = emissions(firms.emission_intensity, firms.value_added)
    logs = log_intensity(firms.emission_intensity)
    usual = typical(firms.sum_by_region_field(logs), firms.members)
    strong = strength(levers.carbon_accounting, p)
    barrier = gate(levers.green_gate, strong, regions.exports, regions.value_added_by_tier)
    zone = zone_rows(
        firms.of_zones, firms.zone, firms.tier, firms.field, logs, barrier[zones.region], usual.by_field, p
    )
    lately = firms.that(climbed_lately(firms.upgrade_quarter, model.clock.index, p))
    regions.emissions = firms.sum_by_region(emitted)
    _book_zones(model, emitted, zone, strong, p)
    paid = price(model.nation.carbon_price, levers.carbon_market, zones.to_regions(zones.carbon_price), p)
    change = drift(
        regions.productivity_growth,
        paid,
        levers.green_retrofit,
        levers.green_standards,
        regions.coordination_degree,
        p,
        model.dt,
    )
    firms.emission_intensity, firms.abatement_cost = update(
        firms.emission_intensity,
        logs,
        firms.digital_change,
        firms.of_cell(change),
        firms.of_cell(payment(paid, p)[:, :, None]),
        zone,
        Climbers(lately, firms.at_field(usual.by_cell, lately)),
        p,
        model.dt,
    )
    regions.sink = grown_sink(regions.sink, levers.carbon_sinks, p, model.dt)
