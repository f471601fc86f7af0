"""Outlays: what every lever costs, by place, from its level and the base it works on.

One quarter. For lever l in province r (a lever of the nation has no r):

    out_lr    = outlay_scale rate_l level_lr base_lr                    from its record, `levers`
              = what its own formula says                               for the levers with one, see `FORMULAS`
    fiscal_l  = public_share_l sum_r out_lr                             what treasuries pay
    spent_l   = sum_r out_lr if its kind is `spend`, else 0             what is used up, public or private

    base      zone: 1 for each open zone, times the size of its area relative to its first one; zone_va, zone_new,
              zone_old: value added of the zone area, of its new and of its traditional industry; zone_exports;
              zone_emissions, of the last quarter; province_gdp; coordinated_gdp: GDP times the coordination degree;
              national_gdp                                              [bn yuan a quarter, zone years a quarter, Mt]
    rate      share of that base; bn yuan a year for each zone; bn yuan per Mt
    kind      spend: used up; transfer: paid to firms or people; revenue: not collected

A transfer or a tax forgone is a whole cost to the treasury and none to the nation, which loses what raising the money
costs (`public_finance`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, get_args

import numpy as np

from ftz_sim.errors import nearest
from ftz_sim.model.axes import row_sums
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.lever_cards import Kind, Outlay
from ftz_sim.model.levers import CATALOGUE, Levers

PLACES = (
    "zone", "zone_va", "zone_new", "zone_old", "zone_exports", "zone_emissions", "province_gdp", "coordinated_gdp",
)  # fmt: skip
NATION, FORMULA = "national_gdp", "formula"
FORMULAS = (
    "zone_zero_tariff", "corporate_tax_15", "research_support", "joint_fund", "benefit_sharing", "tariff_concessions",
    "accession_preparation",
)  # fmt: skip
OF_NATION = tuple(name for name, lever in CATALOGUE.items() if lever.scope == "nation")
ROW = {name: row for row, name in enumerate(CATALOGUE)}


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
def load_outlays() -> tuple[Outlay, ...]:
    """Check and return the outlay of each lever, in the order of the catalogue."""
    return tuple(checked(lever.outlay) for lever in CATALOGUE.values())


def checked(outlay: Outlay) -> Outlay:
    """Return an outlay that can be.

    Raises:
        ValueError: with the lever and what is wrong with its record.
    """
    lever, base = outlay.lever, outlay.base
    _known(lever, "base", base, (*PLACES, NATION, FORMULA))
    _known(lever, "kind", outlay.kind, get_args(Kind))
    if (base == FORMULA) != (lever in FORMULAS):
        says = "has a formula, so that its base is `formula`" if lever in FORMULAS else "has no formula"
        raise ValueError(f"outlay of {lever}: it {says}, not {base!r}")
    if base != FORMULA and (base == NATION) != (lever in OF_NATION):
        raise ValueError(f"outlay of {lever}: a lever of {CATALOGUE[lever].scope} scope has the base {base!r}")
    if base == FORMULA and outlay.rate:
        raise ValueError(f"outlay of {lever}: it has a formula and no rate, but the rate {outlay.rate:g}")
    if outlay.rate < 0 or not 0 <= outlay.public_share <= 1:
        raise ValueError(f"outlay of {lever}: no rate is below 0, and the part that treasuries pay is from 0 to 1")
    if not (outlay.meaning and outlay.source):
        raise ValueError(f"outlay of {lever}: it lacks its meaning or its source")
    return outlay


def _known(lever: str, what: str, name: str, names: Any) -> None:
    if name not in names:
        raise ValueError(f"outlay of {lever}: {what} {name!r} is not one of {', '.join(names)}{nearest(name, names)}")


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
        scale: factor on the rates.
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
