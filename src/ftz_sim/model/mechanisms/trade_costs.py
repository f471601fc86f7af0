"""Trade costs: what tariffs, preferences and rules leave of the cost between provinces and partners, both ways.

One quarter. For province r and partner p:

    zt_r     = op_r * min(zone_trade_cap, zone_trade_multiple * zs_r)
    expo_r   = zt_r + (1 - zt_r) * ad_r
    e_r(x)   = zt_r * x_r + (1 - zt_r) * ad_r * pilot(x)
    acc_p    = 1 - accession_depth * acc * cptpp_p;   con_rp = 1 - concession_depth * e_r(tariff concessions) * rcep_p
    pref_rp  = mfn_p * (1 - depth_p) * acc_p * con_rp
    m        = mfn_p - pref_rp;   c = rules_of_origin_cost * (1 - origin_cost_cut * support)
    u_rp     = use_ceiling * logistic((m - c) / use_spread), 0 where m = 0
    t_rp     = mfn_p - u_rp * (m - c)+ + surcharge_p + shock_p
    ntb_rp   = ntb0_p * [1 - alignment_ntb_cut * align_p * expo_r]
               * [1 - agreement_ntb_cut * (acc * cptpp_p + U * rcep_p)]
               * [1 - op_r * (1 - exp(-age_r / facilitation_lag)) * facilitation_ntb_cut * TF_r]
               * [1 - digital_ntb_cut * (data - data0)+ * (1 + e_r(digital interoperability))]
               * [1 - exchange_ntb_cut * exchange]
    tariff abroad    = (1 + t_rp) / (1 + mfn_p)                    what exports to p meet, relative to 2013
    non-tariff cost  = (1 + ntb_rp) / (1 + ntb0_p)                 exports and imports alike: rules are mutual
    tariff at home   = path * acc_p * con_rp * (1 - zt_r * ZT_r)   of China, relative to 2013
    given up by accession, concessions, zero tariff, in this order:
                       path (1 - acc_p),  path acc_p (1 - con_rp),  path acc_p con_rp zt_r ZT_r

    op_r, zs_r   zone open or not; its share of the province's value added   [0 or 1; share]
    zt_r         zone's share of the province's trade: zones trade more      [share]
    ad_r         part of the approved reforms that is at work                [share]
    expo_r       trade that meets piloted rules                              [share]
    e_r(x)       reach of a zone lever x: zone firms first, others as it spreads  [0 to 1]
    mfn, pref, t tariffs: most favoured nation, preferential, effective      [ad valorem]
    depth        tariff cut by agreements in force; acc: accession to CPTPP  [share]
    cptpp, rcep  membership of the partner                                   [0 to 1]
    m, c, u      margin of preference; its cost; use of it                   [ad valorem; share]
    surcharge, shock  extra duties of the path and of a scenario             [ad valorem]
    ntb, ntb0    non-tariff cost that policy can touch, now and in 2013      [ad valorem]
    align, U     alignment of the partner; upgrade of agreements             [0 to 1]
    age_r, TF, ZT  age of the zone [yr]; trade facilitation; zero tariff     [0 to 1]
    data, data0  flow of data, now and in 2013                               [0 to 1]
    support, exchange  support of preference use; exchange of market access  [0 to 1]
    path         published applied tariff relative to 2013                   [1]

Economic logic: a preference is used where its margin pays for the proof of origin, and concessions are mutual, so
an agreement cheapens what firms sell and what they buy. Who gains is found by the markets. Decisive parameter:
alignment_ntb_cut. It would be falsified by trade with partners whose rules China met early that grows no faster.

Partners' rates are means over provinces by exports; duty saved is the sum of u m X of the last quarter. Without
levers, preferences, extra duties and growth of data every cost but the published path is exactly that of 2013.
What several levers would give up is charged to the first of them, so that the parts add up to path - tariff at home.
Off: costs of 2013, no exposure, no trade of zones.

Claims:  M-TAR, M-ZCONC, M-RCEP, M-ROO, M-MA, M-TRF, M-LINE, M-ZT, M-OFDI, M-IDT, M-DUAL, M-INTEROP, M-RESIL,
         M-DIGTRADEF, M-REGCHAIN, M-DEPA, M-BRI, M-RULEMK, M-NEWF, M-DTRADE, M-BEHIND, M-DATA, M-DPORT
Reads:   regions.zone_open, pilot_evidence, zone_share, value_added_by_tier, exports, adoption_share;
         zones.opening_quarter, value_added_by_tier; partners.mfn_tariff, ntb_2013, cptpp_member, rcep_member,
         preference_depth, surcharge, shock_tariff, alignment; nation.tariff_path, accession_weight, data;
         levers.trade_facilitation, zone_zero_tariff, tariff_concessions, digital_interoperability,
         preference_support, agreement_upgrade, market_access_exchange; base.data
Writes:  regions.exposure, zone_trade, tariff_abroad, non_tariff_cost, tariff_left, tariff_cut;
         zones.trade_share; partners.ntb, preferential_tariff, effective_tariff, preference_use, duty_saved
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import over
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import logistic, ratio
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import pilot, reach

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-DUAL M-TRF: +gdp"


GIVING_UP = ("accession_preparation", "tariff_concessions", "zone_zero_tariff")  # levers that give up duties


class TradeCosts(Params):
    """Keys a scenario may set under ``trade_costs:``."""

    # weak: the review finds the cost significant, its number was not seen; slope of use from the other
    rules_of_origin_cost: float = param(
        0.035,
        "cost of proving origin",
        unit="ad valorem",
        low=0.015,
        high=0.06,
        source="cadot2008, cadot2007",
    )
    origin_cost_cut: float = param(0.5, "part of that cost that support saves", unit="share", low=-0.25, high=0.7)
    use_ceiling: float = param(0.85, "highest use of a preference", unit="share", low=0.6, high=0.95)
    use_spread: float = param(
        0.012, "spread of firms' cost of origin", unit="ad valorem", low=0.006, high=0.024, positive=True
    )
    concession_depth: float = param(0.30, "tariff cut by mutual concessions", unit="share", low=0, high=0.6)
    alignment_ntb_cut: float = param(0.35, "non-tariff cost cut by alignment", unit="share", low=-0.1, high=0.5)
    agreement_ntb_cut: float = param(
        0.10, "non-tariff cost cut by accession or upgrade", unit="share", low=-0.05, high=0.25
    )
    facilitation_ntb_cut: float = param(
        0.03, "non-tariff cost cut by facilitation, mean of the province", unit="share", low=-0.015, high=0.1
    )
    facilitation_lag: float = param(3, "time that facilitation takes to work", unit="yr", low=1, high=6, positive=True)
    exchange_ntb_cut: float = param(
        0.02, "non-tariff cost cut by exchange of market access", unit="share", low=-0.01, high=0.06
    )
    digital_ntb_cut: float = param(
        0.03, "non-tariff cost cut per unit of data flow", unit="share", low=-0.015, high=0.08
    )
    zone_trade_multiple: float = param(
        2.45,
        "zone's share of trade over its share of output",
        unit="1",
        low=1,
        high=5,
        grade="C",
        source="calibrated",
    )
    accession_depth: float = constant(0.8, "tariff cut by accession to CPTPP", unit="share")
    zone_trade_cap: float = constant(0.5, "highest share of a zone in trade", unit="share")


class Preferences(NamedTuple):
    """Preferences by province and partner [R, P]."""

    tariff: Column  # preferential tariff, ad valorem
    use: Column  # share of eligible trade
    duty: Column  # duty saved, ad valorem over all trade
    net: Column  # the same after the cost of origin


def zone_trade(zone_open: Array | float, zone_share: Array, p: TradeCosts) -> Column:
    """Return the zone's share of trade from its share of output (any shape)."""
    return zone_open * np.minimum(p.zone_trade_cap, p.zone_trade_multiple * zone_share)


