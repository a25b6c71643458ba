"""The look: the token files become palette, style sheet and the sizes that painted widgets ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from weakref import WeakMethod

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from yibao_desktop.paths import resource
from yibao_desktop.settings import COLORS, TEXT_SIZES, Colors, TextSize
from yibao_desktop.ui.tokens import Look, Tokens, read_tokens

_tokens: Callable[[], Tokens] = cache(read_tokens)
_TOUCHED = ("control", "pad-key")
"""Sizes of what a finger must hit."""


class Theme(QObject):
    """The chosen colours, and sizes at the chosen text size.

    What stands on a page takes its sizes and pictures from here and asks again when told to, see ``follow``.

    Signals:
        changed: the text size is another one.
        recolored: the colours are others; pictures are drawn again, everything else follows by itself.

    Raises:
        PackError: a theme is not complete.
    """

    changed = Signal()
    recolored = Signal()

    def __init__(self, text_size: TextSize = "standard", colors: Colors = "light", least_target: int = 0) -> None:
        """``least_target`` is in pixels; what is touched is drawn no smaller, whatever the text size."""
        super().__init__()
        self._least_target = least_target
        self._followers: dict[WeakMethod[Callable[[], None]], bool] = {}
        """With whether they follow the colours, too; in the order in which they came."""
        self._text_size: TextSize = text_size
        self._colors: Colors = colors
        # A broken theme must show when the program starts, not when somebody chooses it.
        _tokens()

    @property
    def colors(self) -> Colors:
        """The chosen colours."""
        return self._colors

    def set_colors(self, colors: Colors) -> None:
        """Choose other colours for the whole program; pages stay as they are."""
        if colors != self._colors:
            self._colors = colors
            self.apply()
            self.recolored.emit()
            self._tell_followers(of_colors=True)

    @property
    def text_size(self) -> TextSize:
        """The chosen text size."""
        return self._text_size

    def set_text_size(self, text_size: TextSize) -> None:
        """Choose a text size and restyle the whole program."""
        if text_size != self._text_size:
            self._text_size = text_size
            self._tell_of_sizes()

    def set_least_target(self, pixels: int) -> None:
        """Draw what is touched no smaller than so many pixels."""
        if pixels != self._least_target:
            self._least_target = pixels
            self._tell_of_sizes()

    def follow(self, redraw: Callable[[], None], *, colors: bool = False) -> None:
        """Call a widget's method whenever sizes change, ``colors`` when colours do, too; for as long as it lives.

        For what comes and goes with the pages: of each connection to a signal of something that stays, Qt for Python
        keeps a piece for ever.
        """
        self._followers[WeakMethod(redraw, self._forget)] = colors

    def _forget(self, gone: WeakMethod[Callable[[], None]]) -> None:
        self._followers.pop(gone, None)

    def _tell_of_sizes(self) -> None:
        self.apply()
        self.changed.emit()
        self._tell_followers(of_colors=False)

    def _tell_followers(self, of_colors: bool) -> None:
        for follower, colors in tuple(self._followers.items()):
            redraw = follower()
            # A widget that Qt has taken away may leave its Python half for a while.
            if redraw is not None and (colors or not of_colors) and isValid(redraw.__self__):
                redraw()

    def step_text_size(self, by: int) -> None:
        """Go ``by`` text sizes up, or down below 0; stop at the largest and the smallest."""
        at = TEXT_SIZES.index(self._text_size) + by
        self.set_text_size(TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, at))])

    def next_text_size(self) -> None:
        """Choose the next larger text size; after the largest comes the smallest."""
        self.set_text_size(TEXT_SIZES[(TEXT_SIZES.index(self._text_size) + 1) % len(TEXT_SIZES)])

    def next_colors(self) -> None:
        """Choose the next colours; after the last come the first."""
        self.set_colors(COLORS[(COLORS.index(self._colors) + 1) % len(COLORS)])

    def px(self, name: str) -> int:
        """Return a size of the token file in pixels at the chosen text size; a target is no smaller than asked."""
        pixels = _tokens().sizes[name][TEXT_SIZES.index(self._text_size)]
        return max(pixels, self._least_target) if name in _TOUCHED else pixels

    def space(self, name: str) -> int:
        """Return a spacing of the token file in pixels."""
        return _tokens().space[name]

    def border(self, name: str) -> int:
        """Return how thick the chosen theme draws a kind of border, in pixels."""
        return self._look.borders[name]

    @property
    def _look(self) -> Look:
        return _tokens().looks[self._colors]

    def color(self, name: str) -> QColor:
        """Return a colour of the chosen theme by its name in the token file."""
        return QColor(self._look.colors[name])

    def font(self, size: str = "body", bold: bool = False) -> QFont:
        """Return the program's font at a named size, for painted text."""
        font = QFont(_tokens().font)
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        return font

    def apply(self) -> None:
        """Style the application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # From two colours Qt works out the shades of what the style sheet does not reach: a file dialog, a menu.
        palette = QPalette(self.color("card"), self.color("ground"))
        for role, name in (
            (QPalette.ColorRole.Window, "ground"), (QPalette.ColorRole.WindowText, "ink"),
            (QPalette.ColorRole.Base, "card"), (QPalette.ColorRole.AlternateBase, "ground"),
            (QPalette.ColorRole.Text, "ink"),
            (QPalette.ColorRole.Button, "card"), (QPalette.ColorRole.ButtonText, "ink"),
            (QPalette.ColorRole.Highlight, "brand"), (QPalette.ColorRole.HighlightedText, "on-brand"),
            (QPalette.ColorRole.PlaceholderText, "muted"),
        ):
            palette.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("muted"))
        app.setPalette(palette)
        app.setFont(self.font())
        app.setStyleSheet(self._style_sheet())

    def _style_sheet(self) -> str:
        tokens, control, borders = _tokens(), self.px("control"), self._look.borders
        values = {
            **self._look.colors,
            **{name: str(width) for name, width in borders.items()},
            **{name: str(self.px(name)) for name in tokens.sizes},
            **{name: str(pixels) for name, pixels in tokens.space.items()},
            "font": tokens.font,
            # A style sheet's min-height leaves the border out.
            "control-inner": str(control - 2 * borders["edge"]),
            "control-chosen": str(control - 2 * borders["edge-chosen"]),
            "control-focus": str(control - 2 * borders["edge-focus"]),
            "pad-key-inner": str(self.px("pad-key") - 2 * borders["edge"]),
            "control-half": str(control // 2), "step-mark-half": str(self.px("step-mark") // 2),
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


WEIGHTS = ("Regular", "Bold")


def font_file(weight: str) -> Path:
    """Return where one weight of the bundled font lies."""
    return resource("fonts", f"NotoSansSC-{weight}.ttf")


def load_fonts() -> None:
    """Register the bundled font: without it a bare machine shows squares."""
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(font_file(weight)))
