"""Try a finished bundle as a stranger's computer would: `python packaging/smoke_test.py [FOLDER] [--pictures FOLDER]`.

The folder is copied to a path with Chinese and a space and may not be written to. There it runs in the plain C locale,
with a home folder that is empty, as a user who owns nothing: first the self-test, then on Linux the window on a screen
of its own (Xvfb), of which a picture is taken. Any line on standard error that is not known and harmless fails, and so
does a single changed byte in the folder. Only the standard library.
"""

from __future__ import annotations

import argparse
import os
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dev
from hash_list import differences, hash_list

BUNDLE = Path(__file__).resolve().parents[1] / "dist" / "yibao-desktop"
SUFFIX = ".exe" if os.name == "nt" else ""
LINUX = sys.platform.startswith("linux")
COPY_NAME = "医保 帮手"
SELF_TEST_SECONDS = 1200
WINDOW_SECONDS = 120
FEWEST_COLORS = 12
"""A window that has drawn its page shows more colours than this; an empty one, or none, shows one or two."""
NOBODY = 65534
WIDTH, HEIGHT = 1366, 768

HARMLESS = (
    # Qt on the C locale: it says what it does about it, in several lines.
    'Detected locale "C" with character encoding "ANSI_X3.4-1968", which is not UTF-8.',
    'Qt depends on a UTF-8 locale, and has switched to "C.UTF-8" instead.',
    "If this causes problems, reconfigure your locale. See the locale(1) manual",
    "for more information.",
)


class Failure(Exception):
    """The bundle did not do what it should."""


@dataclass(frozen=True)
class Place:
    """Where the bundle is tried."""

    folder: Path
    """The copy."""
    home: Path
    runtime: Path


# --- a stranger's computer -------------------------------------------------------------------------------------------


@contextmanager
def stranger(bundle: Path) -> Iterator[Place]:
    """Copy the bundle to where nobody may write to it, beside a home that is empty."""
    with tempfile.TemporaryDirectory(prefix="smoke-") as temporary:
        top = Path(temporary)
        top.chmod(0o755)
        place = Place(top / COPY_NAME, top / "home", top / "run")
        shutil.copytree(bundle, place.folder, symlinks=True)
        for folder in (place.home, place.runtime):
            folder.mkdir(mode=0o700)
            if may_change_user():
                os.chown(folder, NOBODY, NOBODY)
        before = hash_list(place.folder)
        allow_writing(place.folder, False)
        try:
            yield place
        finally:
            allow_writing(place.folder, True)
        changed = differences(before, hash_list(place.folder))
        if changed:
            raise Failure("it wrote into its own folder: " + "; ".join(changed[:5]))


def allow_writing(folder: Path, allowed: bool) -> None:
    """Give or take the right to write to everything in a folder."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IWUSR if allowed else mode & ~0o222)


def may_change_user() -> bool:
    """Tell whether the bundle can be started as another user: to root a folder without write access is writable."""
    return os.name != "nt" and os.geteuid() == 0


def as_stranger() -> dict[str, object]:
    """Return what makes `subprocess` start something as a user who owns nothing, where that can be chosen."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if may_change_user() else {}


def environment(place: Place, **more: str) -> dict[str, str]:
    """Return a bare environment: nothing of this machine's Python, Qt or language."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "WINDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "HOME": str(place.home), "USERPROFILE": str(place.home),
            "XDG_RUNTIME_DIR": str(place.runtime), **more}


def unknown(stderr: str) -> list[str]:
    """Return the lines of standard error that are not known to be harmless."""
    lines = (line.strip() for line in stderr.splitlines())
    return [line for line in lines if line and not line.startswith(HARMLESS)]


# --- the console -----------------------------------------------------------------------------------------------------


def run_console(place: Place, arguments: list[str], seconds: int, **more: str) -> str:
    """Run yibao-pack and return what it printed.

    Raises:
        Failure: it did not end well, or said something unknown on standard error.
    """
    done = subprocess.run(
        [str(place.folder / f"yibao-pack{SUFFIX}"), *arguments], cwd=place.home, env=environment(place, **more),
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=seconds, check=False, **as_stranger(),
    )
    strange = unknown(done.stderr)
    if done.returncode or strange:
        told = "\n".join([*done.stdout.splitlines()[-20:], *strange])
        raise Failure(f"yibao-pack {' '.join(arguments)} ended with {done.returncode}:\n{told}")
    return done.stdout


# --- the window ------------------------------------------------------------------------------------------------------


def screen_is_to_be_had() -> bool:
    """Tell whether Xvfb is here, or can be got."""
    if not LINUX:
        return False
    if shutil.which("Xvfb") is None and dev.install_right() is not None:
        dev.install_system(["xvfb"], ["xvfb"])
    return shutil.which("Xvfb") is not None


@contextmanager
def screen(folder: Path) -> Iterator[tuple[str, Path]]:
    """Start a screen that nobody sees; give its name and the file that always holds its picture."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder),
               "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise Failure("Xvfb did not start")
        yield f":{number}", folder / "Xvfb_screen0"
    finally:
        server.terminate()
        server.wait()


