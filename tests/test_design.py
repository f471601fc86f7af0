"""A design from file to answer: common random numbers, an archive that survives, numbers that are measured again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from designs import LEVERS, design_file, effects, fragile, levels_of, noisy, problem, quick
from ftz_sim.cli import app
from ftz_sim.cli import design as command
from ftz_sim.design.answer import Answer
from ftz_sim.design.archive import Archive
from ftz_sim.design.design import design
from ftz_sim.design.paths import chance
from ftz_sim.design.worlds import FRESH, Worlds
from ftz_sim.errors import InputError
from ftz_sim.results import load, verify
from ftz_sim.results.store import Store
from ftz_sim.runs.setup import check_comparable
from ftz_sim.scenario.scenario import Scenario

ROOT = Path(__file__).parents[1]


pytestmark = pytest.mark.usefixtures("pymoo", "no_waiting_for_the_disk")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One design with the stand-in model."""
    folder = tmp_path_factory.mktemp("done")
    return design(problem(folder), folder / "out", play=quick)


def true_front(most=2.0):
    """The packages that the stand-in model makes best, by hand: more GDP and less FDI within the budget."""
    found = []
    for candidate in product((0, 1), repeat=len(LEVERS)):
        gdp, fdi, cost = effects(np.array(candidate, dtype=float))
        if cost * 0.75 <= most:  # three quarters, hardly discounted
            found.append((candidate, gdp, fdi))
    return {
        a
        for a, gdp, fdi in found
        if not any(g >= gdp and f <= fdi and (g, f) != (gdp, fdi) for _, g, f in found)
        and not any((g, f) == (gdp, fdi) and sum(b) < sum(a) for b, g, f in found)
    }


def test_the_front_is_that_of_the_model_and_bounds_are_kept(done):
    tried = pd.read_parquet(done.folder / "tried.parquet")
    assert len(tried) == 32  # so few are all looked at
    front = {tuple(map(int, code.split("-"))) for code in tried.loc[tried["on_front"], "code"]}
    assert front == true_front()
    assert tried.loc[tried["within"], "cost"].max() <= 2 < tried["cost"].max()
    shares = done.tables["searches.csv"].set_index("search")
    assert shares.loc["enumeration", "hypervolume"] == pytest.approx(1)
    assert (shares["packages"][["genetic", "greedy", "random"]] == 20).all()


@pytest.mark.parametrize("finder", ["genetic", "greedy", "random"])
def test_the_answer_is_chosen_from_what_all_searches_looked_at(tmp_path, finder):
    found = problem(tmp_path)
    best, worse = (1, 1, 0, 0, 0), [(0, 0, 1, 0, 0), (0, 0, 0, 0, 0)]  # most GDP for the budget; less of all
    looked = {name: [best] if name == finder else worse for name in ("genetic", "greedy", "random")}
    with Store(tmp_path / "out") as store:
        answer = Answer(found, looked, Archive(found, store, play=quick), Worlds(found))
        assert set(answer.front) == {best, *worse} and answer.members[0] == best
        assert best in answer.measured


def test_differences_are_those_of_the_model_whatever_the_seed(done):
    front = done.tables["front.csv"]
    for row in front[front["outcome"] == "fdi 2013"].to_dict("records"):
        fdi = 100 * (effects(np.array(done.packages[row["package"]], dtype=float))[1] / 50 - 1)
        assert row["mean"] == pytest.approx(fdi) and row["ci_high"] - row["ci_low"] < 1e-9  # noise cancels in pairs


def test_levers_that_always_or_never_stand_in_good_packages_are_named(done):
    found = done.tables["choices.csv"].set_index("part")["found_in"]
    good = np.array(sorted(true_front()))
    for place, name in enumerate(LEVERS):
        share = good[:, place].mean()
        assert {0: "in none", 1: "in every"}.get(share, found[name]) == found[name]
    assert found["replication"] == "in none"
    assert "复制推广" in done.sentence["zh"] and "national replication" in done.sentence["en"]


def test_all_candidates_meet_the_same_draws_parameters_and_shocks(tmp_path):
    shock = "{kind: fdi, size: 0.5, from: 2013Q3, to: 2013Q4}"
    text = f"{{draws: 12, shocks: [{{chance: 0.5, shock: {shock}}}]}}"
    found, met = problem(tmp_path, uncertainty=text), {}

    def noted(jobs, *how):
        for job in jobs:
            spec = job.spec
            met.setdefault(tuple(levels_of(job)), []).append((job.replicate, job.seed, spec.parameters, spec.shocks))
        return quick(jobs, *how)

    with Store(tmp_path / "out") as store:
        Archive(found, store, play=noted).values([(0,) * 5, (1, 0, 1, 0, 0), (0, 1, 0, 0, 1)], Worlds(found).searched)
    first, *others = met.values()
    assert len(met) == 3 and all(other == first for other in others)
    assert len({seed for _, seed, _, _ in first}) == 12
    assert 1 < sum(bool(shocks) for *_, shocks in first) < 11
    drawn = {parameters.production.digital_effect for _, _, parameters, _ in first}
    assert len(drawn) == 12


