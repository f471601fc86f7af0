"""What it buys to step runs together: ``python benchmarks/ensemble.py [--rounds 12] [--seeds 200] [--workers 2]``.

All that is compared is measured in one process and in turns, so that a busy machine harms all alike; medians of CPU
seconds of this thread and of the clock. First the rules, for one run and quarter, by firms and by runs in company,
against a model alone; then what comes beside the quarters; then three strategies with many seeds on workers, against
what these runs take one by one; last the peak memory.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from ftz_sim.indicators.tables import TABLES, all_tables
from ftz_sim.runs.engine import attempt, map_runs, replicate_jobs
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.recorder import Recorder
from ftz_sim.runs.together import most_runs, start_of
from ftz_sim.scenario.scenario import Scenario

STRATEGIES = ("single_ftz", "cross_zone_with_hinterland", "integrated")
COMPANIES = (1, 8, 64)
SAMPLE = 2  # seeds that are also made one by one
Seconds = tuple[float, float]  # CPU of this thread, clock


def timed(work: Callable[[], Any]) -> Seconds:
    """Return what ``work`` takes."""
    cpu, clock = time.thread_time(), time.perf_counter()
    work()
    return time.thread_time() - cpu, time.perf_counter() - clock


def quarters(firms: int, rounds: int) -> None:
    """Print microseconds a run and quarter, alone and in companies, which take turns."""
    spec = Scenario.load("integrated", [f"population.firms={firms}"])
    alone = FtzModel(spec, rng=1)
    sizes = sorted({min(size, most_runs(spec)) for size in COMPANIES})
    models = {size: Ensemble([start_of(spec, seed) for seed in range(size)]) for size in sizes}
    found: dict[int, list[Seconds]] = {size: [] for size in (0, *sizes)}
    for _ in range(rounds):
        found[0].append(timed(lambda: _step(alone)))
        for size, model in models.items():
            cpu, clock = timed(model.step)
            found[size].append((cpu / size, clock / size))
    base = [median(column) for column in zip(*found[0], strict=True)]
    for size, each in found.items():
        cpu, clock = (1e6 * median(column) for column in zip(*each, strict=True))
        ratios = f"{1e6 * base[0] / cpu:5.2f} {1e6 * base[1] / clock:5.2f}"
        print(f"{firms:7,d} firms {f'{size} runs' if size else 'alone':>8} {cpu:8.0f} us CPU {clock:8.0f} us  {ratios}")


def _step(model: FtzModel) -> None:
    for name, mechanism in model.active_schedule.items():
        mechanism.step(model, getattr(model.params, name))
    model.clock.tick()


def beside(runs: int) -> None:
    """Print milliseconds of CPU a run of what comes beside the quarters."""
    spec = Scenario.load("integrated", ["population.firms=2000"])
    starts: list[Any] = []
    build = timed(lambda: starts.extend(start_of(spec, seed) for seed in range(runs)))
    model = Ensemble(starts)
    print(f"build {1e3 * build[0] / runs:.2f} ms a run")
    for names in (("national",), ("national", "regions", "zones"), TABLES):
        recorder, rows = Recorder(model, runs, names), model.last_quarter + 1
        parts = {"record": timed(lambda: [recorder.take(model) for _ in range(rows)])}  # noqa: B023
        parts["tables"] = timed(lambda: all_tables(recorder.records, names))  # noqa: B023
        tables = all_tables(recorder.records, names)
        parts["gather"] = timed(lambda: tables.gathered())  # noqa: B023
        held = sum(values.nbytes for name in names for values in getattr(tables, name).values()) / runs / 2**20
        print(", ".join(f"{name} {1e3 * cpu / runs:.2f}" for name, (cpu, _) in parts.items()), end="")
        print(f": {1e3 * sum(cpu for cpu, _ in parts.values()) / runs:.2f} ms and {held:.2f} MiB a run, {names}")


def whole(seeds: int, workers: int) -> None:
    """Print seconds of many runs on workers, and of a few of them one by one before and after."""
    specs = [Scenario.load(name, ["population.firms=2000"]) for name in STRATEGIES]
    jobs, few = replicate_jobs(specs, seeds, 1), replicate_jobs(specs, SAMPLE, 1)
    attempt(*few[0][::2])
    before = timed(lambda: [attempt(job.spec, job.seed) for job in few])
    _, clock = timed(lambda: [None for _ in map_runs(jobs, workers)])
    after = timed(lambda: [attempt(job.spec, job.seed) for job in few])
    alone = (before[1] + after[1]) / 2 / len(few) * len(jobs)
    print(f"{len(jobs)} runs, {workers} workers: {clock:.1f} s; one by one in one process about {alone:.0f} s")


def main() -> None:
    """Print all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, nargs="+", default=[2_000, 5_000, 20_000])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    for firms in asked.firms:
        quarters(firms, asked.rounds)
    beside(64)
    for workers in asked.workers:
        whole(asked.seeds, workers)
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
