"""Sites: what a new zone or a further area brings by its place, what it costs, and which provinces lose.

Every place is measured alone, at each of its dates, against the start, in which the areas of all new zones lie and
none is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.analysis.statistics import Difference, paired_difference
from ftz_sim.design.answer import Answer
from ftz_sim.design.choices import Candidate, Choice, Way, pulled
from ftz_sim.design.searches import Array
from ftz_sim.model.published import load_figures

Rows = Iterator[dict[str, Any]]
ALPHA = 0.05
GAINS, LOSES, UNCLEAR = "gains", "loses", "unclear"


class Provinces(NamedTuple):
    """GDP of provinces in the last year, in % of the start [R]."""

    codes: tuple[str, ...]
    found: Difference

    @property
    def losers(self) -> list[int]:
        """Rows of provinces that lose, beyond chance; the largest loss first."""
        return [int(row) for row in np.argsort(self.found.mean) if self.found.high[row] < 0]


def site_of(answer: Answer, site: Candidate) -> tuple[Choice, Way]:
    """Return where a site is, and when it opens."""
    ((choice, way),) = pulled(answer.problem.choices, site)
    return choice, way


def values_of(answer: Answer, site: Candidate) -> Array:
    """Return the measures of a site in the fresh worlds that finished [W, Q]."""
    values = answer.measured[site]
    return np.asarray(values[np.isfinite(values).all(axis=1)])


def moved(answer: Answer, site: Candidate) -> Provinces:
    """Return what a site does to every province."""
    problem, worlds = answer.problem, answer.worlds.fresh
    start, own = answer.archive.values([problem.nothing, site], worlds)
    changes = np.stack([each.of(own, start, problem.columns) for each in problem.provinces], axis=1)
    level = 1 - ALPHA / len(problem.provinces)  # one of them in twenty such tables, not one in each
    found = paired_difference(changes[np.isfinite(changes).all(axis=1)], level=level)
    return Provinces(load_figures().provinces.iso, found)


def sites(answer: Answer) -> Rows:
    """One row for each site and measure, and how many provinces gain and lose."""
    for site in answer.sites:
        choice, way = site_of(answer, site)
        found, provinces = paired_difference(values_of(answer, site)), moved(answer, site)
        for q, measure in enumerate(answer.measures):
            yield {
                "package": answer.names()[site], "site": choice.kind, "zone": choice.place, "from": str(way.start),
                "outcome": measure.name, "difference": found.mean[q], "ci_low": found.low[q], "ci_high": found.high[q],
                "gaining": int((provinces.found.low > 0).sum()), "losing": len(provinces.losers), "n": found.n,
            }  # fmt: skip


def affected(answer: Answer) -> Rows:
    """One row for each site and province whose GDP moves in the last year, beyond chance, and for its own province."""
    for site in answer.sites:
        (choice, way), provinces = site_of(answer, site), moved(answer, site)
        low, high = provinces.found.low, provinces.found.high
        for row in np.argsort(provinces.found.mean):
            effect = GAINS if low[row] > 0 else LOSES if high[row] < 0 else UNCLEAR
            if effect != UNCLEAR or provinces.codes[row] == choice.place:
                yield {
                    "site": choice.kind, "zone": choice.place, "from": str(way.start), "region": provinces.codes[row],
                    "effect": effect,
                    "difference": provinces.found.mean[row], "ci_low": low[row], "ci_high": high[row],
                    "n": provinces.found.n,
                }  # fmt: skip
