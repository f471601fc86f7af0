"""The whole validation, small: folder, page, data of one's own, and a guard against verdicts that get worse."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.model.published import load_figures
from ftz_sim.results import load, verify
from ftz_sim.validation import placebo, validate
from ftz_sim.validation.targets import FILE

HERE = Path(__file__).parent
SMALL = ["--firms", "2000", "--reps", "2", "--no-econometrics"]
WORSE = {"pass": 0, "disputed": 0, "undecided": 1, "miss": 2, "not_computed": 3}


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("v") / "validation"
    done = ftz("validate", *SMALL, "--out", path)
    assert done.exit_code == 0, done.output
    assert "Missed" in done.output
    assert "naive forecast of no change" in done.output.replace("\n", " ")
    return path


def test_misses_do_not_change_the_status_and_everything_is_written(folder):
    board = pd.read_csv(folder / "board.csv")
    assert (board["verdict"] == "miss").any()
    assert verify(folder) == []
    assert load(folder).manifest["kind"] == "validation"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Missed" in page and "不符的目标" in page
    drawn = {path.name for path in (folder / "figures").glob("*.svg")}  # no estimators were asked for
    assert drawn == {f"{name}.{lang}.svg" for name in ("board", "forecasts") for lang in ("en", "zh")}


def test_estimates_are_not_computed_without_estimators_and_said_so(folder):
    board = pd.read_csv(folder / "board.csv").set_index("id")
    assert board.loc["did_patents", "verdict"] == "not_computed"
    assert board.loc["synergy", "verdict"] == "not_modelled"


def test_all_targets_but_estimates_get_a_value_and_forecasts_their_marks(folder):
    board = pd.read_csv(folder / "board.csv").set_index("id")
    assert set(board.loc[board["verdict"] == "not_computed", "table"]) == {"estimate"}
    assert board.loc["net_entry_2023", "n"] == 2
    assert board.loc["border_loss_north_east", "n"] == 1  # the same for all seeds
    found = pd.read_csv(folder / "marks.csv").set_index(["variable", "forecast"])
    assert found.loc[("co2", "rule"), "shares_met"] == "no_rule"
    assert found.loc[("gdp_rev4", "rule"), "log_shares_met"] == "yes"
    ratio, mark = (found.loc[("gdp_rev4", "model"), name] for name in ("rmse_ratio", "mark"))
    assert found.loc[("gdp_rev4", "model"), "shares_met"] == ("yes" if ratio <= mark else "no")
    said = {"en": ("a rule fixed from figures to 2015", "reaches a mark of 1 without merit"),
            "zh": ("依截至2015年的数据设定的规则", "并不说明其预测能力")}  # fmt: skip
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert all(each in page for words in said.values() for each in words)


def test_verdicts_do_not_get_worse_unnoticed():
    """Renew on purpose with studies/freeze_validation.py and a line `Results:` in the CHANGELOG."""
    frozen = pd.read_csv(HERE / "validation_baseline.csv").set_index("id")
    board = validate(reps=3, firms=2000, estimators=False).frame.set_index("id").loc[frozen.index]
    moved = (board["model"] - frozen["model"]).abs() > frozen["tolerance"] + 1e-6
    worse = board["verdict"].map(WORSE) > frozen["verdict"].map(WORSE)
    told = pd.DataFrame({"was": frozen["model"], "is": board["model"], "verdict": board["verdict"]})
    assert not worse.any(), f"worse than before:\n{told[worse]}"
    assert not moved.any(), f"moved beyond tolerance:\n{told[moved]}"


def test_one_can_score_figures_of_ones_own(tmp_path):
    rows = pd.read_csv(FILE, dtype=str, keep_default_na=False)
    one = rows[rows["id"] == "growth_2014"].assign(id="growth_mine", low="50", high="60")
    one.to_csv(tmp_path / "mine.csv", index=False)
    data = ("--data", tmp_path / "mine.csv")
    done = ftz("validate", *SMALL, "--reps", "1", "--no-figures", *data, "--json", "--out", tmp_path / "o")
    assert done.exit_code == 0, done.output
    board = {row["id"]: row for row in json.loads(done.stdout)["board"]}
    assert board["growth_mine"]["verdict"] == "miss"
    assert board["growth_2015"]["n"] == 1


def test_later_provincial_years_are_scored(tmp_path):
    iso = load_figures().provinces.iso
    path = tmp_path / "later.csv"
    path.write_text("variable,year,iso,value\n" + "".join(f"gdp_rev5,2020,{c},{100 + i}\n" for i, c in enumerate(iso)))
    found = validate(path, reps=2, firms=2000, end="2020Q4", estimators=False)
    scores = found.tables["provinces"].set_index(["variable", "year", "forecast"])
    assert np.isfinite(scores.loc[("gdp_rev5", 2020, "model"), "rmse_ratio"])


@pytest.mark.parametrize(
    ("text", "words"),
    [("x,y\n1,2\n", "no table of targets"), ("variable,year,iso,value\ngdp_rev5,2020,BJ,x\n", "not a number above 0")],
)
def test_bad_data_is_refused_and_nothing_is_written(tmp_path, text, words):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    done = ftz("validate", *SMALL, "--data", path, "--out", tmp_path / "o")
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (tmp_path / "o").exists()
    assert ftz("validate", "--data", tmp_path / "none.csv", "--out", tmp_path / "o").exit_code == 2


def test_without_pyfixest_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    with pytest.raises(InputError, match="--no-econometrics"):
        validate(reps=1, firms=2000, out=tmp_path / "o")
    assert not (tmp_path / "o").exists()


def test_the_estimators_run_on_the_model(tmp_path):
    pytest.importorskip("pyfixest")
    found = validate(reps=2, firms=2000, end="2018Q4", out=tmp_path / "v")
    table = found.tables["estimators"].set_index(["outcome", "estimator"])
    assert np.isfinite(table[["estimate", "error", "truth", "bias"]].to_numpy()).all()
    assert table.loc[("fdi", "twfe"), "truth"] > 0
    board = found.frame.set_index("id")
    assert board.loc["did_fdi", "n"] == 2
    assert board.loc["growth_2023", "verdict"] == "not_computed"  # beyond the horizon
    for name in ("cells", "neighbours", "placebo", "event_study"):
        assert (tmp_path / "v" / f"{name}.csv").is_file()


def test_zones_placed_at_random_sit_in_different_provinces_and_play():
    known = load_figures()
    a, b = placebo.placed(known, 1), placebo.placed(known, 2)
    assert len(set(a.zones.region.tolist())) == 22
    assert a.zones.region.tolist() != b.zones.region.tolist() != known.zones.region.tolist()
    assert a.zones.iso == tuple(known.provinces.iso[row] for row in a.zones.region)
    assert (a.zones.opening_quarter == known.zones.opening_quarter).all()
    table = placebo.placements(2, [1], 2000, "2016Q4")
    assert table["placement"].tolist() == ["real", "random 0", "random 1"]
    summary = placebo.summary(table).set_index("pattern")
    assert (summary["random_low"] <= summary["random_high"]).all()
    assert summary.loc["gdp of hosts", "real"] > 0


def test_identical_firms_have_no_spread():
    table = placebo.identical_firms([1, 2, 3, 4, 5], 2000, "2014Q4").set_index("pattern")
    assert np.isfinite(table.to_numpy(dtype=float)).all()
    assert table.loc["growth of GDP", "identical firms (sd)"] < table.loc["growth of GDP", "firms that differ (sd)"]
