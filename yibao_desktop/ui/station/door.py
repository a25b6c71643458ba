"""The staff's door: how they come in, what they do there, and the only way a locked station is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QMouseEvent, QScreen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication

from yibao_desktop.settings import Screen
from yibao_desktop.station.counters import as_csv, name_in_words, shown_today
from yibao_desktop.station.event_log import Code
from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.station.health import Fact, Observed, PrinterState, as_text, health
from yibao_desktop.station.night import restart_is_due
from yibao_desktop.station.running import Station
from yibao_desktop.station.screen import drawn_target, least_target
from yibao_desktop.station.self_test import command
from yibao_desktop.ui.pages.page import PageTraits
from yibao_desktop.ui.station.cleaning import CleaningPage
from yibao_desktop.ui.station.pin_page import PinPage
from yibao_desktop.ui.station.self_testing import SelfTesting
from yibao_desktop.ui.station.staff_page import StaffPage
from yibao_desktop.ui.window import MainWindow

HOLD_MS = 3000
LEAST_CORNER = 88
"""Pixels."""
KEYS = "Ctrl+Alt+Q"
_MINUTE = 60_000
_UNTOUCHED = 600
"""Seconds after which nobody is there, where the settings do not say how long a person may think."""


def corner_pixels(screen: Screen | None, width: int, height: int) -> int:
    """Return the side of the corner to hold: 20 mm on a screen that was measured, never less than 88 pixels."""
    return max(LEAST_CORNER, least_target(screen, width, height)) if screen is not None else LEAST_CORNER


class Corner(QObject):
    """Watches the upper left corner; a finger there does what it always does, until it has stayed long enough.

    Signals:
        held: it stayed.
        touched: the window was touched anywhere, or a key pressed.
    """

    held = Signal()
    touched = Signal()

    def __init__(self, window: MainWindow, screen: Screen | None, hold_ms: int = HOLD_MS) -> None:
        super().__init__(window)
        self._window, self._screen = window, screen
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(hold_ms)
        self._timer.timeout.connect(self._stayed)
        # The system window sees every press before a button does.
        window.winId()
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the finger; where the window is locked, menus behind the right button do not open."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress):
            self.touched.emit()
        if kind is QEvent.Type.ContextMenu and self._window.locked:
            return True
        if isinstance(event, QMouseEvent):
            if event.button() is Qt.MouseButton.RightButton and self._window.locked:
                return True
            if kind is QEvent.Type.MouseButtonPress and self._holds(event.position().toPoint()):
                self._timer.start()
            elif kind is QEvent.Type.MouseButtonRelease or not self._holds(event.position().toPoint()):
                self._timer.stop()
        return False

    def _holds(self, point: QPoint) -> bool:
        geometry = self._window.screen().geometry()
        side = corner_pixels(self._screen, geometry.width(), geometry.height())
        return QRect(0, 0, side, side).contains(point)

    def _stayed(self) -> None:
        for button in self._window.findChildren(QAbstractButton):
            if button.isDown():
                # Letting go of it must not press what lies in the corner.
                button.setDown(False)
        self.held.emit()


class Door(QObject):
    """Opens to the staff and nobody else; ``leave`` ends the program with a code."""

    def __init__(
        self, window: MainWindow, station: Station, leave: Callable[[int], None] = QApplication.exit,
        hold_ms: int = HOLD_MS,
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._leave = window, station, leave
        self.testing = SelfTesting(command(window.pack.root), self)
        self.testing.changed.connect(self._test_changed)
        window.printing.changed.connect(self._show_facts)
        self._asking: PinPage | None = None
        """The page with a PIN perhaps half typed."""
        window.stack.page_shown.connect(self._page_shown)
        self._touched = station.clock()
        self.corner = Corner(window, station.profile.screen, hold_ms)
        self.corner.touched.connect(self._touch)
        self.corner.held.connect(self.knock)
        QShortcut(QKeySequence(KEYS), window, activated=self.knock)
        window.has_door = True
        window.locked = station.profile.full_screen and station.profile.pin_hash is not None
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self.minute_passed)
        self._minute.start()

    def knock(self) -> None:
        """Ask for the PIN; without one in the settings the door is open."""
        if isinstance(self._window.stack.currentWidget(), CleaningPage):
            return
        stored = self._station.profile.pin_hash
        if stored is None:
            self.open()
            return
        page = PinPage(self._window.theme, self._station.attempts, stored)
        page.left.connect(self._window.go_home)
        page.tried.connect(self._tried)
        self._window.show_page(page, self.knock)
        self._asking = page

    def _page_shown(self) -> None:
        """Whatever page comes after it, what was typed is wiped; not on hiding, which may be its end already."""
        page, self._asking = self._asking, None
        if page is not None:
            page.wipe()

    def _tried(self, how: str) -> None:
        if how == "right":
            self._station.log.write(Code.STAFF_ENTERED)
            self.open()
        elif how == "wrong":
            self._station.log.write(Code.PIN_WRONG)
            if self._station.attempts.seconds_left:
                self._station.log.write(Code.PIN_LOCKED)

    def open(self) -> None:
        """Show the page of the staff."""
        if self._station.profile.papers:
            self._window.printing.look()
        self._show_staff_page()

    def _show_staff_page(self) -> None:
        page = StaffPage(self._window.theme, self._window.pack.words, self._counts_file, self._status_file)
        page.left.connect(self._window.go_home)
        page.test_wanted.connect(self.testing.start)
        page.cleaning_wanted.connect(self.clean)
        page.restart_wanted.connect(lambda: self._leave(ExitCode.RESTART))
        page.exit_wanted.connect(lambda: self._leave(ExitCode.LEFT))
        page.show_facts(self.facts())
        page.show_counts(self._counts())
        page.show_test(self.testing.seconds if self.testing.running else None)
        self._window.show_page(page, self._show_staff_page)

    def clean(self) -> None:
        """Hold the screen still for a while."""
        page = CleaningPage(self._window.theme)
        page.over.connect(self._show_staff_page)
        self._window.show_page(page, self.clean)

    # --- what the page shows ----------------------------------------------------------------------------------

    @property
    def _page(self) -> StaffPage | None:
        page = self._window.stack.currentWidget()
        return page if isinstance(page, StaffPage) else None

    def facts(self) -> tuple[Fact, ...]:
        """Return how the station is now."""
        station = self._station
        seen = Observed(
            station.now(), int(station.up_seconds), station.log.last_errors(), self.testing.result,
            station.counters.failing, station.log.failing, self._printer(),
        )
        return health(self._window.pack.info, self._window.pack.words, station.folder, seen)

    def _printer(self) -> PrinterState | None:
        profile, printing = self._station.profile, self._window.printing
        if not profile.papers:
            return "off"
        if printing.state in ("unasked", "looking", "silent"):
            return None
        found = profile.printer in printing.names if profile.printer is not None else bool(printing.names)
        return "found" if found else "missing"

    def _show_facts(self) -> None:
        if (page := self._page) is not None:
            page.show_facts(self.facts())

    def _counts(self) -> dict[str, int]:
        """Return today's counts, by what they are called."""
        words, issued = self._window.pack.words, self._window.pack.info.issued
        counts = shown_today(self._station.counters.days(), self._station.now().date(), issued)
        return {name_in_words(name, words): count for name, count in counts.items()}

    def _test_changed(self) -> None:
        if (page := self._page) is not None:
            page.show_test(self.testing.seconds if self.testing.running else None)
        if not self.testing.running and (result := self.testing.result) is not None:
            if result.passed:
                self._station.log.write(Code.SELF_TEST_PASSED)
            else:
                self._station.log.write(Code.SELF_TEST_FAILED, faults=min(result.faults or 0, 999))
            self._show_facts()

    def _counts_file(self) -> bytes:
        self._station.counters.write()
        return as_csv(self._station.counters.days(), self._station.now().date(), self._window.pack.words)

    def _status_file(self) -> bytes:
        return as_text(self.facts(), self._window.pack.words, self._station.now()).encode("utf-8-sig")

    # --- every minute -----------------------------------------------------------------------------------------

    def _touch(self) -> None:
        self._touched = self._station.clock()

    def minute_passed(self) -> None:
        """Write the counters, and start anew at night when nobody is there."""
        station = self._station
        station.counters.write_if_due()
        if self.nobody_is_there and restart_is_due(station.profile.restart_hour, station.now(), station.up_seconds):
            station.log.write(Code.RESTARTED_AT_NIGHT)
            self._leave(ExitCode.RESTART)

    @property
    def nobody_is_there(self) -> bool:
        """Whether the first page stands there untouched, and nothing is on its way to the printer."""
        patience = self._station.profile.idle_seconds or _UNTOUCHED
        at_home = isinstance(page := self._window.stack.currentWidget(), PageTraits) and (page.is_home or page.waits)
        idle = self._station.clock() - self._touched >= patience
        return at_home and idle and self._window.printing.state != "sending" and not self.testing.running


class ScreenFollower(QObject):
    """Keeps a full-screen window as large as its screen, and its buttons as large as a finger."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for screen in app.screens():
            screen.geometryChanged.connect(self.fit)
        app.screenAdded.connect(self._watch)
        window.winId()
        window.windowHandle().screenChanged.connect(self.fit)

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.fit)

    def fit(self) -> None:
        """Take the whole screen; where it was measured, let what is touched have 20 mm on it."""
        whole = self._window.screen().geometry()
        self._window.setGeometry(whole)
        measured = self._window.profile.screen
        if measured is not None:
            self._window.theme.set_least_target(drawn_target(measured, whole.width(), whole.height()))
