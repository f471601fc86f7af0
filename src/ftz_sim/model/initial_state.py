"""The state of 2013Q1: what provinces, zones, partners and the nation start from.

Provincial figures are published (``data/``); inside a province firms are drawn so that its GDP, workers,
talents, research, exports and emissions are met. Base productivity solves

    output_i = va_i^(1/rho) (mean value added of the cell)^(1 - 1/rho)

and the constant of a cell is such that its capacity is its value added, so that all prices are 1 in quarter 0.
Whatever no mechanism has touched yet is neutral: a mechanism that is switched off leaves its columns at "this never
happened".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from pydantic import model_validator

from ftz_sim.errors import InputError
from ftz_sim.model import foreign_capital
from ftz_sim.model.clock import DT
from ftz_sim.model.columns import (
    N_AREAS,
    N_FIELDS,
    N_PARTNERS,
    N_REGIONS,
    N_TIERS,
    N_ZONES,
    Array,
    Base,
    Column,
    Firms,
    Nation,
    Pairs,
    Partners,
    Regions,
    Zones,
)
from ftz_sim.model.industry import TRADE_CLASSES, load_industry
from ftz_sim.model.initial_firms import FIRST_QUARTER, build_firms, slots, zone_of_provinces
from ftz_sim.model.levers import CATALOGUE, Levers
from ftz_sim.model.markets import Markets, World, calibrate
from ftz_sim.model.markets.readings import dutiable
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms import (
    coordination,
    digital_capability,
    industrial_upgrading,
    knowledge_spillovers,
    markets,
    negative_list,
    production,
    replication,
    research,
)
from ftz_sim.model.mechanisms.trade_costs import GIVING_UP
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import KINDS
from ftz_sim.model.published import Figures, load_figures
from ftz_sim.model.returns import net_return, of_cells
from ftz_sim.model.streams import Stream


class InitialState(Params):
    """Keys a scenario may set under ``initial_state:``."""

    minimum_firms: int = param(2000, "fewest firms of a run", unit="firms", grade="A", sampled=False)
    minimum_slots: int = param(
        2, "fewest firms of a province and field that has output", unit="firms", grade="A", sampled=False
    )
    slot_exponent: float = constant(0.5, "slots of a province and field grow with its value added to this power")
    zone_slots: tuple[float, float, float] = constant(
        (0.05, 0.10, 0.15), "share of slots in the zone area by tier", unit="share"
    )
    size_sd: float = constant(1.1, "spread of value added inside a province and field", unit="log")
    capital_output: tuple[float, float, float] = constant(
        (3.1, 2.6, 2.4), "capital relative to yearly value added by tier", positive=True
    )
    capital_sd: float = constant(0.35, "spread of capital per value added", unit="log")
    workers_per_value: tuple[float, float, float] = constant(
        (1.0, 0.75, 0.6), "workers per value added by tier, relative to tier 0", positive=True
    )
    workers_sd: float = constant(0.2, "spread of workers per value added", unit="log")
    knowledge_growth: float = constant(0.025, "growth of research before 2013", unit="1/q")
    digital_by_tier: tuple[float, float, float] = constant((0.15, 0.30, 0.45), "digitisation by tier", unit="share")
    digital_slope: float = constant(0.06, "digitisation per log GDP per head")
    digital_sd: float = constant(0.05, "spread of digitisation")
    digital_bounds: tuple[float, float] = constant((0.02, 0.9), "bounds of digitisation", unit="share")
    intensity_by_tier: tuple[float, float, float] = constant(
        (1.06, 0.35, 0.20), "emission intensity by tier, relative", positive=True
    )
    intensity_sd: float = constant(0.4, "spread of emission intensity", unit="log")
    state_share: tuple[float, float, float] = constant((0.25, 0.15, 0.10), "state-owned firms by tier", unit="share")
    foreign_share: tuple[float, float, float] = constant(
        (0.10, 0.15, 0.15), "foreign-owned firms by tier", unit="share"
    )
    compute: float = constant(0.30, "compute at mean GDP per head", unit="share")
    compute_slope: float = constant(0.10, "compute per log GDP per head")
    compute_bounds: tuple[float, float] = constant((0.10, 0.60), "bounds of compute", unit="share", positive=True)
    sinks: float = constant(1000.0, "carbon sinks of the nation, equal shares", unit="Mt/yr")
    birth_quarter: int = param(-40, "quarter of entry of the first firms", unit="quarter", sampled=False)

    @model_validator(mode="after")
    def _every_cell_finds_its_firms(self) -> Self:
        cells = np.count_nonzero(load_industry().value_added)
        if cells * self.minimum_slots > self.minimum_firms:
            raise InputError("too_many_slots", slots=self.minimum_slots, cells=cells, firms=self.minimum_firms)
        return self


@dataclass
class State:
    """All tables of a run."""

    firms: Firms
    regions: Regions
    pairs: Pairs
    zones: Zones
    partners: Partners
    nation: Nation
    levers: Levers
    base: Base


def build(parameters: Any, firms: int, seed: int, figures: Figures) -> State:
    """Return the state of 2013Q1.

    Args:
        parameters: one record for each mechanism, as in `parameters.ModelParameters`.
        firms: number of firms, 2,000 or more.
        seed: of the run; it decides who is who, not the composition of provinces.
        figures: published figures.

    Raises:
        InputError: if there are too few firms.
    """
    places, p = figures.provinces, parameters.initial_state
    if firms < p.minimum_firms:
        raise InputError("too_few_firms", firms=firms, least=p.minimum_firms)
    by_cell = slots(load_industry(figures.folder).value_added, firms, p)
    inflow = _capital_inflow(parameters)
    world = _world(figures.folder, by_cell.tobytes(), inflow, parameters.markets)
    per_head = (places.gdp / places.workers) / (places.gdp.sum() / places.workers.sum())
    value = np.where(by_cell > 0, world.capacity, 0.0)
    table = build_firms(parameters, by_cell, value, seed, figures, np.log(per_head))
    regions = _regions(parameters, table, figures, per_head, world)
    pairs = _pairs(parameters, figures, regions)
    knowledge = table.sum_by_region_field(table.knowledge)
    regions.spillover = knowledge_spillovers.update(
        knowledge, pairs.spillover_weight, regions.digital_intensity, np.zeros(1), parameters.knowledge_spillovers
    )
    zones = _zones(table, figures, seed)
    nation = _nation(parameters, regions, world, inflow)
    base = _base(parameters, regions, zones, nation, figures, world)
    _relate(parameters, regions, nation, base)
    base = _produce(table, regions, base, parameters.production)
    partners = _partners(figures, regions)
    return State(table, regions, pairs, zones, partners, nation, Levers(), base)


def _capital_inflow(parameters: Any) -> float:
    """Return the capital that came from abroad in 2013, net of what went home [bn yuan a quarter]."""
    home = parameters.capital_account.repatriation * parameters.foreign_investment.initial_stock
    return DT * float((1 - parameters.investment.fdi_offset) * parameters.foreign_investment.base - home)


@lru_cache(maxsize=64)
def _world(folder: Path, by_cell: bytes, inflow: float, p: Markets) -> World:
    """Return the goods markets of 2013, which are the same for all seeds; its arrays are read-only."""
    figures = load_figures(folder)
    places = figures.provinces
    world = calibrate(
        load_industry(folder),
        places.gdp * DT,
        places.exports.sum() / places.gdp.sum(),
        figures.partners.export_share_2013,
        figures.distance,
        np.frombuffer(by_cell, dtype=np.intp).reshape(N_REGIONS, N_FIELDS),
        p,
        inflow,
    )
    for column in world:
        if column.ndim:
            column.flags.writeable = False
    return world


def _regions(parameters: Any, firms: Firms, figures: Figures, per_head: Array, world: World) -> Regions:
    """Return provinces; spillover, wages and places relative to the nation follow later."""
    p, places, foreign = parameters.initial_state, figures.provinces, parameters.foreign_investment
    by_partner = markets.exports_by_tier(world.exports)
    imports = world.foreign.sum(2) * world.use
    surplus = parameters.markets.surplus_over_exports * world.exports.sum()
    by_cell = firms.sum_by_cell(firms.value_added)
    by_tier = by_cell.sum(1)
    workers = firms.sum_by_region_field(firms.workers)
    inputs = digital_capability.Inputs(
        parameters.digital_capability.initial_data,
        np.clip(p.compute + p.compute_slope * np.log(per_head), *p.compute_bounds),
        parameters.digital_capability.initial_algorithms,
    )
    return Regions(
        latitude=places.latitude.copy(),
        longitude=places.longitude.copy(),
        macro_region=places.macro_region.copy(),
        strategy_area=places.strategy_area.copy(),
        green_pilot=places.green_pilot.copy(),
        zone=zone_of_provinces(figures),
        gdp=places.gdp * DT,
        income=places.gdp * DT,
        real_income=places.gdp * DT,
        value_added=firms.sum_by_region_field(firms.value_added),
        value_added_by_tier=by_tier,
        capacity=firms.sum_by_region_field(firms.value_added),
        capital=firms.sum_by_region_field(firms.capital),
        fdi_stock=foreign_capital.stock_of_2013(
            parameters.foreign_investment.initial_stock,
            np.maximum(places.fdi_share, foreign.share_floor),
            np.array(foreign.tier_share),
            firms.sum_by_region_field(firms.value_added),
        ),
        output=world.output.copy(),
        use=world.use.copy(),
        exports_by_field=world.exports.sum(2),
        imports_by_field=imports / (1 + world.tariff),
        duties=(imports * (world.tariff / (1 + world.tariff))).sum(1),
        dutiable=dutiable(world.foreign * (world.use / (1 + world.tariff))[:, :, None], world.tariff),
        tariff_cut=np.zeros((N_REGIONS, len(GIVING_UP), N_PARTNERS)),
        spending=places.gdp * DT - surplus * by_tier.sum(1) / by_tier.sum(),
        zone_share=ratio(by_cell[:, 1].sum(1), by_tier.sum(1)),
        workers=firms.sum_by_region(firms.workers),
        talents=firms.sum_by_region(firms.talents),
        location_quotient=production.location_quotient(workers),
        business_environment=replication.initial_environment(per_head, parameters.replication),
        glass_door=np.full(N_REGIONS, parameters.glass_door.initial),
        compute=inputs.compute,
        digital_capability=digital_capability.capability(inputs, 0.0, 0.0, 0.0, parameters.digital_capability),
        digital_intensity=ratio(firms.sum_by_region(firms.digital * firms.workers), workers.sum(1)),
        research=firms.sum_by_region(firms.research),
        patents=100 * places.patents,
        exports=by_partner,
        emissions=firms.sum_by_region(_emissions(firms)),
        sink=np.full(N_REGIONS, p.sinks * DT / N_REGIONS),
        carbon_price=np.zeros((N_REGIONS, N_AREAS)),
        gate_price=np.zeros((N_REGIONS, N_TIERS)),
        fdi=np.zeros((N_REGIONS, N_AREAS, N_TIERS)),
        density=np.ones(N_REGIONS),
        openness_by_area=np.zeros((N_REGIONS, N_AREAS)),
        pilot_evidence=np.zeros((N_REGIONS, len(KINDS))),
        **{name: np.zeros((N_REGIONS, N_FIELDS)) for name in _UNTOUCHED_CELL},
        **{name: np.ones((N_REGIONS, N_PARTNERS)) for name in ("tariff_abroad", "non_tariff_cost", "tariff_left")},
        **{name: np.zeros(N_REGIONS) for name in _UNTOUCHED_REGION},
    )


_UNTOUCHED_CELL = "spillover joint_knowledge fdi_by_field chain_gap price_start price net_price use_price".split()
_UNTOUCHED_PAIR = (
    "coordination start agreed titles own_gain pay_off worth owed bargain_cost talent_flow worker_flow transfer"
).split()
_UNTOUCHED_REGION = (
    "zone_open at_work zone_trade market_potential sold_elsewhere bought_elsewhere price_index "
    "productivity_growth productivity_trend research_trend talent_gap wage talent_wage reforms_adopted adoption_share "
    "factor_index exposure coordination_degree bargain_cost transfers_received transfers_paid fund_received "
    "net_talent_flow net_worker_flow relocated"
).split()


def _emissions(firms: Firms) -> Column:
    """Return the emissions of firms [Mt a quarter, N]."""
    return 0.1 * firms.emission_intensity * firms.value_added


def _pairs(parameters: Any, figures: Figures, regions: Regions) -> Pairs:
    feasible = coordination.feasibility(figures.distance, figures.same_strategy_area, parameters.coordination)
    none = np.zeros((N_REGIONS, N_REGIONS))
    weight = knowledge_spillovers.weights(
        figures.distance, none, regions.digital_intensity, parameters.knowledge_spillovers
    )
    return Pairs(
        distance=figures.distance.copy(),
        same_strategy_area=figures.same_strategy_area.copy(),
        feasibility=feasible,
        spillover_weight=weight,
        refuses=np.zeros((N_REGIONS, N_REGIONS), dtype=bool),
        **{name: none.copy() for name in _UNTOUCHED_PAIR},
        removed=np.zeros((N_REGIONS, N_REGIONS, len(TRADE_CLASSES))),
        sales=np.zeros((N_REGIONS, N_REGIONS, N_FIELDS)),
    )


def _zones(firms: Firms, figures: Figures, seed: int) -> Zones:
    """Return the 22 zones, none of them open."""
    known = figures.zones
    by_cell = firms.sum_by_cell(firms.value_added)[known.region, 1]
    inside = np.where(firms.zone >= 0, firms.value_added, 0.0)
    emissions = firms.sum_by_cell(_emissions(firms))[known.region, 1].sum(1)
    error = Stream(seed, "initial_state/plan_error", FIRST_QUARTER).normal(N_ZONES * N_FIELDS)
    never = np.full(N_ZONES, np.nan)
    by_field = np.zeros((N_ZONES, N_FIELDS))
    return Zones(
        region=known.region.copy(),
        opening_quarter=known.opening_quarter.copy(),
        category=known.category.copy(),
        speciality=known.speciality.copy(),
        affinity=known.affinity.copy(),
        plan_error=error.reshape(N_ZONES, N_FIELDS).astype(float),
        is_open=np.zeros(N_ZONES, dtype=bool),
        lead=np.zeros(N_ZONES, dtype=bool),
        firms=np.bincount(firms.zone[firms.zone >= 0], minlength=N_ZONES),
        value_added=by_cell.sum(1),
        value_added_by_tier=by_cell,
        value_added_by_field=firms.sum_by_region_field(inside)[known.region],
        last_value_added=np.repeat(by_cell.sum(1)[:, None], 4, axis=1),
        emissions=emissions,
        last_emissions=np.repeat(emissions[:, None], 4, axis=1),
        carbon_budget=never,
        target=by_field,
        trade_share=np.zeros((N_ZONES, N_TIERS)),
        crowding=by_field.copy(),
        at_bottom=np.zeros(N_ZONES, dtype=bool),
        warned=np.zeros(N_ZONES, dtype=bool),
        **{name: np.zeros(N_ZONES) for name in _UNTOUCHED_ZONE},
    )


_UNTOUCHED_ZONE = (
    "fdi fdi_high_tech exports investment innovations_created own_high_value "
    "effective_openness target_pull duplication carbon_price tax_advantage research_subsidy policy_cost "
    "appraised_value"
).split()


def _partners(figures: Figures, regions: Regions) -> Partners:
    known = figures.partners
    none = "preference_depth surcharge shock_tariff preference_use alignment duty_saved"
    return Partners(
        export_share_2013=known.export_share_2013.copy(),
        mfn_tariff=known.mfn_tariff.copy(),
        preferential_tariff=known.mfn_tariff.copy(),
        effective_tariff=known.mfn_tariff.copy(),
        ntb=known.ntb.copy(),
        ntb_2013=known.ntb.copy(),
        alignment_target=known.alignment_target.copy(),
        cptpp_member=known.cptpp_member.copy(),
        rcep_member=known.rcep_member.copy(),
        exports=regions.exports.sum((0, 1)),
        **{name: np.zeros(N_PARTNERS) for name in none.split()},
    )


def _nation(parameters: Any, regions: Regions, world: World, inflow: float) -> Nation:
    """Return the nation; demand weights and prices are those of the start."""
    lists = negative_list.initial_lists(parameters.negative_list)
    value = regions.value_added.sum(0)
    p = parameters.production
    gdp = float(regions.gdp.sum())
    return Nation(
        gdp=gdp,
        income=gdp,
        last_gdp=np.full(4, gdp),
        workforce=float(regions.workers.sum()),
        talents=float(regions.talents.sum()),
        saving_rate=parameters.exogenous_paths.saving_rate[0],
        demand_weight=value / value.sum(),
        technology_severity=np.zeros((N_FIELDS, N_PARTNERS)),
        crisis_forced=False,
        typical_intensity=np.ones(N_FIELDS),
        list_zone=lists[0],
        list_national=lists[1],
        services_list_zone=lists[2],
        services_list_national=lists[3],
        list_at_fork=np.full((4, N_TIERS), np.nan),
        glass_door=parameters.glass_door.initial,
        data=parameters.digital_capability.initial_data,
        algorithms=parameters.digital_capability.initial_algorithms,
        dependence=np.ones(N_FIELDS),
        import_share=regions.imports_by_field.sum(0) / world.use.sum(0),
        capacity=float(value.sum()),
        labour_share=p.rho * p.labour,
        capital_share=p.rho * p.capital,
        net_return=net_return(
            value.sum(), regions.capital.sum(), p.rho * p.capital, parameters.investment.depreciation
        ),
        capital_inflow=inflow,
        reversals=parameters.policy_trust.prior_hazard * parameters.policy_trust.prior_years,
        quiet_years=parameters.policy_trust.prior_years,
        talent_share=production.talent_share(p),
        field_price=np.ones(N_FIELDS),
        field_value_added=value.copy(),
        field_value_q4=value.copy(),
        fdi_value_2013=np.nan,
        capital_openness=parameters.capital_account.openness_base,
        outlay_by_lever=np.zeros(len(CATALOGUE)),
        crisis_quarters_left=0,
        crisis_quarters=0,
        ideas_used=np.zeros(1 + len(KINDS)),
        **dict.fromkeys("world_demand tariff_path fdi_cycle fdi_shock crisis_fdi_factor exchange_rate".split(), 1.0),
        **dict.fromkeys(_UNTOUCHED_NATION, 0.0),
    )


_UNTOUCHED_NATION = (
    "overseas_talents workforce_growth talent_growth tfp_trend macro_shock carbon_price algorithm_severity "
    "breach_severity law innovations_created innovations_approved high_value_created high_value_approved "
    "openness_zone openness_national services_openness_zone services_openness_national openness_rise relisted "
    "effective_openness accession_readiness accession_weight duplication plan_overlap coalitions refusals investment "
    "reversal_hazard reversal_discount resource_cost bank_loss digital_outlay repatriation consumption foreign_funds "
    "funds_inflow released_capital fdi policy_cost clearing_residual transfers fund_for_research crisis_hazard "
    "crisis_loss"
).split()


def _base(parameters: Any, regions: Regions, zones: Zones, nation: Nation, figures: Figures, world: World) -> Base:
    by_tier, even = regions.value_added_by_tier, np.ones(N_REGIONS)
    unscaled = research.patents(
        regions.research, regions.talents, even, regions.productivity_trend, even, parameters.research
    )
    return Base(
        gdp=nation.gdp,
        gdp_by_region=regions.gdp.copy(),
        value_added_by_tier=by_tier.copy(),
        zone_value_added=zones.value_added.copy(),
        field_share=nation.demand_weight.copy(),
        world=world,
        capacity_scale=np.ones((N_REGIONS, N_FIELDS)),
        talents_per_worker=nation.talents / nation.workforce,
        talents_per_worker_by_region=regions.talents / regions.workers,
        research_per_gdp=float(regions.research.sum()) / nation.gdp,
        research_multiplier=regions.research / (by_tier @ np.array(parameters.research.intensity)),
        business_environment=regions.business_environment.copy(),
        location_quotient=regions.location_quotient.copy(),
        spillover=regions.spillover.copy(),
        digital_capability_nation=float(regions.digital_capability @ regions.gdp) / nation.gdp,
        data=nation.data,
        fdi_share=figures.provinces.fdi_share.copy(),
        net_return=net_return(
            by_tier, markets.by_tier(regions.capital), nation.capital_share, parameters.investment.depreciation
        ),
        net_return_of_cells=of_cells(
            regions.value_added, regions.capital, nation.capital_share, parameters.investment.depreciation
        ),
        patents_scale=regions.patents / unscaled,
        lists=negative_list.initial_lists(parameters.negative_list),
    )


def _relate(parameters: Any, regions: Regions, nation: Nation, base: Base) -> None:
    """Fill in what compares provinces with the nation of 2013."""
    where = markets.relative(
        regions.value_added_by_tier, regions.workers, regions.talents, nation.labour_share, nation.talent_share, base
    )
    regions.wage, regions.talent_wage = where.wage, where.talent_wage
    regions.factor_index = industrial_upgrading.factor_index(
        base.talents_per_worker_by_region / base.talents_per_worker,
        regions.research / regions.gdp / base.research_per_gdp,
        regions.digital_capability / base.digital_capability_nation,
        parameters.industrial_upgrading,
    )


def _produce(firms: Firms, regions: Regions, base: Base, p: production.Production) -> Base:
    """Set base productivity such that production returns today's value added at prices of 1, and return the base.

    The constant of a cell is found from what firms then make, because productivity is kept in single precision.
    """
    mean = ratio(regions.value_added, firms.members, empty=1.0)
    log_output = np.log(firms.value_added) / p.rho + firms.exactly_of_region_field((1 - 1 / p.rho) * np.log(mean))
    common = production.regional_terms(regions, base.business_environment, p)
    foreign = production.foreign_gain(regions.fdi_stock, regions.capital, p)
    explained = production.log_output(firms, common, foreign, regions.spillover, base, p)
    firms.base_productivity = (log_output - explained).astype(np.float32)
    made = production.log_output(firms, common, foreign, regions.spillover, base, p)
    firms.variety = production.varieties(made, p)
    unscaled = production.capacity(firms.sum_by_region_field(firms.variety), 1.0, p)
    scale = np.where(firms.members > 0, regions.value_added / np.where(unscaled > 0, unscaled, 1.0), np.nan)
    return replace(base, capacity_scale=np.where(np.isnan(scale), np.nanmedian(scale, axis=0), scale))
