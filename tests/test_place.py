"""Where folders are written: nothing of the user's is deleted, and a kill at any moment leaves the old or the new."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

from ftz_sim.errors import InputError, StoreError
from ftz_sim.results import FolderWriter, check_folder, verify
from ftz_sim.results import place as module
from ftz_sim.results.files import write_text
from ftz_sim.results.manifest import note_outputs, output_checksums
from ftz_sim.results.manifest import save as save_manifest
from ftz_sim.results.place import check_store, kept, settle, strangers
from ftz_sim.results.reading import read_manifest


def write(folder, mark, kind="run", force=False):
    """Write an experiment of one file."""
    with FolderWriter(folder, kind, {"command": mark}, force) as writer:
        (writer.part / "table.csv").write_text(mark)
        return writer.finish()


def marks(folder):
    """Return what the table and the manifest of a folder say; both must be of one experiment."""
    return (folder / "table.csv").read_text(), read_manifest(folder)["command"]


@pytest.mark.parametrize(
    "name", ["notes.txt", "analysis/plot.py", ".git/HEAD", "figures/mine.png", "sub/manifest.json"]
)
def test_a_rerun_deletes_nothing_that_is_not_in_the_manifest(name, tmp_path):
    folder = write(tmp_path / "one", "first")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("mine")
    with pytest.raises(InputError, match="not in its manifest") as refused:
        write(folder, "second")
    assert name in str(refused.value)
    assert (folder / name).read_text() == "mine" and marks(folder) == ("first", "first")
    write(folder, "second", force=True)
    assert marks(folder) == ("second", "second") and verify(folder) == []
    assert (tmp_path / "one.kept-1" / name).read_text() == "mine"
    assert marks(tmp_path / "one.kept-1") == ("first", "first")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "one.kept-1"]


def test_what_was_drawn_from_the_tables_is_replaced(tmp_path):
    folder = write(tmp_path / "one", "first")
    for name in ("figures/paths.en.svg", "report.html"):
        write_text(folder / name, "drawn")
    assert strangers(folder) == [] and verify(folder) == []  # a report was killed before it noted them
    write(folder, "second")
    assert marks(folder) == ("second", "second") and not (folder / "report.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_with_force_another_kind_is_kept_and_a_folder_that_is_no_experiment_is_not_touched(tmp_path):
    folder = write(tmp_path / "one", "first", "compare")
    with pytest.raises(InputError, match="would be replaced by one of 'run'"):
        write(folder, "second")
    write(folder, "second", force=True)
    assert marks(tmp_path / "one.kept-1") == ("first", "first") and marks(folder) == ("second", "second")
    thesis = tmp_path / "thesis"
    write_text(thesis / "chapter.txt", "mine")
    with pytest.raises(InputError, match="no experiment of ours"):
        write(thesis, "third", force=True)
    assert (thesis / "chapter.txt").read_text() == "mine"


def test_a_file_that_appears_while_runs_are_made_is_kept(tmp_path):
    folder = write(tmp_path / "one", "first")
    with FolderWriter(folder, "run", {"command": "second"}) as writer:
        (writer.part / "table.csv").write_text("second")
        (folder / "notes.txt").write_text("mine")
        writer.finish()
    assert marks(folder) == ("second", "second")
    assert (tmp_path / "one.kept-1" / "notes.txt").read_text() == "mine"


def killed_while_replacing(folder, moment):
    """Replace a folder in a process that is killed at its n-th step; tell whether it was."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    calls = count(1)

    def counted(real):
        def call(*args, **more):
            if next(calls) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **more)

        return call

    with FolderWriter(folder, "run", {"command": "second"}) as writer:
        (writer.part / "table.csv").write_text("second")
        save_manifest(writer.part, writer._manifest() | {"outputs": output_checksums(writer.part)})
        for name in ("rename", "unlink", "rmdir"):
            setattr(os, name, counted(getattr(os, name)))
        writer._replace()
        os._exit(0)


def test_a_kill_at_any_moment_of_the_replacement_leaves_the_old_or_the_new(tmp_path):
    seen = set()
    for moment in range(1, 20):
        folder = write(tmp_path / str(moment) / "one", "first")
        killed = killed_while_replacing(folder, moment)
        check_folder(folder, "run")  # what the next command does first
        seen.add(marks(folder)[0])
        assert verify(folder) == [] and len(set(marks(folder))) == 1
        assert [path.name for path in folder.parent.iterdir() if not path.name.endswith(".part")] == ["one"]
        if not killed:
            break
    assert moment > 4 and seen == {"first", "second"}


