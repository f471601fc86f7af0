from __future__ import annotations

import numpy as np
import pytest
from made_up import records

from ftz_sim.indicators.national import growth_over_a_year, jobs_by_tier, national_table
from ftz_sim.indicators.places import partner_table, region_table, zone_table
from ftz_sim.indicators.tables import OUTLAYS, all_tables
from ftz_sim.indicators.units import mean_by
from ftz_sim.indicators.variables import VARIABLES
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.maths import ratio
from ftz_sim.model.outlays import ROW

PLURAL = {"national": "national", "regions": "region", "zones": "zone", "partners": "partner"}


def test_the_tables_have_the_columns_of_the_dictionary_and_no_nan():
    made = records()
    tables = all_tables(made)
    for name, level in PLURAL.items():
        table = getattr(tables, name)
        assert set(table) == set(VARIABLES[level])
        for key, values in table.items():
            assert len(values) == tables.quarters == 8
            assert np.isfinite(values).all(), f"{name}.{key}"


def test_flows_are_annual_rates():
    made = records()
    national, regions = national_table(made), region_table(made)
    assert national["gdp"] == pytest.approx(4 * made.nation.gdp[1:])
    assert national["co2"] == pytest.approx(4 * made.regions.emissions[1:].sum(axis=1))
    assert regions["gdp"].sum(axis=1) == pytest.approx(national["gdp"])
    assert regions["exports"].sum(axis=1) == pytest.approx(national["exports"])


def test_ratios_by_hand():
    made = records()
    national = national_table(made)
    assert national["research_intensity"][3] == pytest.approx(made.regions.research[4].sum() / made.nation.income[4])
    # 10 t per 10^4 yuan is 1 Mt per bn yuan
    intensity = 10 * made.regions.emissions[4].sum() / made.nation.gdp[4]
    assert national["co2_intensity"][3] == pytest.approx(intensity)
    tiers = made.regions.value_added_by_tier[4].sum(axis=0)
    assert national["emerging_share"][3] == pytest.approx(tiers[1] / tiers.sum())
    assert national["theil_between_areas"] + national["theil_within_areas"] == pytest.approx(national["theil"])


def test_what_zones_do_counts_only_while_they_act():
    made = records()
    national, zones = national_table(made), zone_table(made)
    closed = made.regions.zone_open[1:, :22].sum(axis=1) == 0
    assert closed.any()
    assert not closed.all()
    for name in ("open_zones", "zone_fdi_share", "zone_export_share", "zone_value_added_share", "coordination"):
        assert (national[name][closed] == 0).all()
        assert (national[name][~closed] > 0).all()
    assert (national["effective_openness"][closed] == made.nation.effective_openness[1:][closed]).all()
    share = made.zones.fdi[-1].sum() / made.nation.fdi[-1]
    assert national["zone_fdi_share"][-1] == pytest.approx(share)
    assert (zones["value_added"][closed] > 0).all()


def test_a_zone_without_budget_or_plan():
    made = records()
    made.zones.target[1] = 0
    made.zones.carbon_budget[4, 0] = made.zones.emissions[4, 0] / 1.25
    zones = zone_table(made)
    assert zones["budget_gap"][3, 0] == pytest.approx(0.25)
    assert (np.delete(zones["budget_gap"].ravel(), 3 * 22) == 0).all()
    assert (zones["top_field"][0] == -1).all()
    assert (zones["top_field"][1:] >= 0).all()


def test_partners_share_all_exports_and_pay_their_tariff():
    made = records()
    partners = partner_table(made)
    assert partners["export_share"].sum(axis=1) == pytest.approx(1)
    assert partners["tariff_paid"] == pytest.approx(4 * made.partners.effective_tariff[1:] * made.partners.exports[1:])


def test_growth_over_a_year_by_hand():
    # 1 % a quarter; in the first year annualised since the first quarter
    gdp = 100 * 1.01 ** np.arange(6)
    assert growth_over_a_year(gdp) == pytest.approx([0] + [1.01**4 - 1] * 5)


def test_jobs_by_tier_by_hand():
    assert jobs_by_tier(np.arange(16.0)).tolist() == [10, 68, 42]


def test_ratios_of_nothing_are_zero():
    assert ratio(np.array([1.0, 2.0]), np.array([0.0, 4.0])).tolist() == [0, 0.5]
    assert mean_by(np.array([1.0, 3.0]), np.array([1.0, 3.0])) == 2.5
    assert mean_by(np.array([1.0, 3.0]), np.zeros(2)) == 0


def test_trade_and_openness_by_hand():
    made, t = records(), 4
    national = {name: values[t - 1] for name, values in national_table(made).items()}
    exports, fdi = made.regions.exports_by_tier[t], made.regions.fdi_by_tier[t]
    used = sum(made.partners.preference_use[t, p] * made.partners.exports[t, p] for p in range(8))
    assert national["preference_use"] == pytest.approx(used / made.partners.exports[t].sum())  # use of agreements
    assert national["duty_saved"] == pytest.approx(4 * made.partners.duty_saved[t].sum())
    assert national["export_ratio"] == pytest.approx(exports.sum() / made.nation.income[t])
    assert national["export_sophistication"] == pytest.approx(exports[:, 1:].sum() / exports.sum())
    assert national["fdi_high_tech_share"] == pytest.approx(fdi[:, 1:].sum() / fdi.sum())
    assert national["alignment"] == pytest.approx(made.partners.alignment[t].mean())  # equal shares of 2013 here
    assert national["effective_openness"] == pytest.approx(
        np.average(made.zones.effective_openness[t], weights=made.zones.value_added[t])
    )


