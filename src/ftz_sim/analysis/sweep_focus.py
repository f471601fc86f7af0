"""What a sweep says of the provinces, zones, indicators and years that it was asked about.

A draw is a point of the sweep with one of its seeds, the same for all scenarios, so that differences stay paired.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.discovery import FEWEST_RANKED
from ftz_sim.analysis.focus import Focus, Question, Target, tables_of
from ftz_sim.analysis.statistics import NINE_IN_TEN
from ftz_sim.analysis.sweep_outcomes import SweepOutcomes, sweep_outcomes
from ftz_sim.indicators.yearly import last_year
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.setup import reference_of
from ftz_sim.runs.sweep_file import Plan
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("scenario", "reference", "level", "place", "indicator", "at", "median", "low", "high", "share_above", "n")


def asking(plan: Plan, folder: Path, *question: Iterable[str]) -> tuple[Plan, tuple[Target, ...]]:
    """Return a sweep that keeps what is asked for, and its targets; the sweep as it is if nothing is.

    Args:
        plan: the sweep.
        folder: its results.
        question: places, indicators and years.

    Raises:
        InputError: if one of them is unknown; with the nearest name.
    """
    asked = Question.of(*question)
    targets = asked.asked(last_year(plan.specs[0].horizon.end.index + 1))
    if not targets:
        return plan, ()
    return plan.asking(tables_of(targets), {**asked._asdict(), "folder": folder.as_posix()}), targets


@dataclass(frozen=True)
class SweepFocus:
    """Targets of all draws of a sweep.

    Attributes:
        focus: their outcomes.
        draws: values of the uncertainties, by name.
    """

    focus: Focus
    draws: list[dict[str, float]]

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """Ranges of paired differences, in percent, points or the unit: a row for each scenario and target."""
        import pandas as pd

        others = [name for name in self.focus.scenarios if name != self.focus.reference]
        rows = [row for name in others for row in self._rows(name)]
        return pd.DataFrame(rows, columns=COLUMNS)

    @cached_property
    def decided(self) -> pd.DataFrame | None:
        """Which uncertainties go with the differences (see `Focus.tornado`); None if nothing can be said."""
        told = self.draws[0] and any(target.level != "national" for target in self.focus.targets)
        return self.focus.tornado(self.draws) if told and self.ranges["n"].max() >= FEWEST_RANKED else None

    def _rows(self, name: str) -> list[dict[str, Any]]:
        differences, kept = self.focus.differences(name)
        if not len(kept):
            return []
        about = {"scenario": name, "reference": self.focus.reference, "n": len(kept)}
        middle, (low, high) = np.median(differences, axis=0), np.quantile(differences, NINE_IN_TEN, axis=0)
        above = (differences > 0).mean(axis=0)
        return [
            {**about, **target.key, "median": middle[i], "low": low[i], "high": high[i], "share_above": above[i]}
            for i, target in enumerate(self.focus.targets)
        ]


def sweep_focus(folder: Path, reference: str | None = None) -> SweepFocus | None:
    """Read what a sweep was asked about; None if it was nothing.

    Raises:
        InputError: if the folder holds no sweep, or one without finished runs.
    """
    manifest = read_manifest(folder)
    question = Question.stored(manifest)
    last = last_year(Scenario.load(folder / "scenarios" / f"{manifest['scenarios'][0]}.yaml").horizon.end.index + 1)
    targets = question.asked(last)
    return _focus(sweep_outcomes(folder, targets=targets), question, last, reference) if targets else None


def _focus(outcomes: SweepOutcomes, question: Question, last: int, reference: str | None) -> SweepFocus:
    scenarios, points, replicates, targets = outcomes.values.shape
    base = reference_of(outcomes.scenarios, reference)
    focus = Focus(question, last, outcomes.scenarios, base, points * replicates)
    focus.outcomes = outcomes.values.reshape(scenarios, points * replicates, targets)
    named = [dict(zip(outcomes.factors, map(float, point), strict=True)) for point in outcomes.points]
    return SweepFocus(focus, [point for point in named for _ in range(replicates)])
