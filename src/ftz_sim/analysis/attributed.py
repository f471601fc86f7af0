"""Whether a folder's attribution is that of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.analysis.agreement import unequal
from ftz_sim.analysis.attribute import PAIRS, outcomes_of, plan_of, said
from ftz_sim.analysis.findings import stored_runs
from ftz_sim.errors import listed
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.results import FailedRun
from ftz_sim.results.frames import run_id
from ftz_sim.results.parts import SEED
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 3


def changed(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Yield a sentence for runs that are not those of the plan, or else for all that the tables do not give."""
    a, b = (Scenario.load(folder / "scenarios" / f"{manifest[key]}.yaml") for key in ("strategy", "reference"))
    reps = manifest["reps"]
    if reps > len(runs):  # before they are listed
        yield say("error.runs_missing", lang, runs=run_id("…", reps - 1), n=reps - len(runs))
        return
    plan = plan_of(a, b, manifest["by"], manifest.get("pairs") or PAIRS, manifest["seed"])
    jobs = [(spec, replicate) for replicate in range(reps) for spec in plan.scenarios(replicate).values()]
    planned, there = [run_id(spec.name, replicate) for spec, replicate in jobs], list(runs["run_id"])
    extra, missing = sorted({*there} - {*planned}), sorted({*planned} - {*there})
    for key, which in (("runs_extra", extra), ("runs_missing", missing)):
        if which:
            yield say(f"error.{key}", lang, runs=listed(which, SHOWN).say(lang), n=len(which))
    if extra or missing:
        return
    specs = {spec.name: spec for spec, _ in jobs}
    made: dict[str, Any] = {run.run_id: run for run in stored_runs(folder, specs, runs, NATIONAL_ONLY)}
    for run in runs[runs["status"] == "failed"].to_dict("records"):
        made[run["run_id"]] = FailedRun(specs[run["scenario"]], run[SEED], run["replicate"], run["error"])
    result = plan.solve(outcomes_of((made[name] for name in planned), plan, reps), [])
    yield from unequal(folder, manifest, {"attribution.csv": result.table}, said(result), lang)
