"""The smoke test passes a bundle that behaves, and no other. The bundles here are small scripts."""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path

import pytest
import smoke_test
from PySide6.QtGui import QImage

LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the stand-ins are shell scripts")
WITH_SCREEN = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")


def test_only_known_lines_on_standard_error_are_harmless():
    known = ('Detected locale "C" with character encoding "ANSI_X3.4-1968", which is not UTF-8.\n'
             'Qt depends on a UTF-8 locale, and has switched to "C.UTF-8" instead.\n\n')
    assert smoke_test.unknown(known) == []
    assert smoke_test.unknown(known + "QFont: no font\n") == ["QFont: no font"]
    assert smoke_test.unknown("Traceback (most recent call last):\n") != []


def test_the_picture_of_the_screen_becomes_a_png(tmp_path):
    # Two rows of two pixels in Xvfb's form: header with a name, colour map, then blue, green, red and a spare byte.
    header = [0] * 25
    header[0], header[4], header[5], header[12], header[19] = 100 + 8, 2, 2, 8, 1
    rows = bytes([0, 0, 255, 0, 0, 255, 0, 0]) + bytes([255, 0, 0, 0, 255, 255, 255, 0])
    file = tmp_path / "screen.xwd"
    file.write_bytes(struct.pack(">25I", *header) + b"screen\0\0" + bytes(12) + rows)
    image = QImage.fromData(smoke_test.png(*smoke_test.read_picture(file)), "PNG")
    assert (image.width(), image.height()) == (2, 2)
    assert [image.pixelColor(x, y).name() for y in range(2) for x in range(2)] == [
        "#ff0000", "#00ff00", "#0000ff", "#ffffff"]


def test_an_empty_screen_has_one_colour():
    assert smoke_test.colors_of(bytes(3 * 1000)) == 1


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    """Make a bundle of two shell scripts; the window's part is passed over unless a test asks for it."""
    monkeypatch.setattr(smoke_test, "screen_is_to_be_had", lambda: True)
    monkeypatch.setattr(smoke_test, "try_window", lambda *_, **__: None)

    def make(pack: str, window: str = "exit 0") -> Path:
        folder = tmp_path / "bundle"
        folder.mkdir()
        for name, script in (("yibao-pack", pack), ("yibao-desktop", window)):
            (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        return folder

    return make


def tried(folder: Path, tmp_path: Path) -> int:
    return smoke_test.main([str(folder), "--pictures", str(tmp_path / "pictures")])


@LINUX_ONLY
def test_a_bundle_runs_in_a_strange_place_without_rights(bundle, tmp_path, capsys):
    ask = ('echo "$1|$LC_ALL|$(dirname "$0")|$(ls -A "$HOME" | wc -l)|${PYTHONPATH-none}"; '
           'touch "$(dirname "$0")/new" 2>/dev/null && echo writable; exit 0')
    assert tried(bundle(ask), tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    what, locale, place, in_home, path = lines[0].split("|")
    assert (what, locale, in_home.strip(), path) == ("self-test", "C", "0", "none")
    assert " " in place
    assert not place.isascii()
    assert "writable" not in lines


@LINUX_ONLY
@pytest.mark.parametrize(("script", "told"), [
    ("echo 内容包：1 处不对; exit 1", "1 处不对"),
    ("echo 'QFont: no font' >&2", "QFont: no font"),
])
def test_a_bundle_that_fails_or_complains_does_not_pass(script, told, bundle, tmp_path, capsys):
    assert tried(bundle(script), tmp_path) == 1
    assert told in capsys.readouterr().err


def test_a_bundle_that_writes_into_its_own_folder_all_the_same_does_not_pass(bundle):
    def write() -> None:
        with smoke_test.stranger(folder) as place:
            smoke_test.allow_writing(place.folder, True)
            (place.folder / "more").touch()

    folder = bundle("exit 0")
    with pytest.raises(smoke_test.Failure, match="more"):
        write()


def test_a_bundle_with_the_keyboard_under_the_gpl_does_not_pass(bundle, tmp_path, capsys):
    folder = bundle("exit 0")
    (folder / "libQt6VirtualKeyboard.so.6").touch()
    assert tried(folder, tmp_path) == 1
    assert "VirtualKeyboard" in capsys.readouterr().err


@LINUX_ONLY
@WITH_SCREEN
@pytest.mark.parametrize(("window", "told"), [
    ("exit 4", "ended with 4"), ("echo 'cannot connect' >&2; exec sleep 600", "cannot connect"),
    ("exec sleep 600", "drew nothing"),
])
def test_a_window_that_ends_complains_or_stays_away_does_not_pass(window, told, bundle, tmp_path, monkeypatch, capsys):
    make = bundle("exit 0", window)
    monkeypatch.undo()
    monkeypatch.setattr(smoke_test, "WINDOW_SECONDS", 1)
    assert tried(make, tmp_path) == 1
    assert told in capsys.readouterr().err
