"""Run scenarios with matched seeds and keep what the lab shows; results are shared by all browsers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.runtime.scriptrunner import add_script_run_ctx

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
LAST = 1000  # rank of what may wait
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
def over_draws(text: str, end: int, _wanted: Callable[[], bool] = lambda: True) -> Numbers:
    """Return the national indicators of a scenario file over draws of its parameters [n, T]; see `make_draws`.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if a run fails.
    """
    asked = (text, end), _wanted
    drawn: Numbers = _told(_turns().ask(LAST, asked, _draws, can_wait=True))  # long: a first seed may come
    return drawn


def draws_ahead(texts: Iterable[str], end: int) -> None:
    """Begin with the draws of scenario files without waiting for them; `over_draws` returns them later.

    Those whose turn comes when their reader has already asked for others are left out.
    """
    mine = st.session_state.draws_ahead = object()

    def begin() -> None:
        with suppress(InputError, RuntimeError, _NotWantedError):  # told to who asks for them
            for text in texts:
                over_draws(text, end, lambda: st.session_state.get("draws_ahead") is mine)

    thread = threading.Thread(target=begin, daemon=True)
    add_script_run_ctx(thread)
    thread.start()


def _draws(requests: Sequence[tuple[tuple[str, int], Callable[[], bool]]]) -> list[Any]:
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
