"""What comes back of runs: their tables, or what went wrong; of runs that were stepped together in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from ftz_sim.indicators.tables import Tables


class Outcome(NamedTuple):
    """What comes back of a run: its tables, or what went wrong."""

    result: Tables | str
    seconds: float
    processor: str = ""  # that made it (see `results.processor`), perhaps one of another machine

    def each(self) -> list[Outcome]:
        """Return the outcome of every run that this is of."""
        return [self]


class Company(NamedTuple):
    """What comes back of runs that were stepped together; sent as it is, it is a few large arrays and no small ones.

    Attributes:
        tables: of all runs, `swapped`, so that they lie in memory as they are numbered.
        alone: outcomes of those that were made again alone, by their number.
        runs: how many they are.
        seconds: that each took.
        processor: that made them.
    """

    tables: Tables
    alone: dict[int, Outcome]
    runs: int
    seconds: float
    processor: str

    def each(self) -> list[Outcome]:
        """Return the outcome of every run, in their order; the tables share their memory."""
        tables = self.tables.swapped()
        return [
            self.alone.get(run) or Outcome(tables.of_run(run), self.seconds, self.processor) for run in range(self.runs)
        ]


Batch = tuple[Sequence[int], Sequence[Outcome | Company]]  # places of its runs among all, and what came of them


def in_order(batches: Iterable[Batch]) -> list[Outcome]:
    """Return the outcome of every run of some batches, in the order of their places."""
    found: dict[int, Outcome] = {}
    for places, made in batches:
        found.update(zip(places, chain.from_iterable(part.each() for part in made), strict=True))
    return [found[place] for place in range(len(found))]
