"""Last bits depend on the processor: folders say which made a run, resumes warn, and verify allows for rounding."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from builders import small
from ftz_sim.analysis import agreement, changes, replicates
from ftz_sim.analysis.replay import replay, verify
from ftz_sim.cli import app
from ftz_sim.results import load
from ftz_sim.results.manifest import output_checksums, save
from ftz_sim.results.processor import processor
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.run import run
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_tables import load_sweep
from sweeps import sweep_file

END = "2020Q4"  # late enough for rounding to show
FEW = {"samples": 2, "end": END}
SETS = np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", [])
FEWER_SETS = {"NPY_DISABLE_CPU_FEATURES": " ".join(SETS)}
ANOTHER_KERNEL = {"OPENBLAS_CORETYPE": "Nehalem"}
needs_choice = pytest.mark.skipif(not SETS, reason="numpy uses the baseline of this processor only")
MAKE = f"""
import sys
from pathlib import Path
from ftz_sim.analysis import compare, replicates
from ftz_sim.runs.sweep import sweep
place = Path(sys.argv[1])
compare(["no_ftz", "history"], reps=1, seed=4, firms=2000, end="{END}", draws=2, out=place / "compare")
replicates("history", 2, seed=4, firms=2000, end="{END}", out=place / "run")
sweep(place / "half.yaml", place / "sweep", command="there")
"""


def python(code: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def named(**environment: str) -> str:
    return python("from ftz_sim.results.processor import processor; print(processor())", **environment)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A run and half a sweep, made as a processor with fewer instructions makes them."""
    place = tmp_path_factory.mktemp("elsewhere")
    sweep_file(place, "half.yaml", replicates=1, **FEW)
    python(MAKE, str(place), **FEWER_SETS)
    return place


@pytest.fixture
def copy(elsewhere, tmp_path):
    return shutil.copytree(elsewhere, tmp_path / "elsewhere")


def test_a_processor_has_one_name_whatever_the_number_of_threads():
    assert named(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1") == processor()


@needs_choice
def test_other_instructions_have_another_name():
    assert named(**FEWER_SETS).split()[-1] != processor().split()[-1]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="names a kernel for x86-64")
def test_another_kernel_of_the_linear_algebra_has_another_name():
    if not any("openblas" in each["filepath"] for each in pytest.importorskip("threadpoolctl").threadpool_info()):
        pytest.skip("numpy has no OpenBLAS here")
    assert named(**ANOTHER_KERNEL).split()[:-1] == processor().split()[:-1]
    assert named(**ANOTHER_KERNEL) != processor()


@needs_choice
def test_a_run_of_another_processor_agrees_but_for_rounding(elsewhere):
    there = load(elsewhere / "run")
    assert there.manifest["processor"] != processor() and set(there.runs["processor"]) == {there.manifest["processor"]}
    found = verify(elsewhere / "run", sample=2)
    assert found.agrees and found.problems == []
    assert not any(each.exact for each in found.replays)
    assert all(0 < each.size <= agreement.ROUNDING for each in found.replays)
    assert {each.elsewhere.then for each in found.replays} == {there.manifest["processor"]}
    said = CliRunner().invoke(app, ["verify", str(elsewhere / "run"), "--sample", "1"])
    assert said.exit_code == 0 and f"{found.replays[0].size:.1e}" in said.stdout
    assert "another processor" in said.stdout and "altered" not in said.stdout
    said = CliRunner().invoke(app, ["replay", str(elsewhere / "run"), "history-0000", "--lang", "zh"])
    assert said.exit_code == 0 and "不同处理器的舍入差异" in said.stdout
    told = json.loads(CliRunner().invoke(app, ["replay", str(elsewhere / "run"), "history-0000", "--json"]).stdout)
    assert told["agrees"] and not told["exact"] and told["elsewhere"]["now"] == processor()


@needs_choice
def test_draws_of_another_processor_agree_but_for_rounding(copy):
    found = verify(copy / "compare", sample=4)
    drawn = [each for each in found.replays if "-d0" in each.run_id]
    assert found.agrees and len(drawn) == 4
    assert all(0 < each.size <= agreement.ROUNDING and each.elsewhere for each in drawn)
    file = copy / "compare" / "draw_runs.parquet"
    frame = pd.read_parquet(file)
    frame.loc[1, "theil 2020"] *= 1 + 10 * agreement.ROUNDING
    frame.to_parquet(file, index=False)
    assert not replay(copy / "compare", frame["run_id"][1]).agrees


@needs_choice
def test_what_rounding_does_not_explain_is_still_an_altered_folder(copy):
    file = copy / "run" / "regions.parquet"
    frame = pd.read_parquet(file)
    frame["gdp"] *= 1 + 10 * agreement.ROUNDING
    frame.to_parquet(file, index=False)
    found = replay(copy / "run", "history-0000")
    assert not found.agrees and found.size > agreement.ROUNDING
    said = CliRunner().invoke(app, ["replay", str(copy / "run"), "history-0000"])
    assert said.exit_code == 1 and "another processor" in said.stdout and "the folder was altered" in said.stdout
    assert f"{found.size:.1e}" in said.stdout
    frame["region"] = frame["region"].replace({"BJ": "TJ", "TJ": "BJ"})
    frame.to_parquet(file, index=False)
    said = CliRunner().invoke(app, ["replay", str(copy / "run"), "history-0000"])
    assert said.exit_code == 1 and "more than numbers differs" in said.stdout


