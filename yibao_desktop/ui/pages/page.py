"""What every page of the window tells the window about itself."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget


class PageTraits:
    """What the window asks, instead of knowing every kind of page before the first one is shown."""

    asks_place: ClassVar[bool] = False
    """Asks for the place of insurance; once one is chosen, nothing leads back here."""
    has_own_bar: ClassVar[bool] = False
    """Has a bar of buttons at its own bottom, in place of the window's footer."""
    lies_over: ClassVar[bool] = False
    """Is laid over the page that it leads back to; the footer would lead elsewhere."""
    redraws_itself: ClassVar[bool] = False
    """Follows another text size by itself and keeps what was entered; the others are made anew."""
    stands_alone: ClassVar[bool] = False
    """Nothing of the window stands around it."""
    waits: ClassVar[bool] = False
    """Nobody is there while it is shown."""
    is_home: ClassVar[bool] = False
    """The way back ends here."""


class Page(QWidget, PageTraits):
    """A page of the window."""

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        raise NotImplementedError
