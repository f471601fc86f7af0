"""The lever study: take away every lever and every mechanism in turn, and see what moves.

    python studies/levers.py --reps 8 --workers 2 --out results/levers --page docs/levers.md

For every lever: its strategy as shipped against the same strategy with the lever as history left it, from the fork
on, and, where history has pulled it, with the lever never pulled (`lever_variants`). For every mechanism that can be
off: with and without it in the whole run. Runs of one seed share their random numbers, so differences are paired.

An effect is with minus without, in the final year of the run, on what the papers name and on `OUTCOMES`. Verdicts
carry 95 % t-intervals each (of a hundred verdicts on nothing, about five would find something). What the lever's own
rule writes moves by construction (`construction`) and counts as no finding; nor does a difference of a millionth, which
is a rounding. What moves most is looked for among those that follow (`moves_most`).

GDP gained per yuan, or why it is blank, is that of `gain_per_yuan`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.gain_per_yuan import GDP, gain_per_yuan
from ftz_sim.analysis.lever_measures import (
    MEASURES,
    OUTCOMES,
    PLACES,
    SCALES,
    TABLES,
    measure,
    present_values,
    unit,
)
from ftz_sim.analysis.lever_variants import Variant, variants
from ftz_sim.analysis.lever_verdicts import verdict
from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.analysis.statistics import Difference, paired_difference
from ftz_sim.indicators.responses import leakage
from ftz_sim.results import FailedRun
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import check_numbers
from ftz_sim.scenario.groups import GROUP_OF, GROUPS
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.trace.construction import by_construction
from ftz_sim.trace.moves_most import moves_most

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
WHY = {  # no gain per yuan is told
    None: "",
    "costs_almost_nothing": "costs next to nothing",
    "cost_unsure": "cost not told from 0",
    "costs_no_more": "saves money",
    "gain_unsure": "gain not told from 0",
}
GREEN = GROUPS["green"]
IN_PERCENT, IN_POINTS = (np.array([scale == each for scale in SCALES]) for each in ("log", "points"))
EXPECTED = {**{name: MEASURES[name].direction for name in OUTCOMES}, "policy_cost": 1}  # measures cost money


class Study(NamedTuple):
    """Outcomes of all runs by name of scenario, and what was asked."""

    variants: list[Variant]
    outcomes: dict[str, Array]  # [reps, measures]
    values: dict[str, Array]  # discounted GDP and policy cost [reps, 2]
    reps: int
    firms: int
    end: str
    failed: list[FailedRun]

    @property
    def table(self) -> pd.DataFrame:
        """One row for each thing taken away and each indicator: those that it is said to move, then `OUTCOMES`."""
        return self._frame(self._rows)

    @property
    def leakages(self) -> pd.DataFrame:
        """Carbon leakage of each lever that cuts emissions in zones: what comes back outside, per ton cut inside."""
        return self._frame(self._leakage)

    @property
    def per_yuan(self) -> pd.DataFrame:
        """GDP gained per yuan of policy cost by the step of each lever, or why there is no such number."""
        return self._frame(self._per_yuan)

    @property
    def shares(self) -> pd.DataFrame:
        """Share of each group in the sum of the effects on GDP that are above 0, of steps from the fork on."""
        table = self.table
        found = table[table["is_step"] & table["indicator"].eq("gdp") & table["ci_low"].gt(0)]
        found = found[found["when"].eq("from the fork on")]
        by_group = found.groupby("group")["effect"].agg(["sum", "count"]).reindex(list(GROUPS), fill_value=0.0)
        whole = by_group["sum"].sum()
        by_group["share"] = by_group["sum"] / whole if whole > 0 else np.nan
        return by_group.rename(columns={"sum": "effect", "count": "levers"}).reset_index()

    def effect(self, variant: Variant) -> Difference:
        """Return the paired effect, with minus without, on every measure."""
        on, off = self._pair(self.outcomes, variant)
        pairs = zip(on.T, off.T, SCALES, strict=True)
        columns = [scaled_difference(a, b, scale) for a, b, scale in pairs]
        return paired_difference(np.stack(columns, axis=1))

    def _frame(self, rows: Any) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame([row for variant in self.variants for row in rows(variant)])

    def _pair(self, of: dict[str, Array], variant: Variant) -> tuple[Array, Array]:
        # with and without, in the replicates that both finished
        on, off = of[variant.said.strategy], of[variant.spec.name]
        kept = np.isfinite(on).all(axis=1) & np.isfinite(off).all(axis=1)
        return on[kept], off[kept]

    def _rows(self, variant: Variant) -> Iterator[dict[str, Any]]:
        found, own, size = self.effect(variant), by_construction(variant.kind, variant.name), self._size(variant)
        most = moves_most(found, size, own)
        claimed = {move.indicator: move.direction for move in variant.said.moves}
        for indicator in dict.fromkeys([*claimed, *OUTCOMES]):
            i, direction = PLACES[indicator], claimed.get(indicator, 0)
            wanted = direction or EXPECTED[indicator]
            yield {
                **_facts(variant),
                "claims": " ".join(variant.said.claims),
                "indicator": indicator,
                "claimed": {1: "+", -1: "-", 0: ""}[direction],
                "effect": found.mean[i],
                "ci_low": found.low[i],
                "ci_high": found.high[i],
                "unit": unit(indicator),
                "n": found.n,
                "firms": self.firms,
                "verdict": verdict(
                    found, i, direction, MEASURES[indicator].direction, wanted * (indicator in own), size[i]
                ),
                "detectable": found.detectable[i],
                **most,
            }

    def _size(self, variant: Variant) -> Array:
        # mean of every measure, with and without, in the unit of its differences: effects over it are relative
        level = np.abs(np.concatenate(self._pair(self.outcomes, variant))).mean(axis=0)
        return np.select([IN_PERCENT, IN_POINTS], [np.full(level.shape, 100.0), 100 * level], level)

    def _per_yuan(self, variant: Variant) -> Iterator[dict[str, Any]]:
        if variant.is_step:
            on, off = self._pair(self.values, variant)
            gain = gain_per_yuan(on - off, float(off[:, GDP].mean()) if len(off) else np.nan)
            yield {
                **_facts(variant),
                "per_yuan": np.nan if gain.ratio is None else gain.ratio,
                "ci_low": gain.low,
                "ci_high": gain.high,
                "n": len(on),
                "gain": gain.gain,
                "cost": gain.cost,
                "reason": WHY[gain.blank] if len(on) > 1 else "fewer than two runs",
            }

    def _leakage(self, variant: Variant) -> Iterator[dict[str, Any]]:
        if variant.name not in GREEN or not variant.is_step:
            return
        columns = [PLACES[name] for name in ("co2", "zones.co2")]
        on, off = (each[:, columns].T for each in self._pair(self.outcomes, variant))
        found = leakage(*on, *off)
        share = paired_difference(found[np.isfinite(found), None])
        yield {
            "name": variant.name,
            "leakage": share.mean[0],
            "ci_low": share.low[0],
            "ci_high": share.high[0],
            "n": share.n,
            "n_without_cut": len(found) - share.n,
        }


def _facts(variant: Variant) -> dict[str, Any]:
    return {
        "kind": variant.kind,
        "name": variant.name,
        "group": GROUP_OF[variant.name] if variant.kind == "lever" else "",
        "when": variant.when,
        "step": variant.step,
        "is_step": variant.is_step,
        "strategy": variant.said.strategy,
    }


def study(
    reps: int = 8,
    firms: int = 2_000,
    end: str = "2035Q4",
    seed: int = 1,
    workers: int = 1,
    only: Sequence[str] = (),
    progress: bool = False,
) -> Study:
    """Run the lever study.

    Args:
        reps: matched seeds.
        firms: slots for firms.
        end: last quarter.
        seed: seed of the experiment.
        workers: processes.
        only: levers and mechanisms to take away; all of them if empty.
        progress: whether to show a bar.

    Raises:
        InputError: if the input is not valid.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    each = variants(firms, end, only)
    overrides = [f"population.firms={firms}", f"horizon.end={end}"]
    specs = [Scenario.load(name, overrides) for name in sorted({variant.said.strategy for variant in each})]
    specs += [variant.spec for variant in each if variant.kind == "lever"]
    switched = [variant.spec for variant in each if variant.kind == "mechanism"]
    # runs with other mechanisms are stepped apart: together are those of one switch; else those of one seed
    alike = sorted(replicate_jobs(switched, reps, seed), key=lambda job: job.spec.name)
    found = Study(each, {}, {}, reps, firms, end, [])
    for spec in [*specs, *switched]:
        found.outcomes[spec.name] = np.full((reps, len(MEASURES)), np.nan)
        found.values[spec.name] = np.full((reps, 2), np.nan)
    for jobs in (replicate_jobs(specs, reps, seed), alike):
        for run in map_runs(jobs, workers, progress, TABLES):
            if isinstance(run, FailedRun):
                found.failed.append(run)
            else:
                found.outcomes[run.spec.name][run.replicate] = measure(run.tables)
                found.values[run.spec.name][run.replicate] = present_values(run.tables)
    return found
