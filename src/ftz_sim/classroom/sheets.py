"""Decision sheets of the role play: YAML files (one a group and round) or CSV files (as many as one likes)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any
from unicodedata import normalize

from pydantic import Field, ValidationError

from ftz_sim.classroom.game import Game, Role
from ftz_sim.errors import UNPRINTABLE, InputError, Sentence, listed, nearest, reason, short, translated
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.shocks import FixedKeys
from ftz_sim.results.files import files_of
from ftz_sim.scenario.complaints import complaints
from ftz_sim.scenario.lever_steps import LeverName
from ftz_sim.scenario.yaml_reader import MAX_BYTES, Located, colon_hint, read_file
from ftz_sim.text.errors import CSV_ZH
from ftz_sim.text.words import Lang, plain, say

# heads of a CSV file in either language; the last may be left out
HEADS = {"group": "小组", "round": "轮次", "lever": "政策工具", "level": "取值", "why": "理由"}


class Decision(FixedKeys):
    """A group moves one lever to a level."""

    lever: LeverName
    level: float = Field(ge=0, le=1)
    why: str = ""


class Sheet(FixedKeys):
    """What one group decides in one round."""

    group: str
    round: int
    decisions: tuple[Decision, ...] = ()


class Read:
    """A sheet, and where each of its decisions stands."""

    def __init__(self, sheet: Sheet, document: Located) -> None:
        self.sheet, self.document = sheet, document

    def place(self, number: int) -> str:
        """Return file and line of a decision."""
        rows: Any = self.document.value["decisions"].value
        return str(rows[number].place)


def read_sheets(folder: Path, game: Game, last: int) -> list[Read]:
    """Read all sheets below a folder, and return those of the rounds up to ``last``.

    Raises:
        InputError: with everything that is wrong with any of them, a line each.
    """
    wrong: list[InputError] = []
    found: list[Read] = []
    for path in files_of(folder):
        if path.suffix.lower() in (".yaml", ".yml", ".csv") and not path.name.startswith("~"):
            for each in _read(path, game):
                (wrong if isinstance(each, InputError) else found).append(each)  # type: ignore[arg-type]
    found = [each for each in found if each.sheet.round <= last]
    if not wrong:
        wrong = list(_twice(found))
    if wrong:
        raise InputError("lines", lines=wrong)
    if not any(each.sheet.decisions for each in found):
        raise InputError("sheet_none", folder=folder, round=last)
    return found


def blank(game: Game, role: Role, round_: int, now: dict[str, str], lang: Lang) -> str:
    """Return an empty sheet: every tool of the group stands in it as a comment."""
    told = game.rounds[round_ - 1]
    lines = [
        "# " + say("sheet.head", lang, name=getattr(role.name, lang), round=round_, title=getattr(told.title, lang)),
        "# " + say("sheet.how", lang, most=game.most),
        f"group: {role.key}",
        f"round: {round_}",
        "decisions:",
    ]
    for name in game.levers(role):
        others = game.others(role, name, lang)
        shared = say("sheet.with", lang, others=others) if others else ""
        meaning = getattr(CATALOGUE[name], lang)
        lines.append(f'#- {{lever: {name}, level: , why: ""}} # '
                     + say("sheet.line", lang, meaning=meaning, now=now[name]) + shared)  # fmt: skip
    return "\n".join(lines) + "\n"


def _read(path: Path, game: Game) -> Iterator[Read | InputError]:
    """Yield the sheets of a file, each read or what is wrong with it."""
    try:
        documents = _rows(path, game) if path.suffix.lower() == ".csv" else [read_file(path)]
    except InputError as error:
        yield error
        return
    for document in documents:
        try:
            yield _checked(document, game)
        except InputError as error:
            yield error


def _checked(document: Located, game: Game) -> Read:
    """Return a sheet if it is one and its group may decide what stands in it."""
    if not isinstance(document.value, dict):
        hint = colon_hint(document.value)
        raise InputError("sheet_mapping", place=document.place, found=short(document.value), hint=hint)
    empty = document.get("decisions")
    if empty is None or empty.value is None:  # all lines are still comments
        document = Located({**document.value, "decisions": Located([], document.source, document.line)},
                           document.source, document.line)  # fmt: skip
    try:
        sheet = Sheet.model_validate(document.plain(), strict=True)
    except ValidationError as error:
        raise complaints(error, document, Sheet) from None
    sheet = sheet.model_copy(update={"group": game.key(sheet.group)})
    if wrong := list(_wrong(sheet, document, game)):
        raise InputError("lines", lines=wrong)
    return Read(sheet, document)


def _wrong(sheet: Sheet, document: Located, game: Game) -> Iterator[Sentence]:
    def at(key: str, found: object, allowed: Iterable[str], names: Iterable[str]) -> Sentence:
        what = Sentence("found", found=short(found), allowed=listed(allowed), nearest=nearest(found, names))
        return Sentence("at", place=f"{document.value[key].place}: {key}", what=what)

    if sheet.group not in game.by_key:
        yield at("group", sheet.group, game.by_key, game.called)
        return
    rounds = [str(each) for each in range(1, len(game.rounds) + 1)]
    if str(sheet.round) not in rounds:
        yield at("round", sheet.round, rounds, rounds)
    role = game.by_key[sheet.group]
    may, seen = game.levers(role), set()
    rows: Any = document.value["decisions"].value
    for decision, row in zip(sheet.decisions, rows, strict=True):
        if decision.lever not in may:
            what = Sentence("sheet_not_theirs", group=sheet.group, found=repr(decision.lever), allowed=listed(may),
                            nearest=nearest(decision.lever, may))  # fmt: skip
            yield Sentence("at", place=row.place, what=what)
        elif decision.lever in seen:
            yield Sentence("at", place=row.place, what=Sentence("sheet_lever_twice", found=repr(decision.lever)))
        seen.add(decision.lever)
    if len(sheet.decisions) > game.most:
        what = Sentence("sheet_too_many", found=len(sheet.decisions), most=game.most)
        yield Sentence("at", place=rows[game.most].place, what=what)


def _twice(found: list[Read]) -> Iterator[InputError]:
    seen: dict[tuple[str, int], Read] = {}
    for each in found:
        key = (each.sheet.group, each.sheet.round)
        if key in seen:
            first = seen[key].document.place
            yield InputError("sheet_twice", place=each.document.place, group=key[0], round=key[1], first=first)
        seen.setdefault(key, each)


def _rows(path: Path, game: Game) -> list[Located]:
    """Read a CSV file: a document for each group and round in it, whose decisions know their lines."""
    text = _text(path)
    reader = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.partition("\n")[0] else ",", strict=True)
    documents: dict[tuple[str, str], list[Located]] = {}
    try:
        names = _heads(next(reader, []), f"{path}:1")
        for row in reader:
            if beyond := [cell for name, cell in zip_longest(names, row, fillvalue="") if not name and cell.strip()]:
                what = Sentence("sheet_cells", found=short(beyond[0]), n=len(list(filter(None, names))))
                raise InputError("at", place=f"{path}:{reader.line_num}", what=what)
            cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                key = game.key(cells.get("group", "")), normalize("NFKC", cells.get("round", ""))
                documents.setdefault(key, []).append(_row(cells, str(path), reader.line_num))
    except csv.Error as error:
        what = Sentence("sheet_csv", reason=translated(str(error), CSV_ZH))
        raise InputError("at", place=f"{path}:{reader.line_num}", what=what) from None
    return [_document(key, rows) for key, rows in documents.items()]


def _heads(row: list[str], place: str) -> list[str]:
    """Return what the columns of a CSV file hold, empty for those without a head."""
    known = {plain(each): head for head, chinese in HEADS.items() for each in (head, chinese)}
    for head in filter(str.strip, row):
        if plain(head) not in known:
            allowed = list(HEADS) if head.isascii() else list(HEADS.values())
            what = Sentence("found", found=short(head), allowed=listed(allowed), nearest=nearest(head, allowed))
            raise InputError("at", place=place, what=what)
    names = [known.get(plain(head), "") for head in row]
    for head, chinese in HEADS.items():
        if names.count(head) > 1 or (head != "why" and head not in names):
            both = [f"{each} / {HEADS[each]}" for each in HEADS]
            what = Sentence("sheet_head", head=f"{head} / {chinese}", allowed=listed(both))
            raise InputError("at", place=place, what=what)
    return names


def _row(cells: dict[str, str], source: str, line: int) -> Located:
    kept = {head: cells.get(head, "") for head in ("lever", "level", "why")}
    values: dict[str, Any] = {**kept, "level": _number(kept["level"])}
    return Located({head: Located(value, source, line) for head, value in values.items()}, source, line)


def _document(key: tuple[str, str], rows: list[Located]) -> Located:
    source, line = rows[0].source, rows[0].line
    group, round_ = key
    number = int(round_) if round_.isascii() and round_.isdigit() and len(round_) < 3 else round_
    parts = {"group": group, "round": number, "decisions": rows}
    return Located({name: Located(value, source, line) for name, value in parts.items()}, source, line)


def _number(text: str) -> float | str:
    try:
        return float(normalize("NFKC", text))
    except ValueError:
        return text


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError("unreadable", path=path, reason=reason(error)) from None
    if len(raw) > MAX_BYTES:
        raise InputError("too_large", path=path, size=len(raw), most=MAX_BYTES)
    try:
        text = re.sub(r"\r\n?", "\n", raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("csv_not_utf8", path=path) from None
    if unprintable := UNPRINTABLE.search(text):
        place, found = f"{path}:{text[: unprintable.start()].count(chr(10)) + 1}", f"U+{ord(unprintable[0]):04X}"
        raise InputError("unprintable", place=place, path=Sentence("the_file"), found=found)
    return text
