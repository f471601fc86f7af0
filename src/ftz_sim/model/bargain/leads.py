"""Who leads a strategy area: named each fourth quarter, by the stage of industry where the lead rotates.

Every strategy area with an open zone has a lead. Where the area's open zones rotate the lead (mean of the lever at
the threshold or above), it is the zone with the largest value added in the new field whose national value added grew
most over the year: the stage of industry decides. Elsewhere the zone of the province with the highest GDP per worker
is named once, for good. Ties go to the zone that stands first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import column_of, is_first, row_sums
from ftz_sim.model.columns import NEW_FIELDS, Array, Column, Flag, Index
from ftz_sim.model.maths import ratio


class Leads(NamedTuple):
    """Who leads, and the field values that the next year's growth is measured from."""

    lead: Flag  # [Z]
    field_value: Column  # [F] bn yuan a quarter


def leads(
    year_end: bool,
    now: Leads,
    is_open: Flag,
    area: Index,
    rotation: Column,
    gdp: Column,
    workers: Column,
    value_by_field: Array,
    field_value: Column,
    threshold: Any,
) -> Leads:
    """Name the leads of the strategy areas at the year's end; in other quarters nothing changes.

    Args:
        year_end: whether this is a fourth quarter.
        now: the leads so far and the national value added by field [F] at the last year's end.
        is_open: open zones [Z].
        area: strategy area of each zone [Z].
        rotation: level of rotating_lead [Z].
        gdp: GDP of the zone's province [Z].
        workers: workers of the zone's province [Z].
        value_by_field: value added of the zones [Z, F].
        field_value: national value added by field [F].
        threshold: mean of the lever from which a lead rotates.
    """
    if not year_end:
        return now
    growth = ratio(field_value, now.field_value, empty=1.0)
    in_boom = column_of(value_by_field, NEW_FIELDS[growth[NEW_FIELDS].argmax(axis=0)])
    rich = gdp / workers + np.where(now.lead, np.inf, 0.0)  # once named, for good
    members = is_open & np.equal.outer(np.unique(area), area)  # [areas, Z]
    rotates = ratio(row_sums(members * rotation), row_sums(members)) >= threshold
    rank = np.where(members, np.where(rotates[:, None], in_boom, rich), -np.inf)
    lead = (members & is_first(rank)).any(axis=0)
    return Leads(lead, field_value.copy())
