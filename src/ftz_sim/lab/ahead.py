"""Begin with what a page will ask for, in threads of its own: the page shows what there is, and heeds its reader."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

import streamlit as st
from streamlit.runtime.scriptrunner import StopException, add_script_run_ctx

from ftz_sim.errors import InputError
from ftz_sim.lab.simulate import NotWantedError, over_part, simulate
from ftz_sim.lab.work import PART


class Ahead:
    """Runs of the scenarios of a page; those whose turn comes when their reader has moved on are left out.

    Args:
        texts: scenario files.
        end: last year.
    """

    def __init__(self, texts: Sequence[str], end: int) -> None:
        self._texts, self._end = texts, end
        self._pages: list[int] = st.session_state.setdefault("pages", [0])  # how many so far; any thread may look
        self._pages[0] += 1
        self._mine = self._pages[0]

    def seeds(self, seeds: int) -> list[Future[None]]:
        """Begin with so many seeds; return what is done when they have ended, and `simulate` returns them."""
        return self._begun(simulate, range(seeds))

    def draws(self, start: int, end: int) -> list[Future[None]]:
        """Begin with draws; return what is done when they have ended, and `over_draws` returns them."""
        return self._begun(over_part, range(start // PART, end // PART))

    def _begun(self, work: Callable[..., object], numbers: range) -> list[Future[None]]:
        return [
            begin(partial(work, text, self._end, number, self._is_wanted)) for number in numbers for text in self._texts
        ]

    def _is_wanted(self) -> bool:
        return self._pages[0] == self._mine


def begin(work: Callable[[], object]) -> Future[None]:
    """Begin with something in a thread of its own; return what is done when it has ended."""
    ended: Future[None] = Future()

    def go() -> None:
        try:
            # what goes wrong is told to who asks for it; a page that is closed or drawn anew stops whoever looks at it
            with suppress(InputError, RuntimeError, NotWantedError, StopException):
                work()
        finally:
            ended.set_result(None)

    thread = threading.Thread(target=go, daemon=True)
    add_script_run_ctx(thread)
    thread.start()
    return ended
