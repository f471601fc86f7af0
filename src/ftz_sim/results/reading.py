"""Reading experiment folders back, and checking them against their manifest."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ftz_sim.errors import Both, InputError, LostWorkerError, StoreError, reason
from ftz_sim.results.files import files, refuse_links
from ftz_sim.results.manifest import MANIFEST, is_derived, output_checksums
from ftz_sim.results.parts import RUNS, damaged, read_all, read_runs
from ftz_sim.results.record import check
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

PARQUET = re.compile(r"\.parquet$")
SWEEP = "sweep"
LONGEST = 300  # characters of a reason
NUMBER = 8  # bytes
SMALL = 1_000_000_000  # bytes in memory that any file may unpack to
SWOLLEN = 1000  # times its size that a larger one may; columns that hold one number throughout come near


@dataclass(frozen=True)
class Experiment:
    """A folder that was read back; tables are read when asked for."""

    folder: Path
    manifest: dict[str, Any]

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run; ``ftz_sim.run(model_seed=...)`` repeats it."""
        path = self.folder / f"{RUNS}.parquet"
        with intact(self.folder):
            table = read_all(self.folder, RUNS) if path.is_dir() else read_runs(path)
            found: pd.DataFrame = table.to_pandas()
            return found

    @cached_property
    def national(self) -> pd.DataFrame:
        """National indicators by run and quarter."""
        return self._parquet("national")

    @cached_property
    def regions(self) -> pd.DataFrame:
        """Indicators of provinces by run and quarter."""
        return self._parquet("regions")

    @cached_property
    def zones(self) -> pd.DataFrame:
        """Indicators of zones by run and quarter."""
        return self._parquet("zones")

    @cached_property
    def partners(self) -> pd.DataFrame:
        """Indicators of partner economies by run and quarter."""
        return self._parquet("partners")

    @cached_property
    def comparison(self) -> pd.DataFrame | None:
        """Differences to the reference; None if nothing was compared."""
        with intact(self.folder):
            return read_table(self.folder, "comparison")

    def _parquet(self, name: str) -> pd.DataFrame:
        import pandas as pd

        path = self.folder / f"{name}.parquet"
        with intact(self.folder):
            if path.is_dir():  # of a sweep, in parts
                parts: pd.DataFrame = read_all(self.folder, name).to_pandas()
                return parts
            return pd.read_parquet(path)


def read_table(folder: Path, name: str) -> pd.DataFrame | None:
    """Return the table ``name.csv`` of a folder, with years as text (some are spans); None if it has none."""
    import pandas as pd

    path = folder / f"{name}.csv"
    return pd.read_csv(path, dtype={"at": str, "verdict": str}) if path.is_file() else None


def load(folder: str | Path) -> Experiment:
    """Read an experiment folder back.

    Raises:
        InputError: if it is none.
    """
    manifest = read_manifest(Path(folder))
    refuse_swollen(Path(folder))
    return Experiment(Path(folder), manifest)


def verify(folder: str | Path, lang: Lang = "en") -> list[str]:
    """Return a sentence for every file that differs from its checksum in the manifest; none if all is well."""
    folder = Path(folder)
    while True:
        stored: dict[str, str] = read_manifest(folder)["outputs"]
        found = output_checksums(folder)
        if read_manifest(folder)["outputs"] == stored:  # else a report has just been written
            break
    if not stored:
        return [say("error.no_outputs", lang)]
    return [
        *(say("error.file_missing", lang, name=name) for name in stored if name not in found),
        *(
            say("error.file_changed", lang, name=name)
            for name in stored
            if name in found and stored[name] != found[name]
        ),
        *(say("error.file_added", lang, name=name) for name in found if name not in stored and not is_derived(name)),
    ]


@contextmanager
def intact(folder: Path) -> Iterator[None]:
    """Turn whatever goes wrong while ``folder`` is read into InputError, which names files that were changed."""
    if os.path.isfile(folder / MANIFEST):  # others may be a whole disk
        refuse_swollen(folder)
    try:
        yield
    except (InputError, StoreError, LostWorkerError):
        raise
    except Exception as error:  # a stranger's folder may hold anything
        what: list[Both] = []
        with suppress(OSError):
            what += [Both(*both) for both in zip(_problems(folder, "en"), _problems(folder, "zh"), strict=True)]
        if what:
            raise InputError("damaged", folder=folder, what=what) from error
        raise InputError("incompatible", folder=folder, reason=f"{type(error).__name__}: {error}"[:LONGEST]) from error


def _problems(folder: Path, lang: Lang) -> list[str]:
    """Return what is not as it was written; an unfinished sweep has parts to check, and no list of files yet."""
    if not os.path.isfile(folder / MANIFEST):
        return []
    manifest = read_manifest(folder)
    torn = damaged(folder, lang) if manifest["kind"] == SWEEP else []
    return torn + (verify(folder, lang) if manifest["outputs"] else [])


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an experiment folder.

    Raises:
        InputError: if there is none, or none of ours.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("no_experiment", folder=folder, missing=MANIFEST) from None
    except OSError as error:
        raise InputError("unreadable", path=folder / MANIFEST, reason=reason(error)) from None
    except (ValueError, RecursionError) as error:
        raise InputError("bad_manifest", path=folder / MANIFEST, reason=str(error)) from None
    try:
        check(manifest)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "{}"
        raise InputError("foreign_manifest", path=folder / MANIFEST, where=where) from None
    refuse_links(folder)
    found: dict[str, Any] = manifest
    return found


def refuse_swollen(folder: Path) -> None:
    """Make sure that no Parquet file of a folder unpacks to more than memory holds, before its rows are read.

    Raises:
        InputError: naming the first that unpacks to far more than its size, as none of ours does.
    """
    import pyarrow.parquet as pq

    for path in map(folder.joinpath, filter(PARQUET.search, files(folder))):
        try:
            about = pq.read_metadata(path)
        except (OSError, ValueError):  # torn, which is said by whoever reads it
            continue
        text = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
        unpacked = max(about.num_rows * about.num_columns * NUMBER, text)
        if unpacked > max(SMALL, SWOLLEN * path.stat().st_size):
            raise InputError("swollen", path=path, rows=about.num_rows)
