"""Who closes: weak firms, and more of them where more are founded."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import national
from ftz_sim.model.columns import Array, Firms, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import share_closed
from ftz_sim.model.mechanisms.carbon import means_of_cells
from ftz_sim.model.mechanisms.industrial_upgrading import split
from ftz_sim.model.turnover.parameters import FirmTurnover


class Closures(NamedTuple):
    """Firms that close [n], and what is left of their draws for the entrant: again uniform in [0, 1)."""

    firms: Group
    rest: Column


def strength(firms: Firms) -> Single:
    """Return productivity less the mean of the cell [log, N]."""
    level = firms.base_productivity + firms.productivity_shock
    level -= firms.of_region_field(means_of_cells(firms.sum_by_region_field(level), firms.members))
    return level


def weights(strength: Single, pressure: Single, p: FirmTurnover) -> Single:
    """Return how likely firms are to close [N, relative], from strength and the pressure of entry on them [log, N]."""
    weight = strength * np.float32(-p.selection)
    weight += pressure
    np.exp(weight, out=weight)
    np.maximum(weight, np.float32(p.exit_low), out=weight)
    return np.minimum(weight, np.float32(p.exit_high), out=weight)


def hazard_per_weight(weights: Single, p: FirmTurnover) -> Any:
    """Return the yearly hazard of a firm of weight 1, such that ``exit_rate`` is the mean over firms."""
    return p.exit_rate * len(weights) / national(weights.astype(np.float64))


def largest_exit(per_weight: Any, p: FirmTurnover, dt: float) -> Any:
    """Return a probability of closing in ``dt`` years that no firm exceeds."""
    return share_closed(per_weight * p.exit_high, dt)


def closures(candidates: Group, draws: Array, hazard: Column, dt: float) -> Closures:
    """Return the firms that close in ``dt`` years; ``hazard`` of each a year [n].

    Only firms whose draw is below the largest probability, the ``candidates``, need a closer look. The draw
    of a closing firm is uniform below its own, so its position there serves the entrant for one more question.
    """
    closing, rest = split(draws, share_closed(hazard, dt))
    return Closures(candidates.that(closing), rest[closing])
