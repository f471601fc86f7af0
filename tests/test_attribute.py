"""Attribution: parts partition what differs, mixtures end at the two strategies, values add up to the gap."""

from __future__ import annotations

import numpy as np
import pytest

from builders import early, small
from ftz_sim.analysis import attribute as module
from ftz_sim.analysis.attribute import attribute
from ftz_sim.analysis.attribution import INDICATORS, Attribution
from ftz_sim.errors import InputError
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.report.page import write_report
from ftz_sim.results import load, verify
from ftz_sim.results.statements import paragraph
from ftz_sim.runs import engine
from ftz_sim.runs.engine import Job, play
from ftz_sim.runs.mixtures import mixture, players, switchable, without
from ftz_sim.runs.pasts import Pasts
from ftz_sim.scenario.groups import GROUP_OF, GROUPS, LABELS, label


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attribution") / "out"
    return attribute(early("integrated"), early("single_ftz"), reps=2, seed=3, out=folder)


def test_groups_partition_the_catalogue_of_levers():
    assert sorted(GROUP_OF) == sorted(CATALOGUE)
    assert sum(len(levers) for levers in GROUPS.values()) == len(CATALOGUE)
    assert set(GROUPS) <= set(LABELS)
    assert label("ai_plus", "zh") == CATALOGUE["ai_plus"].zh


def test_parts_are_what_differs_and_nothing_else():
    integrated, single, history = (small(name) for name in ("integrated", "single_ftz", "history"))
    assert list(players(integrated, single)) == ["coordination", "linkage", "agreements"]
    parts = players(single, history)
    assert list(parts) == ["opening", "institutions", "factors_and_finance", "digital", "green"]
    levers = [lever for own in parts.values() for lever in own]
    assert set(players(single, history, "lever")) == set(levers) and len(levers) == len(set(levers))
    changed = small("single_ftz", "parameters.law_and_authority.pace=0.1")
    assert list(players(changed, single)) == ["parameters"]


def test_all_parts_give_the_strategy_and_none_the_other_bit_for_bit():
    a, b = early("integrated"), early("single_ftz")
    parts = players(a, b)
    for chosen, whole in ((tuple(parts), a), ((), b)):
        mixed, own = (play(Job(spec, 0, 5)) for spec in (mixture(a, b, parts, chosen), whole))
        for name, values in own.tables.national.items():
            np.testing.assert_array_equal(mixed.tables.national[name], values, err_msg=name)


def test_values_add_up_to_the_gap_of_every_indicator_and_replicate(found):
    np.testing.assert_allclose(found.shapley.sum(axis=1), found.gap, rtol=0, atol=1e-9)
    assert found.method == "exact"
    assert np.abs(found.gap[:, INDICATORS.index("gdp")]).max() > 0
    rows = found.table[found.table["indicator"] == "gdp"].set_index("part")
    parts = rows.loc[list(found.parts)]
    assert rows.loc["synergy", "one_in"] == pytest.approx(rows.loc["gap", "one_in"] - parts["one_in"].sum())
    assert parts["shapley"].sum() == pytest.approx(rows.loc["gap", "shapley"], abs=1e-9)


def test_the_gap_is_the_paired_difference_of_the_two_strategies(found):
    from ftz_sim.analysis import compare

    result = compare([early("integrated"), early("single_ftz")], reference="single_ftz", reps=2, seed=3)
    row = result.comparison.query("scenario == 'integrated' and indicator == 'gdp' and at == '2014'").iloc[0]
    gap = found.table.query("indicator == 'gdp' and part == 'gap'").iloc[0]
    assert gap["one_in"] == pytest.approx(row["difference"], abs=1e-10)


def test_the_folder_holds_table_words_and_figure(found):
    assert verify(found.folder) == []
    manifest = load(found.folder).manifest
    assert manifest["kind"] == "attribute" and manifest["reference"] == "single_ftz"
    assert paragraph(manifest["sentence"], "en") == found.sentence("en")
    assert "synergy left over" in found.sentence("en") and "协同效应" in found.sentence("zh")
    from ftz_sim.report.figures import draw

    written = draw(found.folder)
    assert {path.name for path in written} >= {"waterfall.en.svg", "waterfall.zh.svg"}
    drawing = found.folder / "figures" / "waterfall.en.svg"
    assert "coordination" in drawing.read_text(encoding="utf-8")
    drawing.unlink()
    write_report(found.folder)
    assert drawing.is_file(), "a report draws what is missing"


def test_more_parts_than_eight_are_sampled_and_still_add_up(monkeypatch):
    monkeypatch.setattr(module, "MOST_EXACT", 2)
    sampled = attribute(early("integrated"), early("single_ftz"), reps=2, seed=3, pairs=1)
    assert sampled.method == "sampled"
    np.testing.assert_allclose(sampled.shapley.sum(axis=1), sampled.gap, rtol=0, atol=1e-9)
    assert "random orders" in sampled.sentence()


