"""Waterfall: the gap between two strategies, part by part."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.analysis.focus_words import variable_of, where
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import NATIONAL, Variable
from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import plain
from ftz_sim.report.style import GRID, INK, SOFT, Grid, heading, text_width
from ftz_sim.text.numbers import estimate
from ftz_sim.text.words import Lang, say

INDICATORS = ("gdp", "nqp_fixed", "theil", "co2")
UP, DOWN, TOTAL = "#0072b2", "#d55e00", "#5f666e"
ROW = 0.26  # inches
MOST = 14  # parts drawn; the smaller rest of many levers is one bar
REST = "…"
NOT_PARTS = ("gap", "synergy")


def waterfall(answers: Answers, lang: Lang) -> Figure:
    """Draw a waterfall for each of four indicators, or of those asked about, in two columns."""
    table = answers.table("attribution")
    adds_up = bool(table["shapley"].notna().any())
    panels = [(variable, here, _bars(own, adds_up)) for variable, here, own in _panels(table, lang)]
    labels = {part: _label(part, answers, lang) for _, _, bars in panels for part in bars.index}
    names = max([1.5, *(text_width(text) + 0.15 for text in labels.values())])
    alike = all(bars.index.equals(panels[0][2].index) for _, _, bars in panels)  # then the first column's names serve
    left, shift = (0.35, names) if alike else (0.35 + names, 0.0)
    high = ROW * max(len(bars) for _, _, bars in panels)
    grid = Grid(len(panels), across=2, wide=2.9, high=high, left=left, right=0.75, above=1.55, below=0.85)
    title = tell("waterfall.title", lang, strategy=answers.scenario("strategy", lang),
                 reference=answers.scenario("reference", lang))  # fmt: skip
    n = int(table["n"].max())
    figure = grid.sheet(
        title, tell("waterfall.subtitle" if adds_up else "waterfall.lost", lang),
        answers.stamp(lang, say("stamp.replicates", lang, n=n)), grid.width + shift,
    )  # fmt: skip
    for place, (variable, here, bars) in enumerate(panels):
        axes = grid.panel(figure, place, shift)
        _draw(axes, bars, variable, lang, None if alike and place % 2 else labels, adds_up)
        heading(axes, f"{here}{variable.label(lang)}", shown_difference(variable, lang).unit)
    return figure


def _panels(table: pd.DataFrame, lang: Lang) -> list[tuple[Variable, str, pd.DataFrame]]:
    """Return indicator, place and rows of every panel: those of the nation, or the first that were asked about."""
    if "place" not in table:
        return [(NATIONAL[name], "", table[table["indicator"] == name]) for name in INDICATORS]
    asked = [own for _, own in table.groupby(["level", "place", "indicator", "at"], sort=False)]
    named = [own for own in asked if own["level"].iloc[0] != "national"] or asked
    return [(variable_of(own), f"{where(own, lang)} · ", own) for own in named[: len(INDICATORS)]]


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
    axes: Axes, bars: pd.DataFrame, variable: Variable, lang: Lang, labels: dict[str, str] | None, adds_up: bool
) -> None:
    unit = shown_difference(variable, lang)
    values = unit.factor * bars["value"].to_numpy(dtype=float)
    starts = np.append(np.cumsum(values[:-1]) - values[:-1], 0.0) if adds_up else np.zeros(len(values))
    ends = unit.factor * bars[["low", "high"]].to_numpy(dtype=float)
    whiskers = ends + starts[:, None]
    for row, (start, value) in enumerate(zip(starts, values, strict=True)):
        colour = TOTAL if row == len(values) - 1 else UP if value >= 0 else DOWN
        axes.barh(row, value, left=start, height=0.62, color=colour)
        axes.plot(whiskers[row], [row, row], color=INK, lw=1.0, solid_capstyle="butt")
        axes.text(
            1.03, row, estimate(value, *ends[row]).value, transform=axes.get_yaxis_transform(), size=8, va="center"
        )
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
            axes.text(-0.04, row, labels[part], transform=axes.get_yaxis_transform(), size=8.5, ha="right", va="center")


def _label(part: str, answers: Answers, lang: Lang) -> str:
    words = answers.manifest.get("labels", {}).get(part, [part, part])
    return tell("waterfall.gap", lang) if part == "gap" else str(words[lang == "zh"])
