"""What the gaps between strategies rest on, from two shipped studies: for the first screen and the first page.

``data/strip_shares.csv`` is written by `studies/heterogeneity.py`, ``data/border_gaps.csv`` by `studies/falsify.py`, at
default assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ftz_sim.model.published import DATA
from ftz_sim.model.published_files import read_rows
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang, say

SHARES, BORDERS = DATA / "strip_shares.csv", DATA / "border_gaps.csv"
NAMED = 3  # kinds of layers that carry most
CONCERNED = ("integrated", "cross_zone")  # strategies that the sentences are about
REFERENCE = "single_ftz"
Name = Callable[[str], str]  # what a scenario is called


def basis(lang: Lang, name: Name = str) -> list[str]:
    """Return two sentences: what carries the gap in GDP, and how it moves with the border that is assumed."""
    return [_strip(lang, name), _border(lang, name)]


def _strip(lang: Lang, name: Name, file: Path = SHARES) -> str:
    rows = sorted(read_rows(file), key=lambda row: -float(row["share"]))
    parts = [
        say("basis.share", lang, what=say(f"strip.family.{row['carried_by']}", lang),
            **{each: float(row[each]) + 0.0 for each in ("share", "low", "high")})
        for row in rows[:NAMED]
    ]  # fmt: skip
    names = {key: name(rows[0][key]) for key in ("strategy", "reference")}
    return say("basis.strip", lang, parts=say("finding.and", lang).join(parts), **names)


def _border(lang: Lang, name: Name, file: Path = BORDERS) -> str:
    rows = sorted(read_rows(file), key=lambda row: float(row["border"]))
    parts = list(_at(rows, lang))
    names = {key: name(rows[0][key]) for key in ("strategy", "reference")}
    return say("basis.border", lang, parts=say("finding.and", lang).join(parts), **names)


def _at(rows: list[dict[str, str]], lang: Lang) -> Iterator[str]:
    for row in rows:
        border = float(row["border"])
        key = "basis.none" if border == 0 else "basis.assumed" if border == 1 else "basis.times"
        yield say(key, lang, border=border, gap=signed(float(row["gap"]), decimals=1))
