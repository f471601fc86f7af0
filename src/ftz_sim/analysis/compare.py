"""Compare scenarios run with common random numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from ftz_sim.analysis.comparison import Comparison
from ftz_sim.analysis.drawn import TABLE, Drawn
from ftz_sim.analysis.equal_cost import COST_REPS, UNSCALED, equalise
from ftz_sim.analysis.findings import frames, said
from ftz_sim.analysis.focus import Focus, Question
from ftz_sim.analysis.panel import Panel
from ftz_sim.analysis.precision import Precision, check, level_of_one, looks, widths
from ftz_sim.analysis.shock_responses import ShockResponses
from ftz_sim.analysis.statistics import Interval
from ftz_sim.analysis.zone_leakage import ZoneLeakage
from ftz_sim.errors import InputError
from ftz_sim.indicators.yearly import last_year
from ftz_sim.results import FailedRun, FolderWriter, Run
from ftz_sim.runs.engine import Job, map_runs, replicate_jobs
from ftz_sim.runs.ranges import RANGES, check_ranges
from ftz_sim.runs.setup import all_default, as_list, check_comparable, check_numbers, scenario, whole_number
from ftz_sim.scenario.scenario import Scenario

MOST_DRAWS = 100_000


def compare(
    scenarios: Sequence[Scenario | str | Path],
    reference: str | None = None,
    reps: int = 20,
    seed: int = 1,
    firms: int | None = None,
    workers: int = 1,
    *,
    end: str | None = None,
    overrides: Iterable[str] = (),
    interval: Interval = "t",
    precision: Precision | float | None = None,
    draws: int = 0,
    ranges: str = RANGES[0],
    equal_cost: bool = False,
    focus: str | Iterable[str] = (),
    indicators: str | Iterable[str] = (),
    at: int | Iterable[int | str] = (),
    out: str | Path | None = None,
    force: bool = False,
    draw: Callable[[Path], Any] | None = None,
    progress: bool = False,
    command: str = "ftz_sim.compare",
) -> Comparison:
    """Run scenarios with common random numbers and compare each with a reference.

    Args:
        scenarios: scenarios, names or files; at least two.
        reference: name of the one to compare with; ``single_ftz`` if it is among them, else the first.
        reps: replicates (seeds) of every scenario.
        seed: seed of the experiment.
        firms: slots for firms in every scenario.
        workers: processes; the results are the same bits for any number.
        end: last quarter, such as ``2030Q4``.
        overrides: texts like ``negative_list.relist_pace=0.08``, for every scenario.
        interval: ``t`` or ``bootstrap``.
        precision: half-width that paired differences must reach; replicates are added until they do, from
            ``reps`` at the first look on (see `precision`).
        draws: how many times parameters are drawn from their ranges beside the replicates, whose parameters are
            fixed (see `drawn`); 0 leaves the uncertainty of parameters out.
        ranges: that draws are from: ``calibrated``, narrowed where published figures do, or ``cards`` (see `ranges`).
        equal_cost: whether to scale what scenarios add until they cost as much as the reference (see `equalise`).
        focus: provinces to ask about, by code or name; their zones come along (see `focus.Question`).
        indicators: what is asked of them, and of the nation; those most asked for if none is named.
        at: the years it is asked of; the last one if none is named.
        out: folder to write; without it nothing is written.
        force: whether files in ``out`` that its manifest does not name are kept in ``out.kept-1``, not refused.
        draw: called on the folder before it is put in place (figures).
        progress: whether to show a bar.
        command: what is noted in the manifest.

    Returns:
        the comparison; its tables are made when asked for.

    Raises:
        InputError: if the input is not valid; nothing was run or written.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    draws = whole_number("draws", draws, 0, MOST_DRAWS)
    check_ranges(ranges)
    if interval not in get_args(Interval):
        raise InputError("interval", found=interval)
    overrides = as_list("overrides", overrides, "['population.firms=5000']")
    chosen = as_list("scenarios", scenarios, "['single_ftz', 'cross_zone']")
    specs = [scenario(spec, overrides, firms, end) for spec in chosen]
    reference = check_comparable(specs, reference)
    horizon = specs[0].horizon
    asked = Precision(precision) if isinstance(precision, int | float) else precision
    if asked is not None:
        check(asked, reps, interval)
    question = Question.of(focus, indicators, at)
    question.targets(last_year(horizon.end.index + 1))  # refused before anything runs
    full, cost_reps = specs, min(reps, COST_REPS)
    costs = equalise(specs, reference, cost_reps, seed, workers) if equal_cost else []
    specs = [each.spec for each in costs] or specs
    sizes = looks(reps, asked.most) if asked else [reps]
    panel = Panel([spec.name for spec in specs], sizes[-1], horizon.fork.index, horizon.end.index + 1)
    result = Comparison(reference, reps, seed, interval, panel, [], level=level_of_one(len(sizes)), precision=asked)
    result.equal_cost, result.default = costs, all_default(specs)
    how = (interval, seed, result.level)
    result.shocks = ShockResponses(specs, sizes[-1], *how)
    result.leakage = ZoneLeakage(panel.scenarios, reference, sizes[-1], *how)
    result.focus = Focus(question, panel.final, panel.scenarios, reference, sizes[-1], *how) if any(question) else None
    runs = (run for jobs in _batches(result, specs, sizes) for run in map_runs(jobs, workers, progress))
    if draws:
        result.drawn = Drawn.of(specs, draws, seed, reference, question, ranges)
    if out is None:
        for run in runs:
            _collect(result, run)
        if result.drawn is not None:
            result.drawn.play(specs, seed, workers, progress)
        return result
    about = {"command": command, "seed": seed, "reps": reps, "workers": workers}
    about |= {"reference": reference, "interval": interval, "draws": draws, "ranges": ranges}
    about |= {"equal_cost": equal_cost}
    about |= {"focus": {**question._asdict(), "folder": Path(out).as_posix()} if any(question) else None}
    about |= {"level": result.level, "precision": asked and asked._asdict()}
    about |= {"cost_reps": cost_reps} if equal_cost else {}
    with FolderWriter(Path(out), "compare", about, force) as writer:
        for spec in full if equal_cost else ():
            writer.scenario(spec, UNSCALED)
        for run in runs:
            writer.add(run)
            _collect(result, run)
        if result.drawn is not None:
            result.drawn.play(specs, seed, workers, progress)
            writer.table(TABLE, result.drawn.outcomes())
        writer.about["reps"] = result.reps
        for name, table in frames(result).items():
            writer.frame(name, table)
        writer.about |= said(result)
        result.folder = writer.finish(draw if len(result.failed) < len(specs) * result.reps else None)
    return result


def _batches(result: Comparison, specs: Sequence[Scenario], sizes: Sequence[int]) -> Iterator[list[Job]]:
    """Yield the jobs up to each look, until the differences found so far are precise enough."""
    for start, stop in zip([0, *sizes], sizes, strict=False):
        result.reps = stop
        yield replicate_jobs(specs, stop, result.seed)[start * len(specs) :]
        if result.precision and all(each.met for each in widths(result, result.precision)):
            return


def _collect(result: Comparison, run: Run | FailedRun) -> None:
    if isinstance(run, FailedRun):
        result.failed.append(run)
    else:
        result.add(run)
