"""Where runs execute: this process, local worker processes, or a Dask cluster.

A run depends on its scenario and seed alone, so results are the same bits for any number of workers, and
they come back in the order of the jobs. Runs that can be are stepped together.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.tables import TABLES, Tables, all_tables
from ftz_sim.model.streams import child_seed
from ftz_sim.results import FailedRun, Run
from ftz_sim.results.processor import processor
from ftz_sim.runs.executors import AHEAD, kept_pool
from ftz_sim.runs.outcomes import Batch, Company, Outcome, in_order
from ftz_sim.runs.parcels import depot, opened, packed
from ftz_sim.runs.pasts import Pasts, ThreadPasts
from ftz_sim.runs.together import Kept, Seeded, batches, most_runs, tables_of
from ftz_sim.scenario.scenario import Scenario

Array = NDArray[Any]


class Job(NamedTuple):
    """One run to be made."""

    spec: Scenario
    replicate: int
    seed: int  # of the model


def replicate_jobs(specs: Sequence[Scenario], reps: int, seed: int) -> list[Job]:
    """Return ``reps`` jobs for every scenario; equal replicates have common random numbers in all scenarios."""
    return [Job(spec, replicate, child_seed(seed, 0, replicate)) for replicate in range(reps) for spec in specs]


Simulate = Callable[[Scenario, int], Tables]


PASTS = ThreadPasts(2)  # with zones and without


def simulate(spec: Scenario, seed: int, names: Sequence[str] = TABLES, pasts: Pasts = PASTS) -> Tables:
    """Run the model and return its tables ``names``; a past that another scenario has played is not played again."""
    model = pasts.at_fork(spec, seed).run()
    tables = all_tables(model.recorder.records, names)._replace(rules=model.watch.table(model.clock.index))
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
    return Outcome(result, time.perf_counter() - start, processor())


def simulate_many(runs: Sequence[Seeded], names: Sequence[str] = TABLES, kept: Kept | None = None) -> list[Outcome]:
    """Make many runs, stepped together where they can be (see `together`); every one has the bits that it has alone.

    A run that does not go well in company is made again alone, so that its error is its own.

    Args:
        runs: scenario and seed of each.
        names: tables that are made; the others are empty.
        kept: where pasts are kept for runs that share them later, see `tables_of`.

    Returns:
        an outcome for each run, in their order.
    """
    return in_order(_in_batches(runs, names, kept))


def _in_batches(runs: Sequence[Seeded], names: Sequence[str], kept: Kept | None = None) -> list[Batch]:
    return [(batch, _in_company([runs[place] for place in batch], names, kept)) for batch in batches(runs)]


def _in_company(runs: Sequence[Seeded], names: Sequence[str], kept: Kept | None) -> list[Outcome | Company]:
    alone = partial(simulate, names=names)
    if len(runs) == 1:
        return [attempt(*run, alone) for run in runs]
    start = time.perf_counter()
    try:
        tables = tables_of(runs, names, kept)
    except Exception:  # of any of them: halves find it in a few steps
        half = len(runs) // 2
        return _in_company(runs[:half], names, kept) + _in_company(runs[half:], names, kept)
    seconds = (time.perf_counter() - start) / len(runs)
    again = {place: attempt(*runs[place], alone) for place, well in enumerate(finite(tables)) if not well}
    return [Company(tables.swapped(), again, len(runs), seconds, processor())]


def play(job: Job) -> Run | FailedRun:
    """Make one run, or note why it failed."""
    return _named(job, attempt(job.spec, job.seed))


def play_many(jobs: Sequence[Job], names: Sequence[str] = TABLES) -> list[Run | FailedRun]:
    """Make runs as `simulate_many` does; those that fail say why."""
    return _all_named(jobs, _play_many(jobs, names))


def _play_many(jobs: Sequence[Job], names: Sequence[str]) -> list[Batch]:
    return _in_batches([(job.spec, job.seed) for job in jobs], names)


def _all_named(jobs: Sequence[Job], made: Sequence[Batch]) -> list[Run | FailedRun]:
    # apart from `_play_many`, so that worker processes send tables of many runs as they are, and no scenario
    return [_named(job, outcome) for job, outcome in zip(jobs, in_order(made), strict=True)]


def _named(job: Job, outcome: Outcome) -> Run | FailedRun:
    if isinstance(outcome.result, str):
        return FailedRun(job.spec, job.seed, job.replicate, outcome.result, outcome.seconds, outcome.processor)
    return Run(job.spec, job.seed, outcome.result, job.replicate, outcome.seconds, outcome.processor)


def not_finite(tables: Tables) -> list[str]:
    """Return the names of the columns that hold something that is no finite number."""
    columns = [(name, key, values) for name in TABLES for key, values in getattr(tables, name).items()]
    if np.isfinite(np.concatenate([values for _, _, values in columns], axis=None)).all():
        return []  # in one go, because it is looked at in every run
    return [f"{name}.{key}" for name, key, values in columns if not np.isfinite(values).all()]


def finite(tables: Tables) -> Array:
    """Return which of several runs hold finite numbers alone [E]."""
    columns = [values for name in TABLES for values in getattr(tables, name).values()]
    return np.logical_and.reduce([np.isfinite(each).all(axis=(0, *range(2, each.ndim))) for each in columns])


def map_runs(
    jobs: Sequence[Job], workers: int = 1, progress: bool = False, names: Sequence[str] = TABLES
) -> Iterator[Run | FailedRun]:
    """Make all runs and yield them in the order of ``jobs``.

    Args:
        jobs: what to run.
        workers: processes; 1 is this one.
        progress: whether to show a bar with the time left on standard error.
        names: tables that are made; the others are empty.
    """
    pieces = pieces_of(jobs, workers)
    runs = _here(pieces, names) if workers == 1 or len(pieces) == 1 else _in_processes(pieces, workers, names)
    yield from _with_bar(runs, len(jobs)) if progress else runs


def pieces_of(jobs: Sequence[Job], workers: int) -> list[Sequence[Job]]:
    """Cut jobs into pieces that a worker makes at once: as many for each worker, none larger than a batch.

    Where it can be, jobs of one seed are in one piece, for scenarios of one seed share their past.
    """
    if not jobs:
        return []
    most = min(most_runs(job.spec) for job in jobs)
    together = min(sum(job.seed == jobs[0].seed for job in jobs), -(-len(jobs) // workers), most)
    points = -(-len(jobs) // together)
    rounds = -(-points // (workers * (most // together)))
    pieces = min(points, workers * rounds)
    ends = [together * (points * piece // pieces) for piece in range(pieces)] + [len(jobs)]
    return [jobs[a:b] for a, b in pairwise(ends)]


def _here(pieces: Sequence[Sequence[Job]], names: Sequence[str]) -> Iterator[Run | FailedRun]:
    for jobs in pieces:
        yield from play_many(jobs, names)


def _in_processes(pieces: Sequence[Sequence[Job]], workers: int, names: Sequence[str]) -> Iterator[Run | FailedRun]:
    with depot() as folder, kept_pool(workers) as executor:
        waiting: deque[Any] = deque()
        for number, jobs in enumerate(pieces):
            while len(waiting) < AHEAD * workers and number + len(waiting) < len(pieces):
                waiting.append(executor.submit(packed, folder, _play_many, pieces[number + len(waiting)], names))
            yield from _all_named(jobs, opened(waiting.popleft().result()))


def _with_bar(runs: Iterator[Run | FailedRun], total: int) -> Iterator[Run | FailedRun]:
    from rich.console import Console
    from rich.progress import track

    yield from track(runs, "runs", total=total, console=Console(stderr=True), transient=True)
