"""The lab's charts as Vega-Lite: the house's colours, one per scenario, drawn by the browser without a network.

The specifications are plain data, because the checks of a charting library cost more time here than the model.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ftz_sim.report.labels import repel
from ftz_sim.report.style import CHINESE_FONTS, FAINT, GRID, INK, LATIN_FONTS, SOFT
from ftz_sim.report.tiles import COLUMNS, GAINS, LOSSES, ROWS, STEPS, TILES, UNDECIDED, tile_colour
from ftz_sim.words import Lang, province, say

Spec = dict[str, Any]
FONT = ", ".join([*LATIN_FONTS, *CHINESE_FONTS, "sans-serif"])
MINE = "#c2185b"
PINS = ("#882255", "#999933", "#44aa99", "#332288")
HIGH, PLOT = 220, 145  # pixels of a line chart, and of what is left between its title and axis
LABEL = 13  # pixels between two names at the ends of lines
DARK = (*LOSSES[:3], *GAINS[3:])
CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelColor": SOFT, "gridColor": GRID, "domainColor": SOFT, "tickColor": SOFT, "labelFontSize": 11,
             "title": None},
    "title": {"fontSize": 13, "anchor": "start", "color": INK, "subtitleColor": SOFT, "subtitleFontSize": 11,
              "offset": 8},
}  # fmt: skip
BANDS: Spec = {"paddingInner": 0.06}


def lines(frame: pd.DataFrame, colours: dict[str, str], title: str, unit: str, fork: str | None, zero: bool) -> Spec:
    """Return lines with bands and names at their ends.

    Args:
        frame: columns date, value, low, high, scenario.
        colours: scenario -> colour.
        title: name of the indicator.
        unit: what the numbers are.
        fork: date from which scenarios part; everything before is shaded.
        zero: whether a line at zero is drawn.
    """
    first, last = frame["date"].min(), frame["date"].max()
    floor, ceiling = _range(frame, zero)
    colour: Spec = {"field": "scenario", "type": "nominal", "legend": None,
                    "scale": {"domain": list(colours), "range": list(colours.values())}}  # fmt: skip
    x: Spec = {"field": "date", "type": "temporal", "axis": {"format": "%Y", "tickCount": 6, "grid": False}}
    y: Spec = {"type": "quantitative", "scale": {"domain": [floor, ceiling], "zero": False, "nice": False},
               "axis": {"tickCount": 5}}  # fmt: skip
    ends = frame[frame["date"] == last]
    heights = repel(ends["value"].to_numpy(dtype=float), LABEL / PLOT * (ceiling - floor), floor, ceiling)
    labels = ends.assign(label=heights)
    tips = [{"field": "scenario"}, {"field": "date", "type": "temporal", "timeUnit": "yearquarter"},
            {"field": "value", "type": "quantitative", "format": ",.4~g"}]  # fmt: skip
    past = [{"start": _day(first), "end": min(fork, _day(last)) if fork else _day(first)}]
    nought: Spec = {"data": {"values": [{}]}, "mark": {"type": "rule", "color": SOFT}, "encoding": {"y": {"datum": 0}}}
    layers: list[Spec] = [
        {"data": {"values": past}, "mark": {"type": "rect", "color": FAINT},
         "encoding": {"x": {"field": "start", "type": "temporal"}, "x2": {"field": "end"}}},
        *([nought] if zero else []),
        {"mark": {"type": "area", "opacity": 0.15, "clip": True},
         "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": colour}},
        {"mark": {"type": "line", "strokeWidth": 2, "clip": True},
         "encoding": {"x": x, "y": y | {"field": "value"}, "color": colour, "tooltip": tips}},
        {"data": {"values": _values(labels)}, "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11},
         "encoding": {"x": x, "y": y | {"field": "label"}, "color": colour, "text": {"field": "scenario"}}},
    ]  # fmt: skip
    return {"title": {"text": title, "subtitle": unit}, "height": HIGH, "data": {"values": _values(frame)},
            "layer": layers, "config": CONFIG}  # fmt: skip


def _range(frame: pd.DataFrame, zero: bool) -> tuple[float, float]:
    values = frame["value"].to_numpy(dtype=float)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    edge = 0.06 * (high - low) or 0.001
    return low - edge, high + edge


def _values(frame: pd.DataFrame) -> list[Spec]:
    dated = frame.assign(**{key: frame[key].dt.strftime("%Y-%m-%d") for key in ("date", "end") if key in frame})
    return [{str(key): value for key, value in row.items()} for row in dated.to_dict(orient="records")]


def _day(date: pd.Timestamp) -> str:
    return date.strftime("%Y-%m-%d")


def tiles(
    gains: NDArray[np.float64], codes: tuple[str, ...], names: tuple[str, ...], zones: set[str], lang: Lang
) -> Spec:
    """Return the map of tiles of the provinces' gains [n, R] in percent; grey where seeds disagree about the sign."""
    mean = gains.mean(axis=0)
    agree = np.asarray((gains > 0).all(axis=0) | (gains < 0).all(axis=0))
    rows = []
    for code, name, value, sure in zip(codes, names, mean, agree, strict=True):
        column, row = TILES[code]
        fill = tile_colour(float(value)) if sure and np.isfinite(value) else UNDECIDED
        rows.append({"x": column, "y": row, "code": province(code, lang), "name": name, "gain": float(value),
                     "text": f"{value:+.2f}".replace("-", "−"), "fill": fill, "ink": "white" if fill in DARK else INK,
                     "edge": INK if code in zones else "transparent"})  # fmt: skip
    place: Spec = {axis: {"field": axis, "type": "ordinal", "axis": None, "scale": BANDS} for axis in "xy"}
    tips = [{"field": "name"}, {"field": "gain", "type": "quantitative", "format": "+.2f", "title": "%"}]
    ink = {"field": "ink", "type": "nominal", "scale": None}
    layers: list[Spec] = [
        {"mark": {"type": "rect", "strokeWidth": 1.5},
         "encoding": {"fill": {"field": "fill", "type": "nominal", "scale": None},
                      "stroke": {"field": "edge", "type": "nominal", "scale": None}, "tooltip": tips}},
        {"mark": {"type": "text", "dy": -7, "fontSize": 13, "fontWeight": "bold"},
         "encoding": {"text": {"field": "code"}, "color": ink}},
        {"mark": {"type": "text", "dy": 9, "fontSize": 10}, "encoding": {"text": {"field": "text"}, "color": ink}},
    ]  # fmt: skip
    return {"width": 56 * COLUMNS, "height": 52 * ROWS, "data": {"values": rows}, "encoding": place, "layer": layers,
            "config": CONFIG}  # fmt: skip


