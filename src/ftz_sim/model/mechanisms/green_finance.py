"""Green finance: credit is priced by emission intensity, the "baton" of the seed texts.

Every quarter, without lag:

    tilt_i = - green_tilt g_i clip(ln e_i - m, -green_clip, green_clip),   m = sum K_i ln e_i / sum K_i
    g_i    = max(national path of the province, green_credit_r z_i)

    tilt    log weight of the firm in the allocation of investment      [log]
    e       emission intensity                                          [t CO2 per 10^4 yuan]
    K       capital, weight of the mean                                 [bn yuan]
    path    green_national; 1 in the national pilots (ZJ JX GD GZ XJ) from 2017Q3  [0 to 1]
    z_i     1 for a firm in an open zone, else 0

An intensity below 1e-9 counts as 1e-9 and is clipped. Where g is the same for all, the tilt without the
clip has a mean of 0 (weights K). Green credit may raise output and widen the gap between provinces,
because clean firms grow faster and sit in rich provinces. Off: no tilt.

Claims:  M-GF, M-GTRADE
Reads:   firms.capital, emission_intensity; regions.green_pilot; levers.green_credit
Writes:  firms.credit_tilt
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import inside, national
from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import Array, Single
from ftz_sim.model.levers import Column
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

FLOOR = 1e-9  # smallest intensity whose log is taken
PILOTS_START = Quarter(2017, 3).index  # national pilots of green finance


class GreenFinance(Params):
    """Keys a scenario may set under ``green_finance:``."""

    green_tilt: float = param(
        0.045,
        "weight lost per log point of intensity (sign disputed)",
        unit="log",
        low=-0.02,
        high=0.11,
        grade="A",
    )
    green_national: float = constant(0.25, "green credit outside pilots and zones", unit="share")
    green_clip: float = constant(3.0, "largest log distance from the mean that counts", unit="log")


def strictness(green_credit: Column, pilot: Array, quarter: int, p: GreenFinance) -> Column:
    """Return how far credit looks at emissions [0 to 1] by province and area [R, 2, 1]."""
    of_nation = np.where(pilot & (quarter >= PILOTS_START), 1.0, p.green_national)
    return np.maximum(of_nation[:, None], inside(green_credit))[:, :, None]


def tilt_per_distance(strictness: Column, p: GreenFinance) -> Column:
    """Return the log weight per log point of intensity above the mean [R, 2, 1]."""
    return -p.green_tilt * strictness


def update(intensity: Single, capital: Column, slope: Single, p: GreenFinance) -> Single:
    """Return the log weight in the allocation of investment [N]; all arrays [N], ``slope`` per log point."""
    distance = np.maximum(intensity, np.float32(FLOOR))
    np.log(distance, out=distance)
    weight = capital.astype(np.float32)
    whole = national(weight)
    weight *= distance
    distance -= national(weight) / whole
    np.clip(distance, np.float32(-p.green_clip), np.float32(p.green_clip), out=distance)
    distance *= slope
    return distance


def step(model: World, p: GreenFinance) -> None:
    """Wire `update` to the firm columns."""
    firms = model.firms
    level = strictness(model.levers.green_credit, model.regions.green_pilot, model.clock.index, p)
    slope = firms.of_cell(tilt_per_distance(level, p))
    firms.credit_tilt = update(firms.emission_intensity, firms.capital, slope, p)
