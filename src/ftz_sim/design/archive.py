"""The archive: every package that was played, in every world it met; a store, as a sweep has one.

A row is a run: its package, its world, its readings, and a key that is a digest of all that decides them. What the
archive holds is never played again. So a search that was killed begins anew, finds what it asks for in the archive as
far as it had come, and goes on from there; nothing of its own state is kept.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.design.choices import Candidate, code_of, pulled
from ftz_sim.design.measures import tables_of
from ftz_sim.design.problem import Problem
from ftz_sim.design.worlds import World
from ftz_sim.results import FailedRun, Run
from ftz_sim.results.batches import Row, part
from ftz_sim.results.manifest import model_version
from ftz_sim.results.store import Store
from ftz_sim.runs.batches import KEY_BYTES
from ftz_sim.runs.engine import Job, map_runs

Array = NDArray[Any]
SECONDS = 4.0  # what a crash can cost beside the runs in flight
WORDS = {"name", "title", "short", "why"}  # of a scenario; they decide nothing
SHOWN_ERRORS = 10
Play = Callable[[Sequence[Job], int, bool, Sequence[str]], Iterable[Run | FailedRun]]  # as `engine.map_runs`


class Archive:
    """Readings of runs by key; what is asked for and is not there is played.

    Attributes:
        made: runs played since it was opened.
        failed: runs in it that ended with an error; their readings are nan.
        errors: (run, error) of the first of them.
    """

    def __init__(
        self,
        problem: Problem,
        store: Store,
        workers: int = 1,
        play: Play = map_runs,
        report: Callable[[], object] | None = None,
    ) -> None:
        self.problem, self.store, self.workers, self.play = problem, store, workers, play
        self.report = report or (lambda: None)
        self.made = self.failed = 0
        self.errors: list[tuple[str, str]] = []
        self._found: dict[str, Array] = {}
        self._keys = Keys(problem, model_version())
        for table in store.runs(("run_id", "key", "error", *problem.columns)):
            runs = table.to_pydict()
            values = np.array([runs[name] for name in problem.columns]).T
            for run_id, key, error, own in zip(runs["run_id"], runs["key"], runs["error"], values, strict=True):
                self._note(run_id, key, error, own)

    def __len__(self) -> int:
        return len(self._found)

    def values(self, candidates: Sequence[Candidate], worlds: Sequence[World]) -> Array:
        """Return the readings of candidates in worlds [n, W, K]; those of failed runs are nan."""
        keys = [[self._keys.of(candidate, world) for world in worlds] for candidate in candidates]
        missing = {
            keys[row][column]: (candidate, world)
            for column, world in enumerate(worlds)  # runs of one world share their past
            for row, candidate in enumerate(candidates)
            if keys[row][column] not in self._found
        }
        self._make(missing)
        size = len(candidates), len(worlds), len(self.problem.columns)
        return np.array([self._found[key] for row in keys for key in row]).reshape(size)

    def _make(self, missing: dict[str, tuple[Candidate, World]]) -> None:
        jobs = [self._job(candidate, world) for candidate, world in missing.values()]
        rows: list[Row] = []
        told = time.monotonic()
        for row in self._rows(missing, jobs):
            rows.append(row)
            if time.monotonic() - told > SECONDS:
                self._commit(rows)
                rows, told = [], time.monotonic()
        self._commit(rows)

    def _rows(self, missing: dict[str, tuple[Candidate, World]], jobs: Sequence[Job]) -> Iterator[Row]:
        fork, readings = self.problem.start.horizon.fork.index, self.problem.readings
        if not jobs:
            return
        runs = self.play(jobs, self.workers, False, tables_of(readings))
        for (key, (candidate, world)), run in zip(missing.items(), runs, strict=True):
            error = run.error if isinstance(run, FailedRun) else ""
            values = [np.nan if isinstance(run, FailedRun) else each.of(run.tables, fork) for each in readings]
            yield Row(
                code_of(candidate), world.number, 0, world.seed, key, values, 0.0, error, run.seconds, run.processor
            )

    def _commit(self, rows: list[Row]) -> None:
        if rows:
            self.store.add(part(rows, [None] * len(rows), self.problem.columns, ()))
            for row in rows:
                self._note(row.run_id, row.key, row.error, np.array(row.values))
            self.made += len(rows)
            self.report()

    def _note(self, run_id: str, key: str, error: str, values: Array) -> None:
        self._found[key] = values
        if error:
            self.failed += 1
            self.errors += [(run_id, error)] if len(self.errors) < SHOWN_ERRORS else []

    def _job(self, candidate: Candidate, world: World) -> Job:
        return Job(world.of(self.problem.scenario(candidate, code_of(candidate))), world.number, world.seed)


class Keys:
    """Digests of all that decides a run: the version of the ``model``, its world, its start, and what is pulled."""

    def __init__(self, problem: Problem, model: str) -> None:
        self.problem, self.model = problem, model
        self._heads: dict[int, Any] = {}

    def of(self, candidate: Candidate, world: World) -> str:
        """Return the key of one run."""
        digest = self._head(world).copy()
        for choice, way in pulled(self.problem.choices, candidate):
            digest.update(f"{choice.name if way.moves else ''}{way.key}\1".encode())
        return str(digest.hexdigest())

    def _head(self, world: World) -> Any:
        if world.number not in self._heads:
            decides = [self.model, world.seed, self.problem.columns, world.start.model_dump_json(exclude=WORDS)]
            self._heads[world.number] = hashlib.blake2b(json.dumps(decides).encode(), digest_size=KEY_BYTES)
        return self._heads[world.number]
