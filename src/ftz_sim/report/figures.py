"""Every figure that a folder of results may have, in one list; and drawing them, in English and Chinese."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.text import Text

from ftz_sim.errors import InputError, listed, nearest
from ftz_sim.indicators.variables import GROWTH_ACCOUNT, HEADLINES
from ftz_sim.report import alternatives, signs, siphon, sites, validation
from ftz_sim.report.alternatives import Description
from ftz_sim.report.answers import Answers
from ftz_sim.report.boundary import boundary
from ftz_sim.report.design import front
from ftz_sim.report.differences import differences
from ftz_sim.report.growth import growth
from ftz_sim.report.lists import lists
from ftz_sim.report.paths import levels, paths
from ftz_sim.report.sensitivity import sensitivity
from ftz_sim.report.style import chinese_font, house_style, save
from ftz_sim.report.tables import Experiment
from ftz_sim.report.tiles import provinces
from ftz_sim.report.tornado import tornado
from ftz_sim.report.trade_offs import AGAINST, trade_offs
from ftz_sim.report.waterfall import waterfall
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.executors import kept_pool, kept_workers
from ftz_sim.text.words import LANGUAGES, Lang, language, say

RUN, COMPARE, ROBUSTNESS = "run", "compare", "robustness"  # kinds of folders
RUNS = (RUN, COMPARE)  # those whose national tables are the result


class Record(NamedTuple):
    """One figure."""

    draw: Callable[[Any, Lang], Figure]  # of the `Experiment`; of an analysis, of its `Answers`
    kinds: tuple[str, ...]  # of folders that have it
    section: str  # of the report; what has none stands under the rest
    describe: Description = alternatives.nothing  # from what it is drawn from
    table: str = ""  # without which a folder has no such figure


FIGURES: dict[str, Record] = {
    "levels": Record(levels, RUNS, "levels", alternatives.from_to(*HEADLINES)),
    "paths": Record(paths, (COMPARE,), "paths", alternatives.differences(*HEADLINES)),
    "differences": Record(differences, (COMPARE,), "differences", alternatives.differences(*HEADLINES)),
    "provinces": Record(provinces, (COMPARE,), "provinces", alternatives.provinces),
    "trade_offs": Record(trade_offs, (COMPARE,), "trade_offs", alternatives.differences("gdp", *AGAINST)),
    "negative_lists": Record(lists, RUNS, "negative_lists", alternatives.from_to("list_zone", "list_national")),
    "growth_account": Record(
        growth, RUNS, "growth_account", alternatives.from_to("growth_total", *GROWTH_ACCOUNT)
    ),
    "waterfall": Record(waterfall, ("attribute",), "attribution"),
    "boundary": Record(boundary, (ROBUSTNESS,), "robustness"),
    "tornado": Record(tornado, (ROBUSTNESS,), "robustness"),
    "sensitivity": Record(sensitivity, ("sensitivity",), "robustness"),
    "front": Record(front, ("design",), "", table="front"),
    "signs": Record(signs.signs, ("design",), "", signs.describe, "signs"),
    "sites": Record(sites.sites, ("design",), "", sites.describe, "sites"),
    **{name: Record(validation.drawn(table, drawing), ("validation",), "", table=table) for name, table, drawing in (
        ("board", "board", validation.board), ("forecasts", "province_values", validation.provinces),
        ("event_study", "event_study", validation.event_study), ("siphon", "siphon", siphon.siphon),
        ("siphon_signs", "siphon_signs", siphon.siphon_signs),
    )},
}  # fmt: skip


def figures_of(folder: Path, manifest: dict[str, Any], experiment: Experiment | None) -> dict[str, Record]:
    """Return the figures that a folder has, by name; ``experiment`` are its runs (see `runs_of`).

    A comparison over draws of parameters has those of robustness, too.
    """
    kind = manifest["kind"]
    if kind in RUNS:
        kind = "" if experiment is None else COMPARE if experiment.compared else RUN
    kinds = {kind, ROBUSTNESS} if kind == COMPARE and (folder / "robustness.csv").is_file() else {kind}
    found = {name: each for name, each in FIGURES.items() if kinds & {*each.kinds}}
    return {name: each for name, each in found.items() if not each.table or (folder / f"{each.table}.csv").is_file()}


def runs_of(folder: Path, manifest: dict[str, Any]) -> Experiment | None:
    """Return runs that stand for themselves; those of an analysis are its raw material."""
    shown = manifest["kind"] in RUNS and (folder / "national.parquet").is_file()
    return Experiment.read(folder) if shown else None


def draw(folder: Path | str, lang: str | None = None) -> list[Path]:
    """Draw all figures of an experiment folder into ``folder/figures``.

    Processes that a command keeps after its runs draw, too, each one language.

    Args:
        folder: of runs, a comparison or an analysis.
        lang: ``en``, ``zh``, or None for both.

    Returns:
        the files written.

    Raises:
        FigureError: if a table holds nothing to draw.
        ValueError: if there are no words in ``lang``.
    """
    wanted, folder = language(lang), Path(folder)
    manifest = read_manifest(folder)
    experiment = runs_of(folder, manifest)
    languages = (wanted,) if wanted else LANGUAGES
    if "zh" in languages and chinese_font() is None:
        warnings.warn(" / ".join(say("error.no_font", each) for each in LANGUAGES), UserWarning, stacklevel=2)
    drawn = partial(_in_language, folder, manifest, experiment)
    if len(languages) > 1 and (workers := kept_workers()) > 1:
        with kept_pool(workers) as pool:
            files = [*pool.map(drawn, languages)]
    else:
        files = [drawn(each) for each in languages]
    return [file for each in files for file in each]


def _in_language(folder: Path, manifest: dict[str, Any], experiment: Experiment | None, lang: Lang) -> list[Path]:
    written: list[Path] = []
    with house_style(lang):
        for name, record in figures_of(folder, manifest, experiment).items():
            drawn = record.draw(source_of(record, folder, manifest, experiment), lang)
            written += save(drawn, folder / "figures", name, lang, str(manifest["version"]))
    return written


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
    experiment = runs_of(folder, manifest)
    known = figures_of(folder, manifest, experiment)
    if name not in known:
        raise InputError("no_figure", found=name, nearest=nearest(name, [*known]), allowed=listed([*known]))
    with house_style(lang):
        found = known[name].draw(source_of(known[name], folder, manifest, experiment), lang)
        fonts = [*mpl.rcParams["font.sans-serif"]]
        for text in found.findobj(Text):
            text.set_fontfamily(fonts)
    return found


def source_of(
    record: Record, folder: Path, manifest: dict[str, Any], experiment: Experiment | None
) -> Experiment | Answers | None:
    """Return what a figure is drawn from and described by; None if the folder's runs do not stand for themselves."""
    return experiment if {*record.kinds} & {*RUNS} else Answers(folder, manifest)
