"""Read the packaged CSV files; what is wrong with an entry is said with file, place and name."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np

from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import Array

Row = dict[str, str]


class FiguresError(ValueError):
    """A published figure is missing, impossible or does not add up."""


def read_rows(file: Path, count: int | None = None) -> list[Row]:
    """Return the lines of a CSV file, ``count`` of them if given."""
    if not file.is_file():
        raise FiguresError(f"{file}: no such file")
    with file.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    if count is not None and len(rows) != count:
        raise FiguresError(f"{file}: {len(rows)} lines where {count} are needed")
    return rows


def read_number(file: Path | str, row: Row, name: str = "value", ceiling: float = math.inf) -> float:
    """Return one entry as a number between 0 (-180 for a longitude) and ``ceiling``."""
    what = " ".join(row[key] for key in ("iso", "code", "name", "partner", "lever", "variable", "year") if key in row)
    try:
        number = float(row[name])
    except ValueError:
        number = math.nan
    low = -180.0 if name == "longitude" else 0.0
    if not (math.isfinite(number) and low <= number <= ceiling):
        raise FiguresError(f"{file}: {what or name} has {name} {row[name]!r}, not a number from {low:g} to {ceiling:g}")
    return number


def ceiling_of(unit: str) -> float:
    """Return the largest number that a unit allows."""
    return 1.0 if unit.startswith("share") else 100.0 if unit.startswith("%") else math.inf


def read_column(file: Path, rows: list[Row], name: str, ceiling: float = math.inf) -> Array:
    """Return a column of numbers."""
    return np.array([read_number(file, row, name, ceiling) for row in rows])


def read_codes(file: Path, rows: list[Row], name: str, known: tuple[str, ...], dtype: Any = np.int8) -> Array:
    """Return a column of names as their places in ``known``."""
    for row in rows:
        if row[name] not in known:
            raise FiguresError(f"{file}: {name} {row[name]!r} is not one of {', '.join(known)}")
    return np.array([known.index(row[name]) for row in rows], dtype=dtype)


def read_members(file: Path, rows: list[Row], name: str, known: tuple[str, ...]) -> Array:
    """Return which of ``known`` each line lists, [lines, known]."""
    for row in rows:
        if unknown := set(row[name].split()) - set(known):
            raise FiguresError(f"{file}: {row['iso']} has {name} {', '.join(sorted(unknown))}, which is not known")
    return np.array([[code in row[name].split() for code in known] for row in rows])


def read_names(rows: list[Row]) -> dict[str, Any]:
    """Return the names in both languages, as keyword arguments."""
    return {name: tuple(row[name] for row in rows) for name in ("name_en", "name_zh")}


def read_quarter(file: Path, row: Row, name: str) -> int:
    """Return one entry as quarters since 2013Q1."""
    try:
        return Quarter.parse(row[name]).index
    except ValueError as error:
        raise FiguresError(f"{file}: {name}: {error}") from None
