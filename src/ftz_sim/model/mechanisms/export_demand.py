"""Export demand: preferences are used if they pay for the paperwork; trade cost moves exports and income.

One quarter. For province r, tier k and partner p:

    zt_r     = op_r * min(zone_trade_cap, zone_trade_multiple * zs_r)
    expo_r   = zt_r + (1 - zt_r) * ad_r
    e_r(x)   = zt_r * x_r + (1 - zt_r) * ad_r * pilot(x)
    pref_rp  = mfn_p * (1 - depth_p) * (1 - accession_depth * acc * cptpp_p)
               * (1 - concession_depth * e_r(tariff concessions) * rcep_p)
    m        = mfn_p - pref_rp;   c = rules_of_origin_cost * (1 - origin_cost_cut * support)
    u_rp     = use_ceiling * logistic((m - c) / use_spread), 0 where m = 0
    t_rp     = mfn_p - u_rp * (m - c)+ + surcharge_p + shock_p
    ntb_rp   = ntb0_p * [1 - alignment_ntb_cut * align_p * expo_r]
               * [1 - agreement_ntb_cut * (acc * cptpp_p + U * rcep_p)]
               * [1 - op_r * (1 - exp(-age_r / facilitation_lag))
                    * (facilitation_ntb_cut * TF_r + zero_tariff_cut * ZT_r)]
               * [1 - digital_ntb_cut * (data - data0)+ * (1 + e_r(digital interoperability))]
    barrier  = [ (1 + t_rp)/(1 + mfn_p) * (1 + ntb_rp)/(1 + ntb0_p) ] ^ (-trade_elasticity)
    X0_rkp   = X_rkp(0) * world * (Y_rk / Y_rk(0))^income_elasticity         demand at the cost of 2013
    X_rkp    = X0_rkp * barrier_rp + lost_rk * d_p
    lost_rk  = sum over p of X0_rkp * (barrier without the shock - barrier_rp)+
    d_p      = share_p * diversion * (align_p + exchange_diversion * exchange), 0 for a partner hit by the
               shock, scaled down where needed so that they sum to 1 at most
    pen_rk   = min(penetration_cap, domestic_content * X_rk / Y_rk);   pen0_rk: the same with X0
    gain_rk  = -(1 / trade_elasticity) * ln[(1 - pen_rk) / (1 - pen0_rk)]
               - (tier 0) import_competition * opened_r
    opened_r = sum over p of share_p * [(1 - depth_p) - pref_rp / mfn_p]: what partners concede, China concedes

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
    Y_rk, X      value added (last quarter); exports                         [bn yuan a quarter]
    pen, gain    export penetration; income gained at balanced trade         [share; log]

Zones export the sum over k of X_rk * min(zone_trade_cap, zone_trade_multiple * zone share of Y_rk). Partners'
rates are means over provinces by exports; duty saved is the sum of u m X. Exports of 0 in 2013 stay 0; a
cell without output in 2013 counts as unchanged, one without output now exports nothing and gains nothing.
Where the cap of penetration binds (provinces that export most) the gain is 0. Without levers, preferences,
extra duties and growth of data every barrier is exactly 1 and every gain exactly 0. Off: exports of 2013,
no exposure, no gain.

Claims:  M-TAR, M-ZCONC, M-RCEP, M-ROO, M-MA, M-TRF, M-LINE, M-ZT, M-OFDI, M-IDT, M-DUAL, M-INTEROP, M-RESIL,
         M-DIGTRADEF, M-REGCHAIN, M-DEPA, M-BRI, M-RULEMK, M-NEWF, M-DTRADE, M-BEHIND
Reads:   regions.zone_open, pilot_weight, zone_share, value_added_by_tier, adoption_share;
         zones.opening_quarter, value_added_by_tier; partners.export_share_2013, mfn_tariff, ntb_2013,
         cptpp_member, rcep_member, preference_depth, surcharge, shock_tariff, alignment; nation.world_demand,
         accession_weight, data; levers.trade_facilitation, zone_zero_tariff, tariff_concessions,
         digital_interoperability, preference_support, agreement_upgrade, market_access_exchange;
         base.value_added_by_tier, data, exports
Writes:  regions.exports, market_access_gain, exposure; zones.exports; partners.ntb, preferential_tariff,
         effective_tariff, preference_use, exports, duty_saved, diversion_gain
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import dot, national, power, row_sums
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import logistic, ratio
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World


TINY = 1e-9  # least share that is sold at home, whatever the cap of penetration


class ExportDemand(Params):
    """Keys a scenario may set under ``export_demand:``."""

    trade_elasticity: float = param(
        4,
        "elasticity of exports to trade cost",
        unit="1",
        low=1.5,
        high=7,
        grade="L",
        source="simonovska2014, headmayer2014, bajzik2020",
        positive=True,
    )
    # weak: the review finds the cost significant, its number was not seen; slope of use from the other
    rules_of_origin_cost: float = param(
        0.035,
        "cost of proving origin",
        unit="ad valorem",
        low=0.015,
        high=0.06,
        grade="L",
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
    zero_tariff_cut: float = param(0.01, "non-tariff cost cut by zero tariffs", unit="share", low=-0.005, high=0.03)
    digital_ntb_cut: float = param(
        0.03, "non-tariff cost cut per unit of data flow", unit="share", low=-0.015, high=0.08
    )
    income_elasticity: float = param(0.5, "elasticity of exports to output", unit="1", low=0.3, high=1)
    zone_trade_multiple: float = param(
        3.0,
        "zone's share of trade over its share of output",
        unit="1",
        low=1,
        high=5,
        grade="C",
        source="calibrated",
    )
    diversion: float = param(0.8, "lost trade that finds an aligned partner", unit="1", low=0, high=1.5)
    domestic_content: float = param(0.75, "domestic content of exports", unit="share", low=0.65, high=0.85)
    import_competition: float = param(
        0.02, "loss of tier 0 if all remaining tariffs were conceded to all partners", unit="log", low=0, high=0.05
    )
    accession_depth: float = constant(0.8, "tariff cut by accession to CPTPP", unit="share")
    penetration_cap: float = constant(0.6, "highest export penetration", unit="share")
    exchange_diversion: float = constant(0.25, "diversion that exchange of market access adds")
    tier_export_weights: tuple[float, float, float] = constant((1, 2.2, 2.2), "exports per value added in 2013")
    zone_trade_cap: float = constant(0.5, "highest share of a zone in trade", unit="share")


class Preferences(NamedTuple):
    """Preferences by province and partner [R, P]."""

    tariff: Column  # preferential tariff, ad valorem
    use: Column  # share of eligible trade
    duty: Column  # duty saved, ad valorem over all trade
    net: Column  # the same after the cost of origin


class Exports(NamedTuple):
    """Exports of the quarter and what diversion added to them."""

    total: Column  # [R, K, P] bn yuan a quarter
    diverted: Column  # [P] bn yuan a quarter


def initial_exports(exports: Array, value_added: Array, share: Array, p: ExportDemand) -> Column:
    """Return exports of 2013 [R, K, P] from totals [R], value added [R, K] and partners' shares [P]."""
    weight = value_added * np.array(p.tier_export_weights)
    return (exports[:, None] * ratio(weight, weight.sum(1, keepdims=True)))[:, :, None] * share


