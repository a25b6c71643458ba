"""What is released: names and versions, the archives, and the packages of a small stand-in for the bundle."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import zipfile
from itertools import pairwise
from pathlib import Path

import bundle_files
import make_deb
import make_portable
import make_setup
import pytest
import release_names
import system_needs
from release_names import ROOT, Target, Version

NOW = 1_790_000_000
LINUX = Target("linux", "x86_64")
WINDOWS = Target("windows", "x64")
OF = Version("0.1.0", "2026.11.1")

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="links and rights as Linux has them")
with_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg is not installed")


def elf(machine: int) -> bytes:
    head = bytearray(64)
    head[:4] = b"\x7fELF"
    struct.pack_into("<H", head, 18, machine)
    return bytes(head)


def pe(machine: int) -> bytes:
    head = bytearray(256)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 60, 128)
    head[128:132] = b"PE\0\0"
    struct.pack_into("<H", head, 132, machine)
    return bytes(head)


@pytest.fixture
def bundle(tmp_path) -> Path:
    """A folder for Linux: two programs, a library with a link to it, and a Chinese name."""
    folder = tmp_path / "yibao-desktop"
    (folder / "_internal" / "Qt").mkdir(parents=True)
    for name in ("yibao-desktop", "yibao-pack", "_internal/Qt/libQt.so.6"):
        (folder / name).write_bytes(elf(62))
        (folder / name).chmod(0o755)
    (folder / "_internal" / "libQt.so.6").symlink_to("Qt/libQt.so.6")
    (folder / "_internal" / "内容.txt").write_text("一", encoding="utf-8")
    (folder / "LICENSE.txt").write_text("MIT", encoding="utf-8")
    return folder


@pytest.fixture
def windows_bundle(tmp_path) -> Path:
    folder = tmp_path / "windows" / "yibao-desktop"
    (folder / "_internal" / "deep").mkdir(parents=True)
    for name in ("yibao-desktop.exe", "yibao-pack.exe"):
        (folder / name).write_bytes(pe(0x8664))
    (folder / "_internal" / "deep" / "a$b 内容.txt").write_text("一", encoding="utf-8")
    return folder


# --- versions and names


def test_both_versions_of_this_checkout_are_found():
    import yibao_desktop

    found = release_names.version()
    assert found.program == yibao_desktop.__version__
    assert f'version: "{found.pack}"' in (ROOT / "content" / "pack.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("program", "debian"), [
    ("0.1.0", "0.1.0+2026.11.1"),
    ("1.0rc2", "1.0~rc2+2026.11.1"),
    ("1.0.post1", "1.0+post1+2026.11.1"),
    ("1.0a1.dev3", "1.0~a1~~dev3+2026.11.1"),
])
def test_a_version_as_debian_writes_it(program, debian):
    assert Version(program, "2026.11.1").debian() == debian


@with_dpkg
def test_debian_sorts_versions_as_python_does():
    programs = ["1.0.dev1", "1.0a1.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1.1.dev1", "1.10"]
    versions = [Version(program, "2026.11.1").debian() for program in programs]
    versions.insert(6, Version("1.0", "2026.11.2").debian())  # new content, the same program
    for older, newer in pairwise(versions):
        subprocess.run(["dpkg", "--compare-versions", older, "lt", newer], check=True)


@pytest.mark.parametrize("version", [Version("1!2.0", "2026.11.1"), Version("1.0", "2026.11-1"), Version("new", "1")])
def test_a_version_that_debian_would_sort_wrongly_is_refused(version):
    with pytest.raises(ValueError, match="cannot be ordered"):
        version.debian()


@pytest.mark.parametrize(("program", "numbers"), [
    ("0.1.0", "0.1.0.0"), ("1.2rc1", "1.2.0.0"), ("1.2.3.4.5", "1.2.3.4"),
])
def test_windows_gets_four_numbers(program, numbers):
    assert Version(program, "2026.11.1").windows_numbers() == numbers


@pytest.mark.parametrize(("name", "head", "target"), [
    ("yibao-desktop", elf(62), Target("linux", "x86_64")),
    ("yibao-desktop", elf(183), Target("linux", "aarch64")),
    ("yibao-desktop.exe", pe(0x8664), Target("windows", "x64")),
    ("yibao-desktop.exe", pe(0xAA64), Target("windows", "arm64")),
])
def test_a_bundle_says_itself_what_it_runs_on(tmp_path, name, head, target):
    (tmp_path / name).write_bytes(head)
    assert release_names.target(tmp_path) == target


def test_names_tell_version_system_and_machine():
    assert release_names.portable_name(OF, LINUX) == "yibao-desktop-0.1.0+2026.11.1-linux-x86_64.tar.gz"
    assert release_names.portable_name(OF, WINDOWS) == "yibao-desktop-0.1.0+2026.11.1-windows-x64.zip"
    assert release_names.setup_name(OF, WINDOWS) == "yibao-desktop-0.1.0+2026.11.1-windows-x64-setup.exe"
    assert release_names.package_name("yibao-desktop", OF, "amd64") == "yibao-desktop_0.1.0+2026.11.1_amd64.deb"


def test_the_list_of_checksums_is_of_all_files_and_not_of_itself(tmp_path):
    for name in ("b.zip", "a.tar.gz"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    for _ in range(2):
        written = release_names.write_checksums(tmp_path).read_text(encoding="utf-8")
    hashes = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("a.tar.gz", "b.zip")}
    assert written == "".join(f"{digest}  {name}\n" for name, digest in hashes.items())


# --- archives


@on_linux
def test_the_same_bundle_gives_the_same_archive(bundle, tmp_path):
    archives = []
    for number in (1, 2):
        os.utime(bundle / "yibao-desktop", (number, number))
        archive = tmp_path / f"{number}.tar.gz"
        make_portable.write_tar(archive, bundle_files.portable_files(bundle, LINUX), NOW)
        archives.append(archive.read_bytes())
    assert archives[0] == archives[1]


@on_linux
def test_what_is_unpacked_is_one_folder_that_runs(bundle, tmp_path):
    archive = tmp_path / "a.tar.gz"
    make_portable.write_tar(archive, bundle_files.portable_files(bundle, LINUX), NOW)
    with tarfile.open(archive) as tar:
        members = {member.name: member for member in tar.getmembers()}
        link = tar.extractfile("yibao-desktop/_internal/libQt.so.6").read()
    assert {name.split("/")[0] for name in members} == {"yibao-desktop"}
    assert list(members) == sorted(members)
    assert {(member.uid, member.uname, member.mtime) for member in members.values()} == {(0, "", NOW)}
    running = {name for name, member in members.items() if member.isfile() and member.mode & 0o100}
    assert running == {f"yibao-desktop/{name}" for name in
                       ("yibao-desktop", "yibao-pack", "linux/yibao-kiosk", "linux/yibao-kiosk-session")}
    assert link == elf(62)


def test_the_archive_for_windows_has_windows_own_line_ends_and_files(windows_bundle, tmp_path):
    archive = tmp_path / "a.zip"
    make_portable.write_zip(archive, bundle_files.portable_files(windows_bundle, WINDOWS), NOW)
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        words = packed.read("yibao-desktop/README.txt")
        assert packed.read("yibao-desktop/_internal/deep/a$b 内容.txt").decode() == "一"
    assert "yibao-desktop/windows/set-shell-launcher.ps1" in names
    assert not [name for name in names if "/linux/" in name]
    assert words.count(b"\n") == words.count(b"\r\n") > 5
    assert "yibao-desktop.exe" in words.decode("utf-8-sig")


@on_linux
def test_a_link_does_not_get_into_a_zip(bundle, tmp_path):
    with pytest.raises(ValueError, match=r"libQt\.so\.6"):
        make_portable.write_zip(tmp_path / "a.zip", bundle_files.portable_files(bundle, LINUX), NOW)


# --- what the system must have


OBJDUMP = """
/b/one:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libxcb.so.1
  NEEDED               libc.so.6

