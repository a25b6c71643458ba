"""The machine people come to: the station's own window, with a clock, a printer and a voice in the soak's hands."""

from __future__ import annotations

import gc
import threading
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tests.gui.traces import Traces
from tests.memory_in_use import kib_in_use
from tests.monkey import is_ours, lives
from tests.soak.books import Books
from yibao_desktop.memory import Memory
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import Paper
from yibao_desktop.station.event_log import LoggedError, ids_of
from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.station.pin import hash_pin
from yibao_desktop.station.running import open_station
from yibao_desktop.station.settings_file import profile_of, read_settings
from yibao_desktop.ui.kiosk.attract import AttractPage
from yibao_desktop.ui.output.printing import Printing, State
from yibao_desktop.ui.station.door import Door
from yibao_desktop.ui.station.recorder import Recorder
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.voice import Voice
from yibao_desktop.ui.widgets.double_taps import double_taps
from yibao_desktop.ui.window import MainWindow

MONDAY = datetime(2026, 12, 7, 7, 30)
PIN = "730164"
PRINTER = "POS-80"
CORNER_MS = 25
"""How long the corner is held here; in the hall it is three seconds."""
TOLD = 60
"""Steps told when something goes wrong."""
PAINTED_EVERY = 40
"""Steps between two pictures."""
_MINUTE = 60.0

_SETTINGS = {
    "kiosk": """\
profile: kiosk
screen_inches: 21.5
viewing_cm: 60
idle_seconds: 90
countdown_seconds: 30
staff_help:
  say: 请帮我看看医保
  where: 一楼大厅导医台
printer: {printer}
paper: receipt
volume: 60
restart_hour: 3
pin: "{pin}"
""",
    "staff": """\
profile: staff
place: "110000"
volume: 60
restart_hour: 3
pin: "{pin}"
""",
}


class Wrong(Exception):
    """Something a person must never meet."""


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return 1000 + self.seconds

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.seconds)


