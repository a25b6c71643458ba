"""Profiles: what the program may do where it runs. Pages ask for a capability, never for a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextSize = Literal["standard", "large", "xlarge"]
TEXT_SIZES: tuple[TextSize, ...] = ("standard", "large", "xlarge")

Colors = Literal["light", "dark", "contrast"]
"""Light, dark, or white and yellow on black with thick borders."""
COLORS: tuple[Colors, ...] = ("light", "dark", "contrast")

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Chinese is what everything is written in; the others are translations of it."""

Paper = Literal["a4", "receipt"]
"""A4 in large print, or an 80 mm roll."""


@dataclass(frozen=True)
class Profile:
    """Capabilities of one kind of installation."""

    id: str
    full_screen: bool
    text_size: TextSize
    ends_session: bool
    """Offers 结束并清除 on every page: the next person must find nothing."""
    papers: tuple[Paper, ...] = ("a4", "receipt")
    """What it may print on, the usual one first; nothing where it may not print."""
    may_choose_printer: bool = True
    """Otherwise only the printer the system names as its own is used."""
    letter_pad: bool = False
    """Shows letters to press where words are typed: there is no keyboard."""
    remembers: bool = False
    """Keeps place and looks for the next start; otherwise every start is the first."""
    may_save_files: bool = True
    """Offers PDF files, with the system's window for choosing a folder."""
    colors: Colors = "light"


PROFILES = {
    "desktop": Profile("desktop", full_screen=False, text_size="standard", ends_session=False, remembers=True),
    "kiosk": Profile("kiosk", full_screen=True, text_size="large", ends_session=True, papers=("receipt", "a4"),
                     may_choose_printer=False, letter_pad=True, may_save_files=False),
    "staff": Profile("staff", full_screen=False, text_size="standard", ends_session=True, remembers=True),
}
