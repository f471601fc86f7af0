"""The negative lists: what the model makes of them, beside the published editions."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.model.published import load_figures
from ftz_sim.report.labels import repel
from ftz_sim.report.style import SOFT, heading, ink, panel, sheet
from ftz_sim.report.tables import Experiment, band
from ftz_sim.text.words import Lang, say

FIRST, LAST = 2013, 2024  # years in which editions are published
ZONE, NATIONAL, HAINAN = "#d55e00", "#0072b2", "#7b5ea7"
# kind -> (indicator of the model, published list, words, colour)
Kinds = tuple[tuple[str | None, str, str, str], ...]
INVESTMENT: Kinds = (
    ("list_zone", "FTZ foreign investment", "lists.zone", ZONE),
    ("list_national", "National foreign investment", "lists.national", NATIONAL),
)
SERVICES: Kinds = (
    ("services_list_zone", "FTZ cross-border services", "lists.zone", ZONE),
    ("services_list_national", "National cross-border services", "lists.national", NATIONAL),
    (None, "Hainan FTP cross-border services", "lists.hainan", HAINAN),
)


def modelled(experiment: Experiment) -> str:
    """Return the scenario whose lists are drawn: history as it was, if it was run, else the reference."""
    return "history" if "history" in experiment.scenarios else experiment.reference


def effective(text: str) -> float:
    """Turn the day (or month) on which an edition took effect into a date in years."""
    year, month, day = (int(part) for part in [*text.split("-"), "1", "1"][:3])
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    return year + (date(year, month, day) - start).days / (end - start).days


def published() -> pd.DataFrame:
    """Return the published editions with columns list, items and the date in years, ``at``."""
    table = load_figures().history.negative_lists
    return table.assign(at=[effective(str(day)) for day in table["effective_date"]])


def lists(experiment: Experiment, lang: Lang) -> Figure:
    """Draw the investment lists and the services lists side by side."""
    name = experiment.name(modelled(experiment), lang)
    figure = sheet(
        10.2,
        4.9,
        say("lists.title", lang),
        say("lists.subtitle", lang, name=name),
        experiment.stamp(lang, "stamp.range"),
    )
    editions = published()
    for left, wide, title, kinds in (
        (0.6, 4.6, "lists.investment", INVESTMENT),
        (6.5, 2.3, "lists.services", SERVICES),
    ):
        axes = panel(figure, left, 1.4, wide, 2.95)
        _draw(axes, experiment, editions, kinds, lang)
        heading(axes, say(title, lang), say("lists.items", lang), 20)
        if kinds is INVESTMENT:
            axes.axvline(2018, color=SOFT, lw=0.8, ls=(0, (2, 2)))
            axes.text(
                2018.1, axes.get_ylim()[1], say("lists.break", lang), size=7.5, color=SOFT, va="top", linespacing=1.35
            )
            axes.set_xticks(range(FIRST, LAST + 2, 2))
        else:
            axes.set_xlim(2020, LAST + 1)
            axes.set_xticks(range(2020, LAST + 2))
    return figure


def _draw(axes: Axes, experiment: Experiment, editions: pd.DataFrame, kinds: Kinds, lang: Lang) -> None:
    seen = (experiment.dates > FIRST) & (experiment.dates < LAST + 1)
    scenario = modelled(experiment)
    names, ends, inks = [], [], []
    for indicator, published_list, words, colour in reversed(kinds):
        rows = editions[editions["list"] == published_list]
        axes.plot(rows["at"], rows["items"], "o", ms=6, mec="white", mew=0.8, color=colour, zorder=4)
        for at, items in zip(rows["at"], rows["items"], strict=True):
            below = words != "lists.national" and items < editions["items"].max()
            text = f"{items:.0f}" if indicator else f"{say(words, lang)} {items:.0f}"
            axes.annotate(text, (at, items), (0, -5 if below else 5), textcoords="offset points", size=7.5,
                          color=ink(colour), ha="center", va="top" if below else "bottom", zorder=5,
                          bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.4, "linewidth": 0})  # fmt: skip
        if indicator is not None:
            mean, low, high = (values[seen] for values in band(experiment.quarterly(indicator)[scenario]))
            axes.plot(experiment.dates[seen], mean, color=colour, lw=1.8, zorder=3)
            axes.fill_between(experiment.dates[seen], low, high, color=colour, alpha=0.18, lw=0)
            names.append(say(words, lang))
            ends.append(float(mean[-1]))
            inks.append(ink(colour))
    top = max(1.1 * axes.get_ylim()[1], 10)
    axes.set(xlim=(FIRST, LAST + 1), ylim=(0, top))
    for name, height, colour in zip(names, repel(np.array(ends), top * 0.055, 0, top), inks, strict=True):
        axes.text(
            1.02, height, name, transform=axes.get_yaxis_transform(), size=8.5, color=colour, va="center", weight="bold"
        )
