import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from builders import small
from ftz_sim.model.mechanisms.trade_costs import (
    TradeCosts,
    accession_left,
    agreements,
    concession_left,
    digital_left,
    effective_tariff,
    facilitation_left,
    mean_by_partner,
    non_tariff_cost,
    preferences,
    rules_left,
    tariffs_given_up,
    zone_age,
    zone_trade,
)
from ftz_sim.model.pilots import reach
from ftz_sim.runs.model import FtzModel
from pilots_by_hand import piloted

P = TradeCosts(zone_trade_multiple=3.6)
share = st.floats(0, 1)
ONE = np.ones(1)
MFN = np.array([0.03, 0.06])
NTB = np.array([0.12, 0.13])


def test_zone_trade_and_reach():
    # a tenth of output is .36 of trade; .2 would be .72 and meets the cap; no trade if closed
    traded = zone_trade(np.array([1.0, 1.0, 0.0]), np.array([0.1, 0.2, 0.1]), P)
    assert traded == approx([0.36, 0.5, 0.0])
    # zone firms at .8, others at .5 x the pilots' .6
    got = reach(traded, np.array([0.8, 0.8, 0.0]), np.full(3, 0.5) * 0.6)
    assert got == approx([0.36 * 0.8 + 0.64 * 0.3, 0.5 * 0.8 + 0.5 * 0.3, 0.3])


def test_a_preference_is_used_if_it_pays_for_the_paperwork():
    # tariffs .03 and .06, halved by agreements, then .15 off by half of a concession for the first partner:
    # margins .01725 and .03; cost .035 x (1 - .5 x .8) = .021; so the second saves .009 net
    agreed = np.array([0.5, 0.5])
    got = preferences(MFN, agreed, concession_left(np.array([0.5]), np.array([1.0, 0.0]), P), 0.8, P)
    assert got.tariff[0] == approx([0.01275, 0.03])
    use = [0.85 / (1 + math.exp(0.00375 / 0.012)), 0.85 / (1 + math.exp(-0.009 / 0.012))]
    assert got.use[0] == approx(use)
    assert got.duty[0] == approx([use[0] * 0.01725, use[1] * 0.03])
    assert got.net[0] == approx([0.0, use[1] * 0.009])
    tariff = effective_tariff(MFN, got.net, np.array([0.1, 0.0]), np.array([0.0, 0.2]))
    assert tariff[0] == approx([0.13, 0.26 - use[1] * 0.009])


def test_accession_cuts_tariffs_of_its_members():
    # 1 - .8 x .5 x .4 for a partner of whom .4 are members
    assert accession_left(0.5, np.array([0.4, 0.0]), P) == approx([0.84, 1.0])


def test_non_tariff_cost_by_hand():
    assert agreements(0.5, np.array([0.4, 0.0]), 0.3, np.array([0.0, 1.0])) == approx([0.2, 0.3])
    rules = rules_left(np.array([0.5, 0.1]), np.array([0.4]), np.array([0.2, 0.3]), 0.5, P)
    assert rules == approx(np.array([[0.93 * 0.98, 0.986 * 0.97]]) * 0.99)
    age = zone_age(np.array([4, 20], dtype=np.int16), 16, 0.25)
    assert age == approx([3.0, 0.0])
    eased = facilitation_left(age, np.array([0.5, 0.5]), P)
    assert eased == approx([1 - 0.015 * (1 - math.exp(-1)), 1.0])
    digital = digital_left(0.5, 0.2, np.array([0.0, 1.0]), P)
    assert digital == approx([1 - 0.009, 1 - 0.018])
    got = non_tariff_cost(NTB, rules, np.array([0.9]), np.array([0.8]))
    assert got == approx(np.array([[0.12 * 0.93 * 0.98 * 0.72, 0.13 * 0.986 * 0.97 * 0.72]]) * 0.99)


def test_tariffs_given_up_by_hand():
    # .7 of that of 2013 by the path; members take .84 of it, of partners who concede .9; a tenth enters zones freely
    got = tariffs_given_up(0.7, np.array([0.84, 1.0]), np.array([[0.9, 1.0]]), np.array([0.1]))
    by_hand = [[0.7 * 0.16, 0.0], [0.7 * 0.84 * 0.1, 0.0], [0.7 * 0.84 * 0.9 * 0.1, 0.7 * 0.1]]
    assert got == approx(np.array([by_hand]))


