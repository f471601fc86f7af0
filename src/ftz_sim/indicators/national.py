"""The national table; its keys are those of `variables.NATIONAL`.

Flows come out at annual rates (four times the quarter); arrays are [T], quarter t in row t, or [T, E] for several
runs, as their records are.
"""

from __future__ import annotations

import numpy as np

from ftz_sim.indicators import nqp
from ftz_sim.indicators.cohesion import dyadic_gap, labour_share
from ftz_sim.indicators.growth import growth_account, total_factor_productivity
from ftz_sim.indicators.inequality import decompose, gini, poorest_to_mean, theil
from ftz_sim.indicators.records import FIELDS_OF_TIER, NEW_FIELDS, Records
from ftz_sim.indicators.structure import advancement, angle_to_first
from ftz_sim.indicators.units import INTENSITY, MILLION, THOUSAND, YEAR, Array, Table, added, mean_by
from ftz_sim.model.maths import ratio


def national_table(records: Records) -> Table:
    """Return the national columns, each [T]."""
    nation, partners = records.nation, records.partners
    disparity = _disparity(records)
    return {
        **_output(records),
        **growth_account(records),
        **_innovation(records),
        **_structure(records),
        **_trade(records),
        "investment": YEAR * nation.investment[1:],
        **_green(records),
        **_rules(records),
        **_coordination(records),
        **disparity,
        **_zones_together(records),
        "policy_cost": YEAR * nation.policy_cost[1:],
        "policy_cost_share": ratio(nation.policy_cost[1:], nation.income[1:]),
        "resource_cost": YEAR * nation.resource_cost[1:],
        "resource_cost_share": ratio(nation.resource_cost[1:], nation.income[1:]),
        "digital_outlay": YEAR * nation.digital_outlay[1:],
        "bank_loss": YEAR * nation.bank_loss[1:],
        "transfers_share": ratio(nation.transfers[1:], nation.income[1:]),
        "crisis_quarters": nation.crisis_quarters[1:],
        "crisis_hazard": nation.crisis_hazard[1:],
        "alignment": mean_by(partners.alignment[1:], records.export_share_2013),
        **_index(records, disparity),
        "effective_firms": records.firms.effective_firms[1:],
        "top_firm_share": records.firms.top_firm_share[1:],
        "entry_rate": YEAR * records.firms.births[1:],
        "upgrade_rate": YEAR * records.firms.climbs[1:],
    }


def growth_over_a_year(gdp: Array) -> Array:
    """Return growth over the same quarter a year before; in the first year since its start, annualised [T, ...]."""
    quarters = np.minimum(np.arange(len(gdp)), YEAR)
    before = gdp[np.arange(len(gdp)) - quarters]
    years = YEAR / np.maximum(quarters, 1)
    return (gdp / before) ** years.reshape(-1, *[1] * (gdp.ndim - 1)) - 1


def _output(records: Records) -> Table:
    nation, regions, firms = records.nation, records.regions, records.firms
    gdp, workers = YEAR * nation.gdp[1:], regions.workers[1:].sum(axis=-1)
    capital = firms.capital[1:].sum(axis=-1)
    return {
        "gdp": gdp,
        "real_income": YEAR * regions.real_income[1:].sum(axis=-1),
        "national_income": YEAR * (nation.income[1:] - nation.repatriation[1:]),
        "consumption": YEAR * nation.consumption[1:],
        "gdp_growth": growth_over_a_year(gdp),
        "gdp_per_worker": gdp / (workers * MILLION),
        "tfp": total_factor_productivity(records),
        "capital": capital,
        "workers": workers * MILLION,
        "talents": nation.talents[1:] * THOUSAND,
        "knowledge": firms.knowledge[1:].sum(axis=-1),
        "capital_output_ratio": capital / gdp,
        "net_return": nation.net_return[1:],
        "wage": YEAR * mean_by(regions.wage[1:], regions.workers[1:]),
        "talent_wage": YEAR * mean_by(regions.talent_wage[1:], regions.talents[1:]),
        # wages were set for the workers that production found
        "labour_share": labour_share(regions.wage[1:], regions.workers[:-1], nation.income[1:]),
    }


