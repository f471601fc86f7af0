"""The parts of a stored sweep: what they are, and how they are read; nothing here changes a folder.

See `store` for how they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ftz_sim.errors import InputError
from ftz_sim.results.manifest import sha256
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pyarrow as pa

RUNS = "runs"
SEED = "model_seed"  # column of the runs: what `ftz_sim.run(model_seed=...)` repeats a run with
NAME = re.compile(r"([0-9]{6,})\.parquet")
ATTEMPTS = 3  # to read parts that their writer is merging
T = TypeVar("T")
# pyarrow's own errors are of these kinds, and so are those of what it reads from a file whose bits have rotted
ROTTEN = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, NotImplementedError)


class BatchTables(NamedTuple):
    """Runs and their tables, by name."""

    runs: pa.Table
    tables: dict[str, pa.Table]


@dataclass(frozen=True)
class BatchFile:
    """One part on disk."""

    number: int
    merges: int
    replaces: tuple[int, ...]
    checksums: dict[str, str] = field(repr=False)


def numbers(folder: Path, name: str) -> list[int]:
    """Return the numbers of the parts of one table that are on disk."""
    names = (path.name for path in (folder / f"{name}.parquet").glob("*.parquet"))
    return sorted(int(found[1]) for found in map(NAME.fullmatch, names) if found)  # others are somebody's copies


def live(folder: Path) -> dict[int, BatchFile]:
    """Return the committed parts of a folder, without those that another one replaces; nothing is changed."""
    stored = {number: read_header(folder, number) for number in numbers(folder, RUNS)}
    replaced = {number for batch in stored.values() for number in batch.replaces}
    return {number: batch for number, batch in stored.items() if number not in replaced}


def read(folder: Path, name: str, number: int, columns: Sequence[str] | None = None) -> pa.Table:
    """Return one table of one part.

    Raises:
        OSError: if the file is torn; its pages carry checksums.
    """
    path = path_of(folder, name, number)
    return read_runs(path, columns) if name == RUNS else read_file(path, columns)


def read_file(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table in one file.

    Raises:
        OSError: if the file is torn; its pages carry checksums.
    """
    import pyarrow.parquet as pq

    return pq.read_table(
        path, columns=None if columns is None else list(columns), page_checksum_verification=True, partitioning=None
    )


def read_runs(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a table of runs; an older one called the model's seed ``seed`` and did not note the processor.

    Raises:
        OSError: if the file is torn; its pages carry checksums.
    """
    import pyarrow as pa

    if columns is not None and not {SEED, "processor"}.intersection(columns):
        return read_file(path, columns)
    table = read_file(path)
    names = table.column_names
    if SEED not in names and "seed" in names:
        table = table.rename_columns([SEED if name == "seed" else name for name in names])
    if "processor" not in names and "seconds" in names:
        unknown = pa.array([""] * len(table), pa.string())
        table = table.add_column(names.index("seconds") + 1, "processor", unknown)
    return table if columns is None else table.select(list(columns))


def each(folder: Path, name: str, read_one: Callable[[Path], T]) -> list[T]:
    """Read one table of all committed parts, in the order in which they were committed, even while they are merged.

    Args:
        folder: of a sweep.
        name: of the table.
        read_one: reads one file.

    Raises:
        InputError: if it changes faster than it can be read.
    """
    for _ in range(ATTEMPTS):
        with suppress(FileNotFoundError):  # its writer has just merged some
            there = (number for number, batch in live(folder).items() if name in (RUNS, *batch.checksums))
            return [read_one(path_of(folder, name, number)) for number in there]
    raise InputError("changing", folder=folder)


def read_all(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Return one table of all committed parts."""
    import pyarrow as pa

    read_one = read_runs if name == RUNS else read_file
    found = each(folder, name, lambda path: read_one(path, columns))
    return joined(found) if found else pa.table({})


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Return tables of several parts as one; older parts do not say that their columns are without gaps."""
    import pyarrow as pa

    return pa.concat_tables(tables, promote_options="default")


def committed(folder: Path) -> dict[str, str]:
    """Return the checksums of the files of all committed parts, by name; tables have theirs since they were written."""
    return {
        path_of(Path(), name, number).as_posix(): checksum or sha256(path_of(folder, name, number))
        for number, batch in live(folder).items()
        for name, checksum in {RUNS: "", **batch.checksums}.items()
    }


def damaged(folder: Path, lang: Lang = "en") -> list[str]:
    """Return a sentence for every part that does not agree with its checksums; nothing is changed."""
    torn = (number for number in numbers(folder, RUNS) if sound(folder, number) is None)
    # one that is gone by now was merged while we looked: its runs go first
    return [say("error.part_damaged", lang, part=number) for number in torn if path_of(folder, RUNS, number).exists()]


def path_of(folder: Path, name: str, number: int) -> Path:
    """Return the file of one table of one part."""
    return folder / f"{name}.parquet" / f"{number:06d}.parquet"


def sound(folder: Path, number: int) -> BatchFile | None:
    """Return a part if its runs can be read and its tables agree with their checksums."""
    try:
        read(folder, RUNS, number).validate(full=True)
        batch = read_header(folder, number)
        good = all(sha256(path_of(folder, name, number)) == expected for name, expected in batch.checksums.items())
    except ROTTEN:
        return None
    return batch if good else None


def header(batch: BatchFile) -> dict[str, str]:
    """Return what the file of its runs carries beside them."""
    about = {"merges": batch.merges, "replaces": batch.replaces, "checksums": batch.checksums}
    return {"ftz_sim": json.dumps(about)}


def read_header(folder: Path, number: int) -> BatchFile:
    """Return what the runs file of a part says of it."""
    import pyarrow.parquet as pq

    about: dict[str, Any] = json.loads(pq.read_schema(path_of(folder, RUNS, number)).metadata[b"ftz_sim"])
    return BatchFile(number, about["merges"], tuple(about["replaces"]), about["checksums"])
