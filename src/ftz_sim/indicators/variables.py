"""The dictionary of outputs: name, unit, meaning, direction and aggregation of every column of the tables.

Tables are quarterly. Stocks (aggregate ``last``) are those at the quarter's end; flows (``sum``) are shown at
annual rates, four times the quarter, so that the sum of a year is the mean of its four rates; indices and
ratios (``mean``) are averaged over the quarters of a year.

``scale`` says how two runs are compared: ``log`` in percent (amounts), ``points`` in percentage points
(shares), ``level`` in the unit itself (indices and counts).
A row holds facts, words in both languages, and the definition: group, formula and source (see `formulas`).
"""

from __future__ import annotations

from ftz_sim.indicators import dictionary_national as national
from ftz_sim.indicators import dictionary_places as places
from ftz_sim.indicators.variable import GROUPS_ZH, UNITS_ZH, Aggregate, Level, Scale, Variable, entries

__all__ = [
    "COMPARED",
    "GROUPS_ZH",
    "GROWTH_ACCOUNT",
    "HEADLINES",
    "NATIONAL",
    "PARTNER",
    "REGION",
    "UNITS_ZH",
    "VARIABLES",
    "ZONE",
    "Aggregate",
    "Level",
    "Scale",
    "Variable",
]

NATIONAL = entries("national", national.NATIONAL)
REGION = entries("region", places.REGION)
ZONE = entries("zone", places.ZONE)
PARTNER = entries("partner", places.PARTNER)
COMPARED = entries("comparison", places.COMPARED)
VARIABLES: dict[Level, dict[str, Variable]] = {
    "national": NATIONAL,
    "region": REGION,
    "zone": ZONE,
    "partner": PARTNER,
}
HEADLINES = (
    "gdp", "research_intensity", "patents", "emerging_share", "fdi", "exports", "co2", "theil", "nqp_fixed",
)  # fmt: skip
GROWTH_ACCOUNT = tuple(name for name in NATIONAL if name.startswith("growth_") and name != "growth_total")
