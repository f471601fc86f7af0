"""Measures: what of a run is kept, and what it says of a package against the start.

A *reading* is one number of one run, a column of the archive. A *measure* takes the readings of a package and of the
start in the same draw: a change, the worst change of all provinces, the highest cost of a year. It is positive where
more is found, whatever is better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.focus import NATION, TABLE_OF
from ftz_sim.analysis.panel import DISCOUNT_RATE, scaled_difference
from ftz_sim.design.record import WORST
from ftz_sim.indicators.shown import Shown, shown, shown_difference, shown_money
from ftz_sim.indicators.tables import TABLES, Tables
from ftz_sim.indicators.variable import Scale
from ftz_sim.indicators.variables import NATIONAL, Level, Variable
from ftz_sim.indicators.yearly import discounted, year
from ftz_sim.results.statements import place_name
from ftz_sim.text.words import Lang, say

Array = NDArray[Any]
COST = NATIONAL["policy_cost"]
ROUNDING = 1e-9  # of a share times a number of draws


class Reading(NamedTuple):
    """The mean of an indicator over years, discounted to the first; of a place or the nation."""

    level: Level
    place: str  # code of the province that it is, or lies in; CN for the nation
    variable: Variable
    first: int
    last: int

    @property
    def column(self) -> str:
        """Name of its column."""
        return f"{self.variable.name} {self.years} {self.level} {self.place}"

    @property
    def years(self) -> str:
        """The year, or the first and the last."""
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"

    def of(self, tables: Tables, fork: int) -> float:
        """Return the number of a run; ``fork`` is the first quarter of a scenario's own."""
        values = getattr(tables, TABLE_OF[self.level])[self.variable.name]
        if self.level != "national":
            values = values[:, getattr(tables.codes, TABLE_OF[self.level]).code.index(self.place)]
        years = range(self.first, self.last + 1)
        weights = (1 + DISCOUNT_RATE) ** -np.arange(len(years))
        return float(np.average([year(values, at, self.variable.aggregate) for at in years], weights=weights))


class Bill(NamedTuple):
    """What policy costs treasuries from the fork to the end, discounted [bn yuan]."""

    level: Level = "national"
    column: str = "policy_cost discounted"

    def of(self, tables: Tables, fork: int) -> float:
        """Return the cost of a run."""
        return float(discounted(tables.national[COST.name], fork, DISCOUNT_RATE))


class Fired(NamedTuple):
    """When the rule of a choice fired: the first quarter of its levers, counted from 2013Q1; -1 if it did not."""

    choice: str
    level: Level = "national"

    @property
    def column(self) -> str:
        """Name of its column."""
        return f"fired {self.choice}"

    def of(self, tables: Tables, fork: int) -> float:
        """Return the quarter of a run."""
        fired = tables.rules.get(self.choice, np.zeros(1))
        return float(fired.argmax()) if fired.any() else -1.0


AnyReading = Reading | Bill | Fired


class Measure(NamedTuple):
    """What readings say of a package."""

    variable: Variable
    readings: tuple[Reading | Bill, ...]
    pick: Literal["min", "max"] | None = None  # of several readings
    change: bool = True  # against the start
    scale: Scale | None = None  # of the difference, if it is not that of the variable

    def of(self, package: Array, start: Array, columns: Sequence[str]) -> Array:
        """Return the measure by draw.

        Args:
            package: readings of packages [..., n, K].
            start: readings of the start in the same draws [n, K].
            columns: names of the readings [K].
        """
        rows = [columns.index(reading.column) for reading in self.readings]
        value = package[..., rows]
        if self.change:
            value = scaled_difference(value, start[..., rows], self.scale or self.variable.scale)
        if self.pick is None:
            return np.asarray(value[..., 0])
        return np.asarray(value.min(axis=-1) if self.pick == "min" else value.max(axis=-1))

    @property
    def name(self) -> str:
        """Name in tables."""
        first = self.readings[0]
        if isinstance(first, Bill):
            return "cost"
        if self.variable is COST and self.pick:
            return "cost_of_a_year"
        where = "" if first.level == "national" else f" {first.level} {WORST if self.pick else first.place}"
        return f"{self.variable.name} {first.years}{where}{'' if self.change else ' level'}"

    def shown(self, lang: Lang) -> Shown:
        """Return how people read its values."""
        if isinstance(self.readings[0], Bill):
            return shown_money(lang)
        if not self.change:
            return shown(self.variable, lang)
        return shown_difference(replace(self.variable, scale=self.scale or self.variable.scale), lang)

    def label(self, lang: Lang) -> str:
        """Return what is measured, where and when."""
        first = self.readings[0]
        if isinstance(first, Bill):
            return say("design.cost", lang)
        if self.variable is COST and self.pick:
            return say("design.cost_of_a_year", lang)
        name = self.variable.within(lang)
        years = first.years.replace("-", "–")
        if self.pick:
            return say("design.of_worst", lang, name=name, years=years)
        if first.level == "national":
            return say("design.of_nation", lang, name=name, years=years)
        place = place_name(first.level, first.place, lang)
        return say("design.of_place", lang, name=name, place=place, years=years)

    def number(self, value: float, lang: Lang) -> str:
        """Write a value with its unit."""
        unit = self.shown(lang)
        return unit.with_unit(unit.signed(value) if self.change else unit.number(value), lang)

    def told(self, value: float, low: float, high: float, lang: Lang) -> dict[str, str]:
        """Return a value with its unit and the ends of its interval, as sentences take them."""
        unit = self.shown(lang)
        said = unit.estimate(value, low, high)
        return {"value": unit.with_unit(said.value, lang), "low": said.low, "high": said.high}


class Bound(NamedTuple):
    """What must hold of a measure."""

    measure: Measure
    value: float
    sign: int  # +1 at most, -1 at least
    share: float | None = None  # of draws in which it must hold; None: on average

    def excess(self, values: Array) -> Array:
        """Return how far values are beyond the bound; 0 and less is within."""
        return np.asarray(self.sign * (values - self.value))

    def over(self, values: Array) -> Array:
        """Return how far values [..., W] are beyond the bound over all draws [...]; 0 and less is within.

        In a share of draws it holds if the excess that this share of them does not exceed is within.
        """
        excess = self.excess(values)
        if self.share is None:
            return np.asarray(excess.mean(axis=-1))
        needed = math.ceil(self.share * excess.shape[-1] - ROUNDING)  # draws
        worst = np.sort(excess, axis=-1)[..., needed - 1]
        return np.where(np.isfinite(excess).all(axis=-1), worst, np.nan)

    def label(self, lang: Lang) -> str:
        """Say what must hold."""
        key = "design.at_most" if self.sign > 0 else "design.at_least"
        said = say(key, lang, what=self.measure.label(lang), value=self.measure.number(self.value, lang))
        return said if self.share is None else say("design.in_share", lang, bound=said, share=self.share)


def bill() -> Measure:
    """Return the extra cost of a package to treasuries, discounted."""
    return Measure(COST, (Bill(),), scale="level")


def yearly_bill(first: int, last: int) -> Measure:
    """Return the extra cost of the dearest year."""
    readings = tuple(Reading("national", NATION, COST, at, at) for at in range(first, last + 1))
    return Measure(COST, readings, "max", scale="level")


def tables_of(readings: Sequence[AnyReading]) -> tuple[str, ...]:
    """Return the tables of a run that readings are of."""
    wanted = {TABLE_OF[reading.level] for reading in readings} | {"national"}
    return tuple(name for name in TABLES if name in wanted)
