"""What the papers say of each lever and each mechanism, and by which parameters a lever works: one record each.

A record holds the claims (ids of the cards in ``seeds/``), the indicators that they name with the direction, the
parameters that carry the lever in the model (ranges stand on their cards), what it costs or risks, and the strategy
in which the lever study looks at it. Its words, scope and group stand in `model.levers`. So a new lever takes a line
there and a record here.

A lever has one or two indicators: the nearest that the text names, and where the text names an aim further off, that
too. Where the text names an aim in words only (a chain that is "stronger"), the choice of the indicator is ours. The
lever marked M-ROO is an extension that no paper calls for; that zones should radiate (M-RAD) is an aim of the papers,
to take the surroundings into coordination is ours.

Indicators are columns of the national table; ``zones.x`` is column x of the zone table, added up over the zones
(amounts) or averaged over them (shares and indices), ``talent_reallocation`` the R&D staff that change province.
"""

from __future__ import annotations

from typing import NamedTuple


class Move(NamedTuple):
    """One claim: an indicator and the direction in which it is said to move."""

    indicator: str
    direction: int  # +1 up, -1 down


class Facts(NamedTuple):
    """What is said of one lever or mechanism, and how a lever works in the model."""

    claims: tuple[str, ...]
    moves: tuple[Move, ...]
    strategy: str  # the scenario in which it is taken away
    effects: tuple[str, ...] = ()  # parameters that carry it
    risks: tuple[str, ...] = ()  # keys of `signs.RISKS`

    @property
    def assumed(self) -> str:
        """What it is said to move: ``+`` or ``-`` and an indicator, one after the other."""
        return " ".join(f"{'+' if move.direction > 0 else '-'}{move.indicator}" for move in self.moves)


def _said(claims: str, moves: str) -> Facts:
    return _lever(claims, moves, "")


def _lever(claims: str, moves: str, effects: str, risks: str = "", strategy: str = "integrated") -> Facts:
    parsed = tuple(Move(word[1:], 1 if word[0] == "+" else -1) for word in moves.split())
    return Facts(tuple(claims.split()), parsed, strategy, tuple(effects.split()), tuple(risks.split()))


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

