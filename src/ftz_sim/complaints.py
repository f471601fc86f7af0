"""Turns what pydantic found wrong into sentences with file, line, key, what was found and what is allowed."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ftz_sim.errors import listed, nearest, short
from ftz_sim.yaml_reader import Located

MOST = 10
TYPES = {
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "string_type": "a text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
}


def complaints(error: ValidationError, document: Located, record: type[BaseModel], merged: tuple[str, ...] = ()) -> str:
    """Return one line for each thing that is wrong (the first ten).

    ``merged`` names the keys of a file that are gone once files are merged, so that ``record`` has no field for them.
    """
    errors = error.errors(include_url=False)
    lines = [_complaint(one, document, record, merged) for one in errors[:MOST]]
    more = [f"... and {len(errors) - MOST} more"] if len(errors) > MOST else []
    return "\n".join(lines + more)


def _complaint(error: ErrorDetails, document: Located, record: type[BaseModel], merged: tuple[str, ...]) -> str:
    loc, kind, context = error["loc"], error["type"], error.get("ctx", {})
    if kind == "value_error":
        return _own_words(str(context["error"]), loc, document)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        loc = (*loc, "kind")
    where, path = _locate(document, loc)
    head = f"{where.place}: {path}: " if path else f"{where.place}: "
    if kind == "extra_forbidden":
        owner = _record_at(record, loc[:-1])
        names = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
        names += merged if owner is record else ()
        return f"{head}unknown key {str(loc[-1])!r}; allowed: {listed(names)}{nearest(loc[-1], names)}"
    if kind in ("missing", "union_tag_not_found"):
        return f"{head}the key {str(loc[-1])!r} is missing"
    found = where.plain() if kind == "union_tag_invalid" else error["input"]
    names = re.findall(r"'([^']+)'", context.get("expected", context.get("expected_tags", "")))
    if names:
        return f"{head}found {short(found)}; allowed: {listed(names)}{nearest(found, names)}"
    return f"{head}found {short(found)}; allowed: {_allowed(error, record)}"


def _own_words(sentence: str, loc: tuple[int | str, ...], document: Located) -> str:
    """Complain in the words of our own validators, whose text may begin with the key that it is about."""
    key, colon, rest = sentence.partition(": ")
    owner, _ = _locate(document, loc)
    if colon and owner.get(key) is not None:
        loc, sentence = (*loc, key), rest
    where, path = _locate(document, loc)
    return f"{where.place}: {path}: {sentence}" if path else f"{where.place}: {sentence}"


def _allowed(error: ErrorDetails, record: type[BaseModel]) -> str:
    field = _field_at(record, error["loc"])
    limits = field.metadata if field else ()
    bounds = {end: getattr(limit, end) for limit in limits for end in ("ge", "le") if hasattr(limit, end)}
    what = TYPES.get(error["type"], "")
    if len(bounds) == 2:
        whole = field is not None and field.annotation is int
        what = f"a {'whole ' if whole else ''}number from {bounds['ge']:,} to {bounds['le']:,}"
    note = f" ({field.description})" if field and field.description else ""
    return (what or error["msg"].replace("Input should", "it should").replace("Tuple", "the list")) + note


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


def _record_at(record: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Return the record whose keys stand at ``loc``."""
    found = [record]
    for part in loc:
        if isinstance(part, int):
            continue
        if len(found) > 1:
            found = [r for r in found if part in get_args(r.model_fields["kind"].annotation)]
            continue
        field = _field(found[0], part) if found else None
        found = list(_records_in(field.annotation)) if field else []
    return found[0] if len(found) == 1 else None


def _field_at(record: type[BaseModel], loc: tuple[int | str, ...]) -> FieldInfo | None:
    last = max((i for i, part in enumerate(loc) if isinstance(part, str)), default=-1)
    owner = _record_at(record, loc[:last]) if last >= 0 else None
    return _field(owner, loc[last]) if owner else None


def _field(record: type[BaseModel], key: int | str) -> FieldInfo | None:
    return next((f for name, f in record.model_fields.items() if key == (f.alias or name)), None)


def _records_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [record for inner in get_args(annotation) for record in _records_in(inner)]
