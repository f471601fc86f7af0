"""The host: `FtzModel` builds the state, walks the schedule and records.

It is an ordinary `mesa.Model`: `step`, `agents`, `agents_by_type`, data collectors and `batch_run` work as
Mesa users expect. Randomness comes from named streams (`streams.py`), never from Mesa's own generator.

Mesa's own runner is given seeds in one way before Mesa 3.5 and in another since::

    mesa.batch_run(FtzModel, {"spec": ["no_ftz", "history"], "rng": [1, 2, 3]})
    mesa.batch_run(FtzModel, {"spec": ["no_ftz", "history"]}, rng=[1, 2, 3])

Runs without a seed of their own (``iterations=3``) draw one. The column ``seed`` of a row holds it in any case, and
``FtzModel(spec, rng=seed)`` is that run again.
"""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from types import ModuleType
from typing import SupportsIndex

import mesa
import numpy as np
from numpy.random import SeedSequence

from ftz_sim.model.clock import DT, Clock
from ftz_sim.model.columns import Array
from ftz_sim.model.initial_state import build
from ftz_sim.model.mechanisms.exogenous_paths import Shocks, shocks_of
from ftz_sim.model.published_records import Figures
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.model.streams import Stream
from ftz_sim.model.world import World
from ftz_sim.runs.agents import Firm, Partner, Region, Zone
from ftz_sim.runs.recorder import Recorder
from ftz_sim.runs.watch import Watch, steps_of
from ftz_sim.scenario.policy_path import PolicyPath, policy_of
from ftz_sim.scenario.scenario import Scenario


