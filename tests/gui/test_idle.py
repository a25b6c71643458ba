"""A machine in a hall: it notices that a person has gone, asks in words, and no touch falls through."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QScrollEvent, QTouchEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea

from yibao_desktop.settings import PROFILES, StaffHelp
from yibao_desktop.ui.kiosk.attract import AttractPage
from yibao_desktop.ui.kiosk.staff_help import StaffHelpPage
from yibao_desktop.ui.language import speak
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.tour import settle
from yibao_desktop.ui.window import MainWindow
from yibao_desktop.ui.wizard.sharing import SharingWizard

KIOSK = PROFILES["kiosk"]
HELP = StaffHelp("“我想问医保。”", "一楼大厅导医台")


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Hall:
    """A window that is watched, with the time in the test's hands."""

    def __init__(self, window: MainWindow, hand) -> None:
        self.window, self.hand, self.clock = window, hand, Clock()
        window.session.watch(self.clock)

    def wait(self, seconds: float) -> None:
        """Let time pass, looking every half second as the timer would."""
        for _ in range(int(seconds * 2)):
            self.clock.now += 0.5
            self.window.session.idle.look()

    @property
    def page(self):
        return self.window.stack.currentWidget()

    @property
    def asks(self) -> bool:
        return "您还在吗" in self.hand.texts()

    def start(self) -> None:
        self.hand.press("start")
        self.wait(1)


@pytest.fixture(autouse=True)
def no_double_clicks(dressed):
    """The second that passes between two touches is only told: to Qt they would be one double click."""
    usual = dressed.doubleClickInterval()
    dressed.setDoubleClickInterval(0)
    yield
    dressed.setDoubleClickInterval(usual)


@pytest.fixture
def make_hall(qtbot, theme, pack, make_hand):
    def make(size=(1280, 800), **changes) -> Hall:
        profile = replace(KIOSK, **changes)
        theme.set_text_size(profile.text_size)
        window = MainWindow(theme, pack, profile)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        return Hall(window, make_hand(window))

    yield make
    speak("zh")


@pytest.fixture
def hall(make_hall) -> Hall:
    return make_hall()


@pytest.fixture
def in_wizard(hall) -> Hall:
    hall.start()
    hall.hand.press("job-sharing")
    hall.hand.press("region-110000")
    hall.hand.press("share")
    return hall


# --- the countdown ----------------------------------------------------------------------------------------------


def test_a_machine_in_a_hall_begins_with_an_invitation_and_a_touch_leads_home(hall):
    assert isinstance(hall.page, AttractPage)
    assert "碰一下屏幕，开始" in hall.hand.texts()
    assert not hall.window.header.isVisible()
    hall.hand.press("start")
    assert isinstance(hall.page, HomePage)
    assert hall.window.header.isVisible()


def test_any_key_starts_too(hall):
    hall.hand.key(Qt.Key.Key_A)
    assert isinstance(hall.page, HomePage)


def test_nobody_is_asked_while_nobody_is_there(hall):
    hall.wait(1000)
    assert isinstance(hall.page, AttractPage)
    assert not hall.asks


def test_after_the_set_time_it_asks_in_words_and_hides_what_was_told(in_wizard):
    in_wizard.wait(KIOSK.idle_seconds - 1)
    assert not in_wizard.asks
    in_wizard.wait(1)
    assert in_wizard.asks
    assert "30 秒后清除" in in_wizard.hand.texts()
    assert not in_wizard.page.isVisible()
    in_wizard.wait(12)
    assert "18 秒后清除" in in_wizard.hand.texts()


def test_staying_keeps_every_answer_as_often_as_one_likes(in_wizard):
    frame = in_wizard.page.frame
    in_wizard.hand.press(frame.next_button)
    focused = in_wizard.window.focusWidget()
    for _ in range(12):
        in_wizard.wait(KIOSK.idle_seconds + 20)
        in_wizard.hand.press("stay")
        assert not in_wizard.asks
        assert in_wizard.page.frame is frame
        assert frame.session.answers == {"want": "share"}
        assert in_wizard.window.focusWidget() is focused


def test_esc_stays(in_wizard):
    in_wizard.wait(KIOSK.idle_seconds + 5)
    in_wizard.hand.key(Qt.Key.Key_Escape)
    assert not in_wizard.asks
    assert isinstance(in_wizard.page, SharingWizard)


