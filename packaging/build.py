"""Build dist/yibao-desktop from a checkout: `python packaging/build.py [--release | --most GLIBC] [--check]`.

Any Python from 3.10 on will do: what it needs is fetched by dev.py into `.venv` first. Beside the folder comes
yibao-desktop.sha256 with the hash of each file. With --check the folder is tried by smoke_test.py, built once more
from a copy of the sources in another place, and the two are compared.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from hash_list import as_text, differences, hash_list, of_all

ROOT = Path(__file__).resolve().parents[1]
# For parts.py, which asks the program what a network is.
sys.path.insert(1, str(ROOT))
NAME = "yibao-desktop"
BUNDLE = ROOT / "dist" / NAME
SOURCES = ("content", "resources", "yibao_desktop", "packaging")
BUILT_WITH = ("PySide6_Essentials", "PySide6_Addons", "shiboken6", "PyYAML", "msgspec", "platformdirs", "segno",
              "pyinstaller")
MOST_TOLD = 20
"""Files that differ are told of up to this number."""
LINUX = sys.platform.startswith("linux")


def source_date() -> str:
    """Return the time stamp to build with: given from outside, else the commit's, else a fixed one."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return given
    if shutil.which("git"):
        asked = subprocess.run(
            ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip():
            return asked.stdout.strip()
    return "1767225600"  # 2026-01-01, for a source archive without git


# --- one build -------------------------------------------------------------------------------------------------


def build(root: Path, out: Path, date: str) -> Path:
    """Build the sources at ``root`` into ``out``/dist and return the finished folder."""
    # A fixed hash seed and date give the same bytes from the same sources.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": date}
    folders = ["--distpath", str(out / "dist"), "--workpath", str(out / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders]
    subprocess.run([*command, str(root / "packaging" / "yibao.spec")], env=environment, cwd=root, check=True)
    folder = out / "dist" / NAME
    if LINUX:
        strip(folder)
    add_licences(root, folder)
    # With the sources that were built, not with those of this script.
    compiler = root / "packaging" / "compile_content.py"
    subprocess.run([sys.executable, str(compiler), str(folder / "_internal")], check=True)
    date_all(folder, int(date))
    return folder


def strip(folder: Path) -> None:
    """Take the debugging tables out of what Python and the system brought; Qt's libraries stay as Qt made them."""
    from binaries import is_elf

    inner = folder / "_internal"
    found = [file for file in sorted(inner.rglob("*.so*")) if file.is_file() and not file.is_symlink()]
    theirs = (inner / "PySide6", inner / "shiboken6")
    ours = [str(file) for file in found if not any(place in file.parents for place in theirs) and is_elf(file)]
    subprocess.run(["strip", "--strip-unneeded", *ours], check=True)


def add_licences(root: Path, folder: Path) -> None:
    """Put the licences where whoever opens the folder sees them, with what this very bundle was built with."""
    licences = folder / "licenses"
    shutil.copytree(root / "resources" / "licenses", licences)
    shutil.copyfile(root / "LICENSE", folder / "LICENSE.txt")
    (licences / "BUILT-WITH.txt").write_text("\n".join([*versions(), ""]), encoding="utf-8")
    if LINUX and shutil.which("dpkg-query"):
        for package in system_packages(folder):
            text = Path("/usr/share/doc") / package / "copyright"
            if text.is_file():
                (licences / "system").mkdir(exist_ok=True)
                shutil.copyfile(text, licences / "system" / f"{package}.txt")


def versions() -> Iterator[str]:
    """Yield a line for Python and for each package that the bundle was made with."""
    yield f"Python {sys.version.split()[0]} ({sysconfig.get_platform()})"
    for name in BUILT_WITH:
        yield f"{name} {metadata.version(name)}"


def system_packages(folder: Path) -> list[str]:
    """Return the Debian packages that the system's libraries in the folder come from."""
    names = [file.name for file in sorted((folder / "_internal").glob("lib*.so*")) if not file.is_symlink()]
    asked = subprocess.run(["dpkg-query", "-S", *[f"*/{name}" for name in names]], capture_output=True, text=True,
                           check=False)
    return sorted({line.split(":")[0] for line in asked.stdout.splitlines() if not line.startswith("diversion")})


def date_all(folder: Path, stamp: int) -> None:
    """Give everything the date and the rights that it has in every build."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            if LINUX:
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            os.utime(path, (stamp, stamp))


# --- the checks ------------------------------------------------------------------------------------------------


def build_again(date: str) -> list[str]:
    """Build a copy of the sources in another place and return what differs from the first."""
    with tempfile.TemporaryDirectory(prefix="again ") as place:
        copy = Path(place) / "sources"
        for name in SOURCES:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(ROOT / "LICENSE", copy / "LICENSE")
        return differences(hash_list(BUNDLE), hash_list(build(copy, Path(place), date)))


def run(script: str, *arguments: str) -> int:
    """Run another script of this folder on the bundle and return its exit code."""
    return subprocess.run([sys.executable, str(ROOT / "packaging" / script), str(BUNDLE), *arguments], cwd=ROOT,
                          check=False).returncode


def unknown_needs(folder: Path) -> set[str]:
    """Return the libraries that something in the folder links, and neither the folder nor every computer has."""
    from binaries import is_elf, needed_libraries
    from parts import TARGETS_OWN

    found = [file for file in folder.rglob("*") if file.is_file()]
    needed = {name for file in found if not file.is_symlink() and is_elf(file) for name in needed_libraries(file)}
    return needed - {file.name for file in found} - TARGETS_OWN


def told_size(folder: Path) -> str:
    """Return how big the folder is, in words."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    return f"{sum(file.stat().st_size for file in files) / 1024 / 1024:.1f} MB, {len(files)} files"


def in_own_environment() -> bool:
    """Tell whether this Python is the one of `.venv`."""
    return Path(sys.prefix).resolve() == (ROOT / ".venv").resolve()


def main(arguments: list[str]) -> int:
    """Build and say how big the folder is and where it starts; 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", action="store_true", help="fail where the floor is above glibc 2.28")
    parser.add_argument("--most", metavar="GLIBC", help="fail where the floor is above this glibc, e.g. 2.31")
    parser.add_argument("--check", action="store_true", help="try the folder, build again and compare")
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console without Chinese letters shows question marks rather than a traceback.
        stream.reconfigure(errors="replace")
    if not in_own_environment():
        return subprocess.run([sys.executable, str(ROOT / "packaging" / "dev.py"), "build", *arguments],
                              check=False).returncode
    date, began = source_date(), time.monotonic()
    build(ROOT, ROOT, date)
    hashes = hash_list(BUNDLE)
    listed = BUNDLE.with_name(f"{NAME}.sha256")
    listed.write_text(as_text(hashes), encoding="utf-8")
    print(f"已生成 (built): {BUNDLE}  {told_size(BUNDLE)}, {time.monotonic() - began:.0f} s")
    print(f"{listed.name}: {of_all(hashes)}", flush=True)
    if LINUX and (needs := unknown_needs(BUNDLE)):
        print(f"not in the folder: {', '.join(sorted(needs))}", file=sys.stderr)
        return 1
    limit = ["--release"] if chosen.release else ["--most", chosen.most] if chosen.most else []
    code = run("floor.py", *limit)
    if chosen.check and code == 0:
        code = check(date)
        print(f"build and checks: {time.monotonic() - began:.0f} s")
    return code


def check(date: str) -> int:
    """Try the bundle, build it again and compare; says how long each took."""
    began = time.monotonic()
    code = run("smoke_test.py")
    print(f"smoke test: {time.monotonic() - began:.0f} s", flush=True)
    if code:
        return code
    began = time.monotonic()
    lines = build_again(date)
    for line in lines[:MOST_TOLD]:
        print(line)
    print(f"second build: {f'{len(lines)} files differ' if lines else 'equal'}, {time.monotonic() - began:.0f} s")
    return 1 if lines else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        # What went wrong has been told by the one that failed.
        sys.exit(error.returncode)
