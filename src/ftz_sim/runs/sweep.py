"""Sweep: strategies x uncertainties x replicates, streamed to a folder that survives whatever happens.

The folder says what is finished; a sweep makes what is missing. So the same call begins a sweep, resumes it
after a crash, and extends it when its file has got more scenarios, replicates or points.
"""

from __future__ import annotations

import pickle
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ftz_sim.errors import InputError, LostWorkerError, Sentence
from ftz_sim.results.manifest import environments, model_version
from ftz_sim.results.place import check_store
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.store import Store
from ftz_sim.runs.batches import Batch, Work, batch, make, work_of
from ftz_sim.runs.engine import Simulate, simulate
from ftz_sim.runs.executors import Kind, Place, unordered
from ftz_sim.runs.ledger import ForeignRunError, Ledger
from ftz_sim.runs.setup import check_numbers
from ftz_sim.runs.sweep_file import Plan, read_sweep
from ftz_sim.runs.sweep_manifest import KIND, SweepManifest, made_elsewhere, plan_as_json

SECONDS_A_BATCH = 8.0  # what a crash can cost each worker
MOST_IN_BATCH = {True: 256, False: 64}  # runs, with national tables only or with places, which are larger
FIRST = 8  # so small a part of a company is every worker's first batch, for something to be there soon
ATTEMPTS = 3  # to go on after workers were lost without any progress
Report = Callable[[int, int, int], None]  # (runs finished, of them failed, runs in all)


@dataclass
class SweepResult:
    """What a sweep did.

    Attributes:
        folder: where its tables are; read them with `load_sweep`.
        runs: number of runs in all.
        made: runs made now; the rest was there already.
        failed: number of failed runs in the folder.
        errors: (run, error) of the first of them.
        set_aside: files of torn parts, whose runs were made again.
        seconds: time that this call took.
    """

    folder: Path
    runs: int
    made: int
    failed: int
    errors: list[tuple[str, str]]
    set_aside: list[str]
    seconds: float


def sweep(
    plan: Plan | str | Path,
    out: str | Path | None = None,
    place: Place | None = None,
    *,
    engine: Kind = "local",
    workers: int = 1,
    scheduler: str | None = None,
    retry_failed: bool = False,
    report: Report | None = None,
    command: str = "ftz_sim.runs.sweep",
    simulate: Simulate = simulate,
    warn: Callable[[Sentence], object] | None = None,
) -> SweepResult:
    """Make all runs of a sweep that its folder does not hold yet.

    Args:
        plan: a sweep that was read, a file, or the name of a shipped one.
        out: folder; ``results/NAME`` unless said.
        place: where runs execute, in one word; or else:
        engine: ``local`` or ``dask``; results are the same bits everywhere.
        workers: processes on this machine.
        scheduler: address of a Dask cluster.
        retry_failed: whether to make failed runs again.
        report: called after every commit.
        command: what is noted in the manifest.
        simulate: the model, (scenario, seed) -> tables; another one serves measurements and tests.
        warn: told, before anything runs, that the folder holds runs made elsewhere; unless given, Python warns.

    Raises:
        InputError: if the input is not valid, the folder holds another sweep, or another process writes to it.
        StoreError: if results cannot be written; what was finished is kept.
        LostWorkerError: if worker processes keep dying.
    """
    started = time.perf_counter()
    plan = plan if isinstance(plan, Plan) else read_sweep(plan)
    place = place or Place(engine, workers, scheduler)
    _, _, workers = check_numbers(plan.record.replicates, plan.record.seed, place.workers)
    place = place._replace(workers=workers)
    place.check()
    folder = Path(out) if out is not None else Path("results") / plan.record.name
    stored = _check_folder(folder, plan)
    earlier = environments(stored) if stored else []
    work, ledger = work_of(plan, simulate), Ledger(plan)
    with Store(folder) as store:
        if retry_failed:
            store.forget_failed()
        try:
            ledger.read(store, plan, work)
        except ForeignRunError:
            raise _another_sweep(folder, plan) from None
        there = ledger.finished
        if there < plan.runs and there and (warning := made_elsewhere(folder, earlier)):
            (warn or _warn)(warning)
        with SweepManifest(folder, plan, ledger, command, earlier if there else []):
            _make_missing(plan, work, store, ledger, place, report)
    return SweepResult(
        folder, plan.runs, ledger.finished - there, ledger.failed, ledger.errors, store.set_aside,
        time.perf_counter() - started,
    )  # fmt: skip


