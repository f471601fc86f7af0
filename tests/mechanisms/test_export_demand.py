import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.export_demand import (
    ExportDemand,
    agreements,
    barrier,
    concession_left,
    demand,
    digital_left,
    diversion,
    effective_tariff,
    facilitation_left,
    initial_exports,
    lost_share,
    market_access_gain,
    mean_by_partner,
    non_tariff_cost,
    opened,
    penetration,
    preferences,
    reach,
    rules_left,
    tariff_left,
    update,
    zone_age,
    zone_exports,
    zone_trade,
)

P = ExportDemand(zone_trade_multiple=3.6)
share = st.floats(0, 1)
ONE = np.ones(1)
MFN = np.array([0.03, 0.06])
NTB = np.array([0.12, 0.13])


def test_exports_of_2013_follow_output_weighted_by_tier():
    # 10 over weights 3, 2.2, 0 of value added 3, 1, 0
    got = initial_exports(np.array([10.0]), np.array([[3.0, 1.0, 0.0]]), np.array([0.25, 0.75]), P)
    assert got[0, 1] == approx([10 * 2.2 / 5.2 * 0.25, 10 * 2.2 / 5.2 * 0.75])
    assert got.sum() == approx(10)
    assert got[0, 2].sum() == 0


def test_zone_trade_and_reach():
    # a tenth of output is .36 of trade; .2 would be .72 and meets the cap; no trade if closed
    traded = zone_trade(np.array([1.0, 1.0, 0.0]), np.array([0.1, 0.2, 0.1]), P)
    assert traded == approx([0.36, 0.5, 0.0])
    # zone firms at .8, others at .5 x the pilots' .6
    got = reach(traded, np.full(3, 0.5), np.array([0.8, 0.8, 0.0]), 0.6)
    assert got == approx([0.36 * 0.8 + 0.64 * 0.3, 0.5 * 0.8 + 0.5 * 0.3, 0.3])


def test_a_preference_is_used_if_it_pays_for_the_paperwork():
    # tariffs .03 and .06, halved by agreements, then .15 off by half of a concession for the first partner:
    # margins .01725 and .03; cost .035 x (1 - .5 x .8) = .021; so the second saves .009 net
    left = tariff_left(np.array([0.5, 0.5]), 0.0, np.ones(2), P)
    got = preferences(MFN, left, concession_left(np.array([0.5]), np.array([1.0, 0.0]), P), 0.8, P)
    assert got.tariff[0] == approx([0.01275, 0.03])
    use = [0.85 / (1 + math.exp(0.00375 / 0.012)), 0.85 / (1 + math.exp(-0.009 / 0.012))]
    assert got.use[0] == approx(use)
    assert got.duty[0] == approx([use[0] * 0.01725, use[1] * 0.03])
    assert got.net[0] == approx([0.0, use[1] * 0.009])
    assert effective_tariff(MFN, got.net, np.array([0.1, 0.0]), np.array([0.0, 0.2]))[0] == approx(
        [0.13, 0.26 - use[1] * 0.009]
    )


def test_accession_cuts_tariffs_of_its_members():
    # 1 - .8 x .5 x .4 for a partner of whom .4 are members, on top of agreements that leave .9
    assert tariff_left(np.array([0.1, 0.1]), 0.5, np.array([0.4, 0.0]), P) == approx([0.9 * 0.84, 0.9])


def test_non_tariff_cost_by_hand():
    assert agreements(0.5, np.array([0.4, 0.0]), 0.3, np.array([0.0, 1.0])) == approx([0.2, 0.3])
    rules = rules_left(np.array([0.5, 0.1]), np.array([0.4]), np.array([0.2, 0.3]), P)
    assert rules == approx(np.array([[0.93 * 0.98, 0.986 * 0.97]]))
    age = zone_age(np.array([4, 20], dtype=np.int16), 16, 0.25)
    assert age == approx([3.0, 0.0])
    eased = facilitation_left(age, np.array([1.0, 1.0]), np.array([0.5, 0.5]), P)
    assert eased == approx([1 - 0.035 * (1 - math.exp(-1)), 1.0])
    digital = digital_left(0.5, 0.2, np.array([0.0, 1.0]), P)
    assert digital == approx([1 - 0.009, 1 - 0.018])
    got = non_tariff_cost(NTB, rules, np.array([0.9]), np.array([0.8]))
    assert got == approx(np.array([[0.12 * 0.93 * 0.98 * 0.72, 0.13 * 0.986 * 0.97 * 0.72]]))


