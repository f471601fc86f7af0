"""Figures and page of a validation folder: reads its CSV files only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.report import validation_tables as tables
from ftz_sim.report.inline import inline_svg, title_of
from ftz_sim.report.siphon import siphon, siphon_signs
from ftz_sim.report.style import GRID, INK, SOFT, Grid, heading, house_style, panel, save, sheet
from ftz_sim.report.validation_words import word
from ftz_sim.results.reading import read_manifest
from ftz_sim.scenario import evidence
from ftz_sim.text.words import LANGUAGES, Lang, province

PASS, MISS, MODEL, TRUTH = "#0072b2", "#d55e00", "#22262a", "#009e73"
ROW = 0.175  # inches of a target
EDGE = 3.0  # half-widths of the range beyond which targets are drawn at the edge
NAMED = 6  # provinces named in a panel
TEMPLATES = Path(__file__).parent / "templates"


def pages(folder: Path) -> list[Path]:
    """Return the pages with all tables and figures inside, one a language."""
    return [folder / f"validation.{lang}.html" for lang in LANGUAGES]


def draw_validation(folder: Path | str) -> list[Path]:
    """Draw the figures of a validation folder and write its page, in both languages.

    Args:
        folder: with board.csv and, if they were asked for, the other tables.

    Returns:
        the files written.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    written: list[Path] = []
    for lang in LANGUAGES:
        with house_style(lang):
            for name, figure in _figures(folder, manifest, lang).items():
                written += save(figure, folder / "figures", name, lang, manifest["version"])
        written.append(_page(folder, manifest, lang))
    return written


def _figures(folder: Path, manifest: dict[str, Any], lang: Lang) -> dict[str, Figure]:
    drawings = {"board": board, "provinces": provinces, "event_study": event_study, "siphon": siphon,
                "siphon_signs": siphon_signs}  # fmt: skip
    files = {name: "province_values" if name == "provinces" else name for name in drawings}
    found = {name: folder / f"{file}.csv" for name, file in files.items()}
    there = {name: pd.read_csv(path) for name, path in found.items() if path.is_file()}
    return {name: drawings[name](table, _stamp(manifest, table, lang), lang) for name, table in there.items()}


def _stamp(manifest: dict[str, Any], table: pd.DataFrame, lang: Lang) -> str:
    """Return the line at a figure's foot; tables of other runs than `history` say how many and of what."""
    own = "firms" in table
    n, firms = (table["n"].iloc[0], table["firms"].iloc[0]) if own else (manifest["reps"], manifest["firms"])
    line = word("stamp", lang, n=int(n), firms=int(firms), version=manifest["version"])
    return evidence.stamp(manifest.get("outside_evidence", {}) if own else {}, [line], lang)


