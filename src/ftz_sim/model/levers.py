"""The 66 policy levers: what a strategy can pull, with scope, group and labels in both languages.

The dataclass is the catalogue. Its instance in a running model holds this quarter's levels, in [0, 1]:
zone and pair levers as one number per province (that of its zone, already times ``regions.zone_open``, and
0 where no zone is open), national levers as one number. A pair of zones has the smaller of both levels.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Scope = Literal["zone", "pair", "nation"]
Group = Literal[
    "zones", "opening", "institutions", "factors_and_finance", "digital", "green", "coordination", "linkage",
    "agreements",
]  # fmt: skip
Column = NDArray[Any]  # of float64
N_REGIONS = 31


def _zone(group: Group, en: str, zh: str, scope: Scope = "zone") -> Any:
    facts = {"scope": scope, "group": group, "en": en, "zh": zh}
    return field(default_factory=lambda: np.zeros(N_REGIONS), metadata=facts)


def _pair(en: str, zh: str) -> Any:
    return _zone("coordination", en, zh, "pair")


def _nation(group: Group, en: str, zh: str) -> Any:
    return field(default=0.0, metadata={"scope": "nation", "group": group, "en": en, "zh": zh})


@dataclass
class Levers:
    """Levels of all levers in the current quarter."""

    # rules of the zone and their replication
    zone_status: Column = _zone("zones", "zone status", "自贸试验区地位")
    legal_mandate: Column = _zone("institutions", "mandate of a national zone law", "国家立法授权")
    institutional_innovation: Column = _zone("institutions", "institutional innovation", "制度创新")
    integrated_reform: Column = _zone("institutions", "integrated, whole-chain reform", "集成式改革")
    fault_tolerance: Column = _zone("institutions", "fault tolerance", "容错机制")
    replication: float = _nation("institutions", "national replication", "复制推广")
    negative_list_reform: Column = _zone("opening", "shortening the investment list", "缩减外资准入负面清单")
    services_list_reform: Column = _zone("opening", "shortening the services list", "缩减跨境服务贸易负面清单")
    ratchet_commitment: float = _nation("opening", "standstill and ratchet", "静止条款与棘轮机制")
    sensitivity_tiers: float = _nation("opening", "tiers of sensitivity", "按敏感程度分类分级")
    stress_testing: Column = _zone("opening", "stress testing", "压力测试")
    licence_reform: Column = _zone("opening", "licence reform", "“准入即准营”与许可改革")
    trade_facilitation: Column = _zone("opening", "trade facilitation", "贸易便利化")
    zone_zero_tariff: Column = _zone("opening", "zero tariff inside the zone", "区内零关税")
    rule_piloting: Column = _zone("opening", "piloting high-standard rules", "高标准规则先行先试")
    # digital
    data_flow_opening: Column = _zone("digital", "opening of cross-border data flows", "数据跨境流动开放")
    compute_network: Column = _zone("digital", "compute network", "算力网络")
    digital_subsidy: Column = _zone("digital", "support for digital retrofit", "数字化转型支持")
    ai_plus: Column = _zone("digital", "AI+ action", "人工智能+行动")
    # talents, tax, business environment, finance
    talent_programme: Column = _zone("factors_and_finance", "talent programme", "人才计划")
    income_tax_rebate: Column = _zone("factors_and_finance", "income tax rebate for talents", "人才个税补贴")
    corporate_tax_15: Column = _zone("factors_and_finance", "15 % corporate tax", "15%企业所得税")
    tax_clarity: Column = _zone("institutions", "clear border of tax favours", "税收优惠适用边界清晰")
    offshore_business: Column = _zone("opening", "offshore business", "离岸业务")
    ip_protection: Column = _zone("institutions", "protection of intellectual property", "知识产权保护")
    fair_competition: Column = _zone("institutions", "fair competition review", "公平竞争审查")
    competitive_neutrality: Column = _zone("institutions", "competitive neutrality", "竞争中立")
    dispute_resolution: Column = _zone("institutions", "dispute resolution", "多元化纠纷解决")
    financial_opening: Column = _zone("factors_and_finance", "financial opening", "金融开放")
    venture_fund: Column = _zone("factors_and_finance", "venture guidance fund", "创业引导基金")
    # research and industry
    research_support: Column = _zone("factors_and_finance", "support of research", "研发支持")
    research_collaboration: Column = _zone("factors_and_finance", "research collaboration", "产学研用合作")
    choke_point_research: Column = _zone("factors_and_finance", "research on choke points", "关键核心技术攻关")
    chain_policy: Column = _zone("factors_and_finance", "industrial chain policy", "产业链政策")
    speciality_plan: Column = _zone("factors_and_finance", "speciality plan", "特色产业规划")
    land_flexibility: Column = _zone("factors_and_finance", "flexible land", "弹性用地")
    # green
    green_credit: Column = _zone("green", "green credit", "绿色信贷")
    green_gate: Column = _zone("green", "green gate at the second line", "二线绿色准入关口")
    carbon_accounting: Column = _zone("green", "carbon accounting", "碳排放核算")
    carbon_budget: Column = _zone("green", "carbon budget", "碳预算")
    carbon_market: Column = _zone("green", "carbon market", "碳市场")
    carbon_sinks: Column = _zone("green", "carbon sinks", "碳汇")
    green_retrofit: Column = _zone("green", "green retrofit", "绿色改造")
    # coordination between zones
    coordination_platform: Column = _pair("coordination platform", "对话合作平台")
    joint_innovation: Column = _pair("joint innovation", "科技协同创新")
    division_of_labour: Column = _pair("division of labour", "产业分工")
    mutual_recognition: Column = _pair("mutual recognition of standards", "标准互认")
    title_recognition: Column = _pair("mutual recognition of titles", "职称互认")
    joint_fund: Column = _pair("joint industry fund", "跨区域产业基金")
    benefit_sharing: Column = _pair("benefit sharing", "利益共享")
    joint_appraisal: Column = _pair("joint appraisal", "协同考核")
    rotating_lead: Column = _pair("rotating lead", "轮值主导")
    capital_market_integration: Column = _pair("capital market integration", "区域金融一体化")
    land_quota_trade: Column = _pair("trade of land quotas", "土地指标跨区交易")
    data_sharing_platform: Column = _pair("data sharing platform", "跨区域数据共享平台")
    environment_in_step: Column = _pair("business environment in step", "营商环境同步提升")
    hinterland_inclusion: Column = _pair("inclusion of the hinterland", "纳入腹地")
    # linkage with trade agreements
    rule_alignment: Column = _zone("linkage", "mutual alignment of rules", "规则对接")
    tariff_concessions: Column = _zone("linkage", "mutual tariff concessions", "共同关税减让")
    technology_partnership: Column = _zone("linkage", "technology partnership", "高端产业合作")
    green_standards: Column = _zone("linkage", "cooperation on green standards", "绿色技术标准合作")
    digital_interoperability: Column = _zone("linkage", "digital interoperability", "数字互操作")
    preference_support: float = _nation("agreements", "support for the use of preferences", "优惠利用支持")
    agreement_upgrade: float = _nation("agreements", "upgrade of agreements", "协定升级")
    accession_preparation: float = _nation("agreements", "preparation of accession", "加入准备")
    market_access_exchange: float = _nation("agreements", "exchange of market access", "市场准入互换")


@dataclass(frozen=True)
class Lever:
    """One row of the catalogue."""

    name: str
    scope: Scope
    group: Group
    en: str
    zh: str


CATALOGUE: dict[str, Lever] = {f.name: Lever(f.name, **f.metadata) for f in fields(Levers)}
