"""The board of targets: published, model with its interval, verdict.

Verdicts: ``pass`` and ``miss`` (the mean of the runs lies inside or outside the published range; a sign
passes if the interval leaves out zero on the right side), ``undecided`` (a sign whose interval holds zero),
``disputed`` (the literature disagrees: shown, never judged), ``not_modelled`` and ``not_computed``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.analysis.statistics import LEVEL, paired_difference
from ftz_sim.validation.targets import KINDS, Target

if TYPE_CHECKING:
    import pandas as pd

VERDICTS = ("pass", "miss", "undecided", "disputed", "not_modelled", "not_computed")


class Value(NamedTuple):
    """The model's value of a target; the interval is over seeds (nan with one run)."""

    mean: float
    low: float
    high: float
    n: int


def over_seeds(values: Sequence[float]) -> Value:
    """Return mean and 95 % t-interval of one number a run."""
    found = paired_difference(np.array(values, dtype=float)[:, None])
    return Value(float(found.mean[0]), float(found.low[0]), float(found.high[0]), found.n)


def with_error(value: float, error: float, n: int) -> Value:
    """Return a value with the 95 % t-interval of its standard error over ``n`` runs."""
    from scipy import stats

    reach = error * stats.t.ppf((1 + LEVEL) / 2, n - 1) if n > 1 else math.nan
    return Value(value, value - reach, value + reach, n)


def verdict(target: Target, value: Value | None) -> str:
    """Say how the model's value compares with the target."""
    if target.expect in ("disputed", "not_modelled"):
        return target.expect
    if value is None or not math.isfinite(value.mean):
        return "not_computed"
    if target.expect == "sign" and not (value.low > 0 or value.high < 0):  # one run has no interval
        return "undecided"
    return "pass" if target.low <= value.mean <= target.high else "miss"


@dataclass(frozen=True)
class Board:
    """All targets with the model's values."""

    targets: tuple[Target, ...]
    values: Mapping[str, Value]

    def frame(self) -> pd.DataFrame:
        """Return one row for each target: its columns, model, ci_low, ci_high, n, verdict."""
        import pandas as pd

        rows = []
        for target in self.targets:
            value = self.values.get(target.id)
            seen = value or Value(math.nan, math.nan, math.nan, 0)
            shown = {f.name: getattr(target, f.name) for f in fields(Target)}
            model = {"model": seen.mean, "ci_low": seen.low, "ci_high": seen.high, "n": seen.n}
            rows.append({**shown, **model, "verdict": verdict(target, value)})
        return pd.DataFrame(rows)

    def counts(self) -> pd.DataFrame:
        """Return the number of targets by kind (rows) and verdict (columns)."""
        import pandas as pd

        frame = self.frame()
        table = pd.crosstab(frame["kind"], frame["verdict"])
        return table.reindex(index=list(KINDS), columns=list(VERDICTS), fill_value=0)

    def missed(self) -> pd.DataFrame:
        """Return the rows that miss, hard ones first."""
        frame = self.frame()
        return frame[frame["verdict"] == "miss"].sort_values("status", kind="stable")
