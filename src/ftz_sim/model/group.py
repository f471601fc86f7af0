"""Firms picked out one by one: those that close, climb or sit in a zone area."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Group:
    """Some firms by their ``rows`` [n]; what is known about each of them has n as its first axis, too."""

    def __init__(self, rows: Array) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def that(self, chosen: Array) -> Group:
        """Return those of them that are ``chosen`` [n]."""
        return Group(self.rows[chosen])

    def of(self, column: Array) -> Array:
        """Return their entries in a column of firms [N]."""
        return column[self.rows]

    def at(self, table: Array, *place: Array) -> Array:
        """Return the entries of a table, such as [R, K], at the ``place`` of each, such as its province and tier."""
        return table[place]

    def own(self, numbers: Any) -> Any:
        """Return a number of the nation, or parameters, as each of them meets it."""
        return numbers

    def sum(self, values: Array) -> Any:
        """Add up ``values`` [n] over all of them."""
        return self.totals(np.zeros(len(self), dtype=np.intp), 1, values)[0]

    def totals(self, place: Array, size: int, weight: Array | None = None) -> Array:
        """Count them, or add up their ``weight`` [n], by ``place`` [n], which is less than ``size``; returns [size]."""
        return np.bincount(place, weight, size)

    def put(self, column: Array, values: Any) -> None:
        """Write their entries in a column of firms [N]."""
        column[self.rows] = values

    def add(self, column: Array, values: Any) -> None:
        """Add to their entries in a column of firms [N]."""
        column[self.rows] += values
