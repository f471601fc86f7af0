"""A trace as text, in English and Chinese."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ftz_sim.indicators.formulas import DEFINITION, formula
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards, meaning, source, unit
from ftz_sim.model.params import Card
from ftz_sim.seeds import Claim, Place, claims, documents, sources
from ftz_sim.text.words import Lang, say
from ftz_sim.trace import verdicts
from ftz_sim.trace.code import columns, equations, purpose
from ftz_sim.trace.links import Names, Trace, claims_with, indicators, parameter_uses
from ftz_sim.validation.targets import shipped

WIDTH = 110
HEADS = {
    "en": {
        "claim": "claim", "mechanism": "mechanism", "lever": "lever", "parameter": "parameter",
        "indicator": "indicator",
        "claims": "claims", "mechanisms": "mechanisms", "levers": "levers", "parameters": "parameters",
        "indicators": "indicators", "scenarios": "scenarios that pull these levers", "tests": "tests",
        "used": "used in",
        "claims of its mechanism": "claims of its mechanism",
        "shocks": "shocks", "targets": "validation targets", "data": "packaged data",
        "stated": "written into scenarios",
        "left out": "left out", "none": "no claim names it", "places": "places",
        "formula": "formula", "unit": "unit", "direction": "direction", "source": "source",
        "own": "defined here",
        "found": "what taking it away showed (lever study)",
        "equations": "equations", "reads": "reads", "writes": "writes",
    },
    "zh": {
        "claim": "论断", "mechanism": "机制", "lever": "政策工具", "parameter": "参数", "indicator": "指标",
        "claims": "论断", "mechanisms": "机制", "levers": "政策工具", "parameters": "参数",
        "indicators": "指标", "scenarios": "使用这些工具的情景", "tests": "测试", "used": "使用处",
        "claims of its mechanism": "所属机制的论断",
        "shocks": "冲击", "targets": "验证目标", "data": "数据表", "stated": "写入的情景",
        "left out": "未建模", "none": "没有论断提到它", "places": "出处",
        "formula": "公式", "unit": "单位", "direction": "方向", "source": "来源", "own": "本模型定义",
        "found": "去掉后的测算结果（政策工具研究）",
        "equations": "公式（符号说明为英文）", "reads": "读取", "writes": "写入",
    },
}  # fmt: skip
KINDS = {
    "mechanism": "机理", "instrument": "工具", "problem": "问题", "target": "目标", "fact": "事实", "example": "案例",
    "extension": "模型扩展",
}  # fmt: skip
DIRECTIONS = {1: "better.higher", 0: "better.neither", -1: "better.lower"}
NATION = {"en": {"zone": "zone", "pair": "pair of zones", "nation": "nation"},
          "zh": {"zone": "试验区", "pair": "区际", "nation": "全国"}}  # fmt: skip


def lines(trace: Trace, lang: Lang = "en") -> Iterator[str]:
    """Yield the lines of a trace: what the name is, and everything that hangs together with it."""
    heads = HEADS[lang]
    yield f"{heads[trace.kind]} {trace.name}{_label(trace, lang)}"
    claim = claims()[trace.name] if trace.kind == "claim" else None
    if claim:
        yield from _statement(claim, lang)
    if trace.kind == "indicator":
        yield from _definition(trace.name, lang)
    if not claim:
        own = trace.kind != "parameter" or claims_with("parameters", trace.name)
        head = heads["claims" if own else "claims of its mechanism"]
        yield from _list(head, [statement(claims()[name], lang) for name in trace.claims] or [heads["none"]])
    found = list(verdicts.lines(verdicts.verdicts(trace.kind, trace.name), lang))
    if not found and trace.kind == "lever":
        found = [verdicts.NOT_STUDIED[lang]]
    yield from _list(heads["found"], found)
    others = [name for name in trace.mechanisms if name != trace.name]
    yield from _list(heads["mechanisms"], [_mechanism(name, lang) for name in others])
    for name in _explained(trace, claim):
        yield from ("", f"{name}, {heads['equations']}:", equations(name))
    if trace.kind == "mechanism":
        yield from _list(heads["reads"], [columns(trace.name, lang).reads])
        yield from _list(heads["writes"], [columns(trace.name, lang).writes])
    yield from _list(heads["levers"], [_lever(name, lang) for name in trace.levers if name != trace.name])
    measured = [name for name in trace.indicators if name != trace.name]
    yield from _list(heads["indicators"], [_indicator(name, lang) for name in measured])
    yield from _list(heads["parameters"], [_parameter(name, lang) for name in trace.parameters])
    if trace.kind == "parameter":
        yield from _list(heads["used"], list(parameter_uses(trace.name)))
    if claim:
        yield from _rest(claim, lang)
    yield from _list(heads["scenarios"], [_scenario(trace, name) for name in trace.scenarios])
    yield from _list(heads["tests"], list(trace.tests))


def statement(claim: Claim, lang: Lang) -> str:
    """Return a claim in one line: id, Chinese term, statement, places."""
    return f"{claim.id} {claim.term}: {claim.statement(lang)} ({'; '.join(map(str, claim.places)) or claim.home})"


def _label(trace: Trace, lang: Lang) -> str:
    if trace.kind == "claim":
        claim = claims()[trace.name]
        kinds = claim.kinds if lang == "en" else tuple(KINDS[kind] for kind in claim.kinds)
        return f" {claim.term} ({', '.join(kinds)})"
    if trace.kind == "mechanism":
        return f"{_short(trace.name, lang)}: {purpose(trace.name, lang)}"
    if trace.kind == "lever":
        return f": {_lever(trace.name, lang).partition(': ')[2]}"
    if trace.kind == "parameter":
        return f": {meaning(trace.name, lang)}"
    return f": {indicators()[trace.name].label(lang)}"


def _definition(name: str, lang: Lang) -> Iterator[str]:
    """Yield what an indicator means and how it is computed."""
    heads, variable = HEADS[lang], indicators()[name]
    told = formula(variable.level, name.rpartition(".")[2])
    yield f"  {variable.meaning(lang)}"
    yield from (f"  {heads[key]}: {value}" for key, value in (
        ("formula", told.formula),
        ("unit", variable.unit_in(lang)),
        ("direction", say(DIRECTIONS[variable.direction], lang)),
        ("source", origin(told.source, lang)),
    ))  # fmt: skip
    if name in NATIONAL:
        from ftz_sim.trace.grades import sentence  # plays a short run

        yield f"  {say('evidence.head', lang)}: {sentence(name, lang)}"


def origin(key: str, lang: Lang) -> str:
    """Say where an indicator's definition comes from: a reference, a rule, or nowhere but here."""
    if key in sources():
        return str(sources()[key])
    return HEADS[lang]["own"] if key == DEFINITION else f"{key}{_short(key, lang)}"


