"""Grades of a class: every hand-in held against the runs of whoever grades, a row each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from unicodedata import normalize

from ftz_sim.classroom.hand_in import Found, HandIn, Runs, read_hand_ins, runs_of
from ftz_sim.errors import InputError, Words
from ftz_sim.exercises import Mark, mark, read_exercise
from ftz_sim.results.files import write_bytes, writing
from ftz_sim.results.frames import defused
from ftz_sim.text.words import LANGUAGES, Lang, say

if TYPE_CHECKING:
    import pandas as pd

File = Literal["intact", "edited", "unreadable"]
OWN = "grade_runs"  # words of what is wrong with the runs of whoever grades
EXCEL_DIGITS = 15  # of a number that a spreadsheet keeps
Same = Literal["same", "differ", "other_version", "other_machine", "unmarked"]


class Grade(NamedTuple):
    """What became of one hand-in."""

    found: Found
    file: File
    runs: Same = "unmarked"
    marks: tuple[Mark, ...] = ()
    again: bool = False  # a later one of the same student counts
    shared: tuple[str, ...] = ()  # students who used the same folder of runs
    wrong: Words = ""  # why it is not marked

    @property
    def right(self) -> int:
        """How many answers are right."""
        return sum(each.right for each in self.marks)

    @property
    def student(self) -> str:
        """The name on the hand-in; empty if it cannot be read."""
        return self.found.hand_in.student if self.found.hand_in else ""

    @property
    def exercise(self) -> str:
        """The name of the exercise."""
        return self.found.hand_in.exercise if self.found.hand_in else ""


def grade(folder: Path, results: Path) -> list[Grade]:
    """Grade every hand-in below a folder, sorted by exercise and student; none is left out.

    Args:
        folder: the hand-ins.
        results: where one's own runs are, as ``exercise_NAME``.

    Raises:
        InputError: if there is no hand-in, or no runs of one's own to hold any against.
    """
    grades = [_grade(each, results) for each in read_hand_ins(folder)]
    without = [each.wrong for each in grades if isinstance(each.wrong, InputError) and each.wrong.key == OWN]
    if without and not any(each.marks for each in grades):
        raise without[0]
    grades = list(_with_neighbours(grades))
    return sorted(grades, key=lambda each: (each.exercise, _plain(each.student), each.found.path.as_posix()))


def notes(grade: Grade, lang: Lang) -> str:
    """Return in a line what else is to be said of a hand-in."""
    said = [grade.wrong if isinstance(grade.wrong, str) else grade.wrong.say(lang)]
    said += [say("grade.again", lang)] if grade.again else []
    said += [say("grade.shared", lang, names=say("plan.and", lang).join(grade.shared))] if grade.shared else []
    return "; ".join(each for each in said if each)


def table(grades: Sequence[Grade]) -> pd.DataFrame:
    """Return the grades as a table for a spreadsheet, with heads in both languages; right is 1, wrong 0, open blank."""
    import pandas as pd

    letters = list(dict.fromkeys(each.letter for row in grades for each in row.marks))
    rows = []
    for each in grades:
        hand_in, by_letter = each.found.hand_in, {one.letter: one for one in each.marks}
        rows.append({
            "student": _number_kept(each.student),
            "exercise": each.exercise,
            "right": each.right if each.marks else None,
            "questions": len(each.marks) or None,
            **{letter: _cell(by_letter.get(letter)) for letter in letters},
            "answers": "; ".join(hand_in.given) if hand_in else "",
            "file_is": _both(f"grade.{each.file}"),
            "runs_are": _both(f"grade.{each.runs}"),
            "note": " ".join(dict.fromkeys(notes(each, lang) for lang in LANGUAGES)),
            "version": hand_in.version if hand_in else "",
            "made": hand_in.made if hand_in else "",
            "file": each.found.path.name,
        })  # fmt: skip
    frame = pd.DataFrame(rows).astype({"right": "Int64", "questions": "Int64", **dict.fromkeys(letters, "Int64")})
    return frame.rename(columns={name: _both(f"grade.{name}") for name in frame if name not in letters})


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as Excel reads it: UTF-8 with its mark, and no text that it would take for a formula."""
    with writing(path.parent):
        write_bytes(path, defused(frame).to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))


def _grade(found: Found, results: Path) -> Grade:
    if found.hand_in is None:
        return Grade(found, "unreadable", wrong=found.wrong or "")
    if not found.hand_in.intact:
        return Grade(found, "edited")
    try:
        exercise = read_exercise(found.hand_in.exercise)
    except InputError as error:  # of a later version
        return Grade(found, "intact", wrong=error)
    folder = results / f"exercise_{exercise.name}"
    try:
        mark(exercise, folder, ())  # whether one's own runs are there
        runs = _same(found.hand_in.runs, runs_of(exercise, folder))
    except InputError as error:
        return Grade(found, "intact", wrong=InputError(OWN, what=error))
    try:
        return Grade(found, "intact", runs, tuple(mark(exercise, folder, found.hand_in.given)))
    except InputError as error:  # answers that this version cannot read
        return Grade(found, "intact", runs, wrong=error)


def _same(theirs: Runs, own: Runs) -> Same:
    if theirs.model != own.model:
        return "other_version"
    if theirs.tables == own.tables:
        return "same"
    return "differ" if theirs.processor == own.processor else "other_machine"


def _with_neighbours(grades: Iterable[Grade]) -> Iterable[Grade]:
    """Say of each which others are by the same student, or by others from the same folder of runs."""
    grades = list(grades)
    intact = [each for each in grades if each.file == "intact" and each.found.hand_in]
    last: dict[tuple[str, str], Grade] = {}
    for each in sorted(intact, key=lambda one: (_hand_in(one).made, one.found.path.as_posix())):
        last[each.exercise, _plain(each.student)] = each
    users = {(_hand_in(each).runs.record, each.student) for each in intact}
    for each in grades:
        if each not in intact:
            yield each
            continue
        same = {student for record, student in users if record == _hand_in(each).runs.record}
        shared = tuple(sorted(student for student in same if _plain(student) != _plain(each.student)))
        again = last[each.exercise, _plain(each.student)] is not each
        yield each._replace(again=again, shared=shared)


def _hand_in(grade: Grade) -> HandIn:
    assert grade.found.hand_in is not None
    return grade.found.hand_in


def _cell(mark: Mark | None) -> int | None:
    return int(mark.right) if mark and mark.given else None


def _number_kept(student: str) -> str:
    """Return a student's number as a text where a spreadsheet would cut its zeros or its last digits."""
    return f"'{student}" if student.isdigit() and (student[0] == "0" or len(student) > EXCEL_DIGITS) else student


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).split()).casefold()


def _both(key: str) -> str:
    return " ".join(say(key, lang) for lang in LANGUAGES)
