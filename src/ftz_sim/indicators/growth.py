"""Growth account: what national growth is made of, by the production function that firms use.

    d ln Y = alpha d ln K + beta d ln L + gamma d ln T + theta d ln kn      (inputs of the quarter before)
           + d [digital_effect sum_r s_r D_r]                              (s_r share of GDP)
           + d (tfp_trend + macro_shock)
           + d ln (Y / Q)                                         (Q capacity of all cells at prices of 2013)
           + other

The fourth line is what markets make of capacity: trade, borders, prices of cells. "other" is what is left
(reallocation between firms, spillovers, business environment, abatement, interactions), so that the parts add up to
growth exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.records import Records
from ftz_sim.indicators.structure import shares

Array = NDArray[Any]
POINTS_A_YEAR = 400  # log change a quarter -> percentage points a year


def growth_account(records: Records) -> dict[str, Array]:
    """Return the contributions to growth in percentage points a year, each [T]."""
    nation, technology = records.nation, records.technology
    parts = {
        "growth_capital": technology.capital * _change_in_use(records.firms.capital.sum(axis=-1)),
        "growth_labour": technology.labour * _change_in_use(records.regions.workers.sum(axis=-1)),
        "growth_talent": technology.talent * _change_in_use(records.regions.talents.sum(axis=-1)),
        "growth_knowledge": technology.knowledge * _change_in_use(records.firms.knowledge.sum(axis=-1)),
        "growth_digital": np.diff(digital_term(records), axis=0, prepend=np.nan),
        "growth_exogenous": np.diff(nation.tfp_trend + nation.macro_shock, axis=0),
        "growth_markets": np.diff(np.log(nation.gdp / nation.capacity), axis=0),
    }
    parts["growth_digital"][0] = 0.0  # no quarter before the first
    total = np.diff(np.log(nation.gdp), axis=0)
    account = {"growth_total": total, **parts, "growth_other": total - sum(parts.values())}
    return {name: POINTS_A_YEAR * part for name, part in account.items()}


def total_factor_productivity(records: Records) -> Array:
    """Return GDP over inputs in use, weighted by their elasticities; 100 in the first quarter [T]."""
    technology = records.technology
    inputs = (
        technology.capital * np.log(records.firms.capital.sum(axis=-1))
        + technology.labour * np.log(records.regions.workers.sum(axis=-1))
        + technology.talent * np.log(records.regions.talents.sum(axis=-1))
        + technology.knowledge * np.log(records.firms.knowledge.sum(axis=-1))
    )[:-1]
    level = np.log(records.nation.gdp[1:]) - inputs
    return 100 * np.exp(level - level[0])


def digital_term(records: Records) -> Array:
    """Return the GDP-weighted digital term of production, log points [T], with the digitisation in use."""
    regions = records.regions
    return records.technology.digital_effect * (shares(regions.gdp[1:]) * records.firms.digital[:-1]).sum(axis=-1)


def _change_in_use(stock: Array) -> Array:
    """Return the log change [T] of the stock that production used, from [T + 1] stocks at quarters' ends."""
    log = np.log(stock)
    return np.diff(np.concatenate([log[:1], log[:-1]]), axis=0)
