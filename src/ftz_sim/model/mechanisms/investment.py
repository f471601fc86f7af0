"""Investment: saving goes to firms by return and by credit terms.

One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt):

    I       = max(investment_floor Y, saving_rate (Y - home) - fdi_offset FDI + funds - capitalised_research sum R
              - resource_cost - bank_loss - digital_outlay - invested half of the joint fund + released_capital)
    ln w_i  = ln K_i + (1 + finance_gain F_r z_i) [e ln(va_i/K_i) - e ln(VA_r/K_r) + eta_r ln((VA_r/K_r)/(VA/K))]
              + state_wedge [state] (1 - N_r z_i) + venture_weight V_r z_i [tier >= 1, age < venture_age]
              + credit_tilt_i
    eta_r   = regional_elasticity (1 + integration_gain M_r cd_r)
    K_i'    = (1 - step(depreciation)) K_i + I_i + FDI_i + received_i - paid_i,   I_i = I w_i / sum w
    k       = (1 - fdi_offset) FDI + funds - home
    C       = final spending - (I - released_capital + FDI + invested half of the joint fund) - sum R
              - resource_cost - bank_loss - digital_outlay

    K, I    capital; investment                                          [bn yuan; bn yuan/quarter]
    e       return_elasticity                                            [1]
    va, VA, Y  value added of firm, province and nation; income          [bn yuan/quarter]
    funds, home  funds that financial opening draws in; profits that foreigners take home  [bn yuan/quarter]
    k, C    capital from abroad net of these, which `markets` meet next; consumption       [bn yuan/quarter]
    F, N, V, M  levers financial_opening, competitive_neutrality, venture_fund,
            capital_market_integration (0 where no zone is open)         [0 to 1]
    z_i     1 for a firm in an open zone, else 0; cd_r coordination degree [0 to 1]

Economic logic: what a nation does not consume it invests, and FDI adds to that but for the part that home investors
would have built themselves; this part of their saving goes abroad. So saving + (1 - fdi_offset) FDI + funds pays for
capital formation, capitalised research and what policies, banks and digitisation use up. Decisive parameter:
fdi_offset, between 0 (all FDI is added) and 1 (none). It would be falsified by capital that does not answer to FDI.

Transfers received and the invested half of the joint fund go to the firms of a province by capital, and transfers
are paid likewise. The sum of capital changes by I + FDI + received - paid + fund half - depreciation, to
rounding; capital of closed firms comes back through released_capital. I is floored at investment_floor of
GDP, and nation.investment then holds the floor. Off: capital stays as it is.

Claims:  M-FUNDVC, M-CN, M-FINCL, M-FININFRA, M-MISALL, M-REL, M-FIN, M-SOEGP, M-JF, M-3EFF, M-SUBSID, M-DYN, X-SCT,
         M-RMB, M-CAPM
Reads:   firms.zone, tier, owner, value_added, fdi_received, credit_tilt, birth_quarter; regions.value_added,
         research, coordination_degree, transfers_received, transfers_paid, fund_received, spending; nation.income,
         saving_rate, released_capital, fdi, funds_inflow, repatriation, resource_cost, bank_loss, digital_outlay;
         levers.competitive_neutrality, financial_opening, venture_fund, capital_market_integration
Writes:  firms.capital; zones.investment; nation.investment, capital_inflow, consumption
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import national, row_sums, spread
from ftz_sim.model.columns import STATE_OWNED, Array, Index, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-MISALL M-FINCL: +gdp"

FLOOR = 1e-9  # smallest ratio whose log is taken


class Investment(Params):
    """Keys a scenario may set under ``investment:``."""

    return_elasticity: float = param(
        1.2,
        "response to returns inside a province",
        unit="1",
        low=0.5,
        high=2.0,
        grade="C",
        source="calibrated",
    )
    regional_elasticity: float = param(
        0.30,
        "response to returns between provinces",
        unit="1",
        low=0.1,
        high=0.8,
        grade="C",
        source="calibrated",
    )
    integration_gain: float = param(
        1.5, "stronger response under integrated capital markets", unit="1", low=-0.75, high=3.0
    )
    finance_gain: float = param(0.12, "stronger response under financial opening", unit="1", low=-0.06, high=0.3)
    state_wedge: float = param(
        0.10,
        "credit advantage of state-owned firms",
        unit="log",
        low=0.0,
        high=0.25,
        source="song2011, hsieh2009",
    )
    venture_weight: float = param(0.05, "venture fund for young new firms", unit="log", low=-0.025, high=0.2)
    capitalised_research: float = param(0.3, "part of research paid out of saving", unit="share", low=0.0, high=1.0)
    depreciation: float = param(
        0.06, "depreciation of capital", unit="1/yr", low=0.048, high=0.096, grade="A", positive=True
    )
    fdi_offset: float = param(
        0.4,
        "domestic investment that a yuan of FDI replaces",
        unit="share",
        low=0.0,
        high=1.0,
        grade="L",
        source="yao2020, chen2017",
    )
    venture_age: float = constant(12.0, "age below which a firm is young", unit="quarters")
    investment_floor: float = constant(0.05, "least investment per GDP", unit="share")


class ZoneRows(NamedTuple):
    """The firms of the zone areas [n], open or not: zone, and levers and traits of each."""

    firms: Group
    zone: Array
    financial_opening: Column
    competitive_neutrality: Column
    venture: Column  # lever venture_fund for young firms of tiers 1 and 2, else 0
    zones: int  # number of zones


class Allocation(NamedTuple):
    """Capital of firms [N] in bn yuan; investment of zone areas [Z] in bn yuan a quarter."""

    capital: Column
    in_zones: Column


class Flows(NamedTuple):
    """Money of the nation in a quarter [bn yuan]."""

    fdi: float
    funds: float  # drawn in by financial opening
    home: float  # profits that foreigners take home
    research: float
    used_up: float  # by policies, banks' losses and digitisation
    fund: float  # invested half of the joint fund
    released: float  # capital of closed firms


def total(income: float, saving_rate: float, flows: Flows, p: Investment) -> float:
    """Return investment of the nation [bn yuan a quarter], from its income [bn yuan a quarter] and saving rate."""
    saving = saving_rate * (income - flows.home) + flows.funds + flows.released
    used = p.fdi_offset * flows.fdi + p.capitalised_research * flows.research + flows.used_up + flows.fund
    return np.maximum(p.investment_floor * income, saving - used)


def from_abroad(flows: Flows, p: Investment) -> float:
    """Return capital from abroad, net of what goes home [bn yuan a quarter]."""
    return (1 - p.fdi_offset) * flows.fdi + flows.funds - flows.home


def consumption(spending: float, investment: float, flows: Flows) -> float:
    """Return what is left of final ``spending`` for consumption, private and public [bn yuan a quarter]."""
    formation = investment - flows.released + flows.fdi + flows.fund
    return spending - formation - flows.research - flows.used_up


def provincial_terms(
    value: Column, capital: Column, integration: Column, coordination: Column, p: Investment
) -> Column:
    """Return what a firm's return is compared with [R, log], from value added and capital of provinces [R]."""
    here = np.log(np.maximum(ratio(value, capital), FLOOR))
    nation = np.log(np.maximum(ratio(national(value), national(capital)), FLOOR))
    elasticity = p.regional_elasticity * (1 + p.integration_gain * integration * coordination)
    return -p.return_elasticity * here + elasticity * (here - nation)


