"""Run scenarios with matched seeds and keep what the lab shows; results are shared by all browsers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ftz_sim.indicators.variables import NATIONAL, REGION, VARIABLES, Level
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.lab.turns import Turns
from ftz_sim.lab.variants import load
from ftz_sim.model.clock import Quarter
from ftz_sim.report.tables import shown
from ftz_sim.runs import engine
from ftz_sim.runs.engine import attempt, replicate_jobs
from ftz_sim.runs.pasts import Pasts
from ftz_sim.text.words import Lang

SEED = 1
FOLLOWED: dict[Level, tuple[str, ...]] = {
    "region": ("gdp", "workers", "talents", "fdi", "emerging_share", "co2"),
    "zone": ("value_added", "fdi", "exports", "emerging_share", "effective_openness", "co2"),
}
MOST_RESULTS = 1000


@st.cache_resource
def _pasts() -> Pasts:
    return Pasts(32)  # about 3 MB each


@st.cache_resource
def _turns() -> Turns:
    return Turns()


@dataclass(frozen=True)
class Result:
    """Tables of one run: national [T], provinces [T, R] and zones [T, Z], as arrays by indicator.

    All browsers read the same one: nobody changes it.
    """

    national: dict[str, NDArray[np.float32]]
    regions: dict[str, NDArray[np.float32]]
    zones: dict[str, NDArray[np.float32]]
    codes: dict[str, tuple[tuple[str, ...], ...]]  # table -> codes, English names, Chinese names
    seed: int

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
    """Run a scenario file once; ``replicate`` n meets the same luck in every scenario.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if the run fails.
    """
    spec = load(text, end)
    seed = replicate_jobs([spec], replicate + 1, SEED)[replicate].seed
    with _turns().take(replicate):
        tables = attempt(spec, seed, partial(engine.simulate, pasts=_pasts())).result
    if isinstance(tables, str):
        raise RuntimeError(tables)
    national, regions, zones = (
        {key: np.asarray(value, dtype=np.float32) for key, value in table.items()}
        for table in (tables.national, tables.regions, tables.zones)
    )
    codes = {"regions": tuple(tables.codes.regions), "zones": tuple(tables.codes.zones)}
    return Result(national, regions, zones, codes, seed)


def paths(results: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the quarterly values of all replicates [n, T]."""
    return np.stack([result.national[indicator] for result in results]).astype(float)


def differences(results: list[Result], reference: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the paired differences [n, T] in percent, points or the unit, as the dictionary of outputs says."""
    return scaled(paths(results, indicator), paths(reference, indicator), NATIONAL[indicator].scale)


def final_differences(results: list[Result], reference: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the paired differences of the final year [n]."""
    ours, theirs = (np.array([each.finals[indicator] for each in side]) for side in (results, reference))
    return scaled(ours, theirs, NATIONAL[indicator].scale)


def province_gains(results: list[Result], reference: list[Result]) -> NDArray[np.float64]:
    """Return the paired differences of the provinces' GDP in the final year, in percent [n, R]."""
    rule = REGION["gdp"].aggregate
    ours, theirs = (
        np.stack([year(each.regions["gdp"], each.final, rule) for each in side]).astype(float)
        for side in (results, reference)
    )
    return scaled(ours, theirs, "log")


def scaled(value: NDArray[np.float64], reference: NDArray[np.float64], scale: str) -> NDArray[np.float64]:
    """Return value - reference in percent (``log``), percentage points (``points``) or the unit itself."""
    if scale == "log":
        change = np.divide(value, reference, out=np.ones_like(value), where=reference != 0)
        return 100 * (change - 1)
    return (value - reference) * (100 if scale == "points" else 1)


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
