"""Text, and the few shapes it stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.money import read_aloud
from yibao_desktop.pack.store import Pack
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.screen_reader import HEADING, ROLE
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.picture import Picture

_BANNER_ICONS = {"ok": "circle-check", "warn": "circle-alert", "bad": "circle-x", "info": "info"}
# Addresses have no spaces to break at; an invisible one after each separator lets them wrap.
_BREAKS = {ord("/"): "/\u200b", ord("?"): "?\u200b", ord("&"): "&\u200b"}


class Text(QLabel):
    """A wrapping label of plain text; ``role`` names its look in the style sheet."""

    def __init__(self, text: str = "", role: str = "body", tone: str | None = None) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        if tone is not None:
            self.setProperty("tone", tone)
        if role in ("title", "heading"):
            self.setProperty(ROLE, HEADING)
        self.setText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Show a text; a screen reader gets its amounts as they are said, and addresses without breaks."""
        shown, said = text.translate(_BREAKS) if "://" in text else text, read_aloud(text)
        super().setText(shown)
        self.setAccessibleName(said if said != shown else "")


class Line(Text):
    """A label that stays on one line: an amount, a number, a short name."""

    def __init__(self, text: str = "", role: str = "body", tone: str | None = None) -> None:
        super().__init__(text, role, tone)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)


class Card(QFrame):
    """A bordered white box with its own column."""

    def __init__(self, theme: Theme, role: str = "card") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.column = QVBoxLayout(self)
        inset = theme.space("group")
        self.column.setContentsMargins(inset, inset - 4, inset, inset - 4)
        self.column.setSpacing(8)


class Banner(QFrame):
    """The answer at the top of a result: icon, headline, sentence; colour is never alone."""

    def __init__(self, theme: Theme, tone: str, headline: str, text: str = "", source: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(16)
        mark = Picture(theme, _BANNER_ICONS[tone], "brand" if tone == "info" else tone)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        self.headline = Text(headline, "heading", tone)
        column.addWidget(self.headline)
        if text:
            column.addWidget(Text(text))
        if source is not None:
            column.addWidget(source)
        row.addLayout(column, 1)


def rule() -> QFrame:
    """Return a thin line between rows."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def column_widget(role: str = "ground", spacing: int = 12) -> tuple[QWidget, QVBoxLayout]:
    """Return an empty widget with a column layout and no margins."""
    widget = QWidget()
    widget.setProperty("role", role)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return widget, column


def numbered(steps: tuple[str, ...]) -> QWidget:
    """Return steps with their circled numbers in a hanging column."""
    widget, column = column_widget(spacing=8)
    widget.setProperty("role", "")
    for number, step in enumerate(steps):
        row = QHBoxLayout()
        row.setSpacing(10)
        mark = Line(chr(0x2460 + number) if number < 20 else f"{number + 1}.")
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(step), 1)
        column.addLayout(row)
    return widget


def old_pack_banner(theme: Theme, pack: Pack) -> Banner:
    """Return the notice that the pack is past its review date."""
    text = tr("这份内容应在 {} 前复核。用到的数请再向当地核实。").format(pack.info.review_by)
    return Banner(theme, "warn", tr("内容包该更新了"), text)
