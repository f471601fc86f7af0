"""Reading the model: what a run says about a target.

All functions take the tables of runs (arrays, quarter t in row t) and return plain numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import NATIONAL, REGION, ZONE, Aggregate, Variable
from ftz_sim.indicators.yearly import FIRST_YEAR, year
from ftz_sim.model.clock import QUARTERS_PER_YEAR, Quarter
from ftz_sim.model.published_records import Figures
from ftz_sim.validation.targets import Target

Array = NDArray[Any]
RCEP, ONLY_RCEP = ("JP", "KR", "ASEAN", "ANZ"), ("JP", "ASEAN")  # members; those without another new agreement
EARLY = Quarter(2015, 4).index  # zones of the first two batches were open by then
BORDER = 2  # category of a zone at a land border
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
    if target.table == "partners":
        values = PREFERENCES[target.indicator](tables)
    else:
        values = series(tables, target.table, target.indicator)
    if target.reading == "quarter":
        return target.scale * float(values[Quarter.parse(target.at).index])
    rule = _rule(target)
    now = float(year(values, int(target.at), rule))
    if target.reading == "year":
        return target.scale * now
    ratio = now / float(year(values, int(target.base), rule))
    return target.scale * (ratio - 1 if target.reading == "change" else ratio)


def _rule(target: Target) -> Aggregate:
    if target.table == "partners":
        return "mean"
    first = target.indicator.replace("*", "+").split("+")[0]
    return DICTIONARY[target.table][first].aggregate


def rcep_exports(tables: Tables) -> Array:
    """Return exports that use RCEP [T, bn yuan a year], to members with which China has no other new agreement."""
    amount: Array = tables.partners["preference_use"] * tables.partners["exports"]
    return np.asarray(amount[:, _partners(tables, ONLY_RCEP)].sum(axis=1))


def rcep_use(tables: Tables) -> Array:
    """Return exports that use RCEP over all exports to members [T, share]."""
    return np.asarray(rcep_exports(tables) / tables.partners["exports"][:, _partners(tables, RCEP)].sum(axis=1))


def _partners(tables: Tables, codes: tuple[str, ...]) -> list[int]:
    return [tables.codes.partners.code.index(code) for code in codes]


PREFERENCES: dict[str, Callable[[Tables], Array]] = {"rcep_use": rcep_use, "rcep_exports": rcep_exports}


class Places(NamedTuple):
    """Which provinces are meant, each [R, bool]."""

    hosts: Array  # a zone was open at the end of the year
    near: Array  # no zone, but one within `NEAR` km
    coastal: Array
    border: Array  # its zone lies at a land border, the province not at the sea
    early: Array  # its zone is of the first two batches


def places(tables: Tables, figures: Figures, number: int) -> Places:
    """Return the groups of provinces at the end of a year."""
    codes = tables.codes
    row = (number - FIRST_YEAR + 1) * QUARTERS_PER_YEAR - 1
    hosts = np.zeros(len(codes.regions.code), dtype=bool)
    home = [codes.regions.code.index(code) for code in codes.zones.code]
    hosts[home] = tables.zones["is_open"][row] > 0
    reached = ((figures.distance <= NEAR) & hosts).any(axis=1)
    coastal, zones = figures.provinces.coastal, figures.zones
    of_zones = np.array([zones.iso.index(code) for code in codes.zones.code])
    border, early = np.zeros_like(hosts), np.zeros_like(hosts)
    border[home] = zones.category[of_zones] == BORDER
    early[home] = zones.opening_quarter[of_zones] <= EARLY
    return Places(hosts, ~hosts & reached, coastal, hosts & border & ~coastal, hosts & early)


def effect(history: Tables, without: Tables, column: str, where: str, number: int, figures: Figures) -> float:
    """Return what zones did to a provincial column by a year: percent (amounts) or points (shares).

    Args:
        history: tables with zones.
        without: tables of the same seed without any zone.
        column: of the table of provinces.
        where: ``all``, ``zones`` (provinces that host one), ``others``, ``near``, groups of hosts (``coast``,
            ``inland``, ``border``, ``early``, ``late``), their difference (``coast-inland``) or the code of a province.
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
        "border": groups.border,
        "early": groups.early,
        "late": groups.hosts & ~groups.early,
    }
    codes = np.array(history.codes.regions.code)
    first, *second = (
        _effect(history, without, column, masks.get(name, codes == name), number) for name in where.split("-")
    )
    return first - second[0] if second else first


def _effect(history: Tables, without: Tables, column: str, mask: Array, number: int) -> float:
    if not mask.any():  # none has opened yet
        return np.nan
    variable = REGION[column]
    with_, none = (year(tables.regions[column], number, variable.aggregate)[mask] for tables in (history, without))
    if variable.scale == "log":
        return 100 * float(with_.sum() / none.sum() - 1)
    return float(with_.mean() - none.mean()) * (100 if variable.scale == "points" else 1)
