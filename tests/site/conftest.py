"""The pages of the whole shipped pack, written once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from reading_pages import DAY

from tests.few_places import content_of_few_places
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.site.writing import write_site


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(CONTENT)


@pytest.fixture(scope="session")
def folder(pack, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "out"
    write_site(pack, folder, DAY)
    return folder


@pytest.fixture(scope="session")
def pages(folder) -> Mapping[str, str]:
    """Text of every page by its path in the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8") for path in folder.rglob("*.html")}


@pytest.fixture
def few(tmp_path) -> Path:
    return content_of_few_places(tmp_path / "content")
