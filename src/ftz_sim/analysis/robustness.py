"""Who wins how often, who regrets what, and on what it depends, over drawn parameters.

Rows are draws (n): one set of parameters, the same for all scenarios (S); outcomes are of the final year (I).

    best        share of draws in which a scenario has the best outcome; ties are split; Wilson 95 % interval
    regret      distance to the best scenario of the same draw, in percent of it, points or the unit [>= 0]
    satisfied   share of draws in which a scenario is no worse than the reference; on growth, balance and carbon
                together in the rows of all objectives
    undominated share of draws in which no other scenario is at least as good on all objectives and better on one
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.panel import Outcomes, scaled_difference
from ftz_sim.analysis.robustness_words import ALL, statements
from ftz_sim.analysis.statistics import LEVEL, NINE_IN_TEN, TIE, paired_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.results.statements import Statement, paragraph
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.sweep_outcomes import SweepOutcomes

Array = NDArray[Any]
INDICATORS = (*HEADLINES, "policy_cost_share")
OBJECTIVES = ("gdp", "theil", "co2", "policy_cost_share")  # growth, balance, carbon, cost
SATISFYING = OBJECTIVES[:3]  # whatever is done costs something


@dataclass
class Robustness:
    """Outcomes of scenarios over drawn parameters, and what they say.

    Attributes:
        scenarios: names [S].
        reference: the one that must not be undercut.
        outcomes: final-year values of `INDICATORS` [S, n, I], finite.
        draws: drawn parameters, one row for each draw (n), one column each.
    """

    scenarios: list[str]
    reference: str
    outcomes: Array
    draws: pd.DataFrame

    @classmethod
    def of_panel(cls, panel: Outcomes, draws: Sequence[dict[str, float]], reference: str) -> Robustness:
        """Take what a comparison with drawn parameters kept; draws with a failed run are left out."""
        import pandas as pd

        kept = panel.done(*panel.scenarios)
        columns = [panel.column(name) for name in INDICATORS]
        table = pd.DataFrame(draws)[kept[: len(draws)]].reset_index(drop=True)
        return cls(panel.scenarios, reference, panel.outcomes[:, kept][:, :, columns], table)

    @classmethod
    def of_sweep(cls, outcomes: SweepOutcomes, reference: str) -> Robustness:
        """Take the means over replicates of a sweep that kept `INDICATORS`; points with a failed run are left out.

        Raises:
            InputError: if no point is left.
        """
        import pandas as pd

        means = outcomes.values.mean(axis=2)
        kept = np.isfinite(means).all(axis=(0, 2))
        if not kept.any():
            raise InputError("no_whole_point")
        return cls(
            list(outcomes.scenarios),
            reference,
            means[:, kept],
            pd.DataFrame(outcomes.points[kept], columns=outcomes.factors),
        )

    @property
    def n(self) -> int:
        """Number of draws."""
        return self.outcomes.shape[1]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row for each scenario and indicator; ``all objectives`` counts joint success."""
        import pandas as pd

        rows = [row for i, name in enumerate(INDICATORS) for row in self._rows(i, name)]
        good = np.stack([self._no_worse(name) for name in SATISFYING]).min(axis=0)
        front = undominated(self._objectives())
        for s, scenario in enumerate(self.scenarios):
            rows.append(
                {
                    "scenario": scenario,
                    "indicator": ALL,
                    "n": self.n,
                    "satisfied": good[s].mean(),
                    "undominated": front[s].mean(),
                }
            )
        return pd.DataFrame(rows)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Differences to the reference over draws, in percent, points or the unit, one row for each indicator.

        ``mean`` with its 95 % interval (``ci_low``, ``ci_high``; n draws, t); nine draws of ten lie from ``low`` to
        ``high``; ``share_above`` is the share in which the difference is above 0.
        """
        import pandas as pd

        columns = ["scenario", "indicator", "mean", "ci_low", "ci_high", "low", "high", "share_above", "n"]
        rows: list[list[Any]] = []
        for scenario in self._others():
            for indicator in INDICATORS:
                found = self.difference(scenario, indicator)
                mean = paired_difference(found[:, None])
                ends = (float(each[0]) for each in (mean.mean, mean.low, mean.high))
                rows.append(
                    [scenario, indicator, *ends, *np.quantile(found, NINE_IN_TEN), (found > 0).mean(), len(found)]
                )
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def pareto(self) -> pd.DataFrame:
        """Mean objectives of every scenario, and whether it is on the front of these means."""
        import pandas as pd

        means = self._objectives().mean(axis=1, keepdims=True)
        columns = [INDICATORS.index(name) for name in OBJECTIVES]
        values = self.outcomes[:, :, columns].mean(axis=1)
        table = pd.DataFrame(values, columns=list(OBJECTIVES))
        table.insert(0, "scenario", self.scenarios)
        return table.assign(on_front=undominated(means)[:, 0], undominated=undominated(self._objectives()).mean(axis=1))

    @cached_property
    def tornado(self) -> pd.DataFrame:
        """The ten parameters that matter most for each scenario's GDP difference to the reference."""
        import pandas as pd

        from ftz_sim.analysis.discovery import tornado

        found = [
            tornado(self.difference(name, "gdp"), self.draws).assign(scenario=name, indicator="gdp")
            for name in self._others()
        ]
        return pd.concat(found, ignore_index=True)

    @cached_property
    def boundary(self) -> pd.DataFrame:
        """Boxes of parameters in which a scenario is best on GDP, or beats the reference."""
        import pandas as pd

        from ftz_sim.analysis.discovery import boundary

        questions = {"best": np.array(self.scenarios)[self._leads("gdp").argmax(axis=0)]}
        for name in self._others():
            ahead = self.difference(name, "gdp") > 0
            questions[f"{name} against {self.reference}"] = np.where(ahead, name, self.reference)
        return pd.concat(
            [boundary(winner, self.draws).assign(question=question) for question, winner in questions.items()],
            ignore_index=True,
        )

    def difference(self, scenario: str, indicator: str) -> Array:
        """Return the difference of a scenario to the reference by draw [n]."""
        i = INDICATORS.index(indicator)
        value, reference = (self.outcomes[self.scenarios.index(name), :, i] for name in (scenario, self.reference))
        return scaled_difference(value, reference, NATIONAL[indicator].scale)

    def sentence(self, lang: Lang = "en") -> str:
        """Say in plain words who wins how often and when, in ``en`` or ``zh``."""
        return paragraph(self.statements(), lang)

    def statements(self) -> list[Statement]:
        """Return the same as statements."""
        return statements(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables by the name of their file."""
        return {
            "robustness.csv": self.table,
            "pareto.csv": self.pareto,
            "tornado.csv": self.tornado,
            "boundary.csv": self.boundary,
        }

    def _rows(self, i: int, indicator: str) -> list[dict[str, Any]]:
        leads, regret, fine = self._leads(indicator), self._regret(i), self._no_worse(indicator)
        rows = []
        for s, scenario in enumerate(self.scenarios):
            share = float(leads[s].mean())
            low, high = wilson(share, self.n)
            rows.append(
                {
                    "scenario": scenario,
                    "indicator": indicator,
                    "n": self.n,
                    "p_best": share,
                    "p_best_low": low,
                    "p_best_high": high,
                    "mean_regret": regret[s].mean(),
                    "max_regret": regret[s].max(),
                    "satisfied": fine[s].mean(),
                }
            )
        return rows

    def _others(self) -> list[str]:
        return [name for name in self.scenarios if name != self.reference]

    def _signed(self, indicator: str) -> Array:
        """Return outcomes so that more is better [S, n]."""
        return NATIONAL[indicator].direction * self.outcomes[:, :, INDICATORS.index(indicator)]

    def _leads(self, indicator: str) -> Array:
        signed = self._signed(indicator)
        top = signed.max(axis=0)
        leads = signed >= top - TIE * np.abs(top)
        shares: Array = leads / leads.sum(axis=0)
        return shares

    def _regret(self, i: int) -> Array:
        variable = NATIONAL[INDICATORS[i]]
        values = self.outcomes[:, :, i]
        best = values.max(axis=0) if variable.direction > 0 else values.min(axis=0)
        return np.abs(np.stack([scaled_difference(value, best, variable.scale) for value in values]))

    def _no_worse(self, indicator: str) -> Array:
        signed = self._signed(indicator)
        bar = signed[self.scenarios.index(self.reference)]
        no_worse: Array = signed >= bar - TIE * np.abs(bar)
        return no_worse

    def _objectives(self) -> Array:
        return np.stack([self._signed(name) for name in OBJECTIVES], axis=2)


def undominated(objectives: Array) -> Array:
    """Say which scenarios no other one dominates, draw by draw [S, n]; more is better in ``objectives`` [S, n, J]."""
    as_good = np.min(objectives[:, None] >= objectives[None], axis=3)  # row as good as column
    better = np.max(objectives[:, None] > objectives[None], axis=3)
    return ~np.max(as_good & better, axis=0)


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share found in ``n`` draws."""
    from scipy import stats

    z = stats.norm.ppf((1 + LEVEL) / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))
