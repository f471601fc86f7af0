"""Replay: make a stored run again and say whether it agrees, bit for bit; and verify whole folders.

Works on the folders of ``run``, ``compare``, ``attribute`` and ``sweep``; `design.replay` on those of ``design``. A run
that does not agree is no failure of the program: either the folder was altered, or the model, its libraries or the
machine are not those of then, and the answer says which of these differ. Another processor rounds otherwise: a run that
one made agrees if it is no further from the stored one than rounding goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis import agreement, attributed, consistency, findings, focus, points, stored_draws
from ftz_sim.analysis.attribute import ASKED
from ftz_sim.analysis.changes import Change, changes_since, elsewhere
from ftz_sim.analysis.consistency import ATTRIBUTE, COMPARE, MADE_OF_RUNS, tables_of
from ftz_sim.analysis.drawn import TABLE, spec_of, values_of
from ftz_sim.errors import InputError, nearest
from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.yearly import last_year
from ftz_sim.results import Run, parts
from ftz_sim.results import verify as changed_files
from ftz_sim.results.batches import Row, part
from ftz_sim.results.frames import arrow_table, plain
from ftz_sim.results.parts import ROTTEN, SEED, BatchTables
from ftz_sim.results.reading import read_manifest, refuse_swollen
from ftz_sim.runs.engine import attempt, simulate
from ftz_sim.runs.mixtures import by_name
from ftz_sim.runs.sweep_manifest import KIND as SWEEP
from ftz_sim.runs.sweep_manifest import UNFINISHED
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

    Pair = tuple[str, pd.DataFrame, pd.DataFrame]  # a table by name, as it was stored and as it is made again

SHOWN = 5
SAMPLE = 3
Problems = Callable[[Path, dict[str, Any], "pd.DataFrame", Lang], Iterable[str]]
# what makes the rest of a folder again, and the versions of what it follows from
AGAIN: dict[str, tuple[Problems, tuple[str, ...]]] = {
    COMPARE: (findings.changed, ("model",)),
    ATTRIBUTE: (attributed.changed, ("model",)),
    SWEEP: (points.problems, points.DRAWN_BY),
}


@dataclass(frozen=True)
class Replay:
    """One run, made again.

    Attributes:
        differences: a sentence for every column that differs; none if the run agrees.
        changes: what is not as it was then: model, Python, packages, machine.
        error: what the run ended with now, if it failed.
        size: largest difference of a number, as a share of its column's largest; infinite if others differ.
        elsewhere: processors of then and now, if they are not the same, and the model is.
    """

    run_id: str
    differences: list[str]
    changes: list[Change]
    error: str = ""
    size: float = 0.0
    elsewhere: Change | None = None

    @property
    def exact(self) -> bool:
        """Whether every stored number came out again, bit for bit."""
        return not self.differences

    @property
    def agrees(self) -> bool:
        """Whether it did, or, if another processor made the run, came out again but for rounding."""
        return self.exact or (self.elsewhere is not None and self.size <= agreement.ROUNDING)


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
    refuse_swollen(folder)
    runs, draws = _runs(folder, manifest), stored_draws.runs(folder)
    for table, again in ((runs, _replay), (draws, _replay_draw)):
        found = table[table["run_id"] == run_id]
        if len(found):
            return again(folder, manifest, found.iloc[0], changes_since(manifest), lang)
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
    refuse_swollen(folder)
    found = Verification(changes=changes_since(manifest))
    if manifest["kind"] == SWEEP:
        found.problems += parts.damaged(folder, lang)
        if manifest["state"] == UNFINISHED:
            found.resume = manifest["command"]
    if not found.resume or manifest["outputs"]:
        found.problems += changed_files(folder, lang)
    if found.problems or manifest["kind"] not in MADE_OF_RUNS:
        return found  # a damaged folder is not worth a replay
    runs = _runs(folder, manifest)
    found.problems += _said(consistency.problems, folder, manifest, runs, lang)
    problems, versions = AGAIN.get(manifest["kind"], (None, ()))
    if problems and not found.problems and {change.what for change in found.changes}.isdisjoint(versions):
        # others may find other things in the same tables, draw other points, or keep less in a manifest
        found.problems += _said(problems, folder, manifest, runs, lang)
    if found.problems:
        return found
    for table, again in ((runs, _replay), (stored_draws.runs(folder), _replay_draw)):
        places = np.unique(np.linspace(0, len(table) - 1, min(sample, len(table))).astype(int))
        found.replays += [again(folder, manifest, table.iloc[place], found.changes, lang) for place in places]
    return found


def _said(problems: Problems, folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> list[str]:
    """Return what is wrong, also where tables and manifest are such that it cannot be asked."""
    try:
        return list(problems(folder, manifest, runs, lang))
    except InputError as error:
        return [error.say(lang)]
    except ROTTEN as error:
        return [say("error.nothing_follows", lang, reason=f"{type(error).__name__}: {error}")]


def _replay(folder: Path, manifest: dict[str, Any], run: pd.Series[Any], changes: list[Change], lang: Lang) -> Replay:
    spec = _scenario(folder, manifest, run)
    targets = _asked(manifest, spec) if manifest["kind"] == ATTRIBUTE else ()

    def pairs(made: Tables) -> Iterator[Pair]:
        for table, again in _again(manifest, run, spec, made).tables.items():
            yield table, _stored(folder, manifest, table, str(run["run_id"])), plain(again).to_pandas()
        if targets:
            rows = attributed.asked(folder)
            place = rows.index[rows["run_id"] == run["run_id"]]
            yield ASKED, *agreement.row_again(rows, place, {each.column: each.of(made) for each in targets})

    names = dict.fromkeys([*tables_of(manifest), *focus.tables_of(targets)])
    return held(run, spec, [*names], pairs, changes, lang)


def _replay_draw(
    folder: Path, manifest: dict[str, Any], run: pd.Series[Any], changes: list[Change], lang: Lang
) -> Replay:
    spec = spec_of(_scenario(folder, manifest, run), stored_draws.parameters(folder, int(run["draw"])))
    targets = _asked(manifest, spec)

    def pairs(made: Tables) -> Iterator[Pair]:
        table = stored_draws.runs(folder)
        own = table[table["scenario"] == run["scenario"]]
        yield TABLE, *agreement.row_again(own, run.name, values_of(spec, made, targets))

    return held(run, spec, focus.tables_of(targets), pairs, changes, lang)


def held(
    run: pd.Series[Any],
    spec: Scenario,
    names: Sequence[str],
    pairs: Callable[[Tables], Iterator[Pair]],
    changes: list[Change],
    lang: Lang,
) -> Replay:
    """Make a run again, with its tables ``names``, and hold them against what ``pairs`` finds of it."""
    result = attempt(spec, int(run[SEED]), partial(simulate, names=names)).result
    differences: list[str] = []
    size = 0.0
    if isinstance(result, str):
        differences += [] if run["status"] == "failed" else [say("error.fails_now", lang)]
    elif run["status"] == "failed":
        differences += [say("error.failed_then", lang, error=run["error"])]
    else:
        for table, stored, made in pairs(result):
            differences += agreement.differences(table, stored, made, lang)
            size = max(size, agreement.size(stored, made))
    error = result if isinstance(result, str) else ""
    size = np.inf if differences and not size else size
    upgraded = any(change.what == "model" for change in changes)  # which moves more than last bits
    return Replay(str(run["run_id"]), differences, changes, error, size, None if upgraded else elsewhere(run))


def _asked(manifest: dict[str, Any], spec: Scenario) -> tuple[focus.Target, ...]:
    return focus.Question.stored(manifest).asked(last_year(spec.horizon.end.index + 1))


def _runs(folder: Path, manifest: dict[str, Any]) -> pd.DataFrame:
    if manifest["kind"] != SWEEP:
        return parts.read_runs(folder / "runs.parquet").to_pandas()
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


def _again(manifest: dict[str, Any], run: pd.Series[Any], spec: Scenario, tables: Tables) -> BatchTables:
    """Return a run that was made again as it would be stored: labels and numbers."""
    import pyarrow as pa

    seed, replicate = int(run[SEED]), int(run["replicate"])
    if manifest["kind"] == SWEEP:
        row = Row(spec.name, int(run["sample"]), replicate, seed, "", [], 0.0, "", 0.0, "")
        return part([row], [tables], [], manifest["tables"])
    made = Run(spec, seed, tables, replicate)
    return BatchTables(pa.table({}), {name: arrow_table([made], name) for name in tables_of(manifest)})


def _stored(folder: Path, manifest: dict[str, Any], table: str, run_id: str) -> pd.DataFrame:
    import pandas as pd
    import pyarrow.parquet as pq

    wanted = [("run_id", "=", run_id)]
    if manifest["kind"] != SWEEP:
        return pq.read_table(folder / f"{table}.parquet", filters=wanted).to_pandas()
    files = [parts.path_of(folder, table, n) for n, part in parts.live(folder).items() if table in part.checksums]
    found = [pq.read_table(file, filters=wanted, partitioning=None).to_pandas() for file in files]
    return pd.concat([each for each in found if len(each)] or found[:1] or [pd.DataFrame()])
