"""What carries the gaps between strategies: coordination held, markets and capacity apart, constants at none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from falsification.common import LAST, After, Line, Series, Size, gap_in, line, play, play_all, spec_of

BASIS = (
    "That no named constant but the assumed border carries more than a fifth was asked of the model before it was "
    "built; the border is an assumption, and its lines are reported."
)
TREATED = ("cross_zone", "ftz_fta", "integrated")
PAIRS = ("coordination", "removed", "titles")  # what coordination leaves to others
MULTIPLES = {"no border that coordination can remove": 0.0, "half of that border": 0.5, "1.6 times that border": 1.6}
BORDERS = {what: f"parameters.coordination.assumed_border={multiple:g}" for what, multiple in MULTIPLES.items()}
CONSTANTS = {
    "no border for knowledge": "parameters.knowledge_spillovers.border_loss=0",
    "no gain from data platforms": "parameters.digital_capability.platform_gain=0",
    "no integration of capital markets": "parameters.investment.integration_gain=0",
    "no effect of recognised titles": "parameters.migration.recognition_effect=0",
    "no effect of coordination on adoption of reforms": "parameters.replication.step_bonus=0",
}


def lines(size: Size) -> list[Line]:
    """Return the parts of the gaps."""
    settings = {"": (), **{what: (setting,) for what, setting in (BORDERS | CONSTANTS).items()}}
    specs = {name: spec_of(name, size) for name in TREATED}
    specs |= {what: spec_of("cross_zone", size, *setting) for what, setting in settings.items() if what}
    base = {f"base {what}": spec_of("single_ftz", size, *setting) for what, setting in settings.items() if what}
    memory: list[dict[str, Any]] = []
    free = play_all(specs | base, size, read=_capacity)
    single = play(spec_of("single_ftz", size), size, remembering(memory), _capacity)
    found = []
    for name in TREATED:
        gdp, capacity = (gap_in(free[name], single, what).mean() for what in ("gdp", "capacity"))
        held = gap_in(play(specs[name], size, repeating(memory), _capacity), single, "gdp").mean()
        found.append(
            line(
                f"{name} against single_ftz, GDP {LAST}: capacity, markets, coordination",
                "none: reported",
                f"gap {gdp:+.2f} %: capacity at prices of 2013 {capacity:+.2f}, what markets make of it "
                f"{gdp - capacity:+.2f}; with coordination as in single_ftz {held:+.2f} is left",
                None,
                gdp,
            )
        )
    whole = gap_in(free["cross_zone"], single, "gdp").mean()
    for what in BORDERS | CONSTANTS:
        left = gap_in(free[what], free[f"base {what}"], "gdp").mean()
        found.append(
            line(
                f"cross_zone against single_ftz with {what}",
                "none: the assumption" if what in BORDERS else "carries no more than a fifth of the gap",
                f"{left:+.2f} % of {whole:+.2f}",
                None if what in BORDERS else whole - left <= 0.2 * whole,
                left,
            )
        )
    return found


def borders(found: Sequence[Line], size: Size) -> pd.DataFrame:
    """Return the gap of cross_zone in GDP by multiple of the assumed border, from the lines of this group."""
    gaps = {1.0: next(each.number for each in found if each.what.startswith("cross_zone against single_ftz, GDP"))}
    gaps |= {MULTIPLES[what]: each.number for each in found for what in MULTIPLES if each.what.endswith(f"with {what}")}
    table = pd.DataFrame(sorted(gaps.items()), columns=["border", "gap"]).round(3)
    return table.assign(strategy="cross_zone", reference="single_ftz", **size._asdict())


def remembering(memory: list[dict[str, Any]]) -> After:
    """Return what keeps the coordination of every quarter in ``memory``."""

    def after(world: Any, mechanism: str) -> None:
        if mechanism == "coordination":
            memory.append({name: getattr(world.pairs, name).copy() for name in PAIRS})

    return after


def repeating(memory: list[dict[str, Any]]) -> After:
    """Return what makes pairs coordinate as in ``memory``."""

    def after(world: Any, mechanism: str) -> None:
        if mechanism == "coordination":
            for name, column in memory[world.clock.index].items():
                setattr(world.pairs, name, column.copy())

    return after


def _capacity(world: Any) -> Series:
    return {"gdp": np.array(world.nation.gdp), "capacity": np.array(world.nation.capacity)}