def test_without_an_answer_the_session_ends_and_everything_is_the_profiles_again(in_wizard, theme):
    in_wizard.hand.press("text-size")
    in_wizard.hand.press("colors")
    in_wizard.window.set_language("en")
    in_wizard.window.open_job("sharing")
    in_wizard.wait(KIOSK.idle_seconds + KIOSK.countdown_seconds)
    assert isinstance(in_wizard.page, AttractPage)
    assert "碰一下屏幕，开始" in in_wizard.hand.texts()
    assert in_wizard.window.place is None
    assert (theme.text_size, theme.colors) == (KIOSK.text_size, KIOSK.colors)


def test_the_countdown_offers_to_end_at_once(in_wizard):
    in_wizard.wait(KIOSK.idle_seconds + 2)
    in_wizard.hand.press("end-now")
    assert isinstance(in_wizard.page, HomePage)
    assert in_wizard.window.place is None
    in_wizard.wait(60)
    assert not in_wizard.asks


def test_a_workers_window_with_a_set_time_ends_at_home(make_hall):
    hall = make_hall(full_screen=False, idle_seconds=60)
    assert isinstance(hall.page, HomePage)
    hall.hand.press("topic-lost-card")
    hall.wait(60 + KIOSK.countdown_seconds)
    assert isinstance(hall.page, HomePage)
    hall.hand.press("job-sharing")


# --- what counts as being there ---------------------------------------------------------------------------------


def wheel(hall) -> None:
    area = next(area for area in hall.page.findChildren(QScrollArea) if area.isVisible())
    QApplication.sendEvent(area.viewport(), QWheelEvent(
        QPointF(20, 20), QPointF(20, 20), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))


def fling(hall) -> None:
    area = next(area for area in hall.page.findChildren(QScrollArea) if area.isVisible())
    QApplication.sendEvent(area.viewport(), QScrollEvent(
        QPointF(0, 5), QPointF(), QScrollEvent.ScrollState.ScrollUpdated))


def touch(hall) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(hall.window, screen).press(0, QPoint(5, 200), hall.window)
    QTest.touchEvent(hall.window, screen).release(0, QPoint(5, 200), hall.window)


SIGNS = {
    "press": lambda hall: QTest.mouseClick(hall.page, Qt.MouseButton.LeftButton, pos=QPoint(3, 3)),
    "key": lambda hall: hall.hand.key(Qt.Key.Key_Tab),
    "typed word": lambda hall: hall.hand.type("字"),
    "wheel": wheel,
    "thrown page": fling,
    "touch": touch,
}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_life_begins_the_time_anew(in_wizard, sign):
    in_wizard.wait(KIOSK.idle_seconds - 1)
    SIGNS[sign](in_wizard)
    in_wizard.wait(KIOSK.idle_seconds - 1)
    assert not in_wizard.asks
    in_wizard.wait(1)
    assert in_wizard.asks


def test_the_pads_keys_count(hall):
    hall.start()
    hall.hand.press("open-search")
    for letter in "ybk":
        hall.wait(KIOSK.idle_seconds - 5)
        hall.hand.press(f"key-{letter}")
    assert hall.hand.find("search", QLineEdit).text() == "ybk"
    assert not hall.asks


def test_nobody_is_asked_while_something_is_read_aloud_or_printed(in_wizard):
    window = in_wizard.window
    window.voice.state = "speaking"
    in_wizard.wait(500)
    assert not in_wizard.asks
    window.voice.state, window.printing.state = "ready", "sending"
    in_wizard.wait(500)
    assert not in_wizard.asks
    window.printing.state = "sent"
    in_wizard.wait(KIOSK.idle_seconds)
    assert in_wizard.asks


# --- no touch falls through -------------------------------------------------------------------------------------


def press_at(hall, name: str):
    """Return the middle of a button in the window, and whether it has been pressed since."""
    settle(hall.window, scrolled=False)
    button = hall.hand.find(name)
    pressed = []
    button.clicked.connect(lambda: pressed.append(name))
    return button.mapTo(hall.window, button.rect().center()), pressed


def tap(hall, at: QPoint) -> None:
    """Touch the window where whatever lies on top takes it."""
    screen = QTest.createTouchDevice()
    QTest.touchEvent(hall.window, screen).press(0, at, hall.window)
    QTest.touchEvent(hall.window, screen).release(0, at, hall.window)
    QTest.qWait(3)


