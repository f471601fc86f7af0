"""Strategies with one lever or one mechanism switched off: the scenarios of the lever study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ftz_sim.analysis.lever_claims import LEVERS, MECHANISMS, Expectation
from ftz_sim.errors import InputError
from ftz_sim.scenario.scenario import LeverStep, Scenario

WHEN = {"fork": "from the fork on", "run": "the whole run"}


class Variant(NamedTuple):
    """One strategy with one thing switched off."""

    kind: str  # lever, mechanism
    name: str
    off: str  # fork, run
    said: Expectation
    spec: Scenario


def variants(firms: int, end: str, only: Sequence[str] = ()) -> list[Variant]:
    """Return every lever and mechanism switched off in its strategy; ``only`` keeps those named.

    Raises:
        InputError: if ``only`` holds a name that is neither.
    """
    if unknown := set(only) - set(LEVERS) - set(MECHANISMS):
        raise InputError("neither_lever", names=sorted(unknown))
    overrides = [f"population.firms={firms}", f"horizon.end={end}"]
    strategies = {said.strategy for said in (*LEVERS.values(), *MECHANISMS.values())}
    specs = {name: Scenario.load(name, overrides) for name in sorted(strategies)}
    return [each for each in _all(specs) if not only or each.name in only]


def _all(specs: dict[str, Scenario]) -> Iterator[Variant]:
    for name, said in LEVERS.items():
        spec = specs[said.strategy]
        yield Variant("lever", name, "fork", said, without_lever(spec, name))
        if any(step.lever == name and _before(step, spec) for step in spec.policy):
            yield Variant("lever", name, "run", said, without_lever(spec, name, whole_run=True))
    for name, said in MECHANISMS.items():
        spec = specs[said.strategy]
        switches = spec.mechanisms.model_copy(update={name: False})
        off = spec.model_copy(update={"name": f"{spec.name}-{name}-off", "mechanisms": switches})
        yield Variant("mechanism", name, "run", said, off)


def without_lever(spec: Scenario, lever: str, whole_run: bool = False) -> Scenario:
    """Return ``spec`` with one lever at 0, from the fork on or in the whole run."""
    kept = tuple(step for step in spec.policy if step.lever != lever or (not whole_run and _before(step, spec)))
    zero = LeverStep.model_validate({"lever": lever, "from": str(spec.horizon.fork), "level": 0})
    policy = kept if whole_run else (*kept, zero)
    return spec.model_copy(update={"name": f"{spec.name}-{lever}-{'run' if whole_run else 'fork'}", "policy": policy})


def _before(step: LeverStep, spec: Scenario) -> bool:
    return step.start == "opening" or step.start < spec.horizon.fork
