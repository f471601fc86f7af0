"""The firms of several runs, and groups of them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from ftz_sim.model.axes import runs_first, runs_last
from ftz_sim.model.columns import (
    N_AREAS,
    N_FIELDS,
    N_REGIONS,
    N_TIERS,
    NO_ZONE,
    Array,
    Column,
    Firms,
    Flag,
    Index,
    Single,
)
from ftz_sim.model.group import Group
from ftz_sim.runs.ensemble.parameters import Own, Together, of_run

PLACES = {"starts", "slots", "cell", "region_field", "members", "zone_rows"}  # indices, found anew


def flat(column: Array) -> Array:
    """Return a column [N, E] as one row, the firms of a run after those of another; writing to it writes to the column.

    Raises:
        ValueError: if the column is not one run after another in memory.
    """
    if not column.flags.f_contiguous:
        raise ValueError("a column of firms that does not hold one run after another")
    return column.T.reshape(-1)


class GroupOfRuns(Group):
    """Some firms of several runs; ``rows`` [n] count through the firms of all runs and are sorted by run."""

    def __init__(self, rows: Index, run: Index, firms: FirmsOfRuns) -> None:
        super().__init__(rows)
        self.run, self._firms = run, firms

    @property
    def rows_of_run(self) -> Index:
        """Their rows counted in their own run [n]."""
        return self.rows - self.run * len(self._firms)

    def that(self, chosen: Flag) -> GroupOfRuns:
        return GroupOfRuns(self.rows[chosen], self.run[chosen], self._firms)

    def of(self, column: Array) -> Array:
        return flat(column).take(self.rows)

    def at(self, table: Array, *place: Array) -> Array:
        entries: tuple[Any, ...] = (*place, ..., self.run)
        return table[entries]

    def own(self, numbers: Any) -> Any:
        return Own(numbers, self.run) if isinstance(numbers, Together) else of_run(numbers, self.run)

    def totals(self, place: Array, size: int, weight: Array | None = None) -> Array:
        runs = self._firms.runs
        return np.bincount(place.astype(np.intp) * runs + self.run, weight, size * runs).reshape(size, runs)

    def put(self, column: Array, values: Any) -> None:
        flat(column)[self.rows] = values

    def add(self, column: Array, values: Any) -> None:
        flat(column)[self.rows] += values


class FirmsOfRuns(Firms):
    """The firms of several runs; columns are [N, E], ``starts`` [R] and ``slots`` [R, 1] the same for all."""

    runs: int

    @classmethod
    def together(cls, firms: list[Firms]) -> FirmsOfRuns:
        """Put the firms of single runs side by side.

        Raises:
            ValueError: if provinces have other numbers of firms.
        """
        if not all(np.array_equal(each.slots, firms[0].slots) for each in firms):
            raise ValueError("runs with other numbers of firms by province cannot be stepped together")
        columns = {name: np.stack([getattr(each, name) for each in firms]).T for name in _columns()}
        return cls._of(columns, firms[0].starts, firms[0].slots[:, None])

    def taken(self, runs: Index) -> FirmsOfRuns:
        """Return a copy of the firms of these ``runs`` [E']."""
        return self._of({name: getattr(self, name).T[runs].T for name in _columns()}, self.starts, self.slots)

    @classmethod
    def _of(cls, columns: dict[str, Array], starts: Index, slots: Index) -> FirmsOfRuns:
        runs, rows = columns["region"].T.shape
        indices = {name: np.empty(runs * rows, np.intp) for name in ("cell", "region_field")}
        members = np.zeros((N_REGIONS, N_FIELDS, runs), np.intp)
        self = cls(**columns, **indices, starts=starts, slots=slots, members=members)
        self.runs = runs
        self.index()
        return self

    def of_cell(self, by_cell: Array) -> Single:
        table = np.empty((self.runs, N_REGIONS, N_AREAS, N_TIERS), dtype=np.float32)
        table.transpose(1, 2, 3, 0)[...] = by_cell
        return self._column(table, self.cell)

    def exactly_of_cell(self, by_cell: Array) -> Column:
        return self._column(runs_first(by_cell), self.cell)

    def of_region_field(self, by_region_field: Array) -> Single:
        return self._column(runs_first(by_region_field.astype(np.float32)), self.region_field)

    def exactly_of_region_field(self, by_region_field: Array) -> Column:
        return self._column(runs_first(by_region_field), self.region_field)

    def sum_by_cell(self, column: Array) -> Column:
        sums = np.bincount(self.cell, flat(column), self.runs * N_REGIONS * N_AREAS * N_TIERS)
        return runs_last(sums.reshape(self.runs, N_REGIONS, N_AREAS, N_TIERS))

    def sum_of(self, region_field: Index, values: Array) -> Column:
        sums = np.bincount(region_field, flat(values), self.runs * N_REGIONS * N_FIELDS)
        return runs_last(sums.reshape(self.runs, N_REGIONS, N_FIELDS))

    def group(self, rows: Index) -> GroupOfRuns:
        return GroupOfRuns(rows, rows // len(self), self)

    def that(self, chosen: Flag) -> GroupOfRuns:
        return self.group(np.flatnonzero(flat(chosen)))

    def at_cell(self, by_cell: Array, some: Group) -> Column:
        return runs_first(by_cell).ravel()[self.cell[some.rows]]

    def at_field(self, by_region_field: Array, some: Group) -> Column:
        return runs_first(by_region_field).ravel()[self.region_field[some.rows]]

    def find_zone_rows(self) -> None:
        self.zone_rows = np.flatnonzero(flat(self.zone) != NO_ZONE)

    def _place(self, rows: Index | slice) -> None:
        run = np.arange(self.region.size)[rows] // len(self)
        region = flat(self.region)[rows] + run * N_REGIONS
        area = flat(self.zone)[rows] != NO_ZONE
        self.cell[rows] = (region * N_AREAS + area) * N_TIERS + flat(self.tier)[rows]
        self.region_field[rows] = region * N_FIELDS + flat(self.field)[rows]

    def _count(self, rows: Index | slice, by: int) -> None:
        run, cell = np.divmod(self.region_field[rows], N_REGIONS * N_FIELDS)
        np.add.at(self.members.reshape(-1), cell * self.runs + run, by)

    def _column(self, table: Array, place: Index) -> Array:
        return table.ravel().take(place).reshape(self.runs, -1).T


def _columns() -> list[str]:
    return [f.name for f in fields(Firms) if f.name not in PLACES]
