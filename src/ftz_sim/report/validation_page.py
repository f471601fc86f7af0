"""What the report page says of a validation: how many targets match, and its tables in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from ftz_sim.report import validation_tables as tables
from ftz_sim.report.sheets import Sheet
from ftz_sim.report.validation_words import word
from ftz_sim.results.reading import read_manifest, read_table
from ftz_sim.text.words import Lang, say

SCORED = ("pass", "miss", "undecided")


def sentences(folder: Path, lang: Lang) -> list[str]:
    """Return how many of the targets match: those held out of all choices first, for they are the test."""
    board = _board(folder)
    scored = board[board["verdict"].isin(SCORED) & (board["kind"] != "input")]
    held = scored[scored["kind"] == "held_out"]
    counts = {"hit": int((held["verdict"] == "pass").sum()), "held": len(held),
              "passed": int((scored["verdict"] == "pass").sum()), "scored": len(scored)}  # fmt: skip
    held_out, whole, caveat = (say(f"page.validation_{part}", lang, **counts) for part in ("held", "all", "caveat"))
    made = read_manifest(folder)
    return [held_out, whole, word("runs", lang, n=made["reps"], firms=made["firms"], end=made["end"]), caveat]


def sheets(folder: Path, lang: Lang) -> Iterator[Sheet]:
    """Yield the tables of a validation in words: what is missed first, every target last."""
    board = _board(folder)
    missed = board[board["verdict"] == "miss"].sort_values("status", kind="stable")
    yield _sheet("board.csv", word("counts", lang), tables.counts(board, lang))
    yield _sheet("board.csv", word("missed", lang), tables.targets(missed, lang))
    for name in tables.SHOWN:
        frame = read_table(folder, name)
        if frame is not None:
            title = "forecasts" if name == "provinces" else name
            yield _sheet(f"{name}.csv", word(title, lang), tables.shown(name, frame, lang), _note(title, frame, lang))
    for group, rows in board.groupby("group", sort=False):
        yield _sheet("board.csv", word(f"group.{group}", lang), tables.targets(rows, lang))._replace(folded=True)


def _note(title: str, frame: pd.DataFrame, lang: Lang) -> str:
    """Return what is said above a table; nothing above most of them."""
    note, naive = word(f"{title}.note", lang), tables.naive_wins(frame, lang) if title == "forecasts" else []
    return (" " if lang == "en" else "").join([*([] if note == "note" else [note]), *naive])


def _board(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "board.csv")


def _sheet(name: str, title: str, table: tables.Sheet, note: str = "") -> Sheet:
    frame = pd.DataFrame(table.rows, columns=table.heads)
    return Sheet(name, title, Markup(frame.to_html(index=False, border=0, classes="plain")), len(frame), note)
