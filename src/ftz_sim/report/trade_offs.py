"""Trade-offs in the final year: growth against balance, carbon and cost, one dot per scenario."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.differences import final_rows
from ftz_sim.report.labels import plain, repel
from ftz_sim.report.style import GRID, SOFT, Grid, colours, heading, ink
from ftz_sim.report.tables import Experiment
from ftz_sim.text.words import Lang, say

UPWARD = "gdp"
AGAINST = ("theil", "co2", "policy_cost_share")
SHEET = Grid(len(AGAINST), across=3, wide=2.75, high=3.0, left=0.6, right=0.35, above=1.2)
LABEL_HEIGHT = 0.16  # inches
LEAST = 0.001


def trade_offs(experiment: Experiment, lang: Lang) -> Figure:
    """Draw GDP against inequality, emissions and policy cost, as paired differences with their intervals."""
    table = final_rows(experiment)
    name = experiment.name(experiment.reference, lang)
    figure = SHEET.sheet(
        say("trade.title", lang, year=experiment.final_year),
        experiment.with_ranges(lang, say("trade.subtitle", lang, name=name)),
        experiment.stamp(lang, "stamp.interval"),
    )  # fmt: skip
    up = _numbers(table, experiment, UPWARD, lang)
    for place, indicator in enumerate(AGAINST):
        axes = SHEET.panel(figure, place)
        _draw(axes, experiment, _numbers(table, experiment, indicator, lang), up, lang)
        variable = NATIONAL[indicator]
        better = {1: "better.right", -1: "better.left"}.get(variable.direction)
        words = f"{variable.label(lang)} ({shown_difference(variable, lang).unit})"
        axes.set_xlabel(words + (f" · {say(better, lang)}" if better else ""), size=8.5)
        if place == 0:
            unit = shown_difference(NATIONAL[UPWARD], lang).unit
            heading(axes, NATIONAL[UPWARD].label(lang), f"{unit} · {say('better.higher', lang)}", 20)
    return figure


def _numbers(table: pd.DataFrame, experiment: Experiment, indicator: str, lang: Lang) -> pd.DataFrame:
    """Return interval, mean and range over draws of every scenario (rows) as they are written; the reference is 0."""
    rows = table[table["indicator"] == indicator].set_index("scenario")[["ci_low", "difference", "ci_high"]]
    rows = rows.reindex(experiment.scenarios).mul(shown_difference(NATIONAL[indicator], lang).factor)
    rows.loc[experiment.reference] = 0.0
    middle = rows["difference"]
    factor = shown_difference(NATIONAL[indicator], lang).factor
    ends = [experiment.range_of(indicator, name) or (np.nan, np.nan) for name in experiment.scenarios]
    ranges = pd.DataFrame(factor * np.array(ends), rows.index, columns=["low", "high"])
    return rows.assign(ci_low=rows["ci_low"].fillna(middle), ci_high=rows["ci_high"].fillna(middle)).join(ranges)


def _draw(axes: Axes, experiment: Experiment, across: pd.DataFrame, up: pd.DataFrame, lang: Lang) -> None:
    palette = colours(experiment.scenarios)
    known = np.isfinite(across["difference"]) & np.isfinite(up["difference"])
    drawn = [name for name in experiment.scenarios if known[name]]
    left, right = _limits(across.loc[drawn], 0.10)
    low, high = _limits(up.loc[drawn], 0.08)
    axes.set(xlim=(left, right), ylim=(low, high))
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.axhline(0, color=SOFT, lw=0.8)
    axes.axvline(0, color=SOFT, lw=0.8)
    axes.locator_params(nbins=6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(plain)
    heights = repel(up.loc[drawn, "difference"].to_numpy(), LABEL_HEIGHT / SHEET.high * (high - low), low, high)
    for name, height in zip(drawn, heights, strict=True):
        colour = palette[name]
        x, y = (float(rows["difference"][name]) for rows in (across, up))
        whisker: dict[str, Any] = {"color": colour, "lw": 1.2, "alpha": 0.7, "solid_capstyle": "butt"}
        pale = whisker | {"lw": 5, "alpha": 0.2}
        axes.plot(across.loc[name, ["low", "high"]], [y, y], **pale)
        axes.plot([x, x], up.loc[name, ["low", "high"]], **pale)
        axes.plot(across.loc[name, ["ci_low", "ci_high"]], [y, y], **whisker)
        axes.plot([x, x], up.loc[name, ["ci_low", "ci_high"]], **whisker)
        axes.plot(x, y, "o", ms=6, color=colour, mec="white", mew=0.8, zorder=4, clip_on=False)
        _label(axes, experiment.name(name, lang), x, y, height, colour)


def _limits(rows: pd.DataFrame, margin: float) -> tuple[float, float]:
    low, high = min(rows[["ci_low", "low"]].min().min(), -LEAST), max(rows[["ci_high", "high"]].max().max(), LEAST)
    return low - margin * (high - low), high + margin * (high - low)


def _label(axes: Axes, name: str, x: float, y: float, height: float, colour: str) -> None:
    # on the side with more room; a hair line leads to it if it had to move
    left, right = axes.get_xlim()
    leftward = (x - left) / (right - left) > 0.55
    shift = (-0.05 if leftward else 0.05) * (right - left)
    axes.plot([x, x + 0.8 * shift], [y, height], color=colour, lw=0.6, clip_on=False, zorder=3)
    axes.text(x + shift, height, name, size=8, color=ink(colour), ha="right" if leftward else "left", va="center",
              zorder=5, bbox={"facecolor": "white", "alpha": 0.75, "pad": 0.3, "linewidth": 0})  # fmt: skip
