"""Lever steps and shocks as people read them; and what leaves the evidence or never acts, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from ftz_sim.indicators.shown import shown
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.published import load_figures
from ftz_sim.model.shocks import Shock, TechnologyShock
from ftz_sim.scenario import evidence, idle
from ftz_sim.scenario.further_areas import FurtherArea
from ftz_sim.scenario.lever_steps import LeverStep
from ftz_sim.scenario.new_zones import NewZone
from ftz_sim.scenario.rules import Move, Rule
from ftz_sim.scenario.signs import Sign, Signs
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.scenario.scenario import Scenario

NAMED = 2  # scenarios that a warning names; more are counted


def step_text(step: LeverStep, lang: Lang) -> str:
    """Write a step of a lever in words."""
    start = str(step.start) if isinstance(step.start, Quarter) else say("step.opening", lang)
    key = "step.ramp" if step.ramp > 1 else "step.plain"
    text = say(key, lang, level=f"{step.level:g}", start=start, ramp=step.ramp)
    zones = [zone_name(code, lang) for code in step.zones or ()]
    return say("step.zones", lang, step=text, zones=_list(zones, lang)) if zones else text


def new_zone_text(zone: NewZone, lang: Lang) -> str:
    """Say when a new zone opens and which zone it is like."""
    return say("new_zone.says", lang, opens=zone.opens, like=zone_name(zone.like, lang))


def further_area_text(area: FurtherArea, lang: Lang) -> str:
    """Say when a further area opens and how large it is."""
    return say("further_area.says", lang, opens=area.opens, size=area.size)


def rule_text(rule: Rule, lang: Lang) -> str:
    """Write a rule as a sentence: its sign, and what it moves."""
    return say("rule.says", lang, sign=sign_text(rule.when, lang), moves=moves_text(rule.then, lang))


def rule_name(rule: Rule, lang: Lang) -> str:
    """Return what a rule is called: its name, and if that is a lever's, which designs choose, the lever's."""
    lever, _, group = rule.name.partition(".")
    if lever not in CATALOGUE:
        return rule.name
    name = getattr(CATALOGUE[lever], lang)
    return say("step.zones", lang, step=name, zones=group) if group else str(name)


def sign_text(when: Sign | Signs, lang: Lang) -> str:
    """Write what a rule waits for: a sign, all of several, or any of them."""
    return signs_text(when.signs, lang, when.how if isinstance(when, Signs) else "all")


def signs_text(signs: Sequence[Sign], lang: Lang, how: Literal["all", "any"] = "all") -> str:
    """Write several signs, of which all are meant or any."""
    return say(f"rule.{how}", lang).join(_sign(sign, lang) for sign in signs)


def _sign(sign: Sign, lang: Lang) -> str:
    what, unit = sign.variable.within(lang), shown(sign.variable, lang)
    if sign.level == "partner":
        what = say("rule.of_partner", lang, what=what, place=_partner(sign.place, lang))
    elif sign.place:
        name = ftz_name if sign.level == "zone" else zone_name
        what = say("rule.of_place", lang, what=what, place=name(sign.place, lang))
    span = say("rule.quarter" if sign.quarters == 1 else "rule.quarters", lang, n=sign.quarters)
    bound = unit.with_unit(unit.exact(sign.bound), lang).removeprefix("占")  # 高于GDP的3%
    return say(f"rule.{sign.side}", lang, what=what, bound=bound, span=span)


def moves_text(moves: Sequence[Move], lang: Lang) -> str:
    """Write what levers do once a sign has been seen."""
    return _list([_move(move, lang) for move in moves], lang)


def _move(move: Move, lang: Lang) -> str:
    name = getattr(CATALOGUE[move.lever], lang)
    text = say("rule.ramp" if move.ramp > 1 else "rule.move", lang, name=name, level=f"{move.level:g}", ramp=move.ramp)
    zones = [zone_name(code, lang) for code in move.zones or ()]
    return say("step.zones", lang, step=text, zones=_list(zones, lang)) if zones else text


def shock_text(shock: Shock, lang: Lang) -> str:
    """Write a shock as a sentence."""
    values = {key: getattr(shock, key) for key in ("size", "partner", "tiers") if hasattr(shock, key)}
    if "partner" in values:
        values["partner"] = _partner(str(values["partner"]), lang)
    if "tiers" in values:
        values["tiers"] = _list([say(f"shock.tier{tier}", lang) for tier in values["tiers"]], lang)
    if isinstance(shock, TechnologyShock) and shock.fields:
        values["tiers"] = _list([_field(name, lang) for name in shock.fields], lang)
    what = say(f"shock.says.{shock.kind}", lang, **values)
    if isinstance(shock, TechnologyShock) and shock.partners:
        what = say("shock.by", lang, what=what, partners=_list([_partner(code, lang) for code in shock.partners], lang))
    return say("shock.says", lang, what=what, start=shock.start, end=shock.end)


def counted(specs: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    """Yield one sentence for each kind of thing that leaves the evidence or never acts in some of the scenarios."""
    found: dict[str, dict[str, set[str]]] = {}
    for spec in specs:
        for beyond in evidence.beyond(spec):
            found.setdefault(beyond.kind, {}).setdefault(spec.name, set()).add(f"{beyond.name}{beyond.start}")
        for step, _ in idle.steps(spec):
            found.setdefault("step", {}).setdefault(spec.name, set()).add(f"{step.lever} {step.start}")
        for shock in spec.shocks:
            if shock.start > spec.horizon.end:
                found.setdefault("late", {}).setdefault(spec.name, set()).add(f"{shock.kind}{shock.start}")
        for zone in idle.unopened(spec):
            found.setdefault("unopened", {}).setdefault(spec.name, set()).add(zone.province)
        for area in idle.unadded(spec):
            found.setdefault("unadded", {}).setdefault(spec.name, set()).add(str(area))
    for kind, of_scenario in found.items():
        n = len(set().union(*of_scenario.values()))
        few = len(of_scenario) <= NAMED
        where = _list([*of_scenario], lang) if few else say("warn.scenarios", lang, n=len(of_scenario))
        yield say(f"warn.{kind}", lang, n=n, where=where)


@cache
def zone_name(code: str, lang: Lang) -> str:
    """Return the name of a zone's province."""
    provinces = load_figures().provinces
    return (provinces.name_zh if lang == "zh" else provinces.name_en)[provinces.iso.index(code)]


@cache
def ftz_name(code: str, lang: Lang) -> str:
    """Return what the zone of a province is called."""
    zones = load_figures().zones
    if code not in zones.iso:
        return say("new_zone", lang, province=zone_name(code, lang))
    return str((zones.name_zh if lang == "zh" else zones.name_en)[zones.iso.index(code)])


def _partner(code: str, lang: Lang) -> str:
    partners = load_figures().partners
    if code not in partners.code:
        return say("shock.all_partners", lang)
    return (partners.name_zh if lang == "zh" else partners.name_en)[partners.code.index(code)]


def _field(key: str, lang: Lang) -> str:
    fields = load_figures().fields
    return (fields.name_zh if lang == "zh" else fields.name_en)[fields.key.index(key)]


def _list(names: Sequence[str], lang: Lang) -> str:
    return (", " if lang == "en" else "、").join(names)
