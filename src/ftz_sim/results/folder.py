"""Experiment folders: written beside and renamed at the end, so that nothing half-written is left."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from ftz_sim.indicators.tables import TABLES
from ftz_sim.results.files import CUT, writing
from ftz_sim.results.frames import FailedRun, Run, arrow_table, as_csv
from ftz_sim.results.manifest import data_checksums, output_checksums, save, sha256, surroundings
from ftz_sim.results.parquet import encoding
from ftz_sim.results.parts import SEED
from ftz_sim.results.place import aside, check_folder, resolved, settle
from ftz_sim.results.processor import processor
from ftz_sim.results.reading import read_manifest
from ftz_sim.scenario import evidence

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from ftz_sim.scenario.scenario import Scenario

P = ParamSpec("P")
T = TypeVar("T")
RULES = "rules.csv"
NEVER = "never"
STATES = ("done", "failed")
PLAYED = "scenarios"  # folder of the scenarios of the runs
RUNS_AT_ONCE = 40  # that wait in memory to be made one table
ROWS_A_GROUP = 100_000  # rows of a table that wait in memory for the file


def writes(method: Callable[Concatenate[FolderWriter, P], T]) -> Callable[Concatenate[FolderWriter, P], T]:
    """Say of an error of the system which folder could not be written."""

    @wraps(method)
    def told(self: FolderWriter, *args: P.args, **values: P.kwargs) -> T:
        with writing(self.folder):
            return method(self, *args, **values)

    return told


class FolderWriter:
    """Writes one experiment, run by run.

    Use it as a context manager: leaving it without `finish` (an error, an interrupt) leaves nothing behind
    and an older folder of that name untouched.
    """

    def __init__(self, folder: Path, kind: str, about: dict[str, Any], force: bool = False) -> None:
        check_folder(folder, kind, force)
        self.folder, self.place = folder, resolved(folder)  # as it is called, and where it is
        self.kind = kind
        self.about = about
        self.started = datetime.now(UTC)
        self.clock = time.perf_counter()
        self._begin()
        self.runs: list[dict[str, Any]] = []
        self.fired: list[dict[str, Any]] = []
        self.effective_firms: dict[str, list[float]] = {}
        self.outside: dict[str, list[dict[str, Any]]] = {}
        self._waiting: dict[str, list[Run]] = {name: [] for name in TABLES}
        self._rows: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
        self._files: dict[str, Any] = {}

    @writes
    def _begin(self) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.part = Path(tempfile.mkdtemp(prefix=f".{self.place.name[:CUT]}.", suffix=".part", dir=self.place.parent))
        self.part.chmod(0o755)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            with suppress(OSError):  # the disk may be full, and nothing of it is kept
                file.close()
        shutil.rmtree(self.part, ignore_errors=True)

    @writes
    def scenario(self, spec: Scenario, under: str = PLAYED) -> None:
        """Keep a resolved scenario, which can be run as it stands; ``under`` another name one that was not."""
        path = self.part / under / f"{spec.name}.yaml"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_text(spec.dump(), encoding="utf-8")
            if under == PLAYED:  # one of the same name that was not may leave the evidence further
                self.outside[spec.name] = evidence.as_json(spec)

    def add(self, run: Run | FailedRun, tables: Sequence[str] = TABLES, keep_scenario: bool = True) -> None:
        """Append ``tables`` of a run, or note that it failed.

        Args:
            run: the run.
            tables: those of `TABLES` that are kept.
            keep_scenario: whether to write its scenario; not where it can be made of others.
        """
        if keep_scenario:
            self.scenario(run.spec)
        self.runs.append(row_of(run))
        if isinstance(run, Run):
            self.fired += fired_in(run)
            if keep_scenario:
                self.effective_firms.setdefault(run.spec.name, []).append(run.effective_firms)
            for name in tables:
                self._waiting[name].append(run)
                if len(self._waiting[name]) == RUNS_AT_ONCE:
                    self._gather(name)

    @writes
    def frame(self, name: str, frame: pd.DataFrame) -> None:
        """Write a small table as CSV."""
        (self.part / name).write_bytes(as_csv(frame))

    @writes
    def table(self, name: str, frame: pd.DataFrame) -> None:
        """Write a larger table as Parquet."""
        frame.to_parquet(self.part / f"{name}.parquet", index=False)

    @writes
    def finish(self, draw: Callable[[Path], Any] | None = None) -> Path:
        """Write what is left, call ``draw`` on the folder, add the manifest; put the folder in its place."""
        import pandas as pd

        for name in TABLES:
            self._gather(name)
            self._flush(name)
            if name in self._files:
                self._files.pop(name).close()
        if self.runs:  # an analysis of runs that are elsewhere has none
            pd.DataFrame(self.runs).astype({SEED: "uint64"}).to_parquet(self.part / "runs.parquet", index=False)
        if self.fired:
            self.frame(RULES, pd.DataFrame(self.fired))
        manifest = self._manifest()
        save(self.part, manifest)
        if draw is not None:
            before = time.perf_counter()
            draw(self.part)
            manifest["seconds"]["figures"] = round(time.perf_counter() - before, 3)
        manifest["outputs"] = output_checksums(self.part)
        save(self.part, manifest)
        self._replace()
        return self.folder

    def _gather(self, name: str) -> None:
        if self._waiting[name]:
            self._rows[name].append(arrow_table(self._waiting[name], name))
            self._waiting[name] = []
        if sum(map(len, self._rows[name])) >= ROWS_A_GROUP:
            self._flush(name)

    @writes
    def _flush(self, name: str) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._rows[name]:
            return
        table = pa.concat_tables(self._rows[name]).unify_dictionaries()
        if name not in self._files:
            path = self.part / f"{name}.parquet"
            self._files[name] = pq.ParquetWriter(path, table.schema, **encoding(table.schema))
        self._files[name].write_table(table)
        self._rows[name] = []

    def _manifest(self) -> dict[str, Any]:
        runs = [run["seconds"] for run in self.runs]
        resolved = {f"{PLAYED}/{path.name}": sha256(path) for path in sorted(self.part.glob(f"{PLAYED}/*.yaml"))}
        return {
            "kind": self.kind,
            **self.about,
            "scenarios": self.about.get("scenarios") or list(dict.fromkeys(run["scenario"] for run in self.runs)),
            "runs": {status: sum(run["status"] == status for run in self.runs) for status in ("done", "failed")},
            "effective_firms": {name: round(sum(n) / len(n), 1) for name, n in self.effective_firms.items()},
            "outside_evidence": self.outside or _outside_of(self.about.get("runs_in")),
            **surroundings(),
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": {"all": round(time.perf_counter() - self.clock, 3), "in_runs": round(sum(runs), 3)},
            "inputs": {**data_checksums(), **resolved},
            "outputs": {},
        }

    def _replace(self) -> None:
        check_folder(self.folder, self.kind, force=True)  # once more, hours later; `settle` keeps what is new
        old = aside(self.place)
        if self.place.exists():
            self.place.rename(old)
        try:
            self.part.rename(self.place)
        except OSError:
            settle(self.place)
            raise
        with suppress(OSError):  # the new one is there; the next writer tries again
            settle(self.place)


def row_of(run: Run | FailedRun) -> dict[str, Any]:
    """Return the row of a run in the table of runs."""
    return {
        "run_id": run.run_id,
        "scenario": run.spec.name,
        "replicate": run.replicate,
        SEED: run.seed,
        "status": "failed" if isinstance(run, FailedRun) else "done",
        "error": run.error if isinstance(run, FailedRun) else "",
        "seconds": run.seconds,
        "processor": run.processor or processor(),
    }


def fired_in(run: Run) -> list[dict[str, Any]]:
    """Return a row for each rule of a run: the quarter in which its levers began to move, or never."""
    keys = {"scenario": run.spec.name, "replicate": run.replicate}
    return [keys | {"rule": name, "quarter": str(first or NEVER)} for name, first in run.fired.items()]


def _outside_of(runs: str | None) -> dict[str, Any]:
    """Return what leaves the evidence in runs that are in another folder."""
    found: dict[str, Any] = read_manifest(Path(runs)).get("outside_evidence", {}) if runs else {}
    return found
