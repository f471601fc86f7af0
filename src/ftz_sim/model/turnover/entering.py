"""What an entrant starts with, and how it takes the row of a closed firm."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ftz_sim.model.axes import national, province_sums, spread
from ftz_sim.model.columns import NEVER, Array, Firms, Index
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms.carbon import log_intensity
from ftz_sim.model.turnover.closing import mean_of_cells
from ftz_sim.model.turnover.parameters import FirmTurnover

FLOOR = 1e-9  # smallest stock whose log is taken


class Averages(NamedTuple):
    """Firms of a cell, a province and field, on average, before rows are replaced."""

    capital: Column  # [R, F] geometric, bn yuan
    workers: Column  # [R, F] geometric, persons
    talents: Column  # [R, F] geometric, FTE
    knowledge: Column  # [R, F] geometric, bn yuan
    digital: Column  # [R] 0 to 1
    productivity: Column  # [R, F] log
    log_intensity: Column  # [R, F]
    abatement: Column  # [R, F] log


class Entrants(NamedTuple):
    """Values of the firm columns of the same name for all entrants [n], or one value for all."""

    zone: Array
    in_open_zone: Array
    tier: Array
    field: Array
    owner: Array
    capital: Column
    workers: Column
    talents: Column
    knowledge: Column
    digital: Column
    emission_intensity: Column
    base_productivity: Column
    abatement: Column
    birth_quarter: int
    upgrade_quarter: int = NEVER
    productivity_shock: float = 0.0
    research: float = 0.0
    value_added: float = 0.0
    variety: float = 0.0
    fdi_received: float = 0.0
    digital_change: float = 0.0
    abatement_cost: float = 0.0
    green_worth: float = 0.0
    credit_tilt: float = 0.0


def geometric_mean(stock: Column, firms: Firms) -> Column:
    """Return the geometric mean of ``stock`` [N] by province and field [R, F]; that of the field in an empty cell."""
    logs = stock.astype(np.float32)
    np.log(np.maximum(logs, np.float32(FLOOR), out=logs), out=logs)
    return np.exp(mean_of_cells(logs, firms))


def averages(firms: Firms) -> Averages:
    """Return what firms are like on average."""
    return Averages(
        geometric_mean(firms.capital, firms),
        geometric_mean(firms.workers, firms),
        geometric_mean(firms.talents, firms),
        geometric_mean(firms.knowledge, firms),
        firms.sum_by_region(firms.digital) / firms.slots,
        mean_of_cells(firms.base_productivity, firms),
        mean_of_cells(log_intensity(firms.emission_intensity), firms),
        mean_of_cells(firms.abatement, firms),
    )


def appeal(environment_gain: Column, talent_gap: Column, density: Column, slots: Index, p: FirmTurnover) -> Column:
    """Return how much a province attracts founders [R, log], around the mean over firms; all arrays [R]."""
    pull = p.entry_environment * environment_gain + p.entry_talent * talent_gap
    pull = pull - p.entry_density * np.maximum(np.log(np.maximum(density, FLOOR)), 0)
    return pull - national(pull * slots) / slots.sum()


def start_capital(typical: Column, appeal: Column, entrants: Group, region: Array, p: FirmTurnover) -> Column:
    """Return the capital of ``entrants`` in ``region`` [n], bn yuan, from what is ``typical`` where they start [n].

    What places with ``appeal`` [R] gain, others lose: the sum is ``start_share`` times that of the typical capital.
    """
    even = entrants.own(p.start_share) * typical
    uneven = even * entrants.at(np.exp((1 - p.number_share) * appeal), region)
    return uneven * entrants.own(ratio(entrants.sum(even), entrants.sum(uneven)))


def lessons(spillover: Column, spillover_2013: Column, members: Index, p: FirmTurnover) -> Column:
    """Return productivity [log] that entrants draw from knowledge in reach [R, F]; 0 on average over firms."""
    grown = np.log(np.maximum(spillover, FLOOR) / np.maximum(spillover_2013, FLOOR))
    return p.learning * (grown - national(grown * members, 2) / national(members, 2))


def fit(location_quotient: Column, p: FirmTurnover) -> Column:
    """Return productivity [log] of an entrant whose field has this location quotient."""
    return p.entry_fit * np.log(np.minimum(np.maximum(location_quotient, p.fit_low), p.fit_high))


def restored(people: Column, sums: Column, starts: Index, slots: Index) -> Column:
    """Scale ``people`` [N] so that every province has its ``sums`` [R] again."""
    scaled = spread(ratio(sums, province_sums(people, starts)), slots)
    scaled *= people
    return scaled


def replace(firms: Firms, closed: Group, entrants: Entrants) -> float:
    """Put ``entrants`` into the rows of ``closed``, keep the people of provinces, return capital released [bn yuan]."""
    slots = firms.slots
    workers, talents = firms.sum_by_region(firms.workers), firms.sum_by_region(firms.talents)
    released = closed.sum(closed.of(firms.capital)) - closed.sum(entrants.capital)
    for name, values in entrants._asdict().items():
        closed.put(getattr(firms, name), values)
    firms.reindex(closed.rows)
    firms.find_zone_rows()
    firms.workers = restored(firms.workers, workers, firms.starts, slots)
    firms.talents = restored(firms.talents, talents, firms.starts, slots)
    return released
