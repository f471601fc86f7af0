"""Public finance: who pays for the policies, and who shares the benefits.

One quarter (dt = 0.25 years). By province, with the levers of its zone (0 where none is open):

    elig        = eligible_max corporate_tax_15
    dtau        = rate_cut elig [1 - unclear_loss (1 - tax_clarity)]: firms count on part, the treasury pays all
    to_firms    = [rate_cut profit_share elig + rebate_share income_tax_rebate] VA_z(tiers 1, 2)
                + [digital_share digital_subsidy + offshore_share offshore_business
                   + zero_tariff_share zone_zero_tariff] VA_z + research subsidy_z
    outlays     = administration dt institutional_innovation
                + programme_share (talent_programme + venture_fund + chain_policy + title_recognition) VA_z
                + what bargains between governments cost + (1 - invested_share) fund
    fund        = fund_share joint_fund Y_r, 0 while no province coordinates
    policy_cost = sum (outlays + cost_of_funds to_firms) + alignment_outlay Y align [any zone open]
                + cost_of_funds accession_revenue Y acc

The invested share of the fund goes to provinces by cd_r L_r (y_r/y)^-lagging_weight and is no cost; the rest is
spent on research (mechanism `research`).

Benefit sharing is part of the bargain (`coordination`): who wins pays what the other side would lose.

    VA_z          value added of the zone area                                         [bn yuan a quarter]
    Y, Y_r, y     GDP of the nation, of a province; GDP per worker                     [bn yuan a quarter]
    L, cd         workers [persons]; coordination degree                               [share]
    align, acc    export-weighted alignment of partners; accession weight              [0 to 1]
    dtau          tax advantage that firms see in the next quarter                     [share]
    ..._share     shares of value added, GDP or surplus;  administration [bn yuan/yr for each zone]

Transfers between provinces are no cost but stand beside it. Off means that policies are free, nothing is shared and
there is no fund: all 0.

Claims:  M-CIT, M-CITB, M-BOUND, M-IIT, M-OFFS, M-ZT, M-TAXLAG, M-JF, M-BS, M-TAXFTA
Reads:   regions.zone_open, gdp, workers, coordination_degree, bargain_cost; pairs.transfer; zones.value_added,
         value_added_by_tier, research_subsidy; partners.export_share_2013, alignment; nation.gdp, accession_weight;
         levers.institutional_innovation, zone_zero_tariff, digital_subsidy, talent_programme, income_tax_rebate,
         corporate_tax_15, tax_clarity, offshore_business, venture_fund, chain_policy, title_recognition, joint_fund
Writes:  regions.transfers_received, transfers_paid, fund_received; zones.tax_advantage, policy_cost;
         nation.policy_cost, resource_cost, firm_transfers, transfers, fund_for_research
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import dot, national, power, row_sums
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.levers import Levers
    from ftz_sim.model.world import World


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
    rebate_share: float = param(
        0.0006, "income tax rebate, share of new industry's value added", unit="share", low=0.0, high=0.0018
    )
    digital_share: float = param(0.001, "digital subsidy, share of value added", unit="share", low=0.0, high=0.003)
    offshore_share: float = param(
        0.0005, "favours for offshore business, share of value added", unit="share", low=0.0, high=0.0015
    )
    zero_tariff_share: float = param(
        0.0005, "tariffs not levied inside zones, share of value added", unit="share", low=0.0, high=0.0015
    )
    programme_share: float = param(
        0.0003, "outlay of each of four programmes, share of value added", unit="share", low=0.0, high=0.001
    )
    administration: float = param(0.09, "running a zone that reforms", unit="bn yuan/yr", low=0.02, high=0.3)
    alignment_outlay: float = param(0.0010, "outlay of full alignment, share of GDP", unit="share", low=0.0, high=0.002)
    fund_share: float = param(0.0010, "joint fund, share of provincial GDP", unit="share", low=0.0, high=0.003)
    lagging_weight: float = param(
        0.0, "preference of the fund for poorer members (extension)", unit="1", low=0.0, high=3.0
    )
    cost_of_funds: float = param(
        0.20, "loss per yuan of public money transferred", unit="1", low=0.1, high=0.3, grade="A"
    )
    accession_revenue: float = constant(0.0006, "tariff revenue lost by accession, share of GDP", unit="share")
    invested_share: float = constant(0.5, "share of the joint fund that is invested", unit="share")


class Schemes(NamedTuple):
    """Levels of the levers that cost money; [R], 0 where no zone is open."""

    corporate_tax: Column
    tax_clarity: Column
    tax_rebate: Column
    digital_subsidy: Column
    offshore: Column
    zero_tariff: Column
    innovation: Column
    programmes: Array  # [4, R]
    joint_fund: Column


class Bill(NamedTuple):
    """The nation's bill of a quarter [bn yuan]."""

    policy_cost: float
    firm_transfers: float


def eligible(schemes: Schemes, p: PublicFinance) -> Column:
    """Return the share of new industry's firms that pay the lower tax [R]."""
    return p.eligible_max * schemes.corporate_tax


