"""Inequality between groups of people: Theil index with its decomposition, Gini coefficient.

Groups (provinces, tiers) stand on the last axis; value and people are their totals. All functions accept
leading axes (quarters) and return one number for each.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Decomposition(NamedTuple):
    """A Theil index and its parts, which add up to it."""

    total: Array
    between: Array
    within: Array


def theil(value: Array, people: Array) -> Array:
    """Return sum_r s_r ln[(Y_r/L_r)/(Y/L)] with s_r = Y_r/Y: 0 if all are equal; empty groups count 0."""
    value_share, people_share = _shares(value), _shares(people)
    filled = (value_share > 0) & (people_share > 0)
    relative = np.divide(value_share, people_share, out=np.ones_like(value_share), where=filled)
    return (value_share * np.log(relative)).sum(axis=-1)


def decompose(value: Array, people: Array, group: Array) -> Decomposition:
    """Split the Theil index by ``group``, integers that broadcast to ``value``."""
    members = [group == number for number in range(int(np.max(group, initial=0)) + 1)]
    by_group = (np.stack([(amount * each).sum(axis=-1) for each in members], axis=-1) for amount in (value, people))
    total, between = theil(value, people), theil(*by_group)
    return Decomposition(total, between, total - between)


def gini(value: Array, people: Array) -> Array:
    """Return the Gini coefficient of value per person, weighted by people (from the Lorenz curve)."""
    people = np.broadcast_to(people, value.shape)
    order = np.argsort(value / np.maximum(people, 1e-300), axis=-1, kind="stable")
    value_share = _shares(np.take_along_axis(value, order, axis=-1))
    people_share = _shares(np.take_along_axis(people, order, axis=-1))
    below = np.cumsum(value_share, axis=-1) - value_share / 2
    return 1 - 2 * (people_share * below).sum(axis=-1)


def poorest_to_mean(value: Array, people: Array) -> Array:
    """Return the lowest value per person over the mean."""
    lowest = (value / np.maximum(people, 1e-300)).min(axis=-1)
    return lowest * people.sum(axis=-1) / np.maximum(value.sum(axis=-1), 1e-300)


def _shares(amount: Array) -> Array:
    return amount / np.maximum(amount.sum(axis=-1, keepdims=True), 1e-300)
