"""Delimiting: a further area is added to that of a zone, and what is remembered of the area is drawn anew with it.

In the quarter in which the area of zone z of province r grows from a to a' times its first one:

    z_i     = z        for the firms i of r outside with a < ring_i <= a'
    X_z    += sum of X_i over these firms, the newcomers
    VA_z(0)+= sum of va_i over them x VA_r(0) / VA_r

    ring_i   of the slot of a firm: size of the area, relative to its first one, that just takes it in; 1 is the end of
             the first, every so-maniest slot of a province and tier by value added in 2013, and what follows is more
             of the same, so that no draw is new                                   [1]
    X_z      value added of the zone area in the last quarter (whole, by tier, by field) and in each of the last four;
             that of new fields at the last appraisal; emissions likewise; the carbon budget, where there is one
                                                                                   [bn yuan a quarter, Mt a quarter]
    VA_z(0)  value added of 2013 in the area as it is now: what crowding is measured against [bn yuan a quarter]
    va_i     value added of a firm, last quarter                                   [bn yuan a quarter]

So growth is always that of one area. Newcomers come with the emissions that they have: the budget of the larger area
is no tighter and no looser for them, as a first budget is what a zone emits. In 2013 they made what they make now but
for the growth of their province, so the new part is as crowded as the province, and the whole is between the two.
What follows the size of the area itself reads `regions.zone_area`: the room for FDI (`foreign_investment`), the part of
founders who choose it (`firm_turnover`) and the outlays that are counted by zone (`outlays`): a further area has a
management committee of its own. What is counted from the opening of a zone (its first budget, rules that take years)
stays counted from there; reforms that it has proved hold in the whole area; flows that were booked stay as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import row_sums
from ftz_sim.model.columns import NO_ZONE, Array, Column, Flag, Single
from ftz_sim.model.maths import ratio
from ftz_sim.model.mechanisms.carbon import emissions
from ftz_sim.model.mechanisms.industry_targeting import of_new_fields
from ftz_sim.model.mechanisms.markets import by_tier

if TYPE_CHECKING:
    from ftz_sim.model.group import Group
    from ftz_sim.model.world import World

# columns that a further area alone makes `policy` write: dates move them, no lever does
REDRAWN = (
    "firms.zone", "regions.zone_area", "regions.zone_share", "zones.value_added", "zones.value_added_by_field",
    "zones.value_added_by_tier", "zones.last_value_added", "zones.value_added_2013", "zones.emissions",
    "zones.last_emissions", "zones.carbon_budget",
)  # fmt: skip


def newcomers(zone: Array, ring: Single, before: Single, area: Single) -> Flag:
    """Return which firms the area takes in as it grows from the size ``before`` to ``area``; all [N]."""
    return np.asarray((zone == NO_ZONE) & (ring > before) & (ring <= area))


def comparable(value_added: Column, value_added_2013: Column, of_newcomers: Column) -> Column:
    """Return what newcomers made in 2013 if they grew as their province [R, bn yuan a quarter]; all arrays [R]."""
    return of_newcomers * ratio(value_added_2013, value_added)


def delimit(model: World, area: Column) -> None:
    """Take in what belongs to the areas of zones [Z, relative to the first] from this quarter on, if any has grown."""
    if (area > model.regions.zone_area[model.zones.region]).any():
        _enlarge(model, area)


def _enlarge(model: World, area: Column) -> None:
    """Wire larger areas to firms, zones and provinces."""
    firms, regions, zones = model.firms, model.regions, model.zones
    before, regions.zone_area = regions.zone_area, zones.to_regions(area)
    sizes = (firms.spread(each.astype(np.float32)) for each in (before, regions.zone_area))
    new = firms.that(newcomers(firms.zone, firms.ring, *sizes))
    zone = new.at(regions.zone, new.of(firms.region).astype(np.intp))
    new.put(firms.zone, zone)
    firms.reindex(new.rows)
    firms.find_zone_rows()
    _remember(model, new, zone)


def _remember(model: World, new: Group, zone: Array) -> None:
    """Draw anew what is remembered of the areas; ``zone`` [n] is that of each newcomer."""
    firms, regions, zones, base = model.firms, model.regions, model.zones, model.base
    value = np.zeros_like(firms.value_added)
    new.put(value, new.of(firms.value_added))
    by_field = firms.sum_by_region_field(value)[zones.region]
    added, of_province = row_sums(by_field), row_sums(regions.value_added)
    in_2013 = comparable(of_province, row_sums(base.value_added_by_tier), zones.to_regions(added))
    zones.value_added = zones.value_added + added
    zones.value_added_by_field = zones.value_added_by_field + by_field
    zones.value_added_by_tier = zones.value_added_by_tier + by_tier(by_field)
    zones.last_value_added = zones.last_value_added + added[:, None]
    zones.value_added_2013 = zones.value_added_2013 + in_2013[zones.region]
    zones.appraised_value = zones.appraised_value + row_sums(of_new_fields(by_field))
    regions.zone_share = regions.zone_share + zones.to_regions(added) / of_province
    emitted = new.totals(zone, len(zones.region), new.of(emissions(firms.emission_intensity, firms.value_added)))
    zones.emissions = zones.emissions + emitted
    zones.last_emissions = zones.last_emissions + emitted[:, None]
    zones.carbon_budget = zones.carbon_budget + emitted
