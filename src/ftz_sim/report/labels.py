"""Labels beside lines, and ticks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from ftz_sim.results.statements import uncertainty
from ftz_sim.text.numbers import exact
from ftz_sim.text.words import Lang

Column = NDArray[np.float64]
LONGEST: dict[Lang, int] = {"en": 46, "zh": 23}  # characters of a parameter's meaning


def repel(wanted: Column, gap: float, low: float, high: float) -> Column:
    """Move labels as little as possible so that neighbours are ``gap`` apart and all are between the limits.

    With labels in ascending order and z_i = y_i - i gap, "apart" means that z never falls, so the least
    sum of squared moves is an isotonic regression; cutting it at the limits keeps it the best.

    Args:
        wanted: places [n].
        gap: least distance.
        low: lowest place allowed.
        high: highest place allowed; if the labels do not fit, they share the room evenly.

    Returns:
        places [n] in the same order as ``wanted``.
    """
    n = len(wanted)
    if n == 0:
        return np.zeros(0)
    gap = min(gap, (high - low) / max(n - 1, 1))
    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(n)
    placed = np.empty(n)
    placed[order] = np.clip(isotonic_regression(wanted[order] - steps).x, low, high - gap * (n - 1)) + steps
    return placed


def reading_limits(largest: Column, factor: float = 5.0) -> NDArray[np.bool_]:
    """Say which lines a panel's scale should show in full.

    Args:
        largest: largest absolute value of each line [n].
        factor: a line more than so many times the median of all is allowed to leave the panel.

    Returns:
        True for lines that set the scale [n]; all of them if less than three lines are drawn.
    """
    if len(largest) < 3:
        return np.ones(len(largest), dtype=bool)
    return np.asarray(largest <= factor * np.median(largest))


def plain(value: float, _place: float = 0.0) -> str:
    """Write a tick without needless zeros, with commas and a real minus sign."""
    return exact(value)


def parameter(path: str, lang: Lang) -> str:
    """Return how figures name a parameter: by the path that a file would set, in Chinese by what it means."""
    return short(uncertainty(path, lang), lang) if lang == "zh" else path


def short(text: str, lang: Lang) -> str:
    """Cut a text to what fits beside a panel."""
    return text if len(text) <= LONGEST[lang] else text[: LONGEST[lang] - 1] + "…"
