"""Write docs/validation-results.md and the tables of the pages with marks, so that no number is copied by hand.

ftz validate --reps 10 --placebos 20 --siphon 5 --out results/validation
python studies/validation_results.py [results/validation] [results/calibration]

The pages are validation, calibration and papers, in both languages. What a folder does not hold (calibration takes
minutes) stays as the pages have it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from page_words import inside, say

from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report import validation_tables as tables
from ftz_sim.report.validation_words import word
from ftz_sim.text.numbers import p_value
from ftz_sim.text.words import LANGUAGES, Lang
from ftz_sim.trace import grades

DOCS = Path(__file__).parents[1] / "docs"
RESULTS = DOCS / "validation-results.md"
PAGES = ("validation", "calibration", "papers")
ORDER = ("provinces", "marks", "nation", "estimators", "cells", "dyads", "neighbours", "siphon", "siphon_signs",
         "placebo", "placements", "identical_firms")  # fmt: skip
CALIBRATION = {"persistence": "persistence", "responses": "responses", "provinces": "provinces",
               "plausible": "plausible", "calibrated_ranges": "ranges that are drawn from", "ridges": "ridges",
               "weak": "weak directions"}  # fmt: skip
WEAK = (
    "What the targets cannot tell. A column is a direction in the space of parameters, its head how much of it the "
    "targets see, weakest first: what has large numbers in the first columns could be otherwise without their noticing."
)
FORECASTS = ("model", "rule", "fifth", "last_growth")
Tables = dict[str, pd.DataFrame]
Block = Callable[[Tables, Lang], str]


def markdown(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)


def sheet(name: str, table: pd.DataFrame, lang: Lang = "en") -> str:
    """Return a table of the validation in Markdown."""
    heads, rows = tables.shown(name, table, lang)
    return markdown([inside(head, lang) for head in heads], [[inside(cell, lang) for cell in row] for row in rows])


def page(folder: Path, calibration: Path) -> str:
    """Return the page of results."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = read(folder)
    board = found["board"]
    parts = [
        "<!-- Written by studies/validation_results.py; run it again instead of editing. -->",
        "# Results of the validation",
        f"{word('runs', 'en', n=manifest['reps'], firms=manifest['firms'], end=manifest['end'])} ftz_sim "
        f"{manifest['version']}, seed {manifest['seed']}. What they mean: `docs/validation.md`.",
        f"## {word('counts', 'en')}",
        markdown(*tables.counts(board, "en")),
        "## Board",
        markdown(*tables.targets(board, "en")),
    ]
    for name in ORDER:
        if name in found:
            title = "forecasts" if name == "provinces" else name
            note = word(f"{title}.note", "en")
            naive = tables.naive_wins(found[name], "en") if name == "provinces" else []
            parts += [f"## {word(title, 'en')}", "" if note == "note" else note, *naive, sheet(name, found[name])]
    for name, title in CALIBRATION.items():
        file, head = calibration / f"{name}.csv", f"## Calibration: {title}"
        shown = weak if name == "weak" else partial(sheet, head)
        parts += [f"{head}\n\n{shown(pd.read_csv(file))}" if file.is_file() else kept(head)]
    parts += ["## Evidence behind each indicator", *evidence()]
    return "\n\n".join(part for part in parts if part) + "\n"


def weak(table: pd.DataFrame) -> str:
    """Return the directions that the targets hardly see, parameters in rows under their full names."""
    names = [name for name in table if name != "strength"]
    heads = ["parameter", *map(tables.number, table["strength"])]
    return f"{WEAK}\n\n{markdown(heads, [[str(name), *map(tables.number, table[name])] for name in names])}"


def read(folder: Path) -> Tables:
    """Return the tables of a folder by name."""
    return {path.stem: pd.read_csv(path) for path in sorted(folder.glob("*.csv"))}


