"""Other worlds: zones at other times and places; China mirrored, doubled, in another money, alone, for longer."""

from __future__ import annotations

from typing import Any

import numpy as np

from falsification import made_up
from falsification.common import (
    FIRST,
    LAST,
    NO_CHANCE,
    Array,
    Line,
    Series,
    Size,
    gap,
    gap_in,
    in_year,
    line,
    play,
    play_all,
    spec_of,
    told,
)
from ftz_sim.model.clock import Quarter
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.model.params import cards
from ftz_sim.model.published import load_figures
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario

BASIS = (
    "Symmetry, homogeneity and continuity are what a model of provinces owes whatever its parameters are; autarky "
    "stands beside the sufficient statistic; sizes are judgements, written down before the first run."
)
OPENED = 2020  # year in which dates are compared, beside the last
MIRROR = ("GD", "GZ")  # a large province with a zone and a small one without
EXCHANGE = ("SC", "SH")  # opened 2017Q2 and 2013Q4
MONEY = 7.0
REST = 0.02  # of the usual size, of all provinces but the giant
CUT_OFF = 2026
LONG = 2 * (LAST - FIRST + 1) + FIRST - 1
CLEARS = 1e-8
PROVINCES = load_figures().provinces.iso


def lines(size: Size) -> list[Line]:
    """Return all lines on other worlds."""
    default = play_all({name: _spec(name, size) for name in ("history", "no_ftz", "single_ftz")}, size, read=read)
    return [
        *dates(size, default),
        exchanged(size, default["history"]),
        mirrored(size, default["history"]),
        *doubled(size, default),
        money(size),
        alone(size),
        lopsided(size, default["history"]),
        longer(size),
    ]


def dates(size: Size, default: dict[str, Series]) -> list[Line]:
    """Return what it does to open all zones two years later or sooner."""
    found = []
    gain = {year: gap_in(default["history"], default["no_ftz"], "gdp", year) for year in (OPENED, LAST)}
    for quarters, when, more in ((8, "later", -1), (-8, "sooner", 1)):
        with made_up.figures_with(made_up.opened_later(quarters)) as figures:
            moved = play(_spec("history", size), size, read=read, figures=figures)
        now = {year: gap_in(moved, default["no_ftz"], "gdp", year) for year in gain}
        share = {year: now[year].mean() / gain[year].mean() for year in gain}
        found.append(
            line(
                f"all zones open two years {when}; gain of history over no_ftz",
                f"in {OPENED} {'smaller' if more < 0 else 'larger'} by .2 to .8 of itself, in {LAST} by less than .2",
                f"{OPENED} {told(now[OPENED])} after {gain[OPENED].mean():+.2f}; "
                f"{LAST} {told(now[LAST])} after {gain[LAST].mean():+.2f}",
                0.2 <= more * (share[OPENED] - 1) <= 0.8 and 0 <= more * (share[LAST] - 1) <= 0.2,
            )
        )
    return found


def exchanged(size: Size, history: Series) -> Line:
    """Return what it does to exchange the zones of two provinces."""
    with made_up.figures_with(made_up.zones_exchanged(*EXCHANGE)) as figures:
        moved = play(_spec("history", size), size, read=read, figures=figures)
    year = 2016  # the one is open, the other not yet
    early, late = (
        gap(*(in_year(run, "gdp_of_provinces", year)[_row(iso)] for run in (moved, history))) for iso in EXCHANGE
    )
    nation = gap_in(moved, history, "gdp", year)
    return line(
        f"zones of {' and '.join(EXCHANGE)} exchanged, so that the first opens in 2013 and the second in 2017; {year}",
        "GDP of the first up, of the second down, of the nation within .1 %",
        f"{told(early)}, {told(late)}, nation {told(nation)}",
        early.mean() > 0 > late.mean() and abs(nation.mean()) < 0.1,
    )


