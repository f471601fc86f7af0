"""Signs for which a choice of a design may wait: one of them, or several that must all be there, or any."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ftz_sim.errors import InputError
from ftz_sim.model.shocks import FixedKeys
from ftz_sim.scenario.signs import (
    LONGEST,
    MOST_SIGNS,
    Indicated,
    Sign,
    Signs,
    each_once,
    excluding,
    one_or_several,
    one_threshold,
    together,
)

MOST_COMBINATIONS = 100  # of the thresholds and lengths of several signs


def several(value: Any) -> Any:
    """Let one value stand for a list of one."""
    return value if isinstance(value, tuple) else (value,)


Thresholds = Annotated[tuple[float, ...], BeforeValidator(several), Field(min_length=1)]
Quarters = Annotated[tuple[Annotated[int, Field(ge=1, le=LONGEST)], ...], BeforeValidator(several), Field(min_length=1)]


class SignRecord(Indicated):
    """Signs for which a choice may wait: every threshold, lasting for every number of quarters."""

    above: Thresholds | None = Field(None, description="thresholds, in the unit of the tables")
    below: Thresholds | None = Field(None, description="thresholds, in the unit of the tables")
    quarters: Quarters = Field((1,), description="quarters in a row that it must have lasted")

    _one = model_validator(mode="after")(one_threshold)

    @property
    def records(self) -> tuple[SignRecord, ...]:
        """Itself, as `SignsRecord` has several."""
        return (self,)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.above or self.below or ()) * len(self.quarters)

    @property
    def signs(self) -> list[Sign]:
        """All of them."""
        what = {key: getattr(self, key) for key in Indicated.model_fields}
        side, bounds = ("above", self.above) if self.above is not None else ("below", self.below)
        return [Sign(**what, **{side: bound}, quarters=n) for bound in bounds or () for n in self.quarters]

    @property
    def easiest(self) -> Sign:
        """The one whose threshold is easiest to pass."""
        return min(self.signs, key=lambda sign: sign.bound if sign.side == "above" else -sign.bound)


def possible(records: tuple[SignRecord, ...]) -> tuple[SignRecord, ...]:
    """Return records of which some combination of signs can be there in one quarter.

    Raises:
        InputError: if none can.
    """
    together(tuple(record.easiest for record in records))
    return records


SeveralRecords = Annotated[
    tuple[SignRecord, ...], Field(min_length=2, max_length=MOST_SIGNS), AfterValidator(each_once)
]


class SignsRecord(FixedKeys):
    """Several signs for which a choice may wait: each threshold and length of one with each of the others."""

    all: Annotated[SeveralRecords, AfterValidator(possible)] | None = Field(
        None, description="signs that must all be there"
    )
    any: SeveralRecords | None = Field(None, description="signs of which one must be there")

    @model_validator(mode="after")
    def _few(self) -> Self:
        if (number := prod(record.number for record in self.records)) > MOST_COMBINATIONS:
            raise InputError("combinations", found=number, most=MOST_COMBINATIONS)
        return self

    @property
    def records(self) -> tuple[SignRecord, ...]:
        """Each of them."""
        return self.all or self.any or ()

    @property
    def signs(self) -> list[Signs]:
        """All combinations, but for those in which two signs are the same, or must both be there and cannot."""
        how = "any" if self.all is None else "all"
        every = product(*(record.signs for record in self.records))
        kept = [signs for signs in every if len(set(signs)) == len(signs) and (how == "any" or not excluding(signs))]
        return [Signs(**{how: signs}) for signs in kept]


When = Annotated[SignRecord | SignsRecord, one_or_several(SignRecord, SignsRecord)]
