import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.public_finance import (
    PublicFinance,
    Schemes,
    bill,
    cost,
    eligible,
    fund_paid,
    fund_received,
    outlays,
    relative_income,
    tax_advantage,
    to_firms,
)

P = PublicFinance()
few = settings(max_examples=25, deadline=None)
DT = 0.25
R = 3
NAMES = [name for name in Schemes._fields if name != "programmes"]
share = st.floats(0, 1)


def schemes(**levels):
    one = {name: np.full(R, levels.get(name, 0.0)) for name in NAMES}
    return Schemes(**one, programmes=np.full((4, R), levels.get("programmes", 0.0)))


def total_cost(s, degree=0.0, alignment=0.0):
    value, new, gdp, cd = np.full(R, 100.0), np.full(R, 20.0), np.full(R, 1000.0), np.full(R, degree)
    support = to_firms(s, value, new, np.zeros(R), P)
    spent = outlays(s, value, 0.0003 * cd * gdp, fund_paid(s.joint_fund, gdp, cd, P), P, DT)
    return bill(cost(spent, support, P), support, 3000.0, alignment, 0.0, np.ones(R), P).policy_cost


def test_the_treasury_pays_the_whole_cut_and_firms_count_on_the_clear_part():
    s = schemes(corporate_tax=0.5, tax_clarity=0.25)
    # half of .3 qualify, 10 points off, 22 % profit on 20 bn of new industry
    assert to_firms(s, np.full(R, 100.0), np.full(R, 20.0), np.zeros(R), P)[0] == approx(0.1 * 0.22 * 0.15 * 20)
    assert tax_advantage(s, P)[0] == approx(0.1 * 0.15 * (1 - 0.4 * 0.75))


def test_transfers_to_firms_by_hand():
    s = schemes(tax_rebate=0.5, digital_subsidy=0.4, offshore=0.2, zero_tariff=1.0)
    got = to_firms(s, np.full(R, 100.0), np.full(R, 20.0), np.full(R, 0.7), P)
    assert got[0] == approx(0.0006 * 0.5 * 20 + (0.001 * 0.4 + 0.0005 * 0.2 + 0.0005) * 100 + 0.7)


def test_outlays_by_hand():
    s = schemes(innovation=1.0, programmes=0.5, joint_fund=1.0)
    gdp, cd = np.full(R, 1000.0), np.full(R, 0.2)
    fund = fund_paid(s.joint_fund, gdp, cd, P)
    assert fund.tolist() == approx([1.0] * R)
    got = outlays(s, np.full(R, 100.0), np.full(R, 0.06), fund, P, DT)
    assert got[0] == approx(0.09 / 4 + 4 * 0.0003 * 0.5 * 100 + 0.06 + 0.5)


def test_the_bill_adds_alignment_and_lost_tariffs():
    spent, support = np.array([1.0, 0.0, 0.5]), np.array([2.0, 0.0, 0.0])
    got = bill(cost(spent, support, P), support, 3000.0, 0.1, 0.5, np.array([1.0, 0.0, 0.0]), P)
    assert got.policy_cost == approx(1.5 + 0.2 * 2 + 0.001 * 3000 * 0.1 + 0.2 * 0.0006 * 3000 * 0.5)
    assert got.firm_transfers == approx(2 + 0.0006 * 3000 * 0.5)
    assert bill(spent, support, 3000.0, 0.1, 0.0, np.zeros(R), P).policy_cost == approx(1.5)


@few
@given(st.dictionaries(st.sampled_from([*NAMES, "programmes"]), share), share, share)
def test_no_lever_ever_saves_money(levels, degree, alignment):
    base = total_cost(schemes(), degree, alignment)
    assert total_cost(schemes(**levels), degree, alignment) >= base - 1e-12
    assert base >= 0


def test_policies_cost_nothing_when_all_levers_are_zero():
    assert total_cost(schemes()) == 0


def test_every_lever_but_clarity_costs_something():
    free = [
        name for name in [*NAMES, "programmes"] if total_cost(schemes(**{name: 1.0}), 0.1) <= total_cost(schemes(), 0.1)
    ]
    assert free == ["tax_clarity"]


def test_nobody_pays_into_a_fund_while_nobody_coordinates():
    assert fund_paid(np.ones(R), np.full(R, 1000.0), np.zeros(R), P).tolist() == [0, 0, 0]


