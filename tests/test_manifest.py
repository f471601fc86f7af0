"""The model's version is that of what moves numbers, and of nothing else."""

import shutil
from pathlib import Path

import pytest

from ftz_sim.results import manifest

PACKAGE = manifest.PACKAGE


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """A copy of the package in which one file ends with a comment; returns the version before and after."""
    copy = tmp_path / "ftz_sim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(manifest, "PACKAGE", copy)

    def versions(name: str) -> tuple[str, str]:
        before = manifest.model_version.__wrapped__()
        file = copy / name
        assert file.exists(), name
        file.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        return before, manifest.model_version.__wrapped__()

    return versions


@pytest.mark.parametrize(
    "name",
    ["exercises/marks.py", "text/errors.py", "report/page.py", "analysis/compare.py", "runs/sweep.py", "lab/app.py"],
)
def test_what_moves_no_number_leaves_the_version(changed, name):
    before, after = changed(name)
    assert before == after


@pytest.mark.parametrize(
    "name",
    [
        "model/mechanisms/production.py", "model/initial_state.py", "model/columns.py", "runs/model.py",
        "runs/ensemble/firms.py", "indicators/formulas.py", "scenario/policy_path.py", "data/provinces.csv",
        "runs/watch.py", "scenario/rules.py", "scenario/signs.py", "scenario/new_zones.py",
        "scenario/further_areas.py", "model/delimiting.py",
    ],
)  # fmt: skip
def test_equations_figures_and_formulas_of_tables_move_it(changed, name):
    before, after = changed(name)
    assert before != after


def test_the_version_of_the_package_is_that_of_its_files():
    assert manifest.model_version() == manifest.model_version.__wrapped__()
    assert Path(PACKAGE / "model").is_dir()
