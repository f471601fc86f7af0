"""Replay and verify: every stored run can be made again, and what does not agree is said with its reason."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from builders import small
from ftz_sim import __version__
from ftz_sim.analysis import changes, compare, replicates
from ftz_sim.analysis import replay as module
from ftz_sim.analysis.replay import replay, verify
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.results import parts
from ftz_sim.results.manifest import output_checksums, save, sha256
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import statement
from ftz_sim.runs.sweep import sweep
from sweeps import fragile, sweep_file

SHORT = "horizon.end=2013Q4"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One folder of each kind."""
    place = tmp_path_factory.mktemp("made")
    specs = [small(name, SHORT) for name in ("no_ftz", "history")]
    replicates(specs[1], 2, seed=4, out=place / "run")
    compare(specs, reps=2, seed=4, out=place / "compare")
    compare(specs, reps=2, seed=4, out=place / "uncertain", draws=3)
    sweep(sweep_file(place, samples=2, uncertainties="cards", tables="national, zones"), place / "sweep")
    return place


@pytest.fixture
def copy(made, tmp_path):
    """A sweep's folder to be harmed."""
    return shutil.copytree(made / "sweep", tmp_path / "sweep")


@pytest.mark.parametrize(
    ("folder", "run_id"),
    [
        ("run", "history-0001"),
        ("compare", "no_ftz-0001"),
        ("uncertain", "history-0001"),
        ("uncertain", "history-d0002"),
        ("sweep", "ftz_fta-s000001-r0001"),
    ],
)
def test_a_run_comes_out_again_bit_for_bit(made, folder, run_id):
    found = replay(made / folder, run_id)
    assert found.agrees and found.changes == []


@pytest.mark.parametrize("folder", ["run", "compare", "uncertain", "sweep"])
def test_a_folder_is_verified(made, folder):
    found = verify(made / folder, sample=2)
    assert found.agrees and found.problems == [] and found.changes == []
    assert len(found.replays) == (4 if folder == "uncertain" else 2)  # of its draws, too


def test_a_draw_that_was_edited_is_found(made, tmp_path):
    folder = shutil.copytree(made / "uncertain", tmp_path / "uncertain")
    table = pd.read_parquet(folder / "draw_runs.parquet")
    table.loc[3, "theil 2013"] += 1e-6
    table.to_parquet(folder / "draw_runs.parquet", index=False)
    assert verify(folder).problems == ["draw_runs.parquet was changed"]
    _listed(folder)
    assert any("uncertainty.csv" in problem for problem in verify(folder).problems)
    twice = pd.concat([table, table[:1]])
    twice.to_parquet(folder / "draw_runs.parquet", index=False)
    _listed(folder)
    assert verify(folder).problems == ["draw_runs.parquet: 7 rows, and its runs have 6"]
    table.to_parquet(folder / "draw_runs.parquet", index=False)
    (difference,) = replay(folder, str(table["run_id"][3])).differences
    assert "theil 2013" in difference


def test_no_such_run_and_no_such_folder(made, tmp_path):
    with pytest.raises(InputError, match=r"holds no run 'history-001'; did you mean 'history-0001'"):
        replay(made / "run", "history-001")
    with pytest.raises(InputError, match="no experiment folder"):
        replay(tmp_path, "history-0001")
    with pytest.raises(InputError, match="--sample is the number of runs"):
        verify(made / "run", sample=-1)


def _nudge(folder, table, column):
    """Change one number in the smallest possible way, checksums and all."""
    file = next(iter(sorted((folder / f"{table}.parquet").glob("*.parquet"))))
    whole = pq.read_table(file)
    values = whole[column].to_numpy().copy()
    values.view("u8")[0] ^= 1
    changed = whole.set_column(whole.schema.get_field_index(column), column, pa.array(values))
    pq.write_table(changed, file)
    return whole["run_id"][0].as_py()


