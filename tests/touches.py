"""Watch which columns of the state a mechanism's `step` reads and writes."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.columns import Array
from ftz_sim.model.markets import World
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.model import FtzModel
from ftz_sim.trace.code import TABLES, listed

# where rows sit: indices, not state
PLACES = {
    "firms.region", "firms.ring", "firms.starts", "firms.slots", "firms.cell", "firms.region_field", "firms.members",
    "firms.zone_rows", "regions.zone", "zones.region",
}  # fmt: skip


class Touched(NamedTuple):
    """Columns as ``table.column``."""

    reads: set[str]
    writes: set[str]


@contextmanager
def watched(model: FtzModel) -> Iterator[Touched]:
    """Note every column that is looked up, and every one that is set or whose values change in place."""
    found = Touched(set(), set())
    rows = {table: getattr(model, table) for table in TABLES}
    kinds = {table: type(row) for table, row in rows.items()}
    before = {table: {f.name: _numbers(getattr(row, f.name)) for f in fields(row)} for table, row in rows.items()}
    for table, row in rows.items():
        object.__setattr__(row, "__class__", _spy(kinds[table], table, found))
    try:
        yield found
    finally:
        for table, row in rows.items():
            object.__setattr__(row, "__class__", kinds[table])
            now = getattr(model, table)  # a step may put a new table in place
            for name, values in before[table].items():
                after = _numbers(getattr(now, name))
                if now is not row or not np.array_equal(values, after, equal_nan=values.dtype.kind == "f"):
                    found.writes.add(f"{table}.{name}")
        for names in found:
            names -= PLACES


def _numbers(value: Any) -> Array:
    """Return a copy of the numbers of a column, or of all columns of the markets of 2013."""
    return (
        np.concatenate([np.ravel(column) for column in value.columns]) if isinstance(value, World) else np.array(value)
    )


def _spy(kind: type, table: str, found: Touched) -> type:
    names = {f.name for f in fields(kind)}

    def look_up(self: object, name: str) -> object:
        if name in names:
            found.reads.add(f"{table}.{name}")
        return object.__getattribute__(self, name)

    def put(self: object, name: str, value: object) -> None:
        found.writes.add(f"{table}.{name}")
        object.__setattr__(self, name, value)

    return type(kind.__name__, (kind,), {"__getattribute__": look_up, "__setattr__": put})


def touches(model: FtzModel, quarters: Container[int]) -> dict[str, Touched]:
    """Run a model to its end and return what every mechanism touched in any of ``quarters``."""
    every = {name: Touched(set(), set()) for name in SCHEDULE}
    while model.running:
        if model.clock.index not in quarters:
            model.step()
            continue
        for name, mechanism in model.active_schedule.items():
            with watched(model) as found:
                mechanism.step(model, getattr(model.params, name))
            every[name].reads.update(found.reads)
            every[name].writes.update(found.writes)
        model.running = model.clock.index < model.last_quarter
        model.clock.tick()
    return every


def wrong(reads: str, writes: str, found: Touched) -> list[str]:
    """Return what the lists of a mechanism leave out or name in vain; reading what one writes goes without saying."""
    said_reads, said_writes = (listed(names) - PLACES for names in (reads, writes))
    return [
        *(f"reads {name}, unlisted" for name in sorted(found.reads - found.writes - said_reads)),
        *(f"lists {name}, never read" for name in sorted(said_reads - found.reads)),
        *(f"writes {name}, unlisted" for name in sorted(found.writes - said_writes)),
        *(f"lists {name}, never written" for name in sorted(said_writes - found.writes)),
    ]
