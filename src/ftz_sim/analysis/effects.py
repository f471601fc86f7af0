"""By which parameters each lever works in the model, what it costs and risks, and why some ranges hold no harm.

Tables only; `signs` reads them. Effects and risks are names of parameters, ranges stand on their cards.
"""

from __future__ import annotations

from typing import NamedTuple


class Works(NamedTuple):
    """How a lever works in the model."""

    effects: tuple[str, ...]  # parameters that carry it
    risks: tuple[str, ...]  # keys of `RISKS`


class Risk(NamedTuple):
    """What a lever costs, or what may go wrong with it."""

    en: str
    zh: str
    parameter: str  # that says how much


def _works(effects: str, risks: str = "") -> Works:
    return Works(tuple(effects.split()), tuple(risks.split()))


RISKS: dict[str, Risk] = {
    "treasury": Risk("loss on public money", "财政资金的效率损失", "public_finance.cost_of_funds"),
    "administration": Risk("cost of running a zone", "试验区管理成本", "public_finance.administration"),
    "programmes": Risk("outlay of programmes", "专项计划支出", "public_finance.programme_share"),
    "outflow": Risk("talents leave other provinces", "他省人才流出", "migration.talent_mobility"),
    "congestion": Risk("crowded zone areas", "片区拥挤", "foreign_investment.congestion"),
    "paper": Risk("opening on paper", "名义开放（大门开、小门不开）", "glass_door.paper_gap"),
    "stop": Risk("sudden stop of capital", "资本流入骤停", "capital_account.crisis_hazard"),
    "imports": Risk("import competition", "进口竞争", "trade_costs.concession_depth"),
    "discount": Risk("reforms lose worth on the way", "异地复制效果折减", "replication.discount"),
    "breach": Risk("data breach", "数据泄露", "digital_capability.data_risk_loss"),
    "relabelling": Risk("relabelled research", "虚报研发", "research.relabelled_share"),
    "diversion": Risk("research drawn from others", "挤出他人研发", "research.subsidy_diversion"),
    "planner": Risk("error of planners", "规划误差", "industry_targeting.planner_error"),
    "resources": Risk("resource cost of abatement", "减排的资源成本", "carbon.resource_share"),
    "yardstick": Risk("less rivalry between zones", "标尺竞争减弱", "institutional_innovation.yardstick_loss"),
    "coordination": Risk("cost of bargains", "谈判与协调成本", "coordination.administration"),
    "rivalry": Risk("rivalry between zones", "试验区之间的竞争", "coordination.zone_rivalry"),
    "drift": Risk("drifting apart", "协同衰减", "coordination.decay"),
    "fund": Risk("cost of the joint fund", "基金成本", "public_finance.fund_share"),
    "alignment": Risk("outlay of alignment", "规则对接支出", "public_finance.alignment_outlay"),
    "revenue": Risk("tariff revenue lost", "关税收入损失", "public_finance.accession_revenue"),
    "paperwork": Risk("paperwork of origin", "原产地证明成本", "trade_costs.rules_of_origin_cost"),
}

_ENVIRONMENT = "production.environment_effect research.environment_effect"
_OPEN = "production.fdi_effect industrial_upgrading.openness_slope firm_turnover.advantage"
_TOGETHER = (
    "coordination.speed coordination.assumed_border markets.border production.spillover_effect "
    "knowledge_spillovers.border_loss replication.step_bonus trade_agreements.coordination_boost carbon.symbiosis"
)
_DATA = "digital_capability.gain production.digital_effect"
_ACCESSION = "trade_costs.agreement_ntb_cut foreign_investment.agreement_effect"

