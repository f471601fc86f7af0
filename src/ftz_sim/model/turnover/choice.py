"""What an entrant chooses: the zone area or not, a tier and an owner; the field is chosen as climbers choose it."""

from __future__ import annotations

import numpy as np

from ftz_sim.model.axes import power
from ftz_sim.model.columns import FOREIGN, PRIVATE, STATE_OWNED, Array, Single
from ftz_sim.model.levers import Column
from ftz_sim.model.turnover.parameters import FirmTurnover

FLOOR = 1e-9  # smallest index that is raised to a power


def area_chance(
    openness: Column, fair_competition: Column, research_support: Column, area: Array, p: FirmTurnover
) -> Column:
    """Return the probability that an entrant chooses the zone area [R]; ``openness`` [R, 2], the rest [R].

    ``area`` is the size of the zone area relative to its first one, 0 without one.
    """
    pull = p.advantage * (openness[:, 1] - openness[:, 0]) + p.entry_effect * (fair_competition + research_support)
    return np.minimum(p.zone_cap, area * p.zone_entry_share * np.exp(pull))


def tier_chances(factor_index: Column, openness: Column, p: FirmTurnover) -> Column:
    """Return the probabilities of the tiers [R, 2, K] of an entrant, by province and area."""
    pull = power(np.maximum(factor_index, FLOOR), p.tier_factor)[:, None] * np.exp(p.tier_openness * openness)
    traditional = np.ones_like(pull)[:, :, None]
    odds = np.concatenate((traditional, pull[:, :, None] * np.array(p.tier_odds)), axis=2)
    return odds / odds.sum(2, keepdims=True)


def low_bits(draws: Single) -> Single:
    """Return a second uniform number [n]: the low half of the 24 random bits of ``draws``."""
    return draws * 4096 % 1


def choose_tier(draws: Single, chances: Column) -> Array:
    """Return the tier of entrants [n] from their draws [n] and chances [n, K]; a small draw means a high tier."""
    return (draws < chances[:, 2]).astype(np.int8) + (draws < chances[:, 1] + chances[:, 2])


def choose_owner(draws: Column, p: FirmTurnover) -> Array:
    """Return the owner of entrants [n] from their draws [n]."""
    foreign = np.where(draws < p.state_share + p.foreign_share, FOREIGN, PRIVATE)
    return np.where(draws < p.state_share, STATE_OWNED, foreign)
