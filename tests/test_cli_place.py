"""Every command that replaces a folder says so, and refuses one that holds files of somebody else unless told."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
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
    "robustness": ("robustness", ["robustness", "RUNS", "--out"], "ftz_sim.analysis.sweep_outcomes.sweep_outcomes"),
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
