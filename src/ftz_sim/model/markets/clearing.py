"""Clear the markets of a quarter, and read flows, income and volume off the prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.markets.costs import Costs, setting
from ftz_sim.model.markets.equations import Setting, State, Table, evaluate, over, to_uses
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.solver import Solution, solve
from ftz_sim.model.markets.world import World

TOLERANCE = 1e-8  # log points of excess demand, and less after the last move


class Clearing(NamedTuple):
    """Cleared markets; bn yuan of 2013 a quarter (price of the nation's final spending = 1), prices in logs."""

    start: Table  # [R, F] price when that of abroad is 1: next quarter's first guess
    price: Table  # [R, F] of output; in an empty cell that at which a seed firm would sell
    net_price: Table  # [R, F] of value added
    use_price: Table  # [R, F]
    final_price: Table  # [R] PC
    output: Table  # [R, F]
    value_added: Table  # [R, F]
    use: Table  # [R, F]
    exports: Table  # [R, F]
    imports: Table  # [R, F] without duties
    duties: Table  # [R]
    spending: Table  # [R] on final goods
    income: Table  # [R] value added and duties
    real_income: Table  # [R] over the price of final spending
    gdp: Table  # [R] volume: final spending + what is sold - what is bought elsewhere, at prices of 2013
    exchange: Any  # price of abroad
    residual: Any  # largest log of demand over supply that is left
    steps: Any  # evaluations


def clear(world: World, costs: Costs, capacity: Table, start: Table, p: Markets) -> Clearing:
    """Find the prices at which every cell sells what it makes.

    Args:
        world: of 2013.
        costs: of the quarter.
        capacity: of cells [R, F; bn yuan a quarter]; 0 in cells without firms.
        start: `Clearing.start` of the last quarter [R, F], or zeros.
        p: parameters.

    The residual says whether prices were found; `TOLERANCE` or less is as it should be.
    """
    s = setting(world, costs, capacity, p)
    found = _solve(s, s.active * start, lambda excess: _together(world, excess))
    failed = ~(found.residual < TOLERANCE)
    if failed.any():  # once more from the prices of 2013, each cell on its own; who has arrived stays
        again = _table(np.where(failed[:, None], 0.0, found.x), s.log_supply)
        second = _solve(s, again, lambda excess: excess / (s.slope + s.theta))
        x = np.where(failed[:, None], second.x, found.x)
        found = second._replace(x=x, steps=found.steps + failed * second.steps)
    return _read(world, s, _table(found.x, s.log_supply), found)


def _solve(s: Setting, start: Table, answer: Callable[[Table], Table]) -> Solution:
    def propose(rows: Table) -> tuple[Table, Table]:
        excess = evaluate(_table(rows, s.log_supply), s).excess
        return _rows(excess), _rows(s.active * answer(excess))

    return solve(propose, _rows(start), TOLERANCE)


def _together(world: World, excess: Table) -> Table:
    """Return how prices answer ``excess`` [R, F]: the nation's part first, then each province."""
    national = over(world.answer_weight * excess, 0)
    of_nation = np.einsum("gf...,g...->f...", world.answer_of_nation, national)
    return of_nation + np.einsum("rgf...,rg...->rf...", world.answer_of_place, excess - national)


def _read(world: World, s: Setting, x: Table, found: Solution) -> Clearing:
    state = evaluate(x, s)
    money = state.income.price_level
    x = np.where(s.active > 0, x, seed_price(world, s, state))
    value_added = state.output * s.value_added_share
    imports = state.use / state.index * (s.foreign - s.duty)
    duties = over(state.use / state.index * s.duty, 1)
    income = over(value_added, 1) + duties
    final_price = state.log_final_price
    alone = np.ndim(money) == 0
    residual = np.abs(_rows(state.excess)).max(axis=1)
    return Clearing(
        start=x,
        price=x - np.log(money),
        net_price=s.slope * x - s.chain * state.log_input_price - np.log(money),
        use_price=state.log_use_price - np.log(money),
        final_price=final_price - np.log(money),
        output=state.output / money,
        value_added=value_added / money,
        use=state.use / money,
        exports=state.exports / money,
        imports=imports / money,
        duties=duties / money,
        spending=state.income.spending / money,
        income=income / money,
        real_income=income / np.exp(final_price),
        gdp=_volume(s, state, x, imports),
        exchange=1 / money,
        residual=residual[0] if alone else residual,
        steps=found.steps[0] if alone else found.steps,
    )


def seed_price(world: World, s: Setting, state: State) -> Table:
    """Return the log price at which one firm of the usual size would sell what it makes [R, F], abroad = 1."""
    offered = np.log(s.seed_weight * state.reach)
    supply = np.log(world.seed * s.slope) - s.chain * state.log_input_price
    return (offered - supply) / (s.slope + s.theta)


def _volume(s: Setting, state: State, x: Table, imports: Table) -> Table:
    """Return GDP of provinces at prices of 2013 [R]: spent + sold - bought, each over its own price."""
    made = state.output / np.exp(x)
    at_home = to_uses(s.freeness, state.offers / np.exp(x)) * (state.use / (state.index * s.market))
    return state.income.spending / np.exp(state.log_final_price) + over(made - at_home - imports, 1)


def _rows(table: Table) -> Table:
    """Return a table [R, F] or [R, F, E] as rows [E, R F]."""
    size = table.shape[0] * table.shape[1]
    return np.ascontiguousarray(table.reshape(size, -1).T)


def _table(rows: Table, like: Table) -> Table:
    """Undo `_rows`."""
    return np.ascontiguousarray(rows.T).reshape(like.shape)
