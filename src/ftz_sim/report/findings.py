"""What the first screen adds to its headline: where the leader loses, what was not found, what the result rests on."""

from __future__ import annotations

from typing import Any

from ftz_sim.analysis.verdicts import NONE
from ftz_sim.analysis.verdicts import leader as leading
from ftz_sim.indicators.shown import Shown, shown_difference
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.parameters import meaning
from ftz_sim.report.differences import INDICATORS, final_rows
from ftz_sim.report.tables import Experiment
from ftz_sim.results.reading import read_table
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang, say

Row = dict[Any, Any]  # of a comparison

SURE = 0.05  # p-value below which a parameter is said to decide
DECIDE = 3  # parameters named


def findings(experiment: Experiment, lang: Lang) -> list[str]:
    """Return up to three sentences about the scenario with the highest GDP; none if that is the reference, or alone."""
    rows = final_rows(experiment)
    others = rows[rows["scenario"] != experiment.reference]
    if others.empty:  # all their runs failed, or the reference where they did not
        return []
    first = leading(others, NATIONAL["gdp"])
    if first["mean"] <= first["reference_mean"]:
        return []
    leader = str(first["scenario"])
    names = {"name": experiment.name(leader, lang), "reference": experiment.name(experiment.reference, lang)}
    own = [row for (name, who), row in experiment.final.items() if who == leader and name in INDICATORS]
    return list(filter(None, (_worse(own, names, lang), _unseen(own, names, lang), _rests(experiment, leader, lang))))


def _worse(own: list[Row], names: dict[str, str], lang: Lang) -> str:
    parts = [_part(row, _unit(row, lang).of(row).value, lang) for row in own if row["verdict"] == "worse"]
    key = "finding.worse" if parts else "finding.not_worse"
    return say(key, lang, parts=say("finding.and", lang).join(parts), **names)


def _unseen(own: list[Row], names: dict[str, str], lang: Lang) -> str:
    parts = [_part(row, _unit(row, lang).number(row["detectable"], 2), lang) for row in own if row["verdict"] == NONE]
    return say("finding.unseen", lang, parts=say("finding.and", lang).join(parts), **names) if parts else ""


def _unit(row: Row, lang: Lang) -> Shown:
    return shown_difference(NATIONAL[row["indicator"]], lang)


def _part(row: Row, size: str, lang: Lang) -> str:
    variable = NATIONAL[row["indicator"]]
    key = "finding.level" if variable.scale == "level" else "finding.part"
    return say(key, lang, what=variable.within(lang), size=size, unit=_unit(row, lang).unit)


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
