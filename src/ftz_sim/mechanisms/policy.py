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
Reads:   the scenario's policy, zones.opening_quarter, zones.value_added, firms.zone
Writes:  levers, zones.is_open, zones.firms, regions.zone_open, regions.pilot_weight, firms.in_open_zone
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.columns import NO_ZONE, Array, Column, Flag, Index
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


def firms_of(inside: Flag, starts: Index, region: Index) -> Index:
    """Count the firms of each zone area [Z]: those of its province that sit ``inside`` [N] a zone area."""
    ends = np.append(starts[1:], len(inside))
    # count_nonzero is vectorised for flags: 22 calls beat one sum over all firms by far
    slots = zip(starts[region].tolist(), ends[region].tolist(), strict=True)
    return np.array([np.count_nonzero(inside[first:end]) for first, end in slots])


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
    inside = firms.zone != NO_ZONE
    zones.is_open = path.is_open[t]
    zones.firms = firms_of(inside, firms.starts, zones.region)
    regions.zone_open, regions.pilot_weight = new
    firms.in_open_zone = inside & firms.spread(regions.has_open_zone)
    model.levers = levers(path.zones[t], path.nation[t], regions.zone_open, zones.region)
