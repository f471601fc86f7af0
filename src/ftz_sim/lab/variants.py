"""A variant is a scenario file: what the sliders say, written as YAML, read by the same code as any other file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ConfigDict

from ftz_sim.errors import InputError
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.new_zones import NewZone
from ftz_sim.scenario.scenario import BASELINE, OPENING, Scenario, scenario_names
from ftz_sim.text.words import LANGUAGES, WORDS, Lang

FIRMS = 2000
NAME = "my_scenario"
LONGEST_TITLE = 60  # characters that stand beside a line
MOST_BYTES = 50_000  # of an uploaded file, and of a link when unpacked; larger ones take seconds to read
START, RAMP, LONGEST_RAMP = "2025Q1", 8, 40
STARTS = [f"{year}Q1" for year in range(2014, 2035)]
# first lever of every group, in the order of the catalogue
GROUPS = {
    "opening": "zone_status",
    "digital": "data_flow_opening",
    "factors": "talent_programme",
    "industry": "research_support",
    "green": "green_credit",
    "coordination": "coordination_platform",
    "linkage": "rule_alignment",
}


STRATEGIES = ("single_ftz", "cross_zone", "ftz_fta", "integrated", "history", "no_ftz", "fta_only",
              "cross_zone_with_hinterland")  # fmt: skip


@dataclass
class Variant:
    """What a user has set."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    base: str = "single_ftz"
    levers: dict[str, float] = field(default_factory=dict)
    start: str = START
    ramp: int = RAMP
    parameters: dict[str, float] = field(default_factory=dict)
    shocks: list[dict[str, Any]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Tell whether anything differs from the base."""
        return bool(self.levers or self.parameters or self.shocks)

    def document(self) -> dict[str, Any]:
        """Return the scenario file as plain data."""
        steps = [
            {"lever": lever, "from": self.start, "level": level, "ramp": self.ramp}
            for lever, level in self.levers.items()
        ]
        parameters: dict[str, dict[str, float]] = {}
        for path, value in self.parameters.items():
            mechanism, _, parameter = path.partition(".")
            parameters.setdefault(mechanism, {})[parameter] = value
        title = dict(zip(LANGUAGES, WORDS["lab.my_scenario"], strict=True))
        out: dict[str, Any] = {"name": NAME, "title": title, "base": self.base}
        return out | {
            key: value
            for key, value in (("policy", steps), ("shocks", self.shocks), ("parameters", parameters))
            if value
        }

    def yaml(self) -> str:
        """Return the scenario file (JSON in its layout is YAML)."""
        return _written(self.document())


def with_areas(text: str, zones: tuple[NewZone, ...]) -> str:
    """Return a scenario file with the areas of new ``zones``; those that are not its own are closed there.

    Areas lie in a run from its start, so runs are only alike in all else if all of them have the same.
    """
    from ruamel.yaml import YAML

    own = [zone.province for zone in load(text).new_zones]
    document = YAML().load(text)
    document["new_zones"] = [zone.model_dump(mode="json") for zone in zones]
    if closed := [zone.province for zone in zones if zone.province not in own]:
        step = {"lever": "zone_status", "from": OPENING, "level": 0, "zones": closed}
        document["policy"] = [*(document.get("policy") or ()), step]
    return _written(document)


def _written(document: Any) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.compat import StringIO

    yaml, text = YAML(), StringIO()
    yaml.dump(document, text)
    return text.getvalue()


def shipped() -> list[str]:
    """Return the shipped scenarios, strategies first."""
    others = [name for name in scenario_names() if name not in STRATEGIES and name != BASELINE]
    return [name for name in STRATEGIES if name in scenario_names()] + others


def numbered(names: Iterable[str], taken: Iterable[str], form: str = "{name} ({n})") -> list[str]:
    """Return ``names`` so that none equals another or one of ``taken``: the second ``x`` is ``x (2)``."""
    used, out = set(taken), []
    for name in names:
        free = name if name not in used else next(
            each for n in range(2, len(used) + 3) if (each := form.format(name=name, n=n)) not in used
        )  # fmt: skip
        used.add(free)
        out.append(free)
    return out


def levers_of(group: str) -> list[str]:
    """Return the names of the levers of a group; the status of a zone is no slider."""
    names, firsts = list(CATALOGUE), list(GROUPS.values())
    place = list(GROUPS).index(group)
    start = names.index(firsts[place])
    end = names.index(firsts[place + 1]) if place + 1 < len(firsts) else len(names)
    return [name for name in names[start:end] if name != "zone_status"]


def title_of(text: str, lang: Lang) -> str:
    """Return what a scenario file is called: its short title or title in ``lang``, or its name if these are long."""
    spec = load(text)
    title = str(getattr(spec.short or spec.title, lang))
    return title if len(title) <= LONGEST_TITLE and title.isprintable() else spec.name


@lru_cache(maxsize=512)
def load(text: str, end: int | None = None, name: str = f"{NAME}.yaml") -> Scenario:
    """Validate the text of a scenario file; it is run with the lab's number of firms.

    Args:
        text: the file.
        end: last year, instead of the file's own horizon.
        name: the file's name, for messages.

    Raises:
        InputError: with line, key, what was found and what is allowed.
    """
    if len(text.encode("utf-8")) > MOST_BYTES:
        raise InputError("upload_size", name=name, most=MOST_BYTES)
    overrides = [f"population.firms={FIRMS}"] + ([f"horizon.end={end}Q4"] if end else [])
    return Scenario.of_text(text, name, overrides)
