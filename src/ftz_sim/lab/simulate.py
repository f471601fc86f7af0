"""Run scenarios with matched seeds and keep what the lab shows; results are shared by all browsers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.runtime.scriptrunner import StopException, add_script_run_ctx

from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.shown import shown
from ftz_sim.indicators.variables import NATIONAL, REGION, VARIABLES, Level
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.lab.pool import WORKERS, do
from ftz_sim.lab.turns import Turns
from ftz_sim.lab.work import Made, Numbers, make, make_draws
from ftz_sim.model.clock import Quarter
from ftz_sim.text.words import Lang

FOLLOWED: dict[Level, tuple[str, ...]] = {
    "region": ("gdp", "workers", "talents", "fdi", "emerging_share", "co2"),
    "zone": ("value_added", "fdi", "exports", "emerging_share", "effective_openness", "co2"),
}
MOST_RESULTS = 1000
LAST = 1000  # rank of what may wait; second halves go after it
COMPANY = 8  # runs that are stepped together, if so many browsers ask at once


@st.cache_resource
def _turns() -> Turns:
    return Turns(WORKERS, spare=1)


class Result(Made):
    """One run. All browsers read the same one: nobody changes it."""

    @property
    def quarters(self) -> int:
        """Number of quarters."""
        return len(self.national["gdp"])

    @property
    def final(self) -> int:
        """Last year."""
        return last_year(self.quarters)

    @cached_property
    def finals(self) -> dict[str, float]:
        """The national indicators of the final year."""
        return {
            name: float(year(values, self.final, NATIONAL[name].aggregate)) for name, values in self.national.items()
        }


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def simulate(text: str, end: int, replicate: int) -> Result:
    """Run a scenario file once; ``replicate`` n has the same random numbers in every scenario.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if the run fails.
    """
    return Result(*_told(_turns().ask(replicate, (text, end, replicate), partial(do, make), COMPANY)))


class _NotWantedError(Exception):
    """Whoever asked has moved on."""


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def _over_half(text: str, end: int, half: int, _wanted: Callable[[], bool] = lambda: True) -> Numbers:
    asked = (text, end, half), _wanted
    drawn: Numbers = _told(_turns().ask(LAST + half, asked, _draws, can_wait=True))  # long: a first seed may come
    return drawn


def over_draws(text: str, end: int, halves: int) -> Numbers:
    """Return the national indicators of a scenario file over one or both halves of the draws [n, T]; see `make_draws`.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if a run fails.
    """
    made = [_over_half(text, end, half) for half in range(halves)]
    return {name: np.concatenate([each[name] for each in made]) for name in made[0]}


def draws_ahead(texts: Sequence[str], end: int) -> list[Future[None]]:
    """Begin with the draws of scenario files; `over_draws` returns them later.

    Those whose turn comes when their reader has already asked for others are left out.

    Returns:
        what is done when the first and the second half have ended.
    """
    mine = st.session_state.draws_ahead = object()

    def make_half(half: int) -> None:
        for text in texts if WORKERS == 1 else ():
            simulate(text, end, 0)  # nothing is free beside a first seed
        for text in texts:
            _over_half(text, end, half, lambda: st.session_state.get("draws_ahead") is mine)

    return [ahead(partial(make_half, half)) for half in range(2)]


def ahead(work: Callable[[], object]) -> Future[None]:
    """Begin with what a page will ask for in a thread of its own; return what is done when it has ended."""
    ended: Future[None] = Future()

    def begin() -> None:
        try:
            # what goes wrong is told to who asks for it; a page that is closed or drawn anew stops whoever looks at it
            with suppress(InputError, RuntimeError, _NotWantedError, StopException):
                work()
        finally:
            ended.set_result(None)

    thread = threading.Thread(target=begin, daemon=True)
    add_script_run_ctx(thread)
    thread.start()
    return ended


def _draws(requests: Sequence[tuple[tuple[str, int, int], Callable[[], bool]]]) -> list[Any]:
    return [do(make_draws, *asked) if wanted() else _NotWantedError() for asked, wanted in requests]


def _told(made: Any) -> Any:
    """Return what was made; raise what went wrong."""
    if isinstance(made, InputError | _NotWantedError):
        raise made
    if isinstance(made, str):
        raise RuntimeError(made)
    return made


def paths(results: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the quarterly values of all replicates [n, T]."""
    return np.stack([result.national[indicator] for result in results]).astype(float)


def differences(results: list[Result], reference: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the paired differences [n, T] in percent, points or the unit, as the dictionary of outputs says."""
    return scaled_difference(paths(results, indicator), paths(reference, indicator), NATIONAL[indicator].scale)


def final_differences(results: list[Result], reference: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the paired differences of the final year [n]."""
    ours, theirs = (np.array([each.finals[indicator] for each in side]) for side in (results, reference))
    return scaled_difference(ours, theirs, NATIONAL[indicator].scale)


def province_gains(results: list[Result], reference: list[Result]) -> NDArray[np.float64]:
    """Return the paired differences of the provinces' GDP in the final year, in percent [n, R]."""
    rule = REGION["gdp"].aggregate
    ours, theirs = (
        np.stack([year(each.regions["gdp"], each.final, rule) for each in side]).astype(float)
        for side in (results, reference)
    )
    return scaled_difference(ours, theirs, "log")


class Series(NamedTuple):
    """One indicator of a place over time."""

    title: str
    unit: str
    values: NDArray[np.float64]  # [T]


def place_series(result: Result, table: str, row: int, lang: Lang) -> list[Series]:
    """Return what is followed of one province or zone."""
    level: Level = "region" if table == "regions" else "zone"
    out = []
    for name in FOLLOWED[level]:
        variable = VARIABLES[level][name]
        unit = shown(variable, lang)
        out.append(
            Series(variable.label(lang), unit.unit, unit.factor * getattr(result, table)[name][:, row].astype(float))
        )
    return out


def quarter_names(quarters: int) -> list[str]:
    """Return the names of so many quarters since 2013Q1."""
    return [str(Quarter.at(t)) for t in range(quarters)]
