import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.pilots import Pilots, by_kind, evidence, pilot

P = Pilots()
CATEGORY = np.array([0, 1, 2, 3, 0])  # coast, inland, border, island, coast
share = st.floats(0, 1)
levels = st.lists(share, min_size=5, max_size=5).map(np.array)


def proved(x, p=P, shown=1.0):
    return float(pilot(np.array(x, float), by_kind(np.full(5, shown), CATEGORY), p))


def test_a_rule_is_proved_as_the_equation_says():
    # coast: one zone at .5 and the island at .4 prove .2 (1 - .5 x .6) + .8 x .5 = .54; inland one at 1
    assert proved([0.5, 1, 0, 0.4, 0]) == approx(0.57 * 0.54 + 0.32)


def test_evidence_grows_with_what_is_tested():
    # .0005 of 1000 is .5, so that value added of .5 gives 1 - 1/e
    got = evidence(np.array([0.5, 0.5, 0.0, 50.0]), np.array([1.0, 0.0, 1.0, 1.0]), 1000.0, P)
    assert got == approx([1 - np.exp(-1), 0, 0, 1])
    assert evidence(np.array([1e-9, 0.0]), np.ones(2), 1000.0, Pilots(pilot_evidence=0)) == approx([1, 0])


@given(x=levels)
def test_an_idle_zone_adds_nothing_and_takes_nothing(x):
    x[4] = 0.0
    alone = pilot(x[:4], by_kind(np.ones(4), CATEGORY[:4]), P)
    assert proved(x) == approx(float(alone), abs=1e-15)


@given(x=levels)
def test_an_empty_zone_adds_nothing_whatever_it_tries(x):
    shown = by_kind(np.array([1.0, 1, 1, 1, 0]), CATEGORY)
    idle = x.copy()
    idle[4] = 0.0
    assert pilot(x, shown, P) == pilot(idle, shown, P)


@given(x=levels, more=share, where=st.integers(0, 4))
def test_more_trials_never_prove_less(x, more, where):
    less = proved(x)
    x[where] = max(x[where], more)
    assert 0 <= less <= proved(x) + 1e-15 <= 1 + 1e-12


@given(x=share)
def test_another_kind_of_place_proves_more_than_another_zone_of_the_same_kind(x):
    like, unlike = proved([x, 0, 0, 0, x]), proved([x, x, 0, 0, 0])
    assert unlike - like == approx(0.32 * x - 0.57 * 0.2 * x * (1 - x), abs=1e-15)
    assert proved([x, 0, 0, 0, x], Pilots(pilot_likeness=1.0)) == approx(proved([x, 0, 0, 0, 0]))


def test_nothing_is_proved_where_nobody_tries():
    assert proved(np.zeros(5)) == 0.0  # not nearly: a zone without levers is no zone


def test_runs_side_by_side_have_the_bits_of_each_alone():
    rng = np.random.default_rng(3)
    x, value, opened = rng.random((5, 4)), rng.random((5, 4)), rng.integers(0, 2, (5, 4)).astype(float)
    gdp = rng.uniform(500, 2000, 4)
    category = np.tile(CATEGORY[:, None], 4)
    together = pilot(x, by_kind(evidence(value, opened, gdp, P), category), P)
    for run in range(4):
        alone = evidence(value[:, run], opened[:, run], gdp[run], P)
        assert pilot(x[:, run], by_kind(alone, CATEGORY), P) == together[run]
