"""The folder on disk: all of it, or no page to come in by and nothing left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from reading_pages import DAY

from yibao_desktop.errors import PackError
from yibao_desktop.pack.store import Pack
from yibao_desktop.site.contents import Site
from yibao_desktop.site.writing import UNFINISHED, SiteError, write_site


@pytest.fixture
def small(few) -> Pack:
    return Pack(few)


def fail_after(monkeypatch, name: str, count: int, error: BaseException) -> None:
    """Let the ``count``-th call of a method of paths fail."""
    real, calls = getattr(Path, name), []

    def failing(self, *arguments, **named):
        calls.append(self)
        if len(calls) == count:
            raise error
        return real(self, *arguments, **named)

    monkeypatch.setattr(Path, name, failing)


def test_it_is_told_what_was_written(small, tmp_path):
    written = write_site(small, tmp_path / "new" / "out", DAY)
    files = [path for path in (tmp_path / "new" / "out").rglob("*") if path.is_file()]
    assert written.home == tmp_path / "new" / "out" / "index.html"
    assert written.home.is_file()
    assert written.files == len(files)
    assert written.size == sum(path.stat().st_size for path in files)
    assert not (tmp_path / "new" / "out" / UNFINISHED).exists()
    for name, page in Site(small, DAY).pages():
        assert (written.home.parent / name).read_bytes().decode("utf-8") == page


def test_the_same_pack_on_the_same_day_is_the_same_to_the_byte(few, tmp_path):
    for name in ("one", "other"):
        write_site(Pack(few), tmp_path / name, DAY)
    one, other = ({path.relative_to(tmp_path / name): path.read_bytes()
                   for path in (tmp_path / name).rglob("*") if path.is_file()} for name in ("one", "other"))
    assert one == other


def test_an_empty_folder_is_filled_and_stays_the_same_folder(small, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    before = out.stat().st_ino
    write_site(small, out, DAY)
    assert out.stat().st_ino == before
    assert (out / "index.html").is_file()


def test_a_folder_with_anything_in_it_is_left_alone(small, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SiteError, match="已经有东西"):
        write_site(small, out, DAY)
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_a_file_is_not_a_folder(small, tmp_path):
    file = tmp_path / "out"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(SiteError, match="是一个文件"):
        write_site(small, file, DAY)
    with pytest.raises(SiteError, match="没有写成"):
        write_site(small, file / "inside", DAY)
    assert file.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize(("code", "says"), [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有写的权限"),
                                            (errno.EROFS, "只能读")])
@pytest.mark.parametrize("existing", [True, False])
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_left(small, tmp_path, monkeypatch, code, says, existing):
    out = tmp_path / "deep" / "out"
    if existing:
        out.mkdir(parents=True)
    fail_after(monkeypatch, "write_bytes", 5, OSError(code, "no"))
    with pytest.raises(SiteError, match=says):
        write_site(small, out, DAY)
    assert (tmp_path / "deep").exists() is existing
    if existing:
        assert list(out.iterdir()) == []


def test_a_folder_that_may_not_be_made_is_told(small, tmp_path, monkeypatch):
    fail_after(monkeypatch, "mkdir", 1, PermissionError(errno.EACCES, "no"))
    with pytest.raises(SiteError, match="没有写的权限"):
        write_site(small, tmp_path / "out", DAY)
    assert not (tmp_path / "out").exists()


def test_the_page_one_comes_in_by_comes_last(small, tmp_path, monkeypatch):
    moved = []
    real = Path.rename
    monkeypatch.setattr(Path, "rename", lambda self, to: moved.append(Path(to).name) or real(self, to))
    write_site(small, tmp_path / "out", DAY)
    assert len(moved) > 5
    assert moved[-1] == "index.html"


def test_being_broken_off_leaves_nothing(small, tmp_path, monkeypatch):
    fail_after(monkeypatch, "rename", 3, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_site(small, tmp_path / "out", DAY)
    assert not (tmp_path / "out").exists()


def test_a_broken_file_of_the_pack_is_told_as_everywhere_and_nothing_is_left(few, tmp_path):
    (few / "national" / "rumours.yaml").write_text("rumours: [\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"national/rumours\.yaml"):
        write_site(Pack(few), tmp_path / "out", DAY)
    assert not (tmp_path / "out").exists()
