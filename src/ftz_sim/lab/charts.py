"""The lab's charts: the house's colours, one per scenario, names beside their lines, values under the mouse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ftz_sim.lab.svg import Drawing, width_of
from ftz_sim.model.clock import Quarter
from ftz_sim.report.labels import repel
from ftz_sim.report.style import FAINT, GRID, INK, SOFT, contrast
from ftz_sim.report.tiles import COLUMNS, GAINS, LOSSES, ROWS, STEPS, TILES, UNDECIDED, tile_colour
from ftz_sim.text.numbers import MISSING, signed
from ftz_sim.text.words import Lang, province, say

Column = NDArray[np.float64]
MINE = "#c2185b"
PINS = ("#882255", "#999933", "#44aa99", "#332288")
WIDE, HIGH, TOP, BOTTOM = 300, 210, 42, 188  # of a chart, and the edges of its plot
YEAR = 28.0  # room for a year below an axis
LABEL = 13.0  # between two names at the ends of lines
LEVELS = LinearSegmentedColormap.from_list("levels", ["#f4f7f9", "#0b4a75"])


class Line(NamedTuple):
    """One scenario in a chart."""

    name: str
    colour: str
    value: Column  # [T]
    low: Column  # [T], lower end of its band
    high: Column  # [T]
    wide: tuple[Column, Column] | None = None  # [T] each, ends of its range over draws of parameters


class Plot(NamedTuple):
    """From quarters and values to places in the drawing."""

    left: float
    right: float
    first: int  # quarters since 2013Q1
    last: int
    floor: float
    ceiling: float

    def across(self, quarter: NDArray[Any] | float) -> Column:
        """Return where quarters are."""
        share = (np.asarray(quarter, dtype=float) - self.first) / max(self.last - self.first, 1)
        return np.asarray(self.left + share * (self.right - self.left))

    def down(self, value: NDArray[Any] | float) -> Column:
        """Return where values are; those outside the plot lie on its edge."""
        share = (np.asarray(value, dtype=float) - self.floor) / (self.ceiling - self.floor)
        return np.asarray(BOTTOM - np.clip(share, 0, 1) * (BOTTOM - TOP))


def lines(lines: list[Line], title: str, unit: str, first: int, fork: int | None, zero: bool, lang: Lang) -> str:
    """Draw lines with bands and names at their ends.

    Args:
        lines: one for each scenario, all of the same length.
        title: name of the indicator.
        unit: what the numbers are.
        first: first quarter, counted from 2013Q1.
        fork: quarter from which scenarios part; everything before is shaded.
        zero: whether values are differences: a line at zero is drawn and numbers carry their sign.
        lang: language.
    """
    last = first + len(lines[0].value) - 1
    floor, ceiling = _range(lines, zero)
    ticks = [
        tick for tick in MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(floor, ceiling) if floor <= tick <= ceiling
    ]
    decimals = max(0, -int(np.floor(np.log10(ticks[1] - ticks[0]) + 1e-9))) if len(ticks) > 1 else 3
    names = [_number(tick, decimals, False) for tick in ticks]
    left = 6 + max(map(width_of, names), default=0)
    plot = Plot(left, WIDE - 8 - max(width_of(line.name) for line in lines), first, last, floor, ceiling)
    said = "; ".join(f"{line.name} {_number(line.value[-1], decimals + 1, zero)}" for line in lines)
    words = say(
        "lab.alt_lines", lang, title=title, unit=unit, first=Quarter.at(first), last=Quarter.at(last), ends=said
    )
    drawing = Drawing(WIDE, HIGH, words)
    drawing.write(title, 0, 13, 13, font_weight="bold")
    drawing.write(unit, 0, 29, 11, SOFT)
    if fork is not None and fork > first:
        past = float(plot.across(min(fork, last))) - left
        drawing.add("rect", x=left, y=TOP, width=past, height=BOTTOM - TOP, fill=FAINT)
    for tick, name in zip(ticks, names, strict=True):
        y = float(plot.down(tick))
        drawing.add("line", x1=left, x2=plot.right, y1=y, y2=y, stroke=SOFT if zero and tick == 0 else GRID)
        drawing.write(name, left - 5, y + 3.5, 10.5, SOFT, text_anchor="end")
    _years(drawing, plot, BOTTOM + 15)
    across = plot.across(np.arange(first, last + 1))
    for line in lines:
        for (low, high), opacity in (*([(line.wide, 0.08)] if line.wide else []), ((line.low, line.high), 0.15)):
            around = _points(np.append(across, across[::-1]), plot.down(np.append(high, low[::-1])))
            drawing.add("polygon", points=around, fill=line.colour, opacity=opacity)
        for end in line.wide or ():  # where bands of scenarios overlap, their edges can still be told apart
            points = _points(across, plot.down(end))
            drawing.add("polyline", points=points, fill="none", stroke=line.colour, stroke_width=0.7, opacity=0.6)
    for line in lines:
        points, style = _points(across, plot.down(line.value)), {"stroke_width": 2, "stroke_linejoin": "round"}
        drawing.add("polyline", points=points, fill="none", stroke=line.colour, **style)
    ends = plot.down(np.nan_to_num([line.value[-1] for line in lines], nan=floor))
    heights = repel(ends, LABEL, TOP, BOTTOM)
    for line, height in zip(lines, heights, strict=True):
        drawing.write(line.name, plot.right + 5, float(height) + 4, 11, line.colour)
    _hints(drawing, plot, lines, decimals + 1, zero)
    return drawing.html(1.5 * WIDE)


def _range(lines: list[Line], zero: bool) -> tuple[float, float]:
    values = np.concatenate([part for line in lines for part in (line.value, *(line.wide or ()))])
    known = values[np.isfinite(values)]  # there is no percentage of a reference of 0
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    edge = 0.06 * (high - low) or 0.001
    return low - edge, high + edge


def _number(value: float, decimals: int, sign: bool) -> str:
    if not np.isfinite(value):
        return MISSING
    text = f"{value:+,.{decimals}f}" if sign and value else f"{value:,.{decimals}f}"
    return text.replace("-", "−")


def _points(across: Column, down: Column) -> str:
    known = np.isfinite(down)
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across[known].tolist(), down[known].tolist(), strict=True))


def _years(drawing: Drawing, plot: Plot, y: float, most: int = 6) -> None:
    """Write years at their first quarters, at most so many and as there is room for."""
    first, last = 2013 + -(-plot.first // 4), 2013 + plot.last // 4
    a_year = 4 * (plot.right - plot.left) / max(plot.last - plot.first, 1)
    step = next((n for n in (1, 2, 3, 5) if (last - first) / n <= most and n * a_year >= YEAR), 10)
    for year in range(first, last + 1):
        if year % step == 0:
            x = float(plot.across(4.0 * (year - 2013)))
            drawing.write(str(year), min(x, plot.right - 6), y, 10.5, SOFT, text_anchor="middle")


def _hints(drawing: Drawing, plot: Plot, lines: list[Line], decimals: int, sign: bool) -> None:
    """Show values under the mouse, one strip for the last quarter of each year."""
    width = 4 * (plot.right - plot.left) / max(plot.last - plot.first, 1)
    for quarter in range(plot.first + (3 - plot.first) % 4, plot.last + 1, 4):
        values = [f"{line.name}: {_number(line.value[quarter - plot.first], decimals, sign)}" for line in lines]
        words = "\n".join([str(Quarter.at(quarter)), *values])
        drawing.hint(float(plot.across(quarter)) - 0.875 * width, TOP, width, BOTTOM - TOP, words)


def grid(drawings: list[str]) -> str:
    """Set drawings side by side, three in a row where there is room."""
    style = "display:grid; grid-template-columns:repeat(auto-fit, minmax(270px, 1fr)); gap:1.6rem 1.2rem"
    return f'<div style="{style}">{"".join(drawings)}</div>'


def tiles(
    gains: Column, codes: tuple[str, ...], names: tuple[str, ...], zones: set[str], title: str, lang: Lang
) -> str:
    """Draw the map of tiles of the provinces' gains [n, R] in percent; grey where seeds disagree about the sign."""
    mean, sure = gains.mean(axis=0), decided(gains)
    across, down = 56, 52
    best, worst = (f"{names[place]} {signed(float(mean[place]))} %" for place in np.argsort(mean)[[-1, 0]])
    up, lost = int((sure & (mean > 0)).sum()), int((sure & (mean < 0)).sum())
    words = say("lab.alt_map", lang, title=title, up=up, down=lost, same=len(codes) - up - lost, best=best, worst=worst)
    drawing = Drawing(across * COLUMNS, down * ROWS + 44, words)
    for code, name, value, known in zip(codes, names, mean.tolist(), sure, strict=True):
        column, row = TILES[code]
        fill = tile_colour(value) if known else UNDECIDED
        ink = "white" if contrast(fill) > 4.5 else INK
        edge = {"stroke": INK, "stroke_width": 1.5} if code in zones else {}
        x, y = across * column, down * row
        drawing.add("rect", x=x + 2, y=y + 2, width=across - 4, height=down - 4, fill=fill, **edge)
        drawing.write(province(code, lang), x + across / 2, y + 23, 13, ink, font_weight="bold", text_anchor="middle")
        drawing.write(signed(value, decimals=2), x + across / 2, y + 40, 10.5, ink, text_anchor="middle")
        drawing.hint(x, y, across, down, f"{name}: {signed(value)} %")
    _key(drawing, down * ROWS + 8, across * COLUMNS)
    return drawing.html(1.3 * across * COLUMNS)