# claims; indicators that they name; parameters that carry it; risks
LEVERS: dict[str, Facts] = {
    # rules of the zone and their replication
    "zone_status": _lever(
        "M-LIFE T-FIG1 F-SIPH",
        "+nqp_fixed +theil_between_zones",
        "firm_turnover.advantage foreign_investment.zone_capacity",
        "congestion outflow rivalry",
    ),
    "legal_mandate": _lever(
        "M-LAW M-AUTH M-DELEG M-ADMIN",
        "+law +effective_openness",
        "law_and_authority.pace glass_door.law_gain negative_list.authority_gain",
    ),
    "institutional_innovation": _lever(
        "M-INN M-GSERV M-ZLAW",
        "+innovations_created +business_environment",
        f"replication.zone_bonus {_ENVIRONMENT}",
        "treasury",
    ),
    "integrated_reform": _lever(
        "M-INTEG M-FRAG M-HV M-FORESIGHT",
        "+high_value_share +emerging_share",
        f"industrial_upgrading.package_effect institutional_innovation.high_value_gain {_ENVIRONMENT}",
    ),
    "fault_tolerance": _lever(
        "M-FT", "+innovations_created", "institutional_innovation.blame_loss negative_list.failure_chill"
    ),
    "replication": _lever(
        "M-REP",
        "+innovations_approved +business_environment",
        f"replication.adoption_speed industrial_upgrading.environment_slope {_ENVIRONMENT}",
        "discount",
    ),
    "negative_list_reform": _lever(
        "M-NL M-DYN", "-list_zone +fdi", f"foreign_investment.openness_effect {_OPEN}", "paper"
    ),
    "services_list_reform": _lever(
        "M-XNL M-EDU M-MED M-TEL",
        "-services_list_zone +effective_openness",
        f"negative_list.services_weight foreign_investment.services_effect migration.amenity_pull {_OPEN}",
        "paper stop",
    ),
    "ratchet_commitment": _lever(
        "M-RAT M-STD",
        "-services_list_zone +effective_openness",
        f"negative_list.relist_pace policy_trust.credibility {_OPEN}",
    ),
    "sensitivity_tiers": _lever("M-SENS M-RISK", "-services_list_zone -crisis_hazard", _OPEN),
    "stress_testing": _lever("M-STRESS M-RISKCTL", "-services_list_zone -crisis_hazard", _OPEN),
    "licence_reform": _lever(
        "M-GLASS M-QUOT M-EQ M-TRANSP",
        "-glass_door +effective_openness",
        f"glass_door.reform_speed glass_door.law_gain glass_door.environment_gain {_OPEN}",
    ),
    "trade_facilitation": _lever("M-TRF M-LINE M-NEWF", "+exports", "trade_costs.facilitation_ntb_cut"),
    "zone_zero_tariff": _lever("M-ZT", "+zones.exports", "trade_costs.zone_trade_multiple", "treasury imports"),
    "rule_piloting": _lever(
        "M-CPTPP M-BENCH M-ACTIVE M-SOEGP",
        "+accession_readiness +accession_weight",
        f"negative_list.pilot_gain trade_agreements.readiness_speed {_ACCESSION}",
        "imports",
    ),
    # digital
    "data_flow_opening": _lever(
        "M-DATA M-DPORT M-DTRADE",
        "+digital_capability +exports",
        f"{_DATA} digital_capability.national_reach trade_costs.digital_ntb_cut",
        "breach",
    ),
    "compute_network": _lever("M-EWC M-INFRA", "+digital_capability", _DATA, "outlay"),
    "digital_subsidy": _lever(
        "M-DIGPOL M-SMARTCH M-DIGFTZ",
        "+digital_intensity",
        "digital_adoption.subsidy_share production.digital_effect",
        "treasury",
    ),
    "ai_plus": _lever(
        "M-AI M-ALGRD",
        "+digital_intensity +digital_capability",
        f"digital_adoption.ai_gain digital_capability.national_reach {_DATA}",
        "outlay",
    ),
    # talents, tax, business environment, finance
    "talent_programme": _lever(
        "M-TAL M-TALI M-YOUTH M-LAB",
        "+talents",
        "migration.programme_pull migration.overseas_inflow",
        "treasury outflow",
    ),
    "income_tax_rebate": _lever(
        "M-IIT", "+talents", "migration.rebate_pull migration.overseas_inflow", "treasury outflow"
    ),
    "corporate_tax_15": _lever(
        "M-CIT",
        "+zones.fdi +zones.fdi_high_tech_share",
        "foreign_investment.tax_semielasticity public_finance.eligible_max",
        "treasury",
    ),
    "tax_clarity": _lever(
        "M-CITB M-BOUND M-TAXFTA", "+zones.fdi", "public_finance.unclear_loss foreign_investment.tax_semielasticity"
    ),
    "offshore_business": _lever("M-OFFS", "+zones.fdi", "foreign_investment.offshore_effect", "treasury"),
    "ip_protection": _lever(
        "M-IP", "+research_intensity +zones.fdi", "research.protection_effect foreign_investment.rule_of_law_effect"
    ),
    "fair_competition": _lever(
        "M-FC", "+zones.fdi", "firm_turnover.entry_effect foreign_investment.rule_of_law_effect"
    ),
    "competitive_neutrality": _lever("M-CN M-SUBSID", "+gdp", "investment.state_wedge"),
    "dispute_resolution": _lever("M-DR", "+zones.fdi", "foreign_investment.rule_of_law_effect"),
    "financial_opening": _lever(
        "M-FIN M-RMB M-CAPM",
        "+zones.investment +emerging_share",
        "capital_account.funds_response investment.finance_gain industrial_upgrading.finance_slope",
        "stop",
    ),
    "venture_fund": _lever("M-FUNDVC", "+emerging_share", "investment.venture_weight", "outlay"),
    # research and industry
    "research_support": _lever(
        "M-RDS M-SUBJ M-SETTLE M-XBR",
        "+research_intensity +patents",
        "research.user_cost_elasticity firm_turnover.entry_effect",
        "treasury relabelling diversion",
    ),
    "research_collaboration": _lever("M-IUR M-BID M-TT M-PATPOOL", "+knowledge", "research.collaboration_effect"),
    "choke_point_research": _lever("M-NECK M-SAFE", "-dependence", "technology_dependence.effort_gain"),
    "chain_policy": _lever(
        "M-CHAIN M-UPDOWN M-TRANS M-DEMOPARK M-HIGHEND",
        "-input_cost +emerging_share +advancement",
        "industrial_upgrading.chain_effect firm_turnover.chain_effect",
        "treasury",
    ),
    "speciality_plan": _lever(
        "M-SPEC M-PLAN",
        "-plan_overlap -duplication",
        "industry_targeting.speciality_weight research.duplication_loss",
        "planner",
    ),
    "land_flexibility": _lever("M-LAND", "+zones.fdi", "foreign_investment.land_relief"),
    # green
    "green_credit": _lever(
        "M-GF", "-co2_intensity", "green_finance.green_spread abatement.abatement_speed", "resources greenwash"
    ),
    "green_gate": _lever(
        "M-GGATE M-GTRADE M-GDESIGN", "-co2_intensity", "carbon.gate_charge abatement.abatement_speed", "resources"
    ),
    "carbon_accounting": _lever(
        "M-CACC M-ECOSAFE",
        "-co2_intensity",
        "carbon.gate_charge carbon.budget_response green_finance.greenwash",
        "resources",
    ),
    "carbon_budget": _lever(
        "M-CBUD", "-zones.co2 -co2", "carbon.budget_response abatement.abatement_speed", "resources"
    ),
    "carbon_market": _lever("M-CMKT", "-co2", "abatement.abatement_speed", "resources"),
    "carbon_sinks": _lever("M-CSINK", "-co2_net", "carbon.sink_growth"),
    "green_retrofit": _lever(
        "M-GREENT M-GSUB M-GINFRA M-ECOIND M-GPARK", "-co2_intensity", "abatement.retrofit_saving"
    ),
    # coordination between zones
    "coordination_platform": _lever(
        "M-PLAT M-JMC M-ALLY M-EGOV M-LAW4",
        "+coordination +coalitions",
        f"coordination.platform_cut {_TOGETHER}",
        "coordination yardstick drift",
    ),
    "joint_innovation": _lever(
        "M-JTI M-PNET M-DUP",
        "+knowledge -dependence",
        "research.collaboration_effect research.duplication_loss technology_dependence.effort_gain",
    ),
    "division_of_labour": _lever(
        "M-DOL M-COMPAD M-NIP",
        "-plan_overlap -duplication",
        f"coordination.division_cut industry_targeting.overlap_penalty research.duplication_loss {_TOGETHER}",
        "planner coordination yardstick",
    ),
    "mutual_recognition": _lever(
        "M-MR M-REGCO", "+coordination +sold_elsewhere", f"coordination.plain {_TOGETHER}", "coordination yardstick"
    ),
    "title_recognition": _lever(
        "M-TITLE",
        "+talent_reallocation",
        "migration.recognition_effect coordination.assumed_border coordination.horizon",
        "outlay outflow",
    ),
    "joint_fund": _lever("M-JF", "+coordination +patents", _TOGETHER, "fund coordination yardstick"),
    "benefit_sharing": _lever(
        "M-BS M-COMPAD", "+coordination +transfers_share -refusals", _TOGETHER, "coordination yardstick"
    ),
    "joint_appraisal": _lever(
        "M-KPI", "+coordination -refusals", f"coordination.appraisal {_TOGETHER}", "coordination yardstick"
    ),
    "rotating_lead": _lever(
        "M-ROT", "+coordination", f"coordination.lead_cut {_TOGETHER}", "coordination yardstick planner"
    ),
    "capital_market_integration": _lever("M-FINCL M-FININFRA", "+gdp", "investment.integration_gain"),
    "land_quota_trade": _lever("M-LANDX", "+zones.fdi", "foreign_investment.land_relief"),
    "data_sharing_platform": _lever(
        "M-DATAX M-INDNET",
        "+digital_capability",
        "digital_capability.platform_gain digital_adoption.capability_saving production.digital_effect",
    ),
    "environment_in_step": _lever("M-SYNC", "+business_environment", f"replication.step_bonus {_ENVIRONMENT}"),
    "hinterland_inclusion": _lever(
        "M-RAD",
        "-theil -theil_between_zones",
        f"coordination.hinterland_limit {_TOGETHER}",
        "coordination yardstick drift",
        strategy=HINTERLAND,
    ),
    # linkage with trade agreements
    "rule_alignment": _lever(
        "M-COMPRULE M-STDOUT M-RULEMK M-VOICE",
        "+alignment +exports",
        "trade_agreements.alignment_speed trade_costs.alignment_ntb_cut foreign_investment.agreement_effect",
        "outlay",
        strategy=FTA,
    ),
    "tariff_concessions": _lever(
        "M-TAR M-ZCONC",
        "+duty_saved +exports",
        "trade_costs.concession_depth",
        "treasury imports paperwork",
        strategy=FTA,
    ),
    "technology_partnership": _lever(
        "M-CJK M-CJKCL M-MATCH M-REGCHAIN",
        "+patents +tfp",
        "knowledge_spillovers.partner_gain production.spillover_effect",
        strategy=FTA,
    ),
    "green_standards": _lever("M-GSTD M-GPLAT", "-co2_intensity", "abatement.standards_saving", strategy=FTA),
    "digital_interoperability": _lever("M-INTEROP M-DEPA", "+exports", "trade_costs.digital_ntb_cut", strategy=FTA),
    "preference_support": _lever(
        "M-ROO", "+preference_use +exports", "trade_costs.origin_cost_cut", "paperwork", strategy=FTA
    ),
    "agreement_upgrade": _lever(
        "M-RCEP M-DIVERGE M-IDT",
        "+exports +accession_weight",
        f"trade_agreements.divergence_friction {_ACCESSION}",
        strategy=FTA,
    ),
    "accession_preparation": _lever(
        "M-CPTPP M-NET",
        "+accession_weight",
        f"trade_agreements.accession_hazard {_ACCESSION}",
        "treasury imports",
        strategy=FTA,
    ),
    "market_access_exchange": _lever(
        "M-MA M-OFDI M-BRI", "+fdi", "foreign_investment.exchange_share trade_costs.exchange_ntb_cut", strategy=FTA
    ),
}

