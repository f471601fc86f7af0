"""The page on when each strategy wins: every number on it comes from the folders."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.results.manifest import save
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.text.numbers import estimate
from sweeps import sweep_file

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))  # studies import each other
import wins_tables
from wins_page import QUESTIONS, page

SHOCKS = "shocks: [{chance: 0.4, shock: {kind: demand, size: 0.1, from: 2013Q2, to: 2013Q4}}]\n"
COSTS = [{"scenario": "single_ftz", "factor": 0.5, "cost": 9.0, "target": 9.0, "equal": True}]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """A sweep at equal cost, and the same folders once more as a question on one budget."""
    place = tmp_path_factory.mktemp("results")
    equal = place / "what_decides_equal_cost"
    file = sweep_file(place, scenarios="single_ftz, ftz_fta, history")
    file.write_text(file.read_text(encoding="utf-8") + SHOCKS, encoding="utf-8")
    sweep(file, equal, command="ftz sweep small --out somewhere")
    save(equal, read_manifest(equal) | {"equal_cost": COSTS})
    words = ["robustness", str(equal), "--no-figures", "--satisfy", "d(gdp)>=0"]
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 0, said.output
    assert f"{len(CATALOGUE)} levers" in said.stdout and "d(gdp)>=0" in said.stdout
    for end in ("", "_robustness"):
        shutil.copytree(f"{equal}{end}", place / f"{QUESTIONS[0]}_equal_cost{end}")
    return place


def test_the_page_says_what_the_tables_say(results):
    folder = results / "what_decides_equal_cost_robustness"
    assert {"lever_signs.csv", "satisficing.csv", "gaps.csv"} <= {path.name for path in folder.iterdir()}
    written = page(results)
    assert "`ftz sweep small`" in written and "4 points x 2 seeds" in written
    wins = pd.read_csv(folder / "robustness.csv")
    for name in wins_tables.ASKED:
        rows = wins[wins["indicator"] == name]
        cells = [f"{row.p_best:.2f} [{row.p_best_low:.2f}, {row.p_best_high:.2f}]" for row in rows.itertuples()]
        assert f"| {name} | {' | '.join(cells)} |" in written
    gaps = pd.read_csv(folder / "gaps.csv").query("indicator == 'patents'")
    for row in gaps.to_dict(orient="records"):
        told = estimate(row["mean"], row["ci_low"], row["ci_high"])
        assert f"| {row['scenario']} | patents | {told.value} | {told.interval} |" in written
    assert "Sobol" not in written and "written / " not in written  # they were not run


def test_it_says_everything_in_both_languages(results):
    written = page(results)
    assert "with a chance of 40% world demand is 10% lower" in written and "外需下降10%（概率40%）" in written
    assert "(those of the sweep;" in written and "（扫描文件自定的范围；" in written
    assert "## At equal cost / 等成本比较" in written and "等成本指" in written
    assert (
        "How much coordination, on one budget? / 预算既定" in written
        and "| single_ftz | 0.5 | 9 | 9 | True |" in written
    )


def test_where_the_best_lies_by_hand(tmp_path):
    wins = [("a", "gdp", 0.2), ("b", "gdp", 0.5), ("c", "gdp", 0.3)]
    table = [{"scenario": s, "indicator": i, "p_best": p, "n": 10} for s, i, p in wins]
    table += [{"scenario": s, "indicator": i, "p_best": 1.0 * (s == "a"), "n": 10}
              for i in wins_tables.ASKED[1:] for s in "abc"]  # fmt: skip
    pd.DataFrame(table).to_csv(tmp_path / "robustness.csv", index=False)
    means = {"gdp": (1, -1), "patents": (-1, -2), "theil": (1, 2), "co2": (1, -1), "nqp_fixed": (0.5, 1)}
    gaps = [
        {"scenario": s, "indicator": i, "mean": m} for i, own in means.items() for s, m in zip("bc", own, strict=True)
    ]
    pd.DataFrame(gaps).to_csv(tmp_path / "gaps.csv", index=False)
    assert wins_tables.inside(tmp_path) == 0.5
    told = list(wins_tables.answers(tmp_path))
    assert "GDP: the best mean is that of `b`, best of all in 50% of 10 draws." in told[0]
    best = [line.partition("that of `")[2][0] for line in told]
    assert best == ["b", "a", "a", "c", "c"]  # of the Theil index and CO2 less is better; the reference counts as 0
    assert all("均值最优的是" in line for line in told)


def test_indices_that_have_not_converged_are_named(tmp_path):
    rows = [("a.x", 1.0, True), ("a.y", 2.0, False)]
    table = [{"scenario": "s", "reference": "r", "indicator": "gdp", "parameter": p, "st": v, "converged": c,
              "blocks": 8} for p, v, c in rows]  # fmt: skip
    pd.DataFrame(table).to_csv(tmp_path / "sensitivity.csv", index=False)
    told = "\n".join(wins_tables.indices(tmp_path))
    assert "1 of 2 indices have not converged" in told and "they are `a.y`" in told and "不宜排序：`a.y`" in told
    pd.DataFrame(table[:1]).to_csv(tmp_path / "sensitivity.csv", index=False)
    assert "All 1 indices have converged." in "\n".join(wins_tables.indices(tmp_path))


def test_thresholds_are_refused_in_words(tmp_path):
    said = CliRunner().invoke(app, ["robustness", str(tmp_path), "--satisfy", "gdp>1"])
    assert said.exit_code == 2 and "allowed: 'gdp>=200000'" in said.stderr


@pytest.fixture
def interior(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "studies"))
    yield importlib.import_module("interior")
    sys.modules.pop("interior", None)


def test_the_questions_on_one_budget_are_sweeps_that_can_be_read(interior, tmp_path):
    files = interior.write(tmp_path, samples=3)
    assert tuple(file.stem for file in files) == QUESTIONS
    what_decides = read_sweep("what_decides")
    for file in files:
        plan = read_sweep(file)
        assert plan.record.shocks == what_decides.record.shocks and plan.record.seed == what_decides.record.seed
        assert plan.factors == what_decides.factors and plan.design.rows == 3
        assert plan.alike == ()  # no two variants are the same


def test_variants_differ_in_what_they_are_named_after(interior):
    levels = {spec.name: spec for spec in interior.how_much_coordination()}
    assert {step.level for step in levels["coordination_25"].policy
            if step.lever == "joint_fund" and interior._added(levels["coordination_25"], step)} == {0.25}  # fmt: skip
    zones = {spec.name: spec for spec in interior.which_zones()}
    border = [step for step in zones["border_only"].policy if interior._added(zones["border_only"], step)]
    named = {zone for step in border if step.zones for zone in step.zones}
    assert named == {"GX", "YN", "HL", "XJ"}
    start = {name: {step.lever: str(step.start) for step in spec.policy if interior._added(spec, step)}
             for name, spec in ((spec.name, spec) for spec in interior.which_order())}  # fmt: skip
    assert start["opening_first"]["joint_fund"] == "2029Q1" and start["opening_first"]["rule_alignment"] == "2025Q1"
    assert start["coordination_first"]["joint_fund"] == "2025Q1"
    assert start["coordination_first"]["rule_alignment"] == "2029Q1"
    assert set(start["together"].values()) == {"2025Q1"}


def test_the_makefile_runs_what_the_page_reads():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    target = makefile.partition("\ndecide:")[2].partition("\n\n")[0]
    for name in (*QUESTIONS, "what_decides", "what_matters ", "what_matters_most", "--equal-cost", "wins_page"):
        assert name in target, name
    samples = YAML(typ="safe").load(Path(__file__).parents[1] / "sweeps" / "what_matters_most.yaml")["design"][
        "samples"
    ]
    assert f"--method sobol --samples {samples}" in target
