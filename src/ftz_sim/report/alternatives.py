"""What figures show, in a sentence of numbers, for readers who cannot see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ftz_sim.indicators.shown import shown, shown_difference
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.scorecard import gaining
from ftz_sim.report.tables import Experiment
from ftz_sim.text.errors import SEPARATOR
from ftz_sim.text.words import Lang, say

Description = Callable[[Any, Lang], str]  # of what a figure is drawn from


def nothing(experiment: Experiment, lang: Lang) -> str:
    """Say nothing: of a figure whose table stands below it."""
    return ""


def differences(*indicators: str) -> Description:
    """Return what tells the differences of the final year."""

    def told(experiment: Experiment, lang: Lang) -> str:
        final, out = experiment.final, []
        for name in indicators:
            unit = shown_difference(NATIONAL[name], lang)
            known = [each for each in experiment.others if (name, each) in final]
            values = (f"{experiment.name(each, lang)} {unit.of(final[name, each]).value}" for each in known)
            words = f"{NATIONAL[name].label(lang)} ({unit.unit})"
            of_each = SEPARATOR[lang].join(values)
            out.append(say("alt.values", lang, name=words, year=experiment.final_year, values=of_each))
        return " ".join(out)

    return told


def provinces(experiment: Experiment, lang: Lang) -> str:
    """Count the provinces that gain and lose."""
    return " ".join(
        say("alt.counts", lang, name=experiment.name(name, lang), up=up, down=down)
        for name, (up, down, _) in gaining(experiment).items()
    )


def from_to(*indicators: str) -> Description:
    """Return what tells the first and the last year of the reference."""

    def told(experiment: Experiment, lang: Lang) -> str:
        out = []
        for name in indicators:
            unit = shown(NATIONAL[name], lang)
            means = experiment.yearly(name)[experiment.reference].mean()
            start, end = (unit.number(float(means.iloc[place])) for place in (0, -1))
            about = {"name": NATIONAL[name].label(lang), "start": start, "end": end, "unit": unit.unit}
            out.append(say("alt.from_to", lang, **about))
        return " ".join(out)

    return told