def board(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw where the model lies inside or outside the range of every target that has two ends."""
    rows = table[np.isfinite(table[["low", "high", "model"]]).all(axis=1)].reset_index(drop=True)
    half = -(-len(rows) // 2)
    high = half * ROW
    figure = sheet(11.4, high + 1.7, word("board.figure", lang), word("board.subtitle", lang), stamp)
    for column in range(2):
        part = rows.iloc[column * half : (column + 1) * half]
        axes = panel(figure, 3.15 + column * 5.6, 1.1, 2.1, high)
        _rows(axes, pd.DataFrame(part), half, lang)
    return figure


def _rows(axes: Axes, rows: pd.DataFrame, count: int, lang: Lang) -> None:
    axes.grid(visible=False)
    axes.axvspan(-1, 1, color=GRID, lw=0)
    axes.axvline(0, color=SOFT, lw=0.6)
    for place, row in enumerate(rows.to_dict("records")):
        middle, width = (row["low"] + row["high"]) / 2, (row["high"] - row["low"]) / 2
        model, low, high = (
            np.clip((row[name] - middle) / width, -EDGE, EDGE) for name in ("model", "ci_low", "ci_high")
        )
        colour = PASS if row["verdict"] == "pass" else MISS
        if np.isfinite(low):
            axes.plot([low, high], [place, place], color=colour, lw=1.2)
        axes.plot(model, place, "o", ms=4.2, color=colour, mec="white", mew=0.5)
        axes.text(-EDGE - 0.3, place, str(row[lang]), size=7.2, ha="right", va="center", color=INK)
    axes.set(xlim=(-EDGE - 0.15, EDGE + 0.15), ylim=(count - 0.5, -0.5), yticks=[], xticks=[-3, -1, 0, 1, 3])


def provinces(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw forecast against real changes of provincial shares, one panel a variable and year."""
    groups = list(table.groupby(["variable", "year"], sort=False))
    grid = Grid(len(groups), 4, 2.1, 2.1, left=0.5, right=0.15, above=1.55, below=0.75)
    figure = grid.sheet(word("provinces.figure", lang), word("provinces.subtitle", lang), stamp)
    for place, ((variable, year), rows) in enumerate(groups):
        start = rows["origin"].to_numpy(dtype=float)
        real, made = (100 * np.log(rows[name].to_numpy(dtype=float) / start) for name in ("published", "model"))
        axes = grid.panel(figure, place)
        axes.grid(axis="x", color=GRID, linewidth=0.7)
        reach = 1.12 * max(np.abs(real).max(), np.abs(made).max())
        axes.plot([-reach, reach], [-reach, reach], color=SOFT, lw=0.8)
        axes.plot(real, made, "o", ms=3.6, color=PASS, mec="white", mew=0.4)
        for i in np.argsort(-np.abs(real - made))[:NAMED]:
            axes.annotate(province(str(rows["region"].iloc[i]), lang), (real[i], made[i]), (3, 2),
                          textcoords="offset points", size=7, color=INK)  # fmt: skip
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
        axes.locator_params(nbins=5)
        rho = float(pd.Series(real).rank().corr(pd.Series(made).rank()))
        unit = word("provinces.panel", lang, origin=rows["origin_year"].iloc[0], year=year, rho=rho)
        heading(axes, word(f"var.{variable}", lang), unit, 20)
    return figure


def event_study(table: pd.DataFrame, stamp: str, lang: Lang) -> Figure:
    """Draw event studies with the true effect, one panel an outcome."""
    groups = list(table.groupby("outcome", sort=False))
    grid = Grid(len(groups), 4, 2.3, 1.5, left=0.5, right=0.1, above=1.5, below=0.75)
    figure = grid.sheet(word("event.figure", lang), word("event.subtitle", lang), stamp)
    for place, (outcome, rows) in enumerate(groups):
        axes = grid.panel(figure, place)
        axes.axhline(0, color=SOFT, lw=0.6)
        axes.axvline(-0.5, color=SOFT, lw=0.6, ls=(0, (2, 2)))
        axes.plot(rows["age"], rows["truth"], color=TRUTH, lw=1.8)
        axes.errorbar(rows["age"], rows["estimate"], 1.96 * rows["error"], fmt="o", ms=3.4, color=MODEL, elinewidth=0.9)
        axes.set_xticks(range(-4, 9, 4))
        axes.locator_params(axis="y", nbins=5)
        heading(axes, word(f"out.{outcome}", lang), word("age", lang), 20)
    return figure


def _page(folder: Path, manifest: dict[str, Any], lang: Lang) -> Path:
    """Write the page with all tables and figures inside."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    found = {path.stem: pd.read_csv(path) for path in sorted(folder.glob("*.csv")) if path.stem != "province_values"}
    whole = found.pop("board")
    figures = {
        path.name.split(".")[0]: Markup(inline_svg(path, title_of(path)))
        for path in sorted((folder / "figures").glob(f"*.{lang}.svg"))
    }
    order = ("provinces", "marks", "nation", "estimators", "cells", "dyads", "neighbours", "siphon", "siphon_signs",
             "placebo", "placements", "identical_firms")  # fmt: skip
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    text = environment.get_template("validation.html").render(
        lang=lang,
        word=lambda key, **values: word(key, lang, **values),
        manifest=manifest,
        runs=word("runs", lang, n=manifest["reps"], firms=manifest["firms"], end=manifest["end"]),
        counts=tables.counts(whole, lang),
        missed=tables.targets(whole[whole["verdict"] == "miss"].sort_values("status", kind="stable"), lang),
        groups={str(name): tables.targets(rows, lang) for name, rows in whole.groupby("group", sort=False)},
        sheets={name: tables.shown(name, found[name], lang) for name in order if name in found},
        naive=tables.naive_wins(found["provinces"], lang) if "provinces" in found else [],
        figures=figures,
    )
    path = pages(folder)[LANGUAGES.index(lang)]
    path.write_text(text, encoding="utf-8")
    return path
