"""Policy: zones open and levers follow their dated paths.

One quarter t:

    is_open_z = 1 if t >= opening quarter of z, else 0
    op_z      = is_open_z * zone_status_z(t)
    lever_r   = op_z * lever_z(t) for the zone z of province r, 0 in provinces without one
    pilot_r   = op_z VA_z / sum over zones of op VA     (0 everywhere when the sum is 0)

    lever_z(t)  level that the scenario sets               [0 to 1]
    op          the zone is open and has its status        [0 or 1]
    VA          value added of the zone area, last quarter [bn yuan a quarter]
    pilot       weight in national pilots                  [share]

National levers take their level as it stands. Before its opening every lever of a zone reads 0, whatever
its path says; with zone_status 0 so does everything else of the zone. Cannot be switched off.

Claims:  M-LIFE, M-GOV, T-3STRAT
Reads:   the scenario's policy; firms.zone; zones.value_added
Writes:  firms.in_open_zone; regions.zone_open, pilot_weight; zones.is_open, firms; levers
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.columns import Array, Column, Flag, Index
from ftz_sim.levers import CATALOGUE, N_REGIONS, Levers
from ftz_sim.params import Params

if TYPE_CHECKING:
    from ftz_sim.model import FtzModel

OF_NATION = tuple(name for name, lever in CATALOGUE.items() if lever.scope == "nation")
OF_ZONES = tuple(name for name, lever in CATALOGUE.items() if lever.scope != "nation")  # zone and pair
STATUS = OF_ZONES.index("zone_status")


class Policy(Params):
    """Policy has no parameters: its numbers are the dated levels of the scenario."""


class Openness(NamedTuple):
    """Which zones act, and with what weight, by province."""

    zone_open: Column  # [R] 0 or 1
    pilot_weight: Column  # [R] sum 1, or all 0


def update(is_open: Flag, status: Array, value_added: Array, region: Index) -> Openness:
    """Return which zones act, from opening, status [0 or 1] and value added [bn yuan a quarter], all [Z]."""
    op = is_open * status
    weight = op * value_added
    total = weight.sum()
    return Openness(by_province(op, region), by_province(weight / total if total > 0 else weight, region))


def firms_of(zone: Array, zones: int) -> Index:
    """Count the firms of each of the ``zones`` [Z]; ``zone`` is that of the firms in zone areas [n]."""
    return np.bincount(zone, minlength=zones)


def in_open_zone(firms: int, rows: Index, is_open: Flag) -> Flag:
    """Return whether each of the ``firms`` sits in an open zone [N]; ``is_open`` is that of ``rows`` [n]."""
    flag = np.zeros(firms, dtype=bool)
    flag[rows] = is_open
    return flag


def by_province(by_zone: Array, region: Index) -> Array:
    """Put values of zones [..., Z] at their provinces [..., R], 0 where there is no zone."""
    out = np.zeros((*by_zone.shape[:-1], N_REGIONS))
    out[..., region] = by_zone
    return out


def levers(of_zones: Array, of_nation: Array, zone_open: Column, region: Index) -> Levers:
    """Return the levers of a quarter from the levels set [levers, Z] and [levers]."""
    rows = by_province(of_zones, region) * zone_open
    return Levers(**dict(zip(OF_ZONES, rows, strict=True)), **dict(zip(OF_NATION, of_nation.tolist(), strict=True)))


def step(model: FtzModel, p: Policy) -> None:
    """Wire the paths to zones, provinces, firms and levers."""
    path, zones, regions, firms, t = model.policy, model.zones, model.regions, model.firms, model.clock.index
    new = update(path.is_open[t], path.zones[t, STATUS], zones.value_added, zones.region)
    inside = firms.zone[firms.zone_rows]
    zones.is_open = path.is_open[t]
    zones.firms = firms_of(inside, len(zones.region))
    regions.zone_open, regions.pilot_weight = new
    acting = regions.has_open_zone[zones.region]
    firms.in_open_zone = in_open_zone(len(firms), firms.zone_rows, acting[inside])
    model.levers = levers(path.zones[t], path.nation[t], regions.zone_open, zones.region)