def click(hall, at: QPoint) -> None:
    QTest.mouseClick(hall.window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("how", [tap, click])
def test_a_touch_during_the_countdown_presses_nothing_beneath(in_wizard, how):
    at, pressed = press_at(in_wizard, "text-size")
    how(in_wizard, at)
    assert pressed == ["text-size"]
    in_wizard.wait(KIOSK.idle_seconds + 5)
    for name in ("text-size", "end-session"):
        button = in_wizard.window.findChild(type(in_wizard.window.header.size_button), name)
        how(in_wizard, button.mapTo(in_wizard.window, button.rect().center()))
    assert pressed == ["text-size"]
    assert in_wizard.asks


@pytest.mark.parametrize("how", [tap, click])
def test_the_touch_that_stays_and_the_one_right_after_it_press_nothing_beneath(in_wizard, how):
    in_wizard.wait(KIOSK.idle_seconds + 5)
    stay = in_wizard.hand.find("stay")
    at = stay.mapTo(in_wizard.window, stay.rect().center())
    how(in_wizard, at)
    assert not in_wizard.asks
    size_at, pressed = press_at(in_wizard, "text-size")
    how(in_wizard, size_at)
    assert pressed == []
    in_wizard.wait(1)
    how(in_wizard, size_at)
    assert pressed == ["text-size"]


@pytest.mark.parametrize("how", [tap, click])
def test_the_touch_that_starts_presses_no_job(hall, how):
    middle = QPoint(640, 400)
    how(hall, middle)
    assert isinstance(hall.page, HomePage)
    how(hall, middle)
    at, pressed = press_at(hall, "job-bill")
    how(hall, at)
    assert pressed == []
    hall.wait(1)
    how(hall, at)
    assert pressed == ["job-bill"]


def test_a_finger_coming_down_as_it_asks_does_not_answer(in_wizard):
    in_wizard.wait(KIOSK.idle_seconds)
    in_wizard.hand.press("end-now")
    assert in_wizard.asks
    in_wizard.wait(1)
    in_wizard.hand.press("end-now")
    assert not in_wizard.asks


def test_a_button_held_down_when_it_asks_is_not_pressed_by_letting_go(in_wizard, qtbot):
    button = in_wizard.hand.find("text-size")
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    in_wizard.wait(KIOSK.idle_seconds)
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert pressed == []
    assert in_wizard.asks


def test_a_touch_screen_unplugged_in_the_middle_of_a_touch_presses_nothing_and_the_machine_goes_on(in_wizard):
    at, pressed = press_at(in_wizard, "text-size")
    screen = QTest.createTouchDevice()
    QTest.touchEvent(in_wizard.window, screen).press(0, at, in_wizard.window).commit()
    # What the system sends for fingers whose screen is gone.
    cancel = QTouchEvent(QEvent.Type.TouchCancel, screen)
    QApplication.sendEvent(in_wizard.window.windowHandle(), cancel)
    in_wizard.wait(KIOSK.idle_seconds)
    assert pressed == []
    assert in_wizard.asks
    in_wizard.wait(KIOSK.countdown_seconds)
    assert isinstance(in_wizard.page, AttractPage)
    in_wizard.wait(2)
    tap(in_wizard, QPoint(640, 400))
    assert isinstance(in_wizard.page, HomePage)


def test_keys_of_the_help_sheet_rest_during_the_countdown(in_wizard):
    in_wizard.wait(KIOSK.idle_seconds + 5)
    in_wizard.hand.key(Qt.Key.Key_F1)
    in_wizard.hand.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        in_wizard.hand.key(Qt.Key.Key_Tab)
        assert in_wizard.window.focusWidget().objectName() in ("stay", "end-now")
    assert in_wizard.asks
    assert isinstance(in_wizard.page, SharingWizard)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_menu_over_the_page_is_closed_when_it_asks(hall, qtbot):
    from PySide6.QtWidgets import QMenu

    hall.start()
    menu = QMenu(hall.window)
    menu.addAction("复制")
    menu.popup(QPoint(10, 10))
    assert menu.isVisible()
    hall.wait(KIOSK.idle_seconds)
    assert not menu.isVisible()
    assert hall.asks


def test_the_invitation_moves_a_little_and_comes_back(hall):
    texts = [label for label in hall.page.findChildren(type(hall.page)) or hall.page.children() if label.isWidgetType()]
    places = []
    for _ in range(8):
        hall.page.shift()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.processEvents()
        places.append(texts[0].pos().toTuple())
    assert len(set(places)) == 8
    assert max(x for x, _ in places) - min(x for x, _ in places) <= 40


# --- what the station's settings say ----------------------------------------------------------------------------


def test_a_station_of_one_place_has_it_at_the_start_and_for_every_next_person(make_hall):
    hall = make_hall(place="110000")
    hall.start()
    assert "参保地：北京" in hall.hand.texts()
    hall.hand.press("place")
    hall.hand.press("region-310000")
    assert hall.window.place.region.code == "310000"
    hall.hand.press("end-session")
    assert hall.window.place.region.code == "110000"


def test_jobs_that_are_not_offered_are_nowhere(make_hall):
    hall = make_hall(wizards=("sharing",), place="110000")
    assert "家庭共济怎么办" in hall.hand.texts()
    assert "这张账单对不对" not in hall.hand.texts()
    hall.start()
    assert "这张账单对不对" not in hall.hand.texts()
    assert "去哪里查" not in hall.hand.texts()
    settle(hall.window, scrolled=False)
    hall.hand.key(Qt.Key.Key_F3)
    hall.hand.key(Qt.Key.Key_F4)
    assert isinstance(hall.page, HomePage)
    hall.hand.key(Qt.Key.Key_F2)
    assert isinstance(hall.page, SharingWizard)
    guides = [guide for guide in hall.window.pack.guides.values() if guide.then][:4]
    assert {job for guide in guides for job in guide.then} - {"sharing"}
    for guide in guides:
        hall.window.read(guide.id)
        then = {button.objectName() for button in hall.page.findChildren(type(hall.window.header.home_button))
                if button.objectName().startswith("then-")}
        assert then == ({"then-sharing"} if "sharing" in guide.then else set())
    for typed in ("", "账单", "去哪里查", "余额", "我的账单对不对", "怎么查缴费"):
        hall.window.searching.open(typed)
        shown = {card.objectName() for card in hall.page.cards if card.isVisible()}
        assert shown
        assert not [name for name in shown - {"hit-wizard-sharing"}
                    if name.startswith(("hit-channel-need", "hit-wizard"))]


def test_the_staffs_place_is_told_and_the_way_back_loses_nothing(make_hall):
    hall = make_hall(staff_help=HELP, place="110000")
    hall.start()
    hall.hand.press("job-sharing")
    hall.hand.press("share")
    frame = hall.page.frame
    hall.hand.press(frame.next_button)
    hall.hand.press("staff-help")
    assert isinstance(hall.page, StaffHelpPage)
    assert HELP.say in hall.hand.texts()
    assert HELP.where in hall.hand.texts()
    hall.hand.press("text-size")
    hall.hand.press("staff-help")
    hall.hand.press("staff-help-back")
    assert hall.page.frame is frame
    assert frame.session.answers == {"want": "share"}
    assert hall.window.focusWidget().objectName() == "staff-help"


@pytest.mark.parametrize(("language", "text_size"), [("zh", "xlarge"), ("en", "large")])
def test_the_footer_has_room_for_the_staffs_button(make_hall, language, text_size):
    hall = make_hall((1080, 1920), staff_help=HELP, text_size=text_size)
    hall.start()
    hall.window.set_language(language)
    QApplication.processEvents()
    assert hall.window.width() == 1080
    button = hall.hand.find("end-session")
    assert button.mapTo(hall.window, button.rect().topRight()).x() < 1080


@pytest.mark.parametrize(("size", "text_size"), [
    ((1280, 800), "large"), ((1080, 1920), "large"), ((1080, 1920), "xlarge"), ((1920, 1080), "xlarge")])
def test_the_footer_says_after_how_long_it_clears(make_hall, size, text_size):
    hall = make_hall(size, text_size=text_size, staff_help=HELP)
    hall.start()
    limit = next(label for label in hall.window.findChildren(QLabel, "time-limit"))
    assert limit.text().replace("\n", "") == "120 秒不操作会清除"
    assert limit.isVisible()
    QApplication.processEvents()
    assert limit.width() >= limit.sizeHint().width()
    hall.wait(KIOSK.idle_seconds + KIOSK.countdown_seconds)
    assert isinstance(hall.page, AttractPage)


def test_where_nothing_is_cleared_by_itself_no_time_is_told(make_hall):
    hall = make_hall(full_screen=False, idle_seconds=None)
    assert "不操作会清除" not in hall.hand.texts()


def test_without_staff_to_find_there_is_no_such_button(hall):
    hall.start()
    assert "找工作人员" not in hall.hand.texts()
