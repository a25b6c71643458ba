"""Where the window starts, from a checkout, installed and in the bundle."""

from __future__ import annotations

import gc
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, see :func:`yibao_desktop.ui.app.main`."""
    # What is imported stays: looking through it for garbage, now and ever after, only takes time.
    gc.disable()
    from yibao_desktop.ui.app import main as open_window

    gc.freeze()
    gc.enable()
    return open_window(argv)
