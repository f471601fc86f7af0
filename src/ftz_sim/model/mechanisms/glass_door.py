"""Glass door: hidden conditions of entry eat part of formal openness.

One quarter (dt = 0.25 years), for every province r:

    G_N'  = clip( G_N * exp(-national_speed * dt), floor, ceiling )
    G_r'  = min{ G_N', clip( G_r * exp(-dt * licence_r * [reform_speed + law_gain * law
                  + environment_gain * (Q_r - Q0_r)]) + paper_gap * rise * op_r * (1 - law), floor, ceiling ) }
    O_eff = O_F * (1 - G_r')  inside an open zone,  O_N * (1 - G_N')  elsewhere

    G_r, G_N    share of formal openness that is lost, in the zone; in the nation  [share]
    O_F, O_N    formal openness of zones; of the nation                            [0 to 1]
    O_eff       effective openness                                                 [0 to 1]
    licence_r   licence reform, 0 without an open zone                             [0 to 1]
    law         progress of the national zone law                                  [0 to 1]
    Q_r, Q0_r   business environment, now and in 2013                              [0 to 1]
    rise        rise of O_F in this quarter: openness on paper comes first         [0 to 1]
    op_r        1 where a zone is open, else 0                                     [0 or 1]

No zone is ever worse than the nation, and without licence reform and with equal lists it is exactly equal.
The mechanism cannot be switched off, because effective openness is written here; with all rates at 0 doors
stay as they were. Nobody has measured glass doors: ``initial`` is to be fixed, never fitted.

Claims:  M-GLASS, M-QUOT, M-EQ, M-TRANSP, M-REGCO, M-BEHIND
Reads:   regions.zone_open, business_environment; nation.law, openness_zone, openness_national, openness_rise;
         levers.licence_reform; base.business_environment
Writes:  regions.glass_door, openness_by_area; zones.effective_openness; nation.glass_door, effective_openness
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.model.axes import side_by_side
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World


class GlassDoor(Params):
    """Keys a scenario may set under ``glass_door:``."""

    initial: float = param(0.45, "openness lost at the start", unit="share", low=0.25, high=0.6)
    reform_speed: float = param(0.024, "decline by licence reform alone", unit="1/yr", low=-0.012, high=0.048)
    law_gain: float = param(0.072, "faster decline with a full law", unit="1/yr", low=-0.036, high=0.144)
    environment_gain: float = param(
        0.060, "faster decline per unit of better environment", unit="1/yr", low=-0.03, high=0.12
    )
    paper_gap: float = param(0.25, "part of new openness that stays on paper", unit="1", low=0, high=0.5)
    national_speed: float = param(0.008, "decline in the nation", unit="1/yr", low=0, high=0.02)
    floor: float = constant(0.05, "thinnest glass door", unit="share")
    ceiling: float = constant(0.70, "thickest glass door", unit="share")


def update_nation(glass_door: float, p: GlassDoor, dt: float) -> float:
    """Return the nation's glass door [share] after ``dt`` years."""
    kept = glass_door * np.exp(-p.national_speed * dt)
    return np.minimum(np.maximum(kept, p.floor), p.ceiling)


def opening_speed(environment: Array, environment_2013: Array, law: float, p: GlassDoor) -> Column:
    """Return how fast full licence reform opens the doors of each province [R, 1/yr]."""
    return p.reform_speed + p.law_gain * law + p.environment_gain * (environment - environment_2013)


def on_paper(rise: float, law: float, zone_open: Array, p: GlassDoor) -> Column:
    """Return the part of a ``rise`` of formal openness that zones do not live up to [R, share]."""
    return p.paper_gap * rise * (1 - law) * zone_open


def update(
    glass_door: Array,
    national: float,
    licence_reform: Array,
    speed: Array,
    added: Array,
    p: GlassDoor,
    dt: float,
) -> Column:
    """Return the glass door [R, share] of each province's zone after ``dt`` years.

    Args:
        glass_door: this column a quarter ago [R, share].
        national: glass door of the nation now, which no zone exceeds [share].
        licence_reform: lever [R, 0 to 1].
        speed: speed of opening under full licence reform [R, 1/yr].
        added: openness that is only on paper [R, share].
        p: parameters.
        dt: length of the quarter [yr].
    """
    opened = glass_door * np.exp(-dt * licence_reform * speed) + added
    return np.minimum(np.maximum(opened, p.floor), np.minimum(p.ceiling, national))


def effective_openness(formal: float, glass_door: Any) -> Any:
    """Return openness behind the glass door [0 to 1]."""
    return formal * (1 - glass_door)


def by_area(zone: Array, nation: Array, zone_open: Array) -> Column:
    """Return effective openness [R, 2] outside and inside the zone area, the nation's unless it is open."""
    return side_by_side(nation, np.where(zone_open > 0, zone, nation))


def step(model: World, p: GlassDoor) -> None:
    """Wire the functions to the nation, the provinces and the zones."""
    regions, zones, nation = model.regions, model.zones, model.nation
    nation.glass_door = update_nation(nation.glass_door, p, model.dt)
    environment, environment_2013 = regions.business_environment, model.base.business_environment
    speed = opening_speed(environment, environment_2013, nation.law, p)
    added = on_paper(nation.openness_rise, nation.law, regions.zone_open, p)
    regions.glass_door = update(
        regions.glass_door, nation.glass_door, model.levers.licence_reform, speed, added, p, model.dt
    )
    in_zone = effective_openness(nation.openness_zone, regions.glass_door)
    in_nation = effective_openness(nation.openness_national, nation.glass_door)
    regions.openness_by_area = by_area(in_zone, in_nation, regions.zone_open)
    zones.effective_openness = regions.openness_by_area[zones.region, 1]
    nation.effective_openness = in_nation
