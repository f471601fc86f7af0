"""Choices that wait for signs, and bounds that must hold in a share of draws."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from designs import problem, quick
from ftz_sim.design.design import design
from ftz_sim.design.measures import Bound, Fired, bill
from ftz_sim.design.replay import verify_design
from ftz_sim.design.words import labels
from ftz_sim.design.worlds import Worlds
from ftz_sim.errors import InputError
from ftz_sim.model.clock import Quarter
from ftz_sim.report import signs as signs_figure
from ftz_sim.report.answers import Answers
from ftz_sim.report.figures import draw
from ftz_sim.report.page import write_report
from ftz_sim.results import load, verify
from ftz_sim.runs.engine import simulate
from ftz_sim.scenario.rules import Rule
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import LANGUAGES

WHEN = "when: {indicator: effective_tariff, partner: US, above: [0.02, 0.5], quarters: [1, 2]}"
WAITS = f"  - {{lever: replication, levels: [0.5, 1], from: [2013Q2, 2013Q3], {WHEN}}}"
DATED = "  - {lever: ip_protection, from: 2013Q2}"
MANY = f"{{indicator: gdp, above: {[*range(11)]}}}"
SMALL = {"aims": "{indicator: real_income}", "search": "{evaluations: 30, population: 6}"}


pytestmark = pytest.mark.usefixtures("pymoo", "no_waiting_for_the_disk")


def test_a_choice_may_wait_for_every_threshold_and_length_beside_its_dates(tmp_path):
    (choice, _) = problem(tmp_path, choices=f"{WAITS}\n{DATED}").choices
    assert [str(way) for way in choice.ways] == [
        "0.5 2013Q2", "1 2013Q2", "0.5 2013Q3", "1 2013Q3", "0.5 above 0.02 for 1", "1 above 0.02 for 1",
        "0.5 above 0.02 for 2", "1 above 0.02 for 2", "0.5 above 0.5 for 1", "1 above 0.5 for 1",
        "0.5 above 0.5 for 2", "1 above 0.5 for 2",
    ]  # fmt: skip
    assert choice.dated and choice.waits
    assert choice.told(6, "en") == (
        "national replication at 1 once tariff after preferences, United States, stayed for a quarter above 2 %"
    )
    assert choice.told(6, "zh") == "优惠后关税（美国）有1个季度高于2%后，复制推广取1"


def test_a_choice_may_wait_for_several_signs_in_every_combination(tmp_path):
    when = "when: {any: [{indicator: effective_tariff, partner: US, above: [0.02, 0.5]}, "
    when += "{indicator: gdp_growth, below: 0.03, quarters: [1, 4]}]}"
    found = problem(tmp_path, choices=f"  - {{lever: replication, {when}}}")
    assert [str(way) for way in found.choices[0].ways] == [
        "1 above 0.02 for 1 or below 0.03 for 1", "1 above 0.02 for 1 or below 0.03 for 4",
        "1 above 0.5 for 1 or below 0.03 for 1", "1 above 0.5 for 1 or below 0.03 for 4",
    ]  # fmt: skip
    way = found.choices[0].ways[0]
    assert way.start_name == "effective_tariff partner US above 0.02 for 1 or gdp_growth below 0.03 for 1"
    assert labels(found)[way.start_name][0] == (
        "tariff after preferences, United States, stayed for a quarter above 2 %, or GDP growth stayed for a quarter "
        "below 3 %/yr"
    )
    (rule,) = found.scenario((4,), "waits").rules
    assert [sign.quarters for sign in rule.when.any] == [1, 4]
    assert len({way.key for way in found.choices[0].ways}) == 4


def test_without_dates_a_choice_that_waits_has_none(tmp_path):
    (choice,) = problem(tmp_path, choices=f"  - {{lever: replication, {WHEN}}}").choices
    assert len(choice.ways) == 4 and not choice.dated


def test_a_candidate_that_waits_has_a_rule_and_another_key(tmp_path):
    found = problem(tmp_path, choices=f"{WAITS}\n{DATED}")
    spec = found.scenario((6, 1), "waits")
    assert spec.rules == (
        Rule.model_validate({
            "name": "replication",
            "when": {"indicator": "effective_tariff", "partner": "US", "above": 0.02, "quarters": 1},
            "then": ({"lever": "replication", "level": 1.0},),
        }),
    )  # fmt: skip
    assert found.scenario((2, 1), "dated").rules == ()
    assert len({way.key for way in found.choices[0].ways}) == 12


def test_a_package_waits_as_a_whole_if_its_levers_begin_at_once(tmp_path):
    (choice,) = problem(tmp_path, choices=f"  - {{package: coordination, levels: [0.5], {WHEN}}}").choices
    steps = [step for step in Scenario.load("cross_zone").policy if str(step.start) == "2025Q1"]
    levels = {move.lever: move.level for move in choice.ways[0].moves}
    assert levels and all(any(step.lever == name for step in steps) for name in levels)
    full = {step.lever: step.level for step in steps}
    assert all(level == 0.5 * full[name] for name, level in levels.items())


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("{lever: replication, when: {indicator: gpd, above: 1}}", "choices[0].when.indicator: 'gpd' is no national"),
        ("{lever: replication, when: {indicator: gdp}}", "choices[0].when: name above or below"),
        ("{lever: replication, when: {indicator: value_added, zone: GZ, above: 1}}", "there is no zone in GZ"),
        ("{lever: replication, when: {indicator: gdp, above: 1, quarters: 0}}", "choices[0].when.quarters"),
        ("{lever: replication, when: {indicator: gdp, above: [1, 1]}}", "choices[0].when: name each value once"),
        (
            f"{{lever: replication, when: {{all: [{MANY}, {MANY.replace('above', 'below')}]}}}}",
            "choices[0].when: 121 combinations of thresholds and quarters; allowed: 100 at most",
        ),
        (
            "{lever: replication, when: {all: [{indicator: gdp, above: 1}, {indicator: fdi, zone: GZ, below: 1}]}}",
            "choices[0].when: there is no zone in GZ",
        ),
        ("{lever: replication, when: {all: [{indicator: gdp, above: 1}]}}", "choices[0].when.all: found a list of 1"),
        (f"{{lever: replication, when: {{any: [{MANY}, {MANY}]}}}}", "choices[0].when.any: name each sign once"),
        (
            "{lever: replication, when: {all: [{indicator: gdp, above: 1}, {indicator: gdp, abov: 1}]}}",
            "choices[0].when.all[1].abov: unknown key 'abov'; allowed: indicator, province, zone, partner, ",
        ),
        (
            "{lever: replication, when: {all: [{indicator: gdp, above: [2, 3]}, {indicator: gdp, below: [1, 2]}]}}",
            "choices[0].when.all: gdp is never above 2 and below 2 in the same quarter",
        ),
        ("{package: national_history, when: {indicator: gdp, above: 1}}", "begin in several quarters"),
        ("{lever: ip_protection, zones: [GZ]}", "choices[0].zones: there is no zone in GZ"),
    ],
)
def test_what_is_wrong_with_a_sign_is_said_with_its_line(tmp_path, choices, said):
    with pytest.raises(InputError) as error:
        problem(tmp_path, choices=f"  - {choices}")
    assert said in str(error.value) and f"{tmp_path / 'design.yaml'}:" in str(error.value)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error.value.say("zh"))


def test_close_thresholds_are_different_ways(tmp_path):
    close = "{lever: replication, when: {indicator: exports, above: [1234567.1, 1234567.2]}}"
    (choice,) = problem(tmp_path, choices=f"  - {close}").choices
    assert len({str(way) for way in choice.ways}) == len({way.start_name for way in choice.ways}) == 2


def test_no_way_waits_for_signs_that_exclude_each_other(tmp_path):
    both = "{all: [{indicator: gdp, above: [1, 2]}, {indicator: gdp, below: [1, 2, 3]}]}"
    (choice,) = problem(tmp_path, choices=f"  - {{lever: replication, when: {both}}}").choices
    assert [way.start_name for way in choice.ways] == [
        "gdp above 1 for 1 and gdp below 2 for 1", "gdp above 1 for 1 and gdp below 3 for 1",
        "gdp above 2 for 1 and gdp below 3 for 1",
    ]  # fmt: skip


def test_no_way_waits_for_the_same_sign_twice(tmp_path):
    both = "{indicator: gdp, above: [1, 2]}, {indicator: gdp, above: [2, 3]}"
    (choice,) = problem(tmp_path, choices=f"  - {{lever: replication, when: {{any: [{both}]}}}}").choices
    assert [str(way.start) for way in choice.ways] == [
        f"above {one} for 1 or above {other} for 1" for one, other in ((1, 2), (1, 3), (2, 3))
    ]


def test_something_must_be_chosen(tmp_path):
    with pytest.raises(InputError, match="name choices or sites"):
        problem(tmp_path, choices="  []")


def test_a_bound_may_have_to_hold_in_a_share_of_draws():
    costs = np.array([[1.0, 2, 3, 9], [1, 2, 9, 9]])  # of two packages, in four draws
    assert Bound(bill(), 5.0, 1, 0.75).over(costs).tolist() == [-2.0, 4.0]
    assert Bound(bill(), 5.0, 1, 0.5).over(costs).tolist() == [-3.0, -3.0]
    assert Bound(bill(), 5.0, 1, 1.0).over(costs).tolist() == [4.0, 4.0]
    assert Bound(bill(), 5.0, 1).over(costs).tolist() == [-1.25, 0.25]
    assert Bound(bill(), 2.0, -1, 0.75).over(costs).tolist() == [0.0, 0.0]
    assert np.isnan(Bound(bill(), 5.0, 1, 0.5).over(np.array([1.0, np.nan])))
    twenty = np.arange(20.0)
    assert Bound(bill(), 0.0, 1, 0.55).over(twenty) == 10  # the eleventh: 0.55 * 20 is a little more than 11


def test_a_chance_constraint_is_read_said_and_decides_what_is_within(tmp_path):
    found = problem(tmp_path, constraints="{indicator: gdp, least: 1, in: 0.9}")
    bound = found.bounds[0]
    assert bound.share == 0.9
    assert bound.label("en") == "GDP, 2013: at least +1.0 %, in 90% of draws"
    assert bound.label("zh") == "国内生产总值（2013年）不低于+1.0%（90%的抽样中）"
    for text in ("in: 0", "in: 1.5"):
        with pytest.raises(InputError, match=r"constraints\[0\].in"):
            problem(tmp_path, constraints=f"{{indicator: gdp, least: 1, {text}}}")


def test_chance_constraints_shut_out_what_holds_on_average_alone(tmp_path):
    def shaky(jobs, *how):
        for job, run in zip(jobs, quick(jobs, *how), strict=True):
            pulled = any(step.start == job.spec.horizon.fork for step in job.spec.policy)
            loses = pulled and job.replicate % 2 == 0  # in half of the draws
            national = {**run.tables.national, "co2": np.full(4, 101.0 if loses else 97.0 if pulled else 100.0)}
            run.tables = run.tables._replace(national=national)
            yield run

    within = {}
    for share in ("", ", in: 0.9"):
        folder = tmp_path / (share[-3:] or "mean")
        folder.mkdir()
        text = {"constraints": f"{{indicator: co2, most: 0{share}}}", "uncertainty": "{draws: 4}", "most": 100}
        made = design(problem(folder, **text), folder / "out", play=shaky)
        tried = pd.read_parquet(folder / "out" / "tried.parquet")
        within[share] = int(tried["within"].sum())
        assert "front.csv" in made.tables
    assert within == {"": 32, ", in: 0.9": 1}


def test_when_a_rule_fired_is_kept_of_every_run():
    tables = SimpleNamespace(rules={"a": np.array([0.0, 0, 1, 1]), "b": np.zeros(4)})
    assert [Fired(name).of(tables, 0) for name in ("a", "b", "c")] == [2.0, -1.0, -1.0]


@pytest.fixture(scope="module")
def waited(tmp_path_factory):
    """A design whose packages wait, played by the model itself; the tariff of 2013 is below 0.02 or above it."""
    folder = tmp_path_factory.mktemp("waited")
    shock = "{kind: tariff, partner: US, size: 0.9, from: 2013Q2, to: 2013Q4}"
    text = {"uncertainty": f"{{draws: 2, shocks: [{{chance: 0.5, shock: {shock}}}]}}", **SMALL}
    when = "when: {indicator: effective_tariff, partner: US, above: 0.5}"
    return design(problem(folder, choices=f"  - {{lever: replication, from: 2013Q2, {when}}}\n{DATED}", **text),
                  folder / "out")  # fmt: skip


def test_the_best_that_waits_is_held_against_the_best_with_dates(waited):
    table = waited.tables["adaptive.csv"]
    assert table["outcome"].tolist() == ["cost", "real_income 2013"]
    waits, dated = (waited.packages[table[key][0]] for key in ("package", "instead_of"))
    assert waits[0] == 2 and dated[0] != 2
    front = {row["package"]: row for row in waited.tables["packages.csv"].to_dict("records")}
    assert {table["package"][0], table["instead_of"][0]} <= front.keys() | {"begin"}
    assert "Waiting for signs" in waited.sentence["en"] and "等待信号的价值" in waited.sentence["zh"]
    assert waited.failed == 0


def test_the_table_of_signs_says_in_how_many_draws_each_had_come(waited):
    table = waited.tables["signs.csv"]
    assert set(table["sign"]) == {"effective_tariff partner US above 0.5 for 1"}
    assert table["quarter"].tolist() == ["2013Q2", "2013Q3", "2013Q4"]
    package = waited.packages[table["package"][0]]
    spec = waited.problem.scenario(package, "x")
    first = []
    for world in Worlds(waited.problem).fresh:
        fired = simulate(world.of(spec), world.seed).rules.get("replication", np.zeros(4))
        first.append(int(fired.argmax()) if fired.any() else 99)
    by_hand = [np.mean([each <= Quarter.parse(at).index for each in first]) for at in table["quarter"]]
    assert table["share_fired"].tolist() == by_hand
    assert table["share_fired"].iloc[0] == 0 and 0 < table["share_fired"].iloc[-1] < 1


def test_figures_of_signs_are_drawn_and_described_in_both_languages(waited):
    written = {path.name for path in draw(waited.folder)}
    assert {"signs.en.svg", "signs.zh.svg", "front.en.svg"} <= written
    answers = Answers(waited.folder, load(waited.folder).manifest)
    table = answers.table("signs")
    share = f"{table['share_fired'].iloc[-1]:.0%}"
    for lang, name in (
        (
            "en",
            "national replication (tariff after preferences, United States, stayed for a quarter above 50 %) has ",
        ),
        ("zh", "复制推广（优惠后关税（美国）有1个季度高于50%）到2013Q"),
    ):
        said = signs_figure.describe(answers, lang)
        assert name in said and share in said
    drawn = {lang: (waited.folder / "figures" / f"signs.{lang}.svg").read_text(encoding="utf-8") for lang in LANGUAGES}
    assert "tariff after preferences, United States," in drawn["en"] and "above 50 %" in drawn["en"]
    assert "优惠后关税（美国）有1个季度高于50%" in drawn["zh"]
    page = write_report(waited.folder).read_text(encoding="utf-8")
    assert signs_figure.describe(answers, "en") in page
    assert verify(waited.folder) == []


class LongAnswers(Answers):
    """Five rules, each of which waits for many signs."""

    def table(self, name):
        table = super().table(name)
        return pd.concat([table.assign(part=f"rule {number}", share_fired=1.0) for number in range(5)])

    def label(self, name, lang):
        return name if name.startswith("rule") else "GDP growth stayed for a quarter above 4 %/yr, or " * 5


def test_what_rules_wait_for_has_room_beside_the_figure(waited):
    figure = signs_figure.signs(LongAnswers(waited.folder, load(waited.folder).manifest), "en")
    (axes,) = figure.axes
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text().startswith("rule ")]
    assert len(boxes) == 5 and not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    frame = axes.get_window_extent()
    assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)


def test_no_line_of_a_sign_begins_with_a_mark_that_ends_a_phrase():
    assert signs_figure.folded("价" * 26 + "）", "zh") == "价" * 26 + "）"
    assert signs_figure.folded("价" * 26 + "），且高", "zh") == "价" * 26 + "），\n且高"
    assert signs_figure.folded("价" * 27, "zh") == "价" * 26 + "\n价"


def test_runs_that_wait_for_several_signs_are_made_again_bit_for_bit(tmp_path):
    when = "{all: [{indicator: effective_tariff, partner: US, above: 0.01}, {indicator: gdp, above: [0, 1e9]}]}"
    found = problem(tmp_path, choices=f"  - {{lever: replication, when: {when}}}", **SMALL)
    made = design(found, tmp_path / "out")
    runs = pd.read_parquet(made.folder / "runs.parquet")
    assert runs.loc[runs["scenario"] == "1", "fired replication"].min() >= 1  # from the fork on
    assert (runs.loc[runs["scenario"] == "2", "fired replication"] == -1).all()
    again = verify_design(made.folder, len(runs))
    assert again.agrees and len(again.replays) == len(runs)
