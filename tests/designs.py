"""Builders for tests of designs: small files, and a model that takes no time and whose best packages are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from builders import small
from ftz_sim.design.problem import Problem, read_problem
from ftz_sim.indicators.tables import Tables
from ftz_sim.results import FailedRun, Run
from ftz_sim.runs.engine import Job, simulate

START = "name: begin\nbase: history\nhorizon: {fork: 2013Q2, end: 2013Q4}\n"
QUARTERS = 4
LEVERS = ("preference_support", "agreement_upgrade", "accession_preparation", "market_access_exchange", "replication")
DESIGN = """\
name: small
start: start.yaml
seed: {seed}
choices:
{choices}
budget: {{most: {most}, each: {each}}}
constraints: [{constraints}]
aims: [{aims}]
uncertainty: {uncertainty}
search: {search}
check: {{draws: 4, packages: 4}}
"""


def design_file(folder: Path, **changes) -> Path:
    """Write a design file and its start: five national levers, each pulled or not, for GDP and little FDI."""
    words = {
        "seed": 5, "choices": "\n".join(f"  - {{lever: {name}, from: 2013Q2}}" for name in LEVERS),
        "most": 2, "each": "horizon", "constraints": "", "aims": "{indicator: gdp}, {indicator: fdi, aim: least}",
        "uncertainty": "{draws: 2}", "search": "{evaluations: 20, population: 6}",
    }  # fmt: skip
    (folder / "start.yaml").write_text(START, encoding="utf-8")
    path = folder / "design.yaml"
    path.write_text(DESIGN.format(**{**words, **changes}), encoding="utf-8")
    return path


def problem(folder: Path, **changes) -> Problem:
    """Return the problem of such a file."""
    return read_problem(design_file(folder, **changes))


@cache
def _template() -> Tables:
    return simulate(small("history", "horizon.end=2013Q4"), 1)


def effects(levels: np.ndarray, shock: float = 0.0) -> tuple[float, float, float]:
    """Return GDP, FDI and cost of levels of the five levers; the first two help each other, the last only costs."""
    gdp = 100 + levels @ [3.0, 2.0, 1.0, 0.5, 0.0] + 4 * levels[0] * levels[1] + shock
    return gdp, 50 + levels @ [1.0, 2.0, 0.25, 3.0, 0.0], levels @ [0.8, 0.8, 0.4, 1.2, 0.6]


def quick(jobs: Sequence[Job], _workers: int, _progress: bool, names: Sequence[str]) -> Iterable[Run | FailedRun]:
    """Stand in for the model: known effects, and noise that all packages share."""
    for job in jobs:
        yield Run(job.spec, job.seed, tables_of(job, job.seed % 1000 / 100, names), job.replicate)


def noisy(jobs: Sequence[Job], _workers: int, _progress: bool, names: Sequence[str]) -> Iterable[Run | FailedRun]:
    """Stand in for a model in which nothing has an effect, and every run has noise of its own."""
    for job in jobs:
        pulled = [int(level > 0) for level in levels_of(job)]
        rng = np.random.Generator(np.random.Philox(np.random.SeedSequence([job.seed, *pulled])))
        made = tables_of(job, 0.0, names)
        national = {**made.national, "gdp": np.full(QUARTERS, 100 + rng.normal()), "fdi": np.full(QUARTERS, 50.0)}
        yield Run(
            job.spec, job.seed, made._replace(national={**national, "policy_cost": np.zeros(QUARTERS)}), job.replicate
        )


def fragile(jobs: Sequence[Job], workers: int, progress: bool, names: Sequence[str]) -> Iterable[Run | FailedRun]:
    """Stand in for a model that breaks under the first lever."""
    for job, run in zip(jobs, quick(jobs, workers, progress, names), strict=True):
        broken = levels_of(job)[0] > 0
        yield FailedRun(job.spec, job.seed, job.replicate, "ZeroDivisionError", 0.0, "") if broken else run


def levels_of(job: Job) -> np.ndarray:
    """Return the levels that a job pulls from the fork on."""
    own = [step for step in job.spec.policy if step.start == job.spec.horizon.fork]
    return np.array([max((step.level for step in own if step.lever == name), default=0.0) for name in LEVERS])


def tables_of(job: Job, shock: float, names: Sequence[str]) -> Tables:
    """Return the tables of a job."""
    made = _template()
    gdp, fdi, cost = effects(levels_of(job), shock)
    national = {
        **made.national,
        "gdp": np.full(QUARTERS, gdp),
        "fdi": np.full(QUARTERS, fdi),
        "policy_cost": np.full(QUARTERS, cost),
    }
    regions = made.regions if "regions" in names else {}
    return made._replace(national=national, regions=regions, zones={}, partners={})
