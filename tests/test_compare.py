"""Comparisons: paired, order-free, honest about what was not found."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.analysis.comparison import Comparison
from ftz_sim.analysis.notes import notes
from ftz_sim.analysis.panel import Panel
from ftz_sim.analysis.verdicts import gain, verdict
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.results import FailedRun, load, verify
from ftz_sim.results.statements import paragraph
from ftz_sim.runs import engine
from ftz_sim.runs.engine import Job, map_runs, play, replicate_jobs
from ftz_sim.runs.pasts import Pasts
from ftz_sim.text.words import LANGUAGES

SHORT = "horizon.end=2014Q2"


@pytest.fixture(scope="module")
def specs():
    return [small(name, SHORT) for name in ("history", "no_ftz", "single_ftz")]


@pytest.fixture(scope="module")
def result(specs):
    return compare(specs, reps=3, seed=4)


def made_up(names, **shifts):
    """Made-up outcomes with common random numbers, and given shifts of indicators by scenario (in percent)."""
    panel = Panel(names, 10, 48, 92)
    noise = np.random.default_rng(0).normal(100, 5, size=(10, len(panel.measures)))
    places = np.random.default_rng(1).normal(100, 5, size=(10, 3, 31))
    for place, name in enumerate(names):
        panel.outcomes[place] = noise
        panel.provinces[place] = places
        panel.present_value[place] = 100 + place
        for indicator, percent in shifts.get(name, {}).items():
            wobble = 1 + percent / 100 * np.linspace(0.9, 1.1, 10)
            for i, measure in enumerate(panel.measures):
                if measure.variable.name == indicator:
                    panel.outcomes[place, :, i] *= wobble
            if indicator == "gdp":
                panel.provinces[place, :, 0] *= wobble[:, None]
    panel.codes = tuple(f"r{i}" for i in range(31))
    reference = "single_ftz" if "single_ftz" in names else names[0]
    return Comparison(reference, 10, 1, "t", panel, [])


def test_the_table_has_every_indicator_for_every_scenario(result):
    table = result.comparison
    assert list(table.columns) == [
        "scenario", "reference", "indicator", "at", "mean", "reference_mean", "difference", "ci_low", "ci_high",
        "relative", "n", "p_best", "verdict", "detectable",
    ]  # fmt: skip
    assert result.reference == "single_ftz"
    for _, rows in table.groupby("scenario"):
        assert list(rows["indicator"]) == [*NATIONAL, "gdp", "policy_cost"]
    assert set(table["at"]) == {"2014"} | {f"{2014}-{2014}"}
    assert (table["n"] == 3).all()
    assert table[["mean", "reference_mean"]].notna().all().all()


def test_scenarios_that_share_their_history_are_identical(result):
    rows = result.comparison.set_index("scenario")
    assert (rows.loc["history", "verdict"] == "identical").all()
    assert (rows.loc["history", "difference"] == 0).all()
    assert (rows.loc["single_ftz", "verdict"] == "reference").all()
    assert (rows.loc["no_ftz", "verdict"] != "identical").any()
    ties = result.comparison.pivot(index=["indicator", "at"], columns="scenario", values="p_best").dropna()
    np.testing.assert_allclose(ties["history"], ties["single_ftz"])
    np.testing.assert_allclose(ties.sum(axis=1), 1)


def test_differences_are_paired_and_computed_from_the_runs(result, specs):
    runs = {(r.spec.name, r.replicate): r for r in map_runs(replicate_jobs(specs, 3, 4))}
    gdp = {key: run.tables.national["gdp"][4:].mean() for key, run in runs.items()}
    shown = [100 * (gdp["no_ftz", i] / gdp["single_ftz", i] - 1) for i in range(3)]
    row = result.comparison.query("scenario == 'no_ftz' and indicator == 'gdp' and at == '2014'").iloc[0]
    assert row["difference"] == pytest.approx(np.mean(shown), abs=1e-12)
    half = 4.302652730 * np.std(shown, ddof=1) / np.sqrt(3)
    assert row["ci_high"] - row["difference"] == pytest.approx(half)
    reference = np.mean([gdp["single_ftz", i] for i in range(3)])
    assert row["relative"] == pytest.approx((row["mean"] - reference) / reference)


def test_the_order_of_scenarios_and_the_number_of_workers_change_nothing(result, specs):
    turned = compare(specs[::-1], reps=3, seed=4, workers=2)
    keys = ["scenario", "indicator", "at"]
    ours, theirs = (r.comparison.sort_values(keys).reset_index(drop=True) for r in (result, turned))
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
    assert turned.sentence() == result.sentence()


def test_the_folder_of_a_comparison(result, specs, tmp_path):
    stored = compare(specs, reps=3, seed=4, out=tmp_path / "c", workers=2)
    experiment = load(tmp_path / "c")
    assert verify(tmp_path / "c") == []
    assert stored.folder == tmp_path / "c"
    read = experiment.comparison
    pd.testing.assert_frame_equal(read, result.comparison, check_dtype=False, rtol=1e-12)
    assert len(experiment.national) == 3 * 3 * 6
    assert set(experiment.runs.groupby("replicate")["model_seed"].nunique()) == {1}  # scenarios share their seeds
    assert paragraph(experiment.manifest["verdict"], "zh") == stored.sentence("zh")
    again = compare(specs, reps=3, seed=4, out=tmp_path / "d")
    assert again.folder
    for name in ("national", "regions", "zones", "partners"):
        first, second = ((tmp_path / f / f"{name}.parquet").read_bytes() for f in "cd")
        assert first == second, name


def test_a_failing_run_is_left_out_and_the_others_go_on(specs, monkeypatch, tmp_path):
    jobs = replicate_jobs(specs, 3, 4)
    unlucky = jobs[4].seed
    alone, in_company = Pasts.at_fork, engine.tables_of

    def at_fork(pasts, spec, seed):
        if seed == unlucky and spec.name == "no_ftz":
            raise ZeroDivisionError("made up")
        return alone(pasts, spec, seed)

    def tables_of(runs, names):
        if any(seed == unlucky and spec.name == "no_ftz" for spec, seed in runs):
            raise ZeroDivisionError("of somebody")
        return in_company(runs, names)

    monkeypatch.setattr(Pasts, "at_fork", at_fork)
    monkeypatch.setattr(engine, "tables_of", tables_of)
    broken = compare(specs, reps=3, seed=4, out=tmp_path / "c")
    assert [run.run_id for run in broken.failed] == ["no_ftz-0001"]
    assert "ZeroDivisionError: made up" in broken.failed[0].error
    counts = broken.comparison.groupby("scenario")["n"].first()
    assert counts.to_dict() == {"history": 3, "no_ftz": 2, "single_ftz": 3}
    assert list(load(tmp_path / "c").runs["status"]).count("failed") == 1
    assert "1 runs failed" in broken.sentence()


def test_a_run_with_numbers_that_are_not_finite_has_failed(specs, monkeypatch):
    healthy = engine.all_tables

    def broken(records, names):
        tables = healthy(records, names)
        tables.zones["fdi"][0, 0] = np.nan
        return tables

    monkeypatch.setattr(engine, "all_tables", broken)
    run = play(Job(specs[0], 0, 1))
    assert isinstance(run, FailedRun)
    assert run.error == "not a finite number in zones.fdi"


def test_all_runs_failed(specs, monkeypatch):
    monkeypatch.setattr(Pasts, "at_fork", lambda *_: 1 / 0)
    monkeypatch.setattr(engine, "tables_of", lambda *_: 1 / 0)
    nothing = compare(specs, reps=1)
    assert len(nothing.failed) == 3
    assert nothing.comparison.empty
    assert nothing.provinces.empty
    assert "nothing can be compared" in nothing.sentence()


def test_one_replicate_has_no_interval():
    names = ["single_ftz", "ftz_fta"]
    one = made_up(names, ftz_fta={"gdp": 1})
    one.panel.outcomes[:, 1:] = np.nan
    rows = one.comparison.query("scenario == 'ftz_fta' and indicator == 'gdp'")
    assert rows["ci_low"].isna().all()
    assert set(rows["verdict"]) == {"single"}
    assert "one run, no interval" in one.sentence()


def test_the_sentence_names_the_leader_with_its_numbers():
    found = made_up(
        ["single_ftz", "cross_zone", "ftz_fta"], cross_zone={"gdp": 2, "co2": 1}, ftz_fta={"gdp": 1, "co2": 1}
    )
    english = found.sentence("en")
    assert english.startswith(
        "2035, against single_ftz, under default assumptions: cross_zone has the highest GDP (+2.0 %, 95 % t-interval "
    )
    assert "n = 10, best with probability 1.00" in english
    assert "No scenario is best on everything" in english
    assert "single_ftz leads on CO2 emissions" in english
    assert "cross_zone raises GDP in 31 of the provinces and lowers it in 0" in english
    assert "seeds only; parameters are fixed" in english
    chinese = found.sentence("zh")
    assert chinese.startswith("2035年，与single_ftz相比，在默认假定下：cross_zone的GDP最高（+2.0%")
    assert "区间仅反映随机种子" in chinese


def test_nobody_is_crowned_when_nothing_differs_or_the_reference_leads():
    equal = made_up(["single_ftz", "cross_zone"])
    assert equal.sentence().startswith(
        "2035, under default assumptions: no scenario has a higher mean GDP than the reference single_ftz"
    )
    worse = made_up(["single_ftz", "cross_zone"], cross_zone={"gdp": -2})
    assert worse.sentence().startswith(
        "2035, under default assumptions: no scenario has a higher mean GDP than the reference"
    )
    close = made_up(["single_ftz", "cross_zone"])
    close.panel.outcomes[1, :, 0] += np.where(np.arange(10) % 2, -1.0, 1.1)
    assert "no scenario leads clearly on GDP" in close.sentence()


def test_a_clean_sweep_is_said_too():
    signs = {name: 3.0 * NATIONAL[name].direction for name in HEADLINES}
    assert "clear best on all other headline indicators" in made_up(["a", "b"], b=signs).sentence()


def test_the_interaction_effect_is_the_difference_in_differences():
    names = ["no_ftz", "single_ftz", "ftz_fta", "fta_only"]
    found = made_up(names, single_ftz={"gdp": 5}, fta_only={"gdp": 1})
    panel = found.panel
    panel.outcomes[2] = panel.outcomes[1] * 1.03  # +3 % with zones, +1 % without
    row = found.linkage.query("indicator == 'gdp' and at == '2035'").iloc[0]
    assert row["linkage_with_zones"] == pytest.approx(3)
    assert row["agreements_alone"] == pytest.approx(1)
    assert row["interaction"] == pytest.approx(2)
    assert row["verdict"] == "better"
    assert "Interaction effect of zones and agreements" in found.sentence()
    assert made_up(["single_ftz", "ftz_fta"]).linkage is None


def test_synergy_is_what_both_bring_beyond_their_sum():
    names = ["single_ftz", "cross_zone", "ftz_fta", "integrated"]
    found = made_up(names, cross_zone={"gdp": 2}, ftz_fta={"gdp": 1})
    found.panel.outcomes[3] = found.panel.outcomes[1] * 1.04  # +4 % beside coordination, +1 % alone
    row = found.synergy.query("indicator == 'gdp' and at == '2035'").iloc[0]
    assert row["linkage_with_coordination"] == pytest.approx(4) and row["linkage_alone"] == pytest.approx(1)
    assert row["interaction"] == pytest.approx(3)
    assert "together bring +3" in found.sentence() and "超出两者之和" in found.sentence("zh")
    assert made_up(names[:3]).synergy is None


def test_winners_losers_siphon_and_radiation():
    found = made_up(["no_ftz", "single_ftz"])
    panel = found.panel
    panel.provinces[1, :, 0, 0] *= 1.04
    panel.provinces[1, :, 0, 1] *= 0.98
    panel.acts[1, 2:] = True  # two provinces without a zone
    table = found.provinces.set_index("region")
    assert table.loc["r0", "verdict"] == "loser"  # no_ftz against single_ftz
    assert table.loc["r1", "verdict"] == "winner"
    assert table.loc["r2", "verdict"] == "identical"
    row = found.siphon.set_index("outcome").loc["gdp"]
    assert row["provinces"] == 2
    assert row["radiation"] == pytest.approx(4 / 2)
    assert row["siphon"] == pytest.approx(-2 / 2)
    assert made_up(["single_ftz", "ftz_fta"]).siphon is None


def test_gain_per_yuan_and_weightings():
    found = made_up(["single_ftz", "cross_zone", "ftz_fta"])
    found.panel.present_value[1] = [130, 110]
    found.panel.present_value[2] = [150, 90]
    found.panel.present_value[0] = [100, 100]
    assert found.gain_per_yuan == {"cross_zone": pytest.approx(3), "ftz_fta": None}
    assert found.why_no_gain_per_yuan == {"cross_zone": None, "ftz_fta": "costs_no_more"}
    assert sum(found.weightings.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("gain", "cost", "why"),
    [
        ((30, 30), (-10, -10), "costs_no_more"),
        ((-40, 60), (10, 10), "gain_unsure"),
        ((30, 30), (-40, 60), "cost_unsure"),
        ((30, 30), (0.0009, 0.0009), "costs_almost_nothing"),
        ((30, 30), (0.0011, 0.0011), None),
    ],
    ids=["it costs less", "the gain may be none", "the cost may be none", "almost free", "not quite free"],
)
def test_gain_per_yuan_is_blank_where_it_says_nothing(gain, cost, why):
    found = made_up(["single_ftz", "cross_zone"])
    found.panel.present_value[0] = 100
    found.panel.present_value[1, :, 0] = 100 + np.linspace(*gain, 10)
    found.panel.present_value[1, :, 1] = 100 + np.linspace(*cost, 10)
    assert (found.gain_per_yuan["cross_zone"] is None) == (why is not None)
    assert found.why_no_gain_per_yuan == {"cross_zone": why}


def test_verdicts_are_codes():
    assert verdict(2, 1, 3, False, 1) == "better"
    assert verdict(2, 1, 3, False, -1) == "worse"
    assert verdict(-2, -3, -1, False, -1) == "better"
    assert verdict(-2, -3, -1, False, 0) == "lower"
    assert verdict(0, 0, 0, True, 1) == "identical"
    assert verdict(1, -1, 3, False, 1) == "none"
    assert verdict(1, np.nan, np.nan, False, 1) == "single"
    assert verdict(np.nan, np.nan, np.nan, False, 1) == "no_percent"
    assert [gain(1, 2, False), gain(-2, -1, False), gain(-1, 1, False), gain(0, 0, True)] == [
        "winner", "loser", "undecided", "identical",
    ]  # fmt: skip


def test_the_smallest_detectable_effect_stands_beside_each_verdict_that_it_means_something_for():
    found = made_up(["single_ftz", "cross_zone"], cross_zone={"gdp": 2})
    table = found.comparison.query("at == '2035'").set_index(["scenario", "indicator"])["detectable"]
    assert table["cross_zone", "gdp"] == pytest.approx(found.summary("cross_zone").detectable[0])
    assert table["cross_zone", "gdp"] > 0 and np.isnan(table["cross_zone", "co2"]), "identical: nothing could differ"
    assert table["single_ftz"].isna().all()


def test_findings_are_records_that_json_keeps_and_that_say_the_same_when_read_back():
    names = ["no_ftz", "single_ftz", "ftz_fta", "fta_only"]
    found = made_up(names, single_ftz={"gdp": 5}, ftz_fta={"gdp": 8, "co2": 1}, fta_only={"gdp": 1})
    for records in (found.statements(), notes(found)):
        read = json.loads(json.dumps(records, allow_nan=False))
        assert read == records and records
        assert [paragraph(read, lang) for lang in LANGUAGES] == [paragraph(records, lang) for lang in LANGUAGES]


def test_bad_comparisons_are_refused_before_the_first_run(specs, monkeypatch, tmp_path):
    monkeypatch.setattr(Pasts, "at_fork", lambda *_: pytest.fail("a run was started"))
    cases = [
        ({"scenarios": specs[:1]}, "at least two"),
        ({"scenarios": [specs[0], specs[0]]}, "given twice"),
        ({"scenarios": [specs[0], small("no_ftz")]}, "same horizon"),
        ({"scenarios": [specs[0], small("no_ftz", SHORT, firms=3000)]}, "same population"),
        ({"scenarios": specs, "reference": "cross_zone"}, "none of the scenarios"),
        ({"scenarios": specs, "reps": 0}, "reps is a whole number"),
        ({"scenarios": specs, "interval": "z"}, "t or bootstrap"),
        ({"scenarios": specs, "firms": 2000}, "loaded already"),
        ({"scenarios": ["history", "nowhere"]}, "nowhere"),
    ]
    for arguments, message in cases:
        with pytest.raises(InputError, match=message):
            compare(**{"out": tmp_path / "c", **arguments})
    assert not list(tmp_path.iterdir())
