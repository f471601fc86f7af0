"""How prices answer excess demand in one quarter; the formulas are those of `slopes`."""

from __future__ import annotations

import numpy as np

from ftz_sim.model.markets.equations import Setting, State, Table, over_places
from ftz_sim.model.markets.slopes import Answers, alone_now, outgoing

FAR = 0.3  # log points of excess demand


class Answering:
    """Answers of one quarter: cells alone are looked at first, and again while a run is far from its prices.

    Args:
        known: from 2013.
        s: the setting.
    """

    def __init__(self, known: Answers, s: Setting) -> None:
        self._known, self._s = known, s
        self._alone: tuple[Table, Table] | None = None

    def __call__(self, state: State, left: Table) -> Table:
        """Return the move of log prices [F, R] that the excess of ``state`` asks for, whose largest is ``left``."""
        far = left > FAR
        if self._alone is None:
            self._alone = self._look(state)
        elif far.any():
            now = self._look(state)
            self._alone = np.where(far, now[0], self._alone[0]), np.where(far, now[1], self._alone[1])
        scale, weight = self._alone
        known, excess = self._known, scale * state.excess
        place = np.ascontiguousarray(np.matvec(known.place, excess.swapaxes(-1, -2)).swapaxes(-1, -2))
        return self._s.active * (place + known.profile * (known.others @ over_places(place, weight)))

    def _look(self, state: State) -> tuple[Table, Table]:
        """Return by how much cells alone answer more than in 2013, and their weights in the nation's answer [F, R]."""
        at = alone_now(state, self._s, self._known.own_input)
        weight = outgoing(state.offers * state.reach, self._known.own_slope, at.returned)
        return self._known.own_slope / at.slope, weight