def test_fresh_worlds_are_others_and_parameters_may_be_fixed(tmp_path):
    worlds = Worlds(problem(tmp_path, uncertainty="{draws: 3, parameters: fixed}"))
    seeds = [{world.seed for world in each} for each in (worlds.searched, worlds.fresh)]
    assert not seeds[0] & seeds[1] and worlds.fresh[0].number == FRESH
    default = worlds.problem.start.parameters
    assert all(world.start.parameters == default for world in worlds.searched)


def test_where_nothing_has_an_effect_what_is_found_is_noise_and_the_gap_says_so(tmp_path):
    text = {"aims": "{indicator: gdp}", "uncertainty": "{draws: 1, parameters: fixed}"}
    gaps, again = [], []
    for seed in range(1, 6):
        (tmp_path / str(seed)).mkdir()
        made = design(problem(tmp_path / str(seed), seed=seed, **text), tmp_path / f"out{seed}", play=noisy)
        row = made.tables["front.csv"].query("outcome == 'gdp 2013'").iloc[0]
        gaps.append(row["gap"])
        again.append(row["mean"])
    assert np.mean(gaps) > 1  # the best of 32 is two standard deviations up, by chance
    assert abs(np.mean(again)) < 1


def test_packages_are_scenarios_that_can_be_compared_with_the_start(done):
    files = sorted((done.folder / "scenarios").glob("*.yaml"))
    specs = [Scenario.load(file) for file in files]
    assert check_comparable(specs, "begin") == "begin"
    assert len(specs) == len(done.tables["packages.csv"]) + (not done.tables["packages.csv"]["pulled"].eq(0).any())
    spec = next(each for each in specs if each.name == "small_p1")
    assert "ftz design" in spec.why.en and "新抽样" in spec.why.zh and spec.title.zh == "“small”的方案p1"
    candidate = done.packages["p1"]
    assert spec.policy == done.problem.scenario(candidate, "x").policy


def test_the_folder_is_one_that_can_be_read_and_verified(done):
    assert verify(done.folder) == []
    back = load(done.folder)
    assert back.manifest["kind"] == "design" and back.manifest["state"] == "done"
    assert len(back.runs) == back.manifest["runs"]["done"] == done.made
    assert back.manifest["sentence"] == [done.sentence]


def test_the_same_call_again_plays_nothing_and_says_the_same(done, tmp_path):
    def nothing(jobs, *_):
        raise AssertionError(f"{len(jobs)} runs were played again")

    again = design(done.problem, done.folder, play=nothing)
    assert again.made == 0 and again.sentence == done.sentence
    for name, table in done.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table, check_exact=True)


def test_the_model_itself_plays_a_design(tmp_path):
    text = {"choices": "  - {lever: replication, from: 2013Q2}\n  - {lever: ip_protection, from: [2013Q2, 2013Q3]}",
            "aims": "{indicator: real_income}", "search": "{evaluations: 4, population: 4}",
            "constraints": "{indicator: gdp, province: worst, least: -5}"}  # fmt: skip
    made = design(problem(tmp_path, **text), tmp_path / "out")
    front = made.tables["front.csv"]
    assert made.failed == 0 and len(pd.read_parquet(made.folder / "tried.parquet")) == 6
    assert np.isfinite(front["mean"]).all() and {"cost", "aim", "bound"} == set(front["role"])
    assert len(load(made.folder).runs) == made.made


def test_workers_are_those_of_the_engine(tmp_path):
    asked = set()

    def noted(jobs, workers, *how):
        asked.add(workers)
        return quick(jobs, workers, *how)

    design(problem(tmp_path), tmp_path / "out", 3, play=noted)
    assert asked == {3}


SLOW = """
import sys, time
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from designs import problem, quick
from ftz_sim.design import archive
from ftz_sim.design.design import design
archive.SECONDS = 0.0
def slowly(jobs, *how):
    for run in quick(jobs, *how):
        time.sleep(float(sys.argv[4]))
        yield run
design(problem(Path(sys.argv[1])), sys.argv[2], play=slowly)
"""


def test_a_design_that_is_killed_goes_on_where_it_was(done, tmp_path):
    out = tmp_path / "out"
    words = [sys.executable, "-c", SLOW, str(tmp_path), str(out), str(ROOT / "tests")]
    process = subprocess.Popen([*words, "0.03"], env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    try:
        deadline = time.monotonic() + 60
        while len(list(out.glob("runs.parquet/0*.parquet"))) < 8 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["state"] == "unfinished"
    again = design(problem(tmp_path), out, play=quick)
    assert 8 <= done.made - again.made < done.made
    assert again.sentence == done.sentence
    for name, table in done.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table, check_exact=True)
    assert verify(out) == []


