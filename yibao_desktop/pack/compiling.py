"""Writes ``compiled.bin``, for :mod:`yibao_desktop.pack.compiled` to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from yibao_desktop import __version__
from yibao_desktop.pack.compiled import COMPILED, HEAD, Compiled, Index, Part, sum_of
from yibao_desktop.pack.layout import files_of, record_of
from yibao_desktop.pack.reading import read_file
from yibao_desktop.pack.translations import FOLDER, files_behind
from yibao_desktop.settings import LANGUAGES

_ASIDE = (f"{FOLDER}/", "cases/")
"""Translations come with what they translate; cases are for checks, which read the files themselves."""

Records = Mapping[str, tuple[Sequence[Path], msgspec.Struct]]
"""By name, the files that a record is read from, and the record."""


def records_of_pack(root: Path) -> Records:
    """Read every file of a pack, in each language that it is in.

    Raises:
        PackError: with every finding of the first file that is broken.
    """
    found: dict[str, tuple[Sequence[Path], msgspec.Struct]] = {}
    for name in files_of(root):
        record = record_of(name)
        if record is None or name.startswith(_ASIDE):
            continue
        for language in LANGUAGES:
            files = files_behind(root, name, language)
            if files[-1] not in found:
                found[files[-1]] = [root / file for file in files], read_file(root, name, record, language)
    return found


def write_compiled(folder: Path, records: Records) -> None:
    """Write the file of ``folder``.

    Raises:
        OSError: a file cannot be read, or the result not be written.
    """
    parts, data = {}, b""
    for name, (files, record) in records.items():
        encoded = msgspec.msgpack.encode(record)
        parts[name] = Part(len(data), len(encoded), sum_of(files, encoded))
        data += encoded
    index = msgspec.msgpack.encode(Index(__version__, parts))
    (folder / COMPILED).write_bytes(len(index).to_bytes(HEAD, "big") + index + data)


def differing(folder: Path, records: Records) -> Iterator[str]:
    """Yield the name of each record that the file of ``folder`` gives otherwise than the files behind it."""
    compiled = Compiled(folder)
    for name, (files, record) in records.items():
        found = compiled.find(name, files, type(record))
        if found is not None and found != record:
            yield name
