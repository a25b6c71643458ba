"""The pages as a folder on disk: whole, or without the page one comes in by."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import resource
from yibao_desktop.site.contents import Site
from yibao_desktop.site.frame import HOME, STYLE

UNFINISHED = "unfinished"
"""Folder inside the wanted one in which everything is written first: what lies in it is not to be used."""

_REASONS = {
    errno.ENOSPC: "磁盘满了。", errno.EDQUOT: "磁盘的配额用完了。", errno.EACCES: "没有写的权限。",
    errno.EPERM: "没有写的权限。", errno.EROFS: "这个磁盘只能读。", errno.ENAMETOOLONG: "文件夹的名字太长。",
}


class SiteError(YibaoError):
    """The pages could not be written."""


@dataclass(frozen=True)
class Written:
    """What was written."""

    home: Path
    files: int
    size: int
    """Bytes of all files together."""


def write_site(pack: Pack, folder: Path, on: date) -> Written:
    """Write the pages of ``pack`` as of the day ``on`` into ``folder``, which is made where it is missing.

    The first page comes last: a folder in which something went wrong has none, and as far as possible is left
    as it was.

    Raises:
        SiteError: the folder is not empty or cannot be written; its words say which.
        PackError: a file of the pack is broken.
    """
    try:
        made = _first_missing(folder)
        if made is None and not folder.is_dir():
            raise SiteError(f"{folder} 是一个文件。请写一个空的、或者还没有的文件夹。")
        if made is None and any(folder.iterdir()):
            raise SiteError(f"{folder} 里已经有东西了。请换一个空的、或者还没有的文件夹。")
        (folder / UNFINISHED).mkdir(parents=True)
    except OSError as error:
        raise _told(folder, error) from error
    try:
        size = _fill(folder / UNFINISHED, Site(pack, on).pages())
        files = _move_up(folder)
    except BaseException as error:
        with contextlib.suppress(OSError):
            _clear(folder, made)
        if isinstance(error, OSError):
            raise _told(folder, error) from error
        raise
    return Written(folder / HOME, files, size)


def _first_missing(folder: Path) -> Path | None:
    """Return the uppermost of the folders that will have to be made."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    return missing[-1] if missing else None


def _fill(folder: Path, pages: Iterable[tuple[str, str]]) -> int:
    """Write every file and return their size in bytes."""
    style = resource("site", STYLE).read_bytes()
    (folder / STYLE).write_bytes(style)
    size = len(style)
    for name, page in pages:
        file, data = folder / name, page.encode()
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        size += len(data)
    return size


def _move_up(folder: Path) -> int:
    """Move everything to where it belongs, the first page last, and return how many files there are."""
    unfinished = folder / UNFINISHED
    files = sum(path.is_file() for path in unfinished.rglob("*"))
    for path in sorted(unfinished.iterdir(), key=lambda path: path.name == HOME):
        path.rename(folder / path.name)
    unfinished.rmdir()
    return files


def _clear(folder: Path, made: Path | None) -> None:
    if made is not None:
        shutil.rmtree(made)
    else:
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _told(folder: Path, error: OSError) -> SiteError:
    reason = _REASONS.get(error.errno or 0, error.strerror or "写的时候出错了。")
    return SiteError(f"没有写成 {folder}：{reason}")
