"""What foreign capital and the trust of its owners must show: lines of docs/falsification.md (`make falsify`).

    python studies/falsify_investors.py [--firms 2000] [--seeds 5]

Expectations were written down before the runs; a line that misses its own says so and stays. Runs of one experiment
differ in nothing but what is named, seed by seed; no crisis comes by chance, so that luck does not hide a promise.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from falsify import HEAD, Line

from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.together import start_of
from ftz_sim.scenario.scenario import Scenario

NO_CHANCE = "parameters.capital_account.crisis_hazard=0"
FIRST, QUARTERS = 2013, 4
OPEN_FROM, TURN, LAST = 2025, 2028, 2035  # from when a policy differs; year of relisting or crisis; last year
CHANNELS = {
    "the spillover": "parameters.production.fdi_effect=0",
    "cheaper imports": "parameters.markets.services_opening=0",
    "the pull on FDI": "parameters.foreign_investment.openness_effect=0",
    "climbing": "parameters.industrial_upgrading.openness_slope=0",
}

After = Callable[[Any, str], None]  # what an experiment does to a world after a mechanism has acted
Played = dict[str, np.ndarray]  # yearly means of each seed [years, n]


def untouched(_world: Any, _mechanism: str) -> None:
    """Leave the world as it is."""


def without_fdi(world: Any, mechanism: str) -> None:
    """Let no foreign capital come any more."""
    if mechanism == "exogenous_paths" and year_of(world) >= OPEN_FROM:
        world.nation.fdi_shock = 0.0 * world.nation.fdi_shock


def promised(level: float, broken: bool = False) -> After:
    """Return what sets the commitment to a level, ``broken`` in one year."""

    def after(world: Any, mechanism: str) -> None:
        if mechanism == "policy" and year_of(world) >= OPEN_FROM:
            now = 0.0 if broken and year_of(world) == TURN else level
            world.levers.ratchet_commitment = now + 0.0 * world.levers.ratchet_commitment

    return after


def in_crisis(promise: After) -> After:
    """Return what forces a crisis on the world beside a promise."""

    def after(world: Any, mechanism: str) -> None:
        promise(world, mechanism)
        if mechanism == "exogenous_paths":
            starts = world.clock.index == QUARTERS * (TURN - FIRST)
            world.nation.crisis_forced = world.nation.crisis_forced | starts

    return after


def opened(world: Any, mechanism: str) -> None:
    """Empty all lists and take away all doors, for investors and for trade in services."""
    if year_of(world) < OPEN_FROM:
        return
    nation, regions, zones = world.nation, world.regions, world.zones
    if mechanism == "negative_list":
        for name in ("openness_zone", "openness_national", "services_openness_zone", "services_openness_national"):
            setattr(nation, name, 1.0 + 0.0 * getattr(nation, name))
    if mechanism == "glass_door":
        nation.glass_door, regions.glass_door = 0.0 * nation.glass_door, 0.0 * regions.glass_door
        nation.effective_openness = 1.0 + 0.0 * nation.effective_openness
        regions.openness_by_area = 1.0 + 0.0 * regions.openness_by_area
        zones.effective_openness = 1.0 + 0.0 * zones.effective_openness


def year_of(world: Any) -> int:
    """Return the year that a world is in."""
    return FIRST + int(world.clock.index) // QUARTERS


def play(name: str, options: argparse.Namespace, after: After = untouched, overrides: Sequence[str] = ()) -> Played:
    """Play the seeds of a scenario together, ``after`` each mechanism as an experiment wants it."""
    spec = Scenario.of(name, (NO_CHANCE, *overrides), options.firms, None)
    world: Any = Ensemble([start_of(spec, seed) for seed in range(1, options.seeds + 1)])
    rows = []
    while world.clock.index <= world.last_quarter:
        for mechanism, module in world.active_schedule.items():
            module.step(world, getattr(world.params, mechanism))
            after(world, mechanism)
        rows.append(_read(world))
        world.clock.tick()
    quarterly = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    return {key: table.reshape(-1, QUARTERS, options.seeds).mean(axis=1) for key, table in quarterly.items()}


def _read(world: Any) -> dict[str, np.ndarray]:
    nation = world.nation
    names = ("gdp", "income", "national_income", "consumption", "fdi")
    sums = {"real_income": world.regions.real_income.sum(axis=0), "capital": world.firms.capital.sum(axis=0)}
    return {name: np.array(getattr(nation, name)) for name in names} | sums


def gap(one: Played, other: Played, key: str, year: int) -> np.ndarray:
    """Return differences in % by seed [n] in a year."""
    return 100 * (one[key][year - FIRST] / other[key][year - FIRST] - 1)


def told(one: Played, other: Played, keys: Sequence[str], year: int) -> str:
    """Return differences in words."""
    gaps = {key: gap(one, other, key, year) for key in keys}
    return ", ".join(f"{key} {each.mean():+.2f} % ({each.std(ddof=1):.2f})" for key, each in gaps.items())


def capital_from_abroad(options: argparse.Namespace) -> list[Line]:
    """Return what it costs to do without FDI for ten years."""
    lines = []
    for offset in (0.4, 0.0, 1.0):
        setting = [f"parameters.investment.fdi_offset={offset}"]
        calm, none = (play("history", options, after, setting) for after in (untouched, without_fdi))
        keys = ("capital", "gdp", "real_income", "national_income", "consumption")
        fell = all(gap(none, calm, key, LAST).mean() < 0 for key in ("capital", "gdp", "real_income"))
        lines.append(
            Line(
                f"no FDI in {OPEN_FROM}-{LAST}, fdi_offset {offset:g}, {LAST}",
                "capital, volume and income down; consumption reported" if offset == 0.4 else "none: reported",
                told(none, calm, keys, LAST),
                fell if offset == 0.4 else None,
            )
        )
    return lines


def promises(options: argparse.Namespace) -> list[Line]:
    """Return what a ratchet does in quiet times, when it is broken and in a crisis."""
    half, full = (play("single_ftz", options, promised(level)) for level in (0.5, 1.0))
    broken = play("single_ftz", options, promised(1.0, broken=True))
    held, weak = (play("single_ftz", options, in_crisis(promised(level))) for level in (1.0, 0.5))
    keys, now, later = ("fdi", "gdp"), TURN + 1, LAST
    depth = gap(held, full, "gdp", now) - gap(weak, half, "gdp", now)
    scar = gap(held, full, "fdi", later) - gap(weak, half, "fdi", later)
    quiet = gap(full, half, "fdi", later)
    return [
        Line(
            f"ratchet .5 to 1 from {OPEN_FROM} without a crisis, {later}",
            "FDI up",
            told(full, half, keys, later),
            bool(quiet.mean() > 0),
        ),
        Line(
            f"one year of relisting in {TURN} against a full ratchet",
            "FDI down for years",
            f"{TURN}: {told(broken, full, keys, TURN)}; {now}: {told(broken, full, keys, now)}; "
            f"{later}: {told(broken, full, keys, later)}",
            all(gap(broken, full, "fdi", y).mean() < 0 for y in (TURN, now, later)),
        ),
        Line(
            f"a crisis in {TURN} under a ratchet and under a standstill",
            "under the ratchet GDP deeper now, FDI unharmed later",
            f"ratchet {now}: {told(held, full, keys, now)}, {later}: {told(held, full, keys, later)}; "
            f"standstill {now}: {told(weak, half, keys, now)}, {later}: {told(weak, half, keys, later)}",
            bool((depth < 0).all() and (scar > 0).all()),
        ),
    ]


def openness(options: argparse.Namespace) -> list[Line]:
    """Return what empty lists and open doors are worth, and by what they work."""
    keys = ("fdi", "capital", "gdp", "real_income", "consumption")
    closed, wide = (play("history", options, after) for after in (untouched, opened))
    whole = gap(wide, closed, "gdp", LAST)
    lines = [
        Line(
            f"lists emptied and doors open from {OPEN_FROM}, {LAST}",
            "FDI up; volume beside the published .5 to 3 % of GDP, not aimed at",
            told(wide, closed, keys, LAST),
            bool(gap(wide, closed, "fdi", LAST).mean() > 0),
        )
    ]
    for channel, setting in CHANNELS.items():
        without, open_without = (play("history", options, after, [setting]) for after in (untouched, opened))
        part = whole - gap(open_without, without, "gdp", LAST)
        lines.append(
            Line(
                f"the part of this that {channel} carries",
                "none: reported",
                f"gdp {part.mean():+.2f} % ({part.std(ddof=1):.2f})",
                None,
            )
        )
    return lines


def investors(options: argparse.Namespace) -> dict[str, list[Line]]:
    """Return all lines by title."""
    return {
        "Capital from abroad": capital_from_abroad(options),
        "Promises": promises(options),
        "Open lists": openness(options),
    }


def main() -> None:
    """Print all lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=2_000)
    parser.add_argument("--seeds", type=int, default=5)
    for title, lines in investors(parser.parse_args()).items():
        print(f"## {title}\n", HEAD, *(line.markdown() for line in lines), sep="\n")


if __name__ == "__main__":
    main()
