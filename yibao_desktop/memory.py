"""What the program keeps between two starts on a person's own computer: how it looks, and where they are insured.

Nothing about anyone: no answers, no amounts, no searches. On a kiosk nothing at all is kept.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Any

import msgspec
import platformdirs

from yibao_desktop.settings import Colors, Language, TextSize
from yibao_desktop.whole_file import write_whole

_FOLDER = "yibao-desktop"
_FILE = "settings.json"
_PIXELS = Annotated[int, msgspec.Meta(ge=320, le=16000)]


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept. A setting that is missing is as the program comes."""

    place: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")] | None = None
    """GB/T 2260 code of the place of insurance."""
    text_size: TextSize | None = None
    colors: Colors | None = None
    language: Language | None = None
    window: tuple[_PIXELS, _PIXELS] | None = None
    """Width and height of the window in pixels."""
    greeted: bool = False
    """Whether the questions of the first start have been asked."""


def usual_file() -> Path:
    """Return where the settings of this user lie on this system."""
    return platformdirs.user_config_path(_FOLDER, appauthor=False, roaming=False) / _FILE


class Memory:
    """The settings of one user; a file that cannot be read or written only means that nothing is remembered."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.kept = _read(file)

    def keep(self, **changes: Any) -> None:
        """Change some settings and write them down; names and values as in ``Kept``."""
        kept = msgspec.structs.replace(self.kept, **changes)
        if kept != self.kept:
            self.kept = kept
            _write(self._file, kept)


def _read(file: Path) -> Kept:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Kept()


def _write(file: Path, kept: Kept) -> None:
    with contextlib.suppress(OSError):
        write_whole(file, msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")
