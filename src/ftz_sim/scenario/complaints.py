"""Turns what pydantic found wrong into sentences with file, line, key, what was found and what is allowed."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ftz_sim.errors import Both, InputError, Sentence, Words, listed, nearest, short
from ftz_sim.model import parameters
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.yaml_reader import Located
from ftz_sim.text.errors import NOTES_ZH

MOST = 10
LEVERS = "levers"  # what sweeps and designs call them
TYPES = {
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "finite",
    "int_type": "whole",
    "int_from_float": "whole",
    "int_parsing": "whole",
    "string_type": "text",
    "string_unicode": "text",
    "bool_type": "true_or_false",
    "tuple_type": "a_list",
    "model_type": "a_mapping",
    "model_attributes_type": "a_mapping",
    "dict_type": "a_mapping",
    "string_pattern_mismatch": "text",
}
BOUNDS = {
    "greater_than_equal": ("at_least", "ge"),
    "greater_than": ("above", "gt"),
    "less_than_equal": ("at_most", "le"),
    "less_than": ("below", "lt"),
    "too_short": ("at_least_entries", "min_length"),
    "too_long": ("at_most_entries", "max_length"),
}


def complaints(
    error: ValidationError, document: Located, record: type[BaseModel], merged: tuple[str, ...] = ()
) -> InputError:
    """Return an error with one line for each thing that is wrong (the first ten).

    ``merged`` names the keys of a file that are gone once files are merged, so that ``record`` has no field for them.
    """
    errors = _once(error.errors(include_url=False))
    lines = [_complaint(one, document, record, merged) for one in errors[:MOST]]
    more = [Sentence("more", n=len(errors) - MOST)] if len(errors) > MOST else []
    return InputError("lines", lines=lines + more)


def _once(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short where something in it is wrong: pydantic does not count such entries."""
    wrong = {one["loc"][:depth] for one in errors for depth in range(len(one["loc"]))}
    return [one for one in errors if one["type"] != "too_short" or one["loc"] not in wrong]


def _complaint(error: ErrorDetails, document: Located, record: type[BaseModel], merged: tuple[str, ...]) -> Sentence:
    loc, kind, context = error["loc"], error["type"], error.get("ctx", {})
    if kind == "value_error":
        return _own_words(context["error"], loc, document)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        loc = (*loc, "kind")
    where, path = _locate(document, loc)
    return _at(where, path, _what(error, loc, where, record, merged))


def _what(
    error: ErrorDetails, loc: tuple[int | str, ...], where: Located, record: type[BaseModel], merged: tuple[str, ...]
) -> Sentence:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        owners = _records_at(record, loc[:-1])
        names = [field.alias or name for owner in owners for name, field in owner.model_fields.items()]
        key, on_top = str(loc[-1]), len(loc) == 1
        names += merged if on_top else ()
        return _found("unknown_key", key, names, _where_it_goes(key, record) if on_top else "")
    if kind in ("missing", "union_tag_not_found"):
        return Sentence("missing", missing=str(loc[-1]), nearest="")
    found = where.plain() if kind == "union_tag_invalid" else error["input"]
    names = re.findall(r"'([^']+)'", context.get("expected", context.get("expected_tags", "")))
    if names:
        return _found("found", found, names)
    if kind in ("string_type", "model_type") and where.written and where.value is not None:
        return Sentence("found", found=where.written, allowed=_allowed(error, record, where.written), nearest="")
    counted = kind in ("too_short", "too_long") and isinstance(found, list | tuple) and len(found) > 0
    what = Sentence("a_list_of", n=len(found)) if counted else short(found)
    return Sentence("found", found=what, allowed=_allowed(error, record), nearest="")


def _found(key: str, found: object, names: list[str], elsewhere: Words = "") -> Sentence:
    return Sentence(key, found=short(found), allowed=listed(names), nearest=elsewhere or _nearest(found, names))


def _where_it_goes(key: str, record: type[BaseModel]) -> Words:
    """Say below which of a record's keys ``key`` may stand, if it may below any."""
    if "policy" in record.model_fields and (key in CATALOGUE or key == LEVERS):
        return Sentence("goes_in_steps")
    above = [
        field.alias or name
        for name, field in record.model_fields.items()
        if any(_field(inner, key) for inner in _records_in(field.annotation))
    ]
    return Sentence("goes_under", names=above) if above else ""


