"""Sensitivity: which uncertainties move the difference of each strategy to the reference."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.analysis import focus_words
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import VARIABLES, Level, Variable
from ftz_sim.report.answer_words import tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.labels import parameter, plain
from ftz_sim.report.style import GRID, SOFT, Grid, colours, heading
from ftz_sim.report.tables import scenario_name
from ftz_sim.text.words import Lang

ROW = 0.23
MOST = 12
NAMES = 2.75
FINEST: tuple[Level, ...] = ("zone", "region", "national")
MAIN = {"sobol": "st", "morris": "mu_star"}


def sensitivity(answers: Answers, lang: Lang) -> Figure:
    """Draw the twelve largest indices of the first indicator, one panel for each difference (or level)."""
    table, method = answers.table("sensitivity"), str(answers.manifest["method"])
    gaps = table["reference"].notna()  # without a reference: the level itself
    variable, where, rows = _first(table[gaps] if gaps.any() else table, lang)
    scenarios = list(dict.fromkeys(rows["scenario"]))
    shown = min(MOST, rows["parameter"].nunique())
    grid = Grid(len(scenarios), across=1, wide=4.6, high=ROW * shown, left=NAMES, right=0.5, above=1.55, below=0.85)
    figure = grid.sheet(
        tell("sensitivity.title", lang),
        tell(f"sensitivity.{method}", lang, reference=answers.scenario("reference", lang)),
        answers.stamp(lang, tell("stamp.blocks", lang, n=int(rows["blocks"].max()))),
    )
    palette = colours(scenarios)
    moved = shown_difference(variable, lang).unit if gaps.any() else variable.unit_in(lang)
    unit = "" if method == "sobol" else f", {moved}"
    for place, scenario in enumerate(scenarios):
        axes = grid.panel(figure, place)
        largest = rows[rows["scenario"] == scenario].nlargest(shown, MAIN[method])
        _draw(axes, largest, method, palette[scenario], lang)
        heading(axes, scenario_name(scenario, lang), f"{where}{variable.label(lang)}{unit}")
    return figure


def _first(rows: pd.DataFrame, lang: Lang) -> tuple[Variable, str, pd.DataFrame]:
    """Return the rows that are drawn: of GDP or the first indicator, of the zone or province if one was asked about."""
    level: Level = "national"
    where = ""
    if "level" in rows:
        told = set(rows["level"])
        level = next(each for each in FINEST if each in told)
        rows = rows[rows["level"] == level]
        rows = rows[(rows["place"] == rows["place"].iloc[0]) & (rows["at"] == rows["at"].iloc[0])]
        where = f"{focus_words.where(rows, lang)} · "
    indicators = list(dict.fromkeys(rows["indicator"]))
    indicator = "gdp" if "gdp" in indicators else indicators[0]
    return VARIABLES[level][indicator], where, rows[rows["indicator"] == indicator]


def _draw(axes: Axes, rows: pd.DataFrame, method: str, colour: str, lang: Lang) -> None:
    main = MAIN[method]
    for place, row in enumerate(rows.to_dict(orient="records")):
        drawn, half = (colour if row["converged"] else SOFT), row[f"{main}_half_width"]
        middle = row[main]
        axes.plot([middle - half, middle + half], [place, place], color=drawn, lw=1.5, solid_capstyle="butt")
        axes.plot(middle, place, "o", ms=5.5, color=drawn, mfc=drawn if row["converged"] else "white")
        if method == "sobol":
            axes.plot(row["s1"], place, "o", ms=8, mfc="none", mec=drawn, mew=1.0)
        name = parameter(row["parameter"], lang)
        axes.text(-0.02, place, name, transform=axes.get_yaxis_transform(), size=8, ha="right", va="center")
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.grid(axis="y", visible=False)
    axes.axvline(0, color=SOFT, lw=0.8)
    axes.xaxis.set_major_formatter(plain)
    axes.set(ylim=(len(rows) - 0.4, -0.6), yticks=[])
