"""Tables of several runs from those of single runs, and of some runs from those of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from ftz_sim.model.columns import Index
from ftz_sim.model.markets import World, of_some, stack

Table = TypeVar("Table")

PLACES = {"region"}  # indices, the same for all runs, as they are
DATA = {"distance", "same_strategy_area", "speciality", "affinity"}  # the same for all runs, too: [..., 1]


def stacked(tables: Sequence[Table]) -> Table:
    """Return one table whose columns are [..., E]."""
    first = tables[0]
    columns = {}
    for name in _names(first):
        values = [getattr(table, name) for table in tables]
        if name in PLACES:
            columns[name] = values[0]
        elif name in DATA:
            columns[name] = values[0][..., None]
        elif isinstance(values[0], World):
            columns[name] = stack(values)
        else:
            columns[name] = np.stack([np.asarray(value) for value in values], axis=-1)
    return type(first)(**columns)


def taken(table: Table, runs: Index) -> Table:
    """Return a copy with the columns of these ``runs`` [E']."""
    columns = {name: getattr(table, name) for name in _names(table)}
    for name in columns.keys() - PLACES - DATA:
        columns[name] = _of(columns[name], runs)
    return type(table)(**columns)


def _of(value: Any, runs: Index) -> Any:
    if isinstance(value, World):
        return of_some(value, runs)
    return value.take(runs, axis=-1) if isinstance(value, np.ndarray) and value.ndim else value


def _names(table: object) -> list[str]:
    return [f.name for f in fields(table)]  # type: ignore[arg-type]
