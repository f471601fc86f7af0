"""A small lever study: few levers, short horizon, and the words it draws from the numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from ftz_sim import __version__
from ftz_sim.analysis import lever_verdicts
from ftz_sim.analysis.lever_facts import LEVERS, MECHANISMS
from ftz_sim.analysis.lever_measures import MEASURES, OUTCOMES, PLACES, measure
from ftz_sim.analysis.lever_variants import lever_variants, variants
from ftz_sim.analysis.lever_verdicts import verdict
from ftz_sim.analysis.ratchet import ratchet
from ftz_sim.analysis.statistics import Difference
from ftz_sim.errors import InputError
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.schedule import ALWAYS_ON, SCHEDULE
from ftz_sim.runs.run import run
from ftz_sim.scenario.groups import GROUPS
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.trace.construction import by_construction
from ftz_sim.trace.lever_study import study
from ftz_sim.trace.moves_most import NO_CANDIDATE
from ftz_sim.trace.verdicts import VERDICTS_ZH

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))  # studies import each other
from lever_page import page
from levers import main, write

SWITCHED = ("legal_mandate", "carbon_budget", "ratchet_commitment", "hinterland_inclusion", "digital_adoption")
CAN_BE_OFF = set(SCHEDULE) - set(ALWAYS_ON)


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


def test_every_lever_has_one_step_and_no_scenario_is_played_twice():
    each = variants(2_000, "2035Q4")
    assert [variant.name for variant in each if variant.is_step] == list(CATALOGUE)
    assert len({variant.spec.name for variant in each}) == len(each)
    paths = [
        (v.spec.mechanisms.model_dump_json(), path.zones.tobytes(), path.nation.tobytes(), v.said.strategy)
        for v, path in ((v, policy_of(v.spec)) for v in each)
    ]
    assert len(set(paths)) == len(each)
    strategies = {name: Scenario.load(name) for name in {variant.said.strategy for variant in each}}
    for variant in each:
        strategy = strategies[variant.said.strategy]
        assert variant.spec.policy != strategy.policy or variant.spec.mechanisms != strategy.mechanisms


STEPS = {  # by hand, from scenarios/packages: history's level, the strategy's level
    "ratchet_commitment": [("from the fork on", "0.5 -> 1", True), ("the whole run", "0 -> 1", False)],
    "green_credit": [("from the fork on", "0 -> 1", True)],  # history never pulled it
    "trade_facilitation": [("the whole run", "0 -> 1", True)],  # history pulled it in full: no step is left
    "zone_zero_tariff": [  # only Hainan had it
        ("from the fork on", "0..0.3 -> 0.3..0.5", True),
        ("the whole run", "0 -> 0.3..0.5", False),
    ],
    "accession_preparation": [("from the fork on", "0.2 -> 1", True), ("the whole run", "0 -> 1", False)],
}


@pytest.mark.parametrize(("lever", "steps"), STEPS.items())
def test_the_step_is_what_the_strategy_does_beyond_history(lever, steps):
    each = variants(2_000, "2035Q4", [lever])
    assert [(variant.when, variant.step, variant.is_step) for variant in each] == steps


def test_without_its_step_a_lever_stays_as_history_left_it():
    strategy, history = Scenario.load("integrated"), Scenario.load("history")
    as_was, never = (each.spec for each in lever_variants("chain_policy", LEVERS["chain_policy"], strategy, history))
    assert [str(step) for step in as_was.policy if step.lever == "chain_policy"] == ["0.3 from opening"]
    assert not [step for step in never.policy if step.lever == "chain_policy"]
    others = {str(step) + step.lever for step in strategy.policy if step.lever != "chain_policy"}
    for spec in (as_was, never):
        assert {str(step) + step.lever for step in spec.policy if step.lever != "chain_policy"} == others


def one(mean, low, high, identical=False):
    return Difference(*(np.array([x]) for x in (mean, low, high, np.nan, identical)), n=8)


@pytest.mark.parametrize(
    ("found", "claimed", "good", "own", "word"),
    [  # of an indicator of size 100
        (one(0.3, 0.1, 0.5), 1, 1, 0, "as claimed"),
        (one(0.3, 0.1, 0.5), 1, 1, 1, "by construction"),
        (one(-0.3, -0.5, -0.1), 1, 1, 1, "opposite"),  # that a rule fails at what it is made for is news
        (one(-0.3, -0.5, -0.1), 1, 1, 0, "opposite"),
        (one(-0.3, -0.5, -0.1), -1, 1, 0, "as claimed"),
        (one(0.3, -0.1, 0.7), 1, 1, 1, "no effect found"),
        (one(0.0, 0.0, 0.0, True), 1, 1, 1, "identical: no effect at all"),
        (one(np.nan, np.nan, np.nan), 1, 1, 0, "no percentage of 0"),
        (one(0.3, np.nan, np.nan), 1, 1, 0, "one run, no interval"),
        (one(-2.0, -3.0, -1.0), 0, -1, 0, "better"),  # less CO2, which no paper says of this lever
        (one(2.0, 1.0, 3.0), 0, -1, -1, "worse"),  # more of it, by a rule that cuts it
        (one(2.0, 1.0, 3.0), 0, -1, 1, "by construction"),  # the cost of a subsidy
        (one(9e-5, 8e-5, 10e-5), 1, 1, 0, "no effect found"),  # roundings
        (one(-9e-5, -10e-5, -8e-5), 1, 1, 1, "no effect found"),
        (one(11e-5, 10e-5, 12e-5), 1, 1, 0, "as claimed"),
    ],
)
def test_verdicts_by_hand(found, claimed, good, own, word):
    assert verdict(found, 0, claimed, good, own, 100) == word
    assert word in VERDICTS_ZH


def test_effects_are_with_minus_without_and_verdicts_follow_from_them(found):
    table = found.table
    assert set(table["name"]) == set(SWITCHED)
    assert not found.failed
    law = table[table["is_step"] & table["name"].eq("legal_mandate") & table["indicator"].eq("law")]
    on, off = (found.outcomes[name][:, PLACES["law"]] for name in ("integrated", "integrated-legal_mandate-history"))
    assert law["effect"].item() == pytest.approx(100 * (on - off).mean())
    assert (law["step"].item(), law["verdict"].item()) == ("0.2 -> 0.8", "by construction")  # six of eight quarters
    decided = table["verdict"].isin(["as claimed", "opposite", "better", "worse", "by construction"])
    assert ((table["ci_low"] > 0) | (table["ci_high"] < 0))[decided].all()
    inside = (table["ci_low"] <= 0) & (table["ci_high"] >= 0)
    roundings = table[table["verdict"].eq("no effect found") & ~inside]
    on = found.outcomes["integrated"].mean(axis=0)
    for row in roundings.itertuples():
        size = {"%": 100, "points": 100 * on[PLACES[row.indicator]]}.get(row.unit, on[PLACES[row.indicator]])
        assert abs(row.effect) < 1.1e-6 * size


def test_all_are_judged_by_the_same_outcomes_beside_what_papers_name(found):
    for (name, _), rows in found.table.groupby(["name", "when"]):
        moves = {**LEVERS, **MECHANISMS}[name].moves
        assert set(rows["indicator"]) == {*OUTCOMES, *(move.indicator for move in moves)}
        assert list(rows.loc[rows["claimed"] != "", "indicator"]) == [move.indicator for move in moves]
        assert not rows["indicator"].duplicated().any()


def test_as_claimed_is_never_said_of_what_the_lever_writes(found):
    for row in found.table.itertuples():
        if row.indicator in by_construction(row.kind, row.name):
            assert row.verdict not in ("as claimed", "better")
        else:
            assert row.verdict != "by construction"


def test_what_moves_most_follows_and_is_no_cost(found):
    table = found.table
    for row in table[table["most"] != "none"].itertuples():
        assert row.most not in by_construction(row.kind, row.name)
    assert not table["most"].str.contains("policy_cost|resource_cost|growth_").any()
    assert all(name in NO_CANDIDATE for name in MEASURES if "policy_cost" in name or "resource_cost" in name)
    assert (table.loc[table["name"] == "digital_adoption", "most"] != "none").all()


def test_a_promise_that_nothing_tests_acts_on_investors_alone(found):
    step = found.table[found.table["is_step"] & found.table["name"].eq("ratchet_commitment")].set_index("indicator")
    assert step.loc["fdi", "effect"] > 0
    assert step.loc["services_list_zone", "effect"] == pytest.approx(0, abs=1e-3)
    assert step.loc["services_list_zone", "verdict"] == "no effect found"
    assert step.loc["effective_openness", "verdict"] in ("no effect found", "identical: no effect at all")
    assert found.per_yuan.set_index("name").loc["ratchet_commitment", "reason"] == "costs next to nothing"


def test_shares_of_groups_are_of_gains_that_were_found(found):
    table, shares = found.table, found.shares.set_index("group")
    assert list(shares.index) == list(GROUPS)
    gains = table[(table["when"] == "from the fork on") & (table["indicator"] == "gdp") & (table["ci_low"] > 0)]
    assert shares["effect"].sum() == pytest.approx(gains["effect"].sum())
    assert shares["share"].sum() == pytest.approx(1) if len(gains) else shares["share"].isna().all()


def test_an_idle_lever_is_found_out():
    # before any zone has opened, nothing that a zone pulls can move anything
    idle = study(reps=2, firms=2_000, end="2013Q2", only=["chain_policy"])
    row = idle.table.iloc[0]
    assert row["verdict"] == "identical: no effect at all"
    assert (row["most"], row["most_sure"]) == ("none", False)


def test_the_page_and_the_table_are_written(found, tmp_path):
    written, table, money, shares, leakage = write(found, tmp_path)
    assert leakage.read_text(encoding="utf-8").startswith("name,leakage,ci_low,ci_high,n,n_without_cut")
    assert money.read_text(encoding="utf-8").count("costs next to nothing") > 0
    assert shares.read_text(encoding="utf-8").splitlines()[5].startswith("digital,")
    text = written.read_text(encoding="utf-8")
    assert "| `legal_mandate` | 0.2 → 0.8 |" in text and "| digital | 0 |" in text
    assert "hold by construction." in text
    assert "M-CBUD" in text
    assert "3 seeds, 2,000 firms" in text
    assert len(table.read_text(encoding="utf-8").splitlines()) == len(found.table) + 1


def failed_in(found, name, replicate=0):
    """The same study in which a run has failed."""
    outcomes, values = ({**kept, name: kept[name].copy()} for kept in (found.outcomes, found.values))
    outcomes[name][replicate] = values[name][replicate] = np.nan
    return found._replace(outcomes=outcomes, values=values)


def test_the_page_names_what_fewer_pairs_tell_of(found):
    assert "pairs are left" not in page(found)
    short = failed_in(found, "integrated-carbon_budget-history")
    assert "fewer than 3 pairs are left of: `carbon_budget` (from the fork on: 2)." in page(short)
    shorter = failed_in(short, "integrated-carbon_budget-history", 1).per_yuan.set_index("name")
    assert shorter.loc["carbon_budget", "reason"] == "fewer than two runs"


def test_leakage_counts_finished_pairs_and_cuts_worth_a_name(found):
    name, zones = "integrated-carbon_budget-history", PLACES["zones.co2"]
    (whole,), (short,) = (each.leakages.to_dict("records") for each in (found, failed_in(found, name)))
    assert (whole["name"], whole["n"], whole["n_without_cut"]) == ("carbon_budget", 3, 0)
    assert (short["n"], short["n_without_cut"]) == (2, 0)
    off = found.outcomes[name].copy()
    off[1, zones] = found.outcomes["integrated"][1, zones] * (1 + 1e-6)  # a cut of a millionth is none
    (less,) = found._replace(outcomes={**found.outcomes, name: off}).leakages.to_dict("records")
    assert (less["n"], less["n_without_cut"]) == (2, 1)
    assert abs(less["leakage"]) < 10


def test_a_world_that_cannot_work_is_no_effect():
    text = page(study(reps=2, firms=2_000, end="2014Q1", only=["investment"]))
    assert "| `investment` † |" in text and "† Without `investment` nothing builds capital" in text
    assert "Claims about mechanisms" not in text


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
    assert sum(lever_verdicts.counts(rows).values()) == 1 + sum(len(LEVERS[name].moves) for name in SWITCHED[:-1])
    assert list(lever_verdicts.counts(rows))[-1] == "by construction"


def test_a_table_of_another_study_says_nothing(tmp_path, monkeypatch):
    path = tmp_path / "verdicts.csv"
    path.write_text("kind,name,off\nlever,carbon_budget,the whole run\n")
    monkeypatch.setattr(lever_verdicts, "FILE", path)
    assert lever_verdicts.lever_verdicts.__wrapped__() == ()


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
    assert (table.loc["ratchet", "against_ratchet"].dropna() == 0).all()  # GDP may not recover before the end
    services = table.xs(("crisis", "services_list_zone", "2028"), level=["world", "indicator", "at"])["against_ratchet"]
    assert 0 < services["standstill"] < services["neither"]
    assert table.loc[("ratchet", "crisis", "trough", "2027-31"), "mean"] < 0
    with pytest.raises(InputError, match="the year after the crisis"):
        ratchet(reps=1, end="2027Q4")
