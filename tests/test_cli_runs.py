"""``ftz run`` and ``ftz compare`` as a user meets them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.results import load, verify
from ftz_sim.runs import engine
from ftz_sim.runs.pasts import Pasts

SHORT = ["--firms", "2000", "--end", "2014Q2", "--no-figures"]


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)])


def test_run_writes_a_folder_and_prints_the_main_indicators(tmp_path):
    done = ftz("run", "history", *SHORT, "--seed", 3, "--reps", 2, "--out", tmp_path / "h")
    assert done.exit_code == 0, done.output
    assert "GDP" in done.output
    assert str(tmp_path / "h") in done.output.replace("\n", "")
    assert verify(tmp_path / "h") == []
    assert len(load(tmp_path / "h").runs) == 2
    assert load(tmp_path / "h").manifest["seed"] == 3


def test_run_in_chinese_and_with_a_set(tmp_path):
    done = ftz("run", "no_ftz", *SHORT, "--set", "population.firms=2100", "--lang", "zh", "--out", tmp_path / "n")
    assert done.exit_code == 0, done.output
    assert "国内生产总值" in done.output
    assert "firms: 2000" in (tmp_path / "n" / "scenarios" / "no_ftz.yaml").read_text()  # --firms is the last word


def test_compare_prints_differences_and_the_sentence(tmp_path):
    words = ["compare", "no_ftz", "history", *SHORT, "--reps", 2, "--reference", "no_ftz", "--out", tmp_path / "c"]
    done = ftz(*words, "--draws", 0)
    assert done.exit_code == 0, done.output
    assert "Paired differences to no_ftz in 2014" in done.output
    assert "Parameters are fixed: no draws" in done.output
    assert "parameters are fixed (no draws)" in " ".join(done.output.split())
    assert load(tmp_path / "c").comparison["reference"].unique().tolist() == ["no_ftz"]


@pytest.mark.parametrize(
    ("lang", "ranges", "both", "draws"),
    [("en", "In brackets", "ranges are over", 100), ("zh", "方括号内", "范围反映", 4)],  # 100 unless told otherwise
)
def test_a_comparison_speaks_of_parameters_and_of_seeds_unless_told_otherwise(tmp_path, lang, ranges, both, draws):
    words = ["compare", "no_ftz", "history", "--end", "2013Q2", "--reps", 2, "--no-figures", "--out", tmp_path / "c"]
    told = [] if draws == 100 else ["--draws", draws]
    done = ftz(*words, *told, "--firms", 2000, "--lang", lang)
    assert done.exit_code == 0, done.output
    assert ranges in done.output and both in done.output.replace("\n", "")
    manifest = load(tmp_path / "c").manifest
    assert (manifest["reps"], manifest["draws"], manifest["draw_firms"]) == (2, draws, 2000)
    assert manifest["runs"] == {"done": 4, "failed": 0}  # those of draws are counted apart


def test_json_is_one_object_and_quiet_prints_only_the_folder(tmp_path):
    done = ftz("compare", "no_ftz", "history", *SHORT, "--reps", 1, "--draws", 0, "--json", "--out", tmp_path / "c")
    assert done.exit_code == 0, done.output
    content = json.loads(done.stdout)
    assert content["reference"] == "no_ftz"
    assert {row["scenario"] for row in content["comparison"]} == {"no_ftz", "history"}
    done = ftz("run", "history", *SHORT, "--quiet", "--out", tmp_path / "h")
    assert done.stdout.strip() == str(tmp_path / "h")
    done = ftz("run", "history", *SHORT, "--json", "--out", tmp_path / "h")
    assert json.loads(done.stdout)["last_quarter"][0]["gdp"] > 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "histroy"], "history"),
        (["run", "history", "--firms", 0], "firms"),
        (["run", "history", "--reps", 0], "reps"),
        (["run", "history", "--end", "2012Q1"], "end"),
        (["run", "history", "--set", "nonsense"], "nonsense"),
        (["run", "history", "--lang", "fr"], "'fr' is not one of"),
        (["compare", "history"], "at least two"),
        (["compare", "history", "no_ftz", "--draws", "-1"], "draws is a whole number from 0"),
        (["compare", "history", "no_ftz", "--reference", "x"], "none of the scenarios"),
    ],
)
def test_bad_input_ends_with_status_2_and_writes_nothing(words, message, tmp_path, monkeypatch):
    monkeypatch.setattr(Pasts, "at_fork", lambda *_: pytest.fail("a run was started"))
    monkeypatch.setattr(engine, "tables_of", lambda *_: pytest.fail("runs were started"))
    done = ftz(*words, "--out", tmp_path / "never")
    assert done.exit_code == 2
    assert message in done.output
    assert "Traceback" not in done.output
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_ours_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    done = ftz("run", "history", *SHORT, "--out", tmp_path)
    assert done.exit_code == 2
    assert "no experiment of ours" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_failed_runs_end_with_status_1(tmp_path, monkeypatch):
    monkeypatch.setattr(Pasts, "at_fork", lambda *_: 1 / 0)
    done = ftz("run", "history", *SHORT, "--out", tmp_path / "h")
    assert done.exit_code == 1
    assert "history-0000 failed: ZeroDivisionError" in done.output
    assert load(tmp_path / "h").runs["status"].tolist() == ["failed"]


def test_a_rerun_says_what_it_replaces_and_force_keeps_other_files(tmp_path):
    words = ["run", "history", "--firms", "2000", "--end", "2013Q2", "--out", str(tmp_path / "one"), "--no-figures"]
    assert "will be replaced" not in CliRunner().invoke(app, words).stderr
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 0 and f"in {tmp_path / 'one'} will be replaced" in again.stderr
    (tmp_path / "one" / "notes.txt").write_text("mine")
    refused = CliRunner().invoke(app, words)
    assert refused.exit_code == 2 and "(notes.txt)" in refused.stderr
    assert CliRunner().invoke(app, [*words, "--force"]).exit_code == 0
    assert (tmp_path / "one.kept-1" / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "one" / "notes.txt").exists()
