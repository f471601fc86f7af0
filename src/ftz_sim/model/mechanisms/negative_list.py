"""Negative list: stress-tested shortening of two lists, with standstill and ratchet.

Both lists, of foreign investment and of services trade, follow the same rules. One quarter (dt = 0.25
years), with step(x) = 1 - exp(-x dt), for each of three degrees of sensitivity s:

    comp   = readiness_s + readiness_growth * ln(GDP / GDP0) + pilot_gain * A
    pass   = logistic(comp / risk_spread)
    tau    = [tiers * rate_s + (1 - tiers) * mean(rate)] * (services_speed for the services list, else 1)
    test   = tau * L * [untested_share + (1 - untested_share) * S]
             * min(learning_cap, learning_start + learning_rate * years)
             * (1, 1, authority_start + authority_gain * law)_s * [1 - failure_chill * (1 - pass) * (1 - ft)]
    n'     = n - step(test) * pass * (n - core)+
    m'     = max( core, min{ m * exp(-national_pace * dt),
                         m - step(national_follow * J) * (m - follow_gap * n')+ } )
    n''    = min(n', m')

    O      = 1 - sum(w * n) / sum(w * n0)       of a list
    O_F    = (1 - services_weight) * O_investment + services_weight * O_services   of zones, never below O_N
    O_N    = the same of the nation

    n, m, n0   items of the zones' list, of the national list, of the zones' list of 2013  [items]
    core       what security keeps closed for ever                                         [items]
    rate, test openings tested a year, before and after the zones' effort                  [1/yr]
    pass       probability that a tested opening stands                                    [share]
    A          readiness for accession: piloted rules raise competence                     [0 to 1]
    L, S, ft   reform of that list, stress testing, fault tolerance: how far piloted       [0 to 1]
    tiers      management in tiers of sensitivity                                          [0 to 1]
    J          replication to the nation, 0 without an open zone                           [0 to 1]
    years      years since the first of the open zones opened                              [yr]
    law        progress of the national zone law                                           [0 to 1]
    w          severity of an item                                                         [1]
    O          formal openness                                                             [0 to 1]

Relisting comes first, and by the commitment c: below 1/2 both lists grow by step(relist_pace) a quarter, up
to their length of 2013; from 1/2 (standstill) only in a crisis and, from the fork on, not above the length
at the fork; at 1 (ratchet) never. Relisting never shortens a list; whether it lengthened one is kept for
`policy_trust`, because investors notice it even where tests shorten lists faster. GDP and crisis are those of the last
quarter. Where zones have no reform the two lists stay exactly equal. List length is an output; openness is
what acts. Off means that the lists stay as they were and formal openness is 0.

Claims:  M-XNL, M-NL, M-CORE, M-STD, M-RAT, M-SENS, M-RISK, M-STRESS, M-EDU, M-MED, M-TEL, M-FT, M-RISKCTL
Reads:   regions.zone_open, pilot_evidence; zones.opening_quarter; nation.gdp, law, accession_readiness,
         crisis_quarters_left; levers.fault_tolerance, replication, negative_list_reform, services_list_reform,
         ratchet_commitment, sensitivity_tiers, stress_testing; base.gdp, lists
Writes:  nation.list_zone, list_national, services_list_zone, services_list_national, list_at_fork, relisted,
         openness_zone, openness_national, services_openness_zone, services_openness_national, openness_rise
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import either
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import logistic, ratio, share_closed
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import pilot

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-NL M-XNL M-DYN: +fdi"

STANDSTILL, RATCHET = 0.5, 1.0  # levels of the lever ratchet_commitment
ROUNDING = 1e-12
ZONE, NATION = slice(0, 4, 2), slice(1, 4, 2)  # rows of the four lists; investment first, then services


class NegativeList(Params):
    """Keys a scenario may set under ``negative_list:``; three numbers are for low to high sensitivity."""

    # the total of 190 is published, the split by sensitivity is assumed
    initial_investment_list: tuple[float, float, float] = param(
        (95, 60, 35), "investment list of 2013", unit="items", grade="D", source="data", sampled=False
    )
    initial_services_list: tuple[float, float, float] = param(
        (30, 30, 20), "services list of 2013", unit="items", low=(28, 28, 19), high=(34, 34, 22)
    )
    investment_core: tuple[float, float, float] = param(
        (0, 4, 19),
        "investment closed for security",
        unit="items",
        low=0,
        high=20,
        grade="C",
        source="calibrated",
    )
    services_core: tuple[float, float, float] = param(
        (2, 5, 10), "services closed for security", unit="items", low=0, high=20
    )
    test_rate: tuple[float, float, float] = param(
        (1.30, 1.16, 1.30),
        "openings tested, the last per unit of authority",
        unit="1/yr",
        low=(0.24, 0.24, 0.30),
        high=(1.36, 1.36, 1.70),
        grade="C",
        source="calibrated",
    )
    services_speed: float = param(0.6, "speed of tests of services", unit="1", low=0.2, high=1)
    readiness: tuple[float, float, float] = param(
        (1.0, 0.40, -0.20),
        "competence less risk in 2013",
        unit="sd",
        low=(0.5, -0.1, -0.7),
        high=(1.5, 0.9, 0.3),
        grade="C",
        source="calibrated",
    )
    readiness_growth: float = param(0.15, "competence per log of GDP", unit="sd", low=0, high=0.4)
    pilot_gain: float = param(0.2, "competence from piloted rules", unit="sd", low=-0.1, high=0.5)
    risk_spread: float = param(0.35, "spread of risk", unit="sd", low=0.18, high=0.70, positive=True)
    authority_start: float = param(0.35, "authority without a law", unit="share", low=0.2, high=0.5)
    authority_gain: float = param(0.50, "authority that a full law adds", unit="share", low=0.2, high=0.65)
    failure_chill: float = param(0.30, "tests lost to fear of failure", unit="share", low=-0.15, high=0.6)
    national_pace: tuple[float, float] = param(
        (0.076, 0.011),
        "shortening without zones, investment and services",
        unit="1/yr",
        low=(0.02, 0),
        high=(0.08, 0.03),
        grade="C",
        source="calibrated",
    )
    national_follow: float = param(
        1.36, "the nation follows the zones", unit="1/yr", low=0.1, high=1.5, grade="C", source="calibrated"
    )
    relist_pace: float = param(0.048, "relisting", unit="1/yr", low=0, high=0.1)
    severity_weight: tuple[float, float, float] = param(
        (1, 2, 3), "severity of an item", unit="1", low=1, high=5, positive=True
    )
    services_weight: float = param(0.25, "weight of services in openness", unit="share", low=0, high=0.5)
    untested_share: float = constant(0.4, "tests made without stress testing", unit="share")
    learning_start: float = constant(0.55, "speed of the first zone in its first quarter")
    learning_rate: float = constant(0.13, "gain of speed", unit="1/yr")
    learning_cap: float = constant(1.2, "highest speed")
    follow_gap: float = constant(1.12, "national list at rest, relative to the zones'")


class Openness(NamedTuple):
    """Formal openness [0 to 1], both lists together and of services alone."""

    zone: float
    nation: float
    services_zone: float
    services_nation: float


def initial_lists(p: NegativeList) -> Column:
    """Return the four lists of 2013 [4, K]: investment of zones and nation, services of zones and nation."""
    return np.repeat(np.array([p.initial_investment_list, p.initial_services_list], dtype=float), 2, axis=0)


def years_since_opening(opening_quarter: Array, acting: Array, quarter: int, dt: float) -> float:
    """Return years since the first of the ``acting`` zones [Z] opened, 0 if none acts."""
    return np.maximum(((quarter - opening_quarter) * dt * acting).max(0), 0.0)


def passing(gdp: float, gdp_2013: float, accession_readiness: float, p: NegativeList) -> Column:
    """Return the probability that a tested opening stands [K]."""
    growth = p.readiness_growth * np.log(np.maximum(gdp / gdp_2013, 1e-9))
    return logistic((np.array(p.readiness) + growth + p.pilot_gain * accession_readiness) / p.risk_spread)


def openings_tested(
    reform: Array,
    stress_testing: float,
    tiers: float,
    years: float,
    law: float,
    chill: Array,
    p: NegativeList,
) -> Column:
    """Return openings tested [2, K; 1/yr] on the investment and the services list.

    Args:
        reform: reform of each list, as far as it is piloted [2, 0 to 1].
        stress_testing: as far as it is piloted [0 to 1].
        tiers: management in tiers of sensitivity [0 to 1].
        years: years since the first opening.
        law: progress of the national zone law [0 to 1].
        chill: part of the tests that fear of failure prevents [K].
        p: parameters.
    """
    rate = np.array(p.test_rate)
    rate = tiers * rate + (1 - tiers) * rate.sum(axis=0) / len(rate)
    rate[-1] *= p.authority_start + p.authority_gain * law  # future industries touch central powers
    learning = np.minimum(p.learning_cap, p.learning_start + p.learning_rate * years)
    effort = np.array((reform[0], reform[1] * p.services_speed)) * learning
    tested = p.untested_share + (1 - p.untested_share) * stress_testing
    return (effort * tested)[:, None] * (rate * (1 - chill))


def chill(passed: Array, fault_tolerance: float, p: NegativeList) -> Column:
    """Return the part of the tests that fear of failure prevents [K]."""
    return p.failure_chill * (1 - passed) * (1 - fault_tolerance)


def length_at_fork(lists: Array, at_fork: Array, quarter: int, fork: int) -> Column:
    """Return the lists [4, K] as they stood at the start of the quarter ``fork``, nan before it."""
    return lists if quarter == fork else at_fork


def relist(
    lists: Array, initial: Array, at_fork: Array, commitment: float, in_crisis: bool, p: NegativeList, dt: float
) -> Column:
    """Return the lists [4, K] after items came back that the ``commitment`` does not protect."""
    exposed = (commitment < RATCHET) & ((commitment < STANDSTILL) | in_crisis)
    ceiling = np.where(commitment < STANDSTILL, initial, np.fmin(initial, at_fork))  # fmin passes over nan
    longer = np.minimum(lists * (1 + share_closed(p.relist_pace, dt) * exposed), ceiling)
    return np.maximum(lists, longer)


def has_grown(now: Array, before: Array) -> float:
    """Return 1 if an item came back to any of the lists [4, K], else 0."""
    return either((now > before * (1 + ROUNDING)).any(axis=(0, 1)), 1.0, 0.0)


def update(
    lists: Array, initial: Array, tests: Array, passed: Array, follow: float, p: NegativeList, dt: float
) -> Column:
    """Return the four lists [4, K, items] after ``dt`` years of opening.

    Args:
        lists: the lists after relisting [4, K, items].
        initial: the lists of 2013 [4, K, items].
        tests: openings tested [2, K; 1/yr].
        passed: share of tested openings that stand [K].
        follow: replication to the nation, 0 without an open zone [0 to 1].
        p: parameters.
        dt: length of the quarter [yr].
    """
    zone, nation = lists[ZONE], lists[NATION]
    core = np.minimum([p.investment_core, p.services_core], initial[ZONE])
    zone = zone - share_closed(tests, dt) * passed * np.maximum(zone - core, 0)
    own_pace = nation * np.exp(-np.array(p.national_pace) * dt)[:, None]
    gap = np.maximum(nation - p.follow_gap * zone, 0)
    followed = nation - share_closed(p.national_follow * follow, dt) * gap
    nation = np.maximum(core, np.minimum(own_pace, followed))
    out = np.empty_like(lists)
    out[ZONE], out[NATION] = np.minimum(zone, nation), nation
    return out


def openness(lists: Array, initial: Array, p: NegativeList) -> Openness:
    """Return the formal openness that the lists [4, K] leave, relative to those of 2013; an empty list leaves all."""
    # sums along rows and no matrix products, so that equal lists give equal bits
    weight = np.array(p.severity_weight, dtype=float)
    left = 1 - ratio((lists * weight).sum(axis=1), (initial[ZONE] * weight).sum(axis=1).repeat(2, axis=0))
    both = (1 - p.services_weight) * left[:2] + p.services_weight * left[2:]
    return Openness(np.maximum(both[0], both[1]), both[1], left[2], left[3])


def rise(now: float, before: float) -> float:
    """Return how much openness rose, 0 if it fell."""
    return np.maximum(now - before, 0.0)


def step(model: World, p: NegativeList) -> None:
    """Wire the functions to the lists and to openness."""
    levers, nation, base, dt = model.levers, model.nation, model.base, model.dt
    zone_open = model.regions.zone_open
    lists = np.array([nation.list_zone, nation.list_national, nation.services_list_zone, nation.services_list_national])
    nation.list_at_fork = length_at_fork(lists, nation.list_at_fork, model.clock.index, model.fork)
    before = lists
    lists = relist(
        before,
        base.lists,
        nation.list_at_fork,
        levers.ratchet_commitment,
        nation.crisis_quarters_left > 0,
        p,
        dt,
    )
    nation.relisted = has_grown(lists, before)
    passed = passing(nation.gdp, base.gdp, nation.accession_readiness, p)
    investment, services, tolerance, stress = (
        pilot(lever, model.regions.pilot_evidence, model.params.policy)
        for lever in (
            levers.negative_list_reform,
            levers.services_list_reform,
            levers.fault_tolerance,
            levers.stress_testing,
        )
    )
    acting = zone_open[model.zones.region]
    years = years_since_opening(model.zones.opening_quarter, acting, model.clock.index, dt)
    chilled = chill(passed, tolerance, p)
    reform = np.array([investment, services])
    tests = openings_tested(reform, stress, levers.sensitivity_tiers, years, nation.law, chilled, p)
    lists = update(lists, base.lists, tests, passed, levers.replication * zone_open.max(0), p, dt)
    nation.list_zone, nation.list_national, nation.services_list_zone, nation.services_list_national = lists
    now = openness(lists, base.lists, p)
    nation.openness_rise = rise(now.zone, nation.openness_zone)
    nation.openness_zone, nation.openness_national = now.zone, now.nation
    nation.services_openness_zone, nation.services_openness_national = now.services_zone, now.services_nation
