"""What the papers say of each lever and each mechanism, and by which parameters a lever works: one record each.

Those of levers stand in their catalogue, `model.levers`; those of mechanisms in their files as ``CLAIMED``: claims (ids
of the cards in ``seeds/``) that the lever study tests, a colon, and the indicators that they name, with the direction.
"""

from __future__ import annotations

from typing import NamedTuple

from ftz_sim.model.lever_cards import Move, moves_of
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.schedule import ALWAYS_ON, SCHEDULE


class Facts(NamedTuple):
    """What is said of one lever or mechanism, and how a lever works in the model."""

    claims: tuple[str, ...]
    moves: tuple[Move, ...]
    strategy: str  # the scenario in which it is taken away
    effects: tuple[str, ...] = ()  # parameters that carry it
    risks: tuple[str, ...] = ()  # keys of `signs.RISKS`

    @property
    def assumed(self) -> str:
        """What it is said to move: ``+`` or ``-`` and an indicator, one after the other."""
        return " ".join(f"{'+' if move.direction > 0 else '-'}{move.indicator}" for move in self.moves)


def _said(claimed: str) -> Facts:
    claims, _, moves = claimed.partition(": ")
    return Facts(tuple(claims.split()), moves_of(moves), "integrated")


LEVERS: dict[str, Facts] = {
    name: Facts(lever.claims, lever.moves, lever.strategy, lever.effects, lever.risks)
    for name, lever in CATALOGUE.items()
}

# those that can be off
MECHANISMS: dict[str, Facts] = {
    name: _said(mechanism.CLAIMED) for name, mechanism in SCHEDULE.items() if name not in ALWAYS_ON
}