def decided(gains: Column) -> NDArray[np.bool_]:
    """Tell where all seeds agree about the sign of a gain [n, R]."""
    return np.asarray((gains > 0).all(axis=0) | (gains < 0).all(axis=0))


def _key(drawing: Drawing, top: float, wide: float) -> None:
    """Draw the scale of the map's colours, with its steps between them."""
    colours = (*LOSSES, *GAINS)
    width = (wide - 16) / len(colours)
    for place, colour in enumerate(colours):
        drawing.add("rect", x=place * width, y=top, width=width - 1, height=12, fill=colour)
    for place, step in enumerate(STEPS, 1):
        text = f"{step:+g}".replace("-", "−") if step else "0"
        drawing.write(text, place * width, top + 25, 10, SOFT, text_anchor="middle")
    drawing.write("%", len(colours) * width + 3, top + 11, 10, SOFT)


class Stretch(NamedTuple):
    """Quarters over which a lever stands at one level."""

    name: str
    first: int
    end: int  # the quarter after the last
    level: float


def stretches(name: str, levels: Column) -> list[Stretch]:
    """Return a lever's path [T] as stretches of equal level."""
    starts = np.flatnonzero(np.concatenate([[True], np.diff(levels) != 0]))
    ends = [*starts[1:], len(levels)]
    return [Stretch(name, int(a), int(b), float(levels[a])) for a, b in zip(starts, ends, strict=True)]


