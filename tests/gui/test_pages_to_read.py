"""Guides, corrected rumours, terms and what can be paid: from home, with sources, and on to the wizards."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.reading import ReadingPage
from yibao_desktop.ui.pages.region import RegionPage
from yibao_desktop.ui.wizard.sharing import SharingWizard


def test_every_chip_on_the_home_page_opens_something_to_read(hand, pack):
    for id_, label in pack.words.starting_with("home"):
        hand.press(f"topic-{id_}")
        page = hand.window.stack.currentWidget()
        assert isinstance(page, ReadingPage), label
        assert len(hand.texts()) > 60
        hand.press(page.back_button)
        assert isinstance(hand.window.stack.currentWidget(), HomePage)


def test_a_guide_answers_first_and_cites_each_paragraph(hand, pack):
    hand.press("topic-lost-card")
    guide = pack.guides["lost-card"]
    text = hand.texts()
    assert text.index(guide.summary) < text.index(guide.paragraphs[0].text)
    for paragraph in guide.paragraphs:
        assert paragraph.text in text
    assert text.count("核对") >= len(guide.paragraphs)
    assert "依据" in text


def test_every_guide_can_be_reached_and_read(hand, pack):
    hand.press("topic-topics")
    names = {button.objectName() for button in hand.window.findChildren(QPushButton) if button.isVisible()}
    assert {f"topic-{id_}" for id_ in pack.guides} <= names
    for id_, guide in pack.guides.items():
        hand.window.read(id_)
        assert guide.title in hand.texts()
        assert "None" not in hand.texts()


def test_a_guide_leads_on_to_a_wizard(hand, pack):
    guide = next(guide for guide in pack.guides.values() if "sharing" in guide.then)
    hand.window.read(guide.id)
    hand.press("then-sharing")
    assert isinstance(hand.window.stack.currentWidget(), RegionPage)
    hand.press("region-110000")
    assert isinstance(hand.window.stack.currentWidget(), SharingWizard)


def test_rumours_stand_beside_their_corrections(hand, pack):
    hand.press("topic-rumours")
    text = hand.texts()
    for rumour in pack.rumours:
        assert rumour.wrong in text
        assert f"其实：{rumour.right}" in text


def test_what_is_not_known_to_be_payable_says_so(hand, pack):
    hand.press("topic-payable")
    text = hand.texts()
    for item in pack.payable_items:
        assert item.label in text
    answered = {(answer.item, answer.purse) for answer in pack.payable_of(pack.nation)}
    open_pairs = 3 * len(pack.payable_items) - len(answered)
    assert text.count(pack.words("payable.unknown")) >= open_pairs


def test_a_larger_text_keeps_the_page(hand):
    hand.press("topic-payable")
    hand.press("text-size")
    page = hand.window.stack.currentWidget()
    assert isinstance(page, ReadingPage)
    assert page.topic == "payable"
