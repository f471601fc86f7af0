import json
import subprocess
import sys

import pytest
from rich.console import Console
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.cli.output import print_table
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.scenario.scenario import Scenario, baseline, scenarios_folder


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_list_names_every_scenario_in_both_languages():
    english, chinese = ftz("scenario", "list"), ftz("scenario", "list", "--lang", "zh")
    assert english.exit_code == chinese.exit_code == 0
    assert "cross_zone\thistory\town_upgrading, coordination\tCross-zone coordination" in english.output
    assert "跨自贸试验区协同" in chinese.output


def test_list_speaks_json():
    found = json.loads(ftz("scenario", "list", "--json").output)
    row = next(row for row in found if row["name"] == "fta_only")
    assert (row["base"], row["packages"], row["title"]) == ("no_ftz", ["agreements"], "Agreements without zones")


def test_show_prints_what_can_be_run(tmp_path):
    path = tmp_path / "shown.yaml"
    path.write_text(ftz("scenario", "show", "cross_zone", "--set", "population.firms=3000").stdout)
    assert Scenario.load(path) == Scenario.load("cross_zone", ["population.firms=3000"])


def test_show_and_schema_generate_the_shipped_files():
    assert ftz("scenario", "show", "baseline").stdout == baseline().dump(notes=True)
    assert ftz("scenario", "schema").stdout == (scenarios_folder() / "schema.json").read_text()


def test_check_says_good_warns_and_fails(tmp_path):
    good, odd, bad = (tmp_path / f"{name}.yaml" for name in ("good", "odd", "bad"))
    good.write_text("name: good\n")
    odd.write_text("name: odd\nparameters: {law_and_authority: {pace: 0.9}}\n")
    bad.write_text("name: bad\npopulation: {firms: 0}\n")
    fine = ftz("scenario", "check", good, odd)
    assert fine.exit_code == 0
    assert "Warning: odd: law_and_authority.pace = 0.9" in fine.output
    failed = ftz("scenario", "check", good, bad)
    assert failed.exit_code == 2
    assert f"Error: {bad}:2: population.firms: found 0" in failed.output
    reports = json.loads(ftz("scenario", "check", bad, "--json").stdout)
    assert reports[0]["errors"][0].startswith(f"{bad}:2: ")


def test_diff_lists_what_differs_and_says_when_nothing_does():
    changed = ftz("scenario", "diff", "cross_zone", "cross_zone_with_hinterland").output
    assert "policy.hinterland_inclusion\t–\t1 from 2025Q1, in 8 quarterly steps" in changed
    assert "相同" in ftz("scenario", "diff", "history", "history", "--lang", "zh").output


def test_file_names_are_no_markup(monkeypatch, capsys):
    monkeypatch.setattr(Console, "is_terminal", True)
    print_table(["key", "[/x].yaml"], [("[/y]", "[bold]z")])
    assert all(text in capsys.readouterr().out for text in ("[/x].yaml",))


@pytest.mark.parametrize("base", ["history", "no_ftz", "integrated"])
def test_new_writes_a_file_that_is_good(tmp_path, base):
    path = tmp_path / "mine.yaml"
    assert ftz("scenario", "new", "mine", "--base", base, "--out", path).exit_code == 0
    assert Scenario.load(path).policy == Scenario.load(base).policy


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["scenario", "show", "cross_zon"], "did you mean 'cross_zone'"),
        (["scenario", "new", "a/b"], "letters, digits"),
        (["scenario", "new", "mine", "--base", "histroy"], "did you mean 'history'"),
        (["params", "law_and_authorit"], "did you mean 'law_and_authority'"),
        (["params", "law_and_authority.pac"], "did you mean 'law_and_authority.pace'"),
        (["scenario", "list", "--lang", "fr"], "fr"),
    ],
)
def test_bad_words_end_in_one_message_and_status_2(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = ftz(*words)
    assert out.exit_code == 2
    assert message in out.output
    assert "Traceback" not in out.output
    assert not any(tmp_path.iterdir())


def test_new_never_overwrites_unasked_nor_writes_where_it_cannot(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("precious")
    assert ftz("scenario", "new", "mine", "--out", path).exit_code == 2
    assert path.read_text() == "precious"
    assert ftz("scenario", "new", "mine", "--out", path, "--force").exit_code == 0
    (tmp_path / "a_file").write_text("no folder")
    for out in (tmp_path / "a_file" / "mine.yaml", tmp_path / "missing" / "mine.yaml", tmp_path):
        failed = ftz("scenario", "new", "mine", "--out", out, "--force")
        assert failed.exit_code == 2
        assert "cannot be written" in failed.output


def test_parameters_are_found_by_words_of_either_language():
    found = json.loads(ftz("params", "开放", "--json").output)
    assert {"foreign_investment.openness_effect", "glass_door.paper_gap"} <= found.keys()
    assert "migration.rebate_pull" not in found
    own = json.loads(ftz("params", "coordination", "--json").output)
    assert own.keys() <= json.loads(ftz("params", "跨区协同", "--json").output).keys()
    assert "carbon.gate_charge" in json.loads(ftz("params", "Green GATE", "--json").output)


def test_params_prints_all_one_mechanism_or_one_card():
    assert "law_and_authority.pace\t0.08\t0.02 ... 0.16\t1/yr\tA\tassumed" in ftz("params").output
    assert len(ftz("params", "exogenous_paths").output.splitlines()) > 5
    card = ftz("params", "law_and_authority.pace", "--lang", "zh").output
    assert "证据等级: A (假设)" in card
    assert json.loads(ftz("params", "pace", "--json").output)["law_and_authority.pace"]["low"] == 0.02


def test_order_prints_the_schedule_and_the_groups():
    lines = ftz("order", "--lang", "zh").output.splitlines()
    assert [line.split("\t")[1] for line in lines[1 : len(SCHEDULE) + 1]] == list(SCHEDULE)
    assert any(line.startswith("要素流入: foreign_investment") for line in lines)


def test_bad_input_in_a_shell_has_status_2_and_no_traceback():
    command = [sys.executable, "-c", "from ftz_sim.cli import main; main()", "scenario", "show", "nothing_here"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: there is no scenario 'nothing_here'")
    assert "Traceback" not in done.stderr
