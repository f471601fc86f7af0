"""Whether a folder's attribution is that of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.analysis.agreement import unequal
from ftz_sim.analysis.attribute import ASKED, PAIRS, of_run, outcomes_of, plan_of, said
from ftz_sim.analysis.findings import stored_runs
from ftz_sim.analysis.focus import Question
from ftz_sim.errors import listed
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.results.frames import run_id
from ftz_sim.results.parts import read_file
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

FILE = f"{ASKED}.parquet"
SHOWN = 3


def changed(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Yield a sentence for runs that are not those of the plan, or else for all that the tables do not give."""
    a, b = (Scenario.load(folder / "scenarios" / f"{manifest[key]}.yaml") for key in ("strategy", "reference"))
    reps = manifest["reps"]
    if reps > len(runs):  # before they are listed
        yield say("error.runs_missing", lang, runs=run_id("…", reps - 1), n=reps - len(runs))
        return
    plan = plan_of(
        a, b, manifest["by"], manifest.get("pairs") or PAIRS, manifest["seed"], Question.stored(manifest)
    )  # fmt: skip
    jobs = [(spec, replicate) for replicate in range(reps) for spec in plan.scenarios(replicate).values()]
    planned, there = [run_id(spec.name, replicate) for spec, replicate in jobs], list(runs["run_id"])
    extra, missing = sorted({*there} - {*planned}), sorted({*planned} - {*there})
    for key, which in (("runs_extra", extra), ("runs_missing", missing)):
        if which:
            yield say(f"error.{key}", lang, runs=listed(which, SHOWN).say(lang), n=len(which))
    if extra or missing:
        return
    done = list(runs.loc[runs["status"] == "done", "run_id"])
    if plan.asked:
        table = asked(folder)
        if list(table["run_id"]) != done:
            yield say("error.not_of_tables", lang, name=FILE)
            return
        columns = table[[target.column for target in plan.asked]]
        values = dict(zip(done, columns.to_numpy(dtype=float), strict=True))
    else:
        stored = stored_runs(folder, {spec.name: spec for spec, _ in jobs}, runs, NATIONAL_ONLY)
        values = {run.run_id: of_run(run, plan.targets) for run in stored}
    result = plan.solve(outcomes_of(map(values.get, planned), plan, reps), [])
    yield from unequal(folder, manifest, {"attribution.csv": result.table}, said(result), lang)


def asked(folder: Path) -> pd.DataFrame:
    """Return what was asked about, one row for each run that was finished, as the folder keeps it."""
    found: pd.DataFrame = read_file(folder / FILE).to_pandas()
    return found
