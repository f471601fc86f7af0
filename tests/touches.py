"""Watch which columns of the state a mechanism's `step` reads and writes."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import NamedTuple

import numpy as np

from ftz_sim.columns import Base, Firms, Nation, Pairs, Partners, Regions, Zones
from ftz_sim.levers import Levers
from ftz_sim.model import FtzModel
from ftz_sim.schedule import SCHEDULE

TABLES: dict[str, type] = {
    "firms": Firms, "regions": Regions, "pairs": Pairs, "zones": Zones, "partners": Partners, "nation": Nation,
    "levers": Levers, "base": Base,
}  # fmt: skip
# where rows sit: indices, not state
PLACES = {
    "firms.region", "firms.starts", "firms.slots", "firms.cell", "firms.region_field", "firms.members",
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
    before = {table: {f.name: np.array(getattr(row, f.name)) for f in fields(row)} for table, row in rows.items()}
    for table, row in rows.items():
        object.__setattr__(row, "__class__", _spy(kinds[table], table, found))
    try:
        yield found
    finally:
        for table, row in rows.items():
            object.__setattr__(row, "__class__", kinds[table])
            now = getattr(model, table)  # a step may put a new table in place
            for name, values in before[table].items():
                if now is not row or not np.array_equal(values, getattr(now, name), equal_nan=values.dtype.kind == "f"):
                    found.writes.add(f"{table}.{name}")
        for names in found:
            names -= PLACES


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


def listed(text: str) -> set[str]:
    """Return the columns that a list such as ``firms.capital, workers; levers; draws`` names, without places.

    A table without a column stands for all of its columns; other words (draws, published figures) name none.
    """
    found: set[str] = set()
    for part in text.split("; "):
        table, dot, names = part.partition(".")
        if table in TABLES:
            columns = names.split(", ") if dot else [f.name for f in fields(TABLES[table])]
            found.update(f"{table}.{name}" for name in columns)
    return found - PLACES


def wrong(reads: str, writes: str, found: Touched) -> list[str]:
    """Return what the lists of a mechanism leave out or name in vain; reading what one writes goes without saying."""
    said_reads, said_writes = listed(reads), listed(writes)
    return [
        *(f"reads {name}, unlisted" for name in sorted(found.reads - found.writes - said_reads)),
        *(f"lists {name}, never read" for name in sorted(said_reads - found.reads)),
        *(f"writes {name}, unlisted" for name in sorted(found.writes - said_writes)),
        *(f"lists {name}, never written" for name in sorted(said_writes - found.writes)),
    ]
