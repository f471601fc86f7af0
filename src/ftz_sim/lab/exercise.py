"""Exercises on the page: put their scenarios beside each other, answer, check."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ftz_sim.analysis import compare
from ftz_sim.errors import InputError
from ftz_sim.exercises import CHANGES, Exercise, Question, exercise_names, mark, read_exercise, said
from ftz_sim.lab.controls import scenario_name
from ftz_sim.lab.keep import plain, remember
from ftz_sim.lab.variants import FIRMS, Variant, load
from ftz_sim.lab.work import SEED
from ftz_sim.report.sheets import sheets
from ftz_sim.scenario.scenario import scenario_names
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.lab.views import Scene

RUNS = "runs"
SHOWN = ("comparison", "provinces")  # tables that other views show


def exercise(scene: Scene) -> None:
    """Show one exercise; the answers are checked with the page's own seeds and last year."""
    lang, end = scene.lang, scene.settings.end
    seeds = max(scene.settings.seeds, 2)  # one has no interval
    name = remember(st.selectbox, "exercise", exercise_names()[0], lang, say("lab.exercise", lang), exercise_names(),
                    format_func=lambda n: getattr(read_exercise(n).title, lang))  # fmt: skip
    chosen = read_exercise(name)
    st.markdown(getattr(chosen.aim, lang))
    st.button(say("lab.exercise_load", lang), on_click=_put, args=(chosen,), type="primary",
              help=say("lab.exercise_load_help", lang))  # fmt: skip
    _tables(chosen, seeds, end, lang)
    given = {letter: _asked(chosen, letter, question, lang) for letter, question in chosen.lettered.items()}
    if not st.button(say("lab.exercise_check", lang), help=say("lab.exercise_check_help", lang, n=seeds, end=end)):
        return
    try:
        marks = mark(chosen, _folder(name, seeds, end), [f"{letter}={text}" for letter, text in given.items() if text])
    except InputError as error:
        st.error(plain(error.say(lang)))
        return
    for each in marks:
        (st.success if each.right else st.warning)(plain(said(each, chosen.lettered[each.letter], False, lang)))
    if all(each.right for each in marks):
        st.markdown(f"**{say('exercise.discuss', lang)}** {getattr(chosen.discuss, lang)}")
    st.caption(say("exercise.note", lang))


def _tables(exercise: Exercise, seeds: int, end: int, lang: Lang) -> None:
    """Show, if wanted, the tables of the questions that no other view shows."""
    for table in dict.fromkeys(each.table for each in exercise.questions if each.table not in SHOWN):
        if st.toggle(say("lab.exercise_table", lang, table=table), key=f"table-{exercise.name}-{table}"):
            (sheet,) = sheets(_folder(exercise.name, seeds, end), (table,), {}, lang)
            st.html(sheet.html)


def _asked(exercise: Exercise, letter: str, question: Question, lang: Lang) -> str:
    """Draw a question and return what is answered, as a text; empty if nothing is."""
    ask, key = f"**{letter}** {getattr(question.ask, lang)}", f"answer-{exercise.name}-{letter}"
    if question.kind == "number":
        return remember(st.text_input, key, "", lang, ask, placeholder=say("lab.exercise_number", lang)).strip()
    if question.kind == "change":
        picked = remember(st.radio, key, None, lang, ask, CHANGES, horizontal=True,
                          format_func=lambda each: say(f"exercise.{each}", lang).split(" / ")[0])  # fmt: skip
    else:
        picked = remember(st.radio, key, None, lang, ask, question.among, horizontal=True,
                          format_func=lambda each: _title(exercise, each, lang))  # fmt: skip
    return picked or ""


def _put(exercise: Exercise) -> None:
    """Compare the scenarios of an exercise on the page: shipped ones by name, its own ones pinned."""
    reference, *others = exercise.scenarios
    own = [name for name in others if name not in scenario_names()]
    state = st.session_state
    state.variant, state.epoch = Variant(reference), state.epoch + 1
    state.reference, state.beside = reference, [name for name in others if name not in own]
    state.pins = [(0, _text(exercise, name)) for name in own]
    state.view = "results"


def _title(exercise: Exercise, name: str, lang: Lang) -> str:
    if name in scenario_names():
        return scenario_name(name, lang)
    return str(getattr(load(_text(exercise, name)).title, lang))


def _text(exercise: Exercise, name: str) -> str:
    return Path(dict(zip(exercise.scenarios, exercise.files(), strict=True))[name]).read_text(encoding="utf-8")


def _folder(name: str, seeds: int, end: int) -> Path:
    return Path(_runs(name, seeds, end).name) / RUNS


@st.cache_resource(max_entries=32, show_spinner="…")
def _runs(name: str, seeds: int, end: int) -> tempfile.TemporaryDirectory[str]:
    """Return a folder that holds ``runs`` of an exercise; all browsers share it, and it goes with the server."""
    folder, chosen = tempfile.TemporaryDirectory(prefix="ftz-exercise-"), read_exercise(name)
    compare(chosen.files(), chosen.scenarios[0], seeds, SEED, FIRMS, end=f"{end}Q4", out=Path(folder.name) / RUNS,
            command="ftz lab")  # fmt: skip
    return folder
