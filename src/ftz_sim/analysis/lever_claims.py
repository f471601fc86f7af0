"""What the papers say each lever and each mechanism moves, and which way: claims that the lever study tests.

Claim ids are those of the cards in ``seeds/``. A lever has one or two indicators: the nearest that the text
names, and where the text names an aim further off, that too. ``+`` means that the text says the lever raises
the indicator, ``-`` that it lowers it. Where the text names an aim in words only (a chain that is "stronger"),
the choice of the indicator is ours. The lever marked M-ROO is an extension that no paper calls for; that zones
should radiate (M-RAD) is an aim of the papers, to take the surroundings into coordination is ours.

Indicators are columns of the national table; ``zones.x`` is column x of the zone table, added up over the zones
(amounts) or averaged over them (shares and indices), ``talent_reallocation`` the R&D staff that change province.
"""

from __future__ import annotations

from typing import NamedTuple


class Move(NamedTuple):
    """One claim: an indicator and the direction in which it is said to move."""

    indicator: str
    direction: int  # +1 up, -1 down


class Expectation(NamedTuple):
    """What is said of one lever or mechanism."""

    claims: tuple[str, ...]
    moves: tuple[Move, ...]
    strategy: str  # the scenario in which it is switched off


def _said(claims: str, moves: str, strategy: str = "integrated") -> Expectation:
    parsed = tuple(Move(word[1:], 1 if word[0] == "+" else -1) for word in moves.split())
    return Expectation(tuple(claims.split()), parsed, strategy)


FTA, HINTERLAND = "ftz_fta", "cross_zone_with_hinterland"