class SlowPrinter(Printing):
    """A printer that takes its time, by the clock of the soak, and whose cable is pulled out now and then."""

    def __init__(self, clock: Clock, random: Random, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock, self._random = clock, random
        self.plugged = True
        self._ends: tuple[float, State] = (0.0, "sent")
        self.sent: Callable[[], None] = lambda: None

    def look(self) -> None:
        if self.state != "sending":
            self.names = (PRINTER,) if self.plugged else ()
            self._change("ready")

    def send(self, sheet: Sheet, paper: Paper, name: str) -> None:
        if self.state == "sending":
            return
        end: State = self._random.choice(("sent", "sent", "sent", "refused", "silent")) if self.plugged else "unknown"
        self._ends = self._clock() + self._random.choice((1, 4, 200)), end
        self._change("sending")

    def pass_time(self) -> None:
        due, end = self._ends
        if self.state == "sending" and self._clock() >= due:
            if end == "sent":
                self.sent()
            self._change(end)


class Reader(Voice):
    """A voice that reads four characters a second, and now and then hangs for ever."""

    def __init__(self, clock: Clock, random: Random) -> None:
        super().__init__(command=["nothing"])
        self._clock, self._random = clock, random
        self._plan: deque[tuple[float, dict[str, object]]] = deque()
        """What the engine will say of itself, and when."""
        self._due = 0.0
        self.hung = 0
        self.state, self.name = "ready", "soak"

    def look(self) -> None:
        """Be there."""

    def _wait(self, milliseconds: int) -> None:
        self._due = self._clock() + milliseconds / 1000

    def _send(self, asked: dict[str, object]) -> None:
        self._plan.clear()
        sentences = asked.get("say")
        if not isinstance(sentences, list):
            return
        if self._random.random() < 0.1:
            self.hung += 1
            return
        at = self._clock()
        for sentence in sentences:
            self._plan.append((at, {"saying": self._number}))
            at += len(sentence) / 4
        self._plan.append((at, {"ended": self._number}))

    def pass_time(self) -> None:
        while self._plan and self._plan[0][0] <= self._clock():
            self._take(self._plan.popleft()[1])
        if self.state == "speaking" and self._clock() >= self._due:
            self.give_up()


class Machine:
    """One station for a simulated week, started anew every night."""

    def __init__(self, app: QApplication, profile: str, folder: Path, random: Random, heard: list[str]) -> None:
        """``heard`` takes every exception and every warning of Qt."""
        self.app, self.folder, self.random = app, folder, random
        self.state_folder = folder / "state"
        self.clock = Clock()
        self._heard = heard
        self.last: deque[str] = deque(maxlen=TOLD)
        self.hung = 0
        """How often the voice hung."""
        self.endings: Counter[str] = Counter()
        self.restarts = self.searched = 0
        self.first: Counter[str] = Counter()
        self.more: Counter[str] = Counter()
        """Objects of our classes there are now and were not at the first measurement."""
        self._left: list[int] = []
        self._settled = 0
        settings = folder / f"{profile}.yaml"
        settings.write_text(_SETTINGS[profile].format(pin=hash_pin(PIN), printer=PRINTER), encoding="utf-8")
        self.profile = profile_of(read_settings(settings, Pack(CONTENT).regions))
        # One finger at one place: in told time two touches are never a double click of Qt's.
        app.setDoubleClickInterval(0)
        double_taps.watch(self.clock)
        QFileDialog.open = QFileDialog.deleteLater  # type: ignore[method-assign, assignment]
        self.books = Books(self.state_folder)
        self._start()
        self.traces = Traces()

    # --- starting and ending ------------------------------------------------------------------------------------

    def _start(self) -> None:
        theme = Theme(self.profile.text_size, self.profile.colors)
        theme.apply()
        pack = Pack(CONTENT)
        pack.all_layers()
        self.books.know(ids_of(pack))
        memory = Memory(self.folder / "kept.json") if self.profile.remembers else None
        if memory is not None:
            memory.keep(greeted=True)
        self.voice = Reader(self.clock, self.random)
        window = self.window = MainWindow(theme, pack, self.profile, today=lambda: self.clock.now().date(),
                                          memory=memory, voice=self.voice)
        self.printer = window.printing = SlowPrinter(self.clock, self.random, window)
        self.printer.sent = self.books.printed
        window.resize(1280, 1024)
        window.show()
        window.activateWindow()
        # Painting takes most of the time and is done now and then, with everything there is to paint.
        window.setUpdatesEnabled(False)
        window.session.watch(self.clock)
        self.station = open_station(self.state_folder, self.profile, pack, self.clock.now, self.clock)
        self.door = Door(window, self.station, self._left.append, CORNER_MS)
        # Minutes pass by the told clock.
        self.door._minute.stop()
        self.recorder = Recorder(window, self.station)
        window.session.ended.connect(self._session_ended)
        window.stack.page_shown.connect(self.books.page_shown)
        self.books.page_shown(window.stack.currentWidget())
        self.ended_now = False
        self.settle()

    def _restart(self) -> None:
        """End the program and start it anew, as the launcher does."""
        self.recorder.end()
        self.books.check(self.station)
        self.hung += self.voice.hung
        self.window.locked = False
        self.window.close()
        self.window.deleteLater()
        self._settled = 0
        del self.window, self.door, self.recorder, self.printer, self.voice
        self.settle()
        gc.collect()
        self.settle()
        left = [type(widget).__name__ for widget in self.app.allWidgets()]
        if left:
            raise Wrong(f"the window is gone and these are not: {Counter(left).most_common(5)}")
        self._start()

    def _session_ended(self, by: str) -> None:
        self.endings[by] += 1
        self.ended_now = True

    # --- time ---------------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Let time pass as the timers of the program would see it."""
        end = self.clock.seconds + seconds
        while self.clock.seconds < end and not self._left:
            nobody = isinstance(self.window.stack.currentWidget(), AttractPage)
            before = int(self.clock.seconds // _MINUTE)
            self.clock.seconds = min(end, self.clock.seconds + (_MINUTE if nobody else 1))
            self.printer.pass_time()
            self.voice.pass_time()
            if self.window.session.idle is not None:
                self.window.session.idle.look()
            if int(self.clock.seconds // _MINUTE) > before:
                self.door.minute_passed()
        self.settle()
        if self._left:
            self._leave(self._left.pop(0))
            self.wait(end - self.clock.seconds)

    def _leave(self, code: int) -> None:
        self._left.clear()
        if code != ExitCode.RESTART:
            raise Wrong(f"the program ended with {code}")
        self.restarts += 1
        self._restart()

    def settle(self) -> None:
        """Let the program do what it does after a press."""
        for thread in threading.enumerate():
            if thread.name == "slip-search":
                thread.join(20)
        for _ in range(2):
            self.app.sendPostedEvents()
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._settled += 1
        if self._settled % PAINTED_EVERY == 0:
            self.window.grab()
        if self._heard:
            raise Wrong(self._heard[0])

    def really_wait(self, milliseconds: int) -> None:
        """Let real time pass too: for the finger in the corner."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    # --- what is left of a person -------------------------------------------------------------------------------

    def look_for_traces(self, in_memory: bool) -> None:
        """Look for what the last person entered.

        Raises:
            Wrong: something of it is still there.
        """
        self.settle()
        if in_memory:
            self.searched += 1
            left = self.traces.anywhere(self.folder)
        else:
            left = self.traces.in_widgets() | self.traces.in_files(self.folder) | self.traces.on_the_clipboard()
        if left:
            raise Wrong(f"left of a person: {sorted(left)[:5]}")

    def measure(self) -> dict[str, int]:
        """Count what there is, with nobody there."""
        if self.profile.full_screen:
            # The first page may stand there as well, which has other widgets.
            self.window.session.show_attract()
        for _ in range(3):
            self.settle()
        gc.collect()
        own = Counter(type(thing).__name__ for thing in gc.get_objects()
                      if is_ours(thing) and not _stays(thing) and lives(thing))
        self.first = self.first or own
        self.more = own - self.first
        return {"widgets": len(self.app.allWidgets()), "objects": own.total(), "kib": kib_in_use()}


def _stays(thing: object) -> bool:
    """Tell whether a thing is kept on purpose: the last twenty errors."""
    return isinstance(thing, LoggedError)