def _warn(warning: Sentence) -> None:
    warnings.warn(str(warning), stacklevel=3)


def _make_missing(plan: Plan, work: Work, store: Store, ledger: Ledger, place: Place, report: Report | None) -> None:
    tell = report or (lambda *_: None)
    tell(ledger.finished, ledger.failed, plan.runs)
    attempts = 0
    while (before := ledger.finished) < plan.runs:
        pace = _Pace(work, plan.runs - before)
        parts = unordered(make, partial(_batches, plan, work, ledger, pace), place)
        try:
            for part in parts:
                store.add(part)
                ledger.note(part.runs)
                pace.learn(part.runs["seconds"].to_pylist())
                tell(ledger.finished, ledger.failed, plan.runs)
        except LostWorkerError as error:
            attempts = 1 if ledger.finished > before else attempts + 1
            if attempts == ATTEMPTS:
                raise LostWorkerError("workers_die") from error
        finally:
            parts.close()


def _batches(plan: Plan, work: Work, ledger: Ledger, pace: _Pace, workers: int) -> Iterator[Batch]:
    packed, missing = pickle.dumps(work), ledger.missing()
    while tasks := list(islice(missing, pace.runs(workers))):
        yield batch(packed, plan, tasks)


class _Pace:
    """How many runs make a batch: a few seconds' worth, and as many for each worker, so that none idles at the end."""

    def __init__(self, work: Work, left: int) -> None:
        self.most = MOST_IN_BATCH[set(work.tables) == {"national"}]
        self.strategies, self.company = len(work.specs), work.company
        self.left = left
        self.seconds: float | None = None
        self.size, self.more = 0, 0  # of the batches of a round, and how many of them are still to come

    def learn(self, seconds: list[float]) -> None:
        self.seconds = sum(seconds) / len(seconds)  # of the last batch, for runs are faster in company

    def runs(self, workers: int) -> int:
        if not self.more:
            self.size, self.more = self._size(workers), workers
        self.more -= 1
        self.left -= self.size
        return self.size

    def _size(self, workers: int) -> int:
        together = _whole(self.company, self.strategies)  # scenarios of a point share their past
        if self.seconds is None:
            worth = together if self.size else together // FIRST
        else:
            worth = int(SECONDS_A_BATCH / max(self.seconds, 1e-6))
        most = _whole(_whole(max(1, min(worth, self.most)), together), self.strategies)
        rounds = max(1, -(-self.left // (workers * most)))
        size = max(1, -(-self.left // (workers * rounds)))
        return min(most, size + -size % self.strategies) if size > self.strategies else size


def _whole(runs: int, unit: int) -> int:
    """Return the whole units of runs, if there is one."""
    return runs - runs % unit if runs > unit else runs


def _check_folder(folder: Path, plan: Plan) -> dict[str, Any] | None:
    """Refuse a folder that is not ours, or whose sweep cannot become this one; return its manifest if it has one."""
    stored = check_store(folder, KIND)
    if stored is None:
        return None
    if stored["model"] != model_version():
        raise InputError("another_model", folder=folder, stored=stored["model"], now=model_version())
    if stored["factors"] != list(plan.factors) or stored["tables"] != list(plan.record.tables):
        raise _another_sweep(folder, plan)
    return stored


def _another_sweep(folder: Path, plan: Plan) -> InputError:
    old, new = read_manifest(folder)["plan"], plan_as_json(plan)
    changed = [key for key in new if old.get(key) != new[key] and key not in ("name", "why")]
    return InputError("another_sweep", folder=folder, changed=changed or Sentence("scenarios_hold"))
