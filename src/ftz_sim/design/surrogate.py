"""What packages are expected to come to, from those that were played: a surrogate (Jin 2011) that costs no run.

    value = constant + sum over choices pulled + sum over their ways + sum over pairs of choices pulled together

by ridge regression. What is known of a choice holds for all its ways until they were tried; the further a term is from
a choice alone, the larger its penalty.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
CHOICE, WAY, PAIR = 0.03, 0.09, 0.15  # penalties, where values have variance 1
PAIRED = 60  # choices; pairs of more would take longer than runs
DECIMALS = 6  # of a standard deviation: what is chosen should not hang on the last bits of a processor


def expected(ways: tuple[int, ...], played: Array, values: Array, wanted: Array) -> Array:
    """Return what packages are expected to come to [m, K].

    Args:
        ways: of each choice.
        played: packages that were played [n, C].
        values: what they came to [n, K].
        wanted: packages [m, C].
    """
    known, penalties = _terms(ways, played)
    mean, spread = values.mean(axis=0), values.std(axis=0)
    scaled = (values - mean) / np.where(spread > 0, spread, 1.0)
    effects = np.linalg.solve(known.T @ known + np.diag(penalties), known.T @ scaled)
    return np.asarray(mean + spread * np.round(_terms(ways, wanted)[0] @ effects, DECIMALS))


def _terms(ways: tuple[int, ...], packages: Array) -> tuple[Array, Array]:
    """Return which terms packages have [n, T], and the penalty of each [T]."""
    pulled = packages > 0
    by_way = [packages[:, place] == way for place, most in enumerate(ways) for way in range(1, most + 1)]
    few = range(len(ways) if len(ways) <= PAIRED else 0)
    pairs = [pulled[:, place] & pulled[:, other] for place in few for other in range(place)]
    terms = np.array([np.ones(len(packages)), *pulled.T, *by_way, *pairs], dtype=float).T
    penalties = [1e-9], [CHOICE] * len(ways), [WAY] * len(by_way), [PAIR] * len(pairs)
    return terms, np.concatenate(penalties)
