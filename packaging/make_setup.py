"""Makes the Windows installer of dist/yibao-desktop with NSIS: `python3 packaging/make_setup.py`.

    python3 packaging/make_setup.py [--bundle FOLDER] [--out FOLDER]

Writes it into dist/release and brings SHA256SUMS there up to date. Needs makensis, which is in Debian's package nsis
and in NSIS for Windows; the bundle itself can only be built on Windows.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath

from build import source_date
from bundle_files import PACKAGING, Entry, portable_files
from release_names import BUNDLE, RELEASE, ROOT, setup_name, target, version, write_checksums

SCRIPT = PACKAGING / "windows" / "setup.nsi"
ICON = ROOT / "resources" / "icons" / "app.ico"


def makensis() -> "str | None":
    """Return where NSIS's compiler is, or None."""
    beside = Path(os.environ.get("PROGRAMFILES(X86)", ""), "NSIS", "makensis.exe")
    return shutil.which("makensis") or (str(beside) if beside.is_file() else None)


def removal(paths: "list[str]") -> str:
    """Return the lines that delete each installed file, then the folders from the inside out if they are empty."""
    folders = {parent for path in paths for parent in PurePosixPath(path).parents if parent.parts}
    deepest_first = sorted(folders, key=lambda folder: (-len(folder.parts), folder.as_posix()))
    lines = [f'Delete "{inside(path)}"' for path in sorted(paths)]
    lines += [f'RMDir "{inside(folder.as_posix())}"' for folder in deepest_first]
    return "".join(line + "\n" for line in lines)


def inside(path: str) -> str:
    """Return a path in the folder of the program as NSIS writes it, where `$` begins a variable."""
    return "$INSTDIR\\" + path.replace("$", "$$").replace("/", "\\")


def lay_out(entries: "list[Entry]", folder: Path) -> None:
    """Write the files to be installed."""
    for entry in entries:
        file = folder / entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(entry.data())


def compile_setup(compiler: str, entries: "list[Entry]", setup: Path, names: "dict[str, str]") -> None:
    """Compile the installer; `names` are what the script is told beside folders.

    Raises:
        subprocess.CalledProcessError: NSIS found a mistake, and said so; a warning counts as one.
    """
    with tempfile.TemporaryDirectory() as place:
        folder, remove = Path(place, "files"), Path(place, "remove.nsh")
        lay_out(entries, folder)
        # As the script itself: NSIS takes a file for UTF-8 only with the mark.
        remove.write_text(removal([entry.path for entry in entries]), encoding="utf-8-sig")
        told = {**names, "FOLDER": str(folder), "REMOVE": str(remove), "OUT": str(setup), "ICON": str(ICON)}
        defines = [f"-D{name}={value}" for name, value in told.items()]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": source_date()}
        subprocess.run([compiler, "-V2", "-WX", *defines, str(SCRIPT)], env=environment, check=True)


def main() -> int:
    """Make the installer and its checksum."""
    parser = argparse.ArgumentParser(description="把打好的 Windows 文件夹做成安装程序。")
    parser.add_argument("--bundle", type=Path, default=BUNDLE)
    parser.add_argument("--out", type=Path, default=RELEASE)
    arguments = parser.parse_args()
    compiler = makensis()
    if compiler is None:
        print("没有 NSIS：Debian 上装 nsis，Windows 上装 NSIS 3 (NSIS is missing)", file=sys.stderr)
        return 2
    try:
        on = target(arguments.bundle)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    if on.system != "windows":
        print(f"不是 Windows 的文件夹 (not for Windows): {arguments.bundle}", file=sys.stderr)
        return 1
    of = version()
    out = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    setup = out / setup_name(of, on)
    names = {"VERSION": of.full(), "NUMBERS": of.windows_numbers()}
    compile_setup(compiler, portable_files(arguments.bundle, on), setup, names)
    write_checksums(out)
    print(f"{setup}  {setup.stat().st_size / 1024 / 1024:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
