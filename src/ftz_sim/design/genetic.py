"""The genetic search: a generation of pymoo's NSGA-II or NSGA-III is what is asked for at once.

pymoo hands out and takes back a generation at a time, which is what the ensemble plays, and keeps no state of its own
on disk; Optuna's samplers go trial by trial.

Ways are names, not amounts: children take each choice from one parent or the other (uniform crossover), and a choice
mutates to any of its ways, or to being left alone, as often as not.
"""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.core.evaluator import Evaluator
from pymoo.core.mutation import Mutation
from pymoo.core.problem import Problem
from pymoo.core.termination import NoTermination
from pymoo.indicators.hv import HV
from pymoo.operators.crossover.ux import UniformCrossover
from pymoo.problems.static import StaticProblem
from pymoo.util.ref_dirs import get_reference_directions

from ftz_sim.design.searches import GENETIC, Array, Scores, Search, Space, drawn

FAILED = 1e12  # objective, and excess over bounds, of a package that could not be played


class _Anew(Mutation):
    """Draw some choices anew."""

    def _do(self, problem: Any, X: Array, *_: Any, random_state: Any, **__: Any) -> Array:
        drawn_anew = random_state.random(X.shape) < 1 / problem.n_var
        pulled = random_state.random(X.shape) < 0.5
        ways = random_state.integers(1, problem.xu + 1, size=X.shape)
        return np.where(drawn_anew, np.where(pulled, ways, 0), X)


def genetic(space: Space) -> Search:
    """Ask for one generation after the other, the first of random packages and the empty one."""
    rng = space.rng(GENETIC)
    nothing = np.zeros((1, len(space.ways)), dtype=int)
    first = np.concatenate([nothing, np.array(drawn(space, rng, space.population - 1), dtype=int)])
    problem = Problem(
        n_var=len(space.ways), n_obj=space.aims, n_ieq_constr=space.bounds, xl=0, xu=np.array(space.ways), vtype=int
    )
    how: dict[str, Any] = {"sampling": first, "crossover": UniformCrossover(), "mutation": _Anew()}
    seed = int(rng.integers(2**31))
    if space.method == "nsga3":
        algorithm = NSGA3(_directions(space), pop_size=space.population, **how)
    else:
        algorithm = NSGA2(pop_size=space.population, **how)
    algorithm.setup(problem, termination=NoTermination(), seed=seed)
    while (asked := algorithm.ask()) is not None and len(asked):
        packages = space.fitted(asked.get("X").astype(int), rng)
        asked.set("X", np.array(packages))
        scores = yield packages
        Evaluator().eval(StaticProblem(problem, **_told(scores)), asked)
        algorithm.tell(infills=asked)


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
