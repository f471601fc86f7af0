"""A store that streams and survives: results as Parquet parts, committed one by one.

    runs.parquet/000007.parquet       one row a run
    national.parquet/000007.parquet   tables of the same runs (and regions, zones, partners where kept)

Each table is a folder of parts, which pandas, DuckDB and Arrow read as one table. A part is written beside its
place and renamed into it, tables first and runs last: a part *is* its runs file, and that file carries the
checksums of its tables. When `MERGED` parts of a size have gathered, they are written as one larger part that
names those it replaces, and then deleted; so files stay few and every run is rewritten at most twice. Large parts are left alone.

After a crash `Store.open` puts things right: it deletes what was never committed, finishes a merge that was
interrupted, and moves a part that does not agree with its checksums to ``set_aside/``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ftz_sim.results.frames import TABLES
from ftz_sim.results.lock import Lock
from ftz_sim.results.manifest import sha256

if TYPE_CHECKING:
    import pyarrow as pa

RUNS = "runs"
SET_ASIDE = "set_aside"
MERGED = 16  # parts of about the same size that are made into one
LARGEST = 2  # merges that a run goes through: parts of 16 and of 256 pieces of work
LARGE = 4_000_000  # bytes; parts above it are merged no more
ROWS_A_GROUP = 20_000
COMPRESSION = {"compression": "zstd", "compression_level": 1}


class StoreError(OSError):
    """Results cannot be written: the disk is full, or the folder went away. What was committed is kept."""


class Part(NamedTuple):
    """Runs and their tables, by name."""

    runs: pa.Table
    tables: dict[str, pa.Table]


@dataclass(frozen=True)
class Piece:
    """One part on disk."""

    number: int
    merges: int
    replaces: tuple[int, ...]
    checksums: dict[str, str] = field(repr=False)


class Store:
    """The parts of one folder; open for one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.set_aside: list[str] = []
        self.pieces: dict[int, Piece] = {}
        self._lock = Lock(folder / ".lock")
        self._next = 1

    def __enter__(self) -> Self:
        """Lock the folder and put right what a crash left.

        Raises:
            InputError: if another process writes to it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock.take()
        try:
            self._recover()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def add(self, part: Part) -> None:
        """Commit a part: when this returns, it survives a crash.

        Raises:
            StoreError: if it cannot be written; nothing of it is left then.
        """
        self._commit({RUNS: [part.runs], **{name: [table] for name, table in part.tables.items()}}, 0, ())
        self._merge()

    def runs(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the runs of every part."""
        for number in sorted(self.pieces):
            yield read(self.folder, RUNS, number, columns)

    def forget_failed(self) -> int:
        """Drop the rows of failed runs, so that they are made again; return how many there were."""
        import pyarrow.compute as pc

        forgotten = 0
        for number, piece in self.pieces.items():
            table = read(self.folder, RUNS, number)
            kept = table.filter(pc.equal(table["status"], "done"))
            if len(kept) < len(table):
                forgotten += len(table) - len(kept)
                self._write(RUNS, number, [kept], _header(piece))
        return forgotten

    def _commit(self, tables: Mapping[str, Iterable[pa.Table]], merges: int, replaces: tuple[int, ...]) -> None:
        number = self._next
        others = [name for name in tables if name != RUNS]
        try:
            checksums = {name: self._write(name, number, tables[name]) for name in others}
            if sum(path_of(self.folder, name, number).stat().st_size for name in others) > LARGE:
                merges = LARGEST
            piece = Piece(number, merges, replaces, checksums)
            self._write(RUNS, number, tables[RUNS], _header(piece))
        except OSError:
            for name in others:
                path_of(self.folder, name, number).unlink(missing_ok=True)
            raise
        self._next += 1
        self.pieces[number] = piece

    def _merge(self) -> None:
        for merges in range(LARGEST):
            alike = [number for number, piece in sorted(self.pieces.items()) if piece.merges == merges]
            if len(alike) >= MERGED:
                groups = {RUNS: _row_groups(self.folder, RUNS, alike)}
                for name in TABLES:  # a part whose runs all failed has no tables
                    if holders := [number for number in alike if name in self.pieces[number].checksums]:
                        groups[name] = _row_groups(self.folder, name, holders)
                self._commit(groups, merges + 1, tuple(alike))
                self._drop(alike)

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.pieces.pop(number, None)
            for name in (RUNS, *TABLES):  # runs first: without them a part is none
                path_of(self.folder, name, number).unlink(missing_ok=True)

    def _write(self, name: str, number: int, tables: Iterable[pa.Table], header: dict[str, str] | None = None) -> str:
        """Write one file of a part beside its place, rename it into it, and return its checksum."""
        import pyarrow.parquet as pq

        path = path_of(self.folder, name, number)
        path.parent.mkdir(exist_ok=True)
        beside = path.with_name(f".{path.name}")
        try:
            with open(beside, "wb") as file:
                writer = None
                for table in tables:
                    if writer is None:
                        schema = table.schema.with_metadata(header)
                        writer = pq.ParquetWriter(file, schema, write_page_checksum=True, **encoding(schema))
                    writer.write_table(table.cast(writer.schema))
                if writer is not None:
                    writer.close()
                file.flush()
                os.fsync(file.fileno())
            checksum = sha256(beside)
            os.replace(beside, path)
            _sync(path.parent)
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror or error}") from error
        finally:
            beside.unlink(missing_ok=True)
        return checksum

    def _recover(self) -> None:
        pieces: dict[int, Piece] = {}
        for number in numbers(self.folder, RUNS):
            piece = _sound(self.folder, number)
            if piece is None:
                self._put_aside(number)
            else:
                pieces[number] = piece
        self.pieces = pieces
        self._drop([number for piece in list(pieces.values()) for number in piece.replaces])
        for name in TABLES:
            for number in set(numbers(self.folder, name)) - set(self.pieces):
                path_of(self.folder, name, number).unlink()  # its runs were never committed
            for beside in (self.folder / f"{name}.parquet").glob(".*.parquet"):
                beside.unlink()
        for beside in (self.folder / f"{RUNS}.parquet").glob(".*.parquet"):
            beside.unlink()
        taken = [*self.pieces, *_numbers_set_aside(self.folder)]
        self._next = max(taken, default=0) + 1

    def _put_aside(self, number: int) -> None:
        place = self.folder / SET_ASIDE
        place.mkdir(exist_ok=True)
        for name in (RUNS, *TABLES):
            path = path_of(self.folder, name, number)
            if path.exists():
                self.set_aside.append(f"{SET_ASIDE}/{name}-{path.name}")
                os.replace(path, place / f"{name}-{path.name}")


