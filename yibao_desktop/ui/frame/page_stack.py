"""The page on show, and under it the pages that it leads back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from yibao_desktop.settings import TextSize
from yibao_desktop.ui.pages.page import Page, PageTraits
from yibao_desktop.ui.theme import Theme


class _Covered(NamedTuple):
    """A page that stays as it is under another one."""

    page: QWidget
    text_size: TextSize
    pressed: str
    """The name of the button that led away from it."""


class PageStack(QStackedWidget):
    """Puts pages on the screen and lets go of those that nothing leads back to.

    Signals:
        turning: another page is about to come; carries its traits.
        turned: it has come, and what was to go has gone.
        page_shown: another page is on the screen and has the focus; carries it.
    """

    turning = Signal(object)
    turned = Signal()
    page_shown = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._again: Callable[[], None] | None = None
        self._covered: list[_Covered] = []
        """The lowest first."""

    @property
    def traits(self) -> PageTraits:
        """What the page on show says of itself."""
        return _traits_of(self.currentWidget())

    @property
    def lowest_traits(self) -> PageTraits:
        """What the page on show says of itself, or the one under everything that covers it."""
        return _traits_of(self._covered[0].page if self._covered else self.currentWidget())

    @property
    def again(self) -> Callable[[], None]:
        """Makes the lowest page anew, for another text size or another place."""
        assert self._again is not None
        return self._again

    def show_page(self, page: QWidget, again: Callable[[], None]) -> None:
        """Put ``page`` on the screen and let everything before go; ``again`` makes it anew."""
        self._again = again
        before = self.currentWidget()
        covered, self._covered = self._covered, []
        self._turn_to(page, *(gone for gone in (before, *(under.page for under in covered)) if gone is not None))
        self._tell(page)

    def cover(self, page: Page, pressed: str) -> None:
        """Lay ``page`` over the one on show, which stays as it is; ``pressed`` is the button that led here."""
        under = self.currentWidget()
        assert under is not None
        self._covered.append(_Covered(under, self._theme.text_size, pressed))
        self._turn_to(page)
        self._tell(page)

    def uncover(self) -> str:
        """Show the page under the one on show again; returns the name of the button that led away from it."""
        over = self.currentWidget()
        assert over is not None
        page, text_size, pressed = self._covered.pop()
        self._turn_to(page, over)
        if text_size != self._theme.text_size:
            self.follow_text_size()
        return pressed

    def follow_text_size(self) -> None:
        """Make the page on show anew, unless it redraws itself and keeps what was entered."""
        if not self.traits.redraws_itself:
            self.again()

    def _turn_to(self, page: QWidget, *gone: QWidget) -> None:
        self.turning.emit(_traits_of(page))
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        for old in gone:
            self.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.turned.emit()

    def _tell(self, page: QWidget) -> None:
        page.first_control().setFocus()  # type: ignore[attr-defined]
        self.page_shown.emit(page)


def _traits_of(page: QWidget | None) -> PageTraits:
    return page if isinstance(page, PageTraits) else PageTraits()
