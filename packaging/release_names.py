"""Versions and file names of what is released, by each system's own rules, and the list of checksums.

A release has two versions: the program's and the content pack's. Both stand in every name, because new content
with the same program is an update, too.
"""

import hashlib
import platform
import re
import struct
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "yibao-desktop"
RELEASE = ROOT / "dist" / "release"
NAME = "yibao-desktop"
CHECKSUMS = "SHA256SUMS"

PYTHON_VERSION = re.compile(
    r"(?P<numbers>\d+(?:\.\d+)*)(?:(?P<kind>a|b|rc)(?P<pre>\d+))?(?:\.post(?P<post>\d+))?(?:\.dev(?P<dev>\d+))?"
)
PACK_VERSION = re.compile(r"\d+(?:\.\d+)*")

# What a program says of the machine it is for: ELF's e_machine and PE's Machine, and what each system calls it.
ELF_MACHINES = {62: "x86_64", 183: "aarch64", 258: "loongarch64"}
PE_MACHINES = {0x8664: "x64", 0xAA64: "arm64"}
DEBIAN_MACHINES = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}


class Target(NamedTuple):
    """What a bundle runs on: `linux`, `windows` or `macos`, and the machine as that system calls it."""

    system: str
    machine: str


class Version(NamedTuple):
    """The program's version as Python writes it (PEP 440) and the content pack's."""

    program: str
    pack: str

    def full(self) -> str:
        """Return both versions, as file names and Windows' list of programs show them: `0.1.0+2026.11.1`."""
        return f"{self.program}+{self.pack}"

    def debian(self) -> str:
        """Return the version as Debian compares it: what comes before a release has a tilde.

        Raises:
            ValueError: one of the two is written in a way that Debian would put into a wrong order.
        """
        parts = PYTHON_VERSION.fullmatch(self.program)
        if not parts or not PACK_VERSION.fullmatch(self.pack):
            raise ValueError(f"不能排序的版本号 (cannot be ordered): {self.program}, {self.pack}")
        text = parts["numbers"]
        text += f"~{parts['kind']}{parts['pre']}" if parts["kind"] else ""
        text += f"+post{parts['post']}" if parts["post"] else ""
        # Two tildes: a development version comes before every other one of the same number.
        text += f"~~dev{parts['dev']}" if parts["dev"] else ""
        return f"{text}+{self.pack}"

    def windows_numbers(self) -> str:
        """Return the four numbers of Windows' version resource; it knows no pre-releases."""
        numbers = re.match(r"[\d.]*\d", self.program)
        given = numbers[0].split(".") if numbers else []
        return ".".join([*given, "0", "0", "0", "0"][:4])


def found(pattern: str, file: Path) -> str:
    """Return what the only group of a pattern matches in a file.

    Raises:
        ValueError: nothing matches.
    """
    match = re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE)
    if not match:
        raise ValueError(f"{file}: {pattern}")
    return match[1]


def version(root: Path = ROOT) -> Version:
    """Return the versions of a checkout."""
    program = found(r'^__version__ = "(.+)"$', root / "yibao_desktop" / "__init__.py")
    return Version(program, found(r'^version: "?([^"\s]+)"?\s*$', root / "content" / "pack.yaml"))


def target(bundle: Path) -> Target:
    """Return what a bundle runs on, as its window program says in its first bytes.

    Raises:
        FileNotFoundError: no bundle there.
        ValueError: a machine without a name here.
    """
    windows = bundle / "yibao-desktop.exe"
    file = windows if windows.is_file() else bundle / "yibao-desktop"
    if not file.is_file():
        raise FileNotFoundError(f"先打包 (build first): {bundle}")
    with file.open("rb") as stream:
        head = stream.read(4096)
    if head[:4] == b"\x7fELF":
        return Target("linux", ELF_MACHINES[struct.unpack_from("<H", head, 18)[0]])
    if head[:2] == b"MZ":
        place = struct.unpack_from("<I", head, 60)[0]
        return Target("windows", PE_MACHINES[struct.unpack_from("<H", head, place + 4)[0]])
    if head[:4] in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        return Target("macos", platform.machine())
    raise ValueError(f"不认识的程序文件 (unknown kind of program): {file}")


def portable_name(of: Version, on: Target) -> str:
    """Return the name of the archive that is unpacked and used."""
    return f"{NAME}-{of.full()}-{on.system}-{on.machine}" + (".zip" if on.system == "windows" else ".tar.gz")


def setup_name(of: Version, on: Target) -> str:
    """Return the name of the Windows installer."""
    return f"{NAME}-{of.full()}-{on.system}-{on.machine}-setup.exe"


def package_name(package: str, of: Version, architecture: str) -> str:
    """Return the name of a Debian package's file."""
    return f"{package}_{of.debian()}_{architecture}.deb"


def sha256(file: Path) -> str:
    """Return a file's checksum in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_checksums(folder: Path) -> Path:
    """Write the checksums of all that is to be released, in the form `sha256sum -c` reads."""
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name != CHECKSUMS)
    lines = [f"{sha256(file)}  {file.name}\n" for file in files]
    list_of = folder / CHECKSUMS
    list_of.write_text("".join(lines), encoding="utf-8", newline="\n")
    return list_of
