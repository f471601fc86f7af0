"""The same small firm rule as ordinary Mesa objects and as columns, and the model's full rule set beside them.

    python benchmarks/mesa_objects.py [--firms 20000] [--quarters 20] [--repeats 5]

The rule: productivity follows an AR(1) process, output is Cobb-Douglas, a share of it is invested, capital wears
out, knowledge grows with research, and a firm that falls too low is replaced by a new one. Both forms make the
same draws, and their outputs are compared before anything is timed. Rounds are interleaved; medians are printed.
"""

from __future__ import annotations

import argparse
import math
from statistics import median
from time import perf_counter

import mesa
import numpy as np

from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario

PERSISTENCE, SPREAD, CAPITAL_SHARE, SAVING, WEAR, RESEARCH, FLOOR = 0.9, 0.05, 0.35, 0.25, 0.02, 0.02, -0.25


class Objects(mesa.Model):
    """One Python object per firm."""

    def __init__(self, firms: int, noise: np.ndarray) -> None:
        super().__init__(rng=1)
        self.noise = noise
        self.quarter = 0
        for row in range(firms):
            ObjectFirm(self, row)

    def step(self) -> None:
        """Play one quarter."""
        self.agents.do("step")
        self.quarter += 1


class ObjectFirm(mesa.Agent):
    """A firm with attributes."""

    def __init__(self, model: Objects, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.productivity, self.capital, self.knowledge, self.output = 0.0, 1.0, 1.0, 0.0

    def step(self) -> None:
        """Apply the rule."""
        self.productivity = PERSISTENCE * self.productivity + SPREAD * self.model.noise[self.model.quarter, self.row]
        if self.productivity < FLOOR:
            self.productivity, self.capital, self.knowledge = 0.0, 1.0, 1.0
        self.output = math.exp(self.productivity) * self.capital**CAPITAL_SHARE * self.knowledge**RESEARCH
        self.capital = self.capital * (1 - WEAR) + SAVING * self.output * WEAR
        self.knowledge += RESEARCH * self.output


class Columns:
    """One array per attribute."""

    def __init__(self, firms: int, noise: np.ndarray) -> None:
        self.noise = noise
        self.quarter = 0
        self.productivity, self.capital, self.knowledge = np.zeros(firms), np.ones(firms), np.ones(firms)
        self.output = np.zeros(firms)

    def step(self) -> None:
        """Apply the rule to all firms."""
        self.productivity = PERSISTENCE * self.productivity + SPREAD * self.noise[self.quarter]
        new = np.flatnonzero(self.productivity < FLOOR)
        self.productivity[new], self.capital[new], self.knowledge[new] = 0.0, 1.0, 1.0
        self.output = np.exp(self.productivity) * self.capital**CAPITAL_SHARE * self.knowledge**RESEARCH
        self.capital = self.capital * (1 - WEAR) + SAVING * self.output * WEAR
        self.knowledge = self.knowledge + RESEARCH * self.output
        self.quarter += 1


def played(model: Objects | Columns | FtzModel, quarters: int) -> float:
    """Return seconds for ``quarters`` steps."""
    start = perf_counter()
    for _ in range(quarters):
        model.step()
    return perf_counter() - start


def check(noise: np.ndarray) -> None:
    """Make sure that both forms give the same outputs."""
    firms = noise.shape[1]
    objects, columns = Objects(firms, noise), Columns(firms, noise)
    played(objects, len(noise))
    played(columns, len(noise))
    np.testing.assert_allclose([firm.output for firm in objects.agents], columns.output, rtol=1e-12)


def main() -> None:
    """Print firm-steps a second of the three, and the ratios to the objects."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--quarters", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    noise = np.random.default_rng(1).standard_normal((asked.quarters, asked.firms))
    check(noise[:, :500])
    spec = Scenario.load("integrated", overrides=[f"population.firms={asked.firms}"])
    makers = {
        "small rule, Mesa objects": lambda: Objects(asked.firms, noise),
        "small rule, columns": lambda: Columns(asked.firms, noise),
        "full rule set of ftz_sim": lambda: FtzModel(spec, rng=1),
    }
    seconds: dict[str, list[float]] = {name: [] for name in makers}
    for _ in range(asked.repeats):
        for name, make in makers.items():
            seconds[name].append(played(make(), asked.quarters))
    steps = asked.firms * asked.quarters / 1e6
    first = median(next(iter(seconds.values())))
    for name, times in seconds.items():
        print(f"{name:26} {steps / median(times):7.2f} million firm-steps/s   x{first / median(times):.1f}")


if __name__ == "__main__":
    main()
