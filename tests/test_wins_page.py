"""The page on when each strategy wins: every number on it comes from the folders."""

from __future__ import annotations

import pandas as pd
from typer.testing import CliRunner

from ftz_sim.analysis.wins_page import page
from ftz_sim.cli import app
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.runs.sweep import sweep
from sweeps import sweep_file


def test_the_page_says_what_the_tables_say(tmp_path):
    sweep(sweep_file(tmp_path), tmp_path / "what_decides", command="ftz sweep small --out somewhere")
    words = ["robustness", str(tmp_path / "what_decides"), "--no-figures", "--satisfy", "d(gdp)>=0"]
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 0, said.output
    assert f"{len(CATALOGUE)} levers" in said.stdout and "d(gdp)>=0" in said.stdout
    folder = tmp_path / "what_decides_robustness"
    assert {"lever_signs.csv", "satisficing.csv"} <= {path.name for path in folder.iterdir()}
    written = page(tmp_path)
    assert "`ftz sweep small`" in written and "4 points x 2 seeds" in written
    gdp = pd.read_csv(folder / "robustness.csv").query("indicator == 'gdp'")
    for row in gdp.to_dict(orient="records"):
        assert f"| {row['scenario']} | {row['p_best']:.3g} |" in written
    assert "Sobol" not in written  # it was not run


def test_thresholds_are_refused_in_words(tmp_path):
    said = CliRunner().invoke(app, ["robustness", str(tmp_path), "--satisfy", "gdp>1"])
    assert said.exit_code == 2 and "allowed: 'gdp>=200000'" in said.stderr
