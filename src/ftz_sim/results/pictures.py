"""Figures of the report for who works in Python."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ftz_sim.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ftz_sim.text.words import Lang


def picture(folder: Path | None, name: str, lang: Lang = "en") -> Figure:
    """Return a figure of the report of an experiment folder, as matplotlib has it.

    Args:
        folder: where the experiment was written.
        name: of the figure, such as ``differences``.
        lang: ``en`` or ``zh``.

    Raises:
        InputError: if nothing was written, or there is no such figure; with the nearest name.
    """
    if folder is None:
        raise InputError("plot_folder")
    # imported by name: drawing is floors above, and results that are never drawn do without
    figure: Figure = import_module("ftz_sim.report.figures").figure(folder, name, lang)
    return figure
