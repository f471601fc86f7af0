"""What an entrant starts with, and how it takes the row of a closed firm."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ftz_sim.model.axes import national, province_sums, spread
from ftz_sim.model.columns import NEVER, Array, Firms, Index
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms.carbon import log_intensity, means_of_cells, means_of_fields
from ftz_sim.model.turnover.parameters import FirmTurnover

FLOOR = 1e-9  # smallest stock whose log is taken


class Averages(NamedTuple):
    """Firms of the cell, a province and field, where an entrant starts, on average [n], before rows are replaced."""

    capital: Column  # geometric, bn yuan
    workers: Column  # geometric, persons
    talents: Column  # geometric, FTE
    knowledge: Column  # geometric, bn yuan
    digital: Column  # of the province, 0 to 1
    productivity: Column  # log
    log_intensity: Column
    abatement: Column  # log


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


def averages(firms: Firms, entrants: Group, region: Array, field: Array) -> Averages:
    """Return what firms are like on average where ``entrants`` start, by their ``region`` and ``field`` [n]."""
    members = entrants.at(firms.members, region, field)

    def mean(column: Array) -> Column:
        sums = firms.sum_by_region_field(column)
        of_field = entrants.at(means_of_fields(sums, firms.members), field)
        return means_of_cells(entrants.at(sums, region, field), members, of_field)

    def geometric_mean(stock: Column) -> Column:
        logs = stock.astype(np.float32)
        return np.exp(mean(np.log(np.maximum(logs, np.float32(FLOOR), out=logs), out=logs)))

    return Averages(
        geometric_mean(firms.capital),
        geometric_mean(firms.workers),
        geometric_mean(firms.talents),
        geometric_mean(firms.knowledge),
        entrants.at(firms.sum_by_region(firms.digital) / firms.slots, region),
        mean(firms.base_productivity),
        mean(log_intensity(firms.emission_intensity)),
        mean(firms.abatement),
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
