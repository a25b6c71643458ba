"""Packs dist/yibao-desktop into the archive that is unpacked and used: tar.gz, or zip for Windows.

    python3 packaging/make_portable.py [--bundle FOLDER] [--out FOLDER]

Writes it into dist/release and brings SHA256SUMS there up to date. Only the standard library. The same bundle and
the same SOURCE_DATE_EPOCH give the same bytes: files are sorted, owned by nobody and all of one time.
"""

import argparse
import gzip
import io
import sys
import tarfile
import time
import zipfile
from pathlib import Path

from build import source_date
from bundle_files import Entry, portable_files
from release_names import BUNDLE, NAME, RELEASE, portable_name, target, version, write_checksums


def write_tar(archive: Path, entries: "list[Entry]", moment: int) -> None:
    """Write a tar.gz whose files lie in one folder; `moment` is in seconds since 1970."""
    # gzip by hand: the header would hold the time of packing and the file's name.
    with archive.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=moment) as packed, tarfile.open(
        fileobj=packed, mode="w", format=tarfile.PAX_FORMAT
    ) as tar:
        for entry in entries:
            info = tarfile.TarInfo(f"{NAME}/{entry.path}")
            info.mtime = moment
            info.mode = 0o755 if entry.runs or entry.link else 0o644
            if entry.link:
                info.type, info.linkname = tarfile.SYMTYPE, entry.link
                tar.addfile(info)
            else:
                data = entry.data()
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))


def write_zip(archive: Path, entries: "list[Entry]", moment: int) -> None:
    """Write a zip whose files lie in one folder.

    Raises:
        ValueError: a link, which zip programs of Windows would write as a file of a few letters.
    """
    # A zip knows no time zone and nothing before 1980, and only even seconds.
    when = max(time.gmtime(moment)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for entry in entries:
            if entry.link:
                raise ValueError(entry.path)
            info = zipfile.ZipInfo(f"{NAME}/{entry.path}", when)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # as written on Windows, wherever this runs
            packed.writestr(info, entry.data())


def main() -> int:
    """Write the archive and its checksum."""
    parser = argparse.ArgumentParser(description="把打好的文件夹装进一个压缩包。")
    parser.add_argument("--bundle", type=Path, default=BUNDLE)
    parser.add_argument("--out", type=Path, default=RELEASE)
    arguments = parser.parse_args()
    try:
        on = target(arguments.bundle)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    arguments.out.mkdir(parents=True, exist_ok=True)
    entries = portable_files(arguments.bundle, on)
    archive = arguments.out / portable_name(version(), on)
    (write_zip if on.system == "windows" else write_tar)(archive, entries, int(source_date()))
    write_checksums(arguments.out)
    print(f"{archive}  {archive.stat().st_size / 1024 / 1024:.1f} MB, {len(entries)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
