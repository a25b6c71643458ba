"""The look: one token file becomes palette, style sheet and the sizes that painted widgets ask for."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from yibao_desktop.pack.strict_yaml import read
from yibao_desktop.paths import resource
from yibao_desktop.settings import TEXT_SIZES, TextSize


@cache
def _tokens() -> dict[str, Any]:
    data: dict[str, Any] = read(resource("theme", "tokens.yaml")).data
    return data


class Theme(QObject):
    """Colours and sizes at the chosen text size.

    Signals:
        changed: the text size is another one; painted widgets ask again.
    """

    changed = Signal()

    def __init__(self, text_size: TextSize = "standard") -> None:
        super().__init__()
        self._text_size: TextSize = text_size

    @property
    def text_size(self) -> TextSize:
        """The chosen text size."""
        return self._text_size

    def set_text_size(self, text_size: TextSize) -> None:
        """Choose a text size and restyle the whole program."""
        if text_size != self._text_size:
            self._text_size = text_size
            self.apply()
            self.changed.emit()

    def px(self, name: str) -> int:
        """Return a size of the token file in pixels at the chosen text size."""
        sizes: list[int] = _tokens()["sizes"][name]
        return sizes[TEXT_SIZES.index(self._text_size)]

    def space(self, name: str) -> int:
        """Return a spacing of the token file in pixels."""
        pixels: int = _tokens()["space"][name]
        return pixels

    def color(self, name: str) -> QColor:
        """Return a colour of the token file."""
        return QColor(_tokens()["colors"][name])

    def font(self, size: str = "body", bold: bool = False) -> QFont:
        """Return the program's font at a named size, for painted text."""
        font = QFont(_tokens()["font"])
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        return font

    def apply(self) -> None:
        """Style the application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        palette = QPalette()
        for role, name in (
            (QPalette.ColorRole.Window, "ground"), (QPalette.ColorRole.WindowText, "ink"),
            (QPalette.ColorRole.Base, "card"), (QPalette.ColorRole.Text, "ink"),
            (QPalette.ColorRole.Button, "card"), (QPalette.ColorRole.ButtonText, "ink"),
            (QPalette.ColorRole.Highlight, "brand"), (QPalette.ColorRole.HighlightedText, "on-brand"),
            (QPalette.ColorRole.PlaceholderText, "muted"),
        ):
            palette.setColor(role, self.color(name))
        app.setPalette(palette)
        app.setFont(self.font())
        app.setStyleSheet(self._style_sheet())

    def _style_sheet(self) -> str:
        control = self.px("control")
        values = {
            **_tokens()["colors"],
            **{name: str(self.px(name)) for name in _tokens()["sizes"]},
            **{name: str(value) for name, value in _tokens()["space"].items()},
            "font": _tokens()["font"],
            # A style sheet's min-height leaves the border out.
            "control-inner": str(control - 2), "control-focus": str(control - 6),
            "control-half": str(control // 2),
        }
        sheet = resource("theme", "base.qss").read_text(encoding="utf-8")
        return re.sub(r"\{([a-z-]+)\}", lambda match: values.get(match[1], match[0]), sheet)

    def icon(self, name: str, color: str = "brand", size: str = "icon") -> QPixmap:
        """Draw an icon of ``resources/icons`` in a colour of the theme."""
        return draw_icon(name, self.color(color).name(), self.px(size))


@cache
def draw_icon(name: str, color: str, pixels: int) -> QPixmap:
    """Draw an SVG icon in one colour, sharp on a double-density screen."""
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    pixmap = QPixmap(round(pixels * ratio), round(pixels * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg.encode()).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def load_fonts() -> None:
    """Register the bundled font: without it a bare machine shows squares."""
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"NotoSansSC-{weight}.ttf")))
