"""The second language: the switch on the home page, what is still Chinese says so, and everything fits."""

from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT, ROOT
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui import tour
from yibao_desktop.ui.language import is_chinese, language, speak
from yibao_desktop.ui.window import MainWindow

sys.path.insert(0, str(ROOT / "packaging"))

import make_translations
from audit import look_at

HAN = re.compile("[\u4e00-\u9fff]")
NOTE = "only-chinese"


@pytest.fixture(autouse=True)
def chinese_again(dressed):
    yield
    speak("zh")


def note(window: MainWindow) -> bool:
    return any(widget.isVisible() for widget in window.stack.currentWidget().findChildren(QWidget, NOTE))


@pytest.fixture
def english(make_window, make_hand):
    hand = make_hand(make_window())
    hand.window.set_place("110000")
    hand.press("language")
    return hand


# --- translation files


def test_every_text_of_the_window_is_translated_and_the_files_are_current():
    ts = make_translations.TRANSLATIONS / "en.ts"
    known = make_translations.read_ts(ts)
    texts = make_translations.gathered(known)
    assert [text for (_, text), translation in texts.items() if not translation] == []
    assert known == texts, "run packaging/make_translations.py"
    assert make_translations.compiled(ts) == ts.with_suffix(".qm").read_bytes(), "run packaging/make_translations.py"


def test_translations_have_the_same_blanks_and_no_chinese_but_quoted():
    for (_, text), translation in make_translations.read_ts(make_translations.TRANSLATIONS / "en.ts").items():
        assert text.count("{") == translation.count("{"), text
        assert not is_chinese(translation), translation


def test_nothing_the_window_says_by_itself_goes_past_translation():
    import ast

    # Beside what is no text of the window: what only maintainers read, as all that yibao-pack says.
    allowed = {"tour.py", "tokens.py", "printers.py", "pieces.py", "app.py", "voice_engine.py", "window_test.py"}
    past = []
    for path in sorted(make_translations.SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Call)
                and ast.unparse(node.func) in ("tr", "self.tr", "QT_TRANSLATE_NOOP", "re.compile")
                for part in ast.walk(node)}
        told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        past += [f"{path.name}:{node.lineno}: {node.value}" for node in ast.walk(tree)
                 if path.name not in allowed and isinstance(node, ast.Constant) and isinstance(node.value, str)
                 and HAN.search(node.value) and id(node) not in told]
    # A language is named in itself.
    assert [text for text in past if not text.endswith(": 中文")] == []


# --- the switch


def test_one_press_switches_the_page_and_the_place_stays(english):
    window = english.window
    assert language() == "en"
    assert window.place.region.code == "110000"
    assert "What would you like to do?" in english.texts()
    assert "Insured in: 北京 Beijing" in english.texts()
    assert english.find("language").text() == "中文"
    assert english.find("language").hasFocus()
    assert QLocale().language() == QLocale.Language.English

    english.press("language")

    assert language() == "zh"
    assert window.place.region.code == "110000"
    assert "您想办什么？" in english.texts()
    assert "参保地：北京" in english.texts()
    assert english.find("language").text() == "English"


def test_the_next_person_at_a_kiosk_finds_chinese(make_window, make_hand):
    hand = make_hand(make_window("kiosk", (1366, 768)))
    hand.press("language")
    assert hand.find("end-session").text() == "End and clear"
    hand.press("end-session")
    assert language() == "zh"
    assert "您想办什么？" in hand.texts()
    assert hand.find("end-session").text() == "结束并清除"


def test_a_window_can_start_in_english(qtbot, theme):
    window = MainWindow(theme, Pack(CONTENT, "en"), PROFILES["desktop"])
    qtbot.addWidget(window)
    window.show()
    assert language() == "en"
    assert window.header.home_button.text().endswith("Insurance Helper")


# --- what is said