def preferences(mfn: Array, agreed: Array, conceded: Array, support: float, p: TradeCosts) -> Preferences:
    """Return preferential tariffs, their use and what they save [R, P].

    Args:
        mfn: tariff of most favoured nations [P].
        agreed: part of it that agreements and accession leave [P].
        conceded: part of that that mutual concessions leave [R, P].
        support: support for the use of preferences [0 to 1].
        p: parameters.
    """
    preferential = mfn * agreed * conceded
    margin = mfn - preferential
    worth = margin - p.rules_of_origin_cost * (1 - p.origin_cost_cut * support)
    use = p.use_ceiling * logistic(worth / p.use_spread) * (margin > 0)
    return Preferences(preferential, use, use * margin, use * np.maximum(worth, 0))


def accession_left(accession: float, cptpp: Array, p: TradeCosts) -> Column:
    """Return the part of the tariff [P] that accession leaves."""
    return 1 - p.accession_depth * accession * cptpp


def concession_left(concessions: Array, rcep: Array, p: TradeCosts) -> Column:
    """Return the part of the tariff [R, P] that concessions leave, from their reach [R]."""
    return 1 - p.concession_depth * concessions[:, None] * rcep


def effective_tariff(mfn: Array, net: Array, surcharge: Array, shock: Array) -> Column:
    """Return the tariff firms bear [R, P; ad valorem], with extra duties [P]."""
    return mfn + surcharge + shock - net


def agreements(accession: float, cptpp: Array, upgrade: float, rcep: Array) -> Column:
    """Return how much of an accession or upgrade each partner takes part in [P]."""
    return accession * cptpp + upgrade * rcep


