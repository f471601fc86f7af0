"""What a lever or a mechanism moves most, in the lever study.

It is the indicator with the largest change relative to its level, among those that follow, whose effect passes 5 %
after Bonferroni's correction for all indicators. What levers cost is no candidate, so that a lever that only costs
money is found out; nor is what has no level of its own (the growth account, the overrun of budgets).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.lever_measures import MEASURES
from ftz_sim.analysis.lever_verdicts import NEGLIGIBLE
from ftz_sim.analysis.statistics import Difference
from ftz_sim.indicators.variables import GROWTH_ACCOUNT

Array = NDArray[Any]
NO_CANDIDATE = (
    "policy_cost", "policy_cost_share", "resource_cost", "resource_cost_share", "zones.policy_cost", "zones.budget_gap",
    "growth_total",
)  # fmt: skip


def moves_most(found: Difference, size: Array, own: frozenset[str]) -> dict[str, Any]:
    """Return the indicator, its effect and whether it is sure.

    Args:
        found: effects on every measure.
        size: of every measure, in the unit of the effects.
        own: measures that move by construction.
    """
    from scipy import stats

    relative = np.abs(found.mean) / np.maximum(size, 1e-300)
    left_out = own.union(NO_CANDIDATE, GROWTH_ACCOUNT)
    usable = np.array([name not in left_out for name in MEASURES])
    usable &= np.isfinite(relative) & np.isfinite(found.low) & (relative > NEGLIGIBLE)
    if not usable.any():
        return {"most": "none", "most_effect": 0.0, "most_sure": False}
    half = (found.high - found.low) / 2
    strict = stats.t.ppf(1 - 0.025 / len(MEASURES), found.n - 1) / stats.t.ppf(0.975, found.n - 1)
    sure = usable & (np.abs(found.mean) > strict * half)
    i = int(np.where(sure if sure.any() else usable, relative, -1).argmax())
    return {"most": list(MEASURES)[i], "most_effect": found.mean[i], "most_sure": bool(sure.any())}
