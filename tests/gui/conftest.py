"""GUI tests run offscreen, with the program's own application, font and theme."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui.app import QT_ARGUMENTS, dress
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.voice import Voice
from yibao_desktop.ui.window import MainWindow

TODAY = date(2026, 3, 2)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.gui)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["pytest", *QT_ARGUMENTS]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    dress(qapp)
    return qapp


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(CONTENT)


@pytest.fixture(scope="session")
def applied_theme(dressed: QApplication) -> Theme:
    theme = Theme()
    theme.apply()
    return theme


@pytest.fixture
def theme(applied_theme: Theme, dressed: QApplication) -> Iterator[Theme]:
    # What earlier tests closed must really be gone: restyling would visit it, and a kiosk would grow.
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not dressed.allWidgets()
    yield applied_theme
    applied_theme.set_text_size("standard")
    applied_theme.set_colors("light")
    applied_theme.set_least_target(0)


class Hand:
    """A person's hand: presses only what is visible and enabled, and types keys into what has the focus."""

    def __init__(self, qtbot, window: MainWindow) -> None:
        self._qtbot, self.window = qtbot, window

    def find(self, name: str, kind: type[QWidget] = QAbstractButton) -> QWidget:
        def visible() -> list[QWidget]:
            return [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]

        def exactly_one() -> None:
            assert len(visible()) == 1, f"{len(visible())} visible widgets are called {name}"

        self._qtbot.waitUntil(exactly_one, timeout=2000)
        return visible()[0]

    def press(self, button: QWidget | str) -> None:
        if isinstance(button, str):
            button = self.find(button)
        assert button.isVisible(), button.objectName()
        assert button.isEnabled(), button.objectName()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self._focus(), key, modifier)

    def type(self, text: str) -> None:
        target = self._focus()
        if text.isascii():
            self._qtbot.keyClicks(target, text)
            return
        # QtTest aborts the interpreter on Chinese; an input method sends it like this.
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def _focus(self) -> QWidget:
        target = self.window.focusWidget()
        assert target is not None, "nothing has the focus"
        assert target.isVisible(), "what has the focus is hidden"
        return target

    def texts(self) -> str:
        """Everything a person can read in the window now."""
        labels = [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]
        buttons = [button.text() for button in self.window.findChildren(QAbstractButton) if button.isVisible()]
        return "\n".join(labels + buttons).replace("\u200b", "")


@pytest.fixture
def make_window(qtbot, theme, pack):
    def make(profile: str = "desktop", size: tuple[int, int] = (1280, 800), root: Path | None = None,
             voice: Voice | None = None) -> MainWindow:
        window = MainWindow(theme, Pack(root) if root else pack, PROFILES[profile], today=lambda: TODAY, voice=voice)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        # Keys reach only the window that the system says is in use.
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


@pytest.fixture
def make_hand(qtbot):
    return lambda window: Hand(qtbot, window)


@pytest.fixture
def hand(make_window, make_hand) -> Hand:
    return make_hand(make_window())
