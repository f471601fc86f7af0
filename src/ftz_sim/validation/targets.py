"""Targets: published figures, one line of ``data/targets.csv`` each, and how the model's value is read.

A target states what was published (a value with the range that counts as a match, or only a sign), where
the model's value comes from (`readings.py`), and how honest a match would be:

    input     the path is data, or was chosen to meet the figure: a match tests nothing
    fitted    parameters were fitted to it
    seen      not fitted, but known while parameters were chosen by hand: a weak test
    held_out  nobody looked at it while parameters were chosen
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.indicators.variables import NATIONAL, REGION, ZONE
from ftz_sim.model.clock import Quarter
from ftz_sim.validation.borders import REGIONS
from ftz_sim.validation.panel import OUTCOMES
from ftz_sim.validation.province_figures import MEASURES

FILE = Path(__file__).parents[1] / "data" / "targets.csv"
KINDS = ("input", "fitted", "seen", "held_out")
STATUS = ("hard", "soft")
EXPECTATIONS = ("value", "sign", "disputed", "not_modelled")
PLACES = (
    "all", "zones", "others", "near", "coast", "inland", "border", "early", "late", "coast-inland", "coast-border",
    "early-late",
)  # fmt: skip
PREFERENCES = ("rcep_use", "rcep_exports")
READINGS = {
    "national": ("year", "quarter", "change", "ratio"),
    "zones": ("year", "quarter", "change", "ratio"),
    "partners": ("year", "change"),
    "provinces": ("rmse_ratio", "rmse_ratio_log", "rank_correlation"),
    "borders": ("lost",),
    "firms": ("share",),
    "estimate": ("twfe", "imputation"),
    "effect": PLACES,  # or the code of a province
}
COLUMNS = {
    "national": NATIONAL, "zones": ZONE, "partners": PREFERENCES, "effect": REGION, "estimate": OUTCOMES,
    "provinces": MEASURES, "borders": REGIONS, "firms": ("net_entry",),
}  # fmt: skip
NEEDS_BASE = ("change", "ratio")
LATEST_YEAR = 2035
MOST = 1e12  # of any number of a target


@dataclass(frozen=True)
class Target:
    """One published figure; ``low`` and ``high`` bound what counts as a match (infinite where open)."""

    id: str
    group: str
    en: str
    zh: str
    kind: str
    status: str
    expect: str
    table: str
    indicator: str
    reading: str
    at: str
    base: str
    scale: float
    published: str
    low: float
    high: float
    unit: str
    source: str
    confidence: str
    note: str

    @property
    def is_modelled(self) -> bool:
        """Tell whether the model has a value to compare."""
        return self.expect != "not_modelled"

    @property
    def last_year(self) -> int:
        """Return the year that the model must reach."""
        return int(self.at[:4]) if self.at else 0

    def label(self, lang: str = "en") -> str:
        """Return the name in ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en


@cache
def shipped() -> tuple[Target, ...]:
    """Return the targets that come with the package."""
    return tuple(read_targets(FILE))


def read_targets(file: Path) -> list[Target]:
    """Read and check a table of targets.

    Raises:
        InputError: with file, line, column, what was found and what is allowed.
    """
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    names = list(Target.__dataclass_fields__)
    if not rows or (missing := [name for name in names if name not in rows[0]]):
        raise InputError("no_targets", file=file, missing=listed(missing if rows else names))
    targets = [_target(file, number, row) for number, row in enumerate(rows, 2)]
    seen: set[str] = set()
    for number, target in enumerate(targets, 2):
        if target.id in seen:
            raise InputError("id_twice", place=Sentence("row", file=file, line=number), found=target.id)
        seen.add(target.id)
    return targets


def _target(file: Path, number: int, row: dict[str, str]) -> Target:
    where = Sentence("row", file=file, line=number)
    text: dict[str, Any] = {name: (row[name] or "").strip() for name in Target.__dataclass_fields__}
    for name, allowed in (("kind", KINDS), ("status", STATUS), ("expect", EXPECTATIONS)):
        _one_of(where, name, text[name], allowed)
    for name in ("id", "en", "zh", "published", "source"):
        if not text[name]:
            raise InputError("cell_empty", place=where, name=name)
    for name, empty in (("low", -math.inf), ("high", math.inf), ("scale", 1.0)):
        text[name] = _number(where, name, text[name], empty)
    target = Target(**text)
    if target.is_modelled:
        _check_reading(where, target)
    return target


def _check_reading(where: Sentence, target: Target) -> None:
    _one_of(where, "table", target.table, READINGS)
    for factor in target.indicator.replace("*", "+").split("+"):
        _one_of(where, "indicator", factor, COLUMNS[target.table])
    if not (target.table == "effect" and len(target.reading) == 2):
        _one_of(where, "reading", target.reading, READINGS[target.table])
    if target.expect in ("value", "sign") and not target.low <= target.high:
        raise InputError("low_above_high", place=where, low=target.low, high=target.high)
    if target.expect in ("value", "sign") and math.isinf(target.low) and math.isinf(target.high):
        raise InputError("needs_bound", place=where, expect=target.expect)
    if target.reading == "quarter":
        _quarter(where, target.at)
    elif target.table != "estimate":
        _year(where, "at", target.at)
    if target.reading in NEEDS_BASE:
        _year(where, "base", target.base)


def _one_of(where: Sentence, name: str, found: str, allowed: Any) -> None:
    if found not in allowed:
        close = nearest(found, allowed)
        raise InputError("cell", place=where, name=name, found=found, allowed=listed(allowed, 12), nearest=close)


def _number(where: Sentence, name: str, found: str, empty: float) -> float:
    try:
        number = float(found) if found else empty
    except ValueError:
        number = math.nan
    if math.isnan(number) or (found and abs(number) > MOST):
        raise InputError("cell_number", place=where, name=name, found=found, most=MOST)
    return number


def _quarter(where: Sentence, found: str) -> None:
    try:
        year = Quarter.parse(found).year
    except InputError as error:
        raise InputError("cell_quarter", place=where, what=error) from None
    _year(where, "at", str(year))


def _year(where: Sentence, name: str, found: str) -> None:
    if not (found.isdecimal() and 2013 <= int(found) <= LATEST_YEAR):
        raise InputError("cell_year", place=where, name=name, found=found, last=LATEST_YEAR)
