"""Several runs stepped together: the model's state with one axis more, the last, for the run.

A run in an ensemble has the bits that it has alone: draws are made for each run from its own streams, and all sums
add in the order in which one run adds. Columns of firms are [N, E] in shape and one run after another in memory, so
that a run's firms are sums and slices of neighbours; all other tables are [..., E] in memory, too.
"""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import Philox

from ftz_sim.clock import DT, Clock
from ftz_sim.columns import N_AREAS, N_FIELDS, N_REGIONS, N_TIERS, NO_ZONE, Firms, Some
from ftz_sim.maths import flat
from ftz_sim.mechanisms.exogenous_paths import shocks_of
from ftz_sim.schedule import SCHEDULE
from ftz_sim.streams import GOLDEN, LAST_SHIFT, ROUNDS, Chosen, Key, _unit, normal_quantiles

SHARED = {"region"}  # indices that are the same for all runs and stay [Z]
FIXED = {"distance", "same_strategy_area", "speciality", "affinity"}  # data that are the same: [..., 1]


class Together:
    """Parameters of several runs: a number where they agree, one for each run where they differ."""

    def __init__(self, records: list[Any]) -> None:
        kind, runs = type(records[0]), len(records)
        rules = [name for name, each in vars(kind).items() if isinstance(each, property)]
        for name in [*kind.model_fields, *rules]:
            values = [getattr(record, name) for record in records]
            same = all(value == values[0] for value in values)
            if same and isinstance(values[0], tuple):
                setattr(self, name, np.broadcast_to(np.array(values[0], dtype=float)[:, None], (len(values[0]), runs)))
            elif same:
                setattr(self, name, values[0])
            else:
                setattr(self, name, np.array(values).T.copy())


class _Own:
    """Parameters as some firms meet them."""

    def __init__(self, record: Together, run: Any) -> None:
        self._record, self._run = record, run

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._record, name)
        return value[..., self._run] if isinstance(value, np.ndarray) else value


class SomeOfRuns(Some):
    """Some firms of several runs, sorted by run; ``rows`` count the firms of all runs one after another."""

    def that(self, chosen: Any) -> SomeOfRuns:
        return SomeOfRuns(self.rows[chosen], (self.run[0][chosen],), self.runs)

    def own(self, numbers: Any) -> Any:
        if isinstance(numbers, Together):
            return _Own(numbers, self.run[0])
        return numbers[..., self.run[0]] if isinstance(numbers, np.ndarray) and numbers.ndim else numbers

    def total(self, place: Any, size: int, weight: Any = None) -> Any:
        sums = np.bincount(place.astype(np.intp) * self.runs + self.run[0], weight, size * self.runs)
        return sums.reshape(size, self.runs)

    def sum(self, values: Any) -> Any:
        ends = np.searchsorted(self.run[0], np.arange(self.runs + 1)).tolist()
        return np.array([np.add.reduce(values[a:b]) for a, b in zip(ends[:-1], ends[1:], strict=True)])


