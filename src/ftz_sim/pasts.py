"""Strategies share their past: the quarters before the fork are played once for all that agree on them."""

from __future__ import annotations

from ftz_sim.model import FtzModel
from ftz_sim.scenario import Scenario


class Pasts:
    """Models that stand at their fork, the last used first; runs go on from copies of them.

    Args:
        most: models that are kept.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: tuple[FtzModel, ...] = ()  # never changed, only replaced: threads may read it

    def at_fork(self, spec: Scenario, seed: int) -> FtzModel:
        """Return a model of its own that is about to play the quarter in which ``spec`` leaves the others.

        Its bits do not depend on what is kept.
        """
        found = next((each for each in self._kept if each.seed == seed and each.has_past_of(spec)), None)
        past = found or _played_to_fork(spec, seed)
        self._kept = (past, *(each for each in self._kept if each is not past))[: self.most]
        return past.branch(spec)

    def forget(self) -> None:
        """Let go of all models."""
        self._kept = ()


def _played_to_fork(spec: Scenario, seed: int) -> FtzModel:
    model = FtzModel(spec, rng=seed)
    while model.running and model.clock.index < model.fork:
        model.step()
    return model
