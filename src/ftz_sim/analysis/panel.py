"""What a comparison keeps of every run: yearly national values, and a few provincial ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.statistics import tied
from ftz_sim.indicators.variables import NATIONAL, REGION, Variable
from ftz_sim.indicators.yearly import FIRST_YEAR, cumulated, discounted, last_year, year, year_of_each, years
from ftz_sim.results import Run

Array = NDArray[Any]
CUMULATED = ("gdp", "policy_cost")
PROVINCIAL = ("gdp", "talents", "fdi")
PILLARS = tuple(name for name in NATIONAL if name.startswith("nqp_") and name != "nqp_fixed")
POOLED_PILLARS = tuple(name for name in PILLARS if name in REGION)  # those that a province has
DISCOUNT_RATE = 0.03


class Measure(NamedTuple):
    """One row of the comparison: an indicator at a time."""

    variable: Variable
    at: str


class Outcomes:
    """National outcomes of all runs; what a failed run would have given is nan."""

    def __init__(self, scenarios: Sequence[str], reps: int, fork: int, quarters: int) -> None:
        self.scenarios = list(scenarios)
        self.fork = min(fork, quarters - 1)
        self.final = last_year(quarters)
        first = last_year(self.fork + 1)
        self.measures = [Measure(variable, str(self.final)) for variable in NATIONAL.values()]
        self.measures += [Measure(NATIONAL[name], f"{first}-{self.final}") for name in CUMULATED]
        self.direction = np.array([measure.variable.direction for measure in self.measures])
        size = len(self.scenarios), reps
        self.outcomes = np.full((*size, len(self.measures)), np.nan)
        self.present_value = np.full((*size, len(CUMULATED)), np.nan)

    def add(self, run: Run) -> None:
        """Keep what the comparison needs of a run."""
        place = self.scenarios.index(run.spec.name), run.replicate
        national = run.tables.national
        columns = [national[name] for name in NATIONAL]
        yearly = year_of_each(columns, self.final, [variable.aggregate for variable in NATIONAL.values()])
        sums = [cumulated(national[name], self.fork) for name in CUMULATED]
        self.outcomes[place] = [*yearly, *sums]
        self.present_value[place] = [discounted(national[name], self.fork, DISCOUNT_RATE) for name in CUMULATED]

    def column(self, indicator: str) -> int:
        """Return the place of an indicator of the final year among the measures."""
        return list(NATIONAL).index(indicator)

    def done(self, *scenarios: str) -> Array:
        """Return the replicates that all of ``scenarios`` finished, as a mask [reps]."""
        rows = [self.scenarios.index(name) for name in scenarios]
        return np.isfinite(self.outcomes[rows]).all(axis=(0, 2))

    def values(self, scenario: str, kept: Array) -> Array:
        """Return the outcomes of a scenario in the replicates ``kept`` [n, I]."""
        return self.outcomes[self.scenarios.index(scenario), kept]


class Panel(Outcomes):
    """Outcomes of all runs, those of provinces too."""

    def __init__(self, scenarios: Sequence[str], reps: int, fork: int, quarters: int) -> None:
        super().__init__(scenarios, reps, fork, quarters)
        size = len(self.scenarios), reps
        self.provinces = np.full((*size, len(PROVINCIAL), 31), np.nan)
        self.acts = np.zeros((len(self.scenarios), 31), dtype=bool)  # a zone acts in the final quarter
        self.pillars = np.full((*size, self.final - FIRST_YEAR + 1, 31, len(POOLED_PILLARS)), np.nan)
        self.codes: tuple[str, ...] = ()

    def add(self, run: Run) -> None:
        """Keep what the comparison needs of a run."""
        super().add(run)
        place, regions = (self.scenarios.index(run.spec.name), run.replicate), run.tables.regions
        self.provinces[place] = [year(regions[name], self.final, REGION[name].aggregate) for name in PROVINCIAL]
        for i, name in enumerate(POOLED_PILLARS):
            self.pillars[place][..., i] = years(regions[name], REGION[name].aggregate)
        zones = run.tables.zones["is_open"][-1] > 0
        codes = run.tables.codes
        home = [codes.regions.code.index(code) for code in codes.zones.code]
        self.acts[place[0]][home] = zones
        self.codes = codes.regions.code


def scaled_difference(value: Array, reference: Array, scale: str) -> Array:
    """Return value - reference as it is shown: percent (``log``), percentage points, or the unit itself.

    A percentage of a reference that is 0 is 0 if nothing changed, and nan otherwise. Outcomes that are equal but for
    rounding (`statistics.TIE`) do not differ.
    """
    if scale == "log":
        known = reference != 0
        shown = 100 * (np.divide(value, reference, out=np.full(np.shape(value), np.nan), where=known) - 1)
    else:
        shown = (value - reference) * (100 if scale == "points" else 1)
    return np.where(tied(value, reference), 0.0, shown)


def relative(mean: float, base: float) -> float:
    """Return by how much a mean differs from ``base``, as a share of its size; nan of 0 if anything differs."""
    if tied(mean, base):
        return 0.0
    return (mean - base) / abs(base) if base else np.nan
