"""What the lever study measures in every run."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.panel import CUMULATED, DISCOUNT_RATE
from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import NATIONAL, ZONE, Variable
from ftz_sim.indicators.yearly import discounted, last_year, year

Array = NDArray[Any]
TABLES = ("national", "regions", "zones")  # that `measure` reads
OUTCOMES = ("gdp", "real_income", "fdi", "co2", "patents", "theil", "policy_cost")  # what a lever is judged by
NO_ZONES = ("top_field", "is_open", "warned")
MEASURES: dict[str, Variable] = {
    **NATIONAL,
    **{f"zones.{name}": variable for name, variable in ZONE.items() if name not in NO_ZONES},
    "talent_reallocation": Variable(
        "talent_reallocation", "national", "10^3 FTE/yr", 0, "sum", "level",
        "R&D staff changing province", "研发人才省际再配置",
        "Half the sum of the provinces' net flows.", "各省净流量绝对值之和的一半。",
    ),
}  # fmt: skip
PLACES = {name: place for place, name in enumerate(MEASURES)}
SCALES = [variable.scale for variable in MEASURES.values()]


def measure(tables: Tables) -> Array:
    """Return every measure of a run in its final year, in the order of `MEASURES`."""
    final = last_year(tables.quarters)

    def value(name: str, variable: Variable) -> float:
        if name.startswith("zones."):
            by_zone = year(tables.zones[name.removeprefix("zones.")], final, variable.aggregate)
            return float(by_zone.sum() if variable.scale == "log" else by_zone.mean())
        if name == "talent_reallocation":
            return float(np.abs(year(tables.regions["net_talent_flow"], final, "sum")).sum() / 2)
        return float(year(tables.national[name], final, variable.aggregate))

    return np.array([value(name, variable) for name, variable in MEASURES.items()])


def present_values(tables: Tables) -> Array:
    """Return GDP and policy cost of a run [2], discounted to its start [bn yuan]."""
    return np.array([discounted(tables.national[name], 0, DISCOUNT_RATE) for name in CUMULATED])


def unit(indicator: str) -> str:
    """Return the unit in which an effect on ``indicator`` is given."""
    variable = MEASURES[indicator]
    return {"log": "%", "points": "points"}.get(variable.scale, variable.unit)
