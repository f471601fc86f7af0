import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms.green_finance import GreenFinance, strictness, tilt_per_distance, update

P = GreenFinance()
PILOT = np.arange(N_REGIONS) < 2
START = Quarter.parse("2017Q3").index
positive = arrays(np.float32, 6, elements=st.floats(0.0625, 16, width=32))


def tilt(intensity, capital, level):
    slope = np.float32(tilt_per_distance(np.asarray(level, float), P))
    return update(np.asarray(intensity, np.float32), np.asarray(capital, float), slope, P)


def test_two_firms_by_hand():
    # intensities e and e^3 with capital 3 and 1: mean log 1.5, distances -0.5 and 1.5
    got = tilt([math.e, math.e**3], [3, 1], [1.0, 0.25])
    assert got == approx([0.045 * 0.5, -0.045 * 0.25 * 1.5], rel=1e-5)


def test_a_firm_without_emissions_is_clipped():
    got = tilt([0, 1, 1, 1], [1e-6, 1, 1, 1], np.ones(4))
    assert got[0] == approx(0.045 * 3, rel=1e-5)


def test_the_national_path_and_the_lever():
    before, after = (strictness(np.zeros(N_REGIONS), PILOT, q, P)[:, :, 0] for q in (START - 1, START))
    assert (before == 0.25).all()
    assert (after[:2] == 1).all()
    assert (after[2:] == 0.25).all()
    lever = strictness(np.full(N_REGIONS, 0.6), PILOT, START - 1, P)[:, :, 0]
    assert (lever[:, 0] == 0.25).all()
    assert (lever[:, 1] == 0.6).all()


@given(positive, positive)
def test_at_equal_strictness_the_mean_tilt_is_zero(intensity, capital):
    # inputs are close enough for no clip
    intensity = 1 + intensity / 16
    assert float(capital @ tilt(intensity, capital, np.ones(6))) == approx(0, abs=1e-4)


@given(positive, positive)
def test_a_cleaner_firm_never_gets_worse_terms(intensity, capital):
    got = tilt(np.sort(intensity), capital, np.ones(6))
    assert (np.diff(got) <= 0).all()


def test_the_step_is_strict_in_pilots_everywhere_and_in_zones_by_their_lever(played):
    old, new, p = played("green_finance")
    firms, regions = old.firms, old.regions
    logs = np.log(firms.emission_intensity.astype(float))
    mean = np.average(logs, weights=firms.capital)
    expected = np.zeros(len(firms))
    for i in range(len(firms)):
        r = firms.region[i]
        national = 1.0 if regions.green_pilot[r] else p.green_national
        strict = max(national, old.levers.green_credit[r] if firms.in_open_zone[i] else 0.0)
        expected[i] = -p.green_tilt * strict * min(max(logs[i] - mean, -p.green_clip), p.green_clip)
    assert len(np.unique(expected / np.clip(logs - mean, -3, 3)).round(6)) > 5  # pilots, zones, the rest
    assert new.firms.credit_tilt == approx(expected, rel=1e-4, abs=1e-6)
