"""Partners abroad: what they take and send at unit prices, and who traded what when prices have been found.

Trade with a partner depends on the province and on what is traded, not on the field as such: exports are goods, which
meet the partner's tariff, and services, which do not; imports differ by the tariff of China that they bear. So sums
over partners, and what is traded with each, are products of small tables, and none is [R, F, P].

    exports of a cell, rel. to 2013   sum_p share_p [(1 - goods_f) B(1, c_rp) + goods_f B(t_rp, c_rp)]
    imports of a use, rel. to 2013    sum_p supply_gp B((1 + d) / (1 + tariff_g), c_mp),  d = tariff_g left_mp
    B(t, c) = t^-(theta + 1) c^-theta              trade without its duty: a tariff lowers what is bought, too

    share, supply   partners in exports; in imports, less what an embargo takes                 [share]
    goods           part of goods in a field                                                    [share]
    c, t            non-tariff cost both ways; 1 + tariff abroad, relative to 2013              [1]
    tariff, left    of China in 2013; what is left of it                                        [ad valorem; 1]

What is said of imports is turned (see `equations`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import over, product
from ftz_sim.model.markets.equations import Table, reverse_axes
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.world import World
from ftz_sim.model.maths import ratio


class Sales(NamedTuple):
    """Exports at unit prices, relative to those of a cell in 2013."""

    services: Table  # [R, P] of what bears no tariff
    goods: Table  # [R, P] of what bears one
    part: Table  # [F] of goods
    change: Table  # [R, F] of all partners together


class Purchases(NamedTuple):
    """Imports at unit prices of home, without duties, relative to those of a use in 2013; turned."""

    supply: Table  # [P x T, F] of partners to fields that bear one of the T tariffs
    trade: Table  # [P, T, R]
    change: Table  # [F, R] of all partners together
    duty: Table  # [F, R] duties on it


def barrier(tariff: Any, non_tariff: Any, theta: Any) -> Any:
    """Return trade without its duty at unit prices, from the ratios to 2013 of 1 + tariff and of other cost."""
    return np.exp(-theta * np.log(non_tariff) - (theta + 1) * np.log(tariff))


def sales(world: World, tariff: Table, non_tariff: Table, p: Markets) -> Sales:
    """Return what partners take.

    Args:
        world: of 2013.
        tariff: 1 + tariff abroad relative to 2013 [R, P].
        non_tariff: 1 + other cost relative to 2013 [R, P].
        p: parameters.
    """
    services = world.export_share * barrier(1.0, non_tariff, p.export_elasticity)
    goods = world.export_share * barrier(tariff, non_tariff, p.export_elasticity)
    free = over(services, 1)[:, None]
    return Sales(services, goods, world.goods, free + world.goods * (over(goods, 1)[:, None] - free))


def purchases(world: World, left: Table, non_tariff: Table, severity: Any, p: Markets) -> Purchases:
    """Return what partners send.

    Args:
        world: of 2013.
        left: tariff of China relative to 2013 [R, P].
        non_tariff: 1 + other cost relative to 2013 [R, P].
        severity: part of partners' supply that an embargo takes [F, P].
        p: parameters.
    """
    rates = reverse_axes(world.rates)[..., None, :, None]
    duty = reverse_axes(left)[..., None, :] * rates
    theta = np.asarray(p.trade_elasticity)[..., None, None, None]
    trade = barrier((1 + duty) / (1 + rates), reverse_axes(non_tariff)[..., None, :], theta)
    kept = world.partner_imports * (1 - severity)
    supply = _by_row(reverse_axes(world.bears[:, :, None] * kept[:, None]))
    fields = supply.swapaxes(-1, -2)
    return Purchases(supply, trade, fields @ _by_row(trade), fields @ _by_row(trade * duty))


def exports_by_partner(sold: Sales, exports: Table, groups: Table) -> Table:
    """Divide ``exports`` [R, F] among partners, added up over ``groups`` of fields [F, K], as [R, K, P]."""
    each = ratio(exports, sold.change)
    services, goods = (product(each * part, groups)[:, :, None] for part in (1 - sold.part, sold.part))
    return services * sold.services[:, None] + goods * sold.goods[:, None]


def imports_by_partner(bought: Purchases, imports: Table) -> Table:
    """Divide ``imports`` without duties [R, F] among partners by the tariff that they bear, turned [P, T, R]."""
    each = ratio(reverse_axes(imports), bought.change)
    return bought.trade * (bought.supply @ each).reshape(bought.trade.shape)


def dutiable(world: World, bought: Purchases, imports: Table) -> Table:
    """Return the duties that ``imports`` without duties [R, F] would bear at the tariffs of 2013 [R, P]."""
    rates = reverse_axes(world.rates)[..., None, :]
    return reverse_axes(np.vecmat(rates, imports_by_partner(bought, imports)))


def _by_row(table: Table) -> Table:
    """Return a table [P, T, n] as [P x T, n]."""
    return table.reshape(*table.shape[:-3], -1, table.shape[-1])
