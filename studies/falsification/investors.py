"""Foreign capital and the trust of its owners: without FDI, under promises kept and broken, with open lists.

Runs of one experiment differ in nothing but what is named, seed by seed; no crisis comes by chance, so that noise does
not hide a promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from falsification.common import (
    FIRST,
    LAST,
    NO_CHANCE,
    After,
    Line,
    Series,
    Size,
    gap_in,
    gaps_told,
    line,
    play,
    play_all,
    spec_of,
    told,
    untouched,
    year_of,
)

BASIS = (
    "Signs of capital, promises and lists follow from who owns what and who fears what; the published .5 to 3 % of GDP "
    "for opening stands beside and is not aimed at."
)
FROM, TURN = 2025, 2028  # from when a policy differs; year of relisting or crisis
OFFSETS = (0.4, 0.0, 1.0)
CHANNELS = {
    "the spillover": "parameters.production.fdi_effect=0",
    "cheaper imports": "parameters.markets.services_opening=0",
    "the pull on FDI": "parameters.foreign_investment.openness_effect=0",
    "climbing": "parameters.industrial_upgrading.openness_slope=0",
}
LISTS = ("openness_zone", "openness_national", "services_openness_zone", "services_openness_national")


def lines(size: Size) -> list[Line]:
    """Return all lines on foreign capital."""
    return [*capital_from_abroad(size), *promises(size), *openness(size)]


def capital_from_abroad(size: Size) -> list[Line]:
    """Return what it costs to do without FDI for ten years."""
    settings = {offset: f"parameters.investment.fdi_offset={offset}" for offset in OFFSETS}
    calm, none = (_played("history", size, after, settings) for after in (untouched, without_fdi))
    names = ("capital", "gdp", "real_income", "national_income", "consumption")
    found = []
    for offset in OFFSETS:
        fell = all(gap_in(none[offset], calm[offset], name).mean() < 0 for name in names[:3])
        default = offset == OFFSETS[0]
        found.append(
            line(
                f"no FDI in {FROM}-{LAST}, fdi_offset {offset:g}, {LAST}",
                "capital, volume and income down; consumption reported" if default else "none: reported",
                gaps_told(none[offset], calm[offset], names),
                fell if default else None,
            )
        )
    return found


def promises(size: Size) -> list[Line]:
    """Return what a ratchet does in quiet times, when it is broken and in a crisis."""
    half, full = (_one("single_ftz", size, promised(level)) for level in (0.5, 1.0))
    broken = _one("single_ftz", size, promised(1.0, broken=True))
    held, weak = (_one("single_ftz", size, in_crisis(promised(level))) for level in (1.0, 0.5))
    names, now = ("fdi", "gdp"), TURN + 1
    depth = gap_in(held, full, "gdp", now) - gap_in(weak, half, "gdp", now)
    scar = gap_in(held, full, "fdi") - gap_in(weak, half, "fdi")
    return [
        line(
            f"ratchet .5 to 1 from {FROM} without a crisis, {LAST}",
            "FDI up",
            gaps_told(full, half, names),
            gap_in(full, half, "fdi").mean() > 0,
        ),
        line(
            f"one year of relisting in {TURN} against a full ratchet",
            "FDI down for years",
            "; ".join(f"{each}: {gaps_told(broken, full, names, each)}" for each in (TURN, now, LAST)),
            all(gap_in(broken, full, "fdi", each).mean() < 0 for each in (TURN, now, LAST)),
        ),
        line(
            f"a crisis in {TURN} under a ratchet and under a standstill",
            "under the ratchet GDP deeper now, FDI unharmed later",
            f"ratchet {now}: {gaps_told(held, full, names, now)}, {LAST}: {gaps_told(held, full, names)}; "
            f"standstill {now}: {gaps_told(weak, half, names, now)}, {LAST}: {gaps_told(weak, half, names)}",
            (depth < 0).all() and (scar > 0).all(),
        ),
    ]


def openness(size: Size) -> list[Line]:
    """Return what empty lists and open doors are worth, and by what they work."""
    settings = {"": NO_CHANCE, **CHANNELS}
    closed, wide = (_played("history", size, after, settings) for after in (untouched, opened))
    whole = gap_in(wide[""], closed[""], "gdp")
    found = [
        line(
            f"lists emptied and doors open from {FROM}, {LAST}",
            "FDI up; volume beside the published .5 to 3 % of GDP, not aimed at",
            gaps_told(wide[""], closed[""], ("fdi", "capital", "gdp", "real_income", "consumption")),
            gap_in(wide[""], closed[""], "fdi").mean() > 0,
        )
    ]
    for channel in CHANNELS:
        part = whole - gap_in(wide[channel], closed[channel], "gdp")
        found.append(line(f"the part of this that {channel} carries", "none: reported", f"gdp {told(part)}", None))
    return found


def without_fdi(world: Any, mechanism: str) -> None:
    """Let no foreign capital come any more."""
    if mechanism == "exogenous_paths" and year_of(world) >= FROM:
        world.nation.fdi_shock = 0.0 * world.nation.fdi_shock


def promised(level: float, broken: bool = False) -> After:
    """Return what sets the commitment to a level, ``broken`` in one year."""

    def after(world: Any, mechanism: str) -> None:
        if mechanism == "policy" and year_of(world) >= FROM:
            now = 0.0 if broken and year_of(world) == TURN else level
            world.levers.ratchet_commitment = now + 0.0 * world.levers.ratchet_commitment

    return after


def in_crisis(promise: After) -> After:
    """Return what forces a crisis on the world beside a promise."""

    def after(world: Any, mechanism: str) -> None:
        promise(world, mechanism)
        if mechanism == "exogenous_paths":
            starts = world.clock.index == 4 * (TURN - FIRST)
            world.nation.crisis_forced = world.nation.crisis_forced | starts

    return after


def opened(world: Any, mechanism: str) -> None:
    """Empty all lists and take away all doors, for investors and for trade in services."""
    if year_of(world) < FROM:
        return
    nation, regions, zones = world.nation, world.regions, world.zones
    if mechanism == "negative_list":
        for name in LISTS:
            setattr(nation, name, 1.0 + 0.0 * getattr(nation, name))
    if mechanism == "glass_door":
        nation.glass_door, regions.glass_door = 0.0 * nation.glass_door, 0.0 * regions.glass_door
        nation.effective_openness = 1.0 + 0.0 * nation.effective_openness
        regions.openness_by_area = 1.0 + 0.0 * regions.openness_by_area
        zones.effective_openness = 1.0 + 0.0 * zones.effective_openness


def _one(name: str, size: Size, after: After) -> Series:
    return play(spec_of(name, size, NO_CHANCE), size, after, read)


def _played(name: str, size: Size, after: After, settings: Mapping[Any, str]) -> dict[Any, Series]:
    specs = {key: spec_of(name, size, NO_CHANCE, setting) for key, setting in settings.items()}
    return play_all(specs, size, after, read)


def read(world: Any) -> Series:
    """Note what foreign capital does to the nation."""
    nation = world.nation
    noted = {name: np.array(getattr(nation, name)) for name in ("gdp", "income", "consumption", "fdi")}
    return noted | {
        "national_income": nation.income - nation.repatriation,
        "real_income": world.regions.real_income.sum(axis=0),
        "capital": world.firms.capital.sum(axis=0),
    }
