"""The bar above the pages: home, reading aloud, place, text size and colours."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from yibao_desktop.settings import Colors, TextSize
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.reading_aloud import ReadingAloud
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import Button


def text_size_name(size: TextSize) -> str:
    """Return what a text size is called."""
    return {"standard": tr("标准"), "large": tr("大"), "xlarge": tr("特大")}[size]


def colors_name(colors: Colors) -> str:
    """Return what the colours are called."""
    return {"light": tr("浅色"), "dark": tr("深色"), "contrast": tr("高对比")}[colors]


class Header(QFrame):
    """Changes text size and colours itself; what home and place do is up to the window."""

    def __init__(self, theme: Theme, aloud: ReadingAloud) -> None:
        super().__init__()
        self._theme, self._aloud = theme, aloud
        self._place: str | None = None
        self._room = 0
        """Pixels from one edge of the window to the other."""
        self.setProperty("role", "header")
        row = QHBoxLayout(self)
        row.setContentsMargins(31, 8, 40, 8)
        row.setSpacing(14)
        self.home_button = Button(theme, "", "brand", "heart-pulse")
        self.place_button = Button(theme, "", "plain", "map-pin")
        self.place_button.setObjectName("place")
        self.size_button = Button(theme, "", "plain", "a-large-small")
        self.size_button.setObjectName("text-size")
        self.size_button.clicked.connect(lambda: theme.next_text_size())
        self.color_button = Button(theme, "", "plain", "contrast")
        self.color_button.setObjectName("colors")
        self.color_button.clicked.connect(lambda: theme.next_colors())
        row.addWidget(self.home_button)
        row.addStretch(1)
        row.addWidget(aloud.button)
        row.addWidget(self.place_button)
        row.addWidget(self.size_button)
        row.addWidget(self.color_button)
        theme.changed.connect(self._label)
        theme.recolored.connect(self._label)
        aloud.button_changed.connect(self._fit)

    def tell_place(self, place: str | None) -> None:
        """Say which place is chosen, and everything else in the window's language."""
        self._place = place
        self._label()

    def fit(self, width: int) -> None:
        """Say no more than fits into ``width`` pixels."""
        self._room = width
        self._fit()

    def _label(self) -> None:
        self.home_button.setText(self.tr("医保帮手"))
        self.home_button.setAccessibleDescription(self.tr("回首页"))
        self.place_button.setText(self.tr("参保地：{}").format(self._place or self.tr("还没选")))
        self.place_button.setAccessibleDescription(self.tr("换一个参保地"))
        self.size_button.setAccessibleName(self.tr("字号：{}").format(text_size_name(self._theme.text_size)))
        self.size_button.setAccessibleDescription(self.tr("换一种字号"))
        self.color_button.setAccessibleName(self.tr("颜色：{}").format(colors_name(self._theme.colors)))
        self.color_button.setAccessibleDescription(self.tr("换一种颜色"))
        self.setFixedHeight(max(self._theme.px("header"), self._theme.px("control") + 2 * self._theme.space("gap")))
        self._fit()

    def _fit(self) -> None:
        """Where it is narrow, let text size and colours say less: only what they are, then only the icon.

        The button that reads aloud keeps its word longest: it is the one that people do not look for.
        """
        full = self.size_button.accessibleName(), self.color_button.accessibleName()
        short = self.tr("字号"), self.tr("颜色")
        row = self.layout()
        # The narrowest first: words must not keep the window from getting narrow enough to drop them.
        self._label_looks("", "", "")
        self.setMinimumWidth(row.minimumSize().width())
        aloud = self._aloud.word
        words = ((*full, aloud), (full[0], short[1], aloud), (*short, aloud), (short[0], "", aloud), ("", "", aloud))
        for size, color, read in (*words, ("", "", "")):
            self._label_looks(size, color, read)
            if row.minimumSize().width() <= self._room:
                break

    def _label_looks(self, size: str, color: str, aloud: str) -> None:
        self.size_button.setText(size)
        self.color_button.setText(color)
        self._aloud.button.setText(aloud)
