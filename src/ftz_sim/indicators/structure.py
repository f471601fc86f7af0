"""Structure of industry: location quotients, clusters, specialisation, structural change.

``workers`` is [..., R, F]: workers by province and field.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.units import added, over

Array = NDArray[Any]
CLUSTER_QUOTIENT = 1.5  # a cluster is at least so much more concentrated than the nation ...
CLUSTER_SHARE = 0.05  # ... and has more than this share of its field


def shares(amount: Array, axis: int = -1) -> Array:
    """Return ``amount`` over its sum along ``axis``; 0 where the sum is 0."""
    return amount / np.maximum(amount.sum(axis=axis, keepdims=True), 1e-300)


def is_cluster(workers: Array) -> Array:
    """Return whether a field is a cluster of a province [..., R, F]."""
    field, province = _sums(workers)
    least = np.maximum(CLUSTER_QUOTIENT * over(province, field.sum(axis=-1, keepdims=True)), CLUSTER_SHARE)
    return workers > least * field


def krugman_specialisation(workers: Array) -> Array:
    """Return sum_f |share of the field in the province - in all others together| [..., R], 0 to 2."""
    field, province = _sums(workers)
    one, one_of_others = over(1.0, province), over(1.0, field.sum(axis=-1, keepdims=True) - province)
    gap = workers * (one + one_of_others)
    gap -= field * one_of_others
    return np.abs(gap, out=gap).sum(axis=-1)


def concentration(amount: Array) -> Array:
    """Return the sum of squared shares (Herfindahl-Hirschman) along the last axis."""
    return over(np.vecdot(amount, amount), np.square(amount.sum(axis=-1)))


def advancement(by_tier: Array) -> Array:
    """Return value added of tiers 1 and 2 over that of tier 0."""
    return added(by_tier[..., 1:]) / np.maximum(by_tier[..., 0], 1e-300)


def angle_to_first(by_tier: Array) -> Array:
    """Return the angle [rad] between the tier shares of every row and those of the first row [T]."""
    unit = by_tier / np.maximum(np.linalg.norm(by_tier, axis=-1, keepdims=True), 1e-300)
    # from the chord, because arccos loses half the digits near 0
    return 2 * np.arcsin(np.clip(np.linalg.norm(unit - unit[0], axis=-1) / 2, 0, 1))


def _sums(workers: Array) -> tuple[Array, Array]:
    """Return the workers of a field [..., 1, F] and those of a province [..., R, 1]."""
    return workers.sum(axis=-2, keepdims=True), workers.sum(axis=-1, keepdims=True)
