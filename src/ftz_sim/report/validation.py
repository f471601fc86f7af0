"""Figures of a validation folder: reads its CSV files only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.report.answers import Answers
from ftz_sim.report.style import GRID, INK, SOFT, Grid, heading, panel, sheet
from ftz_sim.report.validation_words import word
from ftz_sim.scenario import evidence
from ftz_sim.text.words import Lang, province

PASS, MISS, MODEL, TRUTH = "#0072b2", "#d55e00", "#22262a", "#009e73"
ROW = 0.175  # inches of a target
EDGE = 3.0  # half-widths of the range beyond which targets are drawn at the edge
NAMED = 6  # provinces named in a panel


def drawn(name: str, drawing: Callable[[pd.DataFrame, str, Lang], Figure]) -> Callable[[Answers, Lang], Figure]:
    """Return what draws the table ``name`` of a validation, with the line at its foot."""

    def figure(answers: Answers, lang: Lang) -> Figure:
        table = answers.table(name)
        return drawing(table, _stamp(answers.manifest, table, lang), lang)

    return figure


def _stamp(manifest: dict[str, Any], table: pd.DataFrame, lang: Lang) -> str:
    """Return the line at a figure's foot; tables of other runs than `history` say how many and of what."""
    own = "firms" in table
    n, firms = (table["n"].iloc[0], table["firms"].iloc[0]) if own else (manifest["reps"], manifest["firms"])
    line = word("stamp", lang, n=int(n), firms=int(firms), version=manifest["version"])
    return evidence.stamp(manifest.get("outside_evidence", {}) if own else {}, [line], lang)


def board(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw where the model lies inside or outside the range of every target that has two ends."""
    rows = table[np.isfinite(table[["low", "high", "model"]]).all(axis=1)].reset_index(drop=True)
    half = -(-len(rows) // 2)
    high = half * ROW
    figure = sheet(11.4, high + 1.7, word("board.figure", lang), word("board.subtitle", lang), stamp)
    for column in range(2):
        part = rows.iloc[column * half : (column + 1) * half]
        axes = panel(figure, 3.15 + column * 5.6, 1.1, 2.1, high)
        _rows(axes, pd.DataFrame(part), half, lang)
    return figure


def _rows(axes: Axes, rows: pd.DataFrame, count: int, lang: Lang) -> None:
    axes.grid(visible=False)
    axes.axvspan(-1, 1, color=GRID, lw=0)
    axes.axvline(0, color=SOFT, lw=0.6)
    for place, row in enumerate(rows.to_dict("records")):
        middle, width = (row["low"] + row["high"]) / 2, (row["high"] - row["low"]) / 2
        model, low, high = (
            np.clip((row[name] - middle) / width, -EDGE, EDGE) for name in ("model", "ci_low", "ci_high")
        )
        colour = PASS if row["verdict"] == "pass" else MISS
        if np.isfinite(low):
            axes.plot([low, high], [place, place], color=colour, lw=1.2)
        axes.plot(model, place, "o", ms=4.2, color=colour, mec="white", mew=0.5)
        axes.text(-EDGE - 0.3, place, str(row[lang]), size=7.2, ha="right", va="center", color=INK)
    axes.set(xlim=(-EDGE - 0.15, EDGE + 0.15), ylim=(count - 0.5, -0.5), yticks=[], xticks=[-3, -1, 0, 1, 3])


def provinces(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw forecast against real changes of provincial shares, one panel a variable and year."""
    groups = list(table.groupby(["variable", "year"], sort=False))
    grid = Grid(len(groups), 4, 2.1, 2.1, left=0.5, right=0.15, above=1.55, below=0.75)
    figure = grid.sheet(word("provinces.figure", lang), word("provinces.subtitle", lang), stamp)
    for place, ((variable, year), rows) in enumerate(groups):
        start = rows["origin"].to_numpy(dtype=float)
        real, made = (100 * np.log(rows[name].to_numpy(dtype=float) / start) for name in ("published", "model"))
        axes = grid.panel(figure, place)
        axes.grid(axis="x", color=GRID, linewidth=0.7)
        reach = 1.12 * max(np.abs(real).max(), np.abs(made).max())
        axes.plot([-reach, reach], [-reach, reach], color=SOFT, lw=0.8)
        axes.plot(real, made, "o", ms=3.6, color=PASS, mec="white", mew=0.4)
        for i in np.argsort(-np.abs(real - made))[:NAMED]:
            axes.annotate(province(str(rows["region"].iloc[i]), lang), (real[i], made[i]), (3, 2),
                          textcoords="offset points", size=7, color=INK)  # fmt: skip
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
        axes.locator_params(nbins=5)
        rho = float(pd.Series(real).rank().corr(pd.Series(made).rank()))
        unit = word("provinces.panel", lang, origin=rows["origin_year"].iloc[0], year=year, rho=rho)
        heading(axes, word(f"var.{variable}", lang), unit, 20)
    return figure


def event_study(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw event studies with the true effect, one panel an outcome."""
    groups = list(table.groupby("outcome", sort=False))
    grid = Grid(len(groups), 4, 2.3, 1.5, left=0.5, right=0.1, above=1.5, below=0.75)
    figure = grid.sheet(word("event.figure", lang), word("event.subtitle", lang), stamp)
    for place, (outcome, rows) in enumerate(groups):
        axes = grid.panel(figure, place)
        axes.axhline(0, color=SOFT, lw=0.6)
        axes.axvline(-0.5, color=SOFT, lw=0.6, ls=(0, (2, 2)))
        axes.plot(rows["age"], rows["truth"], color=TRUTH, lw=1.8)
        axes.errorbar(rows["age"], rows["estimate"], 1.96 * rows["error"], fmt="o", ms=3.4, color=MODEL, elinewidth=0.9)
        axes.set_xticks(range(-4, 9, 4))
        axes.locator_params(axis="y", nbins=5)
        heading(axes, word(f"out.{outcome}", lang), word("age", lang), 20)
    return figure
