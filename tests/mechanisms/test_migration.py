import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.mechanisms.migration import (
    Migration,
    TalentPolicy,
    flows,
    from_abroad,
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
    zone_weight,
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
    titles = np.zeros((R, R))
    titles[0, 1] = titles[1, 0] = 0.5
    before = flows(stock, pull, talent_border(0 * titles, P), FAR, 0.088, P, DT)
    after = flows(stock, pull, talent_border(titles, P), FAR, 0.088, P, DT)
    assert after[0, 1] > before[0, 1]
    assert after.sum() > before.sum()


def test_the_border_for_talents_by_hand():
    assert talent_border(np.array([[0.2, 0.0]]), P)[0] == approx([1.2 * (1 - 0.4 * 0.2), 1.2])


@few
@given(stocks, pulls, st.floats(-0.01, 0.01))
def test_the_workforce_grows_as_its_path_says(stock, pull, growth):
    flow = flows(stock, pull, 1.4, FAR, 0.014, P, DT)
    assert workforce(stock, net(flow), growth, DT).sum() == approx(stock.sum() * math.exp(growth * DT), rel=1e-12)


@few
@given(stocks, pulls, st.floats(0, 0.1), st.floats(0, 1), st.floats(0, 1))
def test_talents_are_those_before_plus_graduates_plus_arrivals(stock, pull, growth, programme, rebate):
    flow = flows(stock, pull, 1.2, FAR, 0.088, P, DT)
    abroad = from_abroad(stock, offered(programme, rebate), P, DT)
    got = new_talents(stock, net(flow), pull, growth, abroad, P, DT)
    # zones of half, twice and five times the share at which policy counts fully; the cap is three
    assert got.overseas == approx(0.0024 * 0.25 * (stock @ [0.5, 2.0, 3.0]) * (programme + rebate) / 2)
    assert got.national == approx(stock.sum() * math.exp(growth * DT) + got.overseas, rel=1e-12)
    assert got.by_region.sum() == approx(got.national, rel=1e-12)


def offered(programme, rebate, zone_open=(1.0, 1.0, 1.0)):
    share = 0.06 * np.array([0.5, 2.0, 5.0])
    return TalentPolicy(np.array(zone_open), share, programme * np.ones(3), rebate * np.ones(3))


def test_zone_policy_counts_by_the_size_of_the_zone_up_to_a_cap():
    assert zone_weight(offered(1.0, 1.0), P).tolist() == approx([0.5, 2.0, 3.0])
    assert zone_weight(offered(1.0, 1.0, (0.0, 1.0, 1.0)), P).tolist() == approx([0.0, 2.0, 3.0])


def test_a_zone_that_offers_nothing_or_is_empty_adds_and_takes_no_arrivals():
    stock, policy = np.full(3, 100.0), offered(1.0, 0.5)
    idle = policy._replace(programme=np.array([1.0, 0.0, 0.0]), rebate=np.array([0.5, 0.0, 0.0]))
    empty = policy._replace(zone_share=policy.zone_share * [1.0, 0.0, 0.0])
    closed = idle._replace(zone_open=np.array([1.0, 0.0, 0.0]))
    for other in (idle, empty, closed):
        assert from_abroad(stock, other, P, DT).tolist() == [approx(0.0024 * 0.25 * 100 * 0.5 * 0.75), 0, 0]


def test_new_talents_prefer_a_strong_pull():
    got = new_talents(np.full(2, 100.0), np.zeros(2), np.array([0.0, 1.0]), 0.04, np.zeros(2), P, DT)
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


def moved(stock, pull, border, distance, mobility, p):
    out = np.zeros((31, 31))
    for r in range(31):
        gain = np.array([
            0.0 if s == r else stock[s] / sum(stock) * math.exp(pull[s] - pull[r] - border[r, s] - distance[r, s])
            for s in range(31)
        ])  # fmt: skip
        out[r] = stock[r] * mobility / 4 * gain / (p.home_weight + gain.sum())
    return out


def shared_out(old, held, wanted, totals, speed):
    new = np.zeros(len(held))
    closed = 1 - math.exp(-speed / 4)
    for r in range(31):
        own = old.firms.region == r
        draft = (1 - closed) * held[own] + closed * totals[r] * wanted[own] / wanted[own].sum()
        new[own] = draft * totals[r] / draft.sum()
    return new


def test_the_step_moves_talents_to_pay_environment_services_and_zones(played):
    old, new, p = played("migration")
    regions, nation, levers, pairs = old.regions, old.nation, old.levers, old.pairs
    stock, total = regions.talents, sum(regions.talents)
    wage = regions.talent_wage / np.exp(regions.price_index)  # what it buys
    mean = sum(wage * stock) / total
    pull = np.zeros(31)
    for r in range(31):
        pull[r] = p.talent_wage_elasticity * math.log(wage[r] / mean)
        pull[r] += p.environment_pull * (regions.business_environment[r] - old.base.business_environment[r])
        pull[r] -= p.talent_density_push * max(math.log(regions.density[r]), 0)
        services = nation.services_openness_zone if regions.zone_open[r] else nation.services_openness_national
        pull[r] += p.amenity_pull * services
        offer = p.programme_pull * levers.talent_programme[r] + p.rebate_pull * levers.income_tax_rebate[r]
        pull[r] += regions.zone_open[r] * min(p.zone_pull_cap, regions.zone_share[r] / p.zone_share_reference) * offer
    border = np.full((31, 31), p.talent_border_cost)
    assert pairs.titles.max() > 0
    border *= 1 - p.recognition_effect * pairs.titles
    flow = moved(stock, pull, border, p.distance_cost * pairs.distance, p.talent_mobility, p)
    assert new.pairs.talent_flow == approx(flow, rel=1e-9)
    net_flow = flow.sum(0) - flow.sum(1)
    assert new.regions.net_talent_flow == approx(net_flow, rel=1e-6, abs=1e-6)
    offered = (levers.talent_programme + levers.income_tax_rebate) / 2
    weight = np.minimum(p.zone_pull_cap, regions.zone_share / p.zone_share_reference) * regions.zone_open
    arriving = p.overseas_inflow / 4 * stock * weight * offered
    key = (stock + net_flow) * np.exp(p.graduate_slope * pull)
    fresh = (math.exp(nation.talent_growth / 4) - 1) * total
    after = stock + net_flow + fresh * key / key.sum() + arriving
    assert new.nation.overseas_talents == approx(arriving.sum(), rel=1e-10)
    assert new.regions.talents == approx(after, rel=1e-10)
    assert new.nation.talents == approx(after.sum(), rel=1e-10)
    firms = shared_out(old, old.firms.talents, old.firms.research, after, p.talent_reallocation)
    assert new.firms.talents == approx(firms, rel=1e-9)


def test_the_step_moves_workers_to_income_and_grows_the_workforce(played):
    old, new, p = played("migration")
    regions, nation, pairs = old.regions, old.nation, old.pairs
    income = regions.real_income / regions.workers
    mean = sum(regions.real_income) / sum(regions.workers)
    crowd = [max(math.log(density), 0) for density in regions.density]
    pull = p.worker_wage_elasticity * np.log(income / mean) - p.worker_density_push * np.array(crowd)
    border = np.full((31, 31), p.worker_border_cost)
    flow = moved(regions.workers, pull, border, p.distance_cost * pairs.distance, p.worker_mobility, p)
    assert new.pairs.worker_flow == approx(flow, rel=1e-9)
    net_flow = flow.sum(0) - flow.sum(1)
    assert new.regions.net_worker_flow == approx(net_flow, rel=1e-6, abs=1e-3)
    after = (regions.workers + net_flow) * math.exp(nation.workforce_growth / 4)
    assert new.regions.workers == approx(after, rel=1e-12)
    assert new.nation.workforce == approx(after.sum(), rel=1e-12)
    wanted = old.firms.value_added * np.array(p.worker_tier_weights)[old.firms.tier]
    firms = shared_out(old, old.firms.workers, wanted, after, p.worker_reallocation)
    assert new.firms.workers == approx(firms, rel=1e-6)
