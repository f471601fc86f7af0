"""The tables of an answer, one CSV each; differences are to the start in the same world, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.design import paths, sites
from ftz_sim.design.answer import Answer
from ftz_sim.design.choices import Candidate, begins, code_of
from ftz_sim.design.look import OWN, space_of
from ftz_sim.design.paths import chance
from ftz_sim.design.searches import MARKING, Array

if TYPE_CHECKING:
    import pandas as pd

COST, AIM, BOUND = "cost", "aim", "bound"
EVERY, NONE, BESIDE, SOME = "in every", "in none", "only beside", "in some"
FEWEST = 3  # packages of a front in which anything is said of pairs of choices
RIVALS = 300
Rows = Iterator[dict[str, Any]]


def frames(answer: Answer) -> dict[str, pd.DataFrame]:
    """Return all tables by the name of their file."""
    import pandas as pd

    made = {
        "packages": packages(answer), "pulls": pulls(answer), "front": front(answer), "neighbours": neighbours(answer),
        "choices": choices(answer), "money": money(answer), "parts": parts(answer), "searches": searches(answer),
    }  # fmt: skip
    if answer.adaptive:
        made |= {"adaptive": paths.adaptive(answer), "signs": paths.signs(answer)}
    if answer.sites:
        made |= {"sites": sites.sites(answer), "affected": sites.affected(answer)}
    return {f"{name}.csv": pd.DataFrame(rows) for name, rows in made.items()}


def packages(answer: Answer) -> Rows:
    """One row for each package that was measured again: in how many fresh worlds it holds and stands."""
    for candidate, name in answer.names().items():
        if candidate not in answer.measured:
            continue
        row = answer.members.index(candidate) if candidate in answer.members else None
        yield {
            "package": name, "code": code_of(candidate), "pulled": sum(1 for way in candidate if way),
            "holds": answer.within(answer.measured[candidate]).mean(), "on_front": row is not None,
            "undominated": answer.stands[row] if row is not None else np.nan,
            "middle": row is not None and row == answer.middle,
        }  # fmt: skip


def pulls(answer: Answer) -> Rows:
    """One row for each choice that a package pulls."""
    for candidate, name in answer.names().items():
        for choice, number in zip(answer.problem.choices, candidate, strict=True):
            if number and candidate in answer.measured:
                way = choice.ways[number - 1]
                yield {"package": name, "part": choice.name, "at_level": way.level, "from": way.start_name}


def front(answer: Answer) -> Rows:
    """One row for each member and measure: found by the search, and measured again."""
    names = answer.names()
    for row, candidate in enumerate(answer.members):
        again = paired_difference(answer.fresh[row])
        for q, measure in enumerate(answer.measures):
            found = answer.found[answer.row[candidate], q]
            aim = answer.problem.aims.index(measure) if measure in answer.problem.aims else None
            regret = answer.regret[row, :, aim] if aim is not None else np.array([np.nan])
            yield {
                "package": names[candidate], "outcome": measure.name,
                "role": COST if q == 0 else AIM if aim is not None else BOUND, "found": found, "mean": again.mean[q],
                "ci_low": again.low[q], "ci_high": again.high[q], "gap": found - again.mean[q],
                "mean_regret": regret.mean(), "max_regret": regret.max(), "n": again.n,
            }  # fmt: skip


def neighbours(answer: Answer) -> Rows:
    """One row for each member, the next of the front and aim: is the one truly better?"""
    names = [answer.names()[each] for each in answer.members]
    for row in range(len(answer.members) - 1):
        better = answer.wanted[row] - answer.wanted[row + 1]
        found = paired_difference(better)
        for j, (aim, sign) in enumerate(zip(answer.problem.aims, answer.problem.signs, strict=True)):
            ends = sorted((sign * found.low[j], sign * found.high[j]))
            yield {
                "package": names[row], "neighbour": names[row + 1], "outcome": aim.name,
                "difference": sign * found.mean[j], "ci_low": ends[0], "ci_high": ends[1],
                "p_better": chance(better[:, j]), "n": found.n,
            }  # fmt: skip


def choices(answer: Answer) -> Rows:
    """One row for each choice: in how much of the front it stands, beside what, and what it precedes."""
    pulled = np.array(answer.front).reshape(len(answer.front), len(answer.problem.choices)) > 0
    names = [choice.name for choice in answer.problem.choices]
    for place, name in enumerate(names):
        share = pulled[:, place].mean() if len(pulled) else np.nan
        with_it = pulled[pulled[:, place]]
        others = [i for i in range(len(names)) if i != place and not pulled[:, i].all()]
        beside = [names[i] for i in others if len(with_it) >= FEWEST and with_it[:, i].all()] if share < 1 else []
        verdict = EVERY if share == 1 else NONE if share == 0 else BESIDE if beside else SOME
        yield {"part": name, "of_front": share, "found_in": verdict, "beside": " ".join(beside),
               "before": " ".join(_after(answer, place)), "n": len(pulled)}  # fmt: skip


def _after(answer: Answer, place: int) -> Iterator[str]:
    """Yield the choices that begin later wherever both are pulled and their dates could have been others."""
    made = answer.problem.choices
    for other, choice in enumerate(made):
        both = [each for each in answer.front if each[place] and each[other]]
        if other != place and made[place].dated and choice.dated and len(both) >= FEWEST:
            starts = [[begins(made[k].ways[each[k] - 1]) for k in (place, other)] for each in both]
            if all(first is not None and second is not None and first < second for first, second in starts):
                yield choice.name


def money(answer: Answer) -> Rows:
    """By aim, the packages that buy most for their money, and what each extra 100 bn yuan buys."""
    names = answer.names()
    for place, hull in answer.affordable.items():
        aim, sign = answer.problem.aims[place], answer.problem.signs[place]
        q = answer.measures.index(aim)
        for before, candidate in pairwise(hull):
            step = answer.measured[candidate] - answer.measured[before]
            step = step[np.isfinite(step).all(axis=1)]
            whole = answer.measured[candidate]
            found = paired_difference(step)
            cost, gain = found.mean[0], found.mean[q]
            dearer = cost > 0 and not found.low[0] <= 0 <= found.high[0]  # else a gain for its money says nothing
            per = 100 / cost if dearer else np.nan
            yield {
                "outcome": aim.name, "package": names[candidate], "instead_of": names[before],
                "cost": np.nanmean(whole[:, 0]), "value": np.nanmean(whole[:, q]), "extra_cost": cost, "gain": gain,
                "gain_per_100bn": gain * per, "ci_low": found.low[q] * per, "ci_high": found.high[q] * per,
                "p_better": chance(sign * step[:, q]), "n": found.n,
            }  # fmt: skip


def parts(answer: Answer) -> Rows:
    """What each part of the middle member brings, and what its date brings against another."""
    if answer.middle is None:
        return
    name = answer.names()[answer.members[answer.middle]]
    for variant, values in answer.variants.items():
        choice = answer.problem.choices[variant.place]
        against = choice.ways[variant.way - 1].start_name if variant.way else "without"
        found = paired_difference(values[np.isfinite(values).all(axis=1)])
        for q, measure in enumerate(answer.measures):
            yield {
                "package": name, "part": choice.name, "instead_of": against, "outcome": measure.name,
                "difference": found.mean[q], "ci_low": found.low[q], "ci_high": found.high[q], "n": found.n,
            }  # fmt: skip


def searches(answer: Answer) -> Rows:
    """One row for each search: how many packages it looked at, and how much of the front it found."""
    within, objectives, row = answer.scores.within, answer.scores.objectives, answer.row
    whole = _room(answer, answer.tried)
    for name, seen in answer.looked.items():
        best = answer.front_of(seen)
        yield {
            "search": name, "packages": len(seen), "within": sum(bool(within[row[each]]) for each in seen),
            "on_front": len(set(best) & set(answer.front)), "front_size": len(answer.front),
            "hypervolume": _room(answer, seen) / whole if whole > 0 else np.nan,
            **{f"best {aim.name}": _best(answer, [objectives[row[each]] for each in best], j)
               for j, aim in enumerate(answer.problem.aims)},
        }  # fmt: skip


class Mark(NamedTuple):
    """How packages of one's own fare against as many random ones."""

    packages: int
    own: float  # share of the hypervolume of the whole front
    random: float  # the same of random ones, on average
    beaten: float  # share of `RIVALS` sets of random ones that reach less


