"""What else can be read off cleared markets: who sells where, potential, dependence."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ftz_sim.model.axes import over
from ftz_sim.model.markets.clearing import Clearing
from ftz_sim.model.markets.equations import Table, reverse_axes
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.world import World
from ftz_sim.model.maths import ratio


class Places(Protocol):
    """Cleared markets, or provinces that have booked them; [R, F] each."""

    @property
    def use(self) -> Table:
        """What is used of a field, bn yuan a quarter."""

    @property
    def use_price(self) -> Table:
        """Its log price."""

    @property
    def sold_locally(self) -> Table:
        """What is sold where it is made, bn yuan a quarter."""


def shares(world: World, freeness: Table, at: Places, p: Markets) -> Table:
    """Return the share of an origin in the use of a place, turned [F, R of use, R of origin].

    What a cell offers is read off what it sells where it is made, to which nothing is in the way.

    Args:
        world: of 2013.
        freeness: of pairs, tau^-theta [R of origin, R of use, F].
        at: the places.
        p: parameters.
    """
    drawn = np.exp(p.trade_elasticity * at.use_price) / world.market
    share = reverse_axes(freeness)
    share *= reverse_axes(ratio(at.sold_locally, at.use * drawn))[..., None, :]
    share *= reverse_axes(drawn)[..., None]
    return share


def flows(world: World, freeness: Table, at: Places, p: Markets) -> Table:
    """Return sales of every cell by place of use [R of origin, R of use, F; bn yuan a quarter], see `shares`."""
    return reverse_axes(shares(world, freeness, at, p)) * at.use


def market_potential(world: World, now: Clearing, p: Markets) -> Table:
    """Return the log of what buyers would take at the prices of 2013, relative to 2013 [R]; mean by output of 2013."""
    at_home = (now.output - now.exports) * np.exp(p.trade_elasticity * now.price)
    wanted = at_home + now.exports * np.exp(p.export_elasticity * now.price)
    some = (world.output > 0) & (now.output > 0)
    change = np.log(np.where(some, wanted, 1.0) / np.where(some, world.output, 1.0))
    return over(world.output * change, 1) / over(world.output * some, 1)


def elsewhere(now: Clearing) -> tuple[Table, Table]:
    """Return what provinces sell to and buy from others [R; bn yuan a quarter]: what is neither local nor abroad."""
    sold = over(now.output - now.exports - now.sold_locally, 1)
    bought = over(now.use - now.imports - now.sold_locally, 1) - now.duties
    return np.maximum(sold, 0.0), np.maximum(bought, 0.0)  # 0 up to what is left of excess demand


def dependence(now: Clearing) -> Table:
    """Return the share of imports in the nation's use by field [F]."""
    return over(now.imports, 0) / over(now.use, 0)