def room_for(names: Iterable[str]) -> float:
    """Return how much room a timeline needs at the left for the names of its rows."""
    return 14 + max((width_of(name, 12) for name in names), default=0.0)


def timeline(
    bars: list[Stretch], lang: Lang, left: float = 0.0, described: str = "lab.alt_timeline", form: str = ".2f"
) -> str:
    """Draw levels over time, one row for each name.

    Args:
        bars: the levels, 0 to 1.
        lang: language of the words.
        left: room at the left if names need less, so that timelines stand one below the other.
        described: key of the words for those who do not see it.
        form: how a level is written.
    """
    rows = list(dict.fromkeys(bar.name for bar in bars))
    wide, row, left = 900, 24, max(left, room_for(rows))
    plot = Plot(left, wide - 10, 0, max(bar.end for bar in bars), 0, 1)
    finals = "; ".join(f"{name} {next(b.level for b in bars[::-1] if b.name == name):{form}}" for name in rows)
    words = say(described, lang, last=Quarter.at(plot.last - 1), finals=finals)
    drawing = Drawing(wide, 24 + row * len(rows), words)
    _years(drawing, plot, 14, 12)
    for place, name in enumerate(rows):
        drawing.write(name, left - 8, 24 + row * place + 16, 12, INK, text_anchor="end")
    for bar in bars:
        start, end = float(plot.across(bar.first)), float(plot.across(bar.end))
        top, colour = 24 + row * rows.index(bar.name), to_hex(LEVELS(bar.level))
        drawing.add("rect", x=start, y=top + 1, width=end - start, height=row - 2, fill=colour)
        when = f"{Quarter.at(bar.first)} – {Quarter.at(bar.end - 1)}"
        drawing.hint(start, top, end - start, row, f"{bar.name}\n{when}: {bar.level:{form}}")
        if end - start > 30 and bar.level:
            ink = "white" if contrast(colour) > 4.5 else INK
            drawing.write(f"{bar.level:{form}}", (start + end) / 2, top + 16, 10.5, ink, text_anchor="middle")
    return drawing.html(1.5 * wide)