def read_picture(file: Path) -> tuple[int, int, bytes]:
    """Return width, height and the pixels (red, green, blue) of the XWD file that Xvfb keeps."""
    data = file.read_bytes()
    head = struct.unpack_from(">25I", data)
    size, width, height, line, colors = head[0], head[4], head[5], head[12], head[19]
    start = size + colors * 12
    rows = []
    for y in range(height):
        row = data[start + y * line:start + y * line + width * 4]
        pixels = bytearray(width * 3)
        pixels[0::3], pixels[1::3], pixels[2::3] = row[2::4], row[1::4], row[0::4]
        rows.append(bytes(pixels))
    return width, height, b"".join(rows)


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Write pixels as a PNG file."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + pixels[y * width * 3:(y + 1) * width * 3] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


def colors_of(pixels: bytes) -> int:
    """Return how many colours a sample of the pixels has."""
    return len({pixels[at:at + 3] for at in range(0, len(pixels), 3 * 13)})


def try_window(place: Place, picture: Path, screen_folder: Path, **more: str) -> None:
    """Open the window on a screen of its own, wait until it is drawn, take its picture and close it.

    Raises:
        Failure: no page was drawn in time, it ended by itself, or it said something unknown on standard error.
    """
    with screen(screen_folder) as (display, frame), tempfile.TemporaryFile("w+", encoding="utf-8") as stderr:
        window = subprocess.Popen(
            [str(place.folder / "yibao-desktop"), "--size", f"{WIDTH}x{HEIGHT}"], cwd=place.home,
            env=environment(place, DISPLAY=display, QT_QPA_PLATFORM="xcb", **more), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=stderr, **as_stranger(),
        )
        try:
            drawn = wait_for(lambda: window.poll() is not None or _is_drawn(frame))
            code = window.poll()
            if drawn and code is None:
                # What comes after the first page, such as looking for a voice, may have something to say as well.
                time.sleep(5)
                picture.write_bytes(png(*read_picture(frame)))
                code = window.poll()
        finally:
            window.terminate()
            window.wait(30)
        stderr.seek(0)
        strange = unknown(stderr.read())
    if code is not None or not drawn or strange:
        why = f"ended with {code}" if code is not None else "" if drawn else "drew nothing"
        raise Failure("\n".join([f"the window {why or 'complained'}:", *strange]))


def _is_drawn(frame: Path) -> bool:
    return colors_of(read_picture(frame)[2]) > FEWEST_COLORS


def wait_for(condition: Callable[[], bool]) -> bool:
    """Wait until something is so; false where it still is not after a long time."""
    end = time.monotonic() + WINDOW_SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


# --- all of it -------------------------------------------------------------------------------------------------------


def smoke_test(bundle: Path, pictures: Path) -> None:
    """Try everything; says what was tried.

    Raises:
        Failure: something is not as it should be.
    """
    forbidden = [path.name for path in bundle.rglob("*") if "virtualkeyboard" in path.name.lower()]
    if forbidden:
        raise Failure("under another licence: " + ", ".join(forbidden))
    with stranger(bundle) as place:
        began = time.monotonic()
        print(run_console(place, ["self-test"], SELF_TEST_SECONDS), end="")
        print(f"self-test: {time.monotonic() - began:.0f} s", flush=True)
        if not LINUX:
            print("no window was opened: that part of the test is for Linux")
            return
        if not screen_is_to_be_had():
            raise Failure("there is no Xvfb, so no window was opened")
        pictures.mkdir(parents=True, exist_ok=True)
        for name, more in (("smoke", {}), ("smoke-no-home", {"HOME": ""})):
            began = time.monotonic()
            with tempfile.TemporaryDirectory() as screen_folder:
                try_window(place, pictures / f"{name}.png", Path(screen_folder), **more)
            print(f"{pictures / f'{name}.png'}: {time.monotonic() - began:.0f} s", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Try a bundle; 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=BUNDLE)
    parser.add_argument("--pictures", type=Path, help="where the pictures of the window go; beside the bundle")
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # What the bundle says is Chinese, and this console may not know it.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        smoke_test(chosen.folder.resolve(), (chosen.pictures or chosen.folder.resolve().parent).resolve())
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
