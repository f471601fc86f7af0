"""A variant is a scenario file: what the sliders say, written as YAML, read by the same code as any other file."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any

from ftz_sim.errors import InputError
from ftz_sim.levers import CATALOGUE
from ftz_sim.scenario import Scenario
from ftz_sim.words import LANGUAGES, WORDS

FIRMS = 2000
NAME = "my_scenario"
SHIPPED = ".shipped"  # after the name of a file that is a shipped scenario and nothing else
MOST_BYTES = 100_000  # of an uploaded file, and of a link when unpacked
START, RAMP = "2025Q1", 8
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


@dataclass
class Variant:
    """What a user has set."""

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

    def document(self, name: str = NAME) -> dict[str, Any]:
        """Return the scenario file as plain data."""
        steps = [
            {"lever": lever, "from": self.start, "level": level, "ramp": self.ramp}
            for lever, level in self.levers.items()
        ]
        parameters: dict[str, dict[str, float]] = {}
        for path, value in self.parameters.items():
            mechanism, _, parameter = path.partition(".")
            parameters.setdefault(mechanism, {})[parameter] = value
        title = {"title": dict(zip(LANGUAGES, WORDS["lab.my_scenario"], strict=True))} if name == NAME else {}
        out: dict[str, Any] = {"name": name, **title, "base": self.base}
        return out | {
            key: value
            for key, value in (("policy", steps), ("shocks", self.shocks), ("parameters", parameters))
            if value
        }

    def yaml(self, name: str = NAME) -> str:
        """Return the scenario file (JSON in its layout is YAML)."""
        from ruamel.yaml import YAML
        from ruamel.yaml.compat import StringIO

        yaml, text = YAML(), StringIO()
        yaml.dump(self.document(name), text)
        return text.getvalue()


def levers_of(group: str) -> list[str]:
    """Return the names of the levers of a group; the status of a zone is no slider."""
    names, firsts = list(CATALOGUE), list(GROUPS.values())
    place = list(GROUPS).index(group)
    start = names.index(firsts[place])
    end = names.index(firsts[place + 1]) if place + 1 < len(firsts) else len(names)
    return [name for name in names[start:end] if name != "zone_status"]


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


def to_link(state: Mapping[str, Any]) -> str:
    """Pack a state into text that fits a link."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(state).encode("utf-8"), 9)).decode("ascii").rstrip("=")


def from_link(text: str) -> dict[str, Any]:
    """Unpack a state.

    Raises:
        InputError: if the text is not of our making.
    """
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        data = zlib.decompressobj().decompress(packed, MOST_BYTES)
        state = json.loads(data)
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        raise InputError("link") from None
    if not isinstance(state, dict):
        raise InputError("link")
    return state


def variant_from(data: Any) -> Variant:
    """Return a variant from unpacked data.

    Raises:
        InputError: if it is none; what its numbers mean is checked when it is loaded as a scenario.
    """
    known = {f.name for f in fields(Variant)}
    if not isinstance(data, dict) or set(data) - known:
        raise InputError("link")
    try:
        variant = Variant(**data)
        variant = Variant(
            str(variant.base),
            {str(k): float(v) for k, v in variant.levers.items()},
            str(variant.start),
            int(variant.ramp),
            {str(k): float(v) for k, v in variant.parameters.items()},
            [dict(shock) for shock in variant.shocks],
        )
    except (AttributeError, TypeError, ValueError):
        raise InputError("link") from None
    load(variant.yaml())
    return variant


def to_data(variant: Variant) -> dict[str, Any]:
    """Return a variant as plain data that differs from the defaults."""
    plain = asdict(Variant())
    return {key: value for key, value in asdict(variant).items() if value != plain[key] or key == "base"}
