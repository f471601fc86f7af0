import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms.green_finance import GreenFinance, honesty, strictness, update

P = GreenFinance()
PILOT = np.arange(N_REGIONS) < 2
START = Quarter.parse("2017Q3").index
positive = arrays(np.float32, 6, elements=st.floats(0.0625, 16, width=32))


PER_POINT = 1.2 * 0.5 * 0.003 / 0.12  # log weight per log point of intensity


def effects(intensity, capital, level, true=1.0, value_added=1.0, p=P):
    columns = (np.broadcast_to(np.float32(x), len(intensity)) for x in (level, np.multiply(level, true)))
    value = np.broadcast_to(np.asarray(value_added, float), len(intensity))
    return update(np.asarray(intensity, np.float32), np.asarray(capital, float), value, *columns, p)


def tilt(intensity, capital, level):
    return effects(intensity, capital, level).tilt


def test_two_firms_by_hand():
    # intensities e and e^3 with capital 3 and 1: mean log 1.5, distances -0.5 and 1.5
    got = effects([math.e, math.e**3], [3, 1], [1.0, 0.25], [0.6, 1.0], [0.5, 2.0])
    assert got.tilt == approx([PER_POINT * 0.5, -PER_POINT * 0.25 * 1.5], rel=1e-5)
    # bn yuan of interest a year that a log point saves, over Mt a year in it: 1000 yuan/t
    saved = [0.003 * 0.5 * 1.0 * 0.6 * 3, 0.003 * 0.5 * 0.25 * 1]
    tonnes = [0.1 * math.e * 0.5 * 4, 0.1 * math.e**3 * 2.0 * 4]
    assert got.worth == approx([1000 * saved[0] / tonnes[0], 1000 * saved[1] / tonnes[1]], rel=1e-5)
    assert got.doubtful == approx(0.5 * 3 * (1 - 0.6), rel=1e-5)  # the second is dirty, and true


def test_worth_is_capped_and_finite_without_emissions_or_output():
    assert effects([0, 1, 1], [1, 1e9, 1], 1.0, value_added=[1, 1, 0]).worth == approx([500, 500, 500])


def test_a_firm_without_emissions_is_clipped():
    got = tilt([0, 1, 1, 1], [1e-6, 1, 1, 1], np.ones(4))
    assert got[0] == approx(PER_POINT * 3, rel=1e-5)


def test_carbon_accounting_leaves_less_on_paper():
    lever = np.zeros(N_REGIONS)
    lever[0] = 0.5
    got = honesty(lever, P)[:, :, 0]
    assert got[0] == approx([1 - 0.4, 1 - 0.4 * 0.5])
    assert (got[1:] == got[0, 0]).all()
    some, more = (effects([1, 2, 4], [1, 1, 1], 1.0, true) for true in (0.6, 0.8))
    assert (more.worth > some.worth).all() and 0 < more.doubtful < some.doubtful
    assert effects([1, 2, 4], [1, 1, 1], 1.0, 1.0).doubtful == 0
    nothing = effects([1, 2, 4], [1, 1, 1], 0.0)
    assert (nothing.worth == 0).all() and (nothing.tilt == 0).all() and nothing.doubtful == 0


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


@given(positive, positive)
def test_nothing_is_lost_by_less_than_nothing(intensity, capital):
    got = effects(intensity, capital, 1.0, 0.6)
    assert got.doubtful >= 0 and (got.worth > 0).all()


def test_the_step_is_strict_in_pilots_everywhere_and_in_zones_by_their_lever(played):
    old, new, p = played("green_finance")
    firms, regions = old.firms, old.regions
    logs = np.log(firms.emission_intensity.astype(float))
    mean = np.average(logs, weights=firms.capital)
    expected, worth, loss = np.zeros(len(firms)), np.zeros(len(firms)), 0.0
    per_point = p.credit_response * p.debt_share * p.green_spread / p.user_cost
    for i in range(len(firms)):
        r, inside = firms.region[i], firms.in_open_zone[i]
        national = 1.0 if regions.green_pilot[r] else p.green_national
        strict = max(national, old.levers.green_credit[r] if inside else 0.0)
        true = 1 - p.greenwash * (1 - (old.levers.carbon_accounting[r] if inside else 0.0))
        expected[i] = -per_point * strict * min(max(logs[i] - mean, -p.green_clip), p.green_clip)
        debt, tonnes = p.debt_share * firms.capital[i], 0.4 * firms.emission_intensity[i] * firms.value_added[i]
        worth[i] = min(p.worth_cap, 1000 * p.green_spread * debt * strict * true / tonnes)
        loss += p.default_loss / 4 * debt * strict * (1 - true) * (logs[i] < mean)
    assert len(np.unique(expected / np.clip(logs - mean, -3, 3)).round(6)) > 5  # pilots, zones, the rest
    assert new.firms.credit_tilt == approx(expected, rel=1e-4, abs=1e-6)
    assert new.firms.green_worth == approx(worth, rel=1e-4)
    assert new.nation.bank_loss == approx(loss, rel=1e-4)
