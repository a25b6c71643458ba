"""List the hashes of a folder, or compare two: `python packaging/hash_list.py FOLDER [OTHER]`.

Only the standard library, because smoke_test.py uses it as well.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path


def digest(file: Path) -> str:
    """Return what stands for a file: its SHA-256, or where a link leads."""
    if file.is_symlink():
        return f"-> {os.readlink(file)}"
    mark = " x" if os.name != "nt" and file.stat().st_mode & stat.S_IXUSR else ""
    return hashlib.sha256(file.read_bytes()).hexdigest() + mark


def hash_list(folder: Path) -> dict[str, str]:
    """Return every file and link of a folder, by its path inside it, in order."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix(): digest(path) for path in sorted(found)}


def as_text(hashes: dict[str, str]) -> str:
    """Return the list with one line a file, in a form `sha256sum --check` reads; links and marks are comments."""
    lines = [f"{told.split(' ')[0]}  {name}" for name, told in hashes.items() if not told.startswith("->")]
    links = [f"# {name} {told}" for name, told in hashes.items() if told.startswith("->")]
    return "\n".join([*lines, *links, ""])


def of_all(hashes: dict[str, str]) -> str:
    """Return one hash for the whole folder."""
    return hashlib.sha256("\n".join(f"{name} {told}" for name, told in hashes.items()).encode()).hexdigest()


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return a line for each file that is not the same in both."""
    lines = [f"only in the first: {name}" for name in sorted(one.keys() - other.keys())]
    lines += [f"only in the second: {name}" for name in sorted(other.keys() - one.keys())]
    return lines + [f"differs: {name}" for name in sorted(one.keys() & other.keys()) if one[name] != other[name]]


def main(arguments: list[str]) -> int:
    """Print one list, or what differs between two folders; 1 where something does, 2 for a wrong call."""
    folders = [Path(argument) for argument in arguments]
    if not 1 <= len(folders) <= 2 or not all(folder.is_dir() for folder in folders):
        print(__doc__, file=sys.stderr)
        return 2
    lists = [hash_list(folder) for folder in folders]
    if len(lists) == 1:
        print(as_text(lists[0]), end="")
        return 0
    lines = differences(*lists)
    print(*lines or [f"equal: {len(lists[0])} files, {of_all(lists[0])}"], sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
