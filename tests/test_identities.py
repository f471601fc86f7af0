"""Accounts that close at every step, to 1e-8 of their size."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from builders import small
from ftz_sim.model.columns import N_REGIONS
from ftz_sim.model.maths import share_closed
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.walk import walk

CLOSE = 1e-8
# every shock at once, so that crises, embargoes and relisting are in the accounts too
SHOCKS = "shocks=" + (
    "[{kind: tariff, partner: US, from: 2026Q1, to: 2028Q4, size: 0.25},"
    " {kind: fdi, from: 2027Q1, to: 2027Q4, size: 0.4},"
    " {kind: technology, from: 2026Q1, to: 2028Q4, size: 0.5},"
    " {kind: crisis, from: 2029Q1, to: 2029Q1}]"
)

AREAS = "further_areas=[{zone: SH, opens: 2026Q1}, {zone: GD, opens: 2027Q3, size: 2}]"


@pytest.fixture(params=["no_ftz", "integrated", "cross_zone_with_hinterland"])
def model(request):
    return FtzModel(small(request.param, SHOCKS, AREAS), rng=3)


def assert_people(model):
    firms, regions, nation = model.firms, model.regions, model.nation
    for people, total in (("workers", nation.workforce), ("talents", nation.talents)):
        by_firm, by_region = getattr(firms, people), getattr(regions, people)
        assert firms.sum_by_region(by_firm) == approx(by_region, rel=CLOSE)
        assert by_region.sum() == approx(total, rel=CLOSE)


def test_every_account_closes_in_every_quarter(model):
    firms, regions, zones, nation = model.firms, model.regions, model.zones, model.nation
    p = model.params
    start = {}
    for name in walk(model):
        if name == "policy":
            start = {
                "capital": firms.capital.sum(),
                "talents": nation.talents,
                "workforce": nation.workforce,
                "released": nation.released_capital,
                "inflow": nation.capital_inflow,
                "foreign": regions.fdi_stock.sum(),
                "slots": firms.slots.copy(),
                "lists": np.array([nation.list_zone, nation.list_national]),
            }
        elif name == "markets":
            assert nation.clearing_residual < 1e-8
            assert firms.value_added.min() > 0
            assert firms.sum_by_region_field(firms.value_added) == approx(regions.value_added, rel=CLOSE)
            assert regions.value_added.sum(axis=1) + regions.duties == approx(regions.income, rel=CLOSE)
            assert regions.value_added_by_tier.sum(axis=1) == approx(regions.value_added.sum(axis=1), rel=CLOSE)
            assert nation.field_value_added.sum() == approx(firms.value_added.sum(), rel=CLOSE)
            assert regions.income.sum() == approx(nation.income, rel=1e-12)
            assert regions.gdp.sum() == approx(nation.gdp, rel=1e-12)
            net = regions.exports_by_field.sum() - regions.imports_by_field.sum()
            assert nation.income - regions.spending.sum() == approx(net, abs=CLOSE * nation.income)
            in_2013 = model.base.world.inflow_share * regions.value_added.sum()
            surplus = p.markets.surplus_over_exports * regions.exports_by_field.sum()
            assert net == approx(surplus - (start["inflow"] - in_2013), abs=CLOSE * nation.income)
            assert (zones.to_regions(zones.value_added) <= regions.value_added.sum(axis=1) * (1 + CLOSE)).all()
        elif name == "research":
            assert firms.sum_by_region(firms.research) == approx(regions.research, rel=CLOSE)
        elif name == "foreign_investment":
            assert regions.fdi.sum() == approx(nation.fdi, rel=CLOSE)
            assert firms.fdi_received.sum() == approx(nation.fdi, rel=CLOSE)
            assert firms.sum_by_region(firms.fdi_received) == approx(regions.fdi.sum(axis=(1, 2)), rel=CLOSE)
            assert firms.sum_by_region_field(firms.fdi_received) == approx(regions.fdi_by_field, rel=CLOSE)
            kept = start["foreign"] * (1 - share_closed(p.foreign_investment.depreciation, model.dt))
            assert regions.fdi_stock.sum() == approx(kept + nation.fdi, rel=CLOSE)
        elif name == "migration":
            growth = np.exp(nation.talent_growth * model.dt)
            assert nation.talents == approx(start["talents"] * growth + nation.overseas_talents, rel=CLOSE)
            workers = start["workforce"] * np.exp(nation.workforce_growth * model.dt)
            assert nation.workforce == approx(workers, rel=CLOSE)
            assert abs(regions.net_talent_flow.sum()) < CLOSE * nation.talents
            assert abs(regions.net_worker_flow.sum()) < CLOSE * nation.workforce
            assert_people(model)
        elif name == "public_finance":
            paid, received = regions.transfers_paid.sum(), regions.transfers_received.sum()
            assert paid == approx(received, rel=CLOSE, abs=1e-12)
            assert paid == approx(nation.transfers, rel=CLOSE, abs=1e-12)
        elif name == "investment":
            fund = regions.fund_received.sum()
            home, offset = nation.repatriation, p.investment.fdi_offset
            saving = nation.saving_rate * (nation.income - home) + (1 - offset) * nation.fdi + nation.funds_inflow
            formation = nation.investment - start["released"] + nation.fdi + fund
            used_up = nation.resource_cost + nation.bank_loss + nation.digital_outlay
            research = p.investment.capitalised_research * regions.research.sum()
            assert formation + research + used_up == approx(saving, rel=CLOSE)
            whole = nation.consumption + formation + regions.research.sum() + used_up
            assert whole == approx(regions.spending.sum(), rel=CLOSE)
            assert nation.consumption > 0
            assert nation.capital_inflow == approx((1 - offset) * nation.fdi + nation.funds_inflow - home, rel=CLOSE)
            kept = start["capital"] * (1 - share_closed(p.investment.depreciation, model.dt))
            assert firms.capital.sum() == approx(kept + nation.investment + nation.fdi + fund, rel=CLOSE)
            start["invested"] = firms.capital.sum()
        elif name == "carbon":
            assert regions.emissions.sum() > 0
            assert (zones.to_regions(zones.emissions) <= regions.emissions * (1 + CLOSE)).all()
        elif name == "firm_turnover":
            assert firms.capital.sum() == approx(start["invested"] - nation.released_capital, rel=CLOSE)
            assert (firms.slots == start["slots"]).all()
            assert (np.diff(firms.region) >= 0).all()
            assert_people(model)
        elif name == "end":
            assert_shares_and_stocks(model)


def assert_shares_and_stocks(model):
    firms, nation = model.firms, model.nation
    tables = {
        "regions": "business_environment glass_door adoption_share compute digital_capability digital_intensity "
        "coordination_degree openness_by_area exposure zone_share",
        "zones": "effective_openness duplication target",
        "partners": "alignment preference_use preference_depth",
        "pairs": "coordination feasibility spillover_weight",
        "firms": "digital",
    }
    for table, names in tables.items():
        for name in names.split():
            column = getattr(getattr(model, table), name)
            assert column.min() >= 0, name
            assert column.max() <= 1 + CLOSE, name
    for name in "law accession_readiness accession_weight data algorithms openness_zone openness_national".split():
        assert 0 <= getattr(nation, name) <= 1, name
    for name in "capital workers talents knowledge emission_intensity".split():
        column = getattr(firms, name)
        assert np.isfinite(column).all(), name
        assert (column > 0).all(), name
    assert model.pairs.coordination == approx(model.pairs.coordination.T)
    assert np.isin(firms.tier, (0, 1, 2)).all()
    assert set(np.unique(firms.region)) == set(range(N_REGIONS))


def test_a_ratchet_never_lengthens_a_list_and_zones_are_never_more_closed_than_the_nation():
    model = FtzModel(small("single_ftz", "parameters.capital_account.crisis_hazard=0.04"), rng=2)
    before = None
    for name in walk(model):
        if name != "negative_list":
            continue
        nation = model.nation
        lists = np.array(
            [nation.list_zone, nation.list_national, nation.services_list_zone, nation.services_list_national]
        )
        if before is not None and model.levers.ratchet_commitment == 1:
            assert (lists <= before).all()
        assert (lists[0] <= lists[1]).all()
        assert (lists[2] <= lists[3]).all()
        assert nation.openness_zone >= nation.openness_national
        before = lists


def test_standstill_never_closes_an_opening_beyond_the_fork_even_in_a_crisis():
    crisis = "shocks=[{kind: crisis, from: 2027Q1, to: 2027Q4}]"
    model = FtzModel(small("history", crisis), rng=2)
    at_fork = None
    relisted = False
    before = np.inf
    for name in walk(model):
        if name != "negative_list":
            continue
        total = model.nation.list_zone
        relisted |= bool((total > before).any())
        if model.clock.index == model.fork:
            at_fork = total.copy()
        if at_fork is not None:
            assert (total <= at_fork * (1 + 1e-12)).all()
        before = total.copy()
    assert model.levers.ratchet_commitment == 0.5
    assert relisted  # the crisis did lengthen a list, so the bound was put to the test
