import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import N_REGIONS
from ftz_sim.model.mechanisms.digital_capability import (
    DigitalCapability,
    Inputs,
    by_gdp,
    capability,
    step,
    update,
)
from pilots_by_hand import piloted

P = DigitalCapability()
NONE = np.zeros(N_REGIONS)
START = Inputs(0.2, np.full(N_REGIONS, 0.3), 0.2)
share = st.floats(0, 1)


def test_one_quarter_by_hand():
    network = np.r_[1.0, np.zeros(N_REGIONS - 1)]
    after = update(START, 0.5, 0.25, network, 0.8, P, 0.25)
    assert after.data == approx(0.2 + (1 - math.exp(-(0.016 + 0.024 * 0.5 + 0.012 * 0.25) / 4)) * 0.8)
    assert after.compute[0] == approx(0.3 + (1 - math.exp(-0.044 / 4)) * 0.7)
    assert after.compute[1] == approx(0.3 + (1 - math.exp(-0.028 / 4)) * 0.7)
    assert after.algorithms == approx(0.2 + (1 - math.exp(-(0.016 + 0.008 * 0.8) / 4)) * 0.8)


def test_inputs_stand_still_in_quarter_0():
    after = update(START, 1.0, 1.0, NONE + 1, 1.0, P, 0.25, moves=False)
    assert after.data == START.data
    assert (after.compute == START.compute).all()
    assert after.algorithms == START.algorithms


def test_capability_and_shocks_by_hand():
    inputs = Inputs(0.4, np.full(N_REGIONS, 0.5), 0.25)
    assert capability(inputs, 1.0, 0.0, 0.0, P)[0] == approx(3 / (1 / 0.4 + 2 + 4))
    # a breach of severity one half under full opening takes 15 % of data; algorithms denied lose 60 %
    assert capability(inputs, 1.0, 0.5, 1.0, P)[0] == approx(3 / (1 / 0.34 + 2 + 1 / 0.1))
    assert (capability(inputs, 0.0, 1.0, 0.0, P) == capability(inputs, 0.0, 0.0, 0.0, P)).all()


def test_an_input_of_nothing_counts_as_the_floor():
    assert capability(Inputs(0.0, NONE, 0.0), 0.0, 0.0, 0.0, P) == approx(0.02)


def test_a_mean_over_gdp():
    assert by_gdp(np.array([0.4, 0.1, 0.0]), np.array([10.0, 20, 70])) == approx((0.4 * 10 + 0.1 * 20) / 100)


@given(data=share, compute=share, algorithms=share, opening=share, breach=share, severity=share)
def test_the_scarcest_input_binds(data, compute, algorithms, opening, breach, severity):
    inputs = Inputs(data, np.full(N_REGIONS, compute), algorithms)
    found = capability(inputs, opening, breach, severity, P)[0]
    calm = capability(inputs, opening, 0.0, 0.0, P)[0]
    assert 0 < found <= min(1.0, 3 * max(min(data, compute, algorithms), 0.02)) + 1e-12
    assert found <= calm


@given(data=share, compute=share, algorithms=share, lever=share)
def test_inputs_grow_and_stay_shares(data, compute, algorithms, lever):
    inputs = Inputs(data, np.full(N_REGIONS, compute), algorithms)
    after = update(inputs, lever, lever, np.full(N_REGIONS, lever), lever, P, 0.25)
    without = update(inputs, 0.0, 0.0, NONE, 0.0, P, 0.25)
    for now, then, plain in zip(inputs, after, without, strict=True):
        assert (np.asarray(now) <= np.asarray(plain)).all()
        assert (np.asarray(plain) <= np.asarray(then)).all()
        assert (np.asarray(then) <= 1).all()


@pytest.mark.parametrize("name", ["initial_data", "initial_algorithms", "input_floor"])
def test_what_an_equation_divides_by_is_above_0(name):
    with pytest.raises(ValueError, match=name):
        DigitalCapability(**{name: 0.0})


def reached(old, lever, p):
    regions, proved = old.regions, piloted(old, lever)
    by_place = (
        share * level + (1 - share) * p.national_reach * adopted * proved
        for share, level, adopted in zip(regions.zone_share, lever, regions.adoption_share, strict=True)
    )
    return sum(reach * gdp for reach, gdp in zip(by_place, regions.gdp, strict=True)) / sum(regions.gdp)


def test_the_step_moves_three_inputs_and_takes_what_shocks_leave_of_them(played):
    old, new, p = played("digital_capability")
    nation, regions, levers = old.nation, old.regions, old.levers
    opening, ai_plus = (reached(old, lever, p) for lever in (levers.data_flow_opening, levers.ai_plus))
    shared = sum(levers.data_sharing_platform * regions.coordination_degree * regions.gdp) / sum(regions.gdp)
    pace = p.growth[0] + p.gain[0] * opening + p.platform_gain * shared
    data = nation.data + (1 - math.exp(-pace / 4)) * (1 - nation.data)
    pace = p.growth[2] + p.gain[2] * ai_plus
    algorithms = nation.algorithms + (1 - math.exp(-pace / 4)) * (1 - nation.algorithms)
    assert (new.nation.data, new.nation.algorithms) == approx((data, algorithms), rel=1e-12)
    data *= 1 - 0.4 * p.data_risk_loss * opening
    algorithms *= 1 - 0.3 * p.algorithm_exposure
    for r in range(31):
        pace = p.growth[1] + p.gain[1] * levers.compute_network[r]
        compute = regions.compute[r] + (1 - math.exp(-pace / 4)) * (1 - regions.compute[r])
        assert new.regions.compute[r] == approx(compute, rel=1e-12)
        assert new.regions.digital_capability[r] == approx(3 / (1 / data + 1 / compute + 1 / algorithms), rel=1e-12)


def test_the_step_leaves_the_inputs_alone_in_the_first_quarter_of_all(played):
    model = played("digital_capability").old
    data, compute, algorithms = model.nation.data, model.regions.compute.copy(), model.nation.algorithms
    model.clock.index = 0
    step(model, P)
    assert (model.nation.data, model.nation.algorithms) == (data, algorithms)
    assert (model.regions.compute == compute).all()
