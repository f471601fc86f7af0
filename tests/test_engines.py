"""Engines: one process, several, or a Dask cluster that loses a worker: the same bits."""

from __future__ import annotations

import gc
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import threading
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from builders import small
from ftz_sim.errors import InputError
from ftz_sim.runs import sweep as module
from ftz_sim.runs.engine import PASTS, simulate
from ftz_sim.runs.executors import (
    KEEP_MEMORY,
    LostWorkerError,
    Place,
    dismiss_workers,
    kept_pool,
    process_pool,
    unordered,
)
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.sweep import sweep
from sweeps import rows, same, sweep_file


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return sweep_file(tmp_path_factory.mktemp("plan"), replicates=1)


@pytest.fixture(scope="module")
def one_process(path):
    sweep(path, path.parent / "one")
    return path.parent / "one"


def test_two_processes_make_the_same_bits(path, one_process, tmp_path):
    sweep(path, tmp_path / "two", Place(workers=2))
    same(one_process, tmp_path / "two")


def test_runs_leave_only_the_pasts_that_are_kept_in_memory():
    PASTS.forget()
    gc.collect()
    before = {id(each) for each in gc.get_objects() if type(each) is FtzModel}  # other tests may hold some
    gc.disable()  # memory must not wait for the collector
    try:
        for seed in range(4):
            simulate(small("history", "horizon.end=2013Q1"), seed)
        models = [each for each in gc.get_objects() if type(each) is FtzModel and id(each) not in before]
    finally:
        gc.enable()
    assert sorted(each.seed for each in models if vars(each)) == [2, 3]


def square(number: int) -> int:
    return number * number


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_work_is_read_only_as_fast_as_it_is_done():
    taken = []

    def items(workers):
        for number in range(1000):
            taken.append(number)
            yield number

    results = unordered(square, items, Place(workers=2))
    first = [next(results) for _ in range(3)]
    results.close()
    assert {*first} <= {number**2 for number in range(10)}
    assert len(taken) < 12


def test_a_lost_worker_is_noticed():
    with pytest.raises(LostWorkerError):
        list(unordered(die, lambda _: range(10), Place(workers=2)))


def test_a_sweep_goes_on_after_workers_were_lost_and_gives_up_in_the_end(path, one_process, tmp_path, monkeypatch):
    deaths = []

    def dying(make, batches, place):
        yield make(next(iter(batches(1))))
        deaths.append(1)
        raise LostWorkerError("lost_worker")

    with monkeypatch.context() as patch:
        patch.setattr(module, "MOST_IN_BATCH", {True: 1})
        patch.setattr(module, "unordered", dying)  # a run each time, and then all workers die
        sweep(path, tmp_path / "out")
    assert len(deaths) == 8  # one for each run
    same(one_process, tmp_path / "out")

    def dead(make, batches, place):
        deaths.append(1)
        raise LostWorkerError("lost_worker")
        yield

    monkeypatch.setattr(module, "unordered", dead)
    deaths.clear()
    with pytest.raises(LostWorkerError, match="again and again"):
        sweep(path, tmp_path / "never")
    assert len(deaths) == module.ATTEMPTS


