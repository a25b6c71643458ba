"""Say on which systems a bundle starts: `python packaging/floor.py [FOLDER] [--most 2.31 | --release]`.

Looks at every ELF file for the highest glibc it asks for, and at every PE file for the Windows in its header.
Needs requirements-bundle.lock.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# PyInstaller's own `packaging` package is a different one: this folder is on the path, not a package.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from binaries import Version, glibc_asked_for, is_elf, is_pe, version_of, windows_asked_for, written

BUNDLE = Path(__file__).resolve().parents[1] / "dist" / "yibao-desktop"
RELEASE = (2, 28)
"""UOS 20 and Kylin V10's server line."""
SHOWN = 5
"""So many files above the limit are named."""

Asked = dict[Path, Version]


def files(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder once, in order."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())


def scan(folder: Path, kind: Callable[[Path], bool], ask: Callable[[Path], Version | None]) -> Asked:
    """Return what each file of one kind asks for."""
    asked = {file: ask(file) for file in files(folder) if kind(file)}
    return {file: version for file, version in asked.items() if version is not None}


def told(name: str, asked: Asked, folder: Path) -> Iterator[str]:
    """Yield a line on the highest version, and on how many files ask for it."""
    if not asked:
        return
    highest = max(asked.values())
    those = [file.relative_to(folder).as_posix() for file, version in asked.items() if version == highest]
    yield f"{name} {written(highest)}: {len(those)} of {len(asked)} files, e.g. {those[0]}"


def above(asked: Asked, most: Version, folder: Path) -> list[str]:
    """Return a line for each file that asks for more than ``most``, the worst first."""
    worst = sorted(((version, file) for file, version in asked.items() if version > most), reverse=True)
    return [f"{file.relative_to(folder).as_posix()} asks for glibc {written(version)}" for version, file in worst]


def main(arguments: list[str] | None = None) -> int:
    """Print the floor; 1 where a limit was given and something is above it, 2 where there is nothing to look at."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=BUNDLE)
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--most", type=version_of, metavar="GLIBC", help="fail above this glibc, e.g. 2.31")
    limit.add_argument("--release", action="store_const", dest="most", const=RELEASE,
                       help=f"fail above glibc {written(RELEASE)}")
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.folder
    linux = scan(folder, is_elf, glibc_asked_for)
    windows = scan(folder, is_pe, windows_asked_for)
    lines = [*told("glibc", linux, folder), *told("Windows (header)", windows, folder)]
    if not lines:
        print(f"no ELF or PE file in {folder}", file=sys.stderr)
        return 2
    print(*lines, sep="\n")
    if chosen.most is None:
        return 0
    too_high = above(linux, chosen.most, folder)
    print(*too_high[:SHOWN], sep="\n", file=sys.stderr)
    if too_high:
        print(f"{len(too_high)} files ask for more than glibc {written(chosen.most)}", file=sys.stderr)
    return 1 if too_high else 0


if __name__ == "__main__":
    sys.exit(main())
