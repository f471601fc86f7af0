"""GDP gained per yuan of policy cost: the ratio of two mean discounted differences, or why there is no such number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.panel import CUMULATED
from ftz_sim.analysis.statistics import Difference, paired_difference

Array = NDArray[Any]
GDP, COST = map(CUMULATED.index, ("gdp", "policy_cost"))
LEAST_COST = 1e-5  # extra policy cost over GDP below which a gain per yuan is that of something almost free
BLANK = ("costs_almost_nothing", "cost_unsure", "costs_no_more", "gain_unsure")


class GainPerYuan(NamedTuple):
    """What a yuan of extra policy cost gains."""

    ratio: float | None  # None where it would say nothing
    low: float  # interval of a ratio of means; nan of one run
    high: float
    gain: float  # mean [bn yuan]
    cost: float
    blank: str | None  # why there is no ratio: one of `BLANK`; None without a run, too


def gain_per_yuan(
    differences: Array, gdp: float, summarised: Callable[[Array], Difference] = paired_difference
) -> GainPerYuan:
    """Return the gain of GDP per yuan of extra policy cost.

    It is blank where the cost is next to nothing or not told from 0, where there is none because money is saved, and
    where the gain is not told from 0. Of one run nothing is known, and nothing is unsure.

    Args:
        differences: of discounted GDP and policy cost [n, 2].
        gdp: discounted, of the reference, to which the cost is compared.
        summarised: gives means and intervals of differences [n, I].
    """
    if not len(differences):
        return GainPerYuan(None, np.nan, np.nan, np.nan, np.nan, None)
    found = summarised(differences)
    unsure = (found.low <= 0) & (found.high >= 0)
    gain, cost = float(found.mean[GDP]), float(found.mean[COST])
    conditions = abs(cost) <= LEAST_COST * gdp, unsure[COST], cost < 0, unsure[GDP]
    blank = next((reason for reason, holds in zip(BLANK, conditions, strict=True) if holds), None)
    if blank:
        return GainPerYuan(None, np.nan, np.nan, gain, cost, blank)
    ratio = gain / cost
    spread = summarised((differences[:, [GDP]] - ratio * differences[:, [COST]]) / cost)
    return GainPerYuan(ratio, float(ratio + spread.low[0]), float(ratio + spread.high[0]), gain, cost, None)
