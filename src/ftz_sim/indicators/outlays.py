"""Outlays by lever: what each of the 66 levers lays out, public and private, at annual rates [T]."""

from __future__ import annotations

from ftz_sim.indicators.records import Records
from ftz_sim.indicators.units import YEAR, Table
from ftz_sim.model.levers import CATALOGUE


def outlay_table(records: Records) -> Table:
    """Return a column for every lever, bn yuan/yr; `model.outlays` says who pays and what is lost."""
    by_lever = YEAR * records.nation.outlay_by_lever[1:]
    return {lever: by_lever[..., row] for row, lever in enumerate(CATALOGUE)}
