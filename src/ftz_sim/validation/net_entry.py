"""What newcomers and those who left add to the growth of productivity (Foster, Haltiwanger and Krizan 2001).

Parts are taken against the mean of the first year:

    growth    = P(1) - P(0),  P = sum s_i w_i
    net entry = sum over newcomers s_i(1) [w_i(1) - P(0)] - sum over those who left s_i(0) [w_i(0) - P(0)]

    s_i   share of the firm in value added
    w_i   ln output less alpha ln K - beta ln L - gamma ln T: total factor productivity [log]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.yearly import FIRST_YEAR
from ftz_sim.model.clock import QUARTERS_PER_YEAR
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.walk import walk
from ftz_sim.scenario.scenario import Scenario

Array = NDArray[Any]
LATER = 2023  # fourth quarters of the first year and of this one are those between which net entry is counted
SEEN_AFTER = "carbon"  # the mechanism after which firms are noted: before rows are replaced


class Seen(NamedTuple):
    """Firms at the end of a year."""

    value: Array  # value added [N]
    productivity: Array  # log [N]
    born: Array  # quarter [N]


class Shares(NamedTuple):
    """Parts of the growth of productivity, % of the whole."""

    growth: Array  # log points
    entry: Array
    exit: Array

    @property
    def net_entry(self) -> Array:
        """Newcomers less those who left."""
        return self.entry + self.exit


def parts(before: Seen, after: Seen) -> Shares:
    """Return the parts of entry and exit in the growth of productivity; rows are slots, as in the table of firms."""
    first, last = (seen.value / seen.value.sum(0) for seen in (before, after))
    start = (first * before.productivity).sum(0)
    growth = (last * after.productivity).sum(0) - start
    replaced = after.born > before.born
    entry = (replaced * last * (after.productivity - start)).sum(0)
    left = (replaced * first * (before.productivity - start)).sum(0)
    return Shares(growth, 100 * entry / growth, -100 * left / growth)


def seen(world: Any) -> Seen:
    """Return the firms of all runs as they are, without noise in prices: output is what variety stands for."""
    firms, p = world.firms, world.params.production
    inputs = p.capital * np.log(firms.capital) + p.labour * np.log(firms.workers) + p.talent * np.log(firms.talents)
    with np.errstate(divide="ignore"):  # who entered this quarter has made nothing yet, and weighs nothing
        made = np.log(firms.variety) / p.rho
    return Seen(firms.value_added.copy(), np.where(firms.variety > 0, made - inputs, 0.0), firms.birth_quarter.copy())


def play(spec: Scenario, seeds: Sequence[int], number: int = LATER) -> Shares:
    """Play a scenario with several seeds side by side to the end of a year; return the parts by seed."""
    world: Any = Ensemble([FtzModel(spec, rng=seed) for seed in seeds])
    ends = [QUARTERS_PER_YEAR * (year - FIRST_YEAR + 1) - 1 for year in (FIRST_YEAR, number)]
    at = (seen(world) for name in walk(world) if name == SEEN_AFTER and world.clock.index in ends)
    return parts(next(at), next(at))
