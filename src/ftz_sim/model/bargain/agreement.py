"""What two governments agree, how coordination follows, who pays whom and what it costs.

    U_rs    = own_rs + [appraisal A - (rivalry + zone_rivalry z)(tournament + (1 - tournament) like)(1 - A)] own_sr
    like_rs = likeness of new industry [1 - division_cut division_rs];   A = appraisal_reach joint_appraisal_rs
    joint   = (U_rs GDP_r + U_sr GDP_s) / (GDP_r + GDP_s)
    worth   = max{min(U_rs, U_sr), S joint + (1 - S) min(U_rs, U_sr)};   S = benefit_sharing_rs
    cost    = administration (1 - platform_cut platform_rs)(1 - lead_cut lead_rs)
    C*      = feas [1 - exp(-worth+ / cost)]          dossiers differ in cost: all that are worth it are agreed
    C'      = C + step(speed) (C* - C)+ - step(decay) (C - C*)+
    owed_rs = S (-U_rs)+ GDP_r where worth > 0;       s pays owed_rs C/feas
    paid    = feas cost [1 - (1 + worth+/cost) exp(-worth+/cost)] GDP, by each of the two
    coalitions = pairs of working zones with C >= half feas;  refusals = sum feas [r or s refuses] / sum feas

    own     gains of a province from full coordination, see `gains`           [share of GDP]
    z       smaller of the levels at which the two zones work                 [0 to 1]

Where no zone works both sides bargain as ordinary governments. A refuses whose pay-off is negative, unless sharing
makes it up. Arrays of pairs are [R, R]; runs come last.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import national, row_sums, set_diagonal
from ftz_sim.model.bargain.parameters import Coordination
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio, share_closed

COALITION = 0.5  # share of what is feasible from which a pair of zones counts as a coalition


class Instruments(NamedTuple):
    """Levels of the instruments by pair [R, R, 0 to 1]."""

    platform: Array
    recognition: Array
    titles: Array
    lead: Array
    division: Array
    sharing: Array
    appraisal: Array


class Agreement(NamedTuple):
    """What a pair agrees [R, R]."""

    pay_off: Array  # U of the row, share of its GDP
    worth: Array  # share of GDP; negative: no agreement
    refuses: Array  # whether the row stands in the way
    coordination: Array  # C*, 0 to feas
    owed: Array  # to the row, at full coordination, bn yuan a quarter
    cost: Array  # of each of the two, share of GDP


def smaller(levels: Column) -> Array:
    """Return the smaller of the levels [R] of both provinces of a pair [R, R]."""
    return np.minimum(levels[:, None], levels)


def of_pairs(levels: Column, working: Column, inclusion: Column, p: Coordination) -> Array:
    """Return the level of an instrument by pair [R, R].

    Args:
        levels: of the zones' lever [R, 0 to 1].
        working: level at which the zone works, 0 without one or for an idle one [R, 0 to 1].
        inclusion: level of hinterland_inclusion [R, 0 to 1].
        p: parameters.
    """
    zone = 1.0 * (working > 0)
    with_hinterland = (p.hinterland_limit * inclusion * levels * zone)[:, None] * (1 - zone)
    table = smaller(levels * zone)
    table += with_hinterland
    table += with_hinterland.swapaxes(0, 1)
    set_diagonal(table, 0.0)
    return table


def rivalry(likeness: Array, working: Column, instruments: Instruments, p: Coordination) -> Array:
    """Return the weight of the partner's gain in the pay-off of each side [R, R]: below 0 for rivals."""
    together = p.appraisal_reach * instruments.appraisal
    alike = likeness * (1 - p.division_cut * instruments.division)
    against = (p.rivalry + p.zone_rivalry * smaller(working)) * (p.tournament + (1 - p.tournament) * alike)
    return p.appraisal * together - against * (1 - together)


def agree(
    own: Array, weight: Array, instruments: Instruments, feasible: Array, gdp: Column, p: Coordination
) -> Agreement:
    """Return what pairs agree.

    Args:
        own: gain of the row from full coordination with the column [R, R; share of the row's GDP].
        weight: of the partner's gain, see `rivalry` [R, R].
        instruments: by pair.
        feasible: how far pairs can coordinate [R, R, 0 to 1].
        gdp: of provinces [R, bn yuan a quarter].
        p: parameters.
    """
    pay_off = own + weight * own.swapaxes(0, 1)
    money = pay_off * gdp[:, None]
    joint = (money + money.swapaxes(0, 1)) / (gdp[:, None] + gdp)
    lowest = np.minimum(pay_off, pay_off.swapaxes(0, 1))
    shared = instruments.sharing
    worth = np.maximum(lowest, shared * joint + (1 - shared) * lowest) * (feasible > 0)
    cost = p.administration * (1 - p.platform_cut * instruments.platform) * (1 - p.lead_cut * instruments.lead)
    ease = np.maximum(worth, 0.0) / cost
    return Agreement(
        pay_off,
        worth,
        (pay_off < 0) & (worth <= 0) & (feasible > 0),
        feasible * -np.expm1(-ease),
        shared * np.maximum(-pay_off, 0.0) * gdp[:, None] * (worth > 0),
        feasible * cost * (1 - (1 + ease) * np.exp(-ease)),
    )


def update(coordination: Array, agreed: Array, p: Coordination, dt: float) -> Array:
    """Return the coordination of pairs [R, R] after ``dt`` years, on its way to what is ``agreed`` [R, R]."""
    gap = agreed - coordination
    return coordination + np.where(gap > 0, share_closed(p.speed, dt), share_closed(p.decay, dt)) * gap


def transfers(owed: Array, coordination: Array, feasible: Array) -> Array:
    """Return what the row pays to the column [R, R; bn yuan a quarter], from what is ``owed`` to the row."""
    return np.ascontiguousarray((owed * ratio(coordination, feasible)).swapaxes(0, 1))


def outlay(cost: Array, gdp: Column) -> Column:
    """Return what bargains cost each government [R, bn yuan a quarter]: fiscal and resource cost."""
    return row_sums(cost) * gdp


def removed(openings: Array, coordination: Array, start: Array, p: Coordination) -> Array:
    """Return the share of the removable border that is removed since 2013 [R, R].

    Args:
        openings: part of the border that coordination opens [R, R], see `gains.openings`.
        coordination: now [R, R].
        start: in the first quarter, when nothing but ``plain`` opened [R, R].
        p: parameters.
    """
    return p.assumed_border * (openings * coordination - p.plain * start)


def degree(coordination: Array, feasible: Array, working: Column) -> Column:
    """Return the share of the feasible coordination with other working zones that each has reached [R]; 0 else."""
    zone = 1.0 * (working > 0)
    reached = coordination * (feasible > 0)  # what is left of pairs that may no longer counts for nothing
    return zone * ratio(row_sums(reached * zone), row_sums(feasible * zone))


def coalitions(coordination: Array, feasible: Array, working: Column) -> Any:
    """Return how many pairs of working zones have reached half or more of what is feasible between them."""
    zone = working > 0
    reached = (coordination >= COALITION * feasible) & (feasible > 0)
    return (reached & zone & zone[:, None]).sum(axis=(0, 1)) / 2


def refusals(refuses: Array, feasible: Array) -> Any:
    """Return the share of pairs in which a side refuses [0 to 1], pairs weighted by how far they could coordinate."""
    return national(feasible * (refuses | refuses.swapaxes(0, 1)), 2) / national(feasible, 2)
