"""Runs that are stepped together: which they are, the pasts they share, and their tables.

A quarter costs the same few thousand calls of numpy for one run of 2,000 firms as for several (`ensemble`), so
runs of one size, horizon and set of mechanisms go in batches. In a batch every past is played once; at the fork it is
taken as often as scenarios go on from it. Each run has the bits that it has alone.

Memory: a batch holds at most ``MOST_RUNS`` runs and ``MOST_FIRMS`` slots for firms. Its peak is below
``BYTES_A_QUARTER`` for each run and quarter (what is recorded, before the fork and after, and the tables),
``BYTES_A_FIRM`` for each slot and ``BYTES_A_RUN`` for the goods markets of each run: 0.7 GB at most for 92 quarters,
however many runs there are in all. Measured are 268 MiB for 64 runs of 2,000 firms with national tables alone, and
385 MiB with all tables, the whole process included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.indicators.tables import TABLES, Tables, all_tables
from ftz_sim.model.clock import Clock
from ftz_sim.model.columns import Firms
from ftz_sim.model.industry import load_industry
from ftz_sim.model.initial_firms import slots
from ftz_sim.model.initial_state import build
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.model.published_records import Figures
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.recorder import Recorder
from ftz_sim.runs.watch import Watch, tables_with
from ftz_sim.scenario.policy_path import PolicyPath, policy_of
from ftz_sim.scenario.scenario import Scenario

MOST_RUNS = 64  # more of them gain little
MOST_FIRMS = 200_000  # slots of all runs of a batch
BYTES_A_QUARTER = 56_000
BYTES_A_FIRM = 400
BYTES_A_RUN = 4_000_000
Seeded = tuple[Scenario, int]  # what decides a run: scenario and seed


def batches(runs: Sequence[Seeded]) -> Iterator[list[int]]:
    """Yield the places of runs that can be stepped together; those that share a past stay together where they can."""
    alike: dict[int, dict[Any, list[int]]] = {}
    kinds = _numbers([spec for spec, _ in runs], _kind)
    for place, (kind, past) in enumerate(zip(kinds, _pasts(runs), strict=True)):
        alike.setdefault(kind, {}).setdefault(past, []).append(place)
    for pasts in alike.values():
        first = next(iter(pasts.values()))[0]
        yield from _filled(pasts.values(), most_runs(runs[first][0]))


def most_runs(spec: Scenario) -> int:
    """Return how many runs of a scenario's size a batch may hold."""
    return max(1, min(MOST_RUNS, MOST_FIRMS // spec.population.firms))


def _filled(groups: Any, most: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for group in groups:
        if batch and len(batch) + len(group) > most:
            yield batch
            batch = []
        rest = iter(batch + group)
        while len(batch := list(islice(rest, most))) == most:
            yield batch
    if batch:
        yield batch


def _numbers(specs: Sequence[Scenario], what: Callable[[Scenario], Any]) -> list[int]:
    """Return a number for each scenario, the same for those of which ``what`` is the same."""
    each = {id(spec): spec for spec in specs}  # replicates share theirs, and to compare parameters is slow
    found: dict[Any, int] = {}
    numbers = {key: found.setdefault(what(spec), len(found)) for key, spec in each.items()}
    return [numbers[id(spec)] for spec in specs]


def _kind(spec: Scenario) -> Any:
    by_cell = slots(load_industry().value_added, spec.population.firms, spec.parameters.initial_state)
    return spec.population, spec.horizon, spec.mechanisms, spec.new_zones, by_cell.tobytes()


def past_of(spec: Scenario, seed: int) -> Any:
    """Return what decides a run up to its fork; runs with one past are the same until there."""
    return seed, *_past(spec)


def _pasts(runs: Sequence[Seeded]) -> list[tuple[int, int]]:
    """Return the past of each run by a number of its scenario's and the seed."""
    numbers = _numbers([spec for spec, _ in runs], _past)
    return [(number, seed) for number, (_, seed) in zip(numbers, runs, strict=True)]


def _past(spec: Scenario) -> Any:
    fork = spec.horizon.fork.index
    policy = policy_of(spec)
    levels = [path[:fork].tobytes() for path in (policy.zones, policy.nation, policy.area)]
    shocks = tuple(each for each in spec.shocks if each.start.index < fork)
    return spec.parameters, spec.population, spec.mechanisms, spec.horizon, spec.new_zones, shocks, *levels


class Played(NamedTuple):
    """Runs that have been played to some quarter, and what was recorded of them."""

    model: Ensemble
    recorder: Recorder


Kept = dict[Any, Played]  # by what decides their pasts; the last used last


def tables_of(runs: Sequence[Seeded], names: Sequence[str] = TABLES, kept: Kept | None = None) -> Tables:
    """Step the runs of one batch together and return their tables ``names``, with the runs on the second axis.

    Args:
        runs: scenario and seed of each.
        names: tables that are made.
        kept: where the pasts of a batch are kept for the next batch that has the same; who owns it bounds it.

    Raises:
        FloatingPointError: if the arithmetic of any of them breaks down; alone it may end in another way.
    """
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        model, recorder = _played(runs, tables_with(names, [spec for spec, _ in runs]), kept)
        tables = all_tables(recorder.records, names)._replace(rules=model.watch.table(model.clock.index, runs=True))
    return tables.gathered()


def _played(runs: Sequence[Seeded], names: Sequence[str], kept: Kept | None) -> Played:
    places: dict[Any, int] = {}
    past = [places.setdefault(each, len(places)) for each in _pasts(runs)]
    firsts = [past.index(place) for place in range(len(places))]
    key = (*(past_of(*runs[first]) for first in firsts), *names) if kept is not None else None
    at_fork = kept.pop(key, None) if kept else None
    if at_fork is None:
        model = Ensemble([start_of(*runs[first]) for first in firsts])
        at_fork = Played(model, Recorder(model, model.runs, names))
        if kept is not None or len(places) < len(runs):
            _step(*at_fork, min(model.fork, model.last_quarter + 1))
    if kept is not None:
        kept[key] = at_fork
    model, recorder = at_fork
    if kept is not None or len(places) < len(runs):
        specs = [spec for spec, _ in runs]
        model = model.taken(np.array(past), specs, [policy_of(spec) for spec in specs])
        recorder = recorder.taken(past, model)
    _step(model, recorder, model.last_quarter + 1)
    return Played(model, recorder)


def _step(model: Ensemble, recorder: Recorder, until: int) -> None:
    while model.clock.index < until:
        model.look(recorder)
        model.step()
        recorder.take(model)


@dataclass
class _Start:
    """A run before its first quarter, as `Ensemble` takes it: a model without agents and records."""

    spec: Scenario
    seed: int
    figures: Figures
    policy: PolicyPath
    clock: Clock
    watch: Watch
    firms: Firms = field(init=False)  # and the other tables

    @property
    def params(self) -> ModelParameters:
        return self.spec.parameters

    @property
    def last_quarter(self) -> int:
        return self.spec.horizon.end.index

    @property
    def fork(self) -> int:
        return self.spec.horizon.fork.index


def start_of(spec: Scenario, seed: int) -> _Start:
    """Return a run before its first quarter."""
    figures = spec.figures
    start = _Start(spec, seed, figures, policy_of(spec), Clock(), Watch([spec]))
    vars(start).update(vars(build(spec.parameters, spec.population.firms, seed, figures)))
    return start