class FtzModel(mesa.Model):
    """One run of one scenario.

    Args:
        spec: a scenario, the name of a shipped one, or the path of a file.
        firms: slots for firms, in place of the scenario's; for a name or a path only, as ``end``.
        end: last quarter, such as ``2030Q4``, in place of the scenario's.
        rng: seed of the run, a non-negative integer; equal seeds give common random numbers in every scenario. None
            draws one from the operating system, as with every Mesa model; `seed` holds it.
        datacollector: a `mesa.DataCollector` to call after every step; by default one that keeps the seed and a
            few national numbers, because Mesa's `batch_run` asks for it. Full tables come from `recorder`.
        figures: the published figures to start from; by default those that come with the package, with
            the new zones of the scenario.

    Raises:
        InputError: if the scenario is not valid.
        ValueError: if ``rng`` is no non-negative integer.
    """

    def __init__(
        self,
        spec: Scenario | str = "history",
        *,
        firms: int | None = None,
        end: str | None = None,
        rng: SupportsIndex | None = None,
        datacollector: mesa.DataCollector | None = None,
        figures: Figures | None = None,
    ) -> None:
        self.seed = _seed(rng)
        super().__init__(rng=self.seed)
        self.spec = Scenario.of(spec, (), firms, end)
        self.params = self.spec.parameters
        self.dt = DT
        self.clock = Clock()
        self.last_quarter = self.spec.horizon.end.index
        self.fork = self.spec.horizon.fork.index
        self.figures = figures or self.spec.figures
        state = build(self.params, self.spec.population.firms, self.seed, self.figures)
        self.firms, self.regions, self.pairs = state.firms, state.regions, state.pairs
        self.zones, self.partners, self.nation = state.zones, state.partners, state.nation
        self.levers, self.base = state.levers, state.base
        self.watch = Watch([self.spec])
        self.policy = self._compiled(self.spec)
        self._make_agents()
        self.recorder = Recorder(self)
        self.datacollector = datacollector or _national_collector()

    @property
    def active_schedule(self) -> dict[str, ModuleType]:
        """Mechanisms that the scenario has not switched off, in order."""
        return {name: mechanism for name, mechanism in SCHEDULE.items() if self.spec.is_on(name)}

    def step(self) -> None:
        """Play one quarter and record it; the last one of the horizon ends the run, and later steps do nothing."""
        if not self.running:
            return
        if self.watch.look(self.recorder, self.clock.index):
            self.policy = self._compiled(self.spec)
        world: World = self  # all that a mechanism may see
        for name, mechanism in self.active_schedule.items():
            mechanism.step(world, getattr(self.params, name))
        self.recorder.take(self)
        self._collect()
        self.running: bool = self.clock.index < self.last_quarter
        self.clock.tick()

    def _collect(self) -> None:
        # Older Mesas count what a model reported from 0 and what its agents reported by `steps`, from 1, and their
        # batch_run puts equal numbers into one row
        ahead = 0 if hasattr(self.datacollector, "_collection_steps") else 1
        self.steps -= ahead
        self.datacollector.collect(self)
        self.steps += ahead

    def run(self) -> FtzModel:
        """Play all quarters that are left, and return the model."""
        while self.running:
            self.step()
        return self

    def branch(self, spec: Scenario | str) -> FtzModel:
        """Return a copy that goes on from this quarter under another scenario with the same past.

        It is the model that ``spec`` would have reached by itself, bit for bit; this one is left alone.

        Raises:
            InputError: if the scenario is not valid.
            ValueError: if its past is another one: parameters, population, mechanisms, horizon, or a lever, a
                shock or, once the fork is past, a rule before this quarter differ.
        """
        spec = Scenario.of(spec)
        if different := self._different_past(spec):
            raise ValueError(f"{spec.name} and {self.spec.name} have another {different} before {self.clock.quarter}")
        shared = (self.figures, self.spec, self.params, self.policy)
        twin = deepcopy(self, {id(each): each for each in shared})
        twin.spec, twin.params, twin.policy = spec, spec.parameters, self._compiled(spec)
        twin.watch = Watch([spec], self.watch.fired)
        return twin

    def has_past_of(self, spec: Scenario) -> bool:
        """Tell whether `branch` would go on with ``spec``."""
        return not self._different_past(spec)

    def _different_past(self, spec: Scenario) -> str:
        for name in ("parameters", "population", "mechanisms", "horizon", "new_zones"):
            if getattr(spec, name) != getattr(self.spec, name):
                return name
        now = self.clock.index
        if now > self.fork and spec.rules != self.spec.rules:
            return "rule"
        hit, met = ([each for each in one.shocks if each.start.index < now] for one in (spec, self.spec))
        if hit != met:
            return "shock"
        return "" if self._compiled(spec).agrees(self.policy, now) else "policy"

    def _compiled(self, spec: Scenario) -> PolicyPath:
        return policy_of(spec, steps_of(spec, self.watch.fired[0]), self.zones.opening_quarter)

    def release(self) -> None:
        """Let go of all memory at once; the model is of no use afterwards.

        Models and their agents know each other, so Python frees them only when its collector looks for cycles.
        """
        self.__dict__.clear()

    def stream(self, name: str) -> Stream:
        """Return the named random stream of this quarter."""
        return Stream(self.seed, name, self.clock.index)

    def shared(self, column: Array) -> Array:
        """Return a column that all runs share as one of this run, which it is."""
        return column

    def shocks(self) -> Shocks:
        """Return what the shocks of this quarter come to."""
        return shocks_of(self.spec.shocks, self.clock.index)

    def firm(self, row: int) -> Firm:
        """Return a window onto the firm in slot ``row``; it is an agent of this model from now on."""
        if not 0 <= row < len(self.firms):
            raise IndexError(f"slot {row} is outside 0 ... {len(self.firms) - 1}")
        return Firm(self, row, f"firm {row}")

    def _make_agents(self) -> None:
        figures = self.figures
        for kind, codes in (
            (Region, figures.provinces.iso),
            (Zone, figures.zones.iso),
            (Partner, figures.partners.code),
        ):
            for row, code in enumerate(codes):
                kind(self, row, code)


def _seed(rng: SupportsIndex | None) -> int:
    if rng is None:
        return int(SeedSequence().generate_state(1, np.uint64)[0])
    if isinstance(rng, bool) or not isinstance(rng, int | np.integer) or not 0 <= rng < 2**64:
        raise ValueError(f"rng is the seed of the run, a non-negative integer, not {rng!r}")
    return int(rng)


def _national_collector() -> mesa.DataCollector:
    names = ("gdp", "fdi", "investment", "policy_cost", "openness_zone", "crisis_quarters")
    national = {name: partial(_national, name=name) for name in names}
    return mesa.DataCollector(model_reporters={"seed": "seed", **national})


def _national(model: FtzModel, name: str) -> float:
    return float(getattr(model.nation, name))