def tax_advantage(schemes: Schemes, p: PublicFinance) -> Column:
    """Return the cut of the tax rate that firms count on [R, share]."""
    return p.rate_cut * eligible(schemes, p) * (1 - p.unclear_loss * (1 - schemes.tax_clarity))


def to_firms(
    schemes: Schemes, value_added: Column, new_industry: Column, research_subsidy: Column, p: PublicFinance
) -> Column:
    """Return transfers to the firms of zones [R, bn yuan] from value added in all and in new industry [R]."""
    on_new = p.rate_cut * p.profit_share * eligible(schemes, p) + p.rebate_share * schemes.tax_rebate
    on_all = (
        p.digital_share * schemes.digital_subsidy
        + p.offshore_share * schemes.offshore
        + p.zero_tariff_share * schemes.zero_tariff
    )
    return on_new * new_industry + on_all * value_added + research_subsidy


def fund_paid(level: Column, gdp: Column, degree: Column, p: PublicFinance) -> Column:
    """Return what each province pays into the joint fund [R, bn yuan]; nothing while nobody coordinates."""
    return p.fund_share * level * gdp * degree.any(axis=0)


def fund_received(fund: float, degree: Column, workers: Column, income: Column, p: PublicFinance) -> Column:
    """Return the invested part of the fund by province [R, bn yuan]; ``income`` is relative to the nation's."""
    weight = degree * workers * power(income, -p.lagging_weight)
    return p.invested_share * fund * ratio(weight, national(weight))


def outlays(
    schemes: Schemes,
    value_added: Column,
    bargains: Column,
    fund: Column,
    p: PublicFinance,
    dt: float,
) -> Column:
    """Return what policies use up in each province [R, bn yuan]: ``bargains`` cost, ``fund`` is paid into the fund."""
    return (
        p.administration * dt * schemes.innovation
        + p.programme_share * schemes.programmes.sum(axis=0) * value_added
        + bargains
        + (1 - p.invested_share) * fund
    )


def cost(outlays: Column, transfers: Column, p: PublicFinance) -> Column:
    """Return the policy cost of provinces [R, bn yuan]."""
    return outlays + p.cost_of_funds * transfers


def bill(
    cost: Column,
    transfers: Column,
    gdp: float,
    alignment: float,
    accession: float,
    is_open: Column,
    p: PublicFinance,
) -> Bill:
    """Add the nation's alignment and lost tariffs to the costs and transfers of provinces [R]."""
    aligning = p.alignment_outlay * gdp * alignment * is_open.any(axis=0)
    lost_tariffs = p.accession_revenue * gdp * accession
    return Bill(national(cost) + aligning + p.cost_of_funds * lost_tariffs, national(transfers) + lost_tariffs)


def relative_income(gdp: Column, workers: Column) -> Column:
    """Return GDP per worker of provinces relative to the nation's [R]."""
    return gdp / workers * (national(workers) / national(gdp))


def step(model: World, p: PublicFinance) -> None:
    """Wire costs, fund and benefit sharing."""
    _pay(model, p)
    _share(model)


def _schemes(levers: Levers) -> Schemes:
    return Schemes(
        levers.corporate_tax_15,
        levers.tax_clarity,
        levers.income_tax_rebate,
        levers.digital_subsidy,
        levers.offshore_business,
        levers.zone_zero_tariff,
        levers.institutional_innovation,
        np.array((levers.talent_programme, levers.venture_fund, levers.chain_policy, levers.title_recognition)),
        levers.joint_fund,
    )


def _pay(model: World, p: PublicFinance) -> None:
    regions, zones, nation, partners = model.regions, model.zones, model.nation, model.partners
    schemes, degree = _schemes(model.levers), regions.coordination_degree
    value, new_industry = zones.value_added, zones.value_added_by_tier[:, 1:].sum(axis=1)
    value_added = zones.to_regions(value)
    support = to_firms(
        schemes, value_added, zones.to_regions(new_industry), zones.to_regions(zones.research_subsidy), p
    )
    fund = fund_paid(schemes.joint_fund, regions.gdp, degree, p)
    costs = cost(outlays(schemes, value_added, regions.bargain_cost, fund, p, model.dt), support, p)
    alignment = dot(partners.export_share_2013, partners.alignment)
    nation.policy_cost, nation.firm_transfers = bill(
        costs, support, nation.gdp, alignment, nation.accession_weight, regions.zone_open, p
    )
    nation.resource_cost = nation.policy_cost
    paid_in = national(fund)
    nation.fund_for_research = (1 - p.invested_share) * paid_in
    income = relative_income(regions.gdp, regions.workers)
    regions.fund_received = fund_received(paid_in, degree, regions.workers, income, p)
    zones.policy_cost = costs[zones.region]
    zones.tax_advantage = tax_advantage(schemes, p)[zones.region]


def _share(model: World) -> None:
    """Book what the pairs pay each other."""
    regions, pairs = model.regions, model.pairs
    regions.transfers_paid, regions.transfers_received = row_sums(pairs.transfer), pairs.transfer.sum(axis=0)
    model.nation.transfers = national(pairs.transfer, 2)
