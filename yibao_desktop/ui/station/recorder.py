"""Counts and logs what is shown. Only names of pages and ids of the pack: it never asks a page for an answer."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from yibao_desktop.settings import Ending, Wizard
from yibao_desktop.station.counters import PAGES, Page
from yibao_desktop.station.event_log import Code, LogRefused
from yibao_desktop.station.running import Station
from yibao_desktop.ui.kiosk.staff_help import StaffHelpPage
from yibao_desktop.ui.output.take_away import TakeAwayPage
from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.help import HelpPage
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.page import PageTraits
from yibao_desktop.ui.pages.reading import TOPICS, ReadingPage
from yibao_desktop.ui.pages.region import RegionPage
from yibao_desktop.ui.pages.search import SearchPage
from yibao_desktop.ui.pages.sources import SourcesPage
from yibao_desktop.ui.window import MainWindow
from yibao_desktop.ui.wizard.bill import BillWizard
from yibao_desktop.ui.wizard.frame import WizardFrame
from yibao_desktop.ui.wizard.sharing import SharingWizard

_NAMES: tuple[tuple[type[QWidget], Page], ...] = (
    (HomePage, "home"), (SharingWizard, "sharing"), (BillWizard, "bill"), (ChannelsPage, "channels"),
    (SearchPage, "search"), (RegionPage, "place"), (SourcesPage, "sources"), (HelpPage, "help"),
    (TakeAwayPage, "take-away"), (StaffHelpPage, "staff-help"),
)


def _name_of(page: QWidget) -> tuple[Page, str] | None:
    """Return what a page is counted as, and the id of what it shows; nothing for pages that are not counted."""
    if isinstance(page, ReadingPage):
        known = next((name for name in PAGES if name == page.topic), None)
        return (known, "") if known is not None else ("guide", "" if page.topic == TOPICS else page.topic)
    return next(((name, "") for kind, name in _NAMES if isinstance(page, kind)), None)


class Recorder(QObject):
    """Writes down what a window shows, for one station."""

    def __init__(self, window: MainWindow, station: Station) -> None:
        super().__init__(window)
        self._window, self._station = window, station
        self._on_show: tuple[Page, str] | None = None
        self._wizard: Wizard | None = None
        self._step, self._has_finished, self._slip_counted = 1, False, False
        self._printing_was = window.printing.state
        self._printed_from: Page | None = None
        window.stack.page_shown.connect(self._shown)
        window.session.ended.connect(self._session_ended)
        window.printing.changed.connect(self._printing_changed)
        station.log.write(Code.STARTED)
        if window.stack.currentWidget() is not None:
            self._shown(window.stack.currentWidget())

    def end(self) -> None:
        """Write down how it ended."""
        self._leave_wizard()
        self._station.counters.write()
        self._station.log.write(Code.ENDED)

    # --- pages ------------------------------------------------------------------------------------------------

    def _shown(self, page: QWidget) -> None:
        named = _name_of(page)
        # Ways to take a result along, and where to find staff, lie over a page: it is not left for them.
        covers = isinstance(page, PageTraits) and page.lies_over
        if isinstance(page, TakeAwayPage):
            page.codes_shown.connect(self._codes_shown)
        elif not (covers or (named == self._on_show and isinstance(page, ChannelsPage))):
            self._leave_wizard()
        # Made anew for another text size it is still the page that was opened.
        if named is None:
            self._on_show = None
            return
        if named == self._on_show and not isinstance(page, (SharingWizard, BillWizard)):
            return
        name, id_ = named
        self._station.counters.opened(name)
        self._log(Code.PAGE_OPENED, **({"page": name, "id": id_} if id_ else {"page": name}))
        if not covers:
            self._on_show = named
            self._enter_wizard(page)

    def _session_ended(self, by: Ending) -> None:
        self._on_show = None
        self._log(Code.SESSION_ENDED, by=by)

    # --- wizards ----------------------------------------------------------------------------------------------

    def _enter_wizard(self, page: QWidget) -> None:
        self._step, self._has_finished, self._slip_counted = 1, False, False
        if isinstance(page, ChannelsPage):
            # It shows its answer from the first moment.
            self._wizard = "channels"
            self._finish()
        elif isinstance(page, SharingWizard):
            self._wizard = "sharing"
            page.frame.page_changed.connect(lambda: self._step_shown(page.frame))
            self._step_shown(page.frame)
        elif isinstance(page, BillWizard):
            self._wizard = "bill"
            for frame in (page.estimating, page.checking):
                frame.page_changed.connect(lambda frame=frame: self._bill_step_shown(page, frame))
            self._step_shown(page.frame)

    def _bill_step_shown(self, page: BillWizard, frame: WizardFrame) -> None:
        if frame is page.checking and not self._slip_counted:
            self._slip_counted = True
            self._station.counters.opened("slip")
            self._log(Code.PAGE_OPENED, page="slip")
        # Where only the slip is to be checked, the estimate ends at once and is no result.
        passing = frame is page.estimating and frame.session.answers.get("task") == "slip"
        if not (passing and frame.session.current is None):
            self._step_shown(frame)

    def _step_shown(self, frame: WizardFrame) -> None:
        question = frame.session.current
        if question is None:
            self._finish()
            return
        steps = [step.id for step in frame.session.steps()]
        self._step = steps.index(question.step) + 1
        if self._wizard is not None:
            self._log(Code.QUESTION_SHOWN, wizard=self._wizard, id=question.id)

    def _finish(self) -> None:
        if self._wizard is not None and not self._has_finished:
            self._has_finished = True
            self._station.counters.finished(self._wizard)

    def _leave_wizard(self) -> None:
        wizard, self._wizard = self._wizard, None
        if wizard is not None and not self._has_finished:
            self._station.counters.left(wizard, self._step)
            self._log(Code.WIZARD_LEFT, wizard=wizard, step=self._step)

    # --- taking along -----------------------------------------------------------------------------------------

    def _codes_shown(self) -> None:
        if self._on_show is not None:
            self._station.counters.taken_by_qr(self._on_show[0])

    def _printing_changed(self) -> None:
        before, self._printing_was = self._printing_was, self._window.printing.state
        if self._printing_was == "sending":
            # By the time paper comes out the person may be elsewhere, or gone.
            self._printed_from = self._on_show[0] if self._on_show is not None else None
        if before != "sending" or self._printed_from is None:
            return
        page = self._printed_from
        failed = {"unknown": "no-printer", "silent": "no-answer", "refused": "refused"}.get(self._printing_was)
        if failed is not None:
            self._log(Code.PRINT_FAILED, page=page, reason=failed)
        elif self._printing_was == "sent":
            self._station.counters.printed(page)
            self._log(Code.PRINTED, page=page)

    def _log(self, code: Code, **fields: int | str) -> None:
        try:
            self._station.log.write(code, **fields)
        except LogRefused:
            # An id the log does not know: better a line without it than none, better none than the page lost.
            fields.pop("id", None)
            self._station.log.write(code, **fields)