def zone_trade(zone_open: Array | float, zone_share: Array, p: ExportDemand) -> Column:
    """Return the zone's share of trade from its share of output (any shape)."""
    return zone_open * np.minimum(p.zone_trade_cap, p.zone_trade_multiple * zone_share)


def reach(zone_trade: Array, adoption_share: Array, lever: Array | float, pilot: float) -> Column:
    """Return how far a zone lever reaches into the trade of each province [R, 0 to 1].

    Args:
        zone_trade: zone's share of trade [R].
        adoption_share: part of the approved reforms at work [R].
        lever: level in the province's zone [R, 0 to 1].
        pilot: mean level over open zones [0 to 1].
    """
    return zone_trade * lever + (1 - zone_trade) * adoption_share * pilot


def preferences(mfn: Array, agreed: Array, conceded: Array, support: float, p: ExportDemand) -> Preferences:
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


def tariff_left(depth: Array, accession: float, cptpp: Array, p: ExportDemand) -> Column:
    """Return the part of the tariff [P] that agreements in force and accession leave."""
    return (1 - depth) * (1 - p.accession_depth * accession * cptpp)


def concession_left(concessions: Array, rcep: Array, p: ExportDemand) -> Column:
    """Return the part of the tariff [R, P] that concessions leave, from their reach [R]."""
    return 1 - p.concession_depth * concessions[:, None] * rcep


def opened(share: Array, depth: Array, left: Array, conceded: Array) -> Column:
    """Return the part of trade that accession and concessions open, beyond agreements in force [R, share].

    Concessions are mutual: China lowers its tariffs on a partner by the part that the partner lowers.

    Args:
        share: partners' shares of trade [P].
        depth: part of the tariff that agreements in force removed [P].
        left: part that those and accession leave [P].
        conceded: part of that that concessions leave [R, P].
    """
    return row_sums(share * ((1 - depth) - left * conceded))


