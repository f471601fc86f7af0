"""Reading the model: what a run says about a target.

All functions take the tables of runs (arrays, quarter t in row t) and return plain numbers.
"""

from __future__ import annotations

from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import NATIONAL, REGION, ZONE, Variable
from ftz_sim.indicators.yearly import FIRST_YEAR, year
from ftz_sim.model.clock import QUARTERS_PER_YEAR, Quarter
from ftz_sim.model.published_records import Figures
from ftz_sim.validation.targets import Target

Array = NDArray[Any]
NEAR = 500.0  # km between capitals within which a province counts as a neighbour
DICTIONARY: dict[str, dict[str, Variable]] = {"national": NATIONAL, "zones": ZONE, "regions": REGION}


def series(tables: Tables, table: str, expression: str) -> Array:
    """Return a column of a table, or a sum of products of columns such as ``a+b*c``, added up over rows [T]."""
    columns = getattr(tables, table)
    terms = [prod(columns[name] for name in term.split("*")) for term in expression.split("+")]
    total = np.asarray(sum(terms))
    return total.sum(axis=1) if total.ndim > 1 else total


def read(tables: Tables, target: Target) -> float:
    """Return what one run says about a target of the national table or of all zones together."""
    values = series(tables, target.table, target.indicator)
    if target.reading == "quarter":
        return target.scale * float(values[Quarter.parse(target.at).index])
    first = target.indicator.replace("*", "+").split("+")[0]
    rule = DICTIONARY[target.table][first].aggregate
    now = float(year(values, int(target.at), rule))
    if target.reading == "year":
        return target.scale * now
    ratio = now / float(year(values, int(target.base), rule))
    return target.scale * (ratio - 1 if target.reading == "change" else ratio)


class Places(NamedTuple):
    """Which provinces are meant, each [R, bool]."""

    hosts: Array  # a zone was open at the end of the year
    near: Array  # no zone, but one within `NEAR` km
    coastal: Array


def places(tables: Tables, figures: Figures, number: int) -> Places:
    """Return the groups of provinces at the end of a year."""
    codes = tables.codes
    row = (number - FIRST_YEAR + 1) * QUARTERS_PER_YEAR - 1
    hosts = np.zeros(len(codes.regions.code), dtype=bool)
    home = [codes.regions.code.index(code) for code in codes.zones.code]
    hosts[home] = tables.zones["is_open"][row] > 0
    reached = ((figures.distance <= NEAR) & hosts).any(axis=1)
    return Places(hosts, ~hosts & reached, figures.provinces.coastal)


def effect(history: Tables, without: Tables, column: str, where: str, number: int, figures: Figures) -> float:
    """Return what zones did to a provincial column by a year: percent (amounts) or points (shares).

    Args:
        history: tables with zones.
        without: tables of the same luck without any zone.
        column: of the table of provinces.
        where: ``all``, ``zones`` (provinces that host one), ``others``, ``near``, ``coast-inland`` (difference
            of the two groups of hosts) or the code of a province.
        number: calendar year.
        figures: for distances and the coast.
    """
    groups = places(history, figures, number)
    masks = {
        "all": np.ones(len(groups.hosts), dtype=bool),
        "zones": groups.hosts,
        "others": ~groups.hosts,
        "near": groups.near,
        "coast": groups.hosts & groups.coastal,
        "inland": groups.hosts & ~groups.coastal,
    }
    if where == "coast-inland":
        return _effect(history, without, column, masks["coast"], number) - _effect(
            history, without, column, masks["inland"], number
        )
    codes = np.array(history.codes.regions.code)
    return _effect(history, without, column, masks.get(where, codes == where), number)


def _effect(history: Tables, without: Tables, column: str, mask: Array, number: int) -> float:
    variable = REGION[column]
    with_, none = (year(tables.regions[column], number, variable.aggregate)[mask] for tables in (history, without))
    if variable.scale == "log":
        return 100 * float(with_.sum() / none.sum() - 1)
    return float(with_.mean() - none.mean()) * (100 if variable.scale == "points" else 1)
