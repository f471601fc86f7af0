"""What the last full lever study found, as it ships with the package: `data/lever_verdicts.csv`.

`make levers` writes it; `ftz trace` and the matrix of claims read it. Numbers are those of the version and date in
each line, so that a reader sees when a verdict is older than the model.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim import __version__

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.lever_study import Study

FILE = Path(__file__).parents[1] / "data" / "lever_verdicts.csv"
NUMBERS = ("effect", "ci_low", "ci_high", "detectable")


@dataclass(frozen=True)
class Verdict:
    """One line: an indicator that the papers say a lever or a mechanism moves, and what switching it off showed."""

    kind: str  # lever, mechanism
    name: str
    off: str  # "from the fork on", "the whole run"
    strategy: str  # scenario in which it was switched off
    claims: tuple[str, ...]
    indicator: str
    claimed: str  # "+" or "-"
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
    """Return all lines of the shipped table."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(map(_verdict, csv.DictReader(lines)))


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
