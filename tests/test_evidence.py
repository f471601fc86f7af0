"""What leaves the evidence is said, in sentences, manifests and figures; and what evidence there is."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.report.tables import Experiment
from ftz_sim.scenario import evidence
from ftz_sim.scenario.files import scenario_names
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.trace import grades


def kinds(*overrides, base="history"):
    return [(each.kind, each.name) for each in evidence.beyond(Scenario.load(base, overrides))]


def shock(**keys):
    text = ", ".join(f"{name}: {value}" for name, value in keys.items())
    return f"shocks=[{{{text}, from: 2026Q1, to: 2026Q4}}]"


@pytest.mark.parametrize("name", ["baseline", "history", "no_ftz"])
def test_what_was_seen_is_inside(name):
    assert evidence.beyond(Scenario.load(name)) == []
    assert evidence.line({name: evidence.as_json(Scenario.load(name))}, "en") == ""


HARMFUL = [name for name, card in all_cards().items() if isinstance(card.low, float | int) and card.low < 0]


@pytest.mark.parametrize("name", HARMFUL)
def test_what_may_do_harm_may_be_set_below_its_range_and_that_is_said(name):
    low = all_cards()[name].low
    assert kinds(f"{name}={low}") == []
    assert kinds(f"{name}={low - 0.01}") == [("parameter", name)]


def test_every_strategy_pulls_levers_further_than_history_did():
    inside = {name for name in scenario_names() if not evidence.beyond(Scenario.load(name))}
    assert inside == {"baseline", "history", "no_ftz"}
    found = evidence.beyond(Scenario.load("single_ftz"))
    assert all(each.value > float(each.known) for each in found)
    gaps = [each.value - float(each.known) for each in found]
    assert gaps == sorted(gaps, reverse=True)


def test_a_lever_counts_from_its_highest_level_in_history():
    seen = evidence.levels_seen()["data_flow_opening"]
    for level, wanted in ((seen, []), (seen + 0.05, [("lever", "data_flow_opening")])):
        step = f"policy=[{{lever: data_flow_opening, from: 2026Q1, level: {level}}}]"
        assert kinds(step, base="baseline") == wanted


@pytest.mark.parametrize(
    ("keys", "inside"),
    [
        ({"kind": "tariff", "partner": "US", "size": 0.25}, True),
        ({"kind": "tariff", "partner": "US", "size": 0.26}, False),
        ({"kind": "fdi", "size": 0.95}, True),
        ({"kind": "fdi", "size": 0.5}, False),
        ({"kind": "pandemic", "size": 0.09}, True),
        ({"kind": "pandemic", "size": 0.2}, False),
        ({"kind": "carbon_price", "size": 50}, True),
        ({"kind": "carbon_price", "size": 500}, False),
        ({"kind": "technology", "size": 0.01}, False),  # never seen at all
        ({"kind": "crisis"}, False),
    ],
)
def test_shocks_are_held_against_what_figures_hold(keys, inside):
    assert kinds(shock(**keys)) == ([] if inside else [("shock", keys["kind"])])


def test_a_sentence_for_each_and_one_for_all_levers():
    spec = Scenario.load("single_ftz", ["parameters.carbon.trend=0.2", shock(kind="crisis")])
    for lang, words in (("en", ["carbon.trend = 0.2", "sudden stop", "29 more"]),
                        ("zh", ["（carbon.trend） = 0.2", "资本流入骤停", "另有29项"])):  # fmt: skip
        told = evidence.sentences(spec, lang, most=5)
        assert len(told) == 3
        assert all(any(word in sentence for sentence in told) for word in words)
        assert evidence.sentences(spec, lang)[0].count("2024") > 30


def test_console_manifest_and_figures_say_so(tmp_path):
    folder = tmp_path / "r"
    small = ["--firms", "2000", "--end", "2014Q4", "--no-figures"]
    done = CliRunner().invoke(app, ["run", "history", *small, "--set", shock(kind="crisis"), "--out", str(folder)])
    assert done.exit_code == 0, done.output
    assert "shocks beyond anything seen to 2024: 1 in history" in done.output
    kept = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outside_evidence"]
    assert [each["name"] for each in kept["history"]] == ["crisis"]
    stamp = Experiment.read(folder).stamp("en", "stamp.range")
    assert stamp.startswith("outside the evidence: shocks (1)\n")
    assert Experiment.read(folder).stamp("zh", "stamp.range").startswith("超出证据范围：1项冲击\n")


# evidence behind indicators


def test_an_indicator_depends_on_the_columns_that_change_it():
    found = grades.dependencies()
    assert set(found) == set(NATIONAL)
    assert found["co2_intensity"] == {"regions.emissions", "nation.gdp"}
    assert found["capital"] == {"firms.capital"}
    assert all(found.values())


def test_the_path_of_evidence_leads_back_to_parameters():
    paths = grades.paths()
    assert paths["co2"].nearest == ("carbon",)
    assert paths["carbon_price"].rules == ("exogenous_paths",)  # nothing acts on published prices
    assert set(paths["gdp"].rules) == set(SCHEDULE)
    assert sum(paths["law"].nearest_grades.values()) == 1


def test_no_indicator_is_free_of_assumptions():
    """The page says so in words (`evidence.weakest`)."""
    assert {path.weakest for path in grades.paths().values()} == {"A"}


def test_the_weakest_grade_is_the_last_that_occurs():
    assert grades.Path((), (), {"D": 1, "L": 2, "C": 0, "A": 0}, {}).weakest == "L"
    assert grades.Path((), (), {"D": 1, "L": 2, "C": 0, "A": 1}, {}).weakest == "A"
