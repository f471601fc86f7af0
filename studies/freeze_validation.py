"""Renew the frozen board that the regression test compares with: run it on purpose, and say why in the CHANGELOG.

    python studies/freeze_validation.py

Writes ``tests/validation_baseline.csv``: for every target that a small study computes the model's value, the
move that still counts as the same result (a quarter of the target's half-width, or three standard errors over
seeds, whichever is larger) and the verdict. What moved is printed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ftz_sim.validation import validate

FILE = Path(__file__).parents[1] / "tests" / "validation_baseline.csv"
REPS, FIRMS, SEED = 3, 2_000, 1
T_INTERVAL = 4.3027  # quantile of Student's t with REPS - 1 degrees of freedom that the intervals use


def table() -> pd.DataFrame:
    """Return id, model, tolerance and verdict of every target that the small study computes."""
    board = validate(reps=REPS, firms=FIRMS, seed=SEED, estimators=False).frame
    board = board[board["n"] > 0]
    half = (board["high"] - board["low"]).where(np.isfinite(board["high"] - board["low"]), 0) / 2
    error = (board["ci_high"] - board["ci_low"]) / 2 / T_INTERVAL
    tolerance = np.fmax(half / 4, 3 * error)  # what no seed moves has no error
    return board[["id", "model"]].assign(tolerance=tolerance, verdict=board["verdict"]).round(6)


def main() -> None:
    """Write the table and print what moved."""
    new = table()
    if FILE.is_file():
        both = pd.read_csv(FILE).merge(new, on="id", suffixes=("_old", "_new"), how="outer")
        moved = both[(both["model_new"] - both["model_old"]).abs() > 1e-6 * both["model_old"].abs()]
        print(moved.to_string(index=False) if len(moved) else "nothing moved")
    new.to_csv(FILE, index=False, lineterminator="\n")
    print(f"{len(new)} targets written to {FILE}")


if __name__ == "__main__":
    main()
