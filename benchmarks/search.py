"""What the searches of ``ftz design`` find, without the simulator: ``python benchmarks/search.py``.

Synthetic problems in the shape of real ones, small enough to look at every package. Each seed draws another instance
of each. Printed is the median over seeds of the share of the true front's hypervolume, whose corner is a tenth of the
front's extent beyond its worst; a package outside the bounds counts for nothing.

    additive     gains and costs add up; a budget for a third of all
    together     pairs help or hinder each other as much as single choices matter
    dates        few choices with many dates, which gain less and cost less the later they are
    trap         three choices that harm alone and pay only together
    provinces    no province may lose; which packages hold that is no sum over choices
    three aims   as `together`, without a budget
    one aim      as `together`, with one aim
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.design.choices import Candidate
from ftz_sim.design.genetic import hypervolume
from ftz_sim.design.look import look, searches_of, undominated
from ftz_sim.design.searches import Scores, Space

Array = NDArray[Any]
BUDGETS = (25, 50, 100, 200, 400)
NAMES = ("genetic", "greedy", "random")


class Synthetic(NamedTuple):
    """A problem whose every package is known."""

    ways: tuple[int, ...]
    scores: Scores  # of all packages, in the order of `product`

    def rows(self, candidates: list[Candidate]) -> Array:
        """Return where packages stand."""
        return np.ravel_multi_index(np.array(candidates).T, [ways + 1 for ways in self.ways])

    def value(self, candidates: list[Candidate]) -> Scores:
        """Return what packages come to."""
        rows = self.rows(candidates)
        return Scores(self.scores.objectives[rows], self.scores.excess[rows])


class Drawn:
    """Effects of one instance: single choices, their dates and pairs."""

    def __init__(self, seed: int, ways: tuple[int, ...]) -> None:
        self.rng, self.ways = np.random.Generator(np.random.Philox(seed)), ways
        self.all = np.array(list(product(*(range(each + 1) for each in ways))))
        self.pulled = self.all > 0

    def sums(self, low: float, high: float) -> Array:
        """Return the sum of what is pulled: an effect for each choice, and less of it the later (or weaker) its way."""
        whole = self.rng.uniform(low, high, len(self.ways))
        part = 1 - self.rng.uniform(0.1, 0.4, len(self.ways)) * (self.all - 1)
        return np.asarray((self.pulled * part) @ whole)

    def pairs(self, size: float) -> Array:
        """Return the sum over pairs that are pulled together; a third of all pairs matter."""
        n = len(self.ways)
        size_of = self.rng.normal(0, size, (n, n)) * (self.rng.random((n, n)) < 1 / 3)
        return np.einsum("ni,ij,nj->n", self.pulled, np.triu(size_of, 1), self.pulled)

    def scores(self, wanted: list[Array], bounds: list[Array]) -> Synthetic:
        """Return the problem of aims, of which more is better, and of excess over bounds."""
        excess = np.stack(bounds, axis=1) if bounds else np.zeros((len(self.all), 0))
        return Synthetic(self.ways, Scores(-np.stack(wanted, axis=1), excess))


MIXED = (1, 2) * 6
FEW = (7, 7, 7, 7, 7)


def additive(seed: int) -> Synthetic:
    drawn = Drawn(seed, MIXED)
    cost = drawn.sums(0.2, 2)
    return drawn.scores([drawn.sums(-0.3, 1), drawn.sums(-0.5, 1)], [cost - cost.max() / 3])


def together(seed: int) -> Synthetic:
    drawn = Drawn(seed, MIXED)
    cost = drawn.sums(0.2, 2)
    wanted = [drawn.sums(-0.3, 1) + drawn.pairs(0.5), drawn.sums(-0.5, 1) + drawn.pairs(0.5)]
    return drawn.scores(wanted, [cost - cost.max() / 3])


def dates(seed: int) -> Synthetic:
    drawn = Drawn(seed, FEW)
    wobble = [drawn.rng.normal(0, 0.1, (2, each + 1)) for each in FEW]  # by choice, aim and way
    by_way = sum((own[:, drawn.all[:, place]] for place, own in enumerate(wobble)), np.zeros((2, 1)))
    wanted = [drawn.sums(0, 1) + drawn.pairs(0.3) + by_way[0], drawn.sums(-0.5, 1) + drawn.pairs(0.3) + by_way[1]]
    cost = drawn.sums(0.2, 2)
    return drawn.scores(wanted, [cost - cost.max() / 3])


def trap(seed: int) -> Synthetic:
    drawn = Drawn(seed, MIXED)
    three = drawn.rng.choice(len(MIXED), 3, replace=False)
    own = drawn.pulled[:, three].sum(axis=1)
    pays = np.array([0, -0.4, -0.8, 4.0])[own]
    cost = drawn.sums(0.5, 1.5)
    wanted = [drawn.sums(0, 1) + pays, drawn.sums(-0.5, 0.5) + pays / 2]
    return drawn.scores(wanted, [cost - cost.max() / 2])


def provinces(seed: int) -> Synthetic:
    drawn = Drawn(seed, MIXED)
    worst = np.min([drawn.sums(-0.3, 0.4) for _ in range(12)], axis=0)
    cost = drawn.sums(0.2, 2)
    wanted = [drawn.sums(-0.3, 1) + drawn.pairs(0.2), drawn.sums(-0.5, 1) + drawn.pairs(0.2)]
    return drawn.scores(wanted, [-0.2 - worst, cost - cost.max() / 2])


def three_aims(seed: int) -> Synthetic:
    drawn = Drawn(seed, MIXED)
    return drawn.scores([drawn.sums(-0.7, 1) + drawn.pairs(0.5) for _ in range(3)], [])


def one_aim(seed: int) -> Synthetic:
    drawn = Drawn(seed, MIXED)
    cost = drawn.sums(0.2, 2)
    return drawn.scores([drawn.sums(-0.3, 1) + drawn.pairs(0.5)], [cost - cost.max() / 3])


PROBLEMS: dict[str, Callable[[int], Synthetic]] = {
    "additive": additive, "together": together, "dates": dates, "trap": trap, "provinces": provinces,
    "three aims": three_aims, "one aim": one_aim,
}  # fmt: skip


def room(scores: Scores, corner: Array, extent: Array) -> float:
    """Return the hypervolume of packages before a corner, in units of the front's extent."""
    held = scores.objectives[scores.within]
    held = held[(held < corner).all(axis=1)]
    front = held[undominated(held, np.zeros(len(held)))]
    return hypervolume((front - corner) / extent, np.zeros(len(corner)))