def test_one_bit_is_enough(copy):
    run_id = _nudge(copy, "national", "gdp")
    found = replay(copy, run_id)
    assert not found.agrees and found.changes == []
    assert len(found.differences) == 1
    assert found.differences[0].startswith("national.gdp: ") and "2013Q1; 1 of 4 values differ" in found.differences[0]
    said = CliRunner().invoke(app, ["replay", str(copy), run_id])
    assert said.exit_code == 1
    assert "does not agree" in said.stdout and "the folder was altered" in said.stdout


def test_verify_finds_what_was_changed_added_and_lost(copy):
    _nudge(copy, "national", "gdp")
    (copy / "sweep.yaml").write_text("name: another\n")
    (copy / "scenarios" / "ftz_fta.yaml").unlink()
    (copy / "notes.txt").touch()
    problems = verify(copy).problems
    assert "part 000001 is torn or was changed" in problems
    assert "national.parquet/000001.parquet was changed" in problems
    assert "sweep.yaml was changed" in problems
    assert "scenarios/ftz_fta.yaml is missing" in problems
    assert "notes.txt was added" in problems
    said = CliRunner().invoke(app, ["verify", str(copy)])
    assert said.exit_code == 1 and "sweep.yaml was changed" in said.stdout


def test_after_an_upgrade_it_says_so(copy, monkeypatch):
    def upgraded(spec, seed, *_):
        outcome = attempt(spec, seed)
        outcome.result.national["gdp"][1] *= 1.01
        outcome.result.national["new_one"] = outcome.result.national["gdp"]
        return outcome

    attempt = module.attempt
    monkeypatch.setattr(module, "attempt", upgraded)
    monkeypatch.setattr(changes, "model_version", lambda: "9.9.9-abc")
    run_id = "single_ftz-s000000-r0000"
    found = replay(copy, run_id)
    assert [change.what for change in found.changes] == ["model"]
    assert found.differences[0] == "national.new_one is new"
    assert found.differences[1].startswith("national.gdp: ")
    said = CliRunner().invoke(app, ["verify", str(copy), "--sample", "1"])
    assert said.exit_code == 1
    assert f"The numbers of this model are not those of then: model: {__version__}-" in said.stdout
    told = json.loads(CliRunner().invoke(app, ["replay", str(copy), run_id, "--json"]).stdout)
    assert told["agrees"] is False and told["changes"][0]["now"] == "9.9.9-abc"


def test_an_upgrade_that_changes_no_number_agrees(copy, monkeypatch):
    monkeypatch.setattr(changes, "model_version", lambda: "9.9.9-abc")
    found = verify(copy)
    assert found.agrees and [change.what for change in found.changes] == ["model"]


def test_a_failed_run_that_fails_again_agrees(tmp_path):
    out = tmp_path / "out"
    sweep(sweep_file(tmp_path), out, simulate=fragile)
    runs = module._runs(out, module.read_manifest(out))
    failed = runs[runs["status"] == "failed"].iloc[0]
    found = replay(out, failed["run_id"])  # the real model does not fail
    assert found.differences == [f"it ended with an error then ({failed['error']}), and does not now"]


def test_an_unfinished_sweep_can_be_verified(tmp_path, monkeypatch):
    monkeypatch.setattr("ftz_sim.runs.sweep.MOST_IN_BATCH", {True: 2})

    def report(finished, failed, runs):
        if finished >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(sweep_file(tmp_path), tmp_path / "out", report=report, command="ftz sweep that")
    found = verify(tmp_path / "out", sample=1)
    assert found.agrees and found.resume == "ftz sweep that" and len(found.replays) == 1
    said = CliRunner().invoke(app, ["verify", str(tmp_path / "out"), "--sample", "1", "--lang", "zh"])
    assert said.exit_code == 0 and "扫描尚未完成" in said.stdout


