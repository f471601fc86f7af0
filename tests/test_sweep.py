"""Sweeps: paired, resumable, extendable, and refused in clear words."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.model.streams import child_seed
from ftz_sim.results import load, verify
from ftz_sim.results import store as store_module
from ftz_sim.results.store import StoreError
from ftz_sim.runs import sweep as module
from ftz_sim.runs.estimate import estimate
from ftz_sim.runs.executors import Place
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.runs.sweep_tables import load_sweep
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.scenario import Scenario
from sweeps import TWO, fragile, quick, rows, same, sweep_file


@pytest.fixture(autouse=True, scope="module")
def _no_waiting_for_the_disk():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module.os, "fsync", lambda _: None)
        yield


FTZ = [sys.executable, "-c", "from ftz_sim.cli import main; main()"]


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """One sweep with the stand-in model, never disturbed."""
    folder = tmp_path_factory.mktemp("clean")
    sweep(sweep_file(folder), folder / "out", simulate=quick)
    return folder / "out"


def test_scenarios_meet_the_same_values_and_seeds_and_the_table_says_both(clean, tmp_path):
    plan, runs = read_sweep(sweep_file(tmp_path)), rows(clean)
    assert len(runs) == plan.runs == 16
    assert set(runs["status"]) == {"done"}
    shared = runs.groupby(["sample", "replicate"])[["model_seed", *plan.factors]].nunique()
    assert (shared == 1).all().all()
    assert runs["model_seed"].nunique() == 8  # every point and replicate has draws of its own
    assert runs["model_seed"].tolist() == [
        child_seed(5, *pair) for pair in zip(runs["sample"], runs["replicate"], strict=True)
    ]
    np.testing.assert_array_equal(runs[list(plan.factors)].drop_duplicates(), plan.design.all())


def test_the_tables_are_those_of_the_runs(clean):
    back, plan = load_sweep(clean), read_sweep(clean / "sweep.yaml")
    run = back.runs.iloc[5]
    spec = next(spec for spec in plan.specs if spec.name == run["scenario"])
    expected = quick(apply(spec, {name: run[name] for name in plan.factors}), int(run["model_seed"]))
    stored = back.national[back.national["run_id"] == run["run_id"]]
    assert stored["gdp"].tolist() == expected.national["gdp"].tolist()
    assert stored["quarter"].tolist() == ["2013Q1", "2013Q2", "2013Q3", "2013Q4"]
    year = back.years[back.years["run_id"] == run["run_id"]]
    assert year["year"].tolist() == [2013]
    assert year["capital"].item() == expected.national["capital"][-1]  # a stock: the year's last
    assert year["fdi"].item() == pytest.approx(expected.national["fdi"].mean(), rel=1e-12)  # a flow
    assert back.final("gdp").shape == (8, 2)


def test_a_sweep_is_an_experiment_folder_like_others(clean):
    assert verify(clean) == []
    experiment = load(clean)
    assert len(experiment.runs) == 16
    assert len(experiment.national) == 16 * 4
    assert experiment.manifest["state"] == "done"
    assert experiment.manifest["runs"] == {"done": 16, "failed": 0, "missing": 0}
    assert (clean / "scenarios" / "ftz_fta.yaml").is_file()


def test_a_finished_sweep_does_nothing(clean, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in clean.rglob("*.parquet")}
    assert sweep(sweep_file(tmp_path), clean, simulate=_never).made == 0
    assert before == {path: path.stat().st_mtime_ns for path in clean.rglob("*.parquet")}


def _never(spec, seed):
    raise AssertionError("finished runs are not made again")


@pytest.mark.parametrize("stop", [1, 3, 9])
def test_what_an_interrupted_sweep_finished_is_kept_and_the_rest_made(clean, tmp_path, stop, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_BATCH", {True: 2})

    def report(finished, failed, runs):
        if finished >= stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(sweep_file(tmp_path), tmp_path / "out", report=report, simulate=quick)
    assert load(tmp_path / "out").manifest["state"] == "unfinished"
    there = len(rows(tmp_path / "out"))
    assert stop <= there < 16
    assert sweep(sweep_file(tmp_path), tmp_path / "out", simulate=quick).made == 16 - there
    same(clean, tmp_path / "out")


@pytest.mark.parametrize(
    ("workers", "sizes"), [(1, [8] + [56] * 7), (2, [8] * 2 + [64] * 6), (3, [8] * 3 + [64] * 3 + [62, 62, 60])]
)
def test_batches_fill_a_company_and_are_as_many_for_each_worker(workers, sizes, tmp_path, monkeypatch):
    found = []

    def counted(make, batches, place):
        found.extend(batches(place.workers))
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(module, "unordered", counted)
    with pytest.raises(KeyboardInterrupt):
        sweep(sweep_file(tmp_path, samples=100), tmp_path / "out", Place(workers=workers))
    assert [len(batch.tasks) for batch in found] == sizes
    pasts = [{(task.sample, task.replicate) for task in batch.tasks} for batch in found]
    assert not any(a & b for a, b in pairwise(pasts))  # that scenarios share


@pytest.mark.parametrize(("seconds", "sizes"), [(1e-9, [1] * 16), (1e9, [1, 15])])
def test_a_batch_takes_so_many_seconds_at_most(seconds, sizes, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_A_BATCH", seconds)
    reports = []
    sweep(sweep_file(tmp_path), tmp_path / "out", simulate=quick, report=lambda finished, *_: reports.append(finished))
    assert np.diff(reports).tolist() == sizes


def test_more_replicates_points_and_scenarios_extend_a_sweep(clean, tmp_path):
    out = tmp_path / "out"
    sweep(sweep_file(tmp_path, scenarios="single_ftz", replicates=1, samples=2), out, simulate=quick)
    assert sweep(sweep_file(tmp_path, scenarios="single_ftz", samples=2), out, simulate=quick).made == 2
    assert sweep(sweep_file(tmp_path, scenarios="single_ftz"), out, simulate=quick).made == 4
    assert sweep(sweep_file(tmp_path), out, simulate=quick).made == 8
    same(clean, out)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"seed": 6}, "seed"),
        ({"replicates": 1}, "replicates"),
        ({"samples": 2}, "design"),
        ({"method": "lhs"}, "design"),
        ({"scenarios": "single_ftz"}, "scenarios"),
        ({"end": "2014Q1"}, "overrides"),
        ({"tables": "national, regions"}, "tables"),
        ({"uncertainties": "{glass_door.initial: card}"}, "uncertainties"),
        ({"uncertainties": TWO.replace("card", "[0.3, 0.5]")}, "uncertainties"),
    ],
)
def test_another_sweep_is_refused_by_what_changed(clean, tmp_path, changes, named):
    before = {path: path.read_bytes() for path in clean.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match=rf"holds another sweep \(changed: [a-z, ]*{named}"):
        sweep(sweep_file(tmp_path, **changes), clean, simulate=_never)
    assert before == {path: path.read_bytes() for path in clean.rglob("*") if path.is_file()}


def test_runs_of_another_model_are_not_mixed(clean, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "model_version", lambda: "9.9.9-abc")
    with pytest.raises(InputError, match=r"made by model 0\..*, this is 9\.9\.9-abc.*ftz verify"):
        sweep(sweep_file(tmp_path), clean)


def test_a_failed_run_is_a_row_and_can_be_made_again(clean, tmp_path):
    path, out = sweep_file(tmp_path), tmp_path / "out"
    result = sweep(path, out, simulate=fragile)
    runs = rows(out)
    bad = runs["model_seed"] % 3 == 0
    assert 0 < bad.sum() == result.failed < 16  # some seeds fail, not all
    assert set(runs.loc[bad, "status"]) == {"failed"}
    assert runs.loc[bad, "error"].str.startswith("ZeroDivisionError: seed ").all()
    assert set(rows(out, "national")["run_id"]) == set(runs.loc[~bad, "run_id"])
    assert sweep(path, out, simulate=_never).made == 0
    assert sweep(path, out, simulate=quick, retry_failed=True).made == bad.sum()
    same(clean, out)


def test_a_full_disk_stops_the_sweep_and_nothing_finished_is_lost(clean, tmp_path, monkeypatch):
    path, out = sweep_file(tmp_path), tmp_path / "out"
    written = []

    def full(handle):
        written.append(handle)
        if len(written) > 19:  # eight are for the manifest and the scenarios
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "MOST_IN_BATCH", {True: 2})
        patch.setattr(store_module.os, "fsync", full)
        with pytest.raises(StoreError, match="No space left"):
            sweep(path, out, simulate=quick)
    there = len(rows(out))
    assert 0 < there < 16
    assert sweep(path, out, simulate=quick).made == 16 - there
    same(clean, out)


def test_a_draw_that_a_mechanism_refuses_is_pulled_the_same_for_all_scenarios(tmp_path):
    refused = "{production.capital: [0.5, 0.6], production.labour: [0.5, 0.6], production.firm_elasticity: [9, 10]}"
    sweep(sweep_file(tmp_path, uncertainties=refused), tmp_path / "out", simulate=quick)
    runs = load_sweep(tmp_path / "out").runs
    assert (runs["pulled"] > 0).all() and set(runs["status"]) == {"done"}
    assert (runs.groupby("sample")[["production.capital", "pulled"]].nunique() == 1).all().all()
    scale = runs["production.capital"] + runs["production.labour"] + 0.07 + 0.08
    limit = 1 / (1 - 1 / runs["production.firm_elasticity"]) - 0.05
    assert (scale <= limit).all()


def test_cards_leave_out_what_a_scenario_sets_itself(tmp_path):
    (tmp_path / "own.yaml").write_text("name: own\nbase: history\nparameters: {glass_door: {initial: 0.3}}\n")
    plan = read_sweep(sweep_file(tmp_path, scenarios="own.yaml, history", uncertainties="cards"))
    everything = read_sweep(sweep_file(tmp_path, uncertainties="cards"))
    assert set(everything.factors) - set(plan.factors) == {"glass_door.initial"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"replicates": 0}, r"sweep.yaml:3: replicates: found 0; allowed: a whole number from 1 to 100,000"),
        ({"scenarios": ""}, r"sweep.yaml:2: scenarios: found a list"),
        ({"scenarios": "single_ft"}, r"sweep.yaml:2: .*'single_ft'.*did you mean 'single_ftz'"),
        ({"scenarios": "history, history"}, r"sweep.yaml:2: .*given twice"),
        ({"method": "lhc"}, r"sweep.yaml:5: design.method: found 'lhc'; allowed: grid, list, lhs"),
        ({"samples": 0}, r"sweep.yaml:5: design.samples: found 0; allowed"),
        ({"method": "lhs", "samples": 10**6, "uncertainties": "cards"}, r"1,000,000 points .* need 2.\d GB at once"),
        ({"uncertainties": "{}"}, r"needs uncertainties, such as uncertainties: calibrated"),
        ({"uncertainties": "all"}, r"sweep.yaml:6: uncertainties: found 'all'; allowed: calibrated, cards"),
        ({"uncertainties": "{glass_door.initia: card}"}, r"sweep.yaml:6: .*did you mean 'glass_door.initial'"),
        (
            {"uncertainties": "{glass_door.initial: [.nan, 1]}"},
            r"initial\[0\]: found nan; allowed: a finite number",
        ),
        ({"uncertainties": "{glass_door.initial: [0.5, 0.3]}"}, r"the range starts at 0.5, above its end 0.3"),
        ({"uncertainties": "{glass_door.initial: [0.5, 3]}"}, r"3 is outside \[0, 1\] \(share\)"),
        ({"uncertainties": "{glass_door.initial: [0.5]}"}, r"found 1 number\(s\); allowed: \[low, high\]"),
        ({"uncertainties": "{levers.joint_fund: [0, 1]}"}, r"no scenario of this sweep moves this lever"),
        ({"uncertainties": "{levers.rule_alignmnt: [0, 1]}"}, r"is no lever.*did you mean 'rule_alignment'"),
        ({"tables": ""}, r"sweep.yaml:8: tables: found a list"),
    ],
)
def test_bad_sweeps_are_refused_in_clear_words(tmp_path, changes, words):
    with pytest.raises(InputError, match=words):
        read_sweep(sweep_file(tmp_path, **changes))


def test_no_file_and_no_workers(tmp_path):
    with pytest.raises(InputError, match=r"there is no sweep 'what_decide'.*did you mean 'what_decides'"):
        read_sweep("what_decide")
    with pytest.raises(InputError, match="workers is a whole number from 1"):
        sweep(sweep_file(tmp_path), tmp_path / "out", Place(workers=0))
    with pytest.raises(InputError, match="--engine is local or dask, not 'spark'"):
        sweep(sweep_file(tmp_path), tmp_path / "out", Place("spark"))
    with pytest.raises(InputError, match="add --engine dask"):
        sweep(sweep_file(tmp_path), tmp_path / "out", Place(scheduler="tcp://localhost:1"))
    (tmp_path / "mine.txt").touch()
    with pytest.raises(InputError, match="no experiment of ours"):
        sweep(sweep_file(tmp_path), tmp_path)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "scenarios", "uncertainties"),
    [("what_decides", 4, range(200, 400)), ("what_matters", 2, range(16, 17)), ("what_matters_most", 2, range(4, 5))],
)
def test_the_shipped_sweeps_are_good(name, scenarios, uncertainties):
    plan = read_sweep(name)
    assert len(plan.specs) == scenarios and len(plan.factors) in uncertainties
    assert plan.runs == plan.design.rows * plan.record.replicates * scenarios


@pytest.mark.parametrize(
    "changes",
    [
        {"samples": 10**7, "replicates": 10**5},
        {"samples": 10**6, "replicates": 51},
        {"method": "lhs", "samples": 1000, "replicates": 10**5, "uncertainties": "{glass_door.initial: card}"},
    ],
)
def test_more_runs_than_can_be_numbered_are_refused_at_once(tmp_path, changes):
    with pytest.raises(InputError, match=r"sweep.yaml:5: .* points x 2 scenarios x .* at most 100,000,000"):
        read_sweep(sweep_file(tmp_path, **changes))


def test_a_grid_of_a_million_points_is_checked_mechanism_by_mechanism(tmp_path):
    ranges = "{glass_door.initial: [0.1, 0.2], production.talent: card, levers.trade_facilitation: [0, 1]}"
    text = sweep_file(tmp_path, uncertainties=ranges).read_text().replace("method: sobol, samples: 4", "METHOD")
    (tmp_path / "grid.yaml").write_text(text.replace("METHOD", "method: grid, levels: 100"))
    assert read_sweep(tmp_path / "grid.yaml").design.rows == 10**6
    refused = "{production.capital: [0.3, 0.6], production.labour: [0.6], glass_door.initial: [0.1, 0.2]}"
    (tmp_path / "bad.yaml").write_text(text.replace("METHOD", "method: grid").replace(ranges, refused))
    with pytest.raises(InputError, match=r"design: production\.capital=0\.6, production\.labour=0\.6: "):
        read_sweep(tmp_path / "bad.yaml")


def test_a_design_of_a_million_points_takes_no_memory_and_is_estimated(tmp_path):
    plan = read_sweep(sweep_file(tmp_path, samples=10**6, uncertainties="cards"))
    assert plan.runs == 4 * 10**6
    assert plan.design.between(999_990, 10**6).shape == (10, len(plan.factors))
    found = estimate(plan, Place(workers=2))
    assert found.seconds == found.seconds_a_run * plan.runs / 2 > 0
    assert found.bytes > plan.runs * 1000


def test_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = sweep_file(tmp_path, replicates=1, samples=1)
    plan = CliRunner().invoke(app, ["sweep", str(path), "--dry-run"])
    assert plan.exit_code == 0 and "= 2 runs; 2 uncertainties" in plan.stdout and not (tmp_path / "results").exists()
    done = CliRunner().invoke(app, ["sweep", str(path), "--lang", "zh"])
    assert done.exit_code == 0 and "新完成2次运行" in done.stdout
    told = json.loads(CliRunner().invoke(app, ["sweep", str(path), "--json"]).stdout)
    assert told["made"] == 0 and told["runs"] == 2 and told["folder"] == "results/small"
    bad = CliRunner().invoke(app, ["sweep", str(path), "--engine", "ray"])
    assert bad.exit_code == 2 and "--engine is local or dask" in bad.stderr


def _start(path: Path, out: Path, *more: str) -> subprocess.Popen:
    command = [*FTZ, "sweep", str(path), "--out", str(out), "--quiet", *more]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    heeds_ctrl_c = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # jobs in the background of a shell do not
    return subprocess.Popen(command, text=True, start_new_session=True, preexec_fn=heeds_ctrl_c, **pipes)


def _wait_for_runs(out: Path, process: subprocess.Popen, least: int) -> None:
    while process.poll() is None and len(list(out.glob("runs.parquet/0*.parquet"))) < least:
        time.sleep(0.02)


DISTURBED = {"samples": 16, "firms": 20_000}  # 64 real runs, so large that they come in batches of at most ten


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What is disturbed elsewhere, made in one go."""
    folder = tmp_path_factory.mktemp("undisturbed")
    sweep(sweep_file(folder, **DISTURBED), folder / "out")
    return folder / "out"


