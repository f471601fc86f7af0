"""National pilots: a rule is proved by trials in kinds of places; what nobody tries is not proved.

    ev_z     = op_z [1 - exp(-VA_z / (pilot_evidence Y))]
    pilot(x) = sum over kinds k of kind_k {(1 - likeness) [1 - prod_{z in k} (1 - x_z ev_z)]
                                           + likeness max_{z in k} x_z ev_z}

    ev       what a trial in a zone can show: nothing in an empty or a closed one    [0 to 1]
    VA, Y    value added of the zone area; GDP of the nation                         [bn yuan a quarter]
    x_z      level of the lever that is tried                                        [0 to 1]
    kind_k   weight of places of that kind in the nation: coast and islands, inland, border  [share]
    likeness part of what two zones of one kind show that is the same                [share]

A trial is a union, not a mean: a zone that tries adds to what the others have shown and one that does not takes
nothing away (Heilmann 2008 on experimentation under hierarchy). Trials elsewhere in the same kind of place mostly
repeat each other; trials in another kind answer another question. What is proved reaches the rest of a province only
as far as it is copied there (`reach`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, constant, param

KINDS = ("coast", "inland", "border")
KIND_OF_CATEGORY = np.array([0, 1, 2, 0])  # coast, inland, border, island: an island counts as coast


class Pilots(Params):
    """Keys a scenario may set under ``policy:``, beside those of that mechanism."""

    pilot_likeness: float = param(
        0.8, "part of what zones of one kind of place show that is the same", unit="share", low=0.5, high=1.0
    )
    pilot_evidence: float = param(
        0.0005,
        "value added tested, over GDP, that gives 63 % of full evidence; 0: any firm will do",
        unit="1",
        low=0.0,
        high=0.002,
    )
    pilot_kinds: tuple[float, float, float] = constant(
        (0.57, 0.32, 0.11), "weights of coast, inland and border: by GDP of such provinces", unit="share", spread=0.25
    )


def evidence(value_added: Column, zone_open: Column, gdp: Any, p: Pilots) -> Column:
    """Return what a trial in each zone can show [Z, 0 to 1].

    Args:
        value_added: of the zone area [Z, bn yuan a quarter].
        zone_open: whether the zone acts [Z, 0 or 1].
        gdp: of the nation [bn yuan a quarter].
        p: parameters.
    """
    tested = np.minimum(ratio(value_added, p.pilot_evidence * gdp * np.ones_like(value_added), empty=np.inf), 1e3)
    return np.where(value_added > 0, -np.expm1(-tested), 0.0) * zone_open


def by_kind(of_zones: Column, category: Array) -> Array:
    """Return values of zones [Z] in the column of their kind of place [Z, kinds], 0 in the others."""
    kind = KIND_OF_CATEGORY[category]
    return np.stack([np.where(kind == k, of_zones, 0.0) for k in range(len(KINDS))], axis=1)


def reach(share: Array, levels: Array | float, elsewhere: Array | float) -> Column:
    """Return how far a rule of zones reaches into each province [R, 0 to 1].

    Args:
        share: of the zone area in what the rule concerns [R].
        levels: of the lever in the zone [R, 0 to 1].
        elsewhere: how far the rule holds in the rest of the province [R, 0 to 1].
    """
    return share * levels + (1 - share) * elsewhere


def pilot(levels: Column, shown: Array, p: Pilots) -> Any:
    """Return how far a rule is proved for the nation [0 to 1].

    Args:
        levels: level of its lever by place [R] or [Z, 0 to 1].
        shown: evidence there, in the column of the kind of place [R, kinds] or [Z, kinds].
        p: parameters.
    """
    tried = levels[:, None] * shown
    union = 1 - np.multiply.reduce(1 - tried, axis=0)
    same = np.maximum.reduce(tried, axis=0)
    proved = (1 - p.pilot_likeness) * union + p.pilot_likeness * same
    first, second, third = p.pilot_kinds
    return first * proved[0] + second * proved[1] + third * proved[2]
