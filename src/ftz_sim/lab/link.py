"""The state of the page as a link: packed small, bounded, and checked before anything of it is believed."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, Field, TypeAdapter, ValidationError, field_validator, model_validator

from ftz_sim.errors import InputError
from ftz_sim.lab.variants import MOST_BYTES, Variant, load, shipped

MOST_LINK = 16_000  # characters of a packed state; browsers and servers cut longer addresses
MOST_PINS, MOST_BESIDE, MOST_SEEDS = 4, 5, 8
FIRST_YEAR, LAST_YEAR = 2026, 2035
View = Literal["results", "map", "ask", "policy", "follow", "explain", "exercise", "files"]
VIEWS: tuple[View, ...] = get_args(View)
Number = Annotated[int, Field(ge=0, le=MOST_PINS)]  # of a variant of the page; 0 for a file, which has its own title


class State(BaseModel):
    """What a link may say."""

    variant: Variant = Field(default_factory=Variant)
    reference: str = "history"
    beside: list[str] = ["cross_zone", "ftz_fta"]
    end: int = Field(LAST_YEAR, ge=FIRST_YEAR, le=LAST_YEAR)
    seeds: int = Field(3, ge=1, le=MOST_SEEDS)
    view: View = "results"
    pins: list[tuple[Number, str]] = Field([], max_length=MOST_PINS)

    @field_validator("pins", mode="before")
    @classmethod
    def _labelled(cls, pins: Any) -> Any:
        """Read links of 0.1, in which a label stands in place of the number; a file has its title."""
        old = isinstance(pins, list) and all(isinstance(pin, list) and [*map(type, pin)] == [str, str] for pin in pins)
        return [(0, text) for _, text in pins] if old else pins

    @field_validator("reference")
    @classmethod
    def _ships(cls, name: str) -> str:
        if name not in shipped():
            raise InputError("link")
        return name

    @model_validator(mode="after")
    def _beside_others(self) -> State:
        self._ships(self.variant.base)
        kept = [name for name in dict.fromkeys(self.beside) if name in shipped() and name != self.reference]
        self.beside = kept[:MOST_BESIDE]
        return self


def to_link(state: Mapping[str, Any]) -> str:
    """Pack a state into text that fits a link."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(state).encode("utf-8"), 9)).decode("ascii").rstrip("=")


def from_link(text: str) -> dict[str, Any]:
    """Unpack a state.

    Raises:
        InputError: if the text is not of our making, or longer than ``MOST_LINK``.
    """
    if len(text) > MOST_LINK:
        raise InputError("link")
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        data = zlib.decompressobj().decompress(packed, MOST_BYTES)
        state = json.loads(data, parse_constant=_finite)
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        raise InputError("link") from None
    if not isinstance(state, dict):
        raise InputError("link")
    return state


def _finite(name: str) -> float:
    raise InputError("link")


def state_from(data: Any) -> State:
    """Return a state from unpacked data; its variant and pins are valid scenarios.

    Raises:
        InputError: if it is none.
    """
    try:
        state = State.model_validate(data)
    except ValidationError:
        raise InputError("link") from None
    for text in (state.variant.yaml(), *(text for _, text in state.pins)):
        load(text)
    return state


def variant_from(data: Any) -> Variant:
    """Return a variant from unpacked data.

    Raises:
        InputError: if it is none; what its numbers mean is checked when it is loaded as a scenario.
    """
    try:
        variant = TypeAdapter(Variant).validate_python(data)
    except ValidationError:
        raise InputError("link") from None
    load(variant.yaml())
    return variant


def to_data(variant: Variant) -> dict[str, Any]:
    """Return a variant as plain data that differs from the defaults."""
    plain = asdict(Variant())
    return {key: value for key, value in asdict(variant).items() if value != plain[key] or key == "base"}
