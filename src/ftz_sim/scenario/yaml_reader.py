"""YAML 1.2 that keeps positions: every value knows the file and line that it came from.

Only plain data are read: mappings with text keys, lists, texts, numbers, true and false. Duplicate keys,
anchors and aliases (with which a small file can unfold into a huge one), tags, dates, several documents in
one file, very deep nesting, files above a megabyte and files that are no UTF-8 text are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ftz_sim.errors import UNPRINTABLE, InputError, Sentence, Words, reason, short, translated
from ftz_sim.text.errors import YAML_ZH

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_DIGITS = 100  # of a whole number; a float has room for three times as many
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Located:
    """A value (dict and list hold further located values) and where it stands."""

    value: Any
    source: str
    line: int
    written: str = ""  # a number or truth as it stands in the file: 1e3, 010

    @property
    def place(self) -> str:
        """``file:line``; a source without lines (line 0) is only named."""
        return f"{self.source}:{self.line}" if self.line else self.source

    def plain(self) -> Any:
        """Return the bare data; lists become tuples."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return tuple(child.plain() for child in self.value)
        return self.value

    def get(self, key: str) -> Located | None:
        """Return the value under ``key``, if this is a mapping that has it."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def without(self, *keys: str) -> Located:
        """Return the same mapping without ``keys``."""
        kept = {key: child for key, child in self.value.items() if key not in keys}
        return Located(kept, self.source, self.line)


def read_file(path: Path) -> Located:
    """Read one file; raise InputError for whatever is wrong with it. A file is parsed once while unchanged."""
    try:
        status = path.stat()
        return _read_file(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise InputError("unreadable", path=path, reason=reason(error)) from None
    except InputError:
        raise
    except ValueError as error:  # a path that no system could have
        raise InputError("unreadable", path=path, reason=str(error)) from None


def is_there(path: Path) -> bool:
    """Tell whether there is a file or folder; what cannot be looked at, such as a name too long, is not."""
    try:
        return path.exists()
    except OSError:
        return False


@lru_cache(maxsize=64)
def _read_file(path: Path, _changed: int, size: int) -> Located:
    if size > MAX_BYTES:
        raise InputError("too_large", path=path, size=size, most=MAX_BYTES)
    with path.open("rb") as file:  # a device may have no end
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise InputError("too_large", path=path, size=len(raw), most=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError("not_utf8", place=f"{path}:{line}") from None
    return read_text(text, str(path))


def read_text(text: str, source: str) -> Located:
    """Read YAML text that came from ``source``; it must hold one mapping or, for overrides, any value."""
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # all are refused
    _refuse_directives(text, source)
    try:
        node = yaml.compose(text)
        if node is None:
            raise InputError("empty", path=source)
        return _Builder(yaml, source).build(node, Sentence("the_file"), 0)
    except RecursionError:
        raise InputError("too_deep", place=source, most=MAX_DEPTH) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        what = error.problem or error.context or "no YAML"
        raise _no_yaml(f"{source}{line}", what, text) from None
    except InputError:
        raise
    except (YAMLError, ValueError) as error:
        before = text[: getattr(error, "position", 0)]
        raise _no_yaml(f"{source}:{before.count(chr(10)) + 1}", str(error).splitlines()[0], text) from None


def _refuse_directives(text: str, source: str) -> None:
    """Refuse ``%YAML`` and ``%TAG``, which would give numbers and tags other meanings."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("%"):
            raise InputError("directive", place=f"{source}:{number}", found=short(line))
        if line.strip() not in ("", "...") and not line.lstrip().startswith("#"):
            break


def _no_yaml(place: str, problem: str, text: str) -> InputError:
    return InputError("no_yaml", place=place, reason=translated(problem, YAML_ZH), hint=colon_hint(text))


def colon_hint(text: object) -> Words:
    """Return a hint if ``text`` has a key with the wide colon of Chinese typing."""
    return Sentence("wide_colon") if re.search(r"^[ \t{-]*\w+：", str(text), re.MULTILINE) else ""


class _Builder:
    """Turns YAML nodes into located values, and refuses what is not plain data."""

    def __init__(self, yaml: YAML, source: str) -> None:
        self.yaml, self.source = yaml, source
        self.seen: set[int] = set()

    def build(self, node: Node, path: Words, depth: int, line: int | None = None) -> Located:
        line = line or node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise self.error("too_deep", line, most=MAX_DEPTH)
        if node.anchor is not None or id(node) in self.seen:
            raise self.error("anchors", node.start_mark.line + 1)
        self.seen.add(id(node))
        tag = str(node.tag).removeprefix(_TAG)
        if isinstance(node, MappingNode) and tag == "map":
            return Located(self.mapping(node, path, depth), self.source, line)
        if isinstance(node, SequenceNode) and tag == "seq":
            items = [self.build(n, f"{path}[{i}]", depth + 1) for i, n in enumerate(node.value)]
            return Located(items, self.source, line)
        if isinstance(node, ScalarNode) and tag in ("str", "int", "float", "bool", "null"):
            return Located(self.scalar(node, tag, path, line), self.source, line, str(node.value))
        found = Sentence("a_date") if tag == "timestamp" else Sentence("a_tag", tag=node.tag)
        raise self.error("not_plain", line, path=path, found=found)

    def scalar(self, node: ScalarNode, tag: str, path: Words, line: int) -> Any:
        if tag == "str":
            return self.text(str(node.value), path, line)
        if tag == "int" and len(node.value) > MAX_DIGITS:
            raise self.error("long_number", line, path=path, found=short(node.value), most=MAX_DIGITS)
        try:
            return self.yaml.constructor.construct_object(node)
        except (ValueError, LookupError):  # such as !!int x and !!bool maybe
            what = Sentence("wrong_tag", found=short(str(node.value)), tag=tag)
            raise self.error("no_yaml", line, reason=what, hint="") from None

    def text(self, text: str, path: Words, line: int) -> str:
        if unprintable := UNPRINTABLE.search(text):
            raise self.error("unprintable", line, path=path, found=f"U+{ord(unprintable[0]):04X}")
        return text

    def mapping(self, node: MappingNode, path: Words, depth: int) -> dict[str, Located]:
        out: dict[str, Located] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode) or str(key.tag) != _TAG + "str":
                raise self.error("key_text", line, path=path, found=str(key.value))
            name = self.text(str(key.value), path, line)
            if name in out:
                raise self.error("duplicate", line, path=path, found=name, first=out[name].line)
            out[name] = self.build(value, name, depth + 1, line)
        return out

    def error(self, key: str, line: int, **values: object) -> InputError:
        return InputError(key, place=f"{self.source}:{line}", **values)


def merge(under: Located, over: Located, join: tuple[str, ...] = ()) -> Located:
    """Lay ``over`` on ``under``: mappings merge, lists under the keys ``join`` are chained, the rest replaces."""
    if not (isinstance(under.value, dict) and isinstance(over.value, dict)):
        return over
    out = dict(under.value)
    for key, child in over.value.items():
        below = out.get(key)
        if below is None:
            out[key] = child
        elif key in join and isinstance(below.value, list) and isinstance(child.value, list):
            out[key] = Located(below.value + child.value, child.source, child.line)
        else:
            out[key] = merge(below, child)
    return Located(out, over.source, over.line)