def test_barrier_and_demand_by_hand():
    got = barrier(np.array([[0.03, 0.26]]), MFN, np.array([[0.064, 0.13]]), NTB, P)
    assert got == approx(np.array([[(1.064 / 1.12) ** -4, (1.26 / 1.06) ** -4]]))
    # output fourfold: twice the exports; no output in 2013: unchanged; none now: none
    x0 = np.ones((1, 3, 2))
    got = demand(x0, 1.1, np.array([[4.0, 5.0, 0.0]]), np.array([[1.0, 0.0, 2.0]]), P)
    assert got[0, :, 0] == approx([2.2, 1.1, 0.0])


def test_lost_exports_go_to_aligned_partners_that_are_not_hit():
    # weights .3 x .8 x (.5 + .25 x .4) = .144 and .2 x .8 x (0 + .1) = .016; the first is hit
    hit = np.array([True, False, False])
    taken = diversion(hit, np.array([0.5, 0.3, 0.2]), np.array([0.5, 0.5, 0.0]), 0.4, P)
    assert taken == approx([0.0, 0.144, 0.016])
    # 100 units lose .4 of their market: 40 lost, 5.76 and .64 diverted
    unchanged = np.array([[[100.0, 60.0, 40.0]]])
    got = update(unchanged, np.array([[0.6, 1.0, 1.0]]), np.array([[0.4, 0.0, 0.0]]), taken)
    assert got.total[0, 0] == approx([60.0, 65.76, 40.64])
    assert got.diverted == approx([0.0, 5.76, 0.64])


def test_the_shock_takes_what_the_tariff_without_it_would_leave():
    # a tariff of .26 of which .2 is the shock: (1.26 / 1.06)^4 - 1 of what is left; a cut takes nothing
    got = lost_share(np.full((1, 3), 0.5), np.array([[0.26, 0.06, 0.0]]), np.array([0.2, 0.0, -0.1]), P)
    assert got == approx(np.array([[0.5 * ((1.26 / 1.06) ** 4 - 1), 0.0, 0.0]]))
    with_it, without = (barrier(t * ONE, MFN[1:], NTB[1:], NTB[1:], P) for t in (0.26, 0.06))
    assert lost_share(with_it, 0.26 * ONE, 0.2 * ONE, P) == approx(without - with_it)


def test_gain_of_market_access_by_hand():
    # exports 20 -> 30 of output 100 at .75 content: pen .15 -> .225; tier 1 at the cap gains nothing
    unchanged = np.array([[20.0, 90.0, 0.0]])
    exports = np.array([[30.0, 95.0, 0.0]])
    output = np.array([[100.0, 100.0, 0.0]])
    content = np.array([[0.0075, 0.0075, 0.0]])
    assert penetration(exports, content, P) == approx(np.array([[0.225, 0.6, 0.0]]))
    got = market_access_gain(exports, unchanged, output, np.array([0.2]), P)
    assert got == approx(np.array([[-0.25 * math.log(0.775 / 0.85) - 0.02 * 0.2, 0.0, 0.0]]))


def test_concessions_are_mutual():
    # half of the first tariff is gone since 2013; accession leaves .6 of the rest, concessions .9 of that:
    # .3 x (.5 - .5 x .6 x .9) = .069; the second partner concedes a tenth of all: .2 x .1 = .02
    got = opened(np.array([0.3, 0.2]), np.array([0.5, 0.0]), np.array([0.3, 1.0]), np.array([[0.9, 0.9]]))
    assert got == approx([0.089])


def test_exports_of_a_zone():
    # shares of value added .1 and .5: .36 and, at the cap, .5 of exports 10 and 4
    got = zone_exports(np.array([[10.0, 4.0]]), np.array([[20.0, 2.0]]), np.array([[2.0, 1.0]]), P)
    assert got == approx([5.6])


def test_rates_of_partners_are_weighted_by_exports():
    rates = np.array([[[0.1, 0.5], [0.3, 0.5]]])
    assert mean_by_partner(rates, np.array([[3.0, 0.0], [1.0, 0.0]])) == approx(np.array([[0.15, 0.0]]))


