"""The host of several runs: what `FtzModel` is to one, as far as mechanisms see it."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np

from ftz_sim.model.clock import DT, Clock
from ftz_sim.model.columns import Array, Index
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.model.world import World
from ftz_sim.runs.ensemble.firms import FirmsOfRuns
from ftz_sim.runs.ensemble.parameters import together
from ftz_sim.runs.ensemble.paths import Paths, shocks_together
from ftz_sim.runs.ensemble.streams import Seeds, Streams
from ftz_sim.runs.ensemble.tables import stacked, taken
from ftz_sim.runs.watch import Watch, steps_of
from ftz_sim.scenario.policy_path import policy_of

if TYPE_CHECKING:
    from ftz_sim.model.columns import Firms
    from ftz_sim.model.mechanisms.exogenous_paths import Shocks
    from ftz_sim.model.published_records import Figures
    from ftz_sim.runs.recorder import Recorder
    from ftz_sim.scenario.policy_path import PolicyPath
    from ftz_sim.scenario.scenario import Scenario

TABLES = ("regions", "pairs", "zones", "partners", "nation", "levers", "base")


class OneRun(Protocol):
    """What an ensemble asks of each of its models beside their tables: an `FtzModel`, or one without agents."""

    seed: int
    clock: Clock
    spec: Scenario
    figures: Figures
    firms: Firms
    policy: PolicyPath
    watch: Watch

    @property
    def last_quarter(self) -> int: ...  # noqa: D102

    @property
    def fork(self) -> int: ...  # noqa: D102


class Ensemble:
    """Several runs that are played together from the quarter in which the ``models`` stand; these are left alone.

    Raises:
        ValueError: if they stand in different quarters or have other mechanisms, numbers of firms or ends.
    """

    def __init__(self, models: Sequence[OneRun]) -> None:
        first = models[0]
        if not all(_alike(model, first) for model in models):
            raise ValueError("runs of other quarters, mechanisms or ends cannot be stepped together")
        self.seeds = Seeds([model.seed for model in models])
        self.dt, self.clock = DT, Clock()
        self.clock.index = first.clock.index
        self.last_quarter, self.fork, self.figures = first.last_quarter, first.fork, first.figures
        for table in TABLES:
            setattr(self, table, stacked([getattr(model, table) for model in models]))
        self.firms = FirmsOfRuns.together([model.firms for model in models])
        self._set([model.spec for model in models], [model.policy for model in models])
        self.watch = Watch(self.specs, [model.watch.fired[0] for model in models])

    def taken(self, runs: Index, specs: Sequence[Scenario], policies: Sequence[PolicyPath]) -> Self:
        """Return an ensemble that goes on from here with these ``runs`` [E'], each under a scenario of its own.

        A run may be named more than once. This ensemble is left alone. No rule has fired yet.
        """
        twin = object.__new__(type(self))
        twin.seeds = self.seeds.taken(runs)
        twin.dt, twin.clock = self.dt, Clock()
        twin.clock.index = self.clock.index
        twin.last_quarter, twin.fork, twin.figures = self.last_quarter, self.fork, self.figures
        for table in TABLES:
            setattr(twin, table, taken(getattr(self, table), runs))
        twin.firms = self.firms.taken(runs)
        twin._set(specs, policies)
        twin.watch = Watch(specs)
        return twin

    def _set(self, specs: Sequence[Scenario], policies: Sequence[PolicyPath]) -> None:
        self.runs, self.specs = len(specs), list(specs)
        self.params = together([spec.parameters for spec in specs])
        self._policies = list(policies)
        self.policy = Paths(policies)

    if TYPE_CHECKING:  # the tables

        def __getattr__(self, name: str) -> Any: ...

    @property
    def active_schedule(self) -> dict[str, ModuleType]:
        """Mechanisms that the scenarios have not switched off, in order."""
        return {name: mechanism for name, mechanism in SCHEDULE.items() if self.specs[0].is_on(name)}

    def look(self, recorder: Recorder) -> None:
        """Let the rules of the runs look at what ``recorder`` has of the quarters that have passed."""
        fired = self.watch.look(recorder, self.clock.index)
        for run in fired:
            spec = self.specs[run]
            self._policies[run] = policy_of(spec, steps_of(spec, self.watch.fired[run]))
        if fired:
            self.policy = Paths(self._policies)

    def step(self) -> None:
        """Play one quarter."""
        world: World = self  # all that a mechanism may see
        for name, mechanism in self.active_schedule.items():
            mechanism.step(world, getattr(self.params, name))
        self.clock.tick()

    def stream(self, name: str) -> Streams:
        """Return the named random streams of this quarter."""
        return Streams(self.seeds, name, self.clock.index)

    def shared(self, column: Array) -> Array:
        """Return a column [n] that all runs share as a column of each [n, E]; one that has runs stays."""
        return column if column.ndim > 1 else np.broadcast_to(column[:, None], (len(column), self.runs))

    def shocks(self) -> Shocks:
        """Return what the shocks of this quarter come to in each run."""
        return shocks_together([spec.shocks for spec in self.specs], self.clock.index)


def _alike(one: OneRun, other: OneRun) -> bool:
    ends = one.clock.index == other.clock.index and one.last_quarter == other.last_quarter
    return ends and one.spec.mechanisms == other.spec.mechanisms
