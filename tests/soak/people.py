"""The people of the soak: they press what they see, type amounts that can be found again, and leave in every way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QSpinBox, QWidget

from tests.gui.traces import CENTS, DAY, SEARCHED, SHARE, WHOLE
from tests.soak.machine import CORNER_MS, PIN, Machine, Wrong
from yibao_desktop.ui.kiosk.attract import AttractPage
from yibao_desktop.ui.output.take_away import TakeAwayPage
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.region import RegionPage
from yibao_desktop.ui.station.pin_page import PinPage
from yibao_desktop.ui.station.staff_page import StaffPage
from yibao_desktop.ui.wizard.bill import BillWizard
from yibao_desktop.ui.wizard.frame import WizardFrame
from yibao_desktop.ui.wizard.question_pages import AmountsPage, ChoicePage, DatePage
from yibao_desktop.ui.wizard.sharing import SharingWizard

_AMOUNT, _LARGER = f"{WHOLE}.{CENTS}", f"4{WHOLE}.{CENTS}"
_MOST_PAGES = 45
_OUT = ("staff-exit", "staff-restart", "staff-test")
"""What ends the program, or starts another one."""
_SELDOM = ("end-session", "text-size", "colors", "language", "place", "sources")
"""What stands on every page: pressed less often, or nothing else would ever get its turn."""
_LONGEST = 4 * 3600
"""Seconds after which even a page being read to nobody must have ended."""


class Gone(Exception):
    """The session is over: by the person's own button, or a stray touch on it."""


