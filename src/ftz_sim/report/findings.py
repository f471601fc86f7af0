"""What the first screen adds to its headline: where the leader loses, what was not found, what the result rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ftz_sim.analysis.verdicts import NONE
from ftz_sim.analysis.verdicts import leader as leading
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.parameters import meaning
from ftz_sim.report.differences import INDICATORS, final_rows
from ftz_sim.report.tables import Experiment
from ftz_sim.results.reading import read_table
from ftz_sim.results.shown import Shown, shown_difference
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang, say

SURE = 0.05  # p-value below which a parameter is said to decide
DECIDE = 3  # parameters named


def findings(experiment: Experiment, lang: Lang) -> list[str]:
    """Return up to three sentences about the scenario with the highest GDP; none if that is the reference."""
    rows = final_rows(experiment)
    first = leading(rows[rows["scenario"] != experiment.reference], NATIONAL["gdp"])
    if first["mean"] <= first["reference_mean"]:
        return []
    leader = str(first["scenario"])
    names = {"name": experiment.name(leader, lang), "reference": experiment.name(experiment.reference, lang)}
    own = rows[(rows["scenario"] == leader) & rows["indicator"].isin(INDICATORS)].set_index("indicator")
    return list(filter(None, (_worse(own, names, lang), _unseen(own, names, lang), _rests(experiment, leader, lang))))


def _worse(own: pd.DataFrame, names: dict[str, str], lang: Lang) -> str:
    worse = own[own["verdict"] == "worse"]
    parts = [_part(str(name), _unit(name, lang).of(row).value, lang) for name, row in worse.iterrows()]
    key = "finding.worse" if parts else "finding.not_worse"
    return say(key, lang, parts=say("finding.and", lang).join(parts), **names)


def _unseen(own: pd.DataFrame, names: dict[str, str], lang: Lang) -> str:
    smallest = own.loc[own["verdict"] == NONE, "detectable"]
    parts = [_part(str(name), _unit(name, lang).number(size, 2), lang) for name, size in smallest.items()]
    return say("finding.unseen", lang, parts=say("finding.and", lang).join(parts), **names) if parts else ""


def _unit(indicator: Any, lang: Lang) -> Shown:
    return shown_difference(NATIONAL[str(indicator)], lang)


def _part(indicator: str, size: str, lang: Lang) -> str:
    variable = NATIONAL[indicator]
    key = "finding.level" if variable.scale == "level" else "finding.part"
    return say(key, lang, what=variable.within(lang), size=size, unit=_unit(indicator, lang).unit)


def _rests(experiment: Experiment, leader: str, lang: Lang) -> str:
    """Say which drawn parameters decide the lead, or how many levers stand beyond the evidence if none were drawn."""
    table = read_table(experiment.folder, "tornado")
    if table is not None:
        sure = table[(table["scenario"] == leader) & (table["p_adjusted"] <= SURE)].head(DECIDE)
        decide = zip(sure["parameter"].astype(str), sure["rank_correlation"].astype(float), strict=True)
        parts = [say("finding.decides", lang, what=meaning(path, lang), size=signed(size)) for path, size in decide]
        if parts:
            return say("finding.depends", lang, parts=say("finding.and", lang).join(parts))
    beyond = experiment.manifest.get("outside_evidence", {}).get(leader, [])
    levers = sum(each["kind"] == "lever" for each in beyond)
    return say("finding.rests", lang, n=levers, name=experiment.name(leader, lang)) if levers else ""
