"""The policy levers: what a strategy can pull, one record each with all that is known of it.

A record holds scope and group, its words in both languages, and

    claims    ids of the cards in ``seeds/``
    moves     the indicators that they name, with the direction: columns of the national table; ``zones.x`` is column x
              of the zone table, added up over the zones (amounts) or averaged over them (shares and indices),
              ``talent_reallocation`` the R&D staff that change province
    effects   the parameters that carry the lever in the model (ranges stand on their cards)
    risks     what it costs or risks beside its outlay: keys of `signs.RISKS`
    strategy  the scenario in which the lever study looks at it, if it is not ``integrated``
    outlay    base, rate, kind, part that treasuries pay, what it is, source (see `outlays`; nearly all assumed, so that
              ``public_finance.outlay_scale`` runs from a third to three times)

A lever has one or two indicators: the nearest that the text names, and where the text names an aim further off, that
too. Where the text names an aim in words only (a chain that is "stronger"), the choice of the indicator is ours. The
lever marked M-ROO is an extension that no paper calls for; that zones should radiate (M-RAD) is an aim of the papers,
to take the surroundings into coordination is ours.

The dataclass is the catalogue. Its instance in a running model holds this quarter's levels, in [0, 1]:
zone and pair levers as one number per province (that of its zone, already times ``regions.zone_open``, and
0 where no zone is open), national levers as one number. A pair of zones has the smaller of both levels.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from ftz_sim.model.lever_cards import N_REGIONS, Column, Group, Lever, Scope, nation, pair, zone

__all__ = ["CATALOGUE", "N_REGIONS", "Column", "Group", "Lever", "Levers", "Scope"]

FTA, HINTERLAND = "ftz_fta", "cross_zone_with_hinterland"
_ENVIRONMENT = "production.environment_effect research.environment_effect"
_OPEN = "production.fdi_effect industrial_upgrading.openness_slope firm_turnover.advantage"
_TOGETHER = (
    "coordination.speed coordination.assumed_border markets.border production.spillover_effect "
    "knowledge_spillovers.border_loss replication.step_bonus trade_agreements.coordination_boost "
    "relocation.border abatement.symbiosis_saving"
)
_DATA = "digital_capability.gain digital_adoption.capability_saving production.digital_effect"
_ACCESSION = "trade_costs.agreement_ntb_cut foreign_investment.agreement_effect"


# fmt: off
@dataclass
class Levers:
    """Levels of all levers in the current quarter."""

    # rules of the zone and their replication
    zone_status: Column = zone(
        "zones", "zone status", "自贸试验区地位",
        claims="M-LIFE T-FIG1 F-SIPH", moves="+nqp_fixed +theil_between_zones",
        effects="firm_turnover.advantage foreign_investment.zone_capacity", risks="congestion outflow rivalry",
        outlay=("zone", 0.30, "spend", 1.0, "a management committee of some 500-1,000 staff", "assumed"),
    )
    legal_mandate: Column = zone(
        "institutions", "mandate of a national zone law", "国家立法授权",
        claims="M-LAW M-AUTH M-DELEG M-ADMIN", moves="+law +effective_openness",
        effects="law_and_authority.pace glass_door.law_gain negative_list.authority_gain",
        outlay=("zone", 0.01, "spend", 1.0, "drafting and courts", "assumed"),
    )
    institutional_innovation: Column = zone(
        "institutions", "institutional innovation", "制度创新",
        claims="M-INN M-GSERV M-ZLAW", moves="+innovations_created +business_environment",
        effects=f"replication.zone_bonus {_ENVIRONMENT}", risks="treasury",
        outlay=("zone", 0.09, "spend", 1.0, "reform offices, pilots", "assumed"),
    )
    integrated_reform: Column = zone(
        "institutions", "integrated, whole-chain reform", "集成式改革",
        claims="M-INTEG M-FRAG M-HV M-FORESIGHT", moves="+high_value_share +emerging_share",
        effects=f"industrial_upgrading.package_effect institutional_innovation.high_value_gain {_ENVIRONMENT}",
        outlay=("zone", 0.05, "spend", 1.0, "one-stop, whole-chain redesign", "assumed"),
    )
    fault_tolerance: Column = zone(
        "institutions", "fault tolerance", "容错机制",
        claims="M-FT", moves="+innovations_created",
        effects="institutional_innovation.blame_loss negative_list.failure_chill",
        outlay=("zone", 0.01, "spend", 1.0, "audit and review", "assumed"),
    )
    replication: float = nation(
        "institutions", "national replication", "复制推广",
        claims="M-REP", moves="+innovations_approved +business_environment",
        effects=f"replication.adoption_speed industrial_upgrading.environment_slope {_ENVIRONMENT}", risks="discount",
        outlay=("national_gdp", 0.000005, "spend", 1.0, "evaluation, training in 31 provinces (0.6 bn)", "assumed"),
    )
    negative_list_reform: Column = zone(
        "opening", "shortening the investment list", "缩减外资准入负面清单",
        claims="M-NL M-DYN", moves="-list_zone +fdi", effects=f"foreign_investment.openness_effect {_OPEN}",
        risks="paper",
        outlay=("zone", 0.01, "spend", 1.0, "review of lists", "assumed"),
    )
    services_list_reform: Column = zone(
        "opening", "shortening the services list", "缩减跨境服务贸易负面清单",
        claims="M-XNL M-EDU M-MED M-TEL", moves="-services_list_zone +effective_openness",
        effects=f"negative_list.services_weight foreign_investment.services_effect migration.amenity_pull {_OPEN}",
        risks="paper stop",
        outlay=("zone", 0.02, "spend", 1.0, "review of lists, regulators", "assumed"),
    )
    ratchet_commitment: float = nation(
        "opening", "standstill and ratchet", "静止条款与棘轮机制",
        claims="M-RAT M-STD", moves="-services_list_zone +effective_openness",
        effects=f"negative_list.relist_pace policy_trust.credibility {_OPEN}",
        outlay=("national_gdp", 0.0, "spend", 1.0, "a promise; its price falls due in a crisis", "by construction"),
    )
    sensitivity_tiers: float = nation(
        "opening", "tiers of sensitivity", "按敏感程度分类分级",
        claims="M-SENS M-RISK", moves="-services_list_zone -crisis_hazard", effects=_OPEN,
        outlay=("national_gdp", 0.000002, "spend", 1.0, "security review (0.2 bn)", "assumed"),
    )
    stress_testing: Column = zone(
        "opening", "stress testing", "压力测试",
        claims="M-STRESS M-RISKCTL", moves="-services_list_zone -crisis_hazard", effects=_OPEN,
        outlay=("zone", 0.05, "spend", 1.0, "monitoring systems", "assumed"),
    )
    licence_reform: Column = zone(
        "opening", "licence reform", "“准入即准营”与许可改革",
        claims="M-GLASS M-QUOT M-EQ M-TRANSP", moves="-glass_door +effective_openness",
        effects=f"glass_door.reform_speed glass_door.law_gain glass_door.environment_gain {_OPEN}",
        outlay=("zone", 0.05, "spend", 1.0, "licence systems, supervision after entry", "assumed"),
    )
    trade_facilitation: Column = zone(
        "opening", "trade facilitation", "贸易便利化",
        claims="M-TRF M-LINE M-NEWF", moves="+exports", effects="trade_costs.facilitation_ntb_cut",
        outlay=("zone", 0.30, "spend", 0.7, "customs and port systems", "assumed"),
    )
    zone_zero_tariff: Column = zone(
        "opening", "zero tariff inside the zone", "区内零关税",
        claims="M-ZT", moves="+zones.exports", effects="trade_costs.zone_trade_multiple", risks="treasury imports",
        outlay=("formula", None, "revenue", 1.0,
                "duties forgone on this quarter's imports that enter a zone",
                "computed from imports"),
    )
    rule_piloting: Column = zone(
        "opening", "piloting high-standard rules", "高标准规则先行先试",
        claims="M-CPTPP M-BENCH M-ACTIVE M-SOEGP", moves="+accession_readiness +accession_weight",
        effects=f"negative_list.pilot_gain trade_agreements.readiness_speed {_ACCESSION}", risks="imports",
        outlay=("zone", 0.05, "spend", 1.0, "rules, consultation", "assumed"),
    )
    # digital
    data_flow_opening: Column = zone(
        "digital", "opening of cross-border data flows", "数据跨境流动开放",
        claims="M-DATA M-DPORT M-DTRADE", moves="+digital_capability +exports",
        effects=f"{_DATA} digital_capability.national_reach trade_costs.digital_ntb_cut", risks="breach",
        outlay=("zone_va", 0.0003, "spend", 0.3,
                "security assessment and compliance of firms that export data",
                "assumed"),
    )
    compute_network: Column = zone(
        "digital", "compute network", "算力网络",
        claims="M-EWC M-INFRA", moves="+digital_capability", effects=_DATA, risks="outlay",
        outlay=("province_gdp", 0.0012, "spend", 0.25,
                "East data, West compute: 400 bn yuan in its first year from all parties, 0.33 % of GDP; the full"
                " lever adds 57 % to the pace, two thirds of it counted",
                "NDRC, March 2023: 400 bn; share assumed"),
    )
    digital_subsidy: Column = zone(
        "digital", "support for digital retrofit", "数字化转型支持",
        claims="M-DIGPOL M-SMARTCH M-DIGFTZ", moves="+digital_intensity",
        effects="digital_adoption.subsidy_share production.digital_effect", risks="treasury",
        outlay=("zone_va", 0.0010, "transfer", 1.0, "retrofit subsidies", "assumed"),
    )
    ai_plus: Column = zone(
        "digital", "AI+ action", "人工智能+行动",
        claims="M-AI M-ALGRD", moves="+digital_intensity +digital_capability",
        effects=f"digital_adoption.ai_gain digital_capability.national_reach {_DATA}", risks="outlay",
        outlay=("zone_va", 0.0020, "spend", 0.5,
                "compute and model vouchers, scenes, funds: national AI fund of 60 bn, city vouchers of about 1 "
                "bn a year",
                "recalled, then scaled"),
    )
    # talents, tax, business environment, finance
    talent_programme: Column = zone(
        "factors_and_finance", "talent programme", "人才计划",
        claims="M-TAL M-TALI M-YOUTH M-LAB", moves="+talents",
        effects="migration.programme_pull migration.overseas_inflow", risks="treasury outflow",
        outlay=("zone_va", 0.0010, "transfer", 1.0,
                "housing, start-up money for talents (0.1 % of a large city's GDP)",
                "assumed"),
    )
    income_tax_rebate: Column = zone(
        "factors_and_finance", "income tax rebate for talents", "人才个税补贴",
        claims="M-IIT", moves="+talents", effects="migration.rebate_pull migration.overseas_inflow",
        risks="treasury outflow",
        outlay=("zone_new", 0.0006, "revenue", 1.0, "rebate above 15 %", "assumed"),
    )
    corporate_tax_15: Column = zone(
        "factors_and_finance", "15 % corporate tax", "15%企业所得税",
        claims="M-CIT", moves="+zones.fdi +zones.fdi_high_tech_share",
        effects="foreign_investment.tax_semielasticity public_finance.eligible_max", risks="treasury",
        outlay=("formula", None, "revenue", 1.0,
                "rate cut x profit share x eligible x value added of new industry: 25 to 15 % for eligible firms",
                "tax law; eligible share assumed"),
    )
    tax_clarity: Column = zone(
        "institutions", "clear border of tax favours", "税收优惠适用边界清晰",
        claims="M-CITB M-BOUND M-TAXFTA", moves="+zones.fdi",
        effects="public_finance.unclear_loss foreign_investment.tax_semielasticity",
        outlay=("zone", 0.01, "spend", 1.0, "rulings", "assumed"),
    )
    offshore_business: Column = zone(
        "opening", "offshore business", "离岸业务",
        claims="M-OFFS", moves="+zones.fdi", effects="foreign_investment.offshore_effect", risks="treasury",
        outlay=("zone_va", 0.0005, "revenue", 1.0, "stamp duty, VAT favours", "assumed"),
    )
    ip_protection: Column = zone(
        "institutions", "protection of intellectual property", "知识产权保护",
        claims="M-IP", moves="+research_intensity +zones.fdi",
        effects="research.protection_effect foreign_investment.rule_of_law_effect",
        outlay=("zone", 0.05, "spend", 1.0, "courts, centres", "assumed"),
    )
    fair_competition: Column = zone(
        "institutions", "fair competition review", "公平竞争审查",
        claims="M-FC", moves="+zones.fdi", effects="firm_turnover.entry_effect foreign_investment.rule_of_law_effect",
        outlay=("zone", 0.02, "spend", 1.0, "review", "assumed"),
    )
    competitive_neutrality: Column = zone(
        "institutions", "competitive neutrality", "竞争中立",
        claims="M-CN M-SUBSID", moves="+gdp", effects="investment.state_wedge",
        outlay=("zone", 0.02, "spend", 1.0, "review", "assumed"),
    )
    dispute_resolution: Column = zone(
        "institutions", "dispute resolution", "多元化纠纷解决",
        claims="M-DR", moves="+zones.fdi", effects="foreign_investment.rule_of_law_effect",
        outlay=("zone", 0.03, "spend", 1.0, "arbitration, mediation", "assumed"),
    )
    financial_opening: Column = zone(
        "factors_and_finance", "financial opening", "金融开放",
        claims="M-FIN M-RMB M-CAPM", moves="+zones.investment +emerging_share",
        effects="capital_account.funds_response investment.finance_gain industrial_upgrading.finance_slope",
        risks="stop",
        outlay=("zone", 0.05, "spend", 1.0, "accounts, monitoring", "assumed"),
    )
    venture_fund: Column = zone(
        "factors_and_finance", "venture guidance fund", "创业引导基金",
        claims="M-FUNDVC", moves="+emerging_share", effects="investment.venture_weight", risks="outlay",
        outlay=("zone_va", 0.0006, "spend", 1.0,
                "guidance funds; only the part lost (30 % of 0.2 %) is an outlay",
                "assumed"),
    )
    # research and industry
    research_support: Column = zone(
        "factors_and_finance", "support of research", "研发支持",
        claims="M-RDS M-SUBJ M-SETTLE M-XBR", moves="+research_intensity +patents",
        effects="research.user_cost_elasticity firm_turnover.entry_effect", risks="treasury relabelling diversion",
        outlay=("formula", None, "transfer", 1.0,
                "grants and super-deduction: what zones pay for research",
                "computed from research"),
    )
    research_collaboration: Column = zone(
        "factors_and_finance", "research collaboration", "产学研用合作",
        claims="M-IUR M-BID M-TT M-PATPOOL", moves="+knowledge", effects="research.collaboration_effect",
        outlay=("zone_va", 0.0003, "spend", 0.7, "joint laboratories", "assumed"),
    )
    choke_point_research: Column = zone(
        "factors_and_finance", "research on choke points", "关键核心技术攻关",
        claims="M-NECK M-SAFE", moves="-dependence", effects="technology_dependence.effort_gain",
        outlay=("zone_new", 0.0040, "spend", 1.0,
                "missions: Big Fund III, 344 bn over some six years, 0.05 % of GDP",
                "recalled, then scaled"),
    )
    chain_policy: Column = zone(
        "factors_and_finance", "industrial chain policy", "产业链政策",
        claims="M-CHAIN M-UPDOWN M-TRANS M-DEMOPARK M-HIGHEND", moves="-input_cost +emerging_share +advancement",
        effects="industrial_upgrading.chain_effect firm_turnover.chain_effect", risks="treasury",
        outlay=("zone_va", 0.0005, "transfer", 1.0, "chain leaders, supplier subsidies", "assumed"),
    )
    speciality_plan: Column = zone(
        "factors_and_finance", "speciality plan", "特色产业规划",
        claims="M-SPEC M-PLAN", moves="-plan_overlap -duplication",
        effects="industry_targeting.speciality_weight research.duplication_loss", risks="planner",
        outlay=("zone", 0.01, "spend", 1.0, "planning", "assumed"),
    )
    land_flexibility: Column = zone(
        "factors_and_finance", "flexible land", "弹性用地",
        claims="M-LAND", moves="+zones.fdi", effects="foreign_investment.land_relief",
        outlay=("zone", 0.05, "revenue", 1.0, "land fees forgone", "assumed"),
    )
    # green
    green_credit: Column = zone(
        "green", "green credit", "绿色信贷",
        claims="M-GF", moves="-co2_intensity", effects="green_finance.green_spread abatement.abatement_speed",
        risks="resources greenwash",
        outlay=("zone_va", 0.0002, "transfer", 1.0,
                "relending below market (spread 0.75 to 1.25 points on green loans; PBC facility at 1.75 %)",
                "recalled rate of the facility; volume assumed"),
    )
    green_gate: Column = zone(
        "green", "green gate at the second line", "二线绿色准入关口",
        claims="M-GGATE M-GTRADE M-GDESIGN", moves="-co2_intensity",
        effects="carbon.gate_charge abatement.abatement_speed", risks="resources",
        outlay=("zone_emissions", 0.0001, "spend", 0.5, "inspection, 0.1 yuan/t", "assumed"),
    )
    carbon_accounting: Column = zone(
        "green", "carbon accounting", "碳排放核算",
        claims="M-CACC M-ECOSAFE", moves="-co2_intensity",
        effects="carbon.gate_charge carbon.budget_response green_finance.greenwash", risks="resources",
        outlay=("zone_emissions", 0.0010, "spend", 0.3,
                "monitoring and verification, 1 yuan/t",
                "assumed after the EU ETS"),
    )
    carbon_budget: Column = zone(
        "green", "carbon budget", "碳预算",
        claims="M-CBUD", moves="-zones.co2 -co2", effects="carbon.budget_response abatement.abatement_speed",
        risks="resources",
        outlay=("zone_emissions", 0.0002, "spend", 1.0, "allocation, 0.2 yuan/t", "assumed"),
    )
    carbon_market: Column = zone(
        "green", "carbon market", "碳市场",
        claims="M-CMKT", moves="-co2", effects="abatement.abatement_speed", risks="resources",
        outlay=("zone_emissions", 0.0003, "spend", 0.5, "registry and trading, 0.3 yuan/t", "assumed"),
    )
    carbon_sinks: Column = zone(
        "green", "carbon sinks", "碳汇",
        claims="M-CSINK", moves="-co2_net", effects="carbon.sink_growth",
        outlay=("zone", 0.20, "spend", 1.0, "afforestation", "assumed"),
    )
    green_retrofit: Column = zone(
        "green", "green retrofit", "绿色改造",
        claims="M-GREENT M-GSUB M-GINFRA M-ECOIND M-GPARK", moves="-co2_intensity", effects="abatement.retrofit_saving",
        outlay=("zone_old", 0.0010, "spend", 1.0, "retrofits of traditional plants, paid by the zone", "assumed"),
    )
    # coordination between zones
    coordination_platform: Column = pair(
        "coordination platform", "对话合作平台",
        claims="M-PLAT M-JMC M-ALLY M-EGOV M-LAW4", moves="+coordination +coalitions",
        effects=f"coordination.platform_cut {_TOGETHER}", risks="coordination yardstick drift",
        outlay=("zone", 0.05, "spend", 1.0, "offices, meetings", "assumed"),
    )
    joint_innovation: Column = pair(
        "joint innovation", "科技协同创新",
        claims="M-JTI M-PNET M-DUP", moves="+knowledge -dependence",
        effects="research.collaboration_effect research.duplication_loss technology_dependence.effort_gain",
        outlay=("coordinated_gdp", 0.0001, "spend", 1.0, "joint laboratories", "assumed"),
    )
    division_of_labour: Column = pair(
        "division of labour", "产业分工",
        claims="M-DOL M-COMPAD M-NIP", moves="-plan_overlap -duplication",
        effects=f"coordination.division_cut industry_targeting.overlap_penalty research.duplication_loss {_TOGETHER}",
        risks="planner coordination yardstick",
        outlay=("zone", 0.02, "spend", 1.0, "joint planning", "assumed"),
    )
    mutual_recognition: Column = pair(
        "mutual recognition of standards", "标准互认",
        claims="M-MR M-REGCO", moves="+coordination +sold_elsewhere", effects=f"coordination.plain {_TOGETHER}",
        risks="coordination yardstick",
        outlay=("zone", 0.05, "spend", 1.0, "standards bodies", "assumed"),
    )
    title_recognition: Column = pair(
        "mutual recognition of titles", "职称互认",
        claims="M-TITLE", moves="+talent_reallocation",
        effects="migration.recognition_effect coordination.assumed_border coordination.horizon", risks="outlay outflow",
        outlay=("zone", 0.02, "spend", 1.0, "registers", "assumed"),
    )
    joint_fund: Column = pair(
        "joint industry fund", "跨区域产业基金",
        claims="M-JF", moves="+coordination +patents", effects=_TOGETHER, risks="fund coordination yardstick",
        outlay=("formula", None, "spend", 1.0,
                "the half of the fund that is spent on research",
                "computed from the fund"),
    )
    benefit_sharing: Column = pair(
        "benefit sharing", "利益共享",
        claims="M-BS M-COMPAD", moves="+coordination +transfers_share -refusals", effects=_TOGETHER,
        risks="coordination yardstick",
        outlay=("formula", None, "transfer", 0.0, "moves money between provinces, costs none", "by construction"),
    )
    joint_appraisal: Column = pair(
        "joint appraisal", "协同考核",
        claims="M-KPI", moves="+coordination -refusals", effects=f"coordination.appraisal {_TOGETHER}",
        risks="coordination yardstick",
        outlay=("zone", 0.01, "spend", 1.0, "statistics", "assumed"),
    )
    rotating_lead: Column = pair(
        "rotating lead", "轮值主导",
        claims="M-ROT", moves="+coordination", effects=f"coordination.lead_cut {_TOGETHER}",
        risks="coordination yardstick planner",
        outlay=("zone", 0.01, "spend", 1.0, "secretariat", "assumed"),
    )
    capital_market_integration: Column = pair(
        "capital market integration", "区域金融一体化",
        claims="M-FINCL M-FININFRA", moves="+gdp", effects="investment.integration_gain",
        outlay=("zone", 0.05, "spend", 1.0, "trading and registry links", "assumed"),
    )
    land_quota_trade: Column = pair(
        "trade of land quotas", "土地指标跨区交易",
        claims="M-LANDX", moves="+zones.fdi", effects="foreign_investment.land_relief",
        outlay=("zone", 0.02, "spend", 1.0, "exchange", "assumed"),
    )
    data_sharing_platform: Column = pair(
        "data sharing platform", "跨区域数据共享平台",
        claims="M-DATAX M-INDNET", moves="+digital_capability",
        effects="digital_capability.platform_gain digital_adoption.capability_saving production.digital_effect",
        outlay=("zone", 0.30, "spend", 1.0, "data exchanges and their security", "assumed"),
    )
    environment_in_step: Column = pair(
        "business environment in step", "营商环境同步提升",
        claims="M-SYNC", moves="+business_environment", effects=f"replication.step_bonus {_ENVIRONMENT}",
        outlay=("zone", 0.05, "spend", 1.0, "joint service counters", "assumed"),
    )
    hinterland_inclusion: Column = pair(
        "inclusion of the hinterland", "纳入腹地",
        claims="M-RAD", moves="-theil -theil_between_zones", effects=f"coordination.hinterland_limit {_TOGETHER}",
        risks="coordination yardstick drift", strategy=HINTERLAND,
        outlay=("zone", 0.05, "spend", 1.0, "offices in provinces without a zone", "assumed"),
    )
    # linkage with trade agreements
    rule_alignment: Column = zone(
        "linkage", "mutual alignment of rules", "规则对接",
        claims="M-COMPRULE M-STDOUT M-RULEMK M-VOICE", moves="+alignment +exports",
        effects="trade_agreements.alignment_speed trade_costs.alignment_ntb_cut foreign_investment.agreement_effect",
        risks="outlay", strategy=FTA,
        outlay=("zone_exports", 0.0010, "spend", 0.3,
                "compliance of firms with partners' rules, 0.1 % of the trade concerned",
                "assumed"),
    )
    tariff_concessions: Column = zone(
        "linkage", "mutual tariff concessions", "共同关税减让",
        claims="M-TAR M-ZCONC", moves="+duty_saved +exports", effects="trade_costs.concession_depth",
        risks="treasury imports paperwork", strategy=FTA,
        outlay=("formula", None, "revenue", 1.0,
                "duties forgone on this quarter's imports by mutual concessions",
                "computed from imports"),
    )
    technology_partnership: Column = zone(
        "linkage", "technology partnership", "高端产业合作",
        claims="M-CJK M-CJKCL M-MATCH M-REGCHAIN", moves="+patents +tfp",
        effects="knowledge_spillovers.partner_gain production.spillover_effect", strategy=FTA,
        outlay=("zone_new", 0.0005, "spend", 0.7, "joint parks", "assumed"),
    )
    green_standards: Column = zone(
        "linkage", "cooperation on green standards", "绿色技术标准合作",
        claims="M-GSTD M-GPLAT", moves="-co2_intensity", effects="abatement.standards_saving", strategy=FTA,
        outlay=("zone", 0.03, "spend", 1.0, "standards bodies", "assumed"),
    )
    digital_interoperability: Column = zone(
        "linkage", "digital interoperability", "数字互操作",
        claims="M-INTEROP M-DEPA", moves="+exports", effects="trade_costs.digital_ntb_cut", strategy=FTA,
        outlay=("zone", 0.10, "spend", 1.0, "systems", "assumed"),
    )
    preference_support: float = nation(
        "agreements", "support for the use of preferences", "优惠利用支持",
        claims="M-ROO", moves="+preference_use +exports", effects="trade_costs.origin_cost_cut",
        risks="paperwork", strategy=FTA,
        outlay=("national_gdp", 0.000005, "spend", 1.0, "advice, certificates (0.6 bn)", "assumed"),
    )
    agreement_upgrade: float = nation(
        "agreements", "upgrade of agreements", "协定升级",
        claims="M-RCEP M-DIVERGE M-IDT", moves="+exports +accession_weight",
        effects=f"trade_agreements.divergence_friction {_ACCESSION}", strategy=FTA,
        outlay=("national_gdp", 0.000005, "spend", 1.0,
                "negotiation and regulators (0.6 bn): deeper rules, no duty is forgone",
                "assumed"),
    )
    accession_preparation: float = nation(
        "agreements", "preparation of accession", "加入准备",
        claims="M-CPTPP M-NET", moves="+accession_weight", effects=f"trade_agreements.accession_hazard {_ACCESSION}",
        risks="treasury imports", strategy=FTA,
        outlay=("formula", None, "revenue", 1.0,
                "duties forgone on this quarter's imports after accession",
                "computed from imports"),
    )
    market_access_exchange: float = nation(
        "agreements", "exchange of market access", "市场准入互换",
        claims="M-MA M-OFDI M-BRI", moves="+fdi",
        effects="foreign_investment.exchange_share trade_costs.exchange_ntb_cut", strategy=FTA,
        outlay=("national_gdp", 0.000005, "spend", 1.0, "negotiation, regulators", "assumed"),
    )
# fmt: on


CATALOGUE: dict[str, Lever] = {f.name: Lever(f.name, **f.metadata) for f in fields(Levers)}
