"""How each indicator is computed and where its definition comes from, in groups as `docs/indicators.md` prints them.

Notation: r province, z zone, p partner, k tier, f field; a sum without index runs over all. Y value added (GDP), K
capital, L workers, T talents, kn knowledge, R research, E emissions, X exports, all of the quarter; "4 x" makes a
quarter's flow an annual rate. open_z is 1 once a zone is open and has zone status. "state" is a column that the named
rule writes (`docs/mechanisms.md` has its equation). A variable of a mean is averaged with the weights after "by".

A source is a key of ``seeds/sources.yaml``, the rule that writes the state, or "definition": a plain ratio or sum, or
an indicator of our own, such as the NQP index.
"""

from __future__ import annotations

from typing import NamedTuple

from ftz_sim.indicators.variables import Level

DEFINITION = "definition"


class Formula(NamedTuple):
    """One indicator's definition."""

    formula: str
    source: str = DEFINITION


Group = dict[str, Formula]


def _group(lines: str) -> Group:
    """Read lines of ``name | formula | source``; without a source it is a definition."""
    rows = ([cell.strip() for cell in line.split(" | ")] for line in lines.strip().splitlines())
    return {name: Formula(told, *source) for name, told, *source in rows}


# group in English and Chinese -> formulas, by level; long lines, because a table reads better so
# ruff: noqa: E501
FORMULAS: dict[Level, dict[tuple[str, str], Group]] = {
    "national": {
        ("Output and factors", "产出与要素"): _group("""
            gdp | 4 x sum_r (final spending + sold elsewhere - bought elsewhere), at prices of 2013 | markets
            real_income | 4 x sum_r (VA_r + duties_r) / price of final spending_r | markets
            national_income | 4 x (Y - repatriation dt sum FK), Y = income | capital_account
            consumption | 4 x [final spending - (I - released + FDI + fund) - R - resource cost] | investment
            gdp_growth | Y(t)/Y(t-4) - 1; before 2014: (Y(t)/Y(0))^(4/t) - 1
            gdp_per_worker | 4 x Y / L
            tfp | 100 exp(a(t) - a(0)), a = ln Y - alpha ln K - beta ln L - gamma ln T - theta ln kn | solow1957
            capital | sum_i K_i | investment
            workers | sum_r L_r | migration
            talents | sum_r T_r | migration
            knowledge | sum_i kn_i | research
            investment | 4 x I | investment
            capital_output_ratio | K / (4 x Y)
            net_return | rho alpha 4 VA / K - depreciation | markets
            """),
        ("Innovation", "创新"): _group("""
            research_intensity | sum_r R_r / income
            patents | sum_r A R_r^a T_r^b (SP_r/SP_r(0))^c; 2013Q1 = 100 | research
            patents_per_worker | 100 x (patents/L) / (patents(0)/L(0))
            talents_per_1k_workers | 1000 x T / L
            dependence | mean of imports over use of the fields of tiers 1 and 2, by value added | markets
            """),
        ("Structure of industry and jobs", "产业结构与就业"): _group("""
            emerging_share | Y_1 / Y
            future_share | Y_2 / Y
            jobs_traditional | L_0
            jobs_emerging | L_1
            jobs_future | L_2
            structural_imbalance | sum_k s_k ln[(Y_k/L_k) / (Y/L)], s_k = Y_k/Y (rationalisation, reversed) | gan2011
            advancement | (Y_1 + Y_2) / Y_0 | gan2011
            structure_change | arccos of the cosine between tier shares now and in 2013Q1 | moore1978
            clusters | count of (r, f) with LQ_rf > 1.5 and L_rf/L_f > 0.05, LQ_rf = (L_rf/L_r)/(L_f/L)
            entry_rate | 4 x births / firms | firm_turnover
            upgrade_rate | 4 x climbs / firms | industrial_upgrading
            wage | 4 x mean of wage_r by L_r | markets
            talent_wage | 4 x mean of talent_wage_r by T_r | markets
            labour_share | sum_r wage_r L_r / income
            """),
        ("Digital economy", "数字经济"): _group("""
            digital_intensity | mean of firms' digitisation by workers | digital_adoption
            digital_capability | mean of DCA_r by Y_r, DCA = 3/(1/data + 1/compute + 1/algorithms) | digital_capability
            """),
        ("Foreign investment and trade", "外资与外贸"): _group("""
            fdi | 4 x sum_rhk FDI_rhk | foreign_investment
            foreign_funds | state F | capital_account
            fdi_high_tech_share | FDI of tiers 1 and 2 / FDI
            exports | 4 x sum_rkp X_rkp | markets
            export_ratio | X / income (openness of the economy)
            exchange_rate | price abroad / price of final spending, 2013 = 1 | markets
            input_cost | mean over r by income of sum_f share of f in inputs x ln P_rf | markets
            sold_elsewhere | mean over r by income of sales to other provinces / output | markets
            export_sophistication | X of tiers 1 and 2 / X
            preference_use | mean of u_p by X_p, u = share of eligible trade that uses the preference | trade_costs
            duty_saved | 4 x sum u m X, m = margin of preference | trade_costs
            alignment | mean of align_p by export shares of 2013 | trade_agreements
            accession_readiness | state | trade_agreements
            accession_weight | state | trade_agreements
            """),
        ("Carbon", "碳排放"): _group("""
            co2 | 4 x sum_r E_r | carbon
            co2_net | 4 x sum_r (E_r - sink_r) | carbon
            co2_intensity | 10 x E / Y (1 Mt per bn yuan = 10 t per 10^4 yuan)
            carbon_price | state, data to 2024 | exogenous_paths
            """),
        ("Rules of the zones", "试验区规则"): _group("""
            list_zone | sum of items over degrees of sensitivity | negative_list
            list_national | sum of items over degrees of sensitivity | negative_list
            services_list_zone | sum of items over degrees of sensitivity | negative_list
            services_list_national | sum of items over degrees of sensitivity | negative_list
            effective_openness | mean of O_F (1 - G_r) over open zones by Y_z; the nation's before | glass_door
            effective_openness_national | O_N (1 - G_N) | glass_door
            glass_door | mean of G_r over open zones by Y_z; the nation's before | glass_door
            glass_door_national | state G_N | glass_door
            reversal_hazard | (regime_hazard + E/M) [1 - c min(1, credibility + credibility_law law)] | policy_trust
            law | state | law_and_authority
            business_environment | mean of Q_r by Y_r | replication
            innovations_created | state | institutional_innovation
            innovations_approved | state | replication
            high_value_share | high-value items created / items created | institutional_innovation
            """),
        ("Zones together", "试验区合计"): _group("""
            open_zones | sum_z open_z | policy
            zone_value_added_share | sum_z open_z Y_z / Y
            zone_fdi_share | sum_z open_z FDI_z / FDI
            zone_fdi_high_tech_share | sum_z open_z FDI_z of tiers 1 and 2 / sum_z open_z FDI_z
            zone_export_share | sum_z open_z X_z / X
            coordination | mean of cd_r over provinces with an open zone | coordination
            coalitions | count of pairs of working zones with C_rs >= feas_rs / 2 | coordination
            refusals | sum over pairs of feas_rs [r or s refuses] / sum of feas_rs | coordination
            duplication | mean over pairs of open zones of cos(Y_zf, Y_z'f), new fields | industry_targeting
            plan_overlap | mean over pairs of open zones of cos(target_z, target_z') | industry_targeting
            """),
        ("Gaps between provinces", "区域差距"): _group("""
            theil | sum_r s_r ln[(Y_r/L_r) / (Y/L)], s_r = Y_r/Y | theil1967
            theil_between_zones | the same over two groups: provinces with an open zone, and others | theil1967
            theil_within_zones | theil - theil_between_zones | theil1967
            theil_between_areas | the same over three groups: east, centre, west | theil1967
            theil_within_areas | theil - theil_between_areas | theil1967
            gini | 1 - 2 x area under the Lorenz curve of Y_r over L_r
            poorest_to_mean | min_r (Y_r/L_r) / (Y/L)
            dyadic_gap_zones | mean of abs(ln y_r - ln y_s), y = Y/L, over pairs where both ever have a zone
            dyadic_gap_mixed | the same over pairs of which one ever has a zone
            dyadic_gap_others | the same over pairs of which none ever has a zone
            """),
        ("Cost and risk", "成本与风险"): _group("""
            policy_cost | 4 x [sum over levers of public share x outlay + cost of bargains] | public_finance
            policy_cost_share | policy cost / income
            resource_cost | 4 x [sum of outlays used up + cost of bargains + cost_of_funds x policy cost] | public_finance
            resource_cost_share | resource cost / income
            digital_outlay | 4 x sum_i cost_i va_i dD_i / dt | digital_adoption
            transfers_share | benefit sharing paid / income | public_finance
            crisis_quarters | count of quarters of sudden stop | capital_account
            crisis_hazard | crisis_hazard x open^2 / capacity | capital_account
            """),
        ("Index of new quality productive forces", "新质生产力指数"): _group("""
            nqp_fixed | mean of the five pillars
            nqp_innovation | 100 x mean of score[ln patents/L: -.2, 2.0], score[ln kn/L: -.2, 2.6]; logs against 2013Q1
            nqp_upgrading | 100 x mean of score[(Y_1+Y_2)/Y: 0, .45], score[ln Y/L: -.2, 1.8]
            nqp_green | 100 x mean of score[ln Y/E: -.2, 1.8], score[ln Y_z/E_z of all zone areas: -.2, 1.8]
            nqp_openness | 100 x mean of score[high-tech FDI/Y: 0, .010], score[export sophistication: 0, .7]
            nqp_sharing | 100 x mean of score[-theil: -.10, 0], score[poorest to mean: .2, .8]; score[x: a, b] = clip((x-a)/(b-a), 0, 1)
            """),
        ("Growth account", "增长核算"): _group("""
            growth_total | 400 x d ln Y | solow1957
            growth_capital | 400 x alpha d ln K | solow1957
            growth_labour | 400 x beta d ln L | solow1957
            growth_talent | 400 x gamma d ln T | solow1957
            growth_knowledge | 400 x theta d ln kn | solow1957
            growth_digital | 400 x d[digital_effect sum_r (Y_r/Y) D_r DCA_r/DCA_r(0)] | production
            growth_exogenous | 400 x d(tfp_trend + macro_shock) | exogenous_paths
            growth_markets | 400 x d ln(Y / Q), Q capacity at prices of 2013 | markets
            growth_other | growth_total minus the other parts | solow1957
            """),
        ("Diagnostics", "诊断"): _group("""
            effective_firms | (sum_i Y_i)^2 / sum_i Y_i^2 | hirschman1964
            top_firm_share | max_i Y_i / Y
            """),
    },
    "region": {
        ("Provinces", "省份"): _group("""
            gdp | 4 x (final spending + sold elsewhere - bought elsewhere), at prices of 2013 | markets
            real_income | 4 x (VA_r + duties_r) / price of final spending_r | markets
            gdp_per_worker | 4 x Y_r / L_r
            workers | state | migration
            talents | state | migration
            net_talent_flow | 4 x (inflow - outflow inside the country) | migration
            net_worker_flow | 4 x (inflow - outflow) | migration
            relocated | 4 x (inflow - outflow of plants) | relocation
            research_intensity | R_r / income_r
            patents | A R_r^a T_r^b (SP_r/SP_r(0))^c; the nation of 2013Q1 = 100 | research
            emerging_share | Y_r1 / Y_r
            future_share | Y_r2 / Y_r
            digital_intensity | mean of firms' digitisation by workers | digital_adoption
            digital_capability | 3/(1/data + 1/compute_r + 1/algorithms) | digital_capability
            fdi | 4 x sum_hk FDI_rhk | foreign_investment
            fdi_high_tech | 4 x sum_h FDI_rhk of tiers 1 and 2 | foreign_investment
            exports | 4 x sum_kp X_rkp | markets
            input_cost | sum_f share of f in inputs x ln P_rf | markets
            largest_chain_gap | largest over f of share of f in inputs x ln P_rf | markets
            market_potential | mean over f by output of 2013 of ln(demand at prices of 2013 / demand of 2013) | redding2017
            sold_elsewhere | sales to other provinces / output | markets
            bought_elsewhere | purchases from other provinces / use | markets
            co2 | 4 x E_r | carbon
            co2_intensity | 10 x E_r / Y_r
            business_environment | state Q_r | replication
            reforms_adopted | state I_r | replication
            krugman_specialisation | sum_f abs(share of f in L_r - share of f in L of all others) | krugman1991
            hhi | sum_f (L_rf/L_r)^2 | hirschman1964
            clusters | count of f with LQ_rf > 1.5 and L_rf/L_f > 0.05
            coordination_degree | cd_r = sum_s C_rs / sum_s feas_rs over pairs of working zones | coordination
            transfers_net | 4 x (received - paid) | public_finance
            wage | 4 x 10^6 beta rho VA_r / L_r | markets
            zone_share | Y_z / Y_r of its zone area, open or not | markets
            nqp_fixed | mean of four pillars, against the province's own 2013Q1
            nqp_innovation | as for the nation
            nqp_upgrading | as for the nation
            nqp_green | 100 x score[ln Y_r/E_r: -.2, 1.8]
            nqp_openness | as for the nation
            """),
    },
    "zone": {
        ("Zones", "试验区"): _group("""
            is_open | 1 if open and zone_status is 1, else 0 | policy
            value_added | 4 x Y_z | markets
            share_of_province | Y_z / Y_r
            firms | count of firm slots in the zone area | policy
            fdi | 4 x sum_k FDI_zk, 0 until open | foreign_investment
            fdi_high_tech | 4 x FDI_z of tiers 1 and 2, 0 until open | foreign_investment
            fdi_high_tech_share | FDI_z of tiers 1 and 2 / FDI_z
            exports | 4 x sum_k X_rk min(zone_trade_cap, zone_trade_multiple x zone share of Y_rk) | markets
            emerging_share | Y_z1 / Y_z
            future_share | Y_z2 / Y_z
            co2 | 4 x E_z | carbon
            co2_intensity | 10 x E_z / Y_z
            carbon_price | state pcz | carbon
            budget_gap | E_z / budget_z - 1, 0 without a budget | carbon
            innovations_created | state | institutional_innovation
            effective_openness | O_F (1 - G_r); the nation's until open | glass_door
            glass_door | state G_r | glass_door
            target_concentration | sum_f target_zf^2 | hirschman1964
            top_field | argmax_f target_zf, -1 without a plan | industry_targeting
            duplication | mean over other open zones of cos(Y_zf, Y_z'f), new fields | industry_targeting
            coordination_degree | cd of its province | coordination
            investment | 4 x I_z | investment
            policy_cost | 4 x cost booked to the zone | public_finance
            warned | 1 if at the bottom of the appraisal two years running, else 0 | policy
            """),
    },
    "partner": {
        ("Partner economies", "伙伴经济体"): _group("""
            exports | 4 x sum_rk X_rkp | markets
            export_share | X_p / X
            effective_tariff | mean over provinces by X of mfn - u (m - c)+ + surcharge + shock | trade_costs
            tariff_paid | 4 x effective tariff x X_p
            preference_use | mean over provinces by X of u_rp | trade_costs
            duty_saved | 4 x sum_r u m X | trade_costs
            ntb | mean over provinces by X of ntb_rp | trade_costs
            alignment | state align_p | trade_agreements
            """),
    },
    "comparison": {
        ("Comparisons of two runs with the same luck", "同随机种子两次运行的比较"): _group("""
            nqp_entropy | sum_j w_j pillar_j, w_j = (1 - e_j)/sum(1 - e_j), e_j entropy of pillar j over provinces and years of all runs | shannon1948
            gain_per_yuan | sum of discounted dY / sum of discounted d(policy cost), 3 % a year, from the fork on; none if the extra cost is under .001 % of GDP
            siphon | mean over provinces without an acting zone of min(100 (x/x_no_ftz - 1), 0), x = GDP, talents or FDI
            radiation | mean over the same provinces of max(100 (x/x_no_ftz - 1), 0)
            leakage | -d(E outside the zone area) / d(E_z) in the final year, none where the zone did not cut
            trough | min over 20 quarters of 100 ln(Y / Y without the shock)
            cumulative_loss | sum over 20 quarters of 100 ln(Y / Y without the shock) / 4
            recovery_quarters | quarters from the shock until ln(Y / Y without it) is above -0.001 after its trough
            """),
    },
}


def formula(level: Level, name: str) -> Formula:
    """Return how an indicator is computed."""
    return next(group[name] for group in FORMULAS[level].values() if name in group)
