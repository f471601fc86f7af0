"""The ledger of a sweep: which of its runs the store holds, and which are missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.results.store import Store
from ftz_sim.runs.batches import Keys, Task, Work, points, seed_of
from ftz_sim.runs.sweep_file import Plan

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN_ERRORS = 10
MOST_AT_ONCE = 1 << 20
COLUMNS = ("run_id", "scenario", "sample", "replicate", "key", "status", "error")


class ForeignRunError(Exception):
    """A store holds a run that is none of the plan's."""


class Ledger:
    """Numbers all runs of a plan, scenarios fastest, then replicates, then samples; and keeps what is done.

    Attributes:
        done: whether each run is finished, failed ones included [runs]; one byte a run is all the memory it takes.
        failed: number of failed runs.
        errors: (run, error) of the first that failed.
    """

    def __init__(self, plan: Plan) -> None:
        self.scenarios = {spec.name: i for i, spec in enumerate(plan.specs)}
        self.replicates = plan.record.replicates
        self.done: NDArray[np.bool_] = np.zeros(plan.runs, dtype=bool)
        self.failed = 0
        self.errors: list[tuple[str, str]] = []

    @property
    def finished(self) -> int:
        """Number of runs that are done."""
        return int(np.count_nonzero(self.done))

    def missing(self) -> Iterator[Task]:
        """Yield the runs that are missing now."""
        for start in range(0, len(self.done), MOST_AT_ONCE):
            for number in np.flatnonzero(~self.done[start : start + MOST_AT_ONCE]):
                yield self._task(start + int(number))

    def read(self, store: Store, plan: Plan, work: Work) -> None:
        """Note all runs of a store.

        Raises:
            ForeignRunError: if one of them is none of the plan's, by its key.
        """
        keys = Keys(work)
        for runs in store.runs(COLUMNS):
            columns = runs.to_pydict()
            point = dict(points(plan, sorted({each for each in columns["sample"] if each < plan.design.rows})))
            known = zip(*(columns[name] for name in ("scenario", "sample", "replicate", "key")), strict=True)
            for name, sample, replicate, key in known:
                if name not in self.scenarios or sample not in point or replicate >= self.replicates:
                    raise ForeignRunError(f"{name}, sample {sample}, replicate {replicate}")
                seed = seed_of(work, sample, replicate)
                if keys.of(self.scenarios[name], point[sample], seed) != key:
                    raise ForeignRunError(f"{name}, sample {sample}, replicate {replicate}")
            self.note(runs)

    def note(self, runs: pa.Table) -> None:
        """Note the runs of one part."""
        columns: dict[str, list[Any]] = runs.select(list(COLUMNS)).to_pydict()
        for run_id, name, sample, replicate, _, status, error in zip(*columns.values(), strict=True):
            self.done[self._number(Task(self.scenarios[name], sample, replicate))] = True
            if status == "failed":
                self.failed += 1
                if len(self.errors) < SHOWN_ERRORS:
                    self.errors.append((run_id, error))

    def _task(self, number: int) -> Task:
        rest, scenario = divmod(number, len(self.scenarios))
        sample, replicate = divmod(rest, self.replicates)
        return Task(scenario, sample, replicate)

    def _number(self, task: Task) -> int:
        return (task.sample * self.replicates + task.replicate) * len(self.scenarios) + task.scenario
