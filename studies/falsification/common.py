"""What all experiments use: lines of the page, runs paired by seed, and runs that are changed between mechanisms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.indicators.yearly import year
from ftz_sim.model.published_records import Figures
from ftz_sim.results import FailedRun, Run
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.walk import END, walk
from ftz_sim.scenario.scenario import Scenario

STRATEGIES = ("no_ftz", "history", "single_ftz", "cross_zone", "ftz_fta", "integrated")
GAPS = (
    ("history", "no_ftz"),
    ("single_ftz", "history"),
    ("cross_zone", "single_ftz"),
    ("ftz_fta", "single_ftz"),
    ("integrated", "single_ftz"),
)
FIRST, LAST = 2013, 2035
NO_CHANCE = "parameters.capital_account.crisis_hazard=0"  # no crisis, so that chance does not hide the rest

Array = np.ndarray[Any, Any]
Series = dict[str, Array]  # by name, quarters first and seeds last
After = Callable[[Any, str], None]  # what an experiment does to a world after a mechanism has acted, or at its END
Read = Callable[[Any], Series]  # what it notes of a world at the end of a quarter, seeds last


class Size(NamedTuple):
    """How large an experiment is."""

    firms: int
    seeds: int  # two at least where a spread is told


class Line(NamedTuple):
    """One line of the page; ``held`` is None where nothing was expected beforehand."""

    what: str
    expected: str
    found: str
    held: bool | None
    number: float = np.nan  # what is found, where another page says it, too

    def markdown(self) -> str:
        """Return the line of the table."""
        verdict = {True: "yes", False: "**no**", None: "reported"}[self.held]
        return f"| {self.what} | {self.expected} | {self.found} | {verdict} |"


def line(what: str, expected: str, found: str, held: Any, number: float = np.nan) -> Line:
    """Return a line; ``held`` may be what numpy calls true or false."""
    return Line(what, expected, found, None if held is None else bool(held), float(number))


def spec_of(name: str, size: Size, *overrides: str) -> Scenario:
    """Return a shipped scenario with the firms of ``size`` and what ``overrides`` say."""
    return Scenario.of(name, overrides, size.firms, None)


def gap(one: Array, other: Array) -> Array:
    """Return differences in % by seed."""
    return 100 * (one / other - 1)


def told(values: Array, digits: int = 2, unit: str = " %") -> str:
    """Return mean and standard deviation over seeds."""
    return f"{values.mean():+.{digits}f}{unit} ({values.std(ddof=1):.{digits}f})"


def within(values: Array, low: float, high: float) -> bool:
    """Return whether the mean over seeds lies between two numbers."""
    return bool(low <= values.mean() <= high)


def in_year(series: Series, name: str, number: int = LAST) -> Array:
    """Return the mean quarter of a year by seed."""
    return series[name][4 * (number - FIRST) :][:4].mean(axis=0)


def gap_in(one: Series, other: Series, name: str, number: int = LAST) -> Array:
    """Return differences in % by seed in a year."""
    return gap(in_year(one, name, number), in_year(other, name, number))


def gaps_told(one: Series, other: Series, names: Sequence[str], number: int = LAST) -> str:
    """Return several differences in words."""
    return ", ".join(f"{name} {told(gap_in(one, other, name, number))}" for name in names)


class Paired:
    """Runs of scenarios, paired by seed, with the tables that every run of the model has."""

    def __init__(
        self,
        specs: Mapping[str, Scenario],
        seeds: int,
        tables: Sequence[str],
        workers: int = 1,
        progress: bool = False,
        seed: int = 1,
    ) -> None:
        jobs = replicate_jobs(list(specs.values()), seeds, seed)
        self.names, self.runs = list(specs), list(_made(map_runs(jobs, workers, progress, tables)))

    def national(self, name: str, indicator: str, number: int = LAST) -> Array:
        """Return the mean of a year by seed."""
        return np.array([float(year(run.tables.national[indicator], number, "mean")) for run in self._of(name)])

    def among(self, name: str, provinces: Sequence[int], indicator: str, number: int = LAST) -> Array:
        """Return sums over provinces in a year by seed."""
        places = list(provinces)
        return np.array(
            [float(year(run.tables.regions[indicator], number, "mean")[places].sum()) for run in self._of(name)]
        )

    def gap(self, one: str, other: str, indicator: str, number: int = LAST) -> Array:
        """Return differences in % by seed."""
        return gap(self.national(one, indicator, number), self.national(other, indicator, number))

    def _of(self, name: str) -> list[Run]:
        return self.runs[self.names.index(name) :: len(self.names)]


def _made(runs: Iterator[Run | FailedRun]) -> Iterator[Run]:
    for run in runs:
        if isinstance(run, FailedRun):
            raise RuntimeError(run.error)
        yield run


def untouched(_world: Any, _mechanism: str) -> None:
    """Leave the world as it is."""


def nation(world: Any) -> Series:
    """Note GDP and income."""
    return {"gdp": world.nation.gdp, "real_income": world.regions.real_income.sum(axis=0)}


def play(
    spec: Scenario, size: Size, after: After = untouched, read: Read = nation, figures: Figures | None = None
) -> Series:
    """Play a scenario with seeds 1, 2 ...; see `play_all`."""
    return play_all({"": spec}, size, after, read, figures)[""]


def play_all(
    specs: Mapping[str, Scenario],
    size: Size,
    after: After = untouched,
    read: Read = nation,
    figures: Figures | None = None,
) -> dict[str, Series]:
    """Play scenarios with one end and the same mechanisms side by side, each with seeds 1, 2 ...

    Args:
        specs: scenarios by name.
        size: seeds of each; firms stand in the scenarios.
        after: what happens to all runs between mechanisms.
        read: what is noted of every quarter.
        figures: published figures to start from, by default those of the package.
    """
    seeds = range(1, size.seeds + 1)
    world: Any = Ensemble([FtzModel(spec, rng=seed, figures=figures) for spec in specs.values() for seed in seeds])
    rows = []
    for mechanism in walk(world):
        after(world, mechanism)
        if mechanism == END:
            rows.append({name: np.array(column) for name, column in read(world).items()})
    series = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    places = {name: slice(place * size.seeds, (place + 1) * size.seeds) for place, name in enumerate(specs)}
    return {name: {key: table[..., its] for key, table in series.items()} for name, its in places.items()}


def year_of(world: Any) -> int:
    """Return the year that a world is in."""
    return FIRST + int(world.clock.index) // 4
