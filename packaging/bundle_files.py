"""What is released of a bundle: its own files, and what sets up a kiosk.

The Debian package and the archives are made of the same list, so that what was tried is what is handed out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from release_names import NAME, ROOT, Target

PACKAGING = ROOT / "packaging"
KIOSK_LINUX = ("yibao-kiosk", "yibao-kiosk-session", "openbox.xml", "yibao-kiosk.desktop", "yibao-kiosk.service",
               "yibao-kiosk-autostart.desktop", "lightdm-yibao-kiosk.conf")
KIOSK_WINDOWS = ("set-shell-launcher.ps1", "shell-launcher.xml")
EXAMPLES = ("kiosk.yaml.example", "staff.yaml.example")

FIRST_WORDS = """医保帮手：不用安装，不用联网。

双击这个文件夹里的 {program} 就能用。整个文件夹可以放在任何地方，卸载就是删掉它。
不能只拷出一个文件：它离开 _internal 文件夹打不开。

自助机的设置文件、启动脚本在 {kiosk} 文件夹里，怎么用见源码里的 packaging/README.md。
许可在 LICENSE.txt 和 licenses 文件夹里。
"""


class Entry(NamedTuple):
    """One file or link: its path inside the program's folder, what is in it or where it leads, whether it runs."""

    path: str
    content: "Path | bytes"
    runs: bool = False
    link: "str | None" = None

    def data(self) -> bytes:
        """Return the bytes of a file."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


def own_files(bundle: Path) -> "Iterator[Entry]":
    """Give every file and link of the bundle.

    A library loads without the right to run, and Debian wants none with it; so only programs keep it.
    """
    for file in bundle.rglob("*"):
        path = file.relative_to(bundle).as_posix()
        if file.is_symlink():
            yield Entry(path, b"", link=str(file.readlink()))
        elif file.is_file():
            yield Entry(path, file, bool(file.stat().st_mode & 0o100) and ".so" not in file.name)


def kiosk_files(system: str) -> "Iterator[Entry]":
    """Give what sets up a kiosk on one system, in a folder of the system's name."""
    names = {"linux": KIOSK_LINUX, "windows": KIOSK_WINDOWS}.get(system, ())
    for name in names:
        file = PACKAGING / system / name
        yield Entry(f"{system}/{name}", file, file.read_bytes().startswith(b"#!"))
    for name in EXAMPLES:
        yield Entry(f"{system}/{name}", PACKAGING / name)


def first_words(on: Target) -> Entry:
    """Give the text for whoever opens the folder; with a mark, because old Notepads guess wrong without it."""
    program = f"{NAME}.exe" if on.system == "windows" else NAME
    text = FIRST_WORDS.format(program=program, kiosk=on.system)
    if on.system == "windows":
        text = text.replace("\n", "\r\n")
    return Entry("README.txt", text.encode("utf-8-sig"))


def portable_files(bundle: Path, on: Target) -> "list[Entry]":
    """Return all that goes into the archive, sorted by path."""
    entries = [*own_files(bundle), *kiosk_files(on.system), first_words(on)]
    return sorted(entries, key=lambda entry: entry.path)
