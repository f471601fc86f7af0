"""Foreign capital: which firms of a cell FDI reaches, and what it adds up to.

The mechanism `foreign_investment` chooses the cells (province, area, tier); its docstring has the equations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.columns import TIER_OF_FIELD, Array, Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.mechanisms.markets import by_tier

if TYPE_CHECKING:
    from ftz_sim.model.columns import Firms


def field_pull(openness: Array, producer: Array, effect: float) -> Array:
    """Return the weight of a field among those of its tier [R, 2, F] from the openness of services [R, 2]."""
    return np.exp(effect * openness[:, :, None] * producer)


def firm_weights(firms: Firms, by_area: Array) -> Column:
    """Return the weight of firms in the FDI of their cell [N, bn yuan]: value added times ``by_area`` [R, 2, F]."""
    weight = firms.value_added * firms.exactly_of_region_field(by_area[:, 0])
    inside = firms.of_zones
    inside.put(weight, inside.of(firms.value_added) * firms.at_field(by_area[:, 1], inside))
    return weight


def rates(fdi: Array, weight: Array) -> Array:
    """Return FDI per ``weight`` of each cell [R, 2, K], after FDI for empty cells was sent elsewhere."""
    filled = weight > 0
    inside = np.where(filled[:, 1], fdi[:, 1], 0.0)
    meant = fdi[:, 0] + np.where(filled[:, 1], 0.0, fdi[:, 1])
    outside = np.where(filled[:, 0], meant, 0.0)
    homeless = np.where(filled[:, 0], 0.0, meant).sum(axis=1)
    has_base = filled[:, 0, 0]
    outside[:, 0] += np.where(has_base, homeless, 0.0)
    rest = np.where(has_base, 0.0, homeless) / weight.sum(axis=(1, 2))
    return np.stack((outside, inside), axis=1) / np.where(filled, weight, 1.0) + rest[:, None, None]


def stock(stock: Array, fdi: Array, depreciation: float, dt: float) -> Column:
    """Return foreign capital [R, F; bn yuan] after ``dt`` years and the FDI [R, F] of that time."""
    return (1 - share_closed(depreciation, dt)) * stock + fdi


def stock_of_2013(total: float, fdi_share: Column, tier_share: Column, value_added: Array) -> Column:
    """Return foreign capital of 2013 [R, F; bn yuan], placed as the FDI of that year: by province, tier and output."""
    in_tier = tier_share[TIER_OF_FIELD] * ratio(value_added, by_tier(value_added)[:, TIER_OF_FIELD])
    weight = in_tier * (fdi_share / in_tier.sum(1))[:, None]
    return total / weight.sum() * weight
