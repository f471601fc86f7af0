"""Searches: how packages are looked for. Each is a generator that asks for candidates and is told what they come to.

    enumeration  every package, where there are few
    genetic      NSGA-II (Deb et al. 2002) or NSGA-III (Deb and Jain 2014) with a surrogate, see `genetic`
    random       packages drawn at random, small ones as often as large ones
    greedy       adds, drops or changes one choice at a time, what helps most: from the empty package with equal weights
                 of the aims and with each aim alone, then from random packages with random weights

What is told are objectives, all to be lowered, and how far each bound is exceeded.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import chain, combinations, product
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator as Random
from numpy.random import Philox, SeedSequence
from numpy.typing import NDArray

from ftz_sim.design.choices import Candidate

Array = NDArray[Any]
FEW = 1024  # packages that are all looked at: those of ten choices with one way each
GENETIC, RANDOM, GREEDY, MARKING = range(4)  # whose random numbers they are


class Scores(NamedTuple):
    """What candidates come to."""

    objectives: Array  # [n, J] all to be lowered
    excess: Array  # [n, B] over bounds; 0 and less is within

    @property
    def within(self) -> Array:
        """Which could be played, and hold all bounds [n]."""
        known = np.isfinite(self.objectives).all(axis=1) & np.isfinite(self.excess).all(axis=1)
        return np.asarray(known & (self.excess <= 0).all(axis=1))


Search = Generator[list[Candidate], Scores, None]


class Space(NamedTuple):
    """What may be chosen, how many aims and bounds there are, and how packages are looked for."""

    ways: tuple[int, ...]  # of each choice; to leave it alone is none
    aims: int
    bounds: int
    population: int
    method: str
    seed: int
    sites: tuple[int, ...] = ()  # choices of which only so many may be pulled
    at_once: int = 1

    def fits(self, candidate: Candidate) -> bool:
        """Tell whether no more sites are pulled than may be."""
        return sum(candidate[place] > 0 for place in self.sites) <= self.at_once

    def fitted(self, packages: Array, rng: Random) -> list[Candidate]:
        """Return packages [n, choices] without what is too much: sites are dropped at random."""
        fitted = packages.copy()
        for row in np.flatnonzero((packages[:, self.sites] > 0).sum(axis=1) > self.at_once):
            pulled = [place for place in self.sites if packages[row, place]]
            fitted[row, rng.permutation(pulled)[self.at_once :]] = 0
        return [tuple(row) for row in fitted.tolist()]

    def rng(self, whose: int) -> Random:
        """Return the random numbers of one search."""
        return Random(Philox(SeedSequence([self.seed, whose])))


def everything(space: Space) -> Search:
    """Ask for all packages at once."""
    yield [
        each
        for chosen in _sets_of_sites(space)
        for each in product(*(_ways(place, space, chosen) for place in range(len(space.ways))))
    ]


def _sets_of_sites(space: Space) -> Iterator[tuple[int, ...]]:
    most = min(space.at_once, len(space.sites))
    return chain.from_iterable(combinations(space.sites, number) for number in range(most + 1))


def _ways(place: int, space: Space, sites: tuple[int, ...]) -> range:
    """Return the ways of a choice where these ``sites`` and no others are pulled."""
    if place in space.sites:
        return range(1, space.ways[place] + 1) if place in sites else range(1)
    return range(space.ways[place] + 1)


def named(packages: Sequence[Candidate]) -> Search:
    """Ask for packages that somebody named."""
    yield list(packages)


def random(space: Space) -> Search:
    """Ask for random packages, again and again."""
    rng = space.rng(RANDOM)
    while True:
        yield drawn(space, rng, space.population)


def drawn(space: Space, rng: Random, number: int) -> list[Candidate]:
    """Return random packages, each with a share of choices pulled that is drawn first, evenly."""
    pulled = rng.random((number, len(space.ways))) < rng.random((number, 1))
    ways = rng.integers(1, np.array(space.ways) + 1, size=pulled.shape)
    return space.fitted(np.where(pulled, ways, 0), rng)


def greedy(space: Space) -> Search:
    """Climb by the best single change until none helps, and begin again.

    Aims are weighed by how far apart single choices are in them.
    """
    spread = _spread((yield list(neighbours(space, (0,) * len(space.ways)))).objectives)
    for hand, weights in _climbs(space):
        here = _rank((yield [hand]), weights / spread)[0]
        while True:
            near = list(neighbours(space, hand))
            ranks = _rank((yield near), weights / spread)
            best = min(range(len(near)), key=ranks.__getitem__)
            if ranks[best] >= here:
                break
            hand, here = near[best], ranks[best]


def neighbours(space: Space, hand: Candidate) -> Iterator[Candidate]:
    """Yield the packages that differ from one in a single choice, or have another site in the place of one."""
    for place, ways in enumerate(space.ways):
        for way in range(ways + 1):
            if way != hand[place]:
                other = _with(hand, place, way)
                if space.fits(other):
                    yield other
                else:
                    yield from (_with(other, site, 0) for site in space.sites if hand[site])


def _with(candidate: Candidate, place: int, way: int) -> Candidate:
    return (*candidate[:place], way, *candidate[place + 1 :])


def _climbs(space: Space) -> Iterator[tuple[Candidate, Array]]:
    """Yield where to begin, and the weights of the aims."""
    nothing: Candidate = (0,) * len(space.ways)
    yield nothing, np.full(space.aims, 1 / space.aims)
    if space.aims > 1:
        yield from ((nothing, alone) for alone in np.eye(space.aims))
    rng = space.rng(GREEDY)
    while True:
        yield drawn(space, rng, 1)[0], rng.dirichlet(np.ones(space.aims))


def _spread(objectives: Array) -> Array:
    """Return the standard deviation of each objective; 1 where there is none."""
    known = objectives[np.isfinite(objectives).all(axis=1)]
    spread = known.std(axis=0) if len(known) else np.zeros(objectives.shape[1])
    return np.where(spread > 0, spread, 1.0)


def _rank(scores: Scores, per_aim: Array) -> list[tuple[float, float]]:
    """Return what packages are ordered by: first how far bounds are exceeded, then the weighted aims."""
    excess, objective = np.maximum(scores.excess, 0).sum(axis=1), scores.objectives @ per_aim
    known = np.isfinite(excess) & np.isfinite(objective)
    ranks = np.where(known, [excess, objective], np.inf).T.tolist()
    return [(first, second) for first, second in ranks]
