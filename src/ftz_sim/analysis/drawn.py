"""What compared scenarios come to over parameters that nobody knows exactly: beside the noise of seeds, the other half.

A draw is one set of parameters (`runs.draws`) and one seed, the same for all scenarios, so that differences stay
paired. Draws are many and small (`DRAW_FIRMS`), and of their runs the national outcomes of the final year are kept,
with those of places and years that were asked about.
A range holds nine draws of ten. It is no confidence interval: more draws do not make it shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.discovery import FEWEST_RANKED
from ftz_sim.analysis.focus import Focus, Question, Target, tables_of
from ftz_sim.analysis.panel import Outcomes, scaled_difference
from ftz_sim.analysis.robustness import Robustness
from ftz_sim.analysis.statistics import NINE_IN_TEN, TIE
from ftz_sim.indicators.tables import Tables
from ftz_sim.model.streams import child_seed
from ftz_sim.results import FailedRun, Run
from ftz_sim.results.folder import row_of
from ftz_sim.results.parts import SEED
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.engine import Job, map_runs
from ftz_sim.runs.ranges import RANGES
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
DRAW_FIRMS = 2_000
AT_ONCE = 500  # draws
COLUMNS = ("scenario", "reference", "indicator", "at", "median", "low", "high", "share_above", "p_best", "n")
TABLE = "draw_runs"


class FailedDraw(NamedTuple):
    """A run of a draw that ended with an error."""

    run_id: str
    error: str


@dataclass
class Drawn:
    """Outcomes of scenarios over draws of parameters.

    Attributes:
        panel: national outcomes, a replicate for each draw.
        draws: parameters of each, by name.
        firms: of their runs.
        ranges: that parameters were drawn from, ``calibrated`` or ``cards``.
        focus: what was asked about beside national outcomes, if anything.
        failed: runs that ended with an error; their draws are left out.
        runs: what `TABLE` keeps of every run beside its outcomes.
    """

    panel: Outcomes
    draws: list[dict[str, float]]
    firms: int
    ranges: str = RANGES[0]
    focus: Focus | None = None
    failed: list[FailedDraw] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(
        cls, specs: Sequence[Scenario], number: int, seed: int, reference: str, question: Question, ranges: str
    ) -> Drawn:
        """Draw the parameters of ``number`` draws from ``ranges``; nothing is run yet."""
        drawn, horizon = drawn_parameters(specs, ranges), specs[0].horizon
        panel = Outcomes([spec.name for spec in specs], number, horizon.fork.index, horizon.end.index + 1)
        focus = Focus(question, panel.final, panel.scenarios, reference, number) if any(question) else None
        draws = [draw(specs, drawn, seed, each) for each in range(number)]
        return cls(panel, draws, firms_of(specs[0]), ranges, focus)

    def play(self, specs: Sequence[Scenario], seed: int, workers: int, progress: bool) -> None:
        """Make all runs and keep what they come to."""
        for start in range(0, len(self.draws), AT_ONCE):  # so that scenarios of many draws are never there together
            jobs = [
                Job(spec_of(spec, self.draws[number]), number, child_seed(seed, 0, number))
                for number in range(start, min(start + AT_ONCE, len(self.draws)))
                for spec in specs
            ]
            for run in map_runs(jobs, workers, progress, tables_of(self.targets)):
                self.add(run)

    def add(self, run: Run | FailedRun) -> None:
        """Keep what a run comes to, or that it failed."""
        name = run_id(run.spec.name, run.replicate)
        self.runs.append({**row_of(run), "run_id": name})
        if isinstance(run, FailedRun):
            self.failed.append(FailedDraw(name, run.error))
        else:
            self.panel.add(run)
            if self.focus is not None:
                self.focus.add(run)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What was asked about."""
        return () if self.focus is None else self.focus.targets

    @cached_property
    def decided(self) -> pd.DataFrame | None:
        """Which parameters go with what was asked about (see `Focus.tornado`); None if nothing can be said."""
        asked = any(target.level != "national" for target in self.targets) and self.n >= FEWEST_RANKED
        return self.focus.tornado(self.draws) if self.focus is not None and asked else None

    @property
    def n(self) -> int:
        """Number of draws that all scenarios finished."""
        return int(self.panel.done(*self.panel.scenarios).sum())

    def table(self, reference: str) -> pd.DataFrame:
        """Return ranges of paired differences: one row for each scenario, indicator and time; units as in `COLUMNS`.

        ``median``, ``low`` and ``high`` (nine draws of ten lie between) are in percent, percentage points or the
        unit; ``share_above`` is the share of draws in which the difference is above 0, ``p_best`` in which the
        scenario is best of all (ties are split; nan without a direction).
        """
        import pandas as pd

        rows = [row for name in self.panel.scenarios if name != reference for row in self._rows(name, reference)]
        return pd.DataFrame(rows, columns=COLUMNS)

    def robustness(self, reference: str) -> Robustness | None:
        """Who wins how often, and when; None if no draw was finished by all scenarios."""
        return Robustness.of_panel(self.panel, self.draws, reference) if self.n else None

    def outcomes(self) -> pd.DataFrame:
        """Return one row for each run: what is known of it, its outcomes of the final year, and sums since the fork."""
        import pandas as pd

        about = pd.DataFrame(self.runs).astype({SEED: "uint64"}).rename(columns={"replicate": "draw"})
        places = [self.panel.scenarios.index(name) for name in about["scenario"]], about["draw"]
        values = [pd.DataFrame(self.panel.outcomes[places], columns=columns_of(self.panel))]
        if self.focus is not None:
            values += [pd.DataFrame(self.focus.outcomes[places], columns=[each.column for each in self.targets])]
        return pd.concat([about, *values], axis=1)

    def _rows(self, name: str, reference: str) -> Iterator[list[Any]]:
        panel, kept = self.panel, self.panel.done(*self.panel.scenarios)
        if not kept.any():
            return
        leads = self._leads(panel.outcomes[:, kept])[panel.scenarios.index(name)]
        pairs = zip(panel.measures, panel.values(name, kept).T, panel.values(reference, kept).T, leads.T, strict=True)
        for measure, value, base, best in pairs:
            difference = scaled_difference(value, base, measure.variable.scale)
            low, high = np.quantile(difference, NINE_IN_TEN)
            yield [
                name, reference, measure.variable.name, measure.at, np.median(difference), low, high,
                (difference > 0).mean(), best.mean(), len(difference),
            ]  # fmt: skip

    def _leads(self, outcomes: Array) -> Array:
        """Return whose outcome is best, [S, n, I]; ties are split."""
        signed = outcomes * np.where(self.panel.direction, self.panel.direction, np.nan)
        top = signed.max(axis=0)
        leads = np.where(np.isnan(signed), np.nan, signed >= top - TIE * np.abs(top))
        return np.asarray(leads / leads.sum(axis=0))


def firms_of(spec: Scenario) -> int:
    """Return the firms of a scenario's draws."""
    return min(DRAW_FIRMS, spec.population.firms)


def spec_of(spec: Scenario, values: dict[str, float]) -> Scenario:
    """Return a scenario as a draw plays it."""
    population = spec.population.model_copy(update={"firms": firms_of(spec)})
    return apply(spec.model_copy(update={"population": population}), values)


def values_of(spec: Scenario, tables: Tables, targets: Iterable[Target]) -> dict[str, float]:
    """Return what `TABLE` keeps of a run of ``spec``, by column."""
    panel = Outcomes([spec.name], 1, spec.horizon.fork.index, spec.horizon.end.index + 1)
    panel.add(Run(spec, 0, tables))
    named = zip(columns_of(panel), map(float, panel.outcomes[0, 0]), strict=True)
    return {**dict(named), **{target.column: target.of(tables) for target in targets}}


def columns_of(panel: Outcomes) -> list[str]:
    """Return the columns of the national outcomes of a run, in their order."""
    return [f"{measure.variable.name} {measure.at}" for measure in panel.measures]


def run_id(scenario: str, number: int) -> str:
    """Name a run of a draw inside its experiment."""
    return f"{scenario}-d{number:04d}"