def test_a_second_rename_that_fails_puts_the_old_folder_back(tmp_path, monkeypatch):
    folder, real = write(tmp_path / "one", "first"), os.rename

    def refuses(source, target, **more):
        if str(source).endswith(".part"):
            raise PermissionError(13, "no")
        return real(source, target, **more)

    monkeypatch.setattr("os.rename", refuses)
    with pytest.raises(StoreError, match="one cannot be written: Permission denied"):
        write(folder, "second")
    assert marks(folder) == ("first", "first") and [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "far")  # dangling, at first
    for mark in ("first", "second"):
        write(tmp_path / "link", mark)
        assert (tmp_path / "link").is_symlink() and marks(tmp_path / "disk" / "far") == (mark, mark)
        assert [path.name for path in (tmp_path / "disk").iterdir()] == ["far"]


@pytest.mark.parametrize("name", ["", ".", "here/..", "bad\udcff", "nul\0", "x" * 300, "circle", "file", "file/below"])
def test_places_that_cannot_be_written_are_refused_at_once(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "file").write_text("mine")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InputError):
        check_folder(module.Path(name), "run")
    assert sorted(tmp_path.iterdir()) == before


def test_a_disk_of_its_own_is_no_place_for_a_folder_that_is_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("os.path.ismount", lambda place: place == tmp_path / "disk")
    (tmp_path / "disk").mkdir()
    with pytest.raises(InputError, match="a disk of its own"):
        check_folder(tmp_path / "disk", "run")
    assert check_folder(tmp_path / "disk" / "inside", "run") is None


def test_a_kept_folder_is_never_the_name_of_another(tmp_path):
    (tmp_path / "one.kept-1").symlink_to("nowhere")
    assert kept(tmp_path / "one").name == "one.kept-2"
    settle(tmp_path / "one")  # nothing to do
    assert [path.name for path in tmp_path.iterdir()] == ["one.kept-1"]


NOTED = """
import os, signal, sys
from pathlib import Path
from ftz_sim.results import manifest
where = sys.argv[2]
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
setattr(os, where, killed)
manifest.note_outputs(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_manifest_is_never_half_written(where, tmp_path):
    folder = write(tmp_path / "one", "first")
    before = (folder / "manifest.json").read_bytes()
    write_text(folder / "report.html", "drawn")
    subprocess.run([sys.executable, "-c", NOTED, str(folder), where], check=False, timeout=60)
    assert (folder / "manifest.json").read_bytes() == before
    note_outputs(folder)
    assert "report.html" in json.loads((folder / "manifest.json").read_text())["outputs"]
    assert verify(folder) == [] and strangers(folder) == []  # what the kill left is hidden, and ours
    assert not any(name.startswith(".") for name in read_manifest(folder)["outputs"])


def test_no_cell_of_a_table_is_a_formula(tmp_path):
    table = pd.DataFrame({"text": ["=1+1", "@x", "-2.5", "+3", "-a", "plain"], "number": [-1.5, 2, 3, 4, 5, 6]})
    with FolderWriter(tmp_path / "one", "run", {"command": ""}) as writer:
        writer.frame("table.csv", table)
        writer.finish()
    read = pd.read_csv(tmp_path / "one" / "table.csv", dtype=str)
    assert read["text"].tolist() == ["'=1+1", "'@x", "-2.5", "+3", "'-a", "plain"]
    assert read["number"][0] == "-1.5"


@pytest.mark.parametrize("name", ["s3:results", "file:results", "hdfs:a/results"])
def test_a_name_that_is_an_address_to_arrow_is_refused_before_anything_is_written(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for check in (check_folder, check_store):
        with pytest.raises(InputError, match=f"{name}: no name that every system can read"):
            check(Path(name), "sweep")
    assert not list(tmp_path.iterdir())


def test_a_colon_elsewhere_is_part_of_a_name(tmp_path):
    for name in ("run-10:30", "smb-share:server=a/results"):  # somebody's clock, and a folder of his system
        assert check_store(tmp_path / name, "sweep") is None
