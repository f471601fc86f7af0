"""Run scenarios with matched seeds and keep what the lab shows; results are shared by all browsers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
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
from ftz_sim.lab.pool import BACKGROUND, FOREGROUND
from ftz_sim.lab.work import BAND, DRAWS, PART, Made, Numbers, Request, make, make_draws
from ftz_sim.model.clock import Quarter
from ftz_sim.text.words import Lang

FOLLOWED: dict[Level, tuple[str, ...]] = {
    "region": ("gdp", "workers", "talents", "fdi", "emerging_share", "co2"),
    "zone": ("value_added", "fdi", "exports", "emerging_share", "effective_openness", "co2"),
}
MOST_RESULTS = 1000
COMPANY = 8  # requests that are answered together, if so many browsers ask at once


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
    made = FOREGROUND.turns.ask(replicate, (text, end, replicate), partial(FOREGROUND.do, make), COMPANY)
    return Result(*_told(made))


class _NotWantedError(Exception):
    """Whoever asked has moved on."""


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def _over_part(text: str, end: int, part: int, _wanted: Callable[[], bool] = lambda: True) -> Numbers:
    drawn: Numbers = _told(BACKGROUND.turns.ask(part, ((text, end, part), _wanted), _draws, COMPANY))
    return drawn


def over_draws(text: str, end: int, draws: int) -> Numbers:
    """Return the national indicators of a scenario file over its first ``draws`` [draws, T]; see `make_draws`.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if a run fails.
    """
    made = [_over_part(text, end, part) for part in range(draws // PART)]
    return {name: np.concatenate([each[name] for each in made]) for name in made[0]}


def seeds_ahead(texts: Sequence[str], end: int, seeds: int) -> list[Future[None]]:
    """Begin with so many seeds of scenario files; `simulate` returns them later. Return what is done when they end."""
    return [ahead(partial(simulate, text, end, replicate)) for replicate in range(seeds) for text in texts]


def draws_ahead(texts: Sequence[str], end: int) -> tuple[list[Future[None]], list[Future[None]]]:
    """Begin with the draws of scenario files; `over_draws` returns them later.

    Those whose turn comes when their reader has already asked for others are left out.

    Returns:
        what is done when those for a first band have ended, and the others.
    """
    asked: list[int] = st.session_state.setdefault("draws_asked", [0])  # how often; any thread may look
    asked[0] += 1
    mine = asked[0]

    def wanted() -> bool:
        return asked[0] == mine

    parts = [[ahead(partial(_over_part, text, end, part, wanted)) for text in texts] for part in range(DRAWS // PART)]
    first = BAND // PART
    return [*chain(*parts[:first])], [*chain(*parts[first:])]


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


def _draws(requests: Sequence[tuple[Request, Callable[[], bool]]]) -> list[Any]:
    wanted = [asked for asked, is_wanted in requests if is_wanted()]
    made = dict(zip(wanted, BACKGROUND.do(make_draws, wanted), strict=True)) if wanted else {}
    return [made.get(asked, _NotWantedError()) for asked, _ in requests]


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
