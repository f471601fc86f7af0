"""How people read an indicator: by what its numbers are multiplied, and in which unit.

Tables and files hold the units of the dictionary. Screens and pages say money in 亿元 and emissions in 亿吨 in Chinese,
the Theil index by the thousand, and shares in percent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

from ftz_sim.indicators.variable import Variable
from ftz_sim.text.numbers import Estimate, estimate, exact, number, signed
from ftz_sim.text.words import Lang, say


@dataclass(frozen=True)
class Shown:
    """How numbers are written: a factor and a unit."""

    factor: float
    unit: str
    bracketed: bool = False  # the unit is a name and none to count in

    def number(self, value: float, digits: int = 3) -> str:
        """Write a level."""
        return number(self.factor * value, digits)

    def exact(self, value: float) -> str:
        """Write a level that was given, such as a threshold."""
        return exact(self.factor * value)

    def signed(self, value: float) -> str:
        """Write a difference."""
        return signed(self.factor * value)

    def estimate(self, value: float = nan, low: float = nan, high: float = nan) -> Estimate:
        """Write a difference with its interval, or a range alone."""
        return estimate(self.factor * value, self.factor * low, self.factor * high)

    def of(self, row: Mapping[Any, Any]) -> Estimate:
        """Write the difference that a row of a comparison holds."""
        return self.estimate(row["difference"], row["ci_low"], row["ci_high"])

    def with_unit(self, text: str, lang: Lang) -> str:
        """Set the unit to a number."""
        if self.bracketed:
            return f"{text}（{self.unit}）" if lang == "zh" else f"{text} ({self.unit})"
        if lang == "zh" and "%" in self.unit:  # 占GDP的%: 占GDP的3%
            return self.unit.replace("%", f"{text}%")
        times = " ×" if self.unit.startswith("10^") else ""
        return f"{text}{times}{'' if lang == 'zh' else ' '}{self.unit}"


_TRILLIONS = {"gdp", "exports", "capital", "knowledge", "investment"}
_NAMES = {
    "Theil", "index", "0-100", "2013Q1 = 100", "2013Q1 = 100, nation", "log", "field", "0 or 1", "per 10^3 workers",
}  # fmt: skip
_NAMES_IN_ENGLISH = {"ratio", "count"}
_OF_GDP = {"research_intensity", "emerging_share", "future_share", "export_ratio", "policy_cost_share"}
# Chinese counts in 10,000 and 100 million
_CHINESE = {
    "bn yuan": Shown(10.0, "亿元（2013年价）"),
    "10^3 yuan/yr": Shown(0.1, "万元／年"),
    "million": Shown(100.0, "万人"),
    "10^3 FTE": Shown(0.1, "万人年"),
    "10^3 FTE/yr": Shown(0.1, "万人年／年"),
    "10^3/yr": Shown(0.1, "万人／年"),
}


def shown(variable: Variable, lang: Lang) -> Shown:
    """Return how the level of ``variable`` is written in ``lang``."""
    chinese = lang == "zh"
    if variable.unit.startswith("bn yuan") and variable.name in _TRILLIONS:
        return Shown(
            1e-3, say("unit.trillion_yuan" if variable.unit.endswith("/yr") else "unit.trillion_yuan_stock", lang)
        )
    if variable.unit == "bn yuan/yr":
        return Shown(10.0 if chinese else 1.0, say("unit.billion_yuan", lang))
    if chinese and variable.unit in _CHINESE:
        return _CHINESE[variable.unit]
    if variable.unit == "Mt/yr":
        return Shown(1e-2 if chinese else 1e-3, say("unit.gigatonnes", lang))
    if variable.scale == "points":
        of = "of_gdp" if variable.name in _OF_GDP else "year" if variable.unit.endswith("/yr") else ""
        return Shown(100.0, say(f"unit.percent_{of}".rstrip("_"), lang))
    if variable.unit == "Theil":
        return Shown(1000.0, say("unit.theil", lang), bracketed=True)
    is_name = variable.unit in _NAMES or (not chinese and variable.unit in _NAMES_IN_ENGLISH)
    return Shown(1.0, variable.unit_in(lang), is_name)


def shown_difference(variable: Variable, lang: Lang) -> Shown:
    """Return how differences in ``variable`` (percent, points, or its unit, as its scale says) are written."""
    if variable.scale == "log":
        return Shown(1.0, say("difference.percent", lang))
    if variable.scale == "points":
        return Shown(1.0, say("difference.points", lang))
    return shown(variable, lang)


def shown_money(lang: Lang) -> Shown:
    """Return how a sum of bn yuan that is no indicator is written."""
    return Shown(10.0 if lang == "zh" else 1.0, say("unit.money", lang))


def shown_emissions(lang: Lang) -> Shown:
    """Return how Gt of CO2 that are no indicator are written."""
    return Shown(10.0 if lang == "zh" else 1.0, say("unit.emissions", lang))
