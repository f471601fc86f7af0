"""Tornado: the ten parameters on which each difference depends most."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import parameter, plain
from ftz_sim.report.style import GRID, INK, SOFT, Grid, colours, heading
from ftz_sim.report.tables import scenario_name
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang

ROW = 0.25
SURE = 0.05
NAMES = 2.75  # inches for the names of parameters


def tornado(answers: Answers, lang: Lang) -> Figure:
    """Draw one tornado for each scenario, one below the other."""
    table = answers.table("tornado")
    scenarios = list(dict.fromkeys(table["scenario"]))
    rows = int(table.groupby("scenario").size().max()) if len(table) else 1
    grid = Grid(
        max(len(scenarios), 1), across=1, wide=4.6, high=ROW * rows, left=NAMES, right=0.9, above=1.55, below=0.85
    )
    n = int(table["n"].max()) if len(table) else 0
    figure = grid.sheet(
        tell("tornado.title", lang, reference=answers.scenario("reference", lang)),
        tell("tornado.subtitle", lang),
        answers.stamp(lang, tell("stamp.draws", lang, n=n)),
    )
    palette = colours(scenarios)
    for place, scenario in enumerate(scenarios):
        axes = grid.panel(figure, place)
        _draw(axes, table[table["scenario"] == scenario], palette[scenario], lang)
        axes.set(ylim=(rows - 0.4, -0.6), yticks=[])
        heading(axes, scenario_name(scenario, lang), "GDP, %")
    return figure


def _draw(axes: Axes, rows: pd.DataFrame, colour: str, lang: Lang) -> None:
    for place, row in enumerate(rows.to_dict(orient="records")):
        low, high = row["low_third"], row["high_third"]
        sure = row["p_adjusted"] <= SURE
        axes.plot([low, high], [place, place], color=colour, lw=7, alpha=0.25, solid_capstyle="butt")
        axes.plot(low, place, "o", ms=6, mfc="white", mec=colour, mew=1.4)
        axes.plot(high, place, "o", ms=6, color=colour)
        axes.text(-0.02, place, parameter(row["parameter"], lang), transform=axes.get_yaxis_transform(), size=8,
                  ha="right", va="center", color=INK if sure else SOFT)  # fmt: skip
        axes.text(1.02, place, signed(row["rank_correlation"], decimals=2),
                  transform=axes.get_yaxis_transform(), size=8, va="center",
                  weight="bold" if sure else "normal", color=INK if sure else SOFT)  # fmt: skip
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.grid(axis="y", visible=False)
    axes.axvline(0, color=SOFT, lw=0.8)
    axes.xaxis.set_major_formatter(plain)