@given(*[share] * 4)
def test_what_levers_give_up_is_counted_once(path, accession, concession, free):
    # together they give up the tariff of the path less what is left of it, whatever cuts the same duty
    given = tariffs_given_up(path, np.array([1 - accession]), np.array([[1 - concession]]), np.array([free]))
    left = path * (1 - accession) * (1 - concession) * (1 - free)
    assert given.sum() == approx(path - left)
    assert (given >= 0).all()


def test_rates_of_partners_are_weighted_by_exports():
    rates = np.array([[[0.1, 0.5], [0.3, 0.5]]])
    assert mean_by_partner(rates, np.array([[3.0, 0.0], [1.0, 0.0]])) == approx(np.array([[0.15, 0.0]]))


@given(zone_share=share, adopted=share, op=st.sampled_from([0.0, 1.0]), path=st.floats(0.2, 1))
def test_without_policy_all_costs_but_the_path_are_exactly_those_of_2013(zone_share, adopted, op, path):
    traded = zone_trade(op * ONE, zone_share * ONE, P)
    conceded = reach(traded, 0 * ONE, 0.0)
    exposure = reach(traded, 1.0, adopted * ONE)
    acceded = accession_left(0.0, np.ones(2), P)
    kept = concession_left(conceded, np.ones(2), P)
    preference = preferences(MFN, acceded, kept, 0.0, P)
    rules = rules_left(np.zeros(2), exposure, agreements(0.0, np.ones(2), 0.0, np.ones(2)), 0.0, P)
    ntb = non_tariff_cost(NTB, rules, facilitation_left(5 * ONE, 0 * ONE, P), digital_left(0.2, 0.2, conceded, P))
    assert (preference.use == 0).all()
    assert (effective_tariff(MFN, preference.net, np.zeros(2), np.zeros(2)) == MFN).all()
    assert (ntb == NTB).all()
    assert not tariffs_given_up(path, acceded, kept, traded * 0).any()


@given(depth=st.floats(0, 0.95), support=share, accession=share, conceded=share)
def test_use_stays_below_its_ceiling_and_saves_no_more_than_the_margin(depth, support, accession, conceded):
    agreed = (1 - depth) * accession_left(accession, np.ones(2), P)
    got = preferences(MFN, agreed, concession_left(conceded * ONE, np.ones(2), P), support, P)
    assert (got.use >= 0).all()
    assert (got.use <= 0.85).all()
    assert (got.net <= got.duty).all()
    assert (got.duty <= MFN - got.tariff).all()


@given(*[share] * 8)
def test_costs_stay_positive_and_no_lever_makes_them_dearer(
    exposed, aligned, agreed, exchange, eased, linked, zero, cut
):
    rules = rules_left(aligned * ONE, exposed * ONE, agreed * ONE, exchange, P)
    digital = digital_left(0.2 + 0.8 * cut, 0.2, linked * ONE, P)
    ntb = non_tariff_cost(NTB[:1], rules, facilitation_left(9 * ONE, eased * ONE, P), digital)
    assert 0 < ntb[0, 0] <= NTB[0]
    kept = concession_left(cut * ONE, ONE, P)
    given = tariffs_given_up(1.0, accession_left(agreed, ONE, P), kept, 0.5 * zero * ONE)
    assert 0 <= given.sum() < 1


