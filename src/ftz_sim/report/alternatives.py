"""What figures show, in a sentence of numbers, for readers who cannot see them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ftz_sim.indicators.variables import GROWTH_ACCOUNT, HEADLINES, NATIONAL
from ftz_sim.report import signs, sites
from ftz_sim.report.labels import signed
from ftz_sim.report.scorecard import gaining, number
from ftz_sim.report.tables import Experiment, shown, shown_difference
from ftz_sim.report.trade_offs import AGAINST
from ftz_sim.results.reading import read_manifest
from ftz_sim.text.words import Lang, say


def describe(experiment: Experiment | None, figure: str, lang: Lang) -> str:
    """Return the main numbers of a figure as sentences; nothing for figures that are not known here."""
    if experiment is None:
        return ""
    if figure in ("paths", "differences"):
        return _differences(experiment, HEADLINES, lang)
    if figure == "trade_offs":
        return _differences(experiment, ("gdp", *AGAINST), lang)
    if figure == "provinces":
        return _provinces(experiment, lang)
    if figure == "levels":
        return _from_to(experiment, HEADLINES, lang)
    if figure == "negative_lists":
        return _from_to(experiment, ("list_zone", "list_national"), lang)
    if figure == "growth_account":
        return _from_to(experiment, ("growth_total", *GROWTH_ACCOUNT), lang)
    return ""


def of_design(folder: Path, figure: str, lang: Lang) -> str:
    """Return what a figure of a design shows, in words; nothing for figures that are not known here."""
    known = {"signs": signs.describe, "sites": sites.describe}
    if figure not in known:
        return ""
    return known[figure](pd.read_csv(folder / f"{figure}.csv"), read_manifest(folder), lang)


def _differences(experiment: Experiment, indicators: tuple[str, ...], lang: Lang) -> str:
    table = experiment.comparison
    if table is None:
        return ""
    final = table[table["at"] == str(experiment.final_year)].set_index(["indicator", "scenario"])["difference"]
    out = []
    for name in indicators:
        unit = shown_difference(NATIONAL[name], lang)
        values = [
            f"{experiment.name(each, lang)} {signed(unit.factor * float(final[name, each]))}"
            for each in experiment.others
            if (name, each) in final.index
        ]
        words = f"{NATIONAL[name].label(lang)} ({unit.unit})"
        out.append(say("alt.values", lang, name=words, year=experiment.final_year, values=", ".join(values)))
    return " ".join(out)


def _provinces(experiment: Experiment, lang: Lang) -> str:
    return " ".join(
        say("alt.counts", lang, name=experiment.name(name, lang), up=up, down=down)
        for name, (up, down, _) in gaining(experiment).items()
    )


def _from_to(experiment: Experiment, indicators: tuple[str, ...], lang: Lang) -> str:
    out = []
    for name in indicators:
        unit = shown(NATIONAL[name], lang)
        means = unit.factor * experiment.yearly(name)[experiment.reference].mean()
        ends = (number(float(means.iloc[place])) for place in (0, -1))
        out.append(say("alt.from_to", lang, name=NATIONAL[name].label(lang), start=next(ends), end=next(ends),
                       unit=unit.unit))  # fmt: skip
    return " ".join(out)
