"""Entropy weights: a component that differs much between places and years weighs more.

    p_ij = x_ij / sum_i x_ij,   e_j = -sum_i p_ij ln p_ij / ln n,   w_j = (1 - e_j) / sum_j (1 - e_j)

x_ij is component j of observation i (n observations, never negative). A weight says how uneven a component is and
nothing about its worth; that is why the index with fixed weights stands first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def entropy_weights(scores: Array) -> Array:
    """Return the weights [J] of components from observations [n, J]; equal weights if nothing differs.

    Raises:
        ValueError: if a score is negative or no finite number.
    """
    if not (np.isfinite(scores).all() and (scores >= 0).all()):
        raise ValueError("entropy weights need finite scores that are never negative")
    observations, components = scores.shape
    total = scores.sum(axis=0)
    share = np.divide(scores, total, out=np.full(scores.shape, 1 / max(observations, 1)), where=total > 0)
    entropy = -(share * np.log(np.where(share > 0, share, 1))).sum(axis=0) / np.log(max(observations, 2))
    diversity = np.maximum(1 - entropy, 0)
    if diversity.sum() < 1e-12:  # rounding
        return np.full(components, 1 / components)
    return diversity / diversity.sum()
