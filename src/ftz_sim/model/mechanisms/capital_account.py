"""Capital account: opening finance lets funds follow returns, and brings a small risk of a sudden stop.

One quarter (dt = 0.25 years):

    open     = openness_base + openness_gain F S
    capacity = capacity_base + capacity_stress T law + capacity_tiers tiers
    hazard   = crisis_hazard open^2 / capacity
    a crisis starts if none runs and a uniform draw < 1 - exp(-hazard dt), or if the scenario forces one

    F*     = 4 Y (open - openness_base) funds_response (r - world_return - crisis_premium [crisis])
    F'     = F + step(funds_speed; flight_speed in a crisis) (F* - F),   inflow = F' - F
    home   = dt (repatriation sum FK + world_return F')

    open       openness of the capital account                                      [index]
    F, T       financial opening, stress testing: how far piloted, see `pilots`    [0 to 1]
    S, law     openness of services in zones, progress of the zone law              [0 to 1]
    tiers      national lever sensitivity_tiers                                     [0 to 1]
    capacity   ability to supervise what is opened                                  [index]
    hazard     of a sudden stop                                                     [1/yr]
    F, inflow  funds that opening has drawn in since 2013; below 0 they went abroad [bn yuan; bn yuan a quarter]
    r          net return on capital in the nation                                  [1/yr]
    Y, FK      income of the nation; foreign capital                                [bn yuan a quarter; bn yuan]
    home       what foreigners earn here less what funds sent out earn abroad       [bn yuan a quarter]

Economic logic: savers move part of what an opened account lets them move to where returns are higher, so opening
draws funds in while capital is scarce at home and lets them out when it is plenty: the sign is found, not set.
Foreign capital is no gift: part of its profits goes home, and funds cost what they would earn abroad. Decisive
parameter: world_return. It would be falsified by an opening after which flows do not answer to the gap of returns.

A crisis lasts crisis_length quarters and tied_quarters max(0, 2 c - 1) more, rounded, where c is the commitment:
under a full ratchet no control may come back, which is the price of the promise. While it runs, production and FDI of
the quarters that follow meet a loss of productivity (crisis_tfp, log) and a smaller pool (factor crisis_fdi), and lists
may grow again. The count-down comes first, so that a crisis may follow on another without a pause. The draw is made
whether a crisis runs or not. Without an open zone openness stays at its base, and its flows are part of saving. Off
means that there is never a crisis, that no funds move and that all profits stay.

Claims:  M-FIN, M-RMB, M-CAPM, M-RISKCTL, M-STRESS, M-SAFE, M-STD, M-RAT, M-SENS, M-RISK, M-DYN
Reads:   draws; regions.pilot_evidence, fdi_stock; nation.crisis_forced, law, services_openness_zone, income,
         net_return; levers.sensitivity_tiers, stress_testing, financial_opening, ratchet_commitment
Writes:  nation.capital_openness, crisis_hazard, crisis_quarters_left, crisis_quarters, crisis_loss,
         crisis_fdi_factor, foreign_funds, funds_inflow, repatriation
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import either, national
from ftz_sim.model.maths import share_closed
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import pilot

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-FIN M-RISKCTL: +crisis_hazard"


class CapitalAccount(Params):
    """Keys a scenario may set under ``capital_account:``."""

    openness_base: float = param(
        0.25, "openness of the capital account without zones", unit="index", low=0.125, high=0.375
    )
    openness_gain: float = param(0.35, "openness gained by full financial opening", unit="index", low=0.175, high=0.525)
    crisis_hazard: float = param(
        0.012, "hazard of a sudden stop at full openness and unit capacity", unit="1/yr", low=0.0, high=0.04
    )
    crisis_fdi: float = param(0.75, "FDI in a crisis, factor", unit="1", low=0.4, high=1.0)
    crisis_tfp: float = param(0.01, "loss of productivity in a crisis", unit="log", low=0.0, high=0.03)
    funds_response: float = param(
        6.0, "funds per yearly income, per point of openness and of return", unit="yr", low=2.0, high=12.0
    )
    world_return: float = param(0.03, "return that savers ask abroad", unit="1/yr", low=0.015, high=0.05)
    funds_speed: float = param(0.3, "speed of funds", unit="1/yr", low=0.1, high=0.6)
    crisis_premium: float = param(0.04, "return that they ask on top in a crisis", unit="1/yr", low=0.01, high=0.08)
    repatriation: float = param(
        0.04, "profits of foreign capital that go home, per stock", unit="1/yr", low=0.0, high=0.08
    )
    flight_speed: float = constant(1.0, "speed of funds in a crisis", unit="1/yr")
    capacity_base: float = constant(0.3, "capacity to supervise at the start", unit="index", positive=True)
    capacity_stress: float = constant(0.4, "capacity gained by stress tests under a full law", unit="index")
    capacity_tiers: float = constant(0.2, "capacity gained by tiers of sensitivity", unit="index")
    tied_quarters: float = param(2.0, "longer crisis under a full ratchet, rounded", unit="quarters", low=0.0, high=4.0)
    crisis_length: int = param(4, "length of a crisis", unit="quarters", sampled=False)


class Crisis(NamedTuple):
    """State of a crisis and what the next quarter meets."""

    quarters_left: int
    quarters: int  # of crisis, ever
    loss: float  # log
    fdi_factor: float


def openness(financial_opening: float, services: float, p: CapitalAccount) -> float:
    """Return the openness of the capital account [index] from two levels in [0, 1]."""
    return p.openness_base + p.openness_gain * financial_opening * services


def hazard(openness: float, stress_testing: float, law: float, tiers: float, p: CapitalAccount) -> float:
    """Return the hazard of a sudden stop [1/yr]."""
    capacity = p.capacity_base + p.capacity_stress * stress_testing * law + p.capacity_tiers * tiers
    return p.crisis_hazard * (openness * openness) / capacity


def length(commitment: float, p: CapitalAccount) -> int:
    """Return the quarters that a new crisis lasts: longer as a promise above standstill forbids controls."""
    return p.crisis_length + np.rint(p.tied_quarters * np.maximum(2 * commitment - 1, 0.0)).astype(int)


def update(
    left: int, quarters: int, hazard: float, forced: bool, draw: float, length: int, p: CapitalAccount, dt: float
) -> Crisis:
    """Count a crisis down, or start one.

    Args:
        left: quarters of crisis left after the last quarter.
        quarters: quarters of crisis so far.
        hazard: of a sudden stop [1/yr].
        forced: whether the scenario forces a crisis.
        draw: uniform in [0, 1).
        length: of a new crisis [quarters].
        p: parameters.
        dt: years.
    """
    old = np.maximum(left - 1, 0)
    starts = (old == 0) & (forced | (draw < share_closed(hazard, dt)))
    new = old + starts * length
    acts = new > 0
    return Crisis(new, quarters + acts, acts * p.crisis_tfp, either(acts, p.crisis_fdi, 1.0))


def funds(
    stock: float, income: float, openness: float, gap: float, crisis: bool, p: CapitalAccount, dt: float
) -> float:
    """Return the funds that opening has drawn in [bn yuan] after ``dt`` years.

    Args:
        stock: before [bn yuan].
        income: of the nation [bn yuan a quarter].
        openness: of the capital account [index].
        gap: return at home less that abroad [1/yr].
        crisis: whether one runs.
        p: parameters.
        dt: years.
    """
    goal = 4 * income * (openness - p.openness_base) * p.funds_response * (gap - p.crisis_premium * crisis)
    return stock + share_closed(either(crisis, p.flight_speed, p.funds_speed), dt) * (goal - stock)


def paid_abroad(foreign_capital: float, funds: float, p: CapitalAccount, dt: float) -> float:
    """Return what capital from abroad earns in ``dt`` years and takes home [bn yuan]; below 0 if more comes in.

    Args:
        foreign_capital: of direct investment [bn yuan].
        funds: that opening has drawn in, or sent out if below 0 [bn yuan].
        p: parameters.
        dt: years.
    """
    return dt * (p.repatriation * foreign_capital + p.world_return * funds)


def step(model: World, p: CapitalAccount) -> None:
    """Wire the functions above to the nation, with one draw a quarter whatever happens."""
    nation, levers = model.nation, model.levers
    opened, tested = (
        pilot(lever, model.regions.pilot_evidence, model.params.policy)
        for lever in (levers.financial_opening, levers.stress_testing)
    )
    nation.capital_openness = openness(opened, nation.services_openness_zone, p)
    nation.crisis_hazard = hazard(
        nation.capital_openness,
        tested,
        nation.law,
        levers.sensitivity_tiers,
        p,
    )
    (
        nation.crisis_quarters_left,
        nation.crisis_quarters,
        nation.crisis_loss,
        nation.crisis_fdi_factor,
    ) = update(
        nation.crisis_quarters_left,
        nation.crisis_quarters,
        nation.crisis_hazard,
        nation.crisis_forced,
        model.stream("capital_account").uniform(1)[0],
        length(levers.ratchet_commitment, p),
        p,
        model.dt,
    )
    held = funds(
        nation.foreign_funds,
        nation.income,
        nation.capital_openness,
        nation.net_return - p.world_return,
        nation.crisis_quarters_left > 0,
        p,
        model.dt,
    )
    nation.foreign_funds, nation.funds_inflow = held, held - nation.foreign_funds
    nation.repatriation = paid_abroad(national(model.regions.fdi_stock, 2), held, p, model.dt)
