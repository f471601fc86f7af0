"""What each lever and each mechanism moves: docs/levers.md and the verdicts that ship with the package.

    python studies/levers.py [--reps 8] [--firms 2000] [--workers 2] [--out DIR] [--page FILE] [--ship] [NAME ...]

How it is made stands in `ftz_sim.trace.lever_study`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from lever_page import page

from ftz_sim.analysis import lever_verdicts
from ftz_sim.errors import InputError
from ftz_sim.trace.lever_study import Study, study


def write(found: Study, folder: Path) -> list[Path]:
    """Write the page and the tables of a study to ``folder``, those without rows left out; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / "levers.md"
    text.write_text(page(found), encoding="utf-8")
    tables = {"levers": found.table, "per_yuan": found.per_yuan, "shares": found.shares, "leakage": found.leakages}
    paths = [text]
    for name, table in tables.items():
        if not table.empty:
            table.to_csv(folder / f"{name}.csv", index=False)
            paths.append(folder / f"{name}.csv")
    return paths


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the study from the command line and write its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("reps", 8), ("firms", 2_000), ("seed", 1), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--end", default="2035Q4")
    parser.add_argument("--out", type=Path, default=Path("results/levers"))
    parser.add_argument("--page", type=Path, help="another place for a copy of the page")
    parser.add_argument("--ship", action="store_true", help="write the verdicts that ship with the package")
    parser.add_argument("only", nargs="*", help="levers and mechanisms; all if none is named")
    asked = parser.parse_args(arguments)
    if asked.ship and asked.only:
        parser.error("--ship writes the verdicts of all levers and mechanisms; name none")
    try:
        found = study(asked.reps, asked.firms, asked.end, asked.seed, asked.workers, asked.only, progress=True)
    except InputError as error:
        parser.error(str(error))
    paths = write(found, asked.out)
    if asked.page is not None:
        asked.page.write_text(paths[0].read_text(encoding="utf-8"), encoding="utf-8")
        paths.append(asked.page)
    if asked.ship:
        paths.append(lever_verdicts.write(found))
    print(*paths, sep="\n")
    for run in found.failed:
        print(f"{run.run_id} failed: {run.error}")


if __name__ == "__main__":
    main()
