"""Quarters: the model's calendar.

A quarter is an integer inside the model (0 is 2013Q1) and a text like ``2025Q1`` at every boundary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ftz_sim.errors import InputError, short

FIRST_YEAR = 2013
QUARTERS_PER_YEAR = 4
DT = 1 / QUARTERS_PER_YEAR  # length of a step [yr]
_PATTERN = re.compile(r"([0-9]{4})Q([1-4])")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a calendar year; ordered, hashable, written ``2025Q1``."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2025Q1``; raise InputError for anything else."""
        match = _PATTERN.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise InputError("quarter", found=short(text))
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def at(cls, index: int) -> Self:
        """Return the quarter that is ``index`` steps after 2013Q1."""
        return cls(FIRST_YEAR + index // QUARTERS_PER_YEAR, index % QUARTERS_PER_YEAR + 1)

    @property
    def index(self) -> int:
        """Steps since 2013Q1."""
        return (self.year - FIRST_YEAR) * QUARTERS_PER_YEAR + self.quarter - 1

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any) -> Quarter:
            return value if isinstance(value, Quarter) else cls.parse(value)

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
            metadata={"pydantic_js_functions": [lambda _schema, _handler: cls._json_schema()]},
        )

    @staticmethod
    def _json_schema() -> dict[str, str]:
        return {"type": "string", "pattern": r"^\d{4}Q[1-4]$"}


class Clock:
    """Where a run stands: quarter 0 is 2013Q1."""

    def __init__(self) -> None:
        self.index = 0

    @property
    def years(self) -> float:
        """Years since the start of 2013Q1."""
        return self.index * DT

    @property
    def quarter(self) -> Quarter:
        """The quarter of the next step."""
        return Quarter.at(self.index)

    def tick(self) -> None:
        """Move on by one quarter."""
        self.index += 1
