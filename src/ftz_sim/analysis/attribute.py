"""How much of the gap between two strategies does each group of levers, lever or mechanism bring?

All mixtures meet common random numbers, replicate by replicate. With v(S) the outcome when the parts S are as in the
strategy and the rest as in the one it is held against, in percent of (or points or units above) v(none):

    one-in     v(i) - v(none)             what a part does alone
    one-out    v(all) - v(all but i)      what is lost without it
    Shapley    mean gain over all orders  what it adds; the parts add up to the gap
    synergy    gap - sum of one-in        what the parts do only together

Shapley values are exact for up to eight parts (2^k runs a replicate) and unbiased estimates beyond: each
replicate then draws its own orders, so that its interval covers seeds and orders. Intervals are t-intervals
over replicates. ``by="mechanism"`` switches each mechanism off in both and says what is lost (one-out alone: a
model without several of its mechanisms is another model, so no values are shared out).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.random import Generator, Philox, SeedSequence
from numpy.typing import NDArray

from ftz_sim.analysis import shapley
from ftz_sim.analysis.attribution import INDICATORS, Attribution
from ftz_sim.analysis.focus import NATION, Question, Target, tables_of
from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.errors import InputError, nearest
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.indicators.yearly import last_year
from ftz_sim.model.streams import child_seed
from ftz_sim.results import FailedRun, FolderWriter, Run
from ftz_sim.results.frames import run_id
from ftz_sim.runs.engine import Job
from ftz_sim.runs.executors import Kind, Place
from ftz_sim.runs.mixtures import By, mixture, players, switchable, without
from ftz_sim.runs.ordered import runs_at
from ftz_sim.runs.setup import check_numbers, scenario, whole_number
from ftz_sim.scenario.groups import label
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
MOST_EXACT = 8
PAIRS = 2
ASKED = "asked_runs"  # table of what was asked about, by run
Coalitions = dict[int, Scenario]  # bit mask of the parts that are as in the strategy


def attribute(
    strategy: Scenario | str | Path,
    against: Scenario | str | Path,
    reps: int = 5,
    seed: int = 1,
    firms: int | None = None,
    workers: int = 1,
    *,
    engine: Kind = "local",
    scheduler: str | None = None,
    by: By = "group",
    pairs: int = PAIRS,
    end: str | None = None,
    overrides: Iterable[str] = (),
    focus: str | Iterable[str] = (),
    indicators: str | Iterable[str] = (),
    at: int | Iterable[int | str] = (),
    out: str | Path | None = None,
    force: bool = False,
    draw: Callable[[Path], Any] | None = None,
    progress: bool = False,
    command: str = "ftz_sim.attribute",
) -> Attribution:
    """Take the gap between two scenarios apart.

    Args:
        strategy: scenario, name or file.
        against: the one it is held against.
        reps: replicates (seeds).
        seed: of the experiment.
        firms: slots for firms.
        workers: processes.
        engine: ``local`` or ``dask``.
        scheduler: address of a Dask cluster.
        by: ``group`` or ``lever`` (parts that differ between the two), or ``mechanism``.
        pairs: antithetic pairs of random orders a replicate, with more than eight parts.
        end: last quarter.
        overrides: texts like ``a.b=c`` for both scenarios.
        focus: provinces whose gap is asked about, and that of their zones (see `focus.Question`).
        indicators: what is asked about; of the nation unless places are named.
        at: the years it is asked of; the last one if none is named.
        out: folder to write; without it nothing is written.
        force: whether files in ``out`` that its manifest does not name are kept in ``out.kept-1``, not refused.
        draw: called on the folder before it is put in place (figures).
        progress: whether to show a bar.
        command: what is noted in the manifest.

    Raises:
        InputError: if the input is not valid or the scenarios do not differ; nothing was run or written.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    place = Place(engine, workers, scheduler)
    place.check()
    if by not in get_args(By):
        raise InputError("by", allowed=get_args(By), found=by, nearest=nearest(by, get_args(By)))
    pairs = whole_number("pairs", pairs, 1, 1000)
    overrides = tuple(overrides)
    a, b = (scenario(spec, overrides, firms, end) for spec in (strategy, against))
    question = Question.of(focus, indicators, at)
    plan = plan_of(a, b, by, pairs, seed, question)
    jobs = [Job(spec, r, child_seed(seed, 0, r)) for r in range(reps) for spec in plan.scenarios(r).values()]
    failed: list[FailedRun] = []
    runs = runs_at(place, jobs, progress, tables_of(plan.targets))
    if out is None:
        return plan.solve(outcomes_of((of_run(run, plan.targets) for run in _noting(runs, failed)), plan, reps), failed)
    about = {"command": command, "seed": seed, "reps": reps, "workers": workers, "by": by, "pairs": pairs}
    about |= {"strategy": a.name, "reference": b.name, "focus": question._asdict() if plan.asked else None}
    with FolderWriter(Path(out), "attribute", about, force) as writer:
        for spec in (a, b):
            writer.scenario(spec)
        values = [of_run(run, plan.targets) for run in _noting(runs, failed, writer)]
        result = plan.solve(outcomes_of(values, plan, reps), failed)
        if plan.asked:
            writer.table(ASKED, _table(jobs, values, plan.asked))
        writer.frame("attribution.csv", result.table)
        writer.about |= said(result)
        result.folder = writer.finish(draw if result.replicates else None)
    return result


