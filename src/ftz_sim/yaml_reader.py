"""YAML 1.2 with a memory: every value knows the file and line that it came from.

Only plain data are read: mappings with text keys, lists, texts, numbers, true and false. Duplicate keys,
anchors and aliases (with which a small file can unfold into a huge one), tags, dates, several documents in
one file, very deep nesting, files above a megabyte and files that are no UTF-8 text are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ftz_sim.errors import InputError

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Located:
    """A value (dict and list hold further located values) and where it stands."""

    value: Any
    source: str
    line: int

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
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None


@lru_cache(maxsize=64)
def _read_file(path: Path, _changed: int, size: int) -> Located:
    if size > MAX_BYTES:
        raise InputError(f"{path}: {size:,} bytes; a scenario has at most {MAX_BYTES:,}")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: no UTF-8 text; is this a YAML file?") from None
    return read_text(text, str(path))


def read_text(text: str, source: str) -> Located:
    """Read YAML text that came from ``source``; it must hold one mapping or, for overrides, any value."""
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text)
        if node is None:
            raise InputError(f"{source}: empty; it needs at least a name")
        return _Builder(yaml, source).build(node, "the file", 0)
    except RecursionError:
        raise InputError(f"{source}: nested too deeply; at most {MAX_DEPTH} levels are allowed") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        what = error.problem or error.context or "no YAML"
        raise InputError(f"{source}{line}: cannot be read as YAML ({what})") from None
    except (YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{source}: cannot be read as YAML ({reason})") from None


class _Builder:
    """Turns YAML nodes into located values, and refuses what is not plain data."""

    def __init__(self, yaml: YAML, source: str) -> None:
        self.yaml, self.source = yaml, source
        self.seen: set[int] = set()

    def build(self, node: Node, path: str, depth: int, line: int | None = None) -> Located:
        line = line or node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise self.error(line, f"nested too deeply; at most {MAX_DEPTH} levels are allowed")
        if id(node) in self.seen:
            raise self.error(node.start_mark.line + 1, "anchors and aliases (& and *) are not allowed")
        self.seen.add(id(node))
        tag = str(node.tag).removeprefix(_TAG)
        if isinstance(node, MappingNode) and tag == "map":
            return Located(self.mapping(node, path, depth), self.source, line)
        if isinstance(node, SequenceNode) and tag == "seq":
            items = [self.build(n, f"{path}[{i}]", depth + 1) for i, n in enumerate(node.value)]
            return Located(items, self.source, line)
        if isinstance(node, ScalarNode) and tag in ("str", "int", "float", "bool", "null"):
            value = str(node.value) if tag == "str" else self.yaml.constructor.construct_object(node)
            return Located(value, self.source, line)
        kind = "a date" if tag == "timestamp" else f"the tag {node.tag}"
        raise self.error(line, f"{path}: found {kind}; allowed are texts, numbers, true, false, lists, mappings")

    def mapping(self, node: MappingNode, path: str, depth: int) -> dict[str, Located]:
        out: dict[str, Located] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode) or str(key.tag) != _TAG + "str":
                raise self.error(line, f"{path}: the key {key.value!s:.40} must be a text")
            if key.value in out:
                first = out[key.value].line
                raise self.error(line, f"{path}: duplicate key {key.value!r}; it is set in line {first} already")
            out[key.value] = self.build(value, key.value, depth + 1, line)
        return out

    def error(self, line: int, message: str) -> InputError:
        return InputError(f"{self.source}:{line}: {message}")


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
