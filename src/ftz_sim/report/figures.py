"""Draw all figures of an experiment folder, in English and Chinese."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.text import Text

from ftz_sim.errors import InputError, listed, nearest
from ftz_sim.report.answers import KINDS, Answers, drawings
from ftz_sim.report.answers import draw as draw_answers
from ftz_sim.report.differences import differences
from ftz_sim.report.growth import growth
from ftz_sim.report.lists import lists
from ftz_sim.report.paths import levels, paths
from ftz_sim.report.style import chinese_font, house_style, save
from ftz_sim.report.tables import Experiment
from ftz_sim.report.tiles import provinces
from ftz_sim.report.trade_offs import trade_offs
from ftz_sim.results.reading import read_manifest
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


def figure(folder: Path | str, name: str, lang: Lang = "en") -> Figure:
    """Return one figure of an experiment folder, which keeps its fonts wherever it is shown.

    Args:
        folder: of a run, a comparison, or an analysis.
        name: of the figure, such as ``differences``.
        lang: ``en`` or ``zh``.

    Raises:
        InputError: if the folder has no such figure; with the nearest name.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    kind = KINDS.get(manifest["kind"]) or ("robustness" if (folder / "robustness.csv").is_file() else None)
    of_answer = drawings(kind) if kind else {}
    of_runs = {"run": OF_RUN, "compare": OF_COMPARISON}.get(manifest["kind"], {})
    known = [*of_runs, *of_answer]
    if name not in known:
        raise InputError("no_figure", found=name, nearest=nearest(name, known), allowed=listed(known))
    with house_style(lang):
        if name in of_runs:
            found = of_runs[name](Experiment.read(folder), lang)
        else:
            found = of_answer[name](Answers(folder, manifest), lang)
        fonts = [*mpl.rcParams["font.sans-serif"]]
        for text in found.findobj(Text):
            text.set_fontfamily(fonts)
    return found


def _draw(wanted: dict[str, Drawing], folder: Path, lang: Lang | None) -> list[Path]:
    experiment = Experiment.read(folder)
    languages = (lang,) if lang else LANGUAGES
    if "zh" in languages and chinese_font() is None:
        warnings.warn(" / ".join(say("error.no_font", each) for each in LANGUAGES), UserWarning, stacklevel=3)
    written: list[Path] = []
    for each in languages:
        with house_style(each):
            for name, drawing in wanted.items():
                written += save(drawing(experiment, each), folder / "figures", name, each, experiment.version)
    return written
