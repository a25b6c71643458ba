"""What CUPS answered. Qt hands it a job, drops the answer and says that all went well."""

from __future__ import annotations

import ctypes
import os
import sys

_LIBRARY = "libcups.so.2"
_TOOK = range(0x0200)
"""Values of RFC 8011's status codes that mean yes; CUPS adds its own, below 0 and from 0x0280 on, that mean no."""


def refused() -> bool:
    """Tell whether CUPS said no to what this thread asked it last; false where printing does not go through it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        # Only the library that Qt's plugin already uses knows the answer: no other copy is loaded.
        library = ctypes.CDLL(_LIBRARY, mode=os.RTLD_NOLOAD | os.RTLD_NOW)
    except OSError:
        return False
    return library.cupsLastError() not in _TOOK
