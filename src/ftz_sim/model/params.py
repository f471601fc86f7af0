"""Parameters: frozen records whose every field carries unit, range, evidence and source.

A mechanism declares its parameters like this::

    class LawAndAuthority(Params):
        pace: float = param(0.08, "pace of zone legislation", unit="1/yr", low=0.02, high=0.16, grade="A")

Grades of evidence: D published datum, L taken from or inside the range of literature, C fitted to a
target, A assumption without direct evidence. ``low`` and ``high`` span the range of evidence, from which
uncertain experiments sample; a scenario may leave it (and is told so), but may not leave what the unit
allows: a share lies in [0, 1], and what is never negative in its range stays non-negative.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from ftz_sim.errors import Both, InputError, Sentence
from ftz_sim.text.parameters import UNITS_ZH

Grade = Literal["D", "L", "C", "A"]
Value = float | tuple[float, ...]
ASSUMED = "assumed"


class Params(BaseModel):
    """A frozen, closed record of parameters; unknown keys and impossible values are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    def model_post_init(self, _: Any) -> None:
        """Check every number against what its unit allows."""
        for card in cards(type(self)):
            value = getattr(self, card.name)
            for number in value if isinstance(value, tuple) else (value,):
                if complaint := card.complaint(number):
                    raise InputError("of_key", key=card.name, what=complaint)


class Card(BaseModel):
    """What is known about one parameter."""

    model_config = ConfigDict(frozen=True)

    name: str
    meaning: str
    default: Value | bool | int
    unit: str
    low: Value | None
    high: Value | None
    grade: Grade
    source: str
    positive: bool
    sampled: bool
    zh: str = ""  # meaning in Chinese, if it does not stand in ``text/parameters.py``

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest value that the unit allows."""
        numbers = _numbers(self.low) + _numbers(self.default)
        floor = -math.inf if any(number < 0 for number in numbers) else 0.0
        return floor, 1.0 if self.unit == "share" else math.inf

    def complaint(self, number: float) -> Sentence | None:
        """Say what is wrong with ``number``, or return None."""
        floor, ceiling = self.bounds
        inside, above = floor <= number <= ceiling, number > 0 or not self.positive
        if inside and above:
            return None
        unit = Both(self.unit, UNITS_ZH.get(self.unit, self.unit))
        return Sentence("above_zero" if inside else "unit_range", number=number, low=floor, high=ceiling, unit=unit)

    def outside_evidence(self, value: Value | bool | int) -> bool:
        """Tell whether ``value`` leaves the range for which there is evidence."""
        if self.low is None or self.high is None:
            return _numbers(value) != _numbers(self.default)
        numbers = _numbers(value)
        lows, highs = (_widen(bound, len(numbers)) for bound in (self.low, self.high))
        return any(not low <= n <= high for low, n, high in zip(lows, numbers, highs, strict=True))


def param(
    default: Any,
    meaning: str,
    *,
    unit: str,
    low: Value | None = None,
    high: Value | None = None,
    grade: Grade = "A",
    source: str = ASSUMED,
    positive: bool = False,
    sampled: bool = True,
    zh: str = "",
) -> Any:
    """Declare one parameter.

    Args:
        default: value used unless a scenario sets another; a tuple has one number for each tier, list ...
        meaning: one phrase for cards and pages.
        unit: "share", "1/yr", "log", "km", "items", "1" ...
        low: lower end of the range of evidence (one number serves all entries of a tuple).
        high: upper end of that range.
        grade: evidence, D, L, C or A.
        source: keys of ``seeds/sources.yaml``, "data", "calibrated" or "assumed".
        positive: whether zero is impossible, because an equation divides by it.
        sampled: whether uncertain experiments draw it by default (named constants are not drawn).
        zh: ``meaning`` in Chinese.
    """
    card: dict[str, Any] = {
        "unit": unit,
        "low": low,
        "high": high,
        "grade": grade,
        "source": source,
        "positive": positive,
        "sampled": sampled,
        **({"zh": zh} if zh else {}),
    }
    return Field(default, description=meaning, json_schema_extra=card)


def constant(
    default: Any, meaning: str, *, unit: str = "1", spread: float = 0.5, positive: bool = False, zh: str = ""
) -> Any:
    """Declare a small constant of an equation: assumed, ± ``spread`` of its size, not sampled by default."""
    scaled = [tuple(sorted((n * (1 - spread), n * (1 + spread)))) for n in _numbers(default)]
    lows = tuple(pair[0] for pair in scaled)
    highs = tuple(min(pair[1], 1.0) if unit == "share" else pair[1] for pair in scaled)
    low, high = (lows, highs) if isinstance(default, tuple) else (lows[0], highs[0])
    return param(default, meaning, unit=unit, low=low, high=high, positive=positive, sampled=False, zh=zh)


def cards(record: type[BaseModel]) -> Iterator[Card]:
    """Yield the card of every parameter of ``record``, in the order of the file."""
    yield from _cards(record)


@cache  # records are validated in every run of a sweep
def _cards(record: type[BaseModel]) -> tuple[Card, ...]:
    return tuple(_card(name, field) for name, field in record.model_fields.items())


def _card(name: str, field: FieldInfo) -> Card:
    extra = field.json_schema_extra
    if not isinstance(extra, dict):
        raise TypeError(f"parameter {name} was not declared with param()")
    facts: dict[str, Any] = extra
    return Card(name=name, meaning=field.description or "", default=field.default, **facts)


def _numbers(value: Any) -> list[float]:
    if value is None:
        return []
    return [float(n) for n in value] if isinstance(value, tuple) else [float(value)]


def _widen(bound: Value, count: int) -> list[float]:
    numbers = _numbers(bound)
    return numbers if len(numbers) == count else numbers * count
