"""Batches of runs: what a worker of a sweep is given, and what it gives back.

Everything that decides a run is in its batch, so any worker anywhere makes the same bits of it. A run's *key* is
a digest of the model's version, the resolved scenario, the values of the uncertainties and the seed: two runs
with one key have one result.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from ftz_sim.errors import InputError
from ftz_sim.model.streams import child_seed
from ftz_sim.results.batches import Row, part
from ftz_sim.results.manifest import model_version
from ftz_sim.results.parts import BatchTables
from ftz_sim.results.processor import processor
from ftz_sim.runs.engine import Outcome, Simulate, attempt, simulate, simulate_many
from ftz_sim.runs.sweep_file import Plan
from ftz_sim.runs.together import most_runs
from ftz_sim.runs.uncertainties import apply, settle
from ftz_sim.scenario.scenario import Scenario

Array = NDArray[Any]
KEY_BYTES = 16


@dataclass(frozen=True)
class Work:
    """What all batches of a sweep share."""

    specs: tuple[Scenario, ...]
    factors: tuple[str, ...]
    seed: int
    tables: tuple[str, ...]
    model: str  # version that is asked for
    block: int  # points in a row that meet the same random numbers
    simulate: Simulate = simulate

    @property
    def company(self) -> int:
        """How many runs are stepped together at most."""
        return min(map(most_runs, self.specs)) if self.simulate is simulate else 1


class Task(NamedTuple):
    """One run: places of its scenario, its point and its replicate."""

    scenario: int
    sample: int
    replicate: int


@dataclass(frozen=True)
class Batch:
    """Some runs, complete with the points that they need."""

    work: bytes  # of a `Work`, unpickled once by each worker
    tasks: tuple[Task, ...]
    points: dict[int, Array]  # by sample, [D]


def work_of(plan: Plan, simulate: Simulate = simulate) -> Work:
    """Return what all batches of a sweep share."""
    record = plan.record
    return Work(plan.specs, plan.factors, record.seed, record.tables, model_version(), plan.design.block, simulate)


def seed_of(work: Work, sample: int, replicate: int) -> int:
    """Return the model's seed of a run: the same for all scenarios, and for all points of a block of the design."""
    return child_seed(work.seed, sample // work.block, replicate)


def make(batch: Batch) -> BatchTables:
    """Make all runs of a batch. Called in workers.

    Raises:
        InputError: if this worker has another version of the model.
    """
    work = _unpickled(batch.work)
    if model_version() != work.model:
        raise InputError("worker_model", has=model_version(), wanted=work.model)
    keys = Keys(work)
    settled = {sample: settle(work.specs, _named(work, point)) for sample, point in batch.points.items()}
    specs = _specs(work, batch, {sample: values for sample, (values, _) in settled.items()})
    seeds = [seed_of(work, task.sample, task.replicate) for task in batch.tasks]
    rows, results = [], []
    made = _outcomes(work, [specs[task.scenario, task.sample] for task in batch.tasks], seeds)
    for task, seed, (result, seconds, by) in zip(batch.tasks, seeds, made, strict=True):
        values, pulled = settled[task.sample]
        key = keys.of(task.scenario, batch.points[task.sample], seed)
        name, numbers = work.specs[task.scenario].name, [values[factor] for factor in work.factors]
        error = result if isinstance(result, str) else ""
        rows.append(Row(name, task.sample, task.replicate, seed, key, numbers, pulled, error, seconds, by))
        results.append(None if isinstance(result, str) else result)
    return part(rows, results, work.factors, work.tables)


def _specs(work: Work, batch: Batch, values: dict[int, dict[str, float]]) -> dict[tuple[int, int], Scenario | str]:
    """Return the scenario of every point, or why there is none; replicates share them."""
    places = dict.fromkeys((task.scenario, task.sample) for task in batch.tasks)
    return {place: _resolved(work.specs[place[0]], values[place[1]]) for place in places}


def _outcomes(work: Work, specs: Sequence[Scenario | str], seeds: Sequence[int]) -> list[Outcome]:
    runs = [(spec, seed) for spec, seed in zip(specs, seeds, strict=True) if isinstance(spec, Scenario)]
    if work.simulate is simulate:
        made = iter(simulate_many(runs, work.tables))
    else:
        made = (attempt(*run, work.simulate) for run in runs)
    return [next(made) if isinstance(spec, Scenario) else Outcome(spec, 0.0, processor()) for spec in specs]


def _resolved(spec: Scenario, values: dict[str, float]) -> Scenario | str:
    try:
        return apply(spec, values)
    except ValidationError as error:  # refused even at the defaults, because of what the scenario itself sets
        return f"refused: {error.errors()[0]['msg']}"


def _named(work: Work, point: Array) -> dict[str, float]:
    return dict(zip(work.factors, point.tolist(), strict=True))


@lru_cache(maxsize=2)
def _unpickled(work: bytes) -> Work:
    found: Work = pickle.loads(work)
    return found


class Keys:
    """Digests of runs."""

    def __init__(self, work: Work) -> None:
        shared = f"{work.model}\0{chr(0).join(work.factors)}\0".encode()
        words = {"title", "why"}
        self._scenarios = [shared + spec.model_dump_json(exclude=words).encode() for spec in work.specs]
        self._heads = [hashlib.blake2b(text, digest_size=KEY_BYTES) for text in self._scenarios]

    def of(self, scenario: int, point: Array, seed: int) -> str:
        """Return the key of one run; ``point`` [D] as the design has it, before anything is pulled."""
        digest = self._heads[scenario].copy()
        digest.update(np.ascontiguousarray(point, dtype="<f8").tobytes())
        digest.update(seed.to_bytes(8, "little"))
        return digest.hexdigest()


def batch(work: bytes, plan: Plan, tasks: Sequence[Task]) -> Batch:
    """Pack runs, with their points."""
    samples = sorted({task.sample for task in tasks})
    return Batch(work, tuple(tasks), dict(points(plan, samples)))


def points(plan: Plan, samples: Sequence[int]) -> Iterator[tuple[int, Array]]:
    """Yield (sample, its point [D]) for sorted samples."""
    for sample in samples:
        yield sample, plan.design.between(sample, sample + 1)[0]
