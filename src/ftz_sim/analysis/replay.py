"""Replay: make a stored run again and say whether it agrees, bit for bit; and verify whole folders.

Works on the folders of ``run``, ``compare``, ``attribute`` and ``sweep``. A run that does not agree is no failure
of the program: either the folder was altered, or the model, its libraries or the machine are not those of then,
and the answer says which of these differ.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from ftz_sim.analysis import agreement, consistency, findings
from ftz_sim.analysis.consistency import ATTRIBUTE, COMPARE, MADE_OF_RUNS, tables_of
from ftz_sim.analysis.drawn import TABLE, spec_of
from ftz_sim.analysis.panel import Outcomes
from ftz_sim.errors import InputError, nearest
from ftz_sim.indicators.tables import NATIONAL_ONLY, Tables
from ftz_sim.results import Run, parts
from ftz_sim.results import verify as changed_files
from ftz_sim.results.batches import Row, part
from ftz_sim.results.frames import arrow_table
from ftz_sim.results.manifest import data_checksums, model_version, surroundings
from ftz_sim.results.parts import Part
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.engine import attempt, simulate
from ftz_sim.runs.mixtures import by_name
from ftz_sim.runs.sweep_manifest import KIND as SWEEP
from ftz_sim.runs.sweep_manifest import UNFINISHED
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
SHOWN = 5
SAMPLE = 3
COMPARED = ("python", "machine", "platform")  # beside the model and the packages


class Change(NamedTuple):
    """Something that is not as it was when a folder was made."""

    what: str
    then: str
    now: str


@dataclass(frozen=True)
class Replay:
    """One run, made again.

    Attributes:
        differences: a sentence for every column that differs; none if the run agrees.
        changes: what is not as it was then: model, Python, packages, machine.
        error: what the run ended with now, if it failed.
    """

    run_id: str
    differences: list[str]
    changes: list[Change]
    error: str = ""

    @property
    def agrees(self) -> bool:
        """Whether every stored number came out again, bit for bit."""
        return not self.differences


@dataclass
class Verification:
    """What `verify` found.

    Attributes:
        problems: files that are not what the manifest says.
        changes: what is not as it was when the folder was made.
        resume: command that resumes an unfinished sweep, or nothing.
        replays: runs that were made again.
    """

    problems: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    resume: str = ""
    replays: list[Replay] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether everything is as it was."""
        return not self.problems and all(each.agrees for each in self.replays)


