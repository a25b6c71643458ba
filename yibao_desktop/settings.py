"""Profiles: what the program may do where it runs. Pages ask for a capability, never for a place."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

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

Wizard = Literal["sharing", "bill", "channels"]
WIZARDS: tuple[Wizard, ...] = ("sharing", "bill", "channels")

Ending = Literal["button", "key", "countdown", "idle", "failure"]
"""What ends a person's session: the button on every page, its key, the button of the countdown, nobody answering
the countdown, or the button after the program has gone wrong."""
ENDINGS: tuple[Ending, ...] = ("button", "key", "countdown", "idle", "failure")


class StaffHelp(msgspec.Struct, frozen=True):
    """What a person is told who wants somebody to help."""

    say: str
    where: str


class Screen(msgspec.Struct, frozen=True):
    """What the installer measured: nothing the system says about a screen's size can be relied on."""

    inches: Decimal
    """The diagonal of the picture."""
    viewing_cm: int
    """From the eyes of a person standing in front of it."""


class Profile(msgspec.Struct, frozen=True):
    """Capabilities of one kind of installation."""

    id: str
    full_screen: bool
    text_size: TextSize
    ends_session: bool
    """Offers 结束并清除 on every page: the next person must find nothing."""
    serves_in_turn: bool = False
    """A worker helps one person after the other: 结束并清除 is called 下一位, and has a key."""
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
    language: Language = "zh"
    idle_seconds: int | None = None
    """After how long without a touch the next person is expected; ``None`` is never."""
    countdown_seconds: int = 30
    """How long one is asked then whether one is still there."""
    wizards: tuple[Wizard, ...] = WIZARDS
    """Which of the three jobs it offers."""
    place: str | None = None
    """GB/T 2260 code of the place it starts with; without one everybody is asked."""
    staff_help: StaffHelp | None = None
    screen: Screen | None = None
    printer: str | None = None
    """The printer by its name in the system; ``None`` is the system's own."""
    volume: int | None = None
    """Of reading aloud, 0 to 100; ``None`` leaves it to the system."""
    pin_hash: str | None = None
    """What the PIN of the staff is compared with, see ``station.pin``."""
    restart_hour: int | None = None
    """In which hour of the night, 0 to 23, the program starts anew when nobody is there; ``None`` is never."""

    def __repr__(self) -> str:
        """Tell which it is and nothing more: the PIN's hash has no business in a log."""
        return f"Profile({self.id!r})"


PROFILES = {
    "desktop": Profile("desktop", full_screen=False, text_size="standard", ends_session=False, remembers=True),
    "kiosk": Profile("kiosk", full_screen=True, text_size="large", ends_session=True, papers=("receipt", "a4"),
                     may_choose_printer=False, letter_pad=True, may_save_files=False, idle_seconds=90, volume=50),
    "staff": Profile("staff", full_screen=False, text_size="standard", ends_session=True, serves_in_turn=True,
                     remembers=True, volume=50),
}
