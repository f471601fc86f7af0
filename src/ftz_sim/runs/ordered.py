"""Runs in the order of their jobs, wherever they are made: here, in local processes, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from ftz_sim.indicators.tables import TABLES
from ftz_sim.results import FailedRun, Run
from ftz_sim.runs.engine import Job, map_runs, pieces_of, play_many
from ftz_sim.runs.executors import Place, unordered

Numbered = tuple[int, list[Run | FailedRun]]


def runs_at(
    place: Place, jobs: Sequence[Job], progress: bool = False, names: Sequence[str] = TABLES
) -> Iterator[Run | FailedRun]:
    """Make all runs at ``place``, with their tables ``names``, and yield them in the order of ``jobs``.

    Raises:
        InputError: if a Dask cluster cannot be reached, or Dask is not installed.
        LostWorkerError: if worker processes were lost and the work with them.
    """
    if place.engine == "local":
        return map_runs(jobs, place.workers, progress, names)
    return _in_order(unordered(partial(_play, names), lambda workers: enumerate(pieces_of(jobs, 2 * workers)), place))


def _play(names: Sequence[str], numbered: tuple[int, Sequence[Job]]) -> Numbered:
    number, jobs = numbered
    return number, play_many(jobs, names)


def _in_order(pieces: Iterable[Numbered]) -> Iterator[Run | FailedRun]:
    waiting: dict[int, list[Run | FailedRun]] = {}  # those that came before their turn
    turn = 0
    for number, runs in pieces:
        waiting[number] = runs
        while turn in waiting:
            yield from waiting.pop(turn)
            turn += 1
