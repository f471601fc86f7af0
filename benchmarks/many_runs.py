"""Many runs of one small rule, in the ways that tools make them: ``python benchmarks/many_runs.py [--runs 32]``.

The firm rule of `mesa_objects`: as Mesa objects through ``mesa.batch_run``, as columns one run after another, as
columns of all runs at once [N, E], and, where they are installed, through EMA Workbench, Starsim and AMBER
(`peers`: ``pip install ema_workbench starsim ambr``, best in an environment of its own). Below them the full rule set
of ftz_sim, one run after another and stepped together. All forms of the small rule make the same draws, and their
outputs are compared before anything is timed. Rounds are interleaved; medians of the clock in microseconds for a run
and quarter, on one core, and ratios to the first line.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any

import mesa
import numpy as np
from mesa_objects import Columns, Objects
from peers import by_amber, by_ema, by_starsim

from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.runs.engine import attempt, simulate_many
from ftz_sim.scenario.scenario import Scenario

END = "2017Q4"  # twenty quarters
QUARTERS = 20


def noise_of(seed: int, firms: int) -> np.ndarray:
    """Return the draws of a run [T, N]."""
    return np.random.default_rng(seed).standard_normal((QUARTERS, firms))


class Run(Objects):
    """A run as ``batch_run`` makes it."""

    def __init__(self, rng: int | None = None, firms: int = 0) -> None:
        super().__init__(firms, noise_of(rng or 0, firms))
        self.datacollector = mesa.DataCollector(model_reporters={"output": Run.total})

    def total(self) -> float:
        """Return the output of all firms after the last quarter; before, as columns do, add nothing up."""
        return sum(firm.output for firm in self.agents) if self.quarter == QUARTERS else 0.0

    def step(self) -> None:
        """Play one quarter."""
        super().step()
        self.datacollector.collect(self)
        self.running = self.quarter < QUARTERS


def by_mesa(firms: int, seeds: Sequence[int]) -> list[float]:
    """Return the output of every run through ``mesa.batch_run``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = mesa.batch_run(
            Run, {"rng": list(seeds), "firms": firms}, max_steps=QUARTERS, number_processes=1, display_progress=False
        )
    return [row["output"] for row in rows]


def alone(seed: int, firms: int) -> float:
    """Return the output of one run as columns."""
    model = Columns(firms, noise_of(seed, firms))
    for _ in range(QUARTERS):
        model.step()
    return float(model.output.sum())


def by_columns(firms: int, seeds: Sequence[int]) -> list[float]:
    """Return the output of every run, one after another."""
    return [alone(seed, firms) for seed in seeds]


def together(firms: int, seeds: Sequence[int]) -> list[float]:
    """Return the output of every run, all of them in one set of columns."""
    noise = np.concatenate([noise_of(seed, firms) for seed in seeds], axis=1)
    model = Columns(noise.shape[1], noise)
    for _ in range(QUARTERS):
        model.step()
    return model.output.reshape(len(seeds), firms).sum(axis=1).tolist()


def full_alone(firms: int, seeds: Sequence[int]) -> None:
    """Make runs of the whole model one after another."""
    spec = Scenario.load("integrated", [f"population.firms={firms}", f"horizon.end={END}"])
    for seed in seeds:
        attempt(spec, seed)


def full_together(firms: int, seeds: Sequence[int]) -> None:
    """Make runs of the whole model together, with national tables."""
    spec = Scenario.load("integrated", [f"population.firms={firms}", f"horizon.end={END}"])
    simulate_many([(spec, seed) for seed in seeds], NATIONAL_ONLY)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=32)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    small: dict[str, Callable[..., Any]] = {
        "small rule, mesa.batch_run": by_mesa,
        "small rule, columns, alone": by_columns,
        "small rule, columns, together": together,
    }
    if find_spec("ema_workbench"):
        small["small rule, columns, EMA Workbench"] = partial(by_ema, alone=alone)
    if find_spec("starsim"):
        small["small rule, Starsim"] = partial(by_starsim, noise_of=noise_of)
    if find_spec("ambr"):
        small["small rule, AMBER, vectorized"] = partial(by_amber, noise_of=noise_of)
    first, *others = [np.sort(way(50, [1, 2, 3])) for way in small.values()]
    for found in others:
        np.testing.assert_allclose(found, first, rtol=1e-6)  # states of Starsim are in single precision
    ways = small | {"ftz_sim, alone": full_alone, "ftz_sim, together": full_together}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(asked.repeats):
        seeds = range(1 + turn * asked.runs, 1 + (turn + 1) * asked.runs)  # no run is made twice
        for name, way in ways.items():
            start = perf_counter()
            way(asked.firms, seeds)
            seconds[name].append(perf_counter() - start)
    base = median(next(iter(seconds.values())))
    for name, times in seconds.items():
        micro = 1e6 * median(times) / asked.runs / QUARTERS
        print(f"{name:36} {micro:9.0f} us a run and quarter   x{base / median(times):.1f}")


if __name__ == "__main__":
    main()
