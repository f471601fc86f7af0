"""Siphon and radiation taken apart into flows and all else."""

from __future__ import annotations

import pytest

from ftz_sim.analysis.siphon import STILL, decompose
from ftz_sim.errors import InputError
from ftz_sim.model.parameters import all_cards


@pytest.fixture(scope="module")
def table():
    return decompose("history", reps=2, end="2018Q4").set_index(["outcome", "part"])


def test_the_parts_add_up(table):
    for outcome in ("gdp", "talents", "fdi"):
        effect = table.loc[outcome, "effect"]
        assert effect["full"] == pytest.approx(effect["frozen"] + effect["flows"])
    assert table["effect"].to_numpy() == pytest.approx((table["siphon"] + table["radiation"]).to_numpy())
    assert (table["siphon"] <= 0).all()
    assert (table["radiation"] >= 0).all()


def test_frozen_flows_move_nobody_and_shift_no_share_of_foreign_investment(table):
    # what talents come from abroad are shared out evenly; foreign investment moves with the pool alone
    frozen = table.xs("frozen", level="part")
    for outcome in ("talents", "fdi"):
        assert min(abs(frozen.loc[outcome, ["siphon", "radiation"]])) < 1e-12  # one way, but for rounding
    assert frozen.loc["fdi", "effect"] == pytest.approx(0, abs=1e-9)
    assert abs(table.loc[("fdi", "flows"), "effect"]) > 1e-6


def test_what_is_frozen_are_parameters():
    assert {f"{mechanism}.{name}" for mechanism, names in STILL.items() for name in names} <= set(all_cards())


def test_a_scenario_without_zones_is_refused():
    with pytest.raises(InputError, match="no zones"):
        decompose("no_ftz")
