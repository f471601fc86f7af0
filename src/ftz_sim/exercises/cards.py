"""Exercises as they are written: a folder each, with ``exercise.yaml`` and the scenario files that it compares.

No answer stands in a file. A question names a cell of the tables that ``ftz compare`` writes, so the right answer
is whatever the student's own runs put there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from ftz_sim.errors import InputError, listed, nearest
from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.seeds.cards import Strict, Words, check

FILE = "exercise.yaml"
Kind = Literal["change", "most", "least", "number"]
Table = Literal["comparison", "provinces", "linkage", "siphon"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Question(Strict):
    """One question about one cell, or about the same cell of several scenarios.

    Attributes:
        ask: the question.
        kind: ``change``: does it rise, fall, or is no difference found? ``most``, ``least``: in which scenario is it
            highest, lowest? ``number``: how large is it?
        row: columns of the table and what they hold in the row meant; the final year, where there are several.
        table: table of the folder of results.
        column: of the number; that of the paired difference unless said.
        among: scenarios to choose from, for ``most`` and ``least``.
        matters: size from which a change counts; what is sure but smaller is "none". The question says so.
    """

    ask: Words
    kind: Kind
    row: dict[str, str]
    table: Table = "comparison"
    column: str = ""
    among: tuple[str, ...] = ()
    matters: float = 0.0


class Exercise(Strict):
    """One exercise.

    Attributes:
        title: its title.
        aim: what it is about, in a few sentences.
        scenarios: what is compared, the reference first: shipped scenarios, or files of the folder without ``.yaml``.
        questions: lettered from a on.
        discuss: what to think about when everything is answered; nothing here is checked.
    """

    title: Words
    aim: Words
    scenarios: Annotated[tuple[str, ...], Field(min_length=2)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=len(LETTERS))]
    discuss: Words
    name: str = ""  # of its folder, filled in on reading

    @property
    def lettered(self) -> dict[str, Question]:
        """The questions by letter."""
        return dict(zip(LETTERS, self.questions, strict=False))

    @property
    def results(self) -> Path:
        """Where its runs are kept unless somebody says otherwise."""
        return Path("results") / f"exercise_{self.name}"

    def files(self) -> list[str]:
        """Return what to give to ``ftz compare``: names of shipped scenarios, and paths of the folder's own."""
        own = exercises_folder() / self.name
        return [_near(own / f"{name}.yaml") if (own / f"{name}.yaml").is_file() else name for name in self.scenarios]


def exercises_folder() -> Path:
    """Return the folder of the exercises: inside the package, or beside ``src`` in a checkout."""
    packaged = Path(__file__).parent / "shipped"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "exercises"


def exercise_names() -> list[str]:
    """Return the names of all exercises."""
    return sorted(path.parent.name for path in exercises_folder().glob(f"*/{FILE}"))


def read_exercise(name: str) -> Exercise:
    """Read one exercise.

    Raises:
        InputError: if there is none of that name, or its file is wrong.
    """
    names = exercise_names()
    if name not in names:
        raise InputError("exercise_none", found=repr(name), allowed=listed(names), nearest=nearest(name, names))
    exercise = check(Exercise, read_file(exercises_folder() / name / FILE))
    return exercise.model_copy(update={"name": name})


def _near(path: Path) -> str:
    """Write a path from where the user stands, if it is below; so commands stay short."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
