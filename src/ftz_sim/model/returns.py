"""The return on capital: one definition for whoever compares places, fields or countries by it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ftz_sim.model.clock import DT
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio


def net_return(value_added: Any, capital: Any, capital_share: float, depreciation: float) -> Any:
    """Return what a yuan of capital earns a year, depreciation deducted [1/yr]: capital_share 4 VA / K - depreciation.

    It is the marginal product of capital where firms are paid for what they add (`capital_share` = rho alpha); nan
    where there is no capital.

    Args:
        value_added: bn yuan a quarter, of the nation or by place.
        capital: bn yuan, of the same.
        capital_share: part of value added that capital earns.
        depreciation: 1/yr.
    """
    return capital_share / DT * ratio(value_added, capital, empty=np.nan) - depreciation


def of_cells(value_added: Array, capital: Array, capital_share: float, depreciation: float) -> Column:
    """Return the same by province and field [R, F; 1/yr]; an empty cell shows what its field earns in the nation."""
    of_field = net_return(value_added.sum(0), capital.sum(0), capital_share, depreciation)
    return np.where(capital > 0, net_return(value_added, capital, capital_share, depreciation), of_field)
