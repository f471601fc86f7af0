"""Provinces, pairs, zones and partners of 2013Q1."""

from __future__ import annotations

from typing import Any

import numpy as np

from ftz_sim.model import foreign_capital
from ftz_sim.model.clock import DT
from ftz_sim.model.columns import (
    N_AREAS,
    N_FIELDS,
    N_PARTNERS,
    N_REGIONS,
    N_TIERS,
    NO_ZONE,
    Array,
    Column,
    Firms,
    Pairs,
    Partners,
    Regions,
    Zones,
)
from ftz_sim.model.initial_firms import FIRST_QUARTER, zone_of_provinces
from ftz_sim.model.markets import World
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms import (
    coordination,
    digital_capability,
    knowledge_spillovers,
    markets,
    production,
    replication,
)
from ftz_sim.model.mechanisms.trade_costs import GIVING_UP
from ftz_sim.model.pilots import KINDS
from ftz_sim.model.published_records import Figures
from ftz_sim.model.streams import Stream


def regions(parameters: Any, firms: Firms, figures: Figures, per_head: Array, world: World) -> Regions:
    """Return provinces; spillover, wages and places relative to the nation follow later."""
    p, places, foreign = parameters.initial_state, figures.provinces, parameters.foreign_investment
    imports = world.foreign * world.use
    duties = imports * (world.tariff / (1 + world.tariff))
    surplus = parameters.markets.surplus_over_exports * world.exports.sum()
    by_cell, home = firms.sum_by_cell(firms.value_added), zone_of_provinces(figures)
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
        zone=home,
        zone_area=(home != NO_ZONE).astype(float),
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
        exports_by_field=world.exports.copy(),
        imports_by_field=imports / (1 + world.tariff),
        duties=duties.sum(1),
        dutiable=duties @ world.partner_imports,
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
        exports=markets.by_tier(world.exports)[:, :, None] * world.export_share,
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


_UNTOUCHED_CELL = (
    "spillover joint_knowledge fdi_by_field chain_gap price_start price net_price use_price sold_locally"
).split()
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


def pairs(parameters: Any, figures: Figures, regions: Regions) -> Pairs:
    """Return pairs of provinces, none of which coordinates yet."""
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
        removed=np.zeros((N_REGIONS, N_REGIONS)),
        freeness=np.zeros((N_REGIONS, N_REGIONS, N_FIELDS)),
    )


def zones(firms: Firms, figures: Figures, seed: int) -> Zones:
    """Return the zones, none of them open."""
    known, count = figures.zones, len(figures.zones.region)
    by_cell = firms.sum_by_cell(firms.value_added)[known.region, 1]
    inside = np.where(firms.zone >= 0, firms.value_added, 0.0)
    emissions = firms.sum_by_cell(_emissions(firms))[known.region, 1].sum(1)
    error = Stream(seed, "initial_state/plan_error", FIRST_QUARTER).normal(count * N_FIELDS)
    never = np.full(count, np.nan)
    by_field = np.zeros((count, N_FIELDS))
    return Zones(
        region=known.region.copy(),
        opening_quarter=known.opening_quarter.copy(),
        category=known.category.copy(),
        speciality=known.speciality.copy(),
        affinity=known.affinity.copy(),
        plan_error=error.reshape(count, N_FIELDS).astype(float),
        is_open=np.zeros(count, dtype=bool),
        lead=np.zeros(count, dtype=bool),
        firms=np.bincount(firms.zone[firms.zone >= 0], minlength=count),
        value_added=by_cell.sum(1),
        value_added_by_tier=by_cell,
        value_added_by_field=firms.sum_by_region_field(inside)[known.region],
        last_value_added=np.repeat(by_cell.sum(1)[:, None], 4, axis=1),
        value_added_2013=by_cell.sum(1),
        emissions=emissions,
        last_emissions=np.repeat(emissions[:, None], 4, axis=1),
        carbon_budget=never,
        target=by_field,
        trade_share=np.zeros((count, N_TIERS)),
        crowding=by_field.copy(),
        at_bottom=np.zeros(count, dtype=bool),
        warned=np.zeros(count, dtype=bool),
        **{name: np.zeros(count) for name in _UNTOUCHED_ZONE},
    )


_UNTOUCHED_ZONE = (
    "fdi fdi_high_tech exports investment innovations_created own_high_value "
    "effective_openness target_pull duplication carbon_price tax_advantage research_subsidy policy_cost "
    "appraised_value"
).split()


def partners(figures: Figures, regions: Regions) -> Partners:
    """Return the partner economies, without preferences."""
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
