"""What a scenario says and never does: steps, shocks, zones and areas after the end, closed zones, steps laid over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.errors import listed
from ftz_sim.model.columns import Flag
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.lever_steps import OPENING, LeverStep
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.scenario.further_areas import FurtherArea
    from ftz_sim.scenario.new_zones import NewZone
    from ftz_sim.scenario.scenario import Scenario

STATUS = "zone_status"
NAMED = 5  # of the steps that one sentence is about


def sentences(spec: Scenario, lang: Lang, most: int = NAMED) -> Iterator[str]:
    """Yield a sentence for each reason why steps never act, naming ``most``, and for what comes after the end."""
    reasons: dict[str, list[LeverStep]] = {}
    for step, reason in steps(spec):
        reasons.setdefault(reason, []).append(step)
    for reason, found in reasons.items():
        which = listed([f"{step.lever} {step.start}" for step in found], most).say(lang)
        yield say(f"error.{reason}", lang, name=spec.name, which=which, end=spec.horizon.end)
    for shock in spec.shocks:
        if shock.start > spec.horizon.end:
            yield say("error.idle_shock", lang, name=spec.name, kind=shock.kind, start=shock.start)
    for zone in unopened(spec):
        yield say("error.idle_zone", lang, name=spec.name, province=zone.province, opens=zone.opens)
    for area in unadded(spec):
        yield say("error.idle_area", lang, name=spec.name, zone=area.zone, opens=area.opens)


def unopened(spec: Scenario) -> list[NewZone]:
    """Return the new zones that would open after the end."""
    return [zone for zone in spec.new_zones if zone.opens > spec.horizon.end]


def unadded(spec: Scenario) -> list[FurtherArea]:
    """Return the further areas that would open after the end."""
    return [area for area in spec.further_areas if area.opens > spec.horizon.end]


def steps(spec: Scenario) -> Iterator[tuple[LeverStep, str]]:
    """Yield the lever steps that never act, each with the reason: a key of the dictionary."""
    opening, quarters, path = spec.figures.zones.opening_quarter, spec.horizon.end.index + 1, policy_of(spec)
    of_lever: dict[str, list[LeverStep]] = {}
    for step in spec.policy:
        of_lever.setdefault(step.lever, []).append(step)
    for lever, own in of_lever.items():
        if CATALOGUE[lever].scope == "nation":
            heard, starts = np.ones((quarters, 1), bool), np.zeros(1, int)
        else:
            heard, starts = path.is_open & ((lever == STATUS) | (path.level(STATUS) > 0)), opening
        yield from _of_one_lever(own, heard, starts, spec.zone_codes)


def _of_one_lever(
    steps: Sequence[LeverStep], heard: Flag, opening: np.ndarray, codes: Sequence[str]
) -> Iterator[tuple[LeverStep, str]]:
    """Yield the idle ``steps`` of one lever; ``heard`` tells when its level counts [T, n]."""
    quarters, n = heard.shape
    holder = np.full((quarters, n), -1)  # whose level it is
    before: list[set[int]] = []  # where each ramp begins
    ever: list[bool] = []
    for number, step in enumerate(steps):
        rows = step.rows(codes) if n > 1 else [0]
        first = opening[rows] if step.start == OPENING else np.full(len(rows), step.start.index)
        last = np.clip(first - 1, 0, quarters - 1)
        before.append(set(holder[last, rows].tolist()) if step.ramp > 1 else set())
        on = np.arange(quarters)[:, None] >= first
        ever.append(bool((on & heard[:, rows]).any()))
        holder[:, rows] = np.where(on, number, holder[:, rows])
    acting = set(holder[heard].tolist())
    for number in reversed(range(len(steps))):
        acting |= before[number] if number in acting else set()
    for number, step in enumerate(steps):
        if number not in acting:
            late = step.start != OPENING and step.start.index >= quarters
            yield step, "idle_late" if late else "idle_covered" if ever[number] else "idle_closed"
