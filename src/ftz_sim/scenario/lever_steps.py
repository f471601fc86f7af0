"""Lever steps: what a strategy does when. Steps of one file are ordered by date, files are laid one on the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any, Final, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.shocks import QUARTERS, FixedKeys, in_range

OPENING: Final = "opening"
# fmt: off
ZONES = ("SH", "GD", "TJ", "FJ", "LN", "ZJ", "HA", "HB", "CQ", "SC", "SN", "HI", "SD", "JS", "GX", "HE", "YN",
         "HL", "BJ", "HN", "AH", "XJ")  # in the order of the table
ZoneCode = Literal["SH", "GD", "TJ", "FJ", "LN", "ZJ", "HA", "HB", "CQ", "SC", "SN", "HI", "SD", "JS", "GX", "HE",
                   "YN", "HL", "BJ", "HN", "AH", "XJ"]
WITHOUT_ZONE = ("SX", "NM", "JL", "JX", "GZ", "XZ", "GS", "QH", "NX")  # provinces where one may be new
ProvinceWithoutZone = Literal["SX", "NM", "JL", "JX", "GZ", "XZ", "GS", "QH", "NX"]
AnyZone = Literal["SH", "GD", "TJ", "FJ", "LN", "ZJ", "HA", "HB", "CQ", "SC", "SN", "HI", "SD", "JS", "GX", "HE",
                  "YN", "HL", "BJ", "HN", "AH", "XJ", "SX", "NM", "JL", "JX", "GZ", "XZ", "GS", "QH", "NX"]
# fmt: on


def _lever(name: str) -> str:
    if name not in CATALOGUE:
        raise InputError("lever", found=name, nearest=nearest(name, CATALOGUE))
    return name


def _start(value: Any) -> Quarter | Literal["opening"]:
    if value == OPENING:
        return OPENING
    try:
        return in_range(value if isinstance(value, Quarter) else Quarter.parse(value))
    except InputError as error:
        raise InputError("or_opening", what=error) from None


LeverName = Annotated[str, AfterValidator(_lever), WithJsonSchema({"enum": list(CATALOGUE)})]
Start = Annotated[
    Quarter | Literal["opening"],
    PlainValidator(_start),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": f"^({OPENING}|{QUARTERS})$"}),
]


# what `LeverStep` refuses, as JSON Schema says it
RULES: Any = {
    "allOf": [
        {
            "if": {"properties": {"lever": {"enum": [n for n, lever in CATALOGUE.items() if lever.scope == "nation"]}}},
            "then": {"properties": {"zones": {"type": "null"}, "from": {"pattern": f"^{QUARTERS}$"}}},
        },
        {
            "if": {"properties": {"lever": {"const": "zone_status"}}},
            "then": {"properties": {"level": {"enum": [0, 1]}, "ramp": {"maximum": 1}}},
        },
    ]
}
Zones = Annotated[
    tuple[AnyZone, ...],
    WithJsonSchema({"type": "array", "items": {"enum": [*ZONES, *WITHOUT_ZONE]}, "minItems": 1, "uniqueItems": True}),
]


class Around(NamedTuple):
    """What is known of a scenario whose steps are checked."""

    files: Sequence[str]  # in which each step stands
    codes: Sequence[str]  # of its zones


def check(lever: str, level: float, ramp: int, zones: Sequence[str] | None, around: Around | None) -> None:
    """Make sure that a lever can be moved so.

    Raises:
        InputError: if it is national and zones are named, zones repeat or are none of the scenario, or a status is
            anything but on or off.
    """
    if around is not None and (nowhere := [code for code in zones or () if code not in around.codes]):
        what = Sentence("no_zone_yet", place=nowhere[0], allowed=listed(around.codes))
        raise InputError("of_key", key="zones", what=what)
    if CATALOGUE[lever].scope == "nation" and zones is not None:
        raise InputError("of_key", key="zones", what=Sentence("no_zones", lever=lever))
    if zones is not None and len(set(zones)) < max(len(zones), 1):
        raise InputError("of_key", key="zones", what=Sentence("zones_once"))
    if lever == "zone_status" and (level not in (0, 1) or ramp > 1):
        raise InputError("of_key", key="level", what=Sentence("zone_status"))


class LeverStep(FixedKeys):
    """From a quarter on, a lever moves in ``ramp`` equal steps to ``level`` and stays there."""

    model_config = ConfigDict(json_schema_extra=RULES)

    lever: LeverName
    start: Start = Field(alias="from", description="quarter of the first step, or opening")
    level: float = Field(ge=0, le=1, description="level reached")
    ramp: int = Field(0, ge=0, le=92, description="number of quarterly steps; 0 and 1 are at once")
    zones: Zones | None = Field(None, description="zones it holds for; all")

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        check(self.lever, self.level, self.ramp, self.zones, info.context)
        if CATALOGUE[self.lever].scope == "nation" and self.start == OPENING:
            raise InputError("of_key", key="from", what=Sentence("no_opening", lever=self.lever))
        return self

    def rows(self, codes: Sequence[str] = ZONES) -> list[int]:
        """Return the rows of the zones it holds for; ``codes`` are those of all zones of its scenario."""
        return [codes.index(code) for code in self.zones or codes]

    def __str__(self) -> str:
        pace = f" in {self.ramp} steps" if self.ramp > 1 else ""
        where = f" in {', '.join(self.zones)}" if self.zones else ""
        return f"{self.level:g} from {self.start}{pace}{where}"


def by_date(steps: Sequence[LeverStep]) -> list[LeverStep]:
    """Return the steps of one file with those of each lever in the order of their dates, `opening` first.

    Levers keep their places, and steps of one date their order.
    """
    waiting: dict[str, deque[LeverStep]] = {}
    for step in sorted(steps, key=_date):
        waiting.setdefault(step.lever, deque()).append(step)
    return [waiting[step.lever].popleft() for step in steps]


def laid(steps: Sequence[LeverStep], files: Sequence[str], codes: Sequence[str] = ZONES) -> tuple[LeverStep, ...]:
    """Lay the steps of each file over those of the files before it; ``files`` says where each step stands.

    ``codes`` are those of all zones of the scenario.

    What a step overrides in a file below is cut from there: its zones of the same lever, from its first quarter on.
    So what is left is in the order of dates, and means the same when it is written to one file.
    """
    out: list[LeverStep] = []
    for _, group in groupby(zip(steps, files, strict=True), key=lambda pair: pair[1]):
        over = by_date([step for step, _ in group])
        out = [left for step in out if (left := _uncovered(step, over, codes)) is not None] + over
    return tuple(by_date(out))


def _date(step: LeverStep) -> int:
    return step.start.index if isinstance(step.start, Quarter) else -1


def _uncovered(step: LeverStep, over: Sequence[LeverStep], codes: Sequence[str]) -> LeverStep | None:
    """Return what is left of ``step`` in the zones that no step ``over`` it overrides from its own start on."""
    earlier = [each for each in over if each.lever == step.lever and _date(each) <= _date(step)]
    covered = {code for each in earlier for code in each.zones or codes}
    held = step.zones or codes
    left = tuple(code for code in held if code not in covered)
    return step if len(left) == len(held) else step.model_copy(update={"zones": left}) if left else None
