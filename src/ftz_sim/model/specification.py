"""What a mechanism reads and writes, as the docstring of its file says; tests hold the docstrings to it."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from typing import NamedTuple

from ftz_sim.model.columns import Base, Firms, Nation, Pairs, Partners, Regions, Zones
from ftz_sim.model.levers import Levers
from ftz_sim.model.schedule import SCHEDULE

TABLES: dict[str, type] = {
    "firms": Firms, "regions": Regions, "pairs": Pairs, "zones": Zones, "partners": Partners, "nation": Nation,
    "levers": Levers, "base": Base,
}  # fmt: skip


class Columns(NamedTuple):
    """What a mechanism reads and writes: ``firms.capital, workers; nation.gdp``."""

    reads: str
    writes: str


def specification(mechanism: str) -> str:
    """Return the docstring of a mechanism's file."""
    return inspect.getdoc(SCHEDULE[mechanism]) or ""


def columns(mechanism: str) -> Columns:
    """Return the columns that a mechanism's docstring lists; what it writes it may read, too."""
    found = re.search(r"^Reads:(.*?)^Writes:(.*)", specification(mechanism), re.DOTALL | re.MULTILINE)
    return Columns(*(" ".join(text.split()) for text in found.groups())) if found else Columns("", "")


def listed(text: str) -> set[str]:
    """Return the columns that a list such as ``firms.capital, workers; levers; draws`` names, as ``table.column``.

    A table without a column stands for all of its columns; other words (draws, published figures) name none.
    """
    found: set[str] = set()
    for part in text.split("; "):
        table, dot, names = part.partition(".")
        if table in TABLES:
            of_table = names.split(", ") if dot else [each.name for each in fields(TABLES[table])]
            found.update(f"{table}.{name}" for name in of_table)
    return found
