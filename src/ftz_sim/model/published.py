"""Published figures: what the model starts from and what moves it from outside.

`load_figures` reads the CSV files of ``data/`` (sources, units, years and traps: ``data/SOURCES.md``), checks
them and returns read-only columns. What is wrong in a file is said in one sentence: file, province,
variable, what was found.

Shapes: R = 31 provinces in `Provinces.iso` order, Z = 22 zones in order of opening, P = 8 partners,
F = 16 fields. Money in bn yuan of 2013 a year.
"""

from __future__ import annotations

import math
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.model.columns import N_FIELDS, N_PARTNERS, N_REGIONS, N_ZONES, Array
from ftz_sim.model.published_files import (
    FiguresError,
    Row,
    ceiling_of,
    read_codes,
    read_column,
    read_members,
    read_names,
    read_number,
    read_quarter,
    read_rows,
)
from ftz_sim.model.published_records import (
    DatedPath,
    FieldFigures,
    Figures,
    PartnerFigures,
    PreferenceDepth,
    Provinces,
    ZoneFigures,
)

if TYPE_CHECKING:
    pass

DATA = Path(__file__).parents[1] / "data"
MACRO_REGIONS = ("east", "central", "west")
CATEGORIES = ("coast", "inland", "border", "island")
EARTH_RADIUS = 6371.0  # km
NOT_COVERED = {("co2", "XZ")}  # the emission inventories leave Tibet out


@cache
def load_figures(folder: Path | None = None) -> Figures:
    """Read and check the figures of ``folder``, by default those that come with the package.

    Raises:
        FiguresError: if a figure is missing, impossible or does not add up.
    """
    folder = folder or DATA
    places = read_rows(folder / "regions.csv", N_REGIONS)
    iso = tuple(row["iso"] for row in places)
    tables = _Long(folder, iso)
    _check_totals(folder, tables, places)
    partners = _partners(folder)
    figures = Figures(
        folder=folder,
        provinces=_provinces(folder, tables, places),
        zones=_zones(folder, iso, partners.code),
        partners=partners,
        fields=_fields(folder),
        preference_depth=_preference_depth(folder, partners.code),
        talent_totals=_path(folder / "talents_national.csv"),
        carbon_prices=_path(folder / "carbon_prices.csv"),
        distance=_distances(places),
        same_strategy_area=np.equal.outer(*[np.array([row["strategy_area"] for row in places])] * 2),
    )
    _freeze(figures)
    return figures


class _Long:
    """``provinces.csv``, checked entry by entry."""

    def __init__(self, folder: Path, iso: tuple[str, ...]) -> None:
        self.file = folder / "provinces.csv"
        self.iso = iso
        self.values: dict[tuple[str, str, str], float] = {}
        for row in read_rows(self.file):
            key = row["variable"], row["year"], row["iso"]
            if row["iso"] not in iso:
                raise FiguresError(f"{self.file}: {row['iso']!r} is no province ({row['variable']} {row['year']})")
            if key in self.values:
                raise FiguresError(f"{self.file}: {row['iso']} has {row['variable']} {row['year']} twice")
            self.values[key] = read_number(self.file, row, "value", ceiling_of(row["unit"]))

    def column(self, variable: str, year: int) -> Array:
        """Return a variable by province [R]; nan where its source covers no figures."""
        return np.array([self._value(variable, str(year), iso) for iso in self.iso])

    def _value(self, variable: str, year: str, iso: str) -> float:
        value = self.values.get((variable, year, iso))
        if value is None and (variable, iso) not in NOT_COVERED:
            raise FiguresError(f"{self.file}: {iso} has no {variable} for {year}")
        return math.nan if value is None else value


def _provinces(folder: Path, tables: _Long, places: list[Row]) -> Provinces:
    start = {
        row["name"]: read_number(folder / "start_totals.csv", row) for row in read_rows(folder / "start_totals.csv")
    }
    gdp = _scaled(tables.column("gdp_linked", 2013), start["gdp"])
    people = tables.column("population", 2013) * 1e4
    growth = _growth(tables.column("gdp_linked", 2012), tables.column("gdp_rev5", 2015))
    research_growth = _growth(*(tables.column("rd_expenditure", year) for year in (2012, 2015)))
    return Provinces(
        iso=tables.iso,
        **read_names(places),
        gdp=gdp,
        population=people,
        workers=_scaled(people, start["workers"]),
        talents=tables.column("rd_personnel", 2013),
        research=_scaled(tables.column("rd_expenditure", 2013), start["research_share"] * start["gdp"]),
        exports=_scaled(tables.column("trade_total", 2012), start["export_share"] * start["gdp"]),
        fdi_share=_scaled(tables.column("fdi_share", 2012), 1.0),
        co2=_emissions(tables.column("co2", 2013), gdp, start),
        hightech_revenue=tables.column("hightech_revenue", 2013) / 10,
        patents=_scaled(tables.column("patent_invention_applications", 2013), 1.0),
        secondary_share=tables.column("secondary_share", 2011) / 100,
        tertiary_share=tables.column("tertiary_share", 2011) / 100,
        latitude=read_column(folder / "regions.csv", places, "latitude"),
        longitude=read_column(folder / "regions.csv", places, "longitude"),
        macro_region=read_codes(folder / "regions.csv", places, "macro_region", MACRO_REGIONS),
        strategy_area=np.array([int(row["strategy_area"]) for row in places], dtype=np.int8),
        coastal=np.array([row["coastal"] == "1" for row in places]),
        green_pilot=np.array([row["green_pilot"] == "1" for row in places]),
        growth_2012_15=growth,
        research_growth_2012_15=research_growth - growth,
    )