def test_killed_at_random_moments_it_ends_with_the_same_bits_and_a_second_writer_is_refused(undisturbed, tmp_path):
    path, out, rng = sweep_file(tmp_path, **DISTURBED), tmp_path / "out", random.Random(1)
    kept: set[str] = set()
    for kill in range(2):
        process = _start(path, out)
        _wait_for_runs(out, process, kill + 1)
        os.killpg(process.pid, signal.SIGSTOP)  # it keeps its lock and cannot finish meanwhile
        with pytest.raises(InputError, match=f"is being written by process {process.pid}"):
            sweep(path, out)
        os.killpg(process.pid, signal.SIGCONT)
        time.sleep(rng.uniform(0, 0.1))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        runs = set(rows(out)["run_id"])
        assert kept <= runs  # nothing finished is lost
        kept = runs
    sweep(path, out)
    same(undisturbed, out)


@pytest.mark.parametrize("stop", ["terminal", "batch system"])
def test_what_stops_it_stops_it_cleanly_and_it_says_how_to_resume(stop, undisturbed, tmp_path):
    path, out = sweep_file(tmp_path, **DISTURBED), tmp_path / "out"
    process = _start(path, out, "--workers", "2")
    _wait_for_runs(out, process, 1)
    if stop == "terminal":
        os.killpg(process.pid, signal.SIGINT)  # to the workers, too
    else:
        process.terminate()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines() == [f"stopped: interrupted. What was finished is kept in {out}; the same command resumes."]
    assert 0 < len(rows(out)) < 64
    assert not (out / ".lock").read_text()
    sweep(path, out)
    same(undisturbed, out)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the process table of Linux")
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_workers_leave_when_their_parent_is_gone(engine, tmp_path):
    if engine == "dask":
        pytest.importorskip("distributed")
    out = tmp_path / "out"
    process = _start(sweep_file(tmp_path, samples=64, replicates=50), out, "--workers", "2", "--engine", engine)
    _wait_for_runs(out, process, 1)
    assert len(_session(process.pid)) >= 3
    process.kill()
    process.wait()
    until = time.monotonic() + 30
    while (left := _session(process.pid)) and time.monotonic() < until:
        time.sleep(0.1)
    for each in left:
        os.kill(each, signal.SIGKILL)
    assert left == []