def zone_rows(
    firms: Group,
    firms_zone: Array,
    tier: Array,
    birth_quarter: Array,
    province: Index,
    levers: tuple[Column, Column, Column],
    quarter: int,
    p: Investment,
) -> ZoneRows:
    """Collect what concerns the firms of zone areas.

    Args:
        firms: these firms [n].
        firms_zone: zone [N].
        tier: [N].
        birth_quarter: [N].
        province: of each zone [Z].
        levers: financial opening, neutrality, venture fund [R].
        quarter: index of the quarter.
        p: parameters.
    """
    zone = firms.of(firms_zone)
    finance, neutrality, venture = (firms.at(lever[province], zone) for lever in levers)
    young = (firms.of(tier) >= 1) & (quarter - firms.of(birth_quarter) < firms.own(p.venture_age))
    return ZoneRows(firms, zone, finance, neutrality, venture * young, len(province))


def weights(
    capital: Column,
    value_added: Column,
    provincial: Single,
    state_owned: Array,
    credit_tilt: Single,
    zone: ZoneRows,
    p: Investment,
) -> Single:
    """Return the weight of every firm in the allocation of investment [N, bn yuan]; all arrays [N]."""
    stock = capital.astype(np.float32)
    log_weight = value_added.astype(np.float32)
    log_weight /= stock
    np.log(np.maximum(log_weight, np.float32(FLOOR), out=log_weight), out=log_weight)
    log_weight *= np.float32(p.return_elasticity)
    log_weight += provincial
    inside = zone.firms
    inside.put(log_weight, inside.of(log_weight) * (1 + inside.own(p.finance_gain) * zone.financial_opening))
    wedge = state_owned.astype(np.float32)
    wedge *= np.float32(p.state_wedge)
    inside.put(wedge, inside.of(wedge) * (1 - zone.competitive_neutrality))
    log_weight += wedge
    log_weight += credit_tilt
    inside.add(log_weight, inside.own(p.venture_weight) * zone.venture)
    stock *= np.exp(log_weight, out=log_weight)
    return stock


