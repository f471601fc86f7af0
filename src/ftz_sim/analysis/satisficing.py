"""Satisficing: in which share of the draws does a scenario meet thresholds of one's own?

A threshold is one of

    gdp>=200000      the indicator in the final year, in its own unit
    d(gdp)>=0.5      its difference to the reference of the same draw, in percent, points or the unit
    co2<=9500        <= and >= may be used, nothing else

All are of the final year, means over replicates. A scenario satisfies if it meets all of them; the interval of
the share is Wilson's, 95 %.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.robustness import wilson
from ftz_sim.errors import InputError, Sentence, nearest
from ftz_sim.indicators.variables import NATIONAL

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.sweep_outcomes import SweepOutcomes

FORM = re.compile(r"\s*(?:(d)\(\s*(\w+)\s*\)|(\w+))\s*(<=|>=)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*")
TOGETHER = "all thresholds"


class Threshold(NamedTuple):
    """One condition."""

    text: str
    indicator: str
    difference: bool  # to the reference, else the level
    at_least: bool
    value: float

    def met(self, values: NDArray[Any]) -> NDArray[np.bool_]:
        """Say where ``values`` meet the threshold."""
        met: NDArray[np.bool_] = values >= self.value if self.at_least else values <= self.value
        return met


def read(text: str) -> Threshold:
    """Read one threshold.

    Raises:
        InputError: if it is none, or its indicator is unknown.
    """
    found = FORM.fullmatch(text)
    if found is None:
        raise InputError("satisfy", found=text)
    name = found[2] or found[3]
    if name not in NATIONAL:
        unknown = Sentence("indicator", found=name, nearest=nearest(name, NATIONAL))
        raise InputError("of_key", key="--satisfy", what=unknown)
    try:
        value = float(found[5])
    except ValueError:
        raise InputError("satisfy_number", found=found[5], text=text) from None
    return Threshold(text.replace(" ", ""), name, found[1] is not None, found[4] == ">=", value)


def satisficing(outcomes: SweepOutcomes, reference: str, thresholds: Sequence[Threshold]) -> pd.DataFrame:
    """Return the share of draws that meet each threshold and all together, one row for each scenario and threshold.

    A draw counts if all its runs were finished.
    """
    import pandas as pd

    done = np.isfinite(outcomes.values).all(axis=(0, 2, 3))
    rows = []
    for scenario in outcomes.scenarios:
        met = {each.text: each.met(_values(outcomes, scenario, reference, each)[done]) for each in thresholds}
        met[TOGETHER] = np.all(list(met.values()), axis=0)
        for text, where in met.items():
            share, n = float(where.mean()), int(where.size)
            rows.append([scenario, text, share, *wilson(share, n), n])
    return pd.DataFrame(rows, columns=["scenario", "threshold", "satisfied", "ci_low", "ci_high", "n"])


def _values(outcomes: SweepOutcomes, scenario: str, reference: str, threshold: Threshold) -> NDArray[Any]:
    if threshold.difference:
        values = outcomes.difference(scenario, reference, threshold.indicator)
    else:
        values = outcomes.level(scenario, threshold.indicator)
    means: NDArray[Any] = values.mean(axis=1)
    return means
