"""The panel that a researcher would have: yearly outcomes of provinces, or of zones beside their surroundings.

A province counts as treated from the first calendar year of which its zone is open for at least two
quarters, as is usual in the literature: a zone of April counts at once, one of September from next year.
Cells split provinces with a zone into the zone area and the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.yearly import FIRST_YEAR, years
from ftz_sim.model.clock import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
NEVER = 0
HALF_A_YEAR = 2  # quarters


class Panel(NamedTuple):
    """A balanced panel."""

    units: tuple[str, ...]  # [U]
    years: Array  # [T]
    first: Array  # [U] first treated year, or NEVER
    outcomes: dict[str, Array]  # each [T, U]

    @property
    def treated(self) -> Array:
        """Whether a unit is treated in a year [T, U]."""
        return (self.first != NEVER) & (self.years[:, None] >= self.first)

    @property
    def relative(self) -> Array:
        """Years since the first treated year [T, U]; large and negative where never treated."""
        return np.where(self.first == NEVER, -999, self.years[:, None] - self.first)

    def frame(self) -> pd.DataFrame:
        """Return the panel in long format: unit, year, first, treated, relative, outcomes."""
        import pandas as pd

        count = len(self.units)
        columns = {"treated": self.treated.astype(float), "relative": self.relative, **self.outcomes}
        return pd.DataFrame(
            {
                "unit": np.tile(self.units, len(self.years)),
                "year": np.repeat(self.years, count),
                "first": np.tile(self.first, len(self.years)),
                **{name: values.ravel() for name, values in columns.items()},
            }
        )


def _log(name: str) -> Callable[[dict[str, Array], Array], Array]:
    return lambda table, nation: np.log(table[name])


def _gap(table: dict[str, Array], nation: Array) -> Array:
    return np.abs(np.log(table["gdp_per_worker"] / nation[:, None]))


# outcome -> from yearly provincial columns and the nation's GDP per worker
OUTCOMES: dict[str, Callable[[dict[str, Array], Array], Array]] = {
    "patents": _log("patents"),
    "research": lambda table, nation: np.log(table["research_intensity"] * table["gdp"]),
    "fdi": _log("fdi"),
    "exports": _log("exports"),
    "gdp": _log("gdp"),
    "upgrading": lambda table, nation: table["emerging_share"] + table["future_share"],
    "co2": _log("co2"),
    "co2_intensity": _log("co2_intensity"),
    "talents": _log("talents"),
    "gap": _gap,
}
EMPTY = 1e-6  # bn yuan or Mt a year: below, a cell holds nothing but rounding


def yearly(values: Array) -> Array:
    """Return the means of calendar years [T, ...] of quarters since 2013Q1; a cut year is left out."""
    return years(values[: len(values) // QUARTERS_PER_YEAR * QUARTERS_PER_YEAR], "mean")


def first_treated(tables: Tables) -> Array:
    """Return the first treated year of every province [R], NEVER without a zone inside the horizon."""
    first = np.full(len(tables.codes.regions.code), NEVER)
    for zone, code in enumerate(tables.codes.zones.code):
        share = yearly(tables.zones["is_open"][:, zone])
        treated = np.flatnonzero(share >= HALF_A_YEAR / QUARTERS_PER_YEAR)
        if len(treated):
            first[tables.codes.regions.code.index(code)] = FIRST_YEAR + treated[0]
    return first


def provinces(tables: Tables, first: Array) -> Panel:
    """Return the panel of provinces; ``first`` comes from the run with zones."""
    table = {name: yearly(values) for name, values in tables.regions.items()}
    nation = yearly(tables.national["gdp_per_worker"])
    years = FIRST_YEAR + np.arange(len(nation))
    outcomes = {name: rule(table, nation) for name, rule in OUTCOMES.items()}
    return Panel(tables.codes.regions.code, years, first, outcomes)


def cells(zones: Tables, without: Tables, first: Array) -> tuple[Panel, Panel]:
    """Return the panels of zone areas (treated) and of the rest of all provinces (never treated).

    Cells that are empty in a year of either world are left out of both: in small populations some areas are.
    """
    worlds = [_cell_amounts(tables) for tables in (zones, without)]
    kept = np.all([values > EMPTY for both in worlds for values in both.values()], axis=(0, 1))
    codes = zones.codes
    home = [codes.regions.code.index(code) for code in codes.zones.code]
    units = np.array([*(f"{code} zone" for code in codes.zones.code), *codes.regions.code])
    starts = np.concatenate([first[home], np.full(len(codes.regions.code), NEVER)])
    panels = [_cell_panel({name: v[:, kept] for name, v in both.items()}, units[kept], starts[kept]) for both in worlds]
    return panels[0], panels[1]


def _cell_panel(both: dict[str, Array], units: Array, first: Array) -> Panel:
    outcomes = {
        "value_added": np.log(both["value"]),
        "exports": np.log(both["exports"]),
        "upgrading": both["new"] / both["value"],
        "co2_intensity": np.log(both["co2"] / both["value"]),
    }
    return Panel(tuple(units), FIRST_YEAR + np.arange(len(both["value"])), first, outcomes)


def _cell_amounts(tables: Tables) -> dict[str, Array]:
    """Return yearly amounts of the zone areas, then of provinces without them [T, Z + R]."""
    codes = tables.codes
    home = [codes.regions.code.index(code) for code in codes.zones.code]
    inside = _amounts({name: yearly(values) for name, values in tables.zones.items()}, "value_added")
    outside = _amounts({name: yearly(values) for name, values in tables.regions.items()}, "gdp")
    for name, values in outside.items():
        values[:, home] -= inside[name]
    return {name: np.hstack([inside[name], outside[name]]) for name in inside}


def _amounts(table: dict[str, Array], value: str) -> dict[str, Array]:
    return {
        "value": table[value].copy(),
        "exports": table["exports"].copy(),
        "new": (table["emerging_share"] + table["future_share"]) * table[value],
        "co2": table["co2"].copy(),
    }
