"""The YAML file of a sweep: strategies x uncertainties x replicates.

    name: what_decides
    scenarios: [single_ftz, cross_zone, ftz_fta]
    replicates: 20
    seed: 5
    design: {method: lhs, samples: 200}    # grid | list | lhs | sobol | saltelli | morris
    uncertainties: calibrated              # or cards, or {NAME: card, NAME: [low, high], levers.NAME: [0, 1]}
    shocks: [{chance: 0.3, shock: {kind: ..., from: ..., to: ...}}]  # the same for every scenario of a point
    overrides: {population: {firms: 2000}}  # for every scenario
    tables: [national]                     # and regions, zones, partners, which take more room; --focus adds its own

A grid crosses the values listed for each uncertainty, or ``levels`` evenly spaced ones of its range. A list
names its points: ``design: {method: list, points: [{NAME: 0.1}, {NAME: 0.2}]}``. Without a design every
scenario runs with its own parameters. ``calibrated`` is every parameter that has a range, narrowed where published
figures do, and ``cards`` every one over the range on its card (see `ranges`). A shock comes at a point, for all its
scenarios, with the chance that the file gives it; its column ``shocks.KIND`` is 1 where it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ftz_sim.errors import InputError, Sentence, short
from ftz_sim.model.shocks import ChanceRecord, FixedKeys
from ftz_sim.runs.ranges import RANGES, from_ranges
from ftz_sim.runs.sampling import MOST_ROWS, Method
from ftz_sim.runs.setup import MOST_REPLICATES
from ftz_sim.runs.uncertainties import from_cards
from ftz_sim.scenario.scenario import NAME, Text

TableName = Literal["national", "regions", "zones", "partners"]
CARD = "card"
OF_CARD: tuple[float, ...] = ()  # what `card` is read as


def _numbers(value: Any) -> Any:
    if value == CARD:
        return OF_CARD
    if not isinstance(value, tuple) or not value:
        raise InputError("range_or_card", found=short(value))
    return value


def _all_cards(value: Any) -> Any:
    if isinstance(value, str) and value in RANGES:
        return every(value)
    if not isinstance(value, dict):
        raise InputError("cards_or_mapping", found=short(value))
    return value


def every(ranges: str) -> dict[str, Any]:
    """Return what a word for all parameters stands for: each with its range, or that of its card."""
    cards = from_cards()
    return {each.name: CARD if each in cards else (each.low, each.high) for each in from_ranges(ranges)}


def word_of(given: Mapping[str, Sequence[float]]) -> str | None:
    """Return the word for all parameters that uncertainties as a sweep keeps them were written with, if any."""
    written = {name: tuple(each) or CARD for name, each in given.items()}
    return next((word for word in RANGES if every(word) == written), None)


Given = Annotated[tuple[float, ...], BeforeValidator(_numbers)]


class DesignRecord(FixedKeys):
    """How points are chosen."""

    method: Method = "list"
    samples: int = Field(1, ge=1, le=MOST_ROWS, description="points, base points or trajectories")
    levels: int | None = Field(None, ge=1, le=1000, description="values of each uncertainty in a grid")
    points: tuple[dict[str, float], ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.points and self.method != "list":
            raise InputError("of_key", key="points", what=Sentence("points_method", method=self.method))
        if self.levels is not None and self.method != "grid":
            raise InputError("of_key", key="levels", what=Sentence("levels_method", method=self.method))
        if "samples" in self.model_fields_set and self.method in ("grid", "list"):
            raise InputError("of_key", key="samples", what=Sentence("samples_method", method=self.method))
        if len({tuple(point) for point in self.points}) > 1:
            raise InputError("of_key", key="points", what=Sentence("same_points"))
        return self


class SweepRecord(FixedKeys):
    """What a sweep file holds."""

    name: str = Field(pattern=NAME, description="letters, digits, _ . -, for it names folders")
    why: Text = Text(en="", zh="")
    scenarios: tuple[str, ...] = Field(min_length=1)
    replicates: int = Field(1, ge=1, le=MOST_REPLICATES, description="runs of every scenario at every point")
    seed: int = Field(1, ge=0, lt=2**63, description="seed of the sweep")
    design: DesignRecord = DesignRecord()
    uncertainties: Annotated[dict[str, Given], BeforeValidator(_all_cards)] = Field(default_factory=dict)
    shocks: tuple[ChanceRecord, ...] = ()
    overrides: dict[str, Any] = Field(default_factory=dict)
    tables: tuple[TableName, ...] = Field(("national",), min_length=1)
