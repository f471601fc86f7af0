"""Rules that extrapolate provinces from yearly figures to 2015, fixed before a later year was scored with them.

The log share s of a province moves by what lasts of its last change, and by what closes of its gap to a driver:

    s(2015 + h) - s(2015) = (phi + ... + phi^h) [s(2015) - s(2014)] + [1 - (1 - lambda)^h] [d(2015) - s(2015)]

    phi      ``persistence``: what remains of a change a year later
    lambda   ``catch_up``: the part of the gap that closes in a year
    d        log share of what the variable follows (`DRIVERS`)

``data/province_rules.csv`` has the constants, and those of the rules that were not chosen; it is made by
``studies/fix_province_rules.py`` from ``data/provinces_to_2015.csv`` alone, which ends in 2015. Variables without a
yearly series to 2015 (CO2, trade) have no rule.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
DATA = Path(__file__).parents[1] / "data"
YEARLY, CONSTANTS = DATA / "provinces_to_2015.csv", DATA / "province_rules.csv"
LAST_KNOWN = 2015
GDP, RESEARCH = "gdp_old_basis", "rd_expenditure"
DRIVERS: dict[str, str | None] = {
    GDP: None,
    RESEARCH: GDP,
    "patent_invention_applications": RESEARCH,
    "rd_personnel": RESEARCH,
    "hightech_revenue": RESEARCH,
}
SERIES = {"gdp_rev4": GDP, "gdp_rev5": GDP}  # of the same changes of shares; levels are never mixed
Shares = dict[str, dict[int, dict[str, float]]]


def log_shares(file: Path = YEARLY) -> Shares:
    """Return log shares by variable, year and province; years after 2015 are not read."""
    found: Shares = {}
    with file.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if int(row["year"]) <= LAST_KNOWN:
                found.setdefault(row["variable"], {}).setdefault(int(row["year"]), {})[row["iso"]] = float(row["value"])
    for years in found.values():
        for amounts in years.values():
            total = sum(amounts.values())
            amounts.update({iso: float(np.log(amount / total)) for iso, amount in amounts.items()})
    return found


def lasting(persistence: Array | float, ahead: int) -> Array | float:
    """Return what a change of a year has become after ``ahead`` more: phi + ... + phi^h."""
    return sum((persistence**i for i in range(2, ahead + 1)), persistence)


def closed(catch_up: Array | float, ahead: int) -> Array | float:
    """Return the part of a gap that has closed after ``ahead`` years."""
    return 1 - (1 - catch_up) ** ahead


@cache
def _known() -> tuple[Shares, dict[str, dict[str, str]]]:
    with CONSTANTS.open(encoding="utf-8", newline="") as handle:
        return log_shares(), {row["variable"]: row for row in csv.DictReader(handle) if row["chosen"] == "yes"}


def rule(variable: str, iso: list[str], year: int) -> Array | None:
    """Return the change of the log shares of provinces from 2015 to ``year``; None if the variable has no rule."""
    shares, constants = _known()
    name = SERIES.get(variable, variable)
    if name not in constants:
        return None
    last, before = (np.array([shares[name][when][code] for code in iso]) for when in (LAST_KNOWN, LAST_KNOWN - 1))
    phi, catch_up = (float(constants[name][each]) for each in ("persistence", "catch_up"))
    driver = shares[DRIVERS[name] or name][LAST_KNOWN]
    ahead = year - LAST_KNOWN
    gap = np.array([driver[code] for code in iso]) - last
    return np.asarray(lasting(phi, ahead) * (last - before) + closed(catch_up, ahead) * gap)
