"""The one window: header with place and text size, the page on show, footer with the pack's dates."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QKeySequence, QPixmapCache, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.errors import YibaoError
from yibao_desktop.memory import Memory
from yibao_desktop.money import percent
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paths import resource
from yibao_desktop.settings import COLORS, TEXT_SIZES, Colors, Ending, Language, Profile, StaffHelp, TextSize
from yibao_desktop.ui.kiosk.copied import Copied
from yibao_desktop.ui.kiosk.idle import Idle
from yibao_desktop.ui.language import place_name, speak, tr
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.pages.home import HomePage, jobs
from yibao_desktop.ui.pages.page import Page, PageTraits
from yibao_desktop.ui.reading_aloud import ReadingAloud
from yibao_desktop.ui.reading_order import move_focus
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.voice import Voice
from yibao_desktop.ui.widgets.buttons import Button, let_go_of_buttons
from yibao_desktop.ui.widgets.text import Line

if TYPE_CHECKING:
    from yibao_desktop.flow.saved_bill import SavedBill
    from yibao_desktop.search.rank import Hit, Search
    from yibao_desktop.ui.kiosk.countdown import CountdownPage
    from yibao_desktop.ui.pages.channels import Chosen

# Pages are imported where they are first shown: the first one is not to wait for all the others.


def text_size_name(size: TextSize) -> str:
    """Return what a text size is called."""
    return {"standard": tr("标准"), "large": tr("大"), "xlarge": tr("特大")}[size]


def colors_name(colors: Colors) -> str:
    """Return what the colours are called."""
    return {"light": tr("浅色"), "dark": tr("深色"), "contrast": tr("高对比")}[colors]


def _traits_of(page: QWidget | None) -> PageTraits:
    return page if isinstance(page, PageTraits) else PageTraits()


class _Covered(NamedTuple):
    """A page that stays as it is under another one."""

    page: QWidget
    text_size: TextSize
    pressed: str
    """The name of the button that led away from it."""


class MainWindow(QMainWindow):
    """Holds the pages and moves between them; knows which place is chosen.

    Signals:
        page_shown: another page is on the screen; carries it.
        session_ended: somebody is done, and nothing of theirs is left; carries what ended it (see ``Ending``).
    """

    page_shown = Signal(object)
    session_ended = Signal(str)

    def __init__(
        self, theme: Theme, pack: Pack, profile: Profile, today: Callable[[], date] = date.today,
        memory: Memory | None = None, voice: Voice | None = None,
    ) -> None:
        """Show the first page.

        ``memory`` is what this computer remembers; without one every start is the first and nothing is kept.
        ``voice`` reads aloud as soon as somebody has asked it to look for one.
        """
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("医保帮手"))
        self.setWindowIcon(QIcon(str(resource("icons", "app.png"))))
        self.theme, self.pack, self.profile, self._today = theme, pack, profile, today
        self._memory = memory
        self.place = self._own_place()
        speak(pack.language)
        self._search: Search | None = None
        self._searched: str | None = None
        """What was searched for when a page was opened from the search, so that the way back leads there."""
        self._again: Callable[[], None] = self.go_home
        """Makes the page on show anew, for another text size or another place."""
        self._after_place: Callable[[], None] = self.go_home
        """What to open when a place has been chosen."""
        self._covered: list[_Covered] = []
        """The pages under the one on show that leads back to them, the lowest first."""
        self._idle: Idle | None = None
        self._countdown: CountdownPage | None = None
        self._focused_before: QWidget | None = None
        """What had the focus when the countdown began."""
        self._aside: list[Sheet] = []
        """What is to be printed for this person together with what comes yet."""
        self._copied = Copied(self) if profile.ends_session else None
        self.locked = False
        """Whether closing the window does nothing: a kiosk is left through the staff's door only."""
        self.printing = Printing(self)
        self.voice = voice or Voice(self)
        self.voice.volume = profile.volume
        self.stack = QStackedWidget()
        self._aloud = ReadingAloud(theme, self.stack, self.voice)
        self._aloud.button_changed.connect(self._fit_header)
        self._layers = QStackedWidget()
        self._body = body = QWidget()
        body.setProperty("role", "ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        column.addWidget(self._aloud.offer)
        column.addWidget(self.stack, 1)
        column.addWidget(self._make_footer())
        self._layers.addWidget(body)
        self.setCentralWidget(self._layers)
        self._make_shortcuts()
        theme.changed.connect(self._on_text_size_changed)
        theme.recolored.connect(self._on_colors_changed)
        if memory is not None and not memory.kept.greeted:
            self.greet()
        else:
            self.go_home()

    # --- frame around the pages -------------------------------------------------------------------------

    def _make_header(self) -> QFrame:
        self.header = QFrame()
        self.header.setProperty("role", "header")
        row = QHBoxLayout(self.header)
        row.setContentsMargins(31, 8, 40, 8)
        row.setSpacing(14)
        self.home_button = Button(self.theme, "", "brand", "heart-pulse")
        self.home_button.clicked.connect(self.go_home)
        self.place_button = Button(self.theme, "", "plain", "map-pin")
        self.place_button.setObjectName("place")
        self.place_button.clicked.connect(self.choose_place)
        self.size_button = Button(self.theme, "", "plain", "a-large-small")
        self.size_button.setObjectName("text-size")
        self.size_button.clicked.connect(self._next_text_size)
        self.color_button = Button(self.theme, "", "plain", "contrast")
        self.color_button.setObjectName("colors")
        self.color_button.clicked.connect(self._next_colors)
        row.addWidget(self.home_button)
        row.addStretch(1)
        row.addWidget(self._aloud.button)
        row.addWidget(self.place_button)
        row.addWidget(self.size_button)
        row.addWidget(self.color_button)
        self._label_header()
        return self.header

    def _label_header(self) -> None:
        self.home_button.setText(self.tr("医保帮手"))
        self.home_button.setAccessibleDescription(self.tr("回首页"))
        place = place_name(self.place.region) if self.place else self.tr("还没选")
        self.place_button.setText(self.tr("参保地：{}").format(place))
        self.place_button.setAccessibleDescription(self.tr("换一个参保地"))
        self.size_button.setAccessibleName(self.tr("字号：{}").format(text_size_name(self.theme.text_size)))
        self.size_button.setAccessibleDescription(self.tr("换一种字号"))
        self.color_button.setAccessibleName(self.tr("颜色：{}").format(colors_name(self.theme.colors)))
        self.color_button.setAccessibleDescription(self.tr("换一种颜色"))
        self.header.setFixedHeight(self.theme.px("header"))
        self._fit_header()

    def _fit_header(self) -> None:
        """Where the header is narrow, let text size and colours say less: only what they are, then only the icon.

        The button that reads aloud keeps its word longest: it is the one that people do not look for.
        """
        full = self.size_button.accessibleName(), self.color_button.accessibleName()
        short = self.tr("字号"), self.tr("颜色")
        row = self.header.layout()
        # The narrowest first: words must not keep the window from getting narrow enough to drop them.
        self._label_looks("", "", "")
        self.header.setMinimumWidth(row.minimumSize().width())
        aloud = self._aloud.word
        words = ((*full, aloud), (full[0], short[1], aloud), (*short, aloud), (short[0], "", aloud), ("", "", aloud))
        for size, color, read in (*words, ("", "", "")):
            self._label_looks(size, color, read)
            if row.minimumSize().width() <= self.width():
                break

    def _label_looks(self, size: str, color: str, aloud: str) -> None:
        self.size_button.setText(size)
        self.color_button.setText(color)
        self._aloud.button.setText(aloud)

    def _make_footer(self) -> QFrame:
        footer = QFrame()
        footer.setProperty("role", "footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(31, 4, 40, 4)
        row.setSpacing(16)
        self.sources_button = Button(self.theme, "", "quiet")
        self.sources_button.setObjectName("sources")
        self.sources_button.clicked.connect(self.show_sources)
        row.addWidget(self.sources_button)
        self.help_button = Button(self.theme, "", "quiet")
        self.help_button.setObjectName("help")
        self.help_button.clicked.connect(self.show_help)
        row.addWidget(self.help_button)
        if self.profile.staff_help is not None:
            self.staff_button = Button(self.theme, "", "outline", "users")
            self.staff_button.setObjectName("staff-help")
            self.staff_button.clicked.connect(self.show_staff_help)
            row.addWidget(self.staff_button)
        if self.profile.ends_session:
            self.end_button = Button(self.theme, "", "outline", "log-out")
            self.end_button.setObjectName("end-session")
            self.end_button.clicked.connect(self.end_session)
            row.addWidget(self.end_button)
        self._limit = Line("", "small")
        self._limit.setObjectName("time-limit")
        row.addWidget(self._limit)
        self._note = Line("", "small")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # It must not force the window wide before it can be hidden.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._note, 1)
        row.addStretch(0)
        self._footer = footer
        self._label_footer()
        return footer

    def _make_shortcuts(self) -> None:
        """Connect the keys that the help sheet lists."""
        does: dict[str, Callable[[], object]] = {
            "F1": self.show_help, "Ctrl+F": self.open_search, "Ctrl+P": self._press_take_away,
            "Ctrl+L": self.choose_place, "Ctrl+D": self._next_colors,
            "Ctrl++": lambda: self._step_text_size(1), "Ctrl+=": lambda: self._step_text_size(1),
            "Ctrl+-": lambda: self._step_text_size(-1),
        }
        for number, (job, *_) in enumerate(jobs(), 2):
            if job in self.profile.wizards:
                does[f"F{number}"] = lambda job=job: self.open_job(job)  # type: ignore[misc]
        if self.profile.serves_in_turn:
            does["F9"] = lambda: self.end_session(by="key")
        for keys, do in does.items():
            # Qt would hand over a checked state; the pages take none. Those of the body rest while it is hidden.
            QShortcut(QKeySequence(keys), self._body, activated=lambda do=do: do())

    def _press_take_away(self) -> None:
        # A wizard of two parts has one in each.
        buttons = self.stack.currentWidget().findChildren(Button, "take-away")
        if (button := next((button for button in buttons if button.isVisible()), None)) is not None:
            button.click()

    def _step_text_size(self, by: int) -> None:
        at = TEXT_SIZES.index(self.theme.text_size) + by
        self.theme.set_text_size(TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, at))])

    def _label_footer(self) -> None:
        info = self.pack.info
        self.sources_button.setAccessibleDescription(self.tr("{} 发布").format(info.issued))
        self.help_button.setText(self.pack.words("help.title"))
        if self.profile.staff_help is not None:
            self.staff_button.setText(self.tr("找工作人员"))
        if self.profile.ends_session:
            in_turn = self.profile.serves_in_turn
            self.end_button.setText(self.tr("下一位") if in_turn else self.tr("结束并清除"))
            self.end_button.setAccessibleDescription(self.tr("清除这一位填的，回首页。键盘按 F9") if in_turn else "")
        self._fit_footer()
        self._note.setText(self.tr("估算仅供参考，以当地医保经办机构为准。医保服务热线 12393"))

    def _next_text_size(self) -> None:
        index = TEXT_SIZES.index(self.theme.text_size) + 1
        self.theme.set_text_size(TEXT_SIZES[index % len(TEXT_SIZES)])

    def _next_colors(self) -> None:
        self.theme.set_colors(COLORS[(COLORS.index(self.theme.colors) + 1) % len(COLORS)])

    def _on_colors_changed(self) -> None:
        self._label_header()
        self._keep(colors=self.theme.colors)

    def _keep(self, **changes: object) -> None:
        if self._memory is not None:
            self._memory.keep(**changes)

    def _own_place(self) -> Place | None:
        """Return the place that this computer remembers, or else its profile's, if the pack still has it."""
        code = self._memory.kept.place if self._memory is not None else None
        code = code or self.profile.place
        try:
            return self.pack.place(code) if code is not None else None
        except YibaoError:
            return None

    def _on_text_size_changed(self) -> None:
        by_button = self.focusWidget() is self.size_button
        self._keep(text_size=self.theme.text_size)
        self._label_header()
        self._fit_footer()
        # Wizards redraw themselves and keep their answers; plain pages are simply made anew.
        if not self._traits().redraws_itself:
            self._again()
        if by_button:
            self.size_button.setFocus()

    # --- pages ------------------------------------------------------------------------------------------

    def _show(self, page: QWidget, again: Callable[[], None]) -> None:
        """Put ``page`` on the screen and let the one before go; ``again`` makes it anew."""
        self._again = again
        before = self.stack.currentWidget()
        # A wizard has its own bar at the bottom; only where the session must be ended do both stand there.
        traits = _traits_of(page)
        self._footer.setVisible(not traits.stands_alone and (self.profile.ends_session or not traits.has_own_bar))
        self.header.setVisible(not traits.stands_alone)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        covered, self._covered = self._covered, []
        for gone in (before, *(under.page for under in covered)):
            if gone is not None:
                self._let_go(gone)
        if hasattr(page, "take_away_wanted"):
            page.take_away_wanted.connect(self.take_away)
        page.first_control().setFocus()  # type: ignore[attr-defined]
        self.page_shown.emit(page)

    def show_page(self, page: QWidget, again: Callable[[], None]) -> None:
        """Show a page that is made elsewhere; ``again`` makes it anew, for another text size."""
        self._show(page, again)

    def _traits(self) -> PageTraits:
        """Return what the page on show says of itself."""
        return _traits_of(self.stack.currentWidget())

    def _let_go(self, page: QWidget) -> None:
        self.stack.removeWidget(page)
        page.hide()
        page.deleteLater()

    def take_away(self, write: Callable[[date], Sequence[Sheet]]) -> None:
        """Lay the ways to take a result along over the page; the page stays as it is."""
        from yibao_desktop.ui.output.take_away import TakeAwayPage

        page = TakeAwayPage(self.theme, self.pack.words, write(self._today()), self.profile, self.printing,
                            self._aside if self.profile.serves_in_turn else None)
        page.left.connect(self._uncover)
        self._cover(page, "take-away")

    def _cover(self, page: Page, pressed: str) -> None:
        under = self.stack.currentWidget()
        assert under is not None
        self._covered.append(_Covered(under, self.theme.text_size, pressed))
        self._footer.setVisible(self.profile.ends_session)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.first_control().setFocus()
        self.page_shown.emit(page)

    def _uncover(self) -> None:
        """Show the page under the one on show again."""
        over = self.stack.currentWidget()
        assert over is not None
        page, text_size, pressed = self._covered.pop()
        self._footer.setVisible(self.profile.ends_session or not _traits_of(page).has_own_bar)
        self.stack.setCurrentWidget(page)
        self._let_go(over)
        if text_size != self.theme.text_size:
            self._on_text_size_changed()
        shown = (button for button in self.findChildren(Button, pressed) if button.isVisible())
        if (button := next(shown, None)) is not None:
            button.setFocus()

    def greet(self) -> None:
        """Ask once what is remembered from then on."""
        from yibao_desktop.ui.pages.first_run import FirstRunPage

        names = {size: text_size_name(size) for size in TEXT_SIZES}
        page = FirstRunPage(self.theme, names, self.place.region.name if self.place is not None else None)
        page.size_chosen.connect(self.theme.set_text_size)
        page.place_wanted.connect(self.choose_place)
        page.done.connect(self._start)
        self._show(page, self.greet)

    def _start(self) -> None:
        self._keep(greeted=True)
        self.go_home()

    def go_home(self) -> None:
        """Show the three jobs."""
        self._searched, self._after_place = None, self.go_home
        page = HomePage(self.theme, self.pack, self._today(), self.profile.wizards)
        page.job_chosen.connect(self.open_job)
        page.topic_chosen.connect(self.read)
        page.search_wanted.connect(self.open_search)
        page.language_wanted.connect(self._change_language)
        self._show(page, self.go_home)

    def set_language(self, language: Language) -> None:
        """Go on in another language, at home; the place stays."""
        if language == self.pack.language:
            return
        try:
            pack = Pack(self.pack.root, language)
            place = pack.place(self.place.region.code) if self.place is not None else None
        except YibaoError as error:
            self.tell(self.tr("换不了语言"), self.tr("内容包里有文件坏了。请维护人员看看下面的说明。"), str(error))
            return
        speak(language)
        if not self.profile.ends_session:
            self._keep(language=language)
        self.pack, self.place, self._search = pack, place, None
        self.setWindowTitle(self.tr("医保帮手"))
        self._label_header()
        self._label_footer()
        self.go_home()

    def _change_language(self, language: Language) -> None:
        self.set_language(language)
        button = self.stack.currentWidget().findChild(Button, "language")
        if button is not None:
            button.setFocus()

    def open_search(self, text: str = "") -> None:
        """Show the search, with what was typed before."""
        from yibao_desktop.search.rank import Search
        from yibao_desktop.ui.pages.search import SearchPage

        if self._search is None:
            self._search = Search(self.pack, self.profile.wizards)
        page = SearchPage(self.theme, self.pack, self.place, self._search, self.profile.letter_pad, text)
        page.left.connect(self.go_home)
        page.chosen.connect(self._open_hit)
        self._show(page, lambda: self.open_search(page.text))

    def _open_hit(self, hit: Hit, first: bool) -> None:
        from yibao_desktop.ui.pages.reading import PAYABLE, RUMOURS, TERMS
        from yibao_desktop.ui.pages.search import SearchPage

        search = self.stack.currentWidget()
        assert isinstance(search, SearchPage)
        self._searched = search.text
        lists = {"rumour": RUMOURS, "term": TERMS, "payable": PAYABLE}
        if hit.kind == "guide":
            self.read(hit.id)
        elif hit.kind == "wizard":
            self.open_job(hit.id)
        elif hit.kind == "channel-need":
            self.open_job("channels", hit.id)
        elif hit.kind == "place":
            # Who only typed a place has what they wanted; who asked something about it wants the answer.
            self._after_place = self.go_home if first else lambda: self.open_search(self._searched or "")
            self.set_place(hit.id)
        else:
            self.read(lists[hit.kind], hit.id)

    def _go_back(self) -> None:
        """Go back to the search if the page was opened from there, else home."""
        if self._searched is None:
            self.go_home()
        else:
            self.open_search(self._searched)

    def _way_back(self) -> str:
        return self.tr("回首页") if self._searched is None else self.tr("回到搜索")

    def read(self, topic: str, entry: str | None = None) -> None:
        """Show a guide, or another page to read, with ``entry`` of it first."""
        try:
            place = self.place or self.pack.anywhere
            from yibao_desktop.ui.pages.reading import ReadingPage

            page = ReadingPage(self.theme, self.pack, place, topic, entry, back=self._way_back(),
                               wizards=self.profile.wizards)
        except YibaoError as error:
            self.tell(self.tr("这一页的内容读不出来"), self.tr("别的功能还能用。请维护人员看看下面的说明。"),
                      str(error))
            return
        page.left.connect(self._go_back)
        page.topic_chosen.connect(self.read)
        page.job_chosen.connect(self.open_job)
        self._show(page, lambda: self.read(topic, entry))

    def choose_place(self) -> None:
        """Show the list of places; afterwards show what was on the screen, for the place then chosen."""
        page = self._covered[0].page if self._covered else self.stack.currentWidget()
        if page is None or page.objectName() != "region":
            self._after_place = self._again
        self._show_places()

    def _show_places(self) -> None:
        from yibao_desktop.ui.pages.region import RegionPage

        page = RegionPage(self.theme, self.pack, self.profile.letter_pad)
        page.chosen.connect(lambda code: self.set_place(code))
        self._show(page, self._show_places)

    def set_place(self, code: str, keep: bool = True) -> None:
        """Choose the place of insurance and go on; ``keep`` it for the next start where such things are kept."""
        try:
            self.place = self.pack.place(code)
        except YibaoError as error:
            self.tell(self.tr("这个地方的内容读不出来"), self.tr("可以先选别的地方，或请维护人员看看下面的说明。"),
                      str(error))
            return
        # A worker keeps their own place; those of the people they help are nobody's business afterwards.
        if keep and (not self.profile.ends_session or self._own_place() is None):
            self._keep(place=code)
        self._label_header()
        then, self._after_place = self._after_place, self.go_home
        then()

    def open_job(self, job: str, need: str | None = None) -> None:
        """Open sharing, bill, or channels with a need; ask for the place first if there is none."""
        if self.place is None:
            self._after_place = lambda: self.open_job(job, need)
            self._show_places()
            return
        if job == "channels":
            self._open_channels(need)
            return
        from yibao_desktop.ui.wizard.bill import BillWizard
        from yibao_desktop.ui.wizard.sharing import SharingWizard

        page: SharingWizard | BillWizard
        try:
            if job == "sharing":
                page = SharingWizard(self.theme, self.pack, self.place)
            else:
                page = BillWizard(self.theme, self.pack, self.place, self._today, self.profile.may_save_files)
                page.bill_opened.connect(self._take_up)
        except YibaoError as error:
            self._tell_broken_job(error)
            return
        page.left.connect(self.go_home)
        self._show(page, lambda: self.open_job(job))

    def _take_up(self, saved: SavedBill) -> None:
        from yibao_desktop.ui.wizard.bill import BillWizard

        self._after_place = lambda: self.open_job("bill")
        self.set_place(saved.place, keep=False)
        page = self.stack.currentWidget()
        if isinstance(page, BillWizard):
            page.take_up(saved)

    def _open_channels(self, need: str | None = None, like: Chosen | None = None) -> None:
        from yibao_desktop.ui.pages.channels import ChannelsPage

        assert self.place is not None
        try:
            page = ChannelsPage(self.theme, self.pack, self.place, self._way_back())
            if like is not None:
                page.choose_all(like)
            elif need is not None:
                page.choose(need)
        except YibaoError as error:
            self._tell_broken_job(error)
            return
        page.left.connect(self._go_back)
        self._show(page, lambda: self._open_channels(like=page.chosen))

    def _tell_broken_job(self, error: YibaoError) -> None:
        self.tell(self.tr("这一项的内容读不出来"), self.tr("别的功能还能用。请维护人员看看下面的说明。"), str(error))

    def show_help(self) -> None:
        """Show how the program is used."""
        from yibao_desktop.ui.pages.help import HelpPage

        page = HelpPage(self.theme, self.pack, with_keys=not self.profile.letter_pad,
                        in_turn=self.profile.serves_in_turn)
        page.left.connect(self.go_home)
        self._show(page, self.show_help)

    def show_sources(self) -> None:
        """Show where everything comes from."""
        try:
            from yibao_desktop.ui.pages.sources import SourcesPage

            page = SourcesPage(self.theme, self.pack, self._today(), self.voice)
        except YibaoError as error:
            self.tell(self.tr("来源列表读不出来"), self.tr("内容包里有文件坏了。请维护人员看看下面的说明。"),
                      str(error))
            return
        page.left.connect(self.go_home)
        self._show(page, self.show_sources)

    def show_staff_help(self, staff_help: StaffHelp | None = None) -> None:
        """Lay over the page where somebody is who helps; the page stays as it is."""
        told = staff_help or self.profile.staff_help
        assert told is not None
        from yibao_desktop.ui.kiosk.staff_help import StaffHelpPage

        if isinstance(self.stack.currentWidget(), StaffHelpPage):
            return
        page = StaffHelpPage(self.theme, told)
        page.left.connect(self._uncover)
        self._cover(page, "staff-help")

    # --- from one person to the next ----------------------------------------------------------------------

    def watch(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin as this kind of installation does; where people come and go, notice that one has gone.

        ``clock`` gives seconds.
        """
        if self.profile.idle_seconds is None:
            return
        self._idle = Idle(self.profile.idle_seconds, self.profile.countdown_seconds, self._is_busy, clock, self)
        self._idle.counting.connect(self.count_down)
        self._idle.ended.connect(self._end_unattended)
        if self.profile.full_screen:
            self.show_attract()

    def _is_busy(self) -> bool:
        """Tell whether something goes on without a touch, or there is nobody to wait for."""
        return (self.voice.state == "speaking" or self.printing.state == "sending"
                or self._traits().waits)

    def show_attract(self) -> None:
        """Show what invites to a touch."""
        from yibao_desktop.ui.kiosk.attract import AttractPage

        page = AttractPage(self.theme, self.profile.wizards)
        page.clicked.connect(self._begin)
        self._show(page, self.show_attract)

    def _begin(self) -> None:
        self._be_deaf()
        self.go_home()

    def _be_deaf(self) -> None:
        if self._idle is not None:
            self._idle.be_deaf()

    def count_down(self, seconds: int) -> None:
        """Ask in place of everything else whether the person is there; ``seconds`` are left for the answer."""
        if self._countdown is not None:
            self._countdown.show_left(seconds)
            return
        self._close_what_floats()
        let_go_of_buttons(self)
        self._focused_before = self.focusWidget()
        from yibao_desktop.ui.kiosk.countdown import CountdownPage

        page = self._countdown = CountdownPage(self.theme, seconds)
        page.stayed.connect(self._stay)
        page.ended.connect(lambda: self.end_session(by="countdown"))
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        page.first_control().setFocus()

    def _stay(self) -> None:
        before = self._focused_before
        self._end_countdown()
        if before is not None:
            before.setFocus()

    def _end_countdown(self) -> None:
        """Show the page again."""
        page, self._countdown, self._focused_before = self._countdown, None, None
        if page is None:
            return
        if self._idle is not None:
            self._idle.stay()
        self._layers.setCurrentWidget(self._body)
        self._layers.removeWidget(page)
        page.deleteLater()

    def _close_what_floats(self) -> None:
        """Close menus, lists and system windows that stand over the page."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in self.findChildren(QDialog):
            dialog.close()

    def _end_unattended(self) -> None:
        self.end_session(by="idle")
        if self.profile.full_screen:
            self.show_attract()
        self._be_deaf()

    def end_session(self, *, by: Ending = "button") -> None:
        """Leave nothing for the next person: answers, place, language, text size and colours go back to the start."""
        self._close_what_floats()
        self.forget()
        if self._memory is None:
            self.theme.set_text_size(self.profile.text_size)
            self.theme.set_colors(self.profile.colors)
        self.set_language(self.profile.language)
        self.voice.stop()
        self.printing.rest()
        if self._copied is not None:
            self._copied.forget()
        self.session_ended.emit(by)
        QTimer.singleShot(0, self, self._sweep)

    def _sweep(self) -> None:
        """Let what was put away really be gone: pages that hold on to themselves wait for Python to look."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # Not before: pages that are still there may be drawn anew, and ask again.
        self.pack.forget()
        if self._search is not None:
            self._search.forget()
        percent.cache_clear()
        QPixmapCache.clear()
        gc.collect()

    def forget(self) -> None:
        """Let go of place, answers and what was searched for."""
        self._end_countdown()
        self._aside.clear()
        self.place = self._own_place()
        if self._search is not None:
            self._search.forget()
        self._label_header()
        self.go_home()

    def tell(self, headline: str, text: str, details: str) -> None:
        """Say in words what is wrong, with what a maintainer needs below."""
        from yibao_desktop.ui.pages.message import MessagePage

        page = MessagePage(self.theme, headline, text, details, self.tr("回首页"))
        page.went_on.connect(self.go_home)
        self._show(page, lambda: self.tell(headline, text, details))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the size of the window; where it is locked, stay."""
        if self.locked:
            event.ignore()
            return
        if not (self.isMaximized() or self.isFullScreen()):
            self._keep(window=(self.width(), self.height()))
        self.printing.end()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop words and the note where they would squeeze the buttons."""
        super().resizeEvent(event)
        self._fit_header()
        self._fit_footer()

    def _fit_footer(self) -> None:
        characters = 54 + 10 * self.profile.ends_session + 10 * (self.profile.staff_help is not None)
        characters += 11 * (self.profile.idle_seconds is not None)
        self.sources_button.setText(self.tr("看来源"))
        self._limit.hide()
        needed = self._footer.layout().minimumSize().width()
        self._footer.setMinimumWidth(needed)
        needed += self._tell_limit(self.width() - needed)
        whole = self.tr("内容包 {} · 看来源").format(self.pack.info.version)
        more = self.sources_button.fontMetrics().horizontalAdvance(whole[:-len(self.sources_button.text())])
        if needed + more <= self.width():
            self.sources_button.setText(whole)
        self._note.setVisible(self.width() >= self.theme.px("small") * characters + 140)

    def _tell_limit(self, room: int) -> int:
        """Say after how long without a touch everything is cleared, in two lines where one is too long for ``room``.

        Returns the pixels it takes.
        """
        if self.profile.idle_seconds is None:
            return 0
        seconds = self.profile.idle_seconds + self.profile.countdown_seconds
        for text in (self.tr("{} 秒不操作会清除"), self.tr("{} 秒不操作\n会清除")):
            self._limit.setText(text.format(seconds))
            width = self._limit.sizeHint().width() + self._footer.layout().spacing()
            if width <= room:
                self._limit.show()
                return width
        return 0

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go in reading order."""
        return move_focus(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes home from the pages that stand alone."""
        if event.key() == Qt.Key.Key_Escape and not self._traits().is_home:
            self.go_home()
        else:
            super().keyPressEvent(event)
