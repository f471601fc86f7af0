"""Experiment folders: complete, verifiable, never half-written, never over something that is not ours."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from builders import small
from ftz_sim.analysis import replicates
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL, PARTNER, REGION, ZONE
from ftz_sim.results import FailedRun, FolderWriter, check_folder, load, verify
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.run import run
from ftz_sim.scenario.scenario import Scenario

SHORT = "horizon.end=2013Q4"


@pytest.fixture(scope="module")
def single():
    return run(small("history", SHORT), seed=2)


@pytest.fixture
def saved(single, tmp_path):
    return single.save(tmp_path / "one")


def test_frames_have_keys_and_all_indicators(single):
    for name, row, entries, rows in (
        ("national", None, NATIONAL, 1),
        ("regions", "region", REGION, 31),
        ("zones", "zone", ZONE, 22),
        ("partners", "partner", PARTNER, 8),
    ):
        frame = getattr(single, name)
        assert len(frame) == 4 * rows
        assert set(entries) <= set(frame.columns)
        assert list(frame["quarter"].unique()) == ["2013Q1", "2013Q2", "2013Q3", "2013Q4"]
        assert not frame.isna().any().any()
        if row:
            assert frame[f"{row}_zh"].str.len().min() > 0
            np.testing.assert_array_equal(frame[frame[row] == frame[row].iloc[1]].index, np.arange(1, 4 * rows, rows))


def test_a_run_can_be_repeated_from_its_seed(single):
    model = FtzModel(single.spec, rng=single.seed).run()
    assert 4 * model.nation.gdp == single.national["gdp"].iloc[-1]
    assert single.effective_firms == single.national["effective_firms"].iloc[-1] > 100


def test_a_folder_is_complete_and_read_back_bit_for_bit(single, saved):
    names = {path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()}
    assert names == {
        "manifest.json", "runs.parquet", "national.parquet", "regions.parquet", "zones.parquet",
        "partners.parquet", "scenarios/history.yaml",
    }  # fmt: skip
    back = load(saved)
    for name in ("national", "regions", "zones", "partners"):
        stored, ours = getattr(back, name), getattr(single, name)
        pd.testing.assert_frame_equal(stored[ours.columns], ours, check_exact=True)
        assert (stored["run_id"] == "history-0000").all()
    assert back.runs.loc[0, "status"] == "done"
    assert int(back.runs.loc[0, "model_seed"]) == single.seed
    assert back.comparison is None


def test_the_manifest_says_what_made_the_folder(saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    assert {"version", "git_commit", "python", "packages", "platform", "seconds", "command"} <= set(manifest)
    assert manifest["kind"] == "run"
    assert manifest["effective_firms"]["history"] > 100
    assert manifest["packages"]["numpy"] == np.__version__
    assert "data/provinces.csv" in manifest["inputs"]
    assert "scenarios/history.yaml" in manifest["inputs"]
    assert all(len(checksum) == 64 for checksum in {**manifest["inputs"], **manifest["outputs"]}.values())


def test_the_stored_scenario_repeats_the_run(single, saved):
    spec = Scenario.load(saved / "scenarios" / "history.yaml")
    again = run(spec, seed=2)
    assert np.array_equal(again.tables.national["gdp"], single.tables.national["gdp"])


def test_verify_finds_what_was_changed_removed_or_added(saved):
    assert verify(saved) == []
    table = saved / "zones.parquet"
    table.write_bytes(table.read_bytes()[:-1] + b"x")
    (saved / "partners.parquet").unlink()
    (saved / "notes.txt").write_text("mine")
    assert sorted(verify(saved)) == [
        "notes.txt was added", "partners.parquet is missing", "zones.parquet was changed",
    ]  # fmt: skip


def test_our_own_folder_is_replaced_and_others_are_not(single, saved, tmp_path):
    (saved / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"not in its manifest \(notes.txt\)"):
        single.save(saved)
    assert (saved / "notes.txt").read_text() == "mine"
    (saved / "notes.txt").unlink()
    single.save(saved)
    assert verify(saved) == []
    with pytest.raises(InputError, match="'run' and would be replaced by one of 'compare'"):
        check_folder(saved, "compare")
    other = tmp_path / "thesis"
    other.mkdir()
    check_folder(other, "run")  # empty: fine
    (other / "chapter.txt").write_text("do not lose me")
    with pytest.raises(InputError, match="no experiment of ours"):
        single.save(other)
    (other / "manifest.json").write_text("{}")  # somebody else's manifest
    with pytest.raises(InputError, match="no experiment of ours"):
        single.save(other)
    assert (other / "chapter.txt").read_text() == "do not lose me"
    with pytest.raises(InputError, match="is a file"):
        single.save(other / "chapter.txt")
    with pytest.raises(InputError, match="cannot be written"):
        check_folder(other / "chapter.txt" / "below", "run")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "thesis"]


def test_an_error_leaves_nothing_and_keeps_the_old_folder(single, saved, tmp_path):
    before = (saved / "manifest.json").read_text()

    def interrupted():
        with FolderWriter(saved, "run", {}) as writer:
            writer.add(single)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (saved / "manifest.json").read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_figures_are_in_the_manifest(single, tmp_path):
    def draw(folder):
        assert (folder / "manifest.json").is_file()
        (folder / "figures").mkdir()
        (folder / "figures" / "a.svg").write_text("<svg/>")

    with FolderWriter(tmp_path / "drawn", "run", {"command": "c", "seed": 1}) as writer:
        writer.add(single)
        folder = writer.finish(draw)
    assert "figures/a.svg" in load(folder).manifest["outputs"]
    assert verify(folder) == []


def test_a_failed_run_is_noted(single, tmp_path):
    with FolderWriter(tmp_path / "failed", "run", {}) as writer:
        writer.add(single)
        writer.add(FailedRun(single.spec, 7, 1, "ZeroDivisionError: x"))
        folder = writer.finish()
    runs = load(folder).runs
    assert list(runs["status"]) == ["done", "failed"]
    assert runs.loc[1, "error"] == "ZeroDivisionError: x"
    assert load(folder).manifest["runs"] == {"done": 1, "failed": 1}


def test_loading_what_is_no_experiment(tmp_path):
    with pytest.raises(InputError, match="no experiment folder"):
        load(tmp_path)
    (tmp_path / "manifest.json").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path)


def test_replicates_have_their_own_luck_and_one_folder(tmp_path):
    spec = small("history", SHORT)
    both = replicates(spec, reps=2, seed=5)
    assert both[0].seed != both[1].seed
    assert both[0].seed == run(spec, seed=5).seed  # run is replicate 0
    replicates(spec, reps=2, seed=5, out=tmp_path / "two")
    stored = load(tmp_path / "two")
    ours = np.concatenate([each.tables.national["gdp"] for each in both])
    assert np.array_equal(stored.national["gdp"].to_numpy(), ours)
    assert list(stored.runs["replicate"]) == [0, 1]


@pytest.mark.parametrize("wrong", [{"reps": 0}, {"seed": -1}, {"workers": 0}, {"reps": 1.5}, {"firms": 0}])
def test_bad_numbers_are_refused_before_anything_happens(wrong, tmp_path):
    with pytest.raises(InputError, match=next(iter(wrong))):
        replicates("history", out=tmp_path / "never", **wrong)
    assert not list(tmp_path.iterdir())


def test_text_of_a_folder_is_text_and_no_category(tmp_path, single):
    import pyarrow.parquet as pq

    folder = single.save(tmp_path / "one")
    schema = pq.read_table(folder / "regions.parquet").schema
    kinds = {column.name: str(column.type) for column in schema}
    assert {kinds[name] for name in ("run_id", "scenario", "quarter", "region", "region_en", "region_zh")} == {"string"}
    assert kinds["replicate"] == "int32" and {*kinds.values()} == {"string", "int32", "double"}
    assert not isinstance(single.regions["region"].dtype, pd.CategoricalDtype)


def test_tables_say_that_columns_are_without_gaps_and_which_runs_they_hold(tmp_path, single):
    import pyarrow.parquet as pq

    folder = single.save(tmp_path / "one")
    for name in ("national", "regions", "zones", "partners"):
        file = pq.ParquetFile(folder / f"{name}.parquet")
        assert not any(column.nullable for column in file.schema_arrow)
        about = [file.metadata.row_group(0).column(place) for place in range(file.metadata.num_columns)]
        noted = {each.path_in_schema: each.statistics.max for each in about if each.statistics}
        assert noted == {"run_id": "history-0000", "scenario": "history"}
