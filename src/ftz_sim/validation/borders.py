"""How much trade the borders between large regions of China cost in 2013, as gravity has it.

    kept_rm = w_r tau_rm^-theta / den_m                           what m buys in r, part of its use, at prices of 2013
    free_rm = the same without the border between large regions, where shares of all origins and partners add up to 1
    lost    = 1 - (what the region sells to and buys from the others) / (the same with free_rm)

The border is all that is no distance: taste, protection, rules; coordination can remove a small part of it. Use and
prices stay as they are. Provinces belong to the eight regions of the inter-regional tables; whether the study that is
compared draws them like that was not seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.model.markets.equations import freeness
from ftz_sim.model.published import load_figures
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario

Array = NDArray[Any]
REGIONS = {
    "north_east": "HL JL LN",
    "capital": "BJ TJ",
    "north_coast": "HE SD",
    "east_coast": "SH JS ZJ",
    "south_coast": "FJ GD HI",
    "central": "SX HA AH HB HN JX",
    "north_west": "NM SN NX GS QH XJ",
    "south_west": "SC CQ YN GZ GX XZ",
}


def lost(spec: Scenario) -> dict[str, float]:
    """Return the share of trade with the rest of China that borders cost a region [%], by region."""
    figures = load_figures()
    world = FtzModel(spec, rng=1).base.world  # the same for all seeds
    belongs = np.array([next(k for k, name in enumerate(REGIONS) if iso in REGIONS[name].split())
                        for iso in figures.provinces.iso])  # fmt: skip
    now = freeness(world.far, world.border).transpose(1, 2, 0)
    apart = (belongs[:, None] != belongs)[:, :, None]
    kept, free = (
        traded(world.weight * (world.output > 0), freely, world.market, world.foreign) * world.use
        for freely in (now, now * np.exp(world.border * apart))
    )
    return {name: share_lost(kept.sum(2), free.sum(2), belongs == k) for k, name in enumerate(REGIONS)}


def traded(weight: Array, freeness: Array, market: Array, foreign: Array) -> Array:
    """Return the shares of origins in uses [R of origin, R of use, F]; with those of partners they add up to 1."""
    offers = weight[:, None] * freeness / market
    return np.asarray(offers / (offers.sum(axis=0) + foreign))


def share_lost(kept: Array, free: Array, inside: Array) -> float:
    """Return what is lost [%] of the flows [R of origin, R of use] that leave or enter the provinces ``inside``."""
    crossing = inside[:, None] != inside
    return 100 * float(1 - kept[crossing].sum() / free[crossing].sum())
