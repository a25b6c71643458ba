"""A small picture that stands beside words, in a colour of the theme."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from yibao_desktop.ui.theme import Theme


class Picture(QLabel):
    """An icon of ``resources/icons``; drawn again when text size or colours are others."""

    def __init__(self, theme: Theme, icon: str = "", color: str = "brand", size: str = "icon") -> None:
        super().__init__()
        self._theme, self._icon, self._color, self._size = theme, icon, color, size
        theme.follow(self._draw, colors=True)
        self._draw()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            self.setPixmap(self._theme.icon(self._icon, self._color, self._size))
