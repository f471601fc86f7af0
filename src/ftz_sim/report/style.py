"""The house style: one colour per strategy everywhere, light grids, text that stays text.

Figures are placed in inches by hand, and the sheet grows where a word would leave it: none is cut at an edge.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any
from unicodedata import east_asian_width

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ftz_sim.text.words import Lang

INK, SOFT, GRID, FAINT = "#1f2328", "#5f666e", "#e3e5e8", "#f3f4f5"
PNG_DPI = 125
KINDS = ("svg", "png")
MARGIN = 0.12  # inches between a word that would leave the sheet and its new edge
STAMP_LINE = 0.17  # inches between two lines of a stamp

# Okabe and Ito's colours, which stay apart for colour-blind readers; siblings are lighter
STRATEGY_COLOURS = {
    "no_ftz": "#8a8f94",
    "history": "#22262a",
    "single_ftz": "#0072b2",
    "cross_zone": "#d55e00",
    "cross_zone_with_hinterland": "#e69f00",
    "ftz_fta": "#009e73",
    "integrated": "#9a3d8f",
    "fta_only": "#56b4e9",
}
OTHER_COLOURS = ("#882255", "#999933", "#44aa99", "#aa4466", "#332288", "#b08030", "#4477aa", "#666633")
SERIES_COLOURS = (
    "#0072b2",
    "#56b4e9",
    "#009e73",
    "#e69f00",
    "#d55e00",
    "#9a3d8f",
    "#a9aeb3",
    "#5f666e",
    "#882255",
    "#999933",
)

LATIN_FONTS = ("Arial", "Helvetica Neue", "Helvetica", "Liberation Sans", "DejaVu Sans")
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "SimHei",
)


def colours(scenarios: Iterable[str]) -> dict[str, str]:
    """Return one colour per scenario: fixed for those that ship, the next free one for others."""
    spare = iter(OTHER_COLOURS * 99)
    return {name: STRATEGY_COLOURS.get(name) or next(spare) for name in scenarios}


def contrast(colour: str) -> float:
    """Return the contrast of ``colour`` against white, 1 to 21 (WCAG)."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 1.05 / (0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2] + 0.05)


def ink(colour: str) -> str:
    """Darken ``colour`` until it can be read as text on white (contrast 4.5)."""
    rgb = to_rgb(colour)
    while contrast(to_hex(rgb)) < 4.5:
        rgb = (rgb[0] * 0.95, rgb[1] * 0.95, rgb[2] * 0.95)
    return to_hex(rgb)


@cache
def chinese_font() -> str | None:
    """Return the name of an installed font with Chinese characters, or None."""
    found = _known_font()
    if found is None:  # one may have been installed since Matplotlib made its list, which it keeps for good
        known = {font.fname for font in font_manager.fontManager.ttflist}
        for path in set(font_manager.findSystemFonts()) - known:
            with suppress(OSError, RuntimeError):  # a file that is no font
                font_manager.fontManager.addfont(path)
        found = _known_font()
    return found


def _known_font() -> str | None:
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in installed), None)


@contextmanager
def house_style(lang: Lang) -> Iterator[None]:
    """Set fonts, sizes and grid while figures are made and written."""
    fonts = [*CHINESE_FONTS, *LATIN_FONTS] if lang == "zh" else [*LATIN_FONTS]
    if lang == "zh" and (found := chinese_font()):
        fonts = [found, *(name for name in fonts if name != found)]
    rc: dict[Any, Any] = {
        "font.family": "sans-serif",
        "font.sans-serif": fonts,
        "font.size": 8.5,
        "text.color": INK,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": SOFT,
        "axes.linewidth": 0.6,
        "axes.axisbelow": True,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "text.parse_math": False,  # a $ in a title is a $
        "svg.fonttype": "none",
        "svg.hashsalt": "ftz_sim",
    }
    with mpl.rc_context(rc), warnings.catch_warnings():
        # without a Chinese font only the SVG is written, whose text the reader's own font shows
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def sheet(width: float, height: float, title: str, subtitle: str, stamp: str) -> Figure:
    """Return an empty figure of so many inches with its heading and the stamp at its foot, line by line."""
    lines = stamp.splitlines()[::-1]
    height += STAMP_LINE * (len(lines) - 1)
    figure = Figure(figsize=(width, height), facecolor="white")
    figure.text(0.25 / width, 1 - 0.38 / height, title, size=15, weight="bold")
    figure.text(0.25 / width, 1 - 0.50 / height, subtitle, size=9.5, color=SOFT, va="top", linespacing=1.4)
    for place, line in enumerate(lines):
        figure.text(0.25 / width, (0.14 + place * STAMP_LINE) / height, line, size=7.5, color=SOFT)
    return figure


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes, placed in inches from the figure's left and upper edge."""
    across, down = figure.get_size_inches()
    axes = figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.tick_params(length=0, labelsize=8)
    return axes


