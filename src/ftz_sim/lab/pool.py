"""The processes in which the lab runs models: begun with the first run, anew if one is lost, and ended with the server.

They are one for each processor, and few: all browsers share them, and their results.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from ftz_sim.runs.executors import process_pool

T = TypeVar("T")
WORKERS = max(1, min(4, os.cpu_count() or 1))
_changing = threading.Lock()
_pools: list[Any] = []  # one at most


def do(work: Callable[..., T], *words: Any) -> T:
    """Return what ``work`` returns in a process of the pool."""
    pool = _pool()
    try:
        done: T = pool.submit(work, *words).result()
    except BrokenProcessPool:
        _end(pool)  # and no other: another thread may have begun anew already
        done = _pool().submit(work, *words).result()
    return done


def stop() -> None:
    """End all processes, whatever they are doing."""
    for pool in _pools[:]:
        _end(pool)


def _end(pool: Any) -> None:
    with _changing:
        if pool not in _pools:
            return
        _pools.remove(pool)
    pool.shutdown(wait=False, kill_workers=True)


def _pool() -> Any:
    with _changing:
        if not _pools:
            _pools.append(process_pool(WORKERS))
        return _pools[0]
