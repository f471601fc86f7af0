"""One writer for a folder: a lock that the operating system drops when its holder ends, however it ends."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from ftz_sim.errors import InputError, Sentence


class Lock:
    """An exclusive lock on a file that says who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            InputError: if another process holds it.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
        except OSError:
            process, _, host = os.read(handle, 200).decode(errors="replace").partition(" ")
            os.close(handle)
            holder = Sentence("process", process=process, host=host) if host else Sentence("another_process")
            raise InputError("locked", folder=self.path.parent, holder=holder) from None
        self._handle = handle
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()} {socket.gethostname()}".encode())

    def release(self) -> None:
        """Give the lock back; the file stays, for deleting it would let two writers in."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if os.name == "nt":  # pragma: no cover
        import msvcrt

        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the text, which stays readable for others
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
