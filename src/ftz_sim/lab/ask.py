"""Ask about a province and its zone: differences of its indicators in a year over the seeds, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from ftz_sim.analysis.focus import OF_A_PLACE, Focus, Question
from ftz_sim.analysis.focus_words import by_place, sentences, variable_of, where
from ftz_sim.analysis.verdicts import cell
from ftz_sim.errors import InputError
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import REGION, ZONE
from ftz_sim.indicators.yearly import FIRST_YEAR
from ftz_sim.lab.keep import plain, remember
from ftz_sim.model.published import load_figures
from ftz_sim.results.statements import place_name
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.lab.simulate import Result
    from ftz_sim.lab.views import Scene

KNOWN = dict.fromkeys([*OF_A_PLACE, *REGION, *ZONE])


def ask(scene: Scene) -> None:
    """Show a table for the nation, the province and its zone, with a sentence for each."""
    lang, last, seeds = scene.lang, scene.settings.end, scene.settings.seeds
    if len(scene.shown) == 1:
        st.info(say("lab.identical", lang, reference=scene.shown[0].label))
        return
    left, middle, right = st.columns([2, 5, 1.3])
    codes, years = list(load_figures().provinces.iso), list(range(last, FIRST_YEAR - 1, -1))
    place = remember(left.selectbox, "asked_place", "HB", lang, say("lab.province", lang), codes,
                     format_func=lambda code: place_name("region", code, lang))  # fmt: skip
    names = remember(middle.multiselect, "asked_indicators", list(OF_A_PLACE), lang, say("lab.indicators", lang),
                     list(KNOWN), placeholder="–",
                     format_func=lambda name: (REGION.get(name) or ZONE[name]).label(lang))  # fmt: skip
    at = remember(right.selectbox, "asked_year", last, lang, say("column.at", lang), years)
    question = Question.of(place, names, at)
    try:
        found = answer(question, last, {each.label: scene.run(seeds)[each.text] for each in scene.shown})
    except InputError as error:
        st.info(plain(error.say(lang)))
        return
    for text in sentences(found.table, lang):
        st.markdown(plain(text))
    for rows in by_place(found.table):
        st.markdown(f"**{plain(where(rows, lang))}**")
        st.dataframe(shown(rows, found.reference, lang), width="stretch", hide_index=True)
    st.caption(say("lab.asked", lang, reference=plain(found.reference), n=seeds))


def answer(question: Question, last: int, runs: dict[str, list[Result]]) -> Focus:
    """Return what runs say on a question; ``runs`` are those of every scenario by its name, the reference first.

    Raises:
        InputError: if the place knows none of the indicators.
    """
    names = list(runs)
    found = Focus(question, last, names, names[0], len(runs[names[0]]))
    for place, own in enumerate(runs.values()):
        for number, run in enumerate(own):
            tables: Any = run  # has those of a run under the same names
            found.outcomes[place, number] = [target.of(tables) for target in found.targets]
    return found


def shown(rows: pd.DataFrame, reference: str, lang: Lang) -> pd.DataFrame:
    """Return the differences in one place as a table for people."""
    table = []
    for _, own in rows.groupby("indicator", sort=False):
        variable = variable_of(own)
        unit = shown_difference(variable, lang)
        row = {say("score.indicator", lang): variable.label(lang), say("diff.unit", lang): unit.unit}
        for each in own.to_dict("records"):
            if each["scenario"] != reference:
                row[each["scenario"]] = cell(each, unit)
        table.append(row)
    return pd.DataFrame(table)
