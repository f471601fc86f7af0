"""Strategies that spend the same: one factor on what each adds, so that its policy cost equals a target.

What a strategy adds are its lever steps from the fork on. With factor x every such step leads to
``before + x (level - before)``, where ``before`` is the lever's level in the quarter before the fork (zone by zone),
so x = 1 is the strategy as written and x = 0 policy as it stood. The target is the policy cost of the reference from
the fork to the end, discounted at 3 % a year, mean over a few runs. A strategy that costs more is scaled down by
bisection until its cost is within 1 %; one that costs less cannot pull harder than levels of 1 allow and stays as it
is, which is said. All strategies meet common random numbers, so little noise is in the comparison of costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.analysis.panel import CUMULATED, DISCOUNT_RATE
from ftz_sim.errors import InputError
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.indicators.yearly import discounted
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.results import FailedRun
from ftz_sim.results.statements import money, statement, tell
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import check_comparable, check_numbers
from ftz_sim.runs.uncertainties import SHOCKS, apply
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import LeverStep, Scenario
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ftz_sim.analysis.comparison import Comparison
    from ftz_sim.runs.sweep_file import Plan

TOLERANCE = 0.01  # relative
COST_REPS = 3  # runs that measure the cost of a strategy
UNSCALED = "unscaled"  # folder of the strategies as they were before
MOST_STEPS = 12
COLUMNS = ("scenario", "factor", "cost", "target", "equal")


class Equalised(NamedTuple):
    """One strategy at the target's cost, or as near as it comes."""

    spec: Scenario
    factor: float  # on the levers that it adds
    cost: float  # bn yuan, discounted to the fork
    target: float
    equal: bool  # within the tolerance


