"""What a lever is: the rules that read it, the claims they carry, their parameters with evidence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards, meaning, source, unit
from ftz_sim.runs.watch import Fired, steps_of
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.seeds import Claim, claims
from ftz_sim.text.words import Lang, say
from ftz_sim.trace.code import purpose, readers
from ftz_sim.trace.links import claims_with


class Rule(NamedTuple):
    """A mechanism that reads a lever."""

    name: str
    purpose: str


def rules_of(lever: str, lang: Lang = "en") -> list[Rule]:
    """Return the mechanisms whose code reads ``lever``."""
    return [Rule(name, purpose(name, lang)) for name in readers(lever)]


def claims_of(lever: str) -> list[Claim]:
    """Return the claims of the papers that name ``lever`` as what carries them."""
    return [claims()[each] for each in claims_with("levers", lever)]


def parameters_of(rules: list[Rule], lang: Lang = "en") -> pd.DataFrame:
    """Return the cards of the parameters of ``rules`` that uncertain experiments draw."""
    names = {rule.name for rule in rules}
    cards = {path: card for path, card in all_cards().items() if path.partition(".")[0] in names and card.sampled}
    columns = {
        "parameter": list(cards),
        "meaning": [meaning(path, lang) for path in cards],
        "value": [_text(card.default) for card in cards.values()],
        "range": [f"{_text(card.low)} – {_text(card.high)}" for card in cards.values()],
        "unit": [unit(card, lang) for card in cards.values()],
        "grade": [card.grade for card in cards.values()],
        "source": [source(card, lang) for card in cards.values()],
    }
    return pd.DataFrame({say(f"lab.card_{name}", lang): column for name, column in columns.items()})


def _text(value: object) -> str:
    return ", ".join(f"{n:g}" for n in value) if isinstance(value, tuple) else str(value)


def levels(spec: Scenario, fired: Fired | None = None) -> dict[str, np.ndarray]:
    """Return the level of every lever over the quarters of a scenario, the mean over open zones [T].

    Args:
        spec: the scenario.
        fired: its rules that have fired; none if left out.
    """
    path = policy_of(spec, steps_of(spec, fired or {}))
    acting = path.is_open & (path.level("zone_status") > 0)
    count = np.maximum(acting.sum(axis=1), 1)
    out = {}
    for name, lever in CATALOGUE.items():
        level = path.level(name)
        out[name] = level if lever.scope == "nation" else (level * acting).sum(axis=1) / count
    return out
