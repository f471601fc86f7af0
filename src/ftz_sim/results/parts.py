"""The parts of a stored sweep: what they are, and how they are read; nothing here changes a folder.

See `store` for how they are written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ftz_sim.results.manifest import sha256
from ftz_sim.words import Lang, say

if TYPE_CHECKING:
    import pyarrow as pa

RUNS = "runs"


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


def numbers(folder: Path, name: str) -> list[int]:
    """Return the numbers of the parts of one table that are on disk."""
    return sorted(int(path.stem) for path in (folder / f"{name}.parquet").glob("[0-9]*.parquet"))


def live(folder: Path) -> dict[int, Piece]:
    """Return the committed parts of a folder, without those that another one replaces; nothing is changed."""
    pieces = {number: read_header(folder, number) for number in numbers(folder, RUNS)}
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


def damaged(folder: Path, lang: Lang = "en") -> list[str]:
    """Return a sentence for every part that does not agree with its checksums; nothing is changed."""
    found = (number for number in numbers(folder, RUNS) if sound(folder, number) is None)
    return [say("error.part_damaged", lang, part=number) for number in found]


def path_of(folder: Path, name: str, number: int) -> Path:
    """Return the file of one table of one part."""
    return folder / f"{name}.parquet" / f"{number:06d}.parquet"


def sound(folder: Path, number: int) -> Piece | None:
    """Return a part if its runs can be read and its tables agree with their checksums."""
    try:
        read(folder, RUNS, number)
        piece = read_header(folder, number)
        good = all(sha256(path_of(folder, name, number)) == stored for name, stored in piece.checksums.items())
    except (OSError, ValueError, KeyError):  # pyarrow's own errors are ValueError and OSError
        return None
    return piece if good else None


def header(piece: Piece) -> dict[str, str]:
    """Return what the file of its runs carries beside them."""
    about = {"merges": piece.merges, "replaces": piece.replaces, "checksums": piece.checksums}
    return {"ftz_sim": json.dumps(about)}


def read_header(folder: Path, number: int) -> Piece:
    """Return what the runs file of a part says of it."""
    import pyarrow.parquet as pq

    about: dict[str, Any] = json.loads(pq.read_schema(path_of(folder, RUNS, number)).metadata[b"ftz_sim"])
    return Piece(number, about["merges"], tuple(about["replaces"]), about["checksums"])
