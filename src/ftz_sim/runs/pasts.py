"""Strategies share their past: the quarters before the fork are played once for all that agree on them."""

from __future__ import annotations

from threading import local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftz_sim.runs.model import FtzModel
    from ftz_sim.scenario.scenario import Scenario


class Pasts:
    """Models that stand at their fork, the last used first. To be used by one thread at a time.

    Args:
        most: models that are kept.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: list[FtzModel] = []

    def at_fork(self, spec: Scenario, seed: int) -> FtzModel:
        """Return a model of its own that is about to play the quarter in which ``spec`` leaves the others.

        Its bits do not depend on what is kept.
        """
        past = next((each for each in self._kept if each.seed == seed and each.has_past_of(spec)), None)
        if past is None:
            past = _played_to_fork(spec, seed)
        else:
            self._kept.remove(past)
        self._kept.insert(0, past)
        while len(self._kept) > self.most:
            self._kept.pop().release()
        return past.branch(spec)

    def forget(self) -> None:
        """Let go of all models."""
        while self._kept:
            self._kept.pop().release()


class ThreadPasts(Pasts, local):
    """`Pasts` of which every thread has its own."""


def _played_to_fork(spec: Scenario, seed: int) -> FtzModel:
    from ftz_sim.runs.model import FtzModel  # Mesa is slow to load, and runs that are stepped together do without

    model = FtzModel(spec, rng=seed)
    while model.running and model.clock.index < model.fork:
        model.step()
    return model
