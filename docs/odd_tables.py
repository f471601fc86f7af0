"""Tables and equations of `odd.md`, taken from the code, the packaged figures and the scenarios."""

from __future__ import annotations

import csv
import inspect
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ftz_sim.model import columns
from ftz_sim.model.clock import Quarter
from ftz_sim.model.initial_state import InitialState
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import ModelParameters, all_cards
from ftz_sim.model.params import cards
from ftz_sim.model.published import load_figures
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.scenario.files import scenario_names
from ftz_sim.scenario.policy_path import PolicyPath, compile_policy
from ftz_sim.scenario.scenario import Mechanisms, Scenario
from ftz_sim.trace import code
from ftz_sim.trace.text import number
from ftz_sim.validation.targets import shipped

HERE = Path(__file__).parent
PACKAGE = Path(inspect.getfile(columns)).parents[1]
STRATEGIES = ("history", "single_ftz", "cross_zone", "ftz_fta", "integrated")
FORK, END = Quarter(2025, 1).index, Quarter(2035, 4).index
LEVELS = (("history", FORK - 1), *((name, END) for name in STRATEGIES[1:]))
STATE = (columns.Firms, columns.Regions, columns.Pairs, columns.Zones, columns.Partners, columns.Nation, columns.Base)


def page(parameter_table: Callable[[list[Any]], str], row: Callable[..., str]) -> str:
    """Return the ODD page: the template, with its tables filled in."""
    world = Environment(
        loader=FileSystemLoader(HERE), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    template = world.get_template("odd.template.md")
    return template.render(
        value=_value,
        grades=_grades(),
        zones=len(load_figures().zones.iso),
        levers=len(CATALOGUE),
        data=lambda name, *columns: _data(row, name, columns),
        state=_state(row),
        schedule=_schedule(row),
        lever_table=_levers(row),
        scenarios=_scenarios(row),
        streams=_streams(row),
        patterns=_patterns(row),
        files=_files(),
        submodels=_submodels(parameter_table),
        initial=parameter_table(list(cards(InitialState))),
        always=_names(name for name in SCHEDULE if not _can_be_off(name)),
        drawing=_names(name for name in SCHEDULE if "draws" in code.columns(name).reads),
    )


def _table(heads: str, rows: Iterable[str]) -> str:
    return "\n".join([heads, "|---" * (heads.count("|") - 1) + "|", *rows])


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _value(full: str) -> str:
    """Return a parameter's value, so that prose follows the code."""
    return number(all_cards()[full].default)


def _grades() -> dict[str, int]:
    every = [card.grade for card in all_cards().values()]
    return {grade: every.count(grade) for grade in "DLCA"}


def _state(row: Callable[..., str]) -> str:
    parts = []
    for table in STATE:
        lines = inspect.getsource(table).splitlines()
        told = (inspect.getdoc(table) or "").splitlines()[0]
        fields = (re.match(r"    (\w+): (\w+)[^#]*(?:# (.*))?$", line) for line in lines)
        rows = [row(f"`{f[1]}`", KINDS.get(f[2], f[2]), f[3] or "") for f in fields if f]
        parts += [f"**{table.__name__.lower()}** ({len(rows)}): {told}\n"]
        parts += [_table("| column | type | meaning and unit |", rows), ""]
    return "\n".join(parts)


def _data(row: Callable[..., str], name: str, columns: Iterable[str]) -> str:
    """Return some columns of a packaged table."""
    with (PACKAGE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row(*(each[column] for column in columns)) for each in csv.DictReader(lines)]
    return _table(row(*columns), rows)


KINDS = {
    "Column": "float64", "Single": "float32", "Small": "int8", "Short": "int16", "Index": "integer", "Flag": "bool",
    "float": "number", "int": "integer",
}  # fmt: skip


def _schedule(row: Callable[..., str]) -> str:
    rows = [
        row(i, f"`{name}`", code.purpose(name), *code.columns(name), "yes" if _can_be_off(name) else "no")
        for i, name in enumerate(SCHEDULE, 1)
    ]
    return _table("| no. | submodel | what it does | reads | writes | can be off |", rows)


def _can_be_off(name: str) -> bool:
    try:
        Mechanisms.model_validate({name: False})
    except ValueError:
        return False
    return True


def _levers(row: Callable[..., str]) -> str:
    paths = {name: _policy(Scenario.load(name)) for name in STRATEGIES}
    rows = [
        row(f"`{n}`", v.scope, v.en, v.zh, *(_level(paths[name], n, t) for name, t in LEVELS),
            ", ".join(code.readers(n)))
        for n, v in CATALOGUE.items()
    ]  # fmt: skip
    heads = (f"{name} {Quarter.at(t)}" for name, t in LEVELS)
    return _table(row("lever", "acts on", "English", "中文", *heads, "read by"), rows)


def _policy(spec: Scenario) -> PolicyPath:
    return compile_policy(spec.policy, load_figures().zones.opening_quarter, END + 1)


def _level(path: PolicyPath, lever: str, quarter: int) -> str:
    """Return the level of a lever in a quarter: of the nation, or of zones (lowest to highest if they differ)."""
    levels = path.level(lever)[quarter]
    return " to ".join(dict.fromkeys(number(float(value)) for value in (levels.min(), levels.max())))


def _scenarios(row: Callable[..., str]) -> str:
    specs = [Scenario.load(name) for name in scenario_names()]
    return _table(
        "| scenario | 中文 | why |", [row(f"`{s.name}`", s.title.zh, " ".join(s.why.en.split())) for s in specs]
    )


def _streams(row: Callable[..., str]) -> str:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'model\.stream\("([\w/]+)"\)|Stream\(\w+, "([\w/]+)"', text):
            found[name[0] or name[1]] = path.stem
        if path.stem == "initial_firms":
            own = re.findall(r'\bstream\("(\w+)"\)|normal\("(\w+)"\)', text)
            found |= {f"initial_state/{a or b}": path.stem for a, b in own}
            found |= {f"initial_state/{a}": path.stem for a in re.findall(r'draw\("(\w+)"\)', text)}
    return _table("| stream | file |", [row(f"`{name}`", f"`{file}`") for name, file in sorted(found.items())])


