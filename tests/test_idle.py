"""What never acts is said: steps after the end, in closed zones, laid over, and shocks after the end."""

import pytest

from ftz_sim.scenario.idle import sentences, steps
from ftz_sim.scenario.scenario import Scenario, scenario_names

CASES = {
    "after the end": ("horizon: {end: 2024Q4}", "{lever: ai_plus, from: 2025Q1, level: 1}", "idle_late"),
    "zones that open later": (
        "horizon: {end: 2019Q4, fork: 2019Q1}",
        "{lever: ai_plus, from: 2019Q1, level: 1, zones: [XJ]}",
        "idle_closed",
    ),
    "the opening is after the end": (
        "horizon: {end: 2019Q4, fork: 2019Q1}",
        "{lever: ai_plus, from: opening, level: 1, zones: [XJ]}",
        "idle_closed",
    ),
    "no status": ("base: no_ftz", "{lever: ai_plus, from: 2025Q1, level: 1}", "idle_closed"),
    "another of the same date": (
        "base: history",
        "{lever: ai_plus, from: 2025Q1, level: 1}, {lever: ai_plus, from: 2025Q1, level: 0.5}",
        "idle_covered",
    ),
}
STATUS = "{lever: zone_status, from: opening, level: 1}"


def load(tmp_path, keys, policy):
    path = tmp_path / "m.yaml"
    path.write_text(f"name: m\n{keys}\npolicy: [{policy}]\n")
    return Scenario.load(path)


@pytest.mark.parametrize("case", CASES)
def test_a_step_that_never_acts_is_told_with_the_reason(case, tmp_path):
    keys, policy, reason = CASES[case]
    with_zones = policy if case == "no status" or "base" in keys else f"{STATUS}, {policy}"
    spec = load(tmp_path, keys, with_zones)
    ((step, why),) = [(step, why) for step, why in steps(spec) if step.lever == "ai_plus"]
    assert (step.level, why) == (1, reason)


@pytest.mark.parametrize(
    "policy",
    [
        f"{STATUS}, {{lever: ai_plus, from: 2030Q1, level: 1}}, {{lever: ai_plus, from: 2025Q1, level: 0.5}}",
        f"{STATUS}, {{lever: ai_plus, from: 2025Q1, level: 1}}, {{lever: ai_plus, from: 2030Q1, level: 1}}",
        # Xinjiang opens in 2023Q4: the ramp that is heard begins where a step before the opening left it
        f"{STATUS}, {{lever: ai_plus, from: 2015Q1, level: 1, zones: [XJ]}}, "
        "{lever: ai_plus, from: 2023Q1, level: 0, ramp: 20, zones: [XJ]}",
        "{lever: replication, from: 2035Q4, level: 1}",
    ],
)
def test_a_step_that_acts_is_not_told(policy, tmp_path):
    assert list(sentences(load(tmp_path, "why: all of them act", policy), "en")) == []


@pytest.mark.parametrize("name", scenario_names())
def test_all_that_is_shipped_acts(name):
    assert list(steps(Scenario.load(name))) == []


def test_one_sentence_for_each_reason():
    said = list(sentences(Scenario.load("history", ["horizon.end=2016Q4"]), "en"))
    assert len(said) == 2
    assert "after the run's end, 2016Q4, and never act: accession_preparation 2021Q4" in said[0]
    assert "have no zone_status, until 2016Q4: talent_programme opening, venture_fund opening" in said[1]


def test_an_end_before_the_fork_is_told_by_the_check():
    assert Scenario.load("baseline", ["horizon.end=2024Q4"]).warnings() == []  # a run of history alone
    spec = Scenario.load("baseline", ["horizon={fork: 2025Q1, end: 2024Q4}"])
    assert "the run ends in 2024Q4, before the fork in 2025Q1" in spec.warnings()[0]
    assert "早于各战略开始分叉的2025Q1" in spec.warnings("zh")[0]
