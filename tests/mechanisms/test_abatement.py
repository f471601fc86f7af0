import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from builders import small
from ftz_sim.model.columns import N_FIELDS, N_REGIONS
from ftz_sim.model.group import Group
from ftz_sim.model.mechanisms import abatement
from ftz_sim.model.mechanisms.abatement import Abatement
from ftz_sim.runs.model import FtzModel

P = Abatement()
DT = 0.25
NONE = np.zeros(N_REGIONS)
EVEN = np.ones(N_REGIONS)
NO_GATE = abatement.ZoneRows(Group(np.array([], int)), np.array([]), np.array([]))
prices = st.floats(0, 2000, width=32)


def one(*numbers):
    return np.array(numbers, np.float32)


def choose(done=0.0, intensity=2.0, price=100.0, scale=800.0, zone=NO_GATE, p=P):
    return abatement.update(one(done), one(intensity), one(price), one(scale), zone, p, DT)


def wanted(price, p=P):
    return float(abatement.wanted(one(price / p.mac_scale), p)[0])


def marginal(cut, p=P):
    return p.mac_scale * math.expm1(p.mac_slope * cut)


def cost(cut, p=P):
    """Yuan per tonne still emitted."""
    return p.mac_scale * float(abatement.cost_of_cut(np.array([cut]), p)[0])


def by_hand(cut, p=P):
    """The integral of marginal cost over the tonnes that are cut, per tonne without abatement."""
    steps = (np.arange(20_000) + 0.5) * cut / 20_000
    return float((p.mac_scale * np.expm1(p.mac_slope * steps) * np.exp(-steps)).sum() * cut / 20_000)


def test_a_firm_by_hand():
    got = choose(done=0.01, price=200.0)
    target = math.log(1 + 200 / 800) / 2.5
    now = 0.01 + (1 - math.exp(-0.25 * 0.25)) * (target - 0.01)
    assert got.abatement == approx([now], rel=1e-5)
    left = 2 * math.exp(-(now - 0.01))
    assert got.intensity == approx([left], rel=1e-6)
    spent = 800 * ((math.exp(1.5 * now) - 1) / 1.5 - (1 - math.exp(-now)))  # per tonne without abatement
    assert got.cost == approx([-math.log(1 - left * math.exp(now) * spent / 1e4)], rel=2e-3)


def test_who_has_cut_more_than_it_now_wants_keeps_its_equipment_for_long():
    got = choose(done=0.3, price=0.0)
    assert got.abatement == approx([0.3 * math.exp(-0.06 * 0.25)], rel=1e-5)
    assert got.intensity == approx([2 * math.exp(0.3 - got.abatement[0])], rel=1e-5)


def test_without_a_price_nothing_is_cut_and_nothing_paid():
    got = choose(price=0.0)
    assert (got.abatement == 0).all() and (got.cost == 0).all() and got.intensity == approx([2.0], rel=1e-7)


@given(prices)
def test_marginal_cost_equals_the_price_at_what_is_wanted(price):
    assert marginal(wanted(price)) == approx(price, rel=1e-3, abs=0.5)


@given(st.floats(0.02, 0.6), st.floats(1.6, 4))
def test_cost_is_the_integral_of_marginal_cost(cut, slope):
    p = Abatement(mac_slope=slope)
    assert cost(cut, p) * math.exp(-cut) == approx(by_hand(cut, p), rel=1e-3)


def test_a_slope_of_one_is_the_limit():
    p = Abatement(mac_slope=1.0)
    assert cost(0.4, p) * math.exp(-0.4) == approx(by_hand(0.4, p), rel=0.02)


@given(st.floats(0.02, 0.5), st.floats(0.02, 0.5))
def test_cost_is_convex(one_cut, other):
    middle = (one_cut + other) / 2
    assert 2 * cost(middle) <= cost(one_cut) + cost(other) + 1e-6
    assert cost(2 * one_cut) > 2 * cost(one_cut)


@given(prices, prices)
def test_more_is_cut_at_a_higher_price_and_less_than_in_proportion(price, other):
    low, high = sorted((price, other))
    assert wanted(low) <= wanted(high) + 1e-7
    assert wanted(2 * high) <= 2 * wanted(high) + 1e-7
    assert choose(price=high).intensity <= choose(price=low).intensity + 1e-6


def test_levers_cheapen_abatement_where_they_act():
    got = abatement.scale(0.5 * EVEN, 0.4 * EVEN, 0.3 * EVEN, P)
    everywhere = 0.1 * 0.3
    assert got[0, 0] == approx(np.full(3, 800 * math.exp(-everywhere)))
    assert got[0, 1] == approx(800 * np.exp([-0.2 * 0.5 - everywhere, *[-0.2 * 0.4 - everywhere] * 2]))
    assert abatement.scale(NONE, NONE, NONE, P) == approx(800.0)
    dearer = abatement.scale(EVEN, NONE, NONE, Abatement(retrofit_saving=-0.1))
    assert dearer[0, 1, 0] == approx(800 * math.exp(0.1))
    cheap, plain = choose(scale=600.0), choose(scale=800.0)
    assert cheap.intensity < plain.intensity
    assert (
        choose(price=0.0, scale=600.0).intensity == choose(price=0.0).intensity
    )  # cheaper, but nobody pays for a tonne


