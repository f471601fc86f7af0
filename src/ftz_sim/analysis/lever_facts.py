"""What the papers say of each lever and each mechanism, and by which parameters a lever works: one record each.

Those of levers stand in their catalogue, `model.levers`; those of mechanisms here, with their claims (ids of the cards
in ``seeds/``) and the indicators that they name, with the direction.
"""

from __future__ import annotations

from typing import NamedTuple

from ftz_sim.model.lever_cards import Move, moves_of
from ftz_sim.model.levers import CATALOGUE


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
    return Facts(tuple(claims.split()), moves_of(moves), "integrated")


LEVERS: dict[str, Facts] = {
    name: Facts(lever.claims, lever.moves, lever.strategy, lever.effects, lever.risks)
    for name, lever in CATALOGUE.items()
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
