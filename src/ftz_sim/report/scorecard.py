"""The scorecard of a comparison: strategies by indicators, with intervals, verdicts and the best marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ftz_sim.analysis.verdicts import IDENTICAL, NONE, SURE
from ftz_sim.indicators.shown import Shown, shown, shown_difference
from ftz_sim.indicators.variables import HEADLINES, NATIONAL, Variable
from ftz_sim.report.differences import INDICATORS, final_rows
from ftz_sim.report.tables import Experiment
from ftz_sim.report.tiles import winners
from ftz_sim.text.numbers import number
from ftz_sim.text.words import Lang, say

Ranges = dict[str, tuple[float, float]]


class Cell(NamedTuple):
    """One strategy on one indicator."""

    text: str
    spread: str  # half-width of the interval
    drawn: str  # range over draws of parameters
    mark: str  # star of the best
    kind: str  # its look: a verdict (see `analysis.verdicts`)
    words: str  # everything in words, for who points at it or cannot see


class Row(NamedTuple):
    """One indicator."""

    name: str
    unit: str
    level: str  # of the reference
    level_unit: str
    mark: str  # star of the reference
    cells: list[Cell]


def scorecard(experiment: Experiment, lang: Lang, names: Sequence[str] = INDICATORS) -> list[Row]:
    """Return a row for every indicator of the scorecard; cells in the order of ``experiment.others``."""
    table = final_rows(experiment)
    return [
        row(experiment, table[table["indicator"] == name], NATIONAL[name], lang, _ranges(experiment, name))
        for name in names
    ]


def _ranges(experiment: Experiment, indicator: str) -> Ranges:
    found = {name: experiment.range_of(indicator, name) for name in experiment.others}
    return {name: ends for name, ends in found.items() if ends}


def others(experiment: Experiment) -> list[str]:
    """Return the indicators that were compared and stand on no scorecard."""
    compared = set(final_rows(experiment)["indicator"])
    return [name for name in NATIONAL if name in compared and name not in INDICATORS]


def row(
    experiment: Experiment, rows: pd.DataFrame, variable: Variable, lang: Lang, ranges: Ranges | None = None
) -> Row:
    """Return the row of one indicator, from the rows of a comparison that are of it; cells as ``experiment.others``.

    ``ranges`` are those over draws, by scenario, in the units of the comparison; none where nothing was drawn.
    """
    ranges = ranges or {}
    found: dict[str, dict[str, Any]] = {str(name): dict(row) for name, row in rows.set_index("scenario").iterrows()}
    level, difference = shown(variable, lang), shown_difference(variable, lang)
    better = {1: "better.higher", -1: "better.lower"}.get(variable.direction, "better.neither")
    best = _best(found, experiment.reference, variable)
    return Row(
        variable.label(lang),
        f"{difference.unit} · {say(better, lang)}",
        level.number(_reference_mean(found)),
        level.unit,
        best.get(experiment.reference, ""),
        [_cell(found.get(name), ranges.get(name), difference, best.get(name, ""), lang) for name in experiment.others],
    )


def _reference_mean(found: dict[str, Any]) -> float:
    return next((row["reference_mean"] for row in found.values()), np.nan)


def _best(found: dict[str, Any], reference: str, variable: Variable) -> dict[str, str]:
    """Return the star of the scenario with the best mean; a tie goes to nobody, and so does what has no direction."""
    if not variable.direction or not found:
        return {}
    means = {name: variable.direction * row["mean"] for name, row in found.items()}
    means.setdefault(reference, variable.direction * _reference_mean(found))
    top = [name for name, mean in means.items() if mean == max(means.values())]
    if len(top) > 1:
        return {}
    sure = top[0] in found and found[top[0]]["p_best"] >= SURE
    return {top[0]: "★" if sure else "☆"}


def _cell(row: dict[str, Any] | None, ends: tuple[float, float] | None, unit: Shown, mark: str, lang: Lang) -> Cell:
    if row is None or not np.isfinite(row["difference"]):
        return Cell("–", "", "", "", "none", say("score.missing", lang))
    kind, found = row["verdict"], unit.of(row)
    parts = [_verdict(row, unit, lang)]
    spread = f"± {found.half}" if found.half and kind != IDENTICAL else ""
    if spread:
        parts.append(say("score.interval", lang, low=found.low, high=found.high))
    drawn = unit.estimate(low=ends[0], high=ends[1]) if ends and ends[0] < ends[1] else None
    if drawn:
        parts.append(say("score.drawn", lang, low=drawn.low, high=drawn.high))
    if mark:
        parts.append(say("score.best", lang, p=f"{row['p_best']:.2f}"))
    words = ("; " if lang == "en" else "；").join(parts)
    return Cell(found.value, spread, f"{drawn.low} … {drawn.high}" if drawn else "", mark, kind, words)


def _verdict(row: dict[str, Any], unit: Shown, lang: Lang) -> str:
    """Tell a verdict, and the smallest effect that the runs would have shown where none was found."""
    if row["verdict"] != NONE:
        return say(f"verdict.{row['verdict']}", lang)
    return say("score.detectable", lang, effect=f"{unit.number(row['detectable'])} {unit.unit}")


def costs(experiment: Experiment, lang: Lang) -> list[tuple[str, list[str]]]:
    """Return what a yuan of policy cost brings, how sure the lead is, and how many provinces gain."""
    table = final_rows(experiment).set_index(["indicator", "scenario"])["p_best"]
    keys = ("gain_per_yuan", "why_no_gain_per_yuan", "weightings_nqp")
    gains, blank, weights = (experiment.manifest.get(key) or {} for key in keys)
    others = experiment.others
    rows = [
        ("cost.best_gdp", [f"{table['gdp'].get(name, np.nan):.2f}" for name in others]),
        ("cost.weightings", [f"{weights[name]:.2f}" if name in weights else "–" for name in others]),
        ("cost.gain", [_gain(gains.get(name), blank.get(name), lang) for name in others]),
    ]
    if (experiment.folder / "provinces.csv").is_file():
        counts = gaining(experiment)
        rows.append(("cost.provinces", [" / ".join(map(str, counts.get(name, ("–",)))) for name in others]))
    return [(say(key, lang), cells) for key, cells in rows]


def _gain(gain: float | None, blank: str | None, lang: Lang) -> str:
    if gain is not None:
        return number(gain)
    return say(f"cost.{blank}", lang) if blank else "–"


def gaining(experiment: Experiment) -> dict[str, tuple[int, int, int]]:
    """Return for every scenario how many provinces gain, lose and are undecided, as the map shows them."""
    out = {}
    for name, rows in winners(experiment).items():
        signs = Counter(np.sign(rows["gain"].where(rows["decided"], 0)).astype(int))
        out[name] = (signs[1], signs[-1], signs[0])
    return out


def levels_by_year(experiment: Experiment, lang: Lang) -> tuple[list[str], list[tuple[str, str, list[str]]]]:
    """Return years, and for every headline indicator of the reference its unit and means in those years."""
    table = experiment.yearly("gdp")[experiment.reference]
    years = sorted({int(table.columns[0]), *(y for y in (2024, 2030) if y in table.columns), experiment.final_year})
    rows = []
    for name in (*HEADLINES, "dependence", "policy_cost_share"):
        variable = NATIONAL[name]
        unit = shown(variable, lang)
        means = experiment.yearly(name)[experiment.reference].mean()
        rows.append((variable.label(lang), unit.unit, [unit.number(float(means[year])) for year in years]))
    return [str(year) for year in years], rows
