"""Closing, choosing and starting: small cases by hand."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import FOREIGN, PRIVATE, STATE_OWNED
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms import production
from ftz_sim.model.turnover import choice, closing, entering
from ftz_sim.model.turnover.parameters import FirmTurnover

P = FirmTurnover()
DT = 0.25
EVEN = np.ones(N_REGIONS)


def test_exit_by_hand():
    strength, pressure = np.float32([0, 0, 0.8, -3, 3, 0]), np.float32([0, 0, 0, 0, 0, 0.1])
    weight = [1, 1, math.exp(-1), 4, 0.2, math.exp(0.1)]
    assert closing.weights(strength, pressure, P) == approx(weight)
    hazard = np.array(weight) * closing.hazard_per_weight(np.float32(weight), P)
    assert hazard.mean() == approx(0.07)
    chance = 1 - np.exp(-hazard * 0.25)
    assert max(chance) == approx(closing.largest_exit(hazard[0], P, DT))
    draws = chance * [0.5, 1.001, 0.25, 0.999, 1.001, 0.125]
    got = closing.closures(Group(np.arange(6)), draws, hazard, DT)
    assert got.firms.rows.tolist() == [0, 2, 3, 5]
    assert got.rest == approx([0.5, 0.25, 0.999, 0.125])


@given(st.integers(0, 1000), st.floats(0, 4), st.floats(0, 1))
def test_the_mean_hazard_is_the_exit_rate(seed, selection, spread):
    rng, p = np.random.default_rng(seed), FirmTurnover(selection=selection)
    weight = closing.weights(*rng.normal(0, spread, (2, 500)).astype(np.float32), p)
    hazard = closing.hazard_per_weight(weight, p) * weight.astype(float)
    assert hazard.mean() == approx(p.exit_rate, rel=1e-12)
    assert hazard.max() <= closing.hazard_per_weight(weight, p) * p.exit_high * (1 + 1e-6)


@given(st.floats(-2, 2, width=32), st.floats(-2, 2, width=32), st.floats(0, 1, width=32, exclude_max=True))
def test_a_weaker_firm_never_survives_where_a_stronger_one_closes(one, other, draws):
    strength = np.float32(sorted((one, other)))
    hazard = P.exit_rate * closing.weights(strength, np.zeros_like(strength), P)
    closed = closing.closures(Group(np.arange(2)), np.float32([draws, draws]), hazard, DT)
    assert closed.firms.rows.tolist() in ([], [0], [0, 1])


def test_the_area_and_its_cap_by_hand():
    openness = np.tile([0.3, 0.5], (N_REGIONS, 1))
    here = np.arange(N_REGIONS) != 1
    got = choice.area_chance(openness, EVEN * 0.4, EVEN * 0.3, here, P)
    assert got[0] == approx(0.06 * math.exp(0.2 + 0.15 * 0.7))
    assert got[1] == 0
    wild = FirmTurnover(advantage=20)
    assert choice.area_chance(openness, EVEN, EVEN, here, wild)[0] == 0.5


def test_tier_odds_by_hand():
    got = choice.tier_chances(EVEN * 2, np.tile([0.0, 0.5], (N_REGIONS, 1)), P)
    odds = np.array([1, 0.115, 0.006]) * np.array([1, *[2**0.7 * math.exp(0.3)] * 2])
    assert got[4, 1] == approx(odds / odds.sum())
    assert got.sum(2) == approx(np.ones((N_REGIONS, 2)))


def test_luck_decides_on_tier_and_owner():
    chances = np.tile([0.7, 0.2, 0.1], (3, 1))
    assert choice.choose_tier(np.float32([0.05, 0.25, 0.35]), chances).tolist() == [2, 1, 0]
    owner = choice.choose_owner(np.array([0.04, 0.14, 0.16]), P)
    assert owner.tolist() == [STATE_OWNED, FOREIGN, PRIVATE]


def test_one_draw_serves_two_questions():
    draws = np.arange(1 << 16, dtype=np.float32) * np.float32(257 / (1 << 24))
    second = choice.low_bits(draws)
    assert 0 <= second.min() <= second.max() < 1
    assert np.histogram(second, 8, (0, 1))[0] == approx(np.full(8, 1 << 13), rel=0.01)
    assert abs(np.corrcoef(draws, second)[0, 1]) < 0.01


def test_appeal_and_start_capital_by_hand():
    gain, talent_gap, density = np.array([0.1, 0.0]), np.array([0.0, 0.2]), np.array([0.5, math.e])
    appeal = entering.appeal(gain, talent_gap, density, np.array([3, 1]), P)
    pull = np.array([1.2 * 0.1, 0.3 * 0.2 - 0.3])
    pull -= (3 * pull[0] + pull[1]) / 4
    assert appeal == approx(pull)
    usual, region = np.array([2.0, 1.0, 3.0]), np.array([0, 1, 1])
    got = entering.start_capital(usual, appeal, Group(np.arange(3)), region, P)
    raw = 0.6 * usual * np.exp(0.5 * pull[region])
    assert got == approx(raw * 0.6 * 6 / raw.sum())
    assert got.sum() == approx(3.6)
    even = entering.start_capital(usual, appeal, Group(np.arange(3)), region, FirmTurnover(number_share=1))
    assert even == approx(0.6 * usual)  # all of the response is number


def test_lessons_by_hand():
    start = np.array([[2.0, 3.0], [4.0, 5.0]])
    members = np.array([[3, 1], [0, 0]])
    got = entering.lessons(start * [[1, math.exp(0.4)], [math.e, 1]], start, members, P)
    assert got == approx(0.05 * (np.array([[0, 0.4], [1, 0]]) - 0.1))
    assert (got * members).sum() == approx(0, abs=1e-15)
    assert not entering.lessons(3 * start, start, members, P).any()  # what all have learned tells nobody apart


@given(st.integers(0, 1000), st.floats(1e-6, 10))
def test_one_more_firm_never_lowers_what_its_cell_can_make(seed, size):
    rng, p = np.random.default_rng(seed), production.Production()
    made = rng.lognormal(0, 1, 10)
    before = production.capacity(np.array([(made**p.rho).sum()]), 1.0, p)
    after = production.capacity(np.array([(made**p.rho).sum() + size**p.rho]), 1.0, p)
    assert after > before


def test_the_fit_is_clipped():
    got = entering.fit(np.array([0.0, 1.0, 9.0]), P)
    assert got == approx([0.05 * math.log(0.2), 0, 0.05 * math.log(5)])
