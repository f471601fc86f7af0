import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from builders import small
from ftz_sim.model.mechanisms.policy_trust import PolicyTrust, update
from ftz_sim.runs.model import FtzModel

P = PolicyTrust()
few = settings(max_examples=25, deadline=None)
share = st.floats(0, 1)
DT = 0.25


def test_a_quarter_by_hand():
    kept = math.exp(-0.0175)
    got = update(1.0, 10.0, 1.0, 0.5, 0.4, P, DT)
    assert got.reversals == approx(kept + 1.5 * 0.25)
    assert got.years == approx(10 * kept + 0.25)
    assert got.hazard == approx((0.04 + got.reversals / got.years) * (1 - 0.5 * (0.35 + 0.16)))
    assert got.discount == approx(got.hazard / (got.hazard + 0.18))
    assert update(1.0, 10.0, 0.0, 0.5, 0.4, P, DT).reversals == approx(kept)


@few
@given(reversals=st.floats(0, 5), years=st.floats(0.1, 15), commitment=share, law=share)
def test_quiet_quarters_calm_and_relisting_alarms(reversals, years, commitment, law):
    before = reversals / years
    quiet, broken = (update(reversals, years, flag, commitment, law, P, DT) for flag in (0.0, 1.0))
    assert quiet.reversals / quiet.years <= before
    assert broken.hazard > quiet.hazard
    assert 0 <= quiet.discount < broken.discount < 1


@few
@given(a=share, b=share, law=share)
def test_a_promise_calms_and_a_law_makes_it_worth_more(a, b, law):
    low, high = sorted((a, b))
    assert update(1.0, 10.0, 0.0, high, law, P, DT).hazard <= update(1.0, 10.0, 0.0, low, law, P, DT).hazard
    assert update(1.0, 10.0, 0.0, 1.0, high, P, DT).hazard <= update(1.0, 10.0, 0.0, 1.0, low, P, DT).hazard
    # what is remembered does not hang on a promise that was kept
    assert update(1.0, 10.0, 0.0, high, law, P, DT)[:2] == update(1.0, 10.0, 0.0, low, law, P, DT)[:2]


def test_a_relisting_is_remembered_for_years():
    alarmed, calm = (1.0, 10.0), (1.0, 10.0)
    gaps = []
    for quarter in range(44):
        one = update(*alarmed, float(quarter < 4), 1.0, 0.5, P, DT)
        other = update(*calm, 0.0, 1.0, 0.5, P, DT)
        alarmed, calm = one[:2], other[:2]
        gaps.append(one.discount - other.discount)
    assert gaps[3] == max(gaps)
    assert gaps[43] > 0.2 * gaps[3]


def test_a_promise_cannot_remove_more_than_all():
    certain = PolicyTrust(credibility=0.9, credibility_law=0.4)
    assert update(1.0, 10.0, 0.0, 1.0, 1.0, certain, DT)[2:] == (0, 0)


def test_the_step_hears_of_relisting_and_of_the_promise(played):
    old, new, p = played("policy_trust")
    nation, commitment = old.nation, old.levers.ratchet_commitment
    kept = math.exp(-p.forget / 4)
    reversals = nation.reversals * kept + p.alarm * (1 + p.broken * commitment) / 4
    assert nation.relisted == 1 and commitment > 0 and nation.law > 0
    years = nation.quiet_years * kept + 0.25
    hazard = (p.regime_hazard + reversals / years) * (1 - commitment * (p.credibility + p.credibility_law * nation.law))
    assert new.nation.reversals == approx(reversals, rel=1e-12)
    assert new.nation.quiet_years == approx(years, rel=1e-12)
    assert new.nation.reversal_hazard == approx(hazard, rel=1e-12)
    assert new.nation.reversal_discount == approx(hazard / (hazard + p.horizon), rel=1e-12)


@pytest.mark.parametrize("off", ["policy_trust", "negative_list"])
def test_without_trust_or_lists_a_run_goes_on(off):
    model = FtzModel(
        small("history", f"mechanisms.{off}=off", "horizon.end=2014Q1", "horizon.fork=2014Q1"), rng=1
    ).run()
    assert (model.nation.reversal_discount == 0) == (off == "policy_trust")
    assert model.nation.relisted == 0
