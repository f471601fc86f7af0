"""Browsers take turns: there are as many as there are processes for models, and the rest waits in order.

Several requests that wait for the same are answered in company, where the work knows how: ten runs that are stepped
together cost what three cost alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from heapq import heappop, heappush
from itertools import count
from typing import Any

FEW = 3  # requests; of fewer, each is answered sooner alone


class _Ticket:
    """A request that waits, and its answer; the lowest rank goes first, among equals whoever came first."""

    def __init__(self, rank: int, arrival: int, request: Any) -> None:
        self.order, self.request, self.answer = (rank, arrival), request, Future[Any]()
        self.called = False  # it is being answered, by its own thread or by another's

    def __lt__(self, other: _Ticket) -> bool:
        return self.order < other.order


class Turns:
    """A queue before so many processes.

    Args:
        most: how many requests, or companies of them, are answered at once.
    """

    def __init__(self, most: int = 1) -> None:
        self._changed = threading.Condition()
        self._most, self._free = most, most
        self._waiting: list[_Ticket] = []
        self._arrivals = count()

    def ask(self, rank: int, request: Any, work: Callable[[Sequence[Any]], Sequence[Any]], company: int = 1) -> Any:
        """Return what ``work`` answers to a request when it is its turn; it runs in the thread of one of a company.

        Args:
            rank: everybody's first seed goes before anybody's second; requests of one rank ask for the same work.
            request: what is asked.
            work: answers several requests, in their order. What it raises is raised to all who asked.
            company: how many requests it may be given at once.
        """
        ticket = _Ticket(rank, next(self._arrivals), request)
        with self._changed:
            heappush(self._waiting, ticket)
            self._changed.wait_for(lambda: ticket.called or (self._free and self._waiting[0] is ticket))
            called = [] if ticket.called else self._call(rank, company)
        if called:
            self._answer(called, work)
        return ticket.answer.result()

    def _call(self, rank: int, company: int) -> list[_Ticket]:
        """Take the first of those who wait, and its company: a fair part of those of its rank."""
        alike = sum(ticket.order[0] == rank for ticket in self._waiting)
        number = min(company, max(FEW + 1, -(-alike // self._most))) if alike >= FEW else 1
        called = [heappop(self._waiting) for _ in range(min(number, alike))]
        for ticket in called:
            ticket.called = True
        self._free -= 1
        self._changed.notify_all()  # there may be a turn for the next, too
        return called

    def _answer(self, called: Sequence[_Ticket], work: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
        try:
            for ticket, answer in zip(called, work([each.request for each in called]), strict=True):
                ticket.answer.set_result(answer)
        except BaseException as error:
            for ticket in called:
                if not ticket.answer.done():
                    ticket.answer.set_exception(error)
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()
