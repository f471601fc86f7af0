"""Trade that borders inside China cost."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from ftz_sim.model.markets.equations import freeness
from ftz_sim.model.published import load_figures
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.setup import scenario
from ftz_sim.validation.borders import REGIONS, lost, share_lost, traded


def test_every_province_belongs_to_one_region():
    assert sorted(" ".join(REGIONS.values()).split()) == sorted(load_figures().provinces.iso)


def test_shares_of_origins_and_partners_add_up_to_one_by_hand():
    weight, market, foreign = np.array([[1.0], [2.0]]), np.array([[4.0], [4.0]]), np.array([[0.0], [0.25]])
    freeness = np.array([[[1.0], [0.5]], [[0.5], [1.0]]])  # origin, use
    shares = traded(weight, freeness, market, foreign)[:, :, 0]
    assert shares[:, 0] == approx([0.25 / 0.5, 0.25 / 0.5])  # 1 and 2 x .5 over 4
    assert shares[:, 1] == approx([0.125 / 0.875, 0.5 / 0.875])


def test_what_is_lost_counts_flows_out_and_in_by_hand():
    kept, free = np.array([[9.0, 1.0], [3.0, 9.0]]), np.array([[5.0, 6.0], [2.0, 5.0]])
    assert share_lost(kept, free, np.array([True, False])) == approx(100 * (1 - 4 / 8))


def spec(effect):
    return scenario("history", [f"parameters.markets.border_effect={effect}"], 2000, "2013Q4")


def test_a_higher_border_costs_more_trade_and_none_costs_none():
    low, high = lost(spec([1.6, 2.2, 2.4])), lost(spec([2.8, 3.7, 4.1]))
    assert all(0 < low[name] < high[name] < 100 for name in REGIONS)


def test_the_world_of_2013_buys_all_that_it_uses():
    world = FtzModel(spec([2.2, 2.88, 3.24]), rng=1).base.world
    free = freeness(world.far, world.border).transpose(1, 2, 0)
    bought = traded(world.weight * (world.output > 0), free, world.market, world.foreign).sum(0)
    assert bought == pytest.approx(1 - world.foreign, rel=1e-6)  # so nothing is rescaled before borders go
