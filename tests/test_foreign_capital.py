import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from builders import small
from ftz_sim.model.columns import N_FIELDS, N_REGIONS, TIER_OF_FIELD
from ftz_sim.model.foreign_capital import (
    field_pull,
    firm_weights,
    rates,
    stock,
    stock_of_2013,
)
from ftz_sim.model.returns import net_return
from ftz_sim.runs.model import FtzModel

few = settings(max_examples=25, deadline=None)
R, K = 3, 3


def test_the_net_return_by_hand():
    # a quarter's value added of 100 is 400 a year: .32 of it is 128 on 1,600 of capital, .08; .06 wear off
    assert net_return(100.0, 1600.0, 0.32, 0.06) == approx(0.02)
    got = net_return(np.array([100.0, 0.0]), np.array([1600.0, 0.0]), 0.32, 0.06)
    assert got[0] == approx(0.02) and math.isnan(got[1])


def test_a_field_draws_by_its_producer_services():
    got = field_pull(np.array([[0.2, 0.6]]), np.array([0.0, 0.5]), 1.5)[0]
    assert got.tolist() == approx(np.array([[1, math.exp(0.15)], [1, math.exp(0.45)]]))


def test_firms_weigh_by_value_added_and_by_the_field_of_their_area():
    firms = FtzModel(small("no_ftz"), rng=1).firms
    by_area = np.random.default_rng(3).uniform(1, 2, (N_REGIONS, 2, N_FIELDS))
    got = firm_weights(firms, by_area)
    inside = (firms.zone >= 0).astype(int)
    assert inside.any() and not inside.all()
    assert got == approx(firms.value_added * by_area[firms.region, inside, firms.field], rel=1e-12)


def test_the_stock_of_2013_stands_where_fdi_went():
    value = np.random.default_rng(1).uniform(1, 5, (2, N_FIELDS))
    value[1, 4] = 0  # a cell without output
    got = stock_of_2013(800.0, np.array([0.3, 0.1]), np.array([0.7, 0.2, 0.1]), value)
    assert got.sum(1) == approx([600, 200])
    assert got[0, TIER_OF_FIELD == 1].sum() == approx(0.2 * 600)
    first, second = np.flatnonzero(TIER_OF_FIELD == 0)[:2]
    assert got[0, first] / got[0, second] == approx(value[0, first] / value[0, second])
    assert got[1, 4] == 0


def test_fdi_for_empty_cells_finds_other_firms():
    fdi = np.array([[[6.0, 4.0, 2.0], [3.0, 2.0, 1.0]]])
    full = np.ones((1, 2, 3))
    assert (rates(fdi, full) == fdi).all()

    no_future_zone = full.copy()
    no_future_zone[0, 1, 2] = 0
    assert rates(fdi, no_future_zone)[0].tolist() == [[6, 4, 3], [3, 2, 0]]

    no_future = no_future_zone.copy()
    no_future[0, 0, 2] = 0
    assert rates(fdi, no_future)[0].tolist() == [[9, 4, 0], [3, 2, 0]]

    only_zone = np.zeros((1, 2, 3))
    only_zone[0, 1, :2] = 1, 3
    arriving = rates(fdi, only_zone) * only_zone
    assert arriving[0, 1].tolist() == approx([3 + 13 / 4, 2 + 39 / 4, 0])


@few
@given(
    arrays(float, (R, 2, K), elements=st.floats(0, 5)),
    arrays(float, (R, 2, K), elements=st.sampled_from([0.0, 0.3, 2.0, 11.0])),
)
def test_what_firms_receive_is_what_was_meant(fdi, sizes):
    sizes[:, 0, 0] = 1.0  # every province has a firm
    cell = np.flatnonzero(sizes.ravel()).repeat(2)
    firms = sizes.ravel()[cell] * np.tile([0.25, 0.75], len(cell) // 2)
    got = rates(fdi, sizes).ravel()[cell] * firms
    assert np.bincount(cell // 6, got, R).tolist() == approx(fdi.sum(axis=(1, 2)).tolist(), rel=1e-12, abs=1e-12)


def test_the_stock_gains_what_arrives_and_loses_its_depreciation():
    assert stock(np.full((2, 3), 100.0), np.full((2, 3), 6.0), 0.08, 0.25)[0, 0] == approx(100 * math.exp(-0.02) + 6)