def replay(folder: str | Path, run_id: str, lang: Lang = "en") -> Replay:
    """Make one run of an experiment folder again; differences are said in ``lang``.

    Raises:
        InputError: if there is no such run, or the folder does not keep its tables.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    runs, draws = _runs(folder, manifest), _draws(folder)
    for table, again in ((runs, _replay), (draws, _replay_draw)):
        found = table[table["run_id"] == run_id]
        if len(found):
            return again(folder, manifest, found.iloc[0], _changes(manifest), lang)
    raise InputError(
        "no_run", folder=folder, found=run_id, nearest=nearest(run_id, [*runs["run_id"], *draws["run_id"]])
    )


def verify(folder: str | Path, sample: int = SAMPLE, lang: Lang = "en") -> Verification:
    """Check a folder's files against its manifest; make ``sample`` of its runs, and of those of its draws, again.

    Raises:
        InputError: if it is no experiment folder, or ``sample`` makes no sense.
    """
    if isinstance(sample, bool) or not isinstance(sample, int | np.integer) or sample < 0:
        raise InputError("sample", found=sample)
    folder = Path(folder)
    manifest = read_manifest(folder)
    found = Verification(changes=_changes(manifest))
    if manifest["kind"] == SWEEP:
        found.problems += parts.damaged(folder, lang)
        if manifest["state"] == UNFINISHED:
            found.resume = manifest["command"]
    if not found.resume or manifest["outputs"]:
        found.problems += changed_files(folder, lang)
    if found.problems or manifest["kind"] not in MADE_OF_RUNS:
        return found  # a damaged folder is not worth a replay
    runs = _runs(folder, manifest)
    found.problems += consistency.problems(folder, manifest, runs, lang)
    if not found.problems and manifest["kind"] == COMPARE and "model" not in {change.what for change in found.changes}:
        # another version may find other things in the same tables, or kept less in its manifest
        found.problems += findings.changed(folder, manifest, runs, lang)
    if found.problems:
        return found
    for table, again in ((runs, _replay), (_draws(folder), _replay_draw)):
        places = np.unique(np.linspace(0, len(table) - 1, min(sample, len(table))).astype(int))
        found.replays += [again(folder, manifest, table.iloc[place], found.changes, lang) for place in places]
    return found


def _replay(folder: Path, manifest: dict[str, Any], run: pd.Series[Any], changes: list[Change], lang: Lang) -> Replay:
    spec = _scenario(folder, manifest, run)
    result = attempt(spec, int(run["seed"]), partial(simulate, names=tables_of(manifest))).result
    again = result if isinstance(result, str) else _again(manifest, run, spec, result)
    return _told(run, again, lambda made: _differences(folder, manifest, run, made, lang), changes, lang)


def _replay_draw(
    folder: Path, manifest: dict[str, Any], run: pd.Series[Any], changes: list[Change], lang: Lang
) -> Replay:
    spec, number, seed = _scenario(folder, manifest, run), int(run["draw"]), int(run["seed"])
    drawn = spec_of(spec, _drawn(folder / "draws.csv", number), manifest["draw_firms"])
    result = attempt(drawn, seed, partial(simulate, names=NATIONAL_ONLY)).result
    panel = Outcomes([spec.name], 1, spec.horizon.fork.index, spec.horizon.end.index + 1)
    if not isinstance(result, str):
        panel.add(Run(drawn, seed, result))
    return _told(run, result, lambda _: _other_outcomes(run, panel, lang), changes, lang)


def _other_outcomes(run: pd.Series[Any], panel: Outcomes, lang: Lang) -> Iterator[str]:
    import pandas as pd

    at = [measure.at for measure in panel.measures]
    for measure, now in zip(panel.measures, panel.outcomes[0, 0], strict=True):
        column = f"{measure.variable.name} {measure.at}"
        stored, made = (pd.DataFrame({column: [float(value)], "quarter": at[:1]}) for value in (run[column], now))
        yield from agreement.differences(TABLE, stored, made, lang)


def _told(
    run: pd.Series[Any],
    made: T | str,
    differences: Callable[[T], Iterator[str]],
    changes: list[Change],
    lang: Lang,
) -> Replay:
    """Return what came of a run that was made again; ``made`` is its error if it failed."""
    found: list[str]
    if isinstance(made, str):
        found = [] if run["status"] == "failed" else [say("error.fails_now", lang)]
    elif run["status"] == "failed":
        found = [say("error.failed_then", lang, error=run["error"])]
    else:
        found = list(differences(made))
    return Replay(str(run["run_id"]), found, changes, made if isinstance(made, str) else "")


def _draws(folder: Path) -> pd.DataFrame:
    """Return the runs of the draws of a comparison; none if its parameters were fixed."""
    import pandas as pd

    path = folder / f"{TABLE}.parquet"
    return pd.read_parquet(path) if path.is_file() else pd.DataFrame({"run_id": []})


def _runs(folder: Path, manifest: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd

    if manifest["kind"] != SWEEP:
        return pd.read_parquet(folder / "runs.parquet")
    runs = parts.read_all(folder, parts.RUNS).to_pandas()
    if runs.empty:
        raise InputError("no_finished_yet", folder=folder)
    ordered: pd.DataFrame = runs.sort_values(["sample", "replicate", "scenario"])
    return ordered


def _scenario(folder: Path, manifest: dict[str, Any], run: pd.Series[Any]) -> Scenario:
    spec = _mixture(folder, manifest, str(run["scenario"])) if manifest["kind"] == ATTRIBUTE else None
    if spec is None:
        spec = Scenario.load(folder / "scenarios" / f"{run['scenario']}.yaml")
    values = {}
    if manifest["kind"] == SWEEP:
        values = {name: float(run[name]) for name in manifest["factors"]}
    return apply(spec, values) if values else spec


def _mixture(folder: Path, manifest: dict[str, Any], name: str) -> Scenario | None:
    strategy, reference = (
        Scenario.load(folder / "scenarios" / f"{manifest[key]}.yaml") for key in ("strategy", "reference")
    )
    return by_name(strategy, reference, manifest["by"], name)


def _drawn(path: Path, number: int) -> dict[str, float]:
    with path.open(encoding="utf-8", newline="") as file:  # pandas may round
        row = next(row for row in csv.DictReader(file) if int(row.pop("draw")) == number)
    return {name: float(value) for name, value in row.items()}


def _differences(folder: Path, manifest: dict[str, Any], run: pd.Series[Any], made: Part, lang: Lang) -> Iterator[str]:
    for table, again in made.tables.items():
        stored = _stored(folder, manifest, table, str(run["run_id"]))
        yield from agreement.differences(table, stored, again.to_pandas(), lang)


def _again(manifest: dict[str, Any], run: pd.Series[Any], spec: Scenario, tables: Tables) -> Part:
    """Return a run that was made again as it would be stored: labels and numbers."""
    import pyarrow as pa

    seed, replicate = int(run["seed"]), int(run["replicate"])
    if manifest["kind"] == SWEEP:
        row = Row(spec.name, int(run["sample"]), replicate, seed, "", [], 0.0, "", 0.0)
        return part([row], [tables], [], manifest["tables"])
    made = Run(spec, seed, tables, replicate)
    return Part(pa.table({}), {name: arrow_table(made, name) for name in tables_of(manifest)})


def _stored(folder: Path, manifest: dict[str, Any], table: str, run_id: str) -> pd.DataFrame:
    import pandas as pd
    import pyarrow.parquet as pq

    wanted = [("run_id", "=", run_id)]
    if manifest["kind"] != SWEEP:
        return pq.read_table(folder / f"{table}.parquet", filters=wanted).to_pandas()
    files = [parts.path_of(folder, table, n) for n, part in parts.live(folder).items() if table in part.checksums]
    found = [pq.read_table(file, filters=wanted, partitioning=None).to_pandas() for file in files]
    return pd.concat([each for each in found if len(each)] or found[:1] or [pd.DataFrame()])


def _changes(manifest: dict[str, Any]) -> list[Change]:
    """Return what is not as it was when the folder was made."""
    now, packages = surroundings(), manifest.get("packages", {})
    pairs = [("model", manifest.get("model", manifest["version"]), model_version())]
    pairs += [(name, manifest.get(name), now[name]) for name in COMPARED]
    pairs += [(name, packages.get(name), version) for name, version in now["packages"].items()]
    pairs += [(name, manifest["inputs"].get(name, "")[:8], sha[:8]) for name, sha in data_checksums().items()]
    return [Change(what, str(then), str(today)) for what, then, today in pairs if then != today]
