"""Ranges that uncertain experiments draw from: those on the cards, or what published figures have left of them.

The range on a card is a prior: what theory and literature allow. Some parameters were narrowed by figures to 2018
(`studies/calibrate.py`, docs/calibration.md); ``data/calibrated_ranges.csv`` has what is left of their ranges, nine
tenths of the posterior. An entry of a parameter with several has a range of its own, as ``negative_list.test_rate[0]``.
Draws from these ranges are independent of one another: the posterior's ridges are not in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from ftz_sim.errors import InputError, listed, nearest
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.published import DATA
from ftz_sim.model.published_files import FiguresError, read_number, read_rows
from ftz_sim.runs.uncertainties import Uncertainty, entry_of, from_cards

Ranges = Literal["calibrated", "cards"]
RANGES: tuple[Ranges, ...] = get_args(Ranges)
CALIBRATED = DATA / "calibrated_ranges.csv"


def from_ranges(ranges: str) -> list[Uncertainty]:
    """Return every parameter that uncertain experiments draw, over its ``calibrated`` range or that of its card.

    Raises:
        InputError: if there are no such ranges.
    """
    check_ranges(ranges)
    return list(_calibrated()) if ranges == "calibrated" else from_cards()


def check_ranges(ranges: str) -> None:
    """Make sure that there are such ranges.

    Raises:
        InputError: if there are none.
    """
    if ranges not in RANGES:
        raise InputError("ranges", found=repr(ranges), allowed=listed(RANGES), nearest=nearest(ranges, RANGES))


def _calibrated() -> Iterator[Uncertainty]:
    left = calibrated()
    for each in from_cards():
        default = all_cards()[each.name].default
        entries = [f"{each.name}[{place}]" for place in range(len(default))] if isinstance(default, tuple) else []
        own = [left[name] for name in (each.name, *entries) if name in left]
        if len(own) < max(len(entries), 1):  # entries that no figure narrows move together, as on the card
            yield each
        yield from own


@cache
def calibrated(file: Path = CALIBRATED) -> dict[str, Uncertainty]:
    """Return the calibrated ranges by name.

    Raises:
        FiguresError: if one is not inside the range of its card, or does not hold the default.
    """
    return {row["parameter"]: _range(file, row) for row in read_rows(file)}


def _range(file: Path, row: dict[str, str]) -> Uncertainty:
    name, entry = entry_of(row["parameter"])
    if name not in all_cards():
        raise FiguresError(f"{file}: there is no parameter {name!r}")
    card = all_cards()[name]
    default, low, high = (np.atleast_1d(np.asarray(each, float)) for each in (card.default, card.low, card.high))
    place = entry or 0
    if place >= len(default) or (entry is None and len(default) > 1):
        raise FiguresError(f"{file}: {row['parameter']!r} is no single number")
    prior = tuple(float(np.broadcast_to(end, default.shape)[place]) for end in (low, high))
    own = Uncertainty(row["parameter"], *(read_number(file, row, end) for end in ("low", "high")))
    if prior != tuple(read_number(file, row, f"prior_{end}") for end in ("low", "high")):
        raise FiguresError(f"{file}: {own.name} was calibrated with another range than {prior}, that on its card")
    if not prior[0] <= own.low <= float(default[place]) <= own.high <= prior[1]:
        raise FiguresError(f"{file}: {own.name} from {own.low} to {own.high} leaves its card's range or its default")
    return own
