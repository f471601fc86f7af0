"""From records to the four tables of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ftz_sim.indicators.national import national_table
from ftz_sim.indicators.places import partner_table, region_table, zone_table
from ftz_sim.indicators.records import Codes, Records
from ftz_sim.indicators.units import Table

TABLES = ("national", "regions", "zones", "partners")


class Tables(NamedTuple):
    """The four tables of a run; quarter t, counted from 2013Q1, in row t of every array.

    Those of several runs have the runs on the second axis; `of_run` takes them apart.
    """

    national: Table
    regions: Table
    zones: Table
    partners: Table
    codes: Codes

    @property
    def quarters(self) -> int:
        """Number of quarters recorded."""
        return len(self.national["gdp"])

    def of_run(self, run: int, names: Sequence[str] = TABLES) -> Tables:
        """Return the tables ``names`` of one of several runs; the others are empty."""
        own = {
            name: {key: values[:, run].copy() for key, values in getattr(self, name).items()} if name in names else {}
            for name in TABLES
        }
        return Tables(**own, codes=self.codes)


def all_tables(records: Records) -> Tables:
    """Compute every table of a run."""
    return Tables(
        national_table(records),
        region_table(records),
        zone_table(records),
        partner_table(records),
        records.codes,
    )
