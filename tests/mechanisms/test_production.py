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
FLAT = np.zeros((N_REGIONS, N_FIELDS))
WEIGHTS = np.full(N_FIELDS, 1 / N_FIELDS)
ZONE_REGIONS = np.array([0, 8])


def make_firms(copies=1, **columns):
    """``copies`` firms of every field in every province; the first field of provinces 0 and 8 sits in zones 0 and 1."""
    region, field = (np.repeat(x, copies) for x in np.indices((N_REGIONS, N_FIELDS)).reshape(2, -1))
    count = len(region)
    zone = np.full(count, NO_ZONE)
    zone[(region == 0) & (field == 0)], zone[(region == 8) & (field == 0)] = 0, 1
    single = "digital digital_change emission_intensity base_productivity productivity_shock"
    single += " abatement_cost credit_tilt"
    double = "capital workers talents research knowledge value_added fdi_received"
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
        zone=zone.astype(np.int8),
        starts=np.flatnonzero(np.diff(region, prepend=-1)),
        slots=np.bincount(region, minlength=N_REGIONS),
        cell=np.empty(count, np.intp),
        region_field=np.empty(count, np.intp),
        **{**values, **columns},
    )
    firms.index()
    return firms


def base(spillover=100.0, capability=0.25):
    return SimpleNamespace(
        spillover=np.full((N_REGIONS, N_FIELDS), spillover), digital_capability=np.full(N_REGIONS, capability)
    )


def log_output(firms, spillover=100.0, capability=0.25, common=FLAT):
    reach = np.full((N_REGIONS, N_FIELDS), spillover)
    return production.log_output(firms, common, reach, np.full(N_REGIONS, capability), base(), P)


def test_the_output_of_one_firm_by_hand():
    firms = make_firms()
    firms.capital[0], firms.workers[0], firms.talents[0], firms.knowledge[0] = 8.0, 400.0, 20.0, 10.0
    firms.digital[0], firms.base_productivity[0], firms.productivity_shock[0] = 0.5, 0.3, -0.1
    firms.abatement_cost[0] = 0.02
    common = FLAT.copy()
    common[0, 0] = 0.04
    expected = (
        (0.3 - 0.1 - 0.02 + 0.04)
        + (0.38 * math.log(8) + 0.47 * math.log(400) + 0.07 * math.log(20) + 0.08 * math.log(10))
        + 0.035 * math.log((120 - 10) / 100)  # knowledge within reach has grown from 100 to 120, 10 of it are its own
        + 0.16 * 0.5 * 0.30 / 0.25
    )
    assert log_output(firms, spillover=120.0, capability=0.30, common=common)[0] == approx(expected, rel=1e-5)


def test_a_firm_that_holds_all_the_knowledge_within_reach_still_finds_a_little():
    firms = make_firms(knowledge=np.full(N_REGIONS * N_FIELDS, 500.0))
    alone = 0.08 * math.log(500) + 0.035 * math.log(0.01)
    assert log_output(firms)[0] == approx(alone, rel=1e-5)


def test_markets_of_two_fields_by_hand():
    # sigma 4, s 6: rho 5/6. Field 0 has 2 firms with q = 3, field 1 has 1 firm with q = 3; both weigh one half
    varieties = np.zeros(N_FIELDS)
    varieties[:2] = 2 * 3 ** (5 / 6), 3 ** (5 / 6)
    slots, weight = np.zeros(N_FIELDS), np.zeros(N_FIELDS)
    slots[:2], weight[:2] = (2, 1), 0.5
    markets = production.field_markets(varieties, slots, weight, P)
    gdp = (0.5**0.25 * 6**0.75 + 0.5**0.25 * 3**0.75) ** (4 / 3)
    assert markets.output[:2] == approx([6.0, 3.0])
    assert markets.price[:2] == approx([(0.5 * gdp / 6) ** 0.25, (0.5 * gdp / 3) ** 0.25])
    assert markets.value_added.sum() == approx(gdp, rel=1e-12)
    assert (markets.price[2:] == 1).all()
    assert (markets.output[2:] == 0).all()


