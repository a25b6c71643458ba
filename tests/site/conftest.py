"""The pages of the whole shipped pack, written once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from reading_pages import DAY

from tests.few_places import content_of_few_places
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.site.contents import Site


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(CONTENT)


@pytest.fixture(scope="session")
def pages(pack) -> Mapping[str, str]:
    """Text of every page by its path in the folder."""
    return dict(Site(pack, DAY).pages())


@pytest.fixture
def few(tmp_path) -> Path:
    return content_of_few_places(tmp_path / "content")
