"""Fix the constants of the rules for provinces from figures to 2015, and from nothing later.

    python studies/fix_province_rules.py

Writes ``src/ftz_sim/data/province_rules.csv``. How the constants are found was decided before they were scored:

1. Windows: every origin with a change before it, and one to three years ahead, all inside the yearly figures to 2015.
2. persistence and catch_up minimise the squared errors of log shares over all windows, weighted by the root of the
   share (a compromise between the two scores, shares and log shares), on a grid.
3. Four rules for each variable: no change, its own last change, its gap to the driver, both. Each is fitted without
   one province and forecasts that province. The rule with the smallest mean of the two scores (root mean square error
   over that of no change, on shares and on log shares) at three years is chosen.

The form was chosen with a view of fits to 2015, before any of these rules was scored on a later year; how no change,
the trend of 2012-15 and a fifth of it score in 2018 was known. The constants stay, whatever they score.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ftz_sim.validation.province_rules import CONSTANTS, DRIVERS, YEARLY, Shares, closed, lasting, log_shares
from ftz_sim.validation.provinces import rmse

Array = NDArray[Any]
AHEAD = (1, 2, 3)  # years; the last is how far the chosen rule is judged
PERSISTENCE, CATCH_UP = np.linspace(0, 1, 51), np.linspace(0, 0.5, 51)
NONE = np.zeros(1)
CANDIDATES = {
    "none": (NONE, NONE),
    "own": (PERSISTENCE, NONE),
    "gap": (NONE, CATCH_UP),
    "both": (PERSISTENCE, CATCH_UP),
}


class Window(NamedTuple):
    """What was known at an origin and what came; arrays over provinces."""

    ahead: int
    start: Array  # log shares at the origin
    end: Array
    trend: Array  # their change in the year before the origin
    gap: Array  # to the driver's log shares


def windows(shares: Shares, variable: str) -> list[Window]:
    """Return all windows of a variable inside the figures."""
    years = {when: np.array([shares[variable][when][iso] for iso in sorted(shares[variable][when])])
             for when in shares[variable]}  # fmt: skip
    driver = shares[DRIVERS[variable] or variable]
    return [
        Window(ahead, years[at], years[at + ahead], years[at] - years[at - 1],
               np.array([driver[at][iso] for iso in sorted(driver[at])]) - years[at])
        for at in sorted(years) for ahead in AHEAD if at - 1 in years and at + ahead in years
    ]  # fmt: skip


def losses(found: list[Window], persistence: Array, catch_up: Array) -> Array:
    """Return the weighted squared errors of every pair of constants, by province [P, C, R]."""
    phi, rate = persistence[:, None, None], catch_up[None, :, None]
    total: Array = np.zeros(1)
    for each in found:
        made = lasting(phi, each.ahead) * each.trend + closed(rate, each.ahead) * each.gap
        total = total + np.exp(each.start / 2) * (each.end - each.start - made) ** 2
    return total


def left_out(found: list[Window], persistence: Array, catch_up: Array, loss: Array) -> tuple[float, float]:
    """Return the scores on shares and on log shares at three years, each province forecast by the others' fit."""
    mine: tuple[list[Array], ...] = ([], [])
    none: tuple[list[Array], ...] = ([], [])
    others = (loss.sum(axis=2, keepdims=True) - loss).reshape(-1, loss.shape[2])
    i, j = np.unravel_index(others.argmin(axis=0), loss.shape[:2])
    for each in (w for w in found if w.ahead == AHEAD[-1]):
        made = lasting(persistence[i], each.ahead) * each.trend + closed(catch_up[j], each.ahead) * each.gap
        for scores, change in ((mine, made), (none, 0 * made)):
            share = np.exp(each.start + change)
            share /= share.sum()
            scores[0].append(share - np.exp(each.end))
            scores[1].append(np.log(share) - each.end)
    on_shares, on_logs = (rmse(np.array(a)) / rmse(np.array(b)) for a, b in zip(mine, none, strict=True))
    return on_shares, on_logs


def constants(file: Path = YEARLY) -> pd.DataFrame:
    """Return all rules of all variables with their constants and scores to 2015, and which are chosen."""
    shares = log_shares(file)
    rows = []
    for variable, driver in DRIVERS.items():
        found = windows(shares, variable)
        tried = []
        for name, grids in CANDIDATES.items():
            if driver is None and name in ("gap", "both"):
                continue
            loss = losses(found, *grids)
            i, j = np.unravel_index(loss.sum(axis=2).argmin(), loss.shape[:2])
            scores = left_out(found, *grids, loss)
            tried.append((variable, name, driver or "", grids[0][i], grids[1][j], *scores, len(found)))
        best = min(tried, key=lambda row: row[5] + row[6])
        rows += [(*row, "yes" if row is best else "no") for row in tried]
    columns = "variable rule driver persistence catch_up shares_to_2015 log_shares_to_2015 windows chosen".split()
    return pd.DataFrame(rows, columns=columns).round(4)


def main() -> None:
    """Write the table."""
    table = constants()
    table.to_csv(CONSTANTS, index=False, lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
