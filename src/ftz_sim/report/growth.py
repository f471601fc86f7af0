"""The growth account: where the reference's growth comes from, year by year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.indicators.variables import GROWTH_ACCOUNT, NATIONAL
from ftz_sim.report.labels import repel
from ftz_sim.report.style import FAINT, INK, SERIES_COLOURS, SOFT, heading, ink, panel, sheet
from ftz_sim.report.tables import Experiment
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang, say

TOTAL = "growth_total"


def growth(experiment: Experiment, lang: Lang) -> Figure:
    """Draw stacked contributions to GDP growth by year, and growth itself as dots."""
    name = experiment.name(experiment.reference, lang)
    title, subtitle = say("growth.title", lang, name=name), say("growth.subtitle", lang)
    figure = sheet(10.6, 5.8, title, subtitle, experiment.stamp(lang, "stamp.mean"))
    axes = panel(figure, 0.6, 1.35, 7.3, 3.85)
    table = pd.DataFrame(
        {part: experiment.yearly(part)[experiment.reference].mean() for part in (*GROWTH_ACCOUNT, TOTAL)}
    )
    table = table.iloc[1:] if len(table) > 1 else table  # the first year has no year before it
    first, last = table.index[0], table.index[-1]
    axes.axvspan(first - 0.5, max(experiment.fork, first) - 0.5, color=FAINT, lw=0, zorder=0)
    places = _stack(axes, table)
    axes.plot(table.index, table[TOTAL], "o-", ms=4.5, lw=0.8, color=INK, mec="white", mew=0.7, zorder=4)
    axes.axhline(0, color=INK, lw=0.8)
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.set_xticks([year for year in table.index if year % 5 == 0 or len(table) < 5])
    _name(axes, table, places, experiment.fork, lang)
    heading(axes, say("growth.total", lang), say("growth.unit", lang), 20)
    return figure


def _stack(axes: Axes, table: pd.DataFrame) -> list[float]:
    # positive parts upwards, negative ones downwards; returns the middle of each part in the last year
    above, below = np.zeros(len(table)), np.zeros(len(table))
    middles = []
    for part, colour in zip(GROWTH_ACCOUNT, SERIES_COLOURS, strict=False):
        values = table[part].to_numpy()
        base = np.where(values >= 0, above, below)
        axes.bar(table.index, values, 0.8, bottom=base, color=colour, lw=0, zorder=2)
        middles.append(float(base[-1] + values[-1] / 2))
        above, below = above + np.maximum(values, 0), below + np.minimum(values, 0)
    return middles


def _name(axes: Axes, table: pd.DataFrame, places: list[float], fork: float, lang: Lang) -> None:
    # every part's name beside the last bar, with its mean since the fork
    later = table[table.index >= fork] if table.index[-1] >= fork else table
    low, high = axes.get_ylim()
    heights = repel(np.array([*places, high]), 0.062 * (high - low), low, high - 0.03 * (high - low))
    inks = [*(ink(colour) for colour in SERIES_COLOURS[: len(places)]), INK]
    for part, height, colour in zip((*GROWTH_ACCOUNT, TOTAL), heights, inks, strict=True):
        words = say("growth.total", lang) if part == TOTAL else NATIONAL[part].label(lang)
        text = f"{signed(float(later[part].mean()))}  {words}"
        weight = "bold" if part == TOTAL else "normal"
        across = axes.get_yaxis_transform()
        axes.text(1.015, height, text, transform=across, size=8.5, color=colour, va="center", weight=weight)
    span = say("growth.mean", lang, span=f"{later.index[0]}–{later.index[-1]}")
    axes.annotate(span, (1.015, 1), (0, 6), xycoords="axes fraction", textcoords="offset points", size=8, color=SOFT)
