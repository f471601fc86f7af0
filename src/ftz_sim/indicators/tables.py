"""From records to the four tables of a run, or to those of them that are asked for; a fifth has outlays by lever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from ftz_sim.indicators.national import national_table
from ftz_sim.indicators.outlays import outlay_table
from ftz_sim.indicators.places import partner_table, region_table, zone_table
from ftz_sim.indicators.records import Codes, Records
from ftz_sim.indicators.units import Array, Table

TABLES = ("national", "regions", "zones", "partners")
NATIONAL_ONLY = TABLES[:1]
OUTLAYS = "outlays"  # a table that is made only where its name is asked for
RULES = "rules"  # one that no record has: whoever played the run knows it


class Tables(NamedTuple):
    """The four tables of a run; quarter t, counted from 2013Q1, in row t of every array.

    Those of several runs have the runs on the second axis; `of_run` takes them apart without copying, each in one
    piece of memory if they were `gathered`.
    """

    national: Table
    regions: Table
    zones: Table
    partners: Table
    codes: Codes
    outlays: Table = {}  # noqa: RUF012 -- by lever, if asked for
    rules: Table = {}  # noqa: RUF012 -- by rule that fired: whether it has, 0 or 1

    @property
    def quarters(self) -> int:
        """Number of quarters recorded."""
        return next(len(values) for name in TABLES for values in getattr(self, name).values())

    def of_run(self, run: int) -> Tables:
        """Return the tables of one of several runs, which share their memory with these."""
        return self._each(lambda values: values[:, run])

    def swapped(self) -> Tables:
        """Return the tables of several runs with the first two axes, quarters and runs, in each other's place."""
        return self._each(lambda values: values.swapaxes(0, 1))

    def gathered(self) -> Tables:
        """Return the tables of several runs with what belongs to a run in one piece of memory."""
        return self._each(lambda values: np.ascontiguousarray(values.swapaxes(0, 1)).swapaxes(0, 1))

    def _each(self, change: Callable[[Array], Array]) -> Tables:
        tables = {name: {key: change(values) for key, values in getattr(self, name).items()} for name in (*ALL, RULES)}
        return Tables(**tables, codes=self.codes)


MADE_BY = {
    "national": national_table, "regions": region_table, "zones": zone_table, "partners": partner_table,
    OUTLAYS: outlay_table,
}  # fmt: skip
ALL = tuple(MADE_BY)


def all_tables(records: Records, names: Sequence[str] = TABLES) -> Tables:
    """Compute all tables of a run, or of several, that ``names`` asks for; the others are empty."""
    made = {name: made_by(records) if name in names else {} for name, made_by in MADE_BY.items()}
    return Tables(**made, codes=records.codes)