def _innovation(records: Records) -> Table:
    nation, regions = records.nation, records.regions
    workers, patents = regions.workers[1:].sum(axis=-1), regions.patents[1:].sum(axis=-1)
    per_worker = patents / workers
    return {
        "research_intensity": ratio(regions.research[1:].sum(axis=-1), nation.income[1:]),
        "patents": patents,
        "patents_per_worker": 100 * ratio(per_worker, per_worker[0]),
        "talents_per_1k_workers": nation.talents[1:] / (workers * THOUSAND),
        "digital_intensity": mean_by(regions.digital_intensity[1:], regions.workers[1:]),
        "digital_capability": mean_by(regions.digital_capability[1:], regions.gdp[1:]),
        "dependence": mean_by(nation.import_share[1:, ..., NEW_FIELDS], nation.field_value_added[1:, ..., NEW_FIELDS]),
    }


def _structure(records: Records) -> Table:
    by_tier = records.national_value_added[1:]
    jobs = jobs_by_tier(records.firms.workers_by_field[1:])
    total = added(by_tier)
    return {
        "emerging_share": ratio(by_tier[..., 1], total),
        "future_share": ratio(by_tier[..., 2], total),
        "jobs_traditional": jobs[..., 0] * MILLION,
        "jobs_emerging": jobs[..., 1] * MILLION,
        "jobs_future": jobs[..., 2] * MILLION,
        "structural_imbalance": theil(by_tier, jobs),
        "advancement": advancement(by_tier),
        "structure_change": angle_to_first(by_tier),
        "clusters": records.firms.clusters[1:].sum(axis=-1),
    }


def jobs_by_tier(workers_by_field: Array) -> Array:
    """Add workers by field [..., F] up to tiers [..., K]."""
    return np.stack([workers_by_field[..., fields].sum(axis=-1) for fields in FIELDS_OF_TIER], axis=-1)


def _trade(records: Records) -> Table:
    nation, regions, partners = records.nation, records.regions, records.partners
    fdi_by_tier = regions.fdi_by_tier[1:].sum(axis=-2)
    exports_by_tier = records.national_exports[1:]
    exports = added(exports_by_tier)
    return {
        "fdi": YEAR * nation.fdi[1:],
        "foreign_funds": nation.foreign_funds[1:],
        "fdi_high_tech_share": ratio(added(fdi_by_tier[..., 1:]), added(fdi_by_tier)),
        "exports": YEAR * exports,
        "export_ratio": ratio(exports, nation.income[1:]),
        "export_sophistication": ratio(added(exports_by_tier[..., 1:]), exports),
        "exchange_rate": nation.exchange_rate[1:],
        "input_cost": mean_by(regions.input_cost[1:], regions.income[1:]),
        "sold_elsewhere": mean_by(regions.sold_elsewhere[1:], regions.income[1:]),
        "preference_use": mean_by(partners.preference_use[1:], partners.exports[1:]),
        "duty_saved": YEAR * partners.duty_saved[1:].sum(axis=-1),
        "accession_readiness": nation.accession_readiness[1:],
        "accession_weight": nation.accession_weight[1:],
    }


def _flat(by_tier: Array) -> Array:
    """Return a table of provinces and tiers [..., R, K] as one row of numbers [..., R * K]."""
    return by_tier.reshape(*by_tier.shape[:-2], -1)


def _green(records: Records) -> Table:
    emissions = records.regions.emissions[1:].sum(axis=-1)
    return {
        "co2": YEAR * emissions,
        "co2_net": YEAR * (emissions - records.regions.sink[1:].sum(axis=-1)),
        "co2_intensity": INTENSITY * ratio(emissions, records.nation.gdp[1:]),
        "carbon_price": records.nation.carbon_price[1:],
    }