def _session(leader: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append(int(path.parent.name))
    return found


def test_an_unfinished_sweep_can_be_read(tmp_path):
    def report(finished, failed, runs):
        if finished >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(sweep_file(tmp_path), tmp_path / "out", report=report, simulate=quick)
    back = load_sweep(tmp_path / "out")
    assert isinstance(back.years, pd.DataFrame) and len(back.runs) >= 3
    with pytest.raises(InputError, match="keeps national, not zones"):
        back.table("zones")


POLICY = "{policy: [{lever: ai_plus, from: 2013Q3, level: 1}], population: {firms: 2000}}"


def with_overrides(folder, overrides, scenarios="single_ftz, cross_zone"):
    path = folder / "policy.yaml"
    path.write_text(f"name: policy\nscenarios: [{scenarios}]\noverrides: {overrides}\n")
    return path


def test_steps_of_overrides_are_laid_on_those_of_every_strategy(tmp_path):
    single, cross = read_sweep(with_overrides(tmp_path, POLICY)).specs
    for spec in (single, cross):
        shipped = Scenario.load(spec.name).policy
        other = [step for step in shipped if step.lever != "ai_plus"]
        assert [step for step in spec.policy if step.lever != "ai_plus"] == other
        assert [str(step) for step in spec.policy if step.lever == "ai_plus"] == ["1 from 2013Q3"]


def test_strategies_that_are_the_same_are_announced_before_they_run(tmp_path):
    path = with_overrides(tmp_path, "{horizon: {end: 2020Q4}, population: {firms: 2000}}")
    assert read_sweep(path).alike == (("single_ftz", "cross_zone"),)  # they part in 2025
    said = CliRunner().invoke(app, ["sweep", str(path), "--dry-run"]).stderr
    assert "single_ftz, cross_zone agree in all levers, shocks, mechanisms and parameters until 2020Q4" in said
    assert read_sweep(with_overrides(tmp_path, POLICY)).alike == ()


def test_all_typos_of_a_file_are_told_at_once_and_each_once(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nscenarios: [single_ft, cross_zone, ftz_ftaa]\nreplicats: 2\n"
        "design: {method: lhc, samples: 4}\nuncertainties:\n  glass_door.initia: card\n  levers.rule_alignmnt: [0, 1]\n"
        "  law_and_authority.pace: fast\noverrides: {population: {firms: 2000}}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_sweep(path)
    lines = str(caught.value).splitlines()
    for number, typo in ((2, "single_ft'"), (2, "ftz_ftaa"), (3, "replicats"), (4, "lhc"), (6, "initia'"),
                         (7, "rule_alignmnt"), (8, "fast")):  # fmt: skip
        assert sum(f":{number}: " in line and typo in line for line in lines) == 1, typo
    assert len(lines) == 7
    path.write_text(
        "name: mine\nscenarios: [single_ftz, ftz_fta]\noverrides: {populaton: {firms: 2000}}\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_sweep(path)
    assert str(caught.value).count("populaton: ") == 1, "a wrong override is no fault of every scenario"
