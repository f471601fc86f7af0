"""The frozen baseline: no number of the model changes by accident.

Not a test of what is right, but of what is the same: `tests/baseline.yaml` holds indicators of every shipped scenario,
and a change of any rule or parameter moves some of them in every seed. Renewed only by `studies/freeze_baseline.py`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

STUDY = Path(__file__).parents[1] / "studies" / "freeze_baseline.py"
RENEW = "If that is meant: python studies/freeze_baseline.py, and a line `Results:` in the CHANGELOG."


@pytest.fixture(scope="module")
def study():
    found = importlib.util.spec_from_file_location("freeze_baseline", STUDY)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_baseline_holds_every_shipped_scenario(study):
    frozen = study.read()
    assert sorted(frozen) == study.scenarios()
    assert all(len(numbers) == study.SEEDS for scenario in frozen.values() for numbers in scenario.values())


def test_no_number_changed(study):
    lines = study.moved(study.read(), study.play())
    assert not lines, f"{len(lines)} numbers moved, among them\n" + "\n".join(lines[:20]) + "\n" + RENEW


def test_a_change_in_every_seed_counts_and_the_rounding_of_one_does_not(study):
    old = {"history": {"2024Q4 nation gdp": [100.0, 101.0], "2024Q4 zone SH carbon_price": [float("nan")] * 2}}
    assert study.moved(old, old) == []
    assert study.moved(old, {"history": old["history"] | {"2024Q4 nation gdp": [100.01, 101.01]}})
    assert study.moved(old, {"history": old["history"] | {"2024Q4 nation gdp": [100.01, 101.0]}}) == []
    assert study.moved(old, {"history": old["history"] | {"2024Q4 zone SH carbon_price": [1.0, 1.0]}})
    assert study.moved(old, {})


def test_a_small_change_of_one_parameter_is_noticed(study):
    name = "integrated"
    changed = study.play([name], ["parameters.replication.approval_speed=0.505"])
    assert study.moved({name: study.read()[name]}, changed)
