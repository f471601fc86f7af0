"""Migration: talents and workers move to pay and environment, against distance and borders.

One quarter (dt = 0.25 years); one rule for both, X = talents or workers, from province r to s:

    pull_r  = wage ln(w_r/w) + environment_pull (Q_r - Q_r(0)) - push (ln dens_r)+ + amenity_pull O_r
            + op_r min(cap, zs_r/reference) (programme_pull programme + rebate_pull rebate)             talents
    pull_r  = wage ln(y_r/y) - push (ln dens_r)+                                                     workers
    U_rs    = pull_s - pull_r - border_rs - distance dist_rs
    border  = border_cost (1 - recognition titles_rs) for talents, border_cost for workers
    g_rs    = (X_s/X) exp(U_rs), s /= r
    flow_rs = X_r mobility dt g_rs / (home + sum_s g_rs)

    workers' = (workers + net flow) exp(workforce_growth dt)
    talents' = talents + net flow + (exp(talent_growth dt) - 1) T key_r + abroad_r
    abroad_r = inflow dt talents_r op_r min(cap, zs_r/reference) (programme + rebate)/2
    key_r    ~ talents_r after the flows x exp(graduate_slope pull_r), sum 1
    x_i'     ~ (1 - s) x_i + s X_r w_i / sum w, scaled to the province's X_r; s = 1 - exp(-reallocation dt)

    w, y       wage of talents over the price of final spending [10^3 yuan a quarter], real income per worker
               [bn yuan]; without index: mean by X
    Q, O       business environment; openness of services, the zone's where one is open   [0 to 1]
    dens, zs   relative density of GDP [1]; share of the zone area in value added [share]
    programme, rebate, titles     levers; titles that a coordinated pair recognises       [0 to 1]
    T          national talents [FTE];  inflow, mobility [1/yr];  w_i  research (talents), value added x tier
               weight (workers)

Where no firm of a province does research its talents stay where they are and are only scaled. Off means
that talents and workers of firms and provinces stay constant; for growth without flows set mobility to 0.

Claims:  M-TAL, M-TALI, M-YOUTH, M-LAB, M-QUALREC, M-AITAL, M-IIT, M-TITLE, M-MISALL, M-BARR, M-COUPLE, M-KPF,
         M-REL, M-EDU, M-MED, M-3EFF
Reads:   firms.research, value_added; regions.zone_open, zone_share, real_income, price_index, density,
         talent_wage, business_environment; pairs.distance, titles; nation.workforce_growth, talent_growth,
         services_openness_zone, services_openness_national; levers.talent_programme, income_tax_rebate;
         base.business_environment
Writes:  firms.workers, talents; regions.workers, talents, net_talent_flow, net_worker_flow; pairs.talent_flow,
         worker_flow; nation.workforce, talents, overseas_talents
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import dot, national, province_sums, row_sums, set_diagonal, spread
from ftz_sim.model.columns import Array, Column, Index
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-MISALL M-3EFF: +gdp"

TINY = 1e-9  # less demand than this is none


class Migration(Params):
    """Keys a scenario may set under ``migration:``."""

    talent_mobility: float = param(0.088, "talents that may move", unit="1/yr", low=0.04, high=0.16)
    worker_mobility: float = param(0.014, "workers that may move", unit="1/yr", low=0.004, high=0.04)
    talent_wage_elasticity: float = param(
        1.6, "pull of talents' pay", unit="1", low=1.0, high=2.5, grade="L", source="moretti2017"
    )
    worker_wage_elasticity: float = param(1.2, "pull of workers' pay", unit="1", low=0.6, high=2.4)
    talent_border_cost: float = param(
        1.2,
        "cost of a provincial border for talents",
        unit="log",
        low=0.6,
        high=2.0,
        source="tombe2019",
    )
    worker_border_cost: float = param(
        1.4,
        "cost of a provincial border for workers",
        unit="log",
        low=0.6,
        high=2.0,
        source="tombe2019",
    )
    distance_cost: float = param(0.0007, "cost of distance", unit="1/km", low=0.0003, high=0.0015, source="tombe2019")
    home_weight: float = param(
        0.33, "weight of staying", unit="1", low=0.1, high=1.0, source="tombe2019", positive=True
    )
    programme_pull: float = param(0.10, "pull of a talent programme", unit="log", low=-0.05, high=0.3)
    rebate_pull: float = param(
        0.09, "pull of an income tax rebate", unit="log", low=0.0, high=0.3, grade="L", source="moretti2017"
    )
    amenity_pull: float = param(0.05, "pull of open services", unit="log", low=-0.025, high=0.3)
    recognition_effect: float = param(
        0.4, "share of talents' border that recognised titles remove", unit="share", low=-0.2, high=0.8
    )
    overseas_inflow: float = param(
        0.0024, "talents from abroad under full zone policy", unit="1/yr", low=0.0, high=0.006
    )
    talent_reallocation: float = param(0.32, "reallocation of talents between firms", unit="1/yr", low=0.1, high=0.8)
    worker_reallocation: float = param(0.40, "reallocation of workers between firms", unit="1/yr", low=0.1, high=0.8)
    environment_pull: float = constant(0.8, "pull of the business environment on talents", unit="log")
    talent_density_push: float = constant(0.25, "push of density on talents", unit="log")
    worker_density_push: float = constant(0.4, "push of density on workers", unit="log")
    graduate_slope: float = constant(0.3, "how far new talents follow the pull")
    zone_share_reference: float = constant(
        0.06, "zone share at which zone policy counts fully", unit="share", positive=True
    )
    zone_pull_cap: float = constant(3.0, "highest multiple of the above")
    worker_tier_weights: tuple[float, float, float] = constant((1.0, 0.75, 0.6), "workers per value added by tier")


class TalentPolicy(NamedTuple):
    """What provinces offer to talents; levels of levers in [0, 1] where a zone is open, else 0 [R]."""

    zone_open: Column
    zone_share: Column
    programme: Column
    rebate: Column


class NewTalents(NamedTuple):
    """Stocks after new talents entered."""

    by_region: Column  # [R] FTE
    national: float  # FTE
    overseas: float  # of this quarter, FTE that came from abroad


def log_relative(value: Column, weight: Column) -> Column:
    """Return log ``value`` [R] relative to its mean by ``weight`` [R]."""
    return np.log(value * national(weight) / dot(value, weight))


def zone_weight(policy: TalentPolicy, p: Migration) -> Column:
    """Return how far zone policy counts in its province [R, 1]: in proportion to the zone's share, up to a cap."""
    return policy.zone_open * np.minimum(p.zone_pull_cap, policy.zone_share / p.zone_share_reference)


