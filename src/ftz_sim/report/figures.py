"""Draw all figures of an experiment folder, in English and Chinese."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from ftz_sim.report.answers import draw as draw_answers
from ftz_sim.report.differences import differences
from ftz_sim.report.growth import growth
from ftz_sim.report.lists import lists
from ftz_sim.report.paths import levels, paths
from ftz_sim.report.style import chinese_font, house_style, save
from ftz_sim.report.tables import Experiment
from ftz_sim.report.tiles import provinces
from ftz_sim.report.trade_offs import trade_offs
from ftz_sim.text.words import LANGUAGES, Lang, language, say

Drawing = Callable[[Experiment, Lang], Figure]
OF_RUN: dict[str, Drawing] = {"levels": levels, "negative_lists": lists, "growth_account": growth}
OF_COMPARISON: dict[str, Drawing] = {
    "levels": levels,
    "paths": paths,
    "differences": differences,
    "provinces": provinces,
    "trade_offs": trade_offs,
    "negative_lists": lists,
    "growth_account": growth,
}


def draw_run(folder: Path | str, lang: str | None = None) -> list[Path]:
    """Draw the figures of a run (one scenario, any number of replicates) into ``folder/figures``.

    Args:
        folder: an experiment folder.
        lang: ``en``, ``zh``, or None for both.

    Returns:
        the files written.

    Raises:
        FigureError: if the folder holds no tables to draw.
        ValueError: if there are no words in ``lang``.
    """
    return _draw(OF_RUN, Path(folder), language(lang))


def draw_comparison(folder: Path | str, lang: str | None = None) -> list[Path]:
    """Draw the figures of a comparison of scenarios into ``folder/figures``; see `draw_run`."""
    folder = Path(folder)
    written = _draw(OF_COMPARISON, folder, language(lang))
    return written + (draw_answers(folder, "robustness") if (folder / "robustness.csv").is_file() else [])


def _draw(drawings: dict[str, Drawing], folder: Path, lang: Lang | None) -> list[Path]:
    experiment = Experiment.read(folder)
    languages = (lang,) if lang else LANGUAGES
    if "zh" in languages and chinese_font() is None:
        warnings.warn(" / ".join(say("error.no_font", each) for each in LANGUAGES), UserWarning, stacklevel=3)
    written: list[Path] = []
    for each in languages:
        with house_style(each):
            for name, drawing in drawings.items():
                written += save(drawing(experiment, each), folder / "figures", name, each, experiment.version)
    return written