def kept(title: str) -> str:
    """Return a section as the page has it; nothing if it has none."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    found = re.search(rf"^{re.escape(title)}$.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[0].strip() if found else ""


def evidence() -> list[str]:
    """Return what stands behind the indicators: number of rules and share of parameters by grade."""

    def shares(count: grades.Counts) -> list[str]:
        total = sum(count.values())
        return [f"{100 * count[grade] / total:.0f} %" if total else "" for grade in grades.GRADES]

    rows = [
        [NATIONAL[name].en, path.weakest, str(len(path.nearest)), str(sum(path.nearest_grades.values())),
         *shares(path.nearest_grades), str(len(path.rules)), *shares(path.grades)]
        for name, path in grades.paths().items()
    ]  # fmt: skip
    heads = ["indicator", "weakest grade", "rules that write it", "their parameters", *grades.GRADES,
             "rules on the whole path", *(f"{grade} there" for grade in grades.GRADES)]  # fmt: skip
    intro = (
        "Grades: D published datum, L literature, C fitted, A assumed. First the rules that write the indicator's own "
        "columns, then all rules from which these read, and the state of 2013."
    )
    return [intro, markdown(heads, rows)]


def out_of_sample(found: Tables, lang: Lang) -> str:
    """Return the scores of forecasts, and where one that needs no model wins."""
    scores = found["provinces"]
    shown = scores[scores["forecast"] != "no_change"]
    rows = []
    for (variable, year), group in shown.groupby(["variable", "year"], sort=False):
        by = group.set_index("forecast")
        cells = [tables.number(by[column].get(name, float("nan"))) for name in FORECASTS
                 for column in tables.METRICS]  # fmt: skip
        rank = tables.number(by["rank_correlation"]["model"])
        test = scores[(scores["variable"] == variable) & (scores["year"] == year) & (scores["forecast"] == "no_change")]
        rows.append([f"{word(f'var.{variable}', lang)} {year}", *cells, rank, p_value(test["dm_p"].iloc[0])])
    pairs = (say("of", lang, who=say(who, lang), what=word(what, lang)) for who in FORECASTS for what in tables.METRICS)
    heads = ["", *pairs, say("rank", lang), say("p", lang)]
    return "\n\n".join([markdown(heads, rows), *tables.naive_wins(scores, lang)])


def missed(found: Tables, lang: Lang) -> str:
    """Return the targets that are missed."""
    board = found["board"]
    whole = tables.targets(board[board["verdict"] == "miss"], lang)
    wanted = [whole.heads.index(word(name, lang)) for name in ("target", "published", "model", "range", "kind")]
    counts = board["verdict"].value_counts()
    told = say("missed", lang, missed=counts["miss"], judged=counts["miss"] + counts["pass"])
    return "\n\n".join([told, markdown([whole.heads[i] for i in wanted], [[r[i] for i in wanted] for r in whole.rows])])


def chosen(name: str, keep: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table) -> Block:
    """Return a writer of some rows of a table."""
    return lambda found, lang: sheet(name, keep(found[name]), lang)


def siphon(found: Tables, lang: Lang) -> str:
    """Return what happens in the nearest band of provinces, one row for each outcome, parts side by side."""
    table = found["siphon"]
    heads, shown = tables.shown("siphon", table[table["from_km"] == table["from_km"].min()], lang)
    at = heads.index(word("part", lang))
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for row in shown:
        effect, low, high = row[at + 1 :]
        rows.setdefault(tuple(row[:at]), {})[row[at]] = f"{effect} ({low} … {high})"
    parts = list(dict.fromkeys(part for row in rows.values() for part in row))
    cells = [[*name, *(row.get(part, "") for part in parts)] for name, row in rows.items()]
    return markdown([*heads[:at], *parts], cells)


def fitted(found: Tables, lang: Lang) -> str:
    """Return what lasts of provincial trends, what follows GDP, and the fit."""
    names = ("persistence", "responses", "provinces")
    return "\n\n".join(sheet("calibration", found[f"calibration {name}"], lang) for name in names)


def of_calibration(name: str, *left_out: str) -> Block:
    """Return a writer of a table of the calibration, without the columns ``left_out``."""
    return lambda found, lang: sheet("calibration", found[f"calibration {name}"].drop(columns=[*left_out]), lang)


BLOCKS: dict[str, Block] = {
    "provinces": out_of_sample,
    "marks": chosen("marks"),
    "nation": chosen("nation"),
    "missed": missed,
    "estimators": chosen("estimators", lambda t: t[t["estimator"] == "twfe"]),
    "siphon": siphon,
    "placements": chosen("placements"),
    "persistence": fitted,
    "posterior": of_calibration("plausible", "plausible_low", "plausible_high"),
    "ranges": of_calibration("calibrated_ranges", "command"),
    "ridges": of_calibration("ridges"),
}
BLOCK = re.compile(r"(<!-- numbers: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def filled(text: str, found: Tables, blocks: dict[str, Block] = BLOCKS, lang: Lang = "en") -> str:
    """Return the prose with its tables; what ``found`` lacks stays, and what is none of ``blocks``."""

    def one(block: re.Match[str]) -> str:
        if block[2] not in blocks:
            return block[0]
        try:
            return f"{block[1]}\n{blocks[block[2]](found, lang)}\n\n{block[4]}"
        except KeyError:
            print(f"no table for {block[2]}: it stays")
            return block[0]

    return BLOCK.sub(one, text)


def fill(found: Tables, blocks: dict[str, Block]) -> None:
    """Write the tables of ``blocks`` into the pages with marks, in both languages."""
    for name in PAGES:
        for lang in LANGUAGES:
            path = DOCS / (f"{name}.md" if lang == "en" else f"{name}.{lang}.md")
            path.write_text(filled(path.read_text(encoding="utf-8"), found, blocks, lang), encoding="utf-8")
            print(path)


def main() -> None:
    """Write the results and the tables of the pages."""
    given = [Path(text) for text in sys.argv[1:]]
    folder, calibration = given + [Path("results/validation"), Path("results/calibration")][len(given) :]
    RESULTS.write_text(page(folder, calibration), encoding="utf-8")
    found = read(folder) | {f"calibration {name}": table for name, table in read(calibration).items()}
    print(RESULTS)
    fill(found, BLOCKS)


if __name__ == "__main__":
    main()
