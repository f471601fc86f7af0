"""The choice to abate: carbon prices, green credit with and without accounting, the gate and retrofits.

Runs start from `history`; what is moved is moved from 2025 on and read in 2035.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from falsification.common import LAST, Line, Series, Size, gap, gap_in, in_year, line, play_all, spec_of, told

BASIS = (
    "Ranges are judgements after published costs of abatement and of greenwash; signs follow from who pays for a tonne."
)
FROM = "2025Q1"
PRICES = (500, 2000)  # yuan/t on top of the national price
CUTS = {500: (-20.0, -5.0), 2000: (-40.0, -15.0)}  # % of CO2 that are expected
PRICELESS = (  # no worth of a greener loan, no price outside a carbon market, and no outlay that moves anything else
    "parameters.public_finance.outlay_scale=0",
    "parameters.green_finance.green_spread=0",
    "parameters.carbon.unpriced_base=0",
)


def lines(size: Size) -> list[Line]:
    """Return all lines on abatement."""
    settings: dict[str, list[str]] = {"base": []}
    settings |= {f"price {each}": [_shock(each)] for each in PRICES}
    for level in (0, 1):
        for counted in (0, 1):
            settings[f"credit {level} {counted}"] = [_policy(green_credit=level, carbon_accounting=counted)]
        settings[f"gate {level}"] = [_policy(green_gate=level, carbon_accounting=1)]
        idle = _policy(green_retrofit=level, green_gate=0, carbon_market=0, carbon_budget=0)
        settings[f"retrofit {level}"] = [*PRICELESS, idle]
    runs = play_all({name: spec_of("history", size, *each) for name, each in settings.items()}, size, read=_read)
    return [*carbon_prices(runs), *credit(runs), *second_line(runs)]


def carbon_prices(runs: dict[str, Series]) -> list[Line]:
    """Return what a higher carbon price does to emissions and income."""
    base, found = runs["base"], {size: runs[f"price {size}"] for size in PRICES}
    co2 = {size: gap_in(now, base, "co2") for size, now in found.items()}
    income = {size: gap_in(now, base, "real_income") for size, now in found.items()}
    sizes = []
    for size in PRICES:
        low, high = CUTS[size]
        sizes.append(
            line(
                f"carbon price +{size:,} yuan/t from 2025, {LAST}",
                f"CO2 {high:g} to {low:g} %, income down",
                f"CO2 {told(co2[size])}, income {told(income[size])}, gdp {told(gap_in(found[size], base, 'gdp'))}",
                low <= co2[size].mean() <= high and income[size].mean() < 0,
            )
        )
    less, more = PRICES
    lost = {size: (in_year(base, "real_income") - in_year(now, "real_income")).sum() for size, now in found.items()}
    saved = {size: (in_year(base, "co2") - in_year(now, "co2")).sum() for size, now in found.items()}
    per_tonne = {size: 1e3 * lost[size] / saved[size] for size in PRICES}
    return [
        *sizes,
        line(
            "the same, four times the price",
            "less than four times the cut; a tonne costs more income",
            f"{co2[more].mean() / co2[less].mean():.2f} times the cut; {per_tonne[less]:,.0f} and "
            f"{per_tonne[more]:,.0f} yuan of income a tonne",
            abs(co2[more].mean()) < more / less * abs(co2[less].mean()) and per_tonne[more] > per_tonne[less],
        ),
    ]


def credit(runs: dict[str, Series]) -> list[Line]:
    """Return what green credit in zones does, with carbon accounting and without."""
    effect, loss = {}, {}
    for counted in (0, 1):
        off, on = runs[f"credit 0 {counted}"], runs[f"credit 1 {counted}"]
        effect[counted] = 100 * (_abatement(on) - _abatement(off))
        loss[counted] = 100 * (in_year(on, "bank_loss") - in_year(off, "bank_loss")) / in_year(off, "gdp")
    with_accounts = runs["credit 1 1"]
    total = 100 * in_year(with_accounts, "bank_loss") / in_year(with_accounts, "gdp")
    intensity = gap(_intensity(with_accounts), _intensity(runs["credit 0 1"]))
    eaten = 1 - effect[0].mean() / effect[1].mean()
    return [
        line(
            f"green credit in all zones from 2025, with carbon accounting, {LAST}",
            "zones' firms abate more, by .3 to 6 log points",
            f"{told(effect[1], unit=' log points')}, zone intensity {told(intensity)}",
            0.3 <= effect[1].mean() <= 6,
        ),
        line(
            "the same without carbon accounting",
            "greenwash eats a fifth to a half",
            f"{effect[0].mean():+.2f} log points: {100 * eaten:.0f} % eaten",
            0.2 <= eaten <= 0.5,
        ),
        line(
            "what banks lose on loans to firms that only look clean",
            "more with green credit where nobody counts carbon; all of it .02 to .2 % of GDP",
            f"green credit without accounting {loss[0].mean():+.4f} points of GDP, with it {loss[1].mean():+.4f}; all "
            f"{total.mean():.3f} %",
            loss[0].mean() > max(loss[1].mean(), 0) and 0.02 <= total.mean() <= 0.2,
        ),
    ]


def second_line(runs: dict[str, Series]) -> list[Line]:
    """Return what the green gate does, and what cheaper abatement does where nothing has a price."""
    on, off = runs["gate 1"], runs["gate 0"]
    intensity, gdp = gap(_intensity(on), _intensity(off)), gap_in(on, off, "gdp")
    idle = gap(_intensity(runs["retrofit 1"]), _intensity(runs["retrofit 0"]))
    return [
        line(
            f"green gate in all zones from 2025, {LAST}",
            "zone intensity down by less than 5 %, GDP not up",
            f"zone intensity {told(intensity)}, gdp {told(gdp, 4)}",
            -5 <= intensity.mean() < 0 and gdp.mean() <= 0,
        ),
        line(
            "green retrofit where no tonne has a price and nobody pays for it",
            "nothing",
            f"zone intensity {np.abs(idle).max():.0e} % in the worst seed",
            np.abs(idle).max() < 1e-6,
        ),
    ]


def _intensity(series: Series) -> Any:
    return in_year(series, "zone_emissions") / in_year(series, "zone_value")


def _abatement(series: Series) -> Any:
    """Return the abatement of firms in open zones, weighted by emissions [log]."""
    return in_year(series, "abated") / in_year(series, "emitted")


def _read(world: Any) -> Series:
    nation, regions, zones, firms = world.nation, world.regions, world.zones, world.firms
    emitted = firms.emission_intensity * firms.value_added * firms.in_open_zone
    return {
        "co2": regions.emissions.sum(0),
        "gdp": nation.gdp,
        "real_income": regions.real_income.sum(0),
        "zone_emissions": zones.emissions.sum(0),
        "zone_value": zones.value_added.sum(0),
        "abated": (emitted * firms.abatement).sum(0),
        "emitted": emitted.sum(0),
        "bank_loss": nation.bank_loss,
    }


def _shock(size: float) -> str:
    return f"shocks=[{{kind: carbon_price, from: {FROM}, to: {LAST}Q4, size: {size}}}]"


def _policy(**levels: float) -> str:
    steps = ", ".join(f"{{lever: {lever}, level: {level}, from: {FROM}}}" for lever, level in levels.items())
    return f"policy=[{steps}]"
