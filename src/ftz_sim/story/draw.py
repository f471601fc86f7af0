"""A life in a figure: six amounts over time, numbered events, and the ledger of its capital."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import ftz_sim
from ftz_sim.report.labels import plain
from ftz_sim.report.style import GRID, INK, SERIES_COLOURS, SOFT, Grid, heading, house_style, ink, save
from ftz_sim.story.tell import Event, Story, parts_of
from ftz_sim.story.watch import Life
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang, say

SHOWN = ("value_added", "capital", "workers", "talents", "digital", "emissions")
UNITS = {"value_added": "bn_yuan_year", "capital": "bn_yuan", "workers": "persons", "talents": "fte",
         "emissions": "mt_year"}  # fmt: skip
SHEET = Grid(len(SHOWN) + 1, across=3, wide=3.0, high=1.5, left=0.6, right=0.15, above=1.5)
LARGEST = 6
MOST_MARKS = 24


def draw(life: Life, story: Story, lang: Lang, folder: Path) -> list[Path]:
    """Write the figure of a life as SVG and PNG into ``folder``; return the files."""
    with house_style(lang):
        return save(_figure(life, story, lang), folder, f"{life.kind}-{life.code}", lang, ftz_sim.__version__)


def _figure(life: Life, story: Story, lang: Lang) -> Figure:
    figure = SHEET.sheet(story.title, say("story.figure_subtitle", lang), story.about[0])
    dates = 2013 + np.arange(len(life.quarters) + 1) / 4
    for place, name in enumerate(SHOWN):
        axes = SHEET.panel(figure, place)
        factor, unit = _unit(name, float(life.series[name].max()), lang)
        # flows of the start are those of no quarter
        first = 1 if name in ("value_added", "emissions") else 0
        axes.plot(dates[first:], factor * life.series[name][first:], color=SERIES_COLOURS[0], lw=1.6)
        axes.set_xlim(dates[0], dates[-1])
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.yaxis.set_major_formatter(plain)
        axes.locator_params(axis="y", nbins=5)
        axes.locator_params(axis="x", integer=True, nbins=6)
        _marks(axes, story.events)
        heading(axes, say(f"amount.{name}", lang), unit, 20)
    _ledger(SHEET.panel(figure, len(SHOWN), shift=1.35), life, lang)
    return figure


def _unit(name: str, most: float, lang: Lang) -> tuple[float, str]:
    """Return by what a series that goes up to ``most`` is multiplied, and in which unit it is then."""
    if name == "digital":
        return 100.0, "%"
    unit = say(f"unit.{UNITS[name]}", lang)
    if lang == "zh" and UNITS[name].startswith("bn_yuan"):
        return 10.0, unit
    return (1e-4, f"万{unit}") if lang == "zh" and most >= 1e4 else (1.0, unit)


def _marks(axes: Axes, events: list[Event]) -> None:
    for number, event in enumerate(events[:MOST_MARKS], 1):
        at = 2013 + event.quarter / 4 + 0.125
        axes.axvline(at, color=SOFT, lw=0.5, ls=(0, (2, 2)), zorder=0)
        height = 1.0 - 0.08 * ((number - 1) % 3)
        axes.annotate(str(number), (at, height), xycoords=("data", "axes fraction"), size=6.5, color=INK, ha="center",
                      va="top", bbox={"facecolor": "white", "pad": 0.4, "linewidth": 0})  # fmt: skip


def _ledger(axes: Axes, life: Life, lang: Lang) -> None:
    parts = list(parts_of(life, "capital").items())[:LARGEST]
    factor = 10.0 if lang == "zh" else 1.0
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.grid(visible=False, axis="y")
    for place, (mechanism, sums) in enumerate(parts):
        value = factor * float(sums[-1])
        colour = SERIES_COLOURS[2] if value >= 0 else SERIES_COLOURS[4]
        axes.barh(place, value, 0.65, color=colour)
        across = axes.get_yaxis_transform()
        axes.text(-0.02, place, say(f"mechanism.{mechanism}", lang), transform=across, size=8, ha="right", va="center")
        axes.text(1.02, place, signed(value, digits=3), transform=across, size=8, color=ink(colour), va="center")
    axes.axvline(0, color=INK, lw=0.8)
    axes.set(yticks=[], ylim=(max(len(parts), 1) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(plain)
    axes.locator_params(axis="x", nbins=5)
    quarters = life.quarters
    words = say("story.figure_ledger", lang, start=quarters[0][:4], end=quarters[-1][:4])
    heading(axes, words, say("unit.bn_yuan", lang), 80)
