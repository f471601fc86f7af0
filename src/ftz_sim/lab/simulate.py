"""Run scenarios with matched seeds and keep what the lab shows; results are shared by all browsers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.shown import shown
from ftz_sim.indicators.variables import NATIONAL, REGION, VARIABLES, Level
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.lab.pool import BACKGROUND, FOREGROUND, Pool
from ftz_sim.lab.work import PART, Made, Numbers, Request, make, make_draws
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


class NotWantedError(Exception):
    """Whoever asked has moved on."""


Wanted = Callable[[], bool]  # whether whoever asked still waits


def always() -> bool:
    """Tell that somebody waits."""
    return True


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def simulate(text: str, end: int, replicate: int, _wanted: Wanted = always) -> Result:
    """Run a scenario file once; ``replicate`` n has the same random numbers in every scenario.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if the run fails.
        NotWantedError: if it is not wanted any more when its turn comes.
    """
    return Result(*_asked(FOREGROUND, make, (text, end, replicate), _wanted))


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def over_part(text: str, end: int, part: int, _wanted: Wanted = always) -> Numbers:
    """Return the national indicators of a scenario file over a part of the draws [PART, T]; see `make_draws`.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if a run fails.
        NotWantedError: if it is not wanted any more when its turn comes.
    """
    drawn: Numbers = _asked(BACKGROUND, make_draws, (text, end, part), _wanted)
    return drawn


def over_draws(text: str, end: int, draws: int) -> Numbers:
    """Return the national indicators of a scenario file over its first ``draws`` [draws, T]; see `over_part`."""
    made = [over_part(text, end, part) for part in range(draws // PART)]
    return {name: np.concatenate([each[name] for each in made]) for name in made[0]}


def _asked(pool: Pool, work: Callable[..., list[Any]], request: Request, wanted: Wanted) -> Any:
    """Return what a request of the rank that it ends with gets when it is its turn; raise what went wrong."""
    made = pool.turns.ask(request[-1], (request, wanted), partial(_answered, pool, work), COMPANY)
    if isinstance(made, InputError | NotWantedError):
        raise made
    if isinstance(made, str):
        raise RuntimeError(made)
    return made


def _answered(pool: Pool, work: Callable[..., list[Any]], requests: Sequence[tuple[Request, Wanted]]) -> list[Any]:
    asked = [request for request, is_wanted in requests if is_wanted()]
    made = dict(zip(asked, pool.do(work, asked), strict=True)) if asked else {}
    return [made.get(request, NotWantedError()) for request, _ in requests]


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