@given(st.integers(0, 2**32 - 1))
def test_value_added_sums_to_gdp_everywhere(seed):
    rng = np.random.default_rng(seed)
    firms = make_firms(copies=2)
    weight = rng.random(N_FIELDS)
    x = rng.normal(0, 2, len(firms)).astype(np.float32)
    made = production.update(firms, x, weight / weight.sum(), ZONE_REGIONS, P)
    gdp = (made.markets.price * made.markets.output).sum()
    assert made.value_added.sum() == approx(gdp, rel=1e-12)
    assert made.by_region.sum() == approx(gdp, rel=1e-12)
    assert firms.sum_by_region_field(made.value_added) == approx(made.by_region, rel=1e-12)
    assert production.by_tier(made.by_region) == approx(firms.sum_by_cell(made.value_added).sum(1), rel=1e-12)
    zones = firms.sum_by_cell(made.value_added)[ZONE_REGIONS, 1]
    assert production.by_tier(made.by_zone) == approx(zones, rel=1e-12)
    assert (made.by_zone[:, 0] > 0).all()
    assert (made.by_zone[:, 1:] == 0).all()


def total(firms):
    return production.update(firms, log_output(firms), WEIGHTS, ZONE_REGIONS, P)


def scaled(firms, rows, factor):
    for name in ("capital", "workers", "talents", "knowledge"):
        getattr(firms, name)[rows] *= factor
    return firms


def test_doubling_all_inputs_doubles_output():
    # with spillovers held far above own knowledge
    few = make_firms(knowledge=np.full(N_REGIONS * N_FIELDS, 1e-6))
    many = scaled(make_firms(knowledge=np.full(N_REGIONS * N_FIELDS, 1e-6)), slice(None), 2.0)
    assert total(many).markets.output == approx(2 * total(few).markets.output, rel=1e-5)


def test_doubling_one_firm_less_than_doubles_its_revenue():
    before, after = total(make_firms()).value_added[0], total(scaled(make_firms(), [0], 2.0)).value_added[0]
    assert before < after < 2 * before


def test_splitting_every_slot_into_halves_leaves_gdp_unchanged():
    small = np.full(N_REGIONS * N_FIELDS, 1e-6)
    whole = make_firms(knowledge=small)
    halves = scaled(make_firms(copies=2, knowledge=np.repeat(small, 2)), slice(None), 0.5)
    assert total(halves).value_added.sum() == approx(total(whole).value_added.sum(), rel=1e-5)


def test_the_shock_stands_still_in_quarter_0_and_returns_afterwards():
    last, draw = np.array([0.2, -0.1], np.float32), np.array([1.0, 0.5], np.float32)
    assert (production.shock(last, draw, False, P) == last).all()
    assert production.shock(last, draw, True, P) == approx([0.95 * 0.2 + 0.04, -0.95 * 0.1 + 0.02], rel=1e-6)


def test_location_quotients_by_hand():
    workers = FLAT.copy()
    workers[0, :2], workers[1, :2] = (30, 10), (30, 30)
    quotient = production.location_quotient(workers)
    # the nation has 60 % of its workers in field 0; province 0 three quarters, province 1 one half
    assert quotient[:2, 0] == approx([0.75 / 0.6, 0.5 / 0.6])
    assert (quotient[2:] == 0).all()


def clusters(workers, coordination, p=P):
    weight = np.full((N_REGIONS, N_REGIONS), 0.5)
    quotient = production.location_quotient(workers)
    return production.cluster_gain(workers, quotient, quotient, weight, coordination, p)


def test_partners_widen_a_cluster_and_an_empty_cell_has_none():
    workers = FLAT.copy()
    workers[0, 0], workers[1, 0], workers[1, 1] = 100.0, 300.0, 50.0
    together = np.zeros((N_REGIONS, N_REGIONS))
    assert (clusters(workers, together) == 0).all()
    together[0, 1] = together[1, 0] = 0.8
    gain = clusters(workers, together)
    assert gain[0, 0] == approx(0.015 * math.log(1 + 0.2 * 0.5 * 0.8 * 300 / 100))
    assert gain[0, 1] == 0
    assert gain.max() <= 0.015 * 2
    rivals = P.model_copy(update={"partner_market": -P.partner_market})
    assert np.array_equal(clusters(workers, together, rivals), -gain)


def test_denser_fields_gain_and_the_gain_is_bounded():
    before = np.full((N_REGIONS, N_FIELDS), 0.02)
    none = np.zeros((N_REGIONS, N_REGIONS))
    now = np.full((N_REGIONS, N_FIELDS), 0.10)
    now[0, 0] = 40.0
    gain = production.cluster_gain(np.ones((N_REGIONS, N_FIELDS)), now, before, none, none, P)
    assert gain[1, 0] == approx(0.015 * math.log(0.10 / 0.05))  # below .05 a quotient counts as .05
    assert gain[0, 0] == approx(0.015)


