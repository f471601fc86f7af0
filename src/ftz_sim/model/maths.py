"""Four small functions that many equations share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np

LARGEST_EXPONENT = 80.0  # exp of it still fits float32


def share_closed(rate: Any, dt: float) -> Any:
    """Return the share of a gap that closes in ``dt`` years at ``rate`` [1/yr]: 1 - exp(-rate dt)."""
    return -np.expm1(rate * -dt)


def logistic(x: Any) -> Any:
    """Return 1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(np.minimum(-x, LARGEST_EXPONENT)))


def ratio(part: Any, whole: Any, empty: float = 0.0) -> Any:
    """Return ``part / whole``, and ``empty`` where ``whole`` is 0."""
    if np.count_nonzero(whole) == getattr(whole, "size", 1):  # the usual case, three times as fast as the other
        return part / whole
    absent = np.equal(whole, 0)
    return np.where(absent, empty, part / (whole + absent))


def interpolated(x: float, points: Sequence[float], values: Sequence[Any]) -> Any:
    """Return the value at ``x`` on the straight lines through ``values`` at ``points``; after them the last stays."""
    x, after = min(x, points[-1]), min(bisect_right(points, x), len(points) - 1)
    slope = (values[after] - values[after - 1]) / (points[after] - points[after - 1])
    return slope * (x - points[after - 1]) + values[after - 1]
