"""The shipped pack with a few places: everything national, and quick to write out whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from yibao_desktop.paths import CONTENT

PLACES = ("110000", "130000", "130100", "440000", "440100", "440400")
"""A municipality; a province with a city that has nothing of its own; one with a city that says something of sharing
and channels, and one that has only rules for estimates."""


def content_of_few_places(folder: Path) -> Path:
    """Copy the pack into a new ``folder`` and leave out every other place."""
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("cases", "schema", "languages"))
    for place in (folder / "regions").iterdir():
        if not place.name.startswith(PLACES):
            shutil.rmtree(place)
    regions = folder / "regions.yaml"
    lines = regions.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("- {") or line[10:16] in PLACES]
    regions.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder
