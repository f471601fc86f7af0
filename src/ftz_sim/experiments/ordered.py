"""Runs in the order of their jobs, wherever they are made: here, in local processes, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ftz_sim.engine import Job, map_runs, play
from ftz_sim.executors import Place, unordered
from ftz_sim.results import FailedRun, Run

Numbered = tuple[int, Run | FailedRun]


def runs_at(place: Place, jobs: Sequence[Job], progress: bool = False) -> Iterator[Run | FailedRun]:
    """Make all runs at ``place`` and yield them in the order of ``jobs``.

    Raises:
        InputError: if a Dask cluster cannot be reached, or Dask is not installed.
        LostWorkerError: if worker processes were lost and the work with them.
    """
    if place.engine == "local":
        return map_runs(jobs, place.workers, progress)
    return _in_order(unordered(_play, enumerate(jobs), place))


def _play(numbered: tuple[int, Job]) -> Numbered:
    number, job = numbered
    return number, play(job)


def _in_order(runs: Iterable[Numbered]) -> Iterator[Run | FailedRun]:
    waiting: dict[int, Run | FailedRun] = {}  # those that came before their turn
    turn = 0
    for number, run in runs:
        waiting[number] = run
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1
