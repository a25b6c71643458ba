"""Reads the page on show aloud, and is silent at the first touch."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.voice import Voice
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.cards import PressCard
from yibao_desktop.ui.widgets.text import Text

SILENT = "silent"
"""Property of a widget whose texts are not read aloud."""
_SILENT_ROLES = ("source", "step-mark", "job-mark")
_TOUCHES = (
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin, QEvent.Type.KeyPress,
    QEvent.Type.InputMethod, QEvent.Type.Wheel,
)


def pieces_of(page: QWidget) -> list[str]:
    """Return the texts of a page in reading order: what can be seen, without buttons, footnotes and side columns."""
    return [text for text in _texts(page) if text.strip()]


def _texts(widget: QWidget) -> Iterator[str]:
    if not widget.isVisibleTo(widget.parentWidget()) or widget.property(SILENT):
        return
    if widget.property("role") in _SILENT_ROLES:
        return
    if isinstance(widget, QLabel):
        yield widget.text()
    elif isinstance(widget, (QRadioButton, QCheckBox, PressCard)):
        yield widget.accessibleName() or widget.text()
        yield widget.accessibleDescription()
    elif isinstance(widget, QAbstractButton) and widget.layout() is None:
        if widget.property("role") == "chip":
            yield widget.text()
    elif isinstance(widget, QScrollArea) and widget.widget() is not None:
        yield from _texts(widget.widget())
    elif isinstance(widget, QStackedWidget) and widget.currentWidget() is not None:
        yield from _texts(widget.currentWidget())
    elif widget.layout() is not None:
        yield from _laid(widget.layout())


def _laid(layout: QLayout) -> Iterator[str]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        within, widget = item.layout(), item.widget()
        if within is not None:
            yield from _laid(within)
        elif widget is not None:
            yield from _texts(widget)


class ReadingAloud(QObject):
    """The button that reads the page aloud, and what is offered once it has been pressed.

    Signals:
        button_changed: the button has come, gone, or says something else.
    """

    button_changed = Signal()

    def __init__(self, theme: Theme, stack: QStackedWidget, voice: Voice) -> None:
        super().__init__(stack)
        self.voice, self._stack = voice, stack
        self.button = Button(theme, "", "plain", "volume-2")
        self.button.setObjectName("read-aloud")
        self.button.clicked.connect(self._press)
        self.button.hide()
        self.offer = AmountsOffer(theme)
        self.offer.button.clicked.connect(lambda: self._read(amounts=True))
        self._listening = False
        voice.changed.connect(self._on_voice)
        stack.currentChanged.connect(self.fall_silent)
        self._on_voice()

    @property
    def word(self) -> str:
        """What the button says where there is room for it."""
        return self.tr("停止") if self.voice.state == "speaking" else self.tr("朗读")

    def fall_silent(self) -> None:
        """Stop, forget what was still to be said, and offer nothing any more: another page is on show."""
        self.voice.stop()
        self.offer.hide()

    def _press(self) -> None:
        if self.voice.state == "speaking":
            self.voice.stop()
        else:
            self._read(amounts=False)

    def _read(self, *, amounts: bool) -> None:
        page = self._stack.currentWidget()
        if page is None:
            return
        # How numbers are said is not waited for at the start.
        from yibao_desktop.speech.text import has_amounts, sentences

        pieces = pieces_of(page)
        self.voice.say(sentences(pieces, amounts=amounts))
        # Once the amounts are being read, its sentence would be untrue.
        self.offer.setVisible(self.voice.works and not amounts and has_amounts(pieces))

    def _on_voice(self) -> None:
        speaking = self.voice.state == "speaking"
        self.button.set_icon("circle-stop" if speaking else "volume-2")
        self.button.setAccessibleName(self.tr("停止朗读") if speaking else self.tr("朗读这一页"))
        self.button.setVisible(self.voice.works)
        if not self.voice.works:
            self.offer.hide()
        self._listen(speaking)
        self.button_changed.emit()

    def _listen(self, listening: bool) -> None:
        """Watch for touches only while there is something to stop."""
        app = QApplication.instance()
        if listening == self._listening or app is None:
            return
        self._listening = listening
        if listening:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be silent at any touch, key, wheel or typed word; the touch itself goes on to what it was meant for."""
        # A press on the button stops by itself; stopped already, it would begin anew.
        if event.type() in _TOUCHES and isinstance(watched, QWidget) and watched is not self.button:
            self.voice.stop()
        return False


class AmountsOffer(QWidget):
    """A strip under the header: amounts were left out, and can be had if the person wants everybody to hear them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("amounts-offer")
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 6, 40, 6)
        row.setSpacing(16)
        self.button = Button(theme, self.tr("连金额一起读"), "outline", "volume-2")
        self.button.setObjectName("read-amounts")
        self.button.setAccessibleDescription(self.tr("旁边的人会听到"))
        row.addWidget(self.button)
        row.addWidget(Text(self.tr("金额没有读出来。连金额一起读，旁边的人会听到。")), 1)
        self.hide()
