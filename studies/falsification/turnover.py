"""Closing, entering and moving plants.

The share of net entry is that of Foster, Haltiwanger and Krizan (2001), parts taken against the mean of the first year:

    growth    = P(1) - P(0),  P = sum s_i w_i
    net entry = sum over newcomers s_i(1) [w_i(1) - P(0)] - sum over those who left s_i(0) [w_i(0) - P(0)]

    s_i   share of the firm in value added
    w_i   ln output less alpha ln K - beta ln L - gamma ln T: total factor productivity [log]

Published for manufacturing: more than two thirds of TFP growth 1998-2007 (Brandt, Van Biesebroeck and Zhang 2012), in
their working paper about half; less after 2007 (Brandt, Van Biesebroeck, Wang and Zhang 2023, without a number in the
abstract). So 10 to 67 % was expected for 2013-23.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from falsification.common import (
    FIRST,
    LAST,
    Array,
    Line,
    Series,
    Size,
    gap_in,
    in_year,
    line,
    play_all,
    spec_of,
    told,
    year_of,
)

BASIS = (
    "Net entry after Brandt and others (2012, 2023) with selection fixed beforehand between 1 and 1.5; the rest are "
    "judgements on what a lottery or a flight of plants would look like."
)
LATER = 2023  # fourth quarters of FIRST and LATER are those between which net entry is counted
SELECTIONS = (1.0, 1.25, 1.5)  # what firm studies allow; the default, one of them, was fixed beforehand
WEAK = 0.3  # what productivity alone, without demand, does in Foster, Haltiwanger and Syverson (2008)
NET_ENTRY = (10.0, 67.0)  # % of TFP growth
SMALLEST, LARGEST = 20, 0.02  # one in so many firms, by effective number; share of the largest in value added


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


def lines(size: Size) -> list[Line]:
    """Return what closing, entering and moving do to productivity and size."""
    choices = {f"{each}": [f"parameters.firm_turnover.selection={each}"] for each in (WEAK, *SELECTIONS)}
    runs, entries = played(choices, size)
    off, still = (
        played({"": [f"mechanisms.{mechanism}=off"]}, size)[0][""] for mechanism in ("firm_turnover", "relocation")
    )
    usual = f"{spec_of('history', size).parameters.firm_turnover.selection}"
    default, entry = runs[usual], entries[usual]
    gain, moved = gap_in(default, still, "gdp"), 4 * in_year(default, "moved")
    effective, largest = (default[name][-1] for name in ("effective", "largest"))
    found = [
        line(
            f"net entry in the growth of TFP, {FIRST}-{LATER}",
            f"{NET_ENTRY[0]:.0f} to {NET_ENTRY[1]:.0f} %",
            f"{told(entry.net_entry, 1)}: newcomers {told(entry.entry, 1)}, those who left {told(entry.exit, 1)}",
            NET_ENTRY[0] <= entry.net_entry.mean() <= NET_ENTRY[1],
        )
    ]
    for selection in choices:
        tfp = 100 * (in_year(runs[selection], "tfp") - in_year(off, "tfp"))
        weak = selection == f"{WEAK}"
        found.append(
            line(
                f"turnover against none, {LAST}, selection {selection}",
                "none: reported" if weak else "TFP higher",
                f"TFP {told(tfp)}, gdp {told(gap_in(runs[selection], off, 'gdp'))}, "
                f"net entry {told(entries[selection].net_entry, 1)}",
                None if weak else tfp.mean() > 0,
            )
        )
    return [
        *found,
        line(
            f"no lottery: firms in {LAST}",
            "effective number at least a twentieth of all, largest below 2 % of value added",
            f"{effective.mean():,.0f} of {size.firms:,} (turnover off {off['effective'][-1].mean():,.0f}), "
            f"largest {100 * largest.mean():.1f} %",
            effective.mean() >= size.firms / SMALLEST and largest.max() < LARGEST,
        ),
        line(
            f"plants that move against plants that stay, {LAST}",
            "GDP up, by less than 1 %",
            f"gdp {told(gain)}, moved {100 * moved.mean():.2f} % of capital a year",
            0 < gain.mean() < 1,
        ),
    ]


def played(settings: dict[str, list[str]], size: Size) -> tuple[dict[str, Series], dict[str, Shares]]:
    """Play `history` under some settings together; return the series of each and its shares of entry and exit."""
    years: dict[int, Seen] = {}

    def after(world: Any, mechanism: str) -> None:
        if mechanism == "carbon" and world.clock.quarter.quarter == 4 and year_of(world) in (FIRST, LATER):
            years[year_of(world)] = seen(world)  # before rows are replaced

    specs = {name: spec_of("history", size, *each) for name, each in settings.items()}
    series = play_all(specs, size, after, _read)
    parts = net_entry(years[FIRST], years[LATER])
    own = {name: slice(place * size.seeds, (place + 1) * size.seeds) for place, name in enumerate(settings)}
    return series, {name: Shares(*(column[its] for column in parts)) for name, its in own.items()}


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


def _read(world: Any) -> Series:
    nation, firms, p = world.nation, world.firms, world.params.production
    capital = firms.capital.sum(0)
    inputs = p.capital * np.log(capital) + p.labour * np.log(nation.workforce) + p.talent * np.log(nation.talents)
    share = firms.value_added / firms.value_added.sum(0)
    return {
        "gdp": np.array(nation.gdp),
        "tfp": np.log(nation.gdp) - inputs,
        "effective": 1 / (share**2).sum(0),
        "largest": share.max(0),
        "moved": np.maximum(world.regions.relocated, 0).sum(0) / capital,
    }
