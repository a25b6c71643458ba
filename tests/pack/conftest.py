"""A pack small enough to read at a glance, and a copy of it that a test may break."""

import shutil
from pathlib import Path

import pytest

SMALL_PACK = Path(__file__).resolve().parents[1] / "data" / "pack"


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))
