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
        self._scale = self._weight = np.zeros(())  # nothing has been looked at yet

    def __call__(self, state: State) -> Table:
        """Return the move of log prices [F, R] that the excess of ``state`` asks for."""
        far = np.abs(state.excess).max(axis=(-2, -1), keepdims=True) > FAR
        if not self._scale.ndim or far.any():
            self._look(state, far if self._scale.ndim else np.True_)
        known, excess = self._known, self._scale * state.excess
        place = np.einsum("...fgr,...gr->...fr", known.place, excess)
        return self._s.active * (place + known.profile * (known.others @ over_places(self._weight * place)))

    def _look(self, state: State, far: Table) -> None:
        """Take the slopes of cells alone from ``state``, in runs that are ``far``."""
        at = alone_now(state, self._s, self._known.own_input)
        weight = outgoing(state.offers * state.reach, self._known.own_slope, at.returned)
        self._scale = np.where(far, self._known.own_slope / at.slope, self._scale)
        self._weight = np.where(far, weight, self._weight)
