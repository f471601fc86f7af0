import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pytest import approx

from ftz_sim.model.columns import N_FIELDS, N_REGIONS, NO_ZONE, TIER_OF_FIELD, Firms
from ftz_sim.model.mechanisms import production
from ftz_sim.model.mechanisms.production import Production

P = Production(digital_effect=0.16)
FLAT = np.zeros(N_REGIONS)


def make_firms(copies=1, **columns):
    """``copies`` firms of every field in every province, none of them in a zone area."""
    region, field = (np.repeat(x, copies) for x in np.indices((N_REGIONS, N_FIELDS)).reshape(2, -1))
    count = len(region)
    single = "digital digital_change emission_intensity base_productivity productivity_shock"
    single += " abatement abatement_cost green_worth credit_tilt"
    double = "capital workers talents research knowledge value_added fdi_received variety"
    values = {
        **{name: np.zeros(count, np.float32) for name in single.split()},
        **{name: np.ones(count) for name in double.split()},
        **{name: np.zeros(count, np.int16) for name in ("owner", "birth_quarter", "upgrade_quarter")},
        "in_open_zone": np.zeros(count, bool),
    }
    firms = Firms(
        region=region.astype(np.int8),
        field=field.astype(np.int8),
        tier=TIER_OF_FIELD[field].astype(np.int8),
        zone=np.full(count, NO_ZONE, np.int8),
        ring=np.ones(count, np.float32),
        starts=np.flatnonzero(np.diff(region, prepend=-1)),
        slots=np.bincount(region, minlength=N_REGIONS),
        cell=np.empty(count, np.intp),
        region_field=np.empty(count, np.intp),
        **{**values, **columns},
    )
    firms.index()
    return firms


def base(spillover=100.0):
    return SimpleNamespace(spillover=np.full((N_REGIONS, N_FIELDS), spillover))


def log_output(firms, spillover=100.0, common=FLAT, foreign=0.0):
    reach, gain = (np.full((N_REGIONS, N_FIELDS), number) for number in (spillover, foreign))
    return production.log_output(firms, common, gain, reach, base(), P)


def test_the_output_of_one_firm_by_hand():
    firms = make_firms()
    firms.capital[0], firms.workers[0], firms.talents[0], firms.knowledge[0] = 8.0, 400.0, 20.0, 10.0
    firms.digital[0], firms.base_productivity[0], firms.productivity_shock[0] = 0.5, 0.3, -0.1
    firms.abatement_cost[0] = 0.02
    common = FLAT.copy()
    common[0] = 0.04
    expected = (
        (0.3 - 0.1 - 0.02 + 0.04 + 0.01)
        + (0.38 * math.log(8) + 0.47 * math.log(400) + 0.07 * math.log(20) + 0.08 * math.log(10))
        + 0.035 * math.log((120 - 10) / 100)  # knowledge within reach has grown from 100 to 120, 10 of it are its own
        + 0.16 * 0.5
    )
    assert log_output(firms, spillover=120.0, common=common, foreign=0.01)[0] == approx(expected, rel=1e-5)


def test_a_firm_that_holds_all_the_knowledge_within_reach_still_finds_a_little():
    firms = make_firms(knowledge=np.full(N_REGIONS * N_FIELDS, 500.0))
    alone = 0.08 * math.log(500) + 0.035 * math.log(0.01)
    assert log_output(firms)[0] == approx(alone, rel=1e-5)


def test_capacity_of_two_cells_by_hand():
    # s 6: rho 5/6; one cell has two firms with q = 3, the other one with q = 3 and a constant of 2
    by_cell = np.array([[2 * 3 ** (5 / 6), 3 ** (5 / 6), 0.0]])
    assert production.capacity(by_cell, np.array([[1.0, 2.0, 5.0]]), P) == approx(np.array([[3 * 2**1.2, 6.0, 0.0]]))


def test_a_firm_more_adds_to_what_its_cell_makes_whatever_it_makes():
    before = production.capacity(np.array([[4.0, 0.0]]), 1.0, P)
    after = production.capacity(np.array([[4.0 + 1e-3, 1e-3]]), 1.0, P)
    assert (after > before).all()


@given(st.integers(0, 2**32 - 1))
def test_varieties_add_up_by_cell(seed):
    firms = make_firms(copies=2)
    logs = np.random.default_rng(seed).normal(0, 2, len(firms)).astype(np.float32)
    made = production.varieties(logs.copy(), P)
    assert made == approx(np.exp(5 / 6 * logs.astype(float)), rel=1e-5)
    sums = np.zeros((N_REGIONS, N_FIELDS))
    np.add.at(sums, (firms.region, firms.field), made)
    assert firms.sum_by_region_field(made) == approx(sums, rel=1e-12)


def total(firms):
    return production.capacity(firms.sum_by_region_field(production.varieties(log_output(firms), P)), 1.0, P)


def scaled(firms, rows, factor):
    for name in ("capital", "workers", "talents", "knowledge"):
        getattr(firms, name)[rows] *= factor
    return firms


def test_doubling_all_inputs_doubles_capacity():
    # with spillovers held far above own knowledge
    few = make_firms(knowledge=np.full(N_REGIONS * N_FIELDS, 1e-6))
    many = scaled(make_firms(knowledge=np.full(N_REGIONS * N_FIELDS, 1e-6)), slice(None), 2.0)
    assert total(many) == approx(2 * total(few), rel=1e-5)


def test_doubling_one_of_two_firms_less_than_doubles_its_weight():
    before, after = (production.varieties(log_output(f), P) for f in (make_firms(), scaled(make_firms(), [0], 2.0)))
    assert before[0] < after[0] < 2 * before[0]
    assert after[1:] == approx(before[1:], rel=1e-12)


