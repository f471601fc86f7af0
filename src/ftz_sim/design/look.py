"""Looking for packages: all searches side by side, one call of the ensemble for all that they ask for in a round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.design.choices import Candidate, number_of
from ftz_sim.design.problem import Problem
from ftz_sim.design.searches import FEW, Scores, Search, Space, everything, greedy, named, random

Array = NDArray[Any]
ALL, OWN = "enumeration", "own"
STALE = 20  # rounds in a row that ask for no package that is new, after which a search ends
Value = Callable[[Sequence[Candidate]], Scores]


def space_of(problem: Problem) -> Space:
    """Return what searches know of a problem."""
    record = problem.record
    aims, bounds, how = len(problem.aims), len(problem.bounds), record.search
    sites = problem.sites, record.sites_at_once
    return Space(problem.ways, aims, bounds, how.population, how.method, record.seed, *sites)


def searches_of(space: Space, own: Sequence[Candidate] = ()) -> dict[str, Search]:
    """Return the searches by name; all packages are looked at where there are few, and those of one's ``own``."""
    from ftz_sim.design.genetic import genetic

    found = {"genetic": genetic(space), "greedy": greedy(space), "random": random(space)}
    found |= {OWN: named(own)} if own else {}
    return found | ({ALL: everything(space)} if number_of(space.ways, space.sites, space.at_once) <= FEW else {})


def look(searches: dict[str, Search], most: int, value: Value) -> dict[str, list[Candidate]]:
    """Return the packages that each search looked at: so many, and no more.

    A package that a search looks at again is not counted. What does not fit is left out, and the search ends.

    Args:
        searches: by name.
        most: packages that each of them may look at; `ALL` and `OWN` look at theirs.
        value: what candidates come to; asked once in a round.
    """
    asked = {name: next(search) for name, search in searches.items()}
    seen: dict[str, dict[Candidate, None]] = {name: {} for name in searches}
    stale = dict.fromkeys(searches, 0)
    while asked:
        for name, wanted in asked.items():
            new = [each for each in dict.fromkeys(wanted) if each not in seen[name]]
            room = len(new) if name in (ALL, OWN) else most - len(seen[name])
            stale[name] = 0 if new else stale[name] + 1
            seen[name] |= dict.fromkeys(new[:room])
            if len(new) > room or stale[name] > STALE:
                asked[name] = [each for each in wanted if each in seen[name]]
                searches[name].close()
        together = list(dict.fromkeys(each for wanted in asked.values() for each in wanted))
        if not together:
            break
        scores, place = value(together), {each: row for row, each in enumerate(together)}
        asked = {
            name: after
            for name, wanted in asked.items()
            if (after := _next(searches[name], _rows(scores, [place[each] for each in wanted])))
        }
    return {name: list(found) for name, found in seen.items()}


def _next(search: Search, scores: Scores) -> list[Candidate]:
    try:
        return search.send(scores)
    except StopIteration:  # it is done, or was closed
        return []


def _rows(scores: Scores, rows: list[int]) -> Scores:
    return Scores(scores.objectives[rows], scores.excess[rows])


def valued(problem: Problem, readings: Array, start: Array) -> Scores:
    """Return what packages come to, on average over worlds.

    Args:
        problem: the problem.
        readings: of packages [n, W, K].
        start: of the start in the same worlds [W, K].
    """
    columns, n = problem.columns, len(readings)
    signed = zip(problem.aims, problem.signs, strict=True)
    aims = [-sign * aim.of(readings, start, columns).mean(axis=1) for aim, sign in signed]
    excess = [bound.over(bound.measure.of(readings, start, columns)) for bound in problem.bounds]
    return Scores(*(np.array(part).reshape(len(part), n).T for part in (aims, excess)))


def undominated(objectives: Array, sizes: Sequence[int]) -> list[int]:
    """Return the rows that no other row is as good as in all objectives; of equals the smallest.

    Args:
        objectives: of packages [n, J], all to be lowered.
        sizes: how much each package pulls; of two that come to the same the smaller stands.
    """
    order = np.lexsort((np.asarray(sizes), *objectives.T[::-1]))
    front: list[int] = []
    for row in order:  # none that comes later is better than one before it
        if not front or not (objectives[front] <= objectives[row]).all(axis=1).any():
            front.append(int(row))
    return front
