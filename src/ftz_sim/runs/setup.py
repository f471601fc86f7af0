"""What every experiment checks before its first run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import SupportsIndex, TypeVar

import numpy as np

from ftz_sim.errors import Both, InputError, Sentence, Words, listed, nearest, short
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario, baseline
from ftz_sim.scenario.sentences import new_zone_text, zone_name

T = TypeVar("T")
MOST_REPLICATES = 100_000
MOST_WORKERS = 1_024
DECIDING = ("new_zones", "rules", "horizon", "population", "mechanisms", "shocks", "parameters")  # beside policy


def scenario(
    spec: Scenario | str | Path, overrides: Iterable[str] = (), firms: int | None = None, end: str | None = None
) -> Scenario:
    """Return a validated scenario; ``firms`` and ``end`` lie over ``overrides``, which lie over the file.

    Raises:
        InputError: if it is not valid, or overrides are given for a scenario that is loaded already.
    """
    return Scenario.of(spec, as_list("overrides", overrides, "['population.firms=5000']"), firms, end)


def as_list(name: str, values: Iterable[T], example: str) -> list[T]:
    """Return ``values`` as a list.

    Raises:
        InputError: if it is one value where several are asked for: a text would be taken letter by letter.
    """
    if isinstance(values, str | Path | Scenario) or not isinstance(values, Iterable):
        found = values.name if isinstance(values, Scenario) else short(values)
        raise InputError("list_needed", name=name, found=found, example=example)
    return list(values)


def check_numbers(reps: SupportsIndex, seed: SupportsIndex, workers: SupportsIndex) -> tuple[int, int, int]:
    """Return counts and seed as integers, whatever kind of whole number they were (numpy has its own).

    Raises:
        InputError: with what is allowed.
    """
    return (
        whole_number("reps", reps, 1, MOST_REPLICATES),
        whole_number("seed", seed, 0, 2**63 - 1),
        whole_number("workers", workers, 1, MOST_WORKERS),
    )


def whole_number(name: str, number: object, low: int, high: int) -> int:
    """Return ``number`` as an integer from ``low`` to ``high``.

    Raises:
        InputError: with what is allowed.
    """
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or not low <= number <= high:
        raise InputError("whole_number", option=name, low=low, high=high, found=number)
    return int(number)


def check_comparable(specs: Sequence[Scenario], reference: str | None) -> str:
    """Make sure that scenarios can be compared, and return the name of the reference.

    Raises:
        InputError: if names repeat, horizons, numbers of firms or new zones differ, or the reference is not among them.
    """
    names = [spec.name for spec in specs]
    if len(specs) < 2:
        raise InputError("two_scenarios")
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise InputError("given_twice", names=repeated)
    for what in ("horizon", "population"):
        if len({getattr(spec, what) for spec in specs}) > 1:
            values = "; ".join(f"{spec.name} ({_told(getattr(spec, what))})" for spec in specs)
            raise InputError("same_needed", what=what, values=values)
    check_new_zones(specs)
    return reference_of(names, reference)


def _told(record: Iterable[tuple[str, object]]) -> str:
    return ", ".join(f"{key} {value}" for key, value in record)


def check_new_zones(specs: Sequence[Scenario]) -> None:
    """Make sure that scenarios have the same new zones, whose areas lie in a run from its start, open or not.

    Raises:
        InputError: if they have not; with what to write where a zone must not open.
    """
    if len({spec.new_zones for spec in specs}) > 1:
        codes = dict.fromkeys(zone.province for spec in specs for zone in spec.new_zones)
        found = [Sentence("of_scenario", name=spec.name, what=_zones(spec)) for spec in specs]
        raise InputError("same_new_zones", found=found, zones=f"[{', '.join(codes)}]")


def _zones(spec: Scenario) -> Words:
    if not spec.new_zones:
        return Sentence("none")
    told = [
        [f"{zone.province}: {new_zone_text(zone, 'en')}" for zone in spec.new_zones],
        [f"{zone_name(zone.province, 'zh')}：{new_zone_text(zone, 'zh')}" for zone in spec.new_zones],
    ]
    return Both("; ".join(told[0]), "；".join(told[1]))


def reference_of(names: Sequence[str], reference: str | None = None) -> str:
    """Return the scenario that others are compared with: ``single_ftz`` if it is among ``names``, else the first.

    Raises:
        InputError: if ``reference`` is given and none of them.
    """
    if reference is None:
        return "single_ftz" if "single_ftz" in names else names[0]
    if reference not in names:
        raise InputError("reference", found=reference, allowed=listed(names), nearest=nearest(reference, names))
    return reference


def all_default(specs: Sequence[Scenario]) -> bool:
    """Tell whether no scenario gives a parameter another value than its card."""
    return all(spec.parameters == baseline().parameters for spec in specs)


def alike(specs: Sequence[Scenario]) -> tuple[tuple[str, ...], ...]:
    """Return groups of scenarios that differ in name and words only, until they end: their numbers are the same."""
    groups: list[list[Scenario]] = []
    for spec in specs:
        group = next((group for group in groups if _agree(group[0], spec)), None)
        if group is None:
            groups.append([spec])
        else:
            group.append(spec)
    return tuple(tuple(spec.name for spec in group) for group in groups if len(group) > 1)


def _agree(a: Scenario, b: Scenario) -> bool:
    if any(getattr(a, what) != getattr(b, what) for what in DECIDING):
        return False
    return policy_of(a).agrees(policy_of(b), a.horizon.end.index + 1)
