"""Questions about a place that are put to a sweep: what it keeps, its ranges, and the indices of a screening."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from typer.testing import CliRunner

import ftz_sim as ftz
from ftz_sim.analysis.focus import Question
from ftz_sim.analysis.replay import verify
from ftz_sim.analysis.sensitivity import Sensitivity, indices
from ftz_sim.analysis.sweep_focus import asking, sweep_focus
from ftz_sim.analysis.sweep_outcomes import SweepOutcomes
from ftz_sim.cli import app
from ftz_sim.report.answers import Answers
from ftz_sim.report.sensitivity import sensitivity
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import paragraph
from ftz_sim.runs.sampling import design
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.runs.sweep_tables import load_sweep
from ftz_sim.runs.uncertainties import apply, of_card
from ftz_sim.scenario.scenario import Scenario
from sweeps import sweep_file

SMALL = {
    "scenarios": "history, no_ftz", "replicates": 1, "end": "2014Q2",
    "uncertainties": "{production.digital_effect: card, institutional_innovation.trial_rate: card}",
}  # fmt: skip
PLACES = ("--focus", "Shanghai,Hubei", "--indicator", "fdi_high_tech,gdp", "--at", "2013,2014")


def asked_sweep(folder, *more, name="small", method="lhs", samples=12, **changes):
    size = {**SMALL, "method": method, "samples": samples}
    file = sweep_file(folder, f"{name}.yaml", **{**size, **changes})
    return CliRunner().invoke(app, ["sweep", str(file), "--out", str(folder / name), *more])


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    done = asked_sweep(folder, *PLACES, "--no-figures")
    assert done.exit_code == 0, done.output
    return folder / "small", done.stdout


def test_a_sweep_keeps_the_tables_that_are_asked_for_and_no_others(swept, tmp_path):
    folder, _ = swept
    assert {path.stem for path in folder.glob("*.parquet")} == {"runs", "national", "regions", "zones"}
    kept = read_manifest(folder)
    assert kept["tables"] == ["national", "regions", "zones"]
    assert kept["focus"]["places"] == ["Shanghai", "Hubei"] and kept["focus"]["years"] == ["2013", "2014"]
    plan, _ = asking(read_sweep(sweep_file(tmp_path)), tmp_path, ["Guizhou"], ["gdp"], [])
    assert plan.record.tables == ("national", "regions"), "it has no zone"
    plan, targets = asking(read_sweep(sweep_file(tmp_path)), tmp_path, [], [], [])
    assert (plan.record.tables, targets, plan.asked) == (("national",), (), None)
    plan, _ = asking(read_sweep(sweep_file(tmp_path, tables="partners, regions")), tmp_path, [], ["gdp"], [])
    assert plan.record.tables == ("national", "regions", "partners")


def test_ranges_of_a_place_are_those_of_its_runs(swept):
    folder, _ = swept
    found = sweep_focus(folder)
    values = {}
    zones = load_sweep(folder).table("zones").query("zone == 'SH'")
    assert not found.ranges.query("level == 'zone' and place == 'HB'")["median"].any(), "it opens later"
    for name in ("history", "no_ftz"):
        own = zones[(zones["scenario"] == name) & (zones["quarter"].str[:4] == "2014")]
        values[name] = own.groupby("sample")["fdi_high_tech"].mean()
    differences = 100 * (values["no_ftz"] / values["history"] - 1)
    assert differences.abs().min() > 0
    row = found.ranges.query("level == 'zone' and place == 'SH' and indicator == 'fdi_high_tech' and at == 2014").iloc[
        0
    ]
    assert (row["scenario"], row["reference"], row["n"]) == ("no_ftz", "history", 12)
    assert row["median"] == pytest.approx(differences.median())
    assert [row["low"], row["high"]] == pytest.approx([*differences.quantile([0.05, 0.95])])
    assert row["share_above"] == pytest.approx((differences > 0).mean())
    spec, point = found.focus.scenarios.index("no_ftz"), 7
    tables = load_sweep(folder).runs.query("scenario == 'no_ftz' and sample == 7").iloc[0]
    again = ftz.run(apply(Scenario.load(folder / "scenarios" / "no_ftz.yaml"), found.draws[point]),
                    model_seed=int(tables["model_seed"]))  # fmt: skip
    assert found.focus.outcomes[spec, point] == pytest.approx([each.of(again.tables) for each in found.focus.targets])


def test_a_sweep_says_what_was_asked_in_both_languages_and_is_verified(swept):
    folder, english = swept
    assert "Shanghai FTZ, 2014: differences to history, median of 12 draws" in english
    assert "12 draws are too few" in english
    again = asked_sweep(folder.parent, *PLACES, "--lang", "zh").stdout
    assert "上海自贸试验区，2014年：与history的差异，12次抽样的中位数" in again and "原有24次" in again
    told = json.loads(asked_sweep(folder.parent, *PLACES, "--json", "--no-figures").stdout)["focus"]
    assert len(told) == 14 and told[0]["level"] == "national"
    assert len(pd.read_csv(folder / "report" / "focus_ranges.csv")) == 14
    assert verify(folder, sample=2).agrees
    other = asked_sweep(folder.parent, "--quiet")
    assert other.exit_code == 2 and "tables" in other.stderr, "a sweep without places is another sweep"


def test_a_question_that_is_none_is_refused_before_a_sweep_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words, said in (
        (("--focus", "Hubie"), "'Hubei'"),
        (("--at", "2030"), "2013至2014"),
        (("--indicator", "gpd"), "'gdp'"),
    ):
        done = asked_sweep(tmp_path, *words, "--lang", "zh")
        assert done.exit_code == 2 and said in done.stderr
    file = sweep_file(tmp_path, "s.yaml", **SMALL)
    done = CliRunner().invoke(app, ["sensitivity", str(file), "--samples", "4", "--focus", "Hubie", "--lang", "zh"])
    assert done.exit_code == 2 and "'Hubei'" in done.stderr
    assert {path.suffix for path in tmp_path.iterdir()} == {".yaml"}


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("analysed")
    file, runs, out = sweep_file(folder, "s.yaml", **SMALL), folder / "runs", folder / "out"
    words = ["sensitivity", str(file), "--samples", "4", "--runs-out", str(runs), "--out", str(out)]
    done = CliRunner().invoke(app, [*words, *PLACES, "--no-figures"])
    assert done.exit_code == 0, done.output
    return folder, done.stdout


def test_sensitivity_is_told_of_every_place_indicator_and_year(analysed):
    folder, said = analysed
    table = pd.read_csv(folder / "out" / "sensitivity.csv", keep_default_na=False)
    targets = table[["level", "place", "indicator", "at"]].drop_duplicates()
    assert len(targets) == 14 and len(table) == 14 * 3 * 2, "two levels and a difference, two parameters"
    asked = ["CN", "SH", "SH", "SH", "HB", "HB", "HB"]
    assert [*targets["at"]] == 7 * [2013] + 7 * [2014] and [*targets["place"]] == asked + asked, "as it was asked"
    assert "Shanghai FTZ, 2014 · High-tech FDI" in said and "Shanghai FTZ · high-tech FDI in 2014: mean change" in said
    sentence = paragraph(read_manifest(folder / "out")["sentence"], "zh")
    assert "2014年no_ftz相对history的上海自贸试验区高技术产业外资差异" in sentence and "全国" not in sentence


def test_indices_of_a_place_are_those_of_its_outcomes(analysed):
    folder, _ = analysed
    table = pd.read_csv(folder / "out" / "sensitivity.csv", keep_default_na=False)
    sweep = load_sweep(folder / "runs")
    zones = sweep.table("regions").query("region == 'SH' and scenario == 'no_ftz'")
    values = zones[zones["quarter"].str[:4] == "2014"].groupby("sample")["gdp"].mean().to_numpy()
    points = sweep.runs.query("scenario == 'no_ftz'").sort_values("sample")[sweep.factors].to_numpy()
    cards = [of_card(name) for name in sweep.factors]
    scaled = (points - [card.low for card in cards]) / [card.high - card.low for card in cards]
    right = indices("morris", scaled, values, sweep.factors, 5)
    rows = table[
        (table["level"] == "region")
        & (table["place"] == "SH")
        & (table["scenario"] == "no_ftz")
        & (table["reference"] == "")
    ]
    rows = rows[(rows["indicator"] == "gdp") & (rows["at"] == 2014)].set_index("parameter")
    assert rows.loc[list(sweep.factors), "mu_star"].to_numpy() == pytest.approx(right["mu_star"])
    assert right["mu_star"].max() > 0


def test_a_percent_of_nothing_is_left_out():
    targets = Question.of("Shanghai", "fdi_high_tech", 2014).targets(2014)
    values = np.zeros((2, 12, 1, 2))
    values[1, :, 0, 0] = values[:, :, 0, 1] = np.arange(12) % 5 + 1.0  # nothing of the first scenario in the province
    points = design("morris", ["a", "b"], [(0, 1), (0, 1)], 4, 1).all()
    columns = tuple(target.column for target in targets)
    found = Sensitivity(
        "morris", SweepOutcomes(("x", "y"), columns, ("a", "b"), points, values, 2014, targets), points, "x"
    )
    assert list(found.table.query("reference == 'x'")["level"].unique()) == ["zone"]
    assert len(found.asked()) == 1
    assert "Shanghai FTZ" in found.sentence() and "Shanghai ·" not in found.sentence()


def test_the_figure_of_a_sensitivity_is_of_the_zone_that_was_asked_about(analysed):
    out = analysed[0] / "out"
    figure = sensitivity(Answers(out, read_manifest(out)), "zh")
    assert "上海自贸试验区，2013年 · 高技术产业外资" in " ".join(text.get_text() for text in figure.findobj(Text))
