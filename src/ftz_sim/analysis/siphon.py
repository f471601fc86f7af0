"""Siphon and radiation taken apart: what flows of people, plants and foreign capital do, and what all else does.

Provinces without a zone gain or lose against `no_ftz`. The same comparison is made with flows frozen in both runs:
nobody and no plant moves between provinces, and shares of foreign investment stay as they were in 2013. What is left
then comes from replication, spillovers, trade and money; the rest of the full effect is that of flows.

    flows = full - frozen,    each the mean of 100 ln(outcome / outcome in no_ftz) over provinces without a zone

Freezing also takes flows out of `no_ftz`, so the parts answer "what would zones do if nobody could move", which is not
the same as taking the flows of one run into another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.panel import PROVINCIAL
from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import REGION
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.model.columns import N_REGIONS
from ftz_sim.results import FailedRun, Run
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import check_numbers
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
NO_ZONES = "no_ftz"
STILL = {
    "migration": ("talent_mobility", "worker_mobility", "graduate_slope"),
    "relocation": ("mobility",),
    "foreign_investment": (
        "openness_effect", "environment_effect", "return_effect", "talent_effect", "tax_semielasticity", "congestion",
        "agreement_effect", "rule_of_law_effect", "offshore_effect", "services_effect", "size_effect",
    ),
}  # fmt: skip


def decompose(
    strategy: str = "single_ftz",
    reps: int = 5,
    firms: int = 2_000,
    end: str = "2035Q4",
    seed: int = 1,
    workers: int = 1,
) -> pd.DataFrame:
    """Return the full, frozen and flow effects of a strategy on provinces without a zone.

    Args:
        strategy: name of a shipped scenario with zones, or its file.
        reps: matched seeds.
        firms: slots for firms.
        end: last quarter.
        seed: seed of the experiment.
        workers: processes.

    Returns:
        one row for each outcome (gdp, talents, fdi) and part (full, frozen, flows), in percent of the outcome in
        `no_ftz`; ``siphon`` and ``radiation`` are the means of the losses and of the gains of single provinces.

    Raises:
        InputError: if the input is not valid.
        RuntimeError: if a run fails.
    """
    import pandas as pd

    reps, seed, workers = check_numbers(reps, seed, workers)
    overrides = [f"population.firms={firms}", f"horizon.end={end}"]
    zones, none = (Scenario.load(name, overrides) for name in (strategy, NO_ZONES))
    if zones.name == none.name:
        raise InputError("without_zones", name=NO_ZONES)
    specs = [zones, none, *(frozen(spec) for spec in (zones, none))]
    played = play(specs, tuple(PROVINCIAL), reps, seed, workers)
    others = ~played[zones.name].acts
    full, rest = (effects(played, a.name, b.name)[:, :, others] for a, b in (specs[:2], specs[2:]))
    parts = {"full": full, "frozen": rest, "flows": full - rest}
    return pd.DataFrame(
        [_row(outcome, part, effect[:, i]) for i, outcome in enumerate(PROVINCIAL) for part, effect in parts.items()]
    )


def frozen(spec: Scenario) -> Scenario:
    """Return ``spec`` in which nobody and no plant moves and foreign investment keeps its shares of 2013."""
    still = {
        mechanism: getattr(spec.parameters, mechanism).model_copy(update=dict.fromkeys(names, 0.0))
        for mechanism, names in STILL.items()
    }
    parameters = spec.parameters.model_copy(update=still)
    return spec.model_copy(update={"name": f"{spec.name}-frozen", "parameters": parameters})


class Played:
    """Outcomes of one scenario in the final year [replicates, outcomes, R], and where a zone acts at the end [R]."""

    def __init__(self, reps: int, outcomes: Sequence[str]) -> None:
        self.outcomes = outcomes
        self.values = np.full((reps, len(outcomes), N_REGIONS), np.nan)
        self.acts = np.zeros(N_REGIONS, dtype=bool)

    def add(self, run: Run) -> None:
        """Keep what a run says."""
        tables = run.tables
        final, codes = last_year(tables.quarters), tables.codes
        self.values[run.replicate] = [year(tables.regions[n], final, REGION[n].aggregate) for n in self.outcomes]
        self.acts = np.isin(codes.regions.code, np.array(codes.zones.code)[tables.zones["is_open"][-1] > 0])


def play(specs: Sequence[Scenario], outcomes: Sequence[str], reps: int, seed: int, workers: int) -> dict[str, Played]:
    """Run scenarios with matched seeds and return their provincial outcomes by name.

    Raises:
        RuntimeError: if a run fails.
    """
    played = {spec.name: Played(reps, outcomes) for spec in specs}
    for run in map_runs(replicate_jobs(specs, reps, seed), workers):
        if isinstance(run, FailedRun):
            raise RuntimeError(f"{run.run_id} failed: {run.error}")
        played[run.spec.name].add(run)
    return played


def effects(played: Mapping[str, Played], with_zones: str, without: str) -> Array:
    """Return 100 ln(outcome / outcome without zones) [replicates, outcomes, R]."""
    return np.asarray(100 * np.log(played[with_zones].values / played[without].values))


def _row(outcome: str, part: str, effect: Array) -> dict[str, Any]:
    found = paired_difference(effect.mean(axis=1)[:, None])
    return {
        "outcome": outcome,
        "part": part,
        "effect": found.mean[0],
        "ci_low": found.low[0],
        "ci_high": found.high[0],
        "siphon": np.minimum(effect, 0).mean(),
        "radiation": np.maximum(effect, 0).mean(),
        "n": found.n,
    }
