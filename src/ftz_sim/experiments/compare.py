"""Compare scenarios run with the same luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

from ftz_sim.engine import map_runs, replicate_jobs
from ftz_sim.errors import InputError
from ftz_sim.experiments.comparison import Comparison
from ftz_sim.experiments.panel import Panel
from ftz_sim.experiments.setup import check_comparable, check_numbers, scenario
from ftz_sim.experiments.statistics import Interval
from ftz_sim.results import FailedRun, FolderWriter, Run
from ftz_sim.scenario import Scenario


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
    out: str | Path | None = None,
    draw: Callable[[Path], Any] | None = None,
    progress: bool = False,
    command: str = "ftz_sim.compare",
) -> Comparison:
    """Run scenarios with the same luck and compare each with a reference.

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
        out: folder to write; without it nothing is written.
        draw: called on the folder before it is put in place (figures).
        progress: whether to show a bar.
        command: what is noted in the manifest.

    Returns:
        the comparison; its tables are made when asked for.

    Raises:
        InputError: if the input is not valid; nothing was run or written.
    """
    check_numbers(reps, seed, workers)
    if interval not in get_args(Interval):
        raise InputError(f"interval is {' or '.join(get_args(Interval))}, not {interval!r}")
    overrides = tuple(overrides)
    specs = [scenario(spec, overrides, firms, end) for spec in scenarios]
    reference = check_comparable(specs, reference)
    horizon = specs[0].horizon
    panel = Panel([spec.name for spec in specs], reps, horizon.fork.index, horizon.end.index + 1)
    result = Comparison(reference, reps, seed, interval, panel, [])
    jobs = replicate_jobs(specs, reps, seed)
    if out is None:
        for run in map_runs(jobs, workers, progress):
            _collect(result, run)
        return result
    about = {"command": command, "seed": seed, "reps": reps, "workers": workers}
    about |= {"reference": reference, "interval": interval}
    with FolderWriter(Path(out), "compare", about) as writer:
        for run in map_runs(jobs, workers, progress):
            writer.add(run)
            _collect(result, run)
        _write_tables(result, writer)
        result.folder = writer.finish(draw if len(result.failed) < len(jobs) else None)
    return result


def _collect(result: Comparison, run: Run | FailedRun) -> None:
    if isinstance(run, FailedRun):
        result.failed.append(run)
    else:
        result.panel.add(run)


def _write_tables(result: Comparison, writer: FolderWriter) -> None:
    writer.frame("comparison.csv", result.comparison)
    writer.frame("provinces.csv", result.provinces)
    if result.linkage is not None:
        writer.frame("linkage.csv", result.linkage)
    if result.siphon is not None:
        writer.frame("siphon.csv", result.siphon)
    writer.about["verdict"] = {lang: result.sentence(lang) for lang in ("en", "zh")}
    writer.about["weightings_nqp"] = result.weightings
    writer.about["gain_per_yuan"] = result.gain_per_yuan