def shares(problem: Synthetic, seed: int, budgets: tuple[int, ...]) -> Iterator[tuple[str, int, float]]:
    """Yield the share of the hypervolume by search and budget."""
    held = problem.scores.objectives[problem.scores.within]
    front = held[undominated(held, np.zeros(len(held)))]
    extent = np.ptp(front, axis=0)
    extent = np.where(extent > 0, extent, np.ptp(held, axis=0))
    corner = front.max(axis=0) + 0.1 * extent
    whole = room(Scores(front, np.zeros((len(front), 0))), corner, extent)
    space = Space(problem.ways, held.shape[1], problem.scores.excess.shape[1], 40, "nsga2", seed)
    for most in budgets:
        searches = {name: search for name, search in searches_of(space).items() if name in NAMES}
        for name, seen in look(searches, most, problem.value).items():
            yield name, most, room(problem.value(seen), corner, extent) / whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    options = parser.parse_args()
    print(f"{'problem':12}{'search':10}" + "".join(f"{most:8}" for most in BUDGETS) + "   packages looked at")
    for title, made in PROBLEMS.items():
        found: dict[tuple[str, int], list[float]] = {}
        for seed in range(options.first, options.first + options.seeds):
            for name, most, share in shares(made(seed), seed, BUDGETS):
                found.setdefault((name, most), []).append(share)
        for name in NAMES:
            print(f"{title:12}{name:10}" + "".join(f"{np.median(found[name, most]):8.1%}" for most in BUDGETS))


if __name__ == "__main__":
    main()
