"""Builders that tests share: small models that still have every province, tier and zone."""

from __future__ import annotations

from typing import Any

from ftz_sim.analysis.lever_facts import LEVERS
from ftz_sim.analysis.lever_verdicts import Verdict
from ftz_sim.scenario.lever_steps import by_date
from ftz_sim.scenario.scenario import Scenario


def small(name: str = "history", *overrides: str, firms: int = 2000) -> Scenario:
    return Scenario.load(name, overrides=[f"population.firms={firms}", *overrides])


def early(name: str, *overrides: str) -> Scenario:
    """A strategy whose own levers move from 2014 on, not from 2025: few quarters to play, with one zone open."""
    spec = small(name, "horizon.fork=2014Q1", "horizon.end=2014Q3", *overrides)
    steps = [s.model_copy(update={"start": spec.horizon.fork}) if str(s.start) == "2025Q1" else s for s in spec.policy]
    return spec.model_copy(update={"policy": tuple(by_date(steps))})  # as a file that is read again


def found_of(name: str, indicator: str, claimed: str, verdict: str, **other: Any) -> Verdict:
    """One line of the shipped table of verdicts."""
    values: dict[str, Any] = {
        "kind": "lever", "name": name, "when": "from the fork on", "step": "0 -> 1", "strategy": "integrated",
        "claims": LEVERS[name].claims, "indicator": indicator, "claimed": claimed, "effect": -2.0, "ci_low": -3.0,
        "ci_high": -1.0, "unit": "%", "n": 8, "verdict": verdict, "detectable": 0.5, "firms": 2_000, "end": "2035Q4",
        "version": "0.1.0", "date": "2026-11-29",
    }  # fmt: skip
    return Verdict(**{**values, **other})
