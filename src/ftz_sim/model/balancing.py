"""Three ways to make a table agree with totals: biproportional scaling, capped sharing, gravity weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Table = Any  # numpy array
TINY = 1e-300  # keeps a division by an empty sum from failing; the numerator is then 0


class Weights(NamedTuple):
    """Weights of origins [R, F], and what they add up to at each destination [R, F]."""

    origin: Table
    market: Table


def scaled_both_ways(table: Table, rows: Table, columns: Table, tolerance: float = 1e-13) -> Table:
    """Scale the rows and columns of ``table`` [R, F] to the totals ``rows`` [R] and ``columns`` [F] (RAS).

    Zeros stay. The totals must have one sum, and every total above 0 an entry above 0.

    Raises:
        ValueError: if no scaling meets both totals.
    """
    out = table * 1.0
    for _ in range(5000):
        out *= columns / np.maximum(out.sum(0), TINY)
        factor = rows / np.maximum(out.sum(1), TINY)
        out *= factor[:, None]
        if np.abs(factor - 1).max() < tolerance:
            return out
    raise ValueError(f"rows and columns do not balance: {np.abs(factor - 1).max():.3g} of a row is left")


def shared_up_to(total: Table, weight: Table, cap: Table) -> Table:
    """Share totals [F] out by ``weight`` [R, F] so that no part exceeds its ``cap`` [R, F].

    What the capped cannot take goes to the others; if all are full the rest is lost.
    """
    free = np.ones(weight.shape, dtype=bool)
    while True:
        left = total - np.where(free, 0.0, cap).sum(0)
        open_weight = np.where(free, weight, 0.0)
        out = np.where(free, open_weight * (left / np.maximum(open_weight.sum(0), TINY)), cap)
        over = free & (out > cap)
        if not over.any():
            return out
        free &= ~over


def gravity_weights(
    sales: Table, bought: Table, to_market: Callable[[Table], Table], from_market: Callable[[Table], Table]
) -> Weights:
    """Find the weights of origins with which gravity gives the ``sales`` and what is ``bought`` [R, F].

    Flow of r to m = weight_r freeness_rm bought_m / market_m, with market_m = sum over r of weight_r
    freeness_rm; columns of both tables have one sum (Sinkhorn's iteration).

    Args:
        sales: of every origin; 0 gives weight 0.
        bought: at every destination.
        to_market: adds weights of origins up at destinations, freeness included.
        from_market: adds what destinations offer up at origins, freeness included.

    Raises:
        ValueError: if the iteration does not settle.
    """
    weight = np.where(sales > 0, 1.0, 0.0)
    for _ in range(20_000):
        market = to_market(weight)
        new = sales / np.maximum(from_market(bought / np.maximum(market, TINY)), TINY)
        gap = np.abs(np.where(sales > 0, new / np.where(weight > 0, weight, 1.0) - 1, 0.0)).max()
        weight = new
        if gap < 2e-14:
            return Weights(weight, to_market(weight))
    raise ValueError(f"gravity weights do not settle: {gap:.3g} is left")
