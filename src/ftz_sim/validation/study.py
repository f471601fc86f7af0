"""`validate`: play history and the world without zones, read every target, score, estimate, write a folder."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.errors import InputError, reason
from ftz_sim.indicators.tables import Tables
from ftz_sim.model.clock import Quarter
from ftz_sim.model.published import load_figures
from ftz_sim.results import FailedRun, FolderWriter, Run, check_folder
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import check_numbers, scenario
from ftz_sim.scenario import evidence
from ftz_sim.validation import econometrics, nation, net_entry, panel, placebo, province_figures, provinces
from ftz_sim.validation import siphon as distance
from ftz_sim.validation.board import Board, Value, over_seeds, with_error
from ftz_sim.validation.borders import lost
from ftz_sim.validation.dyads import dyads
from ftz_sim.validation.estimators import check_installed
from ftz_sim.validation.readings import effect, read
from ftz_sim.validation.targets import Target, read_targets, shipped

if TYPE_CHECKING:
    import pandas as pd

LAST_YEAR = 2024
WITH, WITHOUT = "history", "no_ftz"
KIND = "validation"


@dataclass
class Validation:
    """What was found.

    Attributes:
        board: targets beside the model.
        tables: by name: ``provinces`` and ``nation`` (scores of forecasts), ``marks``, ``province_values`` (shares),
            ``estimators``, ``estimates`` (by replicate), ``cells``, ``dyads``, ``event_study``, ``placebo``,
            ``neighbours``, ``placements``, ``placement_runs``, ``identical_firms``, ``siphon``, ``siphon_signs``;
            those that were asked for.
        failed: runs that ended with an error.
    """

    board: Board
    tables: dict[str, pd.DataFrame]
    failed: list[FailedRun] = field(default_factory=list)

    @property
    def frame(self) -> pd.DataFrame:
        """Return the board as a table."""
        return self.board.frame()


def validate(
    data: str | Path | None = None,
    reps: int = 10,
    seed: int = 1,
    workers: int = 1,
    *,
    firms: int | None = None,
    end: str | None = None,
    overrides: Sequence[str] = (),
    estimators: bool = True,
    placebos: int = 0,
    siphon: int = 0,
    out: str | Path | None = None,
    force: bool = False,
    draw: Callable[[Path], Any] | None = None,
    progress: bool = False,
    command: str = "ftz_sim.validation.validate",
) -> Validation:
    """Compare the model with published figures.

    Args:
        data: a CSV of further figures: targets (columns of ``targets.csv``) or provinces (``province``,
            ``variable``, ``year``, ``value``).
        reps: replicates of `history` and of `no_ftz`, with common random numbers.
        seed: of the experiment.
        workers: processes.
        firms: slots for firms.
        end: last quarter; by default the end of 2024 or of the latest year asked for.
        overrides: texts like ``parameters.negative_list.relist_pace=0.08``, for both scenarios.
        estimators: whether to run the estimators of the literature (needs pyfixest).
        placebos: random placements of zones to play; 0 for none.
        siphon: seeds of siphon and radiation by distance and of the parameters that decide the sign; 0 for none.
        out: folder to write.
        force: whether files in ``out`` that its manifest does not name are kept in ``out.kept-1``, not refused.
        draw: called on the folder before it is put in place.
        progress: whether to show a bar.
        command: what is noted in the manifest.

    Raises:
        InputError: if the input is not valid; nothing was run or written.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    targets, figures = _read(data)
    if estimators:
        check_installed()
    end = (
        end
        or f"{max([LAST_YEAR, *(t.last_year for t in targets), *(y for _, y in province_figures.to_score(figures))])}Q4"
    )
    specs = [scenario(name, overrides, firms, end) for name in (WITH, WITHOUT)]
    if out is not None:
        check_folder(Path(out), KIND, force)
    results = list(map_runs(replicate_jobs(specs, reps, seed), workers, progress))
    failed = [each for each in results if isinstance(each, FailedRun)]
    runs = _Runs(results)
    found = _evaluate(runs, targets, figures, specs[0].horizon.end, estimators)
    if placebos:
        seeds = [run.seed for run in runs.of(WITH)]
        played = placebo.placements(placebos, seeds, specs[0].population.firms, end)
        found.tables |= {"placement_runs": played, "placements": placebo.summary(played)}
        found.tables["identical_firms"] = placebo.identical_firms(seeds, specs[0].population.firms, end)
    if siphon:
        found.tables["siphon"] = distance.by_distance(siphon, seed, workers)
        found.tables["siphon_signs"] = distance.by_parameter(distance.signs(seed, workers))
    found.failed.extend(failed)
    if out is not None:
        about = {
            "command": command,
            "seed": seed,
            "reps": reps,
            "workers": workers,
            "firms": specs[0].population.firms,
            "end": end,
        }
        _write(found, results, Path(out), about, force, draw)
    return found