def equalise(
    specs: Sequence[Scenario], reference: str | None = None, reps: int = 2, seed: int = 1, workers: int = 1
) -> list[Equalised]:
    """Scale what strategies add until they cost as much as the reference.

    Args:
        specs: scenarios with equal horizon and population.
        reference: name of the one whose cost is the target; by default as in `compare`.
        reps: runs for each evaluation of a cost; replicates are those of `compare` with the same seed.
        seed: seed of the experiment.
        workers: processes.

    Raises:
        InputError: if the input is not valid, a scenario has rules, or the reference adds no lever.
        RuntimeError: if a run fails.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    reference = check_comparable(specs, reference)
    if ruled := [spec.name for spec in specs if spec.rules]:
        raise InputError("rules_scaled", name=ruled[0])
    costs = dict(zip((spec.name for spec in specs), mean_costs(specs, reps, seed, workers), strict=True))
    target = costs[reference]
    if target <= 0:
        raise InputError("worth_nothing", reference=reference)

    def one(spec: Scenario) -> Equalised:
        at_full = Equalised(spec, 1.0, costs[spec.name], target, abs(costs[spec.name] / target - 1) <= TOLERANCE)
        too_dear = costs[spec.name] > target and not at_full.equal
        return _bisected(at_full, reps, seed, workers) if too_dear and added(spec) else at_full

    return [one(spec) for spec in specs]


def at_equal_cost(plan: Plan, workers: int = 1) -> tuple[Plan, list[Equalised]]:
    """Return a sweep whose scenarios cost as much as the cheapest of them, at fixed parameters and without its shocks.

    Raises:
        InputError: if there is one scenario only, or the cheapest adds nothing that costs anything.
        RuntimeError: if a run fails.
    """
    calm = {name: 0.0 for name in plan.factors if name.startswith(f"{SHOCKS}.")}
    specs = [apply(spec, calm) for spec in plan.specs]
    check_comparable(specs, None)
    cheapest = specs[int(np.argmin(mean_costs(specs, COST_REPS, plan.record.seed, workers)))].name
    found = equalise(specs, cheapest, COST_REPS, plan.record.seed, workers)
    pairs = zip(plan.specs, found, strict=True)
    equal = tuple(spec.model_copy(update={"policy": each.spec.policy}) for spec, each in pairs)
    costs = [dict(zip(COLUMNS, (each.spec.name, *each[1:]), strict=True)) for each in found]
    return replace(plan, specs=equal, costs=costs), found


def mean_costs(specs: Sequence[Scenario], reps: int, seed: int, workers: int = 1) -> list[float]:
    """Return the discounted policy cost from the fork on of every scenario, mean over replicates, in bn yuan."""
    costs: dict[str, list[float]] = {spec.name: [] for spec in specs}
    for run in map_runs(replicate_jobs(specs, reps, seed), workers, names=NATIONAL_ONLY):
        if isinstance(run, FailedRun):
            raise RuntimeError(f"{run.run_id} failed: {run.error}")
        cost = discounted(run.tables.national["policy_cost"], run.spec.horizon.fork.index, DISCOUNT_RATE)
        costs[run.spec.name].append(float(cost))
    return [float(np.mean(costs[spec.name])) for spec in specs]


def added(spec: Scenario) -> list[LeverStep]:
    """Return the lever steps that begin at the fork or later."""
    return [step for step in spec.policy if step.start != "opening" and step.start >= spec.horizon.fork]


def scaled(spec: Scenario, factor: float) -> Scenario:
    """Return ``spec`` with what it adds at ``factor`` (0 to 1) of its distance from the level before the fork."""
    new = added(spec)
    kept = tuple(step for step in spec.policy if step not in new)
    fork = spec.horizon.fork.index
    codes = spec.zone_codes
    before = compile_policy(kept, spec.figures.zones.opening_quarter, fork, codes) if fork else None
    steps: list[LeverStep] = []
    for step in new:
        level = np.zeros(1) if before is None else np.atleast_1d(before.level(step.lever)[-1])
        steps += [step] if step.lever == "zone_status" else _toward(step, level, factor, codes)
    return spec.model_copy(update={"policy": (*kept, *steps)})


def _toward(step: LeverStep, before: np.ndarray, factor: float, codes: Sequence[str]) -> Iterator[LeverStep]:
    if CATALOGUE[step.lever].scope == "nation":
        yield _step(step, before[0] + factor * (step.level - before[0]), None)
        return
    by_zone, rows = np.broadcast_to(before, len(codes)), step.rows(codes)
    for level in sorted({float(by_zone[row]) for row in rows}):
        zones = tuple(codes[row] for row in rows if by_zone[row] == level)
        yield _step(step, level + factor * (step.level - level), zones if len(zones) < len(codes) else None)


def _step(step: LeverStep, level: float, zones: tuple[str, ...] | None) -> LeverStep:
    return step.model_copy(update={"level": float(np.clip(level, 0, 1)), "zones": zones})


def _bisected(full: Equalised, reps: int, seed: int, workers: int) -> Equalised:
    low, high, best = 0.0, 1.0, full
    for _ in range(MOST_STEPS):
        factor = (low + high) / 2
        spec = scaled(full.spec, factor)
        cost = mean_costs([spec], reps, seed, workers)[0]
        gap = cost / full.target - 1
        best = Equalised(spec, factor, cost, full.target, abs(gap) <= TOLERANCE)
        if best.equal:
            break
        low, high = (factor, high) if gap < 0 else (low, factor)
    return best


def stored_costs(folder: Path, result: Comparison, reps: int) -> list[Equalised]:
    """Return at which cost the strategies of a stored comparison were made equal, made again as far as it can be.

    Costs are those of the first ``reps`` replicates. A factor that does not make the stored strategy of the one in
    `UNSCALED` is nan.
    """
    import pandas as pd

    names = result.panel.scenarios
    table = pd.read_csv(folder / "equal_cost.csv").set_index("scenario")
    present = result.panel.present_value[:, :reps, CUMULATED.index("policy_cost")].mean(axis=1)
    costs = dict(zip(names, map(float, present), strict=True))
    target = costs[result.reference]
    found = []
    for name in names:
        full, spec = (Scenario.load(folder / place / f"{name}.yaml") for place in (UNSCALED, "scenarios"))
        factor, cost = float(table["factor"][name]), costs[name]
        again = full if factor == 1 else scaled(full, factor)
        alike = again.model_dump(mode="json") == spec.model_dump(mode="json")
        right = factor if 0 <= factor <= 1 and alike else np.nan
        found.append(Equalised(spec, right, cost, target, abs(cost / target - 1) <= TOLERANCE))
    return found


def sentence(found: Equalised, lang: Lang = "en") -> str:
    """Say how hard a strategy pulls and what it costs, in ``en`` or ``zh``."""
    key = "equal" if found.equal else "less" if found.cost < found.target else "more"
    costs = {"cost": money(found.cost), "target": money(found.target)}
    return tell(statement(f"equal_cost.{key}", name=found.spec.name, factor=found.factor, **costs), lang)


def frame(found: Sequence[Equalised]) -> pd.DataFrame:
    """Return one row for each scenario: factor, cost, target, and whether they are equal."""
    import pandas as pd

    rows = [(each.spec.name, *each[1:]) for each in found]
    return pd.DataFrame(rows, columns=COLUMNS)
