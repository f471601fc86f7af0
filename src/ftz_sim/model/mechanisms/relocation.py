"""Relocation: plants of a field move to provinces where returns have risen, against distance and borders.

Industrial transfer (产业转移). One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt), for every field f, from
province r to s:

    ret_rf  = rho alpha 4 VA_rf/K_rf - depreciation
    x_rf    = clip(response [ret_rf - ret_rf(0) - mean over provinces by K], -cap, cap)
    reach   = exp(-distance dist_rs/1000 - border (1 - G_rs)+),  0 for r = s
    flow    = step(mobility) K_rf (K_sf / sum K_f) reach_rs exp(x_sf - x_rf - 2 cap)
    K_i'    = K_i [1 + (sum_s flow_srf - sum_s flow_rsf) / K_rf]        for the firms i of the cell

    K_i, K_rf  capital of firms, of cells            [bn yuan]
    VA_rf      value added of the cell               [bn yuan a quarter]
    ret, x     return to capital [1/yr], its rise as plants see it [log]
    dist       between capitals of provinces         [km]
    G_rs       part of the border that coordination removed since 2013  [share]

Economic logic: a plant goes where its field has come to earn more, the less it has to bridge; what moves lowers the
return where it arrives, so the flow wears itself out. Borders bind plants as they bind knowledge: licences, taxes,
banks and officials who lose a tax payer. 2013 counts as settled, so that equal changes of returns move nothing.
Decisive parameter: response. It would be falsified by capital of a field whose growth across provinces does not
follow returns.

Rows stay in their province; what moves is plant, from the rows of a cell to the rows of the field elsewhere, so
that capital of the nation and of every field is kept to rounding, and only cells with firms send or receive. People
do not move with it: they find work where value added has grown (`migration`); nor does foreign capital, which is
booked where it was invested. No more than step(mobility) of a
cell leaves in a quarter. Off: nothing moves.

Claims:  X-SCT, M-BARR, M-COMPAD, M-STRUCT, M-MISALL
Reads:   regions.value_added; pairs.distance, removed; nation.capital_share; base.net_return_of_cells
Writes:  firms.capital; regions.relocated
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import product, row_sums, set_diagonal
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.returns import of_cells

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "X-SCT M-COMPAD: -theil"


class Relocation(Params):
    """Keys a scenario may set under ``relocation:``."""

    mobility: float = param(0.3, "plants that move at the largest gap in returns", unit="1/yr", low=0.0, high=0.6)
    response: float = param(15.0, "response to a rise of the return", unit="yr", low=5.0, high=30.0)
    distance: float = param(0.5, "loss of appeal per 1,000 km", unit="log", low=0.2, high=1.0)
    border: float = param(1.0, "loss of appeal across an uncoordinated border", unit="log", low=0.0, high=2.0)
    cap: float = constant(1.0, "largest rise of returns that counts", unit="log")


def reach(distance: Array, removed: Array, p: Relocation) -> Column:
    """Return how easily plants get from one province to another [R, R, 0 to 1]; 0 on the diagonal.

    Args:
        distance: of capitals [km, R x R].
        removed: part of the border that coordination removed since 2013 [R, R].
        p: parameters.
    """
    share = np.exp(-p.distance / 1000 * distance - p.border * np.maximum(1 - removed, 0))
    set_diagonal(share, 0.0)
    return share


def rises(returns: Array, start: Array, capital: Array, p: Relocation) -> Column:
    """Return how much more a cell earns than in the ``start``, beside its field [R, F, log], as plants see it."""
    change = returns - start
    change = change - ratio((change * capital).sum(0), capital.sum(0))
    return np.minimum(np.maximum(p.response * change, -p.cap), p.cap)


def net_inflow(capital: Array, rises: Array, reach: Array, p: Relocation, dt: float) -> Column:
    """Return the capital that cells gain in ``dt`` years [R, F, bn yuan]; every field's sum is 0.

    Pull and push of a pair multiply, and ``reach`` is the same both ways, so that no flow of a pair has to be made.
    """
    share = ratio(capital, capital.sum(0))
    pull, push = np.exp(rises - p.cap), np.exp(-rises - p.cap)
    arrives = share * pull * product(reach, capital * push)
    leaves = capital * push * product(reach, share * pull)
    return share_closed(p.mobility, dt) * (arrives - leaves)


def step(model: World, p: Relocation) -> None:
    """Wire the flows to firms and provinces."""
    firms, pairs, params = model.firms, model.pairs, model.params
    capital = firms.sum_by_region_field(firms.capital)
    earned = of_cells(model.regions.value_added, capital, model.nation.capital_share, params.investment.depreciation)
    easy = reach(pairs.distance, pairs.removed, p)
    inflow = net_inflow(capital, rises(earned, model.base.net_return_of_cells, capital, p), easy, p, model.dt)
    firms.capital = firms.capital * firms.exactly_of_region_field(1 + ratio(inflow, capital))
    model.regions.relocated = row_sums(inflow)
