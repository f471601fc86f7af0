import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.trade_agreements import (
    TradeAgreements,
    mean_by_weight,
    reach,
    update_accession,
    update_alignment,
    update_readiness,
)
from pilots_by_hand import piloted

P = TradeAgreements()
share = st.floats(0, 1)
TARGET = np.array([0.5, 0.1])


def test_reach_is_the_root_of_the_relative_share_up_to_its_cap():
    assert reach(4.5, 100.0, P) == approx(0.5)  # root of .045 / .18
    assert reach(90.0, 100.0, P) == 1.5
    assert reach(0.0, 100.0, P) == reach(0.0, 0.0, P) == 0


def test_partners_align_at_their_speed():
    # .2 a year x reach .5 x effort .8 x (1 + .3 x .5) = .092; a quarter closes 1 - exp(-.023) of gaps .3 and 0
    got = update_alignment(np.array([0.2, 0.1]), TARGET, 0.5, 0.8, 0.5, P, 0.25)
    assert got == approx([0.2 + (1 - math.exp(-0.023)) * 0.3, 0.1])
    # targets are capped at full alignment
    whole = update_alignment(np.ones(2), TARGET, 1.0, 1.0, 0.0, TradeAgreements(target_scale=3), 0.25)
    assert whole == approx([1.0, 1.0])


def test_readiness_comes_from_zones_and_the_state():
    # .75 x .5 x .6 + .25 x 1 = .475 of .08 a year; a reach above 1 counts as 1: .75 x .6 + .25 = .7
    assert update_readiness(0.4, 0.5, 0.6, 1.0, P, 0.25) == approx(0.4 + (1 - math.exp(-0.0095)) * 0.6)
    assert update_readiness(0.4, 1.5, 0.6, 1.0, P, 0.25) == approx(0.4 + (1 - math.exp(-0.014)) * 0.6)


def test_accession_needs_readiness_beyond_the_threshold():
    # .2 a year x (.8 - .3) x (1 - .3 x .8) = .076
    assert update_accession(0.1, 0.8, 1.0, 0.2, P, 0.25) == approx(0.1 + 0.9 * (1 - math.exp(-0.019)))
    assert update_accession(0.1, 0.3, 1.0, 0.5, P, 0.25) == 0.1


def test_the_mean_is_weighted_and_zero_without_weights():
    assert mean_by_weight(np.array([0.2, 0.6]), np.array([3.0, 1.0])) == approx(0.3)
    assert mean_by_weight(np.array([0.2, 0.6]), np.zeros(2)) == 0


@given(start=share, reached=st.floats(0, 1.5), effort=share, coordination=share, scale=st.floats(0.5, 3))
def test_alignment_never_falls_nor_passes_its_target(start, reached, effort, coordination, scale):
    p = TradeAgreements(target_scale=scale)
    target = np.minimum(scale * TARGET, 1)
    before = start * target
    after = update_alignment(before, TARGET, reached, effort, coordination, p, 0.25)
    assert (before <= after).all()
    assert (after <= target + 1e-15).all()


@given(start=share, reached=st.floats(0, 1.5), piloting=share, preparation=share, upgrade=share)
def test_readiness_and_accession_are_shares_that_never_fall(start, reached, piloting, preparation, upgrade):
    ready = update_readiness(start, reached, piloting, preparation, P, 0.25)
    assert start <= ready <= 1
    assert start <= update_accession(start, ready, preparation, upgrade, P, 0.25) <= 1


@given(start=share, reached=st.floats(0, 1.5))
def test_without_zones_rules_stand_still(start, reached):
    before = start * TARGET
    assert (update_alignment(before, TARGET, reached, 0.0, 0.0, P, 0.25) == before).all()
    assert update_readiness(start, reached, 0.0, 0.0, P, 0.25) == start
    assert update_accession(start, start, 0.0, 0.0, P, 0.25) == start


def test_the_step_aligns_partners_by_the_exports_of_zones_that_act(played):
    old, new, p = played("trade_agreements")
    nation, regions, levers = old.nation, old.regions, old.levers
    acting = [r for r in range(31) if regions.zone_open[r]]
    zone_exports = sum(old.zones.exports[regions.zone[r]] for r in acting)
    found = min((zone_exports / regions.exports.sum() / p.reference_share) ** p.reach_exponent, p.reach_cap)
    together = sum(regions.coordination_degree * regions.gdp) / sum(regions.gdp)
    pace = p.alignment_speed * found * piloted(old, levers.rule_alignment) * (1 + p.coordination_boost * together)
    for partner in range(8):
        limit, now = p.target_scale * old.partners.alignment_target[partner], old.partners.alignment[partner]
        aligned = now + (1 - math.exp(-pace / 4)) * (limit - now)
        assert new.partners.alignment[partner] == approx(aligned, rel=1e-12)
    zones = (1 - p.state_share) * min(1, found) * piloted(old, levers.rule_piloting)
    effort = p.readiness_speed * (zones + p.state_share * levers.accession_preparation)
    ready = nation.accession_readiness
    assert new.nation.accession_readiness == approx(ready + (1 - math.exp(-effort / 4)) * (1 - ready), rel=1e-12)
    assert ready > p.threshold
    hazard = p.accession_hazard * levers.accession_preparation * (ready - p.threshold)
    hazard *= 1 - p.divergence_friction * (1 - levers.agreement_upgrade)
    weight_now = nation.accession_weight + (1 - nation.accession_weight) * (1 - math.exp(-hazard / 4))
    assert new.nation.accession_weight == approx(weight_now, rel=1e-12)
