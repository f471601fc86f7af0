"""Choices: the ways in which each lever or package may be pulled, and the scenario that a set of choices makes.

A candidate has one number for each choice: 0 leaves it alone, k pulls it in the k-th way that its file allows. What is
chosen is laid over the policy of the start in the order of the file (`lever_steps.laid`), so later choices override.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from ftz_sim.design.record import ChoiceRecord, SiteRecord
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.files import scenarios_folder
from ftz_sim.scenario.further_areas import FurtherArea
from ftz_sim.scenario.lever_steps import OPENING, LeverStep, Zones, laid
from ftz_sim.scenario.new_zones import NewZone, each_once
from ftz_sim.scenario.rules import Move, Rule
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import sign_text, zone_name
from ftz_sim.scenario.signs import Sign, Signs
from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.text.words import LANGUAGES, Lang, say

Candidate = tuple[int, ...]
SITE = "site"  # names of choices of a new zone or a further area begin with it; the code of the place follows
NEW_ZONE, FURTHER_AREA = "new_zone", "further_area"  # kinds of sites


class Way(NamedTuple):
    """One way to pull: from a quarter on, or once a sign has been seen."""

    level: float
    start: Quarter | Sign | Signs
    steps: tuple[LeverStep, ...] = ()  # from a quarter on
    moves: tuple[Move, ...] = ()  # after a sign
    area: FurtherArea | None = None  # that opens

    def __str__(self) -> str:
        return f"{self.level:g} {self.start}"

    @property
    def start_name(self) -> str:
        """Name in tables of the quarter from which on it pulls, or of the sign that it waits for."""
        return str(self.start) if isinstance(self.start, Quarter) else self.start.name

    @property
    def key(self) -> str:
        """Return what decides the runs in which it is pulled."""
        if isinstance(self.start, Sign | Signs):
            return "\0".join(each.model_dump_json() for each in (self.start, *self.moves))
        return "\0".join(str(each) for each in (*((step.lever, step) for step in self.steps), self.area or ""))


def begins(way: Way) -> int | None:
    """Return the quarter from which a way pulls, counted from 2013Q1; None if it waits for a sign."""
    return way.start.index if isinstance(way.start, Quarter) else None


@dataclass(frozen=True)
class Choice:
    """A lever, one for each group of zones, a package, or a site."""

    name: str  # lever or package, with the group of zones
    titles: tuple[str, str]  # English and Chinese
    ways: tuple[Way, ...]
    place: str = ""  # code of the province, if it is a site

    @property
    def kind(self) -> str:
        """Which kind of site it is."""
        return FURTHER_AREA if self.ways[0].area else NEW_ZONE

    @property
    def dated(self) -> bool:
        """Whether it may begin in several quarters."""
        return len({way.start for way in self.ways if isinstance(way.start, Quarter)}) > 1

    @property
    def waits(self) -> bool:
        """Whether it may wait for a sign."""
        return any(way.moves for way in self.ways)

    def label(self, lang: Lang) -> str:
        """Return what it is called."""
        return self.titles[lang == "zh"]

    def told(self, way: int, lang: Lang) -> str:
        """Say how it is pulled in one of its ways, from 1."""
        found = self.ways[way - 1]
        if isinstance(found.start, Sign | Signs):
            sign = sign_text(found.start, lang)
            return say("design.way_when", lang, name=self.label(lang), level=found.level, sign=sign)
        if self.place:
            told = say(f"design.way_{self.kind}", lang, place=zone_name(self.place, lang), start=found.start)
            return told if found.level == 1 else say("design.way_sized", lang, way=told, size=found.level)
        return say("design.way", lang, name=self.label(lang), level=found.level, start=found.start)


def choices_of(record: ChoiceRecord, fork: Quarter) -> Iterator[Choice]:
    """Yield the choices that an entry of the file stands for; a lever without dates and signs may begin at the fork."""
    if record.package is not None:
        yield _of_package(record, record.package)
        return
    lever = CATALOGUE[str(record.lever)]
    everywhere: dict[str, Zones | None] = {"": None}
    for group, zones in (record.zones or everywhere).items():
        starts: list[Quarter | Sign | Signs] = [*record.start, *(record.when.signs if record.when else ())]
        moves = [Move(lever=lever.name, level=level, ramp=record.ramp, zones=zones) for level in record.levels]
        ways = tuple(_way(move.level, start, (move,)) for start in starts or [fork] for move in moves)
        name = f"{lever.name}.{group}" if group else lever.name
        yield Choice(name, (_titled(lever.en, group, zones, "en"), _titled(lever.zh, group, zones, "zh")), ways)


def _titled(title: str, group: str, zones: Sequence[str] | None, lang: Lang) -> str:
    if zones is None:
        return title
    where = group or (", " if lang == "en" else "、").join(zone_name(code, lang) for code in zones)
    return say("design.in_zones", lang, name=title, zones=where)


def _way(level: float, start: Quarter | Sign | Signs, moves: tuple[Move, ...]) -> Way:
    if isinstance(start, Sign | Signs):
        return Way(level, start, moves=moves)
    return Way(level, start, tuple(move.at(start) for move in moves))


def _of_package(record: ChoiceRecord, package: str) -> Choice:
    document = read_file(scenarios_folder() / "packages" / f"{package}.yaml").plain()
    steps = [LeverStep.model_validate(step) for step in document["policy"]]
    first = min(step.start for step in steps if isinstance(step.start, Quarter))
    signs = record.when.signs if record.when else []
    starts = record.start or (() if signs else (first,))
    dated = [
        Way(level, start, tuple(_moved(step, start.index - first.index, level) for step in steps))
        for start in starts
        for level in record.levels
    ]
    waiting = [Way(level, sign, moves=_moves(steps, level)) for sign in signs for level in record.levels]
    return Choice(package, (document["title"]["en"], document["title"]["zh"]), (*dated, *waiting))


def begins_at_once(package: str) -> bool:
    """Tell whether all levers of a package begin in one quarter, so that it may wait for a sign as a whole."""
    document = read_file(scenarios_folder() / "packages" / f"{package}.yaml").plain()
    return len({step["from"] for step in document["policy"]}) == 1


def _moves(steps: Sequence[LeverStep], share: float) -> tuple[Move, ...]:
    return tuple(Move(lever=step.lever, level=share * step.level, ramp=step.ramp, zones=step.zones) for step in steps)


def sites_of(record: SiteRecord) -> Iterator[Choice]:
    """Yield the sites that an entry of the file stands for, one for each place; new zones are closed in the start."""
    for zone in record.zones:
        steps = [_status(opens, 1.0, (zone.province,)) for opens in record.opens]
        dated = zip(record.opens, steps, strict=True)
        yield _site(zone.province, NEW_ZONE, tuple(Way(1.0, opens, (step,)) for opens, step in dated))
    for code, areas in record.further.items():
        yield _site(code, FURTHER_AREA, tuple(Way(each.size, each.opens, area=each) for each in areas))


def _site(code: str, kind: str, ways: tuple[Way, ...]) -> Choice:
    en, zh = (say("design.in_zones", lang, name=say(f"cell.{kind}", lang), zones=zone_name(code, lang))
              for lang in LANGUAGES)  # fmt: skip
    return Choice(f"{SITE}.{code}", (en, zh), ways, code)


def with_sites(start: Scenario, zones: Sequence[NewZone]) -> Scenario:
    """Return the start with the areas of new zones, none of which opens.

    Raises:
        InputError: if two of them are in one province.
    """
    new = each_once((*start.new_zones, *zones))
    spec = start.model_copy(update={"new_zones": new})
    closed = _status(OPENING, 0.0, tuple(zone.province for zone in zones))
    files = ["start"] * len(start.policy) + ["sites"]
    return spec.model_copy(update={"policy": laid((*start.policy, closed), files, spec.zone_codes)})


def _status(start: Quarter | str, level: float, zones: tuple[str, ...]) -> LeverStep:
    return LeverStep.model_validate({"lever": "zone_status", "from": start, "level": level, "zones": zones})


def _moved(step: LeverStep, quarters: int, share: float) -> LeverStep:
    start = Quarter.at(step.start.index + quarters) if isinstance(step.start, Quarter) else step.start
    return step.model_copy(update={"start": start, "level": share * step.level})


def number_of(ways: Sequence[int], sites: Collection[int] = (), at_once: int = 1) -> int:
    """Return how many packages there are, the empty one among them.

    Args:
        ways: of each choice; to leave it alone is none.
        sites: places of the choices of which only so many may be pulled.
        at_once: so many.
    """
    sets = [1] + [0] * at_once  # by number of sites
    for site in sites:
        sets = [number + ways[site] * before for number, before in zip(sets, [0, *sets], strict=False)]
    return sum(sets) * prod(number + 1 for place, number in enumerate(ways) if place not in sites)


def pulled(choices: Sequence[Choice], candidate: Candidate) -> list[tuple[Choice, Way]]:
    """Return what a candidate pulls, and how, choice by choice."""
    return [(choice, choice.ways[way - 1]) for choice, way in zip(choices, candidate, strict=True) if way]


def package(start: Scenario, choices: Sequence[Choice], candidate: Candidate, name: str) -> Scenario:
    """Return the scenario of a candidate: the start with what it pulls laid over it, dated steps, rules and areas."""
    own = pulled(choices, candidate)
    layers = [start.policy, *(way.steps for _, way in own)]
    steps = [step for layer in layers for step in layer]
    files = [str(number) for number, layer in enumerate(layers) for _ in layer]
    rules = [Rule(name=choice.name, when=way.start, then=way.moves) for choice, way in own if way.moves]
    areas = [way.area for _, way in own if way.area is not None]
    chosen = {
        "policy": laid(steps, files, start.zone_codes), "rules": (*start.rules, *rules),
        "further_areas": (*start.further_areas, *areas),
    }  # fmt: skip
    return start.model_copy(update={"name": name, **chosen})


def told(choices: Sequence[Choice], candidate: Candidate, lang: Lang) -> str:
    """Say what a candidate pulls, and how."""
    parts = [choice.told(way, lang) for choice, way in zip(choices, candidate, strict=True) if way]
    return say("design.and", lang).join(parts) or say("design.nothing", lang)


def code_of(candidate: Candidate) -> str:
    """Return a candidate as the archive names it."""
    return "-".join(map(str, candidate))
