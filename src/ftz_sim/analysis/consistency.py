"""Does an experiment folder agree with itself? Which runs it must hold, and what every row is called.

Checksums say that files are as they were listed; whoever edits a file can list it anew. So the labels of all rows are
held against the runs, and the runs against the manifest: this takes no run of the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis import stored_draws
from ftz_sim.analysis.agreement import Array, wrong
from ftz_sim.indicators.tables import NATIONAL_ONLY, TABLES
from ftz_sim.model.streams import child_seed
from ftz_sim.results import parts
from ftz_sim.results.frames import ROW_NAME, names_of_rows, run_id
from ftz_sim.runs.recorder import codes_of
from ftz_sim.runs.sweep_manifest import DONE
from ftz_sim.runs.sweep_manifest import KIND as SWEEP
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

RUN, COMPARE, ATTRIBUTE = "run", "compare", "attribute"
MADE_OF_RUNS = (RUN, COMPARE, ATTRIBUTE, SWEEP)
SHOWN = 3


def tables_of(manifest: dict[str, Any]) -> Sequence[str]:
    """Return the names of the tables that a folder keeps of its runs."""
    if manifest["kind"] == SWEEP:
        return list(manifest["tables"])
    return NATIONAL_ONLY if manifest["kind"] == ATTRIBUTE else TABLES


def problems(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> list[str]:
    """Return a sentence for all that does not fit together; ``runs`` are those of the folder."""
    found = [*_of_runs(manifest, runs, lang)]
    found = found or [*_of_labels(folder, manifest, lang)]
    found = found or [*_of_firms(folder, manifest, runs, lang)]
    return found or [*(stored_draws.problems(folder, manifest, lang) if manifest["kind"] == COMPARE else ())]


def _of_runs(manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    sampled, counts = manifest["kind"] == SWEEP, manifest["runs"] or {}
    unfinished = sampled and manifest["state"] != DONE
    keys = ["scenario", "sample", "replicate"] if sampled else ["scenario", "replicate"]
    there = [tuple(row) for row in runs[keys].to_numpy(dtype=object).tolist()]
    yield from wrong("runs.parquet", "run_id", runs["run_id"].to_numpy(), _named(there), lang)
    if not sampled:
        seeds = [_seed(manifest, replicate) for _, replicate in there]
        yield from wrong("runs.parquet", parts.SEED, runs[parts.SEED].to_numpy(), np.array(seeds, dtype="u8"), lang)
    axes, counted = _axes(manifest, there), Counter(there)
    foreign = {key for key in counted if any(map(_outside, key, axes))}
    extra = [key for key, times in counted.items() if times > 1 or key in foreign]
    lost = 0 if manifest["kind"] == ATTRIBUTE else prod(map(len, axes)) - (len(counted) - len(foreign))
    missing = islice((key for key in product(*axes) if key not in counted), SHOWN if lost > 0 else 0)
    for key, which, n in (("runs_extra", extra, len(extra)), ("runs_missing", list(missing), lost)):
        if which and not (unfinished and key == "runs_missing"):
            yield say(f"error.{key}", lang, runs=", ".join(_named(which[:SHOWN])), n=n)
    for status in () if unfinished else ("done", "failed"):
        listed, number = counts.get(status, 0), int((runs["status"] == status).sum())
        if listed != number:
            yield say("error.runs_counted", lang, status=status, listed=listed, found=number)
    if unfinished and not lost:
        yield say("error.no_outputs", lang)


def _of_firms(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Hold the effective firms that the manifest names against the last quarters of the runs."""
    if manifest["kind"] not in (RUN, COMPARE) or "effective_firms" not in manifest:
        return
    done = list(runs.loc[runs["status"] == "done", "scenario"])
    column = parts.read_file(folder / "national.parquet", ["effective_firms"])[0].to_pylist() if done else []
    quarters = len(column) // max(len(done), 1)
    last: dict[str, list[float]] = {}
    for name, firms in zip(done, column[quarters - 1 :: quarters] if quarters else [], strict=True):
        last.setdefault(name, []).append(firms)
    if manifest["effective_firms"] != {name: round(sum(firms) / len(firms), 1) for name, firms in last.items()}:
        yield say("error.not_of_tables", lang, name="manifest.json, effective_firms")