def zone_offer(policy: TalentPolicy, p: Migration) -> Column:
    """Return the pull of zone policy on talents [R, log]."""
    return zone_weight(policy, p) * (p.programme_pull * policy.programme + p.rebate_pull * policy.rebate)


def from_abroad(talents: Column, policy: TalentPolicy, p: Migration, dt: float) -> Column:
    """Return the talents that come from abroad to what a province's zone offers [R, FTE] in ``dt`` years."""
    return p.overseas_inflow * dt * talents * zone_weight(policy, p) * (policy.programme + policy.rebate) / 2


def talent_pull(
    relative_wage: Column,
    environment: Column,
    environment_2013: Column,
    density: Column,
    services: Column,
    offer: Column,
    p: Migration,
) -> Column:
    """Return what draws talents to each province [R, log]."""
    pay = p.talent_wage_elasticity * relative_wage
    crowd = p.talent_density_push * np.log(np.maximum(density, 1))
    better = p.environment_pull * (environment - environment_2013)
    return pay + better - crowd + p.amenity_pull * services + offer


def worker_pull(relative_income: Column, density: Column, p: Migration) -> Column:
    """Return what draws workers to each province [R, log]."""
    crowd = np.log(np.maximum(density, 1))
    return p.worker_wage_elasticity * relative_income - p.worker_density_push * crowd


def services_openness(zone_open: Column, zone: float, national: float) -> Column:
    """Return the openness of services that talents meet in each province [R]."""
    return np.where(zone_open > 0, zone, national)


def talent_border(titles: Array, p: Migration) -> Array:
    """Return the cost of borders for talents [R, R, log], lower where coordinated pairs recognise ``titles`` [R, R]."""
    return p.talent_border_cost * (1 - p.recognition_effect * titles)


def flows(
    stock: Column,
    pull: Column,
    border: Array | float,
    distance: Array,
    mobility: float,
    p: Migration,
    dt: float,
) -> Array:
    """Return gross flows from row to column [R, R], in units of ``stock`` [R], in ``dt`` years."""
    near = np.exp(-border - p.distance_cost * distance)
    set_diagonal(near, 0.0)
    attraction = np.exp(pull)
    gain = near * (attraction * stock / national(stock))  # g times the attraction of home, as is home itself
    return (mobility * dt * stock / (p.home_weight * attraction + row_sums(gain)))[:, None] * gain


