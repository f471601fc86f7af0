"""What turnover and moving plants must show: lines for the page of `studies/falsify.py`.

    python studies/falsify_turnover.py [--firms 20000] [--seeds 5]

Expectations were written down before the runs. The share of net entry is that of Foster, Haltiwanger and Krizan (2001),
parts taken against the mean of the first year:

    growth    = P(1) - P(0),  P = sum s_i w_i
    net entry = sum over newcomers s_i(1) [w_i(1) - P(0)] - sum over those who left s_i(0) [w_i(0) - P(0)]

    s_i   share of the firm in value added
    w_i   ln output less alpha ln K - beta ln L - gamma ln T: total factor productivity [log]

Published for manufacturing: more than two thirds of TFP growth 1998-2007 (Brandt, Van Biesebroeck and Zhang 2012), in
their working paper about half; less after 2007 (Brandt, Van Biesebroeck, Wang and Zhang 2023, without a number in the
abstract). So 10 to 67 % was expected for 2013-23.
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

FIRST, LATER = 2013, 2023  # fourth quarters between which net entry is counted
SELECTIONS = (1.0, 1.25, 1.5)  # what firm studies allow; the default was fixed beforehand
WEAK = 0.3  # what productivity alone, without demand, does in Foster, Haltiwanger and Syverson (2008)
NET_ENTRY = (10.0, 67.0)  # % of TFP growth
Array = np.ndarray[Any, Any]


class Seen(NamedTuple):
    """Firms at the end of a year."""

    value: Array  # value added [N]
    productivity: Array  # log [N]
    born: Array  # quarter [N]


class Shares(NamedTuple):
    """Parts of the growth of productivity, % of the whole."""

    growth: Array  # log points
    entry: Array
    exit: Array

    @property
    def net_entry(self) -> Array:
        """Newcomers less those who left."""
        return self.entry + self.exit


class Played(NamedTuple):
    """An ensemble of seeds; all [n]."""

    gdp: Array  # of the last year
    tfp: Array  # log, of the last year
    shares: Shares
    effective: Array  # firms: 1 / sum of squared shares of value added
    largest: Array  # share of the largest firm
    moved: Array  # capital that reached another province in the last year, share of all


def net_entry(before: Seen, after: Seen) -> Shares:
    """Return the parts of entry and exit in the growth of productivity; rows are slots, as in the table of firms."""
    first, last = (seen.value / seen.value.sum(0) for seen in (before, after))
    start = (first * before.productivity).sum(0)
    growth = (last * after.productivity).sum(0) - start
    replaced = after.born > before.born
    entry = (replaced * last * (after.productivity - start)).sum(0)
    left = (replaced * first * (before.productivity - start)).sum(0)
    return Shares(growth, 100 * entry / growth, -100 * left / growth)


def seen(world: Any) -> Seen:
    """Return the firms of all runs as they are, without luck in prices: output is what variety stands for."""
    firms, p = world.firms, world.params.production
    inputs = p.capital * np.log(firms.capital) + p.labour * np.log(firms.workers) + p.talent * np.log(firms.talents)
    with np.errstate(divide="ignore"):  # who entered this quarter has made nothing yet, and weighs nothing
        made = np.log(firms.variety) / p.rho
    return Seen(firms.value_added.copy(), np.where(firms.variety > 0, made - inputs, 0.0), firms.birth_quarter.copy())


def played(options: argparse.Namespace, overrides: Sequence[str] = ()) -> Played:
    """Play `history` with all seeds together."""
    spec = Scenario.of("history", tuple(overrides), options.firms, None)
    world: Any = Ensemble([start_of(spec, seed) for seed in range(1, options.seeds + 1)])
    years, gdp, tfp, moved = {}, [], [], []
    p = world.params.production
    while world.clock.index <= world.last_quarter:
        for name, module in world.active_schedule.items():
            module.step(world, getattr(world.params, name))
            if name == "carbon" and world.clock.quarter.quarter == 4:  # before rows are replaced
                years[world.clock.quarter.year] = seen(world)
        nation, capital = world.nation, world.firms.capital.sum(0)
        gdp.append(np.array(nation.gdp))
        inputs = p.capital * np.log(capital) + p.labour * np.log(nation.workforce) + p.talent * np.log(nation.talents)
        tfp.append(np.log(gdp[-1]) - inputs)
        moved.append(np.maximum(world.regions.relocated, 0).sum(0) / capital)
        world.clock.tick()
    share = years[LAST].value / years[LAST].value.sum(0)
    return Played(
        np.sum(gdp[-4:], axis=0),
        np.mean(tfp[-4:], axis=0),
        net_entry(years[FIRST], years[LATER]),
        1 / (share**2).sum(0),
        share.max(0),
        np.sum(moved[-4:], axis=0),
    )


def _told(values: Array, digits: int = 2, unit: str = " %") -> str:
    return f"{values.mean():+.{digits}f}{unit} ({values.std(ddof=1):.{digits}f})"


def turnover(options: argparse.Namespace) -> list[Line]:
    """Return what closing, entering and moving do to productivity and size."""
    default = played(options)
    off = played(options, ["mechanisms.firm_turnover=off"])
    still = played(options, ["mechanisms.relocation=off"])
    entry, gain = default.shares, 100 * (default.gdp / still.gdp - 1)
    lines = [
        Line(
            f"net entry in the growth of TFP, {FIRST}-{LATER}",
            f"{NET_ENTRY[0]:.0f} to {NET_ENTRY[1]:.0f} %",
            f"{_told(entry.net_entry, 1)}: newcomers {_told(entry.entry, 1)}, those who left {_told(entry.exit, 1)}",
            bool(NET_ENTRY[0] <= entry.net_entry.mean() <= NET_ENTRY[1]),
        )
    ]
    for selection in (WEAK, *SELECTIONS):
        on = played(options, [f"parameters.firm_turnover.selection={selection}"])
        tfp = 100 * (on.tfp - off.tfp)
        lines.append(
            Line(
                f"turnover against none, {LAST}, selection {selection}",
                "none: reported" if selection == WEAK else "TFP higher",
                f"TFP {_told(tfp)}, gdp {_told(100 * (on.gdp / off.gdp - 1))}, "
                f"net entry {_told(on.shares.net_entry, 1)}",
                None if selection == WEAK else bool(tfp.mean() > 0),
            )
        )
    return [
        *lines,
        Line(
            f"no lottery: firms in {LAST}",
            "effective number at least a twentieth of all, largest below 2 % of value added",
            f"{default.effective.mean():,.0f} of {options.firms:,} (turnover off {off.effective.mean():,.0f}), "
            f"largest {100 * default.largest.mean():.1f} %",
            bool(default.effective.mean() >= options.firms / 20 and default.largest.max() < 0.02),
        ),
        Line(
            f"plants that move against plants that stay, {LAST}",
            "GDP up, by less than 1 %",
            f"gdp {_told(gain)}, moved {100 * default.moved.mean():.2f} % of capital a year",
            bool(0 < gain.mean() < 1),
        ),
    ]


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=5)
    print("\n".join([HEAD, *(line.markdown() for line in turnover(parser.parse_args()))]))


if __name__ == "__main__":
    main()