def encoding(schema: pa.Schema) -> dict[str, Any]:
    """Return how columns are written: text by dictionary, numbers as they are, which is twice as fast."""
    import pyarrow as pa

    return {**COMPRESSION, "use_dictionary": [column.name for column in schema if column.type == pa.string()]}


def numbers(folder: Path, name: str) -> list[int]:
    """Return the numbers of the parts of one table that are on disk."""
    return sorted(int(path.stem) for path in (folder / f"{name}.parquet").glob("[0-9]*.parquet"))


def live(folder: Path) -> dict[int, Piece]:
    """Return the committed parts of a folder, without those that another one replaces; nothing is changed."""
    pieces = {number: _read_header(folder, number) for number in numbers(folder, RUNS)}
    replaced = {number for piece in pieces.values() for number in piece.replaces}
    return {number: piece for number, piece in pieces.items() if number not in replaced}


def read(folder: Path, name: str, number: int, columns: Sequence[str] | None = None) -> pa.Table:
    """Return one table of one part.

    Raises:
        OSError: if the file is torn; its pages carry checksums.
    """
    import pyarrow.parquet as pq

    path = path_of(folder, name, number)
    return pq.read_table(
        path, columns=None if columns is None else list(columns), page_checksum_verification=True, partitioning=None
    )


def read_all(folder: Path, name: str) -> pa.Table:
    """Return one table of all committed parts, in the order in which they were committed."""
    import pyarrow as pa

    parts = [read(folder, name, number) for number, piece in live(folder).items() if name in (RUNS, *piece.checksums)]
    return pa.concat_tables(parts) if parts else pa.table({})


def damaged(folder: Path) -> list[str]:
    """Return a sentence for every part that does not agree with its checksums; nothing is changed."""
    found = (number for number in numbers(folder, RUNS) if _sound(folder, number) is None)
    return [f"part {number:06d} is torn or was changed" for number in found]


def path_of(folder: Path, name: str, number: int) -> Path:
    """Return the file of one table of one part."""
    return folder / f"{name}.parquet" / f"{number:06d}.parquet"


def _sound(folder: Path, number: int) -> Piece | None:
    """Return a part if its runs can be read and its tables agree with their checksums."""
    try:
        read(folder, RUNS, number)
        piece = _read_header(folder, number)
        good = all(sha256(path_of(folder, name, number)) == stored for name, stored in piece.checksums.items())
    except (OSError, ValueError, KeyError):  # pyarrow's own errors are ValueError and OSError
        return None
    return piece if good else None


def _header(piece: Piece) -> dict[str, str]:
    about = {"merges": piece.merges, "replaces": piece.replaces, "checksums": piece.checksums}
    return {"ftz_sim": json.dumps(about)}


def _read_header(folder: Path, number: int) -> Piece:
    import pyarrow.parquet as pq

    about: dict[str, Any] = json.loads(pq.read_schema(path_of(folder, RUNS, number)).metadata[b"ftz_sim"])
    return Piece(number, about["merges"], tuple(about["replaces"]), about["checksums"])


def _row_groups(folder: Path, name: str, parts: Sequence[int]) -> Iterator[pa.Table]:
    import pyarrow as pa

    waiting: list[pa.Table] = []
    for number in parts:
        waiting.append(read(folder, name, number))
        if sum(map(len, waiting)) >= ROWS_A_GROUP:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _numbers_set_aside(folder: Path) -> list[int]:
    return [int(path.stem.rpartition("-")[2]) for path in (folder / SET_ASIDE).glob("*.parquet")]


def _sync(folder: Path) -> None:
    # a rename is on disk when its folder is; other systems than POSIX cannot open folders and do without
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
