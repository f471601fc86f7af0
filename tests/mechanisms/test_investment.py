import math
from copy import deepcopy

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import N_ZONES, NO_ZONE
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms import investment
from ftz_sim.model.mechanisms.investment import Flows, Investment, consumption, from_abroad, total

P = Investment()
DT = 0.25
KEPT = math.exp(-0.06 * 0.25)
STARTS, SLOTS = np.array([0, 2]), np.array([2, 2])
PROVINCE = np.arange(N_ZONES)
levers = tuple(np.zeros(N_REGIONS) for _ in range(3))


def rows_of(zone, policies=levers, tier=(0, 0, 0, 0), birth=(-40,) * 4, quarter=50):
    zone = np.array(zone, np.int8)
    rows = Group(np.flatnonzero(zone != NO_ZONE))
    return investment.zone_rows(rows, zone, np.array(tier), np.array(birth), PROVINCE, policies, quarter, P)


def test_the_pool_by_hand():
    flows = Flows(fdi=3, funds=-0.4, home=2, research=2, used_up=1, fund=0.5, released=4)
    assert total(100, 0.45, flows, P) == approx(0.45 * 98 - 0.4 * 3 - 0.4 - 0.3 * 2 - 1 - 0.5 + 4)
    assert total(100, 0.0, flows, P) == 5
    assert from_abroad(flows, P) == approx(0.6 * 3 - 0.4 - 2)
    assert consumption(97, 40, flows) == approx(97 - (40 - 4 + 3 + 0.5) - 2 - 1)


@given(st.floats(0, 1), st.lists(st.floats(0, 5), min_size=7, max_size=7))
def test_saving_and_capital_from_abroad_pay_for_what_is_built_and_used_up(offset, sizes):
    p, flows = Investment(fdi_offset=offset), Flows(*sizes)
    built = total(100, 0.45, flows, p) - flows.released + flows.fdi + flows.fund
    sources = 0.45 * (100 - flows.home) + (1 - offset) * flows.fdi + flows.funds
    assert built + p.capitalised_research * flows.research + flows.used_up == approx(sources, rel=1e-12)
    assert from_abroad(flows, p) == approx((1 - offset) * flows.fdi + flows.funds - flows.home, abs=1e-12)


@given(st.floats(0, 1), st.floats(0, 5), st.floats(0.1, 5))
def test_more_fdi_never_lowers_what_is_built(offset, fdi, more):
    p, none = Investment(fdi_offset=offset), Flows(0, 0, 0, 0, 0, 0, 0)
    less, much = (total(100, 0.45, none._replace(fdi=f), p) + f for f in (fdi, fdi + more))
    assert much - less == approx((1 - offset) * more, abs=1e-12)


def test_provincial_terms_by_hand():
    got = investment.provincial_terms(
        np.array([2.0, 1.0]), np.array([4.0, 4.0]), np.array([0.0, 1.0]), np.array([0.5, 0.5]), P
    )
    here, nation = (math.log(0.5), math.log(0.25)), math.log(3 / 8)
    want = [
        -1.2 * here[0] + 0.3 * (here[0] - nation),
        -1.2 * here[1] + 0.3 * 1.75 * (here[1] - nation),
    ]
    assert got == approx(want)


def test_the_weight_of_a_zone_firm_by_hand():
    policies = tuple(np.full(N_REGIONS, x) for x in (0.5, 0.4, 0.8))  # finance, neutrality, venture
    zone = rows_of((3, NO_ZONE, 3, 3), policies, tier=(1, 1, 0, 2), birth=(40, 40, 40, 38))
    got = investment.weights(
        np.array([2.0, 2.0, 2.0, 2.0]),
        np.array([3.0, 3.0, 2.0, 2.0]),
        np.full(4, 0.1, np.float32),
        np.array([True, True, False, False]),
        np.array([0.02, 0, 0, 0], np.float32),
        zone,
        P,
    )
    ret = 1.2 * math.log(1.5) + 0.1
    young = 2 * math.exp((1 + 0.12 * 0.5) * ret + 0.1 * 0.6 + 0.05 * 0.8 + 0.02)
    outside = 2 * math.exp(ret + 0.1)
    old = 2 * math.exp(1.06 * 0.1)  # tier 0, and a firm of twelve quarters: no venture capital
    assert got == approx([young, outside, old, old], rel=1e-5)


def test_capital_by_hand():
    zone = rows_of((NO_ZONE, 0, NO_ZONE, NO_ZONE))
    got = investment.update(
        np.array([1.0, 3.0, 2.0, 2.0]),
        np.array([4.0, 4.0]),
        np.array([1, 1, 1, 1], np.float32),
        np.array([0, 0.5, 0, 0]),
        8.0,
        np.array([0.4, -0.2]),
        zone,
        SLOTS,
        P,
        DT,
    )
    want = [KEPT + 0.1 + 2, 3 * KEPT + 0.3 + 2 + 0.5, 2 * KEPT - 0.1 + 2, 2 * KEPT - 0.1 + 2]
    assert got.capital == approx(want, rel=1e-12)
    assert got.in_zones[0] == approx(2)


