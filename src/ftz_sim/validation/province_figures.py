"""Published figures of provinces that forecasts start from and are scored with, the shipped ones and a reader's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.validation.province_rules import DATA, YEARLY

PUBLISHED = (YEARLY, DATA / "provinces.csv", DATA / "provinces_held_out.csv")  # a later file wins
COLUMNS = ("province", "variable", "year", "value")
LATEST, MOST = 2035, 1e9  # year; of any figure in its unit: the sum over provinces must stay a number


class Measure(NamedTuple):
    """How a published provincial figure is forecast."""

    model: str  # column of the table of provinces, or a sum of products of columns
    origin: tuple[str, int]  # last figure known when forecasting
    base: tuple[str, int]  # where the trend starts
    en: str
    zh: str


_GDP = Measure("gdp", ("gdp_rev5", 2015), ("gdp_linked", 2012), "GDP", "地区生产总值")
MEASURES: dict[str, Measure] = {
    "gdp_rev4": _GDP,
    "gdp_rev5": _GDP,
    **{
        name: Measure(model, (name, 2015), (name, 2012), en, zh)
        for name, model, en, zh in (
            ("rd_expenditure", "research_intensity*gdp", "R&D", "研发经费"),
            ("patent_invention_applications", "patents", "Invention applications", "发明专利申请"),
            ("hightech_revenue", "emerging_share*gdp+future_share*gdp", "High-tech revenue", "高技术产业收入"),
            ("co2", "co2", "CO2", "二氧化碳排放"),
            ("rd_personnel", "talents", "R&D staff", "研发人员"),
        )
    },
    "trade_total": Measure("exports", ("trade_total", 2016), ("trade_total", 2012), "Trade", "进出口"),
}
Published = dict[tuple[str, int], dict[str, float]]


def is_of_provinces(head: list[str]) -> bool:
    """Tell whether the first line of a table is one of provincial figures."""
    return bool({"province", "iso"} & set(head))


def published(extra: Path | None = None) -> Published:
    """Return published provincial figures by (variable, year), then province.

    Args:
        extra: a reader's table of later years; ``province`` is a code or a name in English or Chinese (``iso``, as in
            ``provinces.csv``, is read like it); other columns are ignored, but for ``unit``.

    Raises:
        InputError: if ``extra`` lacks a column, has an unknown variable or province, another unit than the published
            figures, a year before its forecast, no number, a figure twice, or one province alone.
    """
    figures: Published = {}
    units: dict[str, str] = {}
    for file in PUBLISHED:
        with file.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                units[row["variable"]] = row["unit"]
                figures.setdefault((row["variable"], int(row["year"])), {})[row["iso"]] = float(row["value"])
    own: Published = {}
    for where, row in _rows(extra) if extra else ():
        key, iso, value = _checked(where, row, units)
        if iso in own.setdefault(key, {}):
            raise InputError("figure_twice", place=where, found=f"{key[0]} {key[1]} {iso}")
        own[key][iso] = value
    for (variable, year), values in own.items():
        if len(values) < 2:
            raise InputError("one_province", file=extra, found=f"{variable} {year}", province=next(iter(values)))
        figures.setdefault((variable, year), {}).update(values)
    return figures


def _rows(file: Path) -> Iterator[tuple[Sentence, dict[str, str]]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle, restval="")
        head = [name for name in reader.fieldnames or () if name]
        if missing := [name for name in COLUMNS if name not in head and not (name == "province" and "iso" in head)]:
            raise InputError("no_figures", file=file, missing=listed(missing))
        for row in reader:
            yield Sentence("row", file=file, line=reader.line_num), {name: (row[name] or "").strip() for name in head}


def _checked(where: Sentence, row: dict[str, str], units: dict[str, str]) -> tuple[tuple[str, int], str, float]:
    variable = _one_of(where, "variable", row["variable"], {name: name for name in MEASURES})
    column = "province" if "province" in row else "iso"
    iso = _one_of(where, column, row[column], _codes(row[column]))
    origin = MEASURES[variable].origin[1]
    if not (row["year"].isdecimal() and origin < int(row["year"]) <= LATEST):
        raise InputError("forecast_year", place=where, found=row["year"], variable=variable, origin=origin)
    if row.get("unit", "") not in ("", units[variable]):
        raise InputError("cell", place=where, name="unit", found=row["unit"], allowed=repr(units[variable]), nearest="")
    try:
        value = float(row["value"])
    except ValueError:
        value = 0.0
    if not 0 < value <= MOST:
        raise InputError("cell_positive", place=where, name="value", found=row["value"], most=MOST)
    return (variable, int(row["year"])), iso, value


def _one_of(where: Sentence, name: str, found: str, allowed: dict[str, str]) -> str:
    if found not in allowed:
        codes = listed(dict.fromkeys(allowed.values()))
        longer = next((known for known in allowed if found and known.startswith(found)), "")
        close = nearest(found, allowed) or nearest(longer, allowed)  # gdp: gdp_rev4
        raise InputError("cell", place=where, name=name, found=found, allowed=codes, nearest=close)
    return allowed[found]


def _codes(written: str) -> dict[str, str]:
    """Return the codes of provinces by code and name; ``written`` too if it is an official Chinese name (北京市)."""
    official = {code for name, code in _names().items() if not name.isascii() and written.startswith(name)}
    return _names() | ({written: official.pop()} if official else {})


@cache
def _names() -> dict[str, str]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {row[column]: row["iso"] for column in ("iso", "name_en", "name_zh") for row in rows}


def to_score(figures: Published) -> list[tuple[str, int]]:
    """Return the (variable, year) that can be scored: published after their forecast's origin."""
    return [(name, when) for name in MEASURES for known, when in sorted(figures)
            if known == name and when > MEASURES[name].origin[1]]  # fmt: skip