def test_the_fixed_texts_have_no_chinese_but_names_and_quotes(english):
    for text in english.texts().split("\n"):
        assert not is_chinese(text) or text == "中文", text
    assert not note(english.window)


def test_a_wizard_runs_in_english(english):
    window = english.window
    english.press("job-sharing")
    wizard = window.stack.currentWidget()
    asked = 0
    while (question := wizard.session.current) is not None:
        for text in english.texts().split("\n"):
            assert not is_chinese(text), f"{question.id}: {text}"
        answers = {"want": "share", "payer_scheme": "employee", "payer_account": "yes", "relation": "parent",
                   "more": "no"}
        offered = wizard.session.options(question)
        wizard.session.answer(answers.get(question.id, offered[0].id))
        wizard.frame.show_current()
        tour.settle(window, scrolled=False)
        asked += 1
    assert asked > 8
    assert "It can be done" in english.texts()
    # What is written for 北京 alone is not translated, and the page says so.
    assert note(window)


@pytest.mark.parametrize(("page", "chinese"), [("first-use", False), ("rumours", False), ("elders", True)])
def test_a_page_with_chinese_left_in_it_says_so_and_no_other(make_window, make_hand, page, chinese):
    hand = make_hand(make_window())
    hand.press("language")
    hand.window.read(page)
    tour.settle(hand.window, scrolled=False)
    assert note(hand.window) is chinese


def test_in_chinese_there_is_no_such_note(hand):
    hand.window.read("elders")
    tour.settle(hand.window, scrolled=False)
    assert hand.window.findChildren(QWidget, NOTE) == []


def test_a_wrong_amount_is_told_in_english(english):
    window = english.window
    english.press("job-bill")
    wizard = window.stack.currentWidget()
    while wizard.estimating.session.current.kind != "amounts":
        question = wizard.estimating.session.current
        wizard.estimating.session.answer(wizard.estimating.session.options(question)[0].id
                                         if question.kind == "choice" else window._today())
    wizard.estimating.show_current()
    wizard.estimating.page.edits["total"].edit.setText("many")
    english.press(wizard.estimating.next_button)
    assert "Only a number here, for example 1234.56." in english.texts()


@pytest.mark.parametrize(("text", "chinese"), [
    ("看病不耽误，先用医保码。", True), ("Fujian: 职工医保的规定", True), ("不清楚", True),
    ("Tap “个人参保信息” (my insurance).", False), ("北京 Beijing", False), ("河北省 Hebei", False),
    ("转院自费 (own part after a transfer)", False), ("Employee insurance (职工医保)", False),
    ("① 关于建立健全职工医保门诊共济保障机制的指导意见", False), ("", False), ("¥1,234.50", False),
])
def test_chinese_is_told_from_english_with_chinese_names(text, chinese):
    assert is_chinese(text) is chinese


# --- layout

PAGES = (
    "home", "sharing-relation", "sharing-want", "sharing-yes", "bill-scheme", "bill-kind", "bill-bill", "bill-result",
    "channels", "channels-card", "slip", "slip-result", "search", "guide", "topics", "payable", "take-away",
    "take-away-code", "region", "terms",
)


@pytest.mark.parametrize("text_size", ["standard", "xlarge"])
def test_english_is_longer_and_still_fits(qtbot, theme, text_size):
    theme.set_text_size(text_size)
    size = (1366, 768)
    window = MainWindow(theme, Pack(CONTENT, "en"), PROFILES["desktop"], today=lambda: tour._DAY)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    wrong = []
    stops = [stop for stop in tour.stops() if stop.id in PAGES]
    assert len(stops) > 15
    for stop in stops:
        window.forget()
        stop.show(window)
        tour.settle(window, scrolled=False)
        wrong += [f"{stop.id}: {finding}" for finding in look_at(window, size)]
        if (window.width(), window.height()) != size:
            wrong.append(f"{stop.id}: forces the window to {window.width()}x{window.height()}")
            window.resize(*size)
    assert not wrong, "\n".join(wrong)