def _nearest(found: object, names: list[str]) -> Words:
    """Return the nearest of ``names``; where these are codes of provinces, by their names, too: Guizhou is GZ."""
    places = load_figures().provinces
    if not set(names) <= set(places.iso):
        return nearest(found, names)
    columns = places.iso, places.name_en, places.name_zh
    written = {text: code for column in columns for text, code in zip(column, places.iso, strict=True)}
    close = nearest(found, written)
    code = written[str(close.values["name"])] if isinstance(close, Sentence) else ""
    return Sentence("nearest", name=code) if code in names else ""


def _at(where: Located, path: str, what: Sentence) -> Sentence:
    return Sentence("at", place=f"{where.place}: {path}" if path else where.place, what=what)


def _own_words(error: InputError, loc: tuple[int | str, ...], document: Located) -> Sentence:
    """Complain in the words of our own validators, which may name the key that they are about."""
    owner, _ = _locate(document, loc)
    what: Any = error
    if error.key == "of_key" and owner.get(str(error.values["key"])) is not None:
        loc, what = (*loc, str(error.values["key"])), error.values["what"]
    return _at(*_locate(document, loc), what)


def _allowed(error: ErrorDetails, record: type[BaseModel], written: str = "") -> Words:
    """Say what is allowed; where that is a text, how what was ``written`` becomes one."""
    field = _field_at(record, error["loc"])
    limits = field.metadata if field else ()
    bounds = {end: getattr(limit, end) for limit in limits for end in ("ge", "le") if hasattr(limit, end)}
    what: Words = error["msg"]
    if error["type"] in TYPES:
        what = Sentence(TYPES[error["type"]])
    if error["type"] == "model_type":
        own = [getattr(each, "allowed", "a_mapping") for each in _records_at(record, error["loc"])]
        what = Sentence(*own[:1] or ["a_mapping"])
    if written and isinstance(what, Sentence) and what.key in ("text", "texts"):
        what = Sentence("in_quotes", what=what, quoted=repr(written))
    if error["type"] in BOUNDS:
        key, bound = BOUNDS[error["type"]]
        what = Sentence(key, n=error["ctx"][bound])
    if len(bounds) == 2:
        whole = field is not None and field.annotation is int
        what = Sentence("whole_between" if whole else "between", low=bounds["ge"], high=bounds["le"])
    if field is None or not field.description:
        return what
    return Sentence("noted", what=what, note=_meaning(field.description, error["loc"]))


def _meaning(description: str, loc: tuple[int | str, ...]) -> Both:
    chinese = NOTES_ZH.get(description, description)
    if loc[0] == "parameters":
        chinese = parameters.chinese(f"{loc[1]}.{loc[2]}") or chinese
    return Both(description, chinese)


def _locate(document: Located, loc: tuple[int | str, ...]) -> tuple[Located, str]:
    """Return the deepest value on the way to ``loc``, and the path as a user would write it."""
    here, path, lost = document, "", False
    for part in loc:
        if isinstance(part, int):
            items = here.value if isinstance(here.value, list) else []
            found = items[part] if part < len(items) else None
            # steps of the base and of packages come first in the merged list; a user counts those of the file
            before = sum(found is None or item.source == found.source for item in items[:part])
            path += f"[{before}]"
        else:
            found = here.get(part)
            kind = here.get("kind")
            if found is None and kind is not None and kind.value == part:
                continue  # pydantic names the kind of shock; the file has no such level
            path += f".{part}" if path else part
        lost = lost or found is None
        here = here if lost or found is None else found
    return here, path


def _records_at(record: type[BaseModel], loc: tuple[int | str, ...]) -> list[type[BaseModel]]:
    """Return the records whose keys may stand at ``loc``."""
    found = [record]
    for part in loc:
        if isinstance(part, int):
            continue
        kinds = [r.model_fields["kind"] for r in found if "kind" in r.model_fields]
        if len(found) > 1 and kinds:
            found = [r for r, kind in zip(found, kinds, strict=True) if part in get_args(kind.annotation)]
            continue
        fields = filter(None, (_field(r, part) for r in found))
        found = [inner for field in fields for inner in _records_in(field.annotation)]
    return found


def _field_at(record: type[BaseModel], loc: tuple[int | str, ...]) -> FieldInfo | None:
    last = max((i for i, part in enumerate(loc) if isinstance(part, str)), default=-1)
    owners = _records_at(record, loc[:last]) if last >= 0 else []
    return next(filter(None, (_field(owner, loc[last]) for owner in owners)), None)


def _field(record: type[BaseModel], key: int | str) -> FieldInfo | None:
    return next((f for name, f in record.model_fields.items() if key == (f.alias or name)), None)


def _records_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [record for inner in get_args(annotation) for record in _records_in(inner)]
