"""Home: three jobs, and what people often ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.pack.store import Pack
from yibao_desktop.settings import WIZARDS, Wizard
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.cards import PressCard
from yibao_desktop.ui.widgets.layouts import FlowLayout
from yibao_desktop.ui.widgets.picture import Picture
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Text, column_widget, old_pack_banner


def jobs() -> tuple[tuple[str, str, str, str], ...]:
    """Return id, icon, title and purpose of the three jobs."""
    return (
        ("sharing", "users", tr("家庭共济怎么办"), tr("看家人能不能用您的医保个人账户，要带什么、在哪里办")),
        ("bill", "receipt-text", tr("这张账单对不对"), tr("估算能报多少、自己付多少，再看票据加得对不对")),
        ("channels", "search-check", tr("去哪里查"), tr("余额、消费明细、共济记录、缴费，手机、电话、窗口都列出来")),
    )


class JobCard(PressCard):
    """A large card that opens a job."""

    def __init__(self, theme: Theme, icon: str, title: str, purpose: str) -> None:
        super().__init__(theme)
        self.tell(title, purpose)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(28, 24, 28, 16)
        mark = Picture(theme, icon, "brand", "mark")
        mark.setProperty("role", "job-mark")
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        side = theme.px("icon") * 2 + 10
        mark.setFixedSize(side, side)
        texts, column = column_widget(role="", spacing=8)
        column.addWidget(Text(title, "title"))
        column.addWidget(Text(purpose, "muted"))
        column.addStretch(1)
        self._row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(texts, 1)
        self.only_to_read(mark, texts)

    def lie(self, flat: bool) -> None:
        """Put the icon beside the words (flat) or above them."""
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(24 if flat else 14)


class HomePage(Page):
    """The first page.

    Signals:
        job_chosen: id of the job: sharing, bill or channels.
        topic_chosen: id of a guide or of another page to read.
        search_wanted: the search is to be opened.
        language_wanted: the language to go on in.
    """

    is_home = True

    job_chosen = Signal(str)
    topic_chosen = Signal(str)
    search_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self, theme: Theme, pack: Pack, today: date, wizards: Sequence[Wizard] = WIZARDS) -> None:
        super().__init__()
        self._theme, self._pack = theme, pack
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(theme, wide=True)
        outer.addWidget(self._scroll)
        if pack.info.review_by < today:
            self._scroll.add(old_pack_banner(theme, pack))
        self._scroll.add(self._title_row())
        offered = [job for job in jobs() if job[0] in wizards]
        self._cards = [JobCard(theme, icon, title, purpose) for _, icon, title, purpose in offered]
        for (id_, *_), card in zip(offered, self._cards, strict=True):
            card.setObjectName(f"job-{id_}")
            card.clicked.connect(lambda _=False, id_=id_: self.job_chosen.emit(id_))
        cards = QWidget()
        self._grid = QGridLayout(cards)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space("group"))
        self._scroll.add(cards)
        # A button in the shape of a field: typing begins where the results will stand, so that nothing jumps away
        # under an input method in the middle of a word.
        self.search_button = Button(theme, pack.words("search.hint"), "field", "search")
        self.search_button.setObjectName("open-search")
        self.search_button.setAccessibleName(self.tr("搜问题"))
        self.search_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search_button.clicked.connect(self.search_wanted)
        self._scroll.space()
        self._scroll.add(self.search_button)
        self._scroll.space()
        self._scroll.add(Text(self.tr("大家常问"), "heading"))
        topics = QWidget()
        flow = FlowLayout(14)
        topics.setLayout(flow)
        for id_, label in pack.words.starting_with("home"):
            chip = Button(theme, label, "chip")
            chip.setObjectName(f"topic-{id_}")
            chip.clicked.connect(lambda _=False, id_=id_: self.topic_chosen.emit(id_))
            flow.addWidget(chip)
        self._scroll.add(topics)
        self._scroll.end()
        self._columns = 0
        self._arrange(len(self._cards))

    def _title_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Text(self.tr("您想办什么？"), "title"), 1)
        # Who needs it cannot read the language on the screen: it is named in its own.
        other, name = ("en", "English") if self._pack.language == "zh" else ("zh", "中文")
        self.language_button = Button(self._theme, name, "outline", "languages")
        self.language_button.setObjectName("language")
        self.language_button.setAccessibleDescription(self.tr("换一种语言"))
        self.language_button.clicked.connect(lambda: self.language_wanted.emit(other))
        line.addWidget(self.language_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where three would be narrow."""
        super().resizeEvent(event)
        self._arrange(len(self._cards) if self.width() >= self._theme.px("body") * 48 else 1)
        self._fit_search()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, card in enumerate(self._cards):
            card.lie(flat=columns == 1)
            self._grid.addWidget(card, index // columns, index % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _fit_search(self) -> None:
        """Say less in the search field where the example does not fit."""
        room = self.width() - 2 * self._theme.space("page")
        self.search_button.setText(self._pack.words("search.hint"))
        if self.search_button.sizeHint().width() > room:
            self.search_button.setText(self._pack.words("search.hint-short"))

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self._cards[0]