def test_half_of_the_fund_goes_to_coordinating_provinces():
    degree, workers, income = np.array([0.5, 0.25, 0.0]), np.array([2.0, 2.0, 9.0]), np.array([2.0, 1.0, 0.5])
    assert fund_received(6.0, degree, workers, income, P).tolist() == approx([2, 1, 0])
    lagging = PublicFinance(lagging_weight=1.0)
    assert fund_received(6.0, degree, workers, income, lagging).tolist() == approx([1.5, 1.5, 0])
    assert fund_received(0.0, np.zeros(R), workers, income, P).tolist() == [0, 0, 0]


def test_relative_income_has_mean_one():
    gdp, workers = np.array([10.0, 30.0]), np.array([2.0, 2.0])
    assert relative_income(gdp, workers).tolist() == approx([0.5, 1.5])


def test_only_a_part_of_new_industry_is_eligible():
    assert eligible(schemes(corporate_tax=0.5), P).tolist() == approx([0.5 * 0.30] * R)


def test_the_step_bills_every_scheme_to_its_zone_and_the_rest_to_the_nation(played):
    old, new, p = played("public_finance")
    regions, zones, nation, levers, degree = (
        old.regions,
        old.zones,
        old.nation,
        old.levers,
        old.regions.coordination_degree,
    )
    costs, supports, fund = np.zeros(31), np.zeros(31), 0.0
    for r in range(31):
        z = regions.zone[r]
        value, in_new = (zones.value_added[z], sum(zones.value_added_by_tier[z, 1:])) if z >= 0 else (0.0, 0.0)
        eligible_share = p.eligible_max * levers.corporate_tax_15[r]
        cut = p.rate_cut * eligible_share * (1 - p.unclear_loss * (1 - levers.tax_clarity[r]))
        supports[r] = (
            p.rate_cut * p.profit_share * eligible_share + p.rebate_share * levers.income_tax_rebate[r]
        ) * in_new
        supports[r] += p.digital_share * levers.digital_subsidy[r] * value
        supports[r] += p.offshore_share * levers.offshore_business[r] * value
        supports[r] += p.zero_tariff_share * levers.zone_zero_tariff[r] * value
        supports[r] += zones.research_subsidy[z] if z >= 0 else 0.0
        pays = p.fund_share * levers.joint_fund[r] * regions.gdp[r]
        programmes = levers.talent_programme[r] + levers.venture_fund[r] + levers.chain_policy[r]
        programmes += levers.title_recognition[r]
        costs[r] = p.administration / 4 * levers.institutional_innovation[r] + p.programme_share * programmes * value
        costs[r] += regions.bargain_cost[r] + (1 - p.invested_share) * pays
        costs[r] += p.cost_of_funds * supports[r]
        fund += pays
        if z >= 0:
            assert new.zones.tax_advantage[z] == approx(cut, rel=1e-12)
            assert new.zones.policy_cost[z] == approx(costs[r], rel=1e-12)
    aligned = sum(old.partners.export_share_2013 * old.partners.alignment)
    lost = p.accession_revenue * nation.gdp * nation.accession_weight
    bill_now = costs.sum() + p.alignment_outlay * nation.gdp * aligned + p.cost_of_funds * lost
    assert new.nation.policy_cost == approx(bill_now, rel=1e-12)
    assert new.nation.firm_transfers == approx(supports.sum() + lost, rel=1e-12)
    assert new.nation.fund_for_research == approx((1 - p.invested_share) * fund, rel=1e-12)
    income = regions.gdp / regions.workers / (regions.gdp.sum() / regions.workers.sum())
    key = degree * regions.workers * income**-1.5  # the weight of the lagging in this world
    assert new.regions.fund_received == approx(p.invested_share * fund * key / key.sum(), rel=1e-12)


def test_the_step_books_what_pairs_pay(played):
    old, new, _ = played("public_finance")
    paid = old.pairs.transfer
    assert paid.sum() > 0
    assert new.regions.transfers_paid == approx(paid.sum(1), rel=1e-10)
    assert new.regions.transfers_received == approx(paid.sum(0), rel=1e-10)
    assert new.nation.transfers == approx(paid.sum(), rel=1e-10)
