"""What the model must show, and what would refute it: written to docs/falsification.md (`make falsify`).

    python studies/falsify.py [--firms 20000] [--seeds 10] [--workers 2] [--page docs/falsification.md]

Expectations were written down before the runs; a line that misses its own says so and stays. Static experiments at 2013,
with scipy and exact hat algebra as referees, stand in tests/markets; here whole runs are compared, paired by seed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.results import FailedRun, Run
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.together import start_of
from ftz_sim.scenario.scenario import Scenario

STRATEGIES = ("no_ftz", "history", "single_ftz", "cross_zone", "ftz_fta", "integrated")
GAPS = (
    ("history", "no_ftz"),
    ("single_ftz", "history"),
    ("cross_zone", "single_ftz"),
    ("ftz_fta", "single_ftz"),
    ("integrated", "single_ftz"),
)
SHOCK_FROM, SHOCK_YEAR = "2026Q1", 2026
LAST = 2035
COAST = ["BJ", "TJ", "HE", "LN", "SH", "JS", "ZJ", "FJ", "SD", "GD", "GX", "HI"]
HEAD = "| experiment | expected | found | as expected |\n|---|---|---|---|"


class Line(NamedTuple):
    """One line of the page; ``held`` is None where nothing was expected beforehand."""

    what: str
    expected: str
    found: str
    held: bool | None

    def markdown(self) -> str:
        """Return the line of the table."""
        verdict = {True: "yes", False: "**no**", None: "reported"}[self.held]
        return f"| {self.what} | {self.expected} | {self.found} | {verdict} |"


class Runs:
    """Runs of several scenarios, paired by seed."""

    def __init__(self, specs: dict[str, Scenario], options: argparse.Namespace) -> None:
        jobs = replicate_jobs(list(specs.values()), options.seeds, 1)
        self.names, self.runs = list(specs), list(_made(map_runs(jobs, options.workers, progress=True)))

    def national(self, name: str, indicator: str, year: int) -> np.ndarray:
        """Return the mean of a year of each seed [n]."""
        return np.array([_mean(run.national, indicator, year) for run in self._of(name)])

    def coast(self, name: str, indicator: str, year: int, inside: bool) -> np.ndarray:
        """Return sums over coastal or inland provinces in a year [n]."""
        found = []
        for run in self._of(name):
            table = run.regions[run.regions["region"].isin(COAST) == inside]
            found.append(_mean(table, indicator, year))
        return np.array(found)

    def gap(self, one: str, other: str, indicator: str, year: int) -> np.ndarray:
        """Return differences in % by seed [n]."""
        return 100 * (self.national(one, indicator, year) / self.national(other, indicator, year) - 1)

    def _of(self, name: str) -> list[Run]:
        return self.runs[self.names.index(name) :: len(self.names)]


def _made(runs: Iterator[Run | FailedRun]) -> Iterator[Run]:
    for run in runs:
        if isinstance(run, FailedRun):
            raise RuntimeError(run.error)
        yield run


def _mean(table: Any, indicator: str, year: int) -> float:
    return float(table.loc[table["quarter"].str.startswith(str(year)), indicator].mean())


def _within(values: np.ndarray, low: float, high: float) -> bool:
    return bool(low <= values.mean() <= high)


def _told(values: np.ndarray) -> str:
    return f"{values.mean():+.2f} % ({values.std(ddof=1):.2f})"


def shocks(options: argparse.Namespace) -> list[Line]:
    """Return what shocks do to `history` in their first year."""
    added = {
        "calm": "",
        "demand": f"{{kind: demand, from: {SHOCK_FROM}, to: {LAST}Q4, size: 0.3}}",
        "tariff": f"{{kind: tariff, partner: US, from: {SHOCK_FROM}, to: {LAST}Q4, size: 1.0}}",
        "embargo": f"{{kind: technology, from: {SHOCK_FROM}, to: {LAST}Q4, size: 1.0}}",
    }
    runs = Runs({name: _spec("history", options, [f"shocks=[{text}]"]) for name, text in added.items()}, options)
    income = {name: runs.gap(name, "calm", "real_income", SHOCK_YEAR) for name in added}
    volume = {name: runs.gap(name, "calm", "gdp", SHOCK_YEAR) for name in added}
    sides = [
        100 * (runs.coast("demand", "real_income", SHOCK_YEAR, side) / runs.coast("calm", "real_income", SHOCK_YEAR, side) - 1)
        for side in (True, False)
    ]
    says = {name: f"income {_told(income[name])}, volume {_told(volume[name])}" for name in added}
    return [
        Line(
            "world demand -30 % from 2026, first year",
            "income -.5 to -1.5 %, coast most",
            f"{says['demand']}; coast {sides[0].mean():+.2f}, inland {sides[1].mean():+.2f} %",
            _within(income["demand"], -1.5, -0.5) and sides[0].mean() < sides[1].mean(),
        ),
        Line(
            "US tariff +100 points on goods from 2026, first year",
            "income -.2 to -1.0 %",
            says["tariff"],
            _within(income["tariff"], -1.0, -0.2),
        ),
        Line(
            "embargo on strategic-emerging and future fields by all partners from 2026, first year",
            "income down, by -.3 to -3 %",
            says["embargo"],
            _within(income["embargo"], -3.0, -0.3),
        ),
    ]


def strategies(options: argparse.Namespace) -> list[Line]:
    """Return the gaps between strategies on volume, income and exports, and their noise."""
    runs = Runs({name: _spec(name, options) for name in STRATEGIES}, options)
    lines = []
    for one, other in GAPS:
        gdp = runs.gap(one, other, "gdp", LAST)
        more = ", ".join(f"{name} {_told(runs.gap(one, other, name, LAST))}" for name in ("real_income", "exports", "theil"))
        quiet = gdp.std(ddof=1) <= 0.1 * abs(gdp.mean())
        lines.append(
            Line(
                f"{one} against {other}, {LAST}",
                f"s.d. over {options.seeds} paired seeds at most a tenth of the gap in GDP",
                f"gdp {_told(gdp)}, {more}",
                quiet,
            )
        )
    return lines


def idle(options: argparse.Namespace) -> list[Line]:
    """Return whether zones that do nothing change anything."""
    bare = FtzModel(_spec("no_ftz", options), rng=1).run()
    without = [f"policy=[{{lever: zone_status, level: 0, from: 2013Q3}}]"]
    idle = FtzModel(_spec("no_ftz", options, without), rng=1).run()
    same = np.array_equal(bare.firms.value_added, idle.firms.value_added)
    return [Line("zones without status", "equal to no_ftz bit for bit", "equal" if same else "different", same)]


def accounts(options: argparse.Namespace) -> list[Line]:
    """Return the worst residuals of the accounts over all quarters of `integrated`."""
    model = FtzModel(_spec("integrated", options), rng=1)
    worst = dict.fromkeys(("cells", "income", "spending", "firms"), 0.0)
    while model.running:
        model.step()
        regions, nation = model.regions, model.nation
        income = regions.value_added.sum(1) + regions.duties
        net = regions.exports_by_field.sum() - regions.imports_by_field.sum()
        of_cells = model.firms.sum_by_region_field(model.firms.value_added)
        now = {
            "cells": nation.clearing_residual,
            "income": np.abs(income / regions.income - 1).max(),
            "spending": abs((regions.income.sum() - regions.spending.sum() - net) / nation.income),
            "firms": np.abs(of_cells - regions.value_added).max() / nation.income,
        }
        worst = {name: max(worst[name], float(found)) for name, found in now.items()}
    told = ", ".join(f"{name} {size:.0e}" for name, size in worst.items())
    held = worst["cells"] <= 1e-10 and max(worst.values()) <= 1e-8
    return [Line("accounts in every quarter of integrated", "cells 1e-10 of supply, others 1e-8 of income", told, held)]


def strip(options: argparse.Namespace) -> list[Line]:
    """Return what of a gap is left when coordination, and prices too, are those of `single_ftz`."""
    seeds = range(1, min(options.seeds, 3) + 1)
    free = {name: _played(name, options, seeds) for name in ("single_ftz", "cross_zone", "integrated", "ftz_fta")}
    lines = []
    for name in ("cross_zone", "ftz_fta", "integrated"):
        gap = _gap(free[name].gdp, free["single_ftz"].gdp)
        held = {}
        for what, parts in FROZEN.items():
            held[what] = _gap(_played(name, options, seeds, free["single_ftz"], parts).gdp, free["single_ftz"].gdp)
        told = ", ".join(f"{what} {part.mean():+.2f}" for what, part in held.items())
        lines.append(
            Line(
                f"strip test, {name} against single_ftz, GDP {LAST}",
                "markets and choices carry the gap: at most a tenth is left when both are held",
                f"gap {gap.mean():+.2f} %; held as in single_ftz: {told}",
                bool(abs(held["both"].mean()) <= 0.1 * abs(gap.mean())),
            )
        )
    return lines


FROZEN = {"coordination": ("pairs.coordination",), "prices": ("regions.net_price",), "both": ("pairs.coordination", "regions.net_price")}


class Played(NamedTuple):
    """What an ensemble of seeds left."""

    gdp: np.ndarray  # [n] of the last four quarters
    columns: dict[str, list[np.ndarray]]  # by name, one for each quarter


def _gap(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return 100 * (one / other - 1)


def _played(
    name: str, options: argparse.Namespace, seeds: Sequence[int], held: Played | None = None, parts: Sequence[str] = ()
) -> Played:
    """Play seeds together; ``parts`` are held at what they were in the runs ``held``."""
    world: Any = Ensemble([start_of(_spec(name, options), seed) for seed in seeds])
    hold: dict[str, Callable[[int], None]] = {
        "coordination": lambda t: _hold_pairs(world, held.columns, t),
        "markets": lambda t: _hold_prices(world, held.columns, t),
    }
    wanted = {"coordination": "pairs.coordination" in parts, "markets": "regions.net_price" in parts}
    kept: dict[str, list[np.ndarray]] = {"coordination": [], "removed": [], "net_price": [], "gdp": []}
    while world.clock.index <= world.last_quarter:
        t = world.clock.index
        for mechanism, module in world.active_schedule.items():
            module.step(world, getattr(world.params, mechanism))
            if wanted.get(mechanism):
                hold[mechanism](t)
        kept["coordination"].append(world.pairs.coordination.copy())
        kept["removed"].append(world.pairs.removed.copy())
        kept["net_price"].append(world.regions.net_price.copy())
        kept["gdp"].append(np.array(world.nation.gdp))
        world.clock.tick()
    return Played(np.array(kept["gdp"][-4:]).sum(0), kept)


def _hold_pairs(world: Any, columns: dict[str, list[np.ndarray]], t: int) -> None:
    world.pairs.coordination, world.pairs.removed = columns["coordination"][t].copy(), columns["removed"][t].copy()


def _hold_prices(world: Any, columns: dict[str, list[np.ndarray]], t: int) -> None:
    """Value what cells make at the net prices of the other run; GDP is then their sum."""
    from ftz_sim.model.mechanisms import markets

    regions = world.regions
    value = np.where(regions.capacity > 0, regions.capacity * np.exp(columns["net_price"][t]), 0.0)
    scale = value.sum(1) / regions.value_added.sum(1)
    regions.value_added, regions.value_added_by_tier = value, markets.by_tier(value)
    regions.gdp, regions.income = regions.gdp * scale, regions.income * scale
    world.nation.gdp, world.nation.income = regions.gdp.sum(0), regions.income.sum(0)
    markets._book_zones(world, value)


def _spec(name: str, options: argparse.Namespace, overrides: Sequence[str] = ()) -> Scenario:
    return Scenario.of(name, tuple(overrides), options.firms, None)


def page(groups: dict[str, list[Line]], options: argparse.Namespace) -> str:
    """Return the page."""
    out = [
        "<!-- Written by studies/falsify.py (`make falsify`); edit the script, not this page. -->\n",
        "# What the model must show\n",
        f"Whole runs of {options.firms:,} firms, {options.seeds} paired seeds; a spread in brackets is the standard",
        "deviation over seeds. Expectations were written down beforehand; what misses them says **no** and was not tuned.\n",
    ]
    for title, lines in groups.items():
        out += [f"## {title}\n", HEAD, *(line.markdown() for line in lines), ""]
    return "\n".join(out)


def main() -> None:
    """Run all groups and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", type=Path, default=Path("docs/falsification.md"))
    options = parser.parse_args()
    groups = {
        "Accounts": accounts(options),
        "Zones that do nothing": idle(options),
        "Shocks": shocks(options),
        "Strategies": strategies(options),
        "What carries the gaps": strip(options),
    }
    options.page.write_text(page(groups, options), encoding="utf-8")
    print(page(groups, options))


if __name__ == "__main__":
    main()
