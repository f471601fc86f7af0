"""The strip test: shares add up, nothing frozen leaves the gap, everything frozen leaves nothing."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from typer.testing import CliRunner

from builders import small
from ftz_sim.analysis import strip as module
from ftz_sim.analysis.strip import EVERYTHING, FAMILIES, INDICATORS, NOTHING, Strip, coalitions, orders, strip
from ftz_sim.analysis.strip_layers import LAYERS, Game, alike, play
from ftz_sim.cli import app
from ftz_sim.cli.strip import _cells
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.clock import Quarter
from ftz_sim.model.mechanisms.markets import MarketsDoNotClearError
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.model.specification import columns, listed
from ftz_sim.runs.model import FtzModel

FORK, SHORT = Quarter(2015, 3), "horizon={fork: 2015Q3, end: 2016Q2}"  # a year in which what follows the fork is new
OWN = EVERYTHING - {"firms"}
NOT_FROZEN = {"policy", "exogenous_paths", "production", "coordination"}
OF_PAIRS = {"regions.coordination_degree", "regions.bargain_cost", "pairs.removed", "pairs.titles", "pairs.transfer"}


def pair(*names, overrides=()):
    return [sooner(small(name, SHORT, *overrides)) for name in names or ("integrated", "single_ftz")]


def sooner(spec):
    """What begins at the fork of 2025, at an earlier one: the past that runs share is short."""
    policy = (step.model_copy(update={"start": FORK}) if step.start == Quarter(2025, 1) else step
              for step in spec.policy)  # fmt: skip
    return spec.model_copy(update={"policy": tuple(policy)})


def game(*frozen, names=(), seed=3):
    return Game(*pair(*names), seed, tuple(map(frozenset, frozen)))


@pytest.fixture(scope="module")
def found():
    return strip(*pair(), reps=2, seed=3)


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)], env={"COLUMNS": "120", "LANG": "C"})


def test_shares_and_rest_add_up_to_the_gap(found):
    gap, rest = found.gaps[NOTHING], found.gaps[EVERYTHING]
    for value in ("in_order", "in_reverse", "share"):
        assert np.abs(found.shares[value].sum(axis=0) + rest - gap).max() < 1e-9
        table = found.table.set_index(["indicator", "layer"])[value]
        for name in INDICATORS:
            assert table[name].drop("gap").sum() == pytest.approx(table[name, "gap"], abs=1e-9)
    assert np.abs(gap).min() > 1e-3


def test_everything_frozen_leaves_nothing(found):
    assert np.abs(found.gaps[EVERYTHING]).max() < 1e-9
    assert np.abs(found.gaps[OWN]).max() < 1e-9


def test_nothing_frozen_leaves_the_gap_of_two_runs_by_themselves():
    made = play(game(()))
    for run, spec in zip(made, reversed(pair()), strict=True):
        model, quarters = FtzModel(spec, rng=3), []
        while model.running:
            model.step()
            quarters.append((model.nation.gdp, model.regions.real_income.sum()))
        assert np.sum(quarters[-4:], axis=0) == pytest.approx(run, rel=1e-14)


def test_company_does_not_matter():
    sets = [(), {"choices"}, {"markets", "mobility", "saving"}, {"border_goods"}, OWN]
    together = play(game(*sets))
    for place, frozen in enumerate(sets):
        assert np.array_equal(play(game(frozen)), together[[0, place + 1]])


def test_pieces_and_workers_do_not_matter(found, monkeypatch):
    some = coalitions()[::5]
    monkeypatch.setattr(module, "coalitions", lambda: some)
    monkeypatch.setattr(module, "most_runs", lambda spec: 5)
    again = strip(*pair(), reps=1, seed=3, workers=2)  # its seed is the first of those
    assert list(again.gaps) == some
    assert all(np.array_equal(found.gaps[frozen][:1], again.gaps[frozen]) for frozen in some)


@pytest.mark.parametrize("layer", LAYERS[1:], ids=lambda layer: layer.code)
def test_the_reference_held_against_itself_has_no_gap_whatever_is_frozen(layer, twins):
    assert np.abs(twins[layer.code]).max() < 1e-12


@pytest.fixture(scope="module")
def twins():
    one = pair("single_ftz")[0]
    made = play(Game(one, one, 3, tuple(frozenset({layer.code}) for layer in LAYERS[1:])))
    return {layer.code: gap for layer, gap in zip(LAYERS[1:], made[1:] / made[0] - 1, strict=True)}


def test_scenarios_that_part_in_2013_are_played_from_there():
    specs = [small(name, "horizon.end=2014Q3") for name in ("history", "no_ftz")]
    made = play(Game(*specs, 3, (frozenset(), OWN)))
    assert np.abs(made[1] / made[0] - 1).min() > 1e-7
    assert np.abs(made[2] / made[0] - 1).max() < 1e-12


def test_what_is_not_frozen_is_left_over_where_shocks_differ():
    shock = "shocks=[{kind: demand, from: 2015Q4, to: 2016Q2, size: 0.3}]"
    calm, hit = pair("single_ftz")[0], pair("single_ftz", overrides=[shock])[0]
    made = play(Game(hit, calm, 3, (OWN, OWN - {"markets"})))
    gaps = made[1:] / made[0] - 1
    assert np.abs(gaps[0]).max() < 1e-12 and np.abs(gaps[1]).max() > 1e-4  # a shock to demand acts in markets


def test_identical_firms_are_identical_in_their_cells():
    firms = FtzModel(alike(pair()[0]), rng=1).firms
    cell = firms.region_field
    for column in (firms.value_added, firms.capital, firms.knowledge, firms.digital):
        low, high = (np.full(cell.max() + 1, start, dtype=float) for start in (np.inf, -np.inf))
        np.minimum.at(low, cell, column)
        np.maximum.at(high, cell, column)
        assert np.allclose(low[cell], high[cell], rtol=1e-5)
    assert not firms.productivity_shock.any()


def test_layers_are_a_partition_of_what_passes_anything_on():
    frozen = [name for layer in LAYERS for name in layer.mechanisms]
    assert sorted(frozen) == sorted(set(SCHEDULE) - NOT_FROZEN)
    met = [each for layer in LAYERS for each in layer.inputs]
    assert len(met) == len(set(met))
    readers = {(name, column) for name in SCHEDULE for column in listed(columns(name).reads) & OF_PAIRS}
    meant = {each for each in readers if each[0] not in ("coordination", "industry_targeting")}
    assert set(met) == meant  # industry_targeting is frozen as a whole


def test_orders_go_from_nothing_to_everything_and_meet_at_both_ends():
    for order in orders():
        assert order[0] == NOTHING and order[-1] == EVERYTHING
        assert all(len(more - less) == 1 for less, more in pairwise(order))
    assert [orders()[0][1], orders()[1][1]] == [frozenset({LAYERS[0].code}), frozenset({LAYERS[-1].code})]
    assert len(coalitions()) == len(set(coalitions()))


def made_up(gap):
    """A strip in which markets alone carry the gap."""
    gaps = {each: np.zeros((2, 2)) if "markets" in each else np.array(gap) for each in coalitions()}
    return Strip("a", "b", 2035, gaps)


def test_one_layer_that_carries_all_by_hand():
    result = made_up([[2.0, 1.0], [4.0, 1.0]])
    table = result.table.query("indicator == 'gdp'").set_index("layer")
    assert table.loc["markets", ["alone", "in_order", "in_reverse", "share", "of_gap"]].tolist() == [3, 3, 3, 3, 1]
    assert not table.drop(index=["markets", "gap"])[["alone", "in_order", "in_reverse", "share"]].any(axis=None)
    assert [result.of_family(name) for name in FAMILIES] == [0, 1, 0, 0, 0]
    assert result.n == 2 and "19 layers, 2 seeds" in repr(result)


def test_the_sentence_says_what_carries_the_gap_or_that_there_is_none():
    sure, unsure, none = (
        made_up([[3.0, 1.0], [3.1, 1.1]]),
        made_up([[-1.0, 1.0], [1.1, 1.0]]),
        made_up(np.zeros((2, 2))),
    )
    assert "markets 100% (100% to 100%)" in sure.sentence() and "市场100%" in sure.sentence("zh")
    assert unsure.sentence().count("no gap is found") == 1
    assert none.sentence("zh").count("未发现差距") == 2
    assert none.table["of_gap"].isna().all()


def test_scenarios_that_cannot_be_compared_are_refused():
    one = pair("single_ftz")[0]
    with pytest.raises(InputError, match="single_ftz"):
        strip(one, one)
    off = pair("integrated", overrides=["mechanisms.migration=false"])[0]
    with pytest.raises(InputError, match="mechanisms"):
        strip(off, one)


@pytest.mark.parametrize(("lang", "words"), [("en", ("in reverse", "left over")), ("zh", ("按相反顺序", "剩余"))])
def test_the_command_says_it_in_both_languages(lang, words, found, monkeypatch):
    monkeypatch.setattr(module, "strip", lambda *given: found)
    out = ftz("strip", "integrated", "--firms", 2000, "--lang", lang).output
    assert all(word in out for word in words) and found.sentence(lang) in out
    assert all(layer.label(lang) in out and layer.how(lang) in out for layer in LAYERS)
    assert all(NATIONAL[name].label(lang) in out for name in INDICATORS)


def test_the_command_writes_a_table_and_json(found, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "strip", lambda *given: found)
    out = tmp_path / "strip.csv"
    told = ftz("strip", "integrated", "--json", "--out", out)
    content = json.loads(told.output)
    assert content["against"] == "single_ftz" and content["n"] == 2
    assert content["sentence"]["zh"] == found.sentence("zh")
    assert [row["layer"] for row in content["layers"][:2]] == ["firms", "markets"]
    assert out.read_text().startswith("indicator,layer,family,alone,in_order,in_reverse,share")
    assert ftz("strip", "integrated", "--out", out).exit_code == 2
    assert ftz("strip", "integrated", "--out", out, "--force", "--quiet").output.strip() == str(out)


def test_a_share_below_nothing_has_the_minus_of_every_number():
    row = {"layer": "firms", "alone": 0.1, "in_order": 0.1, "in_reverse": 0.1, "of_gap": -0.016}
    assert _cells(row | {"share": 0.1, "share_low": 0.0, "share_high": 0.2}, "en")[-1] == "−2%"
    assert _cells(row | {"share": 0.1, "share_low": 0.0, "share_high": 0.2, "of_gap": 0.341}, "zh")[-1] == "34%"


def test_unknown_scenarios_are_named_with_what_there_is():
    for words, near in ((("integratd",), "integrated"), (("integrated", "--against", "singl_ftz"), "single_ftz")):
        told = ftz("strip", *words)
        assert told.exit_code == 2 and near in told.output and "Traceback" not in told.output
    assert "没有" in ftz("strip", "integratd", "--lang", "zh").output


def test_a_run_that_breaks_ends_in_one_sentence(monkeypatch):
    def broken(_world, _params):
        raise MarketsDoNotClearError("2026Q1: markets do not clear, a gap of 1 is left")

    monkeypatch.setattr("ftz_sim.model.mechanisms.markets.step", broken)
    with pytest.raises(InputError, match=r"cross_zone cannot be stripped: .* 2026Q1: markets do not clear"):
        play(game(NOTHING, names=("cross_zone", "single_ftz")))
