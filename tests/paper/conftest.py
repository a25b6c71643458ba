"""The shipped pack, read once."""

from __future__ import annotations

import pytest

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(CONTENT)