WORKS: dict[str, Works] = {
    "zone_status": _works("firm_turnover.advantage foreign_investment.zone_capacity", "congestion outflow rivalry"),
    "legal_mandate": _works("law_and_authority.pace glass_door.law_gain negative_list.authority_gain"),
    "institutional_innovation": _works(f"replication.zone_bonus {_ENVIRONMENT}", "administration treasury"),
    "integrated_reform": _works(
        f"industrial_upgrading.package_effect institutional_innovation.high_value_gain {_ENVIRONMENT}"
    ),
    "fault_tolerance": _works("institutional_innovation.blame_loss negative_list.failure_chill"),
    "replication": _works(
        f"replication.adoption_speed industrial_upgrading.environment_slope {_ENVIRONMENT}", "discount"
    ),
    "negative_list_reform": _works(f"foreign_investment.openness_effect {_OPEN}", "paper"),
    "services_list_reform": _works(
        f"negative_list.services_weight foreign_investment.services_effect migration.amenity_pull {_OPEN}", "paper stop"
    ),
    "ratchet_commitment": _works(f"negative_list.relist_pace policy_trust.credibility {_OPEN}"),
    "sensitivity_tiers": _works(_OPEN),
    "stress_testing": _works(_OPEN),
    "licence_reform": _works(f"glass_door.reform_speed glass_door.law_gain glass_door.environment_gain {_OPEN}"),
    "trade_facilitation": _works("trade_costs.facilitation_ntb_cut"),
    "zone_zero_tariff": _works("trade_costs.zone_trade_multiple", "treasury imports"),
    "rule_piloting": _works(f"negative_list.pilot_gain trade_agreements.readiness_speed {_ACCESSION}", "imports"),
    "data_flow_opening": _works(f"{_DATA} trade_costs.digital_ntb_cut", "breach"),
    "compute_network": _works(_DATA),
    "digital_subsidy": _works("digital_adoption.subsidy_share production.digital_effect", "treasury"),
    "ai_plus": _works(f"digital_adoption.ai_gain {_DATA}"),
    "talent_programme": _works("migration.programme_pull migration.overseas_inflow", "programmes outflow"),
    "income_tax_rebate": _works("migration.rebate_pull migration.overseas_inflow", "treasury outflow"),
    "corporate_tax_15": _works("foreign_investment.tax_semielasticity public_finance.eligible_max", "treasury"),
    "tax_clarity": _works("public_finance.unclear_loss foreign_investment.tax_semielasticity"),
    "offshore_business": _works("foreign_investment.offshore_effect", "treasury"),
    "ip_protection": _works("research.protection_effect foreign_investment.rule_of_law_effect"),
    "fair_competition": _works("firm_turnover.entry_effect foreign_investment.rule_of_law_effect"),
    "competitive_neutrality": _works("investment.state_wedge"),
    "dispute_resolution": _works("foreign_investment.rule_of_law_effect"),
    "financial_opening": _works(
        "capital_account.funds_response investment.finance_gain industrial_upgrading.finance_slope", "stop"
    ),
    "venture_fund": _works("investment.venture_weight", "programmes"),
    "research_support": _works(
        "research.user_cost_elasticity firm_turnover.entry_effect", "treasury relabelling diversion"
    ),
    "research_collaboration": _works("research.collaboration_effect"),
    "choke_point_research": _works("technology_dependence.effort_gain"),
    "chain_policy": _works("industrial_upgrading.chain_effect firm_turnover.chain_effect", "programmes"),
    "speciality_plan": _works("industry_targeting.speciality_weight research.duplication_loss", "planner"),
    "land_flexibility": _works("foreign_investment.land_relief"),
    "green_credit": _works("green_finance.green_tilt"),
    "green_gate": _works("carbon.gate_effect"),
    "carbon_accounting": _works("carbon.gate_effect carbon.budget_response carbon.abatement_response", "resources"),
    "carbon_budget": _works("carbon.budget_response carbon.abatement_response", "resources"),
    "carbon_market": _works("carbon.abatement_response", "resources"),
    "carbon_sinks": _works("carbon.sink_growth"),
    "green_retrofit": _works("carbon.retrofit_effect"),
    "coordination_platform": _works(f"coordination.platform_cut {_TOGETHER}", "coordination yardstick drift"),
    "joint_innovation": _works(
        "research.collaboration_effect research.duplication_loss technology_dependence.effort_gain"
    ),
    "division_of_labour": _works(
        f"coordination.division_cut industry_targeting.overlap_penalty research.duplication_loss {_TOGETHER}",
        "planner coordination yardstick",
    ),
    "mutual_recognition": _works(f"coordination.plain {_TOGETHER}", "coordination yardstick"),
    "title_recognition": _works(
        "migration.recognition_effect coordination.assumed_border coordination.horizon", "programmes outflow"
    ),
    "joint_fund": _works(_TOGETHER, "fund coordination yardstick"),
    "benefit_sharing": _works(_TOGETHER, "coordination yardstick"),
    "joint_appraisal": _works(f"coordination.appraisal {_TOGETHER}", "coordination yardstick"),
    "rotating_lead": _works(f"coordination.lead_cut {_TOGETHER}", "coordination yardstick planner"),
    "capital_market_integration": _works("investment.integration_gain"),
    "land_quota_trade": _works("foreign_investment.land_relief"),
    "data_sharing_platform": _works("digital_capability.platform_gain production.digital_effect"),
    "environment_in_step": _works(f"replication.step_bonus {_ENVIRONMENT}"),
    "hinterland_inclusion": _works(f"coordination.hinterland_limit {_TOGETHER}", "coordination yardstick drift"),
    "rule_alignment": _works(
        "trade_agreements.alignment_speed trade_costs.alignment_ntb_cut foreign_investment.agreement_effect",
        "alignment",
    ),
    "tariff_concessions": _works("trade_costs.concession_depth", "imports paperwork"),
    "technology_partnership": _works("knowledge_spillovers.partner_gain production.spillover_effect"),
    "green_standards": _works("carbon.cooperation_effect"),
    "digital_interoperability": _works("trade_costs.digital_ntb_cut"),
    "preference_support": _works("trade_costs.origin_cost_cut", "paperwork"),
    "agreement_upgrade": _works(f"trade_agreements.divergence_friction {_ACCESSION}"),
    "accession_preparation": _works(f"trade_agreements.accession_hazard {_ACCESSION}", "imports revenue"),
    "market_access_exchange": _works("foreign_investment.exchange_share trade_costs.exchange_ntb_cut"),
}

# why the range of an effect stops at 0 or above
_SPEED = ("a speed: below 0 there is nothing left to undo", "速度：低于零时已无可逆转")
_SHARE = ("a share of something that exists", "现有量的份额，不能为负")
_BORDER = ("evidence: borders cost", "证据：边界有成本")
_PRICE = ("a price does not raise what it prices", "价格不会增加被定价之物")
NO_HARM: dict[str, tuple[str, str]] = {
    "law_and_authority.pace": _SPEED,
    "coordination.speed": _SPEED,
    "replication.adoption_speed": _SPEED,
    "trade_agreements.alignment_speed": _SPEED,
    "trade_agreements.readiness_speed": _SPEED,
    "trade_agreements.accession_hazard": _SPEED,
    "negative_list.relist_pace": _SPEED,
    "migration.overseas_inflow": ("an inflow", "流入量"),
    "negative_list.authority_gain": _SHARE,
    "negative_list.services_weight": _SHARE,
    "policy_trust.credibility": _SHARE,
    "foreign_investment.services_effect": ("0 is no answer to what is opened", "零即对开放没有反应"),
    "capital_account.funds_response": (
        "funds follow the gap of returns, which has either sign",
        "资金随回报差流动，差额可正可负",
    ),
    "institutional_innovation.high_value_gain": _SHARE,
    "public_finance.eligible_max": _SHARE,
    "coordination.hinterland_limit": _SHARE,
    "coordination.platform_cut": _SHARE,
    "coordination.lead_cut": _SHARE,
    "coordination.division_cut": _SHARE,
    "coordination.plain": _SHARE,
    "coordination.appraisal": ("0 is no weight for the partner", "零即完全不计对方得失"),
    "coordination.horizon": ("a term of office", "任期年数"),
    "coordination.assumed_border": _BORDER,
    "markets.border": _BORDER,
    "trade_costs.concession_depth": ("the depth of a tariff cut", "关税削减幅度"),
    "knowledge_spillovers.border_loss": _BORDER,
    "production.digital_effect": (
        "part of past growth; a lever can slow digitisation",
        "属历史增长；政策工具可减慢数字化",
    ),
    "industry_targeting.overlap_penalty": ("0 is no division of labour", "零即无分工"),
    "carbon.budget_response": _PRICE,
    "carbon.abatement_response": _PRICE,
}
EVIDENCE = ("evidence gives the sign", "证据给出符号")  # grades L, C and D
CONSTANT = ("a constant, not drawn", "常数，不抽样")
