import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, N_ZONES, NEVER
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms import carbon
from ftz_sim.model.mechanisms.carbon import Carbon

P = Carbon(trend=0.0216, productivity_saving=1.0)
DT = 0.25
EVEN = np.ones(N_REGIONS)
NOBODY = carbon.Climbers(Group(np.array([], int)), np.array([]))
FREE = Carbon(trend=0, productivity_saving=0, digital_effect=0)


def move(intensity, *, fall=0.0, change=0.0, climbers=NOBODY, p=P):
    intensity = np.asarray(intensity, np.float32)
    same = np.ones_like(intensity)
    drift = same * np.float32(-DT * fall)
    return carbon.update(intensity, carbon.log_intensity(intensity), same * change, drift, climbers, p, DT)


def test_a_firm_that_climbed_by_hand():
    climbers = carbon.Climbers(Group(np.array([1])), np.array([math.log(2)]))
    got = move([2.0, 4.0], fall=0.03, change=0.01, climbers=climbers)
    usual = math.exp(-0.25 * 0.03 - 0.18 * 0.01)
    assert got == approx([2 * usual, 4 * usual * math.exp(-(1 - math.exp(-0.42 * 0.25)) * math.log(2))], rel=1e-6)


def test_the_trend_and_the_price_by_hand():
    market = np.zeros(N_REGIONS)
    market[0] = 0.5
    zone_price = np.zeros(N_REGIONS)
    zone_price[0] = 20
    price = carbon.price(100.0, market, zone_price, P)
    assert price[0] == approx([50, 75 + 20])
    assert price[1] == approx([50, 50])
    assert carbon.drift(EVEN * 0.01, P, DT) == approx(-(0.0216 + 1.0 * 0.01) * 0.25)


def test_what_is_typical_is_a_mean_and_empty_cells_borrow():
    sums, members = np.zeros((N_REGIONS, N_FIELDS)), np.zeros((N_REGIONS, N_FIELDS), int)
    sums[:2, 3], members[:2, 3] = [0.0 + 2.0, 5.0], [2, 1]  # two firms of province 0, one of province 1
    got = carbon.means_of_cells(sums, members, carbon.means_of_fields(sums, members))
    assert got[0, 3] == approx(1)
    assert got[1, 3] == approx(5)
    assert got[7, 3] == approx(7 / 3)
    assert got[0, 4] == approx(7 / 3)
    assert carbon.means_of_cells(sums, members)[7, 3] == 0


def test_the_gate_charges_only_what_goes_inland():
    strong = carbon.strength(np.full(N_REGIONS, 0.2), P)
    assert strong[0] == approx(0.6)
    exports = np.full((N_REGIONS, 3, 8), 0.5)  # 4 in each tier
    gate = carbon.gate(EVEN * 0.5, strong, exports, np.full((N_REGIONS, 3), [8.0, 4.0, 2.0]), P)
    assert gate[0] == approx([100 * 0.5 * 0.6 * 0.5, 0, 0])
    assert (carbon.gate(EVEN * 0, strong, exports, np.ones((N_REGIONS, 3)), P) == 0).all()


def test_climbers_are_those_of_twenty_quarters():
    quarters = np.array([NEVER, 9, 10, 30], np.int16)
    assert carbon.climbed_lately(quarters, 30, P).tolist() == [False, False, True, True]
    assert carbon.climbed_lately(quarters, 12, P).tolist() == [False, True, True, True]


def budget(old, last, lever=1.0, age=4, firms=5, growth=1.0):
    return carbon.budget(
        np.array([old]),
        np.array([last], float),
        np.array([lever]),
        np.array([age]),
        np.array([firms]),
        growth,
        P,
        DT,
    )


def test_a_budget_starts_at_past_emissions_and_declines():
    assert budget(np.nan, [1, 2, 3, 4]) == approx([2.5])
    assert budget(2.5, [9, 9, 9, 9], growth=1.02) == approx([2.5 * math.exp(-0.02 * 0.25) * 1.02**0.2])


def test_no_budget_without_lever_age_or_firms():
    for missing in ({"lever": 0.0}, {"age": 3}, {"firms": 4}):
        assert np.isnan(budget(np.nan, [1, 1, 1, 1], **missing)).all()


def zone_price(level, now, lever=1.0, strength=1.0):
    return carbon.zone_price(np.array([level]), np.full((1, 4), now), np.array([lever]), np.array([strength]), P)[0]


def test_the_zone_price_by_hand():
    assert zone_price(2.0, 2.2, 0.5, 0.6) == approx(0.5 * 0.6 * 300 * math.log(1.1))
    assert zone_price(2.0, 2.0) == 0
    assert zone_price(2.0, 1.0) == 0
    assert zone_price(2.0, 9.0) == 120
    assert zone_price(np.nan, 9.0) == 0


