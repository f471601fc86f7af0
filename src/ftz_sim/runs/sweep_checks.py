"""What a sweep asks for, held against its scenarios before anything runs."""

from __future__ import annotations

import numpy as np
from pydantic import ValidationError

from ftz_sim.errors import InputError, Sentence
from ftz_sim.runs import uncertainties
from ftz_sim.runs.sampling import Design
from ftz_sim.runs.uncertainties import LEVERS
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.yaml_reader import Located

MOST_RUNS = 100_000_000  # a byte each is held while a sweep runs


def refuse(problems: list[InputError]) -> None:
    """Raise what is wrong, each thing once; nothing if nothing is."""
    once = list({str(problem): problem for problem in problems}.values())
    if once:
        raise once[0] if len(once) == 1 else InputError("lines", lines=once)


def check_size(points: int, scenarios: int, replicates: int, document: Located) -> None:
    """Refuse a sweep of more runs than can be numbered."""
    if (runs := points * replicates * scenarios) > MOST_RUNS:
        counts = {"points": points, "scenarios": scenarios, "reps": replicates, "runs": runs, "most": MOST_RUNS}
        raise InputError("too_many_runs", place=(document.get("design") or document).place, **counts)


def check_levers(names: tuple[str, ...], specs: tuple[Scenario, ...], document: Located) -> None:
    """Refuse levers that no scenario moves from its fork on, and those that a rule moves: when is not known before."""
    moved = set().union(*(uncertainties.moved_levers(spec) for spec in specs))
    place = (document.get("uncertainties") or document).place
    asked = [name for name in names if name.partition(".")[0] == LEVERS]
    by_rule = {move.lever for spec in specs for rule in spec.rules for move in rule.then}
    refuse([InputError("lever_of_rule", place=place, name=each) for each in asked if each.partition(".")[2] in by_rule])
    levers = [name for name in asked if name.partition(".")[2] not in moved]
    words = {"place": place, "moved": sorted(moved) or Sentence("none")}
    refuse([InputError("unmoved_lever", name=name, **words) for name in levers])


def check_refused(points: Design, specs: tuple[Scenario, ...], document: Located) -> None:
    """Refuse points of one's own that a mechanism refuses; those that are drawn are pulled to where it does not."""
    place = (document.get("design") or document).place
    owners = [name.partition(".")[0] for name in points.names]
    for owner in dict.fromkeys(owners):  # a mechanism looks at its own values alone, which come again and again
        columns = [i for i, name in enumerate(owners) if name == owner]
        seen: set[tuple[float, ...]] = set()
        for block in points.blocks():
            for row in map(tuple, np.unique(block[:, columns], axis=0).tolist()):
                if row not in seen:
                    seen.add(row)
                    _check_point({points.names[i]: value for i, value in zip(columns, row, strict=True)}, specs, place)


def _check_point(point: dict[str, float], specs: tuple[Scenario, ...], place: str) -> None:
    for spec in specs:
        try:
            uncertainties.apply(spec, point)
        except ValidationError as error:
            named = ", ".join(f"{name}={value:g}" for name, value in point.items())
            what = error.errors()[0]["ctx"]["error"]
            raise InputError("at", place=f"{place}: design: {named}", what=what) from None
