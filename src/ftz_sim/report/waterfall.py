"""Waterfall: the gap between two strategies, part by part."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import plain, signed
from ftz_sim.report.style import GRID, INK, SOFT, Grid, heading
from ftz_sim.report.tables import shown_difference
from ftz_sim.text.words import Lang, say

INDICATORS = ("gdp", "nqp_fixed", "theil", "co2")
UP, DOWN, TOTAL = "#0072b2", "#d55e00", "#5f666e"
ROW = 0.26  # inches
MOST = 14  # parts drawn; the smaller rest of many levers is one bar
REST = "…"
NOT_PARTS = ("gap", "synergy")


def waterfall(answers: Answers, lang: Lang) -> Figure:
    """Draw one waterfall for each of four indicators, in two columns."""
    table = answers.table("attribution")
    adds_up = bool(table["shapley"].notna().any())
    rows = {name: _bars(table[table["indicator"] == name], adds_up) for name in INDICATORS}
    grid = Grid(4, across=2, wide=2.9, high=ROW * len(rows["gdp"]), left=0.35, right=0.75, above=1.55, below=0.85)
    names = 1.5
    title = tell("waterfall.title", lang, strategy=answers.scenario("strategy", lang),
                 reference=answers.scenario("reference", lang))  # fmt: skip
    n = int(table["n"].max())
    figure = grid.sheet(
        title, tell("waterfall.subtitle" if adds_up else "waterfall.lost", lang),
        answers.stamp(lang, say("stamp.replicates", lang, n=n)), grid.width + names,
    )  # fmt: skip
    labels = answers.manifest.get("labels", {})
    for place, indicator in enumerate(INDICATORS):
        axes = grid.panel(figure, place, names)
        _draw(axes, rows[indicator], indicator, lang, labels if place % 2 == 0 else None, adds_up)
    return figure


def _bars(table: pd.DataFrame, adds_up: bool) -> pd.DataFrame:
    """Return value, interval and one-in of every part, the largest ``MOST``, the rest, and the gap."""
    value = "shapley" if adds_up else "one_out"
    columns = {value: "value", f"{value}_low": "low", f"{value}_high": "high"}
    bars = table.set_index("part")[[*columns, *(["one_in"] if adds_up else [])]].rename(columns=columns)
    parts = bars.drop(index=[name for name in NOT_PARTS if name in bars.index])
    if len(parts) > MOST:
        kept = parts["value"].abs().nlargest(MOST).index
        rest = pd.DataFrame({"value": [parts.drop(index=kept)["value"].sum()]}, index=[REST])
        parts = pd.concat([parts.loc[kept], *([rest] if adds_up else [])])
    return pd.concat([parts, bars.loc[["gap"]]])


def _draw(
    axes: Axes, bars: pd.DataFrame, indicator: str, lang: Lang, labels: dict[str, list[str]] | None, adds_up: bool
) -> None:
    variable = NATIONAL[indicator]
    unit = shown_difference(variable, lang)
    values = unit.factor * bars["value"].to_numpy(dtype=float)
    starts = np.append(np.cumsum(values[:-1]) - values[:-1], 0.0) if adds_up else np.zeros(len(values))
    whiskers = unit.factor * bars[["low", "high"]].to_numpy(dtype=float) + starts[:, None]
    for row, (start, value) in enumerate(zip(starts, values, strict=True)):
        colour = TOTAL if row == len(values) - 1 else UP if value >= 0 else DOWN
        axes.barh(row, value, left=start, height=0.62, color=colour)
        axes.plot(whiskers[row], [row, row], color=INK, lw=1.0, solid_capstyle="butt")
        axes.text(1.03, row, signed(value), transform=axes.get_yaxis_transform(), size=8, va="center")
        if adds_up and row < len(values) - 1:
            axes.plot([start + value] * 2, [row, row + 1], color=SOFT, lw=0.5)
            alone = start + unit.factor * float(bars["one_in"].iloc[row])
            axes.plot(alone, row, "D", ms=3.2, mfc="white", mec=INK, mew=0.8)
    axes.axvline(0, color=SOFT, lw=0.8)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.grid(axis="y", visible=False)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(plain)
    axes.set(ylim=(len(values) - 0.4, -0.6), yticks=[])
    if labels is not None:
        for row, part in enumerate(bars.index):
            name = tell("waterfall.gap", lang) if part == "gap" else labels.get(part, [part, part])[lang == "zh"]
            axes.text(-0.04, row, name, transform=axes.get_yaxis_transform(), size=8.5, ha="right", va="center")
    heading(axes, variable.label(lang), unit.unit)
