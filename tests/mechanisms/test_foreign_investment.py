import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.columns import TIER_OF_FIELD
from ftz_sim.model.mechanisms.foreign_investment import (
    ForeignInvestment,
    Zonal,
    agreements,
    allocate,
    at_zones,
    choose,
    crowding,
    load,
    pool,
    prior,
    province_pull,
    return_change,
    since,
    size,
    utility,
    zone_pull,
)

P = ForeignInvestment(zone_capacity=0.175)
few = settings(max_examples=25, deadline=None)
DT = 0.25
HERE = np.array([0.5, 0.3, 0.2])
AREA = np.array([True, True, False])
R, K = 3, 3
utilities = arrays(float, (R, 2, K), elements=st.floats(-5, 5))


def zonal(is_open=1.0, **levels):
    full = {name: np.full(R, levels.get(name, 0.0)) for name in Zonal._fields}
    full["is_open"] = np.full(R, is_open)
    return Zonal(**full | {"guarantees": np.full((3, R), levels.get("guarantees", 0.0))})


def test_at_the_start_shares_are_those_of_the_data():
    shares = choose(prior(HERE, AREA, P), np.zeros((R, 2, K))).shares
    assert shares.sum(axis=(1, 2)).tolist() == approx(HERE.tolist())
    assert shares[0, 1].sum() == approx(0.5 * 0.175)
    assert shares[2, 1].tolist() == [0, 0, 0]  # no zone area
    assert shares[1, 0].tolist() == approx([0.3 * 0.825 * t for t in (0.785, 0.203, 0.012)])


def test_a_province_without_fdi_keeps_a_small_share():
    assert prior(np.array([1.0, 0.0]), np.zeros(2, bool), P)[1].sum() == approx(1e-4)


def test_room_grows_with_the_area_and_never_beyond_the_province():
    rooms = prior(np.ones(4), np.array([0.0, 1.0, 2.5, 9.0]), P).sum(axis=2)
    assert rooms[:, 1] == approx(np.array([0, 1, 2.5, 1 / P.zone_capacity]) * P.zone_capacity)
    assert rooms.sum(axis=1) == approx(np.ones(4)) and (rooms >= 0).all()


def test_the_pulls_by_hand():
    one = np.ones(1)
    assert province_pull(0.6 * one, 0.5 * one, 0.2 * one, P)[0] == approx(0.1 + 0.2 * 0.2)
    assert agreements(0.2, np.array([0.5]), 0.3, 0.4, P)[0] == approx(0.1 + 0.12 * 0.3 + 0.05 * 0.4)
    strength = 0.25 * 1.5 * (0.5 + 0.5 * 0.4)  # three guarantees at .5 under a law of .4
    new = 2.9 * 0.02 + 0.10 * 0.3
    got = zone_pull(zonal(guarantees=0.5, tax_cut=0.02, offshore=0.3), 0.4, P)
    assert got[0].tolist() == approx([strength, strength + new, strength + new])
    assert zone_pull(zonal(0.0, tax_cut=0.02), 0.4, P).max() == 0


def test_size_relative_to_the_nation():
    got = size(np.array([[3.0, 0.0, 0.6]]), np.array([[2.0, 1.0, 0.0]]))[0]
    assert got == approx([1.5 / 1.2, 1e-9 / 1.2, 1 / 1.2])  # nothing is left; nothing to compare with


def test_returns_change_where_there_is_capital_and_was():
    now, before = np.array([[0.05, math.nan, 0.04]]), np.array([[0.04, 0.03, math.nan]])
    assert return_change(now, before, P)[0] == approx([0.01, 0, 0])


def test_crowded_places_cost_and_land_reform_relieves_zones():
    density, loads = np.full(R, 1.5), np.full(R, 2.0)
    got = crowding(density, loads, zonal(land=0.5, land_trade=0.5, coordination=0.4), P)[0]
    assert got.tolist() == approx([0.5 * 0.55 * math.log(1.5), 0.55 * (1 - 0.15) * (1 - 0.06) * math.log(2)])
    assert crowding(density / 2, loads / 4, zonal(), P).max() == 0
    # quotas of other zones relieve also where own land is as flexible as can be
    flexible, both = (
        crowding(density, loads, zonal(land=1.0, land_trade=t, coordination=0.4), P)[0, 1] for t in (0, 1)
    )
    assert both == approx(flexible * (1 - 0.3 * 0.4))


