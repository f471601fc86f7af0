"""What else can be read off cleared markets: who sells where, duties, dependence."""

from __future__ import annotations

import numpy as np

from ftz_sim.model.markets.clearing import Clearing
from ftz_sim.model.markets.costs import Costs
from ftz_sim.model.markets.equations import Table, over, reverse_axes
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.world import World


def flows(world: World, costs: Costs, now: Clearing, capacity: Table, p: Markets) -> Table:
    """Return sales of every cell by place of use [R of origin, R of use, F; bn yuan a quarter]."""
    offers = np.where(capacity > 0, costs.weight * np.exp(-p.trade_elasticity * now.price), 0.0)
    drawn = now.use * np.exp(p.trade_elasticity * now.use_price) / world.market
    sales = reverse_axes(costs.freeness.swapaxes(-1, -2))
    sales *= offers[:, None]
    sales *= drawn
    return sales


def imports_by_partner(costs: Costs, now: Clearing) -> Table:
    """Return imports without duties [R, F, P; bn yuan a quarter]."""
    return costs.paid * (now.imports / over(costs.paid, 2))[:, :, None]


def exports_by_partner(costs: Costs, now: Clearing) -> Table:
    """Return exports [R, F, P; bn yuan a quarter]."""
    sum_of_cell = over(costs.exports, 2)
    share = costs.exports / np.where(sum_of_cell > 0, sum_of_cell, 1.0)[:, :, None]
    return now.exports[:, :, None] * share


def market_potential(world: World, now: Clearing, p: Markets) -> Table:
    """Return the log of what buyers would take at the prices of 2013, relative to 2013 [R]; mean by output of 2013."""
    at_home = (now.output - now.exports) * np.exp(p.trade_elasticity * now.price)
    wanted = at_home + now.exports * np.exp(p.export_elasticity * now.price)
    some = (world.output > 0) & (now.output > 0)
    change = np.log(np.where(some, wanted, 1.0) / np.where(some, world.output, 1.0))
    return over(world.output * change, 1) / over(world.output * some, 1)


def elsewhere(sales: Table) -> tuple[Table, Table]:
    """Return what provinces sell to and buy from others [R; bn yuan] of ``sales`` [R of origin, R of use, F]."""
    between = over(sales, 2)
    own = np.einsum("rr...->r...", between)
    return over(between, 1) - own, over(between, 0) - own


def dutiable(imports: Table, tariff: Table) -> Table:
    """Return the duties that ``imports`` without duties [R, F, P] would bear at the tariffs of 2013 [F], as [R, P]."""
    return over(imports * tariff[:, None], 1)


def dependence(now: Clearing) -> Table:
    """Return the share of imports in the nation's use by field [F]."""
    return over(now.imports, 0) / over(now.use, 0)
