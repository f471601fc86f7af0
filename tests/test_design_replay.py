"""A run of a design is made again from its folder alone."""

from __future__ import annotations

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from designs import design_file
from ftz_sim.cli import app
from ftz_sim.design.design import design
from ftz_sim.design.problem import read_problem
from ftz_sim.design.replay import Stored, replay, verify_design
from ftz_sim.errors import InputError

CHOICES = """\
  - {lever: replication, from: 2013Q2, when: {indicator: effective_tariff, partner: US, above: [0.02, 0.5]}}
  - {lever: ip_protection, from: 2013Q2}"""
SITES = "sites: [{province: GZ, opens: 2013Q3, like: YN}]\n"
SMALL = {"aims": "{indicator: real_income}", "search": "{evaluations: 6, population: 4}", "most": 200}


pytestmark = pytest.mark.usefixtures("pymoo", "no_waiting_for_the_disk")


def write(folder, choices=CHOICES):
    path = design_file(folder, choices=choices, **SMALL)
    path.write_text(path.read_text(encoding="utf-8") + SITES, encoding="utf-8")
    return read_problem(path)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A small design with a rule and a site; its start was a file that is gone by now."""
    folder = tmp_path_factory.mktemp("done")
    made = design(write(folder), folder / "out")
    (folder / "start.yaml").unlink()
    return made.folder


def test_runs_of_rules_and_sites_come_out_again_bit_for_bit(done):
    runs = Stored(done).runs
    waits = runs[runs["scenario"] == "2-0-1"]["run_id"].iloc[0]
    for run_id in (waits, runs["run_id"].iloc[0], runs["run_id"].iloc[-1]):
        found = replay(done, run_id)
        assert found.exact and not found.changes, found.differences


def test_a_folder_is_verified_with_runs_that_are_made_again(done):
    found = verify_design(done, 4)
    assert found.agrees and len(found.replays) == 4


def test_what_was_altered_is_found(done, tmp_path):
    folder = shutil.copytree(done, tmp_path / "altered")
    file = sorted((folder / "runs.parquet").glob("*.parquet"))[0]
    table = pq.read_table(file, partitioning=None)
    name = "policy_cost discounted"
    values = table[name].to_pylist()
    values[3] += 1e-6
    place = table.column_names.index(name)
    pq.write_table(table.set_column(place, name, pa.array(values)), file)  # its header stays
    found = replay(folder, table["run_id"][3].as_py())
    assert not found.agrees and "policy_cost discounted" in found.differences[0]
    assert verify_design(folder).problems


def test_a_run_of_an_earlier_file_of_the_folder_is_told(tmp_path):
    design(write(tmp_path), tmp_path / "out")
    before = Stored(tmp_path / "out").runs
    other = CHOICES.replace("ip_protection, from: 2013Q2", "ip_protection, from: 2013Q3")
    design(write(tmp_path, other), tmp_path / "out")
    run_id = before.loc[before["scenario"] == "0-1-0", "run_id"].iloc[0]
    runs = Stored(tmp_path / "out").runs
    assert (runs["run_id"] == run_id).sum() == 2, "one of each file"
    assert replay(tmp_path / "out", run_id).exact
    design(write(tmp_path, CHOICES.splitlines()[0]), tmp_path / "out")
    with pytest.raises(InputError, match="was made under another design file"):
        replay(tmp_path / "out", run_id)
    assert verify_design(tmp_path / "out", 3).agrees


def test_no_such_run(done):
    with pytest.raises(InputError, match="holds no run '0-0-0-s1'"):
        replay(done, "0-0-0-s1")


def test_the_commands(done):
    run_id = Stored(done).runs["run_id"].iloc[1]
    told = CliRunner().invoke(app, ["replay", str(done), run_id, "--json"])
    assert told.exit_code == 0 and json.loads(told.stdout)["exact"]
    told = CliRunner().invoke(app, ["verify", str(done), "--sample", "2", "--lang", "zh"])
    assert told.exit_code == 0 and "重算的2次运行逐位一致" in told.stdout