def test_carbon_cost_and_pay_by_hand():
    made, t = records(), 5
    national = {name: values[t - 1] for name, values in national_table(made).items()}
    gross, sinks = made.regions.emissions[t].sum(), made.regions.sink[t].sum()
    assert national["co2_net"] == pytest.approx(4 * (gross - sinks))
    assert national["policy_cost"] == pytest.approx(4 * made.nation.policy_cost[t])
    assert national["policy_cost_share"] == pytest.approx(made.nation.policy_cost[t] / made.nation.income[t])
    assert national["transfers_share"] == pytest.approx(made.nation.transfers[t] / made.nation.income[t])
    wages = sum(made.regions.wage[t, r] * made.regions.workers[t, r] for r in range(31))
    assert national["wage"] == pytest.approx(4 * wages / made.regions.workers[t].sum())
    talents = sum(made.regions.talent_wage[t, r] * made.regions.talents[t, r] for r in range(31))
    assert national["talent_wage"] == pytest.approx(4 * talents / made.regions.talents[t].sum())
    jobs = made.firms.workers_by_field[t]
    assert national["jobs_emerging"] == pytest.approx(jobs[5:13].sum() / 1e6)


def test_structure_and_rules_by_hand():
    made, t = records(), 6
    national = {name: values[t - 1] for name, values in national_table(made).items()}
    tiers = made.regions.value_added_by_tier[t].sum(axis=0)
    jobs = made.firms.workers_by_field[t]
    jobs = np.array([jobs[:5].sum(), jobs[5:13].sum(), jobs[13:].sum()])
    distance = sum(tiers[k] / tiers.sum() * np.log((tiers[k] / jobs[k]) / (tiers.sum() / jobs.sum())) for k in range(3))
    assert national["structural_imbalance"] == pytest.approx(distance)  # rationalisation
    assert national["advancement"] == pytest.approx((tiers[1] + tiers[2]) / tiers[0])
    assert national["list_zone"] == pytest.approx(made.nation.list_zone[t].sum())
    assert national["services_list_national"] == pytest.approx(made.nation.services_list_national[t].sum())
    assert national["coalitions"] == made.nation.coalitions[t] and national["refusals"] == made.nation.refusals[t]
    share = made.nation.high_value_created[t] / made.nation.innovations_created[t]
    assert national["high_value_share"] == pytest.approx(share)
    assert national["coordination"] == pytest.approx(made.regions.coordination_degree[t, :22].mean())
    quality = np.average(made.regions.business_environment[t], weights=made.regions.gdp[t])
    assert national["business_environment"] == pytest.approx(quality)
    new = slice(5, 16)
    foreign = np.average(made.nation.import_share[t, new], weights=made.nation.field_value_added[t, new])
    assert national["dependence"] == pytest.approx(foreign)


def test_volume_income_and_exposure_to_others_by_hand():
    made, t = records(), 3
    national = {name: values[t - 1] for name, values in national_table(made).items()}
    places = {name: values[t - 1] for name, values in region_table(made).items()}
    regions, income = made.regions, made.regions.income[t]
    assert national["real_income"] == pytest.approx(4 * regions.real_income[t].sum())
    assert places["real_income"] == pytest.approx(4 * regions.real_income[t])
    assert national["exchange_rate"] == made.nation.exchange_rate[t]
    for name in ("input_cost", "sold_elsewhere"):
        assert national[name] == pytest.approx(np.average(getattr(regions, name)[t], weights=income))
    for name in ("input_cost", "largest_chain_gap", "sold_elsewhere", "bought_elsewhere", "market_potential"):
        assert (places[name] == getattr(regions, name)[t]).all(), name


def test_shares_of_new_industry_are_of_value_added_and_those_of_zones_of_income():
    made, t = records(), 7
    places = {name: values[t - 1] for name, values in region_table(made).items()}
    zones = {name: values[t - 1] for name, values in zone_table(made).items()}
    national = {name: values[t - 1] for name, values in national_table(made).items()}
    by_tier = made.regions.value_added_by_tier[t]
    assert places["emerging_share"] == pytest.approx(by_tier[:, 1] / by_tier.sum(axis=1))
    assert places["future_share"] == pytest.approx(by_tier[:, 2] / by_tier.sum(axis=1))
    assert zones["share_of_province"] == pytest.approx(made.zones.value_added[t] / made.regions.income[t, :22])
    share = made.zones.value_added[t].sum() / made.nation.income[t]  # all are open by now
    assert national["zone_value_added_share"] == pytest.approx(share)


def test_outlays_by_lever_are_a_table_of_their_own_for_who_asks():
    made = records()
    tables = all_tables(made, ("national", OUTLAYS))
    assert all_tables(made).outlays == {} and not tables.zones
    assert list(tables.outlays) == list(CATALOGUE)
    assert tables.outlays["ai_plus"] == pytest.approx(4 * made.nation.outlay_by_lever[1:, ROW["ai_plus"]])