def net(flow: Array) -> Column:
    """Return inflow minus outflow of each province [R]."""
    return flow.sum(axis=0) - row_sums(flow)


def workforce(workers: Column, net_flow: Column, growth: float, dt: float) -> Column:
    """Return workers of provinces [R] after flows and ``dt`` years of ``growth`` [1/yr]."""
    return (workers + net_flow) * np.exp(growth * dt)


def new_talents(
    talents: Column,
    net_flow: Column,
    pull: Column,
    growth: float,
    abroad: Column,
    p: Migration,
    dt: float,
) -> NewTalents:
    """Add arrivals from abroad, and graduates, who prefer provinces with a strong pull.

    Args:
        talents: stock of provinces [R, FTE].
        net_flow: net flow of this quarter [R, FTE].
        pull: what draws talents [R, log].
        growth: growth at home [1/yr].
        abroad: arrivals of this quarter [R, FTE].
        p: parameters.
        dt: years.
    """
    settled = talents + net_flow
    key = settled * np.exp(p.graduate_slope * pull)
    graduates = np.expm1(growth * dt) * national(talents)
    by_region = settled + graduates * (key / national(key)) + abroad
    return NewTalents(by_region, national(by_region), national(abroad))


def reallocate(
    stock: Column, wanted: Column, totals: Column, starts: Index, slots: Index, speed: float, dt: float
) -> Column:
    """Move a stock of firms [N] towards ``wanted`` proportions [N], so that provinces sum to ``totals`` [R].

    ``starts`` and ``slots`` [R] are the first row and the number of rows of each province. Both sums by
    province are taken of the very rows, so that the new rows add up whatever the old ones did.
    """
    share = share_closed(speed, dt)
    held, want = province_sums(stock, starts), province_sums(wanted, starts)
    moves = np.where(want > TINY, share * totals, 0.0)
    scale = totals / ((1 - share) * held + moves)
    new = spread((1 - share) * scale, slots)
    new *= stock
    drawn = spread(moves * scale / np.where(want > TINY, want, 1.0), slots)
    drawn *= wanted
    new += drawn
    return new


def labour_demand(value_added: Column, tier_weight: Column) -> Column:
    """Return the proportions in which firms want workers [N]: value added x weight of their tier [N]."""
    return value_added * tier_weight


def step(model: World, p: Migration) -> None:
    """Move talents, then workers; both first between provinces, then between firms."""
    _move_talents(model, p)
    _move_workers(model, p)


def _move_talents(model: World, p: Migration) -> None:
    firms, regions, pairs, nation, levers = model.firms, model.regions, model.pairs, model.nation, model.levers
    policy = TalentPolicy(regions.zone_open, regions.zone_share, levers.talent_programme, levers.income_tax_rebate)
    pull = talent_pull(
        log_relative(regions.talent_wage / np.exp(regions.price_index), regions.talents),
        regions.business_environment,
        model.base.business_environment,
        regions.density,
        services_openness(regions.zone_open, nation.services_openness_zone, nation.services_openness_national),
        zone_offer(policy, p),
        p,
    )
    border = talent_border(pairs.titles, p)
    pairs.talent_flow = flows(regions.talents, pull, border, pairs.distance, p.talent_mobility, p, model.dt)
    regions.net_talent_flow = net(pairs.talent_flow)
    regions.talents, nation.talents, nation.overseas_talents = new_talents(
        regions.talents,
        regions.net_talent_flow,
        pull,
        nation.talent_growth,
        from_abroad(regions.talents, policy, p, model.dt),
        p,
        model.dt,
    )
    firms.talents = reallocate(
        firms.talents,
        firms.research,
        regions.talents,
        firms.starts,
        firms.slots,
        p.talent_reallocation,
        model.dt,
    )


def _move_workers(model: World, p: Migration) -> None:
    firms, regions, pairs, nation = model.firms, model.regions, model.pairs, model.nation
    pull = worker_pull(log_relative(ratio(regions.real_income, regions.workers), regions.workers), regions.density, p)
    pairs.worker_flow = flows(
        regions.workers, pull, p.worker_border_cost, pairs.distance, p.worker_mobility, p, model.dt
    )
    regions.net_worker_flow = net(pairs.worker_flow)
    regions.workers = workforce(regions.workers, regions.net_worker_flow, nation.workforce_growth, model.dt)
    nation.workforce = national(regions.workers)
    wanted = labour_demand(firms.value_added, firms.of_cell(np.array(p.worker_tier_weights)))
    firms.workers = reallocate(
        firms.workers, wanted, regions.workers, firms.starts, firms.slots, p.worker_reallocation, model.dt
    )
