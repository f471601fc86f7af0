"""What moves by construction: what the rule that reads a lever writes by itself.

A lever that a rule reads moves what the rule writes: the list gets shorter because the rule shortens it. That is how
the model is made and no finding. An indicator is written by the lever's own rule if a column from which it is
computed stands among the writes of a mechanism that reads the lever (of a mechanism: among its own writes). That holds
for the column itself and for what is one step from it, such as CO2 over GDP. What a lever lays out is billed to it by
`public_finance`, which reads no lever by name for that: policy cost moves by construction, too. What a further area
makes `policy` write follows its date and no lever.
"""

from __future__ import annotations

from functools import cache

from ftz_sim.analysis.lever_measures import MEASURES
from ftz_sim.indicators.places import region_table, zone_table
from ftz_sim.model.delimiting import REDRAWN
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.outlays import FORMULA
from ftz_sim.trace.code import columns, listed, readers
from ftz_sim.trace.grades import dependencies

BILLED = frozenset({"nation.outlay_by_lever", "nation.policy_cost", "nation.resource_cost"})
BILLED_TO_ZONES = frozenset({"zones.policy_cost"})  # of the levers of places


@cache
def written(kind: str, name: str) -> frozenset[str]:
    """Return the columns that the rules of a lever and its bill, or a mechanism itself, write."""
    rules = readers(name) if kind == "lever" else (name,)
    own = frozenset(column for rule in rules for column in _writes(rule, kind))
    return own | billed(name) if kind == "lever" else own


def _writes(rule: str, kind: str) -> frozenset[str]:
    redrawn = REDRAWN if (rule, kind) == ("policy", "lever") else ()
    return frozenset(listed(columns(rule).writes)) - frozenset(redrawn)


def billed(lever: str) -> frozenset[str]:
    """Return the columns to which the outlay of a lever is billed; none if it lays nothing out."""
    outlay = CATALOGUE[lever].outlay
    if not (outlay.public_share and (outlay.rate or outlay.base == FORMULA)):
        return frozenset()
    return BILLED if CATALOGUE[lever].scope == "nation" else BILLED | BILLED_TO_ZONES


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
