"""What leaves the evidence: parameters outside the range of their cards, levers and shocks beyond what was ever seen.

    parameters   outside ``low`` to ``high`` of their card
    levers       above the highest level that they reach in the scenario `history`, which ends in 2024
    shocks       larger than what the packaged figures hold; those of which the figures hold nothing, always

To leave the evidence is allowed: strategies are proposals, and nobody has data on what was never done. It is said in
the console, in the manifest and at the foot of every figure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import ModelParameters, all_cards, meaning, unit
from ftz_sim.model.params import Value
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.files import compose, read_scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.scenario.scenario import Scenario

Kind = Literal["parameter", "lever", "shock"]
KINDS: tuple[Kind, ...] = ("lever", "shock", "parameter")
SEEN = "history"
LEVERS_NAMED = 5  # of those that leave the evidence, where people read; the manifest names all


class Beyond(NamedTuple):
    """One thing that leaves the evidence."""

    kind: Kind
    name: str  # path of the parameter, lever, or kind of shock
    value: Any  # what the scenario sets; for a shock its size, or None
    known: str  # the range or level that is covered; nothing where nothing is
    unit: str = ""
    start: str = ""  # first quarter of a shock


def beyond(spec: Scenario) -> list[Beyond]:
    """Return everything in which a scenario leaves the evidence."""
    return [*_levers(spec), *_shocks(spec), *parameters_beyond(spec.parameters)]


def parameters_beyond(parameters: ModelParameters) -> list[Beyond]:
    """Return the parameters that lie outside the range of their cards."""
    found = []
    for path, card in all_cards().items():
        mechanism, _, name = path.partition(".")
        value = getattr(getattr(parameters, mechanism), name)
        if card.outside_evidence(value):
            known = f"{card.low} – {card.high}" if card.low is not None else f"{card.default}"
            found.append(Beyond("parameter", path, value, known, card.unit))
    return found


def _levers(spec: Scenario) -> list[Beyond]:
    highest: dict[str, float] = {}
    pulls = [(step.lever, step.level) for step in spec.policy]
    pulls += [(move.lever, move.level) for rule in spec.rules for move in rule.then]
    for lever, level in pulls:
        highest[lever] = max(level, highest.get(lever, 0.0))
    seen = levels_seen()
    gaps = {name: level - seen.get(name, 0.0) for name, level in highest.items()}
    farthest_first = sorted((name for name, gap in gaps.items() if gap > 0), key=lambda name: -gaps[name])
    return [Beyond("lever", name, highest[name], f"{seen.get(name, 0.0):g}") for name in farthest_first]


@cache
def levels_seen() -> Mapping[str, float]:
    """Return the highest level of every lever in `history`."""
    found: dict[str, float] = {}
    for step in compose(read_scenario(SEEN)).plain()["policy"]:
        found[step["lever"]] = max(float(step["level"]), found.get(step["lever"], 0.0))
    return found


def _shocks(spec: Scenario) -> list[Beyond]:
    seen, found = sizes_seen(), []
    for shock in spec.shocks:
        size, known = getattr(shock, "size", None), seen.get(shock.kind)
        if known is None or size is None or not known[0] <= size <= known[1]:
            text = "" if known is None else f"{known[0]:.2g} – {known[1]:.2g}"
            found.append(Beyond("shock", shock.kind, size, text, "", str(shock.start)))
    return found


@cache
def sizes_seen() -> Mapping[str, tuple[float, float]]:
    """Return the sizes of shocks that figures or fitted parameters hold; kinds that are missing were never seen."""
    cards = all_cards()
    cycle = _numbers(cards["exogenous_paths.fdi_cycle"].default)
    return {
        "tariff": (0.0, max(_numbers(cards["exogenous_paths.us_surcharge"].high))),
        "fdi": (math.exp(min(cycle)), math.exp(max(cycle))),
        "pandemic": (0.0, -min(_numbers(cards["exogenous_paths.transitory_shocks"].default))),
        "carbon_price": (0.0, float(load_figures().carbon_prices.values.max())),
    }


def _numbers(value: Value | bool | int | None) -> tuple[float, ...]:
    return tuple(map(float, value)) if isinstance(value, tuple) else (float(value or 0),)


def sentences(spec: Scenario, lang: Lang, found: Sequence[Beyond] | None = None, most: int | None = None) -> list[str]:
    """Return a sentence for every parameter and shock, and one for all levers, that leave the evidence.

    Args:
        spec: the scenario.
        lang: language.
        found: what to tell; everything by default.
        most: levers to name, the farthest first; all by default.
    """
    found = beyond(spec) if found is None else found
    name = str(spec.title.model_dump()[lang])
    levers = [each for each in found if each.kind == "lever"]
    out = []
    if levers:
        named = [_lever(each, lang) for each in levers[:most]]
        rest = len(levers) - len(named)
        which = (", " if lang == "en" else "、").join([*named, *([say("beyond.more", lang, n=rest)] if rest else [])])
        out.append(say("beyond.levers", lang, name=name, n=len(levers), which=which))
    for each in found:
        if each.kind == "parameter":
            path = each.name if lang == "en" else f"{meaning(each.name, lang)}（{each.name}）"
            out.append(say("beyond.parameter", lang, name=name, path=path, value=each.value, known=each.known,
                           unit=unit(all_cards()[each.name], lang)))  # fmt: skip
        elif each.kind == "shock":
            key = "beyond.shock" if each.known else "beyond.unseen"
            out.append(say(key, lang, name=name, kind=say(f"shock.{each.name}", lang), size=each.value,
                           start=each.start, known=each.known))  # fmt: skip
    return out


def _lever(each: Beyond, lang: Lang) -> str:
    label = CATALOGUE[each.name].en if lang == "en" else CATALOGUE[each.name].zh
    return say("beyond.lever", lang, label=label, level=each.value, known=float(each.known))


def as_json(spec: Scenario) -> list[dict[str, Any]]:
    """Return what a manifest keeps: kind, name, value and what is covered."""
    return [{"kind": each.kind, "name": each.name, "value": each.value, "known": each.known} for each in beyond(spec)]


def stamp(kept: Mapping[str, list[dict[str, Any]]], parts: Iterable[str], lang: Lang) -> str:
    """Return what stands at a figure's foot: what leaves the evidence, on a line of its own, then ``parts``."""
    return "\n".join(filter(None, (line(kept, lang), " · ".join(filter(None, parts)))))


def line(kept: Mapping[str, list[dict[str, Any]]], lang: Lang) -> str:
    """Return the line at a figure's foot from what its manifest keeps by scenario; empty if nothing leaves."""
    count = Counter[str](kind for kind, _ in {(one["kind"], one["name"]) for found in kept.values() for one in found})
    parts = [say(f"beyond.count.{kind}", lang, n=count[kind]) for kind in KINDS if count[kind]]
    return say("beyond.line", lang, what=(", " if lang == "en" else "、").join(parts)) if parts else ""