def mirrored(size: Size, history: Series) -> Line:
    """Return whether a province carries its figures with it, whatever its name and row are."""
    with made_up.figures_with(made_up.provinces_exchanged(*MIRROR)) as figures:
        run = play(_spec("history", size), size, read=read, figures=figures)
    rows = np.arange(len(PROVINCES))
    one, other = map(_row, MIRROR)
    rows[[one, other]] = other, one
    mine, its = (100 * np.log(in_year(each, "gdp_of_provinces")) for each in (run, history))
    found = (mine[rows] - its).mean(axis=1)
    noise = np.sqrt((mine[rows].var(axis=1, ddof=1) + its.var(axis=1, ddof=1)) / size.seeds)
    nation, far = gap_in(run, history, "gdp"), np.abs(found).argmax()
    return line(
        f"all figures of {' and '.join(MIRROR)} exchanged; {LAST}, each under its figures",
        "GDP of every province within 2 %, of the nation within .2 %: what the noise of other firms does",
        f"{MIRROR[0]} {found[one]:+.2f}, {MIRROR[1]} {found[other]:+.2f}, farthest {PROVINCES[far]} "
        f"{found[far]:+.2f} %, nation {told(nation)}; the standard error of noise is {np.median(noise):.1f} % in the "
        f"median province, of {noise[one]:.1f} and {noise[other]:.1f} % in the two",
        np.abs(found).max() < 2 and abs(nation.mean()) < 0.2,
    )


def doubled(size: Size, default: dict[str, Series]) -> list[Line]:
    """Return whether twice the firms give the same answer."""
    twice = size._replace(firms=2 * size.firms)
    runs = play_all({name: _spec(name, twice) for name in ("history", "single_ftz")}, twice, read=read)
    level = {name: gap_in(runs["history"], default["history"], name) for name in ("gdp", "real_income")}
    few, many = (gap_in(pair["single_ftz"], pair["history"], "gdp") for pair in (default, runs))
    return [
        line(
            f"twice the firms, history, {LAST}",
            "GDP and income within .5 %",
            ", ".join(f"{name} {told(each)}" for name, each in level.items()),
            all(abs(each.mean()) < 0.5 for each in level.values()),
        ),
        line(
            f"twice the firms, single_ftz against history, {LAST}",
            "the gap in GDP the same to a tenth",
            f"{told(many)} after {told(few)}",
            abs(many.mean() / few.mean() - 1) < 0.1,
        ),
    ]


def money(size: Size) -> Line:
    """Return whether all answers scale with the money in which GDP, capital and carbon are counted."""
    free = "parameters.public_finance.outlay_scale=0"  # the table of outlays is in yuan and in no folder of figures
    plain = _spec("integrated", size, free)
    other = _spec("integrated", size, free, *_in_other_money(MONEY))
    with made_up.figures_with(made_up.other_money(MONEY)) as figures:
        scaled = play(other, size, read=read, figures=figures)
    same = play(plain, size, read=read)
    names = ("gdp", "real_income", "capital", "gdp_of_provinces")
    worst = {name: np.abs(gap(in_year(scaled, name) / MONEY, in_year(same, name))).max() for name in names}
    worst["co2"] = np.abs(gap_in(scaled, same, "co2")).max()
    return line(
        f"integrated in a money of which {MONEY:g} make a yuan, {LAST}",
        f"money {MONEY:g} times, CO2 the same, to .05 %: rounding may close another firm",
        "off by " + ", ".join(f"{name} {each:.0e} %" for name, each in worst.items()),
        max(worst.values()) < 0.05,
    )


def _in_other_money(factor: float) -> list[str]:
    """Return settings of all parameters whose unit names money in one way or the other."""
    found = []
    for mechanism, record in ModelParameters.model_fields.items():
        for card in cards(record.annotation):
            if card.unit.startswith(("bn yuan", "yuan/t")):
                found.append(f"parameters.{mechanism}.{card.name}={factor * card.default}")
    return found


