"""A hand at a screen without a monitor: it waits for the window, presses keys and looks."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from smoke_test import png, read_picture, screen

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
PAUSE = 0.3
"""Seconds between pressing one key and the next."""
QUIET = 4
"""Seconds without a change after which a page counts as drawn; a busy computer needs some for one."""


class Hand:
    """Uses the window on one screen, whose picture is kept in a file."""

    def __init__(self, display: str, frame: Path) -> None:
        self.display = display
        self._frame = frame

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self.display}, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return done.stdout.strip()

    def wait_for_window(self, name: str, seconds: float) -> bool:
        """Wait for the window of a program and put the keyboard into it; false when there is none in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if windows := self._xdotool("search", "--onlyvisible", "--class", name).split():
                # Without a window manager nobody else gives it the keyboard.
                self._xdotool("windowfocus", "--sync", windows[-1])
                return True
            time.sleep(PAUSE)
        return False

    def press(self, key: str) -> None:
        """Press a key such as `Return` or `alt+1`."""
        self._xdotool("key", key)
        time.sleep(PAUSE)

    def look(self, seconds: float) -> bytes:
        """Wait, at most so many seconds, until the screen stays the same for a while; return it as a PNG."""
        end, before = time.monotonic() + seconds, (0, 0, b"")
        while (now := read_picture(self._frame)) != before and time.monotonic() < end:
            before = now
            time.sleep(QUIET)
        return png(*now)


@contextmanager
def hand_at_screen() -> "Iterator[Hand]":
    """Give a hand at a screen of its own, of 1366 by 768 pixels."""
    with tempfile.TemporaryDirectory() as folder, screen(Path(folder)) as (display, frame):
        yield Hand(display, frame)