class Person:
    """One of them, with hands, eyes and their own speed."""

    def __init__(self, machine: Machine, random: Random) -> None:
        self.machine, self._random = machine, random
        machine.ended_now = False

    # --- hands and eyes -----------------------------------------------------------------------------------------

    @property
    def page(self) -> QWidget:
        return self.machine.window.stack.currentWidget()

    def sees(self, *names: str, kind: type[QWidget] = QAbstractButton) -> list[QWidget]:
        """Return what is visible and enabled, of such a name where names are given."""
        found = [widget for widget in self.machine.window.findChildren(kind) if widget.isVisible()
                 and widget.isEnabled() and (not names or widget.objectName().startswith(names))]
        return [widget for widget in found if not widget.visibleRegion().isEmpty() or self._is_below(widget)]

    def _is_below(self, widget: QWidget) -> bool:
        return _area_of(widget) is not None

    def think(self, least: float = 1.2, most: float = 9.0) -> None:
        """Let a little time pass; during it the countdown may begin."""
        self.machine.wait(self._random.uniform(least, most))

    def press(self, what: str | QWidget) -> None:
        """Press a button, scrolling to it first.

        Raises:
            Gone: it ended the session.
        """
        found = self.sees(what) if isinstance(what, str) else [what]
        if not found:
            raise Wrong(f"no button called {what} on {type(self.page).__name__}")
        button = found[0]
        self.note(f"press {_told(button)}")
        area = _area_of(button)
        if area is not None and button.visibleRegion().boundingRect() != button.rect():
            area.ensureWidgetVisible(button)
            self.machine.settle()
        region = button.visibleRegion().boundingRect()
        if not region.isEmpty():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=region.center())
        self.machine.settle()
        self._look_whether_over()

    def maybe_press(self, *names: str) -> bool:
        """Press one of these if there is any."""
        found = self.sees(*names)
        if found:
            self.press(self._random.choice(found))
        return bool(found)

    def type(self, field: QWidget, text: str) -> None:
        """Type into a field what can be found again."""
        self.note(f"type into {_told(field)}")
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()
        QTest.keyClicks(field, text)
        self.machine.settle()

    def touch(self, at: QPoint) -> None:
        """Touch the screen wherever it is."""
        self.note(f"touch {at.x()},{at.y()} on {type(self.page).__name__}")
        QTest.mouseClick(self.machine.window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
        self.machine.settle()
        self._look_whether_over()

    def note(self, told: str) -> None:
        self.machine.last.append(f"  {told}")

    def _look_whether_over(self) -> None:
        if self.machine.ended_now:
            self.machine.ended_now = False
            raise Gone

    # --- ways through -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Touch what invites to it."""
        self.think()
        if self.sees("stay"):
            # Whoever was here has pressed 结束并清除 and gone; the first page asks the next one.
            self.machine.wait(1.2)
            self.maybe_press("stay")
            self.machine.wait(1.2)
        if isinstance(self.page, AttractPage):
            self.touch(QPoint(self._random.randrange(150, 1200), self._random.randrange(150, 900)))
            self.machine.wait(1.2)
        if not isinstance(self.page, HomePage):
            raise Wrong(f"a person finds {type(self.page).__name__}")
        if self._random.random() < 0.15:
            self.press(self._random.choice(("text-size", "colors", "language")))
            self.think()

    def open_wizard(self) -> None:
        """Choose a job, and a place where it is asked for."""
        self.press(self._random.choice(("job-sharing", "job-bill", "job-bill", "job-channels")))
        self.choose_place()

    def choose_place(self) -> None:
        """Choose a place by name, or by typing."""
        for _ in range(4):
            if not isinstance(self.page, RegionPage):
                return
            self.think()
            if self._random.random() < 0.2:
                self.type(self.page.search, self._random.choice((SEARCHED, "bj", "sh", "gz")))
            elif not self.maybe_press("whole-", "region-11", "region-31", "region-37", "region-44"):
                self.page.search.clear()
                self.machine.settle()
        if isinstance(self.page, RegionPage):
            self.page.search.clear()
            self.machine.settle()
            # The cities of a province may be on show, if it was pressed last.
            if not self.maybe_press("whole-"):
                self.press("region-110000")

    @property
    def frame(self) -> WizardFrame | None:
        page = self.page
        return page.frame if isinstance(page, (SharingWizard, BillWizard)) else None

    def answer(self, pages: int = _MOST_PAGES) -> None:
        """Answer question after question, so many of them, to the result if there are fewer."""
        for _ in range(pages):
            frame = self.frame
            if frame is None or frame.page is None:
                return
            self.think()
            self._answer_page(frame)

    def _answer_page(self, frame: WizardFrame) -> None:
        page, random = frame.page, self._random
        if isinstance(page, ChoicePage):
            self.press(random.choice(list(page.rows.values())))
        elif isinstance(page, AmountsPage):
            self._fill_in(page)
        elif isinstance(page, DatePage):
            self._set_day(page)
        if random.random() < 0.05 and self.sees_button(frame.back_button):
            self.press(frame.back_button)
            return
        asked = frame.session.current
        self._go_on(frame)
        if frame is self.frame and frame.page is page and asked is frame.session.current:
            self._mend(frame)

    def sees_button(self, button: QWidget) -> bool:
        return button.isVisible() and button.isEnabled()

    def _go_on(self, frame: WizardFrame) -> None:
        if self.sees_button(frame.next_button):
            self.press(frame.next_button)

    def _fill_in(self, page: AmountsPage) -> None:
        edits = list(page.edits.values())
        self.type(edits[0].edit, _LARGER if len(edits) > 1 else _AMOUNT)
        for edit in self._random.sample(edits[1:], min(len(edits) - 1, self._random.randrange(4))):
            self.type(edit.edit, self._random.choice((_AMOUNT, "0", "12.5")))

    def _set_day(self, page: DatePage) -> None:
        if self._random.random() < 0.7:
            for spin, number in ((page.year, DAY.year), (page.month, DAY.month), (page.day, DAY.day)):
                self._set(spin, number)

    def _set(self, spin: QSpinBox, number: int) -> None:
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, str(number))
        self.machine.settle()

    def _mend(self, frame: WizardFrame) -> None:
        """What was typed was refused: leave only what must be there, else go back."""
        if isinstance(frame.page, AmountsPage):
            for number, edit in enumerate(frame.page.edits.values()):
                edit.edit.selectAll()
                QTest.keyClick(edit.edit, Qt.Key.Key_Backspace)
                if number == 0 or edit.field.required:
                    self.type(edit.edit, _LARGER)
            asked = frame.session.current
            self._go_on(frame)
            if frame is not self.frame or asked is not frame.session.current:
                return
        if frame is self.frame and frame.page is not None and self.sees_button(frame.back_button):
            self.press(frame.back_button)

    def look_at_result(self) -> None:
        """Press some of what a result offers."""
        for _ in range(self._random.randrange(1, 5)):
            self.think()
            if not self.maybe_press("unfold-", "fold-", "term-", "source-line", "show-", "need-", "means-", "who-",
                                    "add-bill", "read-aloud"):
                return
        for entry in self.sees("figure", kind=QLineEdit)[:1]:
            self.type(entry, SHARE)

    def take_along(self) -> None:
        """Take the result along by codes or on paper, once or twice."""
        if not self.maybe_press("take-away"):
            return
        for _ in range(self._random.randrange(1, 4)):
            if not isinstance(self.page, TakeAwayPage):
                return
            self.think()
            self.maybe_press("take-codes", "take-print")
            self.think()
            if self._random.random() < 0.8:
                self.maybe_press("take-away-next")
                self.think()
            self.maybe_press("take-away-back", "instead-")

    def read(self) -> None:
        """Search, open guides, listen."""
        for _ in range(self._random.randrange(2, 7)):
            self.think()
            if isinstance(self.page, HomePage) and self._random.random() < 0.4:
                self.press("open-search")
                field = self.sees("search", kind=QLineEdit)[0]
                self.type(field, self._random.choice((SEARCHED, "ybkdl", "qifuxian")))
                self.machine.settle()
                self.maybe_press("hit-")
            elif self._random.random() < 0.3:
                self.maybe_press("read-aloud", "read-amounts", "staff-help")
            elif not self.maybe_press("topic-", "then-", "hit-", "source-line"):
                self.maybe_press("help", "sources", "brand")
        self.choose_place()

    # --- ways to leave ------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Press 结束并清除, or the key for it."""
        if self.machine.profile.serves_in_turn and self._random.random() < 0.5:
            self.note("press F9")
            QTest.keyClick(self.machine.window.focusWidget() or self.machine.window, Qt.Key.Key_F9)
            self.machine.settle()
            self._look_whether_over()
        self.press("end-session")
        raise Wrong("结束并清除 ended nothing")

    def walk_away(self) -> None:
        """Leave everything as it is; the machine must notice."""
        self.note("walk away")
        if self.machine.profile.idle_seconds is None:
            self.end()
        waited = 0
        while not self.machine.ended_now:
            self.machine.wait(20)
            waited += 20
            if waited > _LONGEST:
                raise Wrong(f"nobody is there for {_LONGEST} s and the session goes on")
        self._look_whether_over()

    def wait_for_the_question(self) -> bool:
        """Stand there without touching anything until it asks; tell whether it does."""
        self.note("stand there")
        for _ in range(_LONGEST // 5):
            if self.sees("stay"):
                self.machine.wait(self._random.uniform(1.2, 6))
                return bool(self.sees("stay"))
            self.machine.wait(5)
        raise Wrong("it never asks whether one is there")


def finishes(person: Person) -> None:
    person.open_wizard()
    person.answer()
    person.look_at_result()
    person.take_along()
    person.end()


def takes_it_along_and_walks_away(person: Person) -> None:
    person.open_wizard()
    person.answer()
    person.take_along()
    person.walk_away()


def gives_up(person: Person) -> None:
    person.open_wizard()
    person.answer(person._random.randrange(1, 9))
    person.end()


def walks_away(person: Person) -> None:
    person.open_wizard()
    person.answer(person._random.randrange(1, 12))
    person.walk_away()


def reads(person: Person) -> None:
    person.read()
    if person._random.random() < 0.5:
        person.walk_away()
    person.end()


def is_slow(person: Person) -> None:
    """Is asked again and again, and stays."""
    person.open_wizard()
    for _ in range(person._random.randrange(1, 4)):
        person.answer(2)
        frame = person.frame
        told = dict(frame.session.answers) if frame is not None else {}
        if person.wait_for_the_question():
            person.press("stay")
            person.machine.wait(1.2)
            if frame is not person.frame or (frame is not None and frame.session.answers != told):
                raise Wrong("who stays has lost answers")
    person.answer()
    person.end()


def ends_when_asked(person: Person) -> None:
    person.open_wizard()
    person.answer(4)
    if person.wait_for_the_question():
        person.press("end-now")
    raise Wrong("结束并清除 in the countdown ended nothing")


def mashes(person: Person) -> None:
    """Hits the screen anywhere, and buttons one after another, faster than anybody reads."""
    random, window = person._random, person.machine.window
    for _ in range(random.randrange(15, 60)):
        person.machine.wait(random.choice((0.1, 0.3, 0.7, 1.5)))
        if random.random() < 0.5:
            person.touch(QPoint(random.randrange(window.width()), random.randrange(window.height())))
        elif found := [button for button in person.sees() if button.objectName() not in _OUT]:
            weights = [1 if button.objectName() in _SELDOM else 20 for button in found]
            person.press(random.choices(found, weights)[0])
    person.walk_away()


def tries_the_corner(person: Person) -> None:
    """Holds the corner and guesses the PIN."""
    hold_the_corner(person)
    for _ in range(person._random.randrange(1, 7)):
        if not isinstance(person.page, PinPage) or not person.sees("pin-open", "key-1"):
            break
        enter(person, str(person._random.randrange(100_000, 700_000)))
        if isinstance(person.page, StaffPage):
            raise Wrong("a guessed PIN has opened the door")
    if person._random.random() < 0.5:
        person.walk_away()
    person.end()


def is_staff(person: Person) -> None:
    """Opens the door, looks, and wipes the screen."""
    hold_the_corner(person)
    if not person.sees("key-1"):
        person.walk_away()  # somebody has guessed too often before
    enter(person, PIN)
    if not isinstance(person.page, StaffPage):
        raise Wrong("the right PIN has opened nothing")
    person.think()
    person.press("staff-back")
    person.end()


def hold_the_corner(person: Person) -> None:
    handle, at = person.machine.window.windowHandle(), QPoint(30, 30)
    person.note("hold the corner")
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    person.machine.really_wait(CORNER_MS * 4)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    person.machine.settle()
    if not isinstance(person.page, PinPage):
        raise Wrong("holding the corner asks for no PIN")


def enter(person: Person, pin: str) -> None:
    for digit in pin:
        person.think(0.2, 0.8)
        person.press(f"key-{digit}")
    person.press("pin-open")


Kind = Callable[[Person], None]
KINDS: Mapping[str, Mapping[Kind, int]] = {
    "kiosk": {finishes: 6, takes_it_along_and_walks_away: 3, gives_up: 4, walks_away: 5, reads: 4, is_slow: 3,
              ends_when_asked: 2, mashes: 4, tries_the_corner: 1, is_staff: 1},
    "staff": {finishes: 6, gives_up: 4, reads: 3, mashes: 3, is_staff: 1},
}
"""Who comes, and how often."""


def come_and_go(machine: Machine, kind: Kind, random: Random) -> None:
    """Let one person do what such people do, until their session is over.

    Raises:
        Wrong: something a person must never meet.
    """
    machine.printer.plugged = random.random() < 0.85
    person = Person(machine, random)
    try:
        person.start()
        kind(person)
        raise Wrong(f"{kind.__name__} did not leave")
    except Gone:
        pass
    if QApplication.activeModalWidget() is not None:
        raise Wrong("a window of the system stands over the page")


def _area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.objectName() or widget.accessibleName()[:20]}”"