def mark(answer: Answer) -> Mark | None:
    """Hold one's own packages against sets of as many random ones; None if there are none."""
    own, whole = answer.looked.get(OWN, []), _room(answer, answer.tried)
    if not own or not whole > 0:
        return None
    rng, seen = space_of(answer.problem).rng(MARKING), answer.looked["random"]
    sets = (rng.permutation(len(seen))[: len(own)] for _ in range(RIVALS))
    rivals = np.array([_room(answer, [seen[row] for row in rows]) for rows in sets])
    here = _room(answer, own)
    return Mark(len(own), here / whole, float(rivals.mean()) / whole, float((rivals < here).mean()))


def _best(answer: Answer, front: Sequence[Array], aim: int) -> float:
    return float(-answer.problem.signs[aim] * min(one[aim] for one in front)) if front else np.nan


def _room(answer: Answer, seen: Sequence[Candidate]) -> float:
    """Return the hypervolume of a search's front; the worst of each aim among all that was tried is its corner."""
    from ftz_sim.design.genetic import hypervolume

    objectives = answer.scores.objectives
    known = objectives[answer.scores.within]
    if not len(known):
        return 0.0
    worst, spread = known.max(axis=0), np.ptp(known, axis=0)
    rows = [answer.row[each] for each in answer.front_of(seen)]
    spread = np.where(spread > 0, spread, 1.0)
    return hypervolume((objectives[rows] - worst) / spread, np.full(len(worst), 1e-9)) if rows else 0.0


def tried(answer: Answer) -> pd.DataFrame:
    """Return one row for each package that was looked at: by whom, and what the search found."""
    import pandas as pd

    front = set(answer.front)
    by = {name: set(seen) for name, seen in answer.looked.items()}
    return pd.DataFrame({
        "code": [code_of(each) for each in answer.tried], "within": answer.scores.within,
        "on_front": [each in front for each in answer.tried],
        **{name: [each in seen for each in answer.tried] for name, seen in by.items()},
        **{measure.name: answer.found[:, q] for q, measure in enumerate(answer.measures)},
    })  # fmt: skip
