"""Tables of an analysis as a page shows them: heads and names in the reader's language, sensible digits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from ftz_sim.indicators.shown import shown_money
from ftz_sim.indicators.variables import NATIONAL, REGION, ZONE
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards, meaning
from ftz_sim.model.published import load_figures
from ftz_sim.report.tables import names_in, scenario_name
from ftz_sim.results.reading import read_table
from ftz_sim.results.statements import Name
from ftz_sim.text.errors import SEPARATOR
from ftz_sim.text.numbers import number
from ftz_sim.text.words import LANGUAGES, WORDS, Lang, say

LONGEST = 40  # rows that are shown
SCENARIOS = ("scenario", "reference", "winner", "without")  # columns
NAMED = (
    "indicator", "outcome", "part", "region", "zone", "level", "place", "threshold", "rule", "question", "levers",
    "parameter", "verdict", "search", "found_in", "beside", "before", "instead_of",
    "effect", "sign", "site", "from",
)  # fmt: skip


class Sheet(NamedTuple):
    """One table on the page."""

    name: str  # of its file
    title: str
    html: Markup
    rows: int
    note: str = ""
    folded: bool = False  # even where others are open


def sheets(folder: Path, wanted: tuple[str, ...], labels: dict[str, list[str]], lang: Lang) -> Iterator[Sheet]:
    """Yield the CSV files ``wanted`` of a folder that exist; ``labels`` are further names in English and Chinese."""
    scenario = names_in(folder, lang, quotes="{}")
    known = names(lang) | {name: label[LANGUAGES.index(lang)] for name, label in labels.items()}
    for name in wanted:
        frame = read_table(folder, name)
        if frame is not None:
            html = translated(frame.head(LONGEST), known, lang, scenario).to_html(
                index=False, border=0, float_format=number, na_rep="–", classes="plain"
            )  # pandas escapes the cells
            title = say(f"table.{name}", lang) if f"table.{name}" in WORDS else ""
            yield Sheet(f"{name}.csv", title, Markup(html), len(frame))


def translated(frame: pd.DataFrame, known: dict[str, str], lang: Lang, scenario: Name | None = None) -> pd.DataFrame:
    """Return a table with its heads and the names in its cells in ``lang``; what has no words stays as it is."""
    out = frame.copy()
    for column in out.columns:
        if out[column].dtype == bool:
            out[column] = out[column].map({True: say("cell.yes", lang), False: say("cell.no", lang)})
        elif column in SCENARIOS:
            out[column] = out[column].map(scenario or (lambda code: scenario_name(code, lang)), na_action="ignore")
        elif column in NAMED:
            out[column] = out[column].map(lambda cell: _cell(cell, known, lang))
        elif column == "extra_cost":
            out[column] = out[column] * shown_money(lang).factor
    return out.rename(columns={name: _head(name, lang) for name in out.columns})


def _cell(cell: object, known: dict[str, str], lang: Lang) -> object:
    """Translate a name, or a list of names between spaces."""
    if not isinstance(cell, str) or cell in known:
        return known.get(str(cell), cell)
    words = cell.split()
    if not words or not all(word in known for word in words):
        return cell
    return SEPARATOR[lang].join(known[word] for word in words)


def _head(name: str, lang: Lang) -> str:
    if name in NATIONAL:
        return NATIONAL[name].label(lang)
    return say(f"column.{name}", lang) if f"column.{name}" in WORDS else name


@cache
def names(lang: Lang) -> dict[str, str]:
    """Return what names in tables are called, but for scenarios: indicators, levers, provinces, verdicts, ..."""
    provinces = load_figures().provinces
    places = zip(provinces.iso, provinces.name_zh if lang == "zh" else provinces.name_en, strict=True)
    prefixes = ("cell.", "mechanism.", "verdict.")
    return {
        **{key.partition(".")[2]: say(key, lang) for key in WORDS if key.startswith(prefixes)},
        **{str(code): str(name) for code, name in places},
        **{name: getattr(lever, lang) for name, lever in CATALOGUE.items()},
        **{name: variable.label(lang) for name, variable in {**ZONE, **REGION, **NATIONAL}.items()},
        **({path: meaning(path, lang) for path in all_cards()} if lang == "zh" else {}),
    }
