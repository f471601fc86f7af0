"""Tables of differences that fit: strategies side by side in blocks, so that no number is cut."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Mapping, Sequence
from math import nan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ftz_sim.indicators.shown import Shown
    from ftz_sim.indicators.variables import Variable
    from ftz_sim.text.words import Lang

Row = Mapping[Any, Any]

WIDE = 140  # columns when printing to a file
NARROW = 12  # columns of a scenario's name and of its numbers
LABEL, UNIT = 20, 14  # columns of an indicator's name and unit, at least; longer ones are wrapped
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


def add(grid: Table, variable: Variable, rows: Sequence[Row], lang: Lang, ranges: Sequence[Row] | None = None) -> None:
    """Add the differences of one indicator, a row of the comparison for each name, and ranges below if they are known.

    ``ranges`` are rows with ``low`` and ``high``, where they are not in ``rows`` themselves.
    """
    from ftz_sim.analysis.verdicts import cell
    from ftz_sim.indicators.shown import shown_difference

    unit = shown_difference(variable, lang)
    cells = (cell(row, unit, "\n") + _range(wide, unit) for row, wide in zip(rows, ranges or rows, strict=True))
    grid.add_row(variable.label(lang), unit.unit, *cells)


def wrapped(text: str, lang: Lang) -> str:
    """Return words in lines that fit under a scenario's name."""
    from rich.cells import chop_cells

    return "\n".join(chop_cells(text, NARROW)) if lang == "zh" else textwrap.fill(text, NARROW)


def _heading(name: str) -> str:
    return textwrap.fill(name.replace("_", "_ "), NARROW).replace("_ ", "_")


def _range(row: Row, unit: Shown) -> str:
    """Write the range over draws that a row holds in lines of their own; nothing where all draws agree."""
    low, high = (row.get(end, nan) for end in ("low", "high"))
    if not low < high:
        return ""
    found = unit.estimate(low=low, high=high)
    return f"\n\\[{found.low},\n{found.high}]"
