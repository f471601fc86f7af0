"""What the ratchet is worth: the same crisis with ratchet, with standstill only, and with neither.

    python -m ftz_sim.analysis.ratchet --reps 5 --firms 2000 --out results/levers

In `single_ftz` the lever ratchet_commitment is set to 1 (ratchet: lists only shorten), 0.5 (standstill: in a crisis
lists may grow back to their length at the fork) or 0 (lists grow back in any quarter) from the
fork on, each with and without a sudden stop of capital in 2027. Differences to the ratchet are paired by seed. They
hold what investors believe in quiet years (`policy_trust`), too, and that a crisis under a full ratchet lasts longer
(`capital_account`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.responses import response
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.model.clock import Quarter
from ftz_sim.results import FailedRun
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import check_numbers
from ftz_sim.scenario.scenario import LeverStep, Scenario

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
COMMITMENTS = {1.0: "ratchet", 0.5: "standstill", 0.0: "neither"}
CRISIS = "shocks=[{kind: crisis, from: 2027Q1, to: 2027Q4}]"
START = Quarter(2027, 1).index
AFTER = 2028  # the year after the crisis
INDICATORS = ("list_zone", "list_national", "services_list_zone", "effective_openness", "fdi", "gdp")
RESPONSES = {"trough": "%", "cumulative_loss": "% of a year's GDP", "recovery_quarters": "quarters"}


def ratchet(
    reps: int = 5, firms: int = 2_000, end: str = "2035Q4", seed: int = 1, workers: int = 1, progress: bool = False
) -> pd.DataFrame:
    """Return means by commitment, in calm and crisis, in 2028 and the final year, and differences to the ratchet.

    ``trough``, ``cumulative_loss`` and ``recovery_quarters`` are those of GDP in the crisis against the same run
    without it.

    Raises:
        InputError: if the input is not valid.
        RuntimeError: if a run fails.
    """
    import pandas as pd

    reps, seed, workers = check_numbers(reps, seed, workers)
    if last_year(Quarter.parse(end).index + 1) <= AFTER:
        raise InputError("after_crisis", after=AFTER, end=end)
    gdp, values = _outcomes(replicate_jobs(_specs(firms, end), reps, seed), reps, workers, progress)
    rows: list[dict[str, Any]] = []
    for commitment, word in COMMITMENTS.items():
        for world in ("calm", "crisis"):
            here, best = values[world, commitment], values[world, 1.0]
            for k, at in enumerate((str(AFTER), end[:4])):
                rows += [_row((word, world, name, at), here[:, k, i], best[:, k, i])
                         for i, name in enumerate(INDICATORS)]  # fmt: skip
        here, best = (_responses(gdp, level) for level in (commitment, 1.0))
        rows += [_row((word, "crisis", name, "2027-31"), here[:, i], best[:, i]) for i, name in enumerate(RESPONSES)]
    return pd.DataFrame(rows)


def _specs(firms: int, end: str) -> list[Scenario]:
    specs = []
    for world, shocks in (("calm", []), ("crisis", [CRISIS])):
        spec = Scenario.load("single_ftz", [f"population.firms={firms}", f"horizon.end={end}", *shocks])
        for commitment in COMMITMENTS:
            step = {"lever": "ratchet_commitment", "from": str(spec.horizon.fork), "level": commitment}
            policy = (*spec.policy, LeverStep.model_validate(step))
            specs.append(spec.model_copy(update={"name": f"{world}:{commitment}", "policy": policy}))
    return specs


def _outcomes(jobs: Sequence[Any], reps: int, workers: int, progress: bool) -> tuple[dict[Any, Any], dict[Any, Array]]:
    gdp: dict[Any, Any] = {}
    values: dict[Any, Array] = {}
    for run in map_runs(jobs, workers, progress, NATIONAL_ONLY):
        if isinstance(run, FailedRun):
            raise RuntimeError(f"{run.run_id} failed: {run.error}")
        world, commitment = run.spec.name.split(":")
        key = world, float(commitment)
        national, final = run.tables.national, last_year(run.tables.quarters)
        gdp.setdefault(key, {})[run.replicate] = national["gdp"]
        values.setdefault(key, np.full((reps, 2, len(INDICATORS)), np.nan))[run.replicate] = [
            [year(national[name], at, NATIONAL[name].aggregate) for name in INDICATORS] for at in (AFTER, final)
        ]
    return gdp, values


def _responses(gdp: dict[Any, Any], commitment: float) -> Array:
    calm, crisis = gdp["calm", commitment], gdp["crisis", commitment]
    found = np.array([response(crisis[replicate], calm[replicate], START) for replicate in calm])
    return found * [100, 100, 1]


def _row(key: tuple[str, str, str, str], value: Array, ratchet: Array) -> dict[str, Any]:
    name = key[2]
    variable = NATIONAL.get(name)
    scale = variable.scale if variable else "level"
    unit = {"log": "%", "points": "points"}.get(scale, variable.unit if variable else RESPONSES[name])
    found = paired_difference(scaled_difference(value, ratchet, scale)[:, None])
    return {
        **dict(zip(("commitment", "world", "indicator", "at"), key, strict=True)),
        "mean": value.mean(),
        "against_ratchet": found.mean[0],
        "ci_low": found.low[0],
        "ci_high": found.high[0],
        "unit": unit,
        "n": found.n,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the study from the command line and write ``ratchet.csv``."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m ftz_sim.analysis.ratchet")
    for name, default in (("reps", 5), ("firms", 2_000), ("seed", 1), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--out", type=Path, default=Path("results/levers"))
    asked = parser.parse_args(arguments)
    try:
        table = ratchet(asked.reps, asked.firms, seed=asked.seed, workers=asked.workers, progress=True)
    except InputError as error:
        parser.error(str(error))
    asked.out.mkdir(parents=True, exist_ok=True)
    table.to_csv(asked.out / "ratchet.csv", index=False)
    print(asked.out / "ratchet.csv")


if __name__ == "__main__":
    main()
