"""A design file: what it means, and what is said of one that is wrong, with its line."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from designs import LEVERS, design_file, problem
from ftz_sim.analysis.panel import DISCOUNT_RATE
from ftz_sim.design.measures import Bound, Measure, Reading, bill, yearly_bill
from ftz_sim.design.problem import read_problem
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL, REGION
from ftz_sim.model.clock import Quarter
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import Scenario

ROOT = Path(__file__).parents[1]
WRONG = {
    "choices": {
        "  - {lever: preference_suport, from: 2013Q2}": "design.yaml:5: choices[0].lever: unknown lever",
        "  - {lever: zone_zero_tariff, package: linkage}": "design.yaml:5: choices[0]: name a lever or a package",
        "  - {package: linkages}": "choices[0].package: found 'linkages'",
        "  - {lever: replication, from: 2013Q1}": "choices[0].from: 2013Q1 is outside 2013Q2 to 2013Q4",
        "  - {lever: replication, zones: [SH]}": "choices[0].zones: replication is a national lever",
        "  - {lever: ip_protection, zones: {a: [SH], b: [SH, GD]}}": "choices[0].zones: name each zone once",
        "  - {lever: ip_protection, zones: []}": "choices[0].zones: name each zone once, and at least one",
        "  - {lever: replication}\n  - {lever: replication}": "design.yaml:6: choices[1]: replication may be",
        "  - {lever: replication, levels: [0.5, 0.5]}": "choices[0].levels: name each value once",
        "  - {lever: zone_status, from: 2013Q4, zones: [SH]}": "is what the start does already",
    },
    "aims": {
        "{indicator: gpd}": "aims[0]: 'gpd' is no national indicator; did you mean 'gdp'?",
        "{indicator: gdp, province: Hubai}": "aims[0]: no province or zone is called 'Hubai'",
        "{indicator: gdp, zone: HB}": "aims[0]: 'gdp' is no indicator of zones",
        "{indicator: is_open, zone: JL}": "aims[0]: JL has no zone",
        "{indicator: gdp, province: HB, zone: HB}": "aims[0].zone: name province or zone, not both",
        "{indicator: gdp, at: 2014}": "aims[0]: 2014 is no year of the run: it plays 2013 to 2013",
        "{indicator: gdp, over: [2013, 2012]}": "aims[0]: 2012 is no year",
        "{indicator: list_zone, province: worst}": "aims[0]: 'list_zone' is no indicator of provinces",
    },
    "constraints": {
        "{indicator: co2}": "constraints[0]: name least or most",
        "{indicator: co2, most: 0, least: 1}": "constraints[0]: name least or most",
    },
    "search": {"{method: nsga3}": None, "{evaluations: 0}": "search.evaluations"},
}
CASES = [(key, text, said) for key, cases in WRONG.items() for text, said in cases.items() if said]


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_are_problems(path):
    found = read_problem(path)
    assert found.record.name == path.stem and found.record.why.en and found.record.why.zh
    assert found.record.sites or (found.packages > 1024 and found.bounds)


@pytest.mark.parametrize(("key", "text", "said"), CASES, ids=[text for _, text, _ in CASES])
def test_what_is_wrong_is_said_with_its_line(tmp_path, key, text, said):
    with pytest.raises(InputError) as error:
        read_problem(design_file(tmp_path, **{key: text}))
    assert said in str(error.value), str(error.value)
    assert f"{tmp_path / 'design.yaml'}:" in str(error.value)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error.value.say("zh"))


def test_what_must_be_above_a_number_is_said_in_both_languages(tmp_path):
    with pytest.raises(InputError) as caught:
        problem(tmp_path, most=0)
    assert "budget.most: found 0; allowed: a number above 0 (bn yuan of 2013)" in str(caught.value)
    assert "budget.most: 读到0；应为：大于0的数（2013年价，十亿元）" in caught.value.say("zh")


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    path = design_file(tmp_path, aims="{indicator: gpd}, {indicator: co3}", choices="  - {package: link}")
    with pytest.raises(InputError) as error:
        read_problem(path)
    assert len(str(error.value).splitlines()) == 3


def test_nsga3_needs_several_aims(tmp_path):
    with pytest.raises(InputError, match="nsga3 spreads"):
        problem(tmp_path, search="{method: nsga3}", aims="{indicator: gdp}")
    assert problem(tmp_path, search="{method: nsga3}").record.search.method == "nsga3"


def test_a_lever_is_a_choice_for_each_group_and_a_way_for_each_level_and_start(tmp_path):
    text = "  - {lever: ip_protection, levels: [0.7, 1], from: [2013Q2, 2013Q4], ramp: 2, zones: {%s}}"
    found = problem(tmp_path, choices=text % "east: [SH], west: [SC, CQ]").choices
    assert [choice.name for choice in found] == ["ip_protection.east", "ip_protection.west"]
    ways = [(way.level, str(way.start)) for way in found[0].ways]
    assert ways == [(0.7, "2013Q2"), (1.0, "2013Q2"), (0.7, "2013Q4"), (1.0, "2013Q4")]
    assert found[1].ways[0].steps[0].zones == ("SC", "CQ") and found[1].ways[0].steps[0].ramp == 2
    assert found[0].label("en").endswith("(east)") and found[0].dated


def test_a_package_is_moved_as_a_whole_and_pulled_in_part(tmp_path):
    text = "  - {package: linkage, levels: [0.5, 1], from: [2013Q3, 2013Q4]}"
    choice = problem(tmp_path, choices=text).choices[0]
    written = [step for step in Scenario.load("ftz_fta").policy if step.lever == "technology_partnership"]
    steps = {way.start: way.steps for way in choice.ways if way.level == 0.5}
    lags = {str(start): {step.start.index - start.index for step in own} for start, own in steps.items()}
    assert lags["2013Q3"] == lags["2013Q4"] and 0 in lags["2013Q3"]
    halved = next(step for step in steps[Quarter(2013, 3)] if step.lever == "technology_partnership")
    assert halved.level == 0.5 * written[-1].level


def test_a_candidate_is_laid_over_the_start(tmp_path):
    found = problem(tmp_path)
    spec = found.scenario((1, 0, 0, 0, 1), "both")
    opening = load_figures().zones.opening_quarter
    before, after = (compile_policy(each.policy, opening, 4) for each in (found.start, spec))
    for place, lever in enumerate(LEVERS):
        assert after.level(lever)[1:].tolist() == ([1.0] * 3 if place in (0, 4) else before.level(lever)[1:].tolist())
        assert (after.level(lever)[0] == before.level(lever)[0]).all()
    assert found.scenario(found.nothing, "none").policy == found.start.policy


def test_a_reading_of_a_span_is_a_discounted_mean():
    tables = SimpleNamespace(national={"gdp": np.repeat([10.0, 20.0, 40.0], 4)})
    reading = Reading("national", "CN", NATIONAL["gdp"], 2013, 2015)
    weights = np.array([1, 1 / (1 + DISCOUNT_RATE), 1 / (1 + DISCOUNT_RATE) ** 2])
    assert reading.of(tables, 0) == pytest.approx(np.average([10, 20, 40], weights=weights))
    assert reading._replace(first=2014, last=2014).of(tables, 0) == 20.0


def test_the_worst_province_is_the_one_that_gains_least_or_emits_most():
    start, package = np.array([[100.0, 200.0]]), np.array([[[99.0, 210.0]]])
    columns = []
    readings = tuple(Reading("region", code, REGION["gdp"], 2013, 2013) for code in ("HB", "HN"))
    columns = [reading.column for reading in readings]
    assert Measure(REGION["gdp"], readings, "min").of(package, start, columns)[0, 0] == pytest.approx(-1.0)
    assert Measure(REGION["gdp"], readings, "max").of(package, start, columns)[0, 0] == pytest.approx(5.0)


def test_a_budget_is_on_the_whole_extra_cost_or_on_the_dearest_year():
    yearly = yearly_bill(2013, 2014)
    columns = [reading.column for reading in (*yearly.readings, *bill().readings)]
    start, package = np.array([[1.0, 2.0, 10.0]]), np.array([[[5.0, 3.0, 17.0]]])
    assert yearly.of(package, start, columns)[0, 0] == 4.0
    assert bill().of(package, start, columns)[0, 0] == 7.0
    assert Bound(bill(), 5.0, 1).excess(np.array([7.0, 4.0])).tolist() == [2.0, -1.0]
    assert Bound(bill(), 5.0, -1).excess(np.array([7.0, 4.0])).tolist() == [-2.0, 1.0]


def test_values_are_read_as_on_every_page():
    assert bill().number(160.0, "en") == "+160 bn yuan"
    assert bill().number(160.0, "zh") == "+1,600亿元"
    assert bill().told(160.0, 130.0, 190.0, "zh") == {"value": "+1,600亿元", "low": "+1,300", "high": "+1,900"}
    theil = Measure(NATIONAL["theil"], (Reading("national", "CN", NATIONAL["theil"], 2013, 2013),))
    assert theil.number(0.0004, "en") == f"+0.40 ({theil.shown('en').unit})"  # by the thousand
