"""Strategies with one lever or one mechanism taken away: the scenarios of the lever study.

The step of a lever is what its strategy does beyond history: the lever as history left it, against the lever as the
strategy has it, from the fork on (standstill to ratchet, .5 to 1). Where history has pulled a lever, all of it is
measured, too: never pulled, against the strategy. Levers that a strategy takes no further have only that, and it is
the step by which the strategies with zones differ from the country without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.lever_facts import LEVERS, MECHANISMS, Facts
from ftz_sim.errors import InputError
from ftz_sim.runs.mixtures import mixture, without
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario

FORK, RUN = "from the fork on", "the whole run"
HISTORY = "history"


class Variant(NamedTuple):
    """One strategy with one thing taken away."""

    kind: str  # lever, mechanism
    name: str
    when: str  # it differs: `FORK` or `RUN`
    step: str  # levels of the lever at the end, without and with: ``0.5 -> 1``; none of a mechanism
    is_step: bool  # the step that strategies take; else all that was ever pulled
    said: Facts
    spec: Scenario


def variants(firms: int, end: str, only: Sequence[str] = ()) -> list[Variant]:
    """Return every lever and mechanism taken from its strategy; ``only`` keeps those named.

    Raises:
        InputError: if ``only`` holds a name that is neither.
    """
    if unknown := set(only) - set(LEVERS) - set(MECHANISMS):
        raise InputError("neither_lever", names=sorted(unknown))
    overrides = [f"population.firms={firms}", f"horizon.end={end}"]
    names = {said.strategy for said in (*LEVERS.values(), *MECHANISMS.values())} | {HISTORY}
    specs = {name: Scenario.load(name, overrides) for name in sorted(names)}
    return [each for each in _all(specs) if not only or each.name in only]


def _all(specs: dict[str, Scenario]) -> Iterator[Variant]:
    for lever, said in LEVERS.items():
        yield from lever_variants(lever, said, specs[said.strategy], specs[HISTORY])
    for name, said in MECHANISMS.items():
        yield Variant("mechanism", name, RUN, "", False, said, without(specs[said.strategy], name))


def lever_variants(lever: str, said: Facts, strategy: Scenario, history: Scenario) -> Iterator[Variant]:
    """Yield a strategy with a lever as history left it, if that differs, and with the lever never pulled."""
    as_was = as_in(history, strategy, lever, "history")
    steps = not np.array_equal(_path(as_was, lever), _path(strategy, lever))
    if steps:
        yield Variant("lever", lever, FORK, step(as_was, strategy, lever), True, said, as_was)
    if any(each.lever == lever for each in history.policy):
        never = as_in(history.model_copy(update={"policy": ()}), strategy, lever, "never")
        yield Variant("lever", lever, RUN, step(never, strategy, lever), not steps, said, never)


def as_in(other: Scenario, strategy: Scenario, lever: str, word: str) -> Scenario:
    """Return ``strategy`` with one lever as ``other`` pulls it; its name ends in ``word``."""
    made = mixture(other, strategy, {lever: (lever,)}, [lever])
    return made.model_copy(update={"name": f"{strategy.name}-{lever}-{word}"})


def step(before: Scenario, after: Scenario, lever: str) -> str:
    """Return the levels of a lever in the final quarter of two scenarios, as ``0..0.5 -> 1`` where zones differ."""
    return " -> ".join(_levels(_path(spec, lever)[-1]) for spec in (before, after))


def _path(spec: Scenario, lever: str) -> NDArray[Any]:
    return policy_of(spec).level(lever)


def _levels(now: NDArray[Any]) -> str:
    low, high = f"{now.min():g}", f"{now.max():g}"
    return low if low == high else f"{low}..{high}"
