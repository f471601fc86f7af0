"""Siphon and radiation by distance, and the parameters that decide the sign: figures from a validation folder."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ftz_sim.model.parameters import meaning
from ftz_sim.report.labels import short
from ftz_sim.report.style import INK, SOFT, STRATEGY_COLOURS, Grid, heading, panel, sheet
from ftz_sim.report.validation_words import word
from ftz_sim.text.words import Lang, say

STRATEGIES = ("single_ftz", "cross_zone")
RADIATES, FLOWS = "#009e73", "#d55e00"
WIDE, ROW = 0.36, 0.3  # width of a bar in bands; inches of a parameter


def siphon(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw what radiates, what flows, and the net by distance band; one panel an outcome, two bars a band."""
    outcomes = list(table["outcome"].unique())
    grid = Grid(len(outcomes), 2, 4.3, 1.9, left=0.6, right=0.2, above=1.75)
    figure = grid.sheet(word("siphon.figure", lang), word("siphon.subtitle", lang), stamp)
    for place, outcome in enumerate(outcomes):
        axes = grid.panel(figure, place)
        axes.axhline(0, color=SOFT, lw=0.8)
        rows = table[table["outcome"] == outcome]
        bands = list(rows[["from_km", "to_km", "provinces"]].drop_duplicates().itertuples(index=False))
        for shift, strategy in zip((-WIDE / 1.8, WIDE / 1.8), STRATEGIES, strict=True):
            own = rows[rows["strategy"] == strategy]
            for i, band in enumerate(bands):
                parts = own[own["from_km"] == band.from_km].set_index("part")
                for part, colour in (("radiation", RADIATES), ("flows", FLOWS)):
                    axes.bar(i + shift, parts["effect"][part], WIDE, color=colour, alpha=0.75)
                net = parts.loc["net"]
                axes.plot([i + shift] * 2, [net["ci_low"], net["ci_high"]], color=INK, lw=1.0)
                axes.plot(i + shift, net["effect"], "o", ms=5, color=STRATEGY_COLOURS[strategy], mec="white", mew=0.8)
        axes.set_xticks(range(len(bands)), [word("band", lang, low=b.from_km, high=b.to_km, n=b.provinces)
                                            for b in bands])  # fmt: skip
        axes.locator_params(axis="y", nbins=6)
        heading(axes, word(f"out.{outcome}", lang), "%", 20)
    x = 0.25 / figure.get_figwidth()
    up = 1 - 1.16 / figure.get_figheight()
    marks = [("■", RADIATES, word("part.radiation", lang)), ("■", FLOWS, word("part.flows", lang))]
    marks += [("●", STRATEGY_COLOURS[s], word("net.of", lang, name=say(f"scenario.{s}", lang))) for s in STRATEGIES]
    for place, (mark, colour, text) in enumerate(marks):
        figure.text(x + place * 0.235, up, mark, color=colour, size=9)
        figure.text(x + place * 0.235 + 0.018, up, text, color=INK, size=8.5)
    return figure


def siphon_signs(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw the net effect over the range of one parameter at a time, one panel an outcome."""
    outcomes, names = list(table["outcome"].unique()), list(table["parameter"].unique())
    high = ROW * len(names)
    figure = sheet(11.6, high + 2.15, word("signs.figure", lang), word("signs.subtitle", lang), stamp)
    for place, outcome in enumerate(outcomes):
        axes = panel(figure, 3.2 + place * 2.08, 1.45, 1.9, high)
        axes.grid(visible=False)
        axes.axvline(0, color=SOFT, lw=0.8)
        for strategy, shift in zip(STRATEGIES, (-0.14, 0.14), strict=True):
            own = table[(table["outcome"] == outcome) & (table["strategy"] == strategy)].set_index("parameter")
            colour = STRATEGY_COLOURS[strategy]
            for i, name in enumerate(names):
                row, y = own.loc[name], i + shift
                axes.plot([row["low_effect"], row["high_effect"]], [y, y], color=colour, lw=2.2, solid_capstyle="butt")
                axes.plot(row["high_effect"], y, ">" if row["high_effect"] > row["low_effect"] else "<", ms=4.5,
                          color=colour)  # fmt: skip
        axes.set(ylim=(len(names) - 0.5, -0.5), yticks=[])
        axes.locator_params(axis="x", nbins=5)
        heading(axes, word(f"out.{outcome}", lang), "%", 0)
        if place == 0:
            for i, name in enumerate(names):
                axes.annotate(short(meaning(name, lang), lang), (0, i), (-6, 0), va="center", ha="right", size=7.8,
                              xycoords=("axes fraction", "data"), textcoords="offset points")  # fmt: skip
    for place, strategy in enumerate(STRATEGIES):
        label = f"■ {say(f'scenario.{strategy}', lang)}"
        up = 1 - 1.1 / figure.get_figheight()
        figure.text(0.25 / 11.6 + place * 0.16, up, label, color=STRATEGY_COLOURS[strategy], size=9)
    return figure
