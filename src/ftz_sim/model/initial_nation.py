"""The nation of 2013Q1, and what later quarters compare with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ftz_sim.model.columns import (
    N_FIELDS,
    N_PARTNERS,
    N_REGIONS,
    N_TIERS,
    Base,
    Firms,
    Nation,
    Regions,
    Zones,
)
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.markets import World
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms import industrial_upgrading, markets, negative_list, production, research
from ftz_sim.model.pilots import KINDS
from ftz_sim.model.published_records import Figures
from ftz_sim.model.returns import net_return, of_cells


def nation(parameters: Any, regions: Regions, world: World, inflow: float) -> Nation:
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


def base(parameters: Any, regions: Regions, zones: Zones, nation: Nation, figures: Figures, world: World) -> Base:
    """Return what later quarters are compared with."""
    by_tier, even = regions.value_added_by_tier, np.ones(N_REGIONS)
    unscaled = research.patents(
        regions.research, regions.talents, even, regions.productivity_trend, even, parameters.research
    )
    return Base(
        gdp=nation.gdp,
        gdp_by_region=regions.gdp.copy(),
        value_added_by_tier=by_tier.copy(),
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


def relate(parameters: Any, regions: Regions, nation: Nation, base: Base) -> None:
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


def produce(firms: Firms, regions: Regions, base: Base, p: production.Production) -> Base:
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
