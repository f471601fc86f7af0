"""The tables of provinces, zones and partner economies; their keys are those of `variables.py`.

Flows come out at annual rates (four times the quarter); arrays are [T, rows], quarter t in row t, or [T, E, rows]
for several runs, as their records are.
"""

from __future__ import annotations

import numpy as np

from ftz_sim.indicators import nqp
from ftz_sim.indicators.records import Records
from ftz_sim.indicators.units import INTENSITY, MILLION, THOUSAND, YEAR, Table, added
from ftz_sim.model.maths import ratio


def region_table(records: Records) -> Table:
    """Return the columns of the provinces, each [T, R]."""
    regions = records.regions
    gdp, workers = regions.gdp[1:], regions.workers[1:]
    by_tier = regions.value_added_by_tier[1:]
    by_pillar = nqp.pillars(_region_components(records))
    return {
        "gdp": YEAR * gdp,
        "real_income": YEAR * regions.real_income[1:],
        "gdp_per_worker": ratio(YEAR * gdp, workers * MILLION),
        "workers": workers * MILLION,
        "talents": regions.talents[1:] * THOUSAND,
        "net_talent_flow": YEAR * THOUSAND * regions.net_talent_flow[1:],
        "net_worker_flow": YEAR * THOUSAND * regions.net_worker_flow[1:],
        "relocated": YEAR * regions.relocated[1:],
        "research_intensity": ratio(regions.research[1:], regions.income[1:]),
        "patents": regions.patents[1:],
        "emerging_share": ratio(by_tier[..., 1], added(by_tier)),
        "future_share": ratio(by_tier[..., 2], added(by_tier)),
        "digital_intensity": regions.digital_intensity[1:],
        "digital_capability": regions.digital_capability[1:],
        "fdi": YEAR * added(regions.fdi_by_tier[1:]),
        "fdi_high_tech": YEAR * added(regions.fdi_by_tier[1:, ..., 1:]),
        "exports": YEAR * added(regions.exports_by_tier[1:]),
        "input_cost": regions.input_cost[1:],
        "largest_chain_gap": regions.largest_chain_gap[1:],
        "market_potential": regions.market_potential[1:],
        "sold_elsewhere": regions.sold_elsewhere[1:],
        "bought_elsewhere": regions.bought_elsewhere[1:],
        "co2": YEAR * regions.emissions[1:],
        "co2_intensity": INTENSITY * ratio(regions.emissions[1:], gdp),
        "business_environment": regions.business_environment[1:],
        "reforms_adopted": regions.reforms_adopted[1:],
        "krugman_specialisation": records.firms.krugman_specialisation[1:],
        "hhi": records.firms.hhi[1:],
        "clusters": records.firms.clusters[1:],
        "coordination_degree": regions.coordination_degree[1:],
        "transfers_net": YEAR * (regions.transfers_received[1:] - regions.transfers_paid[1:]),
        "wage": YEAR * regions.wage[1:],
        "zone_share": regions.zone_share[1:],
        "nqp_fixed": nqp.index(by_pillar),
        **by_pillar,
    }


def _region_components(records: Records) -> Table:
    regions = records.regions
    gdp, workers = regions.gdp[1:], regions.workers[1:]
    exports, by_tier = regions.exports_by_tier[1:], regions.value_added_by_tier[1:]
    high_tech_fdi = added(regions.fdi_by_tier[1:, ..., 1:])
    return {
        "patents_per_worker": nqp.log_ratio_to_first(ratio(regions.patents[1:], workers)),
        "knowledge_per_worker": nqp.log_ratio_to_first(ratio(records.firms.knowledge[1:], workers)),
        "gdp_per_worker": nqp.log_ratio_to_first(ratio(gdp, workers)),
        "carbon_productivity": nqp.log_ratio_to_first(ratio(gdp, regions.emissions[1:])),
        "new_industry_share": ratio(added(by_tier[..., 1:]), added(by_tier)),
        "high_tech_fdi_to_gdp": ratio(high_tech_fdi, gdp),
        "export_sophistication": ratio(added(exports[..., 1:]), added(exports)),
    }


def zone_table(records: Records) -> Table:
    """Return the columns of the zones, each [T, Z]."""
    zones, regions, home = records.zones, records.regions, records.zone_region
    value, by_tier = zones.value_added[1:], zones.value_added_by_tier[1:]
    budget = zones.carbon_budget[1:]
    has_budget = np.isfinite(budget) & (budget > 0)
    gap = np.divide(zones.emissions[1:], budget, out=np.ones_like(budget), where=has_budget) - 1
    planned = zones.target[1:].sum(axis=-1) > 0
    return {
        "is_open": records.zone_open[1:],
        "value_added": YEAR * value,
        "share_of_province": ratio(value, regions.income[1:, ..., home]),
        "firms": zones.firms[1:],
        "fdi": YEAR * zones.fdi[1:],
        "fdi_high_tech": YEAR * zones.fdi_high_tech[1:],
        "fdi_high_tech_share": ratio(zones.fdi_high_tech[1:], zones.fdi[1:]),
        "exports": YEAR * zones.exports[1:],
        "emerging_share": ratio(by_tier[..., 1], value),
        "future_share": ratio(by_tier[..., 2], value),
        "co2": YEAR * zones.emissions[1:],
        "co2_intensity": INTENSITY * ratio(zones.emissions[1:], value),
        "carbon_price": zones.carbon_price[1:],
        "budget_gap": gap,
        "innovations_created": zones.innovations_created[1:],
        "effective_openness": zones.effective_openness[1:],
        "glass_door": regions.glass_door[1:, ..., home],
        "target_concentration": (zones.target[1:] ** 2).sum(axis=-1),
        "top_field": np.where(planned, zones.target[1:].argmax(axis=-1), -1).astype(float),
        "duplication": zones.duplication[1:],
        "coordination_degree": regions.coordination_degree[1:, ..., home],
        "investment": YEAR * zones.investment[1:],
        "policy_cost": YEAR * zones.policy_cost[1:],
        "warned": zones.warned[1:],
    }


def partner_table(records: Records) -> Table:
    """Return the columns of the partner economies, each [T, P]."""
    partners = records.partners
    exports = partners.exports[1:]
    return {
        "exports": YEAR * exports,
        "export_share": ratio(exports, exports.sum(axis=-1, keepdims=True)),
        "effective_tariff": partners.effective_tariff[1:],
        "tariff_paid": YEAR * partners.effective_tariff[1:] * exports,
        "preference_use": partners.preference_use[1:],
        "duty_saved": YEAR * partners.duty_saved[1:],
        "ntb": partners.ntb[1:],
        "alignment": partners.alignment[1:],
    }