def _read(data: str | Path | None) -> tuple[tuple[Target, ...], province_figures.Published]:
    if data is None:
        return shipped(), province_figures.published()
    file = Path(data)
    if not os.path.isfile(file):
        raise InputError("no_file", path=file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("csv_not_utf8", path=file) from None
    except OSError as error:
        raise InputError("unreadable", path=file, reason=reason(error)) from None
    if province_figures.is_of_provinces(next(csv.reader(io.StringIO(text, newline="")), [])):
        return shipped(), province_figures.published(file)
    own = {target.id: target for target in read_targets(file)}
    return (*(t for t in shipped() if t.id not in own), *own.values()), province_figures.published()


class _Runs:
    """Finished runs by scenario, those of equal replicates side by side."""

    def __init__(self, results: Sequence[Run | FailedRun]) -> None:
        done = {(each.spec.name, each.replicate): each for each in results if isinstance(each, Run)}
        both = [i for name, i in done if name == WITH and (WITHOUT, i) in done]
        if not both:
            errors = {each.error for each in results if isinstance(each, FailedRun)}
            raise RuntimeError(f"no replicate was finished: {'; '.join(sorted(errors))}")
        self.runs = {name: [done[name, i] for i in both] for name in (WITH, WITHOUT)}

    def of(self, name: str) -> list[Run]:
        """Return the runs of a scenario."""
        return self.runs[name]

    def tables(self, name: str) -> list[Tables]:
        """Return the tables of a scenario's runs."""
        return [run.tables for run in self.runs[name]]

    def pairs(self) -> list[tuple[Tables, Tables]]:
        """Return tables with and without zones of common random numbers."""
        return list(zip(self.tables(WITH), self.tables(WITHOUT), strict=True))


def _evaluate(
    runs: _Runs, targets: Sequence[Target], figures: province_figures.Published, end: Quarter, estimators: bool
) -> Validation:
    import pandas as pd

    last = end.year if end.quarter == 4 else end.year - 1
    scored = [each for each in province_figures.to_score(figures) if each[1] <= last]
    forecasts = [provinces.forecast(runs.tables(WITH), figures, *each) for each in scored]
    tables: dict[str, pd.DataFrame] = {}
    if forecasts:
        tables["provinces"] = pd.DataFrame([row for each in forecasts for row in provinces.scores(each)])
        tables["marks"] = provinces.marks(tables["provinces"])
        tables["province_values"] = provinces.values_table(forecasts)
    if estimators:
        tables |= _estimate(runs)
    evidence = _Evidence(runs, {(f.variable, str(f.year)): f for f in forecasts}, tables.get("estimates"), end)
    values = {target.id: value for target in targets if (value := evidence.value(target)) is not None}
    if len(scored_nation := nation.scores(targets, values)):
        tables["nation"] = scored_nation
    return Validation(Board(tuple(targets), values), tables)


def _estimate(runs: _Runs) -> dict[str, pd.DataFrame]:
    first = panel.first_treated(runs.tables(WITH)[0])
    pairs = [(panel.provinces(a, first), panel.provinces(b, first)) for a, b in runs.pairs()]
    inside = [panel.cells(a, b, first) for a, b in runs.pairs()]
    estimates = econometrics.compare_estimators(pairs)
    return {
        "estimates": estimates,
        "estimators": econometrics.summary(estimates),
        "cells": econometrics.summary(econometrics.compare_estimators(inside)),
        "event_study": econometrics.event_studies(pairs, list(panel.OUTCOMES)),
        "placebo": econometrics.placebo_table(pairs),
        "neighbours": econometrics.neighbours(pairs, load_figures().distance),
        "dyads": dyads(runs.pairs()),
    }


@dataclass
class _Evidence:
    """Where the model's values of targets are looked up."""

    runs: _Runs
    forecasts: dict[tuple[str, str], provinces.Forecast]
    estimates: pd.DataFrame | None
    end: Quarter

    def value(self, target: Target) -> Value | None:
        """Return the model's value, or None if the target is not modelled or lies outside what was run."""
        if not target.is_modelled or not self._reached(target):
            return None
        if target.table == "provinces":
            made = self.forecasts.get((target.indicator, target.at))
            return made and with_error(*provinces.jackknife(made, target.reading), len(made.single))
        if target.table == "estimate":
            return self._estimate(target)
        if target.table == "borders":
            return Value(self.borders[target.indicator], math.nan, math.nan, 1)
        if target.table == "firms":
            return over_seeds(self.entry)
        if target.table == "effect":
            known = load_figures()
            return over_seeds(
                [effect(a, b, target.indicator, target.reading, int(target.at), known) for a, b in self.runs.pairs()]
            )
        return over_seeds([read(tables, target) for tables in self.runs.tables(WITH)])

    @cached_property
    def borders(self) -> dict[str, float]:
        """Trade lost at borders, by large region [%]; the same for all seeds."""
        return lost(self.runs.of(WITH)[0].spec)

    @cached_property
    def entry(self) -> list[float]:
        """Share of net entry in the growth of productivity, by seed [%]."""
        runs = self.runs.of(WITH)
        return list(net_entry.play(runs[0].spec, [run.seed for run in runs]).net_entry)

    def _reached(self, target: Target) -> bool:
        if target.reading == "quarter":
            return Quarter.parse(target.at) <= self.end
        return not target.at or Quarter(target.last_year, 4) <= self.end

    def _estimate(self, target: Target) -> Value | None:
        if self.estimates is None:
            return None
        table = self.estimates
        rows = table[(table["outcome"] == target.indicator) & (table["estimator"] == target.reading)]
        return over_seeds(rows["estimate"].tolist())


def _write(
    found: Validation,
    results: Sequence[Run | FailedRun],
    folder: Path,
    about: dict[str, Any],
    force: bool,
    draw: Callable[[Path], Any] | None,
) -> None:
    with FolderWriter(folder, KIND, about, force) as writer:
        for each in results:
            writer.add(each)
        if "siphon" in found.tables:
            writer.outside |= {name: evidence.as_json(scenario(name)) for name in distance.STRATEGIES}
        writer.frame("board.csv", found.frame)
        for name, table in found.tables.items():
            writer.frame(f"{name}.csv", table)
        writer.finish(draw)
