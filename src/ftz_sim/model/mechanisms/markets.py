"""Markets: prices clear every cell of provinces and fields; value added, GDP, trade and wages are read off them.

One quarter. The equations of the goods markets with input chains and partners abroad stand in `model/markets`
(`equations` has all symbols); this mechanism brings what the quarter meets and books what comes out:

    costs     borders that coordination removed, tariffs and non-tariff costs both ways, world demand, weights of
              fields in demand, foreign varieties that home ones replace or an embargo takes, opened services, and
              capital from abroad of the last quarter, which lets the nation buy more than it sells
    prices    of every cell with firms such that it sells its capacity, from last quarter's
    va_i      = VA_rf variety_i / sum of variety in the cell
    gdp_r     volume: final spending + what is sold elsewhere - what is bought elsewhere, at prices of 2013
    income_r  = sum over f of VA_rf + duties_r;   real_income_r = income_r / price of final spending

    wage_r    = 10^6 labour share VA_r / L_r,  talent_wage_r = 10^6 sum over k of talent share_k VA_rk / T_r
    chain gap_rf = share of field f in the province's inputs x log price of its use: what is dear or missing
    potential_r = mean over f by output of 2013 of ln(what buyers would take at the prices of 2013 / in 2013)
    sold, bought elsewhere: part of a province's output and use that other provinces buy and sell
    net return = rho alpha 4 sum VA / sum K - depreciation, of the nation
    density_r = (VA_r / VA_r(0)) / (VA / VA(0)),  talent gap = ln[(T_r/L_r)/(T/L)] less its value of 2013
    services openness o_r = zt_r O_z (1 - door_r) + (1 - zt_r) O_n (1 - door),  zt the zone's share of trade
    zone exports = sum over k of X_rk x the zone's share of trade

    VA, L, T, K  value added, workers, talents, capital  [bn yuan a quarter; persons; FTE; bn yuan]
    shares     of value added that workers and talents earn, from `production`  [share]
    O_z, O_n   formal openness of the services lists of zones and of the nation;  door: what hidden conditions
               eat of it                                  [0 to 1]

Economic logic: whoever makes more of something meets a lower price, whoever meets a lower cost of trade sells and
buys more, and every other gain or loss follows from that. Decisive parameter: trade_elasticity, and border, the
part of the cost between provinces that coordination can remove. It would be falsified by trade between provinces
that does not move when a border does.

The markets also move the memories of four quarters (last_gdp, last_value_added) on by one. If a clearing fails
(its residual is above 1e-6), the run ends with an error that names the quarter. Cannot be switched off.

Claims:  M-SOLO, M-3EFF, M-TAR, M-ZT, M-NECK, M-SAFE, M-RESIL
Reads:   firms.variety; regions.capacity, price_start, tariff_abroad, non_tariff_cost, tariff_left, zone_trade,
         glass_door, workers, talents, capital; zones.trade_share; pairs.removed; nation.world_demand, demand_weight,
         dependence, technology_severity, services_openness_zone, services_openness_national, glass_door,
         labour_share, talent_share, capital_share, capital_inflow; base.world, value_added_by_tier, field_share,
         talents_per_worker, talents_per_worker_by_region
Writes:  firms.value_added; regions.gdp, income, real_income, value_added, value_added_by_tier, price_start, price,
         net_price, use_price, price_index, output, use, sold_locally, exports_by_field, imports_by_field, duties,
         dutiable, spending, chain_gap, market_potential, sold_elsewhere, bought_elsewhere, exports, density,
         talent_gap, wage, talent_wage, zone_share; pairs.freeness; zones.value_added, value_added_by_tier,
         value_added_by_field, last_value_added, exports; partners.exports; nation.gdp, income, last_gdp,
         import_share, capacity, net_return, exchange_rate, clearing_residual, field_price, field_value_added
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model import markets
from ftz_sim.model.axes import national, over, product, row_sums
from ftz_sim.model.columns import N_TIERS, TIER_OF_FIELD, Array, Base, Column, Firms
from ftz_sim.model.markets.abroad import dutiable, exports_by_partner
from ftz_sim.model.markets.clearing import Clearing
from ftz_sim.model.markets.costs import Costs
from ftz_sim.model.markets.equations import of_inputs
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.readings import dependence, elsewhere, market_potential
from ftz_sim.model.maths import ratio
from ftz_sim.model.returns import net_return

if TYPE_CHECKING:
    from ftz_sim.model.world import World

__all__ = ["Markets"]

ENOUGH = 1e-6  # residual with which a run goes on
THOUSAND_YUAN = 1e6  # in a bn yuan
TINY = 1e-12  # guard of logs
FIELDS_OF_TIER = np.equal.outer(TIER_OF_FIELD, np.arange(N_TIERS)).astype(float)  # [F, K]


class Relative(NamedTuple):
    """Where provinces stand relative to 2013 and to the nation; first axis R."""

    density: Column  # value added
    talent_gap: Column  # log talents per worker
    wage: Column  # 10^3 yuan a quarter
    talent_wage: Column  # 10^3 yuan a quarter


class MarketsDoNotClearError(RuntimeError):
    """Markets that could not be cleared."""


def by_tier(by_field: Array) -> Column:
    """Return sums over the fields of a tier [R, K] from [R, F]."""
    return product(by_field, FIELDS_OF_TIER)


def services_openness(trade: Array, zone: Array, elsewhere: Array | float) -> Column:
    """Return how open services are to whoever buys in a province [R], from the zone's share of ``trade`` [R]."""
    return elsewhere + trade * (zone - elsewhere)  # to the bit as elsewhere where the zone has no list of its own


