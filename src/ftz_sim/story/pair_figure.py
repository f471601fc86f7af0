"""The bargains of two governments in a figure: what they reach, gain, count, trade, pay and open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import ftz_sim
from ftz_sim.report.labels import plain
from ftz_sim.report.style import INK, SERIES_COLOURS, SOFT, Grid, heading, house_style, ink, save
from ftz_sim.story.pair import Talks
from ftz_sim.story.tell import Story
from ftz_sim.text.words import Lang, say

SHEET = Grid(6, across=3, wide=3.0, high=1.5, left=0.6, right=0.15, above=1.5)
COLOURS = (SERIES_COLOURS[0], SERIES_COLOURS[4], SERIES_COLOURS[2])
PERCENT = 100.0


def draw_pair(talks: Talks, story: Story, lang: Lang, folder: Path) -> list[Path]:
    """Write the figure of a pair as SVG and PNG into ``folder``; return the files."""
    with house_style(lang):
        return save(_figure(talks, story, lang), folder, f"pair-{talks.code}", lang, ftz_sim.__version__)


def _figure(talks: Talks, story: Story, lang: Lang) -> Figure:
    figure = SHEET.sheet(story.title, say("pair.figure_subtitle", lang), story.about[0])
    dates = 2013 + (np.arange(len(talks.coordination)) + 1) / 4
    met = dates[[bargain.quarter for bargain in talks.bargains]]
    gain, pay_off = (np.array([getattr(each, name) for each in talks.bargains]) for name in ("gain", "pay_off"))
    agreed = np.array([[bargain.agreed] for bargain in talks.bargains])
    sides = [place[lang] for place in talks.places]
    money = 10.0 if lang == "zh" else 1.0
    yearly, of_gdp = say("unit.bn_yuan_year", lang), say("pair.unit.gdp", lang)
    panels: tuple[tuple[str, str, Sequence[str], Any, Any], ...] = (
        ("gain", of_gdp, sides, met, PERCENT * gain),
        ("pay_off", of_gdp, sides, met, PERCENT * pay_off),
        ("trade", yearly, sides, dates, money * talks.trade),
        ("paid", yearly, sides, dates, money * talks.paid),
        ("removed", "%", [say("pair.removed_line", lang)], dates, PERCENT * talks.removed[:, None]),
    )
    axes = SHEET.panel(figure, 0)
    _lines(axes, met, PERCENT * agreed, [say("pair.agreed_line", lang)], COLOURS[1:])
    _lines(axes, dates, PERCENT * talks.coordination[:, None], [say("pair.reached_line", lang)], COLOURS, below=1)
    heading(axes, say("pair.panel.coordination", lang), say("pair.unit.feasible", lang), 20)
    for place, (name, unit, names, when, values) in enumerate(panels, 1):
        axes = SHEET.panel(figure, place)
        _lines(axes, when, values, names, COLOURS)
        heading(axes, say(f"pair.panel.{name}", lang), unit, 20)
    for axes in figure.axes:
        axes.set_xlim(2013, float(dates[-1]))
        axes.axhline(0, color=INK, lw=0.6, zorder=0)
        if not any(np.any(line.get_ydata()) for line in axes.lines):
            axes.set_ylim(0, 1)
        axes.yaxis.set_major_formatter(plain)
        axes.locator_params(axis="y", nbins=5)
        axes.locator_params(axis="x", integer=True, nbins=6)
    return figure


def _lines(axes: Axes, when: Any, values: Any, names: Sequence[str], colours: Sequence[str], below: int = 0) -> None:
    """Draw a line for each column of ``values`` [T, n] and write its name, in its colour, into the panel."""
    for place, (name, colour) in enumerate(zip(names, colours, strict=False)):
        line = values[:, place]
        axes.plot(when, line, color=colour, lw=1.6 if np.any(line) else 0.8)
        axes.annotate(name, (0.02, 0.97), (0, -9 * (place + below)), xycoords="axes fraction",
                      textcoords="offset points", size=7, color=ink(colour), va="top",
                      bbox={"facecolor": "white", "pad": 0.3, "linewidth": 0, "alpha": 0.7})  # fmt: skip
    axes.tick_params(colors=SOFT)
