"""What levers cost, and what the digital ones bring beside published ranges: lines for `falsify`.

Ranges of digital levers were written down before the runs and are printed, not tuned to. They are judgements after
published sizes: opening of data flows in all economies 1.77 % of GDP (OECD and WTO 2025), artificial intelligence at
most .7 % of productivity in ten years (Acemoglu) or a quarter to six tenths of a point a year (OECD 2024), of which
policy is a part.
"""

from __future__ import annotations

import argparse
from typing import NamedTuple

import numpy as np
from falsify import STRATEGIES, Line

from ftz_sim.analysis.lever_variants import without_lever
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.results import FailedRun
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.scenario.scenario import Scenario

PUBLISHED = {  # % of GDP in 2035, the full lever in zones against none from the fork on
    "data_flow_opening": (0.1, 0.8),
    "ai_plus": (0.05, 0.5),
    "compute_network": (0.05, 0.3),
    "data_sharing_platform": (0.05, 0.3),
}
DIGITAL = (*PUBLISHED, "digital_subsidy", "digital_interoperability")
LARGEST_SHARE = 0.4  # of the digital levers in the sum of all that gain
ALL_POLICY = 1.73  # % of GDP, what all industrial policy cost in 2019 (CSIS)


class Found(NamedTuple):
    """Of every seed [n], in the final year."""

    gdp: np.ndarray  # bn yuan
    cost: np.ndarray  # fiscal, bn yuan
    resources: np.ndarray  # bn yuan


def costs(options: argparse.Namespace) -> list[Line]:
    """Return what strategies cost in 2035 over GDP."""
    found = _played([_spec(name, options) for name in STRATEGIES], options)
    lines = []
    for name in STRATEGIES:
        fiscal, resources = (100 * part / found[name].gdp for part in found[name][1:])
        told = f"fiscal {fiscal.mean():.3f} % ({fiscal.std(ddof=1):.3f}), resources {resources.mean():.3f} %"
        held = bool((fiscal < ALL_POLICY).all() and (resources > 0).all())
        lines.append(
            Line(f"cost of {name}, 2035", f"below {ALL_POLICY} % of GDP, as all industrial policy", told, held)
        )
    return lines


def one_outs(options: argparse.Namespace) -> list[Line]:
    """Return what each digital lever of `integrated` brings, and the share of all of them in the sum of gains."""
    full = _spec("integrated", options)
    off = {name: without_lever(full, name) for name in CATALOGUE if name != "zone_status"}
    found = _played([full, *off.values()], options)
    gains = {name: 100 * (found[full.name].gdp / found[spec.name].gdp - 1) for name, spec in off.items()}
    total = sum(max(gain.mean(), 0.0) for gain in gains.values())
    lines = [_digital(name, gains[name], total) for name in DIGITAL]
    share = sum(max(gains[name].mean(), 0.0) for name in DIGITAL) / total
    what = f"share of {len(DIGITAL)} digital levers in the sum of gains"
    return [*lines, Line(what, f"at most {LARGEST_SHARE:.0%}", f"{share:.0%}", bool(share <= LARGEST_SHARE))]


def _digital(name: str, gain: np.ndarray, total: float) -> Line:
    told = f"{gain.mean():+.3f} % ({gain.std(ddof=1):.3f}), {max(gain.mean(), 0) / total:.1%} of the sum"
    if name not in PUBLISHED:
        return Line(f"{name}, full against none, GDP 2035", "none published", told, None)
    low, high = PUBLISHED[name]
    return Line(f"{name}, full against none, GDP 2035", f"+{low} to +{high} %", told, bool(low <= gain.mean() <= high))


def _spec(name: str, options: argparse.Namespace) -> Scenario:
    return Scenario.load(name, [f"population.firms={options.firms}"])


def _played(specs: list[Scenario], options: argparse.Namespace) -> dict[str, Found]:
    rows: dict[str, list[tuple[float, ...]]] = {spec.name: [] for spec in specs}
    for run in map_runs(replicate_jobs(specs, options.seeds, 1), options.workers, names=NATIONAL_ONLY):
        if isinstance(run, FailedRun):
            raise RuntimeError(run.error)
        final = last_year(run.tables.quarters)
        table = run.tables.national
        rows[run.spec.name].append(
            tuple(float(year(table[key], final, "mean")) for key in ("gdp", "policy_cost", "resource_cost"))
        )
    return {name: Found(*np.array(of_runs).T) for name, of_runs in rows.items()}


def main() -> None:
    """Print all lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    for line in (*costs(options), *one_outs(options)):
        print(line.markdown())


if __name__ == "__main__":
    main()
