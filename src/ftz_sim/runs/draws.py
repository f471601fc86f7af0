"""Parameters drawn from their ranges: parametric uncertainty, beside the noise of seeds.

Every parameter that is assumed or taken from the literature (grades A and L) and that no scenario sets is drawn
evenly from the range on its card, which includes harm where the sign is assumed (see `signs`). All scenarios
meet the same draws, so that differences stay paired; draws are independent of one another. Every parameter has a
random number of its own, keyed by its name, so that one that is added or set leaves the draws of the others as
they are. A draw that a mechanism refuses is pulled towards its defaults, all parameters of that mechanism together
(see `uncertainties`).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from numpy.random import Generator, Philox, SeedSequence

from ftz_sim.runs.uncertainties import Uncertainty, from_cards, known, settle
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

GRADES = ("A", "L")


def drawn_parameters(specs: Sequence[Scenario]) -> list[Uncertainty]:
    """Return the parameters that are drawn: of grade A or L, with a range, and set by no scenario."""
    return [each for each in from_cards() if known()[each.name].grade in GRADES and not _is_set(specs, each.name)]


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


def _is_set(specs: Sequence[Scenario], name: str) -> bool:
    mechanism, _, key = name.partition(".")
    default = known()[name].default
    return any(getattr(getattr(spec.parameters, mechanism), key) != default for spec in specs)
