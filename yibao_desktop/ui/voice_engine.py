"""The side of reading aloud that talks to the system's speech engine. It runs in a process of its own (see ``voice``).

An engine may take seconds to list its voices, may hang or take the process down with it, and Qt's module for it links
Qt's network library. None of that belongs in the process that holds the window.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

_PATIENCE = 500
"""Milliseconds an engine gets to say that it has stopped, before the next text is said all the same."""
_MANDARIN, _OTHER_CHINESE = 0, 1
_NAMES = (
    ("mandarin", "putonghua", "普通话", "国语", "\u570b\u8a9e"),
    ("chinese", "cantonese", "中文", "粤语", "\u7cb5\u8a9e"),
)


def speak_from_input() -> int:
    """Say what the standard input asks for, until it ends; returns the process's exit code.

    Every line is JSON. In comes ``{"say": [sentence, …], "number": n, "volume": share of 1}`` (``volume`` where it is
    not left to the system) or ``{"stop": true}``; out goes ``{"voice": name, "missing": ""}`` once (``missing``:
    ``module``, ``engine`` or ``voice`` where there is none), ``{"saying": n}`` as each sentence is begun, and
    ``{"ended": n}`` or ``{"failed": n}`` when a text has been said or could not be.
    """
    app = QCoreApplication(sys.argv[:1])
    try:
        # The only place that needs PySide6-Addons; without it, or without a library it links, all else works.
        from PySide6.QtTextToSpeech import QTextToSpeech
    except ImportError:
        _tell(voice="", missing="module")
        return 0
    engine, voice, missing = _find_engine(QTextToSpeech)
    _tell(voice=voice, missing=missing)
    if engine is None:
        return 0
    speaker = _Speaker(engine)
    lines = _Lines()
    lines.came.connect(speaker.take)
    lines.ended.connect(app.quit)
    lines.listen()
    code = app.exec()
    engine.stop()
    return code


def _find_engine(kind: type[QTextToSpeech]) -> tuple[QTextToSpeech | None, str, str]:
    """Return an engine that has taken a Chinese voice, that voice's name, and otherwise what is missing."""
    names = [name for name in kind.availableEngines() if name != "mock"]
    for name in names:
        engine = kind(name)
        if engine.state() == kind.State.Error:
            continue
        voice = _chinese_voice(engine)
        if voice is not None:
            engine.setVoice(voice)
            return engine, voice.name(), ""
    return None, "", "voice" if names else "engine"


def _chinese_voice(engine: QTextToSpeech) -> QVoice | None:
    """Choose a voice and its locale: Mandarin if there is any, Cantonese last."""
    found: list[tuple[int, bool, int, QLocale, QVoice]] = []
    for locale in engine.availableLocales():
        language = locale.language()
        if language not in (QLocale.Language.Chinese, QLocale.Language.Cantonese, QLocale.Language.C):
            continue
        engine.setLocale(locale)
        for voice in engine.availableVoices():
            rank = _rank(locale, voice.name())
            if rank is not None:
                # speech-dispatcher lists every voice again in a hundred disguises, with a plus sign in the name.
                found.append((rank, "+" in voice.name(), len(found), locale, voice))
    if not found:
        return None
    *_, locale, voice = min(found, key=lambda entry: entry[:3])
    engine.setLocale(locale)
    return voice


def _rank(locale: QLocale, name: str) -> int | None:
    """Tell how welcome a voice is, by its locale; by its name where Qt does not know its language.

    espeak-ng calls Mandarin ``cmn``, which Qt 6 takes for no language at all.
    """
    if locale.language() == QLocale.Language.Cantonese:
        return _OTHER_CHINESE
    if locale.language() == QLocale.Language.Chinese:
        cantonese = locale.territory() in (QLocale.Country.HongKong, QLocale.Country.Macao)
        return _OTHER_CHINESE if cantonese else _MANDARIN
    for rank, words in enumerate(_NAMES):
        if any(word in name.casefold() for word in words):
            return rank
    return None


def _tell(**told: object) -> None:
    text = json.dumps(told, ensure_ascii=False) + "\n"
    os.write(sys.__stdout__.fileno() if sys.__stdout__ else 1, text.encode())


class _Lines(QObject):
    """Reads the standard input in a thread: on Windows nothing else can wait for a pipe.

    Signals:
        came: a line, read as JSON.
        ended: the other side is gone.
    """

    came = Signal(object)
    ended = Signal()

    def listen(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with open(0, "rb", closefd=False) as stream:
            for line in stream:
                self.came.emit(json.loads(line))
        self.ended.emit()


class _Speaker(QObject):
    """Says sentence after sentence, so that nothing waits inside the engine when it is to be silent."""

    def __init__(self, engine: QTextToSpeech) -> None:
        super().__init__()
        self._engine = engine
        self._waiting: deque[str] = deque()
        self._number: int | None = None
        self._speaking = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._next)
        engine.stateChanged.connect(self._on_state)

    @Slot(object)
    def take(self, asked: dict[str, Any]) -> None:
        """Do what a line asks for."""
        self._waiting.clear()
        self._number = None
        self._patience.stop()
        if self._speaking:
            self._engine.stop()
            # An engine that had not begun yet is ready already, and will not say so again.
            self._speaking = self._engine.state() == type(self._engine).State.Speaking
        if "say" in asked:
            if "volume" in asked:
                self._engine.setVolume(asked["volume"])
            self._waiting.extend(asked["say"])
            self._number = asked["number"]
            if self._speaking:
                self._patience.start()
            else:
                self._next()

    def _next(self) -> None:
        if self._waiting:
            self._speaking = True
            _tell(saying=self._number)
            self._engine.say(self._waiting.popleft())
        elif self._number is not None:
            number, self._number = self._number, None
            _tell(ended=number)

    @Slot(object)
    def _on_state(self, state: QTextToSpeech.State) -> None:
        states = type(self._engine).State
        if state == states.Ready:
            self._patience.stop()
            self._speaking = False
            self._next()
        elif state == states.Error:
            self._speaking = False
            self._waiting.clear()
            if self._number is not None:
                number, self._number = self._number, None
                _tell(failed=number)
