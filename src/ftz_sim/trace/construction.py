"""What moves by construction: what the rule that reads a lever writes by itself.

A lever that a rule reads moves what the rule writes: the list gets shorter because the rule shortens it. That is how
the model is made and no finding. An indicator is written by the lever's own rule if a column from which it is
computed stands among the writes of a mechanism that reads the lever (of a mechanism: among its own writes). That holds
for the column itself and for what is one step from it, such as CO2 over GDP.
"""

from __future__ import annotations

from functools import cache

from ftz_sim.analysis.lever_measures import MEASURES
from ftz_sim.indicators.places import region_table, zone_table
from ftz_sim.trace.code import columns, listed, readers
from ftz_sim.trace.grades import dependencies


@cache
def written(kind: str, name: str) -> frozenset[str]:
    """Return the columns that the rules of a lever, or a mechanism itself, write."""
    rules = readers(name) if kind == "lever" else (name,)
    return frozenset(column for rule in rules for column in listed(columns(rule).writes))


@cache
def by_construction(kind: str, name: str) -> frozenset[str]:
    """Return the measures that a lever's own rules, or a mechanism itself, write or stand one step from."""
    own = written(kind, name)
    return frozenset(measured for measured in MEASURES if _columns_of(measured) & own)


def _columns_of(measured: str) -> set[str]:
    if measured.startswith("zones."):
        return dependencies(zone_table)[measured.removeprefix("zones.")]
    if measured == "talent_reallocation":
        return dependencies(region_table)["net_talent_flow"]
    return dependencies()[measured]
