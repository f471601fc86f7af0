"""The return to capital, one definition for all who look at it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ftz_sim.model.clock import DT
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio


def capital_return(value_added: Array, capital: Array, production: Any, depreciation: Any) -> Column:
    """Return what capital of cells earns [R, F; 1/yr]: rho alpha 4 VA/K - depreciation.

    An empty cell shows what its field earns.

    Args:
        value_added: of cells [R, F; bn yuan a quarter].
        capital: of cells [R, F; bn yuan].
        production: parameters of production.
        depreciation: of capital [1/yr].
    """
    of_field = ratio(value_added.sum(0), capital.sum(0))
    earned = np.where(capital > 0, ratio(value_added, capital), of_field)
    return production.rho * production.capital / DT * earned - depreciation
