"""Parameters drawn from their ranges: parametric uncertainty, beside the noise of seeds.

Every parameter that is assumed or taken from the literature (grades A and L), or was narrowed by published figures,
and that no scenario sets is drawn evenly from its range (`ranges`), which includes harm where the sign is assumed (see
`signs`). All scenarios meet the same draws, so that differences stay paired; draws are independent of one another.
Every parameter has a random number of its own, keyed by its name, so that one that is added or set leaves the draws of
the others as they are. A draw that a mechanism refuses is pulled towards its defaults, all parameters of that
mechanism together (see `uncertainties`).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from numpy.random import Generator, Philox, SeedSequence

from ftz_sim.model.parameters import all_cards
from ftz_sim.runs.ranges import RANGES, calibrated, from_ranges
from ftz_sim.runs.uncertainties import Uncertainty, entry_of, is_set, settle
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

GRADES = ("A", "L")


def drawn_parameters(specs: Sequence[Scenario], ranges: str = RANGES[0]) -> list[Uncertainty]:
    """Return the parameters that are drawn: of grade A or L or calibrated, with a range, and set by no scenario.

    Args:
        specs: scenarios that meet the draws.
        ranges: ``calibrated``, or ``cards`` for the wider ones before figures narrowed them.

    Raises:
        InputError: if there are no such ranges.
    """
    fitted = {entry_of(name)[0] for name in calibrated()}

    def uncertain(name: str) -> bool:
        path = entry_of(name)[0]
        return all_cards()[path].grade in GRADES or name in calibrated() or (ranges != RANGES[0] and path in fitted)

    return [
        each for each in from_ranges(ranges) if uncertain(each.name) and not any(is_set(s, each.name) for s in specs)
    ]


def draw(specs: Sequence[Scenario], drawn: Sequence[Uncertainty], seed: int, number: int) -> dict[str, float]:
    """Return the parameters of one draw, by name; those of several numbers as a position from 0 to 1."""
    values = {each.name: each.low + share(each.name, seed, number) * (each.high - each.low) for each in drawn}
    return settle(specs, values)[0]


def share(name: str, seed: int, number: int) -> float:
    """Return how far into its range a parameter is drawn, from 0 to 1."""
    key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")
    return float(Generator(Philox(SeedSequence([seed, number, key]))).uniform())


def frame(draws: Sequence[dict[str, float]]) -> pd.DataFrame:
    """Return the draws as a table, one row each."""
    import pandas as pd

    return pd.DataFrame(draws).rename_axis("draw").reset_index()
