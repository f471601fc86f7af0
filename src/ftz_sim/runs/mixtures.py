"""Mixtures of two strategies: some groups of levers as in the one, the rest as in the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from pydantic import ValidationError

from ftz_sim.errors import InputError
from ftz_sim.scenario.groups import GROUP_OF, GROUPS, REST
from ftz_sim.scenario.scenario import LeverStep, Mechanisms, Scenario

By = Literal["group", "lever", "mechanism"]
FEW = 8  # parts that a name can list
MIXTURE, WITHOUT = "mix.", ".without-"


def differing_levers(a: Scenario, b: Scenario) -> list[str]:
    """Return the levers whose dated steps differ, in the order of the groups."""
    return [lever for lever in GROUP_OF if _steps(a, lever) != _steps(b, lever)]


def players(a: Scenario, b: Scenario, by: By = "group") -> dict[str, tuple[str, ...]]:
    """Return what the difference of two scenarios is made of: name -> levers (none for the rest).

    Raises:
        InputError: if the scenarios do not differ, or differ in horizon, population or new zones.
    """
    for what in ("horizon", "population", "new_zones"):
        if getattr(a, what) != getattr(b, what):
            raise InputError("gap_differs", a=a.name, b=b.name, what=what)
    levers = differing_levers(a, b)
    found: dict[str, tuple[str, ...]]
    if by == "lever":
        found = {lever: (lever,) for lever in levers}
    else:
        parts = {group: tuple(lever for lever in members if lever in levers) for group, members in GROUPS.items()}
        found = {group: members for group, members in parts.items() if members}
    found |= {name: () for name in REST if getattr(a, name) != getattr(b, name)}
    if not found:
        raise InputError("no_gap", a=a.name, b=b.name)
    return found


def mixture(a: Scenario, b: Scenario, parts: dict[str, tuple[str, ...]], chosen: Collection[str]) -> Scenario:
    """Return ``b`` with the ``chosen`` parts as in ``a``; all chosen is ``a``, none is ``b`` (but for the name).

    A lever's path depends on its own steps and their order only, so whole levers can be exchanged.
    """
    levers = {lever for name in chosen for lever in parts[name]}
    name = mixture_name(parts, chosen)
    policy = [step for step in a.policy if step.lever in levers]
    policy += [step for step in b.policy if step.lever not in levers]
    rest = {name: getattr(a, name) for name in REST if name in chosen}
    return b.model_copy(update={"name": name, "policy": tuple(policy), **rest})


def mixture_name(parts: Mapping[str, tuple[str, ...]], chosen: Collection[str]) -> str:
    """Return the name of a mixture: its parts, or with many parts a number whose bits say which are in."""
    if len(parts) <= FEW:
        return MIXTURE + ("-".join(chosen) or "none")
    return f"{MIXTURE}{sum(1 << place for place, name in enumerate(parts) if name in chosen):#x}"


def by_name(a: Scenario, b: Scenario, by: By, name: str) -> Scenario | None:
    """Return the scenario that an attribution of the gap between ``a`` and ``b`` called ``name``; None if none."""
    for spec in (a, b):
        if name == spec.name:
            return spec
        if by == "mechanism" and name.startswith(f"{spec.name}{WITHOUT}"):
            return without(spec, name.removeprefix(f"{spec.name}{WITHOUT}"))
    if by == "mechanism" or not name.startswith(MIXTURE):
        return None
    parts, text = players(a, b, by), name.removeprefix(MIXTURE)
    if len(parts) > FEW:
        chosen = [part for place, part in enumerate(parts) if int(text, 16) >> place & 1]
    else:
        chosen = [part for part in text.split("-") if part != "none"]
    return mixture(a, b, parts, chosen)


def switchable(*specs: Scenario) -> list[str]:
    """Return the mechanisms that are on in all ``specs`` and may be switched off."""
    return [name for name in Mechanisms.model_fields if _may_be_off(name) and all(spec.is_on(name) for spec in specs)]


def without(spec: Scenario, mechanism: str) -> Scenario:
    """Return ``spec`` with one mechanism off."""
    off = spec.mechanisms.model_copy(update={mechanism: False})
    return spec.model_copy(update={"name": f"{spec.name}{WITHOUT}{mechanism}", "mechanisms": off})


def _may_be_off(mechanism: str) -> bool:
    try:
        Mechanisms.model_validate({mechanism: False})
    except ValidationError:
        return False
    return True


def _steps(spec: Scenario, lever: str) -> list[LeverStep]:
    return [step for step in spec.policy if step.lever == lever]
