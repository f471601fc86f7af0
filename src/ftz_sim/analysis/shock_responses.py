"""How scenarios come through their shocks: trough, cumulated loss, time to recover.

Two compared scenarios that differ by shocks only make a pair, the one with more of them against the other; equal
replicates met the same random numbers, so the gap between their paths is the shock's doing. It is looked at over five
years from the first quarter of the shocks (`indicators/responses.py` has the formulas).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.statistics import LEVEL, Interval, paired_difference
from ftz_sim.indicators.responses import WINDOW, response
from ftz_sim.results import Run
from ftz_sim.results.statements import Statement, scenario, statement
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
INDICATORS = ("gdp", "exports", "fdi")  # national flows whose logarithm makes sense
MEASURES = ("trough", "cumulative_loss", "recovery_quarters")
COLUMNS = ("scenario", "without", "indicator", "from", "quarters", "measure", "mean", "ci_low", "ci_high", "n", "reps")


class Pair(NamedTuple):
    """A scenario, the same with fewer shocks, and the quarter in which the others begin."""

    name: str
    without: str
    start: int


def pairs(specs: Sequence[Scenario]) -> list[Pair]:
    """Return the pairs of scenarios that differ by shocks only."""
    found = [_pair(spec, other) for spec in specs for other in specs]
    return [pair for pair in found if pair]


def _pair(spec: Scenario, other: Scenario) -> Pair | None:
    more = [shock for shock in spec.shocks if shock not in other.shocks]
    same = spec.model_copy(update={name: getattr(other, name) for name in ("name", "title", "why", "shocks")}) == other
    if not more or not same or any(shock not in spec.shocks for shock in other.shocks):
        return None
    start = min(shock.start.index for shock in more)
    return Pair(spec.name, other.name, start) if start <= spec.horizon.end.index else None


class ShockResponses:
    """The paths of the pairs among compared scenarios, and what they say.

    Args:
        specs: scenarios that are compared.
        reps: replicates at most.
        interval: how intervals are made.
        seed: of the bootstrap.
        level: of one interval.
    """

    def __init__(
        self, specs: Sequence[Scenario], reps: int, interval: Interval = "t", seed: int = 0, level: float = LEVEL
    ) -> None:
        self.pairs = pairs(specs)
        self.interval, self.seed, self.level = interval, seed, level
        names = dict.fromkeys(name for pair in self.pairs for name in pair[:2])
        quarters = specs[0].horizon.end.index + 1
        self.starts = {pair.start: str(_start(specs, pair)) for pair in self.pairs}
        self.paths = {name: np.full((reps, len(INDICATORS), quarters), np.nan) for name in names}

    def add(self, run: Run) -> None:
        """Keep the paths of a run that belongs to a pair."""
        if run.spec.name in self.paths:
            self.paths[run.spec.name][run.replicate] = [run.tables.national[name] for name in INDICATORS]

    @property
    def table(self) -> pd.DataFrame:
        """One row for each pair, indicator and measure; ``n`` replicates of ``reps`` have a value.

        Troughs and losses are in percent (of a year's value); a replicate that is not back within the window has no
        time of recovery.
        """
        import pandas as pd

        return pd.DataFrame([row for pair in self.pairs for row in self._rows(pair)], columns=COLUMNS)

    def statements(self) -> list[Statement]:
        """Say for each pair how GDP came through."""
        return [each for pair in self.pairs for each in self._statement(pair)]

    def _rows(self, pair: Pair) -> Iterator[list[Any]]:
        for i, indicator in enumerate(INDICATORS):
            found = self._found(pair, i)
            for place, measure in enumerate(MEASURES):
                values = found[:, place]
                values = values[np.isfinite(values)]
                told = paired_difference(values[:, None], self.interval, self.seed, self.level)
                yield [
                    pair.name, pair.without, indicator, self.starts[pair.start], self._window(pair), measure,
                    told.mean[0], told.low[0], told.high[0], told.n, len(found),
                ]  # fmt: skip

    def _found(self, pair: Pair, indicator: int) -> Array:
        """Return the three measures of every replicate that both runs of a pair finished [n, 3]."""
        value, reference = (self.paths[name][:, indicator] for name in pair[:2])
        kept = np.isfinite(value[:, 0]) & np.isfinite(reference[:, 0])
        each = [response(v, r, pair.start) for v, r in zip(value[kept], reference[kept], strict=True)]
        return np.array(each).reshape(-1, len(MEASURES)) * [100, 100, 1]

    def _window(self, pair: Pair) -> int:
        return min(WINDOW, self.paths[pair.name].shape[2] - pair.start)

    def _statement(self, pair: Pair) -> Iterator[Statement]:
        found = self._found(pair, INDICATORS.index("gdp"))
        if not len(found):
            return
        trough, loss = -found[:, :2].mean(axis=0)
        back = found[np.isfinite(found[:, 2]), 2]
        told = statement("note.back_some", n=len(back), reps=len(found)) if len(back) else statement("note.back_none")
        if len(back) == len(found):
            told = statement("note.back_all", after=back.mean())
        yield statement(
            "note.shock", name=scenario(pair.name), without=scenario(pair.without), quarters=self._window(pair),
            start=self.starts[pair.start], trough=trough, loss=loss, back=told,
        )  # fmt: skip


def _start(specs: Sequence[Scenario], pair: Pair) -> object:
    shocks = next(spec.shocks for spec in specs if spec.name == pair.name)
    return next(shock.start for shock in shocks if shock.start.index == pair.start)
