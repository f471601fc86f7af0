import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.levers import CATALOGUE, N_REGIONS, Levers
from ftz_sim.model.mechanisms.public_finance import (
    PublicFinance,
    duties_forgone,
    fund_paid,
    fund_received,
    relative_income,
    tax_advantage,
    tax_forgone,
)
from ftz_sim.model.mechanisms.trade_costs import GIVING_UP
from ftz_sim.model.outlays import FORMULAS, NATION, OF_NATION, PLACES, ROW, bill, load_outlays

P = PublicFinance()
few = settings(max_examples=25, deadline=None)
R = 3
EVEN = np.ones(N_REGIONS)
BASES = {name: (2.0 + row) * EVEN for row, name in enumerate(PLACES)}
share = st.floats(0, 1)


def pulled(**levels):
    levers = Levers()
    for name, level in levels.items():
        setattr(levers, name, level if name in OF_NATION else level * EVEN)
    return levers


def test_the_treasury_pays_the_whole_cut_and_firms_count_on_the_clear_part():
    # half of .3 qualify, 10 points off, 22 % profit on 20 bn of new industry
    assert tax_forgone(np.full(R, 0.5), np.full(R, 20.0), P)[0] == approx(0.1 * 0.22 * 0.15 * 20)
    assert tax_advantage(np.full(R, 0.5), np.full(R, 0.25), P)[0] == approx(0.1 * 0.15 * (1 - 0.4 * 0.75))


def test_duties_forgone_by_hand():
    # duties of 8 and 2 at the tariffs of 2013; a lever gives up a quarter and a half of them, the other nothing
    cut = np.array([[[0.25, 0.5], [0.0, 0.0]]])
    assert duties_forgone(np.array([[8.0, 2.0]]), cut).tolist() == [[3.0, 0.0]]


@pytest.mark.parametrize("row", load_outlays(), ids=lambda row: row.lever)
def test_every_lever_is_billed_for_its_rate_on_its_base(row):
    got = bill(pulled(**{row.lever: 0.5}), BASES, 1000.0, {}, 2.0)
    if row.base == "formula":
        whole = 0.0  # nothing was said of it
    elif row.base == NATION:
        whole = 2 * row.rate * 0.5 * 1000
    else:
        whole = 2 * row.rate * 0.5 * BASES[row.base].sum()
    assert got.by_lever[ROW[row.lever]] == approx(whole)
    assert got.fiscal.sum() == approx(row.public_share * whole)
    assert got.spent.sum() == approx(whole if row.kind == "spend" else 0.0)
    at_home = 0.0 if row.lever in OF_NATION else row.public_share * whole / N_REGIONS
    assert got.fiscal_by_place == approx(at_home * EVEN)


def test_formulas_are_billed_as_they_come_whatever_the_scale():
    formulas = {name: 0.1 * EVEN for name in FORMULAS if name not in OF_NATION} | {"accession_preparation": 7.0}
    got = bill(Levers(), BASES, 1000.0, formulas, 0.0)
    for name in FORMULAS:
        assert got.by_lever[ROW[name]] == approx(7.0 if name == "accession_preparation" else 3.1)
    assert got.by_lever.sum() == approx(7.0 + 3.1 * (len(FORMULAS) - 1))
    assert got.spent.sum() == approx(3.1)  # of the joint fund; the others move money


@few
@given(st.dictionaries(st.sampled_from(list(CATALOGUE)), share), st.floats(0.33, 3))
def test_no_lever_ever_saves_money_and_the_scale_is_a_factor(levels, scale):
    got, once = (bill(pulled(**levels), BASES, 1000.0, {}, factor) for factor in (scale, 1.0))
    assert (got.by_lever >= 0).all()
    assert (got.fiscal <= got.by_lever).all() and (got.spent <= got.by_lever).all()
    assert got.by_lever == approx(scale * once.by_lever)


def test_policies_cost_nothing_when_all_levers_are_zero():
    assert not bill(Levers(), BASES, 1000.0, {}, 1.0).by_lever.any()


def test_only_promises_and_transfers_between_provinces_are_free():
    free = [row.lever for row in load_outlays() if row.base != "formula" and row.rate * row.public_share == 0]
    assert free == ["ratchet_commitment"]
    assert {row.lever for row in load_outlays() if row.public_share == 0} == {"benefit_sharing"}


def test_nobody_pays_into_a_fund_while_nobody_coordinates():
    assert fund_paid(np.ones(R), np.full(R, 1000.0), np.zeros(R), P).tolist() == [0, 0, 0]
    assert fund_paid(np.ones(R), np.full(R, 1000.0), np.array([0.0, 0.1, 0.0]), P).tolist() == approx([1, 1, 1])


