"""What a folder's files say, read beforehand: where ``compiled.bin`` lies beside them, a start reads no YAML.

Made for the bundle by ``packaging/compile_content.py``. Only believed while the files are byte for byte what it was
made from: whoever changes a file sees the change.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from yibao_desktop import __version__

COMPILED = "compiled.bin"
HEAD = 4
"""Bytes that say how long the index is."""

R = TypeVar("R", bound=msgspec.Struct)


class Part(msgspec.Struct, frozen=True, array_like=True):
    """Where one record lies behind the index."""

    start: int
    length: int
    sum: int
    """Of the files it was read from, and of itself: a damaged disk must not show another number."""


class Index(msgspec.Struct, frozen=True):
    """What the file begins with."""

    program: str
    """Version of the program that made it: another one may know other records."""
    parts: dict[str, Part]


class Compiled:
    """The records of a folder; none where nothing was compiled, by another program, or what was is damaged."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / COMPILED
        self._parts: Mapping[str, Part] = {}
        with contextlib.suppress(OSError, ValueError), self._file.open("rb") as stream:
            length = int.from_bytes(stream.read(HEAD), "big")
            index = msgspec.msgpack.decode(stream.read(length), type=Index)
            if index.program == __version__:
                self._parts, self._records = index.parts, HEAD + length

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a record called ``name``, believed or not."""
        return name in self._parts

    def find(self, name: str, files: Iterable[Path], record: type[R]) -> R | None:
        """Return what ``files`` say, or nothing where they have to be read."""
        part = self._parts.get(name)
        if part is None:
            return None
        with contextlib.suppress(OSError, ValueError), self._file.open("rb") as stream:
            stream.seek(self._records + part.start)
            data = stream.read(part.length)
            if sum_of(files, data) == part.sum:
                return msgspec.msgpack.decode(data, type=record)
        return None


def sum_of(files: Iterable[Path], data: bytes) -> int:
    """Return a number that changes with the bytes of ``files`` and with ``data``; raises ``OSError``."""
    total = 0
    for piece in (*(file.read_bytes() for file in files), data):
        # The length as well, so that two pieces cannot share their bytes in another way.
        total = zlib.crc32(piece, zlib.crc32(len(piece).to_bytes(8, "big"), total))
    return total
