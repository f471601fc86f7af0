"""A small lever study: few levers, short horizon, and the words it draws from the numbers."""

from __future__ import annotations

import numpy as np
import pytest

from ftz_sim import __version__
from ftz_sim.analysis import lever_verdicts
from ftz_sim.analysis.lever_facts import LEVERS, MECHANISMS
from ftz_sim.analysis.lever_page import number, page
from ftz_sim.analysis.lever_study import MEASURES, main, measure, study, write
from ftz_sim.analysis.lever_variants import variants, without_lever
from ftz_sim.analysis.ratchet import ratchet
from ftz_sim.errors import InputError
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.runs.run import run
from ftz_sim.scenario.scenario import Mechanisms, Scenario

SWITCHED = ("legal_mandate", "carbon_budget", "hinterland_inclusion", "preference_support", "digital_adoption")
CAN_BE_OFF = {
    name for name, field in Mechanisms.model_fields.items() if "Always" not in repr(field) and name not in (
        "policy", "exogenous_paths", "glass_door", "production", "markets", "carbon",
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return study(reps=3, firms=2_000, end="2026Q2", only=SWITCHED)


def test_every_lever_and_every_mechanism_that_can_be_off_is_in_the_table_once():
    assert set(LEVERS) == set(CATALOGUE)
    assert set(MECHANISMS) == CAN_BE_OFF
    for said in (*LEVERS.values(), *MECHANISMS.values()):
        assert said.claims
        assert {move.indicator for move in said.moves} <= set(MEASURES)
        assert {move.direction for move in said.moves} <= {-1, 1}
        assert len({move.indicator for move in said.moves}) == len(said.moves)


def test_variants_have_names_of_their_own_and_differ_from_their_strategy():
    each = variants(2_000, "2035Q4")
    assert len({variant.spec.name for variant in each}) == len(each)
    strategies = {name: Scenario.load(name) for name in {variant.said.strategy for variant in each}}
    for variant in each:
        strategy = strategies[variant.said.strategy]
        assert variant.spec.policy != strategy.policy or variant.spec.mechanisms != strategy.mechanisms
    assert sum(variant.off == "fork" for variant in each) == 66


def test_a_lever_is_off_from_the_fork_on_or_for_ever():
    spec = Scenario.load("integrated")
    later, never = without_lever(spec, "chain_policy"), without_lever(spec, "chain_policy", whole_run=True)
    assert [str(step) for step in later.policy if step.lever == "chain_policy"] == ["0.3 from opening", "0 from 2025Q1"]
    assert not [step for step in never.policy if step.lever == "chain_policy"]
    others = [step for step in spec.policy if step.lever != "chain_policy"]
    assert list(never.policy) == others


def test_effects_are_with_minus_without_and_verdicts_follow_from_them(found):
    table = found.table
    assert set(table["name"]) == set(SWITCHED)
    assert not found.failed
    law = table[
        (table["name"] == "legal_mandate") & (table["indicator"] == "law") & (table["off"].str.contains("fork"))
    ]
    on, off = (found.outcomes[name][:, list(MEASURES).index("law")] for name in ("integrated", _name("legal_mandate")))
    assert law["effect"].item() == pytest.approx(100 * (on - off).mean())
    assert law["verdict"].item() == "as claimed"
    sign = np.where(table["claimed"] == "+", 1, -1) * np.sign(table["effect"])
    decided = table["verdict"].isin(["as claimed", "opposite"])
    assert (table["verdict"][decided] == np.where(sign[decided] > 0, "as claimed", "opposite")).all()
    assert ((table["ci_low"] > 0) | (table["ci_high"] < 0))[decided].all()
    inside = table["verdict"] == "no effect found"
    assert ((table["ci_low"] <= 0) & (table["ci_high"] >= 0))[inside].all()


def _name(lever):
    return f"integrated-{lever}-fork"


def test_something_moves_for_every_thing_switched_off(found):
    table = found.table
    assert (table["most"] != "none").all()
    assert table.groupby("name")["most_sure"].any().mean() >= 0.8  # strict: 2 degrees of freedom, 130 indicators
    assert not table["most"].str.contains("policy_cost|growth_").any()
    law = table[table["name"] == "legal_mandate"]
    assert law["most"].iloc[0] == "law"


def test_an_idle_lever_is_found_out():
    # before any zone has opened, nothing that a zone pulls can move anything
    idle = study(reps=2, firms=2_000, end="2013Q2", only=["carbon_sinks"])
    row = idle.table.iloc[0]
    assert row["verdict"] == "identical: no effect at all"
    assert (row["most"], row["most_sure"]) == ("none", False)


def test_what_shows_no_effect_is_played_again_with_more_firms(found):
    idle = study(reps=2, firms=2_000, end="2013Q2", only=["carbon_sinks"])
    assert idle.unclear == ["carbon_sinks"]
    again = study(reps=2, firms=2_500, end="2026Q2", only=["legal_mandate"])
    table = found._replace(again=again).table
    assert list(table[["name", "indicator"]].itertuples()) == list(found.table[["name", "indicator"]].itertuples())
    replaced = table["name"] == "legal_mandate"
    assert set(table.loc[replaced, "firms"]) == {2_500}
    assert set(table.loc[~replaced, "firms"]) == {2_000}
    assert "`legal_mandate` †" in page(found._replace(again=again))
    assert "†" not in page(found)


def test_the_page_and_the_table_are_written(found, tmp_path):
    table, written, leakage = write(found, tmp_path)
    assert leakage.read_text(encoding="utf-8").startswith("name,leakage,ci_low,ci_high,n,n_without_cut")
    text = written.read_text(encoding="utf-8")
    assert "`legal_mandate`" in text
    assert "M-CBUD" in text
    assert "3 seeds, 2,000 firms" in text
    assert len(table.read_text(encoding="utf-8").splitlines()) == len(found.table) + 1
    assert number(0.012345) == "+0.0123"


def test_verdicts_ship_with_size_version_and_date(found, tmp_path, monkeypatch):
    path = lever_verdicts.write(found, tmp_path / "verdicts.csv")
    monkeypatch.setattr(lever_verdicts, "FILE", path)
    rows = lever_verdicts.lever_verdicts.__wrapped__()  # past the cache
    assert len(rows) == len(found.table)
    first, row = rows[0], found.table.iloc[0]
    assert (first.name, first.indicator, first.verdict) == (row["name"], row["indicator"], row["verdict"])
    assert first.effect == pytest.approx(row["effect"], rel=1e-4)
    assert (first.firms, first.n, first.end, first.version) == (2_000, 3, "2026Q2", __version__)
    assert first.claims == tuple(row["claims"].split())


def test_only_a_whole_study_ships(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--ship", "--out", str(tmp_path), "green_credit"])
    assert "name none" in capsys.readouterr().err


def test_measures_are_those_of_the_tables():
    tables = run("history", end="2016Q4", firms=2_000).tables
    values = dict(zip(MEASURES, measure(tables), strict=True))
    assert values["gdp"] == pytest.approx(tables.national["gdp"][-4:].mean())
    assert values["zones.fdi"] == pytest.approx(tables.zones["fdi"][-4:].sum(axis=1).mean())
    flows = tables.regions["net_talent_flow"][-4:].mean(axis=0)
    assert values["talent_reallocation"] == pytest.approx(np.abs(flows).sum() / 2)


def test_unknown_names_are_refused():
    with pytest.raises(InputError, match="neither a lever nor a mechanism"):
        variants(2_000, "2035Q4", ["chain_polcy"])


def test_without_a_ratchet_lists_grow_in_a_crisis():
    table = ratchet(reps=2, end="2029Q1").set_index(["commitment", "world", "indicator", "at"]).sort_index()
    assert (table.loc["ratchet", "against_ratchet"] == 0).all()
    services = table.xs(("crisis", "services_list_zone", "2028"), level=["world", "indicator", "at"])["against_ratchet"]
    assert 0 < services["standstill"] < services["neither"]
    assert table.loc[("ratchet", "crisis", "trough", "2027-31"), "mean"] < 0
    with pytest.raises(InputError, match="the year after the crisis"):
        ratchet(reps=1, end="2027Q4")
