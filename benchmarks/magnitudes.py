"""The board of targets as a Markdown table; a short cut for ``ftz validate --no-econometrics``, which does more.

python benchmarks/magnitudes.py [--firms 20000] [--reps 5] [--workers 2] [--set a.b=c ...]
"""

from __future__ import annotations

import argparse

from ftz_sim.report.validation_tables import targets
from ftz_sim.validation import validate


def main() -> None:
    """Play `history` and `no_ftz` and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("firms", 20_000), ("reps", 5), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    options = parser.parse_args()
    found = validate(
        reps=options.reps,
        workers=options.workers,
        firms=options.firms,
        overrides=options.overrides,
        estimators=False,
    )
    sheet = targets(found.frame, "en")
    for row in (sheet.heads, ["---"] * len(sheet.heads), *sheet.rows):
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
