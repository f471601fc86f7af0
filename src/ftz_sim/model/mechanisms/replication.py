"""Replication: good reforms are approved for the nation, adopted by provinces, and lift the environment.

One quarter (dt = 0.25 years), with step(x) = 1 - exp(-x dt):

    d          = step(approval_speed * replication) * (created - approved)+
    approved'  = approved + d
    high'      = high + d * high_created / created
    V          = approved' + high_value_weight * high'
    I_r'       = max{ I_r + step(adoption_speed * replication * [1 + zone_bonus * inn_r
                      + step_bonus * in_step_r * cd_r]) * (discount * V - I_r)+ , min(own_r, own_cap) }
    own_r      = own items + high_value_weight * own items of high value, of the province's zone
    share_r    = min(1, I_r' / V), 0 while V = 0
    Q_r        = Q0_r + environment_ceiling * (1 - Q0_r) * [1 - exp(-I_r' / effect_stock)]
    Q0_r       = clip(initial_environment + gdp_slope * ln(relative GDP per head), start_floor, start_cap)

    created, high_created    reforms created by all zones; of high value      [items]
    approved, high           reforms approved for the nation; of high value   [items]
    I_r                      reforms adopted, high value counted more         [items]
    share_r                  part of the approved reforms that is at work     [share]
    Q_r, Q0_r                business environment, now and in 2013            [index, 0 to 1]
    replication              effort at replication, a national lever          [0 to 1]
    inn_r                    institutional innovation, 0 without an open zone [0 to 1]
    in_step_r, cd_r          environment raised in step; coordination degree  [0 to 1]

A province without a zone has no own reforms. While nothing is created the ratio of high value is 0, and so
is V. An adopted reform is never lost. Off means that nothing is ever approved or adopted: I = 0, Q = Q0.
``discount`` below 1 says that sites of experiments are chosen and their effort is not replicable.

Claims:  M-REP, M-ENVI, M-BENV, M-SYNC, M-3TASK
Reads:   regions.coordination_degree; zones.innovations_created, own_high_value;
         nation.innovations_created, high_value_created; levers.institutional_innovation, replication,
         environment_in_step; base.business_environment
Writes:  regions.business_environment, reforms_adopted, adoption_share; nation.innovations_approved,
         high_value_approved
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-REP M-ENVI: +business_environment +gdp"


class Replication(Params):
    """Keys a scenario may set under ``replication:``."""

    approval_speed: float = param(
        0.60, "approval for the nation", unit="1/yr", low=0.2, high=1.2, grade="C", source="calibrated"
    )
    adoption_speed: float = param(0.08, "adoption by a province", unit="1/yr", low=0.04, high=0.2)
    zone_bonus: float = param(1.0, "faster adoption where a zone innovates", unit="1", low=-0.5, high=2)
    step_bonus: float = param(0.5, "faster adoption in step with partners", unit="1", low=-0.25, high=1)
    high_value_weight: float = param(4, "extra weight of a reform of high value", unit="1", low=1, high=8)
    own_cap: float = param(60, "own reforms that count at home", unit="items", low=30, high=120)
    effect_stock: float = param(
        170, "reforms that do 63 % of what reforms can do", unit="items", low=80, high=300, positive=True
    )
    environment_ceiling: float = param(
        0.40, "part of the gap to the best environment that reforms can close", unit="share", low=0.2, high=0.6
    )
    discount: float = param(1.0, "part of a reform's worth that survives the move", unit="share", low=0.5, high=1)
    initial_environment: float = param(0.40, "environment of 2013 at mean GDP", unit="index", low=0.3, high=0.5)
    gdp_slope: float = param(0.10, "environment of 2013 per log GDP per head", unit="index", low=0, high=0.2)
    start_floor: float = constant(0.20, "poorest environment of 2013", unit="share")
    start_cap: float = constant(0.65, "best environment of 2013", unit="share")


class Approved(NamedTuple):
    """Reforms approved for the nation [items]."""

    items: float
    high_value: float


def initial_environment(relative_gdp_per_head: Array, p: Replication) -> Column:
    """Return the business environment of 2013 [R] from GDP per head relative to the nation's."""
    start = p.initial_environment + p.gdp_slope * np.log(np.maximum(relative_gdp_per_head, 1e-9))
    return np.clip(start, p.start_floor, p.start_cap)


def approve(created: Approved, approved: Approved, replication: float, p: Replication, dt: float) -> Approved:
    """Return the reforms approved after ``dt`` years, from those created so far."""
    waiting = np.maximum(created.items - approved.items, 0.0)
    new = share_closed(p.approval_speed * replication, dt) * waiting
    high_share = ratio(created.high_value, created.items)
    return Approved(approved.items + new, approved.high_value + new * high_share)


def worth(items: Array | float, high_value: Array | float, p: Replication) -> Array:
    """Return reforms with those of high value counted more [items]."""
    return np.asarray(items + p.high_value_weight * high_value)


def update(
    adopted: Array,
    available: Array,
    own: Array,
    speed_bonus: Array,
    replication: float,
    p: Replication,
    dt: float,
) -> Column:
    """Return the reforms adopted by each province [R, items] after ``dt`` years.

    Args:
        adopted: reforms adopted so far [R, items].
        available: worth of what the nation has approved [items].
        own: worth of what the province's own zone created [R, items].
        speed_bonus: addition to the relative speed of adoption [R].
        replication: national lever [0 to 1].
        p: parameters.
        dt: length of the quarter [yr].
    """
    share = share_closed(p.adoption_speed * replication * (1 + speed_bonus), dt)
    learnt = adopted + share * np.maximum(p.discount * available - adopted, 0)
    return np.maximum(learnt, np.minimum(own, p.own_cap))


def speed_bonus(innovation: Array, in_step: Array, coordination: Array, p: Replication) -> Column:
    """Return how much faster each province adopts [R]: own practice, and partners in step."""
    return p.zone_bonus * innovation + p.step_bonus * in_step * coordination


def adoption_share(adopted: Array, available: Array) -> Column:
    """Return the part of the approved reforms that is at work in each province [R, share]."""
    return np.minimum(1, ratio(adopted, available))


def business_environment(initial: Array, adopted: Array, p: Replication) -> Column:
    """Return the business environment [R, 0 to 1] that ``adopted`` reforms [R, items] give."""
    return initial + p.environment_ceiling * (1 - initial) * -np.expm1(-adopted / p.effect_stock)


def step(model: World, p: Replication) -> None:
    """Wire the functions to the nation and the provinces."""
    levers, regions, zones, nation = model.levers, model.regions, model.zones, model.nation
    created = Approved(nation.innovations_created, nation.high_value_created)
    approved = Approved(nation.innovations_approved, nation.high_value_approved)
    approved = approve(created, approved, levers.replication, p, model.dt)
    nation.innovations_approved, nation.high_value_approved = approved
    available = worth(approved.items, approved.high_value, p)
    own = zones.to_regions(worth(zones.innovations_created, zones.own_high_value, p))
    bonus = speed_bonus(levers.institutional_innovation, levers.environment_in_step, regions.coordination_degree, p)
    regions.reforms_adopted = update(regions.reforms_adopted, available, own, bonus, levers.replication, p, model.dt)
    regions.adoption_share = adoption_share(regions.reforms_adopted, available)
    regions.business_environment = business_environment(model.base.business_environment, regions.reforms_adopted, p)
