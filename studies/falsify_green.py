"""What the choice to abate must show, and what would refute it: lines of docs/falsification.md.

    python studies/falsify_green.py [--firms 20000] [--seeds 10]

Expectations were written down before the runs; a line that misses its own says so and stays. Runs are paired by seed
and start from `history`; what is moved is moved from 2025 on and read in 2035.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from falsify import HEAD, LAST, Line

from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.together import start_of
from ftz_sim.scenario.scenario import Scenario

FROM = "2025Q1"
PRICES = (500, 2000)  # yuan/t on top of the national price
CUTS = {500: (-20.0, -5.0), 2000: (-40.0, -15.0)}  # % of CO2 that are expected


class Played(NamedTuple):
    """Sums over the last four quarters by seed [n]."""

    co2: np.ndarray  # Mt
    gdp: np.ndarray  # bn yuan
    income: np.ndarray  # bn yuan of 2013
    zone_intensity: np.ndarray  # of zone areas, Mt per bn yuan
    abatement: np.ndarray  # of firms in open zones, weighted by emissions, log
    bank_loss: np.ndarray  # bn yuan


def carbon_prices(options: argparse.Namespace) -> list[Line]:
    """Return what a higher carbon price does to emissions and income."""
    base = _played(options)
    found = {size: _played(options, [_shock(size)]) for size in PRICES}
    co2 = {size: _gap(now.co2, base.co2) for size, now in found.items()}
    income = {size: _gap(now.income, base.income) for size, now in found.items()}
    lines = []
    for size in PRICES:
        low, high = CUTS[size]
        says = f"CO2 {_told(co2[size])}, income {_told(income[size])}, gdp {_told(_gap(found[size].gdp, base.gdp))}"
        held = low <= co2[size].mean() <= high and income[size].mean() < 0
        lines.append(
            Line(
                f"carbon price +{size:,} yuan/t from 2025, {LAST}",
                f"CO2 {high:g} to {low:g} %, income down",
                says,
                held,
            )
        )
    less, more = PRICES
    per_tonne = {
        size: (base.income - now.income).sum() / (base.co2 - now.co2).sum() * 1e3 for size, now in found.items()
    }
    convex = abs(co2[more].mean()) < more / less * abs(co2[less].mean()) and per_tonne[more] > per_tonne[less]
    return [
        *lines,
        Line(
            "the same, four times the price",
            "less than four times the cut; a tonne costs more income",
            f"{co2[more].mean() / co2[less].mean():.2f} times the cut; {per_tonne[less]:,.0f} and "
            f"{per_tonne[more]:,.0f} yuan of income a tonne",
            bool(convex),
        ),
    ]


def credit(options: argparse.Namespace) -> list[Line]:
    """Return what green credit in zones does, with carbon accounting and without."""
    effect, loss = {}, {}
    for accounting in (0, 1):
        off, on = (_played(options, [_policy(green_credit=level, carbon_accounting=accounting)]) for level in (0, 1))
        effect[accounting] = 100 * (on.abatement - off.abatement)
        loss[accounting] = 100 * (on.bank_loss - off.bank_loss) / off.gdp
        total = 100 * on.bank_loss / on.gdp
        intensity = _gap(on.zone_intensity, off.zone_intensity)
    eaten = 1 - effect[0].mean() / effect[1].mean()
    return [
        Line(
            f"green credit in all zones from 2025, with carbon accounting, {LAST}",
            "zones' firms abate more, by .3 to 6 log points",
            f"{effect[1].mean():+.2f} log points ({effect[1].std(ddof=1):.2f}), zone intensity {_told(intensity)}",
            bool(0.3 <= effect[1].mean() <= 6),
        ),
        Line(
            "the same without carbon accounting",
            "greenwash eats a fifth to a half",
            f"{effect[0].mean():+.2f} log points: {100 * eaten:.0f} % eaten",
            bool(0.2 <= eaten <= 0.5),
        ),
        Line(
            "what banks lose on loans to firms that only look clean",
            "more with green credit where nobody counts carbon; all of it .02 to .2 % of GDP",
            f"green credit without accounting {loss[0].mean():+.4f} points of GDP, with it {loss[1].mean():+.4f}; all "
            f"{total.mean():.3f} %",
            bool(loss[0].mean() > max(loss[1].mean(), 0) and 0.02 <= total.mean() <= 0.2),
        ),
    ]


def second_line(options: argparse.Namespace) -> list[Line]:
    """Return what the green gate does, and what cheaper abatement does with and without a price."""
    off, on = (_played(options, [_policy(green_gate=level, carbon_accounting=1)]) for level in (0, 1))
    intensity, gdp = _gap(on.zone_intensity, off.zone_intensity), _gap(on.gdp, off.gdp)
    free = "parameters.green_finance.green_spread=0"  # no worth of a greener loan
    none = "parameters.carbon.unpriced_base=0"  # nor a price outside a carbon market
    priceless = [
        _played(options, [free, none, _policy(green_retrofit=level, green_gate=0, carbon_market=0, carbon_budget=0)])
        for level in (0, 1)
    ]
    idle = _gap(priceless[1].zone_intensity, priceless[0].zone_intensity)
    return [
        Line(
            f"green gate in all zones from 2025, {LAST}",
            "zone intensity down by less than 5 %, GDP not up",
            f"zone intensity {_told(intensity)}, gdp {gdp.mean():+.4f} % ({gdp.std(ddof=1):.4f})",
            bool(-5 <= intensity.mean() < 0 and gdp.mean() <= 0),
        ),
        Line(
            "green retrofit where no tonne has a price",
            "nothing",
            f"zone intensity {idle.mean():+.4f} %",
            bool(np.abs(idle).max() < 1e-6),
        ),
    ]


def lines(options: argparse.Namespace) -> list[Line]:
    """Return all lines."""
    return [*carbon_prices(options), *credit(options), *second_line(options)]


def _shock(size: float) -> str:
    return f"shocks=[{{kind: carbon_price, from: {FROM}, to: {LAST}Q4, size: {size}}}]"


def _policy(**levels: float) -> str:
    steps = ", ".join(f"{{lever: {lever}, level: {level}, from: {FROM}}}" for lever, level in levels.items())
    return f"policy=[{steps}]"


def _gap(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return 100 * (one / other - 1)


def _told(values: np.ndarray) -> str:
    return f"{values.mean():+.2f} % ({values.std(ddof=1):.2f})"


def _played(options: argparse.Namespace, overrides: Sequence[str] = ()) -> Played:
    spec = Scenario.of("history", tuple(overrides), options.firms, None)
    world: Any = Ensemble([start_of(spec, seed) for seed in range(1, options.seeds + 1)])
    kept = []
    while world.clock.index <= world.last_quarter:
        world.step()
        if world.clock.index > world.last_quarter - 4:
            kept.append(_quarter(world))
    co2, gdp, income, of_zones, made, weighted, weight, lost = np.sum(kept, axis=0)
    return Played(co2, gdp, income, of_zones / made, weighted / weight, lost)


def _quarter(world: Any) -> list[np.ndarray]:
    nation, regions, zones, firms = world.nation, world.regions, world.zones, world.firms
    emitted = firms.emission_intensity * firms.value_added * firms.in_open_zone
    return [
        regions.emissions.sum(0),
        nation.gdp.copy(),
        regions.real_income.sum(0),
        zones.emissions.sum(0),
        zones.value_added.sum(0),
        (emitted * firms.abatement).sum(0),
        emitted.sum(0),
        nation.bank_loss.copy(),
    ]


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=10)
    options = parser.parse_args()
    print("\n".join([HEAD, *(line.markdown() for line in lines(options))]))


if __name__ == "__main__":
    main()
