"""The YAML file of a design problem: what may be chosen, what it may cost, what must hold, what is wanted.

    name: open_or_coordinate
    start: history                       # policy that packages are laid over and held against
    firms: 2000
    end: 2030Q4
    seed: 1
    choices:                             # each of them pulled in one of the ways it allows, or not at all
      - {lever: trade_facilitation, levels: [0.5, 1], from: [2025Q1, 2027Q1], ramp: 8}
      - {lever: talent_programme, from: [2025Q1], zones: {coast: [SH, GD], inland: [CQ, SC]}}  # each group by itself
      - {package: linkage}               # a shipped package of levers, at its own dates
      - {lever: rule_alignment, from: [2025Q1], when: {indicator: exports, below: [3000, 3500], quarters: [1, 4]}}
      - {lever: replication, when: {all: [{indicator: ..., above: [1, 2]}, {indicator: ..., below: 3}]}}  # or any
    sites:                               # where a new zone may stand, or a further area of a zone; one of them, or none
      - {province: [GZ, QH], opens: [2026Q1, 2028Q1], like: SC}
      - {area: [SH, GD], opens: 2026Q1}
    sites_at_once: 1                     # how many of them a package may have
    budget: {most: 200, each: horizon}   # bn yuan more than the start costs: discounted, or in any year
    constraints:
      - {indicator: gdp, province: worst, least: -0.2}
      - {indicator: co2, most: 0, in: 0.9}  # in 90 % of draws; on average without
    aims:
      - {indicator: real_income}
      - {indicator: theil, aim: least, over: [2025, 2030]}
    own:                                 # packages of one's own, held against random ones
      - {linkage: 1 2025Q1, talent_programme.coast: 1 2025Q1}
    uncertainty: {draws: 3, parameters: calibrated, shocks: [{chance: 0.3, shock: {kind: ..., from: ..., to: ...}}]}
    search: {evaluations: 500}
    check: {draws: 20}

An outcome is a paired difference to the start in the same draw: in %, in percentage points or in the unit, as the
dictionary of outputs says. Of a span of years it is that of the mean, discounted at 3 % a year.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ftz_sim.design.signs import When, several
from ftz_sim.errors import InputError, Sentence
from ftz_sim.model.shocks import ChanceRecord, FixedKeys, ModelQuarter
from ftz_sim.scenario.further_areas import LARGEST, FurtherArea
from ftz_sim.scenario.lever_steps import AnyZone, LeverName, ProvinceWithoutZone, ZoneCode, Zones
from ftz_sim.scenario.new_zones import NewZone
from ftz_sim.scenario.scenario import NAME, Text

WORST = "worst"
FIXED = "fixed"  # no parameter is drawn
MOST_EVALUATIONS, MOST_DRAWS, MOST_SITES = 1_000_000, 10_000, 31


def _groups(value: Any) -> Any:
    """Let a list of zones stand for one group without a name."""
    return {"": value} if isinstance(value, tuple) else value


Level = Annotated[float, Field(gt=0, le=1)]
Levels = Annotated[tuple[Level, ...], BeforeValidator(several), Field(min_length=1)]
Starts = Annotated[tuple[ModelQuarter, ...], BeforeValidator(several)]
Groups = Annotated[dict[str, Zones], BeforeValidator(_groups), Field(min_length=1)]
Provinces = Annotated[tuple[ProvinceWithoutZone, ...], BeforeValidator(several), Field(min_length=1)]
Areas = Annotated[tuple[AnyZone, ...], BeforeValidator(several), Field(min_length=1)]
Openings = Annotated[tuple[ModelQuarter, ...], BeforeValidator(several), Field(min_length=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Span = Annotated[tuple[int, int], Field(description="first and last year")]


class ChoiceRecord(FixedKeys):
    """A lever, or a package of levers, that may be pulled: how hard, from when on or after what sign, and where."""

    lever: LeverName | None = None
    package: str | None = None
    levels: Levels = Field((1.0,), description="levels that may be reached; of a package, the share of its own")
    start: Starts = Field((), alias="from", description="quarters in which it may begin")
    when: When | None = Field(None, description="signs for which it may wait instead")
    ramp: int = Field(0, ge=0, le=92, description="number of quarterly steps; 0 and 1 are at once")
    zones: Groups | None = Field(None, description="groups of zones, each chosen by itself; all zones together")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.lever is None) == (self.package is None):
            raise InputError("lever_or_package")
        if self.package is not None and (self.zones is not None or self.ramp):
            raise InputError("of_key", key="zones" if self.zones else "ramp", what=Sentence("package_as_written"))
        signs = [str(sign) for sign in self.when.signs] if self.when else []
        for key, values in (("levels", self.levels), ("from", self.start), ("when", signs)):
            if len(set(values)) < len(values):
                raise InputError("of_key", key=key, what=Sentence("choice_twice"))
        return self


class SiteRecord(FixedKeys):
    """Provinces in which a new zone may open, or a further area of the zone that they have."""

    province: Provinces | None = Field(None, description="codes of provinces without a zone")
    area: Areas | None = Field(None, description="codes of provinces with a zone, which may get a further area")
    opens: Openings = Field(description="quarters in one of which it may open")
    like: ZoneCode | None = Field(None, description="zone whose kind of place, fields and partners it has")
    size: float = Field(1.0, gt=0, le=LARGEST, description="relative to the area with which the zone began")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.province is None) == (self.area is None):
            raise InputError("province_or_area")
        if self.province is not None and self.like is None:
            raise InputError("missing", missing="like", nearest="")
        for key, needs in (("like", "province"), ("size", "area")):
            if key in self.model_fields_set and getattr(self, needs) is None:
                raise InputError("of_key", key=key, what=Sentence("only_beside", key=needs))
        for key, values in (("opens", self.opens), ("area", self.area or ())):
            if len(set(values)) < len(values):
                raise InputError("of_key", key=key, what=Sentence("choice_twice"))
        return self

    @property
    def zones(self) -> list[NewZone]:
        """The new zones that stand in the start, each with the first of its dates."""
        like, opens = self.like, min(self.opens)
        return [NewZone(province=code, opens=opens, like=like) for code in self.province or () if like is not None]

    @property
    def further(self) -> dict[str, list[FurtherArea]]:
        """The further areas that each zone may get, one for each date."""
        return {
            code: [FurtherArea(zone=code, opens=opens, size=self.size) for opens in self.opens]
            for code in self.area or ()
        }


class BudgetRecord(FixedKeys):
    """What packages may cost treasuries beyond the start."""

    most: float = Field(gt=0, description="bn yuan of 2013")
    each: Literal["horizon", "year"] = "horizon"
    share: Share | None = Field(None, alias="in", description="share of draws in which it must hold; on average")


class OutcomeRecord(FixedKeys):
    """An indicator of the nation, of a province or of a zone, in a year or over a span of years."""

    indicator: str
    province: str | None = Field(None, description="code or name of a province, or worst: the one that fares worst")
    zone: str | None = Field(None, description="code or name of a province with a zone")
    at: int | None = Field(None, description="year; the last one if it is left out")
    over: Span | None = None

    @model_validator(mode="after")
    def _one_place_and_time(self) -> Self:
        for a, b in (("province", "zone"), ("at", "over")):
            if getattr(self, a) is not None and getattr(self, b) is not None:
                raise InputError("of_key", key=b, what=Sentence("one_of_both", a=a, b=b))
        return self


class AimRecord(OutcomeRecord):
    """What is wanted."""

    aim: Literal["most", "least"] | None = Field(None, description="as the indicator is better if it is left out")


class ConstraintRecord(OutcomeRecord):
    """What must hold: on average over the draws, or in a share of them."""

    least: float | None = None
    most: float | None = None
    of: Literal["change", "level"] = Field("change", description="against the start, or the outcome itself")
    share: Share | None = Field(None, alias="in", description="share of draws in which it must hold; on average")

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.least is None) == (self.most is None):
            raise InputError("one_bound")
        return self


class UncertaintyRecord(FixedKeys):
    """What candidates meet, all of them the same."""

    draws: int = Field(3, ge=1, le=MOST_DRAWS, description="of random numbers, parameters and shocks")
    parameters: Literal["calibrated", "cards", "fixed"] = "calibrated"
    shocks: tuple[ChanceRecord, ...] = ()


class SearchRecord(FixedKeys):
    """How packages are looked for; a random and a greedy search look at as many."""

    evaluations: int = Field(500, ge=1, le=MOST_EVALUATIONS, description="packages that each search may look at")
    population: int = Field(40, ge=4, le=10_000, description="parents, and packages of a later generation at most")
    method: Literal["nsga2", "nsga3"] = "nsga2"


class CheckRecord(FixedKeys):
    """How what was found is measured again."""

    draws: int = Field(20, ge=2, le=MOST_DRAWS, description="fresh draws, which no search has seen")
    packages: int = Field(8, ge=1, le=200, description="packages of the front that are measured again")


class ProblemRecord(FixedKeys):
    """What a design file holds."""

    name: str = Field(pattern=NAME, description="letters, digits, _ . -, for it names folders")
    title: Text | None = None
    why: Text = Text(en="", zh="")
    start: str = "history"
    firms: int = Field(2_000, ge=2_000, le=1_000_000, description="slots for firms")
    end: ModelQuarter | None = Field(None, description="last quarter")
    seed: int = Field(1, ge=0, lt=2**63)
    choices: tuple[ChoiceRecord, ...] = ()
    sites: tuple[SiteRecord, ...] = ()
    sites_at_once: int = Field(1, ge=1, le=MOST_SITES, description="sites that a package may have")
    budget: BudgetRecord | None = None
    constraints: tuple[ConstraintRecord, ...] = ()
    aims: tuple[AimRecord, ...] = Field(min_length=1, max_length=6)
    own: tuple[dict[str, str], ...] = Field((), description="packages: choices with the level and the quarter of each")
    uncertainty: UncertaintyRecord = UncertaintyRecord()
    search: SearchRecord = SearchRecord()
    check: CheckRecord = CheckRecord()

    @model_validator(mode="after")
    def _something_to_choose(self) -> Self:
        if not self.choices and not self.sites:
            raise InputError("nothing_to_choose")
        return self
