import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import N_FIELDS
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms import research
from ftz_sim.model.mechanisms.research import Research

P = Research(patent_trend=0.86)
DT = 0.25
NONE, EVEN = np.zeros(N_REGIONS), np.ones(N_REGIONS)
share = st.floats(0, 1)


def intensities(support=0.0, protection=0.0, gain=0.0, multiplier=1.0, trend=1.0, p=P):
    extra = research.induced(EVEN * support, p)
    table = research.intensity(extra, EVEN * protection, EVEN * gain, EVEN * multiplier, trend, p)
    return extra, table


def one_firm(cell, value_added, knowledge, table, zone_yield):
    return research.update(
        np.array([value_added]),
        np.array([knowledge]),
        np.array([table[cell]]),
        Group(np.array([0])),
        np.array([zone_yield]),
        P,
        DT,
    )


def test_trend_by_hand():
    assert research.trend(0, P) == 1
    assert research.trend(7, P) == approx(1 + 0.045 * 0.5 + 0.0025 * 7)
    assert research.trend(20, P) == approx(1 + 0.045 + 0.05)


def test_a_zone_firm_of_tier_one_by_hand():
    # support .5, protection .4, environment +.1, multiplier 1.2, trend 1.05; collaboration .2, joint .3,
    # crowding .25 under half a plan
    extra, table = intensities(0.5, 0.4, 0.1, 1.2, 1.05)
    yields = research.effectiveness(extra, EVEN * 0.2, EVEN * 0.3, P)
    kept = research.unduplicated(np.full((N_REGIONS, N_FIELDS), 0.25), EVEN * 0.5, EVEN * 0.3, P)
    got = one_firm((3, 1, 1), 2.0, 7.0, table, research.zone_yield(yields, kept)[3, 6])
    n = 0.65 * 0.08 * 0.5
    r = 0.052 * 1.2 * 1.05 * (1 + n) * (1 + 0.05 * 0.4) * (1 + 0.12 * 0.1) * 2
    u = (1 - 0.24 * n / (1 + n)) * (1 + 0.04 * (0.2 + 0.3)) * (1 - 0.2 * 0.25 * 0.5 * (1 - 0.3))
    assert got.research[0] == approx(r, rel=1e-12)
    assert got.knowledge[0] == approx(math.exp(-0.15 * 0.25) * 7 + u * r, rel=1e-12)


def test_outside_protection_spills_and_support_does_not_reach():
    _, table = intensities(support=1.0, protection=1.0)
    assert table[0, 0] == approx(np.array(P.intensity) * (1 + 0.05 * 0.25))
    assert table[0, 1] == approx(np.array(P.intensity) * (1 + 0.65 * 0.08) * 1.05)


@given(share, st.integers(0, 1000))
def test_full_diversion_leaves_national_research_unchanged(support, seed):
    p = Research(subsidy_diversion=1.0)
    value_added = np.random.default_rng(seed).uniform(1, 2, (N_REGIONS, 2, 3)) * [[1.0], [0.1]]
    extra, table = intensities(support, p=p)
    after = research.crowded_out(table, value_added, extra, EVEN, p)
    assert (after * value_added).sum() == approx((intensities(p=p)[1] * value_added).sum(), rel=1e-9)
    assert (after[:, 0] <= table[:, 0]).all()
    assert (after[:, 1] == table[:, 1]).all()


def test_the_loss_of_firms_outside_has_a_floor():
    value_added = np.ones((N_REGIONS, 2, 3)) * [[0.01], [10.0]]
    extra, table = intensities(support=1.0)
    after = research.crowded_out(table, value_added, extra, EVEN, P)
    assert after[:, 0] == approx(0.9 * table[:, 0])


@given(st.booleans())
def test_without_support_crowding_out_changes_no_bit(is_open):
    extra, table = intensities(0.0, 0.3, 0.1)
    value_added = np.ones((N_REGIONS, 2, 3))
    after = research.crowded_out(table, value_added, extra, EVEN * is_open, P)
    assert (after == table).all()


def test_joint_knowledge_by_hand():
    coordination, gdp = NONE.copy(), NONE.copy()
    coordination[:2], gdp[:2] = (0.5, 0.25), (2.0, 4.0)
    value = np.arange(16.0)
    got = research.joint_knowledge(np.ones((N_REGIONS, 16)), 4.0, coordination, gdp, value, P, DT)
    kept = math.exp(-0.15 * 0.25)
    new = sum(range(5, 16))
    assert got[1, 10] == approx(kept + 4 * 0.5 * 10 / new)
    assert got[0, 4] == approx(kept)
    assert got.sum() == approx(kept * N_REGIONS * 16 + 4.0)


def test_without_coordination_the_fund_makes_no_knowledge():
    got = research.joint_knowledge(np.zeros((N_REGIONS, 16)), 8.0, NONE, EVEN, np.ones(16), P, DT)
    assert (got == 0).all()


def test_patents_by_hand():
    research_spent, talents, spillover, trend, scale = np.array([[16.0], [81.0], [2.0], [0.1], [3.0]])
    got = research.patents(research_spent, talents, spillover, trend, scale, P)
    assert got == approx([3 * 16**0.57 * 81**0.32 * 2**0.035 * math.exp(0.086)])


def test_doubled_research_and_staff_give_what_bottazzi_and_peri_found():
    scale, none = np.ones(1), np.zeros(1)
    twice = research.patents(2 * scale, 2 * scale, scale, none, scale, P)
    near = research.patents(scale, scale, 2 * scale, none, scale, P)
    assert 1.8 <= twice[0] <= 1.9  # 80 to 90 % more ideas
    assert 1.02 <= near[0] <= 1.03  # 2 to 3 % more from the neighbours'


def test_area_split_and_subsidy_by_hand():
    split = research.by_area(np.array([[5.0, 1.0, 1.0]]), np.array([[2.0, 1.0, 0.0]]))
    assert split.tolist() == [[[3.0, 0.0, 1.0], [2.0, 1.0, 0.0]]]
    third = np.full((1, 3), 0.1 + 0.2), np.full((1, 3), 0.3)  # 0.30000000000000004 and 0.3
    assert research.by_area(*third)[:, 0].tolist() == [[0.0, 0.0, 0.0]]
    table = np.full((1, 2, 3), 0.1)
    assert research.subsidy(np.array([0.5]), table, split[:, 1], P) == approx([0.08 * 0.5 * 0.3])


@given(st.floats(1e-9, 1e3), st.floats(0, 1e3))
def test_knowledge_stays_positive(knowledge, value_added):
    extra, table = intensities()
    yields = research.effectiveness(extra, NONE, NONE, P)
    got = one_firm((0, 0, 0), value_added, knowledge, table, yields[0])
    assert got.knowledge[0] > 0