@dataclass(frozen=True)
class Grid:
    """Small multiples: ``count`` panels of one size, ``across`` in a row, placed in inches."""

    count: int
    across: int
    wide: float
    high: float
    left: float  # room at each panel's left
    right: float  # room at each panel's right
    above: float  # room for heading and first panel names
    below: float = 0.72  # room between rows

    @property
    def width(self) -> float:
        """Return the width of the sheet."""
        return self.across * (self.left + self.wide + self.right) + 0.15

    def sheet(self, title: str, subtitle: str, stamp: str, narrowest: float = 9.0) -> Figure:
        """Return an empty sheet of the grid's size."""
        rows = -(-self.count // self.across)
        height = self.above + rows * (self.high + self.below) + 0.1
        return sheet(max(self.width, narrowest), height, title, subtitle, stamp)

    def panel(self, figure: Figure, place: int, shift: float = 0.0) -> Axes:
        """Add panel number ``place``, row by row from 0, all moved right by ``shift``."""
        column, row = place % self.across, place // self.across
        left = shift + self.left + column * (self.left + self.wide + self.right)
        return panel(figure, left, self.above + row * (self.high + self.below), self.wide, self.high)


def heading(axes: Axes, name: str, unit: str, shift: float = 0.0, room: float = np.inf) -> None:
    """Write a panel's name and, below it, its unit; ``shift`` moves both left by so many points.

    A name that may be wider than ``room`` inches takes a second line, so that it does not meet that of the next panel.
    """
    if (wide := text_width(name, 9.5)) > room:
        name = fill(name, int(len(name) * room / wide))
    for text, up, size, weight, colour in ((name, 17, 9.5, "bold", INK), (unit, 6, 8, "normal", SOFT)):
        axes.annotate(
            text,
            (0, 1),
            (-shift, up),
            xycoords="axes fraction",
            textcoords="offset points",
            size=size,
            weight=weight,
            color=colour,
            va="bottom" if "\n" in text else "baseline",
        )


def kinds(lang: Lang) -> tuple[str, ...]:
    """Return the kinds of files that a figure is written as."""
    return KINDS[:1] if lang == "zh" and chinese_font() is None else KINDS


def whole(figure: Figure) -> Bbox | None:
    """Return the box in inches that holds the figure and all its words; None if no word leaves the figure.

    Words are measured as they will be drawn; where no font has the Chinese characters, as a reader's font draws them.
    """
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    own = figure.bbox.get_points()
    found = [_room(text) for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    low, high = (np.array([getattr(box, end) for box in found]) for end in ("min", "max"))
    margin = MARGIN * figure.dpi
    low = np.where(low.min(axis=0) < own[0], low.min(axis=0) - margin, own[0])
    high = np.where(high.max(axis=0) > own[1], high.max(axis=0) + margin, own[1])
    if (low == own[0]).all() and (high == own[1]).all():
        return None
    return Bbox([low / figure.dpi, high / figure.dpi])


def _room(text: Text) -> Bbox:
    box = text.get_window_extent()
    longest = max(text.get_text().splitlines(), key=width)
    if chinese_font() is not None or longest.isascii():
        return box
    lacking = (
        float(text.get_fontsize()) / 72 * text.figure.dpi * width(longest) / 2 - box.width
    )  # two letters make one square
    if lacking <= 0:
        return box
    right = {"left": 1.0, "center": 0.5, "right": 0.0}[text.get_horizontalalignment()]
    return Bbox.from_extents(box.x0 - (1 - right) * lacking, box.y0, box.x1 + right * lacking, box.y1)


def text_width(text: str, size: float = 8.5) -> float:
    """Return a safe guess of a text's width in inches: Chinese characters are square, Latin ones half as wide."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in text) * size / 72


def width(text: str) -> int:
    """Return how many Latin letters take the room of ``text``; a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def save(figure: Figure, folder: Path, name: str, lang: Lang, version: str) -> list[Path]:
    """Write ``name.lang.svg`` and, if a font has the characters, ``name.lang.png``; return what was written."""
    title = figure.texts[0].get_text()
    folder.mkdir(parents=True, exist_ok=True)
    svg, png = (folder / f"{name}.{lang}.{kind}" for kind in KINDS)
    creator = f"ftz_sim {version}"
    box = whole(figure)
    figure.savefig(svg, bbox_inches=box, metadata={"Title": title, "Language": lang, "Creator": creator, "Date": None})
    if "png" not in kinds(lang):
        png.unlink(missing_ok=True)
        return [svg]
    figure.savefig(
        png,
        bbox_inches=box,
        dpi=PNG_DPI,
        metadata={"Title": title, "Software": creator},
        pil_kwargs={"compress_level": 4},
    )
    return [svg, png]
