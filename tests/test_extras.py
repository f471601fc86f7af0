"""Optional libraries: each one hidden in turn ends in one sentence, before anything is run or written."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ftz_sim.analysis.discovery import NO_SKLEARN, boundary
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.extras import REQUIREMENTS
from ftz_sim.runs.executors import Place
from ftz_sim.runs.sampling import sample
from sweeps import sweep_file

ROOT = Path(__file__).parents[1]
OF_COMMAND = {
    ("sensitivity", "SWEEP", "--runs-out", "OUT"): "SALib",
    ("sensitivity", "SWEEP", "--method", "sobol", "--samples", "4", "--runs-out", "OUT"): "SALib",
    ("sweep", "SWEEP", "--engine", "dask", "--out", "OUT"): "distributed",
    ("sweep", "SWEEP", "--engine", "dask", "--dry-run"): "distributed",
    ("sensitivity", "SWEEP", "--engine", "dask", "--runs-out", "OUT"): "distributed",
    ("attribute", "integrated", "--against", "history", "--engine", "dask", "--out", "OUT"): "distributed",
    ("validate", "--out", "OUT"): "pyfixest",
    ("export", "OUT", "--xlsx"): "openpyxl",
    ("lab", "--no-browser"): "streamlit",
}


def test_the_requirements_are_those_of_the_package():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = [each for extra in ("analysis", "cluster", "design", "evidence", "excel", "lab") for each in extras[extra]]
    assert sorted(named) == sorted(REQUIREMENTS.values())


@pytest.mark.parametrize(("words", "library"), OF_COMMAND.items(), ids=lambda each: str(each)[:40])
def test_without_a_library_there_is_one_sentence_and_nothing_else(words, library, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.chdir(tmp_path)
    places = {"SWEEP": str(sweep_file(tmp_path)), "OUT": str(tmp_path / "out")}
    done = CliRunner().invoke(app, [places.get(word, word) for word in words], env={"LC_ALL": "C.UTF-8"})
    assert done.exit_code == 2, done.output
    said = done.stderr.splitlines()[-1]
    assert "Traceback" not in done.output and said.startswith("Error: ")
    assert f'which is not installed; install it with: pip install "{REQUIREMENTS[library]}"' in said
    assert [path.name for path in tmp_path.iterdir()] == ["sweep.yaml"]


def test_from_python_too(monkeypatch):
    for library in ("SALib", "distributed"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError, match="needs SALib"):
        sample("morris", ["x"], [(0.0, 1.0)], 4)
    with pytest.raises(InputError, match=r"needs dask\[distributed\]"):
        Place("dask").check()


def test_without_scikit_learn_there_is_no_boundary_but_all_the_rest(monkeypatch):
    import numpy as np
    import pandas as pd

    monkeypatch.setitem(sys.modules, "sklearn", None)
    draws = pd.DataFrame({"x": np.linspace(0, 1, 60)})
    found = boundary(np.where(draws["x"] > 0.5, "a", "b"), draws)
    assert found["rule"].tolist() == [NO_SKLEARN]