def test_half_of_the_fund_goes_to_coordinating_provinces():
    degree, workers, income = np.array([0.5, 0.25, 0.0]), np.array([2.0, 2.0, 9.0]), np.array([2.0, 1.0, 0.5])
    assert fund_received(6.0, degree, workers, income, P).tolist() == approx([2, 1, 0])
    lagging = PublicFinance(lagging_weight=1.0)
    assert fund_received(6.0, degree, workers, income, lagging).tolist() == approx([1.5, 1.5, 0])
    assert fund_received(0.0, np.zeros(R), workers, income, P).tolist() == [0, 0, 0]


def test_relative_income_has_mean_one():
    gdp, workers = np.array([10.0, 30.0]), np.array([2.0, 2.0])
    assert relative_income(gdp, workers).tolist() == approx([0.5, 1.5])


def test_the_step_bills_every_lever_to_its_province_or_the_nation(played):
    old, new, p = played("public_finance")
    regions, zones, nation, levers = old.regions, old.zones, old.nation, old.levers
    fiscal, spent, at_home, fund = 0.0, 0.0, regions.bargain_cost.copy(), 0.0
    rows = {row.lever: row for row in load_outlays()}
    by_lever = dict.fromkeys(rows, 0.0)
    for r in range(31):
        z = regions.zone[r]
        tiers = zones.value_added_by_tier[z] if z >= 0 else np.zeros(3)
        bases = {
            "zone": regions.zone_open[r] / 4,
            "zone_va": tiers.sum(),
            "zone_new": tiers[1:].sum(),
            "zone_old": tiers[0],
            "zone_exports": zones.exports[z] if z >= 0 else 0.0,
            "zone_emissions": zones.emissions[z] if z >= 0 else 0.0,
            "province_gdp": regions.gdp[r],
            "coordinated_gdp": regions.coordination_degree[r] * regions.gdp[r],
        }
        pays = p.fund_share * levers.joint_fund[r] * regions.gdp[r]
        fund += pays
        duties = [sum(regions.dutiable[r] * regions.tariff_cut[r, row]) for row in range(3)]
        assert all(part > 0 for part in duties[:2])
        formulas = dict(zip(GIVING_UP, duties, strict=True))
        formulas["corporate_tax_15"] = (
            p.rate_cut * p.profit_share * p.eligible_max * levers.corporate_tax_15[r] * tiers[1:].sum()
        )
        formulas["research_support"] = zones.research_subsidy[z] if z >= 0 else 0.0
        formulas["joint_fund"] = (1 - p.invested_share) * pays
        formulas["benefit_sharing"] = 0.0
        for name, row in rows.items():
            if row.base == NATION:
                continue
            if row.base == "formula":
                out = formulas[name]
            else:
                out = p.outlay_scale * row.rate * getattr(levers, name)[r] * bases[row.base]
            by_lever[name] += out
            at_home[r] += row.public_share * out * (name not in OF_NATION)
        if z >= 0:
            assert new.zones.policy_cost[z] == approx(at_home[r], rel=1e-12)
    for name, row in rows.items():
        if row.base == NATION:
            by_lever[name] = p.outlay_scale * row.rate * getattr(levers, name) * nation.gdp
        fiscal += row.public_share * by_lever[name]
        spent += by_lever[name] * (row.kind == "spend")
    assert new.nation.outlay_by_lever == approx(list(by_lever.values()), rel=1e-12)
    bargains = regions.bargain_cost.sum()
    assert bargains > 0
    assert new.nation.policy_cost == approx(fiscal + bargains, rel=1e-12)
    assert new.nation.resource_cost == approx(spent + bargains + p.cost_of_funds * (fiscal + bargains), rel=1e-12)
    assert new.nation.fund_for_research == approx((1 - p.invested_share) * fund, rel=1e-12)
    income = regions.gdp / regions.workers / (regions.gdp.sum() / regions.workers.sum())
    degree = regions.coordination_degree
    key = degree * regions.workers * income**-1.5  # the weight of the lagging in this world
    assert new.regions.fund_received == approx(p.invested_share * fund * key / key.sum(), rel=1e-12)


def test_the_step_books_what_pairs_pay(played):
    old, new, _ = played("public_finance")
    paid = old.pairs.transfer
    assert paid.sum() > 0
    assert new.regions.transfers_paid == approx(paid.sum(1), rel=1e-10)
    assert new.regions.transfers_received == approx(paid.sum(0), rel=1e-10)
    assert new.nation.transfers == approx(paid.sum(), rel=1e-10)
