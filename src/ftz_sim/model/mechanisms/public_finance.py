"""Public finance: who pays for the policies, and who shares the benefits.

One quarter (dt = 0.25 years). Every lever has an outlay, see `outlays`: a rate on a base, or one of these formulas:

    corporate_tax_15       rate_cut profit_share eligible_max corporate_tax_15 VA_z(tiers 1, 2)
    research_support       research subsidy_z
    joint_fund             (1 - invested_share) fund
    zone_zero_tariff, tariff_concessions, accession_preparation     sum over partners of D_rp cut_rp
    benefit_sharing        0: it moves money between provinces, see `coordination`

    fund          = fund_share joint_fund Y_r, 0 while no province coordinates
    policy_cost   = sum over levers of public share x outlay + what bargains cost        fiscal cost, whole
    resource_cost = sum of outlays of kind `spend` + what bargains cost + cost_of_funds policy_cost
    dtau          = rate_cut eligible_max corporate_tax_15 [1 - unclear_loss (1 - tax_clarity)]

The treasury pays the whole tax cut, firms count on the clear part of it. Half of the fund is invested (`investment`)
in provinces by cd_r L_r (y_r/y)^-lagging_weight and is no cost; the rest is spent on research (`research`).

    VA_z, Y       value added of the zone area; GDP of the nation                      [bn yuan a quarter]
    Y_r, y        GDP of a province; GDP per worker                                    [bn yuan a quarter]
    L, cd         workers [persons]; coordination degree                               [share]
    D, cut        duties at the tariffs of 2013 on this quarter's imports; the part that the lever gives up
                                                                                       [bn yuan a quarter; share]
    dtau          tax advantage that firms see in the next quarter                     [share]

Economic logic: a subsidy, a tax cut or a duty forgone takes money from the treasury and hands it to somebody, so the
nation loses only what raising it costs; what offices and systems use up is lost. Decisive parameter: outlay_scale, as
the table is mostly assumed, and cost_of_funds. It would be falsified by budgets of zone administrations that differ
from the table's by more than its range.

Off means that policies are free, nothing is shared and there is no fund: all 0.

Claims:  M-CIT, M-CITB, M-BOUND, M-IIT, M-OFFS, M-ZT, M-TAXLAG, M-JF, M-BS, M-TAXFTA, M-TAR, M-PATPOOL
Reads:   regions.zone_open, zone_area, gdp, workers, coordination_degree, bargain_cost, dutiable, tariff_cut;
         pairs.transfer; zones.value_added, value_added_by_tier, research_subsidy, exports, emissions; nation.gdp;
         levers
Writes:  regions.transfers_received, transfers_paid, fund_received; zones.tax_advantage, policy_cost;
         nation.policy_cost, resource_cost, outlay_by_lever, transfers, fund_for_research
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.model import outlays
from ftz_sim.model.axes import national, over, power, row_sums
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms.trade_costs import GIVING_UP
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-CIT M-JF M-BS: +zones.fdi"


class PublicFinance(Params):
    """Keys a scenario may set under ``public_finance:``."""

    profit_share: float = param(
        0.22, "profit in value added", unit="share", low=0.15, high=0.3, grade="D", source="data"
    )
    rate_cut: float = param(
        0.10, "cut of the corporate tax rate, 25 to 15 %", unit="share", grade="D", source="data", sampled=False
    )
    eligible_max: float = param(0.30, "share of firms in new industry that qualify", unit="share", low=0.05, high=0.5)
    unclear_loss: float = param(
        0.4,
        "share of a tax favour with unclear borders that firms do not count on",
        unit="share",
        low=-0.2,
        high=0.6,
    )
    outlay_scale: float = param(1.0, "rates of the table of outlays, relative to it", unit="1", low=0.33, high=3.0)
    fund_share: float = param(0.0010, "joint fund, share of provincial GDP", unit="share", low=0.0, high=0.003)
    lagging_weight: float = param(
        0.0, "preference of the fund for poorer members (extension)", unit="1", low=0.0, high=3.0
    )
    cost_of_funds: float = param(
        0.20, "loss per yuan of public money transferred", unit="1", low=0.1, high=0.3, grade="A"
    )
    invested_share: float = constant(0.5, "share of the joint fund that is invested", unit="share")


def tax_advantage(corporate_tax: Column, clarity: Column, p: PublicFinance) -> Column:
    """Return the cut of the tax rate that firms count on [R, share]."""
    return p.rate_cut * p.eligible_max * corporate_tax * (1 - p.unclear_loss * (1 - clarity))


def tax_forgone(corporate_tax: Column, new_industry: Column, p: PublicFinance) -> Column:
    """Return what the lower tax costs the treasury [R; bn yuan] on the value added of ``new_industry`` [R]."""
    return p.rate_cut * p.profit_share * p.eligible_max * corporate_tax * new_industry


def duties_forgone(dutiable: Array, cut: Array) -> Array:
    """Return the duties that each lever gives up [R, levers; bn yuan a quarter], on this quarter's imports.

    Revenue without the lever less revenue: a fiscal cost and no resource cost, buyers keep what the treasury loses.

    Args:
        dutiable: duties at the tariffs of 2013 [R, P; bn yuan a quarter].
        cut: part of these tariffs that each lever gives up [R, levers, P].
    """
    return over(cut * dutiable[:, None], 2)


def fund_paid(level: Column, gdp: Column, degree: Column, p: PublicFinance) -> Column:
    """Return what each province pays into the joint fund [R, bn yuan]; nothing while nobody coordinates."""
    return p.fund_share * level * gdp * degree.any(axis=0)


def fund_received(fund: float, degree: Column, workers: Column, income: Column, p: PublicFinance) -> Column:
    """Return the invested part of the fund by province [R, bn yuan]; ``income`` is relative to the nation's."""
    weight = degree * workers * power(income, -p.lagging_weight)
    return p.invested_share * fund * ratio(weight, national(weight))