def test_what_provinces_share_by_hand():
    regions = SimpleNamespace(
        business_environment=np.full(N_REGIONS, 0.6),
        fdi_stock=np.full(N_REGIONS, 80.0),
        gdp=np.full(N_REGIONS, 200.0),
        productivity_trend=np.full(N_REGIONS, -0.02),
        market_access_gain=np.tile([0.0, 0.01, 0.02], (N_REGIONS, 1)),
    )
    terms = production.regional_terms(regions, np.full(N_REGIONS, 0.4), P)
    shared = -0.02 + 0.06 * 0.2 + 0.08 * math.log(1.1)
    assert terms[3] == approx([shared, shared + 0.01, shared + 0.02])
    nation = production.national_terms(0.1, -0.09, 0.01, np.array([0.0, 0.1, 0.2]))
    assert nation == approx([0.0, -0.1, -0.2])
    assert production.common_terms(terms, nation, FLAT + 0.5)[3, 15] == approx(shared + 0.02 - 0.2 + 0.5)


def test_wages_and_ratios_by_hand():
    value, zone_value = np.tile([65.0, 28.0, 7.0], (N_REGIONS, 1)), np.full(N_REGIONS, 15.0)
    workers, talents = np.full(N_REGIONS, 1e6), np.full(N_REGIONS, 5e3)
    start = SimpleNamespace(
        talents_per_worker_by_region=np.full(N_REGIONS, 0.004),
        talents_per_worker=0.005,
        gdp_by_region=np.r_[50.0, np.full(N_REGIONS - 1, 100.0)],
        gdp=50.0 + 100.0 * (N_REGIONS - 1),
    )
    where = production.relative(value, zone_value, workers, talents, start, P)
    rho = 5 / 6
    assert where.wage[0] == approx(rho * 0.47 * 100e6 / 1e6)
    assert where.talent_wage[0] == approx(rho * 0.07 * (0.25 * 65 + 28 + 2 * 7) * 1e6 / 5e3)
    assert where.talent_gap[0] == approx(math.log(0.005 / 0.004))  # the nation stands where it stood
    assert where.density[0] == approx(2.0 / (100 * N_REGIONS / start.gdp))
    assert where.zone_share[0] == approx(0.15)


def test_memory_moves_on():
    assert production.remember(np.array([1.0, 2, 3, 4]), 5.0).tolist() == [2, 3, 4, 5]
    assert production.remember_zones(np.ones((2, 4)), np.array([7.0, 8])).tolist() == [[1, 1, 1, 7], [1, 1, 1, 8]]


@pytest.mark.parametrize(
    "change", [{"knowledge": 0.25}, {"firm_elasticity": 10.0, "capital": 0.6}, {"field_elasticity": 1.0}]
)
def test_firms_without_a_size_limit_are_refused(change):
    with pytest.raises(ValidationError, match="must be"):
        Production(**change)


def test_zone_areas_are_added_up_by_field():
    firms = make_firms(copies=2)
    value = np.arange(len(firms), dtype=float)
    got = production.of_zone_areas(firms, value, ZONE_REGIONS)
    assert got[:, 0].tolist() == [0 + 1, 2 * 2 * 8 * N_FIELDS + 1]  # two firms of the first field in provinces 0 and 8
    assert not got[:, 1:].any()