def effective_tariff(mfn: Array, net: Array, surcharge: Array, shock: Array) -> Column:
    """Return the tariff firms bear [R, P; ad valorem], with extra duties [P]."""
    return mfn + surcharge + shock - net


def agreements(accession: float, cptpp: Array, upgrade: float, rcep: Array) -> Column:
    """Return how much of an accession or upgrade each partner takes part in [P]."""
    return accession * cptpp + upgrade * rcep


def rules_left(alignment: Array, exposure: Array, agreed: Array, p: ExportDemand) -> Column:
    """Return the part of non-tariff cost [R, P] that alignment and agreements leave.

    Args:
        alignment: of the partner's rules [P, 0 to 1].
        exposure: trade that meets piloted rules [R, share].
        agreed: participation in accession and upgrade [P].
        p: parameters.
    """
    aligned = 1 - p.alignment_ntb_cut * exposure[:, None] * alignment
    return aligned * (1 - p.agreement_ntb_cut * agreed)


def facilitation_left(age: Array, facilitation: Array, zero_tariff: Array, p: ExportDemand) -> Column:
    """Return the part of non-tariff cost [R] that facilitation leaves after ``age`` [R, yr] of the zone.

    The levers [R] are 0 without an open zone. Sizes are means of the province and need no weight.
    """
    reform = p.facilitation_ntb_cut * facilitation + p.zero_tariff_cut * zero_tariff
    return 1 + np.expm1(-age / p.facilitation_lag) * reform


def digital_left(data: float, data_2013: float, interoperability: Array, p: ExportDemand) -> Column:
    """Return the part of non-tariff cost [R] that growth of data flows leaves."""
    return 1 - p.digital_ntb_cut * np.maximum(data - data_2013, 0) * (1 + interoperability)


def zone_age(opening_quarter: Array, quarter: int, dt: float) -> Column:
    """Return years since a zone opened [Z], 0 before."""
    return np.maximum(quarter - opening_quarter.astype(float), 0) * dt


def non_tariff_cost(ntb_2013: Array, rules: Array, facilitation: Array, digital: Array) -> Column:
    """Return the non-tariff cost [R, P; ad valorem] from the parts that are left [R, P], [R] and [R]."""
    return ntb_2013 * rules * (facilitation * digital)[:, None]


def barrier(tariff: Array, mfn: Array, ntb: Array, ntb_2013: Array, p: ExportDemand) -> Column:
    """Return exports relative to those at the trade cost of 2013 [R, P]."""
    cost = (1 + tariff) / (1 + mfn) * ((1 + ntb) / (1 + ntb_2013))
    return power(cost, -p.trade_elasticity)


def lost_share(barrier: Array, tariff: Array, shock: Array, p: ExportDemand) -> Column:
    """Return by how much a tariff shock [P] lowers the ``barrier`` under the ``tariff`` with it [R, P]."""
    if not shock.any():  # the usual quarter
        return np.zeros(barrier.shape)
    return barrier * np.maximum(power(1 - shock / (1 + tariff), -p.trade_elasticity) - 1, 0)


def demand(exports_2013: Array, world: float, output: Array, output_2013: Array, p: ExportDemand) -> Column:
    """Return exports at the trade cost of 2013 [R, K, P], for output of now and of 2013 [R, K]."""
    growth = ratio(output, output_2013, empty=1.0)
    return exports_2013 * (world * power(growth, p.income_elasticity))[:, :, None]


def diversion(hit: Array, share: Array, alignment: Array, exchange: float, p: ExportDemand) -> Column:
    """Return the part of lost exports that each partner takes instead [P], at most 1 in sum.

    Args:
        hit: partners under the shock [P, bool]; they take nothing.
        share: of exports in 2013 [P].
        alignment: of rules [P, 0 to 1].
        exchange: lever exchange of market access [0 to 1].
        p: parameters.
    """
    taken = np.where(hit, 0.0, share * p.diversion * (alignment + p.exchange_diversion * exchange))
    return taken / np.maximum(1.0, national(taken))


def update(unchanged: Array, barrier: Array, lost_share: Array, taken: Array) -> Exports:
    """Return exports of the quarter.

    Args:
        unchanged: exports at the trade cost of 2013 [R, K, P; bn yuan a quarter].
        barrier: what trade cost leaves of them [R, P].
        lost_share: what a tariff shock took of them [R, P].
        taken: part of lost exports that each partner takes [P].
    """
    total = unchanged * barrier[:, None]
    if not lost_share.any():  # the usual quarter; the sums below would add zeros
        return Exports(total, np.zeros(taken.shape))
    lost = row_sums(unchanged * lost_share[:, None], 2)
    return Exports(total + lost[:, :, None] * taken, national(lost, 2) * taken)


