"""The first screen of a comparison says where the leader loses, what was not found, and what the result rests on."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import synthetic

from ftz_sim.report.findings import findings
from ftz_sim.report.tables import Experiment

SCENARIOS = ("no_ftz", "single_ftz", "integrated")


@pytest.fixture
def folder(tmp_path):
    """Integrated leads on GDP, is worse on CO2, and shows nothing on R&D intensity and the Theil index."""
    synthetic.write(tmp_path, SCENARIOS)
    verdicts = {
        "gdp": "better",
        "co2": "worse",
        "research_intensity": "none",
        "theil": "none",
    }
    smallest = {"research_intensity": 0.019, "theil": 0.0036}
    change(tmp_path, lambda table: table.assign(verdict=table["indicator"].map(verdicts).fillna("identical"),
                                                detectable=table["indicator"].map(smallest)))  # fmt: skip
    return tmp_path


def change(folder, how):
    path = folder / "comparison.csv"
    how(pd.read_csv(path)).to_csv(path, index=False)


def note(folder, **more):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | more))


def test_it_names_losses_and_the_smallest_effect_that_would_have_been_seen(folder):
    worse, unseen = findings(Experiment.read(folder), "en")
    table = pd.read_csv(folder / "comparison.csv")
    co2 = table[(table["scenario"] == "integrated") & (table["indicator"] == "co2")]["difference"].iloc[-1]
    assert worse == f"Where “integrated” is worse than “single zone”: CO2 emissions +{co2:.2f} %."
    assert unseen.endswith(
        "shown: R&D intensity 0.019 percentage points, regional inequality 3.6 (Theil index × 1,000)."
    )
    chinese = "".join(findings(Experiment.read(folder), "zh"))
    assert "“综合”不如“单个自贸试验区”之处：二氧化碳排放+" in chinese and "研发强度0.019百分点" in chinese


def test_no_loss_is_said_to_be_none(folder):
    change(folder, lambda table: table.assign(verdict="better"))
    assert findings(Experiment.read(folder), "en") == [
        "On no indicator of the scorecard was “integrated” found to be worse than “single zone”."
    ]


def test_nothing_is_said_of_a_reference_that_leads(folder):
    change(folder, lambda table: table.assign(mean=table["reference_mean"]))
    assert findings(Experiment.read(folder), "en") == []


def test_it_rests_on_levers_without_data_or_on_what_the_draws_decided(folder):
    levers = [{"kind": "lever", "name": name} for name in ("ai_plus", "green_credit")]
    note(folder, outside_evidence={"integrated": [*levers, {"kind": "parameter", "name": "x"}]})
    assert "2 levers of “integrated”" in findings(Experiment.read(folder), "en")[-1]
    parameter = "negative_list.relist_pace"
    rows = [("integrated", parameter, -0.61, 0.001), ("integrated", "production.talent", 0.1, 0.6),
            ("no_ftz", "production.talent", 0.9, 0.001)]  # fmt: skip
    tornado = pd.DataFrame(rows, columns=["scenario", "parameter", "rank_correlation", "p_adjusted"])
    tornado.to_csv(folder / "tornado.csv", index=False)
    said = findings(Experiment.read(folder), "en")[-1]
    assert said.startswith("What the GDP result depends on most") and said.endswith(" −0.61.") and "0.9" not in said
