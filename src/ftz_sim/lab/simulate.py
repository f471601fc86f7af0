"""Run scenarios with matched seeds and keep what the lab shows; results are shared by all browsers."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from ftz_sim.clock import Quarter
from ftz_sim.engine import play, replicate_jobs
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.lab.variants import load
from ftz_sim.results import FailedRun
from ftz_sim.variables import NATIONAL, REGION, VARIABLES, Level

SEED = 1
FOLLOWED: dict[Level, tuple[str, ...]] = {
    "region": ("gdp", "workers", "talents", "fdi", "emerging_share", "co2"),
    "zone": ("value_added", "fdi", "exports", "emerging_share", "effective_openness", "co2"),
}
MOST_RESULTS = 400
_AT_ONCE = threading.BoundedSemaphore(max(os.cpu_count() or 1, 1))  # browsers wait for each other, not for ever


@dataclass(frozen=True)
class Result:
    """Tables of one run: national [T], provinces [T, R] and zones [T, Z], as arrays by indicator."""

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


@st.cache_data(max_entries=MOST_RESULTS, show_spinner=False)
def simulate(text: str, end: int, replicate: int) -> Result:
    """Run a scenario file once; ``replicate`` n meets the same luck in every scenario.

    Raises:
        InputError: if the file is not valid.
        RuntimeError: if the run fails.
    """
    spec = load(text, end)
    with _AT_ONCE:
        run = play(replicate_jobs([spec], replicate + 1, SEED)[replicate])
    if isinstance(run, FailedRun):
        raise RuntimeError(run.error)
    tables = run.tables
    national, regions, zones = (
        {key: np.asarray(value, dtype=np.float32) for key, value in table.items()}
        for table in (tables.national, tables.regions, tables.zones)
    )
    codes = {"regions": tuple(tables.codes.regions), "zones": tuple(tables.codes.zones)}
    return Result(national, regions, zones, codes, run.seed)


def paths(results: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the quarterly values of all replicates [n, T]."""
    return np.stack([result.national[indicator] for result in results]).astype(float)


def differences(results: list[Result], reference: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the paired differences [n, T] in percent, points or the unit, as the dictionary of outputs says."""
    return scaled(paths(results, indicator), paths(reference, indicator), NATIONAL[indicator].scale)


def final_differences(results: list[Result], reference: list[Result], indicator: str) -> NDArray[np.float64]:
    """Return the paired differences of the final year [n]."""
    rule = NATIONAL[indicator].aggregate
    ours, theirs = (
        np.array([float(year(each.national[indicator], each.final, rule)) for each in side])
        for side in (results, reference)
    )
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


def dates(quarters: int) -> pd.DatetimeIndex:
    """Return the first days of so many quarters since 2013Q1."""
    return pd.date_range("2013-01-01", periods=quarters, freq="QS")


def place_frame(result: Result, table: str, row: int, label: str, lang: str) -> pd.DataFrame:
    """Return the series of one province or zone in long format: date, indicator, value, scenario."""
    level: Level = "region" if table == "regions" else "zone"
    parts = []
    for name in FOLLOWED[level]:
        variable = VARIABLES[level][name]
        factor, unit = (100.0, "%") if variable.scale == "points" else (1.0, variable.unit_in(lang))
        title = f"{variable.label(lang)} ({unit})"
        values = factor * getattr(result, table)[name][:, row].astype(float)
        shown = {"date": dates(result.quarters), "value": values, "indicator": title, "scenario": label}
        parts.append(pd.DataFrame(shown))
    return pd.concat(parts, ignore_index=True)


def quarter_names(quarters: int) -> list[str]:
    """Return the names of so many quarters since 2013Q1."""
    return [str(Quarter.at(t)) for t in range(quarters)]
