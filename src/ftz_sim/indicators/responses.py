"""What two runs of the same seed say together: the loss after a shock, and carbon that only moved.

The gap of a path to a reference is ln(value / reference), quarter by quarter, with the reference the same run without
the shock. Losses are looked at over five years from the first quarter of the shock.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
WINDOW = 20  # quarters
RECOVERED = -0.001  # log
LEAST_CUT = 1e-4  # of the emissions of the zones: a cut to divide by; what moves less only follows output


class Response(NamedTuple):
    """How a path came through a shock."""

    trough: float  # lowest gap, log
    cumulative_loss: float  # sum of the gaps, log points of a year's value
    recovery_quarters: float  # from the shock until the gap is above -0.1 % after its trough; nan if it never is


def response(value: Array, reference: Array, start: int) -> Response:
    """Return trough, cumulated loss and recovery of ``value`` [T] against ``reference`` [T] from quarter ``start``.

    Raises:
        ValueError: if there is no quarter from ``start`` on.
    """
    gap = np.log(value[start : start + WINDOW] / reference[start : start + WINDOW])
    if not len(gap):
        raise ValueError(f"no quarter was recorded from quarter {start} on")
    lowest = int(gap.argmin())
    if gap[lowest] > RECOVERED:
        return Response(float(gap[lowest]), float(gap.sum() / 4), 0.0)
    back = np.flatnonzero(gap[lowest:] > RECOVERED)
    quarters = float(lowest + back[0]) if len(back) else np.nan
    return Response(float(gap[lowest]), float(gap.sum() / 4), quarters)


def leakage(co2: Array, zones: Array, reference_co2: Array, reference_zones: Array) -> Array:
    """Return the part of the zones' cut in CO2 that comes back outside; nan where zones cut nothing worth a name.

    Args:
        co2: emissions of the nation [...].
        zones: emissions of the zone areas [...].
        reference_co2: emissions of the nation in the reference run [...].
        reference_zones: emissions of the zone areas there [...].
    """
    inside = np.asarray(zones - reference_zones, dtype=float)
    outside = (co2 - zones) - (reference_co2 - reference_zones)
    return np.divide(-outside, inside, out=np.full(inside.shape, np.nan), where=inside < -LEAST_CUT * reference_zones)
