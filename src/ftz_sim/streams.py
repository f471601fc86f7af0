"""Named random streams, one for each (seed, name, quarter).

Counter-based generators (Philox; Salmon et al. 2011) need no history: the draws of a stream depend on its
seed, its name and the quarter and on nothing else. So no draw can shift another, a mechanism can be
switched off without changing the luck of the rest, and row *i* meets the same luck in every scenario,
because a stream always draws for all rows.

Draws are cut from the generator's raw words, which costs a quarter of numpy's own float32 methods: uniform
numbers carry 24 random bits, normal numbers are one of 65,536 equally likely quantiles.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import Philox, SeedSequence
from numpy.typing import NDArray

QUANTILES = 1 << 16
UNIFORM_BITS = 24


class Stream:
    """The luck of one mechanism in one quarter; every draw is for all rows of a table."""

    def __init__(self, seed: int, name: str, quarter: int) -> None:
        key = np.array([seed, crc32(name.encode())], dtype=np.uint64)
        self._words = Philox(key=key, counter=np.array([0, 0, 0, quarter + 1], dtype=np.uint64))

    def uniform(self, rows: int, keep: NDArray[Any] | slice = slice(None)) -> NDArray[Any]:
        """Draw ``rows`` numbers in [0, 1) and return those that ``keep`` selects (all of them by default)."""
        bits = self._words.random_raw((rows + 1) // 2).view(np.uint32)[:rows][keep] >> np.uint32(32 - UNIFORM_BITS)
        return bits.view(np.int32).astype(np.float32) * np.float32(2.0**-UNIFORM_BITS)

    def normal(self, rows: int, keep: NDArray[Any] | slice = slice(None)) -> NDArray[Any]:
        """Draw ``rows`` standard normal numbers and return those that ``keep`` selects."""
        return normal_quantiles().take(self._words.random_raw((rows + 3) // 4).view(np.uint16)[:rows][keep])

    def permutation(self, rows: int) -> NDArray[Any]:
        """Return the numbers 0 ... rows - 1 in random order."""
        return np.argsort(self._words.random_raw(rows), kind="stable")


@cache
def normal_quantiles() -> NDArray[Any]:
    """Return 65,536 equally likely values of a standard normal variable, scaled to variance one."""
    from scipy.special import ndtri  # here, because scipy is slow to import and few commands need it

    values = ndtri((np.arange(QUANTILES) + 0.5) / QUANTILES)
    return (values / values.std()).astype(np.float32)


def child_seed(seed: int, sample: int, replicate: int) -> int:
    """Derive the seed of one replicate, the same for every scenario, so that differences are paired."""
    return int(SeedSequence([seed, sample, replicate]).generate_state(1, np.uint64)[0])
