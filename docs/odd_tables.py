"""Tables of `odd.md` and `odd.zh.md`, taken from the code, the packaged figures and the scenarios."""

from __future__ import annotations

import csv
import inspect
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ftz_sim.model import columns
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import ModelParameters, all_cards
from ftz_sim.model.params import Card, cards
from ftz_sim.model.published import load_figures
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.scenario.files import scenario_names
from ftz_sim.scenario.policy_path import PolicyPath, compile_policy
from ftz_sim.scenario.scenario import Mechanisms, Scenario
from ftz_sim.text.words import Lang
from ftz_sim.trace import code
from ftz_sim.trace.text import number
from ftz_sim.validation.targets import shipped

HERE = Path(__file__).parent
PACKAGE = Path(inspect.getfile(columns)).parents[1]
STRATEGIES = ("history", "single_ftz", "cross_zone", "ftz_fta", "integrated")
FORK, END = Quarter(2025, 1).index, Quarter(2035, 4).index
LEVELS = (("history", FORK - 1), *((name, END) for name in STRATEGIES[1:]))
STATE = (columns.Firms, columns.Regions, columns.Pairs, columns.Zones, columns.Partners, columns.Nation, columns.Base)


def page(row: Callable[..., str], lang: Lang) -> str:
    """Return the ODD page: the template, with its tables filled in."""
    world = Environment(
        loader=FileSystemLoader(HERE), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    template = world.get_template("odd.template.md" if lang == "en" else f"odd.{lang}.template.md")
    return template.render(
        value=_value,
        grades=_grades(all_cards().values()),
        targets=len(shipped()),
        zones=len(load_figures().zones.iso),
        levers=len(CATALOGUE),
        data=lambda name, *columns: _data(row, name, columns),
        state=_state(row),
        schedule=_schedule(row, lang),
        lever_table=_levers(row, lang),
        scenarios=_scenarios(row, lang),
        streams=_streams(row, lang),
        files=_files(),
        submodels=_submodels(row, lang),
        always=_names((name for name in SCHEDULE if not _can_be_off(name)), lang),
        drawing=_names((name for name in SCHEDULE if "draws" in code.columns(name).reads), lang),
    )


def _table(heads: str, rows: Iterable[str]) -> str:
    return "\n".join([heads, "|---" * (heads.count("|") - 1) + "|", *rows])


def _names(names: Iterable[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(f"`{name}`" for name in names)


def _value(full: str) -> str:
    """Return a parameter's value, so that prose follows the code."""
    return number(all_cards()[full].default)


def _grades(of: Iterable[Card]) -> dict[str, int]:
    every = [card.grade for card in of]
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


HEADS = {
    "schedule": {
        "en": "| no. | submodel | what it does | reads | writes | can be off |",
        "zh": "| 序号 | 子模型 | 作用 | 读取 | 写入 | 可否关闭 |",
    },
    "levers": {
        "en": ("lever", "acts on", "English", "中文", "read by"),
        "zh": ("政策工具", "作用于", "英文", "中文", "读取者"),
    },
    "scenarios": {"en": "| scenario | 中文 | why |", "zh": "| 情景 | 中文 | 理由 |"},
    "streams": {"en": "| stream | file |", "zh": "| 随机数流 | 文件 |"},
    "submodels": {"en": "| submodel | parameters | claims |", "zh": "| 子模型 | 参数 | 论断 |"},
}
SAID = {"yes": "是", "no": "否"}


def _said(text: str, lang: Lang) -> str:
    return SAID[text] if lang == "zh" else text


def _schedule(row: Callable[..., str], lang: Lang) -> str:
    rows = [
        row(i, f"`{name}`", code.purpose(name, lang), *code.columns(name, lang),
            _said("yes" if _can_be_off(name) else "no", lang))
        for i, name in enumerate(SCHEDULE, 1)
    ]  # fmt: skip
    return _table(HEADS["schedule"][lang], rows)


def _can_be_off(name: str) -> bool:
    try:
        Mechanisms.model_validate({name: False})
    except ValueError:
        return False
    return True


def _levers(row: Callable[..., str], lang: Lang) -> str:
    paths = {name: _policy(Scenario.load(name)) for name in STRATEGIES}
    rows = [
        row(f"`{n}`", v.scope, v.en, v.zh, *(_level(paths[name], n, t) for name, t in LEVELS),
            _names(code.readers(n), lang))
        for n, v in CATALOGUE.items()
    ]  # fmt: skip
    heads = (f"{name} {Quarter.at(t)}" for name, t in LEVELS)
    *first, last = HEADS["levers"][lang]
    return _table(row(*first, *heads, last), rows)


def _policy(spec: Scenario) -> PolicyPath:
    return compile_policy(spec.policy, load_figures().zones.opening_quarter, END + 1)


def _level(path: PolicyPath, lever: str, quarter: int) -> str:
    """Return the level of a lever in a quarter: of the nation, or of zones (lowest to highest if they differ)."""
    levels = path.level(lever)[quarter]
    return " to ".join(dict.fromkeys(number(float(value)) for value in (levels.min(), levels.max())))


def _scenarios(row: Callable[..., str], lang: Lang) -> str:
    specs = [Scenario.load(name) for name in scenario_names()]
    rows = [row(f"`{s.name}`", s.title.zh, " ".join(getattr(s.why, lang).split())) for s in specs]
    return _table(HEADS["scenarios"][lang], rows)


def _streams(row: Callable[..., str], lang: Lang) -> str:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'model\.stream\("([\w/]+)"\)|Stream\(\w+, "([\w/]+)"', text):
            found[name[0] or name[1]] = path.stem
        if path.stem == "initial_firms":
            own = re.findall(r'\bstream\("(\w+)"\)|normal\("(\w+)"\)', text)
            found |= {f"initial_state/{a or b}": path.stem for a, b in own}
            found |= {f"initial_state/{a}": path.stem for a in re.findall(r'draw\("(\w+)"\)', text)}
    return _table(HEADS["streams"][lang], [row(f"`{name}`", f"`{file}`") for name, file in sorted(found.items())])


def _files() -> str:
    lines = (PACKAGE / "data" / "SOURCES.md").read_text(encoding="utf-8").splitlines()
    return "\n".join(
        line for line in lines[: lines.index("## What becomes of the provincial figures")] if line[:1] == "|"
    )


def _submodels(row: Callable[..., str], lang: Lang) -> str:
    rows = []
    for i, name in enumerate(SCHEDULE, 1):
        field = ModelParameters.model_fields.get(name)
        of = list(cards(field.annotation)) if field else []  # type: ignore[arg-type]
        graded = ", ".join(f"{count} {grade}" for grade, count in _grades(of).items() if count)
        link = f"[{len(of)}](parameters.md#{name}) ({graded})" if of else "0"
        rows.append(row(f"[{i}. {name}](mechanisms.md#{i}-{name})", link, ", ".join(code.docstring_claims(name))))
    return _table(HEADS["submodels"][lang], rows)
