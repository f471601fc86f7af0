"""Units of the tables, a sum, and a mean that is safe for empty sets."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.model.maths import ratio

Array = NDArray[Any]
Table = dict[str, Array]
YEAR = 4  # quarters
MILLION = 1e-6
THOUSAND = 1e-3
INTENSITY = 10.0  # Mt / bn yuan -> t / 10^4 yuan


def added(parts: Array) -> Array:
    """Return the sum along the last axis, tiers for one: so few numbers are added fastest one place after the other."""
    return reduce(np.add, np.moveaxis(parts, -1, 0))


def mean_by(value: Array, weight: Array) -> Array:
    """Return the weighted mean along the last axis; 0 where all weights are 0."""
    return ratio((value * weight).sum(axis=-1), weight.sum(axis=-1))
