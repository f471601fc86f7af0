"""A store that streams and survives: results as Parquet parts, committed one by one.

    runs.parquet/000007.parquet       one row a run
    national.parquet/000007.parquet   tables of the same runs (and regions, zones, partners where kept)

Each table is a folder of parts, which pandas, DuckDB and Arrow read as one table. A part is written beside its
place and renamed into it, tables first and runs last: a part *is* its runs file, and that file carries the
checksums of its tables. When `MERGED` small parts of a size have gathered, they are written as one larger part
that names those it replaces, and then deleted; so files stay few and every run is rewritten at most twice.

After a crash `Store.open` puts things right: it deletes what was never committed, finishes a merge that was
interrupted, and moves a part that does not agree with its checksums to ``set_aside/``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ftz_sim.errors import StoreError
from ftz_sim.indicators.tables import TABLES
from ftz_sim.results.files import sync, writing
from ftz_sim.results.lock import Lock
from ftz_sim.results.manifest import sha256
from ftz_sim.results.parquet import encoding
from ftz_sim.results.parts import NAME, RUNS, BatchFile, BatchTables, header, joined, numbers, path_of, read, sound

if TYPE_CHECKING:
    import pyarrow as pa

SET_ASIDE = "set_aside"
MERGED = 16  # parts of about the same size that are made into one
LARGEST = 2  # merges that a run goes through: parts of 16 and of 256 pieces of work
LARGE = 8_000_000  # bytes in memory; larger parts are not merged
ROWS_A_GROUP = 20_000


class Store:
    """The parts of one folder; open for one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.set_aside: list[str] = []
        self.stored: dict[int, BatchFile] = {}
        self._lock = Lock(folder / ".lock")
        self._next = 1

    def __enter__(self) -> Self:
        """Lock the folder and put right what a crash left.

        Raises:
            InputError: if another process writes to it.
            StoreError: if it cannot be written.
        """
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.take()
        try:
            with writing(self.folder):
                self._recover()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def add(self, part: BatchTables) -> None:
        """Commit a part: when this returns, it survives a crash.

        Raises:
            StoreError: if it cannot be written; nothing of it is left then.
        """
        merges = LARGEST if sum(table.nbytes for table in part.tables.values()) > LARGE else 0
        with writing(self.folder):
            self._commit({RUNS: [part.runs], **{name: [table] for name, table in part.tables.items()}}, merges, ())
            self._merge()

    def runs(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the runs of every part."""
        for number in sorted(self.stored):
            yield read(self.folder, RUNS, number, columns)

    def forget_failed(self) -> int:
        """Drop the rows of failed runs, so that they are made again; return how many there were."""
        import pyarrow.compute as pc

        forgotten = 0
        for number, batch in self.stored.items():
            table = read(self.folder, RUNS, number)
            kept = table.filter(pc.equal(table["status"], "done"))
            if len(kept) < len(table):
                forgotten += len(table) - len(kept)
                self._write(RUNS, number, [kept], header(batch))
        return forgotten

    def _commit(self, tables: Mapping[str, Iterable[pa.Table]], merges: int, replaces: tuple[int, ...]) -> None:
        number = self._next
        others = [name for name in tables if name != RUNS]
        try:
            with ThreadPoolExecutor() as pool:  # encoding, hashing and waiting for the disk leave the interpreter free
                written = pool.map(lambda name: self._write(name, number, tables[name]), others)
                checksums = dict(zip(others, written, strict=True))
            batch = BatchFile(number, merges, replaces, checksums)
            self._write(RUNS, number, tables[RUNS], header(batch))
        except StoreError:
            for name in (RUNS, *others):  # runs first: they may be in place, and only the folder not on disk
                with suppress(OSError):  # a table without runs is no part
                    path_of(self.folder, name, number).unlink(missing_ok=True)
            raise
        self._next += 1
        self.stored[number] = batch

    def _merge(self) -> None:
        for merges in range(LARGEST):
            alike = [number for number, batch in sorted(self.stored.items()) if batch.merges == merges]
            if len(alike) >= MERGED:
                groups = {RUNS: _row_groups(self.folder, RUNS, alike)}
                for name in TABLES:  # a part whose runs all failed has no tables
                    if holders := [number for number in alike if name in self.stored[number].checksums]:
                        groups[name] = _row_groups(self.folder, name, holders)
                self._commit(groups, merges + 1, tuple(alike))
                self._drop(alike)

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.stored.pop(number, None)
            for name in (RUNS, *TABLES):  # runs first: without them a part is none
                path_of(self.folder, name, number).unlink(missing_ok=True)

    def _write(self, name: str, number: int, tables: Iterable[pa.Table], header: dict[str, str] | None = None) -> str:
        """Write one file of a part beside its place, rename it into it, and return its checksum."""
        path = path_of(self.folder, name, number)
        beside = path.with_name(f".{path.name}")
        with writing(self.folder):
            path.parent.mkdir(exist_ok=True)
            try:
                _write_parquet(beside, tables, header)
                with open(beside, "rb+") as file:
                    os.fsync(file.fileno())
                checksum = sha256(beside)
                os.replace(beside, path)
                sync(path.parent)
            finally:
                beside.unlink(missing_ok=True)
        return checksum

    def _recover(self) -> None:
        stored: dict[int, BatchFile] = {}
        for number in numbers(self.folder, RUNS):
            batch = sound(self.folder, number)
            if batch is None:
                self._put_aside(number)
            else:
                stored[number] = batch
        self.stored = stored
        self._drop([number for batch in list(stored.values()) for number in batch.replaces])
        for name in TABLES:
            for number in set(numbers(self.folder, name)) - set(self.stored):
                path_of(self.folder, name, number).unlink()  # its runs were never committed
            for beside in (self.folder / f"{name}.parquet").glob(".*.parquet"):
                beside.unlink()
        for beside in (self.folder / f"{RUNS}.parquet").glob(".*.parquet"):
            beside.unlink()
        taken = [*self.stored, *_numbers_set_aside(self.folder)]
        self._next = max(taken, default=0) + 1

    def _put_aside(self, number: int) -> None:
        place = self.folder / SET_ASIDE
        place.mkdir(exist_ok=True)
        for name in (RUNS, *TABLES):
            path = path_of(self.folder, name, number)
            if path.exists():
                self.set_aside.append(f"{SET_ASIDE}/{name}-{path.name}")
                os.replace(path, place / f"{name}-{path.name}")


def _write_parquet(path: Path, tables: Iterable[pa.Table], header: dict[str, str] | None) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    left = iter(tables)
    first = next(left)
    schema = first.schema.with_metadata(header)
    with (  # a file of Arrow's own, for Python's needs the interpreter for every page
        pa.OSFile(str(path), "wb") as file,
        pq.ParquetWriter(file, schema, write_page_checksum=True, **encoding(schema)) as writer,
    ):
        for table in chain((first,), left):
            writer.write_table(table.cast(schema))


def _row_groups(folder: Path, name: str, parts: Sequence[int]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for number in parts:
        waiting.append(read(folder, name, number))
        if sum(map(len, waiting)) >= ROWS_A_GROUP:
            yield joined(waiting)
            waiting = []
    if waiting:
        yield joined(waiting)


def _numbers_set_aside(folder: Path) -> list[int]:
    names = (NAME.fullmatch(path.name.rpartition("-")[2]) for path in (folder / SET_ASIDE).glob("*.parquet"))
    return [int(name[1]) for name in names if name]
