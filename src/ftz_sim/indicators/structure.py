"""Structure of industry: location quotients, clusters, specialisation, structural change.

``workers`` is [R, F]: workers by province and field at the end of a quarter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.units import added
from ftz_sim.model.axes import add, national, row_sums

Array = NDArray[Any]
CLUSTER_QUOTIENT = 1.5  # a cluster is at least so much more concentrated than the nation ...
CLUSTER_SHARE = 0.05  # ... and has more than this share of its field


def shares(amount: Array) -> Array:
    """Return ``amount`` over its sum along the last axis; 0 where the sum is 0."""
    return amount / np.maximum(amount.sum(axis=-1, keepdims=True), 1e-300)


def clusters(workers: Array) -> Array:
    """Return the number of clusters of each province [R]."""
    return np.count_nonzero(is_cluster(workers), axis=1)


def is_cluster(workers: Array) -> Array:
    """Return whether a field is a cluster of a province [R, F]."""
    field, province = add(workers), row_sums(workers)
    least = np.maximum(CLUSTER_QUOTIENT * province / np.maximum(national(province), 1e-300), CLUSTER_SHARE)
    return workers > least[:, None] * field


def krugman_specialisation(workers: Array) -> Array:
    """Return sum_f |share of the field in the province - in all others together| [R], 0 to 2."""
    return row_sums(np.abs(_of_province(workers) - _of_province(add(workers) - workers)))


def concentration(workers: Array) -> Array:
    """Return the sum of squared shares of the fields (Herfindahl-Hirschman) [R]."""
    return row_sums(np.square(_of_province(workers)))


def advancement(by_tier: Array) -> Array:
    """Return value added of tiers 1 and 2 over that of tier 0."""
    return added(by_tier[..., 1:]) / np.maximum(by_tier[..., 0], 1e-300)


def angle_to_first(by_tier: Array) -> Array:
    """Return the angle [rad] between the tier shares of every row and those of the first row [T]."""
    unit = by_tier / np.maximum(np.linalg.norm(by_tier, axis=-1, keepdims=True), 1e-300)
    # from the chord, because arccos loses half the digits near 0
    return 2 * np.arcsin(np.clip(np.linalg.norm(unit - unit[0], axis=-1) / 2, 0, 1))


def _of_province(workers: Array) -> Array:
    """Return the share of each field in its province [R, F]; 0 where there are no workers."""
    return workers / np.maximum(row_sums(workers), 1e-300)[:, None]
