"""What a comparison found: paired differences to the reference, winners and losers, the interaction effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis import entropy, interactions, notebook, radiation, verdicts
from ftz_sim.analysis.drawn import Drawn
from ftz_sim.analysis.equal_cost import Equalised
from ftz_sim.analysis.focus import Focus
from ftz_sim.analysis.gain_per_yuan import GDP, GainPerYuan, gain_per_yuan
from ftz_sim.analysis.headline import headline
from ftz_sim.analysis.notes import notes
from ftz_sim.analysis.panel import PILLARS, Panel, relative, scaled_difference
from ftz_sim.analysis.precision import Precision
from ftz_sim.analysis.robustness import Robustness
from ftz_sim.analysis.shock_responses import ShockResponses
from ftz_sim.analysis.statistics import (
    LEVEL,
    Difference,
    Interval,
    paired_difference,
    probability_best,
    share_of_weightings,
    variance_reduction,
)
from ftz_sim.analysis.zone_leakage import ZoneLeakage
from ftz_sim.results import FailedRun, Run
from ftz_sim.results.pictures import picture
from ftz_sim.results.statements import Statement, paragraph, tell
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Array = NDArray[Any]
COMPARISON_COLUMNS = (
    "scenario", "reference", "indicator", "at", "mean", "reference_mean", "difference", "ci_low", "ci_high",
    "relative", "n", "p_best", "verdict", "detectable",
)  # fmt: skip
PROVINCE_COLUMNS = ("scenario", "reference", "region", "gain", "ci_low", "ci_high", "n", "verdict")


@dataclass
class Comparison:
    """What a comparison found.

    Attributes:
        reference: the scenario that the others are compared with.
        reps: replicates asked for.
        seed: seed of the experiment.
        interval: how intervals were made, ``t`` or ``bootstrap``.
        panel: final-year outcomes of all runs.
        failed: runs that ended with an error.
        folder: where tables were written, if anywhere.
        level: of one interval; above 95 % if replicates were added until differences were precise.
        precision: what was asked of the intervals, if anything.
        default: whether all parameters of the replicates are those of the cards.
        drawn: the same scenarios over draws of their parameters, if they were drawn.
        equal_cost: how hard each scenario pulls if all were asked to cost the same; else empty.
        shocks: how scenarios came through shocks that others were spared.
        leakage: CO2 inside zones and around them.
        focus: indicators of places and years that were asked for, if any.
    """

    reference: str
    reps: int
    seed: int
    interval: Interval
    panel: Panel
    failed: list[FailedRun]
    folder: Path | None = None
    level: float = LEVEL
    precision: Precision | None = None
    default: bool = True
    drawn: Drawn | None = None
    equal_cost: list[Equalised] = field(default_factory=list)
    shocks: ShockResponses | None = None
    leakage: ZoneLeakage | None = None
    focus: Focus | None = None

    def __repr__(self) -> str:
        others = ", ".join(self.others())
        return f"<Comparison of {others} with {self.reference}: {self.reps} replicates, {len(self.failed)} failed>"

    def _repr_html_(self) -> str:
        return notebook.comparison(self)

    def plot(self, name: str = "differences", lang: Lang = "en") -> Figure:
        """Return a figure of the report, such as ``differences``, ``paths``, ``provinces`` or ``trade_offs``.

        Raises:
            InputError: if the comparison was not written to a folder (``out``), or has no such figure.
        """
        return picture(self.folder, name, lang)

    def add(self, run: Run) -> None:
        """Keep what is told of a run."""
        for each in (self.panel, self.shocks, self.leakage, self.focus):
            if each is not None:
                each.add(run)

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """One row for each scenario, indicator and time; the reference is compared with itself.

        ``difference``, ``ci_low`` and ``ci_high`` are in percent (scale ``log``), percentage points or the
        unit of the variable, and so is ``detectable``, the smallest effect that so many runs detect; ``relative`` is
        the difference of the means over the mean of the reference.
        """
        import pandas as pd

        best = self._best()
        rows = [row for name in self.panel.scenarios for row in self._rows(name, best)]
        return pd.DataFrame(rows, columns=COMPARISON_COLUMNS)

    @cached_property
    def provinces(self) -> pd.DataFrame:
        """Winners and losers: paired gain of GDP in the final year, in percent, by scenario and province."""
        import pandas as pd

        rows = [row for name in self.others() for row in self._gains(name)]
        return pd.DataFrame(rows, columns=PROVINCE_COLUMNS)

    @cached_property
    def linkage(self) -> pd.DataFrame | None:
        """Interaction of zones and agreements: what linking adds beyond what agreements do without zones."""
        return interactions.table(self, interactions.LINKAGE)

    @cached_property
    def synergy(self) -> pd.DataFrame | None:
        """Interaction of coordination and linkage: whether doing both is more than the sum of doing each."""
        return interactions.table(self, interactions.SYNERGY)

    @cached_property
    def siphon(self) -> pd.DataFrame | None:
        """What provinces without an acting zone lose and gain against ``no_ftz``, in percent; None without it."""
        return radiation.table(self.panel)

    @cached_property
    def matching(self) -> pd.DataFrame:
        """How many times smaller common random numbers made the variance of each paired difference."""
        import pandas as pd

        rows = [
            [name, measure.variable.name, measure.at, float(variance_reduction(v, r, measure.variable.scale))]
            for name in self.others()
            for measure, v, r in zip(self.panel.measures, *(side.T for side in self._pair(name)), strict=True)
        ]
        return pd.DataFrame(rows, columns=["scenario", "indicator", "at", "variance_reduction"])

    @cached_property
    def robustness(self) -> Robustness | None:
        """Who wins how often, and when, over the drawn parameters; None if parameters were fixed."""
        return None if self.drawn is None else self.drawn.robustness(self.reference)

    @cached_property
    def uncertainty(self) -> pd.DataFrame | None:
        """Ranges of the paired differences over drawn parameters (see `Drawn.table`); None if they were fixed."""
        return None if self.drawn is None else self.drawn.table(self.reference)

    @cached_property
    def weightings(self) -> dict[str, float]:
        """Share of 1,000 random weightings of the NQP pillars under which each scenario is first."""
        columns = [self.panel.column(name) for name in PILLARS]
        kept = self.panel.done(*self.panel.scenarios)
        if not kept.any():
            return {}
        pillars = self.panel.outcomes[:, kept][:, :, columns].mean(axis=1)
        shares = share_of_weightings(pillars, self.seed)
        return dict(zip(self.panel.scenarios, map(float, shares), strict=True))

    @cached_property
    def entropy(self) -> pd.DataFrame:
        """The NQP index with entropy weights pooled over all runs, by scenario, with paired differences."""
        return entropy.table(self.panel, self.entropy_weights, self.reference, self.interval, self.seed)

    @cached_property
    def entropy_weights(self) -> dict[str, float]:
        """Entropy weight of each NQP pillar, pooled over the provinces and years of all runs."""
        return entropy.weights(self.panel)

    @cached_property
    def gain_per_yuan(self) -> dict[str, float | None]:
        """Discounted gain of GDP over discounted extra policy cost since the fork; None where it would say nothing."""
        return {name: self._gain_per_yuan(name).ratio for name in self.others()}

    @cached_property
    def why_no_gain_per_yuan(self) -> dict[str, str | None]:
        """Why a gain per yuan is blank, one of `gain_per_yuan.BLANK`; None where it is not."""
        return {name: self._gain_per_yuan(name).blank for name in self.others()}

    def sentence(self, lang: Lang = "en") -> str:
        """Say in plain words what was found and how sure it is, in ``en`` or ``zh``."""
        return paragraph(self.statements(), lang)

    def statements(self) -> list[Statement]:
        """Return the same as statements."""
        return headline(self)

    def summary(self, name: str) -> Difference:
        """Return the paired differences of all measures between a scenario and the reference."""
        return self.summarised(self.differences(*self._pair(name)))

    def notes(self, lang: Lang = "en") -> list[str]:
        """Say how precise the differences are, what random numbers in common save, and what drawn parameters decide."""
        return [tell(note, lang) for note in notes(self)]

    def others(self) -> list[str]:
        """Return the scenarios beside the reference."""
        return [name for name in self.panel.scenarios if name != self.reference]

    def _pair(self, name: str) -> tuple[Array, Array]:
        kept = self.panel.done(name, self.reference)
        return self.panel.values(name, kept), self.panel.values(self.reference, kept)

    def differences(self, value: Array, reference: Array) -> Array:
        """Return the paired differences [n, I] of outcomes [n, I], as they are shown."""
        scales = [measure.variable.scale for measure in self.panel.measures]
        pairs = zip(value.T, reference.T, scales, strict=True)
        return np.stack([scaled_difference(v, r, scale) for v, r, scale in pairs], axis=1)

    def summarised(self, differences: Array) -> Difference:
        """Return mean and intervals of paired differences [n, I]."""
        return paired_difference(differences, self.interval, self.seed, self.level)

    def _best(self) -> Array:
        kept = self.panel.done(*self.panel.scenarios)
        return probability_best(self.panel.outcomes[:, kept], self.panel.direction, self.seed)

    def _rows(self, name: str, best: Array) -> Iterator[dict[str, Any]]:
        value, reference = self._pair(name)
        if not len(value):
            return
        found = self.summarised(self.differences(value, reference))
        means = zip(self.panel.measures, value.mean(axis=0), reference.mean(axis=0), strict=True)
        for i, (measure, mean, base) in enumerate(means):
            yield {
                "scenario": name,
                "reference": self.reference,
                "indicator": measure.variable.name,
                "at": measure.at,
                "mean": mean,
                "reference_mean": base,
                "difference": found.mean[i],
                "ci_low": found.low[i],
                "ci_high": found.high[i],
                "relative": relative(mean, base),
                "n": found.n,
                "p_best": best[self.panel.scenarios.index(name), i],
                **verdicts.judged(found, i, measure.variable, name == self.reference),
            }

    def _gains(self, name: str) -> Iterator[dict[str, Any]]:
        kept = self.panel.done(name, self.reference)
        value, reference = (
            self.panel.provinces[self.panel.scenarios.index(each), kept, 0] for each in (name, self.reference)
        )
        if not len(value):
            return
        found = self.summarised(scaled_difference(value, reference, "log"))
        for i, code in enumerate(self.panel.codes):
            yield {
                "scenario": name,
                "reference": self.reference,
                "region": code,
                "gain": found.mean[i],
                "ci_low": found.low[i],
                "ci_high": found.high[i],
                "n": found.n,
                "verdict": verdicts.gain(found.low[i], found.high[i], bool(found.identical[i])),
            }

    def _gain_per_yuan(self, name: str) -> GainPerYuan:
        panel = self.panel
        kept = panel.done(name, self.reference)
        value, reference = (panel.present_value[panel.scenarios.index(each), kept] for each in (name, self.reference))
        gdp = float(reference[:, GDP].mean()) if len(reference) else np.nan
        return gain_per_yuan(value - reference, gdp, self.summarised)
