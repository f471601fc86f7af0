"""Folders and disks that are not as they should be end in one message; nothing is written, nothing is lost."""

import errno
import json
import shutil

import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.errors import LostWorkerError
from ftz_sim.results.folder import FolderWriter
from ftz_sim.runs import engine
from ftz_sim.runs.executors import dismiss_workers
from ftz_sim.scenario.scenario import Scenario


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words], env={"NO_COLOR": "1", "TERM": "dumb"})


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("folders") / "compared"
    size = ("--reps", 2, "--draws", 2, "--firms", 2000, "--end", "2014Q4")
    done = ftz("compare", "no_ftz", "history", *size, "--out", folder, "--quiet", "--no-figures")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def broken(compared, tmp_path):
    return shutil.copytree(compared, tmp_path / "broken")


def refused(message, *words):
    done = ftz(*words)
    assert done.exit_code == 2, done.output
    assert message in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("file", "commands"),
    {
        "runs.parquet": ["replay {} no_ftz-0000", "story region SH {}"],
        "national.parquet": ["report {}", "replay {} no_ftz-0000", "trace --figure 1 --from {}"],
        "comparison.csv": ["report {}"],
    }.items(),
)
@pytest.mark.parametrize("damage", ["cut", "empty"])
def test_a_damaged_file_is_named(file, commands, damage, broken):
    content = (broken / file).read_bytes()
    (broken / file).write_bytes(b"\xff" + content[: len(content) // 3] if damage == "cut" else b"")
    for command in commands:
        words = [word.format(broken) for word in command.split()]
        refused(f"{broken} is not as it was written: {file} was changed", *words)
        refused(f"{broken} 与写入时不同：{file} 被改动", *words, "--lang", "zh")


def test_a_run_is_not_said_to_agree_when_its_table_is_gone(broken):
    (broken / "national.parquet").unlink()
    refused("national.parquet is missing", "replay", broken, "no_ftz-0000")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"kind": ["compare"], "version": 1, "outputs": 5}', '{"kind": "compare"', "[" * 100_000]
)
def test_a_manifest_that_is_none_is_refused(text, broken):
    (broken / "manifest.json").write_text(text)
    for words in (["report"], ["verify"], ["replay"], ["robustness"]):
        refused("manifest.json ", *words, broken, *(["x"] if words == ["replay"] else []))


def test_an_error_of_our_own_is_not_laid_at_the_door_of_a_sound_folder(compared, monkeypatch):
    monkeypatch.setattr("ftz_sim.report.page.write_report", lambda *_: [][0])
    refused("IndexError: list index out of range", "report", compared)
    refused("or this program is at fault", "report", compared)


def full_disk(*_, **__):
    raise OSError(errno.ENOSPC, "whatever the library says")


@pytest.mark.parametrize("where", ["pyarrow.parquet.ParquetWriter.write_table", "pandas.DataFrame.to_csv"])
def test_a_full_disk_ends_a_comparison_in_one_line_and_leaves_the_older_folder(where, broken, monkeypatch):
    before = json.loads((broken / "manifest.json").read_text())
    monkeypatch.setattr(where, full_disk)
    done = ftz(
        "compare", "no_ftz", "history", "--reps", 1, "--draws", 2, "--firms", 2000, "--end", "2013Q2", "--out", broken,
        "--quiet",
    )  # fmt: skip
    assert done.exit_code == 1
    assert f"Error: {broken} cannot be written: No space left on device" in done.stderr
    assert json.loads((broken / "manifest.json").read_text()) == before
    assert [path.name for path in broken.parent.iterdir()] == ["broken"]


def test_a_disk_that_fills_while_files_are_closed_leaves_nothing(tmp_path):
    class File:
        close = full_disk

    with FolderWriter(tmp_path / "new", "run", {"command": ""}) as writer:
        writer._files["national"] = File()
    assert not list(tmp_path.iterdir())


def test_lost_workers_are_said(tmp_path, monkeypatch):
    from concurrent.futures.process import BrokenProcessPool

    class Dying:
        def __init__(self, *_, **__):
            pass

        def submit(self, *_):
            raise BrokenProcessPool("killed")

        def shutdown(self, **_):
            pass

    monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", Dying)
    dismiss_workers()  # of earlier tests
    with pytest.raises(LostWorkerError):
        list(engine.map_runs([engine.Job(Scenario.load("history"), 0, 1)] * 2, workers=2))
    done = ftz("run", "history", "--reps", 2, "--workers", 2, "--out", tmp_path / "x", "--quiet", "--lang", "zh")
    assert done.exit_code == 1
    assert "错误：工作进程未返回结果即终止" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_story_that_cannot_be_written_or_told(tmp_path, broken):
    (tmp_path / "file").write_text("mine")
    refused("cannot be written", "story", "region", "SH", broken, "--out", tmp_path / "file")
    refused("seed is a whole number from 0", "story", "region", "SH", "history", "--seed", -3)


SWEEP = "name: s\nscenarios: [no_ftz]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "design: {points: [{production.capital: 5}]}",
            "s.yaml:3: design: production.capital=5: capital + labour + talent",
        ),
        (
            "uncertainties: {production.capital: [0.3, 5]}\ndesign: {method: grid}",
            "s.yaml:4: design: production.capital=5: capital + labour + talent",
        ),
        ('overrides: {"": 3}', "s.yaml:2: scenarios: --set =3: write a path of keys and a value"),
        ("tables: []", "s.yaml:3: tables: found a list that is empty; allowed: a list of 1 or more"),
        ("seed: -4", "s.yaml:3: seed: found -4; allowed: a number of at least 0 (seed of the sweep)"),
    ],
)
def test_a_sweep_is_not_made_with_other_values_than_asked_for(text, message, tmp_path):
    (tmp_path / "s.yaml").write_text(SWEEP + text)
    refused(message, "sweep", tmp_path / "s.yaml", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


WRITERS = [
    "strip integrated --firms 2000 --out {}/x.csv",
    "exercise kit {}/x",
    "exercise decide {}.sheets --out {}/x.yaml",
    "exercise grade {}.sheets --out {}/x.csv",
    "story firm 1 history --out {}",
    "trace --matrix --out {}/x",
    "trace --figure 1 --out {}/x",
    "run history --out {}/x",
    "sweep what_matters --out {}/x",
    "sweep new mine --out {}/x.yaml",
    "scenario new mine --out {}/x.yaml",
]


@pytest.mark.parametrize("command", WRITERS)
def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(command, tmp_path, monkeypatch):
    def runs(*_, **__):
        raise AssertionError("it runs")

    for name in ("analysis.strip.strip", "story.told", "runs.sweep._make_missing", "analysis.replicates"):
        monkeypatch.setattr(f"ftz_sim.{name}", runs)
    out = tmp_path / "file"
    out.write_text("mine")
    sheets = tmp_path / "file.sheets"
    sheets.mkdir()
    (sheets / "bank.yaml").write_text("group: bank\nround: 1\ndecisions: [{lever: green_credit, level: 1}]")
    before = sorted(tmp_path.rglob("*"))
    refused(str(out), *command.replace("{}", str(out)).split())
    assert sorted(tmp_path.rglob("*")) == before and out.read_text() == "mine"


@pytest.mark.parametrize("out", ["strip integrated --out {} --force", "exercise decide {} --out {} --force"])
def test_a_folder_is_no_file_to_write_over(out, tmp_path):
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    refused("folder.yaml", *out.format(folder, folder).split())


LONG = "龘" * 90  # 270 bytes, and 90 characters
LONG_NAMES = [
    "report {}", "verify {}", "export {}", "story firm 1 {}", "trace --figure 1 --from {}", "validate --data {}",
    "exercise check linkage a=up --in {}", "exercise submit linkage a=up --student Li --in {}", "exercise grade {}",
    "exercise decide {}", "exercise kit {}", "exercise grade . --out {}", "exercise decide . --out {}",
    "strip integrated --out {}", "trace --matrix --out {}", "story firm 1 history --out {}", "run history --out {}",
    "sweep what_matters --out {}", "sweep new mine --out {}", "scenario new mine --out {}", "run {}", "sweep {}",
]  # fmt: skip


@pytest.mark.parametrize("command", LONG_NAMES)
def test_a_name_too_long_is_one_message(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(LONG[:20], *command.format(LONG).split())
    assert not list(tmp_path.iterdir())


def test_an_experiment_may_have_a_name_as_long_as_systems_allow(tmp_path):
    folder = tmp_path / ("龘" * 80)
    with FolderWriter(folder, "run", {"scenarios": ["history"]}) as writer:
        writer.finish()
    assert (folder / "manifest.json").is_file()
