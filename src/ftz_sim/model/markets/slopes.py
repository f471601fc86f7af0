"""How prices answer excess demand near 2013: in each province as if alone, and in the nation as one.

The solver moves prices by these two answers, national first, and lets acceleration do the rest; they need not be
exact, only near. If the log prices of a place move by y [F] and nothing else does,

    d ln P  = home y                                       home share of use
    d ln R  = y / v - (1-v)/v a' d ln P                    supply
    d ln D  = -(theta (1 - abroad) + theta_x abroad - theta rival) y + kept d ln X      demand
    d X     = final [(1 - sigma) (d ln P - b' d ln P) + d ln I] + a (1-v) R d ln R,   d ln I = share of VA' d ln R

    abroad  share of exports in output;   kept    share of output sold at the place itself
    rival   share of the place in what its customers buy, weighted by sales             [share]
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ftz_sim.model.markets.equations import Table
from ftz_sim.model.markets.parameters import Markets


class Answers(NamedTuple):
    """Price moves per excess demand [log/log], turned (see `equations`)."""

    weight: Table  # [F, R] of a cell in its field's output
    nation: Table  # [F of price, F of excess]
    place: Table  # [F of price, F of excess, R]


class _Places(NamedTuple):
    """Places as sellers and buyers, [places, F] each."""

    output: Table
    use: Table
    home: Table
    abroad: Table
    kept: Table
    rival: Table


def answers(v: Table, inputs: Table, final: Table, sales: Table, use: Table, exports: Table, p: Markets) -> Answers:
    """Return how prices answer excess demand.

    Args:
        v: value added in output [F].
        inputs: of users [F of input, F of user].
        final: weights of final demand [F].
        sales: of cells by place of use [R, R, F; bn yuan].
        use: of places [R, F; bn yuan].
        exports: of cells [R, F; bn yuan].
        p: parameters.
    """
    output = sales.sum(1) + exports
    some = np.where(output > 0, output, 1.0)
    own = np.einsum("rrf->rf", sales)
    rival = (sales * (sales / use)).sum(1) / some
    places = _Places(output, use, own / use, exports / some, own / some, rival)
    sums = [table.sum(0, keepdims=True) for table in (output, use, sales.sum(1), exports)]
    at_home, abroad = sums[2] / sums[1], sums[3] / sums[0]
    nation = _Places(sums[0], sums[1], at_home, abroad, 1 - abroad, (1 - abroad) * at_home)
    return Answers(
        np.ascontiguousarray((output / output.sum(0)).T),
        _inverse(nation, v, inputs, final, p)[0],
        np.ascontiguousarray(_inverse(places, v, inputs, final, p).transpose(1, 2, 0)),
    )


def _inverse(at: _Places, v: Table, inputs: Table, final: Table, p: Markets) -> Table:
    """Return the answers of places [places, F of price, F of excess]."""
    unit = np.eye(len(v))
    price = at.home[:, :, None] * unit
    supply = unit / v - ((1 - v) / v)[:, None] * (inputs.T @ price)
    value_added = at.output * v
    income = np.einsum("pf,pfy->py", value_added / value_added.sum(1, keepdims=True), supply)[:, None]
    bought = (inputs * (1 - v)) @ (at.output[:, :, None] * supply)
    spent = np.maximum(at.use - at.output @ (inputs * (1 - v)).T, 0.0)[:, :, None]
    mean = np.einsum("f,pfy->py", final, price)[:, None]
    use = (spent * ((1 - p.field_elasticity) * (price - mean) + income) + bought) / at.use[:, :, None]
    elasticity = p.trade_elasticity * (1 - at.abroad - at.rival) + p.export_elasticity * at.abroad
    slope = at.kept[:, :, None] * use - elasticity[:, :, None] * unit - supply
    return -np.linalg.inv(slope)