def update(
    capital: Column,
    stock: Column,
    weights: Single,
    fdi: Column,
    investment: float,
    injected: Column,
    zone: ZoneRows,
    slots: Index,
    p: Investment,
    dt: float,
) -> Allocation:
    """Return capital after ``dt`` years and the investment of zone areas.

    Args:
        capital: [N] bn yuan.
        stock: its sums by province [R].
        weights: [N] bn yuan.
        fdi: FDI received [N], bn yuan a quarter.
        investment: of the nation, bn yuan a quarter.
        injected: transfers received less those paid, and fund [R], bn yuan a quarter.
        zone: firms of the zone areas.
        slots: rows of each province [R].
        p: parameters.
        dt: years.
    """
    invested = weights.astype(np.float64)
    invested *= investment / national(invested)
    booked = zone.firms.totals(zone.zone, zone.zones, zone.firms.of(invested))
    growth = 1 - share_closed(p.depreciation, dt) + ratio(injected, stock)
    new = spread(growth, slots)
    new *= capital
    new += invested
    new += fdi
    return Allocation(new, booked)


def step(model: World, p: Investment) -> None:
    """Wire `update` to firms, zones and the nation."""
    firms, regions, zones, nation, levers = (
        model.firms,
        model.regions,
        model.zones,
        model.nation,
        model.levers,
    )
    flows = Flows(
        nation.fdi,
        nation.funds_inflow,
        nation.repatriation,
        national(regions.research),
        nation.resource_cost + nation.bank_loss + nation.digital_outlay,
        national(regions.fund_received),
        nation.released_capital,
    )
    nation.investment = total(nation.income, nation.saving_rate, flows, p)
    nation.capital_inflow = from_abroad(flows, p)
    nation.consumption = consumption(national(regions.spending), nation.investment, flows)
    policies = (levers.financial_opening, levers.competitive_neutrality, levers.venture_fund)
    zone = zone_rows(
        firms.of_zones, firms.zone, firms.tier, firms.birth_quarter, zones.region, policies, model.clock.index, p
    )
    stock = firms.sum_by_region(firms.capital)
    provincial = provincial_terms(
        row_sums(regions.value_added),
        stock,
        levers.capital_market_integration,
        regions.coordination_degree,
        p,
    )
    share = weights(
        firms.capital,
        firms.value_added,
        firms.spread(provincial.astype(np.float32)),
        firms.owner == STATE_OWNED,
        firms.credit_tilt,
        zone,
        p,
    )
    firms.capital, zones.investment = update(
        firms.capital,
        stock,
        share,
        firms.fdi_received,
        nation.investment,
        regions.transfers_received + regions.fund_received - regions.transfers_paid,
        zone,
        firms.slots,
        p,
        model.dt,
    )
