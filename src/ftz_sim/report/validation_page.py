"""What the report page says of a validation: how many targets match, and its tables in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from ftz_sim.report import validation_tables
from ftz_sim.report.sheets import Sheet
from ftz_sim.report.validation_words import word
from ftz_sim.results.reading import read_table
from ftz_sim.text.words import Lang, say

SCORED = ("pass", "miss", "undecided")


def sentences(folder: Path, lang: Lang) -> list[str]:
    """Return how many of the targets match: those held out of all choices first, for they are the test."""
    board = _board(folder)
    scored = board[board["verdict"].isin(SCORED) & (board["kind"] != "input")]
    held = scored[scored["kind"] == "held_out"]
    counts = {"hit": int((held["verdict"] == "pass").sum()), "held": len(held),
              "passed": int((scored["verdict"] == "pass").sum()), "scored": len(scored)}  # fmt: skip
    return [say(f"page.validation_{part}", lang, **counts) for part in ("held", "all", "caveat")]


def sheets(folder: Path, lang: Lang) -> Iterator[Sheet]:
    """Yield the tables of a validation in words."""
    board = _board(folder)
    yield _sheet("board.csv", word("counts", lang), validation_tables.counts(board, lang), len(board))
    for name in validation_tables.SHOWN:
        frame = read_table(folder, name)
        if frame is not None:
            title = word("forecasts" if name == "provinces" else name, lang)
            yield _sheet(f"{name}.csv", title, validation_tables.shown(name, frame, lang), len(frame))


def _board(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "board.csv")


def _sheet(name: str, title: str, table: validation_tables.Sheet, rows: int) -> Sheet:
    frame = pd.DataFrame(table.rows, columns=table.heads)
    return Sheet(name, title, Markup(frame.to_html(index=False, border=0, classes="plain")), rows)