def _axes(manifest: dict[str, Any], there: list[tuple[Any, ...]]) -> list[Sequence[Any]]:
    """Return the scenarios, the points of a sweep, and the replicates, which are crossed."""
    replicates = range(manifest.get("reps") or 1)
    if manifest["kind"] == ATTRIBUTE:  # which mixtures a replicate has is drawn
        return [list(dict.fromkeys(key[0] for key in there)), replicates]
    samples = [range(manifest["samples"])] if manifest["kind"] == SWEEP else []
    return [manifest["scenarios"], *samples, replicates]


def _outside(value: Any, axis: Sequence[Any]) -> bool:
    return value not in axis


def _named(keys: list[tuple[Any, ...]]) -> Array:
    if keys and len(keys[0]) == 3:
        return np.array([f"{name}-s{sample:06d}-r{replicate:04d}" for name, sample, replicate in keys], dtype=object)
    return np.array([run_id(name, replicate) for name, replicate in keys], dtype=object)


def _seed(manifest: dict[str, Any], replicate: int) -> int:
    if "reps" in manifest:
        return child_seed(manifest["seed"], 0, replicate)
    return int(manifest.get(parts.SEED) or manifest["seed"])  # of one run that was saved


def _of_labels(folder: Path, manifest: dict[str, Any], lang: Lang) -> Iterator[str]:
    first = manifest["strategy"] if manifest["kind"] == ATTRIBUTE else manifest["scenarios"][0]
    spec = Scenario.load(folder / "scenarios" / f"{first}.yaml")
    quarters, codes = spec.horizon.end.index + 1, codes_of(spec.figures)
    for table in tables_of(manifest):
        names = names_of_rows(getattr(codes, table, None), ROW_NAME.get(table, ""), quarters)
        block = {key: values.to_numpy(zero_copy_only=False) for key, values in names.items()}
        for runs, file in _files(folder, manifest, table):
            yield from _rows(file, folder, _done(runs), block, lang)


def _files(folder: Path, manifest: dict[str, Any], table: str) -> Iterator[tuple[Path, Path]]:
    """Yield the files of a table, each behind the file of its runs."""
    if manifest["kind"] != SWEEP:
        yield folder / "runs.parquet", folder / f"{table}.parquet"
        return
    for number in parts.live(folder):
        yield parts.path_of(folder, parts.RUNS, number), parts.path_of(folder, table, number)


def _done(path: Path) -> pd.DataFrame:
    runs = parts.read_runs(path).to_pandas()
    return runs[runs["status"] == "done"]


def _rows(path: Path, folder: Path, runs: pd.DataFrame, block: dict[str, Array], lang: Lang) -> Iterator[str]:
    import pyarrow.parquet as pq

    name = path.relative_to(folder).as_posix()
    if not path.is_file():
        if len(runs):  # runs that all failed have no tables
            yield say("error.file_missing", lang, name=name)
        return
    size = len(block["quarter"])
    keys = [key for key in ("run_id", "scenario", "sample", "replicate") if key in runs]
    right = {key: np.repeat(runs[key].to_numpy(), size) for key in keys}
    right |= {key: np.tile(values, len(runs)) for key, values in block.items()}
    columns = [key for key in right if key in pq.read_schema(path).names]
    found = parts.read_file(path, columns).to_pandas()
    yield from (say("error.column_lost", lang, name=name, column=key) for key in right if key not in columns)
    if len(found) != size * len(runs):
        yield say("error.rows_wrong", lang, name=name, found=len(found), right=size * len(runs))
        return
    for key in columns:
        yield from wrong(name, key, found[key].to_numpy(), right[key], lang)
