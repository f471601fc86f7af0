"""Structure of industry: location quotients, clusters, specialisation, structural change.

``workers`` is [..., R, F]: workers by province and field.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
CLUSTER_QUOTIENT = 1.5  # a cluster is at least so much more concentrated than the nation ...
CLUSTER_SHARE = 0.05  # ... and has more than this share of its field


def shares(amount: Array, axis: int = -1) -> Array:
    """Return ``amount`` over its sum along ``axis``; 0 where the sum is 0."""
    return amount / np.maximum(amount.sum(axis=axis, keepdims=True), 1e-300)


def is_cluster(workers: Array) -> Array:
    """Return whether a field is a cluster of a province [..., R, F]."""
    field, province = workers.sum(axis=-2, keepdims=True), workers.sum(axis=-1, keepdims=True)
    quotient = CLUSTER_QUOTIENT * field / np.maximum(field.sum(axis=-1, keepdims=True), 1e-300)
    return (workers > quotient * province) & (workers > CLUSTER_SHARE * field)


def krugman_specialisation(workers: Array) -> Array:
    """Return sum_f |share of the field in the province - in all others together| [..., R], 0 to 2."""
    others = workers.sum(axis=-2, keepdims=True) - workers
    return np.abs(shares(workers) - shares(others)).sum(axis=-1)


def concentration(amount: Array) -> Array:
    """Return the sum of squared shares (Herfindahl-Hirschman) along the last axis."""
    return (shares(amount) ** 2).sum(axis=-1)


def advancement(by_tier: Array) -> Array:
    """Return value added of tiers 1 and 2 over that of tier 0."""
    return by_tier[..., 1:].sum(axis=-1) / np.maximum(by_tier[..., 0], 1e-300)


def angle_to_first(by_tier: Array) -> Array:
    """Return the angle [rad] between the tier shares of every row and those of the first row [T]."""
    unit = by_tier / np.maximum(np.linalg.norm(by_tier, axis=-1, keepdims=True), 1e-300)
    # from the chord, because arccos loses half the digits near 0
    return 2 * np.arcsin(np.clip(np.linalg.norm(unit - unit[0], axis=-1) / 2, 0, 1))
