"""What an ELF or PE file asks of the system it is loaded on."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pefile
from elftools.elf.elffile import ELFFile

Version = tuple[int, ...]

_GLIBC = re.compile(r"GLIBC_(\d+(?:\.\d+)+)")
# Marks that a library may carry instead of a number, and the glibc that was the first to know them.
_MARKS: dict[str, Version] = {"GLIBC_ABI_DT_RELR": (2, 36)}


def is_elf(file: Path) -> bool:
    """Tell whether a file is a program or library of Linux."""
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def is_pe(file: Path) -> bool:
    """Tell whether a file is a program or library of Windows."""
    with file.open("rb") as opened:
        head = opened.read(64)
        if len(head) < 64 or head[:2] != b"MZ":
            return False
        opened.seek(struct.unpack_from("<I", head, 60)[0])
        return opened.read(4) == b"PE\0\0"


def needed_libraries(file: Path) -> set[str]:
    """Return the names of the libraries that the loader looks for with an ELF file."""
    with file.open("rb") as opened:
        dynamic = ELFFile(opened).get_section_by_name(".dynamic")
        if dynamic is None:
            return set()
        return {tag.needed for tag in dynamic.iter_tags("DT_NEEDED")}


def glibc_asked_for(file: Path) -> Version | None:
    """Return the oldest glibc that an ELF file loads with, or ``None`` where it names no version."""
    with file.open("rb") as opened:
        section = ELFFile(opened).get_section_by_name(".gnu.version_r")
        if section is None:
            return None
        names = [auxiliary.name for _, auxiliaries in section.iter_versions() for auxiliary in auxiliaries]
    return highest_glibc(names)


def highest_glibc(names: list[str]) -> Version | None:
    """Return the highest of the version names that an ELF file asks for; those of other libraries do not count."""
    found = [version_of(match[1]) for name in names if (match := _GLIBC.fullmatch(name))]
    return max([*found, *(_MARKS[name] for name in names if name in _MARKS)], default=None)


def windows_asked_for(file: Path) -> Version:
    """Return the oldest Windows that the header of a PE file allows, e.g. ``(6, 1)`` for Windows 7.

    A library may call what only a later Windows has, so this is a lower bound.
    """
    with pefile.PE(str(file), fast_load=True) as opened:
        header = opened.OPTIONAL_HEADER
        return header.MajorSubsystemVersion, header.MinorSubsystemVersion


def version_of(text: str) -> Version:
    """Return ``2.28`` as ``(2, 28)``."""
    return tuple(int(part) for part in text.split("."))


def written(version: Version) -> str:
    """Return ``(2, 28)`` as ``2.28``."""
    return ".".join(str(part) for part in version)
