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


PROFILES = {
    "desktop": Profile("desktop", full_screen=False, text_size="standard", ends_session=False),
    "kiosk": Profile("kiosk", full_screen=True, text_size="large", ends_session=True),
    "staff": Profile("staff", full_screen=False, text_size="standard", ends_session=True),
}