def _patterns(row: Callable[..., str]) -> str:
    rows = [
        row(
            t.id,
            t.en,
            t.published,
            _span(t.low, t.high),
            t.unit,
            t.kind,
            t.status,
            t.expect,
            t.source,
        )
        for t in shipped()
    ]
    return _table("| target | what | published | counts as a match | unit | kind | status | expected | source |", rows)


def _span(low: float, high: float) -> str:
    if math.isinf(low) and math.isinf(high):
        return "any"
    if math.isinf(high):
        return f"{number(low)} or more"
    return f"{number(high)} or less" if math.isinf(low) else f"{number(low)} to {number(high)}"


def _files() -> str:
    lines = (PACKAGE / "data" / "SOURCES.md").read_text(encoding="utf-8").splitlines()
    return "\n".join(
        line for line in lines[: lines.index("## What becomes of the provincial figures")] if line[:1] == "|"
    )


def _submodels(parameter_table: Callable[[list[Any]], str]) -> str:
    parts = []
    for i, name in enumerate(SCHEDULE, 1):
        specification = code.specification(name).split("\nReads:")[0]
        _, _, rest = specification.partition("\n\n")
        body, _, claims = rest.partition("\nClaims:")
        parts += [f"### 7.{i} {name}\n", f"{code.purpose(name)}\n", "```text", body.strip("\n"), "```\n"]
        parts += [f"Claims: {' '.join(claims.split())}\n"]
        field = ModelParameters.model_fields.get(name)
        table = parameter_table(list(cards(field.annotation))) if field else ""  # type: ignore[arg-type]
        parts += [table] if table else []
    return "\n".join(parts)
