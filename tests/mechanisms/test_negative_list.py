import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms import negative_list
from ftz_sim.model.mechanisms.negative_list import (
    STANDSTILL,
    NegativeList,
    chill,
    has_grown,
    initial_lists,
    length_at_fork,
    openings_tested,
    openness,
    passing,
    relist,
    rise,
    update,
    years_since_opening,
)
from pilots_by_hand import piloted

P = NegativeList(
    investment_core=(0, 3, 14), test_rate=(0.8, 0.8, 1.0), national_pace=(0.06, 0.011), national_follow=1.0
)
START = initial_lists(P)
CORE = np.array([[0, 3, 14], [2, 5, 10]])
NONE = np.full((4, 3), np.nan)
share = st.floats(0, 1)


def play(lists, reform=(1.0, 1.0), tiers=1.0, commitment=1.0, follow=1.0, crisis=False, at_fork=NONE, p=P):
    lists = relist(lists, START, at_fork, commitment, crisis, p, 0.25)
    passed = passing(2.0, 1.0, 0.5, p)
    tests = openings_tested(np.array(reform), 0.5, tiers, 3.0, 0.2, chill(passed, 0.5, p), p)
    return update(lists, START, tests, passed, follow, p, 0.25)


def test_the_lists_of_2013_come_in_pairs():
    assert START.tolist() == [[95, 60, 35], [95, 60, 35], [30, 30, 20], [30, 30, 20]]


def test_a_quarter_of_opening_by_hand():
    # zone: 95 - 95 x (1 - exp(-.4 x .25)) x .9;  the nation's own pace gives 95 exp(-.015) = 93.59, following
    # gives 95 - (1 - exp(-.25)) x (95 - 1.12 x 86.863...)+ = 95, as the gap is below 12 %
    tests, passed = np.array([[0.4, 0.4, 0.4], [0.0, 0.0, 0.0]]), np.array([0.9, 0.5, 0.0])
    got = update(START, START, tests, passed, 1.0, P, 0.25)
    closed = 1 - math.exp(-0.1)
    assert got[0] == approx([95 - 95 * closed * 0.9, 60 - 57 * closed * 0.5, 35 * math.exp(-0.015)])
    assert got[1] == approx(np.array([95, 60, 35]) * math.exp(-0.015))
    assert got[3] == approx(np.array([30, 30, 20]) * math.exp(-0.00275))


def test_the_nation_follows_zones_that_are_far_ahead():
    lists = START.copy()
    lists[0] = [50, 60, 35]
    got = update(lists, START, np.zeros((2, 3)), np.ones(3), 1.0, P, 0.25)
    assert got[1, 0] == approx(95 - (1 - math.exp(-0.25)) * (95 - 1.12 * 50))
    assert update(lists, START, np.zeros((2, 3)), np.ones(3), 0.0, P, 0.25)[1, 0] == approx(95 * math.exp(-0.015))


def test_openings_tested_by_hand():
    # learning .55 + .13 x 2 = .81; stress testing .5 leaves .4 + .6 x .5 = .7; authority .35 + .5 x .4 = .55;
    # services at .6 of the speed and half the reform
    got = openings_tested(np.array([1.0, 0.5]), 0.5, 1.0, 2.0, 0.4, np.array([0.0, 0.1, 0.2]), P)
    investment = 0.81 * 0.7 * np.array([0.8, 0.8 * 0.9, 1.0 * 0.55 * 0.8])
    assert got == approx(np.array([investment, 0.3 * investment]))
    # without tiers the mean rate 2.6 / 3 serves all
    flat = openings_tested(np.array([1.0, 0.5]), 0.5, 0.0, 20.0, 1.3, np.zeros(3), P)
    assert flat[0] == approx(np.full(3, 1.2 * 0.7 * 2.6 / 3))


def test_passing_and_chill_by_hand():
    # (1 + .15 ln 2 + .2 x .5) / .35 = 3.43992; fear: .3 x (1 - .9) x (1 - .5)
    assert passing(2.0, 1.0, 0.5, P)[0] == approx(1 / (1 + math.exp(-(1.1 + 0.15 * math.log(2)) / 0.35)))
    assert chill(np.array([0.9]), 0.5, P) == approx([0.015])


def test_openness_weighs_items_by_severity():
    lists = START.copy()
    lists[0] = [0, 60, 35]  # 95 of 95 + 120 + 105 = 320 points gone
    lists[2] = [30, 0, 20]  # 60 of 30 + 60 + 60 = 150 points gone
    got = openness(lists, START, P)
    assert got == approx((0.75 * 95 / 320 + 0.25 * 60 / 150, 0.0, 60 / 150, 0.0))
    assert rise(0.5, 0.3) == approx(0.2)
    assert rise(0.3, 0.5) == 0


