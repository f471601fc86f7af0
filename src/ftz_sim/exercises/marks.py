"""Mark answers: every right answer is read from the tables of the student's own runs."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import pandas as pd

from ftz_sim.errors import InputError, listed, nearest, reason
from ftz_sim.exercises.cards import Exercise, Question
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.numbers import estimate
from ftz_sim.text.words import LANGUAGES, WORDS, Lang, plain, say

COLUMNS = {"comparison": "difference", "provinces": "gain", "linkage": "interaction", "siphon": "siphon"}
NEAR = 0.1  # a number may be so far off, relatively: people read rounded figures
CHANGES = ("up", "down", "none")
# commas part thousands only: `1,5` is fifteen to nobody
NUMBER = re.compile(
    r"([-+]?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|(?=\.[0-9]))(?:\.[0-9]*)?(?:e[-+]?[0-9]{1,3})?)\s*(?:%|百分点|points?)?",
    re.I,
)


class Found(NamedTuple):
    """A number of the tables with its interval; nan where there is none."""

    value: float
    low: float
    high: float


class Mark(NamedTuple):
    """What became of one question."""

    letter: str
    given: str  # as written; empty if nothing was answered
    right: bool
    answers: list[str]  # what is right
    found: Found | None  # of questions about one number


def mark(exercise: Exercise, folder: Path, answers: Iterable[str]) -> list[Mark]:
    """Compare answers with what the runs in a folder show.

    Args:
        exercise: the exercise.
        folder: what ``ftz compare`` wrote for its scenarios.
        answers: texts like ``a=up``, ``b=-1.2`` or ``c=no_ratchet``; those that are missing count as not answered.

    Raises:
        InputError: if an answer cannot be read, or the folder does not hold the runs of the exercise.
    """
    given = _split(exercise, answers)
    names = _names(exercise, folder)
    return [_mark(letter, question, given.get(letter, ""), folder, names)
            for letter, question in exercise.lettered.items()]  # fmt: skip


def said(mark: Mark, question: Question, reveal: bool, lang: Lang) -> str:
    """Return what became of a question in a line; what is right only if it was found, or is to be revealed."""
    if not (mark.right or reveal):
        row = say("exercise.and", lang).join(_called(column, value, lang) for column, value in question.row.items())
        where = say("exercise.where", lang, table=question.table, row=row)
        return say(
            f"exercise.{'wrong' if mark.given else 'open'}", lang, letter=mark.letter, given=mark.given, where=where
        )
    found = estimate(*mark.found) if mark.found else estimate()
    named = [say(f"exercise.{each}", lang).split(" / ")[0] if question.kind == "change" else each
             for each in mark.answers]  # fmt: skip
    if mark.found is not None and question.kind == "change":
        named.append(found.value)
    text = say("exercise.or" if question.kind in ("most", "least") else "exercise.and", lang).join(named)
    if found.half:
        text += say("exercise.interval", lang, low=found.low, high=found.high)
    return say(f"exercise.{'right' if mark.right else 'solution'}", lang, letter=mark.letter, answers=text)


def _called(column: str, value: str, lang: Lang) -> str:
    """Return what a cell that names something is called."""
    if column == "region":
        provinces = load_figures().provinces
        return (provinces.name_zh if lang == "zh" else provinces.name_en)[provinces.iso.index(value)]
    if column == "scenario":
        return say(f"scenario.{value}", lang) if f"scenario.{value}" in WORDS else value
    return NATIONAL[value].label(lang) if value in NATIONAL else value


def _split(exercise: Exercise, answers: Iterable[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for answer in answers:
        letter, equals, text = normalize("NFKC", answer).partition("=")
        letter, text = letter.strip().lower(), text.strip()
        if not equals or not text:
            raise InputError("exercise_answer", found=repr(answer))
        if letter not in exercise.lettered:
            raise InputError("exercise_letter", found=repr(letter), allowed=listed(exercise.lettered))
        if letter in given:
            raise InputError("exercise_twice", found=repr(letter))
        given[letter] = text
    return given


def _names(exercise: Exercise, folder: Path) -> dict[str, set[str]]:
    """Return what each scenario of the folder may be called; all that the exercise compares must be there."""
    files = {name: folder / "scenarios" / f"{name}.yaml" for name in exercise.scenarios}
    if missing := [name for name, path in files.items() if not os.path.isfile(path)]:
        raise InputError("exercise_not_run", folder=folder, missing=listed(missing), name=exercise.name)
    called = {}
    for name, path in files.items():
        title = Scenario.load(path).title
        short = [say(f"scenario.{name}", lang) for lang in LANGUAGES if f"scenario.{name}" in WORDS]
        called[name] = {plain(text) for text in (name, title.en, title.zh, *short)}
    return called


def _mark(letter: str, question: Question, given: str, folder: Path, names: dict[str, set[str]]) -> Mark:
    if question.kind in ("most", "least"):
        best = _extreme(question, folder)
        return Mark(letter, given, _choice(given, letter, {name: names[name] for name in question.among}) in best,
                    best, None)  # fmt: skip
    found = _found(question, question.row, folder)
    if question.kind == "number":
        room = max(NEAR * abs(found.value), 0.0 if math.isnan(found.low) else (found.high - found.low) / 2)
        right = bool(given) and abs(_number(given, letter) - found.value) <= room
        return Mark(letter, given, right, [f"{found.value:.3g}"], found)
    if math.isnan(found.low):
        raise InputError("exercise_one_seed", folder=folder)
    change = "none" if found.low <= 0 <= found.high else "up" if found.value > 0 else "down"
    if abs(found.value) < question.matters:
        change = "none"
    words = {each: {plain(word) for lang in LANGUAGES for word in _words(each, lang)} for each in CHANGES}
    return Mark(letter, given, _choice(given, letter, words) == change, [change], found)


def _extreme(question: Question, folder: Path) -> list[str]:
    """Return the scenario with the highest (lowest) value, and those that the runs cannot tell from it."""
    sign = 1 if question.kind == "most" else -1
    found = {name: _found(question, question.row | {"scenario": name}, folder) for name in question.among}
    best = max(found.values(), key=lambda each: sign * each.value)
    return [name for name, each in found.items()
            if each == best or (each.low <= best.high and best.low <= each.high)]  # fmt: skip


def _found(question: Question, row: dict[str, str], folder: Path) -> Found:
    """Return the number of one row of a table, in the final year."""
    path = folder / f"{question.table}.csv"
    if not os.path.isfile(path):
        raise InputError("exercise_no_table", path=path)
    try:
        return _read(path, question, row)
    except InputError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            "unreadable", path=path, reason=reason(error) if isinstance(error, OSError) else str(error)
        ) from None


def _read(path: Path, question: Question, row: dict[str, str]) -> Found:
    table: Any = pd.read_csv(path, dtype={"at": str})
    for column, value in row.items():
        table = table[table[column].astype(str) == value]
    if "at" in table:
        table = table[table["at"].str.isdigit()]  # years, no sums over several
    if table.empty:
        raise InputError("exercise_no_row", path=path, row=", ".join(f"{k} {v}" for k, v in row.items()))
    last = table.sort_values("at").iloc[-1] if "at" in table else table.iloc[-1]
    column = question.column or COLUMNS[question.table]
    own = not question.column and "ci_low" in table
    interval = (float(last["ci_low"]), float(last["ci_high"])) if own else (math.nan, math.nan)
    return Found(float(last[column]), *interval)


def _words(change: str, lang: Lang) -> list[str]:
    return [change, *say(f"exercise.{change}", lang).split(" / ")]


def _choice(given: str, letter: str, allowed: dict[str, set[str]]) -> str:
    if not given:
        return ""
    for name, words in allowed.items():
        if plain(given) in words:
            return name
    raise InputError("exercise_choice", letter=letter, found=repr(given), allowed=listed(allowed),
                     nearest=nearest(given, allowed))  # fmt: skip


def _number(given: str, letter: str) -> float:
    read = NUMBER.fullmatch(given.replace("−", "-").replace("–", "-"))
    value = float(read[1].replace(",", "")) if read else math.nan
    if not math.isfinite(value):
        raise InputError("exercise_number", letter=letter, found=repr(given))
    return value
