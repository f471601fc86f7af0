"""Rules in place of dates: levers that begin to move once a sign has been seen.

A rule sees the quarters that have passed, and nothing else. Before every quarter from the fork on it looks at its
indicator, as the tables have it, in the last ``quarters`` quarters; if it was above (or below) the threshold in all of
them, the rule fires: its levers begin to move in the quarter that now begins. They are laid over the dated steps as
steps of that date, and never called back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.indicators.variables import VARIABLES, Level, Variable
from ftz_sim.model.clock import Quarter
from ftz_sim.model.published import load_figures
from ftz_sim.model.shocks import FixedKeys
from ftz_sim.scenario.lever_steps import RULES, WITHOUT_ZONE, ZONES, Around, LeverName, LeverStep, Zones, check

if TYPE_CHECKING:
    from ftz_sim.indicators.tables import Tables

Array = NDArray[Any]
LONGEST = 40  # quarters that a sign may have to last
# table of a level, and what is said of an indicator that it lacks
TABLES: dict[Level, tuple[str, str]] = {
    "national": ("national", "indicator_of_national"), "region": ("regions", "indicator_of_region"),
    "zone": ("zones", "indicator_of_zone"), "partner": ("partners", "indicator_of_partner"),
}  # fmt: skip
PLACES: dict[str, Level] = {"province": "region", "zone": "zone", "partner": "partner"}


class Indicated(FixedKeys):
    """An indicator of the nation, or of one place."""

    indicator: str = Field(description="of the nation, or of the place that is named")
    province: str | None = Field(None, description="code of a province")
    zone: str | None = Field(None, description="code of the province of a zone")
    partner: str | None = Field(None, description="code of a partner economy")

    @model_validator(mode="after")
    def _known(self, info: ValidationInfo) -> Self:
        named = [key for key in PLACES if getattr(self, key) is not None]
        if len(named) > 1:
            raise InputError("of_key", key=named[1], what=Sentence("one_of_both", a=named[0], b=named[1]))
        if self.indicator not in VARIABLES[self.level]:
            raise InputError("of_key", key="indicator", what=self._unknown(named))
        codes = self._codes(info.context)
        if named and self.place not in codes:
            words = {"found": repr(self.place), "allowed": listed(codes), "nearest": nearest(self.place, codes)}
            raise InputError("of_key", key=named[0], what=Sentence("found", **words))
        return self

    @property
    def level(self) -> Level:
        """Whose indicator it is."""
        return next((level for key, level in PLACES.items() if getattr(self, key) is not None), "national")

    @property
    def place(self) -> str:
        """Code of the place; empty for the nation."""
        return self.province or self.zone or self.partner or ""

    @property
    def table(self) -> str:
        """Name of the table that has it."""
        return TABLES[self.level][0]

    @property
    def variable(self) -> Variable:
        """Return what the dictionary of outputs says of it."""
        return VARIABLES[self.level][self.indicator]

    def _unknown(self, named: Sequence[str]) -> Sentence:
        keys = [key for key, level in PLACES.items() if self.indicator in VARIABLES[level]]
        if keys and not named:
            return Sentence("indicator_of_places", found=self.indicator, keys=listed(keys))
        words = {"found": self.indicator, "nearest": nearest(self.indicator, VARIABLES[self.level])}
        return Sentence(TABLES[self.level][1], **words)

    def _codes(self, around: Around | None) -> Sequence[str]:
        figures = load_figures()
        zones = (*ZONES, *WITHOUT_ZONE) if around is None else around.codes  # a scenario may have new ones
        return {"region": figures.provinces.iso, "zone": zones, "partner": figures.partners.code}.get(self.level, ())


def one_threshold(sign: Any) -> Any:
    """Return what has ``above`` or ``below``.

    Raises:
        InputError: if it has both or neither.
    """
    if (sign.above is None) == (sign.below is None):
        raise InputError("above_or_below")
    return sign


class Sign(Indicated):
    """An indicator that has been above or below a threshold, for so many quarters in a row."""

    above: float | None = Field(None, description="threshold, in the unit of the tables")
    below: float | None = Field(None, description="threshold, in the unit of the tables")
    quarters: int = Field(1, ge=1, le=LONGEST, description="quarters in a row that it must have lasted")

    _one = model_validator(mode="after")(one_threshold)

    def __str__(self) -> str:
        return f"{self.side} {self.bound:g} for {self.quarters}"

    @property
    def side(self) -> Literal["above", "below"]:
        """On which side of the threshold it lies."""
        return "below" if self.above is None else "above"

    @property
    def bound(self) -> float:
        """The threshold, in the unit of the tables."""
        return float(getattr(self, self.side))

    def of(self, tables: Tables) -> Array:
        """Return the indicator by quarter and run [T, E], with one run where tables are those of one."""
        values = getattr(tables, self.table)[self.indicator]
        if self.place:
            values = values[..., getattr(tables.codes, self.table).code.index(self.place)]
        return np.asarray(values.reshape(len(values), -1))

    def seen(self, values: Array) -> Array:
        """Tell from quarters that have passed [T, E] in which runs it has lasted long enough [E]."""
        last = values[-self.quarters :]
        lasted = last > self.bound if self.side == "above" else last < self.bound
        return np.asarray(lasted.all(axis=0) & (len(last) == self.quarters))


class Move(FixedKeys):
    """A lever moves in ``ramp`` equal steps to ``level`` and stays there."""

    model_config = ConfigDict(json_schema_extra=RULES)

    lever: LeverName
    level: float = Field(ge=0, le=1, description="level reached")
    ramp: int = Field(0, ge=0, le=92, description="number of quarterly steps; 0 and 1 are at once")
    zones: Zones | None = Field(None, description="zones it holds for; all")

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        check(self.lever, self.level, self.ramp, self.zones, info.context)
        return self

    def at(self, start: Quarter) -> LeverStep:
        """Return the step that it comes to when it begins in ``start``."""
        return LeverStep.model_validate({**self.model_dump(), "from": start})


class Rule(FixedKeys):
    """When a sign has been seen, these levers move."""

    name: str = Field(pattern=r"^\S.{0,99}$", description="at most 100 letters")
    when: Sign
    then: tuple[Move, ...] = Field(min_length=1, description="levers that move from then on")


def named_once(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return ``rules``, whose names differ.

    Raises:
        InputError: if they do not.
    """
    names = [rule.name for rule in rules]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise InputError("rules_once", names=repeated)
    return rules
