"""The one window: which page follows which, and for which place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from yibao_desktop.errors import YibaoError
from yibao_desktop.memory import Memory
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paths import resource
from yibao_desktop.settings import TEXT_SIZES, Language, Profile, StaffHelp
from yibao_desktop.ui.focus_in_sight import FocusInSight
from yibao_desktop.ui.frame.footer import Footer
from yibao_desktop.ui.frame.header import Header, text_size_name
from yibao_desktop.ui.frame.page_stack import PageStack
from yibao_desktop.ui.frame.shortcuts import connect_shortcuts
from yibao_desktop.ui.kiosk.session import Session
from yibao_desktop.ui.language import place_name, speak
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.page import PageTraits
from yibao_desktop.ui.reading_aloud import ReadingAloud
from yibao_desktop.ui.reading_order import move_focus
from yibao_desktop.ui.searching import Searching
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.voice import Voice
from yibao_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from yibao_desktop.flow.saved_bill import SavedBill
    from yibao_desktop.ui.pages.channels import Chosen

# Pages are imported where they are first shown: the first one is not to wait for all the others.


class MainWindow(QMainWindow):
    """Makes the pages and moves between them; knows which place is chosen."""

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
        self._after_place: Callable[[], None] = self.go_home
        """What to open when a place has been chosen."""
        self.locked = False
        """Whether closing the window does nothing: a kiosk is left through the staff's door only."""
        self.has_door = False
        """Whether there is a page for the staff and a key that leads to it, see ``station.door``."""
        self.printing = Printing(self)
        self.voice = voice or Voice(self)
        self.voice.volume = profile.volume
        self.searching = Searching(self)
        self.session = Session(self)
        self.stack = PageStack(theme)
        self.stack.turning.connect(self._make_room)
        self.stack.turned.connect(self._frame_page)
        aloud = ReadingAloud(theme, self.stack, self.voice)
        self.header, self.footer = self._make_header(aloud), self._make_footer()
        self._body = body = QWidget()
        body.setProperty("role", "ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(aloud.offer)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        self._layers = QStackedWidget()
        self._layers.addWidget(body)
        self.setCentralWidget(self._layers)
        connect_shortcuts(self, body)
        FocusInSight(self)
        theme.changed.connect(self._on_text_size_changed)
        theme.recolored.connect(self._on_colors_changed)
        if memory is not None and not memory.kept.greeted:
            self.greet()
        else:
            self.go_home()

    # --- frame around the pages -------------------------------------------------------------------------

    def _make_header(self, aloud: ReadingAloud) -> Header:
        header = Header(self.theme, aloud)
        header.home_button.clicked.connect(self.go_home)
        header.place_button.clicked.connect(self.choose_place)
        header.fit(self.width())
        header.tell_place(self._place_name())
        return header

    def _make_footer(self) -> Footer:
        footer = Footer(self.theme, self.profile)
        footer.sources_button.clicked.connect(self.show_sources)
        footer.help_button.clicked.connect(self.show_help)
        if footer.staff_button is not None:
            footer.staff_button.clicked.connect(self.show_staff_help)
        if footer.end_button is not None:
            footer.end_button.clicked.connect(self.session.end)
        footer.fit(self.width())
        footer.tell_pack(self.pack)
        return footer

    def _framed(self, traits: PageTraits) -> tuple[bool, bool]:
        """Tell whether header and footer stand around such a page."""
        # A wizard has its own bar at the bottom; only where the session must be ended do both stand there.
        at_foot = self.profile.ends_session or not (traits.has_own_bar or traits.lies_over)
        return not traits.stands_alone, at_foot and not traits.stands_alone

    def _make_room(self, traits: PageTraits) -> None:
        """Hide what the page to come does without: with it, one that fills the screen would force the window larger."""
        header, footer = self._framed(traits)
        if not header:
            self.header.hide()
        if not footer:
            self.footer.hide()

    def _frame_page(self) -> None:
        header, footer = self._framed(self.stack.traits)
        self.header.setVisible(header)
        self.footer.setVisible(footer)

    def cover_everything(self, page: QWidget) -> None:
        """Show ``page`` in place of all that the window shows."""
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)

    def uncover_everything(self, page: QWidget) -> None:
        """Show again what ``page`` covered, and let go of it."""
        self._layers.setCurrentWidget(self._body)
        self._layers.removeWidget(page)
        page.deleteLater()

    # --- what this computer remembers ---------------------------------------------------------------------

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

    def _place_name(self) -> str | None:
        return place_name(self.place.region) if self.place is not None else None

    def _on_text_size_changed(self) -> None:
        size_button = self.header.size_button
        by_button = self.focusWidget() is size_button
        self._keep(text_size=self.theme.text_size)
        self.stack.follow_text_size()
        if by_button:
            size_button.setFocus()

    def _on_colors_changed(self) -> None:
        self._keep(colors=self.theme.colors)

    # --- pages ------------------------------------------------------------------------------------------

    def show_page(self, page: QWidget, again: Callable[[], None]) -> None:
        """Show a page and let the one before go; ``again`` makes it anew, for another text size or place."""
        if hasattr(page, "take_away_wanted"):
            page.take_away_wanted.connect(self.take_away)
        self.stack.show_page(page, again)

    def take_away(self, write: Callable[[date], Sequence[Sheet]]) -> None:
        """Lay the ways to take a result along over the page; the page stays as it is."""
        from yibao_desktop.ui.output.take_away import TakeAwayPage

        page = TakeAwayPage(self.theme, self.pack.words, write(self._today()), self.profile, self.printing,
                            self.session.aside if self.profile.serves_in_turn else None)
        page.left.connect(self._uncover)
        self.stack.cover(page, "take-away")

    def _uncover(self) -> None:
        pressed = self.stack.uncover()
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
        self.show_page(page, self.greet)

    def _start(self) -> None:
        self._keep(greeted=True)
        self.go_home()

    def go_home(self) -> None:
        """Show the three jobs."""
        self.searching.leave()
        self._after_place = self.go_home
        page = HomePage(self.theme, self.pack, self._today(), self.profile.wizards)
        page.job_chosen.connect(self.open_job)
        page.topic_chosen.connect(self.read)
        page.search_wanted.connect(self.searching.open)
        page.language_wanted.connect(self._change_language)
        self.show_page(page, self.go_home)

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
        self.pack, self.place = pack, place
        self.searching.renew()
        self.setWindowTitle(self.tr("医保帮手"))
        self.header.tell_place(self._place_name())
        self.footer.tell_pack(pack)
        self.go_home()

    def _change_language(self, language: Language) -> None:
        self.set_language(language)
        button = self.stack.currentWidget().findChild(Button, "language")
        if button is not None:
            button.setFocus()

    def read(self, topic: str, entry: str | None = None) -> None:
        """Show a guide, or another page to read, with ``entry`` of it first."""
        from yibao_desktop.ui.pages.reading import ReadingPage

        try:
            place = self.place or self.pack.anywhere
            page = ReadingPage(self.theme, self.pack, place, topic, entry, back=self.searching.way_back,
                               wizards=self.profile.wizards)
        except YibaoError as error:
            self.tell(self.tr("这一页的内容读不出来"), self.tr("别的功能还能用。请维护人员看看下面的说明。"),
                      str(error))
            return
        page.left.connect(self.searching.go_back)
        page.topic_chosen.connect(self.read)
        page.job_chosen.connect(self.open_job)
        self.show_page(page, lambda: self.read(topic, entry))

    def choose_place(self) -> None:
        """Show the list of places; afterwards show what was on the screen, for the place then chosen."""
        if not self.stack.lowest_traits.asks_place:
            self._after_place = self.stack.again
        self._show_places()

    def _show_places(self) -> None:
        from yibao_desktop.ui.pages.region import RegionPage

        page = RegionPage(self.theme, self.pack, self.profile.letter_pad)
        page.chosen.connect(lambda code: self.set_place(code))
        self.show_page(page, self._show_places)

    def set_place(self, code: str, keep: bool = True, then: Callable[[], None] | None = None) -> None:
        """Choose the place of insurance and go on, with ``then`` or with what waited for a place.

        ``keep`` it for the next start where such things are kept.
        """
        try:
            self.place = self.pack.place(code)
        except YibaoError as error:
            self.tell(self.tr("这个地方的内容读不出来"), self.tr("可以先选别的地方，或请维护人员看看下面的说明。"),
                      str(error))
            return
        # A worker keeps their own place; those of the people they help are nobody's business afterwards.
        if keep and (not self.profile.ends_session or self._own_place() is None):
            self._keep(place=code)
        self.header.tell_place(self._place_name())
        waited, self._after_place = self._after_place, self.go_home
        (then or waited)()

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
        self.show_page(page, lambda: self.open_job(job))

    def _take_up(self, saved: SavedBill) -> None:
        from yibao_desktop.ui.wizard.bill import BillWizard

        self.set_place(saved.place, keep=False, then=lambda: self.open_job("bill"))
        page = self.stack.currentWidget()
        if isinstance(page, BillWizard):
            page.take_up(saved)

    def _open_channels(self, need: str | None = None, like: Chosen | None = None) -> None:
        from yibao_desktop.ui.pages.channels import ChannelsPage

        assert self.place is not None
        try:
            page = ChannelsPage(self.theme, self.pack, self.place, self.searching.way_back)
            if like is not None:
                page.choose_all(like)
            elif need is not None:
                page.choose(need)
        except YibaoError as error:
            self._tell_broken_job(error)
            return
        page.left.connect(self.searching.go_back)
        self.show_page(page, lambda: self._open_channels(like=page.chosen))

    def _tell_broken_job(self, error: YibaoError) -> None:
        self.tell(self.tr("这一项的内容读不出来"), self.tr("别的功能还能用。请维护人员看看下面的说明。"), str(error))

    def show_help(self) -> None:
        """Show how the program is used."""
        from yibao_desktop.ui.pages.help import DOOR, KEYS, NEXT, HelpPage

        keys = (*KEYS, *[NEXT] * self.profile.serves_in_turn, *[DOOR] * self.has_door)
        page = HelpPage(self.theme, self.pack, () if self.profile.letter_pad else keys)
        page.left.connect(self.go_home)
        self.show_page(page, self.show_help)

    def show_sources(self) -> None:
        """Show where everything comes from."""
        from yibao_desktop.ui.pages.sources import SourcesPage

        try:
            page = SourcesPage(self.theme, self.pack, self._today(), self.voice)
        except YibaoError as error:
            self.tell(self.tr("来源列表读不出来"), self.tr("内容包里有文件坏了。请维护人员看看下面的说明。"),
                      str(error))
            return
        page.left.connect(self.go_home)
        self.show_page(page, self.show_sources)

    def show_staff_help(self, staff_help: StaffHelp | None = None) -> None:
        """Lay over the page where somebody is who helps; the page stays as it is."""
        told = staff_help or self.profile.staff_help
        assert told is not None
        from yibao_desktop.ui.kiosk.staff_help import StaffHelpPage

        if isinstance(self.stack.currentWidget(), StaffHelpPage):
            return
        page = StaffHelpPage(self.theme, told)
        page.left.connect(self._uncover)
        self.stack.cover(page, "staff-help")

    def forget(self) -> None:
        """Let go of place, answers and what was searched for."""
        self.session.end_countdown()
        self.place = self._own_place()
        self.searching.forget()
        self.header.tell_place(self._place_name())
        self.go_home()

    def start_over(self) -> None:
        """Forget, and take language, text size and colours that the installation starts with."""
        self.forget()
        if self._memory is None:
            self.theme.set_text_size(self.profile.text_size)
            self.theme.set_colors(self.profile.colors)
        self.set_language(self.profile.language)

    def tell(self, headline: str, text: str, details: str) -> None:
        """Say in words what is wrong, with what a maintainer needs below."""
        from yibao_desktop.ui.pages.message import MessagePage

        page = MessagePage(self.theme, headline, text, details, self.tr("回首页"))
        page.went_on.connect(self.go_home)
        self.show_page(page, lambda: self.tell(headline, text, details))

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
        self.header.fit(self.width())
        self.footer.fit(self.width())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go in reading order."""
        return move_focus(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes home from the pages that stand alone."""
        if event.key() == Qt.Key.Key_Escape and not self.stack.traits.is_home:
            self.go_home()
        else:
            super().keyPressEvent(event)
