"""Choices: the ways in which each lever or package may be pulled, and the scenario that a set of choices makes.

A candidate has one number for each choice: 0 leaves it alone, k pulls it in the k-th way that its file allows. What is
chosen is laid over the policy of the start in the order of the file (`lever_steps.laid`), so later choices override.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from ftz_sim.design.record import ChoiceRecord
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.files import scenarios_folder
from ftz_sim.scenario.lever_steps import LeverStep, Zones, laid
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import zone_name
from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.text.words import Lang, say

Candidate = tuple[int, ...]


class Way(NamedTuple):
    """One way to pull."""

    level: float
    start: Quarter
    steps: tuple[LeverStep, ...]

    def __str__(self) -> str:
        return f"{self.level:g} {self.start}"


@dataclass(frozen=True)
class Choice:
    """A lever, one for each group of zones, or a package."""

    name: str  # lever or package, with the group of zones
    titles: tuple[str, str]  # English and Chinese
    ways: tuple[Way, ...]

    @property
    def dated(self) -> bool:
        """Whether it may begin in several quarters."""
        return len({way.start for way in self.ways}) > 1

    def label(self, lang: Lang) -> str:
        """Return what it is called."""
        return self.titles[lang == "zh"]

    def told(self, way: int, lang: Lang) -> str:
        """Say how it is pulled in one of its ways, from 1."""
        found = self.ways[way - 1]
        return say("design.way", lang, name=self.label(lang), level=found.level, start=found.start)


def choices_of(record: ChoiceRecord, fork: Quarter) -> Iterator[Choice]:
    """Yield the choices that an entry of the file stands for; a lever without dates may begin at the fork."""
    if record.package is not None:
        yield _of_package(record, record.package)
        return
    lever = CATALOGUE[str(record.lever)]
    everywhere: dict[str, Zones | None] = {"": None}
    for group, zones in (record.zones or everywhere).items():
        ways = tuple(
            Way(level, start, (_step(lever.name, level, start, record.ramp, zones),))
            for start in record.start or (fork,)
            for level in record.levels
        )
        name = f"{lever.name}.{group}" if group else lever.name
        yield Choice(name, (_titled(lever.en, group, zones, "en"), _titled(lever.zh, group, zones, "zh")), ways)


def _titled(title: str, group: str, zones: Sequence[str] | None, lang: Lang) -> str:
    if zones is None:
        return title
    where = group or (", " if lang == "en" else "、").join(zone_name(code, lang) for code in zones)
    return say("design.in_zones", lang, name=title, zones=where)


def _step(lever: str, level: float, start: Quarter, ramp: int, zones: tuple[str, ...] | None) -> LeverStep:
    return LeverStep.model_validate({"lever": lever, "from": start, "level": level, "ramp": ramp, "zones": zones})


def _of_package(record: ChoiceRecord, package: str) -> Choice:
    document = read_file(scenarios_folder() / "packages" / f"{package}.yaml").plain()
    steps = [LeverStep.model_validate(step) for step in document["policy"]]
    first = min(step.start for step in steps if isinstance(step.start, Quarter))
    ways = tuple(
        Way(level, start, tuple(_moved(step, start.index - first.index, level) for step in steps))
        for start in record.start or (first,)
        for level in record.levels
    )
    return Choice(package, (document["title"]["en"], document["title"]["zh"]), ways)


def _moved(step: LeverStep, quarters: int, share: float) -> LeverStep:
    start = Quarter.at(step.start.index + quarters) if isinstance(step.start, Quarter) else step.start
    return step.model_copy(update={"start": start, "level": share * step.level})


def number_of(choices: Sequence[Choice]) -> int:
    """Return how many packages there are, the empty one among them."""
    return prod(len(choice.ways) + 1 for choice in choices)


def steps_of(choices: Sequence[Choice], candidate: Candidate) -> list[tuple[LeverStep, ...]]:
    """Return the steps of what a candidate pulls, choice by choice."""
    return [choice.ways[way - 1].steps for choice, way in zip(choices, candidate, strict=True) if way]


def package(start: Scenario, choices: Sequence[Choice], candidate: Candidate, name: str) -> Scenario:
    """Return the scenario of a candidate: the start with what it pulls laid over it."""
    layers = [start.policy, *steps_of(choices, candidate)]
    steps = [step for layer in layers for step in layer]
    files = [str(number) for number, layer in enumerate(layers) for _ in layer]
    return start.model_copy(update={"name": name, "policy": laid(steps, files)})


def told(choices: Sequence[Choice], candidate: Candidate, lang: Lang) -> str:
    """Say what a candidate pulls, and how."""
    parts = [choice.told(way, lang) for choice, way in zip(choices, candidate, strict=True) if way]
    return say("design.and", lang).join(parts) or say("design.nothing", lang)


def code_of(candidate: Candidate) -> str:
    """Return a candidate as the archive names it."""
    return "-".join(map(str, candidate))