@given(st.integers(0, 10_000), st.sampled_from([(0, NO_ZONE, 1, 1), (NO_ZONE,) * 4]))
def test_capital_changes_by_what_is_booked(seed, firms_zone):
    draw = np.random.default_rng(seed)
    capital, weights, fdi = draw.uniform(1, 2, 4), draw.uniform(1, 2, 4).astype(np.float32), draw.random(4)
    injected = draw.uniform(-0.1, 0.2, 2)
    zone = rows_of(firms_zone)
    stock = np.add.reduceat(capital, STARTS)
    got = investment.update(capital, stock, weights, fdi, 3.0, injected, zone, SLOTS, P, DT)
    want = capital.sum() * KEPT + 3 + fdi.sum() + injected.sum()
    assert got.capital.sum() == approx(want, rel=1e-12)
    assert (got.capital > 0).all()


def test_equal_firms_grow_alike():
    capital = np.array([1.0, 2.0, 4.0, 8.0])
    zone = rows_of((NO_ZONE,) * 4)
    level = np.zeros(4, np.float32)
    share = investment.weights(capital, capital * 0.3, level, np.zeros(4, bool), level, zone, P)
    stock = np.add.reduceat(capital, STARTS)
    got = investment.update(capital, stock, share, np.zeros(4), 3.0, np.zeros(2), zone, SLOTS, P, DT)
    assert got.capital / capital == approx(np.full(4, KEPT + 0.2), rel=1e-6)


def test_an_open_zone_without_levers_changes_no_bit():
    args = (
        np.array([1.0, 3.0, 2.0, 2.0]),
        np.array([0.3, 0.4, 0.1, 0.9]),
        np.full(4, 0.1, np.float32),
        np.array([True, False, True, False]),
        np.array([0.1, -0.1, 0, 0], np.float32),
    )
    inside, outside = (investment.weights(*args, rows_of(zone), P) for zone in ((0, 0, 1, 1), (NO_ZONE,) * 4))
    assert (inside == outside).all()


def test_the_step_turns_saving_into_capital_by_return_and_by_terms(played):
    old, _, p = played("investment")
    firms, regions, nation, levers = old.firms, old.regions, old.nation, old.levers
    nation.bank_loss, nation.digital_outlay = 3.0, 2.0  # nobody writes them yet
    new = deepcopy(old)
    investment.step(new, p)
    saving = (
        nation.saving_rate * (nation.income - nation.repatriation) - p.capitalised_research * regions.research.sum()
    )
    pool = saving - p.fdi_offset * nation.fdi + nation.funds_inflow - nation.resource_cost - 5
    pool += nation.released_capital - regions.fund_received.sum()
    assert min(nation.repatriation, nation.resource_cost, nation.released_capital) > 0
    k = (1 - p.fdi_offset) * nation.fdi + nation.funds_inflow - nation.repatriation
    assert new.nation.capital_inflow == approx(k, rel=1e-12)
    built = pool - nation.released_capital + nation.fdi + regions.fund_received.sum()
    eaten = regions.spending.sum() - built - regions.research.sum() - nation.resource_cost - 5
    assert new.nation.consumption == approx(eaten, rel=1e-12)
    assert new.nation.investment == approx(pool, rel=1e-12)
    capital = np.array([firms.capital[firms.region == r].sum() for r in range(31)])
    ret = np.log(regions.value_added.sum(1) / capital)
    mean = math.log(regions.value_added.sum() / capital.sum())
    n = len(firms)
    weight = np.zeros(n)
    young = 0
    for i in range(n):
        r, inside = firms.region[i], firms.in_open_zone[i]
        between = p.regional_elasticity
        between *= 1 + p.integration_gain * levers.capital_market_integration[r] * regions.coordination_degree[r]
        pull = p.return_elasticity * (math.log(firms.value_added[i] / firms.capital[i]) - ret[r])
        pull += between * (ret[r] - mean)
        pull *= 1 + p.finance_gain * levers.financial_opening[r] * inside
        if firms.owner[i] == 1:
            pull += p.state_wedge * (1 - levers.competitive_neutrality[r] * inside)
        if inside and firms.tier[i] >= 1 and old.clock.index - firms.birth_quarter[i] < p.venture_age:
            pull += p.venture_weight * levers.venture_fund[r]
            young += 1
        weight[i] = firms.capital[i] * math.exp(pull + firms.credit_tilt[i])
    assert young and (firms.owner[firms.in_open_zone] == 1).any()
    invested = pool * weight / weight.sum()
    in_zones = np.array([invested[firms.zone == z].sum() for z in range(N_ZONES)])
    assert new.zones.investment == approx(in_zones, rel=1e-4)
    injected = (regions.transfers_received + regions.fund_received - regions.transfers_paid) / capital
    assert regions.transfers_paid.max() > 0 and regions.fund_received.max() > 0
    later = firms.capital * (math.exp(-p.depreciation / 4) + injected[firms.region]) + invested + firms.fdi_received
    assert new.firms.capital == approx(later, rel=1e-5)
