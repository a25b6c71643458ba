"""One program at a time: the system holds the lock, and frees it however the program ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

_FILE = "running.lock"
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class Instance:
    """The right to be the only one running with this folder. Keep it as long as the program runs."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock; ``False`` means that another program has it.

        Where there can be no lock (a folder nobody may write to, a disk without locks) it is ``True``: a
        station that does not start is worse than one that starts twice.
        """
        if self._handle is not None:
            return True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # A handle is not handed on to processes started later, such as the one that prints.
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            return error.errno not in _HELD
        self._handle = handle
        return True

    def release(self) -> None:
        """Give the lock back before the program ends, for one that starts itself anew."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                # Closing alone would not do while a process just being started still shares the handle.
                _unlock(self._handle)
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