def alone(size: Size) -> Line:
    """Return what a year without partners costs beside what the share bought at home says.

    ln income = sum over fields of final share x Leontief inverse x ln(home share) / theta, where factors move
    (Arkolakis, Costinot and Rodriguez-Clare 2012; with chains as in Caliendo and Parro 2015).
    """
    shock = f"shocks=[{{kind: demand, from: {CUT_OFF}Q1, to: {LAST}Q4, size: 1.0}}]"
    specs = {"open": _spec("history", size), "alone": _spec("history", size, shock)}
    runs = play_all(specs, size, read=read)
    cost = gap_in(runs["alone"], runs["open"], "real_income", CUT_OFF)
    home = in_year(runs["open"], "home_share", CUT_OFF - 1)
    formula = 100 * (np.exp(weights(size) @ np.log(home)) - 1)
    ratio = cost / formula
    return line(
        f"no partner buys anything from {CUT_OFF}, first year",
        "income down by 1.0 to 1.5 times the sufficient statistic: firms keep their field in a year",
        f"income {told(cost)}, statistic {formula.mean():+.2f} %: {ratio.mean():.2f} times",
        1.0 <= ratio.mean() <= 1.5,
    )


def weights(size: Size) -> Array:
    """Return by how much ln income follows ln of the home share of each field in 2013 [F]."""
    model = FtzModel(_spec("history", size), rng=1)
    world = model.base.world
    leontief = np.linalg.inv(np.eye(len(world.final)) - (world.inputs * (1 - world.value_added_share)).T)
    return world.final @ leontief / model.params.markets.trade_elasticity


def lopsided(size: Size, history: Series) -> Line:
    """Return whether a nation that is nearly one province still works."""
    with made_up.figures_with(made_up.giant("GD", REST)) as figures:
        run = play(_spec("history", size), size, read=read, figures=figures)
    share = in_year(run, "gdp_of_provinces")[_row("GD")] / in_year(run, "gdp")
    nation = gap_in(run, history, "gdp")
    return line(
        f"all provinces but GD at {REST:g} of their size, {LAST}",
        f"prices clear to {CLEARS:.0e} in every quarter, all numbers finite, GDP within a fifth",
        f"worst {run['residual'].max():.0e}, GD {100 * share.mean():.0f} % of GDP, gdp {told(nation)}",
        _sound(run) and abs(nation.mean()) < 20,
    )


def longer(size: Size) -> Line:
    """Return whether a run of twice the length explodes."""
    spec = _spec("integrated", size)
    spec = spec.model_copy(update={"horizon": spec.horizon.model_copy(update={"end": Quarter(LONG, 4)})})
    run = play(spec, size, read=read)
    growth = 100 * np.log(in_year(run, "gdp", LONG) / in_year(run, "gdp", LONG - 10)) / 10
    return line(
        f"integrated to {LONG}",
        f"prices clear to {CLEARS:.0e} in every quarter, all numbers finite, shares sum to 1, growth 0 to 5 % a year",
        f"worst {run['residual'].max():.0e}, shares {np.abs(run['shares'] - 1).max():.0e}, growth {LONG - 10}-{LONG} "
        f"{told(growth)} a year",
        _sound(run) and growth.min() >= 0 and growth.max() <= 5,
    )


def _sound(run: Series) -> bool:
    finite = all(np.isfinite(column).all() for column in run.values())
    return finite and run["residual"].max() <= CLEARS and np.abs(run["shares"] - 1).max() < 1e-8


def _spec(name: str, size: Size, *overrides: str) -> Scenario:
    return spec_of(name, size, NO_CHANCE, *overrides)


def _row(iso: str) -> int:
    return PROVINCES.index(iso)


def read(world: Any) -> Series:
    """Note nation and provinces, what is bought at home and whether markets cleared."""
    nation, regions, base = world.nation, world.regions, world.base.world
    bought = regions.imports_by_field.sum(0) * (1 + base.tariff)
    return {
        "gdp": nation.gdp,
        "real_income": regions.real_income.sum(0),
        "gdp_of_provinces": regions.gdp,
        "capital": world.firms.capital.sum(0),
        "co2": regions.emissions.sum(0),
        "home_share": 1 - bought / regions.use.sum(0),
        "residual": nation.clearing_residual,
        "shares": (regions.value_added.sum((0, 1)) + regions.duties.sum(0)) / nation.income,
    }
