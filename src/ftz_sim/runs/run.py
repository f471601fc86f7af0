"""Run one scenario, once or with several seeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ftz_sim.results import FailedRun, FolderWriter, Run
from ftz_sim.runs.engine import map_runs, play, replicate_jobs
from ftz_sim.runs.setup import check_numbers, scenario, whole_number
from ftz_sim.scenario.scenario import Scenario

AS_TEXT = re.compile(r"'?([0-9]{1,20})")


def run(
    spec: Scenario | str | Path,
    seed: int = 1,
    *,
    model_seed: int | str | None = None,
    firms: int | None = None,
    end: str | None = None,
    overrides: Iterable[str] = (),
) -> Run:
    """Run a scenario once.

    Args:
        spec: a scenario, its name or its file.
        seed: seed of the experiment; the run is replicate 0 of `replicates` and `compare` with this seed.
        model_seed: seed of the model in place of ``seed``: the column of that name in a table of runs, whose row
            this call repeats; as text, too, which it is in CSV.
        firms: slots for firms.
        end: last quarter, such as ``2030Q4``.
        overrides: texts like ``negative_list.relist_pace=0.08``.

    Returns:
        the run, with its tables.

    Raises:
        InputError: if the input is not valid.
        RuntimeError: if the run fails.
    """
    _, seed, _ = check_numbers(1, seed, 1)
    job = replicate_jobs([scenario(spec, overrides, firms, end)], 1, seed)[0]
    if model_seed is not None:
        as_text = isinstance(model_seed, str) and AS_TEXT.fullmatch(model_seed)
        number = int(as_text[1]) if as_text else model_seed
        job = job._replace(seed=whole_number("model_seed", number, 0, 2**64 - 1))
    result = play(job)
    if isinstance(result, FailedRun):
        raise RuntimeError(f"{result.run_id} failed: {result.error}")
    return result


def replicates(
    spec: Scenario | str | Path,
    reps: int = 1,
    seed: int = 1,
    workers: int = 1,
    *,
    firms: int | None = None,
    end: str | None = None,
    overrides: Iterable[str] = (),
    out: str | Path | None = None,
    force: bool = False,
    draw: Callable[[Path], Any] | None = None,
    progress: bool = False,
    command: str = "ftz_sim.analysis.replicates",
) -> list[Run | FailedRun]:
    """Run a scenario ``reps`` times; write an experiment folder if ``out`` is given.

    With ``out`` the tables go to the folder run by run and only the last run is kept in memory with its
    tables; failed runs are kept in any case.

    Args:
        spec: a scenario, its name or its file.
        reps: number of runs.
        seed: seed of the experiment.
        workers: processes.
        firms: slots for firms.
        end: last quarter.
        overrides: texts like ``negative_list.relist_pace=0.08``.
        out: folder to write.
        force: whether files in ``out`` that its manifest does not name are kept in ``out.kept-1``, not refused.
        draw: called on the folder before it is put in place (figures).
        progress: whether to show a bar.
        command: what is noted in the manifest.

    Returns:
        all runs without ``out``; the failed ones and the last one with it.

    Raises:
        InputError: if the input is not valid; nothing was run or written.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    spec = scenario(spec, overrides, firms, end)
    jobs = replicate_jobs([spec], reps, seed)
    if out is None:
        return list(map_runs(jobs, workers, progress))
    about = {"command": command, "seed": seed, "reps": reps, "workers": workers}
    failed: list[Run | FailedRun] = []
    last: list[Run | FailedRun] = []
    with FolderWriter(Path(out), "run", about, force) as writer:
        for each in map_runs(jobs, workers, progress):
            writer.add(each)
            if isinstance(each, FailedRun):
                failed.append(each)
            else:
                last = [each]
        writer.finish(draw if last else None)
    return failed + last
