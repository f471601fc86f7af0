"""The JSON schema and the checker agree: two validators and the checker judge every mutation of what is shipped."""

from __future__ import annotations

import copy
import json
import random

import fastjsonschema
import jsonschema
import pytest
import yaml

from ftz_sim.errors import InputError
from ftz_sim.scenario.scenario import Scenario, scenario_names, scenarios_folder

ROOT = scenarios_folder().parent
SCHEMA = json.loads(Scenario.json_schema())
FAST = fastjsonschema.compile(SCHEMA)
VALIDATORS = (jsonschema.Draft202012Validator(SCHEMA).is_valid, lambda data: _passes(data))
ODD = (None, "", "m", "山东方案", "a b", "on", "off", True, False, 0, 1, -1, 0.5, 1.5, 2.5, 50_000, 1e9, [], {},
       "opening", "2012Q4", "2013Q1", "2035Q4", "2036Q1", "٢٠٣٠Q1", "2025Q5", ["SH", "SH"], ["SH"], [1, 1], [0.1, 0.2],
       {"en": "a"}, {"en": "a", "zh": "b\u0007"}, "x" * 65, "history", ["linkage"], "zone_status")  # fmt: skip
# What JSON Schema cannot say, by a word of the complaint
UNSAID = {
    "is before the start": "two quarters of one shock are compared",
    "firms would have no size limit": "a sum of parameters is bounded",
    "must be above 1": "elasticities are bounded by a rule of the mechanism, which the card does not hold",
    "leaves nothing for tier 0": "two parameters and a table are combined",
    "circular": "a base is compared with the name",
}


def _passes(data):
    try:
        FAST(data)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


def complaint(data):
    """Return what the checker says; nothing if all is well."""
    try:
        Scenario.of_text(json.dumps(data), "mutant")
    except InputError as error:
        return str(error)
    return ""


def places(value, path=()):
    """Yield the way to every value inside ``value``."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(value[key], (*path, key))


def mutants(data, most, seed):
    """Yield copies of ``data`` with one value replaced, removed or added."""
    rng, ways = random.Random(seed), list(places(data))
    for way in rng.sample(ways, min(most, len(ways))):
        for odd in rng.sample(ODD, 3):
            yield _changed(data, way, lambda owner, key, odd=odd: owner.__setitem__(key, odd))
        yield _changed(data, way, lambda owner, key: owner.__delitem__(key))
        yield _changed(data, way, lambda owner, key: owner.update(surplus=1) if isinstance(owner, dict) else None)


def _changed(data, way, change):
    out = copy.deepcopy(data)
    owner = out
    for key in way[:-1]:
        owner = owner[key]
    change(owner, way[-1])
    return out


def differences(data, most, seed):
    found = []
    for mutant in mutants(data, most, seed):
        said = complaint(mutant)
        if said and all(any(word in line for word in UNSAID) for line in said.splitlines()):
            continue
        for validator, is_valid in zip(("jsonschema", "fastjsonschema"), VALIDATORS, strict=True):
            if is_valid(mutant) != (not said) and not _differs_by_nature(mutant, validator):
                found.append((validator, said, mutant if len(str(mutant)) < 400 else "..."))
    return found


def _differs_by_nature(mutant, validator):
    """JSON has one kind of number: 1.0 is a whole one for a schema; and in Python 1 is among (on, true)."""
    values = [_at(mutant, way) for way in places(mutant)]
    whole = any(isinstance(value, float) and value.is_integer() for value in values)
    switch = (
        any(
            isinstance(value, int | float) and not isinstance(value, bool)
            for value in mutant.get("mechanisms", {}).values()
        )
        if isinstance(mutant.get("mechanisms"), dict)
        else False
    )
    return whole or (validator == "fastjsonschema" and switch)


def _at(value, way):
    for key in way:
        value = value[key]
    return value


def shipped(name):
    return yaml.safe_load((scenarios_folder() / f"{name}.yaml").read_text(encoding="utf-8"))


RICH = {
    "name": "rich",
    "title": {"en": "a", "zh": "甲"},
    "base": "history",
    "packages": ["linkage"],
    "horizon": {"fork": "2025Q1", "end": "2030Q4"},
    "population": {"firms": 3000},
    "mechanisms": {"migration": "off"},
    "policy": [
        {"lever": "ai_plus", "from": "2026Q1", "level": 0.5, "ramp": 4, "zones": ["SH", "GD"]},
        {"lever": "replication", "from": "2026Q1", "level": 0.5},
        {"lever": "zone_status", "from": "opening", "level": 1, "ramp": 1},
    ],
    "shocks": [
        {"kind": "technology", "from": "2026Q1", "to": "2027Q1", "size": 0.5, "tiers": [1, 2]},
        {"kind": "tariff", "partner": "US", "from": "2026Q1", "to": "2027Q1", "size": 0.2},
        {"kind": "crisis", "from": "2026Q1", "to": "2027Q1"},
    ],
    "rules": [
        {
            "name": "one",
            "when": {"indicator": "effective_tariff", "partner": "US", "above": 0.2, "quarters": 2},
            "then": [{"lever": "ai_plus", "level": 1, "ramp": 8, "zones": ["SH"]}],
        },
        {
            "name": "several",
            "when": {"any": [{"indicator": "gdp", "province": "SH", "below": 900}, {"indicator": "gdp", "above": 9}]},
            "then": [{"lever": "replication", "level": 0.5}],
        },
    ],
    "parameters": {"negative_list": {"investment_core": [0, 4, 19]}, "law_and_authority": {"pace": 0.1}},
}


@pytest.mark.parametrize("name", [name for name in scenario_names() if name != "baseline"])
def test_mutants_of_shipped_scenarios_are_judged_alike(name):
    assert not complaint(shipped(name))
    assert all(is_valid(shipped(name)) for is_valid in VALIDATORS)
    assert differences(shipped(name), 2, name) == []


def test_mutants_of_a_scenario_with_every_kind_of_key_are_judged_alike():
    assert not complaint(RICH)
    assert differences(RICH, 12, 1) == []


@pytest.mark.study
def test_many_mutants_are_judged_alike():
    assert differences(RICH, 60, 2) == []
    assert differences(shipped("baseline"), 500, 3) == []


def test_every_number_has_the_bounds_that_the_checker_has():
    data = {"name": "m", "parameters": {"production": {"capital": -0.1}}}
    assert complaint(data) and not any(is_valid(data) for is_valid in VALIDATORS)
    data = {"name": "m", "parameters": {"negative_list": {"investment_core": [0, -1, 1]}}}
    assert complaint(data) and not any(is_valid(data) for is_valid in VALIDATORS)


def test_no_word_of_other_languages_is_in_the_schema():
    assert "discriminator" not in Scenario.json_schema()
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


SHIPPED = [path for folder in ("scenarios", "exercises", "sweeps", "seeds") for path in (ROOT / folder).rglob("*.yaml")]


@pytest.mark.parametrize("path", sorted(SHIPPED), ids=lambda path: str(path.relative_to(ROOT)))
def test_yaml_that_is_shipped_is_yaml_for_others_too(path):
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict | list)