def _rules(records: Records) -> Table:
    nation, regions = records.nation, records.regions
    acting = records.zone_open[1:]
    weight = acting * records.zones.value_added[1:]
    any_open = acting.any(axis=-1)
    zone_door = regions.glass_door[1:, ..., records.zone_region]
    return {
        "list_zone": nation.list_zone[1:].sum(axis=-1),
        "list_national": nation.list_national[1:].sum(axis=-1),
        "services_list_zone": nation.services_list_zone[1:].sum(axis=-1),
        "services_list_national": nation.services_list_national[1:].sum(axis=-1),
        "effective_openness": np.where(
            any_open, mean_by(records.zones.effective_openness[1:], weight), nation.effective_openness[1:]
        ),
        "effective_openness_national": nation.effective_openness[1:],
        "glass_door": np.where(any_open, mean_by(zone_door, weight), nation.glass_door[1:]),
        "glass_door_national": nation.glass_door[1:],
        "reversal_hazard": nation.reversal_hazard[1:],
        "law": nation.law[1:],
        "business_environment": mean_by(regions.business_environment[1:], regions.gdp[1:]),
        "innovations_created": nation.innovations_created[1:],
        "innovations_approved": nation.innovations_approved[1:],
        "high_value_share": ratio(nation.high_value_created[1:], nation.innovations_created[1:]),
    }


def _coordination(records: Records) -> Table:
    return {
        "coordination": mean_by(records.regions.coordination_degree[1:], records.regions.zone_open[1:]),
        "coalitions": records.nation.coalitions[1:],
        "refusals": records.nation.refusals[1:],
        "duplication": records.nation.duplication[1:],
        "plan_overlap": records.nation.plan_overlap[1:],
    }


def _disparity(records: Records) -> Table:
    gdp, workers = records.regions.gdp[1:], records.regions.workers[1:]
    by_zone = decompose(gdp, workers, (records.regions.zone_open[1:] > 0).astype(int))
    by_area = decompose(gdp, workers, records.macro_region.astype(int))
    gap = dyadic_gap(gdp, workers, np.isin(np.arange(gdp.shape[-1]), records.zone_region))
    return {
        "theil": by_zone.total,
        "theil_between_zones": by_zone.between,
        "theil_within_zones": by_zone.within,
        "theil_between_areas": by_area.between,
        "theil_within_areas": by_area.within,
        "gini": gini(gdp, workers),
        "poorest_to_mean": poorest_to_mean(gdp, workers),
        "dyadic_gap_zones": gap.zones,
        "dyadic_gap_mixed": gap.mixed,
        "dyadic_gap_others": gap.others,
    }


def _zones_together(records: Records) -> Table:
    acting = records.zone_open[1:]
    zones, nation = records.zones, records.nation
    fdi = (acting * zones.fdi[1:]).sum(axis=-1)
    return {
        "open_zones": acting.sum(axis=-1),
        "zone_value_added_share": ratio((acting * zones.value_added[1:]).sum(axis=-1), nation.income[1:]),
        "zone_fdi_share": ratio(fdi, nation.fdi[1:]),
        "zone_fdi_high_tech_share": ratio((acting * zones.fdi_high_tech[1:]).sum(axis=-1), fdi),
        "zone_export_share": ratio((acting * zones.exports[1:]).sum(axis=-1), added(records.national_exports[1:])),
    }


def _index(records: Records, disparity: Table) -> Table:
    nation, regions, zones = records.nation, records.regions, records.zones
    workers, gdp = regions.workers[1:].sum(axis=-1), nation.gdp[1:]
    by_tier, exports = records.national_value_added[1:], records.national_exports[1:]
    emissions, in_zones = regions.emissions[1:].sum(axis=-1), zones.emissions[1:].sum(axis=-1)
    components = {
        "patents_per_worker": nqp.log_ratio_to_first(regions.patents[1:].sum(axis=-1) / workers),
        "knowledge_per_worker": nqp.log_ratio_to_first(records.firms.knowledge[1:].sum(axis=-1) / workers),
        "gdp_per_worker": nqp.log_ratio_to_first(gdp / workers),
        "carbon_productivity": nqp.log_ratio_to_first(ratio(gdp, emissions)),
        "zone_carbon_productivity": nqp.log_ratio_to_first(ratio(zones.value_added[1:].sum(axis=-1), in_zones)),
        "new_industry_share": ratio(added(by_tier[..., 1:]), added(by_tier)),
        "high_tech_fdi_to_gdp": ratio(_flat(regions.fdi_by_tier[1:, ..., 1:]).sum(axis=-1), gdp),
        "export_sophistication": ratio(added(exports[..., 1:]), added(exports)),
        "equality": -disparity["theil"],
        "poorest_to_mean": disparity["poorest_to_mean"],
    }
    by_pillar = nqp.pillars(components)
    return {"nqp_fixed": nqp.index(by_pillar), **by_pillar}
