"""Where runs execute: this process, local worker processes, or a Dask cluster.

A run depends on its scenario and seed alone, so results are the same bits for any number of workers, and
they come back in the order of the jobs.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

import numpy as np

from ftz_sim.errors import LostWorkerError
from ftz_sim.executors import begin_worker
from ftz_sim.indicators.tables import Tables, all_tables
from ftz_sim.pasts import Pasts, ThreadPasts
from ftz_sim.results import FailedRun, Run
from ftz_sim.results.frames import TABLES
from ftz_sim.scenario import Scenario
from ftz_sim.streams import child_seed


class Job(NamedTuple):
    """One run to be made."""

    spec: Scenario
    replicate: int
    seed: int  # of the model


def replicate_jobs(specs: Sequence[Scenario], reps: int, seed: int) -> list[Job]:
    """Return ``reps`` jobs for every scenario; equal replicates meet equal luck in all scenarios."""
    return [Job(spec, replicate, child_seed(seed, 0, replicate)) for replicate in range(reps) for spec in specs]


class Outcome(NamedTuple):
    """What comes back of a run: its tables, or what went wrong."""

    result: Tables | str
    seconds: float


Simulate = Callable[[Scenario, int], Tables]


PASTS = ThreadPasts(2)  # with zones and without


def simulate(spec: Scenario, seed: int, pasts: Pasts = PASTS) -> Tables:
    """Run the model and return its tables; a past that another scenario has played is not played again."""
    model = pasts.at_fork(spec, seed).run()
    tables = all_tables(model.recorder.records)
    model.release()
    return tables


def attempt(spec: Scenario, seed: int, simulate: Simulate = simulate) -> Outcome:
    """Make one run; an error inside the model is kept and reported, so that the other runs go on."""
    start = time.perf_counter()
    result: Tables | str
    try:
        result = simulate(spec, seed)
        if bad := not_finite(result):
            result = f"not a finite number in {', '.join(bad[:5])}"
    except Exception as error:  # whatever a scenario's numbers provoke; kept with its place in the code
        place = traceback.extract_tb(error.__traceback__)[-1]
        result = f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"
    return Outcome(result, time.perf_counter() - start)


def play(job: Job) -> Run | FailedRun:
    """Make one run, or note why it failed."""
    return _named(job, _play(job))


def _play(job: Job) -> Outcome:
    return attempt(job.spec, job.seed)


def _named(job: Job, outcome: Outcome) -> Run | FailedRun:
    # apart from `_play`, so that worker processes need not send the scenario back
    if isinstance(outcome.result, str):
        return FailedRun(job.spec, job.seed, job.replicate, outcome.result, outcome.seconds)
    return Run(job.spec, job.seed, outcome.result, job.replicate, outcome.seconds)


def not_finite(tables: Tables) -> list[str]:
    """Return the names of the columns that hold something that is no finite number."""
    columns = {f"{name}.{key}": values for name in TABLES for key, values in getattr(tables, name).items()}
    if np.isfinite(np.concatenate([values.reshape(-1) for values in columns.values()])).all():
        return []  # in one go, because it is looked at in every run
    return [name for name, values in columns.items() if not np.isfinite(values).all()]


def map_runs(jobs: Sequence[Job], workers: int = 1, progress: bool = False) -> Iterator[Run | FailedRun]:
    """Make all runs and yield them in the order of ``jobs``.

    Args:
        jobs: what to run.
        workers: processes; 1 is this one.
        progress: whether to show a bar with the time left on standard error.
    """
    runs = _here(jobs) if workers == 1 or len(jobs) == 1 else _in_processes(jobs, workers)
    yield from _with_bar(runs, len(jobs)) if progress else runs


def _here(jobs: Sequence[Job]) -> Iterator[Run | FailedRun]:
    return (play(job) for job in jobs)


def _in_processes(jobs: Sequence[Job], workers: int) -> Iterator[Run | FailedRun]:
    from joblib import Parallel, delayed

    # scenarios of one replicate go to one worker, for they share their past
    together = min(sum(job.seed == jobs[0].seed for job in jobs), -(-len(jobs) // workers))
    parallel = Parallel(
        n_jobs=workers, return_as="generator", batch_size=together, pre_dispatch=2 * together * workers,
        initializer=begin_worker, initargs=(os.getpid(),),
    )  # fmt: skip
    try:
        outcomes = parallel(delayed(_play)(job) for job in jobs)
        yield from (_named(job, outcome) for job, outcome in zip(jobs, outcomes, strict=True))
    except BrokenProcessPool as error:
        raise LostWorkerError("lost_worker") from error


def _with_bar(runs: Iterator[Run | FailedRun], total: int) -> Iterator[Run | FailedRun]:
    from rich.console import Console
    from rich.progress import track

    yield from track(runs, "runs", total=total, console=Console(stderr=True), transient=True)
