"""Zones that do not exist: their areas are delimited like those of the table, and they open when the scenario says.

A new zone stands in a province without one. Its area holds the same share of the province's firms as that of any zone,
from the start of the run; before it opens, and without `zone_status`, the area is a part of its province like others.
Kind of place, fields and partners are those of a zone that exists. What it pulls once it is open are the lever steps
for all zones, and those that name it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from pydantic import Field

from ftz_sim.errors import InputError
from ftz_sim.model.published import load_figures
from ftz_sim.model.published_records import Figures, ZoneFigures
from ftz_sim.model.shocks import FixedKeys, ModelQuarter
from ftz_sim.scenario.lever_steps import ZONES, ProvinceWithoutZone, ZoneCode


class NewZone(FixedKeys):
    """A zone in a province that has none."""

    province: ProvinceWithoutZone = Field(description="code of a province without a zone")
    opens: ModelQuarter = Field(description="quarter in which it opens")
    like: ZoneCode = Field(description="zone whose kind of place, fields and partners it has")

    def __str__(self) -> str:
        return f"{self.province} {self.opens} like {self.like}"


def each_once(zones: tuple[NewZone, ...]) -> tuple[NewZone, ...]:
    """Return new zones, of which no two are in one province.

    Raises:
        InputError: if two are.
    """
    codes = [zone.province for zone in zones]
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise InputError("new_zones_once", names=repeated)
    return zones


@lru_cache(maxsize=16)
def figures_with(new: tuple[NewZone, ...]) -> Figures:
    """Return the published figures with ``new`` zones behind those of the table."""
    known = load_figures()
    if not new:
        return known
    places, zones = known.provinces, known.zones
    rows, alike = [places.iso.index(each.province) for each in new], [ZONES.index(each.like) for each in new]

    def behind(column: np.ndarray, own: object) -> np.ndarray:
        found = np.concatenate([column, np.asarray(own, dtype=column.dtype)])
        found.flags.writeable = False
        return found

    return replace(
        known,
        zones=ZoneFigures(
            iso=(*zones.iso, *(each.province for each in new)),
            name_en=(*zones.name_en, *(f"{places.name_en[row]} FTZ (new)" for row in rows)),
            name_zh=(*zones.name_zh, *(f"{places.name_zh[row]}自贸试验区（新设）" for row in rows)),
            region=behind(zones.region, rows),
            opening_quarter=behind(zones.opening_quarter, [each.opens.index for each in new]),
            category=behind(zones.category, zones.category[alike]),
            speciality=behind(zones.speciality, zones.speciality[alike]),
            affinity=behind(zones.affinity, zones.affinity[alike]),
        ),
    )
