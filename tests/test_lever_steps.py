"""Steps of one file act in the order of their dates; files are laid one on the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_sim.scenario.lever_steps import ZONES, LeverStep, by_date, laid
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import Scenario

OPENING = np.arange(22) * 4
TWO = ("name: m\nbase: history\npolicy:\n"
       "  - {lever: ai_plus, from: 2030Q1, level: 1}\n  - {lever: ai_plus, from: 2025Q1, level: 0.5}\n")  # fmt: skip


def step(start, level=1.0, lever="ai_plus", **rest):
    return LeverStep.model_validate({"lever": lever, "from": start, "level": level, **rest})


def levels(steps, lever="ai_plus"):
    return compile_policy(steps, OPENING, 92).level(lever)


def test_the_order_in_a_file_does_not_matter(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(TWO)
    spec = Scenario.load(path)
    at = {quarter: levels(spec.policy)[quarter, 0] for quarter in (47, 48, 67, 68, 91)}
    assert at == {47: 0.2, 48: 0.5, 67: 0.5, 68: 1, 91: 1}  # history left 0.2; 2025Q1 is 48, 2030Q1 is 68


def test_opening_comes_before_every_date_and_the_last_of_one_date_wins():
    steps = by_date([step("2014Q1", 0.3), step("opening", 0.1), step("2014Q1", 0.4)])
    assert [each.level for each in steps] == [0.1, 0.3, 0.4]


def test_levers_keep_their_places():
    steps = by_date([step("2030Q1"), step("2020Q1", lever="replication"), step("2025Q1")])
    assert [(each.lever, str(each.start)) for each in steps] == [
        ("ai_plus", "2025Q1"),
        ("replication", "2020Q1"),
        ("ai_plus", "2030Q1"),
    ]


def test_a_file_laid_on_another_overrides_it_from_its_own_dates_on():
    steps = laid([step("2030Q1", 0.9), step("2025Q1", 0.5), step("2027Q1", 0.2)], ["base", "base", "mine"])
    assert [(str(each.start), each.level) for each in steps] == [("2025Q1", 0.5), ("2027Q1", 0.2)]


def test_what_is_overridden_in_one_zone_holds_on_in_the_others():
    steps = laid([step("2030Q1", 0.9), step("2027Q1", 0.2, zones=["SH"])], ["base", "mine"])
    found = levels(steps)
    assert (found[91, 0], found[91, 1]) == (0.2, 0.9)
    assert steps[1].zones == ZONES[1:]


dated = st.builds(
    lambda start, level, ramp, zones: step(f"{2013 + start // 4}Q{start % 4 + 1}", level, ramp=ramp, zones=zones),
    st.integers(0, 91),
    st.floats(0, 1),
    st.integers(0, 12),
    st.sampled_from([None, ("SH",), ("SH", "GD"), ("GD", "XJ")]),
)


@given(st.lists(st.lists(dated, max_size=3), max_size=3))
def test_laid_steps_are_those_of_the_files_one_after_the_other_and_stay_so_in_one_file(files):
    steps = [each for file in files for each in file]
    sources = [str(number) for number, file in enumerate(files) for _ in file]
    one_after_the_other = [each for file in files for each in by_date(file)]
    found = laid(steps, sources)
    np.testing.assert_array_equal(levels(found), levels(one_after_the_other))
    assert laid(found, ["dump"] * len(found)) == found


ADDED = "policy=[{lever: ai_plus, from: 2026Q1, level: 0.9}]"


@pytest.mark.parametrize("name", ["single_ftz", "cross_zone"])
def test_steps_that_are_set_are_added(name):
    before, after = Scenario.load(name), Scenario.load(name, [ADDED])
    assert len(after.policy) == len(before.policy) + 1
    assert [each for each in after.policy if each.lever != "ai_plus"] == [
        each for each in before.policy if each.lever != "ai_plus"
    ]
    assert levels(after.policy)[91, 0] == 0.9


def test_overrides_are_laid_one_after_the_other():
    twice = Scenario.load("no_ftz", [ADDED.replace("2026Q1", "2030Q1"), ADDED.replace("0.9", "0.3")])
    assert [str(each) for each in twice.policy if each.lever == "ai_plus"] == ["0.3 from 2026Q1"]


def test_a_dump_of_what_was_laid_loads_the_same(tmp_path):
    spec = Scenario.load("history", ["policy=[{lever: ai_plus, from: 2016Q1, level: 0.9, zones: [SH]}]"])
    path = tmp_path / "dump.yaml"
    path.write_text(spec.dump(), encoding="utf-8")
    assert Scenario.load(path) == spec
    assert Scenario.model_validate(spec.model_dump(by_alias=True)) == spec