# claims; indicators that they name
MECHANISMS: dict[str, Facts] = {
    "law_and_authority": _said("M-LAW M-AUTH", "+effective_openness"),
    "institutional_innovation": _said("M-INN M-HV", "+business_environment"),
    "replication": _said("M-REP M-ENVI", "+business_environment +gdp"),
    "negative_list": _said("M-NL M-XNL M-DYN", "+fdi"),
    "trade_agreements": _said("M-CPTPP M-ACTIVE", "+exports"),
    "trade_costs": _said("M-DUAL M-TRF", "+gdp"),
    "digital_capability": _said("M-DCA", "+digital_intensity"),
    "digital_adoption": _said("M-N1 M-DIGB", "+gdp"),
    "research": _said("M-KPF M-ICHAIN", "+gdp"),
    "knowledge_spillovers": _said("M-XIND M-DIGLINK", "+patents +tfp"),
    "technology_dependence": _said("M-NECK", "-dependence"),
    "coordination": _said("M-PLAT M-DOL M-SOLO", "-duplication +sold_elsewhere +gdp"),
    "industry_targeting": _said("M-SPEC M-PLAN", "+clusters +emerging_share"),
    "foreign_investment": _said("M-DYN M-STRINV", "+gdp +emerging_share"),
    "migration": _said("M-MISALL M-3EFF", "+gdp"),
    "public_finance": _said("M-CIT M-JF M-BS", "+zones.fdi"),
    "capital_account": _said("M-FIN M-RISKCTL", "+crisis_hazard"),
    "green_finance": _said("M-GF", "-co2_intensity"),
    "abatement": _said("M-GGATE M-CMKT M-GREENT", "-co2_intensity"),
    "investment": _said("M-MISALL M-FINCL", "+gdp"),
    "relocation": _said("X-SCT M-COMPAD", "-theil"),
    "industrial_upgrading": _said("M-IND M-TRANS F-ECO3", "+emerging_share +advancement"),
    "firm_turnover": _said("M-ENVI", "+tfp"),
}
