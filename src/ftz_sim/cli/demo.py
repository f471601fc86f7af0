"""``ftz demo``: the comparison of all strategies, from an installed package in an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ftz_sim.cli import runs
from ftz_sim.cli.output import LANGUAGE, Language
from ftz_sim.cli.place import Force
from ftz_sim.cli.runs import End, Figures, Firms, Quiet, Reps, Workers

SCENARIOS = (
    "no_ftz", "history", "single_ftz", "cross_zone", "cross_zone_with_hinterland", "ftz_fta", "integrated", "fta_only",
)  # fmt: skip
Out = Annotated[Path, typer.Option(help="folder to write")]


def demo(
    reps: Reps = 10,
    firms: Firms = None,
    end: End = None,
    workers: Workers = 2,
    out: Out = Path("results/demo"),
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    lang: Language = LANGUAGE,
) -> None:
    """Compare all eight scenarios on the packaged figures, and say where the results are."""
    runs.compare(
        [*SCENARIOS], "single_ftz", reps, firms=firms, end=end, workers=workers, out=out, force=force, figures=figures,
        quiet=quiet, lang=lang,
    )  # fmt: skip
