"""Clear the markets of a quarter, and read flows, income and volume off the prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np

from ftz_sim.model.markets.answering import Answering
from ftz_sim.model.markets.costs import Costs, setting
from ftz_sim.model.markets.equations import Setting, State, Table, evaluate, over_fields, reverse_axes, to_uses
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.slopes import Answers
from ftz_sim.model.markets.solver import Solution, solve
from ftz_sim.model.markets.world import World

TOLERANCE = 1e-8  # log points of excess demand, and less after the last move
GROUP = 24  # runs whose prices are sought at once: what they need stays near the processor
Turned = TypeVar("Turned", Setting, Answers)


class Clearing(NamedTuple):
    """Cleared markets; bn yuan of 2013 a quarter (price of the nation's final spending = 1), prices in logs."""

    start: Table  # [R, F] price when that of abroad is 1 and capacity as in 2013: next quarter's first guess
    price: Table  # [R, F] of output; in an empty cell that at which a seed firm would sell
    net_price: Table  # [R, F] of value added
    use_price: Table  # [R, F]
    final_price: Table  # [R] PC
    output: Table  # [R, F]
    value_added: Table  # [R, F]
    use: Table  # [R, F]
    sold_locally: Table  # [R, F] where it is made
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
    cheaper = _cheaper(s, world, p)
    start = s.active * (reverse_axes(start) - cheaper)
    x, _, steps = _search(s, world.answers, start) if start.ndim == 2 else _in_groups(s, world.answers, start)
    return _read(s, x.reshape(start.shape), cheaper, reverse_axes(world.seed), steps)


def _cheaper(s: Setting, world: World, p: Markets) -> Table:
    """Return by how much a cell alone is cheaper for what its capacity has grown since 2013 [F, R]."""
    grown = s.log_supply - reverse_axes(np.log(world.capacity / world.value_added_share))
    return (1 - np.asarray(p.new_varieties)[..., None, None]) / world.answers.own_slope * grown


def _in_groups(s: Setting, known: Answers, start: Table) -> Solution:
    """Search for the prices of several runs, some of them at a time."""
    runs = len(start)
    groups = -(-runs // GROUP)
    ends = [runs * group // groups for group in range(groups + 1)]
    found = [_search(_of(s, some), _of(known, some), start[some]) for some in map(slice, ends, ends[1:])]
    return Solution(*map(np.concatenate, zip(*found, strict=True)))


def _of(turned: Turned, some: slice) -> Turned:
    """Return some runs of turned tables of several; a parameter [1, 1] that all of them share has no axis for runs."""
    return type(turned)(*(each[some] if each.ndim > 2 else each for each in turned))


def _search(s: Setting, known: Answers, start: Table) -> Solution:
    with np.errstate(all="ignore"):  # prices may be too far off to be found from here
        found = _solve(s, start, Answering(known, s))
    failed = ~(found.residual < TOLERANCE)
    if failed.any():  # once more from the prices of 2013, each cell on its own; who has arrived stays
        again = np.where(failed[:, None], 0.0, found.x).reshape(start.shape)
        second = _solve(s, again, lambda state, _: state.excess / (s.slope + s.theta))
        x = np.where(failed[:, None], second.x, found.x)
        found = second._replace(x=x, steps=found.steps + failed * second.steps)
    return found


def _solve(s: Setting, start: Table, answer: Callable[[State, Table], Table]) -> Solution:
    def propose(x: Table) -> tuple[Table, Table]:
        state = evaluate(x.reshape(start.shape), s)
        left = np.abs(state.excess).max(axis=(-2, -1), keepdims=True)
        return left.reshape(-1), answer(state, left).reshape(x.shape)

    return solve(propose, start.reshape(-1, start.shape[-2] * start.shape[-1]), TOLERANCE)


def _read(s: Setting, x: Table, cheaper: Table, seed: Table, steps: Table) -> Clearing:
    state = evaluate(x, s)
    money = state.income.price_level
    x = np.where(s.active > 0, x, seed_price(s, state, seed))
    value_added = state.output * s.value_added_share
    locally = state.offers * (state.use / (state.index * s.market))  # a province is free to itself
    imports = state.use / state.index * (s.foreign - s.duty)
    duties = over_fields(state.use / state.index * s.duty)
    income = over_fields(value_added) + duties
    return Clearing(
        start=_of_cells(x + cheaper),
        price=_of_cells(x - np.log(money)),
        net_price=_of_cells(state.log_input_price + s.slope * (x - state.log_input_price) - np.log(money)),
        use_price=_of_cells(state.log_use_price - np.log(money)),
        final_price=_of_places(state.log_final_price - np.log(money)),
        output=_of_cells(state.output / money),
        value_added=_of_cells(value_added / money),
        use=_of_cells(state.use / money),
        sold_locally=_of_cells(locally / money),
        exports=_of_cells(state.exports / money),
        imports=_of_cells(imports / money),
        duties=_of_places(duties / money),
        spending=_of_places(state.income.spending / money),
        income=_of_places(income / money),
        real_income=_of_places(income / np.exp(state.log_final_price)),
        gdp=_of_places(_volume(s, state, x, imports)),
        exchange=_of_nation(1 / money),
        residual=_of_nation(np.abs(state.excess).max(axis=(-2, -1), keepdims=True)),
        steps=_of_nation(steps.reshape(money.shape)),
    )


_of_cells = reverse_axes  # [F, R], runs first, to [R, F], runs last


def _of_places(table: Table) -> Table:
    """Return a turned [1, R] as [R]."""
    return reverse_axes(table[..., 0, :])


def _of_nation(table: Table) -> Any:
    """Return a turned [1, 1] as the number that it is, or [E]."""
    return table[..., 0, 0]


def seed_price(s: Setting, state: State, seed: Table) -> Table:
    """Return the log price at which one firm of the usual size would sell what it makes [F, R], abroad = 1."""
    offered = np.log(s.seed_weight * state.reach)
    supply = np.log(seed * s.slope) + (1 - s.slope) * state.log_input_price
    return (offered - supply) / (s.slope + s.theta)


def _volume(s: Setting, state: State, x: Table, imports: Table) -> Table:
    """Return GDP of provinces at prices of 2013 [1, R]: spent + sold - bought, each over its own price."""
    made = state.output / np.exp(x)
    at_home = to_uses(s.freeness, state.offers / np.exp(x)) * (state.use / (state.index * s.market))
    return state.income.spending / np.exp(state.log_final_price) + over_fields(made - at_home - imports)
