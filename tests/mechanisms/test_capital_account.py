import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms import capital_account
from ftz_sim.model.mechanisms.capital_account import (
    CapitalAccount,
    Crisis,
    funds,
    hazard,
    length,
    openness,
    paid_abroad,
    update,
)
from ftz_sim.model.streams import Stream
from pilots_by_hand import piloted

P = CapitalAccount()
few = settings(max_examples=25, deadline=None)
share = st.floats(0, 1)
CALM = Crisis(0, 0, 0.0, 1.0)


def test_openness_and_hazard_by_hand():
    assert openness(0.4, 0.5, P) == approx(0.25 + 0.35 * 0.4 * 0.5)
    assert openness(0.0, 0.9, P) == 0.25  # no zone
    # .012 x .32^2 / (.3 + .4 x .5 x .25 + .2)
    assert hazard(0.32, 0.5, 0.25, 1.0, P) == approx(0.012 * 0.1024 / 0.55)


@few
@given(a=share, b=share, stress=share, law=share, tiers=share)
def test_the_hazard_rises_in_openness_and_falls_in_supervision(a, b, stress, law, tiers):
    low, high = sorted((a, b))
    assert hazard(low, stress, law, tiers, P) <= hazard(high, stress, law, tiers, P)
    assert hazard(a, low, law, tiers, P) >= hazard(a, high, law, tiers, P)
    assert hazard(a, stress, law, low, P) >= hazard(a, stress, law, high, P)


def test_funds_by_hand():
    # 4 x 100 x (.35 - .25) x 6 x (.04 - .03) = 2.4 bn; a quarter closes 1 - exp(-.075) of the gap, in a crisis more
    assert funds(1.0, 100.0, 0.35, 0.01, False, P, 0.25) == approx(1 + (1 - math.exp(-0.075)) * (2.4 - 1))
    assert funds(1.0, 100.0, 0.35, 0.01, True, P, 0.25) == approx(1 + (1 - math.exp(-0.25)) * (-7.2 - 1))


def test_foreign_capital_earns_here_and_funds_sent_out_earn_abroad():
    assert paid_abroad(1000.0, 200.0, P, 0.25) == approx((0.04 * 1000 + 0.03 * 200) / 4)
    assert paid_abroad(0.0, -200.0, P, 0.25) == approx(-0.03 * 200 / 4)


@few
@given(opened=share, gap=st.floats(-0.05, 0.05), stock=st.floats(-50, 50), crisis=st.booleans())
def test_funds_follow_the_gap_of_returns_and_flee_in_a_crisis(opened, gap, stock, crisis):
    wider = P.openness_base + opened
    assert funds(0.0, 100.0, P.openness_base, gap, crisis, P, 0.25) == 0  # nothing opened since 2013
    assert funds(0.0, 100.0, wider, gap, False, P, 0.25) * gap >= 0
    assert funds(stock, 100.0, wider, gap, crisis, P, 0.25) <= funds(stock, 100.0, wider, gap + 0.01, crisis, P, 0.25)
    assert funds(0.0, 100.0, wider, 0.0, True, P, 0.25) <= 0


def test_a_draw_below_the_quarters_probability_starts_a_crisis_of_four_quarters():
    yearly = 0.02
    limit = 1 - math.exp(-0.005)
    assert update(0, 3, yearly, False, limit * 1.001, 4, P, 0.25) == Crisis(0, 3, 0.0, 1.0)
    state = update(0, 3, yearly, False, limit * 0.999, 4, P, 0.25)
    assert state == Crisis(4, 4, 0.01, 0.75)
    losses = [state.loss]
    for _ in range(5):
        state = update(state.quarters_left, state.quarters, 0.0, False, 0.0, 4, P, 0.25)
        losses.append(state.loss)
    assert losses == [0.01] * 4 + [0.0] * 2
    assert state == Crisis(0, 7, 0.0, 1.0)


def test_a_promise_above_standstill_makes_a_crisis_longer():
    assert [length(c, P) for c in (0.0, 0.5, 0.7, 0.8, 1.0)] == [4, 4, 5, 5, 6]


def test_a_running_crisis_is_not_started_again_and_a_forced_one_needs_no_luck():
    assert update(3, 1, 1e9, True, 0.0, 4, P, 0.25).quarters_left == 2
    assert update(0, 0, 0.0, True, 0.99, 6, P, 0.25).quarters_left == 6
    assert update(1, 4, 0.0, True, 0.99, 4, P, 0.25).quarters_left == 4  # at once after the last one


@pytest.mark.parametrize("seed", range(20))
def test_without_hazard_no_seed_meets_a_crisis(seed):
    for quarter in range(92):
        draw = float(Stream(seed, "capital_account", quarter).uniform(1)[0])
        assert update(0, 0, 0.0, False, draw, 4, P, 0.25) == CALM


def test_the_step_reads_pilots_and_counts_the_crisis_down(played):
    old, new, p = played("capital_account")
    nation, levers = old.nation, old.levers
    opened = p.openness_gain * piloted(old, levers.financial_opening) * nation.services_openness_zone
    assert new.nation.capital_openness == approx(p.openness_base + opened, rel=1e-12)
    capacity = p.capacity_base + p.capacity_stress * piloted(old, levers.stress_testing) * nation.law
    capacity += p.capacity_tiers * levers.sensitivity_tiers
    hazard_now = p.crisis_hazard * new.nation.capital_openness**2 / capacity
    assert new.nation.crisis_hazard == approx(hazard_now, rel=1e-12)
    goal = 4 * nation.income * opened * p.funds_response * (nation.net_return - p.world_return - p.crisis_premium)
    held = nation.foreign_funds + (1 - math.exp(-p.flight_speed / 4)) * (goal - nation.foreign_funds)
    assert new.nation.foreign_funds == approx(held, rel=1e-12) and nation.foreign_funds != 0
    assert new.nation.funds_inflow == approx(held - nation.foreign_funds, rel=1e-12) and new.nation.funds_inflow < 0
    home = (p.repatriation * old.regions.fdi_stock.sum() + p.world_return * held) / 4
    assert new.nation.repatriation == approx(home, rel=1e-12) and home > 0
    assert nation.crisis_quarters_left == 3  # of the crisis that the scenario forced in 2027Q2
    assert (new.nation.crisis_quarters_left, new.nation.crisis_quarters) == (2, nation.crisis_quarters + 1)
    assert (new.nation.crisis_loss, new.nation.crisis_fdi_factor) == (p.crisis_tfp, p.crisis_fdi)


@pytest.mark.parametrize(("chance", "forced", "starts"), [(1e9, False, True), (0.0, True, True), (0.0, False, False)])
def test_the_step_starts_a_crisis_by_hazard_or_by_force(played, chance, forced, starts):
    model = played("capital_account").old
    model.nation.crisis_quarters_left, model.nation.crisis_forced, model.levers.ratchet_commitment = 0, forced, 1.0
    capital_account.step(model, P.model_copy(update={"crisis_hazard": chance}))
    assert model.nation.crisis_quarters_left == starts * (P.crisis_length + 2)
    assert (model.nation.crisis_loss > 0) == starts
