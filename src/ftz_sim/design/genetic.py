"""The genetic search: generations of pymoo's NSGA-II or NSGA-III, of which the promising part is played.

pymoo selects parents and makes children, and keeps no state of its own on disk; Optuna's samplers go trial by trial.
A package that was asked for is not asked for again while there are others.

Ways are names, not amounts: children take each choice from one parent or the other (uniform crossover), and a choice
mutates to any of its ways, or to being left alone, as often as not.

A run costs more than a guess. The first packages are the empty one, every choice alone in one of its ways, and as many
at random from empty to full. Then there are always more candidates than are played: children, packages that differ
from one of the front in a single choice, and random ones. Of what is played, half looks best to a surrogate (see
`surrogate`), which knows by then what breaks a budget; the other half is drawn among the candidates, so that what the
surrogate has wrong comes to light. A generation is a share of what was seen: small while there is much to learn,
larger, and quicker to play, later on; so a longer search begins as a shorter one did.
"""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np
from numpy.random import Generator as Random
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.core.evaluator import Evaluator
from pymoo.core.mutation import Mutation
from pymoo.core.population import Population
from pymoo.core.problem import Problem
from pymoo.core.termination import NoTermination
from pymoo.indicators.hv import HV
from pymoo.operators.crossover.ux import UniformCrossover
from pymoo.operators.survival.rank_and_crowding import RankAndCrowding
from pymoo.problems.static import StaticProblem
from pymoo.util.ref_dirs import get_reference_directions

from ftz_sim.design.choices import Candidate
from ftz_sim.design.searches import GENETIC, Array, Scores, Search, Space, drawn, neighbours
from ftz_sim.design.surrogate import expected

FAILED = 1e12  # objective, and excess over bounds, of a package that could not be played
CANDIDATES = 200  # children, and as many random packages, of which a generation is chosen
SHARE, LEAST = 1 / 8, 4  # of what was seen, and packages: a generation


class _Anew(Mutation):
    """Draw some choices anew."""

    def _do(self, problem: Any, X: Array, *_: Any, random_state: Any, **__: Any) -> Array:
        drawn_anew = random_state.random(X.shape) < 1 / problem.n_var
        pulled = random_state.random(X.shape) < 0.5
        ways = random_state.integers(1, problem.xu + 1, size=X.shape)
        return np.where(drawn_anew, np.where(pulled, ways, 0), X)


def genetic(space: Space) -> Search:
    """Ask for one generation after the other."""
    rng = space.rng(GENETIC)
    problem = Problem(
        n_var=len(space.ways), n_obj=space.aims, n_ieq_constr=space.bounds, xl=0, xu=np.array(space.ways), vtype=int
    )
    algorithm = _algorithm(space, np.array(_first(space, rng)))
    algorithm.setup(problem, termination=NoTermination(), seed=int(rng.integers(2**31)))
    seen: dict[Candidate, Array] = {}  # objectives, then excess over bounds
    asked = _packages(algorithm.ask())
    while True:
        scores = yield asked
        seen |= dict(zip(asked, np.hstack([scores.objectives, scores.excess]), strict=True))
        algorithm.tell(infills=_evaluated(problem, asked, scores))
        near = (each for package in _packages(algorithm.opt) for each in neighbours(space, package))
        candidates = (*space.fitted(algorithm.ask().get("X").astype(int), rng), *near, *drawn(space, rng, CANDIDATES))
        new = [each for each in dict.fromkeys(candidates) if each not in seen]
        number = min(max(int(SHARE * len(seen)), LEAST), space.population)
        order = _promising(space, problem, algorithm, seen, new) if new else []
        half = (number + 1) // 2
        chosen = [*order[:half], *rng.permutation(np.array(order[half:], dtype=int))[: number - half]]
        asked = [new[row] for row in chosen] or drawn(space, rng, number)  # nothing is new near by


def _first(space: Space, rng: Random) -> list[Candidate]:
    nothing = (0,) * len(space.ways)
    ways = rng.integers(1, np.array(space.ways) + 1)
    alone = [(*nothing[:place], int(way), *nothing[place + 1 :]) for place, way in enumerate(ways)]
    return list(dict.fromkeys([nothing, *alone, *drawn(space, rng, len(ways))]))


def _algorithm(space: Space, first: Array) -> Any:
    how: dict[str, Any] = {"pop_size": space.population, "n_offsprings": CANDIDATES, "eliminate_duplicates": False}
    how |= {"sampling": first, "crossover": UniformCrossover(), "mutation": _Anew()}
    return NSGA3(_directions(space), **how) if space.method == "nsga3" else NSGA2(**how)


def _packages(individuals: Any) -> list[Candidate]:
    return [tuple(row) for row in individuals.get("X").astype(int).tolist()]


def _evaluated(problem: Problem, packages: list[Candidate], scores: Scores) -> Any:
    individuals = Population.new(X=np.array(packages))
    Evaluator().eval(StaticProblem(problem, **_told(scores)), individuals)
    return individuals


def _promising(
    space: Space, problem: Problem, algorithm: Any, seen: dict[Candidate, Array], new: list[Candidate]
) -> list[int]:
    """Return the places of ``new``, the best first by what is expected of them beside those that survived."""
    played, values = np.array(list(seen)), np.array(list(seen.values()))
    known = np.isfinite(values).all(axis=1)
    if not known.any():
        return list(range(len(new)))
    guess = expected(space.ways, played[known], values[known], np.array(new))
    guessed = _evaluated(problem, new, Scores(guess[:, : space.aims], guess[:, space.aims :]))
    own = Population.new(F=algorithm.pop.get("F"), G=algorithm.pop.get("G"))
    both = Population.merge(guessed, own)
    both.set(rank=0, crowding=0.0)
    RankAndCrowding().do(problem, both, n_survive=len(both))
    rank, crowding, excess = both.get("rank"), both.get("crowding"), both.get("CV")[:, 0]
    return [int(row) for row in np.lexsort((-crowding, rank, excess)) if row < len(new)]


def _directions(space: Space) -> Any:
    """Return evenly spread directions (Das and Dennis 1998), at most one for each package of a generation."""
    fitting = [n for n in range(1, space.population) if comb(n + space.aims - 1, n) <= space.population]
    return get_reference_directions("das-dennis", space.aims, n_partitions=max(fitting, default=1))


def _told(scores: Scores) -> dict[str, Array]:
    known = np.isfinite(scores.objectives).all(axis=1, keepdims=True)
    told = {"F": np.where(known, scores.objectives, FAILED)}
    if scores.excess.shape[1]:
        told["G"] = np.where(known & np.isfinite(scores.excess), scores.excess, FAILED)
    return told


def hypervolume(front: Array, worst: Array) -> float:
    """Return the room between a front [n, J], to be lowered, and the worst of each objective."""
    return float(HV(ref_point=worst)(front)) if len(front) else 0.0