def gated(intensity, charge=60.0, typical=2.0):
    gate, norms = np.full((N_REGIONS, 3), charge), np.full(N_FIELDS, typical)
    rows, where = Group(np.arange(len(intensity))), np.zeros(len(intensity), int)
    return abatement.at_the_gate(rows, one(*intensity), gate, (where, where), where, norms, P)


def test_the_gate_asks_for_what_lies_above_the_norm():
    got = gated([2.3, 2.39, 3.4])  # the norm is 1.2 x 2
    assert got.price == approx([0, 0, 60], abs=1e-4)
    assert got.payment == approx([0, 0, 60 * 1.0 / 1e4], abs=1e-9)


def test_behind_the_gate_a_dirty_firm_cuts_or_pays():
    dirty, free = (choose(intensity=3.4, zone=zone) for zone in (gated([3.4]), NO_GATE))
    assert dirty.abatement > free.abatement and dirty.intensity < free.intensity and dirty.cost > free.cost
    assert dirty.cost[0] - free.cost[0] > 0.99 * 60 * 1.0 / 1e4
    clean, as_before = (choose(intensity=2.0, zone=zone) for zone in (gated([2.0]), NO_GATE))
    assert (clean.intensity, clean.cost) == (as_before.intensity, as_before.cost)


def test_the_cost_has_a_ceiling():
    assert choose(done=1.5, intensity=20.0, price=1e5).cost == approx([-math.log(0.8)], rel=1e-5)


def test_the_step_by_hand(played):
    old, new, p = played("abatement")
    firms, regions, levers = old.firms, old.regions, old.levers
    n = len(firms)
    done, left, cost, gated = np.zeros(n), np.zeros(n), np.zeros(n), 0
    for i in range(n):
        r, k, f, inside = firms.region[i], firms.tier[i], firms.field[i], firms.in_open_zone[i]
        cheaper = p.symbiosis_saving * regions.coordination_degree[r]
        price = regions.carbon_price[r, int(inside)] + float(firms.green_worth[i])
        asked = 0.0
        if inside:
            cheaper += (
                p.standards_saving * levers.green_standards[r] if k else p.retrofit_saving * levers.green_retrofit[r]
            )
            above = firms.emission_intensity[i] - p.gate_threshold * old.nation.typical_intensity[f]
            if above > 0:
                price += regions.gate_price[r, k]
                asked = regions.gate_price[r, k] * above / 1e4
                gated += 1
        m = p.mac_scale * math.exp(-cheaper)
        target = math.log(1 + price / m) / p.mac_slope
        a = float(firms.abatement[i])
        speed = p.abatement_speed if target > a else p.scrapping
        done[i] = a + (1 - math.exp(-speed / 4)) * (target - a)
        left[i] = firms.emission_intensity[i] * math.exp(a - done[i])
        s = p.mac_slope
        spent = m * ((math.exp((s - 1) * done[i]) - 1) / (s - 1) - (1 - math.exp(-done[i])))
        cost[i] = -math.log(1 - min(p.cost_cap, left[i] * math.exp(done[i]) * spent / 1e4 + asked))
    assert gated > 10
    assert new.firms.abatement == approx(done, rel=1e-4, abs=1e-6)
    assert new.firms.emission_intensity == approx(left, rel=1e-5)
    assert new.firms.abatement_cost == approx(cost, rel=5e-3, abs=2e-6)


def test_off_nothing_is_abated_and_credit_looks_at_nothing():
    levers = ("green_credit", "green_gate", "green_retrofit", "carbon_market")
    policy = f"policy=[{', '.join(f'{{lever: {lever}, level: 1, from: opening}}' for lever in levers)}]"
    off = FtzModel(small("history", policy, "mechanisms.abatement=off", "mechanisms.green_finance=off"), rng=3)
    on = FtzModel(small("history", policy), rng=3)
    for _ in range(8):  # four of them with a zone that pulls the levers
        off.step()
        on.step()
    assert all(getattr(model.levers, lever).any() for model in (off, on) for lever in levers)
    for name in ("abatement", "abatement_cost", "green_worth", "credit_tilt"):
        assert not getattr(off.firms, name).any() and getattr(on.firms, name).any()
    assert off.nation.bank_loss == 0 < on.nation.bank_loss
    assert (on.firms.abatement >= 0).all() and (on.firms.abatement_cost >= 0).all()
