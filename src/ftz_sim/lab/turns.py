"""Browsers take turns: there are as many as there are processes for models, and the rest waits in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count


class Turns:
    """A lock that so many may hold at once, and that goes to the lowest rank first, among equals to whoever came first.

    Args:
        most: how many may hold it.
        spare: how many of them what can wait leaves to others, unless there is one alone.
    """

    def __init__(self, most: int = 1, spare: int = 0) -> None:
        self._changed = threading.Condition()
        self._free, self._spare = most, min(spare, most - 1)
        self._waiting: list[tuple[int, int]] = []
        self._arrivals = count()

    @contextmanager
    def take(self, rank: int, can_wait: bool = False) -> Iterator[None]:
        """Wait for a turn and keep it for the block; everybody's first seed goes before anybody's second."""
        ticket, spare = (rank, next(self._arrivals)), self._spare * can_wait
        with self._changed:
            heappush(self._waiting, ticket)
            self._changed.wait_for(lambda: self._free > spare and self._waiting[0] == ticket)
            heappop(self._waiting)
            self._free -= 1
            self._changed.notify_all()  # there may be a turn for the next, too
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()
