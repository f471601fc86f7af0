"""What a quarter brings from outside the markets: costs, demand, tariffs, embargo, all relative to 2013."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import over
from ftz_sim.model.markets.abroad import Purchases, Sales, purchases, sales
from ftz_sim.model.markets.equations import Setting, Table, freeness, reverse_axes, whole
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.world import World

LEAST_DEMAND = 1e-6  # world demand never quite ends, so that every cell that exports has a buyer
LEAST_FOREIGN = 1e-12  # of use: what nobody makes or sells still has a price
ONE = 1e-6  # an elasticity between fields nearer to 1 counts as 1 + this


class Costs(NamedTuple):
    """Costs of one quarter; one run, or runs last."""

    freeness: Table  # turned [F, R of origin, R of use] tau^-theta
    weight: Table  # [R, F] of home varieties, of a seed in an empty cell
    exports: Table  # [R, F] at unit prices, bn yuan a quarter
    paid: Table  # turned [F, R] share of imports without duties in use at unit prices of home
    duty: Table  # turned [F, R] duties on them
    inputs: Table  # [F of input, F of user]
    final: Table  # [F]
    inflow: Any  # capital from abroad, bn yuan a quarter
    sales: Sales  # partners in exports
    purchases: Purchases  # and in imports

    @property
    def of_pairs(self) -> Table:
        """Return a view of the freeness of pairs [R of origin, R of use, F]."""
        return np.transpose(self.freeness.swapaxes(-1, -2))


def costs(
    world: World,
    p: Markets,
    capacity: Table,
    *,
    removed: Any = 0.0,
    world_demand: Any = 1.0,
    tariff_abroad: Any = 1.0,
    non_tariff_cost: Any = 1.0,
    tariff_left: Any = 1.0,
    openness: Any = 0.0,
    dependence: Any = 1.0,
    severity: Any = 0.0,
    shift: Any = 1.0,
    inflow: Any = None,
) -> Costs:
    """Collect the costs of a quarter; what is left out is as in 2013.

    Args:
        world: of 2013.
        p: parameters.
        capacity: of cells [R, F; bn yuan a quarter].
        removed: share of each border that is removed since 2013 [R, R]; 1 removes all that can be.
        world_demand: relative to 2013.
        tariff_abroad: 1 + tariff abroad relative to 2013 [R, P].
        non_tariff_cost: 1 + other cost both ways relative to 2013 [R, P].
        tariff_left: tariff of China relative to 2013 [R, P].
        openness: of producer services to whoever buys in a province [R, share].
        dependence: weight of foreign varieties [F], relative to 2013; home varieties of equal worth replace them.
        severity: part of partners' supply that an embargo takes [F, P].
        shift: demand for fields [F], relative to 2013.
        inflow: capital from abroad, net of what goes home [bn yuan a quarter].
    """
    shift = shift * np.ones_like(world.final)
    growth = varieties(world, capacity, p)
    abroad = over(world.exports, 0)
    wanted = np.maximum(world_demand, LEAST_DEMAND) * (over(abroad, 0) / over(abroad * shift, 0)) * shift
    final, inputs = world.final * shift, world.inputs * shift[:, None]
    each = np.ones_like(capacity[:, :1]) * np.ones_like(world.export_share)  # [R, P]
    sold = sales(world, tariff_abroad * each, non_tariff_cost * each, p)
    bought = purchases(world, tariff_left * each, non_tariff_cost * each, severity, p)
    cheaper = np.exp(p.trade_elasticity * opening(world, openness * each[:, 0], p))
    share = reverse_axes(world.foreign / (1 + world.tariff) * dependence * cheaper)
    return Costs(
        freeness(world.far, world.border, world.removable * p.trade_elasticity, removed),
        world.weight * growth * quality(world, dependence),
        world.exports * sold.change * growth * wanted,
        np.maximum(share * bought.change, LEAST_FOREIGN),
        share * bought.duty,
        inputs / over(inputs, 0),
        final / over(final, 0),
        inflow_2013(world) if inflow is None else inflow,
        sold,
        bought,
    )


def inflow_2013(world: World) -> Table:
    """Return the capital that came from abroad in 2013 [bn yuan a quarter]."""
    return world.inflow_share * whole(world.output * world.value_added_share)


def varieties(world: World, capacity: Table, p: Markets) -> Table:
    """Return the growth of a cell's varieties [R, F]: with its capacity, relative to the field's."""
    had = world.capacity * (world.output > 0)
    has = np.where(capacity > 0, capacity, world.seed)
    relative = has / world.capacity * (over(had, 0) / np.maximum(over(capacity, 0), LEAST_FOREIGN))
    return np.exp(p.new_varieties * np.log(relative))


def quality(world: World, dependence: Any) -> Table:
    """Return the worth of home varieties [F]: what replaces foreign ones is worth the same."""
    share = over(world.foreign * world.use, 0) / over(world.use, 0)
    return (1 - share * dependence) / (1 - share)


def opening(world: World, openness: Table, p: Markets) -> Table:
    """Return how much cheaper imports are [R, F, log] where lists open producer services by ``openness`` [R, share]."""
    return p.services_opening * openness[:, None] * world.producer_imports


def setting(world: World, costs: Costs, capacity: Table, p: Markets) -> Setting:
    """Put the costs and the capacity of cells [R, F; bn yuan a quarter] into the form that `evaluate` takes."""
    active, sigma = capacity > 0, p.field_elasticity
    v, inputs = reverse_axes(world.value_added_share)[..., None], reverse_axes(costs.inputs)
    return Setting(
        log_supply=reverse_axes(np.log(np.where(active, capacity, world.seed) / world.value_added_share)),
        active=reverse_axes(1.0 * active),
        idle=reverse_axes(1.0 * ~active),
        freeness=costs.freeness,
        weight=reverse_axes(np.where(active, costs.weight, 0.0)),
        seed_weight=reverse_axes(costs.weight),
        abroad=reverse_axes(np.where(active, costs.exports, 0.0)),
        foreign=costs.paid + costs.duty,
        duty=costs.duty,
        market=reverse_axes(world.market),
        inputs=inputs,
        uses=np.ascontiguousarray((inputs * (1 - v)).swapaxes(-1, -2)),
        final=np.repeat(reverse_axes(costs.final)[..., None], len(capacity), axis=-1),
        value_added_share=v,
        slope=np.repeat(1 / v, len(capacity), axis=-1),
        surplus=_number(p.surplus_over_exports),
        inflow=_number(costs.inflow),
        inflow_share=_number(world.inflow_share),
        net_cap=_number(p.net_cap),
        theta=_number(p.trade_elasticity),
        theta_x=_number(p.export_elasticity),
        apart=_number(np.where(np.abs(1 - sigma) < ONE, -ONE, 1 - sigma)),
    )


def _number(number: Any) -> Table:
    """Return what is one number for all fields and provinces, turned [1, 1]."""
    return np.asarray(number)[..., None, None]