@given(
    zone_share=share,
    adopted=share,
    op=st.sampled_from([0.0, 1.0]),
    world=st.floats(0.2, 3),
    growth=st.floats(0.1, 9),
)
def test_without_policy_and_shocks_the_gain_is_exactly_zero(zone_share, adopted, op, world, growth):
    traded = zone_trade(op * ONE, zone_share * ONE, P)
    conceded = reach(traded, adopted * ONE, 0 * ONE, 0.0)
    exposure = reach(traded, adopted * ONE, 1.0, 1.0)
    left = tariff_left(np.zeros(2), 0.0, np.ones(2), P)
    preference = preferences(MFN, left, concession_left(conceded, np.ones(2), P), 0.0, P)
    rules = rules_left(np.zeros(2), exposure, agreements(0.0, np.ones(2), 0.0, np.ones(2)), P)
    ntb = non_tariff_cost(
        NTB, rules, facilitation_left(5 * ONE, 0 * ONE, 0 * ONE, P), digital_left(0.2, 0.2, conceded, P)
    )
    tariff = effective_tariff(MFN, preference.net, np.zeros(2), np.zeros(2))
    open_market = barrier(tariff, MFN, ntb, NTB, P)
    assert (preference.use == 0).all()
    assert (open_market == 1).all()
    output = np.array([[5.0, 2.0, 0.3]])
    x0 = initial_exports(ONE, output, np.array([0.3, 0.7]), P)
    unchanged = demand(x0, world, output * growth, output, P)
    taken = diversion(np.zeros(2, dtype=bool), np.array([0.3, 0.7]), np.zeros(2), 1.0, P)
    lost = lost_share(open_market, tariff, np.zeros(2), P)
    exports = update(unchanged, open_market, lost, taken)
    assert (exports.total == unchanged).all()
    assert (exports.diverted == 0).all()
    kept = concession_left(conceded, np.ones(2), P)
    imports = opened(np.array([0.3, 0.7]), np.zeros(2), left, kept)
    assert (market_access_gain(exports.total.sum(2), unchanged.sum(2), output * growth, imports, P) == 0).all()


@given(depth=st.floats(0, 0.95), support=share, accession=share, conceded=share)
def test_use_stays_below_its_ceiling_and_saves_no_more_than_the_margin(depth, support, accession, conceded):
    left = tariff_left(np.full(2, depth), accession, np.ones(2), P)
    got = preferences(MFN, left, concession_left(conceded * ONE, np.ones(2), P), support, P)
    assert (got.use >= 0).all()
    assert (got.use <= 0.85).all()
    assert (got.net <= got.duty).all()
    assert (got.duty <= MFN - got.tariff).all()


@given(
    shares=st.lists(share, min_size=8, max_size=8),
    hit=st.lists(st.booleans(), min_size=8, max_size=8),
    size=st.floats(0, 10),
    exchange=share,
    shock=share,
)
def test_no_more_is_diverted_than_was_lost_and_partners_hit_get_nothing(shares, hit, size, exchange, shock):
    hit = np.array(hit)
    taken = diversion(hit, np.array(shares), np.array(shares), exchange, ExportDemand(diversion=size))
    assert taken.sum() <= 1 + 1e-12
    assert (taken[hit] == 0).all()
    unchanged = np.arange(24.0).reshape(1, 3, 8)
    shocked = np.where(hit, shock, 1.0)[None]
    got = update(unchanged, shocked, 1 - shocked, taken)
    assert got.total.sum() <= unchanged.sum() * (1 + 1e-12)
    assert (got.total[:, :, hit] == (unchanged * shocked)[:, :, hit]).all()
    assert got.total.sum() == approx((unchanged * shocked).sum() + got.diverted.sum())


@given(tariff=st.floats(0, 1), ntb=st.floats(0, 0.3), more=st.floats(0.001, 1), elasticity=st.floats(1.5, 7))
def test_exports_fall_in_every_cost(tariff, ntb, more, elasticity):
    p = ExportDemand(trade_elasticity=elasticity)
    base = barrier(tariff * ONE, MFN[:1], ntb * ONE, NTB[:1], p)
    assert barrier((tariff + more) * ONE, MFN[:1], ntb * ONE, NTB[:1], p) < base
    assert barrier(tariff * ONE, MFN[:1], (ntb + more) * ONE, NTB[:1], p) < base