def test_a_cell_of_two_halves_makes_more_than_a_whole():
    # varieties: two firms of half the size make 2^(1/rho) / 2 of what one makes
    small = np.full(N_REGIONS * N_FIELDS, 1e-6)
    whole = make_firms(knowledge=small)
    halves = scaled(make_firms(copies=2, knowledge=np.repeat(small, 2)), slice(None), 0.5)
    assert total(halves) == approx(2**0.2 * total(whole), rel=1e-5)


def test_the_shock_stands_still_in_quarter_0_and_returns_afterwards():
    last, draw = np.array([0.2, -0.1], np.float32), np.array([1.0, 0.5], np.float32)
    assert (production.shock(last, draw, False, P) == last).all()
    assert production.shock(last, draw, True, P) == approx([0.95 * 0.2 + 0.04, -0.95 * 0.1 + 0.02], rel=1e-6)


def test_location_quotients_by_hand():
    workers = np.zeros((N_REGIONS, N_FIELDS))
    workers[0, :2], workers[1, :2] = (30, 10), (30, 30)
    quotient = production.location_quotient(workers)
    # the nation has 60 % of its workers in field 0; province 0 three quarters, province 1 one half
    assert quotient[:2, 0] == approx([0.75 / 0.6, 0.5 / 0.6])
    assert (quotient[2:] == 0).all()


def test_what_provinces_share_by_hand():
    regions = SimpleNamespace(
        business_environment=np.full(N_REGIONS, 0.6),
        productivity_trend=np.full(N_REGIONS, -0.02),
    )
    terms = production.regional_terms(regions, np.full(N_REGIONS, 0.4), P)
    assert terms == approx(np.full(N_REGIONS, -0.02 + 0.06 * 0.2))
    assert production.national_terms(0.1, -0.09, 0.01) == approx(0.0, abs=1e-12)


def test_what_foreign_capital_adds_by_hand():
    gain = production.foreign_gain(np.array([[3.0, 5.0, 1.0]]), np.array([[100.0, 4.0, 0.0]]), P)
    assert gain[0] == approx([0.17 * 0.03, 0.17, 0])  # never more than all of it is foreign; nobody is there


def test_what_people_earn_by_hand():
    assert production.talent_share(P) == approx(5 / 6 * 0.07 * np.array([0.25, 1.0, 2.0]))


@pytest.mark.parametrize(
    "change", [{"knowledge": 0.25}, {"firm_elasticity": 10.0, "capital": 0.6}, {"firm_elasticity": 1.0}]
)
def test_firms_without_a_size_limit_are_refused(change):
    with pytest.raises(ValidationError, match="must be"):
        Production(**change)


def test_the_step_makes_capacity_as_written(played):
    old, new, p = played("production")
    firms, regions, nation, base, rho = old.firms, old.regions, old.nation, old.base, 1 - 1 / p.firm_elasticity
    n = len(firms)
    draws = old.stream("production/shock").normal(n)
    shock = p.shock_persistence * firms.productivity_shock + p.shock_sd * draws
    assert new.firms.productivity_shock == approx(shock, rel=1e-5, abs=1e-6)
    workers = np.zeros((N_REGIONS, N_FIELDS))
    np.add.at(workers, (firms.region, firms.field), firms.workers)
    quotient = workers / workers.sum(1)[:, None] / (workers.sum(0) / workers.sum())
    assert new.regions.location_quotient == approx(quotient, rel=1e-10)
    variety = np.zeros(n)
    for i in range(n):
        r, f = firms.region[i], firms.field[i]
        x = firms.base_productivity[i] + shock[i] - firms.abatement_cost[i] + regions.productivity_trend[r]
        x += nation.tfp_trend + nation.macro_shock - nation.crisis_loss
        x += p.environment_effect * (regions.business_environment[r] - base.business_environment[r])
        here = firms.capital[(firms.region == r) & (firms.field == f)].sum()
        x += p.fdi_effect * min(1, regions.fdi_stock[r, f] / here)
        others = max(regions.spillover[r, f] - firms.knowledge[i], p.spillover_floor * regions.spillover[r, f])
        x += p.spillover_effect * math.log(others / base.spillover[r, f])
        x += p.digital_effect * firms.digital[i]
        x += p.capital * math.log(firms.capital[i]) + p.labour * math.log(firms.workers[i])
        x += p.talent * math.log(firms.talents[i]) + p.knowledge * math.log(firms.knowledge[i])
        variety[i] = math.exp(rho * x)
    assert new.firms.variety == approx(variety, rel=1e-4)
    cells = np.zeros((N_REGIONS, N_FIELDS))
    np.add.at(cells, (firms.region, firms.field), variety)
    assert new.regions.capacity == approx(base.capacity_scale * cells ** (1 / rho), rel=1e-4)
    assert ((new.regions.capacity > 0) == (firms.members > 0)).all()
    assert new.nation.labour_share == approx(p.labour * rho)
    assert new.nation.capital_share == approx(p.capital * rho)
    capital = np.zeros((N_REGIONS, N_FIELDS))
    np.add.at(capital, (firms.region, firms.field), firms.capital)
    assert new.regions.capital == approx(capital, rel=1e-12)
    assert new.nation.talent_share == approx(p.talent * rho * np.array(p.talent_wage_weights))
    for name in ("capital", "workers", "talents", "knowledge", "base_productivity", "value_added"):
        assert (getattr(new.firms, name) == getattr(firms, name)).all(), name
