"""Rules in place of dates: levers that begin to move once a sign has been seen.

A rule sees the quarters that have passed, and nothing else. Before every quarter from the fork on it looks for its sign
or signs (see `signs`); if they are there, the rule fires: its levers begin to move in the quarter that now begins. They
are laid over the dated steps as steps of that date, and never called back.
"""

from __future__ import annotations

from typing import Self

from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from ftz_sim.errors import InputError
from ftz_sim.model.clock import Quarter
from ftz_sim.model.shocks import FixedKeys
from ftz_sim.scenario.lever_steps import RULES, LeverName, LeverStep, Zones, check
from ftz_sim.scenario.signs import When


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
    when: When
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
