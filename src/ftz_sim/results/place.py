"""Where an experiment folder may be written, and how a new one takes the place of an older one.

The older folder steps aside to ``.NAME.old``, the new one is renamed into its place, and then the files that the
older manifest names are deleted. A process that is killed in between leaves ``.NAME.old``; whoever writes there next
puts it back, or finishes. Files that no manifest names are never deleted: a folder that holds some is refused, or
with ``force`` kept whole, as ``NAME.kept-1``.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from ftz_sim.errors import InputError, listed, reason
from ftz_sim.results.files import files
from ftz_sim.results.manifest import MANIFEST, is_derived
from ftz_sim.results.reading import read_manifest, refuse_swollen

OURS = re.compile(r"(.*/)?(\.[^/]+\.(part|old)(/.*)?|\.lock)")  # what a kill leaves, and the lock of a sweep
ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]+:"
)  # "s3:results" is on a server to Arrow; further on in a path it is not
SHOWN = 3


def check_folder(folder: Path, kind: str, force: bool = False) -> dict[str, Any] | None:
    """Make sure that an experiment may be written to ``folder``: free, or holding one of the same kind and no more.

    Args:
        folder: where it is to be; a link to a folder stays one.
        kind: of the experiment.
        force: whether one of another kind, or with more files, may be kept elsewhere (see `settle`).

    Returns:
        the manifest of what is there and steps aside; None if nothing does.

    Raises:
        InputError: if it may not, or the place cannot be written.
    """
    try:
        place = _resolved(folder)
        if os.path.ismount(place) or Path.cwd().is_relative_to(place):
            raise InputError("folder_fixed", folder=folder)
        settle(place)
        _probe(place.parent)
        return _occupant(folder, place, kind, force)
    except OSError as error:
        raise InputError("folder_unwritable", folder=folder, reason=reason(error)) from None


def check_store(folder: Path, kind: str) -> dict[str, Any] | None:
    """Make sure that an experiment may be begun or continued inside ``folder``; return its manifest if there is one.

    Raises:
        InputError: if it may not, or the place cannot be written.
    """
    try:
        place = _resolved(folder)
        if place.exists() and not place.is_dir():
            raise InputError("file_not_folder", folder=folder)
        _probe(place)
        if place.is_dir() and all(OURS.fullmatch(path.name) for path in place.iterdir()):
            return None  # free, but for the lock of a sweep that was killed at once
        stored = _of_kind(folder, place, kind)
        if stored is not None:
            refuse_swollen(place)
        return stored
    except OSError as error:
        raise InputError("folder_unwritable", folder=folder, reason=reason(error)) from None


def check_file(path: Path) -> None:
    """Make sure that a file may be written to ``path``; whether one is there already is another question.

    Raises:
        InputError: if a folder is there, or the place cannot be written.
    """
    check_target(path.parent)
    try:
        if _resolved(path).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError as error:
        raise InputError("unwritable", path=path, reason=reason(error)) from None


def check_target(folder: Path) -> None:
    """Make sure that files may be written to ``folder``, be it there or not.

    Raises:
        InputError: if they may not.
    """
    try:
        _probe(_resolved(folder))
    except OSError as error:
        raise InputError("folder_unwritable", folder=folder, reason=reason(error)) from None


def resolved(folder: Path) -> Path:
    """Return where a folder is, links followed, so that a link to it stays one."""
    return Path(os.path.realpath(folder))


def strangers(place: Path) -> list[str]:
    """Return the files of a folder that its manifest does not name, and that are not drawn from those it names."""
    try:
        named = read_manifest(place)["outputs"]
    except InputError:
        named = {}
    found = (name for name in files(place, hidden=True) if name not in named and not OURS.fullmatch(name))
    return [name for name in found if name != MANIFEST and not is_derived(name)]


def settle(place: Path) -> None:
    """Finish what a writer began when it put a folder in the place of an older one; nothing to do in most cases.

    Raises:
        OSError: if the older folder cannot be put back.
    """
    old = aside(place)
    if not old.is_dir():
        return
    if not place.exists():
        old.rename(place)
    elif any(files(old, hidden=True)) and (strangers(old) or _kind(old) != _kind(place)):
        old.rename(kept(place))
    else:
        _delete(old)


def aside(place: Path) -> Path:
    """Return where the older folder is while a new one takes its place."""
    return place.with_name(f".{place.name}.old")


def kept(place: Path) -> Path:
    """Return the name under which a folder is kept that `settle` does not delete: ``NAME.kept-1`` or the next free."""
    names = (place.with_name(f"{place.name}.kept-{number}") for number in count(1))
    return next(path for path in names if not os.path.lexists(path))


def _resolved(folder: Path) -> Path:
    try:
        os.fspath(folder).encode()
    except UnicodeEncodeError:
        raise InputError("folder_name", folder=os.fsencode(folder).decode(errors="replace")) from None
    if "\0" in os.fspath(folder) or ADDRESS.match(os.fspath(folder)):
        raise InputError("folder_name", folder=os.fspath(folder).replace("\0", "?"))
    place = resolved(folder)
    if place.is_symlink():  # of a circle
        raise InputError("folder_name", folder=folder)
    with suppress(FileNotFoundError, NotADirectoryError):
        os.lstat(aside(place) if place.name else place)  # a name that is too long is no surprise later
    return place


def _probe(place: Path) -> None:
    """Write, for a moment, into the nearest folder that exists."""
    existing = next(parent for parent in (place, *place.parents) if os.path.lexists(parent))
    tempfile.TemporaryFile(dir=existing).close()


def _occupant(folder: Path, place: Path, kind: str, force: bool) -> dict[str, Any] | None:
    if place.is_dir() and any(place.iterdir()):
        manifest = _of_kind(folder, place, None if force else kind)
        if (found := strangers(place)) and not force:
            raise InputError("not_in_manifest", folder=folder, found=listed(found, SHOWN))
        return manifest
    if place.exists() and not place.is_dir():
        raise InputError("file_not_folder", folder=folder)
    return None


def _of_kind(folder: Path, place: Path, kind: str | None) -> dict[str, Any] | None:
    if not place.exists():
        return None
    try:
        manifest = read_manifest(place)
    except InputError:
        raise InputError("foreign_files", folder=folder) from None
    if kind is not None and manifest["kind"] != kind:
        raise InputError("other_kind", folder=folder, stored=manifest["kind"], kind=kind)
    return manifest


def _kind(place: Path) -> str | None:
    with suppress(InputError):
        return str(read_manifest(place)["kind"])
    return None  # what is left of a folder that was being deleted


def _delete(old: Path) -> None:
    """Delete a folder in which everything is ours; its manifest goes last, for it says so."""
    for name in sorted(files(old, hidden=True), key=lambda name: name == MANIFEST):
        (old / name).unlink(missing_ok=True)
    for at, _, _ in os.walk(old, topdown=False):
        os.rmdir(at)
