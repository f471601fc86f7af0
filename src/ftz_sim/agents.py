"""Agents: windows onto rows of the tables.

`Region`, `Zone`, `Partner` (and `Firm`, made on demand) are ordinary Mesa agents whose attributes are
columns, so everything that Mesa users know works, and no step loops over Python objects::

    model.agents_by_type[Region].get("gdp")
    model.agents_by_type[Zone].select(lambda zone: zone.is_open).agg("fdi", sum)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import mesa

if TYPE_CHECKING:
    from ftz_sim.model import FtzModel


class _Counters(WeakKeyDictionary[mesa.Model, Iterator[int]]):
    """Numbers the agents of every model, and forgets models that are gone."""

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        return self.setdefault(model, count(1))


class Window(mesa.Agent):
    """A row of one table; reading an attribute reads its column."""

    _ids: ClassVar[_Counters] = _Counters()  # Mesa's own keeps every model in memory for good
    table: ClassVar[str]
    model: FtzModel

    def __init__(self, model: FtzModel, row: int, code: str) -> None:
        super().__init__(model)
        self.row = row
        self.code = code

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "row" not in self.__dict__:
            raise AttributeError(name)
        columns = vars(getattr(self.model, self.table))
        if name not in columns:
            raise AttributeError(f"a {type(self).__name__} has no column {name!r}; see ftz_sim.columns")
        return columns[name][self.row]


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
