"""The lever study: switch off every lever and every mechanism in turn, and see what moves.

    python -m ftz_sim.analysis.lever_study --reps 8 --workers 2 --out results/levers --page docs/levers.md

For every lever: its strategy as shipped against the same strategy with the lever at 0 from the fork on, and,
where history already pulls it, with the lever at 0 in the whole run. For every mechanism that can be off: with
and without it in the whole run. Equal seeds meet equal luck, so differences are paired.

An effect is with minus without, in the final year of the run. Verdicts on claims carry 95 % t-intervals each
(of a hundred verdicts on nothing, about five would find something). What shows no effect is played again with
``--again`` firms, where the luck of single firms counts less, and these rows take the place of the first. "Moves
most" is the indicator with the largest change relative to its level, among those whose effect passes 5 % after
Bonferroni's correction for all indicators. Policy cost is no candidate, so that a lever that only costs money is
found out; nor is what has no level of its own (the growth account, the overrun of budgets).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis import lever_verdicts
from ftz_sim.analysis.lever_variants import WHEN, Variant, variants
from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.analysis.statistics import Difference, paired_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.responses import leakage
from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import GROWTH_ACCOUNT, NATIONAL, ZONE, Variable
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.results import FailedRun
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import check_numbers
from ftz_sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
NO_CANDIDATE = ("policy_cost", "policy_cost_share", "zones.policy_cost", "zones.budget_gap", "growth_total")
ROUNDING = 1e-11  # relative
GREEN = ("green_credit", "green_gate", "carbon_accounting", "carbon_budget", "carbon_market", "green_retrofit")
MEASURES: dict[str, Variable] = {
    **NATIONAL,
    **{f"zones.{name}": variable for name, variable in ZONE.items() if name not in ("top_field", "is_open", "warned")},
    "talent_reallocation": Variable(
        "talent_reallocation", "national", "10^3 FTE/yr", 0, "sum", "level",
        "R&D staff changing province", "研发人才省际再配置",
        "Half the sum of the provinces' net flows.", "各省净流量绝对值之和的一半。",
    ),
}  # fmt: skip


def measure(tables: Tables) -> Array:
    """Return every measure of a run in its final year, in the order of `MEASURES`."""
    final = last_year(tables.quarters)

    def value(name: str, variable: Variable) -> float:
        if name.startswith("zones."):
            by_zone = year(tables.zones[name.removeprefix("zones.")], final, variable.aggregate)
            return float(by_zone.sum() if variable.scale == "log" else by_zone.mean())
        if name == "talent_reallocation":
            return float(np.abs(year(tables.regions["net_talent_flow"], final, "sum")).sum() / 2)
        return float(year(tables.national[name], final, variable.aggregate))

    return np.array([value(name, variable) for name, variable in MEASURES.items()])


class Study(NamedTuple):
    """Outcomes of all runs [reps, measures] by name of scenario, and what was asked."""

    variants: list[Variant]
    outcomes: dict[str, Array]
    reps: int
    firms: int
    end: str
    failed: list[FailedRun]
    again: Study | None = None  # with more firms, what showed no effect

    @property
    def table(self) -> pd.DataFrame:
        """One row for each thing switched off and each indicator that it is said to move."""
        import pandas as pd

        first = pd.DataFrame([row for variant in self.variants for row in self._rows(variant)])
        if self.again is None:
            return first
        second = self.again.table
        replaced = first["name"].isin(second["name"])
        return pd.concat([first[~replaced], second.set_axis(first.index[replaced])]).sort_index()

    @property
    def unclear(self) -> list[str]:
        """Levers and mechanisms that show no effect, on what they are said to move or on anything."""
        table = self.table
        silent = table["verdict"].eq("no effect found") | ~table["most_sure"]
        return [str(name) for name in table.loc[silent, "name"].unique()]

    @property
    def leakages(self) -> pd.DataFrame:
        """Carbon leakage of each lever that cuts emissions in zones: what comes back outside, per ton cut inside."""
        import pandas as pd

        return pd.DataFrame([row for variant in self.variants for row in self._leakage(variant)])

    def _leakage(self, variant: Variant) -> Iterator[dict[str, Any]]:
        if variant.name not in GREEN or variant.off != "fork":
            return
        columns = [list(MEASURES).index(name) for name in ("co2", "zones.co2")]
        on, off = (self.outcomes[name][:, columns].T for name in (variant.said.strategy, variant.spec.name))
        found = leakage(*on, *off)
        found = found[np.isfinite(found)]
        if len(found) > 1:
            share = paired_difference(found[:, None])
            yield {
                "name": variant.name,
                "leakage": share.mean[0],
                "ci_low": share.low[0],
                "ci_high": share.high[0],
                "n": share.n,
                "n_without_cut": self.reps - share.n,
            }

    def effect(self, variant: Variant) -> Difference:
        """Return the paired effect, with minus without, on every measure."""
        on, off = self.outcomes[variant.said.strategy], self.outcomes[variant.spec.name]
        kept = np.isfinite(on).all(axis=1) & np.isfinite(off).all(axis=1)
        scales = [variable.scale for variable in MEASURES.values()]
        pairs = zip(on[kept].T, np.where(_equal(on, off), on, off)[kept].T, scales, strict=True)
        columns = [scaled_difference(a, b, scale) for a, b, scale in pairs]
        return paired_difference(np.stack(columns, axis=1))

    def _rows(self, variant: Variant) -> Iterator[dict[str, Any]]:
        found = self.effect(variant)
        most = _most(found, self._level(variant))
        for move in variant.said.moves:
            i = list(MEASURES).index(move.indicator)
            yield {
                "kind": variant.kind,
                "name": variant.name,
                "off": WHEN[variant.off],
                "strategy": variant.said.strategy,
                "claims": " ".join(variant.said.claims),
                "indicator": move.indicator,
                "claimed": "+" if move.direction > 0 else "-",
                "effect": found.mean[i],
                "ci_low": found.low[i],
                "ci_high": found.high[i],
                "unit": unit(move.indicator),
                "n": found.n,
                "firms": self.firms,
                "verdict": _verdict(found, i, move.direction),
                "detectable": found.detectable[i],
                **most,
            }

    def _level(self, variant: Variant) -> Array:
        # mean size of every measure, with and without
        both = [np.abs(self.outcomes[name]) for name in (variant.said.strategy, variant.spec.name)]
        return np.nanmean(np.concatenate(both), axis=0)


def _equal(a: Array, b: Array) -> Array:
    # sums over firms may differ by rounding where nothing moved
    return np.isclose(a, b, rtol=ROUNDING, atol=0)


def unit(indicator: str) -> str:
    """Return the unit in which an effect on ``indicator`` is given."""
    variable = MEASURES[indicator]
    return {"log": "%", "points": "points"}.get(variable.scale, variable.unit)


def _verdict(found: Difference, i: int, direction: int) -> str:
    if found.identical[i]:
        return "identical: no effect at all"
    if not np.isfinite(found.mean[i]):
        return "no percentage of 0"
    if not np.isfinite(found.low[i]):
        return "one run, no interval"
    if found.low[i] <= 0 <= found.high[i]:
        return "no effect found"
    return "as claimed" if found.mean[i] * direction > 0 else "opposite"


def _most(found: Difference, level: Array) -> dict[str, Any]:
    from scipy import stats

    scales = [variable.scale for variable in MEASURES.values()]
    size = np.array(
        [
            100.0 if scale == "log" else value * (100 if scale == "points" else 1)
            for value, scale in zip(level, scales, strict=True)
        ]
    )
    relative = np.abs(found.mean) / np.maximum(size, 1e-300)
    usable = np.array([name not in NO_CANDIDATE and name not in GROWTH_ACCOUNT for name in MEASURES])
    usable &= np.isfinite(relative) & np.isfinite(found.low) & (found.mean != 0)
    half = (found.high - found.low) / 2
    strict = stats.t.ppf(1 - 0.025 / len(MEASURES), found.n - 1) / stats.t.ppf(0.975, found.n - 1)
    sure = usable & (np.abs(found.mean) > strict * half)
    if not usable.any():
        return {"most": "none", "most_effect": 0.0, "most_sure": False}
    i = int(np.where(sure if sure.any() else usable, relative, -1).argmax())
    return {"most": list(MEASURES)[i], "most_effect": found.mean[i], "most_sure": bool(sure.any())}


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
        only: levers and mechanisms to switch; all of them if empty.
        progress: whether to show a bar.

    Raises:
        InputError: if the input is not valid.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    each = variants(firms, end, only)
    overrides = [f"population.firms={firms}", f"horizon.end={end}"]
    references = [Scenario.load(name, overrides) for name in sorted({variant.said.strategy for variant in each})]
    specs = [*references, *(variant.spec for variant in each)]
    outcomes = {spec.name: np.full((reps, len(MEASURES)), np.nan) for spec in specs}
    failed = []
    for run in map_runs(replicate_jobs(specs, reps, seed), workers, progress):
        if isinstance(run, FailedRun):
            failed.append(run)
        else:
            outcomes[run.spec.name][run.replicate] = measure(run.tables)
    return Study(each, outcomes, reps, firms, end, failed)


def write(found: Study, folder: Path) -> list[Path]:
    """Write ``levers.csv`` and ``levers.md`` to ``folder``, ``leakage.csv`` too if there is any; return the paths."""
    from ftz_sim.analysis.lever_page import page

    folder.mkdir(parents=True, exist_ok=True)
    table, text = folder / "levers.csv", folder / "levers.md"
    found.table.to_csv(table, index=False)
    text.write_text(page(found), encoding="utf-8")
    leakages = found.leakages
    if leakages.empty:
        return [table, text]
    leakages.to_csv(folder / "leakage.csv", index=False)
    return [table, text, folder / "leakage.csv"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the study from the command line and write its table."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m ftz_sim.analysis.lever_study", description=__doc__.split("\n")[0])
    for name, default in (("reps", 8), ("firms", 2_000), ("seed", 1), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--again", type=int, default=20_000, help="firms for what shows no effect; 0: none")
    parser.add_argument("--end", default="2035Q4")
    parser.add_argument("--out", type=Path, default=Path("results/levers"))
    parser.add_argument("--page", type=Path, help="another place for a copy of the page")
    parser.add_argument("--ship", action="store_true", help="write the verdicts that ship with the package")
    parser.add_argument("only", nargs="*", help="levers and mechanisms; all if none is named")
    asked = parser.parse_args(arguments)
    if asked.ship and asked.only:
        parser.error("--ship writes the verdicts of all levers and mechanisms; name none")
    try:
        found = study(asked.reps, asked.firms, asked.end, asked.seed, asked.workers, asked.only, progress=True)
        if asked.again and found.unclear:
            size = asked.reps, asked.again, asked.end, asked.seed, asked.workers
            found = found._replace(again=study(*size, found.unclear, progress=True))
    except InputError as error:
        parser.error(str(error))
    paths = write(found, asked.out)
    if asked.page is not None:
        asked.page.write_text(paths[1].read_text(encoding="utf-8"), encoding="utf-8")
        paths.append(asked.page)
    if asked.ship:
        paths.append(lever_verdicts.write(found))
    print(*paths, sep="\n")
    for run in found.failed:
        print(f"{run.run_id} failed: {run.error}")


if __name__ == "__main__":
    main()
