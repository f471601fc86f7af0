"""Named random streams, one for each (seed, name, quarter).

Counter-based generators (Philox; Salmon et al. 2011) need no history: the draws of a stream depend on its
seed, its name and the quarter and on nothing else. So no draw can shift another, a mechanism can be
switched off without changing the draws of the rest, and row *i* meets the same draws in every scenario
(common random numbers), because a stream draws for all rows, or for each row by itself.

Draws are cut from the generator's raw words, which costs a quarter of numpy's own float32 methods: uniform
numbers carry 24 random bits, normal numbers are one of 65,536 equally likely quantiles. Where few rows
need a draw, SplitMix64 (Steele et al. 2014), started at the generator's first word, gives any row its word.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.random import Philox, SeedSequence
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ftz_sim.model.group import Group

QUANTILES = 1 << 16
UNIFORM_BITS = 24
GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # SplitMix64: the step from row to row, and two rounds of mixing
ROUNDS = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
LAST_SHIFT = np.uint64(31)


class Chosen(NamedTuple):
    """Rows whose uniform draw is small, and these draws; both [n]."""

    rows: NDArray[Any]
    draws: NDArray[Any]


class Key(ISeedSequence):
    """Hands a key to a generator as it is; numpy's own way asks the operating system for a seed it never uses."""

    def __init__(self, seed: int, name: str) -> None:
        self.words = np.array([seed, crc32(name.encode())], dtype=np.uint64)

    def generate_state(self, n_words: int, dtype: Any = np.uint64) -> NDArray[Any]:
        """Return the key."""
        return self.words


class Stream:
    """The random numbers of one mechanism in one quarter; to be drawn from once."""

    def __init__(self, seed: int, name: str, quarter: int) -> None:
        counter = np.array([0, 0, 0, quarter + 1], dtype=np.uint64)
        self._words = Philox(Key(seed, name), counter=counter)  # type: ignore[arg-type]  # any ISeedSequence will do

    def uniform(self, rows: int) -> NDArray[Any]:
        """Return uniform numbers in [0, 1) for all of ``rows`` rows."""
        return unit(self._bits(rows))

    def below(self, rows: int, chance: float) -> Chosen:
        """Return those of ``rows`` uniform numbers that are less than ``chance``, perhaps with some equal to it."""
        bits = self._bits(rows)
        found = np.flatnonzero(bits <= np.uint32(min(chance, 1.0) * (2**32 - 1)))
        return Chosen(found, unit(bits[found]))

    def normal(self, rows: int) -> NDArray[Any]:
        """Return standard normal numbers for all of ``rows`` rows."""
        return normal_quantiles().take(self._words.random_raw((rows + 3) // 4).view(np.uint16)[:rows])

    def uniform_of(self, firms: Group) -> NDArray[Any]:
        """Return uniform numbers in [0, 1) for the rows of these firms [n]; other rows cost nothing."""
        return unit(self._hashed(firms).view(np.uint32)[::2])

    def normal_of(self, firms: Group) -> NDArray[Any]:
        """Return standard normal numbers for the rows of these firms [n]; other rows cost nothing."""
        return normal_quantiles().take(self._hashed(firms).view(np.uint16)[::4])

    def _bits(self, rows: int) -> NDArray[Any]:
        return self._words.random_raw((rows + 1) // 2).view(np.uint32)[:rows]

    def _hashed(self, firms: Group) -> NDArray[Any]:
        return hashed(firms.rows, self._words.random_raw(1))

    def permutation(self, rows: int) -> NDArray[Any]:
        """Return the numbers 0 ... rows - 1 in random order."""
        return np.argsort(self._words.random_raw(rows), kind="stable")


def hashed(rows: NDArray[Any], first: NDArray[Any]) -> NDArray[Any]:
    """Return the words of ``rows`` [n] in the stream whose ``first`` word this is."""
    words = rows.astype(np.uint64) * GOLDEN + first
    for shift, factor in ROUNDS:
        words = (words ^ (words >> shift)) * factor
    return words ^ (words >> LAST_SHIFT)


def unit(bits: NDArray[Any]) -> NDArray[Any]:
    """Return uniform numbers in [0, 1) from 32 random bits each."""
    numbers = (bits >> np.uint32(32 - UNIFORM_BITS)).view(np.int32).astype(np.float32)
    numbers *= np.float32(2.0**-UNIFORM_BITS)
    return numbers


@cache
def normal_quantiles() -> NDArray[Any]:
    """Return 65,536 equally likely values of a standard normal variable, scaled to variance one."""
    at = (np.arange(QUANTILES) + 0.5) / QUANTILES
    values = np.array([*map(NormalDist().inv_cdf, at.tolist())])  # scipy would be slow to import
    return (values / values.std()).astype(np.float32)


def child_seed(seed: int, sample: int, replicate: int) -> int:
    """Derive the seed of one replicate, the same for every scenario, so that differences are paired."""
    return int(SeedSequence([seed, sample, replicate]).generate_state(1, np.uint64)[0])
