"""Executors: this process, local processes (loky), or a Dask cluster, behind one function.

`unordered` keeps a window of work in flight and yields results as they come, so that neither the work nor
its results are ever in memory as a whole. Which executor did the work cannot be seen in a result.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from logging import CRITICAL, ERROR
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from ftz_sim.errors import InputError, LostWorkerError, nearest
from ftz_sim.extras import need
from ftz_sim.runs import parcels

Item = TypeVar("Item")
Result = TypeVar("Result")
Kind = Literal["local", "dask"]
AHEAD = 2  # pieces of work for each worker: one that it does, one that waits
RETRIES = 3  # times that Dask gives work to another worker when one dies
CONNECT = 10  # seconds
IDLE = 300  # seconds that a worker is kept without work
BEHIND = 10  # priority of work in the background, as `nice` counts: a tenth of a processor that others want, too
NEW_OBJECTS = 20_000  # that a worker makes between two looks for cycles, of which imports and batches have few
PARENT_SEEN = 1.0  # seconds between two looks of a worker whether its parent is there
_KEPT: dict[int, Any] = {}  # pools that nobody uses now, by their size
# a quarter asks for the same megabytes a thousand times over: glibc, where it is, keeps them, and in large pages
KEEP_MEMORY = "hugetlb=1 trim_threshold=536870912 mmap_threshold=134217728 top_pad=67108864"
OF_WORKERS = {  # their environment: libraries of linear algebra with one thread, and memory
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "GLIBC_TUNABLES": ":".join(f"glibc.malloc.{each}" for each in KEEP_MEMORY.split()),
}


class Place(NamedTuple):
    """Where work is done.

    Attributes:
        engine: ``local`` or ``dask``.
        workers: processes on this machine; of a Dask cluster that exists already, only what it has counts.
        scheduler: address of a Dask cluster, such as ``tcp://10.0.0.1:8786``; without it Dask starts its own.
    """

    engine: Kind = "local"
    workers: int = 1
    scheduler: str | None = None

    def check(self) -> None:
        """Make sure that the place makes sense.

        Raises:
            InputError: if it does not, or Dask is not installed.
        """
        if self.engine not in get_args(Kind):
            raise InputError("engine", found=self.engine, nearest=nearest(self.engine, get_args(Kind)))
        if self.scheduler is not None and self.engine != "dask":
            raise InputError("scheduler_alone")
        if self.engine == "dask":
            need("distributed")


def unordered(
    function: Callable[[Item], Result], items: Callable[[int], Iterable[Item]], place: Place
) -> Generator[Result]:
    """Yield ``function(item)`` for all items in the order in which results come; to close the iterator stops workers.

    Args:
        function: what is done with an item.
        items: all of them, for so many workers; they are read only as fast as work is done.
        place: where it is done.

    Raises:
        LostWorkerError: if worker processes were lost and the work with them.
        InputError: if a Dask cluster cannot be reached.
    """
    if place.engine == "local" and place.workers == 1:
        yield from map(function, items(1))
        return
    with _dask(place) if place.engine == "dask" else _processes(place) as (executor, workers):
        yield from _in_window(executor, function, iter(items(workers)), AHEAD * workers)


def _in_window(
    executor: Executor, function: Callable[[Item], Result], items: Iterator[Item], window: int
) -> Iterator[Result]:
    running: set[Future[Result]] = {executor.submit(function, item) for item in islice(items, window)}
    try:
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {executor.submit(function, item) for item in islice(items, len(done))}
            for future in done:
                yield future.result()
    finally:  # what no worker has begun must not begin while they are stopped
        wait({future for future in running if future.cancel()}, timeout=1)


@contextmanager
def _processes(place: Place) -> Iterator[tuple[Executor, int]]:
    with kept_pool(place.workers) as executor:
        yield executor, place.workers


@contextmanager
def kept_pool(workers: int) -> Iterator[Any]:
    """Give a pool of so many processes, which is kept for who wants one next; one that is left in an error is ended.

    Raises:
        LostWorkerError: if worker processes were lost and the work with them.
    """
    executor = _KEPT.pop(workers, None)
    if executor is None or executor._flags.broken:  # a worker was killed while it waited
        executor = process_pool(workers, IDLE)
    try:
        yield executor
    except BaseException as error:
        executor.shutdown(kill_workers=True)
        if isinstance(error, BrokenProcessPool):
            raise LostWorkerError("lost_worker") from error
        raise
    _KEPT[workers] = executor


def kept_workers() -> int:
    """Return how many processes are kept; 0 if none are."""
    return max(_KEPT, default=0)


def dismiss_workers() -> None:
    """End the processes that are kept, at once; to tidy up what ends with them would take them half a second."""
    while _KEPT:
        _KEPT.popitem()[1].shutdown(kill_workers=True)
    for thread in threading.enumerate():
        if thread.name == "QueueFeederThread":  # locks that it still holds when Python ends would be called leaked
            thread.join(PARENT_SEEN)


def process_pool(workers: int, idle: float | None = None, background: bool = False) -> Any:
    """Return an executor of so many processes of this machine, which begin with the first work and end with us.

    Args:
        workers: processes.
        idle: seconds without work after which one ends before; another begins with the next work.
        background: whether they leave the processors to whoever else wants them, where the system knows priorities.
    """
    from joblib.externals.loky import ProcessPoolExecutor

    # pasts that are kept make the memory of workers grow, until loky replaces them, and nothing is lost
    warnings.filterwarnings("ignore", message="A worker stopped while some jobs")
    heeding = {"initializer": begin_worker, "initargs": (os.getpid(), background)}
    return ProcessPoolExecutor(workers, timeout=idle, env=OF_WORKERS, **heeding)


def begin_worker(parent: int, background: bool = False) -> None:
    """Make a new worker process heed its parent, whose id is ``parent``, and nobody else."""
    if background and hasattr(os, "nice"):
        os.nice(BEHIND)
    # Ctrl-C goes to all processes of the terminal; the one that holds the results decides
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(NEW_OBJECTS)
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: int) -> None:
    # killed, a parent stops nobody, and a worker that waits for work would wait for good; Dask sees to its own workers
    while os.getppid() == parent:
        time.sleep(PARENT_SEEN)
    parcels.clear()
    os._exit(1)


@contextmanager
def _dask(place: Place) -> Iterator[tuple[Executor, int]]:
    from distributed import Client, KilledWorker, LocalCluster
    from distributed.utils import silence_logging_cmgr

    cluster = None
    if place.scheduler is None:
        os.environ.update({name: os.environ.get(name, value) for name, value in OF_WORKERS.items()})
        # any free port of this machine: Dask takes one in any case, and warns when its usual one is in use
        own = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": ERROR}
        cluster = LocalCluster(n_workers=place.workers, **own)
    with silence_logging_cmgr(CRITICAL):  # what goes wrong is said in a sentence
        try:
            client = Client(cluster or place.scheduler, timeout=CONNECT)
        except (OSError, ValueError) as error:
            raise InputError("no_answer", address=place.scheduler, reason=str(error)) from None
        try:
            workers = sum(client.nthreads().values())
            if not workers:
                raise InputError("no_workers", address=place.scheduler)
            yield client.get_executor(pure=False, retries=RETRIES), workers
        except (KilledWorker, CancelledError) as error:  # the latter if the scheduler is gone
            raise LostWorkerError("lost_worker") from error
        finally:
            client.close()
            if cluster is not None:
                cluster.close()