@contextmanager
def _process(*words: str, env: dict[str, str]):
    process = subprocess.Popen([sys.executable, "-m", *words], stderr=subprocess.PIPE, text=True, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _said(process: subprocess.Popen, pattern: str) -> str:
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError(f"{pattern} was never said")


@pytest.fixture
def cluster():
    """A scheduler and two workers, each a process of its own, which talk over TCP."""
    pytest.importorskip("distributed")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with _process(*command, env=env) as scheduler:
        address = _said(scheduler, r"(tcp://127\.0\.0\.1:\d+)")
        worker = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        with _process(*worker, env=env) as a, _process(*worker, env=env) as b:
            for each in (a, b):
                _said(each, r"(Registered to|Starting established connection)")
            yield address, [a, b], scheduler


def test_a_dask_cluster_that_loses_a_worker_makes_the_same_bits(path, one_process, tmp_path, cluster, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_BATCH", {True: 2})
    address, workers, _ = cluster
    seen = []

    def report(finished, failed, runs):
        seen.append(finished)
        if finished and workers[0].poll() is None:
            workers[0].kill()

    sweep(path, tmp_path / "dask", Place("dask", scheduler=address), report=report)
    assert workers[0].poll() is not None and workers[1].poll() is None
    assert seen[-1] == 8 and len(seen) > 3  # the worker was lost in the middle
    same(one_process, tmp_path / "dask")


def test_a_scheduler_that_dies_is_said_and_what_was_finished_is_kept(path, one_process, tmp_path, cluster, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_BATCH", {True: 1})
    monkeypatch.setattr("ftz_sim.runs.executors.CONNECT", 1)
    address, _, scheduler = cluster

    def report(finished, failed, runs):
        if finished:
            scheduler.kill()

    with pytest.raises(InputError, match=f"no Dask scheduler answers at {address}"):
        sweep(path, tmp_path / "dask", Place("dask", scheduler=address), report=report)
    assert 0 < sweep(path, tmp_path / "dask").made < 8
    same(one_process, tmp_path / "dask")


def test_work_is_cut_for_the_workers_that_a_cluster_has(cluster):
    found = []

    def items(workers):
        found.append(workers)
        return range(3)

    address, *_ = cluster
    assert sorted(unordered(square, items, Place("dask", scheduler=address))) == [0, 1, 4]
    assert found == [2]


def test_dask_starts_workers_of_its_own_without_a_word_about_ports(path, one_process, tmp_path, recwarn):
    pytest.importorskip("distributed")
    with socket.socket() as other:
        with suppress(OSError):  # if somebody else has the port of Dask's own page, so much the better
            other.bind(("", 8787))
            other.listen()
        sweep(path, tmp_path / "own", Place("dask"))
    same(one_process, tmp_path / "own")
    assert not [each for each in recwarn if "8787" in str(each.message)]


def test_no_cluster_there_is_said_in_a_sentence(path, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("ftz_sim.runs.executors.CONNECT", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(InputError, match=f"no Dask scheduler answers at {address}"):
        sweep(path, tmp_path / "out", Place("dask", scheduler=address))


def test_a_worker_with_another_model_is_refused(path, tmp_path, monkeypatch):
    from ftz_sim.runs import batches

    versions = iter(["0.1.0-here", *["0.1.0-there"] * 9])
    monkeypatch.setattr(batches, "model_version", lambda: next(versions))
    with pytest.raises(InputError, match=r"a worker has model 0\.1\.0-there, the sweep asks for 0\.1\.0-here"):
        sweep(path, tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 0


def test_workers_that_are_replaced_for_their_memory_are_no_news():
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        process_pool(1).shutdown()
        warnings.warn("A worker stopped while some jobs were given to the executor.", UserWarning, stacklevel=1)
        warnings.warn("something else", UserWarning, stacklevel=1)
    assert [str(each.message) for each in told] == ["something else"]


def test_workers_that_are_dismissed_leave_no_thread_that_holds_locks():
    before = set(threading.enumerate())
    for _ in range(3):
        with kept_pool(1) as pool:
            assert pool.submit(abs, -1).result() == 1
        dismiss_workers()
        assert set(threading.enumerate()) <= before


def pages_asked_for():
    """Return how many pages of memory the system gives a process that takes and leaves 40 MB ten times."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        del [np.ones(250_000) for _ in range(20)][:]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep memory as they like")
def test_workers_keep_the_memory_that_a_quarter_gives_back(monkeypatch):
    kept = process_pool(1)
    monkeypatch.setattr("ftz_sim.runs.executors.OF_WORKERS", {"GLIBC_TUNABLES": ""})
    given_back = process_pool(1)
    pages = [pool.submit(pages_asked_for).result() for pool in (kept, given_back)]
    for pool in (kept, given_back):
        pool.shutdown(kill_workers=True)
    assert pages[0] < 0.3 * pages[1], KEEP_MEMORY
