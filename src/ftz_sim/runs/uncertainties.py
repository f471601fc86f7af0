"""Uncertainties: what a sweep may vary, and a scenario with their values put in.

A name is one of

    production.digital_effect    a parameter; its card gives the range unless the sweep does
    industrial_upgrading.hazard  a parameter of several numbers, which move together: 0 is the low end of the
                                 card, 0.5 the default, 1 the high end, and straight lines in between
    production.talent_wage_weights[2]  one of them, with a range of one's own
    levers.rule_alignment        a lever: how much of the strategy's own move, from the fork on, is carried out;
                                 0 leaves the lever where history left it, 1 is the strategy as it is written
    shocks.tariff                a shock of the scenario of that kind: it comes where the value is above 0, and is
                                 noted as 1 then and as 0 else

Ranges come from the cards or from the sweep; some draws from them are refused by a mechanism as a whole
(production: returns to scale). Such a draw is *pulled* towards the defaults of that mechanism in steps of
1/20, until all strategies of the sweep accept it, so that all of them still meet the same values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from pydantic import ValidationError

from ftz_sim.errors import InputError, Sentence, nearest
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.params import Card
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import OPENING, LeverStep, Scenario

LEVERS = "levers"
SHOCKS = "shocks"
PULLS = 20


class Uncertainty(NamedTuple):
    """One dimension of a sweep."""

    name: str
    low: float
    high: float


def from_cards() -> list[Uncertainty]:
    """Return every parameter that uncertain experiments draw, over the range on its card."""
    return [of_card(name) for name, card in all_cards().items() if card.sampled and card.low != card.high]


def of_card(name: str) -> Uncertainty:
    """Return one parameter over the range on its card.

    Raises:
        InputError: if there is no such parameter, or its card has no range.
    """
    card = all_cards().get(name)
    if card is None:
        raise InputError("no_parameter", found=name, nearest=nearest(name, all_cards()))
    if card.low is None or card.high is None or (isinstance(card.default, bool | int) and card.unit == "quarter"):
        raise InputError("no_range", name=name)
    if isinstance(card.default, tuple):
        return Uncertainty(name, 0.0, 1.0)
    return Uncertainty(name, float(card.low), float(card.high))  # type: ignore[arg-type]


def is_set(spec: Scenario, name: str) -> bool:
    """Tell whether a scenario gives a parameter, or any of its numbers, another value than its card."""
    path = entry_of(name)[0]
    mechanism, _, key = path.partition(".")
    return bool(getattr(getattr(spec.parameters, mechanism), key) != all_cards()[path].default)


def check_value(name: str, value: float) -> Sentence | None:
    """Say why ``value`` cannot be given to the uncertainty ``name``, or return None."""
    owner, _, rest = name.partition(".")
    if owner == LEVERS:
        if rest not in CATALOGUE:
            return Sentence("no_lever", found=rest, nearest=nearest(rest, CATALOGUE))
        if rest == "zone_status":
            return Sentence("status_unscaled")
        return None if 0 <= value <= 1 else Sentence("lever_share", number=value)
    path, entry = entry_of(name)
    card = all_cards().get(path)
    if card is None:
        return Sentence("no_parameter_or_lever", found=path, nearest=nearest(path, all_cards()))
    several = isinstance(card.default, tuple)
    if isinstance(card.default, bool):
        return Sentence("a_switch")
    if several and entry is None:
        n = len(card.default)  # type: ignore[arg-type]
        return None if 0 <= value <= 1 else Sentence("moves_together", number=value, n=n, path=path)
    if entry is not None and not (several and entry < len(card.default)):  # type: ignore[arg-type]
        return Sentence("no_entry", path=path, entry=entry)
    return card.complaint(value)


def apply(spec: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return ``spec`` with ``values`` put in.

    Raises:
        ValidationError: if a mechanism refuses its values.
    """
    records = {name: _record(spec, name, own) for name, own in _by_mechanism(values).items()}
    update: dict[str, Any] = {"parameters": spec.parameters.model_copy(update=records)}
    levers = {name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{LEVERS}.")}
    if levers:
        update["policy"] = tuple(_scaled(spec, levers))
    if any(name.startswith(f"{SHOCKS}.") for name in values):
        update["shocks"] = tuple(each for each in spec.shocks if values.get(f"{SHOCKS}.{each.kind}", 1.0) > 0)
    return spec.model_copy(update=update)


def settle(specs: Sequence[Scenario], values: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """Pull values that a mechanism of some scenario refuses towards its defaults, until all accept them.

    Returns:
        the values, and the largest pull [share of the way to the defaults]; a mechanism that refuses even the
        defaults beside what its scenario sets keeps its values, and its runs fail with their error.
    """
    settled, pull = {name: _settled(name, value) for name, value in values.items()}, 0.0
    for mechanism, own in _by_mechanism(values).items():
        middle = {name: _middle(name) for name in own}
        different = _different(specs, mechanism)
        for step in range(PULLS + 1):
            share = step / PULLS
            tried = {name: value + share * (middle[name] - value) for name, value in own.items()}
            if all(_accepts(spec, mechanism, tried) for spec in different):
                settled |= tried if step else own
                pull = max(pull, share)
                break
    return settled, pull


def _settled(name: str, value: float) -> float:
    return float(value > 0) if name.startswith(f"{SHOCKS}.") else value


def _different(specs: Sequence[Scenario], mechanism: str) -> list[Scenario]:
    # strategies share most of their parameters, and checking is slow
    found: list[Scenario] = []
    for spec in specs:
        record = getattr(spec.parameters, mechanism)
        if all(getattr(other.parameters, mechanism) != record for other in found):
            found.append(spec)
    return found


def _accepts(spec: Scenario, mechanism: str, values: Mapping[str, float]) -> bool:
    try:
        _record(spec, mechanism, values)
    except ValidationError:
        return False
    return True


def _by_mechanism(values: Mapping[str, float]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        mechanism = name.partition(".")[0]
        if mechanism not in (LEVERS, SHOCKS):
            found.setdefault(mechanism, {})[name] = value
    return found


def _record(spec: Scenario, mechanism: str, values: Mapping[str, float]) -> Any:
    record = getattr(spec.parameters, mechanism)
    changed = dict(record.__dict__)
    for name, value in values.items():
        path, entry = entry_of(name)
        key, card = path.partition(".")[2], all_cards()[path]
        if not isinstance(card.default, tuple):
            changed[key] = round(value) if type(record).model_fields[key].annotation is int else float(value)
        elif entry is None:
            changed[key] = _together(card, value)
        else:
            changed[key] = (*changed[key][:entry], float(value), *changed[key][entry + 1 :])
    return type(record)(**changed)


def _together(card: Card, position: float) -> tuple[float, ...]:
    default: tuple[float, ...] = card.default  # type: ignore[assignment]
    ends = card.low if position < 0.5 else card.high
    end = ends if isinstance(ends, tuple) else (ends,) * len(default)
    share = abs(2 * position - 1)  # of the way from the default to that end
    return tuple(share * there + (1 - share) * here for here, there in zip(default, end, strict=True))  # type: ignore[operator]


def _middle(name: str) -> float:
    path, entry = entry_of(name)
    default = all_cards()[path].default
    if isinstance(default, tuple):
        return 0.5 if entry is None else float(default[entry])
    return float(default)


@cache
def entry_of(name: str) -> tuple[str, int | None]:
    """Return the parameter that ``name`` is of, and which of its numbers; None for all, or the only one."""
    found = re.fullmatch(r"(.+)\[([0-9]{1,4})\]", name)
    return (found[1], int(found[2])) if found else (name, None)


def moved_levers(spec: Scenario) -> set[str]:
    """Return the levers that a scenario moves from its fork on."""
    return {step.lever for step in spec.policy if _own(spec, step)}


def _own(spec: Scenario, step: LeverStep) -> bool:
    return step.start != OPENING and step.start >= spec.horizon.fork


def _scaled(spec: Scenario, shares: Mapping[str, float]) -> Iterator[LeverStep]:
    for step in spec.policy:
        share = shares.get(step.lever, 1.0)
        if share == 1 or not _own(spec, step):
            yield step
            continue
        before = _level_before_fork(spec, step.lever)
        rows = [0] if before.ndim == 0 else step.rows(spec.zone_codes)
        level = (np.atleast_1d(before)[rows] * (1 - share) + share * step.level).tolist()
        for new in dict.fromkeys(level):  # zones that history left at different levels part here
            alike = tuple(spec.zone_codes[row] for row, own in zip(rows, level, strict=True) if own == new)
            yield step.model_copy(update={"level": new, "zones": step.zones if len(alike) == len(rows) else alike})


def _level_before_fork(spec: Scenario, lever: str) -> np.ndarray[Any, Any]:
    """Return the level in the last quarter before the fork, [Z] or a number."""
    fork = spec.horizon.fork.index
    earlier = [step for step in spec.policy if step.lever == lever and not _own(spec, step)]
    path = compile_policy(earlier, spec.figures.zones.opening_quarter, max(fork, 1), spec.zone_codes)
    return np.asarray(path.level(lever)[max(fork, 1) - 1])