def of_firms(firms: Firms, value: Array, by_cell: Array) -> Column:
    """Share the ``value`` of cells among their firms by variety [N], of which ``by_cell`` [R, F] are the sums."""
    return firms.exactly_of_region_field(ratio(value, by_cell)) * firms.variety


def relative(
    value: Array, workers: Array, talents: Array, labour_share: float, talent_share: Array, base: Base
) -> Relative:
    """Return density, talent gap and wages of provinces.

    Args:
        value: value added by province and tier [R, K; bn yuan a quarter].
        workers: persons [R].
        talents: FTE [R].
        labour_share: part of value added that workers earn.
        talent_share: part of a tier's value added that talents earn [K].
        base: values of the start.
    """
    of_province, start = row_sums(value), base.value_added_by_tier.sum(1)
    gap = talents / workers / base.talents_per_worker_by_region
    nation = national(talents) / national(workers) / base.talents_per_worker
    return Relative(
        density=of_province / start * (national(start) / national(of_province)),
        talent_gap=np.log(np.maximum(gap / nation, TINY)),
        wage=THOUSAND_YUAN * labour_share * of_province / workers,
        talent_wage=THOUSAND_YUAN * row_sums(value * talent_share) / talents,
    )


def costs_of_quarter(model: World, p: Markets) -> Costs:
    """Return what the quarter brings from outside the markets."""
    regions, nation = model.regions, model.nation
    open_services = services_openness(
        regions.zone_trade,
        nation.services_openness_zone * (1 - regions.glass_door),
        nation.services_openness_national * (1 - nation.glass_door),
    )
    return markets.costs(
        model.base.world,
        p,
        regions.capacity,
        removed=model.pairs.removed,
        world_demand=nation.world_demand,
        tariff_abroad=regions.tariff_abroad,
        non_tariff_cost=regions.non_tariff_cost,
        tariff_left=regions.tariff_left,
        openness=open_services,
        dependence=nation.dependence,
        severity=nation.technology_severity,
        shift=nation.demand_weight / model.base.field_share,
        inflow=nation.capital_inflow,
    )


def chain_gap(cleared: Clearing, world: markets.World) -> Column:
    """Return how much dear inputs of a field cost a province [R, F, log]: its share in inputs times log price of use.

    Args:
        cleared: the markets.
        world: of 2013.
    """
    uses = world.inputs * (1 - world.value_added_share)
    bought = of_inputs(np.ascontiguousarray(uses.swapaxes(0, 1)), cleared.output)  # users first: same bits in company
    return bought / over(bought, 1)[:, None] * cleared.use_price


def remember(memory: Array, value: float) -> Column:
    """Return the nation's memory of the last four quarters [4] moved on by one, newest last."""
    return np.concatenate((memory[1:], [value]))


def remember_zones(memory: Array, value: Column) -> Column:
    """Return the memory of zones [Z, 4] moved on by one."""
    return np.concatenate((memory[:, 1:], value[:, None]), axis=1)


