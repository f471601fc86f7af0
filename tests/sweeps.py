"""Builders for tests of sweeps: small files, and a model that takes no time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from builders import small
from ftz_sim.indicators.tables import Tables
from ftz_sim.runs.engine import simulate
from ftz_sim.runs.sweep_tables import load_sweep
from ftz_sim.scenario.scenario import Scenario

SWEEP = """\
name: small
scenarios: [{scenarios}]
replicates: {replicates}
seed: {seed}
design: {{method: {method}, samples: {samples}}}
uncertainties: {uncertainties}
overrides: {{population: {{firms: {firms}}}, horizon: {{end: {end}, fork: 2013Q2}}}}
tables: [{tables}]
"""
TWO = "{glass_door.initial: card, levers.trade_facilitation: [0, 1]}"


def sweep_file(folder: Path, name: str = "sweep.yaml", **changes) -> Path:
    """Write a sweep file: 2 scenarios x 2 replicates x 4 points of 2 uncertainties."""
    words = {
        "scenarios": "single_ftz, ftz_fta",
        "replicates": 2,
        "seed": 5,
        "method": "sobol",
        "samples": 4,
        "uncertainties": TWO,
        "firms": 2000,
        "end": "2013Q4",
        "tables": "national",
    }
    path = folder / name
    path.write_text(SWEEP.format(**{**words, **changes}), encoding="utf-8")
    return path


@cache
def _template() -> Tables:
    return simulate(small("history", "horizon.end=2013Q4"), 1)


def quick(spec: Scenario, seed: int) -> Tables:
    """Stand in for the model: numbers that depend on all that decides a run."""
    tables = _template()
    mark = seed % 1000 + spec.parameters.glass_door.initial + len(spec.name) / 7
    mark += sum(step.level for step in spec.policy)
    return tables._replace(national={**tables.national, "gdp": np.full(tables.quarters, mark)})


def fragile(spec: Scenario, seed: int) -> Tables:
    """Stand in for a model that fails for some seeds."""
    if seed % 3 == 0:
        raise ZeroDivisionError(f"seed {seed}")
    return quick(spec, seed)


def rows(folder: Path, table: str = "runs") -> pd.DataFrame:
    """Return a table of a sweep without what may differ from one time to the next."""
    back = load_sweep(folder)
    return back.runs.drop(columns="seconds") if table == "runs" else back.table(table)


def same(a: Path, b: Path, *tables: str) -> None:
    """Make sure that two sweeps hold the same bits."""
    for table in ("runs", "national", *tables):
        pd.testing.assert_frame_equal(rows(a, table), rows(b, table), check_exact=True)
