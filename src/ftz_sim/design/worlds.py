"""Worlds: what every candidate meets, the same for all: random numbers, drawn parameters, and shocks.

Parameters are drawn as in an uncertain comparison (`runs.draws`); a shock comes in a world with the chance that the
file gives it, by a random number of its own. Worlds of the check are numbered apart from those of the search.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ftz_sim.design.problem import Problem
from ftz_sim.design.record import FIXED
from ftz_sim.model.streams import child_seed
from ftz_sim.runs.draws import draw, drawn_parameters, share
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.scenario import Scenario

CHOSEN = ("further_areas", "policy", "rules")  # parts of a scenario that a package may have of its own
FRESH = 1_000_000  # number of the first world that no search has seen


class World(NamedTuple):
    """One of them."""

    number: int
    seed: int  # of the model
    start: Scenario  # as it is there

    def of(self, spec: Scenario) -> Scenario:
        """Return another policy in this world."""
        return self.start.model_copy(update={"name": spec.name, **{what: getattr(spec, what) for what in CHOSEN}})


class Worlds:
    """The worlds of a problem, made when they are asked for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def searched(self) -> list[World]:
        """Those that candidates meet while they are looked for."""
        return list(self._from(0, self.problem.record.uncertainty.draws))

    @cached_property
    def fresh(self) -> list[World]:
        """Those in which what was found is measured again."""
        return list(self._from(FRESH, self.problem.record.check.draws))

    def at(self, number: int) -> World:
        """Return the world of a number."""
        (world,) = self._from(number, 1)
        return world

    def _from(self, first: int, count: int) -> Iterator[World]:
        record, start = self.problem.record, self.problem.start
        ranges = record.uncertainty.parameters
        drawn = [] if ranges == FIXED else drawn_parameters([start], ranges)
        for number in range(first, first + count):
            spec = apply(start, draw([start], drawn, record.seed, number))
            coming = [
                each.shock
                for place, each in enumerate(record.uncertainty.shocks)
                if share(f"design/shock {place}", record.seed, number) < each.chance
            ]
            spec = spec.model_copy(update={"shocks": (*spec.shocks, *coming)})
            yield World(number, child_seed(record.seed, 0, number), spec)
