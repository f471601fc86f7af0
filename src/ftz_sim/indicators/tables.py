"""From records to the four tables of a run."""

from __future__ import annotations

from typing import NamedTuple

from ftz_sim.indicators.national import national_table
from ftz_sim.indicators.places import partner_table, region_table, zone_table
from ftz_sim.indicators.records import Codes, Records
from ftz_sim.indicators.units import Table


class Tables(NamedTuple):
    """The four tables of a run; quarter t, counted from 2013Q1, in row t of every array."""

    national: Table
    regions: Table
    zones: Table
    partners: Table
    codes: Codes

    @property
    def quarters(self) -> int:
        """Number of quarters recorded."""
        return len(self.national["gdp"])


def all_tables(records: Records) -> Tables:
    """Compute every table of a run."""
    return Tables(
        national_table(records),
        region_table(records),
        zone_table(records),
        partner_table(records),
        records.codes,
    )
