"""A screen without a monitor: Xvfb, pictures of it, and keys pressed in the window on it."""

import os
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
PAUSE = 0.3
"""Seconds between pressing one key and the next."""
QUIET = 4
"""Seconds without a change after which a page counts as drawn; a busy computer needs some for one."""


class Screen:
    """A screen that keeps its picture in a file."""

    def __init__(self, number: str, memory: Path) -> None:
        self.display = f":{number}"
        self._memory = memory

    def picture(self) -> bytes:
        """Return what is on the screen, as a PNG."""
        return png(self._memory.read_bytes())

    def xdotool(self, *words: str) -> str:
        """Run xdotool and return what it prints; empty when it finds nothing."""
        done = subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self.display}, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return done.stdout.strip()

    def wait_for_window(self, name: str, seconds: float) -> str:
        """Return the window of a program, with the keyboard in it; empty when there is none in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if windows := self.xdotool("search", "--onlyvisible", "--class", name).split():
                # Without a window manager nobody else gives it the keyboard.
                self.xdotool("windowfocus", "--sync", windows[-1])
                return windows[-1]
            time.sleep(PAUSE)
        return ""

    def press(self, key: str) -> None:
        """Press a key such as `Return` or `alt+1`."""
        self.xdotool("key", key)
        time.sleep(PAUSE)

    def settle(self, seconds: float) -> bytes:
        """Wait until the picture stays the same for a while, and return it; at most so many seconds."""
        end, before = time.monotonic() + seconds, b""
        while (now := self.picture()) != before and time.monotonic() < end:
            before = now
            time.sleep(QUIET)
        return now


@contextmanager
def screen(width: int, height: int) -> "Iterator[Screen]":
    """Give a screen of so many pixels, and take it away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        reader, writer = os.pipe()
        words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-fbdir", folder,
                 "-nolisten", "tcp"]
        server = subprocess.Popen(words, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        try:
            with os.fdopen(reader) as told:
                yield Screen(told.readline().strip(), Path(folder, "Xvfb_screen0"))
        finally:
            server.terminate()
            server.wait()


def png(xwd: bytes) -> bytes:
    """Return a window dump of 32-bit pixels, blue first, as a PNG."""
    header = struct.unpack(">25I", xwd[:100])
    width, height, line, colours = header[4], header[5], header[12], header[19]
    begin = header[0] + 12 * colours
    rows = bytearray()
    for y in range(height):
        pixels = xwd[begin + y * line : begin + y * line + 4 * width]
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
        rows += b"\0" + row
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(rows))), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
