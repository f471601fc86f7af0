"""What stands behind a name: a claim, a mechanism, a lever, a parameter or an indicator.

A claim leads to the rules that carry it: those that its card names, and those that read its levers. A mechanism,
lever, parameter or indicator leads back to the claims whose cards name it; a parameter that no card names to the
claims of its mechanism.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from ftz_sim.errors import InputError, nearest
from ftz_sim.indicators.variables import COMPARED, NATIONAL, REGION, ZONE, Variable
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.seeds import Claim, claims
from ftz_sim.trace.code import levers_read, mechanism_test, pulled, readers, tests_naming, uses

Kind = Literal["claim", "mechanism", "lever", "parameter", "indicator"]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Trace:
    """Everything that hangs together with one name."""

    kind: Kind
    name: str
    claims: Names
    mechanisms: Names = ()
    levers: Names = ()
    parameters: Names = ()
    indicators: Names = ()
    scenarios: dict[str, Names] = field(default_factory=dict)  # scenario -> levers of this trace that it pulls
    tests: Names = ()


def find(name: str) -> list[Trace]:
    """Return the traces of a name, one for every kind of thing that bears it.

    Raises:
        InputError: if nothing bears it; the nearest name is proposed.
    """
    upper = name.upper()
    found: list[Trace] = []
    if upper in claims():
        found.append(of_claim(claims()[upper]))
    if name in SCHEDULE:
        found.append(of_mechanism(name))
    if name in CATALOGUE:
        found.append(of_lever(name))
    found += [of_parameter(full) for full in all_cards() if name in (full, full.partition(".")[2])]
    if name in indicators():
        found.append(of_indicator(name))
    if not found:
        known = [*claims(), *SCHEDULE, *CATALOGUE, *all_cards(), *(full.partition(".")[2] for full in all_cards())]
        raise InputError("trace_nothing", found=name, nearest=nearest(name, [*known, *indicators()]))
    return found


@cache
def indicators() -> dict[str, Variable]:
    """Return what can be measured; ``zones.x`` and ``regions.x`` are columns of the tables of zones and provinces."""
    places = {
        f"{table}.{name}": replace(variable, en=f"{variable.en}, {en}", zh=f"{zh}{variable.zh}")
        for table, en, zh, columns in (("zones", "zones", "试验区", ZONE), ("regions", "provinces", "各省", REGION))
        for name, variable in columns.items()
    }
    return NATIONAL | places | COMPARED


def of_claim(claim: Claim) -> Trace:
    """Trace a claim to what carries it."""
    carried = claim.carried_by
    mechanisms = claim_mechanisms(claim)
    parameters = carried.parameters or tuple(full for name in carried.mechanisms for full in parameters_of(name))
    return Trace(
        "claim", claim.id, (claim.id,), mechanisms, carried.levers, parameters, carried.indicators,
        _scenarios(carried.levers), _tests(mechanisms, (claim.id, *carried.levers)),
    )  # fmt: skip


def of_mechanism(name: str) -> Trace:
    """Trace a mechanism to its claims, levers and parameters, and to the indicators that its claims name."""
    found, levers = claims_with("mechanisms", name), levers_read(name)
    return Trace(
        "mechanism", name, found, (name,), levers, parameters_of(name), _indicators(found),
        _scenarios(levers), _tests((name,), (name,)),
    )  # fmt: skip


def of_lever(name: str) -> Trace:
    """Trace a lever to its claims, and to the rules that read it."""
    found, mechanisms = claims_with("levers", name), readers(name)
    return Trace(
        "lever",
        name,
        found,
        mechanisms,
        (name,),
        (),
        _indicators(found),
        _scenarios((name,)),
        _tests(mechanisms, (name,)),
    )


def of_parameter(full: str) -> Trace:
    """Trace a parameter to its claims."""
    mechanism = full.partition(".")[0]
    mechanisms = (mechanism,) if mechanism in SCHEDULE else ()
    found = parameter_claims(full)
    return Trace("parameter", full, found, mechanisms, (), (full,), _indicators(found), {}, _tests(mechanisms, ()))


def of_indicator(name: str) -> Trace:
    """Trace an indicator to the claims that name it, and to what carries these."""
    found = claims_with("indicators", name)
    mechanisms = _unique(rule for each in found for rule in claims()[each].carried_by.mechanisms)
    levers = _unique(lever for each in found for lever in claims()[each].carried_by.levers)
    return Trace("indicator", name, found, mechanisms, levers, (), (name,), {}, tests_naming(name))


def claim_mechanisms(claim: Claim) -> Names:
    """Return the mechanisms that a claim's card names, then those that read its levers."""
    return _unique(
        [*claim.carried_by.mechanisms, *(rule for lever in claim.carried_by.levers for rule in readers(lever))]
    )


def claims_with(kind: str, name: str) -> Names:
    """Return the claims whose cards list ``name`` under ``kind`` of ``carried_by``."""
    return _index().get((kind, name), ())


def parameter_claims(full: str) -> Names:
    """Return the claims that name a parameter, or else those of its mechanism."""
    return claims_with("parameters", full) or claims_with("mechanisms", full.partition(".")[0])


def parameter_uses(full: str) -> Names:
    """Return the functions that read a parameter, as ``file: function``."""
    mechanism, _, name = full.partition(".")
    return uses(mechanism, name)


def parameters_of(mechanism: str) -> Names:
    """Return the parameters of a mechanism, but for the small constants of its equations."""
    return tuple(f for f, card in all_cards().items() if f.partition(".")[0] == mechanism and card.sampled)


@cache
def _index() -> dict[tuple[str, str], Names]:
    found: dict[tuple[str, str], list[str]] = {}
    for claim in claims().values():
        for kind, names in claim.carried_by.links().items():
            for name in names:
                found.setdefault((kind, name), []).append(claim.id)
    return {key: tuple(ids) for key, ids in found.items()}


def _indicators(found: Names) -> Names:
    return _unique(name for each in found for name in claims()[each].carried_by.indicators)


def _scenarios(levers: Names) -> dict[str, Names]:
    some = {scenario: tuple(name for name in levers if name in levels) for scenario, levels in pulled().items()}
    return {scenario: names for scenario, names in some.items() if names}


def _tests(mechanisms: Names, words: Names) -> Names:
    return _unique([*map(mechanism_test, mechanisms), *_naming(words)])


def _naming(words: Names) -> Iterator[str]:
    for word in words:
        yield from tests_naming(word)


def _unique(names: Iterable[str]) -> Names:
    return tuple(dict.fromkeys(names))
