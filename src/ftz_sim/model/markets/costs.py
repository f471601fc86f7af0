"""What a quarter brings from outside the markets: costs, demand, tariffs, embargo, all relative to 2013."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.markets.equations import Setting, Table, over, reverse_axes, whole
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.world import World

LEAST_DEMAND = 1e-6  # world demand never quite ends, so that every cell that exports has a buyer
LEAST_FOREIGN = 1e-12  # of use: what nobody makes or sells still has a price
ONE = 1e-6  # an elasticity between fields nearer to 1 counts as 1 + this


class Costs(NamedTuple):
    """Costs of one quarter; one run, or runs last."""

    freeness: Table  # turned [F, R of origin, R of use] tau^-theta
    weight: Table  # [R, F] of home varieties, of a seed in an empty cell
    exports: Table  # [R, F, P] at unit prices, bn yuan a quarter
    foreign: Table  # [R, F, P] share of partners in use at unit prices of home
    paid: Table  # [R, F, P] of it without duties
    inputs: Table  # [F of input, F of user]
    final: Table  # [F]
    inflow: Any  # capital from abroad, bn yuan a quarter

    @property
    def of_pairs(self) -> Table:
        """Return a view of the freeness of pairs [R of origin, R of use, F]."""
        return np.transpose(self.freeness.swapaxes(-1, -2))


def costs(
    world: World,
    p: Markets,
    capacity: Table,
    *,
    removed: Table | None = None,
    world_demand: Any = 1.0,
    barrier: Any = 1.0,
    import_cost: Any = 1.0,
    tariff: Table | None = None,
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
        barrier: exports at unit prices relative to 2013 [R, F, P], see `export_barrier`.
        import_cost: price of imports before duties [R, F, P], relative to 2013.
        tariff: of China [R, F, P].
        dependence: weight of foreign varieties [F], relative to 2013; home varieties of equal worth replace them.
        severity: part of partners' supply that an embargo takes [F, P].
        shift: demand for fields [F], relative to 2013.
        inflow: capital from abroad, net of what goes home [bn yuan a quarter].
    """
    shift = shift * np.ones_like(world.final)
    before = 1 + world.tariff[None, :, None]
    duty = before if tariff is None else 1 + tariff
    growth = varieties(world, capacity, p)
    abroad = over(over(world.exports, 2), 0)
    wanted = np.maximum(world_demand, LEAST_DEMAND) * (over(abroad, 0) / over(abroad * shift, 0)) * shift
    exports = world.exports * barrier
    exports *= (growth * wanted)[:, :, None]
    final, inputs = world.final * shift, world.inputs * shift[:, None]
    available = (dependence * np.ones_like(world.final))[:, None] * (1 - severity * np.ones_like(world.exports[0]))
    log_weight = np.log(import_cost * (duty / before)) * -p.trade_elasticity
    foreign = world.foreign * available
    foreign *= np.exp(log_weight, out=log_weight)
    np.maximum(foreign, LEAST_FOREIGN, out=foreign)
    return Costs(
        freeness(world, removed, p),
        world.weight * growth * quality(world, dependence),
        exports,
        foreign,
        foreign / duty,
        inputs / over(inputs, 0),
        final / over(final, 0),
        inflow_2013(world) if inflow is None else inflow,
    )


def inflow_2013(world: World) -> Table:
    """Return the capital that came from abroad in 2013 [bn yuan a quarter]."""
    return world.inflow_share * whole(world.output * world.value_added_share)


def freeness(world: World, removed: Table | None, p: Markets) -> Table:
    """Return tau^-theta, turned [F, R of origin, R of use], for the shares of borders ``removed`` [R, R]."""
    log_free = world.log_free
    if removed is None:
        return np.exp(log_free)
    opened = reverse_axes(removed.swapaxes(0, 1))  # [R of origin, R of use]
    opened *= np.eye(opened.shape[-1]) == 0  # nothing bars a place from itself
    free = reverse_axes(world.removable * p.trade_elasticity)[..., None, None] * opened[..., None, :, :]
    free += log_free
    return np.exp(free, out=free)


def varieties(world: World, capacity: Table, p: Markets) -> Table:
    """Return the growth of a cell's varieties [R, F]: with its capacity, relative to the field's."""
    had = world.capacity * (world.output > 0)
    has = np.where(capacity > 0, capacity, world.seed)
    relative = has / world.capacity * (over(had, 0) / np.maximum(over(capacity, 0), LEAST_FOREIGN))
    return np.exp(p.new_varieties * np.log(relative))


def quality(world: World, dependence: Any) -> Table:
    """Return the worth of home varieties [F]: what replaces foreign ones is worth the same."""
    share = over(over(world.foreign, 2) * world.use, 0) / over(world.use, 0)
    return (1 - share * dependence) / (1 - share)


def export_barrier(tariff: Any, non_tariff: Any, p: Markets) -> Any:
    """Return exports at unit prices relative to 2013, from the ratios of 1 + tariff and of 1 + other cost abroad."""
    theta = p.export_elasticity
    return np.exp(-theta * np.log(non_tariff) - (theta + 1) * np.log(tariff))


def opening(world: World, openness: Table, p: Markets) -> Table:
    """Return the price factor of imports [R, F, 1] where lists open producer services by ``openness`` [R, share]."""
    return np.exp(-p.services_opening * openness[:, None] * world.producer_imports)[:, :, None]


def setting(world: World, costs: Costs, capacity: Table, p: Markets) -> Setting:
    """Put the costs and the capacity of cells [R, F; bn yuan a quarter] into the form that `evaluate` takes."""
    active, sigma, foreign = capacity > 0, p.field_elasticity, over(costs.foreign, 2)
    v, inputs = reverse_axes(world.value_added_share)[..., None], reverse_axes(costs.inputs)
    return Setting(
        log_supply=reverse_axes(np.log(np.where(active, capacity, world.seed) / world.value_added_share)),
        active=reverse_axes(1.0 * active),
        idle=reverse_axes(1.0 * ~active),
        freeness=costs.freeness,
        weight=reverse_axes(np.where(active, costs.weight, 0.0)),
        seed_weight=reverse_axes(costs.weight),
        abroad=reverse_axes(np.where(active, over(costs.exports, 2), 0.0)),
        foreign=reverse_axes(foreign),
        duty=reverse_axes(foreign - over(costs.paid, 2)),
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
