"""Anderson's acceleration for many independent systems at once, each on its own.

Every system of E has its own memory, restart and end; what is done to one does not depend on the others, nor
on how many there are. Numbers of a system lie side by side [E, n], so that sums run in one order for any E.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Table = Any  # numpy array
MEMORY = 6
MOST_STEPS = 400
LONGEST_MOVE = 1.0  # log points
LOST = 3.0  # a residual so many times the best starts the memory anew
RIDGE = 1e-14  # of the largest entry
IDENTITY = np.eye(MEMORY)


class Solution(NamedTuple):
    """Where the systems ended."""

    x: Table  # [E, n] after the last move
    residual: Table  # [E] what was left before it
    steps: Table  # [E] evaluations


def solve(propose: Callable[[Table], tuple[Table, Table]], start: Table, tolerance: float) -> Solution:
    """Find where an excess is 0.

    Args:
        propose: returns for x [E, n] the largest excess there [E] and a move that would lessen it [E, n].
        start: first guess [E, n].
        tolerance: excess after which a system makes one move more and stops.
    """
    x = start
    runs, size = start.shape
    moves, changes = np.zeros((2, runs, MEMORY, size))
    gram = np.zeros((runs, MEMORY, MEMORY))
    best, done, steps = np.full(runs, np.inf), np.zeros(runs, dtype=bool), np.zeros(runs, dtype=int)
    move = g_before = np.zeros_like(start)
    for count in range(MOST_STEPS):
        residual, g = propose(x)
        steps += ~done
        before, done = done, done | ~(residual >= tolerance)  # nan ends, too
        if count:
            slot = (count - 1) % MEMORY
            np.subtract(g, g_before, out=changes[:, slot])
            np.add(move, changes[:, slot], out=moves[:, slot])
            gram[:, slot] = gram[:, :, slot] = np.matvec(changes, changes[:, slot])
        lost = before | (residual > LOST * best)
        if lost.any():
            changes[lost], moves[lost], gram[lost] = 0.0, 0.0, 0.0
        best = np.where(lost, residual, np.minimum(best, residual))
        move = g - np.vecmat(_combination(gram, np.matvec(changes, g)), moves)
        move /= np.maximum(np.abs(move).max(axis=1) / LONGEST_MOVE, 1.0)[:, None]
        move[before] = 0.0  # who had stopped stays
        x, g_before = x + move, g
        if done.all():
            break
    return Solution(x, residual, steps)


def _combination(gram: Table, projection: Table) -> Table:
    """Return the weights [E, MEMORY] of past changes that make the next one least."""
    own = np.einsum("ekk->ek", gram)
    ridge = np.where(own == 0, 1.0, RIDGE * own.max(axis=1, keepdims=True))
    return np.linalg.solve(gram + ridge[:, None] * IDENTITY, projection[:, :, None])[:, :, 0]
