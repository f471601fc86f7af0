"""Tables of differences that fit: strategies side by side in blocks, so that no number is cut."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ftz_sim.indicators.variables import Variable
    from ftz_sim.text.words import Lang

WIDE = 140  # columns when printing to a file
NARROW = 12  # columns of a scenario's name and of its numbers
LABEL, UNIT = 20, 12  # columns of an indicator's name and unit, at least; longer ones are wrapped
EDGE = 3  # columns of a cell's padding and border
LABELS = LABEL + UNIT + 2 * EDGE + 1


def console() -> Console:
    """Return a console as wide as the terminal, or wide where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDE)


def blocks(names: Sequence[str], width: int) -> list[Sequence[str]]:
    """Return the names in groups, each as many as fit side by side into ``width`` columns (one at least)."""
    most = max(1, (width - LABELS) // (NARROW + EDGE))
    return [names[i : i + most] for i in range(0, len(names), most)]


def empty(indicator: str, unit: str, names: Sequence[str], width: int) -> Table:
    """Return a table without rows: indicator, unit, and a column for each of ``names``."""
    from rich.table import Table

    spare = max(0, width - LABELS - len(names) * (NARROW + EDGE))
    grid = Table()
    grid.add_column(indicator, max_width=LABEL + spare, overflow="fold")
    grid.add_column(unit, max_width=UNIT, overflow="fold")
    for name in names:
        grid.add_column(_heading(name), justify="right", no_wrap=True, min_width=NARROW)
    return grid


def add(
    grid: Table, variable: Variable, rows: Sequence[dict[str, Any]], lang: Lang, below: Sequence[str] | None = None
) -> None:
    """Add the differences of one indicator, a row of the comparison for each name; ``below`` stands under each."""
    from ftz_sim.results.statements import unit_of_difference

    more = below or [""] * len(rows)
    cells = (_difference(row) + text for row, text in zip(rows, more, strict=True))
    grid.add_row(variable.label(lang), unit_of_difference(variable, lang), *cells)


def wrapped(text: str, lang: Lang) -> str:
    """Return words in lines that fit under a scenario's name."""
    from rich.cells import chop_cells

    return "\n".join(chop_cells(text, NARROW)) if lang == "zh" else textwrap.fill(text, NARROW)


def _heading(name: str) -> str:
    return textwrap.fill(name.replace("_", "_ "), NARROW).replace("_ ", "_")


def _difference(row: dict[str, Any]) -> str:
    if row["verdict"] == "identical":
        return "="
    if row["difference"] != row["difference"]:  # no percentage of a reference of 0
        return "–"
    sure = row["ci_low"] > 0 or row["ci_high"] < 0
    if row["ci_low"] != row["ci_low"]:
        return f"{row['difference']:+.2g}"
    half = (row["ci_high"] - row["ci_low"]) / 2
    return f"{row['difference']:+.3g}\n± {half:.2g}{' *' if sure else ''}"
