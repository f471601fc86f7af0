"""Further areas: more firms of a province come into the area of its zone, as Lin-gang did in 2019.

From the quarter in which it opens, a further area is a part of the area of a zone that is there already and lives by
its rules; until then it is a part of its province like others, and the run is the one without it, bit for bit. Its
size is relative to the area with which the zone began: 1 takes in the same share of the province's firms again. So
it was where the State Council did it: Lin-gang's first stage added 119.5 km2 to Shanghai's 120.7 in 2019, the
extension of 2020 as much to Zhejiang's 120. What it does to the state is in `model/delimiting.py`.
"""

from __future__ import annotations

from typing import Self

from pydantic import Field, ValidationInfo, model_validator

from ftz_sim.errors import InputError, Sentence, listed
from ftz_sim.model.clock import Quarter
from ftz_sim.model.shocks import FixedKeys, ModelQuarter
from ftz_sim.scenario.lever_steps import AnyZone
from ftz_sim.scenario.new_zones import NewZone, figures_with

LARGEST = 2.0  # all further areas of a zone, relative to its first area: most of a province stays outside


class FurtherArea(FixedKeys):
    """A further area of a zone."""

    zone: AnyZone = Field(description="code of a province with a zone, old or new")
    opens: ModelQuarter = Field(description="quarter in which it opens")
    size: float = Field(1.0, gt=0, le=LARGEST, description="relative to the area with which the zone began")

    @model_validator(mode="after")
    def _of_a_zone(self, info: ValidationInfo) -> Self:
        codes = info.context.codes if info.context else (self.zone,)
        if self.zone not in codes:
            what = Sentence("no_zone_yet", place=self.zone, allowed=listed(codes))
            raise InputError("of_key", key="zone", what=what)
        return self

    def __str__(self) -> str:
        return f"{self.zone} {self.opens} size {self.size:g}"


def fitting(areas: tuple[FurtherArea, ...], new: tuple[NewZone, ...] = ()) -> tuple[FurtherArea, ...]:
    """Return further areas that fit their zones, those of the table and ``new`` ones.

    Raises:
        InputError: if one opens no later than its zone, two of one zone open at once, or those of a zone are larger
            than `LARGEST` together.
    """
    zones = figures_with(new).zones
    for area in areas:
        own = [each for each in areas if each.zone == area.zone]
        opening = Quarter.at(int(zones.opening_quarter[zones.iso.index(area.zone)]))
        if area.opens <= opening:
            raise InputError("area_before_zone", zone=area.zone, opens=area.opens, opening=opening)
        if sum(each.opens == area.opens for each in own) > 1:
            raise InputError("area_twice", zone=area.zone, opens=area.opens)
        if (whole := sum(each.size for each in own)) > LARGEST:
            raise InputError("area_too_large", zone=area.zone, size=f"{whole:g}", most=f"{LARGEST:g}")
    return areas