Version References:
  required from libc.so.6:
    0x06969194 0x00 04 GLIBC_2.9
    0x09691a75 0x00 03 GLIBC_2.28
    0x09691a75 0x00 03 GLIBCXX_3.4.30
"""


def test_the_floor_is_the_highest_number_and_not_the_longest_word():
    assert system_needs.glibc(OBJDUMP) == (2, 28)
    assert system_needs.glibc(OBJDUMP.replace("GLIBC_2.9", "GLIBC_ABI_DT_RELR")) == (2, 36)
    assert system_needs.libraries(OBJDUMP) == {"libxcb.so.1", "libc.so.6"}


@pytest.fixture
def dumped(bundle, monkeypatch):
    """Say what libraries a file of the bundle is linked to."""

    def say(**needed: str) -> None:
        files = {bundle / path.replace("__", "/"): f"  NEEDED  {name}\n" for path, name in needed.items()}
        monkeypatch.setattr(system_needs, "dumps", lambda _: files)

    return say


@on_linux
def test_what_the_bundle_brings_is_not_asked_of_the_system(bundle, dumped):
    dumped(one="libQt.so.6", two="libEGL.so.1", plugins__texttospeech__three="libspeechd.so.2", four="libm.so.6")
    found = system_needs.needs(bundle)
    assert (found.depends, found.recommends) == ({"libegl1"}, {"libspeechd2"})


@on_linux
def test_a_library_of_no_known_package_is_not_passed_over(bundle, dumped):
    dumped(one="libnew.so.1")
    with pytest.raises(LookupError, match=r"one: libnew\.so\.1"):
        system_needs.needs(bundle)


# --- Debian


@pytest.fixture
def packages(bundle, monkeypatch):
    asked = system_needs.Needs((2, 28), frozenset({"libegl1"}), frozenset({"libspeechd2"}))
    monkeypatch.setattr(make_deb, "needs", lambda _: asked)
    return make_deb.packages(bundle, OF, NOW)


@on_linux
@with_dpkg
def test_the_packages_are_what_dpkg_reads_and_the_same_each_time(packages, tmp_path):
    for folder in ("1", "2"):
        (tmp_path / folder).mkdir()
        debs = [make_deb.build_deb(package, OF, tmp_path / folder, NOW) for package in packages]
    assert [deb.read_bytes() for deb in debs] == [(tmp_path / "1" / deb.name).read_bytes() for deb in debs]
    assert [deb.name for deb in debs] == ["yibao-desktop_0.1.0+2026.11.1_amd64.deb",
                                          "yibao-desktop-kiosk_0.1.0+2026.11.1_all.deb"]
    field = subprocess.run(["dpkg-deb", "-f", debs[0], "Depends"], capture_output=True, text=True, check=True).stdout
    assert {"libc6 (>= 2.28)", "libegl1", "xkb-data"} <= {part.strip() for part in field.split(",")}
    listed = subprocess.run(["dpkg-deb", "-c", debs[0]], capture_output=True, text=True, check=True).stdout
    assert "root/root" in listed
    assert "./usr/bin/yibao-desktop -> /opt/yibao-desktop/yibao-desktop" in listed


@on_linux
def test_every_file_of_a_package_can_be_verified_and_no_two_packages_have_the_same(packages):
    program, kiosk = ({entry.path for entry in package.entries} for package in packages)
    assert not program & kiosk
    for package in packages:
        lines = make_deb.md5sums(package.entries).splitlines()
        assert {line.split("  ")[1] for line in lines} == {entry.path for entry in package.entries if not entry.link}


@on_linux
def test_what_the_kiosk_files_name_is_where_the_packages_put_it(packages):
    paths = {f"/{entry.path}" for package in packages for entry in package.entries}
    for file in ("yibao-kiosk.desktop", "yibao-kiosk.service", "yibao-kiosk"):
        text = (ROOT / "packaging" / "linux" / file).read_text(encoding="utf-8")
        named = set(re.findall(r"/opt/yibao-desktop/[\w/-]+", text))
        assert named, file
        assert named <= paths


@on_linux
def test_the_icon_of_each_size_is_of_that_size(packages):
    icons = {entry.path: entry.data() for entry in packages[0].entries if "/hicolor/" in entry.path}
    pictures = {path: data for path, data in icons.items() if path.endswith(".png")}
    assert {"16x16", "48x48", "256x256"} <= {path.split("/")[4] for path in pictures}
    for path, data in pictures.items():
        assert "{}x{}".format(*struct.unpack_from(">II", data, 16)) == path.split("/")[4]


@on_linux
def test_templates_are_filled_and_name_the_same_program(packages):
    entries = {entry.path: entry.data() for entry in packages[0].entries if not entry.link}
    metainfo = next(data for path, data in entries.items() if path.endswith("metainfo.xml")).decode()
    assert f"<id>{make_deb.APP_ID}</id>" in metainfo
    assert 'version="0.1.0+2026.11.1" date="2026-09-21"' in metainfo
    manual = gzip.decompress(entries["usr/share/man/man1/yibao-desktop.1.gz"]).decode()
    assert "@" not in metainfo + manual


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not installed")
def test_appstream_finds_no_fault(tmp_path):
    file = tmp_path / f"{make_deb.APP_ID}.metainfo.xml"
    file.write_bytes(make_deb.filled(make_deb.DEBIAN / "metainfo.xml", OF, NOW))
    done = subprocess.run(["appstreamcli", "validate", "--no-net", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_menu_entry_keeps_to_the_standard():
    done = subprocess.run(["desktop-file-validate", make_deb.DEBIAN / "yibao-desktop.desktop"], capture_output=True,
                          text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


# --- Windows


def test_the_uninstaller_deletes_what_was_installed_and_nothing_else():
    lines = make_setup.removal(["_internal/deep/a$b.txt", "_internal/c.txt", "yibao-desktop.exe"]).splitlines()
    assert lines == [
        r'Delete "$INSTDIR\_internal\c.txt"',
        r'Delete "$INSTDIR\_internal\deep\a$$b.txt"',
        r'Delete "$INSTDIR\yibao-desktop.exe"',
        r'RMDir "$INSTDIR\_internal\deep"',
        r'RMDir "$INSTDIR\_internal"',
    ]


def test_the_script_of_the_installer_deletes_no_whole_folder():
    script = make_setup.SCRIPT.read_text(encoding="utf-8-sig")
    assert "Unicode true" in script
    assert "RMDir /r" not in script


@pytest.mark.skipif(make_setup.makensis() is None, reason="NSIS is not installed")
def test_nsis_compiles_the_installer_and_gives_the_same_each_time(windows_bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    made = []
    for number in (1, 2):
        os.utime(windows_bundle / "yibao-desktop.exe", (number, number))
        setup = tmp_path / f"{number}.exe"
        make_setup.compile_setup(make_setup.makensis(), bundle_files.portable_files(windows_bundle, WINDOWS), setup,
                                 {"VERSION": OF.full(), "NUMBERS": OF.windows_numbers()})
        made.append(setup.read_bytes())
    assert made[0] == made[1]
    assert made[0].startswith(b"MZ")
    assert "医保帮手".encode("utf-16-le") in made[0]
