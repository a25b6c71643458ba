"""Profiles: what the program may do where it runs. Pages ask for a capability, never for a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextSize = Literal["standard", "large", "xlarge"]
TEXT_SIZES: tuple[TextSize, ...] = ("standard", "large", "xlarge")


@dataclass(frozen=True)
class Profile:
    """Capabilities of one kind of installation."""

    id: str
    full_screen: bool
    text_size: TextSize
    ends_session: bool
    """Offers 结束并清除 on every page: the next person must find nothing."""
    names_staff: bool
    """Somebody is at hand who can be asked: offers 找工作人员."""


PROFILES = {
    "desktop": Profile("desktop", full_screen=False, text_size="standard", ends_session=False,
                       names_staff=False),
    "kiosk": Profile("kiosk", full_screen=True, text_size="large", ends_session=True, names_staff=True),
    "staff": Profile("staff", full_screen=False, text_size="standard", ends_session=True,
                     names_staff=False),
}
