"""Sensitivity: indices of functions whose indices are known, convergence, and the way from a sweep to a table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from ftz_sim.analysis.sensitivity import Sensitivity, check_indicators, design_text, floors, indices, noise_share
from ftz_sim.analysis.sweep_outcomes import SweepOutcomes, sweep_outcomes
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.results import load, verify
from ftz_sim.results.statements import paragraph
from ftz_sim.runs.sampling import sample
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_file import read_sweep

NAMES = ["x0", "x1", "x2"]
UNIT = [(0.0, 1.0)] * 3
SWEEP = """\
name: tiny
scenarios: [no_ftz, history]
replicates: {reps}
seed: 2
design: {{method: lhs, samples: 3}}
uncertainties: {{production.digital_effect: card, foreign_investment.openness_effect: card}}
overrides: {{population: {{firms: 2000}}, horizon: {{end: 2013Q4}}}}
"""


def ishigami(unit):
    x = np.pi * (2 * unit - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_sobol_indices_of_ishigamis_function():
    # Ishigami and Homma 1990: S1 0.3139 0.4424 0, ST 0.5576 0.4424 0.2437
    points = sample("saltelli", NAMES, UNIT, 2048, 1)
    found = indices("sobol", points, ishigami(points), NAMES)
    np.testing.assert_allclose(found["s1"], [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found["st"], [0.5576, 0.4424, 0.2437], atol=0.02)
    assert found["converged"].all()


def test_few_samples_are_marked_as_not_converged():
    points = sample("saltelli", NAMES, UNIT, 16, 1)
    found = indices("sobol", points, ishigami(points), NAMES)
    assert not found["converged"].all()


def test_morris_of_a_plane_by_hand():
    # y = 3 x0 - 2 x1: every elementary effect is the slope
    points = sample("morris", NAMES, UNIT, 10, 1)
    found = indices("morris", points, 3 * points[:, 0] - 2 * points[:, 1], NAMES)
    np.testing.assert_allclose(found["mu_star"], [3, 2, 0], atol=1e-9)
    np.testing.assert_allclose(found["mu"], [3, -2, 0], atol=1e-9)
    np.testing.assert_allclose(found["sigma"], 0, atol=1e-9)
    assert found["converged"].all()


def test_morris_does_not_depend_on_the_unit_of_an_uncertainty():
    points = sample("morris", NAMES, UNIT, 8, 2)
    stretched = points * np.array([10.0, 0.1, 3.0]) + 5
    ours, theirs = (indices("morris", each, ishigami(points), NAMES) for each in (points, stretched))
    np.testing.assert_allclose(ours["mu_star"], theirs["mu_star"])


def test_an_outcome_that_never_moves_has_no_indices():
    points = sample("saltelli", NAMES, UNIT, 8, 1)
    found = indices("sobol", points, np.ones(len(points)), NAMES)
    assert (found["st"] == 0).all() and found["converged"].all()


def test_the_share_of_luck():
    rng = np.random.default_rng(0)
    signal, noise = rng.normal(0, 2, size=(20_000, 1)), rng.normal(0, 1, size=(20_000, 4))
    assert noise_share(signal + noise) == pytest.approx((1 / 4) / (4 + 1 / 4), rel=0.05)
    assert np.isnan(noise_share(signal))


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_what_does_nothing_has_indices_of_zero(method, tmp_path):
    # without zones neither parameter has anything to act on
    file, drawn = tmp_path / "idle.yaml", "replication.discount: card, coordination.decay: card"
    text = SWEEP.format(reps=1).replace("[no_ftz, history]", "[no_ftz]")
    file.write_text(text.replace("production.digital_effect: card, foreign_investment.openness_effect: card", drawn))
    plan = read_sweep(file, design_text(method, 4))
    done = sweep(plan, tmp_path / "runs")
    outcomes = sweep_outcomes(done.folder, ("gdp",))
    assert np.ptp(outcomes.values) > 0  # blocks differ in noise
    table = Sensitivity(method, outcomes, plan.design.all(), "no_ftz").table
    for name in {"morris": ("mu_star", "mu", "sigma"), "sobol": ("st", "s1")}[method]:
        assert (table[name] == 0).all()
    assert load(done.folder).runs["model_seed"].nunique() == 4
    assert sweep(plan, tmp_path / "runs").made == 0  # its ledger knows the same seeds


def test_luck_below_the_floor_never_counts_as_converged():
    rng = np.random.default_rng(3)
    points = sample("morris", NAMES, UNIT, 200, 1)
    stirred = rng.normal(0, 1, size=(len(points), 2))  # every point, whatever moved
    values = np.stack([100 + 50 * points[:, :1] + stirred] * 2)
    outcomes = SweepOutcomes(("a", "b"), ("gdp",), tuple(NAMES), points, values[:, :, :, None], 2035)
    table = Sensitivity("morris", outcomes, points, "a").table.query("scenario == 'a'").set_index("parameter")
    # the mean of two has rng of variance 1/2, so an effect over a step of 2/3 has a standard deviation of 3/2
    expected = 1.5 * np.sqrt(2 / np.pi)
    assert table["floor"].to_numpy() == pytest.approx(expected, rel=0.25) and (table["floor"] > expected).all()
    assert table["mu_star"].to_numpy() == pytest.approx([50, expected, expected], rel=0.15)
    assert table["converged"].tolist() == [True, False, False]


def test_the_floor_of_sobol_is_a_share_of_the_variance():
    rng = np.random.default_rng(3)
    points = sample("saltelli", NAMES, UNIT, 512, 1)
    values = 10 * points[:, :1] + rng.normal(0, 1, size=(len(points), 4))
    share = (1 / 4) / (100 / 12 + 1 / 4)
    assert floors("sobol", points, values, NAMES) == pytest.approx(share, rel=0.25)
    assert np.isnan(floors("sobol", points, values[:, :1], NAMES)).all()


def made_up(values, points):
    outcomes = SweepOutcomes(("single_ftz", "ftz_fta"), ("gdp",), tuple(NAMES), points, values, 2035)
    return Sensitivity("morris", outcomes, points, "single_ftz")


def test_the_difference_of_two_strategies_has_indices_of_its_own():
    points = sample("morris", NAMES, UNIT, 10, 1)
    base = 100 + 50 * points[:, 0]  # moves both alike
    values = np.stack([base, base * (1 + 0.01 * points[:, 2])])[:, :, None, None]
    table = made_up(values, points).table
    level = table[table["reference"] == ""].groupby("scenario").first()["parameter"]
    assert level.tolist() == ["x0", "x0"]
    difference = table[table["reference"] == "single_ftz"]
    assert difference.iloc[0]["parameter"] == "x2"
    assert difference.iloc[0]["mu_star"] == pytest.approx(1.0)
    assert difference.iloc[1]["mu_star"] == pytest.approx(0, abs=1e-9)
    said = made_up(values, points)
    assert "ftz_fta against single_ftz" in said.sentence("en") and "x2 1" in said.sentence("en")
    assert "已收敛" in said.sentence("zh")


def test_a_failed_run_costs_its_trajectory_only():
    points = sample("morris", NAMES, UNIT, 10, 1)
    values = np.stack([100 + points[:, 0], 101 + points[:, 1]])[:, :, None, None]
    values[0, 5] = np.nan  # in the second trajectory of four points
    table = made_up(values, points).table
    assert set(table.query("scenario == 'ftz_fta' and reference == ''")["blocks"]) == {10}
    assert set(table.query("reference == 'single_ftz'")["blocks"]) == {9}
    values[0, ::4] = np.nan
    with pytest.raises(InputError, match="only 0 complete blocks"):
        _ = made_up(values, points).table


def test_bad_input():
    with pytest.raises(InputError, match="morris, not 'sobl'; did you mean 'sobol'"):
        design_text("sobl", None)
    with pytest.raises(InputError, match="at least 4, not 3"):  # before anything is run
        design_text("morris", 3)
    with pytest.raises(InputError, match="did you mean 'gdp'"):
        check_indicators(["gpd"])


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sensitivity")
    file = folder / "tiny.yaml"
    file.write_text(SWEEP.format(reps=1))
    out = folder / "out"
    done = ftz("sensitivity", file, "--method", "morris", "--samples", 4, "--runs-out", folder / "runs", "--out", out)
    assert done.exit_code == 0, done.output
    return folder, done


def test_from_a_sweep_file_to_indices_and_figures(analysed):
    folder, done = analysed
    out = folder / "out"
    assert verify(out) == []
    table = pd.read_csv(out / "sensitivity.csv")
    assert set(table["parameter"]) == {"production.digital_effect", "foreign_investment.openness_effect"}
    assert set(table["blocks"]) == {4}
    digital = table.query("parameter == 'production.digital_effect' and indicator == 'gdp' and scenario == 'no_ftz'")
    assert digital["mu_star"].iloc[0] > 0
    assert paragraph(load(out).manifest["sentence"], "en") in done.output
    assert {path.name for path in (out / "figures").iterdir()} >= {"sensitivity.en.svg", "sensitivity.zh.svg"}


def test_the_figure_shows_differences_not_levels(analysed):
    import json

    from ftz_sim.report.answers import Answers
    from ftz_sim.report.sensitivity import sensitivity

    out = analysed[0] / "out"
    figure = sensitivity(Answers(out, json.loads((out / "manifest.json").read_text(encoding="utf-8"))), "en")
    assert len(figure.axes) == 1  # history against no_ftz


def test_outcomes_are_those_of_the_runs(analysed):
    folder, _ = analysed
    found = sweep_outcomes(folder / "runs", ("gdp", "theil"))
    assert found.values.shape == (2, 4 * 3, 1, 2) and np.isfinite(found.values).all() and found.year == 2013
    national = pd.read_parquet(folder / "runs" / "national.parquet")
    rows = national[(national["scenario"] == "history") & (national["sample"] == 5)]
    assert found.level("history", "gdp")[5, 0] == pytest.approx(rows["gdp"].mean())
    gap = found.difference("history", "no_ftz", "gdp")[5, 0]
    other = national[(national["scenario"] == "no_ftz") & (national["sample"] == 5)]
    assert gap == pytest.approx(100 * (rows["gdp"].mean() / other["gdp"].mean() - 1))


def test_robustness_from_a_sweep(analysed):
    folder, _ = analysed
    done = ftz("robustness", folder / "runs", "--out", folder / "wins", "--no-figures")
    assert done.exit_code == 0, done.output
    assert "Over 12 draws of 2 parameters" in done.output
    assert verify(folder / "wins") == []
    table = pd.read_csv(folder / "wins" / "robustness.csv")
    assert table.query("indicator == 'gdp'")["p_best"].sum() == pytest.approx(1)
    (folder / "wins" / "notes.txt").write_text("mine")
    again = ftz("robustness", folder / "runs", "--out", folder / "wins", "--no-figures", "--force", "--quiet")
    assert again.exit_code == 0 and (folder / "wins.kept-1" / "notes.txt").read_text() == "mine"


def test_words_for_bad_commands(tmp_path):
    missing = ftz("robustness", tmp_path)
    assert missing.exit_code == 2 and "no experiment folder" in missing.output
    wrong = ftz("attribute", "history", "--against", "history", "--out", tmp_path / "a")
    assert wrong.exit_code == 2 and "no gap" in wrong.output
    assert not list(tmp_path.iterdir())
