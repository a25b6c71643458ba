"""The oldest system a folder starts on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import floor
import pip
import PySide6
import pytest
from binaries import glibc_asked_for, highest_glibc, is_elf, is_pe, needed_libraries, version_of, windows_asked_for

WINDOWS_PROGRAM = Path(pip.__path__[0]) / "_vendor" / "distlib" / "t64.exe"
LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt's libraries are ELF files on Linux")


@pytest.fixture
def qt_core() -> Path:
    return Path(PySide6.__path__[0]) / "Qt" / "lib" / "libQt6Core.so.6"


def test_versions_are_compared_as_numbers():
    assert highest_glibc(["GLIBC_2.9", "GLIBC_2.28", "GLIBC_2.2.5", "GLIBCXX_3.4.30", "CXXABI_1.3"]) == (2, 28)
    assert highest_glibc(["GLIBC_2.2.5", "GLIBC_PRIVATE"]) == (2, 2, 5)
    assert highest_glibc(["GCC_3.0"]) is None


def test_a_mark_without_a_number_counts_as_the_glibc_that_brought_it():
    assert highest_glibc(["GLIBC_2.4", "GLIBC_ABI_DT_RELR"]) == (2, 36)


@LINUX_ONLY
def test_a_library_of_qt_tells_what_it_asks_for(qt_core):
    assert is_elf(qt_core)
    assert not is_pe(qt_core)
    # The program is held at the line of Qt whose own libraries start on UOS 20; newer Python has no such Qt.
    if sys.version_info < (3, 14):
        assert (2, 17) <= glibc_asked_for(qt_core) <= floor.RELEASE
    assert "libc.so.6" in needed_libraries(qt_core)


def test_a_program_of_windows_tells_its_oldest_windows():
    assert is_pe(WINDOWS_PROGRAM)
    assert not is_elf(WINDOWS_PROGRAM)
    assert (4, 0) <= windows_asked_for(WINDOWS_PROGRAM) < (11, 0)


@pytest.mark.parametrize("content", [b"", b"MZ", b"\x7fEL", b"MZ" + bytes(62), "文字".encode()])
def test_other_files_are_neither(content, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(content)
    assert not is_elf(file)
    assert not is_pe(file)


def test_both_floors_of_a_folder_are_printed(tmp_path, capsys):
    (tmp_path / "inner").mkdir()
    shutil.copy(WINDOWS_PROGRAM, tmp_path / "inner" / "program.exe")
    (tmp_path / "text.txt").write_text("MZ", encoding="utf-8")
    assert floor.main([str(tmp_path)]) == 0
    assert "inner/program.exe" in capsys.readouterr().out


@LINUX_ONLY
def test_a_limit_that_is_kept_passes_and_one_that_is_not_names_the_file(qt_core, tmp_path, capsys):
    shutil.copy(qt_core, tmp_path / "libQt6Core.so.6")
    asked = glibc_asked_for(qt_core)
    assert floor.main([str(tmp_path), "--most", ".".join(map(str, asked))]) == 0
    capsys.readouterr()
    assert floor.main([str(tmp_path), "--most", "2.4"]) == 1
    told = capsys.readouterr()
    assert f"glibc {asked[0]}.{asked[1]}" in told.out
    assert "libQt6Core.so.6" in told.err


@pytest.mark.parametrize(("asks", "code"), [("2.28", 0), ("2.29", 1)])
def test_a_release_stops_above_glibc_2_28(asks, code, tmp_path, monkeypatch):
    (tmp_path / "lib.so").write_bytes(b"\x7fELF")
    monkeypatch.setattr(floor, "glibc_asked_for", lambda file: version_of(asks))
    assert floor.main([str(tmp_path)]) == 0
    assert floor.main([str(tmp_path), "--release"]) == code


def test_a_folder_without_programs_is_no_success(tmp_path):
    assert floor.main([str(tmp_path)]) == 2