def rules_left(alignment: Array, exposure: Array, agreed: Array, exchange: float, p: TradeCosts) -> Column:
    """Return the part of non-tariff cost [R, P] that alignment and agreements leave.

    Args:
        alignment: of the partner's rules [P, 0 to 1].
        exposure: trade that meets piloted rules [R, share].
        agreed: participation in accession and upgrade [P].
        exchange: lever exchange of market access [0 to 1].
        p: parameters.
    """
    exchanged = 1 - p.exchange_ntb_cut * exchange
    aligned = 1 - p.alignment_ntb_cut * exposure[:, None] * alignment
    return aligned * ((1 - p.agreement_ntb_cut * agreed) * exchanged)


def facilitation_left(age: Array, facilitation: Array, p: TradeCosts) -> Column:
    """Return the part of non-tariff cost [R] that facilitation leaves after ``age`` [R, yr] of the zone.

    The lever [R] is 0 without an open zone. The size is a mean of the province and needs no weight.
    """
    return 1 + np.expm1(-age / p.facilitation_lag) * p.facilitation_ntb_cut * facilitation


def digital_left(data: float, data_2013: float, interoperability: Array, p: TradeCosts) -> Column:
    """Return the part of non-tariff cost [R] that growth of data flows leaves."""
    return 1 - p.digital_ntb_cut * np.maximum(data - data_2013, 0) * (1 + interoperability)


def zone_age(opening_quarter: Array, quarter: int, dt: float) -> Column:
    """Return years since a zone opened [Z], 0 before."""
    return np.maximum(quarter - opening_quarter.astype(float), 0) * dt


def non_tariff_cost(ntb_2013: Array, rules: Array, facilitation: Array, digital: Array) -> Column:
    """Return the non-tariff cost [R, P; ad valorem] from the parts that are left [R, P], [R] and [R]."""
    return ntb_2013 * rules * (facilitation * digital)[:, None]


def tariffs_given_up(path: float, agreed: Array, conceded: Array, zero: Array) -> Column:
    """Return what accession, concessions and zones give up of China's tariff of 2013 [R, 3, P].

    Args:
        path: of the published applied tariff, relative to 2013.
        agreed: part that accession leaves [P].
        conceded: part of that that mutual concessions leave [R, P].
        zero: trade that enters a zone without duty [R, share].
    """
    agreed = agreed * np.ones_like(conceded)
    parts = 1 - agreed, agreed * (1 - conceded), agreed * conceded * zero[:, None]
    return path * np.stack(parts, axis=1)


def mean_by_partner(rates: Array, exports: Array) -> Column:
    """Return means over provinces, by exports [R, P], of several rates [n, R, P] as [n, P]."""
    return (rates * exports).sum(1) / np.maximum(exports.sum(0), 1e-9)


def step(model: World, p: TradeCosts) -> None:
    """Wire the functions to the provinces, the zones and the partners."""
    levers, regions, zones, partners = model.levers, model.regions, model.zones, model.partners
    nation, base, pilots = model.nation, model.base, model.params.policy
    accession = nation.accession_weight

    regions.zone_trade = zone_trade(regions.zone_open, regions.zone_share, p)
    by_tier = ratio(zones.value_added_by_tier, regions.value_added_by_tier[zones.region])
    zones.trade_share = zone_trade(1.0, by_tier, p)
    conceded, interoperable = (
        reach(regions.zone_trade, lever, regions.adoption_share * pilot(lever, regions.pilot_evidence, pilots))
        for lever in (levers.tariff_concessions, levers.digital_interoperability)
    )
    regions.exposure = reach(regions.zone_trade, 1.0, regions.adoption_share)

    acceded = accession_left(accession, partners.cptpp_member, p)
    kept = concession_left(conceded, partners.rcep_member, p)
    left = (1 - partners.preference_depth) * acceded
    preference = preferences(partners.mfn_tariff, left, kept, levers.preference_support, p)
    tariff = effective_tariff(partners.mfn_tariff, preference.net, partners.surcharge, partners.shock_tariff)
    agreed = agreements(accession, partners.cptpp_member, levers.agreement_upgrade, partners.rcep_member)
    age = zones.to_regions(zone_age(zones.opening_quarter, model.clock.index, model.dt))
    ntb = non_tariff_cost(
        partners.ntb_2013,
        rules_left(partners.alignment, regions.exposure, agreed, levers.market_access_exchange, p),
        facilitation_left(age, levers.trade_facilitation, p),
        digital_left(nation.data, base.data, interoperable, p),
    )
    regions.tariff_abroad = (1 + tariff) / (1 + partners.mfn_tariff)
    regions.non_tariff_cost = (1 + ntb) / (1 + partners.ntb_2013)
    free = regions.zone_trade * levers.zone_zero_tariff
    regions.tariff_cut = tariffs_given_up(nation.tariff_path, acceded, kept, free)
    regions.tariff_left = nation.tariff_path - regions.tariff_cut.sum(1)
    exports = over(regions.exports.swapaxes(1, 2), 2)
    partners.duty_saved = (preference.duty * exports).sum(0)
    rates = mean_by_partner(np.array([preference.tariff, preference.use, tariff, ntb]), exports)
    partners.preferential_tariff, partners.preference_use, partners.effective_tariff, partners.ntb = rates
