"""What a comparison found, as its folder keeps it; and whether a folder's findings are those of its tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.comparison import Comparison
from ftz_sim.analysis.focus import Focus, Question
from ftz_sim.analysis.panel import Panel
from ftz_sim.analysis.precision import Precision, frame, widths
from ftz_sim.analysis.shock_responses import ShockResponses
from ftz_sim.analysis.zone_leakage import ZoneLeakage
from ftz_sim.indicators.tables import TABLES, Tables
from ftz_sim.model.published import load_figures
from ftz_sim.results import Run
from ftz_sim.results.parts import read_file
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.draws import frame as draws_frame
from ftz_sim.runs.recorder import codes_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

CLOSE = 1e-9  # relative: another library adds up in another order
FROM_OTHER_RUNS = ("notes",)  # say also at which cost strategies were made equal


def frames(result: Comparison) -> dict[str, pd.DataFrame]:
    """Return the tables that follow from the runs of a comparison, by file."""
    found = {"comparison.csv": result.comparison, "provinces.csv": result.provinces, "matching.csv": result.matching}
    if result.precision is not None:
        found["precision.csv"] = frame(widths(result, result.precision), result.precision, result.reps)
    if result.draws:
        found["draws.csv"] = draws_frame(result.draws)
    if result.robustness is not None:
        found |= result.robustness.tables()
    if result.linkage is not None:
        found["linkage.csv"] = result.linkage
    if result.siphon is not None:
        found["siphon.csv"] = result.siphon
    if result.leakage is not None:
        found["leakage.csv"] = result.leakage.table
    if result.shocks is not None and result.shocks.pairs:
        found["shock_responses.csv"] = result.shocks.table
    if result.focus is not None:
        found["focus.csv"] = result.focus.table
        if result.draws:
            found["focus_tornado.csv"] = result.focus.tornado(result.draws)
    return found | {"entropy.csv": result.entropy}


def said(result: Comparison) -> dict[str, Any]:
    """Return what the manifest says of a comparison."""
    return {
        "notes": {lang: result.notes(lang) for lang in ("en", "zh")},
        "verdict": {lang: result.sentence(lang) for lang in ("en", "zh")},
        "weightings_nqp": result.weightings,
        "weights_entropy": result.entropy_weights,
        "gain_per_yuan": result.gain_per_yuan,
    }


def changed(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Yield a sentence for every finding of a stored comparison that its tables do not give."""
    import pandas as pd

    result = _read(folder, manifest, runs)
    for name, table in frames(result).items():
        right = pd.read_csv(io.StringIO(table.to_csv(index=False)))
        if not (folder / name).is_file() or not _same_table(pd.read_csv(folder / name), right):
            yield say("error.not_of_tables", lang, name=name)
    for key, value in said(result).items():
        if not (key in FROM_OTHER_RUNS and manifest["equal_cost"]) and not _same(manifest.get(key), value):
            yield say("error.not_of_tables", lang, name=f"manifest.json, {key}")


def _read(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame) -> Comparison:
    """Return a stored comparison, made of its tables by the code that made it of its runs."""
    specs = [Scenario.load(folder / "scenarios" / f"{name}.yaml") for name in manifest["scenarios"]]
    reps, seed, interval, level = (manifest[key] for key in ("reps", "seed", "interval", "level"))
    horizon, reference, how = specs[0].horizon, manifest["reference"], (interval, seed, level)
    panel = Panel([spec.name for spec in specs], reps, horizon.fork.index, horizon.end.index + 1)
    asked = Precision(**manifest["precision"]) if manifest["precision"] else None
    result = Comparison(reference, reps, seed, interval, panel, [], level=level, precision=asked)
    result.shocks = ShockResponses(specs, reps, *how)
    result.leakage = ZoneLeakage(panel.scenarios, reference, reps, *how)
    if question := manifest.get("focus"):
        question = Question.of(*(question[part] for part in Question._fields))
        result.focus = Focus(question, panel.final, panel.scenarios, reference, reps, *how)
    if manifest["uncertain"]:
        drawn = drawn_parameters(specs)
        result.draws = [draw(specs, drawn, seed, replicate) for replicate in range(reps)]
    for run in _runs(folder, {spec.name: spec for spec in specs}, runs):
        result.add(run)
    return result


def _runs(folder: Path, specs: dict[str, Scenario], runs: pd.DataFrame) -> Iterator[Run]:
    done = runs[runs["status"] == "done"]
    if done.empty:
        return
    stored = {name: read_file(folder / f"{name}.parquet") for name in TABLES}
    codes = codes_of(load_figures())
    quarters = next(iter(specs.values())).horizon.end.index + 1
    for place, run in enumerate(done.to_dict("records")):
        tables = {}
        for table, whole in stored.items():  # rows are in order: see `consistency`
            labels = getattr(codes, table, None)
            rows = quarters * (len(labels.code) if labels else 1)
            part = whole.slice(place * rows, rows)
            numbers = [key for key in part.column_names if part.schema.field(key).type == "double"]
            shape = (quarters, -1) if labels else (quarters,)
            tables[table] = {key: np.asarray(part[key]).reshape(shape) for key in numbers}
        yield Run(specs[run["scenario"]], run["seed"], Tables(**tables, codes=codes), run["replicate"])


def _same_table(stored: pd.DataFrame, right: pd.DataFrame) -> bool:
    if list(stored) != list(right) or len(stored) != len(right):
        return False
    return all(_same(stored[name].tolist(), right[name].tolist()) for name in right)


def _same(stored: Any, right: Any) -> bool:
    if isinstance(right, dict):
        alike = isinstance(stored, dict) and stored.keys() == right.keys()
        return alike and all(_same(stored[key], value) for key, value in right.items())
    if isinstance(right, list):
        return isinstance(stored, list) and len(stored) == len(right) and all(map(_same, stored, right))
    if isinstance(right, float) and isinstance(stored, int | float):
        return bool(np.isclose(stored, right, rtol=CLOSE, atol=CLOSE * 1e-3, equal_nan=True))
    return bool(stored == right)
