"""Policy: zones open and levers follow their dated paths; an appraisal may warn the slowest zones.

One quarter t:

    is_open_z = 1 if t >= opening quarter of z, else 0
    op_z      = is_open_z * zone_status_z(t)
    lever_r   = op_z * lever_z(t) for the zone z of province r, 0 in provinces without one
    ev_rk     = op_z [1 - exp(-VA_z / (pilot_evidence Y))] in the kind of place k of z, 0 in the others

    lever_z(t)  level that the scenario sets               [0 to 1]
    op          the zone is open and has its status        [0 or 1]
    VA          value added of the zone area, last quarter [bn yuan a quarter]
    ev          what a pilot there can show, see `pilots`  [0 to 1]
    a_z         size of the area relative to its first one: 1, and more once a further area has opened, see
                `delimiting`                               [1]
    work_r      highest lever of the zone but its status, 0 for an idle or empty zone  [0 to 1]
    Y           GDP, last quarter                          [bn yuan a quarter]

National levers take their level as it stands. Before its opening every lever of a zone reads 0, whatever
its path says; with zone_status 0 so does everything else of the zone. Cannot be switched off.

Under ``adaptive`` policy zones are appraised when a year begins, by what the fourth quarter left:

    score_z   = V_z / V_z(a year ago) - 1 + appraisal_weight joint_appraisal_z cd_z
    bottom_z  = 1 for the bottom_share of the open zones with the lowest scores, rounded down
    warned_z  = bottom_z now and a year ago
    institutional_innovation_z = its path's level * warning_factor, while warned

    V, cd       value added of new fields in the zone area; coordination degree   [bn yuan a quarter; 0 to 1]

With fewer than ten open zones nobody is at the bottom of a tenth. Ties go to the zone that stands first. A zone
that had no new fields a year ago has not grown. Off, as it is by default, nobody is appraised or warned.

Claims:  M-LIFE, M-GOV, M-KPI, T-3STRAT
Reads:   the scenario's policy; firms.tier, field, value_added, emission_intensity; regions.zone_open,
         coordination_degree, value_added; zones.category; nation.gdp; levers.joint_appraisal; base.value_added_by_tier
Writes:  firms.zone, in_open_zone; regions.zone_open, zone_area, zone_share, pilot_evidence, at_work; zones.is_open,
         firms, value_added, value_added_by_field, value_added_by_tier, last_value_added, value_added_2013, emissions,
         last_emissions, carbon_budget, appraised_value, at_bottom, warned; levers
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import national, row_sums
from ftz_sim.model.columns import Array, Column, Flag, Index
from ftz_sim.model.delimiting import delimit
from ftz_sim.model.levers import CATALOGUE, N_REGIONS, Levers
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms.industry_targeting import of_new_fields
from ftz_sim.model.params import constant, param
from ftz_sim.model.pilots import Pilots, by_kind, evidence

if TYPE_CHECKING:
    from ftz_sim.model.group import Group
    from ftz_sim.model.world import World

OF_NATION = tuple(name for name, lever in CATALOGUE.items() if lever.scope == "nation")
OF_ZONES = tuple(name for name, lever in CATALOGUE.items() if lever.scope != "nation")  # zone and pair
STATUS, INNOVATION = (OF_ZONES.index(name) for name in ("zone_status", "institutional_innovation"))


class Policy(Pilots):
    """Keys a scenario may set under ``policy:`` of its parameters; what levers do when is its own key ``policy:``."""

    adaptive: bool = param(
        False, "zones are appraised each year and the slowest are warned", unit="switch", sampled=False
    )
    # inert unless adaptive
    appraisal_weight: float = param(
        0.25, "weight of joint appraisal beside growth", unit="1", low=0, high=0.5, sampled=False
    )
    bottom_share: float = constant(0.1, "open zones that an appraisal puts at the bottom", unit="share")
    warning_factor: float = constant(0.5, "institutional innovation that a warning leaves", unit="share")


class Appraisal(NamedTuple):
    """What the last appraisal found; [Z]."""

    value: Column  # value added of new fields then, bn yuan a quarter; 0 before
    at_bottom: Flag
    warned: Flag  # at the bottom for the second year running


def update(is_open: Flag, status: Array, region: Index) -> Column:
    """Return in which provinces a zone acts [R, 0 or 1], from opening and status [0 or 1], both [Z]."""
    return by_province(is_open * status, region)


def score(value: Column, value_before: Column, joint: Column, coordination: Column, p: Policy) -> Column:
    """Return the score of each zone in an appraisal [Z].

    Args:
        value: value added of its new fields [Z, bn yuan a quarter].
        value_before: the same a year ago [Z].
        joint: level of joint_appraisal [Z, 0 to 1].
        coordination: coordination degree [Z, 0 to 1].
        p: parameters.
    """
    return ratio(value, value_before, empty=1.0) - 1 + p.appraisal_weight * joint * coordination


def slowest(score: Column, is_open: Flag, p: Policy) -> Flag:
    """Return the open zones at the bottom [Z]: the lowest scores, as many as ``bottom_share`` of them, rounded down."""
    ranked = np.argsort(np.where(is_open, score, np.inf), axis=0, kind="stable")
    place = np.argsort(ranked, axis=0)  # 0 for the lowest
    return place < np.floor(p.bottom_share * national(is_open))


def appraise(
    last: Appraisal, year_begins: bool, value: Column, joint: Column, coordination: Column, is_open: Flag, p: Policy
) -> Appraisal:
    """Return the appraisal that holds from now on: a new one when a year begins, if policy is adaptive.

    Args:
        last: the appraisal so far.
        year_begins: whether this is a first quarter.
        value: value added of new fields in the last quarter [Z, bn yuan].
        joint: level of joint_appraisal in the last quarter [Z, 0 to 1].
        coordination: coordination degree [Z, 0 to 1].
        is_open: zones that acted in the last quarter [Z].
        p: parameters.
    """
    if not (year_begins and np.any(p.adaptive)):
        return last
    bottom = slowest(score(value, last.value, joint, coordination, p), is_open, p)
    new = Appraisal(value, bottom, bottom & last.at_bottom)
    return Appraisal(*(np.where(p.adaptive, now, before) for now, before in zip(new, last, strict=True)))


def warn(of_zones: Array, warned: Flag, p: Policy) -> Array:
    """Return the levels set [levers, Z], with less institutional innovation where a zone is ``warned`` [Z]."""
    levels = of_zones.copy()
    levels[INNOVATION] *= np.where(warned, p.warning_factor, 1.0)
    return levels


def in_open_zone(zone: Array, inside: Group, is_open: Flag) -> Flag:
    """Return whether firms sit in an open zone [N]; ``is_open`` tells it of those ``inside`` zone areas [n]."""
    flag = np.zeros_like(zone, dtype=bool)
    inside.put(flag, is_open)
    return flag


def by_province(by_zone: Array, region: Index) -> Array:
    """Put values of zones [Z] at their provinces [R], 0 where there is no zone."""
    out = np.zeros((N_REGIONS, *by_zone.shape[1:]))
    out[region] = by_zone
    return out


def levers(of_zones: Array, of_nation: Sequence[float] | Array, zone_open: Column, region: Index) -> Levers:
    """Return the levers of a quarter from the levels set [levers, Z] and [levers]."""
    levels = np.zeros((len(of_zones), *zone_open.shape))
    levels[:, region] = of_zones
    levels *= zone_open
    return Levers(**dict(zip(OF_ZONES, levels, strict=True)), **dict(zip(OF_NATION, of_nation, strict=True)))


def at_work(levels: Array, acting: Column, firms: Index) -> Column:
    """Return the level at which each zone works [Z, 0 to 1]: its highest lever but the status, 0 if nobody is there.

    Args:
        levels: of the levers of zones [levers, Z].
        acting: whether the zone acts [Z, 0 or 1].
        firms: in its area [Z].
    """
    highest = np.delete(levels, STATUS, axis=0).max(axis=0)
    return highest * acting * (firms > 0)


def step(model: World, p: Policy) -> None:
    """Wire the appraisal and the paths to zones, provinces, firms and levers."""
    zones, regions, firms = model.zones, model.regions, model.firms
    of_zones, of_nation, is_open, area = model.policy.at(model.clock.index)
    home = zones.region
    zones.appraised_value, zones.at_bottom, zones.warned = appraise(
        Appraisal(zones.appraised_value, zones.at_bottom, zones.warned),
        model.clock.quarter.quarter == 1,
        row_sums(of_new_fields(zones.value_added_by_field)),
        model.levers.joint_appraisal[home],
        regions.coordination_degree[home],
        regions.has_open_zone[home],
        p,
    )
    delimit(model, area)
    inside = firms.of_zones
    zone = inside.of(firms.zone)
    zones.is_open = is_open
    zones.firms = inside.totals(zone, len(home))
    regions.zone_open = update(is_open, of_zones[STATUS], home)
    op = regions.zone_open[home]
    shown = evidence(zones.value_added, op, model.nation.gdp, p)
    regions.pilot_evidence = by_province(by_kind(shown, zones.category), home)
    acting = regions.has_open_zone[home]
    firms.in_open_zone = in_open_zone(firms.zone, inside, inside.at(acting, zone))
    levels = warn(of_zones, zones.warned, p)
    regions.at_work = by_province(at_work(levels, op, zones.firms), home)
    model.levers = levers(levels, of_nation, regions.zone_open, home)
