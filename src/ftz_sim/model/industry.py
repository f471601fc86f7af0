"""Industry of 2012 by field and province, from the official input-output table and provincial figures.

`load_industry` reads the table of 139 sectors, its map to the 16 fields, output and trade of provinces by 42
sectors and the partners' shares of imports, checks that they add up and returns read-only tables for the
goods markets. What is wrong is said in one sentence. Sources and traps: ``data/SOURCES.md``.

Shapes: S = 139 sectors, R provinces, F fields, P partners, C = 3 trade classes (goods, producer services,
local services). All are shares or bn yuan of 2013 a year.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ftz_sim.model.balancing import scaled_both_ways
from ftz_sim.model.columns import TIER_OF_FIELD, Array
from ftz_sim.model.published import load_figures
from ftz_sim.model.published_files import FiguresError, Row, read_column, read_number, read_rows
from ftz_sim.model.published_records import Provinces

N_SECTORS, N_SECTORS_OF_PROVINCES = 139, 42
GOODS, PRODUCER, LOCAL = range(3)
TRADE_CLASSES = ("goods", "producer", "local")
EMERGING_SHARE = 0.072  # strategic-emerging fields in GDP, 2012-13
FUTURE_RATIO = 0.035  # future fields per emerging field (assumed)
RESEARCH_TILT, HIGHTECH_TILT, LEAST_HIGHTECH = 0.3, 0.25, 0.1  # where new parts of a sector are (assumed)
MOST_NEW = 0.97  # highest share of a province's sector that counts as new
BALANCE = 1e-4  # of output; rounding of the printed table
COVERAGE = (0.65, 1.9)  # sum of provinces' output over the nation's, sector by sector
TINY = 1e-9


@dataclass(frozen=True)
class Industry:
    """Industry by field and province."""

    value_added_share: Array  # [F] of output
    input_shares: Array  # [F of input, F of user] of the user's inputs; columns sum to 1
    field_share: Array  # [F] of national value added
    exports: Array  # [F] over GDP
    imports: Array  # [F] over GDP, without duties
    class_of_output: Array  # [F, C] shares of a field's output
    class_of_imports: Array  # [F, C] shares of a field's imports
    value_added: Array  # [R, F] scaled to GDP of 2013 by province and to field_share
    exports_by_province: Array  # [R, F] shares of the nation, by place of production
    imports_by_province: Array  # [R, F] shares of the nation, by place of use
    partner_imports: Array  # [F, P] shares of imports by partner


class _Nation(NamedTuple):
    """The table of 139 sectors; flows in 100m yuan."""

    inputs: Array  # [S of input, S of user]
    output: Array  # [S]
    value_added: Array  # [S]
    exports: Array  # [S]
    imports: Array  # [S]


class _Map(NamedTuple):
    """Where each of the 139 sectors belongs."""

    sector42: Array  # [S] sector of the provincial figures, from 0
    trade_class: Array  # [S]
    home: Array  # [S, F] 1 in the traditional field
    new: Array  # [S, F] parts that count as new industry


class _Places(NamedTuple):
    """Provincial figures by 42 sectors, 100m yuan; [R, 42] each."""

    output: Array
    exports: Array
    imports: Array


@cache
def load_industry(folder: Path | None = None) -> Industry:
    """Read and check industry of ``folder``, by default the one that comes with the package.

    Raises:
        FiguresError: if an entry is missing, impossible or does not add up.
    """
    figures = load_figures(folder)
    folder = figures.folder
    nation = _read_nation(folder)
    sectors = _scaled_parts(_read_map(folder, figures.fields.key), nation)
    places = _read_places(folder, figures.provinces.iso, sectors, nation)
    parts = sectors.home * (1 - sectors.new.sum(1, keepdims=True)) + sectors.new
    output = nation.output @ parts
    bought = np.einsum("st,tg->sg", nation.inputs, parts)  # einsum: bits of so large a product depend on cores
    inputs = np.einsum("sf,sg->fg", parts, bought)
    value_added, exports, imports = (x @ parts for x in (nation.value_added, nation.exports, nation.imports))
    classes = np.eye(len(TRADE_CLASSES))[sectors.trade_class]
    by_province = _provinces(places, sectors, nation, figures.provinces)
    field_share = value_added / value_added.sum()
    industry = Industry(
        value_added_share=value_added / output,
        input_shares=inputs / inputs.sum(0),
        field_share=field_share,
        exports=exports / value_added.sum(),
        imports=imports / value_added.sum(),
        class_of_output=_shares(parts.T @ (nation.output[:, None] * classes), 1),
        class_of_imports=_shares(parts.T @ (nation.imports[:, None] * classes), 1),
        value_added=scaled_both_ways(
            by_province.output, figures.provinces.gdp, field_share * figures.provinces.gdp.sum()
        ),
        exports_by_province=_shares(by_province.exports, 0),
        imports_by_province=_shares(by_province.imports, 0),
        partner_imports=_read_partner_imports(folder, figures.partners.code, figures.fields.key),
    )
    for column in fields(industry):
        getattr(industry, column.name).flags.writeable = False
    return industry


def _shares(table: Array, axis: int) -> Array:
    return table / table.sum(axis, keepdims=True)


def _read_nation(folder: Path) -> _Nation:
    """Read the national table; rows and columns of the printed table must balance."""
    file = folder / "input_output_2012.csv"
    rows = read_rows(file, N_SECTORS + 1)
    codes = [row["code"] for row in rows[:-1]]
    inputs = np.array([[read_number(file, row, code) for code in codes] for row in rows[:-1]])
    output, exports, imports = (read_column(file, rows[:-1], name) for name in ("output", "exports", "imports"))
    value_added = np.array([read_number(file, rows[-1], code) for code in codes])
    left = _signed(file, rows[:-1], "final_use") + _signed(file, rows[:-1], "error") - imports
    for what, gap in (
        ("use", inputs.sum(1) + left - output),
        ("inputs and value added", inputs.sum(0) + value_added - output),
    ):
        worst = int(np.abs(gap / output).argmax())
        if abs(gap[worst]) > BALANCE * output[worst]:
            raise FiguresError(
                f"{file}: {what} of sector {codes[worst]} differ from its output "
                f"{output[worst]:,.6g} by {gap[worst]:,.3g}"
            )
    return _Nation(inputs, output, value_added, exports, imports)


def _signed(file: Path, rows: list[Row], name: str) -> Array:
    try:
        return np.array([float(row[name]) for row in rows])
    except ValueError as error:
        raise FiguresError(f"{file}: {name}: {error}") from None


def _read_map(folder: Path, keys: tuple[str, ...]) -> _Map:
    """Read which field, parts and trade class each sector has."""
    file = folder / "sector_fields.csv"
    rows = read_rows(file, N_SECTORS)
    new = np.zeros((N_SECTORS, len(keys)))
    home = np.zeros_like(new)
    for number, row in enumerate(rows):
        parts = dict(part.split("=") for part in row["new_parts"].split())
        if unknown := {row["field"], *parts} - set(keys):
            raise FiguresError(f"{file}: {row['code']} has field {', '.join(sorted(unknown))}, which is not known")
        if row["trade_class"] not in TRADE_CLASSES or not row["reason"]:
            raise FiguresError(f"{file}: {row['code']} needs a reason and a trade_class of {', '.join(TRADE_CLASSES)}")
        home[number, keys.index(row["field"])] = 1.0
        for key in parts:
            new[number, keys.index(key)] = read_number(file, parts, key, ceiling=1.0)
    sector42 = read_column(file, rows, "sector42", N_SECTORS_OF_PROVINCES).astype(int) - 1
    return _Map(sector42, np.array([TRADE_CLASSES.index(row["trade_class"]) for row in rows]), home, new)


def _scaled_parts(sectors: _Map, nation: _Nation) -> _Map:
    """Scale new parts so that the emerging and the future tier have their published shares of value added."""
    goal = {1: EMERGING_SHARE, 2: EMERGING_SHARE * FUTURE_RATIO}
    new = sectors.new.copy()
    for tier, share in goal.items():
        mine = np.equal(TIER_OF_FIELD, tier)
        new[:, mine] *= share * nation.value_added.sum() / (nation.value_added @ new[:, mine]).sum()
    if (new.sum(1) >= 1).any():
        raise FiguresError(f"sector_fields.csv: new parts of sector {int(new.sum(1).argmax()) + 1:03d} exceed it")
    return sectors._replace(new=new)


def _read_places(folder: Path, iso: tuple[str, ...], sectors: _Map, nation: _Nation) -> _Places:
    """Read output and trade of provinces; sums of output must be near the nation's."""
    file = folder / "provinces_sectors_2012.csv"
    rows = read_rows(file, len(iso) * N_SECTORS_OF_PROVINCES)
    order = [(place, str(number + 1)) for place in iso for number in range(N_SECTORS_OF_PROVINCES)]
    for row, wanted in zip(rows, order, strict=True):
        if (row["iso"], row["sector42"]) != wanted:
            raise FiguresError(f"{file}: {row['iso']} {row['sector42']} where {' '.join(wanted)} is due")
    shape = len(iso), N_SECTORS_OF_PROVINCES
    places = _Places(*(read_column(file, rows, name).reshape(shape) for name in _Places._fields))
    ratio = places.output.sum(0) / np.bincount(sectors.sector42, nation.output, N_SECTORS_OF_PROVINCES)
    for number in np.flatnonzero((ratio < COVERAGE[0]) | (ratio > COVERAGE[1])):
        raise FiguresError(f"{file}: output of sector {number + 1} sums to {ratio[number]:.2f} of the nation's")
    return places