def test_the_step_makes_output_as_written_and_clears_the_markets(played):
    old, new, p = played("production")
    firms, regions, nation, base, rho = old.firms, old.regions, old.nation, old.base, 1 - 1 / p.firm_elasticity
    n = len(firms)
    luck = old.stream("production/shock").normal(n)
    shock = p.shock_persistence * firms.productivity_shock + p.shock_sd * luck
    assert new.firms.productivity_shock == approx(shock, rel=1e-5, abs=1e-6)
    workers = np.zeros((N_REGIONS, N_FIELDS))
    np.add.at(workers, (firms.region, firms.field), firms.workers)
    quotient = workers / workers.sum(1)[:, None] / (workers.sum(0) / workers.sum())
    assert new.regions.location_quotient == approx(quotient, rel=1e-10)
    logs = np.zeros(n)
    for i in range(n):
        r, f, k = firms.region[i], firms.field[i], firms.tier[i]
        near = sum(old.pairs.spillover_weight[r, s] * old.pairs.coordination[r, s] * workers[s, f] for s in range(31))
        change = math.log(max(quotient[r, f], p.lq_floor) / max(base.location_quotient[r, f], p.lq_floor))
        density = min(max(change, -p.localisation_clip), p.localisation_clip)
        density += min(p.localisation_clip, math.log(1 + p.partner_market * near / workers[r, f]))
        common = nation.tfp_trend + nation.macro_shock - nation.crisis_loss - nation.dependence_loss[k]
        common += regions.productivity_trend[r] + regions.market_access_gain[r, k]
        common += p.environment_effect * (regions.business_environment[r] - base.business_environment[r])
        common += p.fdi_effect * math.log(1 + regions.fdi_stock[r] / (4 * regions.gdp[r]))
        others = max(regions.spillover[r, f] - firms.knowledge[i], p.spillover_floor * regions.spillover[r, f])
        digital = firms.digital[i] * regions.digital_capability[r] / base.digital_capability[r]
        logs[i] = firms.base_productivity[i] + shock[i] + common + p.localisation * density
        logs[i] += p.spillover_effect * math.log(others / base.spillover[r, f]) + p.digital_effect * digital
        logs[i] += p.capital * math.log(firms.capital[i]) + p.labour * math.log(firms.workers[i])
        logs[i] += p.talent * math.log(firms.talents[i]) + p.knowledge * math.log(firms.knowledge[i])
        logs[i] -= firms.abatement_cost[i]
    field = np.zeros(N_FIELDS)
    for f in range(N_FIELDS):
        made = np.exp(rho * logs[firms.field == f])
        field[f] = len(made) * made.mean() ** (1 / rho)
    sigma, demand = p.field_elasticity, nation.demand_weight
    gdp = sum(demand ** (1 / sigma) * field ** ((sigma - 1) / sigma)) ** (sigma / (sigma - 1))
    price = (demand * gdp / field) ** (1 / sigma)
    assert new.nation.gdp == approx(gdp, rel=1e-5)
    assert new.nation.field_price == approx(price, rel=1e-5)
    assert new.nation.field_output == approx(field, rel=1e-5)
    assert new.nation.field_value_added == approx(price * field, rel=1e-5)
    value = np.zeros(n)
    for f in range(N_FIELDS):
        own = firms.field == f
        made = np.exp(rho * logs[own])
        value[own] = price[f] * field[f] * made / made.sum()
    assert new.firms.value_added == approx(value, rel=1e-4)


def test_the_step_books_value_added_by_place_and_compares_it_with_2013(played):
    old, new, p = played("production")
    firms, regions, zones, base, rho = new.firms, new.regions, new.zones, new.base, 1 - 1 / p.firm_elasticity
    value, gdp = firms.value_added, firms.value_added.sum()
    talents = regions.talents.sum() / regions.workers.sum() / base.talents_per_worker
    for r in range(31):
        own = firms.region == r
        tiers = [value[own & (firms.tier == k)].sum() for k in range(3)]
        made, area = sum(tiers), value[own & (firms.zone >= 0)].sum()
        assert regions.gdp[r] == approx(made, rel=1e-10)
        assert regions.value_added_by_tier[r] == approx(tiers, rel=1e-10)
        assert regions.zone_share[r] == approx(area / made, rel=1e-10)
        assert regions.density[r] == approx(made / base.gdp_by_region[r] / (gdp / base.gdp), rel=1e-10)
        gap = regions.talents[r] / regions.workers[r] / base.talents_per_worker_by_region[r] / talents
        assert regions.talent_gap[r] == approx(math.log(gap), rel=1e-9, abs=1e-12)
        assert regions.wage[r] == approx(1e6 * p.labour * rho * made / regions.workers[r], rel=1e-10)
        pay = 1e6 * p.talent * rho * np.dot(p.talent_wage_weights, tiers) / regions.talents[r]
        assert regions.talent_wage[r] == approx(pay, rel=1e-10)
    for z in range(22):
        own = firms.zone == z
        by_field = [value[own & (firms.field == f)].sum() for f in range(N_FIELDS)]
        assert zones.value_added_by_field[z] == approx(by_field, rel=1e-10)
        by_tier = [value[own & (firms.tier == k)].sum() for k in range(3)]
        assert zones.value_added_by_tier[z] == approx(by_tier, rel=1e-10)
        assert zones.value_added[z] == approx(sum(by_tier), rel=1e-10)
        memory = [*old.zones.last_value_added[z, 1:], sum(by_tier)]
        assert zones.last_value_added[z] == approx(memory, rel=1e-10)
    assert new.nation.last_gdp == approx([*old.nation.last_gdp[1:], gdp], rel=1e-10)
