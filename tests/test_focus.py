"""Questions about a place: paired like national ones, checked before anything runs, answered in words and on a page."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import ftz_sim as ftz
from builders import early, small
from ftz_sim.analysis.attribute import attribute
from ftz_sim.analysis.drawn import spec_of
from ftz_sim.analysis.focus import Focus, Question, place_code
from ftz_sim.analysis.focus_words import decided, following, sentences, winner
from ftz_sim.analysis.replay import replay, verify
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import REGION, ZONE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.streams import child_seed
from ftz_sim.report.page import write_report
from ftz_sim.results.manifest import output_checksums, save
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import place_name
from ftz_sim.runs.engine import map_runs, replicate_jobs

ROOT = Path(__file__).parents[1]
NAMES = ("single_ftz", "no_ftz")
ASKED = {"focus": "Shanghai", "indicators": "fdi_high_tech,patents,gdp", "at": [2013, 2014]}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("focus") / "out"
    return ftz.compare([small(name, "horizon.end=2014Q2") for name in NAMES], reps=3, seed=5, out=folder, **ASKED)


def test_a_place_is_known_by_its_code_and_by_its_names():
    assert {place_code(name) for name in ("HB", "hb", "Hubei", "湖北", "Hubei FTZ", "湖北自贸试验区")} == {"HB"}
    assert (place_name("zone", "HB", "zh"), place_name("region", "HB"), place_name("national", "CN")) == (
        "湖北自贸试验区", "Hubei", "China",
    )  # fmt: skip


def test_a_question_has_a_target_for_every_level_that_knows_its_indicator():
    found = Question.of("HB,GZ", ["fdi_high_tech", "patents", "theil"], "2030").targets(2035)
    told = [(target.level, target.place, target.variable.name) for target in found]
    assert told == [
        ("national", "CN", "patents"), ("national", "CN", "theil"),
        ("region", "HB", "fdi_high_tech"), ("region", "HB", "patents"), ("zone", "HB", "fdi_high_tech"),
        ("region", "GZ", "fdi_high_tech"), ("region", "GZ", "patents"),
    ]  # fmt: skip
    assert {target.at for target in found} == {2030}
    assert Question.of((), "gdp", ()).targets(2020)[0].at == 2020


@pytest.mark.parametrize(
    ("question", "english", "chinese"),
    [
        (("Hubie", "gdp", ()), "did you mean 'Hubei'", "没有名为'Hubie'的省份"),
        (("HBB", "gdp", ()), "XJ Xinjiang; did you mean 'HB'?", "没有名为'HBB'的省份"),
        (("HB", "fdi_hightech", ()), "did you mean 'fdi_high_tech'", "指标中没有'fdi_hightech'"),
        (((), "patens", ()), "did you mean 'patents'", "全国指标中没有'patens'"),
        (("HB", "gdp", 2036), "takes years from 2013 to 2030", "2013至2030"),
        (("HB", "gdp", "soon"), "takes years from", "2013至2030"),
        (("Guizhou", "value_added", ()), "and GZ has none", "GZ未设"),
    ],
)
def test_what_is_unknown_is_one_error_with_the_nearest_name(question, english, chinese):
    with pytest.raises(InputError) as caught:
        Question.of(*question).targets(2030)
    assert english in caught.value.say("en") and chinese in caught.value.say("zh")


def test_differences_of_a_place_are_those_of_its_runs(result):
    specs = [small(name, "horizon.end=2014Q2") for name in NAMES]
    runs = {(run.spec.name, run.replicate): run for run in map_runs(replicate_jobs(specs, 3, 5))}
    row = result.focus.table.query("scenario == 'no_ftz' and level == 'zone' and at == 2014").iloc[0]
    place = runs["no_ftz", 0].tables.codes.zones.code.index("SH")
    mean = [runs["single_ftz", i].tables.zones["fdi_high_tech"][4:6, place].mean() for i in range(3)]
    assert row["reference_mean"] == pytest.approx(np.mean(mean))
    region = result.focus.table.query(
        "scenario == 'no_ftz' and level == 'region' and indicator == 'gdp' and at == 2014"
    )
    gains = result.provinces.query("region == 'SH' and scenario == 'no_ftz'")
    for ours, theirs in (("difference", "gain"), ("ci_low", "ci_low"), ("ci_high", "ci_high")):
        assert region[ours].iloc[0] == pytest.approx(gains[theirs].iloc[0])
    national = result.focus.table.query(
        "level == 'national' and indicator == 'gdp' and at == 2014 and scenario == 'no_ftz'"
    )
    whole = result.comparison.query("indicator == 'gdp' and at == '2014' and scenario == 'no_ftz'")
    assert national["ci_low"].iloc[0] == pytest.approx(whole["ci_low"].iloc[0])


def test_high_tech_fdi_is_the_share_of_fdi(result):
    run = ftz.run(small("history", "horizon.end=2014Q4"), seed=1)
    zones = run.tables.zones
    np.testing.assert_allclose(zones["fdi_high_tech"], zones["fdi"] * zones["fdi_high_tech_share"], atol=1e-12)
    regions = run.tables.regions["fdi_high_tech"].sum(axis=1)
    national = run.tables.national
    np.testing.assert_allclose(regions, national["fdi"] * national["fdi_high_tech_share"])
    assert {"fdi_high_tech"} <= set(REGION) & set(ZONE)


def test_the_folder_is_verified_and_its_report_has_the_section_in_both_languages(result, few_figures):
    assert verify(result.folder).problems == []
    page = write_report(result.folder).read_text(encoding="utf-8")
    for lang, words in (
        ("en", ("What you asked about", "Shanghai FTZ, 2014")),
        ("zh", ("所问的省份与指标", "上海自贸试验区，2014年")),
    ):
        section = page.partition(f'<section id="{lang}-focus"')[2].partition("</section>")[0]
        assert all(text in section for text in words)
        assert "ftz attribute" in section and "--draws" in section
        assert section.count("<caption>") == len(result.focus.table.groupby(["level", "place", "at"]))


def test_draws_say_which_parameters_decide_for_a_place(tmp_path):
    specs = [small(name, "horizon.end=2014Q2") for name in NAMES]
    made = ftz.compare(specs, reps=2, seed=5, draws=4, out=tmp_path / "out", **ASKED)
    drawn = made.drawn
    assert drawn.focus.outcomes.shape == (2, 4, len(made.focus.targets)) and np.isfinite(drawn.focus.outcomes).all()
    target, number = drawn.targets[-1], 3
    run = ftz.run(spec_of(specs[1], drawn.draws[number]), model_seed=child_seed(5, 0, number))
    assert drawn.focus.outcomes[1, number, -1] == target.of(run.tables)
    assert verify(made.folder, sample=8).agrees
    tornado = pd.read_csv(made.folder / "focus_tornado.csv")
    assert set(tornado["place"]) == {"SH"} and set(tornado["parameter"]) <= set(drawn.draws[0])
    table = pd.read_parquet(made.folder / "draw_runs.parquet")
    table.loc[table["run_id"] == "no_ftz-d0003", target.column] += 1e-9
    table.to_parquet(made.folder / "draw_runs.parquet", index=False)
    (difference,) = replay(made.folder, "no_ftz-d0003").differences
    assert target.column in difference


@pytest.mark.parametrize("by", ["group", "mechanism"])
def test_an_attribution_to_a_place_is_made_again_from_its_folder(tmp_path, by):
    specs = [early(name) for name in ("integrated", "single_ftz")]
    asked = {"focus": "Shanghai", "indicators": "fdi_high_tech,gdp"}
    made = attribute(*specs, reps=1, by=by, out=tmp_path / "out", **asked)
    found = verify(made.folder, sample=2)
    assert found.agrees and len(found.replays) == 2
    table = pd.read_parquet(made.folder / "asked_runs.parquet")
    column = made.targets[0].column
    table.loc[0, column] += 1
    table.to_parquet(made.folder / "asked_runs.parquet", index=False)
    save(made.folder, read_manifest(made.folder) | {"outputs": output_checksums(made.folder)})
    assert any("attribution.csv" in text for text in verify(made.folder).problems)
    (difference,) = replay(made.folder, table["run_id"][0]).differences
    assert column in difference
    table[1:].to_parquet(made.folder / "asked_runs.parquet", index=False)
    save(made.folder, read_manifest(made.folder) | {"outputs": output_checksums(made.folder)})
    assert verify(made.folder).problems == ["asked_runs.parquet: not what the tables give"]


def test_an_edited_answer_is_named(result, tmp_path):
    import shutil

    folder = tmp_path / "edited"
    shutil.copytree(result.folder, folder)
    table = pd.read_csv(folder / "focus.csv")
    table.loc[0, "mean"] *= 1.5
    table.to_csv(folder / "focus.csv", index=False)
    assert any("focus.csv" in text for text in verify(folder).problems)


def made_up(shift: float) -> Focus:
    """One place and two strategies whose difference is ``shift`` percent, whatever the draw."""
    focus = Focus(Question.of("HB", "patents", 2030), 2030, NAMES, "single_ftz", 24)
    noise = np.random.default_rng(2).normal(100, 3, size=(24, 2))
    focus.outcomes[0] = noise
    focus.outcomes[1] = noise * (1 + shift / 100 * np.linspace(0.5, 1.5, 24)[:, None])
    return focus


def test_words_name_the_clear_best_or_say_that_there_is_none():
    ahead, same = made_up(2).table, made_up(0).table
    english = sentences(ahead, "en", lambda name: f"the {name}")
    assert english[-1] == "Of what was asked of Hubei, the no_ftz is the clear best on 1 of 1, and no other on more."
    assert (
        "Hubei, 2030, against the single_ftz: the no_ftz is the clear best on patents (+2.0 %, 95 % interval"
        in english[1]
    )
    assert "没有情景明确最优" in sentences(same, "zh")[-1]
    assert winner(ahead) == "no_ftz"
    command = following(Path("results/x"), NAMES, ahead, Question.of("HB", "patents", 2030), "en")[0][1]
    assert command[:3] == ["ftz", "attribute", "results/x/scenarios/no_ftz.yaml"]


def test_what_decides_is_named_if_parameters_were_drawn():
    name = next(name for name, card in all_cards().items() if card.sampled)
    draws = [{name: value} for value in np.linspace(0, 1, 24)]
    told = decided(made_up(2).tornado(draws), "en")
    assert len(told) == 1 and "rank correlation +1.0)" in told[0]
    assert "too few" in decided(made_up(2).tornado(draws).assign(n=12), "en")[0]
    assert decided(made_up(0).tornado(draws), "en") == [
        "No drawn parameter decides a difference beyond what chance gives."
    ]


def test_an_attribution_of_a_place_adds_up_and_is_told(tmp_path):
    specs = [early(name) for name in ("integrated", "single_ftz")]
    found = ftz.attribute(*specs, reps=2, seed=2, focus="上海", indicators="fdi_high_tech", out=tmp_path / "out")
    np.testing.assert_allclose(found.shapley.sum(axis=1), found.gap, atol=1e-9)
    table = found.table
    assert [*table.columns[:4]] == ["level", "place", "indicator", "at"]
    gap = table[(table["part"] == "gap") & (table["level"] == "region")].iloc[0]
    paired = ftz.compare(specs, "single_ftz", reps=2, seed=2, focus="SH", indicators="fdi_high_tech").focus.table
    row = paired.query("scenario == 'integrated' and level == 'region'").iloc[0]
    assert gap["one_in"] == pytest.approx(row["difference"])
    assert "Shanghai FTZ, 2014 · high-tech FDI" in found.sentence() and "上海，2014年" in found.sentence("zh")
    write_report(found.folder)
    assert "高技术产业外资" in (found.folder / "figures" / "waterfall.zh.svg").read_text(encoding="utf-8")


def test_indicators_of_the_nation_can_be_asked_of_a_year():
    found = ftz.compare([small(name, "horizon.end=2014Q2") for name in NAMES], reps=1, indicators=["gdp"], at=2013)
    assert found.focus.table["level"].unique().tolist() == ["national"]
    assert ftz.compare([small(name, "horizon.end=2013Q2") for name in NAMES], reps=1).focus is None


def test_the_analysts_three_commands_answer(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "ask-about-a-place.md").read_text(encoding="utf-8")
    commands = page.partition("```\n")[2].partition("```")[0].splitlines()
    assert len(commands) == 3
    fund = all_cards()["public_finance.fund_share"].default
    assert f"public_finance.fund_share={fund / 2:g}" in commands[1], "half of what it is"
    monkeypatch.chdir(tmp_path)
    for command in commands:
        small_size = ["--reps", "1", "--firms", "2000", "--no-figures"]
        few_draws = ["--draws", "2"] * ("compare" in command)
        done = CliRunner().invoke(app, [*shlex.split(command)[1:], *small_size, *few_draws])
        assert done.exit_code == 0, done.output
        assert "Hubei FTZ, 2030" in done.output
    kept = json.loads((tmp_path / "results" / "hubei_tariffs" / "manifest.json").read_text(encoding="utf-8"))
    assert kept["focus"]["places"] == ["HB"] and kept["focus"]["folder"] == "results/hubei_tariffs"
    both = [pd.read_csv(tmp_path / "results" / name / "focus.csv") for name in ("hubei", "hubei_tariffs")]
    assert (both[0]["mean"] - both[1]["mean"]).abs().max() > 0
