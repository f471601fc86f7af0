"""Cohesion: how far apart pairs of provinces are, and what part of income goes to labour.

The dyadic gap of provinces r and s is |ln y_r - ln y_s|, y = GDP per worker. Its mean is taken over pairs in which
both, one or none of the provinces ever has a zone, so that scenarios with and without zones are comparable. With
minus sign it is the dyadic co-ordination of the literature.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.units import over

Array = NDArray[Any]


class DyadicGap(NamedTuple):
    """Mean gap of the three kinds of pairs, log points, each [...]."""

    zones: Array  # both provinces have a zone
    mixed: Array  # one has
    others: Array  # none has


def dyadic_gap(gdp: Array, workers: Array, has_zone: Array) -> DyadicGap:
    """Return the mean gap between pairs of provinces; 0 for a kind without pairs.

    Args:
        gdp: GDP of provinces [..., R], any unit.
        workers: workers of provinces [..., R].
        has_zone: whether the province ever has a zone [R].
    """
    income = np.log(np.maximum(gdp, 1e-300)) - np.log(np.maximum(workers, 1e-300))
    first, second = np.triu_indices(income.shape[-1], k=1)
    gap = np.abs(income[..., first] - income[..., second])
    zones = np.asarray(has_zone, dtype=int)
    partners = zones[first] + zones[second]
    return DyadicGap(*(over((gap * (partners == n)).sum(axis=-1), np.sum(partners == n)) for n in (2, 1, 0)))


def labour_share(wage: Array, workers: Array, gdp: Array) -> Array:
    """Return the wage bill over GDP.

    Args:
        wage: by province [..., R], 10^3 yuan a quarter.
        workers: who earned it [..., R], persons.
        gdp: of the nation [...], bn yuan a quarter.
    """
    return over((wage * workers).sum(axis=-1) / 1e6, gdp)
