"""Boxes, arrows and lines of words, placed in inches from the sheet's upper left corner."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from ftz_sim.report.style import INK, SOFT
from ftz_sim.text.words import Lang

POINTS = 72.0  # an inch
LATIN = 0.50  # width of a Latin letter, of its size
HAN = 1.02


@dataclass(frozen=True)
class Box:
    """A rectangle in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Return its middle."""
        return self.left + self.width / 2, self.top + self.height / 2


def canvas(figure: Figure) -> Axes:
    """Return axes over the whole sheet whose unit is the inch, from the top downwards."""
    wide, high = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(high, 0))
    axes.set_axis_off()
    return axes


def frame(axes: Axes, box: Box, colour: str, fill: float = 0.07, width: float = 1.2) -> None:
    """Draw a rounded frame, filled with a light tint of its colour."""
    for alpha, face, edge in ((fill, colour, "none"), (None, "none", colour)):
        axes.add_patch(
            FancyBboxPatch(
                (box.left + 0.06, box.top + 0.06), box.width - 0.12, box.height - 0.12,
                boxstyle="round,pad=0.06", facecolor=face, edgecolor=edge, alpha=alpha, linewidth=width,
            )
        )  # fmt: skip


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 2.0) -> None:
    """Draw an arrow."""
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=13, color=colour, linewidth=width, shrinkA=0, shrinkB=0
        )
    )


def write(
    axes: Axes,
    place: tuple[float, float],
    text: str,
    size: float = 8.5,
    colour: str = INK,
    align: str = "left",
    bold: bool = False,
) -> None:
    """Write a line; ``place`` is its left, middle or right end at half its height."""
    weight = "bold" if bold else "normal"
    axes.text(*place, text, size=size, color=colour, ha=align, va="center", weight=weight)


def column(
    axes: Axes, left: float, top: float, lines: Sequence[tuple[str, float, str, bool]], align: str = "left"
) -> float:
    """Write lines (words, size, colour, bold) below each other; return where the next one would stand."""
    for words, size, colour, bold in lines:
        step = size * 1.5 / POINTS
        write(axes, (left, top + step / 2), words, size, colour, align, bold)
        top += step
    return top


def wrapped(words: str, width: float, size: float, lang: Lang) -> list[str]:
    """Break words into lines that fit into ``width`` inches; nothing is measured, letters count as equally wide."""
    letter = size / POINTS * (HAN if lang == "zh" else LATIN)
    return textwrap.wrap(words, max(int(width / letter), 4), break_long_words=lang == "zh")


def codes(names: Sequence[str], width: float, size: float = 6.5, most: int = 3) -> list[tuple[str, float, str, bool]]:
    """Return claim ids as small grey lines, cut after so many lines."""
    lines = textwrap.wrap(" ".join(names), max(int(width / (size / POINTS * 0.62)), 8), break_on_hyphens=False)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [(line, size, SOFT, False) for line in lines]