def _listed(folder):
    """List all files anew, as an editor would who knows the format."""
    for file in sorted((folder / "runs.parquet").glob("*.parquet")) if (folder / "runs.parquet").is_dir() else ():
        piece = parts.read_header(folder, int(file.stem))
        sums = {name: sha256(parts.path_of(folder, name, piece.number)) for name in piece.checksums}
        whole = pq.read_table(file, partitioning=None)
        header = parts.header(parts.BatchFile(piece.number, piece.merges, piece.replaces, sums))
        pq.write_table(whole.replace_schema_metadata(header), file, write_page_checksum=True)
    manifest = read_manifest(folder)
    save(folder, manifest | {"outputs": output_checksums(folder)})


def _swap(*names):
    def edit(frame):
        for name in names:
            first, second = frame[name].unique()[:2]
            frame[name] = frame[name].replace({first: second, second: first})
        return frame

    return edit


def _ghost(frame):
    more = frame[frame["run_id"] == frame["run_id"].iloc[0]].assign(run_id="history-0007", replicate=7)
    return pd.concat([frame, more.astype(frame.dtypes.to_dict())], ignore_index=True)


TAMPERED = {
    "provinces": ("regions", _swap("region", "region_en", "region_zh"), "regions.parquet: region is TJ where BJ"),
    "names": ("zones", _swap("zone_zh"), "zones.parquet: zone_zh is "),
    "partners": ("partners", _swap("partner"), "partners.parquet: partner is "),
    "quarters": ("national", _swap("quarter"), "national.parquet: quarter is 2013Q2 where 2013Q1 belongs"),
    "scenarios": ("national", _swap("scenario"), "national.parquet: scenario is history where no_ftz belongs"),
    "rows": ("regions", lambda frame: frame.iloc[1:], "regions.parquet: 495 rows, and its runs have 496"),
    "run": ("zones", lambda frame: frame[frame["replicate"] == 0], "zones.parquet: "),
    "ghost": ("national", _ghost, "national.parquet: 20 rows, and its runs have 16"),
    "ghosts": ("runs", _ghost, "runs.parquet: runs that the manifest does not have: no_ftz-0007 (1)"),
    "twice": (
        "runs",
        lambda frame: frame.iloc[[0, 0, 2, 3]],
        "runs.parquet: runs of the manifest are missing: history-0000 (1)",
    ),
    "seed": ("runs", lambda frame: frame.assign(model_seed=frame["model_seed"] + 1), "runs.parquet: model_seed is "),
    "fewer": ("runs", lambda frame: frame.iloc[1:], "runs.parquet: runs of the manifest are missing: no_ftz-0000 (1)"),
    "column": ("regions", lambda frame: frame.drop(columns="region_zh"), "regions.parquet: no column region_zh"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_labels_that_were_edited_are_named_though_checksums_agree(made, tmp_path, what):
    table, edit, said = TAMPERED[what]
    folder = shutil.copytree(made / "compare", tmp_path / "compare")
    file = folder / f"{table}.parquet"
    edit(pd.read_parquet(file)).to_parquet(file, index=False)
    _listed(folder)
    found = verify(folder, sample=0)
    assert not found.agrees and any(each.startswith(said) for each in found.problems)


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [("zones", "zone", "zones.parquet/000001.parquet: zone is "), ("national", "quarter", "national.parquet/000001")],
)
def test_labels_of_a_sweep_that_were_edited_are_named(copy, table, column, said):
    file = sorted((copy / f"{table}.parquet").glob("*.parquet"))[0]
    frame = _swap(column)(pq.read_table(file, partitioning=None).to_pandas())
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), file)
    _listed(copy)
    found = verify(copy, sample=0)
    assert [each.startswith(said) for each in found.problems] == [True]
    assert not replay(copy, frame["run_id"].iloc[0]).agrees


