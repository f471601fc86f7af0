"""Parcels: large results that workers of this machine leave in a file, for a pipe would copy them four times.

Arrays are written as they lie and mapped where they are read, so that they are memory of a process only as far as it
looks at them. A file has no name any more as soon as it is mapped; what is left is deleted with its folder, and by the
workers if who waits for it was killed.
"""

from __future__ import annotations

import mmap
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

LEAST = 1 << 20  # bytes that are worth a file
left_in: set[str] = set()  # folders that this worker may leave parcels in


class Parcel(NamedTuple):
    """A result in a file."""

    path: str
    ends: list[int]  # of its arrays in the file
    rest: bytes


@contextmanager
def depot() -> Iterator[str | None]:
    """Give a folder for parcels, which is deleted with all that nobody has opened; none where none can be made."""
    try:
        made = tempfile.TemporaryDirectory(prefix="ftz-", ignore_cleanup_errors=True)
    except OSError:  # results come without, only slower
        yield None
        return
    with made as folder:
        yield folder


def packed(folder: str | None, function: Callable[..., Any], *args: Any) -> Any:
    """Call ``function`` and return its result, or the parcel that it is in if it is large. Called in workers."""
    if folder is None:
        return function(*args)
    left_in.add(folder)
    result, arrays = function(*args), list[pickle.PickleBuffer]()
    rest = pickle.dumps(result, protocol=5, buffer_callback=arrays.append)
    pieces = [array.raw() for array in arrays]
    ends = list(accumulate(map(len, pieces), initial=0))
    if ends[-1] < LEAST:
        return result
    path = ""
    try:
        handle, path = tempfile.mkstemp(dir=folder)
        with open(handle, "wb") as file:
            file.writelines(pieces)
    except OSError:  # the disk is full, or nobody waits any more
        with suppress(OSError):
            os.unlink(path)
        return result
    return Parcel(path, ends, rest)


def opened(sent: Any) -> Any:
    """Return a result that `packed` has sent; its file is gone then."""
    if not isinstance(sent, Parcel):
        return sent
    with open(sent.path, "rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    with suppress(OSError):  # Windows keeps what is mapped
        os.unlink(sent.path)
    return pickle.loads(sent.rest, buffers=[mapped[start:end] for start, end in pairwise(sent.ends)])


def clear() -> None:
    """Delete the folders for parcels: nobody will open what is in them."""
    for folder in left_in:
        shutil.rmtree(folder, ignore_errors=True)