def test_the_load_of_zone_areas():
    value, start, firms = np.array([6.0, 6.0, 6.0]), np.array([2.0, 2.0, 0.0]), np.array([5, 4, 9])
    assert load(value, start, firms, 150.0, 100.0, P).tolist() == approx([2, 1, 1])


def test_utility_by_hand():
    got = utility(
        np.full(R, 0.1),
        np.tile([0.4, 0.6], (R, 1)),
        np.full((R, K), 0.01),
        np.full((R, K), 1.2),
        np.full(R, 0.3),
        np.tile([0.05, 0.07], (R, 1)),
        np.full((R, K), 0.02),
        P,
    )
    assert got[0, 0, 0] == approx(0.1 + 0.2 + math.log(1.2) + 0.6 * 0.3 + 1.3 * 0.6 * 0.4 - 0.05)
    assert got[0, 1, 2] == approx(0.1 + 0.2 + math.log(1.2) + 1.1 * 0.3 + 1.3 * 1.2 * 0.6 - 0.07 + 0.02)


@few
@given(utilities)
def test_shares_sum_to_one(value):
    shares = choose(prior(HERE, AREA, P), value).shares
    assert shares.sum() == approx(1, rel=1e-12)
    assert allocate(200.0, shares).sum() == approx(200, rel=1e-12)


@few
@given(utilities, st.floats(0.01, 2))
def test_the_gain_of_one_zone_is_the_loss_of_every_other_place(value, gain):
    better = value.copy()
    better[0, 1] += gain
    weight = prior(HERE, AREA, P)
    before, after = choose(weight, value), choose(weight, better)
    assert (after.shares[0, 1] > before.shares[0, 1]).all()
    rest = weight > 0
    rest[0, 1] = False
    assert (after.shares[rest] < before.shares[rest]).all()
    assert after.value > before.value


@few
@given(utilities, st.floats(-3, 3))
def test_what_draws_everywhere_moves_no_share(value, shift):
    weight = prior(HERE, AREA, P)
    before, after = choose(weight, value), choose(weight, value + shift)
    assert after.shares == approx(before.shares)
    assert after.value == approx(before.value + shift)


def test_the_pool_by_hand():
    assert pool(1.2, 1.0, 1.1, 0.4, 0.75, P, DT) == approx(730 / 4 * 1.1 * math.exp(0.35 * 0.2) * 0.4 * 0.75)
    fixed = ForeignInvestment(pool_response=0.0)
    assert pool(5.0, 1.0, 1.0, 1.0, 1.0, fixed, DT) == 730 / 4


def test_the_value_of_2013_is_stored_once():
    assert since(math.nan, 1.5) == 1.5
    assert since(1.2, 1.5) == 1.2


def test_zones_count_fdi_only_while_open():
    fdi = np.arange(18.0).reshape(R, 2, K)
    assert at_zones(fdi, np.array([2, 0]), np.array([True, False])).tolist() == [[15, 16, 17], [0, 0, 0]]


@pytest.mark.parametrize("lever", ["guarantees", "offshore", "tax_cut", "land"])
def test_zone_levers_never_repel(lever):
    loads = np.full(R, 2.0)

    def inside(level):
        zone = zonal(**{lever: level})
        return zone_pull(zone, 0.5, P)[0, 1] - crowding(np.ones(R), loads, zone, P)[0, 1]

    assert inside(1.0) > inside(0.0)


def test_the_step_weighs_every_place_and_tier_and_sends_the_money_on(played):
    old, new, p = played("foreign_investment")
    firms, regions, zones, nation, base, levers = old.firms, old.regions, old.zones, old.nation, old.base, old.levers
    alignment = sum(old.partners.export_share_2013 * old.partners.alignment)
    grown = nation.gdp / base.gdp
    more = regions.value_added_by_tier.sum() / base.value_added_by_tier.sum()
    weight, meant = np.zeros((31, 2, 3)), np.zeros((31, 2, 3))
    for r in range(31):
        z, acts = regions.zone[r], regions.zone_open[r]
        place = p.environment_effect * (regions.business_environment[r] - base.business_environment[r])
        place += p.talent_effect * regions.talent_gap[r]
        rules = alignment * regions.exposure[r] + p.accession_share * nation.accession_weight
        rules += p.exchange_share * levers.market_access_exchange
        crowded = p.congestion * max(math.log(regions.density[r]), 0) * p.outside_congestion
        for h in range(2) if z >= 0 else range(1):
            room = (1 - p.zone_capacity, p.zone_capacity)[h] if z >= 0 else 1.0
            if h:
                load_now = zones.value_added[z] / zones.value_added_2013[z] / grown
                crowded = p.congestion * max(math.log(load_now), 0) * (zones.firms[z] >= p.comparable_firms)
                crowded *= 1 - acts * p.land_relief * levers.land_flexibility[r]
                crowded *= 1 - acts * p.land_relief * levers.land_quota_trade[r] * regions.coordination_degree[r]
            for k in range(3):
                trusted = regions.openness_by_area[r, h] * (1 - nation.reversal_discount)
                pull = place + p.openness_effect * p.tier_openness[k] * trusted - crowded
                output = regions.value_added_by_tier[r, k]
                capital = regions.capital[r, k == TIER_OF_FIELD].sum()
                if output > 0 and base.value_added_by_tier[r, k] > 0:
                    earned = nation.capital_share * 4 * output / capital - old.params.investment.depreciation
                    pull += p.return_effect * (earned - base.net_return[r, k])
                    pull += math.log(output / base.value_added_by_tier[r, k] / more)
                else:
                    pull += math.log(max(1.0 if base.value_added_by_tier[r, k] == 0 else 0.0, 1e-9) / more)
                pull += p.agreement_effect * p.tier_agreement[k] * rules
                if h and acts:
                    guarantees = levers.fair_competition[r] + levers.dispute_resolution[r] + levers.ip_protection[r]
                    strength = p.law_floor + (1 - p.law_floor) * nation.law
                    pull += p.zone_attraction + p.rule_of_law_effect * guarantees * strength
                    if k:
                        pull += p.tax_semielasticity * zones.tax_advantage[z]
                        pull += p.offshore_effect * levers.offshore_business[r]
                weight[r, h, k] = max(base.fdi_share[r], p.share_floor) * room * p.tier_share[k] * math.exp(pull)
    value = math.log(weight.sum())
    money = p.base / 4 * nation.fdi_cycle * nation.fdi_shock * nation.crisis_fdi_factor
    money *= math.exp(p.pool_response * (value - nation.fdi_value_2013))
    assert nation.fdi_shock == 0.8 and nation.crisis_fdi_factor < 1
    assert new.nation.fdi == approx(money, rel=1e-9)
    meant = money * weight / weight.sum()
    assert new.regions.fdi == approx(meant, rel=1e-9)
    assert nation.reversal_discount > 0 and nation.services_openness_zone > nation.services_openness_national
    at_home = np.array([meant[r, 1] * regions.zone_open[r] for r in zones.region])
    assert new.zones.fdi == approx(at_home.sum(1), rel=1e-9)
    assert new.zones.fdi_high_tech == approx(at_home[:, 1:].sum(1), rel=1e-9)
    rerouted = 0
    for r in range(31):
        cells = {(h, k): [] for h in range(2) for k in range(3)}
        for i in np.flatnonzero(firms.region == r):
            cells[int(firms.zone[i] >= 0), int(firms.tier[i])].append(i)
        arriving = dict.fromkeys(cells, 0.0)
        for (h, k), rows in cells.items():
            goes = next(c for c in ((h, k), (0, k), (0, 0)) if cells[c])
            rerouted += not rows and meant[r, h, k] > 0
            arriving[goes] += meant[r, h, k]
        for cell, rows in cells.items():
            acts = cell[0] and regions.zone_open[r]
            services = nation.services_openness_zone if acts else nation.services_openness_national
            services *= 1 - (regions.glass_door[r] if acts else nation.glass_door)
            opened = old.base.world.producer[firms.field[rows]] * services * (1 - nation.reversal_discount)
            weight = firms.value_added[rows] * np.exp(p.services_effect * opened)
            share = weight / max(weight.sum(), 1e-9)
            assert new.firms.fdi_received[rows] == approx(arriving[cell] * share, rel=1e-9)
    assert rerouted
    by_field = np.zeros_like(regions.fdi_stock)
    np.add.at(by_field, (firms.region, firms.field), new.firms.fdi_received)
    assert new.regions.fdi_by_field == approx(by_field, rel=1e-9)
    decay = math.exp(-p.depreciation / 4)
    assert new.regions.fdi_stock == approx(decay * regions.fdi_stock + by_field, rel=1e-9)


def test_capital_that_all_but_vanishes_pulls_no_more_than_the_cap():
    assert return_change(np.array([9.0, -9.0]), np.zeros(2), P) == approx([P.return_cap, -P.return_cap])
