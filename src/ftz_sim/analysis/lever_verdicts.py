"""Verdicts of the lever study, and what the last full one found, as it ships: `data/lever_verdicts.csv`.

`make levers` writes it; `ftz trace`, `ftz levers` and the matrix of claims read it. Numbers are those of the version
and date in each line, so that a reader sees when a verdict is older than the model. What has no line has not been
studied yet.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim import __version__

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.statistics import Difference
    from ftz_sim.trace.lever_study import Study

FILE = Path(__file__).parents[1] / "data" / "lever_verdicts.csv"
NUMBERS = ("effect", "ci_low", "ci_high", "detectable")
AS_CLAIMED, OPPOSITE, BY_CONSTRUCTION = "as claimed", "opposite", "by construction"
BETTER, WORSE = "better", "worse"  # of outcomes that no paper names
NOT_FOUND, IDENTICAL = "no effect found", "identical: no effect at all"
NO_BASE, ONE_RUN = "no percentage of 0", "one run, no interval"
NEEDED = "investment"  # without it nothing builds capital, so that there is no world to compare with
NEGLIGIBLE = 1e-6  # of the size of an indicator: differences below are roundings


def verdict(found: Difference, i: int, claimed: int, good: int, own: int, size: float) -> str:
    """Say what a paired difference shows of an indicator.

    Args:
        found: effects on all measures, with minus without.
        i: the place of the indicator.
        claimed: the direction in which it is said to move; 0 if nothing is said.
        good: the direction that is better.
        own: the direction in which the lever's own rule is made to move it; 0 if no rule of the lever writes it.
        size: of the indicator, in the unit of the differences.
    """
    if found.identical[i]:
        return IDENTICAL
    if not np.isfinite(found.mean[i]):
        return NO_BASE
    if not np.isfinite(found.low[i]):
        return ONE_RUN
    if found.low[i] <= 0 <= found.high[i] or abs(found.mean[i]) < NEGLIGIBLE * size:
        return NOT_FOUND
    way = 1 if found.mean[i] > 0 else -1
    if way == own:
        return BY_CONSTRUCTION
    if claimed:
        return AS_CLAIMED if way == claimed else OPPOSITE
    return BETTER if way == good else WORSE


@dataclass(frozen=True)
class Verdict:
    """One line: an indicator, and what taking away a lever or a mechanism did to it."""

    kind: str  # lever, mechanism
    name: str
    when: str  # it differs: "from the fork on", "the whole run"
    step: str  # levels of the lever without and with, ``0.5 -> 1``; none of a mechanism
    strategy: str  # scenario from which it was taken
    claims: tuple[str, ...]
    indicator: str
    claimed: str  # "+" or "-"; nothing if it is no claim but an outcome that all are judged by
    effect: float  # with minus without, in the final year
    ci_low: float
    ci_high: float
    unit: str
    n: int  # matched seeds
    verdict: str
    detectable: float  # smallest effect that so many seeds find
    firms: int
    end: str
    version: str
    date: str


@cache
def lever_verdicts() -> tuple[Verdict, ...]:
    """Return all lines of the shipped table; none of a study that asked something else, with other columns."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if set(table.fieldnames or ()) != set(Verdict.__dataclass_fields__):
            return ()
        return tuple(map(_verdict, table))


def counts(lines: Iterable[Verdict]) -> dict[str, int]:
    """Count the verdicts on what papers claim of the steps of levers; those by construction come last.

    The step of a lever comes first in the table; below may stand what all of its history did.
    """
    step: dict[tuple[str, str], str] = {}
    own = [each for each in lines if each.when == step.setdefault((each.kind, each.name), each.when)]
    found = Counter(each.verdict for each in own if each.claimed)
    return dict(sorted(found.items(), key=lambda item: (item[0] == BY_CONSTRUCTION, -item[1])))


def _verdict(row: dict[str, str]) -> Verdict:
    values: dict[str, object] = {**row, "claims": tuple(row["claims"].split())}
    values |= {name: float(row[name] or "nan") for name in NUMBERS}
    values |= {name: int(row[name]) for name in ("n", "firms")}
    return Verdict(**values)  # type: ignore[arg-type]


def table(found: Study, on: date | None = None) -> pd.DataFrame:
    """Return a study's verdicts with its size, the version of the model and the date (today)."""
    facts: dict[str, Any] = {"end": found.end, "version": __version__, "date": str(on or date.today())}
    wanted = [name for name in Verdict.__dataclass_fields__ if name not in facts]
    return found.table[wanted].assign(**facts)


def write(found: Study, path: Path = FILE) -> Path:
    """Write a study's verdicts to where they ship; return the path."""
    table(found).to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
    return path
