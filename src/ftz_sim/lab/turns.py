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
    """

    def __init__(self, most: int = 1) -> None:
        self._changed = threading.Condition()
        self._free = most
        self._waiting: list[tuple[int, int]] = []
        self._arrivals = count()

    @contextmanager
    def take(self, rank: int) -> Iterator[None]:
        """Wait for a turn and keep it for the block; everybody's first seed goes before anybody's second."""
        ticket = (rank, next(self._arrivals))
        with self._changed:
            heappush(self._waiting, ticket)
            self._changed.wait_for(lambda: self._free > 0 and self._waiting[0] == ticket)
            heappop(self._waiting)
            self._free -= 1
            self._changed.notify_all()  # there may be a turn for the next, too
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()
