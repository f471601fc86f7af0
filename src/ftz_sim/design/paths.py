"""Signs against dates: what waiting is worth, and in how many draws each sign had come by when.

The best package that waits for a sign is held against the best whose dates are fixed, both chosen by what the search
found: within bounds, and nearest to the best in every aim. They are compared in the fresh worlds that both finished.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.design.answer import Answer
from ftz_sim.design.choices import pulled
from ftz_sim.design.measures import Fired
from ftz_sim.design.searches import Array
from ftz_sim.model.clock import Quarter

Rows = Iterator[dict[str, Any]]


def chance(better: Array) -> float:
    """Return the chance that the true mean is above 0, from paired differences [n]: one side of Student's t."""
    from scipy import stats

    n, spread = len(better), better.std(ddof=1) if len(better) > 1 else np.nan
    if (better == 0).all():
        return 0.5
    return float(stats.t.cdf(better.mean() / (spread / np.sqrt(n)), n - 1)) if spread > 0 else float(better.mean() > 0)


def adaptive(answer: Answer) -> Rows:
    """One row for cost and each aim: the best package with signs less the best with dates."""
    names, (waits, dated) = answer.names(), answer.adaptive
    values = answer.measured[waits] - answer.measured[dated]
    values = values[np.isfinite(values).all(axis=1)]
    found = paired_difference(values)
    signs = dict(zip(answer.problem.aims, answer.problem.signs, strict=True))
    for q, measure in enumerate(answer.measures):
        if q == 0 or measure in signs:
            better = signs.get(measure, -1) * values[:, q]  # to cost less is better
            yield {
                "package": names[waits], "instead_of": names[dated], "outcome": measure.name,
                "difference": found.mean[q], "ci_low": found.low[q], "ci_high": found.high[q],
                "p_better": chance(better), "n": found.n,
            }  # fmt: skip


def signs(answer: Answer) -> Rows:
    """One row for each rule of the best package with signs, and quarter: share of fresh worlds in which it fired."""
    waits, horizon = answer.adaptive[0], answer.problem.start.horizon
    readings = answer.archive.values([waits], answer.worlds.fresh)[0]
    readings = readings[np.isfinite(readings).all(axis=1)]
    for choice, way in pulled(answer.problem.choices, waits):
        if way.moves:
            fired = readings[:, answer.problem.columns.index(Fired(choice.name).column)]
            for quarter in range(horizon.fork.index, horizon.end.index + 1):
                by_now = (fired >= 0) & (fired <= quarter)
                yield {"package": answer.names()[waits], "part": choice.name, "sign": way.start_name,
                       "quarter": str(Quarter.at(quarter)), "share_fired": by_now.mean(), "n": len(fired)}  # fmt: skip