def relative_income(gdp: Column, workers: Column) -> Column:
    """Return GDP per worker of provinces relative to the nation's [R]."""
    return gdp / workers * (national(workers) / national(gdp))


def step(model: World, p: PublicFinance) -> None:
    """Wire outlays, fund and benefit sharing."""
    regions, nation, levers = model.regions, model.nation, model.levers
    fund = fund_paid(levers.joint_fund, regions.gdp, regions.coordination_degree, p)
    _pay(model, fund, p)
    paid_in = national(fund)
    nation.fund_for_research = (1 - p.invested_share) * paid_in
    income = relative_income(regions.gdp, regions.workers)
    regions.fund_received = fund_received(paid_in, regions.coordination_degree, regions.workers, income, p)
    advantage = tax_advantage(levers.corporate_tax_15, levers.tax_clarity, p)
    model.zones.tax_advantage = advantage[model.zones.region]
    _share(model)


def _pay(model: World, fund: Column, p: PublicFinance) -> None:
    """Bill all levers, and what governments spend on bargains."""
    regions, zones, nation, levers = model.regions, model.zones, model.nation, model.levers
    by_tier = zones.to_regions(zones.value_added_by_tier)
    new_industry = row_sums(by_tier[:, 1:])
    bases = {
        "zone": model.dt * (regions.zone_open * regions.zone_area),
        "zone_va": zones.to_regions(zones.value_added),
        "zone_new": new_industry,
        "zone_old": by_tier[:, 0],
        "zone_exports": zones.to_regions(zones.exports),
        "zone_emissions": zones.to_regions(zones.emissions),
        "province_gdp": regions.gdp,
        "coordinated_gdp": regions.coordination_degree * regions.gdp,
    }
    duties = dict(zip(GIVING_UP, duties_forgone(regions.dutiable, regions.tariff_cut).swapaxes(0, 1), strict=True))
    formulas = {
        **duties,
        "accession_preparation": national(duties["accession_preparation"]),
        "corporate_tax_15": tax_forgone(levers.corporate_tax_15, new_industry, p),
        "research_support": zones.to_regions(zones.research_subsidy),
        "joint_fund": (1 - p.invested_share) * fund,
    }
    bill = outlays.bill(levers, bases, nation.gdp, formulas, p.outlay_scale)
    bargains = national(regions.bargain_cost)
    nation.outlay_by_lever = bill.by_lever
    nation.policy_cost = national(bill.fiscal) + bargains
    nation.resource_cost = national(bill.spent) + bargains + p.cost_of_funds * nation.policy_cost
    zones.policy_cost = (bill.fiscal_by_place + regions.bargain_cost)[zones.region]


def _share(model: World) -> None:
    """Book what the pairs pay each other."""
    regions, pairs = model.regions, model.pairs
    regions.transfers_paid, regions.transfers_received = row_sums(pairs.transfer), pairs.transfer.sum(axis=0)
    model.nation.transfers = national(regions.transfers_paid)
