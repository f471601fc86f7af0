"""Siphon and radiation by distance, the parameters that decide the sign, and pairs of provinces."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ftz_sim.analysis.siphon import Played, effects
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.published import load_figures
from ftz_sim.report.siphon import siphon as draw
from ftz_sim.report.siphon import siphon_signs
from ftz_sim.report.style import house_style
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import scenario
from ftz_sim.validation import dyads, siphon


@pytest.fixture(scope="module")
def table():
    return siphon.by_distance(2, end="2019Q4")


def test_parts_add_up_and_coordination_is_the_difference(table):
    wide = table.pivot_table(index=["strategy", "outcome", "from_km"], columns="part", values="effect")
    np.testing.assert_allclose(wide["net"], wide["radiation"] + wide["flows"], atol=1e-9)
    single, cross = (wide.loc[name] for name in siphon.STRATEGIES)
    np.testing.assert_allclose(wide.loc["difference"], cross - single, atol=1e-9)


def test_bands_share_out_the_provinces_without_a_zone():
    acts = np.isin(np.array(load_figures().provinces.iso), load_figures().zones.iso)
    masks = np.array(siphon.bands(acts))
    assert (masks.sum(axis=0) == ~acts).all()
    assert masks.sum() == 31 - 22
    shanghai = np.array(load_figures().provinces.iso) == "SH"
    near = siphon.bands(shanghai)[0]
    assert set(np.array(load_figures().provinces.iso)[near]) == {"JS", "ZJ"}


def test_effects_are_paired_by_luck():
    played = {name: Played(2, siphon.OUTCOMES) for name in ("a", "b")}
    played["b"].values[:] = 1.0
    played["a"].values[0], played["a"].values[1] = np.e, 1.0
    assert effects(played, "a", "b")[0] == pytest.approx(100)
    assert effects(played, "a", "b")[1] == pytest.approx(0)


def test_signs_are_said_to_turn_where_the_ends_differ_in_sign(monkeypatch):
    monkeypatch.setattr(siphon, "VARIED", ("migration.talent_mobility", "foreign_investment.pool_response"))
    table = siphon.signs(end="2018Q4", reps=1)
    wide = siphon.by_parameter(table)
    assert len(wide) == 2 * len(siphon.OUTCOMES) * len(siphon.STRATEGIES)
    assert (wide["sign_turns"] == (np.sign(wide["low_effect"]) * np.sign(wide["high_effect"]) < 0)).all()
    cards = all_cards()
    row = wide.set_index(["strategy", "outcome", "parameter"]).loc[
        ("single_ftz", "fdi", "foreign_investment.pool_response")
    ]
    assert row["low_value"] == cards["foreign_investment.pool_response"].low
    assert row["low_effect"] < row["effect"] < row["high_effect"]  # the more of it is new, the less is drawn away


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_have_a_panel_for_every_outcome(table, lang):
    rows = [
        {"strategy": strategy, "outcome": outcome, "parameter": name, "low_effect": -1.0, "effect": 0.5,
         "high_effect": 1.0} for strategy in siphon.STRATEGIES for outcome in siphon.OUTCOMES for name in siphon.VARIED
    ]  # fmt: skip
    with house_style(lang):
        assert len(draw(table, "stamp", lang).axes) == len(siphon.OUTCOMES)
        assert len(siphon_signs(pd.DataFrame(rows), "stamp", lang).axes) == len(siphon.OUTCOMES)


def test_what_is_varied_are_parameters_with_two_ends():
    cards = all_cards()
    assert all(cards[name].low < cards[name].default <= cards[name].high for name in siphon.VARIED)


def test_the_dyadic_estimate_finds_what_was_put_in():
    first = np.zeros(31, int)
    first[:10], first[10:15] = 2016, 2018
    count = dyads.treated_in_pair(first, 8)  # 2013 to 2020
    assert count.max() == 2
    assert (count[:3] == 0).all()
    assert (count[3] == 2).sum() == 10 * 9 / 2
    pairs = count.shape[1]
    noise = np.sin(np.arange(pairs)) + np.cos(np.arange(8))[:, None]  # fixed effects of pairs and years
    made = noise + 0.01 * (count == 1) - 0.03 * (count == 2)
    assert dyads.estimate(made, first) == pytest.approx([1.0, -3.0])


def test_dyads_of_two_equal_worlds_have_no_effect(monkeypatch):
    monkeypatch.setattr(dyads, "DEALS", 20)
    run = next(map_runs(replicate_jobs([scenario("history", (), 2000, "2020Q4")], 1, 1)))
    table = dyads.dyads([(run.tables, run.tables)]).set_index("pairs_with")
    assert list(table.index) == ["one", "both"]
    assert table["truth"].tolist() == [0, 0]
    assert table["estimate"].to_numpy() == pytest.approx(table["selection"].to_numpy())
    assert (table["placebo_low"] < table["placebo_high"]).all()
