"""Builders that tests share: small models that still have every province, tier and zone."""

from __future__ import annotations

from collections.abc import Iterator

from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario


def small(name: str = "history", *overrides: str, firms: int = 2000) -> Scenario:
    return Scenario.load(name, overrides=[f"population.firms={firms}", *overrides])


def walk(model: FtzModel) -> Iterator[str]:
    """Play the rest of a run mechanism by mechanism, yielding the name of each after it has acted."""
    while model.running:
        for name, mechanism in model.active_schedule.items():
            mechanism.step(model, getattr(model.params, name))
            yield name
        model.running = model.clock.index < model.last_quarter
        yield "end"
        model.clock.tick()
