"""Winners and losers on a map of tiles: one square per province, placed by hand, no boundaries drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ftz_sim.report.style import FAINT, INK, SOFT, Grid, colours, contrast, ink, panel
from ftz_sim.report.tables import Experiment, FigureError
from ftz_sim.results.reading import read_table
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import Lang, province, say

# code -> (column, row), row 0 in the north
TILES: dict[str, tuple[int, int]] = {
    "HL": (6, 0),
    "NM": (5, 1), "JL": (6, 1),
    "XJ": (0, 2), "GS": (1, 2), "NX": (2, 2), "SX": (3, 2), "BJ": (4, 2), "TJ": (5, 2), "LN": (6, 2),
    "QH": (1, 3), "SN": (2, 3), "HA": (3, 3), "HE": (4, 3), "SD": (5, 3),
    "XZ": (0, 4), "SC": (1, 4), "CQ": (2, 4), "HB": (3, 4), "AH": (4, 4), "JS": (5, 4), "SH": (6, 4),
    "YN": (1, 5), "GZ": (2, 5), "HN": (3, 5), "JX": (4, 5), "ZJ": (5, 5),
    "GX": (2, 6), "GD": (3, 6), "FJ": (4, 6),
    "HI": (2, 7),
}  # fmt: skip
COLUMNS, ROWS, TILE = 7, 8, 0.37  # TILE in inches

# percent; the same steps in every map, so that maps compare
STEPS = (-4.0, -2.0, -1.0, -0.5, -0.2, 0.0, 0.2, 0.5, 1.0, 2.0, 4.0)
LOSSES = ("#7f3b08", "#a8540c", "#c97b2a", "#e4a85c", "#f4cf9c", "#fae8cf")
GAINS = ("#dcebf4", "#b5d6e8", "#83b9d8", "#4c95c1", "#22709f", "#0b4a75")
UNDECIDED = "#dfe1e4"


def winners(experiment: Experiment) -> dict[str, pd.DataFrame]:
    """Return for every scenario the rows of ``provinces.csv`` by province, with a column ``decided``.

    A gain is decided if its interval leaves out zero; with one replicate there is no interval, and every gain is.
    """
    table = read_table(experiment.folder, "provinces")
    if table is None:
        raise FigureError("nothing_compared", folder=experiment.folder, missing="provinces.csv")
    table = table.set_index("region")
    one = table["ci_low"].isna() & (table["gain"] != 0)
    table["decided"] = (table["ci_low"] > 0) | (table["ci_high"] < 0) | one
    return {name: table[table["scenario"] == name] for name in experiment.others if (table["scenario"] == name).any()}


def tile_colour(value: float) -> str:
    """Return the colour of a gain in percent."""
    place = int(np.searchsorted(STEPS, value, side="right"))
    return (*LOSSES, *GAINS)[place]


def draw_map(axes: Axes, result: pd.DataFrame, zones: set[str], lang: Lang) -> None:
    """Draw the 31 tiles of one scenario."""
    for code, (column, row) in TILES.items():
        value, decided = float(result["gain"].get(code, np.nan)), bool(result["decided"].get(code, False))
        colour = tile_colour(value) if decided and np.isfinite(value) else UNDECIDED
        framed = code in zones
        edge = {"edgecolor": INK, "linewidth": 1.1} if framed else {"linewidth": 0}
        axes.add_patch(Rectangle((column + 0.05, row + 0.05), 0.9, 0.9, facecolor=colour, **edge))
        text = "white" if contrast(colour) > 4.5 else INK
        middle = column + 0.5
        axes.text(
            middle, row + 0.40, province(code, lang), size=8.5, color=text, ha="center", va="center", weight="bold"
        )
        axes.text(middle, row + 0.73, signed(value, decimals=2), size=6.5, color=text, ha="center", va="center")
    axes.set(xlim=(0, COLUMNS), ylim=(ROWS, 0))
    axes.axis("off")


def provinces(experiment: Experiment, lang: Lang) -> Figure:
    """Draw one map of tiles per scenario: who gains and who loses GDP in the final year."""
    results = winners(experiment)
    zones = zone_provinces(experiment)
    grid = Grid(
        len(results), min(len(results), 4), COLUMNS * TILE, ROWS * TILE, left=0.25, right=0.1, above=1.5, below=0.4
    )
    name = experiment.name(experiment.reference, lang)
    figure = grid.sheet(
        say("tiles.title", lang, year=experiment.final_year), say("tiles.subtitle", lang, name=name),
        experiment.stamp(lang, "stamp.tiles"), 10.6,
    )  # fmt: skip
    _key(figure, lang)
    palette = colours(experiment.scenarios)
    for place, (scenario, result) in enumerate(results.items()):
        axes = grid.panel(figure, place)
        draw_map(axes, result, zones, lang)
        up = int((result["decided"] & (result["gain"] > 0)).sum())
        lost = int((result["decided"] & (result["gain"] < 0)).sum())
        axes.text(0.05, 0.35, experiment.name(scenario, lang), size=10.5, weight="bold", color=ink(palette[scenario]))
        count = say("tiles.count", lang, up=up, down=lost, same=len(TILES) - up - lost)
        axes.text(0.05, 0.52, count, size=8, color=SOFT, va="top", linespacing=1.35)
    return figure


def zone_provinces(experiment: Experiment) -> set[str]:
    """Return the codes of the provinces that have a zone; none if no table of zones was kept."""
    path = experiment.folder / "zones.parquet"
    return set(pd.read_parquet(path, columns=["zone"])["zone"].astype(str)) if path.is_file() else set()


def _key(figure: Figure, lang: Lang) -> None:
    # the scale of colours with its steps written below the edges
    axes = panel(figure, 0.25, 0.92, 5.6, 0.34)
    names = [f"{step:+g}".replace("-", "−") if step else "0" for step in STEPS]
    for place, colour in enumerate((*LOSSES, *GAINS)):
        axes.add_patch(Rectangle((place, 0), 0.96, 0.5, facecolor=colour, edgecolor=FAINT, linewidth=0.5))
    for place, text in enumerate(names):
        axes.text(place + 0.98, 0.6, text, size=7.5, color=SOFT, ha="center", va="top")
    axes.text(12.15, 0.6, "%", size=7.5, color=SOFT, va="top")
    axes.add_patch(Rectangle((13.2, 0), 0.96, 0.5, facecolor=UNDECIDED))
    axes.text(14.4, 0.25, say("tiles.undecided", lang), size=8, color=SOFT, va="center")
    axes.set(xlim=(0, 14), ylim=(1.2, 0))
    axes.axis("off")
