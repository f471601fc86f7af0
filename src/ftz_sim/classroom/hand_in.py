"""Hand-ins: what a student answers, which runs were used, when; with a digest that no longer fits once it is edited.

What is right stands in no hand-in: whoever grades reads it from runs of the same exercise. The digest shows edits by
hand. It is no lock, for whoever knows this file can compute a new one; the check of the runs is the second look.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, ValidationError

import ftz_sim
from ftz_sim.errors import UNPRINTABLE, InputError, Sentence, listed, reason, short, visible
from ftz_sim.exercises import Exercise, mark
from ftz_sim.results.files import files_of
from ftz_sim.results.manifest import sha256
from ftz_sim.results.reading import read_manifest
from ftz_sim.scenario.complaints import complaints
from ftz_sim.scenario.yaml_reader import MAX_BYTES, Located
from ftz_sim.seeds.cards import Strict

RECORD = "runs.parquet"  # seconds of every run stand in it, so that no two folders have the same
LONGEST = 80  # characters of a name
LONGEST_TEXT = 300
LONGEST_FILE = 200  # bytes of the name of a file; systems allow 255


def _name(name: str) -> str:
    if not 0 < len(name.strip()) <= LONGEST or re.search(r"[\t\n]", name) or UNPRINTABLE.search(name):
        raise InputError("student", found=short(name), most=LONGEST)
    return name


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT or UNPRINTABLE.search(text):
        raise InputError("hand_in_text", found=short(text), most=LONGEST_TEXT)
    return text


Name = Annotated[str, AfterValidator(_name)]
Text = Annotated[str, AfterValidator(_text)]


class Runs(Strict):
    """The runs that answers were read from.

    Attributes:
        folder: its name.
        model: version of the model, with the digest of all code that moves numbers.
        processor: that made the runs, for others round differently.
        started: when.
        record: checksum of the list of runs; the same in two hand-ins only if both used one folder.
        tables: checksums of the tables that the questions are about.
    """

    folder: Text
    model: Text
    processor: Text
    started: Text
    record: Text
    tables: dict[Text, Text]


class HandIn(Strict):
    """A hand-in as it is written."""

    what: Literal["ftz_sim hand-in"] = "ftz_sim hand-in"
    exercise: Text
    student: Name
    answers: dict[Text, Text]
    runs: Runs
    version: Text
    made: Text
    digest: Text = ""

    @property
    def intact(self) -> bool:
        """Whether the digest is that of the content."""
        return self.digest == self._digest()

    @property
    def given(self) -> list[str]:
        """The answers as ``ftz exercise check`` takes them."""
        return [f"{letter}={text}" for letter, text in self.answers.items()]

    def sealed(self) -> HandIn:
        """Return the same with its digest."""
        return self.model_copy(update={"digest": self._digest()})

    def text(self) -> str:
        """Return the hand-in as JSON."""
        return json.dumps(self.model_dump(), indent=2, ensure_ascii=False) + "\n"

    def _digest(self) -> str:
        content = json.dumps(self.model_dump(exclude={"digest"}), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


class Found(NamedTuple):
    """A file of a folder of hand-ins: read, or what is wrong with it."""

    path: Path
    hand_in: HandIn | None
    wrong: InputError | None = None


def make(exercise: Exercise, folder: Path, student: str, answers: Iterable[str]) -> HandIn:
    """Return a hand-in of answers to an exercise.

    Raises:
        InputError: if an answer or the name cannot be read, or the runs are not there or not as they were written.
    """
    student = _name(" ".join(student.split()))
    marks = mark(exercise, folder, answers)
    return HandIn(
        exercise=exercise.name,
        student=student,
        answers={each.letter: each.given for each in marks if each.given},
        runs=runs_of(exercise, folder),
        version=ftz_sim.__version__,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
    ).sealed()


def runs_of(exercise: Exercise, folder: Path) -> Runs:
    """Return what tells the runs of a folder from others.

    Raises:
        InputError: if a table is not as it was written.
    """
    manifest = read_manifest(folder)
    stored: dict[str, str] = manifest["outputs"]
    names = sorted({f"{question.table}.csv" for question in exercise.questions})
    found = {name: _checksum(folder / name) for name in [*names, RECORD]}
    if changed := [name for name, digest in found.items() if stored.get(name) != digest]:
        raise InputError("runs_changed", folder=folder, files=listed(changed), name=exercise.name)
    return Runs(
        folder=_kept(folder.resolve().name),
        model=_kept(manifest.get("model", "")),
        processor=_kept(manifest.get("processor", "")),
        started=_kept(manifest.get("started", "")),
        record=found[RECORD],
        tables={name: found[name] for name in names},
    )


def file_name(hand_in: HandIn) -> str:
    """Return what the file of a hand-in is called unless somebody says otherwise."""
    student = re.sub(r"[^\w-]+", "_", hand_in.student)
    return f"hand_in_{hand_in.exercise}_{student}".encode()[:LONGEST_FILE].decode(errors="ignore") + ".json"


def read_hand_ins(folder: Path) -> list[Found]:
    """Read every ``.json`` file below a folder; one that is no hand-in is told, and stops no other.

    Raises:
        InputError: if there is none, or the folder cannot be read.
    """
    found = [_read(path) for path in files_of(folder) if path.suffix.lower() == ".json"]
    if not found:
        raise InputError("hand_ins_none", folder=folder)
    return found


def _read(path: Path) -> Found:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            return Found(path, None, InputError("too_large", path=path, size=len(raw), most=MAX_BYTES))
        data: Any = json.loads(raw.decode("utf-8-sig"))
        return Found(path, _checked(data, path))
    except InputError as error:
        return Found(path, None, error)
    except OSError as error:
        return Found(path, None, InputError("unreadable", path=path, reason=reason(error)))
    except json.JSONDecodeError as error:
        return Found(path, None, _no_hand_in(f"{path}:{error.lineno}", Sentence("no_json")))
    except (ValueError, RecursionError):  # no UTF-8, numbers of too many digits, too deep
        return Found(path, None, _no_hand_in(path, Sentence("no_json")))


def _checked(data: Any, path: Path) -> HandIn:
    try:
        return HandIn.model_validate(data)
    except ValidationError as error:
        lines: Any = complaints(error, _located(data, str(path)), HandIn).values["lines"]
        raise _no_hand_in(lines[0].values["place"], lines[0].values["what"]) from None


def _located(data: Any, source: str) -> Located:
    inside = {key: _located(child, source) for key, child in data.items()} if isinstance(data, dict) else data
    return Located(inside, source, 0)


def _no_hand_in(place: object, why: Sentence) -> InputError:
    return InputError("at", place=place, what=Sentence("not_hand_in", reason=why))


def _kept(text: object) -> str:
    return visible(str(text))[:LONGEST_TEXT]


def _checksum(path: Path) -> str:
    try:
        return sha256(path) if os.path.isfile(path) else ""
    except OSError as error:
        raise InputError("unreadable", path=path, reason=reason(error)) from None
