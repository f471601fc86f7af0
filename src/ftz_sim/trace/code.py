"""What the code itself says: claims and equations of docstrings, levers that rules read, tests that name things."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.model.specification import TABLES, Columns, listed, specification
from ftz_sim.model.specification import columns as listed_columns
from ftz_sim.scenario.files import compose, read_scenario, scenario_names
from ftz_sim.seeds.cards import CLAIM
from ftz_sim.text.mechanisms import INPUTS_ZH, PURPOSES_ZH

__all__ = ["TABLES", "Columns", "listed", "specification"]

PACKAGE = Path(__file__).parents[1]
REPOSITORY = PACKAGE.parents[1]
INITIAL = (
    "initial_state",
    "initial_firms",
    "initial_places",
    "initial_nation",
)  # modules that set up the world of 2013
# files of equations beside a mechanism's own, under ``model``: there its parameters are called p, too
HELPERS = {
    "policy": ("delimiting.py", "pilots.py"), "coordination": ("bargain/*.py",), "markets": ("markets/*.py",),
    "firm_turnover": ("mechanisms/industrial_upgrading.py", "turnover/*.py"),
    "initial_state": tuple(f"{name}.py" for name in INITIAL),
}  # fmt: skip


def purpose(mechanism: str, lang: str = "en") -> str:
    """Return what a mechanism does in one sentence: the first line of its docstring without its name, or in Chinese."""
    if lang == "zh":
        return PURPOSES_ZH[mechanism]
    sentence = specification(mechanism).splitlines()[0].partition(": ")[2]
    return sentence[0].upper() + sentence[1:]


def equations(mechanism: str) -> str:
    """Return the indented blocks of a mechanism's docstring: its equations and their symbols."""
    blocks = specification(mechanism).split("\nClaims:")[0].split("\n\n")
    return "\n\n".join(block for block in blocks if all(line.startswith("    ") for line in block.splitlines()))


def columns(mechanism: str, lang: str = "en") -> Columns:
    """Return the columns that a mechanism's docstring lists, with what is no column in the reader's language."""
    words = INPUTS_ZH if lang == "zh" else {}
    lists = (text.split("; ") for text in listed_columns(mechanism))
    return Columns(*("; ".join(words.get(name, name) for name in names) for names in lists))


def docstring_claims(mechanism: str) -> tuple[str, ...]:
    """Return the claims that a mechanism's docstring lists."""
    found = re.search(r"^Claims:(.*?)^Reads:", specification(mechanism), re.DOTALL | re.MULTILINE)
    return tuple(re.findall(CLAIM, found[1])) if found else ()


@cache
def levers_read(mechanism: str) -> tuple[str, ...]:
    """Return the levers that a mechanism's code reads, as ``levers.name`` or by their name in a text."""
    tree = ast.parse(inspect.getsource(SCHEDULE[mechanism]))
    found = {
        node.attr if isinstance(node, ast.Attribute) else node.value
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "levers")
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    }
    return tuple(name for name in CATALOGUE if name in found)


def readers(lever: str) -> tuple[str, ...]:
    """Return the mechanisms that read a lever, in the order of the schedule."""
    return tuple(name for name in SCHEDULE if lever in levers_read(name))


def uses(mechanism: str, parameter: str) -> tuple[str, ...]:
    """Return the functions that read a parameter, as ``file: function``."""
    own = PACKAGE / "model" / "mechanisms" / f"{mechanism}.py"
    modules = [PACKAGE / "model" / f"{name}.py" for name in INITIAL]
    modules = [own, *_own(mechanism), *modules] if mechanism in SCHEDULE else modules
    return tuple(
        f"{path.relative_to(PACKAGE)}: {function}"
        for path in modules
        for function in _functions_with(
            path, parameter, {mechanism, *(("p", "self") if path in (own, *_own(mechanism)) else ())}
        )
    )


def _own(mechanism: str) -> tuple[Path, ...]:
    """Return the files beside ``mechanisms`` in which parameters of a mechanism are called p."""
    return tuple(path for name in HELPERS.get(mechanism, ()) for path in sorted((PACKAGE / "model").glob(name)))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions_with(path: Path, attribute: str, records: set[str]) -> Iterator[str]:
    for name, function in _functions(_tree(path)):
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == attribute
                and ast.unparse(node.value).split(".")[-1] in records
            ):
                yield name
                break


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{inner.name}", inner) for inner in node.body if isinstance(inner, ast.FunctionDef)
            )


@cache
def pulled() -> dict[str, frozenset[str]]:
    """Return the levers that each shipped scenario pulls at some date."""
    return {name: frozenset(_levers(name)) for name in scenario_names()}


def _levers(scenario: str) -> Iterator[str]:
    steps = compose(read_scenario(scenario)).get("policy")
    for step in steps.plain() if steps else ():
        if step["level"] > 0:
            yield step["lever"]


def mechanism_test(mechanism: str) -> str:
    """Return the test file of a mechanism, which has its name."""
    return f"tests/mechanisms/test_{mechanism}.py"


@cache
def tests_naming(word: str) -> tuple[str, ...]:
    """Return the test files outside ``tests/mechanisms`` that name ``word``; none where there is no checkout."""
    folder = REPOSITORY / "tests"
    files = (path for path in sorted(folder.rglob("test_*.py")) if path.parent.name != "mechanisms")
    whole = re.compile(rf"\b{re.escape(word)}\b")
    return tuple(
        path.relative_to(REPOSITORY).as_posix() for path in files if whole.search(path.read_text(encoding="utf-8"))
    )
