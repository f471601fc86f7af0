"""The processes in which the lab runs models: begun with the first run, anew if one is lost, and ended with the server.

A pool has one for each processor, and few: all browsers share them, and their results. What can wait is done in the
background, by processes that leave the processors to what somebody waits for.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from ftz_sim.lab.turns import Turns
from ftz_sim.runs.executors import process_pool

T = TypeVar("T")
WORKERS = max(1, min(4, os.cpu_count() or 1))


class Pool:
    """Processes for models, and the ``turns`` of those who wait for them.

    Args:
        background: whether they leave the processors to others.
    """

    def __init__(self, background: bool = False) -> None:
        self.turns = Turns(WORKERS)
        self._background, self._changing = background, threading.Lock()
        self._executors: list[Any] = []  # one at most
        self._stopped = False

    def do(self, work: Callable[..., T], *words: Any) -> T:
        """Return what ``work`` returns in one of the processes.

        Raises:
            RuntimeError: if they end, or have ended, with the server.
        """
        executor = self._executor()
        try:
            done: T = executor.submit(work, *words).result()
        except BrokenProcessPool:
            self._end(executor)  # and no other: another thread may have begun anew already
            done = self._executor().submit(work, *words).result()
        return done

    def stop(self) -> None:
        """End all processes, whatever they are doing; whoever waits for them is told, and none begins anew."""
        with self._changing:
            self._stopped = True
        for executor in self._executors[:]:
            self._end(executor)

    def _end(self, executor: Any) -> None:
        with self._changing:
            if executor not in self._executors:
                return
            self._executors.remove(executor)
        executor.shutdown(wait=False, kill_workers=True)

    def _executor(self) -> Any:
        with self._changing:
            if self._stopped:
                raise RuntimeError("the lab has ended")
            if not self._executors:
                self._executors.append(process_pool(WORKERS, background=self._background))
            return self._executors[0]


FOREGROUND, BACKGROUND = Pool(), Pool(background=True)


def stop() -> None:
    """End all processes of the lab."""
    FOREGROUND.stop()
    BACKGROUND.stop()
