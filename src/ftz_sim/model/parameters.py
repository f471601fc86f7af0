"""All parameters of the model: one record for each mechanism, and one for the initial state."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ftz_sim.model.initial_state import InitialState
from ftz_sim.model.mechanisms.abatement import Abatement
from ftz_sim.model.mechanisms.capital_account import CapitalAccount
from ftz_sim.model.mechanisms.carbon import Carbon
from ftz_sim.model.mechanisms.coordination import Coordination
from ftz_sim.model.mechanisms.digital_adoption import DigitalAdoption
from ftz_sim.model.mechanisms.digital_capability import DigitalCapability
from ftz_sim.model.mechanisms.exogenous_paths import ExogenousPaths
from ftz_sim.model.mechanisms.foreign_investment import ForeignInvestment
from ftz_sim.model.mechanisms.glass_door import GlassDoor
from ftz_sim.model.mechanisms.green_finance import GreenFinance
from ftz_sim.model.mechanisms.industrial_upgrading import IndustrialUpgrading
from ftz_sim.model.mechanisms.industry_targeting import IndustryTargeting
from ftz_sim.model.mechanisms.institutional_innovation import InstitutionalInnovation
from ftz_sim.model.mechanisms.investment import Investment
from ftz_sim.model.mechanisms.knowledge_spillovers import KnowledgeSpillovers
from ftz_sim.model.mechanisms.law_and_authority import LawAndAuthority
from ftz_sim.model.mechanisms.markets import Markets
from ftz_sim.model.mechanisms.migration import Migration
from ftz_sim.model.mechanisms.negative_list import NegativeList
from ftz_sim.model.mechanisms.policy import Policy
from ftz_sim.model.mechanisms.policy_trust import PolicyTrust
from ftz_sim.model.mechanisms.production import Production
from ftz_sim.model.mechanisms.public_finance import PublicFinance
from ftz_sim.model.mechanisms.relocation import Relocation
from ftz_sim.model.mechanisms.replication import Replication
from ftz_sim.model.mechanisms.research import Research
from ftz_sim.model.mechanisms.technology_dependence import TechnologyDependence
from ftz_sim.model.mechanisms.trade_agreements import TradeAgreements
from ftz_sim.model.mechanisms.trade_costs import TradeCosts
from ftz_sim.model.params import Card, cards
from ftz_sim.model.turnover.parameters import FirmTurnover
from ftz_sim.text.parameters import MEANINGS_ZH, SOURCES_ZH, UNITS_ZH
from ftz_sim.text.words import WORDS


class ModelParameters(BaseModel):
    """Keys that a scenario may set under ``parameters:``, in the order of the schedule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    initial_state: InitialState = Field(default_factory=InitialState)
    policy: Policy = Field(default_factory=Policy)
    exogenous_paths: ExogenousPaths = Field(default_factory=ExogenousPaths)
    law_and_authority: LawAndAuthority = Field(default_factory=LawAndAuthority)
    institutional_innovation: InstitutionalInnovation = Field(default_factory=InstitutionalInnovation)
    replication: Replication = Field(default_factory=Replication)
    negative_list: NegativeList = Field(default_factory=NegativeList)
    policy_trust: PolicyTrust = Field(default_factory=PolicyTrust)
    glass_door: GlassDoor = Field(default_factory=GlassDoor)
    trade_agreements: TradeAgreements = Field(default_factory=TradeAgreements)
    trade_costs: TradeCosts = Field(default_factory=TradeCosts)
    digital_capability: DigitalCapability = Field(default_factory=DigitalCapability)
    production: Production = Field(default_factory=Production)
    markets: Markets = Field(default_factory=Markets)
    digital_adoption: DigitalAdoption = Field(default_factory=DigitalAdoption)
    research: Research = Field(default_factory=Research)
    knowledge_spillovers: KnowledgeSpillovers = Field(default_factory=KnowledgeSpillovers)
    technology_dependence: TechnologyDependence = Field(default_factory=TechnologyDependence)
    coordination: Coordination = Field(default_factory=Coordination)
    industry_targeting: IndustryTargeting = Field(default_factory=IndustryTargeting)
    foreign_investment: ForeignInvestment = Field(default_factory=ForeignInvestment)
    migration: Migration = Field(default_factory=Migration)
    public_finance: PublicFinance = Field(default_factory=PublicFinance)
    capital_account: CapitalAccount = Field(default_factory=CapitalAccount)
    green_finance: GreenFinance = Field(default_factory=GreenFinance)
    investment: Investment = Field(default_factory=Investment)
    relocation: Relocation = Field(default_factory=Relocation)
    carbon: Carbon = Field(default_factory=Carbon)
    abatement: Abatement = Field(default_factory=Abatement)
    industrial_upgrading: IndustrialUpgrading = Field(default_factory=IndustrialUpgrading)
    firm_turnover: FirmTurnover = Field(default_factory=FirmTurnover)


def all_cards() -> dict[str, Card]:
    """Return every parameter's card under its full name, such as ``production.digital_effect``."""
    return {
        f"{mechanism}.{card.name}": card
        for mechanism, record in ModelParameters.model_fields.items()
        for card in cards(record.annotation)  # type: ignore[arg-type]
    }


def meaning(full: str, lang: str = "en") -> str:
    """Return the meaning of a parameter, given by its full name, in ``en`` or ``zh``."""
    mechanism, _, name = full.partition(".")
    translated = MEANINGS_ZH.get(mechanism, {}).get(name) if lang == "zh" else None
    return translated or all_cards()[full].meaning


def described(full: str) -> str:
    """Return all words of a parameter in which a reader may search: its meaning and mechanism in both languages."""
    return " ".join([meaning(full), meaning(full, "zh"), *WORDS.get(f"mechanism.{full.partition('.')[0]}", ())])


def unit(card: Card, lang: str = "en") -> str:
    """Return the unit of a parameter in ``en`` or ``zh``."""
    return UNITS_ZH.get(card.unit, card.unit) if lang == "zh" else card.unit


def source(card: Card, lang: str = "en") -> str:
    """Return the source of a parameter in ``en`` or ``zh``; keys of references stay as they are."""
    return SOURCES_ZH.get(card.source, card.source) if lang == "zh" else card.source
