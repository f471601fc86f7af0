import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.replication import (
    Approved,
    Replication,
    adoption_share,
    approve,
    business_environment,
    initial_environment,
    speed_bonus,
    update,
    worth,
)

P = Replication()
share = st.floats(0, 1)
items = st.floats(0, 400)


def test_approval_closes_part_of_what_waits():
    # 20 of 50 wait; .6 a year under half the effort over a quarter closes 1 - exp(-.075); 10 % high value
    new = 20 * (1 - math.exp(-0.075))
    got = approve(Approved(50.0, 5.0), Approved(30.0, 2.0), 0.5, P, 0.25)
    assert got == approx((30 + new, 2 + new / 10))


def test_adoption_learns_from_the_nation_or_counts_its_own():
    # worth 30 + 4 x 5 = 50; own 90 is capped at 60; bonus 1 doubles .08 a year: 1 - exp(-.04) of a gap of 40
    available = worth(30.0, 5.0, P)
    got = update(np.array([10.0, 10.0]), available, np.array([0.0, 90.0]), np.array([1.0, 0.0]), 1.0, P, 0.25)
    assert got == approx([10 + (1 - math.exp(-0.04)) * 40, 60.0])


def test_a_discount_lowers_what_can_be_learnt():
    half = Replication(discount=0.5)
    assert update(np.array([30.0]), 50.0, np.zeros(1), np.zeros(1), 1.0, half, 0.25) == approx([30.0])


def test_speed_bonus_adds_own_practice_and_partners_in_step():
    assert speed_bonus(np.array([0.5]), np.array([1.0]), np.array([0.4]), P) == approx([0.5 + 0.5 * 0.4])


def test_adoption_share_is_capped_and_zero_before_anything_is_approved():
    assert adoption_share(np.array([20.0, 80.0]), 50.0) == approx([0.4, 1.0])
    assert adoption_share(np.array([0.0, 5.0]), 0.0) == approx([0.0, 0.0])


def test_environment_starts_from_gdp_per_head_and_rises_with_reforms():
    # .40 + .10 ln 2 = .4693; ln 20 and ln 1/20 meet cap and floor
    assert initial_environment(np.array([2.0, 20.0, 0.05, 0.0]), P) == approx([0.46931472, 0.65, 0.20, 0.20])
    # 170 items do 1 - 1/e of .4 x .6
    assert business_environment(np.array([0.4]), np.array([170.0]), P) == approx([0.4 + 0.24 * (1 - math.exp(-1))])


def test_nothing_created_leaves_everything_at_its_start():
    nothing = Approved(0.0, 0.0)
    assert approve(nothing, nothing, 1.0, P, 0.25) == (0.0, 0.0)
    start = np.array([0.3])
    assert update(np.zeros(1), 0.0, np.zeros(1), np.ones(1), 1.0, P, 0.25)[0] == 0
    assert business_environment(start, np.zeros(1), P)[0] == start[0]


@given(created=items, part=share, high=share, effort=share, speed=st.floats(0, 100))
def test_never_more_approved_than_created_and_approval_is_not_taken_back(created, part, high, effort, speed):
    before = Approved(created * part, created * part * high)
    now = approve(Approved(created, created * high), before, effort, Replication(approval_speed=speed), 0.25)
    assert before.items <= now.items <= created * (1 + 1e-12)
    assert before.high_value <= now.high_value <= now.items * (1 + 1e-12)


@given(adopted=items, available=items, own=items, bonus=st.floats(0, 3))
def test_without_replication_only_own_zones_change(adopted, available, own, bonus):
    got = update(np.array([adopted, adopted]), available, np.array([0.0, own]), np.full(2, bonus), 0.0, P, 0.25)
    assert got[0] == adopted
    assert got[1] == max(adopted, min(own, 60))


@given(start=st.floats(0.2, 0.65), adopted=items)
def test_environment_lies_between_its_start_and_the_best(start, adopted):
    assert start <= business_environment(np.array([start]), np.array([adopted]), P)[0] <= 1


def test_the_step_approves_for_the_nation_and_lets_each_province_adopt(played):
    old, new, p = played("replication")
    nation, regions, zones, levers = old.nation, old.regions, old.zones, old.levers
    waiting = nation.innovations_created - nation.innovations_approved
    fresh = (1 - math.exp(-p.approval_speed * levers.replication / 4)) * waiting
    high = nation.high_value_approved + fresh * nation.high_value_created / nation.innovations_created
    assert fresh > 0
    assert new.nation.innovations_approved == approx(nation.innovations_approved + fresh, rel=1e-12)
    assert new.nation.high_value_approved == approx(high, rel=1e-12)
    worth_now = new.nation.innovations_approved + p.high_value_weight * high
    for r in range(31):
        z = old.regions.zone[r]
        own = 0.0 if z < 0 else zones.innovations_created[z] + p.high_value_weight * zones.own_high_value[z]
        in_step = levers.environment_in_step[r] * regions.coordination_degree[r]
        pace = 1 + p.zone_bonus * levers.institutional_innovation[r] + p.step_bonus * in_step
        share_learnt = 1 - math.exp(-p.adoption_speed * levers.replication * pace / 4)
        gap = max(p.discount * worth_now - regions.reforms_adopted[r], 0)
        items = max(regions.reforms_adopted[r] + share_learnt * gap, min(own, p.own_cap))
        environment = old.base.business_environment[r]
        environment += p.environment_ceiling * (1 - environment) * (1 - math.exp(-items / p.effect_stock))
        assert new.regions.reforms_adopted[r] == approx(items, rel=1e-12)
        assert new.regions.adoption_share[r] == approx(min(1, items / worth_now), rel=1e-12)
        assert new.regions.business_environment[r] == approx(environment, rel=1e-12)