def _table(jobs: Sequence[Job], values: Sequence[Array | None], asked: Sequence[Target]) -> pd.DataFrame:
    import pandas as pd

    named = {run_id(job.spec.name, job.replicate): value for job, value in zip(jobs, values, strict=True)}
    done = {name: value for name, value in named.items() if value is not None}
    table = pd.DataFrame([*done.values()], columns=[target.column for target in asked])
    table.insert(0, "run_id", [*done])
    return table


def said(result: Attribution) -> dict[str, Any]:
    """Return what the manifest says of an attribution."""
    return {
        "method": result.method,
        "labels": {name: [label(name, "en"), label(name, "zh")] for name in result.parts},
        "sentence": result.statements(),
    }


def plan_of(a: Scenario, b: Scenario, by: By, pairs: int, seed: int, question: Question) -> _Parts | _Mechanisms:
    """Return which runs take the gap between ``a`` and ``b`` apart, and how; arguments as for `attribute`.

    Raises:
        InputError: if the scenarios do not differ, or differ in horizon or population.
    """
    parts, asked = players(a, b, by), question.asked(last_year(a.horizon.end.index + 1))
    return _Mechanisms(a, b, asked) if by == "mechanism" else _Parts(a, b, parts, pairs, seed, asked)


class _Parts:
    """Runs and values of parts of the policy."""

    def __init__(
        self, a: Scenario, b: Scenario, parts: dict[str, tuple[str, ...]], pairs: int, seed: int,
        asked: tuple[Target, ...],
    ) -> None:  # fmt: skip
        self.a, self.b, self.parts, self.pairs, self.seed = a, b, parts, pairs, seed
        self.asked, self.targets = asked, asked or _of_nation(a)
        self.k = len(parts)
        self.method = "exact" if self.k <= MOST_EXACT else "sampled"

    def orders(self, replicate: int) -> list[shapley.Order]:
        """Return the orders that a replicate draws."""
        rng = Generator(Philox(SeedSequence([self.seed, self.k, replicate])))
        return shapley.orders(self.k, self.pairs, rng)

    def scenarios(self, replicate: int) -> Coalitions:
        """Return the mixtures that a replicate runs."""
        full = 2**self.k - 1
        if self.method == "exact":
            masks = list(range(full + 1))
        else:
            singles = [m for i in range(self.k) for m in (1 << i, full ^ 1 << i)]
            steps = [m for order in self.orders(replicate) for m in shapley.coalitions_of(order)]
            masks = list(dict.fromkeys([0, full, *singles, *steps]))
        names = list(self.parts)
        members = {mask: [names[i] for i in range(self.k) if mask >> i & 1] for mask in masks}
        return {mask: mixture(self.a, self.b, self.parts, chosen) for mask, chosen in members.items()}

    def solve(self, found: list[dict[int, Array]], failed: list[FailedRun]) -> Attribution:
        """Return the attribution from the outcomes [I] of every mixture, a dict for each replicate."""
        full, n = 2**self.k - 1, len(found)
        worths = [_worths(outcomes, self.targets) for outcomes in found]
        values = np.full((n, 3, self.k, len(self.targets)), np.nan)
        gap = np.full((n, len(self.targets)), np.nan)
        for r, worth in enumerate(worths):
            if not worth:
                continue
            gap[r] = worth[full]
            values[r, 0] = [worth[1 << i] for i in range(self.k)]
            values[r, 1] = [worth[full] - worth[full ^ 1 << i] for i in range(self.k)]
            if self.method == "exact":
                values[r, 2] = shapley.exact(np.stack([worth[mask] for mask in range(full + 1)]))
            else:
                values[r, 2] = shapley.sampled(worth, self.orders(r))
        return Attribution(
            self.a.name, self.b.name, self.parts, self.method, gap, values[:, 0], values[:, 1], values[:, 2], failed,
            targets=self.asked,
        )  # fmt: skip


