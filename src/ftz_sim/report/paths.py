"""Indicators over time: levels, and what each scenario changes against the reference."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.indicators.shown import shown, shown_difference
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.report.labels import plain, reading_limits, repel
from ftz_sim.report.style import FAINT, SOFT, Grid, colours, heading, ink, panel, text_width
from ftz_sim.report.tables import Column, Experiment, band
from ftz_sim.text.numbers import Estimate
from ftz_sim.text.words import Lang, say

LEVELS = Grid(len(HEADLINES), across=3, wide=3.0, high=1.75, left=0.55, right=0.1, above=1.6)
PATHS = Grid(len(HEADLINES), across=3, wide=2.35, high=1.75, left=0.55, right=1.25, above=1.5)
LABEL_HEIGHT = 0.135  # inches
BAR = 0.022  # of the time that is drawn, for the range of one scenario
VALUE = "+0.001  "  # what stands before a name beside a line
LEAST = 0.001  # half the least height of a panel: what is smaller is written as 0


def levels(experiment: Experiment, lang: Lang) -> Figure:
    """Draw nine indicators over time: the reference thick and with its band, the others thin."""
    name = experiment.name(experiment.reference, lang)
    single = not experiment.others
    title = say("levels.title_run", lang, name=name) if single else say("levels.title", lang)
    subtitle = say("levels.subtitle_run", lang) if single else say("levels.subtitle", lang, name=name)
    figure = LEVELS.sheet(title, subtitle, experiment.stamp(lang, "stamp.range"))
    palette = colours(experiment.scenarios)
    if not single:
        _colour_key(figure, experiment, lang)
    for place, indicator in enumerate(HEADLINES):
        axes = LEVELS.panel(figure, place)
        variable = NATIONAL[indicator]
        unit = shown(variable, lang)
        for scenario, table in experiment.quarterly(indicator).items():
            mean, low, high = (unit.factor * values for values in band(table))
            thick = scenario == experiment.reference
            axes.plot(experiment.dates, mean, color=palette[scenario], lw=2 if thick else 0.9, zorder=3 if thick else 2)
            if thick and len(table) > 1:
                axes.fill_between(experiment.dates, low, high, color=palette[scenario], alpha=0.18, lw=0)
        axes.set_xlim(experiment.dates[0] - 0.2, experiment.dates[-1] + 0.2)
        _mark_fork(axes, experiment, lang, words=place == 0)
        heading(axes, variable.label(lang), unit.unit, 20)
    return figure


def paths(experiment: Experiment, lang: Lang) -> Figure:
    """Draw the paired differences of nine indicators over time, each line with its name and final value."""
    first, last = experiment.dates[0], experiment.dates[-1]
    start = max(experiment.fork - 1, first) if experiment.fork < last else first
    seen = experiment.dates >= start
    name = experiment.name(experiment.reference, lang)
    subtitle = say("paths.subtitle", lang, year=int(start), end=experiment.final_year)
    subtitle += "\n" + say("paths.off_scale", lang)
    subtitle = experiment.with_ranges(lang, subtitle)
    names = [experiment.name(scenario, lang) for scenario in experiment.others]
    right = max([PATHS.right, *(text_width(f"{VALUE}{each}", 7.5) + 0.1 for each in names)])
    grid = replace(PATHS, right=right)
    figure = grid.sheet(say("paths.title", lang, name=name), subtitle, experiment.stamp(lang, "stamp.range"))
    for place, indicator in enumerate(HEADLINES):
        axes = grid.panel(figure, place)
        variable = NATIONAL[indicator]
        unit = shown_difference(variable, lang)
        bands = {
            scenario: tuple(unit.factor * values[seen] for values in band(table))
            for scenario, table in experiment.differences(indicator).items()
        }
        final = {
            scenario: unit.of(experiment.final[indicator, scenario]) if (indicator, scenario) in experiment.final
            else unit.estimate(float(table[experiment.final_year].mean()))
            for scenario, table in experiment.differences(indicator, yearly=True).items()
        }  # fmt: skip
        ranges = {name: experiment.range_of(indicator, name) for name in bands}
        ends = {name: (unit.factor * each[0], unit.factor * each[1]) for name, each in ranges.items() if each}
        _draw_differences(axes, experiment, experiment.dates[seen], bands, final, ends, lang)
        _mark_fork(axes, experiment, lang, words=False)
        heading(axes, variable.label(lang), f"{unit.unit} · {_better(variable.direction, lang)}", 20)
    return figure


def _draw_differences(
    axes: Axes,
    experiment: Experiment,
    dates: Column,
    bands: dict[str, tuple[Column, ...]],
    final: dict[str, Estimate],
    ranges: dict[str, tuple[float, float]],
    lang: Lang,
) -> None:
    palette = colours(experiment.scenarios)
    bands = dict(sorted(bands.items(), key=lambda item: item[1][0][-1]))  # so that labels keep the lines' order
    extents = [np.nan_to_num(np.stack(ends)) for ends in bands.values()]
    inside = reading_limits(np.array([np.abs(extent[0]).max() for extent in extents]))
    fitting = [extent for extent, fits in zip(extents, inside, strict=True) if fits]
    fitting += [np.array(ranges[name]) for name, fits in zip(bands, inside, strict=True) if fits and name in ranges]
    low = min([0.0, *(float(part.min()) for part in fitting)])
    high = max([0.0, *(float(part.max()) for part in fitting)])
    low, high = min(low, -LEAST), max(high, LEAST)
    edge = 0.06 * (high - low)
    step = BAR * (dates[-1] - dates[0])
    axes.set(xlim=(dates[0], dates[-1] + 0.2 + step * (len(ranges) + 1) * bool(ranges)), ylim=(low - edge, high + edge))
    axes.axhline(0, color=palette[experiment.reference], lw=1.6, zorder=1)
    for scenario, (mean, lower, upper) in bands.items():
        axes.plot(dates, mean, color=palette[scenario], lw=1.6, zorder=3)
        axes.fill_between(dates, lower, upper, color=palette[scenario], alpha=0.15, lw=0, zorder=2)
    for place, (scenario, ends_of_range) in enumerate(ranges.items()):
        at = dates[-1] + 0.2 + step * (place + 1)
        axes.plot([at, at], ends_of_range, color=palette[scenario], lw=3, alpha=0.35, solid_capstyle="butt")
    ends = np.clip(np.array([extent[0][-1] for extent in extents]), low - edge, high + edge)
    gap = LABEL_HEIGHT / PATHS.high * (high - low + 2 * edge)
    heights = repel(ends, gap, low - edge, high + edge)
    for scenario, end, height, fits in zip(bands, ends, heights, inside, strict=True):
        outside = not fits and not low - edge < bands[scenario][0][-1] < high + edge
        arrow = ("↓ " if bands[scenario][0][-1] < 0 else "↑ ") if outside else ""
        _beside(axes, float(end), float(height), f"{arrow}{experiment.name(scenario, lang)}", final[scenario].value,
                palette[scenario])  # fmt: skip


def _beside(axes: Axes, end: float, height: float, name: str, value: str, colour: str) -> None:
    # a hair line leads from the line's end to its label
    across = axes.get_yaxis_transform()
    axes.plot([1.0, 1.05], [end, height], transform=across, color=colour, lw=0.6, clip_on=False)
    axes.text(1.065, height, f"{value}  {name}", transform=across, size=7.5, color=ink(colour), va="center")


def _better(direction: int, lang: Lang) -> str:
    return say({1: "better.higher", -1: "better.lower"}.get(direction, "better.neither"), lang)


def _mark_fork(axes: Axes, experiment: Experiment, lang: Lang, words: bool) -> None:
    left, right = axes.get_xlim()
    axes.axvspan(left, min(max(experiment.fork, left), right), color=FAINT, lw=0, zorder=0)
    axes.set_xlim(left, right)
    step = 5 if right - left > 8 else 1
    axes.set_xticks(range(-(-int(np.ceil(left)) // step) * step, int(right) + 1, step))
    axes.locator_params(axis="y", nbins=6)
    axes.yaxis.set_major_formatter(plain)
    if words and left < experiment.fork < right:
        for text, side, shift in ((say("mark.history", lang), "right", -3), (say("mark.scenario", lang), "left", 3)):
            axes.annotate(text, (experiment.fork, 0.0), (shift, 3), xycoords=("data", "axes fraction"),
                          textcoords="offset points", size=7.5, color=SOFT, ha=side)  # fmt: skip


def _colour_key(figure: Figure, experiment: Experiment, lang: Lang) -> None:
    # names in their colours, in one line below the heading: no legend box
    palette = colours(experiment.scenarios)
    names = [experiment.name(scenario, lang) for scenario in experiment.scenarios]
    widths = [text_width(text) + 0.42 for text in names]
    starts = np.concatenate([[0.0], np.cumsum(widths)])
    axes = panel(figure, 0.25, 0.78, float(starts[-1]), 0.2)
    axes.set(xlim=(0, float(starts[-1])), ylim=(0, 1))
    axes.axis("off")
    for (start, _), scenario, name in zip(pairwise(starts), experiment.scenarios, names, strict=True):
        thick = scenario == experiment.reference
        axes.plot([start + 0.02, start + 0.2], [0.5, 0.5], color=palette[scenario], lw=2.2 if thick else 1.2)
        axes.text(start + 0.25, 0.5, name, size=8.5, color=ink(palette[scenario]), va="center",
                  weight="bold" if thick else "normal")  # fmt: skip