def test_mechanisms_that_can_be_off():
    a, b = early("integrated"), small("single_ftz", "mechanisms.research=off")
    names = switchable(a, b)
    assert "coordination" in names and not {"production", "policy", "research"} & set(names)
    assert not without(a, "coordination").is_on("coordination") and a.is_on("coordination")


def test_a_mechanism_that_is_off_takes_its_part_of_the_gap(monkeypatch):
    a, b = early("integrated"), early("single_ftz")
    monkeypatch.setattr(module, "switchable", lambda *_: ["trade_agreements", "green_finance"])
    lost = attribute(a, b, reps=1, seed=3, by="mechanism")
    assert np.isnan(lost.shapley).all()
    off = [play(Job(without(spec, "trade_agreements"), 0, engine.child_seed(3, 0, 0))) for spec in (a, b)]
    gdp = [run.tables.national["gdp"][4:].mean() for run in off]
    rows = lost.table.query("indicator == 'gdp'").set_index("part")
    left = rows.loc["gap", "one_in"] - rows.loc["trade_agreements", "one_out"]
    assert left == pytest.approx(100 * (gdp[0] / gdp[1] - 1), abs=1e-10)
    assert rows.loc["trade_agreements", "one_out"] != 0
    assert "synergy" not in rows.index and "Switched off in both" in lost.sentence()


def test_a_failed_mixture_leaves_out_its_replicate(monkeypatch):
    alone, in_company = Pasts.at_fork, engine.tables_of
    a, b = early("integrated"), early("single_ftz")
    unlucky = engine.child_seed(3, 0, 1)

    def at_fork(pasts, spec, seed):
        if seed == unlucky and spec.name == "mix.coordination":
            raise ZeroDivisionError("made up")
        return alone(pasts, spec, seed)

    def tables_of(runs, names):
        if any(seed == unlucky and spec.name == "mix.coordination" for spec, seed in runs):
            raise ZeroDivisionError("of somebody")
        return in_company(runs, names)

    monkeypatch.setattr(Pasts, "at_fork", at_fork)
    monkeypatch.setattr(engine, "tables_of", tables_of)
    found = attribute(a, b, reps=2, seed=3)
    assert found.replicates == 1 and len(found.failed) == 1
    assert (found.table["n"] == 1).all()
    assert np.isfinite(found.table.query("part == 'gap'")["shapley"]).all()


def test_nothing_finished_is_said():
    blank = np.full((1, 1, len(INDICATORS)), np.nan)
    empty = Attribution("a", "b", {"digital": ()}, "exact", blank[:, 0], blank, blank, blank)
    assert empty.table.empty and "nothing can be attributed" in empty.sentence()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"against": "single_ftz"}, "agree in all levers"),
        ({"against": small("history", "horizon.end=2014Q1")}, "differ in horizon"),
        ({"by": "firm"}, "by is group, lever, mechanism"),
        ({"pairs": 0}, "pairs is a whole number"),
        ({"reps": 0}, "reps is a whole number"),
        ({"against": "nowhere"}, "nowhere"),
    ],
)
def test_bad_input_is_refused_before_anything_runs(arguments, message, tmp_path):
    with pytest.raises(InputError, match=message):
        attribute(**{"strategy": "single_ftz", "against": "history", "out": tmp_path / "x", **arguments})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("by", ["group", "lever", "mechanism"])
def test_every_run_can_be_replayed_and_has_the_scenario_that_was_run(tmp_path, by):
    from ftz_sim.runs.mixtures import by_name

    a, b = early("integrated"), early("single_ftz")
    seen = {}
    plan = module._Mechanisms(a, b, ()) if by == "mechanism" else module._Parts(a, b, players(a, b, by), 1, 3, ())
    for replicate in range(2):
        seen |= {spec.name: spec for spec in plan.scenarios(replicate).values()}
    assert max(map(len, seen)) < 100  # names stand in tables
    for name, spec in seen.items():
        assert by_name(a, b, by, name) == spec
    assert by_name(a, b, by, "no_ftz") is None


def test_a_mixture_comes_out_again_bit_for_bit(found):
    from ftz_sim.analysis.replay import replay

    for run_id in ("mix.none-0000", "mix.coordination-linkage-0001"):
        again = replay(found.folder, run_id)
        assert again.agrees and again.changes == []


def test_an_attribution_on_a_dask_cluster_is_the_same(found):
    pytest.importorskip("distributed")
    again = attribute(early("integrated"), early("single_ftz"), reps=2, seed=3, engine="dask", workers=2)
    np.testing.assert_array_equal(again.shapley, found.shapley)
    np.testing.assert_array_equal(again.gap, found.gap)
