"""The tables of a validation as a reader sees them, for the console and the page: heads and cells of text."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ftz_sim.indicators.shown import Shown, shown_emissions, shown_money
from ftz_sim.report.target_words import of_targets
from ftz_sim.report.validation_words import word
from ftz_sim.text import numbers
from ftz_sim.text.words import Lang

METRICS = ("rmse_ratio", "rmse_ratio_log")
KINDS = ("held_out", "fitted", "seen", "input")
VERDICTS = ("pass", "miss", "undecided", "disputed", "not_modelled", "not_computed")
# in place of a prefix: what the row is called, in the column of the reader's language; a year; a p-value
LABEL, YEAR, P = "label", "year", "p"
COUNTED = {"bn yuan": shown_money, "Gt": shown_emissions}  # units of targets that each language counts in its own way
OF_UNIT = ("model", "unchanged", "last_step")  # columns in the unit that stands in the column `unit`
# name of the CSV -> columns shown; words of a cell start with the prefix, numbers have no prefix
SHOWN: dict[str, tuple[tuple[str, str], ...]] = {
    "provinces": (("variable", "var."), ("year", YEAR), ("forecast", "forecast."), ("rmse_ratio", ""),
                  ("rmse_ratio_log", ""), ("rank_correlation", ""), ("model_better_in", ""), ("sign_test_p", P),
                  ("dm_p", P)),
    "marks": (("variable", "var."), ("year", YEAR), ("forecast", "forecast."), ("mark", ""), ("rmse_ratio", ""),
              ("shares_met", "met."), ("rmse_ratio_log", ""), ("log_shares_met", "met.")),
    "nation": (("figure", LABEL), ("unit", ""), ("last_known", YEAR), ("scored", ""), ("model", ""), ("unchanged", ""),
               ("last_step", "")),
    "estimators": (("outcome", "out."), ("estimator", "estimator."), ("estimate", ""), ("error", ""), ("truth", ""),
                   ("bias", ""), ("selection", ""), ("contamination", ""), ("coverage", ""), ("significant", "")),
    "neighbours": (("outcome", "out."), ("from_km", ""), ("to_km", ""), ("estimate", ""), ("error", ""),
                   ("truth", "")),
    "dyads": (("pairs_with", "pairs."), ("estimate", ""), ("truth", ""), ("selection", ""), ("placebo_low", ""),
              ("placebo_high", ""), ("placebo_p", P)),
    "siphon": (("strategy", "strategy."), ("outcome", "out."), ("from_km", ""), ("to_km", ""), ("provinces", ""),
               ("part", "part."), ("effect", ""), ("ci_low", ""), ("ci_high", "")),
    "siphon_signs": (("strategy", "strategy."), ("outcome", "out."), ("parameter", ""), ("low_value", ""),
                     ("low_effect", ""), ("effect", ""), ("high_value", ""), ("high_effect", ""),
                     ("sign_turns", "turns.")),
    "placebo": (("outcome", "out."), ("placebo_dates", ""), ("placebo_dates_significant", ""), ("estimate", ""),
                ("placements_low", ""), ("placements_high", ""), ("placement_p", P)),
}  # fmt: skip
SHOWN["cells"] = SHOWN["estimators"]


class Sheet(NamedTuple):
    """A table to print."""

    heads: list[str]
    rows: list[list[str]]


def number(value: Any) -> str:
    """Write a number, whole ones with all their digits and no others; nothing for nan."""
    if not np.isfinite(value):
        return ""
    return numbers.number(value, decimals=0 if value == int(value) else 3)


def shown(name: str, table: pd.DataFrame, lang: Lang) -> Sheet:
    """Return the table of the CSV ``name`` in words; tables without a list of columns are shown whole."""
    columns = SHOWN.get(name) or tuple((str(head), "") for head in table)

    def cell(row: dict[Any, Any], head: str, prefix: str) -> str:
        if prefix == LABEL:
            return str(row[lang])
        if prefix == YEAR:
            return str(row[head])
        if prefix == P:
            return numbers.p_value(row[head]) if np.isfinite(row[head]) else ""
        if prefix:
            return word(prefix + str(row[head]), lang)
        unit, value = _unit(str(row.get("unit", "")), lang), row[head]
        if isinstance(value, str):
            return unit.unit if head == "unit" else of_targets(value, lang)
        return number(unit.factor * value if head in OF_UNIT else value)

    rows = [[cell(row, *column) for column in columns] for row in table.to_dict("records")]
    return Sheet([word(column, lang) for column, _ in columns], rows)


def _unit(unit: str, lang: Lang) -> Shown:
    """Return how numbers in a unit of targets are written."""
    return COUNTED[unit](lang) if unit in COUNTED else Shown(1.0, of_targets(unit, lang))


def counts(board: pd.DataFrame, lang: Lang) -> Sheet:
    """Return the number of targets by kind and verdict."""
    table = pd.crosstab(board["kind"], board["verdict"]).reindex(index=KINDS, columns=VERDICTS, fill_value=0)
    heads = [word("kind", lang), *(word(f"verdict.{name}", lang) for name in VERDICTS)]
    return Sheet(heads, [[word(f"kind.{kind}", lang), *map(str, table.loc[kind])] for kind in KINDS])


def targets(board: pd.DataFrame, lang: Lang) -> Sheet:
    """Return one row for each target of ``board``."""
    heads = ("target", "published", "model", "interval", "range", "unit", "kind", "status", "verdict", "source", "note")
    rows = [
        [
            str(row[lang]),
            *_values(row, lang),
            *(word(f"{name}.{row[name]}", lang) for name in ("kind", "status", "verdict")),
            word("graded", lang, source=of_targets(row["source"], lang), grade=of_targets(row["confidence"], lang)),
            of_targets(str(row["note"]), lang),
        ]
        for row in board.fillna({"unit": "", "note": ""}).to_dict("records")
    ]
    return Sheet([word(head, lang) for head in heads], rows)


def _values(row: dict[Any, Any], lang: Lang) -> list[str]:
    """Return what was published, the model, its interval, the range and the unit; in 亿元 and 亿吨 in Chinese."""
    published = str(row["published"]).removeprefix("'")  # the guard of CSV files before a sign
    unit = _unit(str(row["unit"]), lang)
    if row["unit"] in COUNTED:
        if re.fullmatch(r"-?[\d,]+(\.\d+)?", published):
            published = numbers.exact(unit.factor * float(published.replace(",", "")))
        elif lang == "zh" and re.search(r"\d", published):  # words of a reader, in whose numbers there may be years
            published = f"{published}（{of_targets(str(row['unit']), lang)}）"
    model, *ends = (unit.factor * row[name] for name in ("model", "ci_low", "ci_high", "low", "high"))
    return [of_targets(published, lang), number(model), between(*ends[:2]), between(*ends[2:]), unit.unit]


def between(low: float, high: float) -> str:
    """Write a range; open ends as ≤ and ≥, nothing if both are open or unknown."""
    low, high = (np.nan if not np.isfinite(end) else end for end in (low, high))
    if np.isnan(low) and np.isnan(high):
        return ""
    if np.isnan(low):
        return f"≤ {number(high)}"
    return f"≥ {number(low)}" if np.isnan(high) else f"{number(low)} … {number(high)}"


def naive_wins(scores: pd.DataFrame, lang: Lang) -> list[str]:
    """Return a sentence for each naive forecast that is at least as good as the model somewhere."""
    sentences = []
    for rival in ("no_change", "rule", "last_growth", "fifth"):
        lost = []
        for (variable, year), rows in scores.groupby(["variable", "year"], sort=False):
            errors: Any = rows.set_index("forecast")[list(METRICS)].to_dict("index")
            worse = [
                word(name, lang) for name in METRICS if rival in errors and errors[rival][name] <= errors["model"][name]
            ]
            if worse:
                how = word("naive_and", lang).join(worse)
                lost.append(word("naive_lost", lang, what=word(f"var.{variable}", lang), year=year, how=how))
        if lost:
            who, what = word(f"forecast.{rival}", lang), word("naive_list", lang).join(lost)
            sentences.append(word("naive_wins", lang, who=who, what=what))
    return sentences
