"""``yibao-pack site``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.few_places import content_of_few_places
from yibao_desktop.cli.main import main


@pytest.fixture
def content(tmp_path) -> Path:
    return content_of_few_places(tmp_path / "content")


def test_the_page_to_open_is_named_with_how_much_there_is(content, tmp_path, capsys):
    out = tmp_path / "网页 一"
    assert main(["site", str(out), "--pack", str(content)]) == 0
    told = capsys.readouterr()
    files = [path for path in out.rglob("*") if path.is_file()]
    assert told.out.splitlines()[0] == f"写好了：{out / 'index.html'}"
    assert f"共 {len(files)} 个文件" in told.out
    assert told.err == ""


def test_a_folder_with_something_in_it_is_refused_in_a_plain_sentence(content, tmp_path, capsys):
    assert main(["site", str(content), "--pack", str(content)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"{content} 里已经有东西了。请换一个空的、或者还没有的文件夹。\n"


def test_a_pack_that_is_not_there_is_refused_and_no_folder_is_made(tmp_path, capsys):
    assert main(["site", str(tmp_path / "out"), "--pack", str(tmp_path / "none")]) == 1
    assert "找不到内容包" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
