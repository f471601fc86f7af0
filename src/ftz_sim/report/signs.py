"""When each path is left: the share of fresh draws in which a rule has fired, quarter by quarter."""

from __future__ import annotations

import re
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import repel
from ftz_sim.report.style import GRID, Grid, colours, heading, ink
from ftz_sim.text.words import Lang

HALF = 0.5
LETTERS: dict[Lang, int] = {"en": 50, "zh": 26}  # of a line beside the panel
LINE = 0.136  # inches of a line beside the panel
HIGH, TOP = 3.4, 1.05  # least height of the panel in inches, and the share at its top


def signs(answers: Answers, lang: Lang) -> Figure:
    """Draw a step line for each rule of the best package that waits for signs."""
    table = answers.table("signs")
    said = {str(name): _label(answers, rows, lang) for name, rows in table.groupby("part", sort=False)}
    each = LINE * (1 + max(text.count("\n") + 1 for text in said.values()))
    high = max(HIGH, each * len(said))
    grid = Grid(1, across=1, wide=5.2, high=high, left=0.75, right=3.3, above=1.5)
    figure = grid.sheet(
        tell("signs.title", lang, package=table["package"].iloc[0]),
        tell("signs.subtitle", lang, n=int(table["n"].max())), answers.stamp(lang),
    )  # fmt: skip
    axes, palette = grid.panel(figure, 0), colours(dict.fromkeys(table["part"]))
    ends = {str(name): float(rows["share_fired"].iloc[-1]) for name, rows in table.groupby("part", sort=False)}
    room = TOP * each / high
    drawn: set[tuple[float, ...]] = set()
    heights = repel(np.array([*ends.values()]), room, room / 2, TOP - room / 2)
    for (name, rows), height in zip(table.groupby("part", sort=False), heights, strict=True):
        colour, path = palette[str(name)], tuple(rows["share_fired"])
        # one that lies on another is dashed, so that both are seen
        axes.step(_dates(rows), path, where="post", color=colour, lw=1.8, ls=(0, (4, 4)) if path in drawn else "-")
        drawn.add(path)
        axes.text(1.02, height, said[str(name)], transform=axes.get_yaxis_transform(), size=8, color=ink(colour),
                  va="center", linespacing=1.35)  # fmt: skip
    axes.set(ylim=(0, TOP), xlim=(_dates(table).min(), _dates(table).max()))
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.locator_params(axis="x", integer=True)
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    heading(axes, tell("signs.panel", lang), tell("signs.unit", lang), 20)
    return figure


def _label(answers: Answers, rows: pd.DataFrame, lang: Lang) -> str:
    """Return what a line is called: what the rule moves, and below it the sign that it waits for."""
    part, sign = (answers.label(str(rows[column].iloc[0]), lang) for column in ("part", "sign"))
    return "\n".join(folded(text, lang) for text in (tell("signs.part", lang, part=part), sign))


def folded(text: str, lang: Lang) -> str:
    """Fold a text for the room beside the panel; no line begins with a mark that ends a phrase."""
    return re.sub(r"\n([，、；：）]+)", r"\1\n", fill(text, LETTERS[lang])).rstrip("\n")


def describe(answers: Answers, lang: Lang) -> str:
    """Say what the figure shows: of each rule its share at the end, and the quarter by which half have fired."""
    table, said = answers.table("signs"), []
    for name, rows in table.groupby("part", sort=False):
        reached = rows.loc[rows["share_fired"] >= HALF, "quarter"]
        key = "signs.half" if len(reached) else "signs.never_half"
        sign = answers.label(str(rows["sign"].iloc[0]), lang)
        said.append(tell(key, lang, name=answers.label(str(name), lang), sign=sign, share=rows["share_fired"].iloc[-1],
                         last=rows["quarter"].iloc[-1], half=next(iter(reached), "")))  # fmt: skip
    return (" " if lang == "en" else "").join(said)


def _dates(rows: pd.DataFrame) -> pd.Series[float]:
    return rows["quarter"].str[:4].astype(float) + (rows["quarter"].str[-1].astype(float) - 1) / 4
