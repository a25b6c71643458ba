"""The program's voice with a real engine: speech-dispatcher and espeak-ng, whose sound goes into a file.

`packaging/dev.py test` installs both and then demands that this runs (YIBAO_MUST_SPEAK); without them, on somebody's
own computer, it is skipped and says what is missing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from yibao_desktop.ui.voice import Voice

MUST_SPEAK = os.environ.get("YIBAO_MUST_SPEAK") == "1"
PATIENCE = 60_000
"""Milliseconds: listing its 13,000 voices takes speech-dispatcher seconds, on a busy machine more."""
SENTENCES = ["您好，这里是医保帮手。", "预计您自己付八千五百八十五元五角。"] * 10


def missing() -> str:
    """Say what is not installed, if anything."""
    if not sys.platform.startswith("linux"):
        return "speech-dispatcher is for Linux"
    if importlib.util.find_spec("PySide6.QtTextToSpeech") is None:
        return "PySide6-Addons is not installed"
    if shutil.which("speech-dispatcher") is None:
        return "speech-dispatcher is not installed"
    if not any(Path("/usr").glob("lib*/**/speech-dispatcher-modules/sd_espeak-ng")):
        return "speech-dispatcher-espeak-ng is not installed"
    for library in ("libpulse.so.0", "libspeechd.so.2"):
        try:
            ctypes.CDLL(library)
        except OSError:
            return f"{library} is not installed"
    return ""


WHY_NOT = missing()
pytestmark = pytest.mark.skipif(bool(WHY_NOT) and not MUST_SPEAK, reason=f"no real engine here: {WHY_NOT}")


@pytest.fixture
def sound(tmp_path, monkeypatch):
    """Start a speech-dispatcher of our own; returns the file that its sound goes to."""
    file, modules, address = tmp_path / "sound.raw", tmp_path / "modules", tmp_path / "s"
    modules.mkdir()
    (modules / "espeak-ng.conf").write_text("", encoding="utf-8")
    (tmp_path / "speechd.conf").write_text(
        f'LogLevel 0\nLogDir "{tmp_path}"\nAudioOutputMethod "alsa"\nAudioALSADevice "file:FILE={file},FORMAT=raw"\n'
        'AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\nDefaultModule espeak-ng\n', encoding="utf-8",
    )
    command = ["speech-dispatcher", "-s", "-C", str(tmp_path), "-c", "unix_socket", "-S", str(address),
               "-P", str(tmp_path / "pid"), "-L", str(tmp_path)]
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{address}")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as engine:
        yield file
        engine.terminate()
        engine.wait(20)


@pytest.fixture
def voice(qtbot, sound):
    voice = Voice()
    qtbot.waitUntil(sound.with_name("s").exists, timeout=PATIENCE)
    yield voice
    voice.close()


def size(sound: Path) -> int:
    return sound.stat().st_size if sound.exists() else 0


def test_the_real_engine_has_a_chinese_voice_and_speaks_to_the_end(qtbot, voice, sound):
    states = []
    voice.changed.connect(lambda: states.append(voice.state))
    voice.look()
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    assert "Mandarin" in voice.name
    assert "+" not in voice.name
    voice.say(SENTENCES[:2])
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    assert states == ["looking", "ready", "speaking", "ready"]
    # Not silence: samples that differ.
    assert len(set(sound.read_bytes())) > 50


def test_stopping_the_real_engine_leaves_the_rest_unsaid(qtbot, voice, sound):
    voice.look()
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    voice.say(SENTENCES)
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    once = size(sound)
    voice.say(SENTENCES * 100)
    qtbot.waitUntil(lambda: size(sound) > once, timeout=PATIENCE)
    voice.stop()
    assert voice.state == "ready"
    voice.say(SENTENCES[:1])
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    assert size(sound) < 50 * once


def test_the_real_engine_is_as_loud_as_it_is_told_to_be(qtbot, voice, sound):
    voice.look()
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    loudest, heard = [], 0
    for voice.volume in (100, 10):
        voice.say(SENTENCES[:1])
        qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
        samples = array("h", sound.read_bytes()[heard:])
        heard = size(sound)
        loudest.append(max(samples))
    assert loudest[1] < loudest[0] / 2


def test_the_window_reads_its_page_with_the_real_engine(qtbot, voice, sound, theme, make_window, make_hand):
    hand = make_hand(make_window(voice=voice))
    voice.look()
    qtbot.waitUntil(lambda: voice.works, timeout=PATIENCE)
    hand.press("read-aloud")
    qtbot.waitUntil(lambda: voice.state == "ready", timeout=PATIENCE)
    assert size(sound) > 0
    hand.press("read-aloud")
    assert voice.state == "speaking"
    qtbot.mouseClick(hand.window.stack.currentWidget(), Qt.MouseButton.LeftButton)
    assert voice.state == "ready"
