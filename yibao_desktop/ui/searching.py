"""The way through the search: what was typed, where a hit leads, and the way back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from yibao_desktop.ui.language import tr

if TYPE_CHECKING:
    from yibao_desktop.search.rank import Hit, Search
    from yibao_desktop.ui.window import MainWindow


class Searching(QObject):
    """Opens the search of a window's pack, and what is found."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._search: Search | None = None
        self._searched: str | None = None
        """What was searched for when a page was opened from the search, so that the way back leads there."""

    def open(self, text: str = "") -> None:
        """Show the search, with what was typed before."""
        from yibao_desktop.search.rank import Search
        from yibao_desktop.ui.pages.search import SearchPage

        window = self._window
        if self._search is None:
            self._search = Search(window.pack, window.profile.wizards)
        page = SearchPage(window.theme, window.pack, window.place, self._search, window.profile.letter_pad, text)
        page.left.connect(window.go_home)
        page.chosen.connect(lambda hit, first: self._open_hit(page.text, hit, first))
        window.show_page(page, lambda: self.open(page.text))

    def _open_hit(self, text: str, hit: Hit, first: bool) -> None:
        from yibao_desktop.ui.pages.reading import PAYABLE, RUMOURS, TERMS

        self._searched, window = text, self._window
        lists = {"rumour": RUMOURS, "term": TERMS, "payable": PAYABLE}
        if hit.kind == "guide":
            window.read(hit.id)
        elif hit.kind == "wizard":
            window.open_job(hit.id)
        elif hit.kind == "channel-need":
            window.open_job("channels", hit.id)
        elif hit.kind == "place":
            # Who only typed a place has what they wanted; who asked something about it wants the answer.
            window.set_place(hit.id, then=window.go_home if first else lambda: self.open(text))
        else:
            window.read(lists[hit.kind], hit.id)

    def go_back(self) -> None:
        """Go back to the search if the page was opened from there, else home."""
        if self._searched is None:
            self._window.go_home()
        else:
            self.open(self._searched)

    @property
    def way_back(self) -> str:
        """What the button says that goes back."""
        return tr("回首页") if self._searched is None else tr("回到搜索")

    def leave(self) -> None:
        """Let the way back lead home from now on."""
        self._searched = None

    def renew(self) -> None:
        """Search another pack, or one in another language, from now on."""
        self._search = None

    def forget(self) -> None:
        """Let go of what was asked and found."""
        if self._search is not None:
            self._search.forget()
