import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.mechanisms.migration import (
    Migration,
    TalentPolicy,
    flows,
    labour_demand,
    log_relative,
    net,
    new_talents,
    reallocate,
    services_openness,
    talent_border,
    talent_pull,
    worker_pull,
    workforce,
    zone_offer,
)

P = Migration()
few = settings(max_examples=25, deadline=None)
DT = 0.25
R = 3
FAR = np.array([[0.0, 500.0, 1000.0], [500.0, 0.0, 700.0], [1000.0, 700.0, 0.0]])
stocks = arrays(float, R, elements=st.floats(1, 1e6))
pulls = arrays(float, R, elements=st.floats(-2, 2))


def test_pay_is_measured_against_the_weighted_mean():
    assert log_relative(np.array([1.0, 4.0]), np.array([2.0, 1.0])).tolist() == approx([math.log(1 / 2), math.log(2)])


def test_zone_policy_pulls_in_proportion_to_the_zone_up_to_a_cap():
    policy = TalentPolicy(np.array([1.0, 1.0, 0.0]), np.array([0.03, 0.5, 0.03]), np.full(3, 0.4), np.full(3, 1.0))
    one = 0.10 * 0.4 + 0.09
    assert zone_offer(policy, P).tolist() == approx([0.5 * one, 3 * one, 0])


def test_pulls_by_hand():
    one = np.ones(1)
    talents = talent_pull(0.1 * one, 0.5 * one, 0.4 * one, 1.2 * one, 0.3 * one, 0.05 * one, P)
    assert talents[0] == approx(1.6 * 0.1 + 0.8 * 0.1 - 0.25 * math.log(1.2) + 0.05 * 0.3 + 0.05)
    assert worker_pull(0.1 * one, 1.2 * one, P)[0] == approx(0.12 - 0.4 * math.log(1.2))
    assert worker_pull(0.1 * one, 0.5 * one, P)[0] == approx(0.12)  # thin places do not pull


def test_services_are_the_zones_where_one_is_open():
    assert services_openness(np.array([1.0, 0.0]), 0.6, 0.2).tolist() == [0.6, 0.2]


def test_a_flow_by_hand():
    stock = np.array([300.0, 100.0])
    distance = np.array([[0.0, 1000.0], [1000.0, 0.0]])
    flow = flows(stock, np.array([0.0, 0.2]), 1.2, distance, 0.088, P, DT)
    gain = 0.25 * math.exp(0.2 - 1.2 - 0.7)
    assert flow[0, 1] == approx(300 * 0.088 * 0.25 * gain / (0.33 + gain))
    back = 0.75 * math.exp(-0.2 - 1.2 - 0.7)
    assert flow[1, 0] == approx(100 * 0.022 * back / (0.33 + back))
    assert flow[0, 0] == flow[1, 1] == 0


def test_equal_provinces_exchange_but_neither_gains():
    flow = flows(np.full(2, 100.0), np.zeros(2), 1.2, np.zeros((2, 2)), 0.088, P, DT)
    assert flow[0, 1] > 0
    assert net(flow).tolist() == [0, 0]


@few
@given(stocks, pulls, st.floats(0, 0.16))
def test_flows_move_people_and_lose_nobody(stock, pull, mobility):
    flow = flows(stock, pull, 1.2, FAR, mobility, P, DT)
    assert (flow >= 0).all()
    assert (flow.sum(axis=1) <= stock * mobility * DT * (1 + 1e-12)).all()
    assert (stock + net(flow)).sum() == approx(stock.sum(), rel=1e-12)


@few
@given(stocks, pulls)
def test_recognised_titles_raise_gross_flows(stock, pull):
    recognition = np.zeros((R, R))
    recognition[0, 1] = recognition[1, 0] = 1.0
    coordination = np.full((R, R), 0.5)
    before = flows(stock, pull, talent_border(0 * recognition, coordination, P), FAR, 0.088, P, DT)
    after = flows(stock, pull, talent_border(recognition, coordination, P), FAR, 0.088, P, DT)
    assert after[0, 1] > before[0, 1]
    assert after.sum() > before.sum()


def test_the_border_for_talents_by_hand():
    assert talent_border(np.array([[0.5]]), np.array([[0.4]]), P)[0, 0] == approx(1.2 * (1 - 0.4 * 0.5 * 0.4))
    assert talent_border(np.array([[1.0]]), np.array([[0.0]]), P)[0, 0] == 1.2


@few
@given(stocks, pulls, st.floats(-0.01, 0.01))
def test_the_workforce_grows_as_its_path_says(stock, pull, growth):
    flow = flows(stock, pull, 1.4, FAR, 0.014, P, DT)
    assert workforce(stock, net(flow), growth, DT).sum() == approx(stock.sum() * math.exp(growth * DT), rel=1e-12)


@few
@given(stocks, pulls, st.floats(0, 0.1), st.floats(0, 1), st.floats(0, 1))
def test_talents_are_those_before_plus_graduates_plus_arrivals(stock, pull, growth, programme, rebate):
    flow = flows(stock, pull, 1.2, FAR, 0.088, P, DT)
    got = new_talents(stock, net(flow), pull, growth, programme, rebate, P, DT)
    assert got.overseas == approx(0.0024 * 0.25 * stock.sum() * (programme + rebate) / 2)
    assert got.national == approx(stock.sum() * math.exp(growth * DT) + got.overseas, rel=1e-12)
    assert got.by_region.sum() == approx(got.national, rel=1e-12)


def test_new_talents_prefer_a_strong_pull():
    got = new_talents(np.full(2, 100.0), np.zeros(2), np.array([0.0, 1.0]), 0.04, 0.0, 0.0, P, DT)
    entered = 200 * math.expm1(0.01)
    assert (got.by_region - 100).tolist() == approx(
        [entered / (1 + math.exp(0.3)), entered * math.exp(0.3) / (1 + math.exp(0.3))]
    )


def test_firms_move_towards_their_wanted_proportions():
    # two provinces; in the first the stock falls from 12 to 10 and firms want it 3 : 1
    starts = np.array([0, 2])
    speed = math.log(2) / DT  # half of the gap closes
    got = reallocate(
        np.array([6.0, 6.0, 5.0]), np.array([3.0, 1.0, 0.0]), np.array([10.0, 8.0]), starts, np.array([2, 1]), speed, DT
    )
    # half of the old stock plus half of 10 at 3 : 1 is 6.75 and 4.25, scaled from 11 to 10;
    # where nobody wants anything the old stock is only scaled
    assert got.tolist() == approx([6.75 * 10 / 11, 4.25 * 10 / 11, 8])


@few
@given(
    arrays(float, 6, elements=st.floats(0.1, 1e4)),
    arrays(float, 6, elements=st.floats(0, 1e3)),
    arrays(float, 2, elements=st.floats(1, 1e5)),
    st.floats(0.1, 0.8),
)
def test_firms_add_up_to_their_province(stock, wanted, totals, speed):
    starts = np.array([0, 4])
    got = reallocate(stock, wanted, totals, starts, np.array([4, 2]), speed, DT)
    assert np.add.reduceat(got, starts).tolist() == approx(totals.tolist(), rel=1e-12)
    assert (got >= 0).all()


def test_labour_demand_keeps_accounts_in_double_precision():
    wanted = labour_demand(np.array([2.0, 4.0]), np.array([1.0, 0.75], np.float32))
    assert wanted.dtype == np.float64
    assert wanted.tolist() == [2, 3]