def test_an_archive_serves_more_evaluations_and_other_bounds_but_no_other_outcomes(tmp_path):
    out = tmp_path / "out"
    first = design(problem(tmp_path), out, play=quick)
    tighter = design(problem(tmp_path, most=1, search="{evaluations: 30, population: 6}"), out, play=quick)
    assert tighter.made < first.made / 2
    with pytest.raises(InputError, match="kept other outcomes"):
        design(problem(tmp_path, aims="{indicator: exports}"), out, play=quick)
    assert load(out).manifest["state"] == "done"


def test_packages_that_break_the_model_are_counted_and_never_good(tmp_path):
    made = design(problem(tmp_path), tmp_path / "out", play=fragile)
    tried = pd.read_parquet(made.folder / "tried.parquet")
    assert made.failed == 16 * 2 and made.errors[0][1] == "ZeroDivisionError"
    assert not tried.loc[tried["code"].str.startswith("1"), "within"].any()
    assert tried["on_front"].any()


def test_no_package_within_the_bounds_is_said(tmp_path):
    text = {"constraints": "{indicator: gdp, least: 50}"}
    made = design(problem(tmp_path, **text), tmp_path / "out", play=quick)
    assert "None of 32 packages" in made.sentence["en"] and "均不满足" in made.sentence["zh"]
    assert made.tables["front.csv"].empty


def test_the_chance_that_one_is_better():
    assert chance(np.zeros(5)) == 0.5 and chance(np.full(5, 0.1)) == 1.0
    assert chance(np.array([1.0, -1.0, 2.0, -2.0])) == pytest.approx(0.5)
    assert chance(np.array([1.0, 2.0, 3.0, 2.0])) > 0.99


@pytest.fixture
def ftz(monkeypatch):
    """Run the command with the stand-in model."""
    monkeypatch.setattr(design, "__kwdefaults__", {**design.__kwdefaults__, "play": quick})
    return lambda *words: CliRunner().invoke(app, ["design", *map(str, words)], env={"COLUMNS": "80", "LC_ALL": "C"})


@pytest.mark.parametrize(("lang", "said"), [("en", "In none: "), ("zh", "均不包含：")])
def test_the_command_prints_tables_and_a_sentence_and_writes_a_page(ftz, tmp_path, lang, said):
    told = ftz(design_file(tmp_path), "--out", tmp_path / "out", "--lang", lang)
    assert told.exit_code == 0, told.output
    assert said in told.output and "p1" in told.output
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Packages under a budget" in page and "预算约束下的政策方案" in page
    drawn = {path.name for path in (tmp_path / "out" / "figures").iterdir()}
    assert {"front.en.svg", "front.zh.svg"} <= drawn
    assert verify(tmp_path / "out") == []


def test_json_holds_the_tables(ftz, tmp_path):
    told = json.loads(ftz(design_file(tmp_path), "--out", tmp_path / "out", "--json", "--no-figures").stdout)
    assert {"front", "choices", "money", "sentence"} <= set(told) and told["failed"] == 0


def test_bad_input_is_refused_before_anything_is_written(ftz, tmp_path):
    told = ftz(design_file(tmp_path, aims="{indicator: gpd}"), "--out", tmp_path / "out")
    assert told.exit_code == 2 and "did you mean 'gdp'" in told.output and not (tmp_path / "out").exists()


def test_a_design_needs_no_budget_and_no_bounds(tmp_path):
    path = design_file(tmp_path)
    path.write_text(re.sub(r"(?m)^(budget|constraints):.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    found = design(path, tmp_path / "out", play=quick)
    assert not found.problem.bounds
    tried = pd.read_parquet(found.folder / "tried.parquet")
    assert tried["within"].all() and len(tried) == 32


def test_without_the_library_there_is_one_sentence_and_nothing_else(tmp_path):
    hidden = "import sys; sys.modules['pymoo'] = None; from ftz_sim.cli import main; main()"  # before anything is there
    words = [sys.executable, "-c", hidden, "design", str(design_file(tmp_path)), "--out", str(tmp_path / "out")]
    told = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    assert told.returncode == 2 and 'pip install "pymoo>=0.6.1.6"' in told.stderr and "Traceback" not in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_dry_run_says_how_many_runs_and_writes_nothing(tmp_path):
    words = ["design", str(design_file(tmp_path)), "--out", str(tmp_path / "out"), "--dry-run"]
    told = CliRunner().invoke(app, words, env={"LC_ALL": "C"})
    assert told.exit_code == 0 and "32 packages are possible" in told.output and "s a run" in told.output
    assert not (tmp_path / "out").exists() and command.SHOWN


def test_money_on_a_chinese_screen_is_in_yi_yuan():
    cells = {lang: command._cell({"extra_cost": 3.4}, "extra_cost", {}, None, lang) for lang in ("en", "zh")}
    assert cells == {"en": "3.40", "zh": "34.0"}