class FirmsOfRuns(Firms):
    """The firms of several runs [N, E]; all have the same slots by province."""

    runs: int

    def _by_run(self, column: Any) -> Any:  # from the order of memory
        return column.reshape(self.runs, -1).T

    def spread(self, by_region: Any) -> Any:
        return np.repeat(by_region.T, self.slots[:, 0], axis=-1).T

    def of_cell(self, by_cell: Any) -> Any:
        table = np.empty((self.runs, N_REGIONS, N_AREAS, N_TIERS), dtype=np.float32)
        table.transpose(1, 2, 3, 0)[...] = by_cell
        return self._by_run(table.ravel().take(self.cell))

    def exactly_of_cell(self, by_cell: Any) -> Any:
        return self._by_run(np.ascontiguousarray(by_cell.transpose(3, 0, 1, 2)).ravel().take(self.cell))

    def of_region_field(self, table: Any) -> Any:
        table = np.ascontiguousarray(table.transpose(2, 0, 1), dtype=np.float32)
        return self._by_run(table.ravel().take(self.region_field))

    def exactly_of_field(self, by_field: Any) -> Any:
        table = np.empty((self.runs, N_REGIONS, N_FIELDS))
        table[:] = by_field.T[:, None]
        return self._by_run(table.ravel().take(self.region_field))

    def sum_by_cell(self, column: Any) -> Any:
        size = N_REGIONS * N_AREAS * N_TIERS
        sums = np.bincount(self.cell, flat(column), size * self.runs).reshape(self.runs, N_REGIONS, N_AREAS, N_TIERS)
        return np.ascontiguousarray(sums.transpose(1, 2, 3, 0))

    def sum_by_region_field(self, column: Any) -> Any:
        return self._tables(np.bincount(self.region_field, flat(column), N_REGIONS * N_FIELDS * self.runs))

    def sum_of_zone_areas(self, column: Any) -> Any:
        rows = self.zone_rows
        size = N_REGIONS * N_FIELDS * self.runs
        return self._tables(np.bincount(self.region_field.take(rows), flat(column).take(rows), size))

    def _tables(self, sums: Any) -> Any:
        return np.ascontiguousarray(sums.reshape(self.runs, N_REGIONS, N_FIELDS).transpose(1, 2, 0))

    def chosen(self, rows: Any) -> SomeOfRuns:
        return SomeOfRuns(rows, (rows // len(self),), self.runs)

    def index(self) -> None:
        self._place(slice(None))
        self.members = self._tables(np.bincount(self.region_field, minlength=N_REGIONS * N_FIELDS * self.runs))
        self.find_zone_rows()

    def reindex(self, rows: Any) -> None:
        size = N_REGIONS * N_FIELDS * self.runs
        before = np.bincount(self.region_field[rows], minlength=size)
        self._place(rows)
        self.members = self.members + self._tables(np.bincount(self.region_field[rows], minlength=size) - before)

    def find_zone_rows(self) -> None:
        self.zone_rows = np.flatnonzero(flat(self.zone) != NO_ZONE)

    def _place(self, rows: Any) -> None:
        run = (np.arange(self.runs * len(self)) if isinstance(rows, slice) else rows) // len(self)
        region = flat(self.region)[rows].astype(np.intp) + run * N_REGIONS
        area = flat(self.zone)[rows] != NO_ZONE
        self.cell[rows] = (region * N_AREAS + area) * N_TIERS + flat(self.tier)[rows]
        self.region_field[rows] = region * N_FIELDS + flat(self.field)[rows]


class Streams:
    """The luck of one mechanism in one quarter, in every run: one generator, given the key of one run after another."""

    _generator = Philox(Key(0, ""))  # type: ignore[arg-type]

    def __init__(self, seeds: Any, name: str, quarter: int, firms: int) -> None:
        self.seeds, self.name, self.quarter, self.firms = seeds, crc32(name.encode()), quarter, firms

    def _words(self, count: int) -> Any:
        words = np.empty((len(self.seeds), count), dtype=np.uint64)
        state = self._generator.state
        state["state"]["counter"][:] = 0, 0, 0, self.quarter + 1
        key, state["buffer_pos"] = state["state"]["key"], 4
        key[1] = self.name
        for row, seed in zip(words, self.seeds, strict=True):
            key[0] = seed
            self._generator.state = state
            row[:] = self._generator.random_raw(count)
        return words

    def normal(self, rows: int) -> Any:
        return normal_quantiles().take(self._words((rows + 3) // 4).view(np.uint16)[:, :rows]).T

    def uniform(self, rows: int) -> Any:
        return _unit(self._bits(rows)).T

    def below(self, rows: int, chance: Any) -> Chosen:
        bits = np.ascontiguousarray(self._bits(rows))
        highest = (np.minimum(chance, 1.0) * (2**32 - 1)).astype(np.uint32)
        found = np.flatnonzero(bits <= np.reshape(highest, (-1, 1)))
        return Chosen(found, _unit(bits.reshape(-1)[found]))

    def _bits(self, rows: int) -> Any:
        return self._words((rows + 1) // 2).view(np.uint32)[:, :rows]

    def uniform_of(self, some: Any) -> Any:
        return _unit(self._hashed(some).view(np.uint32)[::2])

    def normal_of(self, some: Any) -> Any:
        return normal_quantiles().take(self._hashed(some).view(np.uint16)[::4])

    def _hashed(self, some: Any) -> Any:
        first, run = self._words(1)[:, 0], some.run[0]
        words = (some.rows - run * self.firms).astype(np.uint64) * GOLDEN + first[run]
        for shift, factor in ROUNDS:
            words = (words ^ (words >> shift)) * factor
        return words ^ (words >> LAST_SHIFT)


class Paths:
    """Policies of several runs; a policy that several share is laid out once."""

    def __init__(self, paths: list[Any]) -> None:
        found = list({id(path): path for path in paths}.values())
        self.policies = [next(place for place, one in enumerate(found) if one is path) for path in paths]
        self.zones = np.stack([path.zones for path in found], axis=-1)
        self.nation = np.stack([path.nation for path in found], axis=-1)
        self.is_open = paths[0].is_open[..., None]

    def at(self, quarter: int) -> tuple[Any, Any, Any]:
        """Return levels [levers, Z, E] and [levers, E], and which zones are open [Z, E]."""
        is_open = np.broadcast_to(self.is_open[quarter], (*self.is_open.shape[1:-1], len(self.policies)))
        return self.zones[quarter][..., self.policies], self.nation[quarter][..., self.policies], is_open


def _stacked(kind: Any, tables: list[Any]) -> dict[str, Any]:
    out = {}
    for name in kind:
        values = [getattr(table, name) for table in tables]
        if name in SHARED:
            out[name] = values[0]
        elif name in FIXED:
            out[name] = np.ascontiguousarray(values[0][..., None])
        else:
            out[name] = np.stack([np.asarray(value) for value in values], axis=-1)
    return out


class Ensemble:
    """Several runs of one size, horizon and set of mechanisms, at the same quarter."""

    def __init__(self, models: list[Any]) -> None:
        first = models[0]
        self.runs, self.seeds = len(models), [model.seed for model in models]
        self.specs = [model.spec for model in models]
        self.dt, self.clock = DT, Clock()
        self.clock.index = first.clock.index
        self.last_quarter, self.fork, self.figures = first.last_quarter, first.fork, first.figures
        for table in ("regions", "pairs", "zones", "partners", "nation", "levers", "base"):
            own = [getattr(model, table) for model in models]
            kind = type(own[0])
            setattr(self, table, kind(**_stacked([f.name for f in fields(kind)], own)))
        self.firms = self._firms([model.firms for model in models])
        self.policy = Paths([model.policy for model in models])
        names = type(first.params).model_fields
        self.params = SimpleNamespace(
            **{name: Together([getattr(model.params, name) for model in models]) for name in names}
        )
        self._shocks = [model.spec.shocks for model in models]

    def _firms(self, firms: list[Firms]) -> FirmsOfRuns:
        new = object.__new__(FirmsOfRuns)
        new.runs = self.runs
        for f in fields(Firms):
            if f.name in ("starts", "slots"):
                continue
            values = [getattr(each, f.name) for each in firms]
            if f.name in ("cell", "region_field"):
                setattr(new, f.name, np.concatenate(values))
            elif f.name not in ("members", "zone_rows"):
                setattr(new, f.name, np.stack(values).T)
        new.starts, new.slots = firms[0].starts, firms[0].slots[:, None]
        new.index()
        return new

    def taken(self, runs: Any, specs: list[Any], policies: list[Any]) -> Ensemble:
        """Return an ensemble that goes on from here with these ``runs`` [E'], each under a scenario of its own."""
        twin = object.__new__(Ensemble)
        twin.__dict__.update(self.__dict__)
        twin.runs, twin.seeds, twin.specs = len(runs), [self.seeds[run] for run in runs], specs
        twin.clock = Clock()
        twin.clock.index = self.clock.index
        for table in ("regions", "pairs", "zones", "partners", "nation", "levers", "base"):
            old = getattr(self, table)
            columns = {name: self._of(value, runs, name) for name, value in vars(old).items()}
            setattr(twin, table, type(old)(**columns))
        firms = object.__new__(FirmsOfRuns)
        firms.runs, firms.starts, firms.slots = len(runs), self.firms.starts, self.firms.slots
        for name, value in vars(self.firms).items():
            if name in ("cell", "region_field"):
                setattr(firms, name, np.empty(len(runs) * len(self.firms), dtype=np.intp))
            elif name not in ("members", "zone_rows", "runs", "starts", "slots"):
                setattr(firms, name, value.T[runs].T)
        firms.index()
        twin.firms = firms
        twin.policy = Paths(policies)
        names = type(specs[0].parameters).model_fields
        twin.params = SimpleNamespace(
            **{name: Together([getattr(spec.parameters, name) for spec in specs]) for name in names}
        )
        twin._shocks = [spec.shocks for spec in specs]
        return twin

    def _of(self, value: Any, runs: Any, name: str) -> Any:
        if name in SHARED or np.ndim(value) == 0 or value.shape[-1] != self.runs:
            return value
        return np.ascontiguousarray(value[..., runs])

    @property
    def active_schedule(self) -> dict[str, Any]:
        """Mechanisms that the scenarios have not switched off, in order."""
        return {name: mechanism for name, mechanism in SCHEDULE.items() if self.specs[0].is_on(name)}

    def step(self) -> None:
        """Play one quarter."""
        for name, mechanism in self.active_schedule.items():
            mechanism.step(self, getattr(self.params, name))
        self.clock.tick()

    def stream(self, name: str) -> Streams:
        """Return the named random streams of this quarter."""
        return Streams(self.seeds, name, self.clock.index, len(self.firms))

    def shared(self, column: Any, axes: int = 1) -> Any:
        """Return a column that is the same for all runs, or not, as one of every run."""
        if column.ndim > axes:
            return column
        return np.broadcast_to(column[..., None], (*column.shape, self.runs))

    def shocks(self) -> Any:
        """Return what the shocks of this quarter come to."""
        found = list(dict.fromkeys(self._shocks))
        each = [shocks_of(shocks, self.clock.index) for shocks in found]
        now = [each[found.index(shocks)] for shocks in self._shocks]
        if len(found) == 1:
            return each[0]._replace(tariff=self.shared(each[0].tariff), technology=self.shared(each[0].technology))
        return type(now[0])(*(np.stack([np.asarray(x) for x in part], axis=-1) for part in zip(*now, strict=True)))