def _growth(in_2012: Array, in_2015: Array) -> Array:
    """Return how the shares of provinces grew [R, log points a year]."""
    return np.log(_scaled(in_2015, 1.0) / _scaled(in_2012, 1.0)) / 3


def _emissions(published: Array, gdp: Array, start: dict[str, float]) -> Array:
    """Fill the provinces that inventories leave out and scale to the nation [Mt a year, R]."""
    covered = ~np.isnan(published)
    intensity = published[covered].sum() / gdp[covered].sum()
    return _scaled(np.where(covered, published, start["co2_uncovered"] * intensity * gdp), start["co2"])


def _zones(folder: Path, iso: tuple[str, ...], partners: tuple[str, ...]) -> ZoneFigures:
    file = folder / "zones.csv"
    rows = read_rows(file, N_ZONES)
    all_fields = tuple(str(code) for code in range(N_FIELDS))
    return ZoneFigures(
        iso=tuple(row["iso"] for row in rows),
        **read_names(rows),
        region=read_codes(file, rows, "iso", iso, np.intp),
        opening_quarter=np.array([read_quarter(file, row, "opening_quarter") for row in rows], dtype=np.int16),
        category=read_codes(file, rows, "category", CATEGORIES),
        speciality=read_members(file, rows, "speciality", all_fields),
        affinity=read_members(file, rows, "affinity", partners),
    )


def _partners(folder: Path) -> PartnerFigures:
    file = folder / "partners.csv"
    rows = read_rows(file, N_PARTNERS)
    numbers = [f.name for f in fields(PartnerFigures) if f.name not in ("code", "name_en", "name_zh", "group")]
    columns: dict[str, Any] = {name: read_column(file, rows, name, ceiling=1.0) for name in numbers}
    if not math.isclose(columns["export_share_2013"].sum(), 1.0, abs_tol=1e-6):
        raise FiguresError(f"{file}: export_share_2013 sums to {columns['export_share_2013'].sum():.6g}, not to 1")
    code, group = (tuple(row[name] for row in rows) for name in ("code", "group"))
    return PartnerFigures(code=code, group=group, **read_names(rows), **columns)


def _fields(folder: Path) -> FieldFigures:
    rows = read_rows(folder / "fields.csv", N_FIELDS)
    tier = np.array([int(row["tier"]) for row in rows], dtype=np.int8)
    return FieldFigures(key=tuple(row["key"] for row in rows), tier=tier, **read_names(rows))


def _preference_depth(folder: Path, partners: tuple[str, ...]) -> PreferenceDepth:
    file = folder / "preference_depth.csv"
    rows = read_rows(file)
    return PreferenceDepth(
        partner=read_codes(file, rows, "partner", partners, np.intp),
        start=np.array([read_quarter(file, row, "from") for row in rows]),
        end=np.array([read_quarter(file, row, "to") for row in rows]),
        depth=read_column(file, rows, "depth", ceiling=1.0),
    )


def _path(file: Path) -> DatedPath:
    rows = read_rows(file)
    offsets = np.array([read_quarter(file, row, "quarter") for row in rows])
    if (np.diff(offsets) <= 0).any():
        raise FiguresError(f"{file}: quarters must rise from line to line")
    return DatedPath(offsets, read_column(file, rows, "value"))


def _distances(places: list[Row]) -> Array:
    """Return great-circle distances of capitals [km, R x R]."""
    latitude, longitude = (np.radians([float(row[name]) for row in places]) for name in ("latitude", "longitude"))
    across = np.sin(np.subtract.outer(longitude, longitude) / 2) ** 2
    along = np.sin(np.subtract.outer(latitude, latitude) / 2) ** 2
    distance = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(along + np.outer(*[np.cos(latitude)] * 2) * across))
    np.fill_diagonal(distance, 0.0)
    return distance


def _check_totals(folder: Path, tables: _Long, places: list[Row]) -> None:
    """Compare sums over provinces with published totals, within the tolerance stated beside them."""
    macro_region = np.array([row["macro_region"] for row in places])
    for row in read_rows(folder / "checks.csv"):
        inside = (macro_region == row["macro_region"]) | (row["macro_region"] == "")
        found = float(np.nansum(tables.column(row["variable"], int(row["year"]))[inside]))
        total, tolerance = float(row["total"]), float(row["tolerance"])
        if not abs(found - total) <= tolerance:
            where = row["macro_region"] or "all provinces"
            raise FiguresError(
                f"{tables.file}: {row['variable']} {row['year']} of {where} sums to {found:,.6g} "
                f"{row['unit']}; {row['publication']} has {total:,.6g} ± {tolerance:g}"
            )
    shares = sum(tables.column(name, 2011) for name in ("secondary_share", "tertiary_share"))
    for iso, share in zip(tables.iso, np.atleast_1d(shares), strict=True):
        if share > 100:
            raise FiguresError(f"{tables.file}: {iso} has secondary_share + tertiary_share of {share:g} % in 2011")


def _scaled(column: Array, total: float) -> Array:
    return column * (total / column.sum())


def _freeze(record: Any) -> None:
    """Make every column read-only, because all runs share them."""
    parts = record if isinstance(record, tuple) else [getattr(record, f.name) for f in fields(record)]
    for part in parts:
        if isinstance(part, np.ndarray):
            part.flags.writeable = False
        elif hasattr(part, "__dataclass_fields__") or hasattr(part, "_fields"):
            _freeze(part)