class _Mechanisms:
    """Runs and values of switching one mechanism off in both scenarios."""

    method = "switched off in both"

    def __init__(self, a: Scenario, b: Scenario, asked: tuple[Target, ...]) -> None:
        self.a, self.b = a, b
        self.asked, self.targets = asked, asked or _of_nation(a)
        self.names = switchable(a, b)

    def scenarios(self, replicate: int) -> Coalitions:
        """Return the runs of a replicate: even numbers are of the strategy, odd ones of the other."""
        pairs = [(self.a, self.b), *((without(self.a, m), without(self.b, m)) for m in self.names)]
        return dict(enumerate(spec for pair in pairs for spec in pair))

    def solve(self, found: list[dict[int, Array]], failed: list[FailedRun]) -> Attribution:
        """Return how much of the gap is lost without each mechanism."""
        n, k = len(found), len(self.names)
        gaps = np.full((n, k + 1, len(self.targets)), np.nan)
        for r, outcomes in enumerate(found):
            for i in range(k + 1) if outcomes else ():
                gaps[r, i] = _differences(outcomes[2 * i], outcomes[2 * i + 1], self.targets)
        lost = gaps[:, :1] - gaps[:, 1:]
        blank = np.full_like(lost, np.nan)
        parts: dict[str, tuple[str, ...]] = {name: () for name in self.names}  # noqa: C420 (typed)
        return Attribution(
            self.a.name, self.b.name, parts, self.method, gaps[:, 0], blank, lost, blank, failed,
            targets=self.asked,
        )  # fmt: skip


def outcomes_of(values: Iterable[Array | None], plan: _Parts | _Mechanisms, reps: int) -> list[dict[int, Array]]:
    """Return the targets [I] of every mixture; an empty dict where one of them failed and there are none."""
    found: list[dict[int, Array]] = []
    values = iter(values)
    for replicate in range(reps):
        played = {key: next(values) for key in plan.scenarios(replicate)}
        done = {key: value for key, value in played.items() if value is not None}
        found.append(done if len(done) == len(played) else {})
    return found


def of_run(run: Run | FailedRun, targets: Sequence[Target]) -> Array | None:
    """Return the targets of a run [I]; None if it failed."""
    return None if isinstance(run, FailedRun) else np.array([target.of(run.tables) for target in targets])


def _of_nation(spec: Scenario) -> tuple[Target, ...]:
    last = last_year(spec.horizon.end.index + 1)
    return tuple(Target("national", NATION, NATIONAL[name], last) for name in INDICATORS)


def _worths(outcomes: dict[int, Array], targets: Sequence[Target]) -> dict[int, Array]:
    return {mask: _differences(value, outcomes[0], targets) for mask, value in outcomes.items()}


def _differences(value: Array, reference: Array, targets: Sequence[Target]) -> Array:
    pairs = zip(value, reference, targets, strict=True)
    return np.array([scaled_difference(v, r, target.variable.scale) for v, r, target in pairs])


def _noting(
    runs: Iterable[Run | FailedRun], failed: list[FailedRun], writer: FolderWriter | None = None
) -> Iterator[Run | FailedRun]:
    for run in runs:
        if isinstance(run, FailedRun):
            failed.append(run)
        if writer is not None:
            writer.add(run, NATIONAL_ONLY, keep_scenario=False)
        yield run