LEVERS: dict[str, Expectation] = {
    # rules of the zone and their replication
    "zone_status": _said("M-LIFE T-FIG1 F-SIPH", "+nqp_fixed +theil_between_zones"),
    "legal_mandate": _said("M-LAW M-AUTH M-DELEG M-ADMIN", "+law +effective_openness"),
    "institutional_innovation": _said("M-INN M-GSERV M-ZLAW", "+innovations_created +business_environment"),
    "integrated_reform": _said("M-INTEG M-FRAG M-HV M-FORESIGHT", "+high_value_share +emerging_share"),
    "fault_tolerance": _said("M-FT", "+innovations_created"),
    "replication": _said("M-REP", "+innovations_approved +business_environment"),
    "negative_list_reform": _said("M-NL M-DYN", "-list_zone +fdi"),
    "services_list_reform": _said("M-XNL M-EDU M-MED M-TEL", "-services_list_zone +effective_openness"),
    "ratchet_commitment": _said("M-RAT M-STD", "-services_list_zone +effective_openness"),
    "sensitivity_tiers": _said("M-SENS M-RISK", "-services_list_zone -crisis_hazard"),
    "stress_testing": _said("M-STRESS M-RISKCTL", "-services_list_zone -crisis_hazard"),
    "licence_reform": _said("M-GLASS M-QUOT M-EQ M-TRANSP", "-glass_door +effective_openness"),
    "trade_facilitation": _said("M-TRF M-LINE M-NEWF", "+exports"),
    "zone_zero_tariff": _said("M-ZT", "+zones.exports"),
    "rule_piloting": _said("M-CPTPP M-BENCH M-ACTIVE M-SOEGP", "+accession_readiness +accession_weight"),
    # digital
    "data_flow_opening": _said("M-DATA M-DPORT M-DTRADE", "+digital_capability +exports"),
    "compute_network": _said("M-EWC M-INFRA", "+digital_capability"),
    "digital_subsidy": _said("M-DIGPOL M-SMARTCH M-DIGFTZ", "+digital_intensity"),
    "ai_plus": _said("M-AI M-ALGRD", "+digital_intensity +digital_capability"),
    # talents, tax, business environment, finance
    "talent_programme": _said("M-TAL M-TALI M-YOUTH M-LAB", "+talents"),
    "income_tax_rebate": _said("M-IIT", "+talents"),
    "corporate_tax_15": _said("M-CIT", "+zones.fdi +zones.fdi_high_tech_share"),
    "tax_clarity": _said("M-CITB M-BOUND M-TAXFTA", "+zones.fdi"),
    "offshore_business": _said("M-OFFS", "+zones.fdi"),
    "ip_protection": _said("M-IP", "+research_intensity +zones.fdi"),
    "fair_competition": _said("M-FC", "+zones.fdi"),
    "competitive_neutrality": _said("M-CN M-SUBSID", "+gdp"),
    "dispute_resolution": _said("M-DR", "+zones.fdi"),
    "financial_opening": _said("M-FIN M-RMB M-CAPM", "+zones.investment +emerging_share"),
    "venture_fund": _said("M-FUNDVC", "+emerging_share"),
    # research and industry
    "research_support": _said("M-RDS M-SUBJ M-SETTLE M-XBR", "+research_intensity +patents"),
    "research_collaboration": _said("M-IUR M-BID M-TT M-PATPOOL", "+knowledge"),
    "choke_point_research": _said("M-NECK M-SAFE", "-dependence"),
    "chain_policy": _said("M-CHAIN M-UPDOWN M-TRANS M-DEMOPARK M-HIGHEND", "-input_cost +emerging_share +advancement"),
    "speciality_plan": _said("M-SPEC M-PLAN", "-plan_overlap -duplication"),
    "land_flexibility": _said("M-LAND", "+zones.fdi"),
    # green
    "green_credit": _said("M-GF", "-co2_intensity"),
    "green_gate": _said("M-GGATE M-GTRADE M-GDESIGN", "-co2_intensity"),
    "carbon_accounting": _said("M-CACC M-ECOSAFE", "-co2_intensity"),
    "carbon_budget": _said("M-CBUD", "-zones.co2 -co2"),
    "carbon_market": _said("M-CMKT", "-co2"),
    "carbon_sinks": _said("M-CSINK", "-co2_net"),
    "green_retrofit": _said("M-GREENT M-GSUB M-GINFRA M-ECOIND M-GPARK", "-co2_intensity"),
    # coordination between zones
    "coordination_platform": _said("M-PLAT M-JMC M-ALLY M-EGOV M-LAW4", "+coordination +coalitions"),
    "joint_innovation": _said("M-JTI M-PNET M-DUP", "+knowledge -dependence"),
    "division_of_labour": _said("M-DOL M-COMPAD M-NIP", "-plan_overlap -duplication"),
    "mutual_recognition": _said("M-MR M-REGCO", "+coordination +sold_elsewhere"),
    "title_recognition": _said("M-TITLE", "+talent_reallocation"),
    "joint_fund": _said("M-JF", "+coordination +patents"),
    "benefit_sharing": _said("M-BS M-COMPAD", "+coordination +transfers_share -refusals"),
    "joint_appraisal": _said("M-KPI", "+coordination -refusals"),
    "rotating_lead": _said("M-ROT", "+coordination"),
    "capital_market_integration": _said("M-FINCL M-FININFRA", "+gdp"),
    "land_quota_trade": _said("M-LANDX", "+zones.fdi"),
    "data_sharing_platform": _said("M-DATAX M-INDNET", "+digital_capability"),
    "environment_in_step": _said("M-SYNC", "+business_environment"),
    "hinterland_inclusion": _said("M-RAD", "-theil -theil_between_zones", HINTERLAND),
    # linkage with trade agreements
    "rule_alignment": _said("M-COMPRULE M-STDOUT M-RULEMK M-VOICE", "+alignment +exports", FTA),
    "tariff_concessions": _said("M-TAR M-ZCONC", "+duty_saved +exports", FTA),
    "technology_partnership": _said("M-CJK M-CJKCL M-MATCH M-REGCHAIN", "+patents +tfp", FTA),
    "green_standards": _said("M-GSTD M-GPLAT", "-co2_intensity", FTA),
    "digital_interoperability": _said("M-INTEROP M-DEPA", "+exports", FTA),
    "preference_support": _said("M-ROO", "+preference_use +exports", FTA),
    "agreement_upgrade": _said("M-RCEP M-DIVERGE M-IDT", "+exports +accession_weight", FTA),
    "accession_preparation": _said("M-CPTPP M-NET", "+accession_weight", FTA),
    "market_access_exchange": _said("M-MA M-OFDI M-BRI", "+fdi", FTA),
}

MECHANISMS: dict[str, Expectation] = {
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
    "investment": _said("M-MISALL M-FINCL", "+gdp"),
    "abatement": _said("M-GGATE M-CMKT M-GREENT", "-co2_intensity"),
    "industrial_upgrading": _said("M-IND M-TRANS F-ECO3", "+emerging_share +advancement"),
    "firm_turnover": _said("M-ENVI", "+tfp"),
}
