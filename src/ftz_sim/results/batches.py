"""Many runs at once as Arrow tables: one array a column for all of them, which is far cheaper than run by run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.indicators.tables import Tables
from ftz_sim.results.frames import first_quarters, long_table
from ftz_sim.results.parts import SEED, BatchTables

if TYPE_CHECKING:
    import pyarrow as pa


class Row(NamedTuple):
    """One run of a sweep.

    Attributes:
        values: of the uncertainties, as they were used.
        pulled: share of the way to the defaults that refused values were moved.
        processor: that made it (see `results.processor`).
        key: digest of all that decides the run's numbers.
    """

    scenario: str
    sample: int
    replicate: int
    seed: int
    key: str
    values: Sequence[float]
    pulled: float
    error: str
    seconds: float
    processor: str

    @property
    def run_id(self) -> str:
        """Name of the run inside its sweep."""
        return f"{self.scenario}-s{self.sample:06d}-r{self.replicate:04d}"


def part(
    rows: Sequence[Row], results: Sequence[Tables | None], factors: Sequence[str], kept: Sequence[str]
) -> BatchTables:
    """Return runs and their tables, ready to be stored.

    Args:
        rows: what is known of each run.
        results: tables of each run; None for a failed one.
        factors: names of the uncertainties.
        kept: names of the tables to keep.
    """
    done = [(row, tables) for row, tables in zip(rows, results, strict=True) if tables is not None]
    keys = {key: [getattr(row, key) for row, _ in done] for key in ("run_id", "scenario", "sample", "replicate")}
    tables = {name: long_table(keys, [each for _, each in done], name) for name in kept} if done else {}
    return BatchTables(_runs(rows, factors, [tables and _fired(tables) for tables in results]), tables)


def _fired(tables: Tables) -> str:
    """Return which rules fired in a run, and when."""
    return ", ".join(f"{name} {first}" for name, first in first_quarters(tables).items())


def _runs(rows: Sequence[Row], factors: Sequence[str], fired: Sequence[str | None]) -> pa.Table:
    import pyarrow as pa

    values = np.array([row.values for row in rows], dtype=float).reshape(len(rows), len(factors))
    return pa.table(
        {
            "run_id": pa.array([row.run_id for row in rows], pa.string()),
            "scenario": pa.array([row.scenario for row in rows], pa.string()),
            "sample": pa.array([row.sample for row in rows], pa.int32()),
            "replicate": pa.array([row.replicate for row in rows], pa.int32()),
            SEED: pa.array([row.seed for row in rows], pa.uint64()),
            "status": pa.array(["failed" if row.error else "done" for row in rows], pa.string()),
            "error": pa.array([row.error for row in rows], pa.string()),
            "seconds": pa.array([row.seconds for row in rows], pa.float64()),
            "processor": pa.array([row.processor for row in rows], pa.string()),
            "key": pa.array([row.key for row in rows], pa.string()),
            "rules": pa.array([each or "" for each in fired], pa.string()),
            "pulled": pa.array([row.pulled for row in rows], pa.float64()),
            **{name: pa.array(np.ascontiguousarray(column)) for name, column in zip(factors, values.T, strict=True)},
        }
    )
