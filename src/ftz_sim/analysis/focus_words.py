"""What a comparison says about the places that were asked about, in words, from its table alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.focus import Question
from ftz_sim.analysis.verdicts import REFERENCE, SURE
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import VARIABLES, Variable
from ftz_sim.results.statements import Name, place_name, uncertainty
from ftz_sim.text.numbers import number, signed
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

DECIDE = 3  # parameters named
FEWEST = 20  # draws below which chance alone gives high correlations
DECIDING = 0.05  # p-value, corrected for all parameters


def sentences(table: pd.DataFrame, lang: Lang, name: Name = str) -> list[str]:
    """Return a sentence for every place and year, and one for what a place gains most from.

    Args:
        table: of `Focus`.
        lang: of the words.
        name: what a scenario is called.
    """
    if table.empty:
        return []
    found = [_of_place(rows, lang, name) for rows in by_place(table)]
    places = table.loc[table["level"] != "national", "place"].unique()
    return [*found, *(_argue(table[table["place"] == place], str(place), lang, name) for place in places)]


def by_place(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of every place and year."""
    return [rows for _, rows in table.groupby(["at", "level", "place"], sort=False)]


def where(rows: pd.DataFrame, lang: Lang) -> str:
    """Return the place and the year that rows are of."""
    level, place, at = (rows[key].iloc[0] for key in ("level", "place", "at"))
    return say("focus.where", lang, place=place_name(level, place, lang), at=at)


def decided(tornado: pd.DataFrame, lang: Lang, name: Name = str) -> list[str]:
    """Return a sentence for every difference that drawn parameters decide; one that says so if none does."""
    if len(tornado) and (n := int(tornado["n"].max())) < FEWEST:
        return [say("focus.too_few", lang, n=n, most=FEWEST)]
    sure = tornado[tornado["p_adjusted"].astype(float) <= DECIDING]
    if sure.empty:
        return [say("focus.undecided", lang)]
    keys = ["scenario", "level", "place", "indicator", "at"]
    return [_decided(rows, lang, name) for _, rows in sure.groupby(keys, sort=False)]


def winner(table: pd.DataFrame) -> str:
    """Return the scenario beside the reference that is most often the clear best, or that has the best first row."""
    others = table[(table["scenario"] != table["reference"]) & (table["level"] != "national")]
    others = others if len(others) else table[table["scenario"] != table["reference"]]
    clear = Counter(others.loc[_clear(others), "scenario"])
    if clear:
        return str(clear.most_common(1)[0][0])
    first = others.drop_duplicates("scenario")
    ahead = first["difference"] * (variable_of(first).direction or 1)
    return str(first["scenario"].iloc[int(np.nanargmax([*ahead.fillna(-np.inf)]))])


def following(
    folder: Path, scenarios: Sequence[str], table: pd.DataFrame, question: Question, lang: Lang,
    name: Name = str, drawn: bool = False,
) -> list[tuple[str, list[str]]]:  # fmt: skip
    """Return what to ask next, and the words of the command: attribute what is best, draw what is assumed.

    They take the scenarios as the folder keeps them, with all that was set. What was ``drawn`` is not drawn again.
    """
    if (table["scenario"] == table["reference"]).all():
        return []  # all others failed
    files = {each: (folder / "scenarios" / f"{each}.yaml").as_posix() for each in scenarios}
    reference, best = str(table["reference"].iloc[0]), winner(table)
    options = zip(("--focus", "--indicator", "--at"), question, strict=True)
    asked = [word for key, values in options if values for word in (key, ",".join(values))]
    named = folder if folder.name not in ("", "..") else folder.resolve()
    out = named.with_name(f"{named.name}_draws").as_posix()
    attribute = ["ftz", "attribute", files[best], "--against", files[reference], *asked]
    draws = ["ftz", "compare", *files.values(), "--reference", reference, *asked, "--draws", "100", "--out", out]
    found = [(say("focus.next_attribute", lang, who=name(best)), attribute)]
    return found if drawn else [*found, (say("focus.next_draws", lang), draws)]


def variable_of(rows: pd.DataFrame) -> Variable:
    """Return the indicator of the first row."""
    return VARIABLES[rows["level"].iloc[0]][rows["indicator"].iloc[0]]


def _clear(rows: Any) -> Any:
    """Tell which rows are the clear best: of more than one run, and, but for the reference, apart from it."""
    apart = (rows["ci_low"] > 0) | (rows["ci_high"] < 0) | (rows["scenario"] == rows["reference"])
    return (rows["p_best"] >= SURE) & apart & (rows["n"] > 1)


def _of_place(rows: pd.DataFrame, lang: Lang, name: Name) -> str:
    leads: dict[str, list[str]] = {}
    parts, unclear = [], []
    for _, own in rows.groupby("indicator", sort=False):
        variable = variable_of(own)
        if not variable.direction:
            parts.append(say("focus.neutral", lang, what=variable.within(lang)))
            continue
        best: Any = own.iloc[int((own["mean"] * variable.direction).argmax())]
        if _clear(best):
            leads.setdefault(name(best["scenario"]), []).append(_size(best, variable, lang))
        else:
            unclear.append(variable.within(lang))
    joint = say("focus.and", lang)
    told = [say("focus.best", lang, who=who, what=joint.join(what)) for who, what in leads.items()]
    told += [say("focus.open", lang, what=joint.join(unclear))] if unclear else []
    joined = say("focus.list", lang).join([*told, *parts])
    return say("focus.lead", lang, where=where(rows, lang), reference=name(rows["reference"].iloc[0]), parts=joined)


def _size(row: Any, variable: Variable, lang: Lang) -> str:
    what = variable.within(lang)
    if row["verdict"] == REFERENCE or not np.isfinite(row["difference"]):
        return what
    unit = shown_difference(variable, lang)
    found = unit.of(row)
    interval = say("focus.interval", lang, low=found.low, high=found.high) if found.half else ""
    return say("focus.size", lang, what=what, size=unit.with_unit(found.value, lang), interval=interval)


def _argue(rows: pd.DataFrame, place: str, lang: Lang, name: Name) -> str:
    ranked = rows[rows["p_best"].notna()]
    clear = Counter(ranked.loc[_clear(ranked), "scenario"])
    here = place_name("region", place, lang)
    if not clear:
        return say("focus.argue_none", lang, place=here)
    who, n = clear.most_common(1)[0]
    size = len(ranked.drop_duplicates(["level", "indicator", "at"]))
    return say("focus.argue", lang, place=here, who=name(who), n=n, all=size)


def _decided(rows: pd.DataFrame, lang: Lang, name: Name) -> str:
    first: Any = rows.iloc[0]
    told = [_decider(row, lang) for _, row in rows.head(DECIDE).iterrows()]
    return say(
        "focus.decides", lang, scenario=name(first["scenario"]), indicator=variable_of(rows).within(lang),
        place=where(rows, lang), parameters=say("focus.and", lang).join(told),
    )  # fmt: skip


def _decider(row: Any, lang: Lang) -> str:
    turn = say("focus.turn", lang, value=number(row["break_even"])) if np.isfinite(row["break_even"]) else ""
    rho = signed(row["rank_correlation"], decimals=2)
    return say("focus.decider", lang, meaning=uncertainty(row["parameter"], lang), rho=rho, turn=turn)
