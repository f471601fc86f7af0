"""What each site brings by place and date: every aim and the cost, with intervals, the best on top."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.design.choices import FURTHER_AREA
from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import plain
from ftz_sim.report.style import GRID, SOFT, Grid, heading, text_width
from ftz_sim.results.statements import place_name
from ftz_sim.text.words import Lang

COST, COLOUR, ROW, MARGIN = "cost", "#0072b2", 0.28, 0.36  # inches: a row, and the room left of names


def sites(answers: Answers, lang: Lang) -> Figure:
    """Draw a panel for the cost and each aim, a row for each site."""
    table = answers.table("sites")
    outcomes, order = _outcomes(answers.manifest, table), _order(answers.manifest, table)
    called = names(table.drop_duplicates("package").set_index("package").loc[order], lang)
    left = max(1.2, MARGIN + max(map(text_width, called)))
    grid = Grid(len(outcomes), across=min(len(outcomes), 3), wide=2.3, high=ROW * len(order), left=left, right=0.3,
                above=1.6)  # fmt: skip
    figure = grid.sheet(
        tell("sites.title", lang), tell("sites.subtitle", lang, n=int(table["n"].max())), answers.stamp(lang)
    )
    for place, outcome in enumerate(outcomes):
        axes, unit = grid.panel(figure, place), answers.shown(outcome, lang)
        rows = table[table["outcome"] == outcome].set_index("package").loc[order]
        values = rows[["difference", "ci_low", "ci_high"]] * unit.factor
        _draw(axes, values.assign(hollow=rows["site"] == FURTHER_AREA), called)
        heading(axes, answers.label(outcome, lang), unit.unit, 72 * (left - MARGIN), grid.wide + left)
    return figure


def names(rows: pd.DataFrame, lang: Lang) -> list[str]:
    """Return what sites are called: their place, the kind if it is no new zone, and the date if there are several."""
    dated = rows["from"].nunique() > 1
    called = []
    for row in rows.to_dict(orient="records"):
        name = tell(f"sites.name.{row['site']}", lang, place=place_name("region", str(row["zone"]), lang))
        called.append(tell("sites.dated", lang, name=name, start=row["from"]) if dated else name)
    return called


def _draw(axes: Axes, rows: pd.DataFrame, called: list[str]) -> None:
    for place, row in enumerate(rows.to_dict(orient="records")):
        axes.plot([row["ci_low"], row["ci_high"]], [place] * 2, color=COLOUR, lw=1.4)
        axes.plot(row["difference"], place, "o", ms=5, color=COLOUR, mfc="white" if row["hollow"] else COLOUR)
    axes.axvline(0, color=SOFT, lw=0.8)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.grid(axis="y", visible=False)
    axes.set_yticks(range(len(rows)), called)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter(plain)


def describe(answers: Answers, lang: Lang) -> str:
    """Say what the figure shows: the first aim at every place, with its interval, and how many provinces lose."""
    table, manifest = answers.table("sites"), answers.manifest
    first = _outcomes(manifest, table)[0]
    rows = table[table["outcome"] == first].set_index("package").loc[_order(manifest, table)]
    unit, said = answers.shown(first, lang), []
    for place, row in zip(names(rows, lang), rows.to_dict("records"), strict=True):
        found = unit.of(row)
        said.append(
            tell("sites.row", lang, place=place, value=found.value, interval=found.interval, lose=row["losing"])
        )
    what = tell("sites.what", lang, name=answers.label(first, lang), unit=unit.unit)
    return what + ("; " if lang == "en" else "；").join(said) + ("." if lang == "en" else "。")


def _outcomes(manifest: dict[str, Any], table: pd.DataFrame) -> list[str]:
    """Return the aims, then the cost; bounds are left to the table."""
    aims = [name for name in manifest["aims"] if name in set(table["outcome"])]
    return [*aims, *([] if COST in aims else [COST])]


def _order(manifest: dict[str, Any], table: pd.DataFrame) -> list[str]:
    """Return the packages that are sites, that which does most for the first aim first."""
    first = _outcomes(manifest, table)[0]
    rows = table[table["outcome"] == first].set_index("package")["difference"] * manifest["aims"].get(first, 1)
    return [str(name) for name in rows.sort_values(ascending=False).index]
