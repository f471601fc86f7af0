"""What a comparison found, as its folder keeps it; and whether a folder's findings are those of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis import stored_draws
from ftz_sim.analysis.agreement import unequal
from ftz_sim.analysis.comparison import Comparison
from ftz_sim.analysis.drawn import Drawn
from ftz_sim.analysis.equal_cost import COST_REPS, stored_costs
from ftz_sim.analysis.equal_cost import frame as cost_frame
from ftz_sim.analysis.focus import Focus, Question
from ftz_sim.analysis.notes import notes
from ftz_sim.analysis.panel import Panel
from ftz_sim.analysis.precision import Precision, frame, widths
from ftz_sim.analysis.shock_responses import ShockResponses
from ftz_sim.analysis.zone_leakage import ZoneLeakage
from ftz_sim.indicators.tables import TABLES, Tables
from ftz_sim.results import Run
from ftz_sim.results.parts import SEED, read_file
from ftz_sim.runs.draws import frame as draws_frame
from ftz_sim.runs.recorder import codes_of
from ftz_sim.runs.setup import all_default
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd


def frames(result: Comparison) -> dict[str, pd.DataFrame]:
    """Return the tables that follow from the runs of a comparison, by file."""
    found = {"comparison.csv": result.comparison, "provinces.csv": result.provinces, "matching.csv": result.matching}
    if result.precision is not None:
        found["precision.csv"] = frame(widths(result, result.precision), result.precision, result.reps)
    if result.drawn is not None and result.uncertainty is not None:
        found |= {"draws.csv": draws_frame(result.drawn.draws), "uncertainty.csv": result.uncertainty}
    if result.robustness is not None:
        found |= result.robustness.tables()
    if result.linkage is not None:
        found["linkage.csv"] = result.linkage
    if result.synergy is not None:
        found["synergy.csv"] = result.synergy
    if result.siphon is not None:
        found["siphon.csv"] = result.siphon
    if result.leakage is not None:
        found["leakage.csv"] = result.leakage.table
    if result.equal_cost:
        found["equal_cost.csv"] = cost_frame(result.equal_cost)
    if result.shocks is not None and result.shocks.pairs:
        found["shock_responses.csv"] = result.shocks.table
    if result.focus is not None:
        found["focus.csv"] = result.focus.table
    if result.drawn is not None and result.drawn.decided is not None:
        found["focus_tornado.csv"] = result.drawn.decided
    return found | {"entropy.csv": result.entropy}


def said(result: Comparison) -> dict[str, Any]:
    """Return what the manifest says of a comparison."""
    drawn = {} if result.drawn is None else {"draw_firms": result.drawn.firms}
    return drawn | {
        "notes": notes(result),
        "verdict": result.statements(),
        "weightings_nqp": result.weightings,
        "weights_entropy": result.entropy_weights,
        "gain_per_yuan": result.gain_per_yuan,
        "why_no_gain_per_yuan": result.why_no_gain_per_yuan,
    }


def changed(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Yield a sentence for every finding of a stored comparison that its tables do not give."""
    result = _read(folder, manifest, runs)
    if manifest["equal_cost"]:
        result.equal_cost = stored_costs(folder, result, manifest.get("cost_reps") or min(result.reps, COST_REPS))
    yield from unequal(folder, manifest, frames(result), said(result), lang)


def _read(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame) -> Comparison:
    """Return a stored comparison, made of its tables by the code that made it of its runs."""
    specs = [Scenario.load(folder / "scenarios" / f"{name}.yaml") for name in manifest["scenarios"]]
    reps, seed, interval, level = (manifest[key] for key in ("reps", "seed", "interval", "level"))
    horizon, reference, how = specs[0].horizon, manifest["reference"], (interval, seed, level)
    panel = Panel([spec.name for spec in specs], reps, horizon.fork.index, horizon.end.index + 1)
    asked = Precision(**manifest["precision"]) if manifest["precision"] else None
    result = Comparison(reference, reps, seed, interval, panel, [], level=level, precision=asked)
    result.default = all_default(specs)
    result.shocks = ShockResponses(specs, reps, *how)
    result.leakage = ZoneLeakage(panel.scenarios, reference, reps, *how)
    question = Question.stored(manifest)
    if any(question):
        result.focus = Focus(question, panel.final, panel.scenarios, reference, reps, *how)
    if manifest["draws"]:
        result.drawn = Drawn.of(specs, manifest["draws"], seed, reference, question, manifest["ranges"])
        stored_draws.fill(folder, result.drawn)
    for run in stored_runs(folder, {spec.name: spec for spec in specs}, runs):
        result.add(run)
    return result


def stored_runs(
    folder: Path, specs: dict[str, Scenario], runs: pd.DataFrame, names: Sequence[str] = TABLES
) -> Iterator[Run]:
    """Yield the finished runs of a folder with those of their tables that it keeps, in the order of ``runs``.

    Args:
        folder: of a run, comparison or attribution, whose labels are right (see `consistency`).
        specs: scenarios by name.
        runs: all runs of the folder.
        names: tables that are kept.
    """
    done = runs[runs["status"] == "done"]
    if done.empty:
        return
    stored = {name: read_file(folder / f"{name}.parquet") for name in names}
    spec = next(iter(specs.values()))
    codes, quarters = codes_of(spec.figures), spec.horizon.end.index + 1
    for place, run in enumerate(done.to_dict("records")):
        tables: dict[str, Any] = {name: {} for name in TABLES}
        for table, whole in stored.items():  # rows are in order: see `consistency`
            labels = getattr(codes, table, None)
            rows = quarters * (len(labels.code) if labels else 1)
            part = whole.slice(place * rows, rows)
            numbers = [key for key in part.column_names if part.schema.field(key).type == "double"]
            shape = (quarters, -1) if labels else (quarters,)
            tables[table] = {key: np.asarray(part[key]).reshape(shape) for key in numbers}
        yield Run(specs[run["scenario"]], run[SEED], Tables(**tables, codes=codes), run["replicate"])
