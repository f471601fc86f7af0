import numpy as np
from bargains import Coordination
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.bargain.agreement import (
    Instruments,
    agree,
    degree,
    of_pairs,
    outlay,
    removed,
    rivalry,
    transfers,
    update,
)

P = Coordination()
R = 5
share = st.floats(0, 1)
seeds = st.integers(0, 10_000)


def instruments(level=0.0, **levels):
    return Instruments(*(np.full((R, R), levels.get(name, level)) for name in Instruments._fields))


def drawn(seed):
    """Return gains, likeness, feasibility, GDP and working levels of five provinces."""
    rng = np.random.default_rng(seed)
    own = rng.normal(0.0005, 0.002, (R, R))
    symmetric = rng.random((2, R, R))
    like, feasible = (np.triu(table, 1) + np.triu(table, 1).T for table in symmetric)
    return own, like, feasible, rng.uniform(20, 200, R), rng.random(R)


def talk(seed, p=P, **levels):
    own, like, feasible, gdp, working = drawn(seed)
    tools = instruments(**levels)
    return agree(own, rivalry(like, working, tools, p), tools, feasible, gdp, p), feasible, gdp


def test_a_pair_agrees_what_the_equations_say():
    p = Coordination(administration=0.001)
    tools = Instruments(*(np.full((2, 2), level) for level in (0.5, 0, 0, 1.0, 0.5, 0.5, 0.8)))
    like, working = np.array([[0, 0.6], [0.6, 0]]), np.array([0.7, 1.0])
    weight = rivalry(like, working, tools, p)
    together = 0.5 * 0.8
    against = (0.5 + 0.5 * 0.7) * (0.3 + 0.7 * 0.6 * (1 - 0.6 * 0.5)) * (1 - together)
    assert weight[0, 1] == approx(0.5 * together - against)
    own = np.array([[0, 0.002], [-0.0001, 0]])
    gdp = np.array([30.0, 10.0])
    got = agree(own, weight, tools, np.array([[0, 0.5], [0.5, 0]]), gdp, p)
    first, second = 0.002 + weight[0, 1] * -0.0001, -0.0001 + weight[0, 1] * 0.002
    joint = (first * 30 + second * 10) / 40
    worth = 0.5 * joint + 0.5 * second
    cost = 0.001 * (1 - 0.4 * 0.5) * (1 - 0.2)
    assert second < 0 < worth
    assert got.pay_off[[0, 1], [1, 0]] == approx([first, second])
    assert got.worth[0, 1] == approx(worth) and not got.refuses.any()
    assert got.coordination[0, 1] == approx(0.5 * (1 - np.exp(-worth / cost)))
    assert got.owed[1, 0] == approx(0.5 * -second * 10) and got.owed[0, 1] == 0
    assert got.cost[0, 1] == approx(0.5 * cost * (1 - (1 + worth / cost) * np.exp(-worth / cost)))
    paid = transfers(got.owed, got.coordination, np.array([[0, 0.5], [0.5, 0]]))
    assert paid[0, 1] == approx(got.owed[1, 0] * got.coordination[0, 1] / 0.5) and paid[1, 0] == 0


@given(seed=seeds, sharing=share, appraisal=share, division=share)
def test_both_sides_of_a_table_see_the_same_agreement_within_what_is_feasible(seed, sharing, appraisal, division):
    got, feasible, _ = talk(seed, sharing=sharing, appraisal=appraisal, division=division)
    assert got.worth.tolist() == got.worth.T.tolist()
    assert got.coordination.tolist() == got.coordination.T.tolist()
    assert (got.coordination >= 0).all() and (got.coordination <= feasible).all()
    assert not got.coordination[got.refuses].any()
    assert (got.cost >= 0).all() and (got.cost <= P.administration * feasible).all()


@given(seed=seeds, sharing=share)
def test_what_is_paid_is_what_is_received_and_only_winners_pay(seed, sharing):
    got, feasible, _ = talk(seed, sharing=sharing)
    paid = transfers(got.owed, got.coordination, feasible)
    part = np.divide(got.coordination, feasible, out=np.zeros_like(feasible), where=feasible > 0)
    assert approx(got.owed * part) == paid.T
    assert (paid >= 0).all() and not (paid * paid.T).any()  # never both ways
    assert (got.pay_off[paid > 0] > 0).all()


@given(seed=seeds, more=share)
def test_sharing_loses_no_pair_and_lets_the_loser_be_paid_in_full(seed, more):
    none, some, full = (talk(seed, sharing=level)[0] for level in (0.0, more, 1.0))
    assert (some.worth >= none.worth).all() and (full.worth >= some.worth - 1e-15).all()
    assert not none.owed.any()
    bought = (full.worth > 0) & (full.pay_off < 0)
    gdp = drawn(seed)[3]
    assert full.owed[bought] == approx((-full.pay_off * gdp[:, None])[bought])


