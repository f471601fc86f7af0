"""Index of new quality productive forces (NQP): outcomes only, no instruments.

Each component is scored between fixed bounds, the same for all runs; a pillar is the mean of its components,
the index 100 times the mean of its pillars. Components are log ratios to the value of 2013Q1, or levels.
The bounds are set by judgement and shown with every comparison by the share of weightings under which each
scenario leads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# component: (lower bound, upper bound)
BOUNDS = {
    "patents_per_worker": (-0.2, 2.0),  # log ratio to 2013
    "knowledge_per_worker": (-0.2, 2.6),
    "gdp_per_worker": (-0.2, 1.8),
    "carbon_productivity": (-0.2, 1.8),
    "zone_carbon_productivity": (-0.2, 1.8),
    "new_industry_share": (0.0, 0.45),  # level
    "high_tech_fdi_to_gdp": (0.0, 0.010),
    "export_sophistication": (0.0, 0.7),
    "equality": (-0.10, 0.0),  # minus the Theil index
    "poorest_to_mean": (0.2, 0.8),
}
PILLARS = {
    "nqp_innovation": ("patents_per_worker", "knowledge_per_worker"),
    "nqp_upgrading": ("new_industry_share", "gdp_per_worker"),
    "nqp_green": ("carbon_productivity", "zone_carbon_productivity"),
    "nqp_openness": ("high_tech_fdi_to_gdp", "export_sophistication"),
    "nqp_sharing": ("equality", "poorest_to_mean"),
}


def log_ratio_to_first(amount: Array) -> Array:
    """Return ln(amount / its first row); 0 where the first row is 0."""
    known = np.broadcast_to(amount[0] > 0, amount.shape)
    safe = np.where(known, np.maximum(amount, 1e-9), 1.0)
    return np.log(safe) - np.log(safe[0])


def pillars(components: dict[str, Array]) -> dict[str, Array]:
    """Return the pillars [0 to 100] that ``components`` allow; a pillar without any is left out."""
    scores = {name: score(value, *BOUNDS[name]) for name, value in components.items()}
    known = {pillar: [scores[n] for n in names if n in scores] for pillar, names in PILLARS.items()}
    return {pillar: 100 * np.mean(parts, axis=0) for pillar, parts in known.items() if parts}


def index(by_pillar: dict[str, Array]) -> Array:
    """Return the index [0 to 100]: the mean of the pillars."""
    return np.mean(list(by_pillar.values()), axis=0)


def score(value: Array, low: float, high: float) -> Array:
    """Place ``value`` between ``low`` (0) and ``high`` (1)."""
    return np.clip((value - low) / (high - low), 0, 1)
