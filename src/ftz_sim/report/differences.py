"""Paired differences in the final year: one dot with its interval per indicator and scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.labels import plain, reading_limits
from ftz_sim.report.style import GRID, Grid, colours, heading, ink, text_width
from ftz_sim.report.tables import Experiment, FigureError
from ftz_sim.text.numbers import estimate
from ftz_sim.text.words import Lang, say

INDICATORS = (
    "gdp", "research_intensity", "patents",
    "emerging_share", "fdi", "exports",
    "co2", "theil", "nqp_fixed",
    "duplication", "dependence", "policy_cost_share",
)  # fmt: skip
ROW = 0.215  # inches
LEAST = 0.001  # half the least width of a panel: what is smaller is written as 0


def differences(experiment: Experiment, lang: Lang) -> Figure:
    """Draw dots and whiskers of twelve indicators, one row per scenario."""
    table = final_rows(experiment)
    others = [name for name in experiment.others if name in set(table["scenario"])]
    name = experiment.name(experiment.reference, lang)
    grid = Grid(
        len(INDICATORS), across=3, wide=2.2, high=ROW * len(others), left=0.45, right=0.5, above=1.35, below=0.85
    )
    # room for names at the left of the first column
    names = max([1.15, *(text_width(experiment.name(each, lang)) for each in others)])
    figure = grid.sheet(
        say("differences.title", lang, name=name, year=experiment.final_year),
        experiment.with_ranges(lang, say("differences.subtitle", lang)),
        experiment.stamp(lang, "stamp.interval"), grid.width + names,
    )  # fmt: skip
    for place, indicator in enumerate(INDICATORS):
        axes = grid.panel(figure, place, names)
        rows = table[table["indicator"] == indicator].set_index("scenario").reindex(others)
        _draw(axes, rows, experiment, indicator, lang, names=place % grid.across == 0)
        _head(axes, indicator, lang, grid.wide + grid.right)
    return figure


def final_rows(experiment: Experiment) -> pd.DataFrame:
    """Return the rows of ``comparison.csv`` for the final year; raise FigureError if there are none."""
    if experiment.comparison is None:
        raise FigureError("nothing_compared", folder=experiment.folder, missing="comparison.csv")
    table = experiment.comparison
    rows = table[table["at"] == str(experiment.final_year)]
    if rows.empty:
        raise FigureError("no_final_rows", year=experiment.final_year)
    return rows


def _draw(axes: Axes, rows: pd.DataFrame, experiment: Experiment, indicator: str, lang: Lang, names: bool) -> None:
    variable = NATIONAL[indicator]
    unit = shown_difference(variable, lang)
    palette = colours(experiment.scenarios)
    numbers = unit.factor * rows[["ci_low", "difference", "ci_high"]].to_numpy(dtype=float)
    texts = [estimate(middle, low, high).value for low, middle, high in numbers.tolist()]
    numbers = np.where(np.isnan(numbers), numbers[:, [1]], numbers)  # one replicate has no interval
    ends = [experiment.range_of(indicator, str(name)) or (np.nan, np.nan) for name in rows.index]
    ranges = unit.factor * np.array(ends).reshape(-1, 2)
    inside = reading_limits(np.nan_to_num(np.abs(numbers[:, 1])))
    shown = np.hstack([numbers, ranges])[inside]
    low, high = (limit(np.nan_to_num([0.0, *shown.flat])) for limit in (np.min, np.max))
    low, high = min(low, -LEAST), max(high, LEAST)
    edge = 0.08 * (high - low)
    axes.set(xlim=(low - edge, high + edge), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.axvline(0, color=palette[experiment.reference], lw=1.6)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(plain)
    for place, (scenario, (lower, middle, upper)) in enumerate(zip(rows.index, numbers, strict=True)):
        colour = palette[scenario]
        found = lower > 0 or upper < 0 or lower == upper != 0
        seen = float(np.clip(middle, low - edge, high + edge))
        axes.plot(ranges[place], [place, place], color=colour, lw=6, alpha=0.22, solid_capstyle="butt")
        axes.plot([lower, upper], [place, place], color=colour, lw=1.5, solid_capstyle="butt")
        marker = "o" if seen == middle else ("<" if middle < 0 else ">")
        axes.plot(
            seen,
            place,
            marker,
            ms=5.5,
            color=colour,
            mfc=colour if found else "white",
            mew=1.3,
            clip_on=False,
            zorder=4,
        )
        axes.text(
            1.03, place, texts[place], transform=axes.get_yaxis_transform(), size=8, color=ink(colour), va="center"
        )
        if names:
            axes.text(-0.05, place, experiment.name(scenario, lang), transform=axes.get_yaxis_transform(), size=8.5,
                      color=ink(colour), ha="right", va="center")  # fmt: skip


def _head(axes: Axes, indicator: str, lang: Lang, room: float) -> None:
    variable = NATIONAL[indicator]
    better = {1: "better.right", -1: "better.left"}.get(variable.direction)
    unit = shown_difference(variable, lang).unit + (f" · {say(better, lang)}" if better else "")
    heading(axes, variable.label(lang), unit, room=room)
