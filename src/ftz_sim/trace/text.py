"""A trace as text, in English and Chinese."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from ftz_sim.levers import CATALOGUE
from ftz_sim.parameters import all_cards
from ftz_sim.params import Card
from ftz_sim.seeds import Claim, Place, claims, documents
from ftz_sim.trace.code import equations, purpose
from ftz_sim.trace.links import Names, Trace, claims_with, indicators, parameter_uses
from ftz_sim.words import say

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
    },
    "zh": {
        "claim": "论断", "mechanism": "机制", "lever": "政策工具", "parameter": "参数", "indicator": "指标",
        "claims": "论断", "mechanisms": "机制", "levers": "政策工具", "parameters": "参数",
        "indicators": "指标", "scenarios": "使用这些工具的情景", "tests": "测试", "used": "使用处",
        "claims of its mechanism": "所属机制的论断",
        "shocks": "冲击", "targets": "验证目标", "data": "数据表", "stated": "写入的情景",
        "left out": "未建模", "none": "没有论断提到它", "places": "出处",
    },
}  # fmt: skip
KINDS = {
    "mechanism": "机理", "instrument": "工具", "problem": "问题", "target": "目标", "fact": "事实", "example": "案例",
    "extension": "模型扩展",
}  # fmt: skip
NATION = {"en": {"zone": "zone", "pair": "pair of zones", "nation": "nation"},
          "zh": {"zone": "试验区", "pair": "区际", "nation": "全国"}}  # fmt: skip


def lines(trace: Trace, lang: str = "en") -> Iterator[str]:
    """Yield the lines of a trace: what the name is, and everything that hangs together with it."""
    heads = HEADS[lang]
    yield f"{heads[trace.kind]} {trace.name}{_label(trace, lang)}"
    claim = claims()[trace.name] if trace.kind == "claim" else None
    if claim:
        yield from _statement(claim, lang)
    else:
        own = trace.kind != "parameter" or claims_with("parameters", trace.name)
        head = heads["claims" if own else "claims of its mechanism"]
        yield from _list(head, [statement(claims()[name], lang) for name in trace.claims] or [heads["none"]])
    yield from _list(heads["mechanisms"], [_mechanism(name, lang) for name in trace.mechanisms])
    for name in _explained(trace, claim):
        yield from ("", f"  [{name}]", equations(name))
    yield from _list(heads["levers"], [_lever(name, lang) for name in trace.levers])
    yield from _list(heads["indicators"], [_indicator(name, lang) for name in trace.indicators])
    yield from _list(heads["parameters"], [_parameter(name) for name in trace.parameters])
    if trace.kind == "parameter":
        yield from _list(heads["used"], list(parameter_uses(trace.name)))
    if claim:
        yield from _rest(claim, lang)
    yield from _list(heads["scenarios"], [_scenario(trace, name) for name in trace.scenarios])
    yield from _list(heads["tests"], list(trace.tests))


def statement(claim: Claim, lang: str) -> str:
    """Return a claim in one line: id, Chinese term, statement, places."""
    return f"{claim.id} {claim.term}: {claim.statement(lang)} ({'; '.join(map(str, claim.places)) or claim.home})"


def _label(trace: Trace, lang: str) -> str:
    if trace.kind == "claim":
        claim = claims()[trace.name]
        kinds = claim.kinds if lang == "en" else tuple(KINDS[kind] for kind in claim.kinds)
        return f" {claim.term} ({', '.join(kinds)})"
    words: dict[str, str] = {
        "mechanism": purpose(trace.name) if trace.kind == "mechanism" else "",
        "lever": _words(CATALOGUE.get(trace.name), lang),
        "parameter": all_cards()[trace.name].meaning if trace.kind == "parameter" else "",
        "indicator": indicators().get(trace.name, ("", ""))[lang == "zh"],
    }
    return f": {words[trace.kind]}"


def _explained(trace: Trace, claim: Claim | None) -> Names:
    # mechanisms whose equations are printed: those that the claim's card names, or else that read its levers
    if claim:
        return claim.carried_by.mechanisms or trace.mechanisms
    return trace.mechanisms if trace.kind == "mechanism" else ()


def _words(record: Any, lang: str) -> str:
    return str(getattr(record, lang)) if record else ""


def _statement(claim: Claim, lang: str) -> Iterator[str]:
    yield from textwrap.wrap(claim.statement(lang), WIDTH if lang == "en" else WIDTH // 2)
    yield from _list(HEADS[lang]["places"], [_place(place, lang) for place in claim.places] or [claim.home])


def _place(place: Place, lang: str) -> str:
    document = documents()[place.document]
    year = f" {document.year}" if document.year else ""
    return f"{place}: {getattr(document.authors, lang)}{year}, {getattr(document.title, lang)}"


def _rest(claim: Claim, lang: str) -> Iterator[str]:
    heads, carried = HEADS[lang], claim.carried_by
    for kind, head in (("shocks", "shocks"), ("targets", "targets"), ("data", "data"), ("scenarios", "stated")):
        yield from _list(heads[head], list(getattr(carried, kind)))
    if carried.not_modelled:
        yield from _list(heads["left out"], [getattr(carried.not_modelled, lang)])


def _mechanism(name: str, lang: str) -> str:
    short = f" ({say(f'mechanism.{name}', 'zh')})" if lang == "zh" else ""
    return f"{name}{short}: {purpose(name)}"


def _lever(name: str, lang: str) -> str:
    lever = CATALOGUE[name]
    return f"{name}: {getattr(lever, lang)} ({NATION[lang][lever.scope]})"


def _indicator(name: str, lang: str) -> str:
    return f"{name}: {indicators()[name][lang == 'zh']}"


def _parameter(full: str) -> str:
    card = all_cards()[full]
    return f"{full} = {number(card.default)} [{card.unit}; {_range(card)}{card.grade}, {card.source}] {card.meaning}"


def _range(card: Card) -> str:
    return "" if card.low is None else f"{number(card.low)} to {number(card.high)}; "


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
