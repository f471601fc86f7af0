"""Whole numbers of any kind are taken everywhere, and mean the same."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import ftz_sim as ftz
from ftz_sim.errors import InputError
from ftz_sim.runs.sampling import sample
from ftz_sim.runs.setup import check_numbers
from sweeps import quick, same, sweep_file

SMALL = {"firms": 2000, "end": "2013Q2"}


def test_numbers_of_numpy_are_whole_numbers(tmp_path):
    one, two = np.int64(1), np.int32(2)
    for folder, reps, seed in ((tmp_path / "numpy", two, np.int64(3)), (tmp_path / "own", 2, 3)):
        ftz.compare(["no_ftz", "history"], reps=reps, seed=seed, workers=one, out=folder, **SMALL)
    numpy, own = (json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("numpy", "own"))
    assert (numpy["reps"], numpy["seed"], numpy["workers"]) == (2, 3, 1)
    assert numpy["outputs"]["national.parquet"] == own["outputs"]["national.parquet"]
    assert (
        sample("morris", ["x"], [(0, 1)], np.int64(4), np.int64(2)) == sample("morris", ["x"], [(0, 1)], 4, 2)
    ).all()


@pytest.mark.parametrize("number", [True, 1.0, np.float64(1), "1", None, 0, np.bool_(True)])
def test_others_are_none(number):
    with pytest.raises(InputError, match="reps"):
        check_numbers(number, 1, 1)


def test_a_row_of_a_table_of_runs_can_be_repeated(tmp_path):
    ftz.compare(["no_ftz", "history"], reps=2, out=tmp_path / "out", **SMALL)
    from ftz_sim.results import load

    back = load(tmp_path / "out")
    row = back.runs.query("scenario == 'history' and replicate == 1").iloc[0]
    again = ftz.run("history", model_seed=row["model_seed"], **SMALL)
    stored = back.national[back.national["run_id"] == row["run_id"]]
    assert again.national["gdp"].tolist() == stored["gdp"].tolist()
    assert again.national["gdp"].tolist() != ftz.run("history", **SMALL).national["gdp"].tolist()


def test_a_sweep_takes_engine_and_workers(tmp_path):
    path = sweep_file(tmp_path)
    ftz.sweep(path, tmp_path / "one", simulate=quick)
    ftz.sweep(path, tmp_path / "two", engine="local", workers=np.int64(2), simulate=quick)
    same(tmp_path / "one", tmp_path / "two")
    with pytest.raises(InputError, match="engine is local or dask"):
        ftz.sweep(path, tmp_path / "three", engine="ray")


@pytest.mark.parametrize("digits", ["{}", "'{}"])
def test_a_seed_may_be_the_text_that_a_table_keeps(digits):
    single = ftz.run("history", **SMALL)
    again = ftz.run("history", model_seed=digits.format(single.seed), **SMALL)
    assert again.seed == single.seed and again.national.equals(single.national)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "0x1", "٣", "''1", str(2**64), " 1"])
def test_other_texts_are_no_seed(text):
    with pytest.raises(InputError, match="model_seed"):
        ftz.run("history", model_seed=text, **SMALL)


@pytest.mark.parametrize("kind", [np.uint64, np.int64, int, object])
def test_whole_numbers_that_spreadsheets_cut_are_text_in_csv(kind, tmp_path):
    from ftz_sim.results import FolderWriter

    most = 2**63 - 1
    frame = pd.DataFrame({"name": ["a", "b"], "seed": np.array([7, most], dtype=kind), "x": [0.5, -1e300]})
    with FolderWriter(tmp_path / "out", "made_up", {"command": "test"}) as writer:
        writer.frame("t.csv", frame)
        writer.finish()
    lines = (tmp_path / "out" / "t.csv").read_text().splitlines()
    assert lines[1:] == ["a,7,0.5", f"b,'{most},-1e+300"]
    assert pd.read_csv(tmp_path / "out" / "t.csv").loc[1, "seed"] == f"'{most}"
