"""The answer: packages of the front, measured again in worlds that no search has seen.

What looks best among many was chosen for its noise, too: numbers of the search flatter (winner's curse). Members of the
front, and the packages that buy most for their money, are played in fresh worlds; every table is made of these, and the
gap between found and measured again is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.robustness import undominated as best_in_draws
from ftz_sim.design.archive import Archive
from ftz_sim.design.choices import Candidate, pulled
from ftz_sim.design.look import undominated, valued
from ftz_sim.design.measures import Measure
from ftz_sim.design.problem import Problem
from ftz_sim.design.searches import Scores
from ftz_sim.design.worlds import Worlds

Array = NDArray[Any]
AFFORDABLE = 5  # packages that buy most for their money, for each aim


class Variant(NamedTuple):
    """A package with one choice dropped, or begun in another quarter."""

    place: int  # of the choice
    way: int  # 0: dropped
    candidate: Candidate


@dataclass
class Answer:
    """What was looked at, and what of it was measured again.

    Attributes:
        problem: what was asked.
        looked: packages by search.
        archive: holds all runs, and plays those that are missing.
        worlds: that they met.
    """

    problem: Problem
    looked: dict[str, list[Candidate]]
    archive: Archive
    worlds: Worlds

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Cost, aims, then what must hold."""
        return self.problem.measures

    @cached_property
    def tried(self) -> list[Candidate]:
        """All packages that were looked at."""
        return list(dict.fromkeys(each for seen in self.looked.values() for each in seen))

    @cached_property
    def row(self) -> dict[Candidate, int]:
        """Where each of them stands."""
        return {each: row for row, each in enumerate(self.tried)}

    @cached_property
    def found(self) -> Array:
        """Measures of what was tried, mean over the worlds of the search [n, Q]."""
        return self.of(self.tried, searched=True).mean(axis=1)

    @cached_property
    def scores(self) -> Scores:
        """Objectives and excess over bounds of what was tried."""
        worlds = self.worlds.searched
        start = self.archive.values([self.problem.nothing], worlds)[0]
        return valued(self.problem, self.archive.values(self.tried, worlds), start)

    @cached_property
    def front(self) -> list[Candidate]:
        """Packages within bounds that no other one is as good as in all aims; of equals the smallest."""
        return self.front_of(self.tried)

    def front_of(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the front of some of those that were tried."""
        within = self.scores.within
        rows = [self.row[each] for each in candidates if within[self.row[each]]]
        chosen = undominated(self.scores.objectives[rows], [_size(self.tried[row]) for row in rows])
        return [self.tried[rows[row]] for row in chosen]

    def of(self, candidates: Sequence[Candidate], searched: bool = False) -> Array:
        """Return the measures of packages in fresh worlds, or in those of the search [n, W, Q]."""
        worlds, columns = self.worlds.searched if searched else self.worlds.fresh, self.problem.columns
        readings = self.archive.values([self.problem.nothing, *candidates], worlds)
        return np.stack([each.of(readings[1:], readings[0], columns) for each in self.measures], axis=2)

    @cached_property
    def members(self) -> list[Candidate]:
        """Packages of the front that are measured again, best in the first aim first: the ends, and those far apart."""
        rows = [self.row[each] for each in self.front]
        values = self.scores.objectives[rows]
        spread = np.ptp(values, axis=0) if rows else np.ones(1)
        places = values / np.where(spread > 0, spread, 1.0)
        chosen = list(dict.fromkeys(int(row) for row in values.argmin(axis=0))) if rows else []
        most = self.problem.record.check.packages
        while 0 < len(chosen) < min(most, len(rows)):
            far = np.linalg.norm(places[:, None] - places[chosen], axis=2).min(axis=1)
            chosen.append(int(far.argmax()))
        return [self.front[row] for row in sorted(chosen[:most])]

    @cached_property
    def affordable(self) -> dict[int, list[Candidate]]:
        """By aim, the packages on the upper bound of what money buys, cheapest first; the start is the first."""
        return {place: self._affordable(place) for place in range(len(self.problem.aims))}

    def _affordable(self, aim: int) -> list[Candidate]:
        rows = np.flatnonzero(self.scores.within)
        cost, gain = self.found[rows, 0], -self.scores.objectives[rows, aim]
        hull, here = [self.problem.nothing], np.zeros(2)
        while len(dearer := np.flatnonzero((cost > here[0]) & (gain > here[1]))) and len(hull) <= AFFORDABLE:
            slope = (gain[dearer] - here[1]) / (cost[dearer] - here[0])
            best = dearer[slope.argmax()]
            hull.append(self.tried[rows[best]])
            here = np.array([cost[best], gain[best]])
        return hull

    @cached_property
    def adaptive(self) -> tuple[Candidate, ...]:
        """The best package that waits for a sign and the best with dates alone, of those within bounds, if both are."""
        choices, rows = self.problem.choices, np.flatnonzero(self.scores.within)
        waits = np.array([any(way.moves for _, way in pulled(choices, self.tried[row])) for row in rows], dtype=bool)
        if not waits.any() or waits.all():
            return ()
        values = self.scores.objectives[rows]
        spread = np.ptp(values, axis=0)
        away = np.linalg.norm((values - values.min(axis=0)) / np.where(spread > 0, spread, 1.0), axis=1)
        return tuple(self.tried[rows[np.where(own, away, np.inf).argmin()]] for own in (waits, ~waits))

    @cached_property
    def sites(self) -> list[Candidate]:
        """Packages that are a site and nothing else, one for each place and date."""
        nothing = self.problem.nothing
        return [
            (*nothing[:place], way, *nothing[place + 1 :])
            for place, choice in enumerate(self.problem.choices)
            if choice.place
            for way in range(1, len(choice.ways) + 1)
        ]

    @cached_property
    def measured(self) -> dict[Candidate, Array]:
        """Measures in fresh worlds [W, Q] of members, of those that buy most, of the best with signs, and of sites."""
        bought = (each for hull in self.affordable.values() for each in hull)
        wanted = list(dict.fromkeys((*self.members, *bought, *self.adaptive, *self.sites)))
        return dict(zip(wanted, self.of(wanted), strict=True))

    @cached_property
    def fresh(self) -> Array:
        """Measures of the members in the fresh worlds that all of them finished [M, W, Q]."""
        values = np.array([self.measured[each] for each in self.members]).reshape(
            len(self.members), len(self.worlds.fresh), len(self.measures)
        )
        return values[:, np.isfinite(values).all(axis=(0, 2))]

    def within(self, values: Array) -> Array:
        """Tell of measures [..., Q] whether they hold all bounds [...]; those of failed runs do not."""
        held = np.isfinite(values).all(axis=-1)
        for bound in self.problem.bounds:
            held &= bound.excess(values[..., self.measures.index(bound.measure)]) <= 0
        return np.asarray(held)

    @cached_property
    def wanted(self) -> Array:
        """Aims of the members, turned so that more is better [M, W, J]."""
        rows = [self.measures.index(aim) for aim in self.problem.aims]
        return self.fresh[:, :, rows] * np.array(self.problem.signs)

    @cached_property
    def stands(self) -> Array:
        """Share of fresh worlds in which no other member is better in all aims [M]."""
        return np.asarray(best_in_draws(self.wanted).mean(axis=1)) if self.fresh.size else np.zeros(0)

    @cached_property
    def regret(self) -> Array:
        """What a member misses against the best of them, by world and aim [M, W, J]."""
        return np.asarray(self.wanted.max(axis=0) - self.wanted) if self.fresh.size else self.wanted

    @cached_property
    def middle(self) -> int | None:
        """The member nearest to the best of all in every aim, of those that are within bounds over the fresh worlds."""
        if not self.fresh.size:
            return None
        means = self.wanted.mean(axis=1)
        spread = np.ptp(means, axis=0)
        away = np.linalg.norm((means.max(axis=0) - means) / np.where(spread > 0, spread, 1.0), axis=1)
        kept = np.ones(len(means), dtype=bool)
        for bound in self.problem.bounds:
            kept &= bound.over(self.fresh[..., self.measures.index(bound.measure)]) <= 0
        return int(np.where(kept, away, np.inf).argmin()) if kept.any() else int(away.argmin())

    @cached_property
    def variants(self) -> dict[Variant, Array]:
        """Differences that the parts of the middle member make, measure by measure in fresh worlds [W, Q].

        Each is the member less the same without one choice, or with it begun in another quarter.
        """
        if self.middle is None:
            return {}
        whole = self.members[self.middle]
        variants = [Variant(*each) for each in _variants(self.problem, whole)]
        values = self.of([whole, *(each.candidate for each in variants)])
        return {each: values[0] - values[1 + row] for row, each in enumerate(variants)}

    @property
    def name(self) -> str:
        """Name of the problem."""
        return self.problem.record.name

    def names(self) -> dict[Candidate, str]:
        """Return what packages that were measured again are called."""
        own = [each for each in dict.fromkeys((*self.members, *self.measured)) if any(each)]
        named = {each: f"p{place}" for place, each in enumerate(own, 1)}
        return {self.problem.nothing: self.problem.start.name, **named}


def _variants(problem: Problem, whole: Candidate) -> list[tuple[int, int, Candidate]]:
    found = []
    for place, way in enumerate(whole):
        if not way:
            continue
        ways = problem.choices[place].ways
        here = ways[way - 1]
        others = [
            number for number, other in enumerate(ways, 1) if other.level == here.level and other.start != here.start
        ]
        found += [(place, other, (*whole[:place], other, *whole[place + 1 :])) for other in (0, *others)]
    return found


def _size(candidate: Candidate) -> int:
    return sum(1 for way in candidate if way)
