"""Makes Debian packages of dist/yibao-desktop: the program, and what turns a computer into a kiosk.

    python3 packaging/make_deb.py [--bundle FOLDER] [--out FOLDER]

Writes yibao-desktop_….deb and yibao-desktop-kiosk_….deb into dist/release and brings SHA256SUMS there up to date.
Needs dpkg-deb and objdump. The same bundle and the same SOURCE_DATE_EPOCH give the same bytes.
"""

import argparse
import gzip
import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from email.utils import formatdate
from pathlib import Path
from typing import NamedTuple

from build import source_date
from bundle_files import EXAMPLES, PACKAGING, Entry, own_files
from release_names import (
    BUNDLE,
    DEBIAN_MACHINES,
    NAME,
    RELEASE,
    ROOT,
    Version,
    package_name,
    target,
    version,
    write_checksums,
)
from system_needs import needs

DEBIAN = PACKAGING / "linux" / "debian"
LINUX = PACKAGING / "linux"
ICONS = ROOT / "resources" / "icons"
KIOSK = f"{NAME}-kiosk"
# Add-on software goes to /opt; the kiosk's scripts, unit and guide name this place.
PLACE = f"opt/{NAME}"
APP_ID = "io.github.yibao_desktop.yibao_desktop"
MAINTAINER = "yibao-desktop maintainers <maintainers@yibao-desktop.invalid>"
# Data of libraries that the bundle brings: keyboard layouts, compose sequences, where fonts are.
DATA = ("fontconfig-config", "libx11-data", "xkb-data")
VOICE = ("speech-dispatcher", "speech-dispatcher-espeak-ng")
# Read by any Debian since 2009, and by the dpkg of systems that do not know zstd.
COMPRESSION = ("-Zxz", "-z6")

DESCRIPTION = """Description: offline answers about China's basic medical insurance
 Answers what patients ask most, in large letters and plain Chinese: sharing a
 personal account with the family, estimating and checking a bill, and where to
 look things up officially. It works without a network, asks for no name or
 number and keeps nothing about anyone. Every figure names its place, date and
 source.
"""
KIOSK_DESCRIPTION = """Description: login session that shows only the medical insurance kiosk
 A session for X11 without desktop, menus or keys, that starts yibao-desktop as
 a kiosk and starts it again after a crash, and a systemd user unit for
 computers that keep their desktop. Nothing is switched on by installing it.
"""


class Package(NamedTuple):
    """A Debian package: its name, architecture, fields of its own, and its files by path in the system."""

    name: str
    architecture: str
    fields: str
    entries: "list[Entry]"
    postrm: "Path | None" = None


# --- what is in the packages -----------------------------------------------------------------------------


def icons(container: bytes) -> "dict[int, bytes]":
    """Return the PNG pictures of an ICO file by their size in pixels (see make_icon.py)."""
    _, _, count = struct.unpack_from("<HHH", container)
    pictures = {}
    for number in range(count):
        side, _, _, _, _, _, size, offset = struct.unpack_from("<BBBBHHII", container, 6 + 16 * number)
        pictures[side or 256] = container[offset : offset + size]
    return pictures


def filled(file: Path, of: Version, moment: int) -> bytes:
    """Return a template with version and date in it."""
    text = file.read_text(encoding="utf-8").replace("@VERSION@", of.full())
    return text.replace("@DATE@", time.strftime("%Y-%m-%d", time.gmtime(moment))).encode()


def packed(data: bytes) -> bytes:
    """Return what Debian wants compressed, without the time of packing."""
    return gzip.compress(data, 9, mtime=0)


def changelog(package: str, of: Version, moment: int) -> bytes:
    """Return the changelog: one entry that names the two versions."""
    text = f"{package} ({of.debian()}) stable; urgency=medium\n\n  * Program {of.program}, content pack {of.pack}.\n\n"
    return f"{text} -- {MAINTAINER}  {formatdate(moment)}\n".encode()


def papers(package: str, of: Version, moment: int) -> "list[Entry]":
    """Return what every package has: copyright, changelog and, with reasons, what lintian is not to mention."""
    documents = f"usr/share/doc/{package}"
    return [
        Entry(f"{documents}/copyright", DEBIAN / "copyright"),
        Entry(f"{documents}/changelog.gz", packed(changelog(package, of, moment))),
        Entry(f"usr/share/lintian/overrides/{package}", DEBIAN / f"{package}.overrides"),
    ]


def program_files(bundle: Path, of: Version, moment: int) -> "list[Entry]":
    """Return the files of the program's package."""
    entries = [file._replace(path=f"{PLACE}/{file.path}") for file in own_files(bundle) if file.path != "LICENSE.txt"]
    for name in (NAME, "yibao-pack"):
        entries.append(Entry(f"usr/bin/{name}", b"", link=f"/{PLACE}/{name}"))
        entries.append(Entry(f"usr/share/man/man1/{name}.1.gz", packed(filled(DEBIAN / f"{name}.1", of, moment))))
    hicolor = "usr/share/icons/hicolor"
    for side, picture in icons((ICONS / "app.ico").read_bytes()).items():
        entries.append(Entry(f"{hicolor}/{side}x{side}/apps/{NAME}.png", picture))
    entries.append(Entry(f"{hicolor}/scalable/apps/{NAME}.svg", ICONS / "app.svg"))
    entries.append(Entry(f"usr/share/applications/{NAME}.desktop", DEBIAN / f"{NAME}.desktop"))
    entries.append(Entry(f"usr/share/metainfo/{APP_ID}.metainfo.xml", filled(DEBIAN / "metainfo.xml", of, moment)))
    return entries


