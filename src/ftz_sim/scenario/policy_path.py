"""Policy as a dated path: the level of every lever in every quarter, laid out before the run.

A step moves its lever from the value of the quarter before in ``ramp`` equal moves, the first in the
quarter ``from``, to ``level``; there it stays. Steps are laid one after the other, so a later one overrides
an earlier one from its first quarter on. ``from: opening`` is the opening quarter of each zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.columns import Array, Flag, Index
from ftz_sim.model.mechanisms.policy import OF_NATION, OF_ZONES
from ftz_sim.scenario.lever_steps import ZONES, LeverStep

if TYPE_CHECKING:
    from ftz_sim.scenario.further_areas import FurtherArea
    from ftz_sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class PolicyPath:
    """Levels [0 to 1] as the scenario sets them; whether a zone is open, and how large it is, are other matters."""

    zones: Array  # [T, levers of OF_ZONES, Z]
    nation: Array  # [T, levers of OF_NATION]
    is_open: Flag  # [T, Z] from the opening quarter on
    area: Array  # [T, Z] size of the zone area relative to its first one

    def level(self, lever: str) -> Array:
        """Return the path of one lever, [T, Z] or [T]."""
        if lever in OF_NATION:
            return self.nation[:, OF_NATION.index(lever)]
        return self.zones[:, OF_ZONES.index(lever)]

    def at(self, quarter: int) -> tuple[Array, list[float], Flag, Array]:
        """Return the levels [levers, Z] and [levers], which zones are open and sizes of areas [Z], in ``quarter``."""
        return self.zones[quarter], self.nation[quarter].tolist(), self.is_open[quarter], self.area[quarter]

    def agrees(self, other: PolicyPath, quarters: int) -> bool:
        """Tell whether both set the same levels and areas in the first ``quarters`` quarters."""
        names = ("zones", "nation", "is_open", "area")
        return all(np.array_equal(getattr(self, name)[:quarters], getattr(other, name)[:quarters]) for name in names)


def policy_of(
    spec: Scenario, steps: Iterable[LeverStep] | None = None, opening_quarter: Array | None = None
) -> PolicyPath:
    """Lay out the policy of a scenario to its end.

    Args:
        spec: the scenario.
        steps: in place of its own.
        opening_quarter: of its zones [Z], counted from 2013Q1, in place of those of its figures.
    """
    opening = spec.figures.zones.opening_quarter if opening_quarter is None else opening_quarter
    steps = spec.policy if steps is None else steps
    return compile_policy(tuple(steps), opening, spec.horizon.end.index + 1, spec.zone_codes, spec.further_areas)


def compile_policy(
    policy: Sequence[LeverStep],
    opening_quarter: Array,
    quarters: int,
    codes: Sequence[str] = ZONES,
    further: Sequence[FurtherArea] = (),
) -> PolicyPath:
    """Lay out ``policy`` over ``quarters`` quarters, in zones ``codes`` that open in ``opening_quarter`` [Z].

    ``further`` areas make those of their zones larger.

    Quarters count from 2013Q1. The arrays are shared by the runs of a policy and cannot be written to.
    """
    return _laid_out(tuple(policy), tuple(np.asarray(opening_quarter).tolist()), quarters, tuple(codes), tuple(further))


@lru_cache(maxsize=64)  # replicates share their policy
def _laid_out(
    policy: tuple[LeverStep, ...],
    opening_quarter: tuple[int, ...],
    quarters: int,
    codes: tuple[str, ...],
    further: tuple[FurtherArea, ...],
) -> PolicyPath:
    openings = np.array(opening_quarter)
    zones = np.zeros((quarters, len(OF_ZONES), len(openings)))
    nation = np.zeros((quarters, len(OF_NATION)))
    for step in policy:
        if step.lever in OF_NATION:
            table, column, rows, opening = nation[:, :, None], OF_NATION.index(step.lever), [0], np.zeros(1, int)
        else:
            table, column, rows, opening = zones, OF_ZONES.index(step.lever), step.rows(codes), openings
        first = opening[rows] if isinstance(step.start, str) else np.full(len(rows), step.start.index)
        table[:, column, rows] = moved(table[:, column, rows], first, step.level, step.ramp)
    is_open = np.arange(quarters)[:, None] >= openings
    area = np.ones(is_open.shape)
    for each in further:
        area[each.opens.index :, codes.index(each.zone)] += each.size
    for array in (zones, nation, is_open, area):
        array.flags.writeable = False
    return PolicyPath(zones, nation, is_open, area)


def moved(path: Array, first: Index, level: float, ramp: int) -> Array:
    """Return ``path`` [T, n] with one more step: from quarters ``first`` [n] to ``level`` in ``ramp`` moves."""
    last = np.clip(first - 1, 0, len(path) - 1)
    before = np.where(first > 0, path[last, np.arange(len(first))], 0.0)  # nothing was pulled before 2013
    share = ((np.arange(len(path))[:, None] - first + 1) / max(ramp, 1)).clip(0, 1)
    new = np.where(share < 1, before + (level - before) * share, level)
    return np.where(share > 0, new, path)
