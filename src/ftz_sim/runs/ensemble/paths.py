"""What is laid down before several runs: their policies and shocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.model.columns import Array, Flag
from ftz_sim.model.mechanisms.exogenous_paths import Shocks, shocks_of

if TYPE_CHECKING:
    from ftz_sim.model.shocks import Shock
    from ftz_sim.scenario.policy_path import PolicyPath


class Paths:
    """Policies of several runs; one that several share is kept once."""

    def __init__(self, paths: Sequence[PolicyPath]) -> None:
        found = {id(path): path for path in paths}
        self._of_run = [list(found).index(id(path)) for path in paths]
        self._zones = np.stack([path.zones for path in found.values()], axis=-1)
        self._nation = np.stack([path.nation for path in found.values()], axis=-1)
        self._is_open = np.stack([path.is_open for path in found.values()], axis=-1)
        self._area = np.stack([path.area for path in found.values()], axis=-1)

    def at(self, quarter: int) -> tuple[Array, Array, Flag, Array]:
        """Return levels [levers, Z, E] and [levers, E], which zones are open and sizes of areas, in ``quarter``."""
        paths = self._zones, self._nation, self._is_open, self._area
        zones, nation, is_open, area = (np.ascontiguousarray(path[quarter][..., self._of_run]) for path in paths)
        return zones, nation, is_open, area


def shocks_together(shocks: Sequence[tuple[Shock, ...]], quarter: int) -> Shocks:
    """Return what the ``shocks`` of each run come to in ``quarter``, every part [..., E]."""
    found = list(dict.fromkeys(shocks))
    of_run = [found.index(each) for each in shocks]
    parts: Any = zip(*(shocks_of(each, quarter) for each in found), strict=True)
    return Shocks._make(np.stack(part, axis=-1).take(of_run, axis=-1) for part in parts)
