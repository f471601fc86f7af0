"""What a sweep says: who wins, who regrets, and where the boundary lies, beside its own tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ftz_sim.analysis.robustness import INDICATORS, Robustness
from ftz_sim.analysis.sweep_focus import sweep_focus
from ftz_sim.analysis.sweep_outcomes import sweep_outcomes
from ftz_sim.report.figures import draw
from ftz_sim.results import FolderWriter
from ftz_sim.runs.setup import reference_of

ANSWERS = "report"  # folder in the sweep's; drawn and written anew with every report


def answer(folder: Path, manifest: dict[str, Any]) -> Path | None:
    """Write tables and figures of robustness into ``folder/report``.

    Args:
        folder: of a sweep; its own tables are left alone.
        manifest: of the sweep.

    Returns:
        that folder; None for a sweep that is unfinished or has nothing to compare.
    """
    done = manifest.get("state") == "done" and manifest["runs"]["done"]
    if not done or len(manifest["scenarios"]) < 2:
        return None
    outcomes = sweep_outcomes(folder, INDICATORS)
    found = Robustness.of_sweep(outcomes, reference_of(outcomes.scenarios))
    about: dict[str, Any] = {
        "reference": found.reference,
        "runs_in": str(folder),
        "scenarios": list(outcomes.scenarios),
    }
    about |= {name: manifest[name] for name in ("command", "seed", "reps", "samples")}
    about["sentence"] = found.statements()
    target = folder / ANSWERS
    with FolderWriter(target, "robustness", about) as writer:
        for name, table in found.tables().items():
            writer.frame(name, table)
        if (asked := sweep_focus(folder, found.reference)) is not None:
            writer.frame("focus_ranges.csv", asked.ranges)
            if asked.decided is not None:
                writer.frame("focus_tornado.csv", asked.decided)
        writer.finish(draw)
    return target
