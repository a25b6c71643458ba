"""Where the program's own files lie, from source and inside a bundle alike."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
RESOURCES = ROOT / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a bundled resource, e.g. ``resource("icons", "check.svg")``.

    Raises:
        FileNotFoundError: no such file inside ``resources``.
    """
    path = RESOURCES.joinpath(*parts).resolve()
    if not path.is_relative_to(RESOURCES) or not path.exists():
        raise FileNotFoundError(f"resources/{'/'.join(parts)}")
    return path