@needs_choice
def test_an_upgraded_model_is_not_excused_by_another_processor(elsewhere, monkeypatch):
    monkeypatch.setattr(changes, "model_version", lambda: "9.9.9-abc")
    found = replay(elsewhere / "run", "history-0000")
    assert found.elsewhere is None and not found.agrees and found.changes[0].what == "model"


@pytest.mark.parametrize("share", [1e-12, agreement.ROUNDING / 2])
def test_the_same_processor_gives_the_same_bits(tmp_path, share):
    replicates(small("no_ftz", "horizon.end=2013Q4"), 1, out=tmp_path / "run")
    file = tmp_path / "run" / "national.parquet"
    frame = pd.read_parquet(file)
    frame["gdp"] *= 1 + share
    frame.to_parquet(file, index=False)
    found = replay(tmp_path / "run", "no_ftz-0000")
    assert found.elsewhere is None and not found.agrees and 0 < found.size <= agreement.ROUNDING


@needs_choice
def test_a_sweep_resumed_elsewhere_warns_and_forgets_nobody(copy):
    there = read_manifest(copy / "sweep")["processor"]
    whole = sweep_file(copy, "whole.yaml", replicates=2, **FEW)
    with pytest.warns(UserWarning, match="made elsewhere .*processor: ") as caught:
        sweep(whole, copy / "sweep")
    assert len(caught) == 1 and there in str(caught[0].message)
    manifest = read_manifest(copy / "sweep")
    assert [each["processor"] for each in manifest["environments"]] == [there, processor()]
    runs = load_sweep(copy / "sweep").runs
    assert runs.groupby("replicate")["processor"].unique().str[0].tolist() == [there, processor()]
    found = verify(copy / "sweep", sample=len(runs))
    assert found.agrees and [change.what for change in found.changes] == ["processor"]
    assert [each.elsewhere is None for each in found.replays] == (runs["processor"] == processor()).tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # nothing is missing: nobody writes, and nobody is added
        sweep(whole, copy / "sweep")
    assert read_manifest(copy / "sweep")["environments"] == manifest["environments"]
    more = sweep_file(copy, "more.yaml", replicates=3, **FEW)
    said = python("from ftz_sim.cli import main; main()", "sweep", str(more), "--out", str(copy / "sweep"), "--quiet",
                  "--no-figures", **FEWER_SETS)  # fmt: skip
    assert said.endswith("sweep")
    again = read_manifest(copy / "sweep")
    assert [each["processor"] for each in again["environments"]] == [processor(), there]
    assert load_sweep(copy / "sweep").runs["processor"].value_counts()[there] == 8


@needs_choice
def test_the_command_warns_in_both_languages(copy):
    for n, (lang, word) in enumerate({"en": "made elsewhere", "zh": "其他环境下完成"}.items(), 2):
        file = sweep_file(copy, "more.yaml", replicates=n, **FEW)
        words = ["sweep", str(file), "--out", str(copy / "sweep"), "--no-figures", "--quiet", "--lang", lang]
        said = CliRunner().invoke(app, words)
        assert said.exit_code == 0 and said.stderr.count(word) == 1


def test_folders_that_do_not_say_which_processor_it_was_are_read(tmp_path):
    single = run("no_ftz", firms=2000, end="2013Q4")
    folder = single.save(tmp_path / "run")
    older = pq.read_table(folder / "runs.parquet").drop_columns(["processor"])
    names = ["seed" if name == "model_seed" else name for name in older.column_names]
    pq.write_table(older.rename_columns(names), folder / "runs.parquet")
    manifest = {key: value for key, value in read_manifest(folder).items() if key not in ("processor", "model_seed")}
    save(folder, manifest | {"seed": single.seed, "outputs": output_checksums(folder)})
    back = load(folder).runs
    assert int(back.loc[0, "model_seed"]) == single.seed and back.loc[0, "processor"] == ""
    found = verify(folder, sample=1)
    assert found.agrees and found.replays[0].exact
    assert [(change.what, change.then) for change in found.changes] == [("processor", changes.UNKNOWN)]


def test_an_older_sweep_is_resumed_and_its_parts_are_merged(tmp_path, monkeypatch):
    from ftz_sim.results import store

    file = sweep_file(tmp_path, replicates=1)
    sweep(file, tmp_path / "out")
    for part in (tmp_path / "out" / "runs.parquet").glob("*.parquet"):
        older = pq.read_table(part, partitioning=None)
        names = ["seed" if name == "model_seed" else name for name in older.column_names]
        header, older = older.schema.metadata, older.rename_columns(names).drop_columns(["processor"])
        pq.write_table(older.replace_schema_metadata(header), part, write_page_checksum=True)
    manifest = read_manifest(tmp_path / "out")
    save(tmp_path / "out", {key: manifest[key] for key in manifest if key not in ("processor", "environments")})
    monkeypatch.setattr(store, "MERGED", 2)
    with pytest.warns(UserWarning, match="processor: [?] then"):
        sweep(sweep_file(tmp_path, replicates=2), tmp_path / "out")
    runs = load_sweep(tmp_path / "out").runs
    assert set(runs["processor"]) == {"", processor()} and runs["model_seed"].nunique() == 8
    assert verify(tmp_path / "out", sample=1).agrees