def test_years_count_from_the_first_zone_that_acts():
    opened = np.array([3, 9], dtype=np.int16)
    assert years_since_opening(opened, np.array([1.0, 1.0]), 11, 0.25) == 2.0
    assert years_since_opening(opened, np.array([0.0, 1.0]), 11, 0.25) == 0.5
    assert years_since_opening(opened, np.array([0.0, 0.0]), 11, 0.25) == 0


def test_the_length_at_the_fork_is_kept():
    assert np.isnan(length_at_fork(START, NONE, 47, 48)).all()
    assert length_at_fork(START, NONE, 48, 48) is START
    assert length_at_fork(START / 2, START, 49, 48) is START


@pytest.mark.parametrize(
    ("commitment", "crisis", "at_fork", "expected"),
    [
        (0.4, False, NONE, 40 * (2 - math.exp(-0.012))),  # no commitment: items come back
        (0.4, False, START * 0.42, 40 * (2 - math.exp(-0.012))),  # ... past the length at the fork
        (0.5, False, NONE, 40),  # standstill
        (0.5, True, NONE, 40 * (2 - math.exp(-0.012))),  # ... does not bind in a crisis before the fork
        (0.5, True, START * (40.1 / 95), 40.1),  # ... after it no longer than then
        (0.5, True, START * (39 / 95), 40),  # relisting never shortens
        (1.0, True, NONE, 40),  # ratchet
    ],
)
def test_relisting_depends_on_the_commitment(commitment, crisis, at_fork, expected):
    lists = START * (40 / 95)
    got = relist(lists, START, at_fork, commitment, crisis, P, 0.25)
    assert got[:2, 0] == approx([expected, expected])


def test_a_list_has_grown_if_one_item_came_back():
    assert has_grown(START, START) == has_grown(START * 0.9, START) == 0
    longer = START * 0.9
    before = longer.copy()
    longer[3, 2] += 0.1
    assert has_grown(longer, before) == 1


def test_relisting_stops_at_the_length_of_2013():
    assert (relist(START * 0.999, START, NONE, 0.0, False, P, 0.25) == START).all()


@given(
    length=share,
    reform=st.tuples(share, share),
    tiers=share,
    commitment=share,
    follow=share,
    crisis=st.booleans(),
    quarters=st.integers(1, 12),
)
def test_lists_stay_in_order(length, reform, tiers, commitment, follow, crisis, quarters):
    lists = np.maximum(START * length, CORE.repeat(2, axis=0))
    for _ in range(quarters):
        lists = play(lists, reform, tiers, commitment, follow, crisis)
        assert (lists[::2] <= lists[1::2]).all()
        assert (lists <= START).all()
        assert (lists[::2] >= CORE - 1e-12).all()
    both = openness(lists, START, P)
    assert 0 <= both.nation <= both.zone <= 1
    assert both.services_nation <= both.services_zone


@given(length=share, reform=st.tuples(share, share), tiers=share, follow=share, crisis=st.booleans())
def test_under_the_ratchet_no_list_ever_grows(length, reform, tiers, follow, crisis):
    lists = np.maximum(START * length, CORE.repeat(2, axis=0))
    assert (play(lists, reform, tiers, 1.0, follow, crisis) <= lists).all()


@given(commitment=share, crisis=st.booleans(), quarters=st.integers(1, 40))
def test_idle_zones_and_no_zones_have_exactly_the_nations_lists(commitment, crisis, quarters):
    idle = none = START
    for _ in range(quarters):
        idle = play(idle, (0.0, 0.0), commitment=commitment, crisis=crisis)
        none = play(none, (0.0, 0.0), commitment=commitment, crisis=crisis, follow=0.0)
    assert (idle[::2] == idle[1::2]).all()
    assert (idle == none).all()
    both = openness(idle, START, P)
    assert both.zone == both.nation
    assert both.services_zone == both.services_nation


def test_a_core_longer_than_the_list_closes_the_list_and_no_more():
    lists = play(START, p=NegativeList(investment_core=(200, 200, 200)))
    assert (lists[:2] == START[:2]).all()


