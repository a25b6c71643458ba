"""What a Linux bundle asks of the system it runs on: the oldest glibc, and libraries it does not bring along.

objdump (binutils) reads the files; the same holds for every machine that objdump here can read.
"""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from dev import DEBIAN_PACKAGES

# What the bundle leaves to the system beside what dev.py gets for Qt, and the package it is in.
PACKAGES = {
    **DEBIAN_PACKAGES,
    "libcups.so.2": "libcups2",
    "libdrm.so.2": "libdrm2",
    "libgbm.so.1": "libgbm1",
    "libpulse.so.0": "libpulse0",
    "libpulse-mainloop-glib.so.0": "libpulse-mainloop-glib0",
    "libspeechd.so.2": "libspeechd2",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libz.so.1": "zlib1g",
}
# Parts of glibc itself.
OF_GLIBC = re.compile(r"(ld-linux.*|lib(c|m|pthread|dl|rt|util|resolv|nsl|anl|crypt))\.so\.\d+")
# What Qt or the program passes over when it cannot be loaded; only reading aloud and printing are missed then.
SPARED = re.compile(r"plugins/(texttospeech|printsupport)/|(^|/)(lib)?Qt6?(TextToSpeech|Multimedia|Network)\.")


class Needs(NamedTuple):
    """The highest version of glibc asked for, and Debian packages: needed to start, and missed only by some parts."""

    glibc: "tuple[int, ...]"
    depends: "frozenset[str]"
    recommends: "frozenset[str]"


def elf_files(folder: Path) -> "list[Path]":
    """Return every program and library below a folder, without links."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    found.append(file)
    return found


def dumps(files: "list[Path]") -> "dict[Path, str]":
    """Return what objdump says of the dynamic part of each file."""
    done = subprocess.run(["objdump", "-p", *files], capture_output=True, text=True, check=True)
    parts = re.split(r"^(/.*?|\S+?):\s+file format .*$", done.stdout, flags=re.MULTILINE)[1:]
    return {Path(name): text for name, text in zip(parts[::2], parts[1::2], strict=True)}


def glibc(dump: str) -> "tuple[int, ...]":
    """Return the highest version of glibc that one file asks for; (0,) when it asks for none."""
    asked = re.findall(r"\bGLIBC_(\d+(?:\.\d+)*)\b", dump)
    # A mark instead of a number: 2.36 was the first to know it.
    asked += ["2.36"] if "GLIBC_ABI_DT_RELR" in dump else []
    return max((tuple(int(number) for number in text.split(".")) for text in asked), default=(0,))


def libraries(dump: str) -> "set[str]":
    """Return the libraries that one file is linked to."""
    return set(re.findall(r"^\s+NEEDED\s+(\S+)$", dump, re.MULTILINE))


def needs(bundle: Path) -> Needs:
    """Return what a bundle asks of its system.

    Raises:
        LookupError: a library that neither the bundle nor a known package has.
    """
    found = {file.relative_to(bundle).as_posix(): dump for file, dump in dumps(elf_files(bundle)).items()}
    own = {file.name for file in bundle.rglob("*.so*")}
    wanted: dict[bool, set[str]] = {True: set(), False: set()}
    for path, dump in found.items():
        missing = {name for name in libraries(dump) - own if not OF_GLIBC.fullmatch(name)}
        unknown = missing - PACKAGES.keys()
        if unknown:
            raise LookupError(f"{path}: {', '.join(sorted(unknown))}")
        wanted[bool(SPARED.search(path))] |= {PACKAGES[name] for name in missing}
    depends = frozenset(wanted[False])
    return Needs(max((glibc(dump) for dump in found.values()), default=(0,)), depends,
                 frozenset(wanted[True]) - depends)