def penetration(exports: Array, content: Array, p: ExportDemand) -> Column:
    """Return domestic value exported over output [R, K], capped, from domestic content over output."""
    return np.minimum(p.penetration_cap, exports * content)


def market_access_gain(exports: Array, unchanged: Array, output: Array, opened: Array, p: ExportDemand) -> Column:
    """Return the income gained from trade cost [R, K; log points].

    Args:
        exports: exports of the quarter [R, K; bn yuan].
        unchanged: exports at the trade cost of 2013 [R, K; bn yuan].
        output: value added [R, K].
        opened: part of trade that accession and concessions open to imports [R, share].
        p: parameters.
    """
    content = ratio(p.domestic_content, output)
    home, home_2013 = (np.maximum(1 - penetration(sold, content, p), TINY) for sold in (exports, unchanged))
    gain = np.log(home_2013 / home) / p.trade_elasticity
    gain[:, 0] -= p.import_competition * opened
    return gain


def zone_exports(exports: Array, output: Array, zone_output: Array, p: ExportDemand) -> Column:
    """Return exports of zone areas [Z] from exports and output [Z, K] of their provinces."""
    share = zone_trade(1.0, ratio(zone_output, output), p)
    return (exports * share).sum(1)


def mean_by_partner(rates: Array, exports: Array) -> Column:
    """Return means over provinces, by exports [R, P], of several rates [n, R, P] as [n, P]."""
    return (rates * exports).sum(1) / np.maximum(exports.sum(0), 1e-9)


def step(model: World, p: ExportDemand) -> None:
    """Wire the functions to the provinces, the zones and the partners."""
    levers, regions, zones, partners = model.levers, model.regions, model.zones, model.partners
    nation, base, pilot = model.nation, model.base, model.regions.pilot_weight
    accession, output = nation.accession_weight, regions.value_added_by_tier

    spread = (zone_trade(regions.zone_open, regions.zone_share, p), regions.adoption_share)
    conceded = reach(*spread, levers.tariff_concessions, dot(levers.tariff_concessions, pilot))
    interoperable = reach(*spread, levers.digital_interoperability, dot(levers.digital_interoperability, pilot))
    regions.exposure = reach(*spread, 1.0, 1.0)

    left = tariff_left(partners.preference_depth, accession, partners.cptpp_member, p)
    kept = concession_left(conceded, partners.rcep_member, p)
    preference = preferences(partners.mfn_tariff, left, kept, levers.preference_support, p)
    tariff = effective_tariff(partners.mfn_tariff, preference.net, partners.surcharge, partners.shock_tariff)
    agreed = agreements(accession, partners.cptpp_member, levers.agreement_upgrade, partners.rcep_member)
    age = zones.to_regions(zone_age(zones.opening_quarter, model.clock.index, model.dt))
    ntb = non_tariff_cost(
        partners.ntb_2013,
        rules_left(partners.alignment, regions.exposure, agreed, p),
        facilitation_left(age, levers.trade_facilitation, levers.zone_zero_tariff, p),
        digital_left(nation.data, base.data, interoperable, p),
    )
    remaining = barrier(tariff, partners.mfn_tariff, ntb, partners.ntb_2013, p)
    lost = lost_share(remaining, tariff, partners.shock_tariff, p)

    unchanged = demand(base.exports, nation.world_demand, output, base.value_added_by_tier, p)
    taken = diversion(
        partners.shock_tariff > 0,
        partners.export_share_2013,
        partners.alignment,
        levers.market_access_exchange,
        p,
    )
    exports = update(unchanged, remaining, lost, taken)
    regions.exports, partners.diversion_gain = exports
    by_tier = row_sums(exports.total, 2)
    imports = opened(partners.export_share_2013, partners.preference_depth, left, kept)
    regions.market_access_gain = market_access_gain(by_tier, row_sums(unchanged, 2), output, imports, p)
    zones.exports = zone_exports(by_tier[zones.region], output[zones.region], zones.value_added_by_tier, p)
    by_partner = exports.total.sum(1)
    partners.exports = by_partner.sum(0)
    partners.duty_saved = (preference.duty * by_partner).sum(0)
    rates = mean_by_partner(np.array([preference.tariff, preference.use, tariff, ntb]), by_partner)
    partners.preferential_tariff, partners.preference_use, partners.effective_tariff, partners.ntb = rates
