"""Every command that replaces a folder says so, and refuses one that holds files of somebody else unless told."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.cli.place import beside
from ftz_sim.results import FolderWriter

KINDS = {
    "run": ("run", ["run", "history", "--out"], "ftz_sim.analysis.replicates"),
    "compare": ("compare", ["compare", "no_ftz", "history", "--out"], "ftz_sim.analysis.compare"),
    "attribute": (
        "attribute",
        ["attribute", "history", "--against", "no_ftz", "--out"],
        "ftz_sim.analysis.attribute.attribute",
    ),
    "validate": ("validation", ["validate", "--out"], "ftz_sim.validation.validate"),
    "sensitivity": (
        "sensitivity",
        ["sensitivity", "what_decides", "--samples", "4", "--out"],
        "ftz_sim.runs.sweep.sweep",
    ),
    "robustness": ("robustness", ["robustness", "RUNS", "--out"], "ftz_sim.results.reading.intact"),
}


class WorkBeginsError(Exception):
    """The work would begin."""


@pytest.mark.parametrize("command", KINDS)
def test_what_is_replaced_is_said_and_other_files_are_refused_or_kept(command, tmp_path, monkeypatch):
    kind, words, work = KINDS[command]
    asked = {}

    def begin(*_, **values):
        asked.update(values)
        raise WorkBeginsError

    monkeypatch.setattr(work, begin)
    folder = tmp_path / "one"
    with FolderWriter(folder, kind, {"command": ""}) as writer:
        writer.finish()
    words = [*words, str(folder)]
    done = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert isinstance(done.exception, WorkBeginsError), done.output
    assert f"in {folder} will be replaced" in done.stderr and not asked.get("force")
    (folder / "notes.txt").write_text("mine")
    refused = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert refused.exit_code == 2 and "(notes.txt)" in refused.stderr
    forced = CliRunner().invoke(app, [*words, "--force", "--lang", "en"])
    assert isinstance(forced.exception, WorkBeginsError), forced.output
    if "force" in asked or command not in ("sensitivity", "robustness"):  # which write themselves, after the work
        assert asked["force"] is True


@pytest.mark.parametrize(
    ("called", "target"),
    [
        *((called, "../runs_robustness") for called in (".", "./", "", "../runs", "deeper/..")),
        ("..", "../../place_robustness"),
        ("/", "/_robustness"),
    ],
)
def test_a_folder_has_a_place_beside_it_whatever_it_is_called(tmp_path, monkeypatch, called, target):
    (tmp_path / "place" / "runs" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "place" / "runs")
    assert beside(Path(called), "_robustness").resolve() == Path(target).resolve()


@pytest.mark.parametrize("called", [".", "", "..", "/", "nowhere", "nowhere/.."])
def test_robustness_of_a_folder_without_a_sweep_is_one_sentence(tmp_path, monkeypatch, called):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["robustness", called, "--quiet", "--no-figures"])
    assert done.exit_code == 2 and "is no experiment folder" in done.stderr
    assert list(tmp_path.iterdir()) == []
