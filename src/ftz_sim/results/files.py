"""Files of a folder: written so that a reader never sees half of one, and named so that hidden ones are nobody's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ftz_sim.errors import InputError, StoreError, nearest, reason

CUT = 40  # characters of a name that a name made from it keeps: what is written beside it must not be too long


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say of an error of the system which folder could not be written."""
    try:
        yield
    except OSError as error:
        raise StoreError("folder_unwritable", folder=folder, reason=reason(error)) from error


def write_text(path: Path, text: str) -> None:
    """Write a text whole or not at all; see `write_bytes`."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it into it: whoever reads, or kills, finds the old one or the new.

    Raises:
        OSError: if it cannot be written; the old one is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name[:CUT]}.", suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """See that a rename inside a folder is on disk: it is when its folder is."""
    if os.name == "posix":  # other systems cannot open folders and do without
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def files(folder: Path, hidden: bool = False) -> Iterator[str]:
    """Yield the names of all files and links below a folder, sorted; those hidden, or below hidden folders, if asked.

    Links are not followed.

    Raises:
        InputError: naming a folder that cannot be read.
    """

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # which is gone since, with all files in it
            raise InputError("unreadable", path=error.filename, reason=reason(error)) from None

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if hidden or not name.startswith("."))
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in sorted([*names, *links]):
            if hidden or not name.startswith("."):
                yield (Path(place) / name).relative_to(folder).as_posix()


def files_of(folder: Path) -> list[Path]:
    """Return the files below a folder that somebody names, sorted; hidden ones are nobody's.

    Raises:
        InputError: if it is no folder, with the nearest name that is one; or it cannot be read.
    """
    if not os.path.isdir(folder):
        beside = folder.parent.glob("*/") if os.path.isdir(folder.parent) else ()
        raise InputError("no_folder", folder=folder, nearest=nearest(folder.name, [each.name for each in beside]))
    return [path for path in map(folder.joinpath, files(folder)) if os.path.isfile(path)]


def refuse_links(folder: Path) -> None:
    """Make sure that links inside a folder are to files of it: what is written or deleted elsewhere is not ours.

    Raises:
        InputError: naming the first that does.
    """
    home = os.path.realpath(folder)
    for name in files(folder, hidden=True):
        path = os.path.join(folder, name)
        if not os.path.islink(path):
            continue
        target = os.path.realpath(path)
        if os.path.commonpath([home, target]) != home:
            raise InputError("link_out", folder=folder, name=name, target=target)
        if not os.path.isfile(target):  # but a folder, nothing, or a circle
            raise InputError("link_odd", folder=folder, name=name)