def kiosk_files() -> "list[Entry]":
    """Return the files of the kiosk's package; what must be chosen by hand lies with the examples."""
    examples = f"usr/share/doc/{KIOSK}/examples"
    places = {
        f"{PLACE}/linux": ("yibao-kiosk", "yibao-kiosk-session", "openbox.xml"),
        "usr/share/xsessions": ("yibao-kiosk.desktop",),
        "usr/lib/systemd/user": ("yibao-kiosk.service",),
        examples: ("lightdm-yibao-kiosk.conf", "yibao-kiosk-autostart.desktop"),
    }
    entries = [Entry(f"{folder}/{name}", LINUX / name, (LINUX / name).read_bytes().startswith(b"#!"))
               for folder, names in places.items() for name in names]
    return [*entries, *[Entry(f"{examples}/{name}", PACKAGING / name) for name in EXAMPLES]]


def packages(bundle: Path, of: Version, moment: int) -> "list[Package]":
    """Return the two packages.

    Raises:
        FileNotFoundError, LookupError: see ``target`` and ``needs``.
        ValueError: the bundle is not for Linux.
    """
    on = target(bundle)
    if on.system != "linux":
        raise ValueError(f"不是 Linux 的文件夹 (not for Linux): {bundle}")
    asked = needs(bundle)
    libc = "libc6 (>= {})".format(".".join(str(number) for number in asked.glibc))
    depends = ", ".join(sorted({libc, *asked.depends, *DATA}))
    recommends = ", ".join(sorted({*asked.recommends, *VOICE}))
    program = Package(
        NAME, DEBIAN_MACHINES[on.machine],
        f"Depends: {depends}\nRecommends: {recommends}\nSuggests: cups-client, {KIOSK}\n{DESCRIPTION}",
        [*program_files(bundle, of, moment), *papers(NAME, of, moment)],
    )
    kiosk = Package(
        KIOSK, "all",
        f"Depends: {NAME} (>= {of.debian()}), openbox, x11-xserver-utils\nRecommends: lightdm, xserver-xorg\n"
        f"{KIOSK_DESCRIPTION}",
        [*kiosk_files(), *papers(KIOSK, of, moment)], DEBIAN / f"{KIOSK}.postrm",
    )
    return [program, kiosk]


# --- how a package is made -------------------------------------------------------------------------------


def lay_out(entries: "list[Entry]", tree: Path) -> None:
    """Write files and links below a folder, with the rights that Debian wants."""
    for entry in entries:
        file = tree / entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if entry.link:
            file.symlink_to(entry.link)
        else:
            file.write_bytes(entry.data())
            file.chmod(0o755 if entry.runs else 0o644)


def kibibytes(entries: "list[Entry]") -> int:
    """Return the size that Debian tells before installing: each file rounded up, a link counts as one."""
    return sum(1 if entry.link else -(-len(entry.data()) // 1024) for entry in entries)


def md5sums(entries: "list[Entry]") -> str:
    """Return the list by which `dpkg --verify` sees what was changed."""
    files = sorted((entry for entry in entries if not entry.link), key=lambda entry: entry.path)
    return "".join(f"{hashlib.md5(entry.data()).hexdigest()}  {entry.path}\n" for entry in files)


def control(package: Package, of: Version) -> str:
    """Return the package's control file."""
    return (
        f"Package: {package.name}\nVersion: {of.debian()}\nArchitecture: {package.architecture}\n"
        f"Maintainer: {MAINTAINER}\nInstalled-Size: {kibibytes(package.entries)}\nSection: misc\nPriority: optional\n"
        f"{package.fields}"
    )


def build_deb(package: Package, of: Version, out: Path, moment: int) -> Path:
    """Make one package in a folder and return its file; `moment` is in seconds since 1970."""
    deb = out / package_name(package.name, of, package.architecture)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / package.name
        lay_out(package.entries, tree)
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control(package, of), encoding="utf-8")
        (tree / "DEBIAN" / "md5sums").write_text(md5sums(package.entries), encoding="utf-8")
        if package.postrm:
            shutil.copyfile(package.postrm, tree / "DEBIAN" / "postrm")
            (tree / "DEBIAN" / "postrm").chmod(0o755)
        for path in (tree, *tree.rglob("*")):
            os.utime(path, (moment, moment), follow_symlinks=False)
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        command = ["dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", str(tree), str(deb)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return deb


def main() -> int:
    """Make both packages and their checksums."""
    parser = argparse.ArgumentParser(description="把打好的文件夹做成 Debian 的软件包。")
    parser.add_argument("--bundle", type=Path, default=BUNDLE)
    parser.add_argument("--out", type=Path, default=RELEASE)
    arguments = parser.parse_args()
    of, moment = version(), int(source_date())
    try:
        made = packages(arguments.bundle, of, moment)
    except LookupError as error:
        print(f"不知道这些库在哪个软件包里 (no package known for): {error}", file=sys.stderr)
        return 1
    except (FileNotFoundError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    arguments.out.mkdir(parents=True, exist_ok=True)
    for package in made:
        deb = build_deb(package, of, arguments.out, moment)
        print(f"{deb}  {deb.stat().st_size / 1024 / 1024:.1f} MB")
    write_checksums(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
