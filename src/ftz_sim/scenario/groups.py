"""Groups of levers, by which a gap between two strategies is taken apart."""

from __future__ import annotations

from ftz_sim.model.levers import CATALOGUE

GROUPS: dict[str, tuple[str, ...]] = {
    "zones": ("zone_status",),
    "opening": (
        "negative_list_reform", "services_list_reform", "ratchet_commitment", "sensitivity_tiers", "stress_testing",
        "licence_reform", "trade_facilitation", "zone_zero_tariff", "rule_piloting", "offshore_business",
    ),
    "institutions": (
        "legal_mandate", "institutional_innovation", "integrated_reform", "fault_tolerance", "replication",
        "ip_protection", "fair_competition", "competitive_neutrality", "dispute_resolution", "tax_clarity",
    ),
    "factors_and_finance": (
        "talent_programme", "income_tax_rebate", "corporate_tax_15", "financial_opening", "venture_fund",
        "research_support", "research_collaboration", "choke_point_research", "chain_policy", "speciality_plan",
        "land_flexibility",
    ),
    "digital": ("data_flow_opening", "compute_network", "digital_subsidy", "ai_plus"),
    "green": (
        "green_credit", "green_gate", "carbon_accounting", "carbon_budget", "carbon_market", "carbon_sinks",
        "green_retrofit",
    ),
    "coordination": (
        "coordination_platform", "joint_innovation", "division_of_labour", "mutual_recognition", "title_recognition",
        "joint_fund", "benefit_sharing", "joint_appraisal", "rotating_lead", "capital_market_integration",
        "land_quota_trade", "data_sharing_platform", "environment_in_step", "hinterland_inclusion",
    ),
    "linkage": (
        "rule_alignment", "tariff_concessions", "technology_partnership", "green_standards", "digital_interoperability",
    ),
    "agreements": ("preference_support", "agreement_upgrade", "accession_preparation", "market_access_exchange"),
}  # fmt: skip
REST = ("mechanisms", "shocks", "parameters")  # what else may differ; each is one group
GROUP_OF = {lever: group for group, levers in GROUPS.items() for lever in levers}

LABELS: dict[str, tuple[str, str]] = {
    "zones": ("existence of zones", "设立试验区"),
    "opening": ("opening", "开放"),
    "institutions": ("institutions", "制度"),
    "factors_and_finance": ("factors and finance", "要素与金融"),
    "digital": ("digital", "数字"),
    "green": ("green", "绿色"),
    "coordination": ("coordination", "跨区协同"),
    "linkage": ("linkage of zones", "试验区与协定对接"),
    "agreements": ("national agreements", "国家层面协定"),
    "mechanisms": ("mechanisms switched", "机制开关"),
    "shocks": ("shocks", "外部冲击"),
    "parameters": ("parameters", "参数"),
    "synergy": ("synergy", "协同效应（剩余）"),
    "gap": ("gap", "差距"),
}


def label(name: str, lang: str) -> str:
    """Return what a group, lever or mechanism is called in ``en`` or ``zh``."""
    if name in LABELS:
        return LABELS[name][lang == "zh"]
    if name in CATALOGUE:
        return CATALOGUE[name].zh if lang == "zh" else CATALOGUE[name].en
    return name
