"""What the processes of the lab do: run scenarios; they know nothing of pages.

Models hold the interpreter, so they run in processes of their own (see `pool`); each keeps the pasts that it played.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.records import Codes
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.indicators.units import Table
from ftz_sim.lab.variants import load
from ftz_sim.model.streams import child_seed
from ftz_sim.results.frames import first_quarters
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.engine import attempt, simulate
from ftz_sim.runs.pasts import Pasts
from ftz_sim.runs.together import Kept, tables_of
from ftz_sim.runs.uncertainties import apply
from ftz_sim.runs.watch import Fired
from ftz_sim.scenario.scenario import Scenario

SEED = 1
DRAWS = 16  # of parameters; together they take about a second
PASTS = Pasts(32)  # about 3 MB each
AT_FORK: Kept = {}  # pasts of draws
MOST_AT_FORK = 2  # about 40 MB each
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


def make(text: str, end: int, replicate: int) -> Made | str:
    """Run a scenario file once; return what the run failed with if it did.

    Raises:
        InputError: if the file is not valid.
    """
    seed = seed_of(replicate)
    tables = attempt(load(text, end), seed, partial(simulate, pasts=PASTS)).result
    if isinstance(tables, str):
        return tables
    fired = {name: quarter.index for name, quarter in first_quarters(tables).items()}
    return Made(_small(tables.national), _small(tables.regions), _small(tables.zones), tables.codes, fired, seed)


def _small(table: Table) -> Numbers:
    return {key: np.asarray(value, dtype=np.float32) for key, value in table.items()}


def make_draws(text: str, end: int) -> Numbers | str:
    """Run a scenario file with `DRAWS` draws of its parameters and return its national indicators [n, T].

    Draws and seeds are the same for every file; a parameter that a file sets is not drawn in it.

    Raises:
        InputError: if the file is not valid.
    """
    spec = load(text, end)
    runs = [(apply(spec, values), seed_of(number)) for number, values in enumerate(draws_of(spec))]
    try:
        made = tables_of(runs, NATIONAL_ONLY, AT_FORK).national
    except Exception as error:  # whatever a scenario's numbers provoke
        return f"{type(error).__name__}: {error}"
    while len(AT_FORK) > MOST_AT_FORK:
        AT_FORK.pop(next(iter(AT_FORK)))
    return {name: values.T.astype(np.float32) for name, values in made.items()}


def draws_of(spec: Scenario) -> list[dict[str, float]]:
    """Return the parameters of the draws of a scenario; scenarios that set the same ones share them."""
    drawn = drawn_parameters([spec])
    key = spec.parameters.model_dump_json()
    if key not in VALUES:
        VALUES.clear()
        VALUES[key] = [draw([spec], drawn, SEED, number) for number in range(DRAWS)]
    return VALUES[key]