def step(model: World, p: Markets) -> None:
    """Clear the markets of the quarter and book what firms, provinces, zones and the nation get."""
    regions, world = model.regions, model.base.world
    costs = costs_of_quarter(model, p)
    cleared = markets.clear(world, costs, regions.capacity, regions.price_start, p)
    _stop_unless_cleared(model, cleared)
    model.pairs.freeness = costs.of_pairs
    regions.exports = exports_by_partner(costs.sales, cleared.exports, FIELDS_OF_TIER)
    regions.dutiable = dutiable(world, costs.purchases, cleared.imports)
    _book_regions(model, cleared)
    _book_exposure(model, cleared, p)
    _book_zones(model, cleared.value_added)
    _book_nation(model, cleared)
    model.partners.exports = over(over(regions.exports, 0), 0)


def _stop_unless_cleared(model: World, cleared: Clearing) -> None:
    if np.any(cleared.residual >= ENOUGH):  # a run that is no number any more has no residual either
        gap = np.max(cleared.residual)
        raise MarketsDoNotClearError(f"{model.clock.quarter}: markets do not clear, a gap of {gap:.3g} is left")


def _book_regions(model: World, cleared: Clearing) -> None:
    regions = model.regions
    regions.price_start, regions.price, regions.net_price = cleared.start, cleared.price, cleared.net_price
    regions.use_price, regions.price_index = cleared.use_price, cleared.final_price
    regions.output, regions.use, regions.duties = cleared.output, cleared.use, cleared.duties
    regions.sold_locally = cleared.sold_locally
    regions.exports_by_field, regions.imports_by_field = cleared.exports, cleared.imports
    regions.spending = cleared.spending
    regions.gdp, regions.income, regions.real_income = cleared.gdp, cleared.income, cleared.real_income
    regions.value_added, regions.value_added_by_tier = cleared.value_added, by_tier(cleared.value_added)
    where = relative(
        regions.value_added_by_tier,
        regions.workers,
        regions.talents,
        model.nation.labour_share,
        model.nation.talent_share,
        model.base,
    )
    regions.density, regions.talent_gap = where.density, where.talent_gap
    regions.wage, regions.talent_wage = where.wage, where.talent_wage


def _book_exposure(model: World, cleared: Clearing, p: Markets) -> None:
    """Book how provinces hang on others: dear inputs, buyers, sales to and purchases from other provinces."""
    regions, world = model.regions, model.base.world
    regions.chain_gap = chain_gap(cleared, world)
    regions.market_potential = market_potential(world, cleared, p)
    sold, bought = elsewhere(cleared)
    regions.sold_elsewhere = sold / over(cleared.output, 1)
    regions.bought_elsewhere = bought / over(cleared.use, 1)


def _book_zones(model: World, value: Array) -> None:
    firms, regions, zones = model.firms, model.regions, model.zones
    firms.value_added = of_firms(firms, value, firms.sum_by_region_field(firms.variety))
    by_field = firms.sum_of_zone_areas(firms.value_added)[zones.region]
    zones.value_added_by_field, zones.value_added_by_tier = by_field, by_tier(by_field)
    zones.value_added = row_sums(by_field)
    zones.last_value_added = remember_zones(zones.last_value_added, zones.value_added)
    regions.zone_share = zones.to_regions(zones.value_added) / row_sums(value)
    sold = over(regions.exports[zones.region], 2)
    zones.exports = row_sums(sold * zones.trade_share)


def _book_nation(model: World, cleared: Clearing) -> None:
    nation = model.nation
    nation.gdp, nation.income = national(cleared.gdp), national(cleared.income)
    nation.last_gdp = remember(nation.last_gdp, nation.gdp)
    nation.exchange_rate, nation.clearing_residual = cleared.exchange, cleared.residual
    nation.import_share, nation.capacity = dependence(cleared), national(model.regions.capacity, 2)
    nation.field_value_added = over(cleared.value_added, 0)
    nation.net_return = net_return(
        national(nation.field_value_added),
        national(model.regions.capital, 2),
        nation.capital_share,
        model.params.investment.depreciation,
    )
    nation.field_price = ratio(nation.field_value_added, over(model.regions.capacity, 0), empty=1.0)