def tile_key() -> Spec:
    """Return the scale of the map's colours."""
    names = ["", *(f"{step:+g}".replace("-", "−") if step else "0" for step in STEPS)]
    parts = zip((*LOSSES, *GAINS), names, strict=True)
    rows = [{"x": x, "fill": fill, "text": text} for x, (fill, text) in enumerate(parts)]
    layers: list[Spec] = [
        {"mark": {"type": "rect", "height": 12},
         "encoding": {"fill": {"field": "fill", "type": "nominal", "scale": None}, "y": {"value": 8}}},
        {"mark": {"type": "text", "fontSize": 10, "color": SOFT, "dx": -16},
         "encoding": {"text": {"field": "text"}, "y": {"value": 24}}},
    ]  # fmt: skip
    across: Spec = {"x": {"field": "x", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.04}}}
    return {"width": 56 * COLUMNS, "height": 32, "data": {"values": rows}, "encoding": across, "layer": layers,
            "config": CONFIG}  # fmt: skip


def timeline(frame: pd.DataFrame, lang: Lang) -> Spec:
    """Return levels of levers over time: columns date, end, lever, level."""
    tips = [{"field": "lever"}, {"field": "date", "type": "temporal", "timeUnit": "yearquarter"},
            {"field": "level", "type": "quantitative", "format": ".2f",
             "title": say("lab.timeline_level", lang)}]  # fmt: skip
    encoding: Spec = {
        "x": {"field": "date", "type": "temporal",
              "axis": {"format": "%Y", "tickCount": 8, "grid": False, "orient": "top"}},
        "x2": {"field": "end"},
        "y": {"field": "lever", "type": "nominal", "sort": list(dict.fromkeys(frame["lever"])),
              "axis": {"labelLimit": 260, "labelFontSize": 12, "labelColor": INK}},
        "color": {"field": "level", "type": "quantitative", "legend": None,
                  "scale": {"domain": [0, 1], "range": ["#f4f7f9", "#0b4a75"]}},
        "tooltip": tips,
    }  # fmt: skip
    return {"height": {"step": 24}, "data": {"values": _values(frame)}, "mark": "rect", "encoding": encoding,
            "config": CONFIG}  # fmt: skip


def facets(frame: pd.DataFrame, colours: dict[str, str]) -> list[Spec]:
    """Return one small chart for every indicator of a place; frame as `simulate.place_frame` gives it."""
    out = []
    for indicator, part in frame.groupby("indicator", sort=False):
        name, _, unit = str(indicator).rpartition(" (")
        banded = part.assign(low=part["value"], high=part["value"])
        out.append(lines(banded, colours, name, unit.rstrip(")"), None, False))
    return out
