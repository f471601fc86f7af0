"""Other Chinas: copies of the published figures in which something is moved, read and checked as the true ones are."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ftz_sim.model.clock import Quarter
from ftz_sim.model.published import DATA, load_figures
from ftz_sim.model.published_records import Figures

Row = dict[str, str]
Change = Callable[[Path], None]  # what is moved in a folder of figures
EXTENSIVE = (  # variables that grow with a province
    "co2", "fdi_share", "gdp_linked", "gdp_rev5", "hightech_revenue", "patent_invention_applications", "population",
    "rd_expenditure", "rd_personnel", "trade_total",
)  # fmt: skip


@contextmanager
def figures_with(*changes: Change) -> Iterator[Figures]:
    """Give figures in which something is moved; published totals of provinces need not hold in them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(DATA, folder)
        rewrite(folder / "checks.csv", lambda rows: rows.clear())
        for change in changes:
            change(folder)
        yield load_figures(folder)


def rewrite(file: Path, edit: Callable[[list[Row]], None]) -> None:
    """Change the lines of a CSV file in place."""
    with file.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, names = list(reader), list(reader.fieldnames or ())
    edit(rows)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        writer.writerows(rows)


def opened_later(quarters: int) -> Change:
    """Return what moves the opening of all zones, not before the start."""

    def edit(rows: list[Row]) -> None:
        for row in rows:
            opening = Quarter.parse(row["opening_quarter"]).index + quarters
            row["opening_quarter"] = str(Quarter.at(max(opening, 0)))

    return lambda folder: rewrite(folder / "zones.csv", edit)


def zones_exchanged(one: str, other: str) -> Change:
    """Return what gives each of two provinces the zone of the other, if it has one."""
    return lambda folder: rewrite(folder / "zones.csv", lambda rows: _exchange(rows, one, other))


def provinces_exchanged(one: str, other: str) -> Change:
    """Return what puts all figures of two provinces, zones included, under the name of the other."""

    def change(folder: Path) -> None:
        for file in ("regions.csv", "provinces.csv", "provinces_sectors_2012.csv"):
            rewrite(folder / file, _in_the_old_order(one, other))
        zones_exchanged(one, other)(folder)

    return change


def _in_the_old_order(one: str, other: str) -> Callable[[list[Row]], None]:
    def edit(rows: list[Row]) -> None:
        order = [row["iso"] for row in rows]
        _exchange(rows, one, other)
        left = {iso: iter([row for row in rows if row["iso"] == iso]) for iso in order}
        rows[:] = [next(left[iso]) for iso in order]

    return edit


def _exchange(rows: list[Row], one: str, other: str) -> None:
    names = {one: other, other: one}
    for row in rows:
        row["iso"] = names.get(row["iso"], row["iso"])


def giant(iso: str, rest: float) -> Change:
    """Return what shrinks all provinces but one to ``rest`` of their size."""

    def provinces(rows: list[Row]) -> None:
        for row in rows:
            if row["variable"] in EXTENSIVE and row["iso"] != iso:
                row["value"] = repr(rest * float(row["value"]))

    def sectors(rows: list[Row]) -> None:
        for column in ("output", "exports", "imports"):
            totals: dict[str, float] = {}
            left: dict[str, float] = {}
            for row in rows:
                number = float(row[column])
                totals[row["sector42"]] = totals.get(row["sector42"], 0.0) + number
                if row["iso"] != iso:
                    row[column] = repr(rest * number)
                    left[row["sector42"]] = left.get(row["sector42"], 0.0) + rest * number
            for row in rows:
                if row["iso"] == iso:
                    row[column] = repr(totals[row["sector42"]] - left[row["sector42"]])

    def change(folder: Path) -> None:
        rewrite(folder / "provinces.csv", provinces)
        rewrite(folder / "provinces_sectors_2012.csv", sectors)

    return change


def other_money(factor: float) -> Change:
    """Return what counts GDP and carbon prices in another money."""

    def total(rows: list[Row]) -> None:
        for row in rows:
            if row["name"] == "gdp":
                row["value"] = repr(factor * float(row["value"]))

    def prices(rows: list[Row]) -> None:
        for row in rows:
            row["value"] = repr(factor * float(row["value"]))

    def change(folder: Path) -> None:
        rewrite(folder / "start_totals.csv", total)
        rewrite(folder / "carbon_prices.csv", prices)

    return change