def test_emissions_and_sinks_by_hand():
    assert carbon.emissions(np.float32([2.0]), np.array([3.0])) == approx([0.6])
    grown = carbon.grown_sink(np.array([10.0]), np.array([0.5]), P, DT)
    assert grown == approx([10 * (1 + (1 - math.exp(-0.01)) * 0.5)])


@given(st.floats(0.015625, 16, width=32))
def test_without_rates_intensity_stays(intensity):
    fall = carbon.drift(EVEN, FREE, DT)[0]
    assert move([intensity], fall=fall, change=0.1, p=FREE)[0] == np.float32(intensity)


def test_the_step_lowers_intensity_by_all_that_works_on_it(played):
    old, new, p = played("carbon")
    firms, regions, zones, levers, nation = old.firms, old.regions, old.zones, old.levers, old.nation
    n, t = len(firms), old.clock.index
    emitted = 0.1 * firms.emission_intensity.astype(float) * firms.value_added
    by_region = np.array([emitted[firms.region == r].sum() for r in range(31)])
    by_zone = np.array([emitted[firms.zone == z].sum() for z in range(N_ZONES)])
    assert new.regions.emissions == approx(by_region, rel=1e-10)
    assert new.zones.emissions == approx(by_zone, rel=1e-10)
    memory = np.column_stack((zones.last_emissions[:, 1:], by_zone))
    assert new.zones.last_emissions == approx(memory, rel=1e-10)
    growth = nation.last_gdp[3] / nation.last_gdp[2]
    zone_prices = np.zeros(31)
    for z, r in enumerate(zones.region):
        level, strong = (
            levers.carbon_budget[r],
            p.accounting_base + (1 - p.accounting_base) * levers.carbon_accounting[r],
        )
        if not level or zones.firms[z] < 5 or t - zones.opening_quarter[z] < 4:
            assert np.isnan(new.zones.carbon_budget[z]) and new.zones.carbon_price[z] == 0
            continue
        budget = zones.carbon_budget[z] * math.exp(-p.budget_decline / 4) * growth**p.budget_elasticity
        if np.isnan(budget):
            budget = zones.last_emissions[z].mean()
        assert new.zones.carbon_budget[z] == approx(budget, rel=1e-10)
        excess = p.budget_response * math.log(memory[z].mean() / budget)
        zone_prices[r] = level * strong * min(max(excess, 0), p.price_cap)
        assert new.zones.carbon_price[z] == approx(zone_prices[r], rel=1e-7, abs=1e-9)
    assert len(np.unique(zone_prices)) > 5
    logs = np.log(firms.emission_intensity.astype(float))
    of_field = np.array([logs[firms.field == f].mean() for f in range(N_FIELDS)])
    change, climbed = np.zeros(n), 0
    for i in range(n):
        r, f = firms.region[i], firms.field[i]
        rate = p.trend + p.productivity_saving * regions.productivity_growth[r]
        change[i] = -rate / 4 - p.digital_effect * firms.digital_change[i]
        if t - firms.upgrade_quarter[i] <= p.convergence_quarters and firms.upgrade_quarter[i] >= 0:
            near = logs[(firms.region == r) & (firms.field == f)].mean()
            change[i] -= (1 - math.exp(-p.convergence / 4)) * max(logs[i] - near, 0)
            climbed += logs[i] > near
    assert climbed
    assert new.firms.emission_intensity == approx(firms.emission_intensity * np.exp(change), rel=1e-5)
    assert new.nation.typical_intensity == approx(np.exp(of_field), rel=1e-5)
    for r in range(31):
        is_open = regions.zone_open[r]
        paid = nation.carbon_price * (p.unpriced_base + (1 - p.unpriced_base) * levers.carbon_market[r] * is_open)
        assert new.regions.carbon_price[r] == approx([nation.carbon_price * p.unpriced_base, paid + zone_prices[r]])
        strong = p.accounting_base + (1 - p.accounting_base) * levers.carbon_accounting[r]
        made = regions.value_added_by_tier[r]
        inland = np.where(made > 0, np.maximum(1 - regions.exports[r].sum(1) / np.maximum(made, 1e-12), 0), 1)
        assert new.regions.gate_price[r] == approx(p.gate_charge * levers.green_gate[r] * strong * inland)
    sinks = regions.sink * (1 + (1 - math.exp(-p.sink_growth / 4)) * levers.carbon_sinks)
    assert new.regions.sink == approx(sinks, rel=1e-12)


def test_the_step_gives_a_budget_in_the_fifth_quarter_of_a_zone_that_has_firms(played):
    model = played("carbon").old
    zones, before = model.zones, model.zones.last_emissions.copy()
    zones.carbon_budget[:] = np.nan
    zones.opening_quarter[[0, 1]] = model.clock.index - 3, model.clock.index - 4
    few = int(zones.firms.argmin())
    assert zones.firms[few] < 5 <= zones.firms[:2].min()
    carbon.step(model, P)
    assert np.isnan(zones.carbon_budget[[0, few]]).all()
    assert zones.carbon_budget[1] == approx(before[1].mean(), rel=1e-12)
