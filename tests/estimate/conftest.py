"""The shipped pack, read once: its words are what results speak in."""

from __future__ import annotations

import pytest

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

pytest.register_assert_rewrite("town", "invented")


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(CONTENT)
