"""How prices answer excess demand: a cell alone, its province as if alone, and what the nation adds.

The solver moves prices by these answers and lets acceleration do the rest; they need not be exact, only near. If
the log prices of a place move by y [F] and nothing else does,

    d ln P  = home y                                       home share of use
    d ln R  = y / v - (1-v)/v a' d ln P                    supply
    d ln D  = -(theta (1 - abroad) + theta_x abroad - theta rival) y + kept d ln X      demand
    d X     = final [(1 - sigma) (d ln P - b' d ln P) + d ln I] + a (1-v) R d ln R,   d ln I = share of VA' d ln R

    abroad  share of exports in output;   kept    share of output sold at the place itself
    rival   share of the place in what its customers buy, weighted by sales             [share]

A province answers with the inverse A of these slopes of 2013. What drifts away from 2013 most is what a cell does
alone, so excess is first scaled by the cell's own slope in 2013 over that of now. What prices bring about elsewhere
is one mode for each field: the mean of the provinces' answers, with weights w of cells that sell to others, comes
back with the profile u of how far others' prices reach a cell,

    y_r = A_r (own_2013 / own) excess_r;   move_r = y_r + u_r C sum_q w_q y_q

with C such that in 2013 the mean move that answers one excess everywhere is that of the nation as one place.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.markets.equations import Setting, State, Table, reverse_axes
from ftz_sim.model.markets.parameters import Markets

LEAST = 1e-9  # of what a cell sells goes to others: where nothing is traded answers have numbers, too


class Answers(NamedTuple):
    """What is known of them from 2013 [log/log], turned (see `equations`)."""

    place: Table  # [R, F of price, F of excess] A
    others: Table  # [F of price, F of mean] C
    profile: Table  # [F, R] u
    own_slope: Table  # [F, R] of a cell alone
    own_input: Table  # [F, 1] share of its own field in a user's inputs


class Cells(NamedTuple):
    """Cells as sellers at home and abroad; [R, F] each, or turned."""

    home: Table  # share of a cell in what its province uses
    kept: Table  # share of its output that its province uses
    abroad: Table  # share of its output that is exported
    turnover: Table  # its output over the use of its province


class Alone(NamedTuple):
    """How the excess of a cell answers its own price; [R, F] each, or turned."""

    slope: Table  # fall of ln D - ln R per log price, all other prices as they are
    returned: Table  # share of its sales that its own price of use brings back


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
    of_place, of_nation = _inverse(places, v, inputs, final, p), _inverse(nation, v, inputs, final, p)[0]
    own_input, cells = np.diag(inputs), Cells(places.home, places.kept, places.abroad, output / use)
    at = alone(cells, v, own_input, p.trade_elasticity, p.export_elasticity)
    mean = output / output.sum(0)
    reached = np.maximum(np.einsum("rmf,mf->rf", sales, sales.sum(0) / use) / some - rival, LEAST) / at.slope
    sellers = outgoing(sales.sum(1), at.slope, at.returned, axis=0)
    by_mean, by_sellers = (np.einsum("rfg,rf->fg", of_place, weight) for weight in (mean, sellers))
    return Answers(
        of_place,
        np.linalg.solve(by_sellers.T, (of_nation - by_mean).T).T.copy(),
        reverse_axes(reached / (mean * reached).sum(0)),
        reverse_axes(at.slope),
        own_input[:, None],
    )


def alone(cells: Cells, v: Table, own_input: Table, theta: Any, theta_x: Any) -> Alone:
    """Return how cells answer their own prices; what their provinces earn by it is left out.

    Args:
        cells: as sellers.
        v: value added in output, by field.
        own_input: share of its own field in inputs, by field.
        theta: elasticity of trade.
        theta_x: elasticity of exports.
    """
    returned = cells.kept * cells.home
    supply = (1 - (1 - v) * own_input * cells.home) / v
    demand = theta * (1 - cells.abroad - returned) + theta_x * cells.abroad
    return Alone(demand + supply * (1 - cells.kept * own_input * (1 - v) * cells.turnover), returned)


def alone_now(state: State, s: Setting, own_input: Table) -> Alone:
    """Return how cells answer their own prices near ``state``, turned; a province's freeness to itself is 1."""
    home = state.offers / (state.index * s.market)
    demand = state.offers * state.reach + state.exports + s.idle
    turnover = state.output / (state.use + s.idle)
    cells = Cells(home, home * state.use / demand, state.exports / demand, turnover)
    return alone(cells, s.value_added_share, own_input, s.theta, s.theta_x)


def outgoing(sold: Table, slope: Table, returned: Table, axis: int = -1) -> Table:
    """Return the weights of cells in what a field's prices bring about elsewhere; they add up to 1 along ``axis``."""
    weight = sold * slope * np.maximum(1 - returned, LEAST)
    return weight / np.maximum(np.add.reduce(weight, axis=axis, keepdims=True), LEAST**2)


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
