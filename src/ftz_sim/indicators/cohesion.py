"""Cohesion: how far apart pairs of provinces are, and what part of income goes to labour.

The dyadic gap of provinces r and s is |ln y_r - ln y_s|, y = GDP per worker. Its mean is taken over pairs in which
both, one or none of the provinces ever has a zone, so that scenarios with and without zones are comparable. With
minus sign it is the dyadic co-ordination of the literature.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.model.maths import ratio

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
    zones = np.asarray(has_zone, dtype=bool)
    kinds = income[..., zones], income[..., ~zones]
    inside, others = map(_sum_of_gaps, kinds)
    mixed = _sum_of_gaps(income) - inside - others
    n, m = (kind.shape[-1] for kind in kinds)
    pairs = n * (n - 1) // 2, n * m, m * (m - 1) // 2
    return DyadicGap(*(total / max(count, 1) for total, count in zip((inside, mixed, others), pairs, strict=True)))


def _sum_of_gaps(income: Array) -> Array:
    """Return sum_r<s |income_r - income_s| [...]: in order of size, number k of n is added k - 1 - (n - k) times."""
    if not income.shape[-1]:
        return np.zeros(income.shape[:-1])
    ranked = np.sort(income, axis=-1)
    ranked -= ranked[..., :1].copy()  # so that equal provinces have no gap at all
    return (ranked * (2 * np.arange(ranked.shape[-1]) + 1 - ranked.shape[-1])).sum(axis=-1)


def labour_share(wage: Array, workers: Array, gdp: Array) -> Array:
    """Return the wage bill over GDP.

    Args:
        wage: by province [..., R], 10^3 yuan a quarter.
        workers: who earned it [..., R], persons.
        gdp: of the nation [...], bn yuan a quarter.
    """
    return ratio((wage * workers).sum(axis=-1) / 1e6, gdp)