@given(seed=seeds)
def test_zones_without_instruments_lower_coordination_by_zone_rivalry_only(seed):
    own, like, feasible, gdp, working = drawn(seed)
    own = np.abs(own)
    tools = instruments()
    for zone_rivalry in (0.0, 0.5):
        p = Coordination(zone_rivalry=zone_rivalry)
        with_zones, without = (
            agree(own, rivalry(like, zones, tools, p), tools, feasible, gdp, p).coordination
            for zones in (working, np.zeros(R))
        )
        assert (with_zones <= without).all()
        rivals = (np.minimum(working[:, None], working) > 0) & (zone_rivalry > 0)
        assert np.array_equal(with_zones[~rivals], without[~rivals])


def test_sharing_brings_in_unlike_pairs_and_appraisal_like_ones():
    # a big winner and a small loser; likeness as the only difference
    own = np.array([[0.0, 0.004], [0.0002, 0.0]])
    feasible, gdp, working = np.array([[0, 1.0], [1, 0]]), np.array([50.0, 50.0]), np.ones(2)

    def worth(like, **levels):
        tools = Instruments(*(part[:2, :2] for part in instruments(**levels)))
        weight = rivalry(np.full((2, 2), like), working, tools, P)
        return agree(own, weight, tools, feasible, gdp, P).worth[0, 1]

    assert worth(0.0) < 0 and worth(1.0) < worth(0.0)  # neither agrees without instruments
    assert worth(0.0, sharing=1.0) > 0 > worth(1.0, sharing=0.3)
    gain_of_sharing = worth(0.0, sharing=1.0) > worth(1.0, sharing=1.0)
    assert gain_of_sharing
    appraised = [worth(like, appraisal=1.0) - worth(like) for like in (0.0, 1.0)]
    assert appraised[1] > appraised[0]
    divided = [worth(like, division=1.0) - worth(like) for like in (0.0, 1.0)]
    assert divided[1] > divided[0] == 0


@given(level=share, working=st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=3, max_size=3), inclusion=share)
def test_an_idle_zone_counts_as_hinterland(level, working, inclusion):
    levels, working = level * np.ones(3), np.array(working)
    got = of_pairs(levels, working, inclusion * np.ones(3), P)
    for r in range(3):
        for s in range(3):
            zones = int(working[r] > 0) + int(working[s] > 0)
            expected = {2: level, 1: P.hinterland_limit * inclusion * level, 0: 0.0}[zones] if r != s else 0.0
            assert got[r, s] == approx(expected)


@given(now=share, agreed=share)
def test_coordination_moves_towards_what_is_agreed_and_not_past_it(now, agreed):
    got = update(np.array(now), np.array(agreed), P, 0.25)
    assert min(now, agreed) - 1e-15 <= got <= max(now, agreed) + 1e-15
    pace = P.speed if agreed > now else P.decay
    assert got == approx(now + (1 - np.exp(-pace / 4)) * (agreed - now))


def test_nothing_is_removed_while_coordination_is_that_of_the_start():
    start = drawn(1)[2]
    openings = np.full((R, R), P.plain)
    assert not removed(openings, start, start, P).any()
    p = Coordination(assumed_border=0.5)
    opened = removed(np.full((R, R), 0.7), np.ones((R, R)), start, p)
    assert opened == approx(0.5 * (0.7 - p.plain * start))


def test_the_degree_is_of_working_zones_and_outlays_of_all():
    feasible = np.array([[0, 0.5, 1.0], [0.5, 0, 0.2], [1.0, 0.2, 0]])
    got = degree(0.5 * feasible, feasible, np.array([1.0, 0.2, 0.0]))
    assert got.tolist() == [0.5, 0.5, 0.0]
    ended = np.array([[0, 0.5, 0.0], [0.5, 0, 0.2], [0.0, 0.2, 0]])  # what the outer two have left is none of it
    assert degree(0.5 * feasible, ended, np.ones(3)) == approx([0.5, 0.5, 0.5])
    assert outlay(0.001 * feasible, np.array([100.0, 10, 10])) == approx([0.15, 0.007, 0.012])


@settings(max_examples=20)
@given(seed=seeds)
def test_runs_side_by_side_have_the_bits_of_each_alone(seed):
    runs = [drawn(seed + run) for run in range(3)]
    own, like, feasible, gdp, working = (np.stack(part, axis=-1) for part in zip(*runs, strict=True))
    tools = [instruments(level=0.2 + 0.3 * run) for run in range(3)]
    side = Instruments(*(np.stack(part, axis=-1) for part in zip(*tools, strict=True)))
    together = agree(own, rivalry(like, working, side, P), side, feasible, gdp, P)
    for run, (o, k, f, y, w) in enumerate(runs):
        alone = agree(o, rivalry(k, w, tools[run], P), tools[run], f, y, P)
        for name in alone._fields:
            assert np.array_equal(getattr(alone, name), getattr(together, name)[..., run]), name
        assert np.array_equal(
            degree(alone.coordination, f, w), degree(together.coordination, feasible, working)[..., run]
        )
        assert np.array_equal(outlay(alone.cost, y), outlay(together.cost, gdp)[..., run])
