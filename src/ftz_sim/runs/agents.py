"""Agents: windows onto rows of the tables.

`Region`, `Zone`, `Partner` (and `Firm`, made on demand) are ordinary Mesa agents whose attributes are
columns, so everything that Mesa users know works, and no step loops over Python objects::

    model.agents_by_type[Region].get("gdp")
    model.agents_by_type[Zone].select(lambda zone: zone.is_open).agg("fdi", sum)
    model.agents_by_type[Region].set("compute", 0.5)

What is written goes to the column. Amounts can be written; places, groups, counts and flags cannot, because other
columns follow from them. A window has no attributes of its own, so that a misspelt column is no silent one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import mesa
import numpy as np

if TYPE_CHECKING:
    from ftz_sim.runs.model import FtzModel


OF_MESA = ("model", "unique_id", "pos")  # what Mesa writes on an agent


class _Counters(WeakKeyDictionary[mesa.Model, Iterator[int]]):
    """Numbers the agents of every model, and forgets models that are gone."""

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        return self.setdefault(model, count(1))


class Window(mesa.Agent):
    """A row of one table; reading an attribute reads its column, and writing one writes it."""

    _ids: ClassVar[_Counters] = _Counters()  # Mesa's own keeps every model in memory for good
    table: ClassVar[str]
    model: FtzModel

    def __init__(self, model: FtzModel, row: int, code: str) -> None:
        super().__init__(model)
        self.code = code
        self.row = row  # last: from here on only columns can be set

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code}>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "row" not in self.__dict__:
            raise AttributeError(name)
        value = self._columns_with(name)[name][self.row]
        if isinstance(value, np.ndarray):  # a row of a matrix, to be written as a whole
            value = value.view()
            value.flags.writeable = False
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or "row" not in vars(self) or name in OF_MESA:
            super().__setattr__(name, value)
            return
        columns = self._columns_with(name)
        if columns[name].dtype.kind != "f":
            raise AttributeError(f"{name} of a {type(self).__name__} cannot be set: other columns follow from it")
        column = columns[name].copy()  # it may be shared with the published figures, or with another column
        column[self.row] = value
        columns[name] = column

    def _columns_with(self, name: str) -> dict[str, Any]:
        columns = vars(getattr(self.model, self.table))
        if name not in columns:
            raise AttributeError(f"a {type(self).__name__} has no column {name!r}; see ftz_sim.model.columns")
        return columns


class Region(Window):
    """A province."""

    table = "regions"


class Zone(Window):
    """A pilot free trade zone; its levers can be read like columns, at their level before opening too."""

    table = "zones"

    def lever(self, name: str) -> float:
        """Return the level of a zone or pair lever in this zone now [0 to 1]."""
        return float(getattr(self.model.levers, name)[self.region])


class Partner(Window):
    """A partner economy."""

    table = "partners"


class Firm(Window):
    """A firm: a slot and the quarter of birth. Made on demand by `FtzModel.firm`."""

    table = "firms"
