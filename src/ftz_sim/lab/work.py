"""What the processes of the lab do: run scenarios; they know nothing of pages.

Models hold the interpreter, so they run in processes of their own (see `pool`); each keeps the pasts that it played.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.errors import InputError
from ftz_sim.indicators.records import Codes
from ftz_sim.indicators.tables import NATIONAL_ONLY, Tables
from ftz_sim.indicators.units import Table
from ftz_sim.lab.variants import load
from ftz_sim.model.streams import child_seed
from ftz_sim.results.frames import first_quarters
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.engine import attempt, simulate, simulate_many
from ftz_sim.runs.outcomes import Outcome
from ftz_sim.runs.pasts import Pasts
from ftz_sim.runs.together import Kept, Seeded, past_of
from ftz_sim.runs.uncertainties import apply
from ftz_sim.runs.watch import Fired
from ftz_sim.scenario.scenario import Scenario

SEED = 1
PART = 8  # draws of parameters that are run together: in .6 of the time of all, so that a band comes early
DRAWS = 2 * PART
PASTS = Pasts(32)  # about 3 MB each
AT_FORK: Kept = {}  # pasts of draws
MOST_AT_FORK = 4  # about 16 MB each
SEEDS_AT_FORK: Kept = {}  # pasts of seeds that several scenarios went on from at once
MOST_SEEDS = 8  # about 4 MB each
VALUES: dict[str, list[dict[str, float]]] = {}  # parameters of the draws of one scenario, which most others share
Numbers = dict[str, NDArray[np.float32]]
Request = tuple[str, int, int]  # scenario file, end, and which replicate, or part of the draws


class Made(NamedTuple):
    """Tables of one run: national [T], provinces [T, R] and zones [T, Z], as arrays by indicator; and what fired."""

    national: Numbers
    regions: Numbers
    zones: Numbers
    codes: Codes
    fired: Fired
    seed: int


def seed_of(replicate: int) -> int:
    """Return the model's seed of a replicate, the same for every scenario."""
    return child_seed(SEED, 0, replicate)


def make(requests: Sequence[Request]) -> list[Made | InputError | str]:
    """Run scenario files, each with one replicate.

    Returns:
        in their order what was made, what is not valid in a file, or what a run failed with.
    """
    return _answered(requests, lambda text, end, replicate: [(load(text, end), seed_of(replicate))], _seeds)


def make_draws(requests: Sequence[Request]) -> list[Numbers | InputError | str]:
    """Run scenario files, each with one part of the draws of its parameters.

    Draws and seeds are the same for every file; a parameter that a file sets is not drawn in it.

    Returns:
        in their order national indicators [PART, T], what is not valid in a file, or what a run failed with.
    """
    return _answered(requests, _part, _draws)


def _answered(
    requests: Sequence[Request],
    runs_of: Callable[[str, int, int], list[Seeded]],
    play: Callable[[list[list[Seeded]]], list[Any]],
) -> list[Any]:
    """Answer requests; those whose runs share their pasts are played together."""
    answers: dict[int, Any] = {}
    alike: dict[Any, dict[int, list[Seeded]]] = {}
    for place, request in enumerate(requests):
        try:
            runs = runs_of(*request)
        except InputError as error:
            answers[place] = error
        else:
            alike.setdefault(tuple(past_of(*run) for run in runs), {})[place] = runs
    for group in alike.values():
        answers |= zip(group, play([*group.values()]), strict=True)
    return [answers[place] for place in range(len(requests))]


def _seeds(asked: list[list[Seeded]]) -> list[Made | str]:
    runs = [run for runs in asked for run in runs]
    if len(runs) == 1:  # a model without the axis of runs is faster
        outcomes = [attempt(*run, partial(simulate, pasts=PASTS)) for run in runs]
    else:
        outcomes = simulate_many(runs, kept=SEEDS_AT_FORK)
        _forget(SEEDS_AT_FORK, MOST_SEEDS)
    return [_made(outcome.result, seed) for outcome, (_, seed) in zip(outcomes, runs, strict=True)]


def _made(tables: Tables | str, seed: int) -> Made | str:
    if isinstance(tables, str):
        return tables
    fired = {name: quarter.index for name, quarter in first_quarters(tables).items()}
    return Made(_small(tables.national), _small(tables.regions), _small(tables.zones), tables.codes, fired, seed)


def _forget(kept: Kept, most: int) -> None:
    """Let go of the pasts that were used first."""
    while len(kept) > most:
        kept.pop(next(iter(kept)))


def _small(table: Table) -> Numbers:
    return {key: np.asarray(value, dtype=np.float32) for key, value in table.items()}


def _part(text: str, end: int, part: int) -> list[Seeded]:
    spec = load(text, end)
    drawn = draws_of(spec)
    return [(apply(spec, drawn[number]), seed_of(number)) for number in range(part * PART, (part + 1) * PART)]


def _draws(asked: list[list[Seeded]]) -> list[Numbers | str]:
    outcomes = simulate_many([run for runs in asked for run in runs], NATIONAL_ONLY, AT_FORK)
    _forget(AT_FORK, MOST_AT_FORK)
    return [_national(outcomes[place : place + PART]) for place in range(0, len(outcomes), PART)]


def _national(outcomes: Sequence[Outcome]) -> Numbers | str:
    tables: list[Table] = []
    for outcome in outcomes:
        if isinstance(outcome.result, str):
            return outcome.result
        tables.append(outcome.result.national)
    return {name: np.stack([table[name] for table in tables]).astype(np.float32) for name in tables[0]}


def draws_of(spec: Scenario) -> list[dict[str, float]]:
    """Return the parameters of the draws of a scenario; scenarios that set the same ones share them."""
    drawn = drawn_parameters([spec])
    key = spec.parameters.model_dump_json()
    if key not in VALUES:
        VALUES.clear()
        VALUES[key] = [draw([spec], drawn, SEED, number) for number in range(DRAWS)]
    return VALUES[key]
