"""How long ``ftz design`` takes: ``python benchmarks/design.py [--packages 5000] [--workers 2]``.

Plays `examples/spend_200bn.yaml` (2,000 firms, to 2030Q4, 3 draws) until its three searches together have looked at
about so many packages, each simulated in every draw, and measures the answer again as the file says. Searches meet now
and then in one package, which is played once: so each may look at a twentieth more than a third. The mark is 5,000
packages in 3 draws, 15,000 runs, in less than ten minutes on two cores that have nothing else to do.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from pathlib import Path

import pandas as pd

from ftz_sim.design.design import design

FILE = Path(__file__).parents[1] / "examples" / "spend_200bn.yaml"
MEETING = 1.05  # packages that searches look at, over those that are different


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    search = f"search: {{evaluations: {round(MEETING * options.packages / 3)}}}"
    text = re.sub(r"^search: .*$", search, FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE.name
        path.write_text(text, encoding="utf-8")
        begun = time.perf_counter()
        made = design(path, Path(folder) / "out", options.workers)
        seconds = time.perf_counter() - begun
        tried = len(pd.read_parquet(made.folder / "tried.parquet"))
    record, a_run = made.problem.record, seconds / made.made
    print(f"{record.name}, {record.firms:,} firms to {record.end}, {options.workers} workers; {search}")
    print(f"{tried:,} packages in {record.uncertainty.draws} draws, {made.made:,} runs in all, {made.failed} failed")
    print(f"{seconds:.1f} s, {1e3 * a_run:.1f} ms a run; 15,000 runs at that rate: {15_000 * a_run / 60:.1f} min")
    print(made.tables["searches.csv"][["search", "packages", "on_front", "hypervolume"]].to_string(index=False))


if __name__ == "__main__":
    main()
