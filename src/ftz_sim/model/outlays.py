"""Outlays: what every lever costs, by place, from its level and the base it works on.

One quarter. For lever l in province r (a lever of the nation has no r):

    out_lr    = outlay_scale rate_l level_lr base_lr                    from the table, `data/lever_outlays.csv`
              = what its own formula says                               for the levers with one, see `FORMULAS`
    fiscal_l  = public_share_l sum_r out_lr                             what treasuries pay
    spent_l   = sum_r out_lr if its kind is `spend`, else 0             what is used up, public or private

    base      zone: 1 for each open zone; zone_va, zone_new, zone_old: value added of the zone area, of its new and of
              its traditional industry; zone_exports; zone_emissions [Mt]; province_gdp; coordinated_gdp: GDP times the
              coordination degree; national_gdp                         [bn yuan a quarter, zone years a quarter, Mt]
    rate      share of that base; bn yuan a year for each zone; bn yuan per Mt
    kind      spend: used up; transfer: paid to firms or people; revenue: not collected

A transfer or a tax forgone is a whole cost to the treasury and none to the nation, which loses what raising the money
costs (`public_finance`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.errors import nearest
from ftz_sim.model.axes import row_sums
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.levers import CATALOGUE, Levers
from ftz_sim.model.published_files import FiguresError, Row, read_number, read_rows

DATA = Path(__file__).parents[1] / "data"
PLACES = (
    "zone", "zone_va", "zone_new", "zone_old", "zone_exports", "zone_emissions", "province_gdp", "coordinated_gdp",
)  # fmt: skip
NATION, FORMULA = "national_gdp", "formula"
KINDS = ("spend", "transfer", "revenue")
FORMULAS = (
    "zone_zero_tariff", "corporate_tax_15", "research_support", "joint_fund", "benefit_sharing", "tariff_concessions",
    "accession_preparation",
)  # fmt: skip
OF_NATION = tuple(name for name, lever in CATALOGUE.items() if lever.scope == "nation")
ROW = {name: row for row, name in enumerate(CATALOGUE)}


class Outlay(NamedTuple):
    """What a full lever costs."""

    lever: str
    base: str
    rate: float  # 0 where a formula holds
    kind: str
    public_share: float  # of the outlay, that treasuries pay
    meaning: str
    source: str


class _Table(NamedTuple):
    """The rows of levers of places and of the nation, as arrays; in the order of the catalogue."""

    levels_of_places: Callable[[Levers], tuple[Column, ...]]
    levels_of_nation: Callable[[Levers], tuple[Any, ...]]
    place_of: dict[str, int]  # row of a lever among those of places
    rates: Array  # [places]
    base: Array  # [places] row among the bases of places
    of_places: Array  # [places] rows in the catalogue
    of_nation: Array  # rows of the nation's levers in the catalogue
    rates_of_nation: Array
    public_share: Array  # [levers]
    spent: Array  # [levers] 1 where the kind is `spend`


class Bill(NamedTuple):
    """Outlays of a quarter [bn yuan], in the order of the catalogue."""

    by_lever: Array  # [levers] public and private
    fiscal: Array  # [levers] paid by treasuries
    spent: Array  # [levers] used up, public and private
    fiscal_by_place: Column  # [R] paid by treasuries for the levers of places


@cache
def load_outlays(folder: Path | None = None) -> tuple[Outlay, ...]:
    """Read and check ``lever_outlays.csv`` of ``folder``; return one outlay for each lever, as in the catalogue.

    Raises:
        FiguresError: if a lever is unknown, missing or named twice, or an entry is impossible.
    """
    file = (folder or DATA) / "lever_outlays.csv"
    found: dict[str, Outlay] = {}
    for line, row in enumerate(read_rows(file), start=2):
        where = f"{file}, line {line}"
        _known(where, "lever", row["lever"], CATALOGUE)
        if row["lever"] in found:
            raise FiguresError(f"{where}: {row['lever']} has an outlay already")
        found[row["lever"]] = _outlay(where, row)
    if missing := [name for name in CATALOGUE if name not in found]:
        raise FiguresError(f"{file}: no outlay for {', '.join(missing)}")
    return tuple(found[name] for name in CATALOGUE)


def _outlay(where: str, row: Row) -> Outlay:
    lever, base = row["lever"], row["base"]
    _known(where, "base", base, (*PLACES, NATION, FORMULA))
    _known(where, "kind", row["kind"], KINDS)
    if (base == FORMULA) != (lever in FORMULAS):
        says = "has a formula, so that its base is `formula`" if lever in FORMULAS else "has no formula"
        raise FiguresError(f"{where}: {lever} {says}, not {base!r}")
    if base != FORMULA and (base == NATION) != (lever in OF_NATION):
        raise FiguresError(f"{where}: {lever} is a lever of {CATALOGUE[lever].scope} scope and has the base {base!r}")
    if base == FORMULA and row["rate"]:
        raise FiguresError(f"{where}: {lever} has a formula and no rate, but the rate {row['rate']!r}")
    if not (row["meaning"] and row["source"]):
        raise FiguresError(f"{where}: {lever} lacks its meaning or its source")
    rate = 0.0 if base == FORMULA else read_number(where, row, "rate")
    share = read_number(where, row, "public_share", ceiling=1.0)
    return Outlay(lever, base, rate, row["kind"], share, row["meaning"], row["source"])


def _known(where: str, what: str, name: str, names: Any) -> None:
    if name not in names:
        allowed = "" if len(names) > len(CATALOGUE) / 2 else f", not one of {', '.join(names)}"
        raise FiguresError(f"{where}: {what} {name!r} is not known{allowed}{nearest(name, names)}")


@cache
def _table() -> _Table:
    rows = load_outlays()
    places = [i for i, row in enumerate(rows) if row.lever not in OF_NATION]
    nation = [i for i, row in enumerate(rows) if row.lever in OF_NATION]
    names = [rows[i].lever for i in places]
    return _Table(
        levels_of_places=attrgetter(*names),
        levels_of_nation=attrgetter(*OF_NATION),
        place_of={name: row for row, name in enumerate(names)},
        rates=np.array([rows[i].rate for i in places]),
        base=np.array([PLACES.index(rows[i].base) if rows[i].base in PLACES else 0 for i in places]),
        of_places=np.array(places),
        of_nation=np.array(nation),
        rates_of_nation=np.array([rows[i].rate for i in nation]),
        public_share=np.array([row.public_share for row in rows]),
        spent=np.array([1.0 * (row.kind == "spend") for row in rows]),
    )


def bill(
    levers: Levers, bases: Mapping[str, Column], national_gdp: Any, formulas: Mapping[str, Any], scale: Any
) -> Bill:
    """Return the outlays of all levers in a quarter.

    Args:
        levers: levels.
        bases: of places, by name, each [R].
        national_gdp: base of the levers of the nation.
        formulas: outlays that have a formula [bn yuan]: [R] of levers of places, a number of the nation for others.
        scale: factor on the rates of the table.
    """
    table = _table()
    of_places, of_nation = np.array(table.levels_of_places(levers)), np.array(table.levels_of_nation(levers))
    by_place = (
        of_places * np.array([bases[name] for name in PLACES])[table.base] * _along(table.rates, of_places, scale)
    )
    out = np.empty((len(CATALOGUE), *of_nation.shape[1:]))
    out[table.of_nation] = of_nation * national_gdp * _along(table.rates_of_nation, of_nation, scale)
    for lever, outlay in formulas.items():
        if lever in OF_NATION:
            out[ROW[lever]] = outlay
        else:
            by_place[table.place_of[lever]] = outlay
    out[table.of_places] = row_sums(by_place)
    at_places = _along(table.public_share[table.of_places], by_place) * by_place
    return Bill(out, _along(table.public_share, out) * out, _along(table.spent, out) * out, at_places.sum(axis=0))


def _along(numbers: Array, table: Array, factor: Any = 1.0) -> Array:
    """Return one number for each row of ``table``, times a factor of the nation."""
    return numbers.reshape(-1, *[1] * (table.ndim - 1)) * factor