def _explained(trace: Trace, claim: Claim | None) -> Names:
    # mechanisms whose equations are printed: those that the claim's card names, or else that read its levers
    if claim:
        return claim.carried_by.mechanisms or trace.mechanisms
    return trace.mechanisms if trace.kind == "mechanism" else ()


def _statement(claim: Claim, lang: Lang) -> Iterator[str]:
    yield from textwrap.wrap(claim.statement(lang), WIDTH if lang == "en" else WIDTH // 2)
    yield from _list(HEADS[lang]["places"], [_place(place, lang) for place in claim.places] or [claim.home])


def _place(place: Place, lang: Lang) -> str:
    document = documents()[place.document]
    year = f" {document.year}" if document.year else ""
    return f"{place}: {getattr(document.authors, lang)}{year}, {getattr(document.title, lang)}"


def _rest(claim: Claim, lang: Lang) -> Iterator[str]:
    heads, carried = HEADS[lang], claim.carried_by
    known = {target.id: target.label(lang) for target in shipped()}
    yield from _list(heads["shocks"], list(carried.shocks))
    yield from _list(heads["targets"], [f"{name}: {known[name]}" for name in carried.targets])
    yield from _list(heads["data"], list(carried.data))
    yield from _list(heads["stated"], list(carried.scenarios))
    if carried.not_modelled:
        yield from _list(heads["left out"], [getattr(carried.not_modelled, lang)])


def _short(name: str, lang: Lang) -> str:
    return f" {say(f'mechanism.{name}', 'zh')}" if lang == "zh" else ""


def _mechanism(name: str, lang: Lang) -> str:
    return f"{name}{_short(name, lang)}: {purpose(name, lang)}"


def _lever(name: str, lang: Lang) -> str:
    lever = CATALOGUE[name]
    return f"{name}: {lever.zh if lang == 'zh' else lever.en} ({NATION[lang][lever.scope]})"


def _indicator(name: str, lang: Lang) -> str:
    return f"{name}: {indicators()[name].label(lang)}"


def _parameter(full: str, lang: Lang) -> str:
    card = all_cards()[full]
    facts = f"{unit(card, lang)}; {_range(card, lang)}{card.grade}, {source(card, lang)}"
    return f"{full} = {number(card.default)} [{facts}] {meaning(full, lang)}"


def _range(card: Card, lang: Lang) -> str:
    to = "至" if lang == "zh" else " to "
    return "" if card.low is None else f"{number(card.low)}{to}{number(card.high)}; "


def number(value: object) -> str:
    """Return a value, or the values of a tuple, with six digits at most."""
    if isinstance(value, tuple):
        return "(" + ", ".join(map(number, value)) + ")"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _scenario(trace: Trace, name: str) -> str:
    return name if len(trace.levers) == 1 else f"{name}: {', '.join(trace.scenarios[name])}"


def _list(head: str, items: list[str]) -> Iterator[str]:
    if items:
        yield from ("", f"{head}:")
        yield from (f"  {item}" for item in items)
