"""The window's half of the self-test: fonts, languages, every page, a way through every wizard, and no network.

What the program as a whole is tested for stands in ``station/self_test.py``.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QFontInfo, QImage, QRawFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QWidget

from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.store import Pack
from yibao_desktop.settings import PROFILES, Language
from yibao_desktop.station.self_test import as_json, network_loaded
from yibao_desktop.ui import tour
from yibao_desktop.ui.language import speak, tr
from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.theme import WEIGHTS, Theme, font_file
from yibao_desktop.ui.widgets.choice_row import ChoiceRow
from yibao_desktop.ui.window import MainWindow
from yibao_desktop.ui.wizard.bill import BillWizard
from yibao_desktop.ui.wizard.frame import WizardFrame
from yibao_desktop.ui.wizard.sharing import SharingWizard

_SIZE = (1280, 800)
_MOST_QUESTIONS = 100
_NOT_DRAWN = "\n\t\u200b"
"""Line ends, and the invisible places where an address may wrap."""

_SPOKEN: Mapping[Language, tuple[int, str, str]] = {"zh": (1, "取消", "关闭"), "en": (2, "Cancel", "Close")}
"""How many translation files each language has, Qt's word on a button, and the window's own."""


def run_window_test(file: Path, root: Path) -> int:
    """Look at everything and write the report into ``file``; returns 0 when it could be written."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        faults = _look(root)
    except YibaoError as error:
        # The other half says what is wrong with the pack.
        print(error, file=sys.stderr)
        return 1
    file.write_text(as_json(faults), encoding="utf-8")
    return 0


def _end_with_input() -> None:
    """Let nobody wait for a test that nobody waits for: whoever started it keeps the standard input open."""
    while os.read(0, 1):
        pass
    os._exit(1)


def _look(root: Path) -> dict[str, list[str]]:
    pack, theme = Pack(root), Theme()
    theme.apply()
    return {
        "fonts": list(_fonts(root)),
        "translations": list(_translations()),
        "pages": list(_pages(_window(pack, theme))),
        "wizards": list(_wizards(_window(pack, theme))),
        "window-network": network_loaded(sys.modules),
    }


def _window(pack: Pack, theme: Theme) -> MainWindow:
    window = MainWindow(theme, pack, PROFILES["desktop"], today=lambda: tour.DAY)
    window.resize(*_SIZE)
    window.show()
    return window


# --- fonts and languages ------------------------------------------------------------------------------------------


def _fonts(root: Path) -> Iterator[str]:
    wanted = QApplication.font()
    if not QFontInfo(wanted).exactMatch() or QFontInfo(wanted).family() != wanted.family():
        yield f"没有用上程序自带的字体，用的是 {QFontInfo(wanted).family()}。"
    used = {ch for path in root.rglob("*.yaml") for ch in path.read_text(encoding="utf-8") if ch.isprintable()}
    for weight in WEIGHTS:
        missing = _without_glyph(used, QRawFont(str(font_file(weight)), 20))
        if missing:
            yield f"{font_file(weight).name} 缺字：{' '.join(sorted(missing))}"


def _without_glyph(characters: Iterable[str], font: QRawFont) -> set[str]:
    return {ch for ch in characters if ch not in _NOT_DRAWN and not font.supportsCharacter(ord(ch))}


def _translations() -> Iterator[str]:
    app = QApplication.instance()
    assert app is not None
    for language, (files, cancel, close) in _SPOKEN.items():
        speak(language)
        loaded = len(app.findChildren(QTranslator))
        if loaded != files:
            yield f"{language}：翻译文件应有 {files} 个，装上了 {loaded} 个。"
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        told = {cancel: box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", ""), close: tr("关闭")}
        yield from (f"{language}：应显示“{wanted}”，显示的是“{shown}”。"
                    for wanted, shown in told.items() if shown != wanted)
    speak("zh")


# --- pages --------------------------------------------------------------------------------------------------------


def _pages(window: MainWindow) -> Iterator[str]:
    font = QRawFont(str(font_file(WEIGHTS[0])), 20)
    for stop in tour.stops():
        with _listening() as heard:
            window.forget()
            stop.show(window)
            tour.settle(window, stop.scrolled)
            image = window.grab().toImage()
            missing = _without_glyph(_shown(window), font)
        yield from (f"{stop.id}：{fault}" for fault in heard)
        if _is_flat(image):
            yield f"{stop.id}：画出来是空的。"
        if missing:
            yield f"{stop.id}：字体里没有 {' '.join(sorted(missing))}"
    window.close()


def _shown(window: QWidget) -> set[str]:
    pieces = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return {ch for piece in pieces if piece.isVisible() for ch in piece.text()}


def _is_flat(image: QImage) -> bool:
    """Tell whether next to nothing is on a picture."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) <= 10


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what Qt warns about and what goes wrong, here or in what a signal calls."""
    heard: list[str] = []

    def qt_says(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        # The offscreen platform says the one of every window.
        if kind is not QtMsgType.QtDebugMsg and "propagateSizeHints" not in message:
            heard.append(message)

    def failed(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        heard.append(f"{kind.__name__}: {error}")

    before, sys.excepthook = sys.excepthook, failed
    handler = qInstallMessageHandler(qt_says)
    try:
        yield heard
    except Exception as error:
        heard.append(f"{type(error).__name__}: {error}")
    finally:
        qInstallMessageHandler(handler)
        sys.excepthook = before


# --- wizards ------------------------------------------------------------------------------------------------------


def _wizards(window: MainWindow) -> Iterator[str]:
    walks: dict[str, Callable[[MainWindow], str]] = {
        "sharing": _walk_sharing, "bill": _walk_bill, "channels": _walk_channels,
    }
    for job, walk in walks.items():
        told = ""
        with _listening() as heard:
            window.forget()
            window.set_place(tour.PLACE)
            window.open_job(job)
            told = walk(window)
        yield from (f"{job}：{fault}" for fault in (*heard, told) if fault)
    window.close()


def _walk_sharing(window: MainWindow) -> str:
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, SharingWizard)
    return _walk(wizard.frame, tour.SHARING_ANSWERS)


def _walk_bill(window: MainWindow) -> str:
    """Estimate, then hold the slip against it."""
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, BillWizard)
    told = _walk(wizard.estimating, tour.BILL_ANSWERS)
    if told:
        return told
    cash = wizard.findChild(QLabel, "cash")
    if cash is None or not cash.text():
        return "估算结果里没有自己要付的钱。"
    wizard.estimating.next_button.click()
    return _walk(wizard.checking, {"form": "beijing", "slip": tour.SLIP_AMOUNTS})


def _walk_channels(window: MainWindow) -> str:
    page = window.stack.currentWidget()
    assert isinstance(page, ChannelsPage)
    for button in page.need_buttons.values():
        button.click()
    return "" if page.take_button.isVisible() else "没有可以带走的结果。"


def _walk(frame: WizardFrame, answers: Mapping[str, Any]) -> str:
    """Answer with the buttons of the page up to the result; returns what is wrong."""
    for _ in range(_MOST_QUESTIONS):
        question, page = frame.session.current, frame.page
        if question is None or page is None:
            return "" if frame.take_button.isVisible() else "结果没有显示出来。"
        if question.id in answers:
            page.load(answers[question.id])
        elif page.value() is None:
            page.findChildren(ChoiceRow)[0].click()
        if not frame.next_button.isEnabled():
            return f"{question.id}：回答了，“下一步”还按不了。"
        frame.next_button.click()
        if frame.session.current is question:
            return f"{question.id}：回答没有被接受。"
    return "问题没有尽头。"
