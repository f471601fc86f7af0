"""Design: look for packages under a budget, measure what was found again, and write the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.design import words
from ftz_sim.design.answer import Answer
from ftz_sim.design.archive import Archive, Play
from ftz_sim.design.choices import Candidate, code_of, told
from ftz_sim.design.look import look, searches_of, space_of, valued
from ftz_sim.design.manifest import DesignManifest, check_folder
from ftz_sim.design.measures import bill, tables_of
from ftz_sim.design.problem import Problem, read_problem
from ftz_sim.design.searches import drawn
from ftz_sim.design.worlds import Worlds
from ftz_sim.errors import InputError
from ftz_sim.extras import need
from ftz_sim.results.files import write_bytes, writing
from ftz_sim.results.frames import as_csv
from ftz_sim.results.store import Store
from ftz_sim.runs.engine import Job, map_runs, play_many
from ftz_sim.runs.setup import check_numbers
from ftz_sim.scenario.scenario import Text
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd

FEW_RUNS = 32  # by which the time is estimated
Report = Callable[[int, int, int], None]  # (runs finished, of them failed, runs at most)


@dataclass
class Design:
    """A design that is done.

    Attributes:
        problem: what was asked.
        folder: where the answer is.
        tables: by name of the file.
        sentence: what was found, in English and Chinese.
        made: runs made now; the rest was in the archive.
        failed: runs in the archive that ended with an error.
        errors: (run, error) of the first of them.
    """

    problem: Problem
    folder: Path
    tables: dict[str, pd.DataFrame]
    sentence: dict[Lang, str]
    made: int
    failed: int
    errors: list[tuple[str, str]]
    packages: dict[str, Candidate]  # by name

    def labels(self, lang: Lang) -> dict[str, str]:
        """Return what choices and outcomes are called, by their names in tables."""
        return {name: both[lang == "zh"] for name, both in words.labels(self.problem).items()}

    def pulled(self, package: str, lang: Lang) -> str:
        """Say what a package pulls."""
        return told(self.problem.choices, self.packages[package], lang)

    @property
    def wanted(self) -> list[str]:
        """Names of cost and aims in tables."""
        return [measure.name for measure in (bill(), *self.problem.aims)]


def design(
    problem: Problem | str | Path,
    out: str | Path | None = None,
    workers: int = 1,
    *,
    report: Report | None = None,
    command: str = "ftz_sim.design",
    play: Play = map_runs,
) -> Design:
    """Look for packages, measure again what was found, and write the answer.

    The folder's archive says what was played; the same call begins a design, resumes it after a crash, and extends it.

    Args:
        problem: a problem that was read, or its file.
        out: folder; ``results/NAME`` unless said.
        workers: processes; the results are the same for any number.
        report: called whenever runs were kept.
        command: what is noted in the manifest.
        play: makes runs; another one serves tests.

    Raises:
        InputError: if the input is not valid, or the folder holds something else.
        StoreError: if results cannot be written; what was played is kept.
    """
    need("pymoo")
    problem = problem if isinstance(problem, Problem) else read_problem(problem)
    _, _, workers = check_numbers(1, problem.record.seed, workers)
    folder = Path(out) if out is not None else Path("results") / problem.record.name
    check_folder(folder, problem)
    worlds, most = Worlds(problem), runs_at_most(problem)
    with Store(folder) as store:
        manifest = DesignManifest(folder, problem, command)
        archive = Archive(problem, store, workers, play, lambda: _tell(report, archive, most))
        start = archive.values([problem.nothing], [*worlds.searched, *worlds.fresh])[0]
        if not np.isfinite(start).all():
            raise InputError("start_failed", name=problem.start.name, error=archive.errors[0][1])
        start = start[: len(worlds.searched)]
        looked = look(
            searches_of(space_of(problem), problem.own), problem.record.search.evaluations,
            lambda candidates: valued(problem, archive.values(candidates, worlds.searched), start),
        )  # fmt: skip
        answer = Answer(problem, looked, archive, worlds)
        tables = _write(answer, manifest, folder)
    sentence = {lang: words.sentence(answer, lang) for lang in words.LANGUAGES}
    manifest.finish({
        "sentence": [sentence], "aims": {aim.name: sign for aim, sign in zip(problem.aims, problem.signs, strict=True)},
        "labels": words.labels(problem), "shown": words.shown(problem),
        "scenarios": [problem.start.name, *_names(answer)],
        "runs": {"done": len(archive) - archive.failed, "failed": archive.failed},
    })  # fmt: skip
    packages = {name: each for each, name in answer.names().items()}
    return Design(problem, folder, tables, sentence, archive.made, archive.failed, archive.errors, packages)


def runs_at_most(problem: Problem) -> int:
    """Return how many runs a design makes at most: three searches that share nothing, the start, and the check."""
    how = problem.record
    packages = min(3 * how.search.evaluations, problem.packages)
    ways = sum(problem.ways)  # of the middle package's parts
    alone = sum(problem.ways[site] for site in problem.sites)
    again = how.check.packages + 5 * len(problem.aims) + 2 + ways + alone
    return 1 + packages * how.uncertainty.draws + again * how.check.draws


def estimate(problem: Problem) -> float:
    """Play a few packages in one world, write nothing, and return seconds a run."""
    world = Worlds(problem).searched[0]
    space = space_of(problem)
    some = drawn(space, space.rng(0), FEW_RUNS)
    jobs = [Job(world.of(problem.scenario(each, code_of(each))), 0, world.seed) for each in some]
    names = tables_of(problem.readings)
    play_many(jobs[:1], names)  # imports, and fills caches
    return float(np.mean([run.seconds for run in play_many(jobs, names)]))


def _tell(report: Report | None, archive: Archive, most: int) -> None:
    if report is not None:
        report(len(archive), archive.failed, max(most, len(archive)))


def _write(answer: Answer, manifest: DesignManifest, folder: Path) -> dict[str, pd.DataFrame]:
    from ftz_sim.design.tables import frames, tried

    made = frames(answer)
    with writing(folder):
        for name, frame in made.items():
            if len(frame):  # a file without heads cannot be read
                write_bytes(folder / name, as_csv(frame))
        tried(answer).to_parquet(folder / "tried.parquet", index=False)
    for candidate, name in answer.names().items():
        if any(candidate):
            spec = answer.problem.scenario(candidate, f"{answer.name}_{name}")
            text = {"title": Text(**words.title(answer, name)), "why": Text(**words.why(answer, candidate))}
            manifest.scenario(spec.model_copy(update={**text, "short": None}))
    return made


def _names(answer: Answer) -> list[str]:
    return [f"{answer.name}_{name}" for candidate, name in answer.names().items() if any(candidate)]
