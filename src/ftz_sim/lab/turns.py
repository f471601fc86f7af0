"""Browsers take turns: models hold the interpreter, so two at once would only slow each other down."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count


class Turns:
    """A lock that goes to the lowest rank first, and among equals to whoever came first."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._busy = False
        self._waiting: list[tuple[int, int]] = []
        self._arrivals = count()

    @contextmanager
    def take(self, rank: int) -> Iterator[None]:
        """Wait for a turn and keep it for the block; everybody's first seed goes before anybody's second."""
        ticket = (rank, next(self._arrivals))
        with self._free:
            heappush(self._waiting, ticket)
            self._free.wait_for(lambda: not self._busy and self._waiting[0] == ticket)
            heappop(self._waiting)
            self._busy = True
        try:
            yield
        finally:
            with self._free:
                self._busy = False
                self._free.notify_all()