def test_a_replay_compares_labels(made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    file = folder / "regions.parquet"
    _swap("region")(pd.read_parquet(file)).to_parquet(file, index=False)
    found = replay(folder, "history-0001")
    assert found.differences == ["regions.region: 'TJ' then, 'BJ' now in 2013Q1; 8 of 124 values differ"]


@pytest.mark.parametrize("kind", ["run", "compare", "sweep"])
def test_a_list_of_no_files_is_refused(made, tmp_path, kind):
    folder = shutil.copytree(made / kind, tmp_path / kind)
    save(folder, read_manifest(folder) | {"outputs": {}})
    assert verify(folder, sample=0).problems == ["the manifest lists no files"]
    if kind == "sweep":  # nor can it be called unfinished
        save(folder, read_manifest(folder) | {"outputs": {}, "state": "unfinished"})
        assert verify(folder, sample=0).problems == ["the manifest lists no files"]


def test_a_manifest_in_a_folder_below_is_a_file_that_was_added(made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    (folder / "scenarios" / "manifest.json").write_text("{}")
    assert verify(folder, sample=0).problems == ["scenarios/manifest.json was added"]


def test_the_sample_may_be_a_number_of_numpy(made):
    assert len(verify(made / "run", sample=np.int64(1)).replays) == 1


@pytest.mark.parametrize("name", ["comparison.csv", "provinces.csv", "leakage.csv", "entropy.csv"])
def test_a_finding_that_was_edited_is_named(made, tmp_path, name):
    folder = shutil.copytree(made / "compare", tmp_path / "compare")
    table = pd.read_csv(folder / name)
    column = next(key for key in table if table[key].dtype == float and table[key].notna().any())
    table[column] = table[column] + 1.0
    table.to_csv(folder / name, index=False)
    _listed(folder)
    assert verify(folder, sample=0).problems == [f"{name}: not what the tables give"]


@pytest.mark.parametrize("key", ["verdict", "notes", "weightings_nqp", "gain_per_yuan"])
def test_a_manifest_that_tells_another_story_is_named(made, tmp_path, key):
    folder = shutil.copytree(made / "compare", tmp_path / "compare")
    manifest = read_manifest(folder)
    other = {"verdict": [statement("comparison.all")], "notes": [statement("note.back_none")]}.get(key, {"no_ftz": 9.0})
    save(folder, manifest | {key: other})
    assert verify(folder, sample=0).problems == [f"manifest.json, {key}: not what the tables give"]


def test_a_folder_that_keeps_words_is_said_to_be_of_an_older_version(made, tmp_path):
    folder = shutil.copytree(made / "compare", tmp_path / "compare")
    save(folder, read_manifest(folder) | {"verdict": {"en": "no_ftz wins.", "zh": "no_ftz最优。"}})
    (said,) = verify(folder, sample=0).problems
    assert f"older version ({__version__})" in said
    assert f"旧版本（{__version__}）" in verify(folder, sample=0, lang="zh").problems[0]


def test_responses_to_shocks_that_were_edited_are_named(tmp_path):
    calm, hit = small("no_ftz", SHORT), small("no_ftz", SHORT, "shocks=[{kind: crisis, from: 2013Q2, to: 2013Q3}]")
    compare([calm, hit.model_copy(update={"name": "hit"})], reps=1, seed=4, out=tmp_path / "c")
    assert verify(tmp_path / "c", sample=0).agrees
    file = tmp_path / "c" / "shock_responses.csv"
    pd.read_csv(file).assign(mean=0.5).to_csv(file, index=False)
    _listed(tmp_path / "c")
    assert verify(tmp_path / "c", sample=0).problems == ["shock_responses.csv: not what the tables give"]


@pytest.mark.parametrize("kind", ["compare", "uncertain"])
def test_findings_of_another_version_are_not_called_edited(made, tmp_path, kind):
    folder = shutil.copytree(made / kind, tmp_path / kind)
    kept = {key: value for key, value in read_manifest(folder).items() if key not in ("level", "precision", "notes")}
    save(folder, kept | {"model": "0.0.9-abc"})
    found = verify(folder, sample=1)
    assert found.problems == [] and [change.what for change in found.changes] == ["model"]
    assert found.replays[0].agrees