def test_the_step_sells_what_tariffs_rules_and_shocks_leave(played):
    old, new, p = played("export_demand")
    nation, regions, zones, partners, levers = old.nation, old.regions, old.zones, old.partners, old.levers
    base, weight, support = old.base, old.regions.pilot_weight, old.levers.preference_support
    conceding, digital = levers.tariff_concessions @ weight, levers.digital_interoperability @ weight
    proof = p.rules_of_origin_cost * (1 - p.origin_cost_cut * support)
    shocked = partners.shock_tariff > 0
    assert np.flatnonzero(shocked).tolist() == [5, 6]  # EU, US
    taken = partners.export_share_2013 * p.diversion
    taken = taken * (partners.alignment + p.exchange_diversion * levers.market_access_exchange) * ~shocked
    taken = taken / max(1, taken.sum())
    share, gained = partners.export_share_2013, np.zeros(8)
    sums = np.zeros((6, 8))  # exports; and by exports: preferential tariff, use, tariff, non-tariff cost; duty saved
    for r in range(31):
        z, adopted = regions.zone[r], regions.adoption_share[r]
        zone = regions.zone_open[r] * min(p.zone_trade_cap, p.zone_trade_multiple * regions.zone_share[r])
        exposure = zone + (1 - zone) * adopted
        assert new.regions.exposure[r] == approx(exposure, rel=1e-12)
        conceded = zone * levers.tariff_concessions[r] + (1 - zone) * adopted * conceding
        linked = zone * levers.digital_interoperability[r] + (1 - zone) * adopted * digital
        age = 0 if z < 0 else max(old.clock.index - zones.opening_quarter[z], 0) / 4
        eased = p.facilitation_ntb_cut * levers.trade_facilitation[r] + p.zero_tariff_cut * levers.zone_zero_tariff[r]
        barrier, unshocked, opened, rates = np.zeros(8), np.zeros(8), 0.0, np.zeros((5, 8))
        for q in range(8):
            mfn, depth, member = partners.mfn_tariff[q], partners.preference_depth[q], partners.cptpp_member[q]
            left = (1 - depth) * (1 - p.accession_depth * nation.accession_weight * member)
            left *= 1 - p.concession_depth * conceded * partners.rcep_member[q]
            opened += share[q] * (1 - depth - left)
            margin = mfn - mfn * left
            use = p.use_ceiling / (1 + math.exp(-(margin - proof) / p.use_spread)) if margin > 0 else 0.0
            tariff = mfn - use * max(margin - proof, 0) + partners.surcharge[q] + partners.shock_tariff[q]
            agreed = nation.accession_weight * member + levers.agreement_upgrade * partners.rcep_member[q]
            ntb = partners.ntb_2013[q] * (1 - p.alignment_ntb_cut * partners.alignment[q] * exposure)
            ntb *= (1 - p.agreement_ntb_cut * agreed) * (1 - (1 - math.exp(-age / p.facilitation_lag)) * eased)
            ntb *= 1 - p.digital_ntb_cut * (nation.data - base.data) * (1 + linked)
            cost = (1 + ntb) / (1 + partners.ntb_2013[q]) / (1 + mfn)
            barrier[q] = (cost * (1 + tariff)) ** -p.trade_elasticity
            unshocked[q] = (cost * (1 + tariff - partners.shock_tariff[q])) ** -p.trade_elasticity
            rates[:, q] = mfn * left, use, tariff, ntb, use * margin
        by_tier = []
        for k in range(3):
            output = regions.value_added_by_tier[r, k]
            grown = (output / base.value_added_by_tier[r, k]) ** p.income_elasticity
            unchanged = base.exports[r, k] * nation.world_demand * grown
            lost = sum(unchanged * (unshocked - barrier))
            sold = unchanged * barrier + lost * taken
            assert new.regions.exports[r, k] == approx(sold, rel=1e-10)
            gained += lost * taken
            sums += sold * np.vstack((np.ones(8), rates))
            abroad = [p.domestic_content * sum(each) / output if output else 0.0 for each in (sold, unchanged)]
            home, home_2013 = (1 - min(p.penetration_cap, part) for part in abroad)
            gain = -math.log(home / home_2013) / p.trade_elasticity - (k == 0) * p.import_competition * opened
            assert new.regions.market_access_gain[r, k] == approx(gain, rel=1e-9, abs=1e-14)
            by_tier.append(sum(sold))
        if z >= 0:
            part = zones.value_added_by_tier[z] / np.maximum(regions.value_added_by_tier[r], 1e-9)
            trade = by_tier @ np.minimum(p.zone_trade_cap, p.zone_trade_multiple * part)
            assert new.zones.exports[z] == approx(trade, rel=1e-10)
    after = new.partners
    assert after.diversion_gain == approx(gained, rel=1e-10) and gained.sum() > 0
    assert after.exports == approx(sums[0], rel=1e-10)
    assert after.preferential_tariff == approx(sums[1] / sums[0], rel=1e-10)
    assert after.preference_use == approx(sums[2] / sums[0], rel=1e-10)
    assert after.effective_tariff == approx(sums[3] / sums[0], rel=1e-10)
    assert after.ntb == approx(sums[4] / sums[0], rel=1e-10)
    assert after.duty_saved == approx(sums[5], rel=1e-10)


def test_where_all_is_exported_the_gain_stays_finite():
    p = ExportDemand(penetration_cap=1.0)
    gain = market_access_gain(np.full((1, 3), 9.0), np.full((1, 3), 8.0), np.ones((1, 3)), np.zeros(1), p)
    assert gain.tolist() == [[0.0, 0.0, 0.0]]  # both are at the cap
