import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms.digital_adoption import (
    DigitalAdoption,
    advantage,
    cost,
    outlay,
    pace,
    update,
    weighted_mean,
)

P = DigitalAdoption()
DT = 0.25
EFFECT = 0.08  # of full digitisation on a firm's value added
NONE = np.zeros(N_REGIONS)
EVEN = np.ones(N_REGIONS)


def table(size=1.0, subsidy=0.0, capability=1.0, density=1.0, effect=EFFECT):
    return advantage(np.full((N_REGIONS, 3), size), EVEN * capability, EVEN * density, EVEN * subsidy, effect, P)


def one_firm(digital=0.2, value_added=1.0, cell=(0, 0, 0), ai=0.0, **kwargs):
    region, area, tier = cell
    return update(
        np.array([digital], np.float32),
        np.array([value_added]),
        np.float32(table(**kwargs)[region, area, tier : tier + 1]),
        np.float32(pace(EVEN * ai, P, DT)[region, area]),
        P,
    )


def test_a_firm_in_a_supported_zone_by_hand():
    # tier 1, three times the mean size, capability 1.1 and talents 1.3 times the nation, half the support, AI+ at 0.6
    gain = 2.4 * 0.08 * 3**0.12 * 1.3**0.05  # years of value added
    price = 0.17 / 1.1 * (1 - 0.25 * 0.5)
    share = 1 / (1 + math.exp(-math.log(gain / price) / 0.32))
    change = (1 - math.exp(-0.10 * (1 + 0.2 * 0.6) * 0.25)) * (share - 0.3)
    got = one_firm(0.3, 6.0, (4, 1, 1), 0.6, size=2.0, subsidy=0.5, capability=1.1, density=1.3)
    assert got.change[0] == approx(change, rel=1e-5)
    assert got.digital[0] == approx(0.3 + change, rel=1e-6)


def test_nobody_digitises_for_nothing_and_fewer_do_where_it_is_dear():
    assert one_firm(effect=0.0).change[0] < 1e-9
    dear, cheap = (one_firm(capability=capability).change[0] for capability in (0.5, 2.0))
    assert dear < one_firm().change[0] < cheap


def test_cost_and_outlay_by_hand():
    # a fifth more capability lowers the cost of .17 years of value added in tier 1 to .17 / 1.2
    paid = cost(np.array([1.2, 1.0]), P)
    assert paid[:, 1] == approx([0.17 / 1.2, 0.17])
    assert cost(np.array([1.2]), DigitalAdoption(capability_saving=0.0)) == approx(np.array([P.cost]))
    # 40 bn a quarter are 160 a year: a hundredth more digital costs a hundredth of .15 years, 0.24 bn in the quarter
    assert outlay(np.array([40.0, 7.0]), np.float32([0.01, 0.0]), np.float32([0.15, 0.2]), DT) == approx(0.24)


def test_support_and_ai_reach_only_the_zone_area():
    outside, inside = (one_firm(cell=(0, area, 0), ai=1, subsidy=1).change[0] for area in (0, 1))
    assert outside == one_firm().change[0]
    assert inside > outside


@given(st.floats(0, 1, width=32), st.floats(1e-12, 1e6), st.sampled_from([0, 1, 2]))
def test_digitisation_stays_a_share_and_never_falls(digital, value_added, tier):
    got = one_firm(digital, value_added, (0, 0, tier))
    assert np.float32(digital) <= got.digital[0] <= 1
    assert got.change[0] >= 0


@given(st.floats(1e-3, 1e3))
def test_only_relative_size_counts(size):
    # a firm alone in its cell, however large, is as one of mean size
    assert one_firm(value_added=size, size=size).change[0] == approx(one_firm().change[0], rel=1e-4)


def test_weighted_mean_by_hand():
    got = weighted_mean(np.float32([0.25, 0.75, 0.5]), np.array([30.0, 10.0, 7.0]), np.array([0, 2]))
    assert got == approx([(0.25 * 30 + 0.75 * 10) / 40, 0.5])


def test_the_step_digitises_firms_by_their_size_place_and_support(played):
    old, new, p = played("digital_adoption")
    firms, regions, nation, levers = old.firms, old.regions, old.nation, old.levers
    cells = {}
    for i in range(len(firms)):
        cells.setdefault((firms.region[i], firms.tier[i]), []).append(firms.value_added[i])
    density = nation.talents / nation.workforce
    after, spent = np.zeros(len(firms)), 0.0
    for i in range(len(firms)):
        r, k, inside = firms.region[i], firms.tier[i], firms.in_open_zone[i]
        gain = p.payback * old.params.production.rho * old.params.production.digital_effect
        gain *= (firms.value_added[i] / np.mean(cells[r, k])) ** p.size_advantage
        gain *= (regions.talents[r] / regions.workers[r] / density) ** p.talent_weight
        paid = p.cost[k] / (regions.digital_capability[r] / old.base.digital_capability_nation)
        price = paid * (1 - p.subsidy_share * levers.digital_subsidy[r] * inside)
        convinced = 1 / (1 + math.exp(-math.log(gain / price) / p.threshold_spread))
        step = 1 - math.exp(-p.speed * (1 + p.ai_gain * levers.ai_plus[r] * inside) / 4)
        after[i] = step * max(convinced - firms.digital[i], 0)
        spent += paid * 4 * firms.value_added[i] * after[i]
    assert firms.in_open_zone.any()
    assert new.firms.digital_change == approx(after, rel=1e-4, abs=1e-8)
    assert new.firms.digital == approx(firms.digital + after, rel=1e-5)
    assert new.nation.digital_outlay == approx(spent, rel=1e-5)
    for r in (0, 8, 18):
        own = firms.region == r
        mean = np.average(new.firms.digital[own], weights=firms.workers[own])
        assert new.regions.digital_intensity[r] == approx(mean, rel=1e-5)
