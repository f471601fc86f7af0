"""The front of a design: what packages promise in two aims, found by the search and measured again."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import plain
from ftz_sim.report.style import GRID, INK, SOFT, Grid, colours, heading
from ftz_sim.text.words import Lang

CLOUD = "#c9cdd2"
COST = "cost"


def front(answers: Answers, lang: Lang) -> Figure:
    """Draw the first aim against cost and every other aim: what was tried, found and measured again."""
    table, tried = answers.table("front"), pd.read_parquet(answers.folder / "tried.parquet")
    aims = list(dict.fromkeys(table.loc[table["role"] == "aim", "outcome"]))
    across = [COST, *aims[1:]]
    grid = Grid(len(across), across=min(len(across), 3), wide=3.1, high=3.2, left=0.75, right=0.35, above=1.5)
    n = int(table["n"].max()) if len(table) else 0
    figure = grid.sheet(
        tell("front.title", lang, start=answers.scenario("reference", lang)),
        tell("front.subtitle", lang, n=n), answers.stamp(lang),
    )  # fmt: skip
    units = {name: answers.shown(name, lang) for name in dict.fromkeys([*aims, COST])}
    for name, unit in units.items():
        table.loc[table["outcome"] == name, ["found", "mean", "ci_low", "ci_high"]] *= unit.factor
        tried[name] *= unit.factor
    for place, other in enumerate(across):
        axes = grid.panel(figure, place)
        _draw(axes, table, tried, other, aims[0])
        heading(axes, answers.label(aims[0], lang), units[aims[0]].unit, 20)
        axes.set_xlabel(f"{answers.label(other, lang)} ({units[other].unit})", size=8.5)
    return figure


def _draw(axes: Axes, table: pd.DataFrame, tried: pd.DataFrame, across: str, up: str) -> None:
    within = tried[tried["within"]]
    axes.plot(within[across], within[up], "o", ms=2.5, color=CLOUD, mec="none", rasterized=True)
    axes.axhline(0, color=SOFT, lw=0.8)
    axes.axvline(0, color=SOFT, lw=0.8)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    palette = colours(dict.fromkeys(table["package"]))
    for name, rows in table.groupby("package", sort=False):
        x, y = (rows.set_index("outcome").loc[each] for each in (across, up))
        colour = palette[str(name)]
        axes.plot([x["found"], x["mean"]], [y["found"], y["mean"]], color=colour, lw=0.8, ls=":")
        axes.plot(x["found"], y["found"], "o", ms=6, mfc="white", mec=colour, mew=1.4)
        axes.plot([x["ci_low"], x["ci_high"]], [y["mean"]] * 2, color=colour, lw=1.2, alpha=0.7)
        axes.plot([x["mean"]] * 2, [y["ci_low"], y["ci_high"]], color=colour, lw=1.2, alpha=0.7)
        axes.plot(x["mean"], y["mean"], "o", ms=6, color=colour, mec="white", mew=0.8, zorder=4)
        axes.annotate(str(name), (x["mean"], y["mean"]), (5, 5), textcoords="offset points", size=8, color=INK)
    axes.locator_params(nbins=6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(plain)
