"""What the processes of the lab do: run scenarios; they know nothing of pages.

Models hold the interpreter, so they run in processes of their own (see `pool`); each keeps the pasts that it played.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from ftz_sim.runs.pasts import Pasts
from ftz_sim.runs.together import Kept, Seeded, past_of, tables_of
from ftz_sim.runs.uncertainties import apply
from ftz_sim.runs.watch import Fired
from ftz_sim.scenario.scenario import Scenario

SEED = 1
HALF = 8  # draws of parameters that are run together: in .6 of the time of all, so that a band comes early
DRAWS = 2 * HALF
PASTS = Pasts(32)  # about 3 MB each
AT_FORK: Kept = {}  # pasts of draws
MOST_AT_FORK = 4  # about 20 MB each
SEEDS_AT_FORK: Kept = {}  # pasts of seeds that several scenarios went on from at once
MOST_SEEDS = 8  # about 3 MB each
VALUES: dict[str, list[dict[str, float]]] = {}  # parameters of the draws of one scenario, which most others share
Numbers = dict[str, NDArray[np.float32]]


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


def make(requests: Sequence[tuple[str, int, int]]) -> list[Made | InputError | str]:
    """Run scenario files, each of (file, end, replicate) once; those that share their past are stepped together.

    Returns:
        in their order what was made, what is not valid in a file, or what a run failed with.
    """
    made: dict[int, Made | InputError | str] = {}
    pasts: dict[Any, dict[int, Seeded]] = {}
    for place, (text, end, replicate) in enumerate(requests):
        try:
            run = load(text, end), seed_of(replicate)
        except InputError as error:
            made[place] = error
        else:
            pasts.setdefault(past_of(*run), {})[place] = run
    for runs in pasts.values():
        made |= zip(runs, _together([*runs.values()]), strict=True)
    return [made[place] for place in range(len(requests))]


def _together(runs: Sequence[Seeded]) -> list[Made | str]:
    """Make runs that share their past."""
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


def make_draws(text: str, end: int, half: int) -> Numbers | str:
    """Run a scenario file with the first or second half of the draws of its parameters (``half`` 0 or 1).

    Draws and seeds are the same for every file; a parameter that a file sets is not drawn in it.

    Returns:
        its national indicators [HALF, T], or what a run failed with.

    Raises:
        InputError: if the file is not valid.
    """
    spec = load(text, end)
    drawn, numbers = draws_of(spec), range(half * HALF, (half + 1) * HALF)
    runs = [(apply(spec, drawn[number]), seed_of(number)) for number in numbers]
    try:
        made = tables_of(runs, NATIONAL_ONLY, AT_FORK).national
    except Exception as error:  # whatever a scenario's numbers provoke
        return f"{type(error).__name__}: {error}"
    _forget(AT_FORK, MOST_AT_FORK)
    return {name: values.T.astype(np.float32) for name, values in made.items()}


def draws_of(spec: Scenario) -> list[dict[str, float]]:
    """Return the parameters of the draws of a scenario; scenarios that set the same ones share them."""
    drawn = drawn_parameters([spec])
    key = spec.parameters.model_dump_json()
    if key not in VALUES:
        VALUES.clear()
        VALUES[key] = [draw([spec], drawn, SEED, number) for number in range(DRAWS)]
    return VALUES[key]
