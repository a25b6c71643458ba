"""Files that are written whole or not at all, so that a cut of power leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
from pathlib import Path

_UNFINISHED = ".part"


def write_whole(file: Path, data: bytes) -> None:
    """Write beside ``file`` and change over; its folder is made where it is missing.

    Raises:
        OSError: nothing could be written; what was in ``file`` is untouched.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f"{file.name}.", suffix=_UNFINISHED, dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, file)
    except OSError:
        with contextlib.suppress(OSError):
            Path(beside).unlink(missing_ok=True)
        raise


def clear_unfinished(file: Path) -> None:
    """Remove what a cut of power left half written beside ``file``. Only while no other program may be writing it."""
    for left in file.parent.glob(f"{glob.escape(file.name)}.*{_UNFINISHED}"):
        with contextlib.suppress(OSError):
            left.unlink()