def _provinces(places: _Places, sectors: _Map, nation: _Nation, provinces: Provinces) -> _Places:
    """Return value added, exports and imports of provinces by field, before scaling [R, F; 100m yuan].

    Inside one of the 42 sectors a province has the nation's mix of the 139; new parts lean to provinces with
    more R&D and high technology. Goods are traded by customs, services by output.
    """
    of_42 = sectors.sector42
    national = np.bincount(of_42, nation.output, N_SECTORS_OF_PROVINCES)
    output = places.output[:, of_42] / national[of_42] * nation.output
    hightech = provinces.hightech_revenue / provinces.gdp
    relative = hightech / (provinces.hightech_revenue.sum() / provinces.gdp.sum())
    strength = (provinces.research / provinces.gdp) ** RESEARCH_TILT
    strength *= np.maximum(relative, LEAST_HIGHTECH) ** HIGHTECH_TILT
    tilt = strength[:, None] * output.sum(0) / (output * strength[:, None]).sum(0)
    new = sectors.new * tilt[:, :, None]
    new *= np.minimum(1.0, MOST_NEW / np.maximum(new.sum(2, keepdims=True), TINY))
    parts = new + sectors.home * (1 - new.sum(2, keepdims=True))
    whole = sectors.new + sectors.home * (1 - sectors.new.sum(1, keepdims=True))
    goods = sectors.trade_class == GOODS
    by_output = _shares(places.output, 0)[:, of_42]
    exports, imports = (
        np.where(goods & (table.sum(0) > TINY)[of_42], (table / np.maximum(table.sum(0), TINY))[:, of_42], by_output)
        for table in (places.exports, places.imports)
    )
    return _Places(
        np.einsum("rs,rsf->rf", output / nation.output * nation.value_added, parts),
        np.einsum("rs,rsf->rf", exports * nation.exports, parts),
        (imports * nation.imports) @ whole,
    )


def _read_partner_imports(folder: Path, partners: tuple[str, ...], keys: tuple[str, ...]) -> Array:
    file = folder / "partner_imports.csv"
    rows = read_rows(file, len(keys))
    if [row["field"] for row in rows] != list(keys):
        raise FiguresError(f"{file}: lines must stand in the order of fields.csv")
    shares = np.stack([read_column(file, rows, partner, 1.0) for partner in partners], axis=1)
    if np.abs(shares.sum(1) - 1).max() > 1e-6:
        raise FiguresError(f"{file}: shares of {keys[int(np.abs(shares.sum(1) - 1).argmax())]} do not sum to 1")
    return shares