def test_the_step_shortens_both_lists_as_written_and_relists_without_a_commitment(played):
    old, new, p = played("negative_list")
    nation, levers, dt = old.nation, old.levers, 0.25
    growth = math.log(nation.gdp / old.base.gdp)
    stress, tolerance = piloted(old, levers.stress_testing), piloted(old, levers.fault_tolerance)
    years = (old.clock.index - 3) * dt  # Shanghai opened in 2013Q4
    learning = min(p.learning_cap, p.learning_start + p.learning_rate * years)
    left = {}
    for kind, lever, speed, cores, pace in (
        ("list", levers.negative_list_reform, 1.0, p.investment_core, p.national_pace[0]),
        ("services_list", levers.services_list_reform, p.services_speed, p.services_core, p.national_pace[1]),
    ):
        start = p.initial_investment_list if kind == "list" else p.initial_services_list
        for s, (authority, heavy) in enumerate(
            zip((1, 1, p.authority_start + p.authority_gain * nation.law), p.severity_weight, strict=True)
        ):
            grown = [
                max(before, min(before * (2 - math.exp(-p.relist_pace * dt)), start[s]))
                for before in (getattr(nation, f"{kind}_zone")[s], getattr(nation, f"{kind}_national")[s])
            ]
            competence = p.readiness[s] + p.readiness_growth * growth + p.pilot_gain * nation.accession_readiness
            stands = 1 / (1 + math.exp(-competence / p.risk_spread))
            rate = levers.sensitivity_tiers * p.test_rate[s] + (1 - levers.sensitivity_tiers) * sum(p.test_rate) / 3
            test = rate * speed * piloted(old, lever) * (p.untested_share + (1 - p.untested_share) * stress)
            test *= learning * authority * (1 - p.failure_chill * (1 - stands) * (1 - tolerance))
            zone = grown[0] - (1 - math.exp(-test * dt)) * stands * max(grown[0] - cores[s], 0)
            follow = (1 - math.exp(-p.national_follow * levers.replication * dt)) * max(
                grown[1] - p.follow_gap * zone, 0
            )
            whole = max(cores[s], min(grown[1] * math.exp(-pace * dt), grown[1] - follow))
            zone = min(zone, whole)
            assert getattr(new.nation, f"{kind}_zone")[s] == approx(zone, rel=1e-12)
            assert getattr(new.nation, f"{kind}_national")[s] == approx(whole, rel=1e-12)
            for name, items in (("zone", zone), ("national", whole)):
                left[kind, name] = left.get((kind, name), 0) + heavy * items
    heaviest = {"list": p.initial_investment_list, "services_list": p.initial_services_list}
    opened = {
        (kind, name): 1 - items / sum(np.multiply(p.severity_weight, heaviest[kind]))
        for (kind, name), items in left.items()
    }
    share = p.services_weight
    for name in ("zone", "national"):
        both = (1 - share) * opened["list", name] + share * opened["services_list", name]
        assert getattr(new.nation, f"openness_{name}") == approx(both, rel=1e-12)
        assert getattr(new.nation, f"services_openness_{name}") == approx(opened["services_list", name], rel=1e-12)
    assert new.nation.relisted == 1
    assert new.nation.openness_rise == approx(max(new.nation.openness_zone - nation.openness_zone, 0), abs=1e-15)
    assert new.nation.openness_zone > new.nation.openness_national


def test_a_list_without_items_closes_nothing():
    p = NegativeList(initial_services_list=(0, 0, 0), services_weight=0.25)
    start = initial_lists(p)
    got = openness(start, start, p)
    assert got == approx((0.25, 0.25, 1, 1))  # services are open, investment is not


def test_the_step_keeps_the_lists_of_the_quarter_in_which_strategies_part(played):
    model = played("negative_list").old
    names = ("list_zone", "list_national", "services_list_zone", "services_list_national")
    lists = np.array([getattr(model.nation, name) for name in names])
    kept = model.nation.list_at_fork.copy()
    negative_list.step(model, P)
    assert (model.nation.list_at_fork == kept).all()  # the fork is long past
    model.fork = model.clock.index
    for name, items in zip(names, lists, strict=True):
        setattr(model.nation, name, items)
    negative_list.step(model, P)
    assert (model.nation.list_at_fork == lists).all() and not np.array_equal(lists, kept)


def test_under_a_standstill_the_step_relists_in_a_crisis_alone(played):
    found = []
    for left in (2, 0):
        model = played("negative_list").old
        model.levers.ratchet_commitment, model.nation.crisis_quarters_left = STANDSTILL, left
        negative_list.step(model, P)
        found.append((model.nation.list_national.sum(), model.nation.relisted))
    assert found[0] > found[1]
    assert [relisted for _, relisted in found] == [1, 0]
