"""In what two scenarios differ, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ftz_sim.scenario import sentences
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang

WRITTEN = {"new_zones", "further_areas", "policy", "rules", "shocks"}  # as sentences


def differences(a: Scenario, b: Scenario, lang: Lang = "en") -> list[tuple[str, str, str]]:
    """Return (path, value in ``a``, value in ``b``) for every key in which two scenarios differ."""
    left, right = _flat(a, lang), _flat(b, lang)
    paths = dict.fromkeys([*left, *right])
    return [(p, left.get(p, "–"), right.get(p, "–")) for p in paths if left.get(p) != right.get(p)]


def _flat(spec: Scenario, lang: Lang) -> dict[str, str]:
    data = spec.model_dump(mode="json", by_alias=True, exclude=WRITTEN)
    levers: dict[str, list[str]] = {}
    for step in spec.policy:
        levers.setdefault(f"policy.{step.lever}", []).append(sentences.step_text(step, lang))
    zones = {f"new_zones.{zone.province}": sentences.new_zone_text(zone, lang) for zone in spec.new_zones}
    areas = {f"further_areas.{a.zone} {a.opens}": sentences.further_area_text(a, lang) for a in spec.further_areas}
    rules = {f"rules.{rule.name}": sentences.rule_text(rule, lang) for rule in spec.rules}
    shocks = {f"shocks[{i}]": sentences.shock_text(shock, lang) for i, shock in enumerate(spec.shocks)}
    return {
        **dict(_leaves("", data)),
        **zones,
        **areas,
        **{path: ("; " if lang == "en" else "；").join(steps) for path, steps in levers.items()},
        **rules,
        **shocks,
    }


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, child)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)
