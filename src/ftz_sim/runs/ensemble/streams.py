"""Named random streams of several runs."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.random import Philox

from ftz_sim.model.columns import Array, Index
from ftz_sim.model.streams import Chosen, Key, hashed, normal_quantiles, unit
from ftz_sim.runs.ensemble.firms import GroupOfRuns


class Seeds:
    """The seeds of several runs; one that several share is kept once."""

    def __init__(self, seeds: Sequence[int]) -> None:
        self.own = list(dict.fromkeys(seeds))
        self.of_run = np.array([self.own.index(seed) for seed in seeds])

    def taken(self, runs: Index) -> Seeds:
        """Return the seeds of these ``runs`` [E']."""
        return Seeds([self.own[place] for place in self.of_run[runs]])


class Streams:
    """The random numbers of one mechanism in one quarter: those that `Stream` gives each run; drawn from once.

    Runs of one seed share them. One generator is given the key of one seed after another, a quarter of the cost of a
    new one for each.
    """

    def __init__(self, seeds: Seeds, name: str, quarter: int) -> None:
        self._seeds, self._name, self._quarter = seeds, crc32(name.encode()), quarter

    def uniform(self, rows: int) -> Array:
        """Return uniform numbers in [0, 1) for all of ``rows`` rows [rows, E]."""
        return self._each(unit(self._bits(rows))).T

    def below(self, rows: int, chance: Array | float) -> Chosen:
        """Return uniform numbers that are less than ``chance``, and their rows, counted through all runs."""
        bits = self._each(self._bits(rows))
        highest = np.asarray(np.minimum(chance, 1.0) * (2**32 - 1)).astype(np.uint32)
        found = np.flatnonzero(bits <= highest.reshape(-1, 1))
        return Chosen(found, unit(bits.ravel()[found]))

    def normal(self, rows: int) -> Array:
        """Return standard normal numbers for all of ``rows`` rows [rows, E]."""
        return self._each(normal_quantiles().take(self._words((rows + 3) // 4).view(np.uint16)[:, :rows])).T

    def uniform_of(self, firms: GroupOfRuns) -> Array:
        """Return uniform numbers in [0, 1) for these firms [n]."""
        return unit(self._hashed(firms).view(np.uint32)[::2])

    def normal_of(self, firms: GroupOfRuns) -> Array:
        """Return standard normal numbers for these firms [n]."""
        return normal_quantiles().take(self._hashed(firms).view(np.uint16)[::4])

    def _hashed(self, firms: GroupOfRuns) -> Array:
        return hashed(firms.rows_of_run, self._each(self._words(1))[firms.run, 0])

    def _each(self, drawn: Array) -> Array:
        """Give each run [E, ...] what is drawn by seed."""
        return drawn.take(self._seeds.of_run, axis=0)

    def _bits(self, rows: int) -> Array:
        return self._words((rows + 1) // 2).view(np.uint32)[:, :rows]

    def _words(self, count: int) -> Array:
        words = np.empty((len(self._seeds.own), count), dtype=np.uint64)
        generator = Philox(Key(0, ""))  # type: ignore[arg-type]  # any ISeedSequence will do
        start = generator.state
        key, start["buffer_pos"] = start["state"]["key"], 4  # nothing is left of words drawn before
        start["state"]["counter"][:] = 0, 0, 0, self._quarter + 1
        key[1] = self._name
        for row, seed in zip(words, self._seeds.own, strict=True):
            key[0] = seed
            generator.state = start
            row[:] = generator.random_raw(count)
        return words
