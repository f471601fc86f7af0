"""What the model measured on an arrow: a paired difference between two scenarios of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.tables import Experiment, paired
from ftz_sim.seeds.figures import Contrast
from ftz_sim.text.words import Lang


@dataclass(frozen=True)
class Value:
    """A difference as it is written, and whether its interval leaves out zero."""

    text: str
    found: bool


@dataclass(frozen=True)
class Comparison:
    """A folder with the runs of several scenarios, or none."""

    experiment: Experiment | None

    @classmethod
    def read(cls, folder: Path | None) -> Comparison:
        """Read a folder; None gives a comparison without numbers.

        Raises:
            InputError: if the folder holds no runs.
        """
        return cls(None if folder is None else Experiment.read(folder))

    def contrast(self, wanted: tuple[Contrast, ...]) -> Contrast | None:
        """Return the first pair of scenarios that were both run."""
        run = set(self.experiment.scenarios) if self.experiment else set()
        return next((pair for pair in wanted if run >= set(pair)), None)

    def value(self, indicator: str, contrast: Contrast | None, lang: Lang) -> Value | None:
        """Return the mean paired difference in the final year with its 95 % t-interval; None without numbers."""
        if self.experiment is None or contrast is None:
            return None
        variable = NATIONAL[indicator]
        tables = self.experiment.yearly(indicator)
        pairs = paired(tables[contrast[0]], tables[contrast[1]], variable.scale)[[self.experiment.final_year]]
        unit = shown_difference(variable, lang)
        values = pairs.to_numpy(dtype=float)
        result = paired_difference(values[np.isfinite(values).all(axis=1)])
        if result.identical[0]:
            return Value("0", False)
        found = unit.estimate(float(result.mean[0]), float(result.low[0]), float(result.high[0]))
        text = found.value + (f" ± {found.half}" if found.half else "")
        return Value(unit.with_unit(text, lang), found.sure or not found.half)
