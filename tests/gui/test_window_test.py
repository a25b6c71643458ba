"""The window's half of the self-test passes what is whole, and names what is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from yibao_desktop.paths import CONTENT, ROOT
from yibao_desktop.station.self_test import WINDOW_PARTS
from yibao_desktop.ui import language, tour, window_test


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def stops(monkeypatch):
    """Choose which pages there are."""
    def choose(*shows) -> None:
        found = [tour.Stop(f"page-{number}", "一页", show) for number, show in enumerate(shows, 1)]
        monkeypatch.setattr(tour, "stops", lambda: iter(found))

    return choose


def broken(_window):
    raise KeyError("gone")


def broken_in_a_slot(window):
    window.header.home_button.clicked.connect(lambda: 1 / 0)
    window.header.home_button.click()


def warned(_window):
    qWarning("QLayout: something is odd")


def unknown_letter(window):
    window.show_sources()
    window.header.home_button.setText("医保\U0001f642")


def empty(window):
    window.centralWidget().hide()


@pytest.mark.parametrize(("show", "told"), [
    (broken, "KeyError"), (broken_in_a_slot, "ZeroDivisionError"), (warned, "something is odd"),
    (unknown_letter, "\U0001f642"), (empty, "空"),
])
def test_a_page_with_something_wrong_is_named(show, told, window, stops):
    stops(lambda w: w.show_help(), show)
    faults = list(window_test._pages(window))
    assert len(faults) == 1
    assert faults[0].startswith("page-2")
    assert told in faults[0]


def test_every_wizard_leads_to_a_result(window):
    assert list(window_test._wizards(window)) == []


def test_a_wizard_that_takes_no_answer_is_named(window, monkeypatch):
    monkeypatch.setattr(tour, "BILL_ANSWERS", {**tour.BILL_ANSWERS, "bill": {}})
    faults = list(window_test._wizards(window))
    assert len(faults) == 1
    assert faults[0].startswith("bill：bill：")


def test_fonts_are_whole_and_in_use(theme):
    assert list(window_test._fonts(CONTENT)) == []


def test_a_letter_that_only_a_pack_knows_and_another_font_are_named(theme, tmp_path):
    (tmp_path / "words.yaml").write_text("text: 医保\U0001f642", encoding="utf-8")
    before = QApplication.font()
    QApplication.setFont(QFont("No Such Font"))
    try:
        faults = list(window_test._fonts(tmp_path))
    finally:
        QApplication.setFont(before)
    assert len(faults) == 3
    assert all("\U0001f642" in fault for fault in faults[1:])


def test_both_languages_are_there(dressed):
    assert list(window_test._translations()) == []


def test_a_language_without_its_files_is_named(dressed, monkeypatch, tmp_path):
    monkeypatch.setattr(language, "RESOURCES", tmp_path)
    assert any(fault.startswith("en") for fault in window_test._translations())


def test_the_report_has_every_part_and_no_network(tmp_path):
    file = tmp_path / "report.json"
    code = ("import sys; from yibao_desktop.ui import app, tour, window_test; "
            "found = tour.stops(); chosen = [next(found) for _ in range(2)]; tour.stops = lambda: iter(chosen); "
            "sys.exit(app.main(sys.argv[1:]))")
    assert _run_open(code, str(file)) == 0
    parts = {part["id"]: part["faults"] for part in json.loads(file.read_text(encoding="utf-8"))["parts"]}
    assert parts == {part: [] for part in WINDOW_PARTS}


def _run_open(code: str, file: str) -> int:
    """Run it with a standard input that stays open."""
    process = subprocess.Popen([sys.executable, "-c", code, "--self-test", file], stdin=subprocess.PIPE, cwd=ROOT,
                               env={**os.environ, "PYTHONUTF8": "1"})
    try:
        return process.wait(300)
    finally:
        process.kill()
        process.communicate()


def test_it_ends_with_whoever_started_it(tmp_path):
    file = tmp_path / "report.json"
    done = subprocess.run([sys.executable, "-m", "yibao_desktop", "--self-test", str(file)], cwd=ROOT,
                          env={**os.environ, "PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL, check=False, timeout=300)
    assert done.returncode == 1
    assert not file.exists()