def test_the_step_leaves_of_costs_what_tariffs_rules_and_shocks_leave(played):
    old, new, p = played("trade_costs")
    nation, regions, zones, partners, levers = old.nation, old.regions, old.zones, old.partners, old.levers
    support, exchange = levers.preference_support, levers.market_access_exchange
    conceding, digital = (piloted(old, lever) for lever in (levers.tariff_concessions, levers.digital_interoperability))
    proof = p.rules_of_origin_cost * (1 - p.origin_cost_cut * support)
    assert np.flatnonzero(partners.shock_tariff > 0).tolist() == [5, 6]  # EU, US
    assert nation.tariff_path < 1 and nation.accession_weight > 0 and exchange > 0
    sums = np.zeros((6, 8))  # exports; and by exports: preferential tariff, use, tariff, non-tariff cost; duty saved
    for r in range(31):
        z, adopted = regions.zone[r], regions.adoption_share[r]
        zone = regions.zone_open[r] * min(p.zone_trade_cap, p.zone_trade_multiple * regions.zone_share[r])
        exposure = zone + (1 - zone) * adopted
        assert new.regions.zone_trade[r] == approx(zone, rel=1e-12)
        assert new.regions.exposure[r] == approx(exposure, rel=1e-12)
        conceded = zone * levers.tariff_concessions[r] + (1 - zone) * adopted * conceding
        linked = zone * levers.digital_interoperability[r] + (1 - zone) * adopted * digital
        age = 0 if z < 0 else max(old.clock.index - zones.opening_quarter[z], 0) / 4
        eased = p.facilitation_ntb_cut * levers.trade_facilitation[r]
        for q in range(8):
            mfn, depth, member = partners.mfn_tariff[q], partners.preference_depth[q], partners.cptpp_member[q]
            acceded = 1 - p.accession_depth * nation.accession_weight * member
            kept = 1 - p.concession_depth * conceded * partners.rcep_member[q]
            left = (1 - depth) * acceded * kept
            margin = mfn - mfn * left
            use = p.use_ceiling / (1 + math.exp(-(margin - proof) / p.use_spread)) if margin > 0 else 0.0
            tariff = mfn - use * max(margin - proof, 0) + partners.surcharge[q] + partners.shock_tariff[q]
            agreed = nation.accession_weight * member + levers.agreement_upgrade * partners.rcep_member[q]
            ntb = partners.ntb_2013[q] * (1 - p.alignment_ntb_cut * partners.alignment[q] * exposure)
            ntb *= (1 - p.agreement_ntb_cut * agreed) * (1 - (1 - math.exp(-age / p.facilitation_lag)) * eased)
            ntb *= 1 - p.digital_ntb_cut * (nation.data - old.base.data) * (1 + linked)
            ntb *= 1 - p.exchange_ntb_cut * exchange
            home = nation.tariff_path * acceded * kept * (1 - zone * levers.zone_zero_tariff[r])
            assert new.regions.tariff_abroad[r, q] == approx((1 + tariff) / (1 + mfn), rel=1e-12)
            assert new.regions.non_tariff_cost[r, q] == approx((1 + ntb) / (1 + partners.ntb_2013[q]), rel=1e-12)
            assert new.regions.tariff_left[r, q] == approx(home, rel=1e-12)
            sums[:, q] += regions.exports[r, :, q].sum() * np.array([1, mfn * left, use, tariff, ntb, use * margin])
    for z in range(22):
        part = zones.value_added_by_tier[z] / regions.value_added_by_tier[zones.region[z]]
        trade = np.minimum(p.zone_trade_cap, p.zone_trade_multiple * part)
        assert new.zones.trade_share[z] == approx(trade, rel=1e-12)
    after = new.partners
    assert after.preferential_tariff == approx(sums[1] / sums[0], rel=1e-10)
    assert after.preference_use == approx(sums[2] / sums[0], rel=1e-10)
    assert after.effective_tariff == approx(sums[3] / sums[0], rel=1e-10)
    assert after.ntb == approx(sums[4] / sums[0], rel=1e-10)
    assert after.duty_saved == approx(sums[5], rel=1e-10)


def test_switched_off_costs_are_those_of_2013():
    model = FtzModel(small("history", "mechanisms.trade_costs=false", "horizon.end=2020Q1"), rng=1)
    while model.running:
        model.step()
    regions = model.regions
    assert regions.zone_open.any() and model.partners.surcharge.any()
    for cost in (regions.tariff_abroad, regions.non_tariff_cost, regions.tariff_left):
        assert (cost == 1).all()
    assert not regions.exposure.any() and not regions.zone_trade.any() and not model.zones.trade_share.any()
