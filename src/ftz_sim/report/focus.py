"""The section on what was asked about: what each strategy brings to a place, through what, and what would turn it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ftz_sim.analysis import focus_words
from ftz_sim.analysis.focus import Question
from ftz_sim.analysis.lever_facts import LEVERS
from ftz_sim.analysis.signs import RISKS, reversible
from ftz_sim.report.scorecard import Row, row
from ftz_sim.report.tables import Experiment
from ftz_sim.results.reading import read_table
from ftz_sim.runs.mixtures import players
from ftz_sim.scenario.groups import label
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.shell import quoted
from ftz_sim.text.words import Lang, say


class Panel(NamedTuple):
    """The table of one place and year."""

    where: str
    rows: list[Row]


class Brings(NamedTuple):
    """What one strategy adds to the reference, and what can turn it."""

    name: str
    groups: str
    turns: str


def section(experiment: Experiment, specs: Mapping[str, Scenario], lang: Lang) -> dict[str, Any] | None:
    """Return what the section shows; None where nothing was asked about."""
    question = experiment.manifest.get("focus")
    table = read_table(experiment.folder, "focus")
    if not question or table is None or table.empty:
        return None

    def name(scenario: str) -> str:
        return experiment.name(scenario, lang)

    asked = Question.stored(experiment.manifest)
    tornado = read_table(experiment.folder, "focus_tornado")
    decided = [] if tornado is None else focus_words.decided(tornado, lang, name)
    following = focus_words.following(
        Path(question["folder"]), experiment.scenarios, table, asked, lang, name, tornado is not None
    )
    return {
        "said": focus_words.sentences(table, lang, name),
        "decided": decided,
        "panels": [_panel(experiment, rows, lang) for rows in focus_words.by_place(table)],
        "brings": [_brings(experiment, specs, each, lang) for each in experiment.others if each in specs],
        "next": [(words, quoted(command)) for words, command in following] if asked.places else [],
    }


def _panel(experiment: Experiment, rows: pd.DataFrame, lang: Lang) -> Panel:
    of_indicator = [own for _, own in rows.groupby("indicator", sort=False)]
    told = [row(experiment, own, focus_words.variable_of(own), lang) for own in of_indicator]
    return Panel(focus_words.where(rows, lang), told)


def _brings(experiment: Experiment, specs: Mapping[str, Scenario], scenario: str, lang: Lang) -> Brings:
    joint = say("focus.list", lang)
    reference = specs.get(experiment.reference)
    own = specs[scenario]
    if reference is None or (reference.policy, reference.rules) == (own.policy, own.rules):
        return Brings(experiment.name(scenario, lang), say("focus.same", lang), "–")
    parts = players(own, reference)
    levers = [lever for own in parts.values() for lever in own]
    risks = dict.fromkeys(risk for lever in levers for risk in LEVERS[lever].risks)
    turned = sum(bool(reversible(lever)) for lever in levers)
    told = [say("focus.reverse", lang, n=turned, all=len(levers))] if turned else []
    told += [getattr(RISKS[risk], lang) for risk in risks]
    return Brings(experiment.name(scenario, lang), joint.join(label(each, lang) for each in parts), joint.join(told))
