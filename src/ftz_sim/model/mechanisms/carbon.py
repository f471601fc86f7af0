"""Carbon: emissions are booked; trend and digitisation lower intensity; budgets, market and gate set its price.

One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt):

    E_i     = 0.1 e_i va_i                                 booked before e moves, with va of this quarter
    B_z     = mean E_z of the four quarters before, in the quarter the budget starts; then
              B_z exp(-budget_decline dt) (Y / Y(t-1))^budget_elasticity
    s_z     = accounting_base + (1 - accounting_base) carbon_accounting
    pcz_z   = carbon_budget s clip(budget_response ln(mean E_z of the four quarters to now / B_z), 0, price_cap)
    price_ra = national price (u + (1 - u) carbon_market z) + pcz z
    gate_rk = gate_charge green_gate s (1 - X/Y of province and tier)+
    d ln e_i= -dt [trend + productivity_saving growth_r] - digital_effect dD_i
              - step(convergence) (ln e_i - ln typical e of region and field)+ [climbed lately]
    sink_r' = sink_r (1 + step(sink_growth) carbon_sinks)

    e       emission intensity                              [t CO2 per 10^4 yuan]
    va, Y   value added of the firm, GDP                    [bn yuan/quarter]
    E, B    emissions, budget of the zone area              [Mt/quarter]
    price   carbon price by area a, pcz: on top of the nation's       [yuan/t]
    gate    charge at the second line on dirty output of zone firms   [yuan/t of all they emit beyond the norm]
    u       unpriced_base: part of the price that reaches firms outside a carbon market
    z       1 in an open zone, else 0
    dD, X   change of digitisation; exports
    growth_r  provincial trend of productivity around the nation's            [1/yr]

What firms make of these prices is the choice of `abatement`, next in the schedule: no lever lowers intensity here.
The green gate is a control at the second line, between the zone and the rest of the country. Goods from abroad enter
the zone as they are; what a zone firm sells inland must be as clean as the norm of its field or be made good at
``gate_charge`` a tonne, so the charge counts on the inland share of output and never on exports.

"Typical" is the geometric mean over firms (it equals the median when intensities are log-normal, and costs
one pass). A budget starts in the later of the lever's first quarter
and the zone's fifth, needs 5 firms, and is nan otherwise. Productivity that lifts a province saves energy as it saves
other inputs; the nation's is part of ``trend``. Decisive parameter: trend, calibrated to CO2 per GDP. It would be
falsified by a fall of intensity that stops where prices and productivity stand still. Cannot be switched off, because
emissions are booked here; with all rates at 0 intensity stays as it is.

Claims:  M-CMKT, M-CBUD, M-CACC, M-GGATE, M-LINE, M-CSINK, T-2C, M-SAFE, M-GTECH, M-GTRADE, M-GDESIGN, M-ECOSAFE
Reads:   firms.zone, value_added, digital_change, upgrade_quarter; regions.value_added_by_tier, exports,
         productivity_growth; zones.opening_quarter, firms; nation.last_gdp, carbon_price; levers.green_gate,
         carbon_accounting, carbon_budget, carbon_market, carbon_sinks
Writes:  firms.emission_intensity; regions.emissions, sink, carbon_price, gate_price; zones.emissions,
         last_emissions, carbon_budget, carbon_price; nation.typical_intensity
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import inside, national, over, power
from ftz_sim.model.columns import Array, Flag, Index, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.mechanisms.markets import remember_zones
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

MT_PER_UNIT = 0.1  # (t per 10^4 yuan) x bn yuan = 0.1 Mt
FLOOR = 1e-9  # smallest stock whose log is taken
BUDGET_FIRMS = 5  # a zone with fewer firms has no budget
BASE_QUARTERS = 4  # emissions of so many quarters make the first budget


class Carbon(Params):
    """Keys a scenario may set under ``carbon:``."""

    trend: float = param(
        0.0265,
        "fall of intensity without any price or policy",
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
    digital_effect: float = param(0.18, "fall of intensity with digitisation", unit="log", low=0.0, high=0.4, grade="A")
    gate_charge: float = param(
        100.0, "charge of a green gate on dirty output that goes inland", unit="yuan/t", low=0.0, high=300.0
    )
    budget_decline: float = param(
        0.02, "decline of a carbon budget", unit="1/yr", low=0.0, high=0.04, grade="C", source="calibrated"
    )
    budget_response: float = param(300.0, "zone price per log point above budget", unit="yuan/t", low=100.0, high=600.0)
    price_cap: float = param(120.0, "highest zone price", unit="yuan/t", low=60.0, high=300.0)
    unpriced_base: float = constant(0.5, "part of the price that reaches firms outside a carbon market", unit="share")
    accounting_base: float = constant(0.5, "strength of policies without carbon accounting", unit="share")
    budget_elasticity: float = constant(0.2, "growth of a budget with GDP", unit="1")
    convergence: float = constant(0.42, "speed toward typical intensity after a climb", unit="1/yr")
    convergence_quarters: float = constant(20.0, "quarters that this lasts", unit="quarters")
    sink_growth: float = constant(0.04, "growth of sinks under the full lever", unit="1/yr")


class Climbers(NamedTuple):
    """Firms that climbed lately [n], and log intensity typical of their region and field."""

    firms: Group
    typical: Column


def log_intensity(intensity: Single) -> Single:
    """Return ln of intensity [N]."""
    logs = np.maximum(intensity, np.float32(FLOOR))
    return np.log(logs, out=logs)


def means_of_fields(sums: Column, members: Index) -> Column:
    """Return means of fields [F] from sums over firms and their number [R, F]; that of the nation in an empty field."""
    of_field, in_field = sums.sum(0), members.sum(0)
    nation = national(of_field) / np.maximum(national(in_field), 1)
    return np.where(in_field > 0, of_field / np.maximum(in_field, 1), nation)


def means_of_cells(sums: Column, members: Index, empty: Array | float = 0.0) -> Column:
    """Return means of cells from sums over firms and their number, such as [R, F]; ``empty`` where there are none."""
    return np.where(members > 0, sums / np.maximum(members, 1), empty)


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


def gate(lever: Column, strength: Column, exports: Column, value_added: Column, p: Carbon) -> Column:
    """Return the charge of the green gate [R, K], yuan/t: on what is sold inland; exports are [R, K, P]."""
    inland = np.maximum(1 - ratio(over(exports, 2), value_added), 0.0)
    return (p.gate_charge * lever * strength)[:, None] * inland


def drift(productivity: Column, p: Carbon, dt: float) -> Column:
    """Return the change of log intensity in ``dt`` years that no firm chooses, by province [R]."""
    return (p.trend + p.productivity_saving * productivity) * -dt


def climbed_lately(upgrade_quarter: Array, quarter: int, p: Carbon) -> Flag:
    """Tell which firms climbed within ``convergence_quarters`` [N]."""
    first = np.ceil(np.maximum(quarter - p.convergence_quarters, 0))
    return upgrade_quarter >= np.int16(first)  # as short as the column, or numpy widens all of it


def update(
    intensity: Single,
    log_intensity: Single,
    digital_change: Single,
    drift: Single,
    climbers: Climbers,
    p: Carbon,
    dt: float,
) -> Single:
    """Return emission intensity [N] after ``dt`` years, before firms choose.

    Args:
        intensity: t CO2 per 10^4 yuan [N].
        log_intensity: its log [N].
        digital_change: of this quarter [N].
        drift: what `drift` gives for the province of the firm [N, log].
        climbers: firms that climbed lately.
        p: parameters.
        dt: years.
    """
    change = digital_change * np.float32(-p.digital_effect)
    change += drift
    above = np.maximum(climbers.firms.of(log_intensity) - climbers.typical, 0)
    climbers.firms.add(change, -share_closed(climbers.firms.own(p.convergence), dt) * above)
    np.exp(change, out=change)
    change *= intensity
    return change


def grown_sink(sink: Column, lever: Column, p: Carbon, dt: float) -> Column:
    """Return the carbon sinks [R], Mt a quarter, after ``dt`` years."""
    return sink * (1 + share_closed(p.sink_growth, dt) * lever)


def emissions(intensity: Single, value_added: Column) -> Column:
    """Return emissions of firms [N], Mt a quarter."""
    emitted = intensity.astype(np.float64)
    emitted *= value_added
    emitted *= MT_PER_UNIT
    return emitted


def _book_zones(model: World, emitted: Column, strong: Column, p: Carbon) -> None:
    """Book emissions of zone areas and set budgets and prices."""
    firms, zones, nation = model.firms, model.zones, model.nation
    lever, of_zones = model.levers.carbon_budget[zones.region], firms.of_zones
    zones.emissions = of_zones.totals(of_zones.of(firms.zone), len(zones.region), of_zones.of(emitted))
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
    sums = firms.sum_by_region_field(logs)
    strong = strength(levers.carbon_accounting, p)
    lately = firms.that(climbed_lately(firms.upgrade_quarter, model.clock.index, p))
    regions.emissions = firms.sum_by_region(emitted)
    _book_zones(model, emitted, strong, p)
    regions.carbon_price = price(
        model.nation.carbon_price, levers.carbon_market, zones.to_regions(zones.carbon_price), p
    )
    regions.gate_price = gate(levers.green_gate, strong, regions.exports, regions.value_added_by_tier, p)
    model.nation.typical_intensity = np.exp(means_of_fields(sums, firms.members))
    firms.emission_intensity = update(
        firms.emission_intensity,
        logs,
        firms.digital_change,
        firms.spread(drift(regions.productivity_growth, p, model.dt).astype(np.float32)),
        Climbers(lately, firms.at_field(means_of_cells(sums, firms.members), lately)),
        p,
        model.dt,
    )
    regions.sink = grown_sink(regions.sink, levers.carbon_sinks, p, model.dt)
