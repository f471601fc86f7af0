"""Shapley values: what each player adds, averaged over all orders in which the players could join.

Worths are indexed by coalition, a bit mask: bit i is set when player i is in. Trailing axes (replicates,
indicators) pass through. With k players and worth v,

    phi_i = sum over S without i of  |S|! (k - |S| - 1)! / k!  (v(S + i) - v(S)),

and the phi_i add up to v(all) - v(none) (Shapley 1953). Beyond a few players orders are drawn at random, each
with its reverse (antithetic pairs): the estimate is unbiased and still adds up (Castro, Gomez and Tejada 2009).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Order = tuple[int, ...]


def exact(worth: Array) -> Array:
    """Return the Shapley values [k, ...] of all players from the worth of every coalition [2^k, ...]."""
    players = (len(worth) - 1).bit_length()
    coalitions = np.arange(len(worth))
    sizes = np.bitwise_count(coalitions)
    weights = np.array([factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)])
    values = []
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        gains = worth[without | 1 << player] - worth[without]
        values.append(np.tensordot(weights[sizes[without]], gains, axes=1))
    return np.stack(values)


def orders(players: int, pairs: int, generator: np.random.Generator) -> list[Order]:
    """Draw ``pairs`` random orders of the players, each followed by its reverse."""
    drawn = [tuple(map(int, generator.permutation(players))) for _ in range(pairs)]
    return [order for one in drawn for order in (one, one[::-1])]


def coalitions_of(order: Sequence[int]) -> list[int]:
    """Return the coalitions as players join in ``order``, from nobody to all."""
    found = [0]
    for player in order:
        found.append(found[-1] | 1 << player)
    return found


def sampled(worth: Mapping[int, Array], drawn: Sequence[Order]) -> Array:
    """Return the mean gain of every player [k, ...] over the ``drawn`` orders."""
    gains = []
    for order in drawn:
        steps = np.diff(np.stack([worth[coalition] for coalition in coalitions_of(order)]), axis=0)
        gains.append(steps[np.argsort(order)])
    return np.mean(gains, axis=0)
