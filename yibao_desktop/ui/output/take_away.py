"""The page that gives a result away: codes for the phone, paper, or a PDF file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QGridLayout, QVBoxLayout, QWidget

from yibao_desktop.pack.store import Words
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paper.brief import brief
from yibao_desktop.paper.plain_text import plain_text
from yibao_desktop.paper.text_codes import TextCode, text_codes
from yibao_desktop.settings import Paper, Profile
from yibao_desktop.ui.output.document import Document, write_pdf
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.pages.home import JobCard
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import bottom_bar, button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.file_dialog import ask_for_file
from yibao_desktop.ui.widgets.layouts import clear_layout
from yibao_desktop.ui.widgets.qr import QrCode
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Text, column_widget

View = Literal["choice", "codes", "print", "pdf"]


class TakeAwayPage(Page):
    """Three ways to take a sheet along; each leads to a view of its own, and Back leads out again.

    Signals:
        left: the person wants back to the result.
        codes_shown: the codes to scan are on the screen.
    """

    lies_over = True
    redraws_itself = True

    left = Signal()
    codes_shown = Signal()

    def __init__(
        self, theme: Theme, words: Words, sheets: Sequence[Sheet], profile: Profile, printing: Printing,
        aside: list[Sheet] | None = None,
    ) -> None:
        """``aside`` holds the sheets of this person that wait to be printed together; ``None`` where none can wait."""
        super().__init__()
        self._aside, self._only_this = aside, False
        self._queue: list[Sheet] = []
        """What is being printed and what comes after it."""
        self._theme, self._words, self._profile, self._printing = theme, words, profile, printing
        self._sheets = tuple(sheets)
        self._sheet = self._sheets[0]
        self._paper: Paper = profile.papers[0] if profile.papers else "a4"
        self._in_brief = False
        self._printer = ""
        self._view: View = "choice"
        self._number = 0
        """Which code is shown."""
        self._saved: Path | None = None
        self._could_not_save = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._middle = QVBoxLayout()
        outer.addLayout(self._middle, 1)
        outer.addWidget(self._make_bar())
        theme.follow(self._show)
        printing.changed.connect(self._printing_changed)
        if profile.papers:
            printing.rest()
            printing.look()
        self._show()

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        if self._view == "choice":
            return self._cards[0]
        return self.next_button if self.next_button.isVisible() and self.next_button.isEnabled() else self.back_button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is Back, Enter the filled button."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_button.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next_button.isVisible():
            self.next_button.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the code over the words where the window is upright."""
        super().resizeEvent(event)
        self._turn()

    # --- the bar ----------------------------------------------------------------------------------------------

    def _make_bar(self) -> QFrame:
        self.back_button = Button(self._theme, "", "outline", "arrow-left")
        self.back_button.setObjectName("take-away-back")
        self.back_button.clicked.connect(self._go_back)
        self.before_button = Button(self._theme, self.tr("上一个"), "outline", "arrow-left")
        self.before_button.setObjectName("code-before")
        self.before_button.clicked.connect(lambda: self._turn_to(self._number - 1))
        self.next_button = Button(self._theme, "", "primary")
        self.next_button.setObjectName("take-away-next")
        self.next_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.next_button.clicked.connect(self._go_on)
        return bottom_bar(self.back_button, right=self.next_button, before=self.before_button)

    def _go_back(self) -> None:
        if self._view == "choice":
            self.left.emit()
        else:
            self._go("choice")

    def _go_on(self) -> None:
        if self._view == "codes":
            if self._number + 1 < len(self._codes):
                self._turn_to(self._number + 1)
            else:
                self._go("choice")
        elif self._view == "print":
            self._queue = self._to_print
            self._print_first()
        elif self._view == "pdf":
            self._choose_file()

    def _go(self, view: View) -> None:
        self._view, self._number = view, 0
        # Nobody scans ten codes or wants a metre of paper unless asked for.
        self._in_brief = view == "codes" or self._paper == "receipt"
        self._saved, self._could_not_save = None, False
        if view == "print":
            # What happened to an earlier print is over; printers may have come or gone.
            self._printing.rest()
            if self._printing.state == "unasked" or not self._printing.names:
                self._printing.look()
        self._show()
        self.first_control().setFocus()
        if view == "codes":
            self.codes_shown.emit()

    def _turn_to(self, number: int) -> None:
        at_button = self.before_button if self.before_button.hasFocus() else self.next_button
        self._number = number
        self._show()
        (at_button if at_button.isEnabled() and at_button.isVisible() else self.next_button).setFocus()

    # --- what is taken along ----------------------------------------------------------------------------------

    @property
    def _chosen(self) -> Sheet:
        return self._much(self._in_brief)

    def _much(self, in_brief: bool) -> Sheet:
        return brief(self._sheet, self._words) if in_brief else self._sheet

    @property
    def _codes(self) -> tuple[TextCode, ...]:
        return text_codes(plain_text(self._chosen))

    def _choose_sheet(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._show()

    def _choose_brief(self, in_brief: bool) -> None:
        self._in_brief, self._number = in_brief, 0
        self._show()

    def _choose_paper(self, paper: Paper) -> None:
        self._paper, self._in_brief = paper, paper == "receipt"
        self._show()

    def _choose_whether_only_this(self, only_this: bool) -> None:
        self._only_this = only_this
        self._show()

    def _choose_printer(self, name: str) -> None:
        self._printer = name
        self._show()

    # --- showing ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        focused = self.focusWidget()
        name = focused.objectName() if focused is not None else ""
        clear_layout(self._middle)
        self._code_row: QBoxLayout | None = None
        views: dict[View, Callable[[], QWidget]] = {
            "choice": self._choice, "codes": self._code_view, "print": self._print_view, "pdf": self._pdf_view}
        content = views[self._view]()
        self._middle.addWidget(content)
        content.show()
        self._label_bar()
        self._turn()
        same = [widget for widget in self.findChildren(QWidget, name) if widget.isVisible()] if name else []
        if same:
            same[-1].setFocus()

    def _label_bar(self) -> None:
        choosing, codes = self._view == "choice", self._view == "codes"
        self.back_button.setText(self.tr("回结果") if choosing else self.tr("换一种带法"))
        self.before_button.setVisible(codes and len(self._codes) > 1)
        self.before_button.setEnabled(self._number > 0)
        self.next_button.setVisible(not choosing)
        self.next_button.setEnabled(self._view != "print" or self._can_print)
        if codes:
            last = self._number + 1 == len(self._codes)
            self.next_button.setText(self.tr("扫好了") if last else self.tr("下一个"))
            self.next_button.set_icon("check" if last else "arrow-right")
        else:
            printing = self._view == "print"
            self.next_button.setText(self.tr("打印") if printing else self.tr("存成 PDF"))
            self.next_button.set_icon("printer" if printing else "file-down")

    def _page(self, title: str, lead: str) -> ScrollColumn:
        scroll = ScrollColumn(self._theme, wide=self._view == "choice")
        scroll.add(Text(title, "title"))
        scroll.add(Text(lead, "lead"))
        return scroll

    def _chips(self, label: str, choices: Sequence[tuple[str, str, bool, Callable[[], None]]]) -> QWidget:
        """Return named chips of which one is chosen: (object name, words, whether it is, what choosing it does)."""
        holder, column = column_widget(spacing=8)
        column.addWidget(Text(label, "strong"))
        group = QButtonGroup(holder)
        chips = []
        for name, text, chosen, choose in choices:
            chip = Button(self._theme, text, "chip")
            chip.setObjectName(name)
            chip.setCheckable(True)
            # One of several, also for a screen reader.
            chip.setAutoExclusive(True)
            chip.setChecked(chosen)
            chip.clicked.connect(lambda _=False, choose=choose: choose())
            group.addButton(chip)
            chips.append(chip)
        column.addWidget(button_row(*chips))
        return holder

    # --- the three ways ---------------------------------------------------------------------------------------

    def _choice(self) -> QWidget:
        scroll = self._page(self.tr("怎么带走？"), self._sheet.title)
        if len(self._sheets) > 1:
            scroll.add(self._chips(self.tr("带哪一张"), [
                (f"sheet-{number}", sheet.title, sheet is self._sheet, lambda sheet=sheet: self._choose_sheet(sheet))
                for number, sheet in enumerate(self._sheets)]))
        self._cards = []
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self._theme.space("group"))
        for view, icon, title, purpose in self._ways():
            card = JobCard(self._theme, icon, title, purpose)
            card.setObjectName(f"take-{view}")
            card.clicked.connect(lambda _=False, view=view: self._go(view))
            self._cards.append(card)
            # In its place before the page is shown: what is laid out later cannot take the focus at once.
            self._grid.addWidget(card, len(self._cards) - 1, 0)
        scroll.space()
        scroll.add(holder)
        scroll.end()
        return scroll

    def _how_much(self, said: Callable[[Sheet], str]) -> list[QWidget]:
        """Return the choice between gist and whole, each with what it takes; nothing where they are the same."""
        if not self._sheet.essential:
            return []
        gist, whole = self.tr("要点，{}"), self.tr("全文，{}")
        return [self._chips(self.tr("带多少"), [
            ("brief", gist.format(said(self._much(True))), self._in_brief, lambda: self._choose_brief(True)),
            ("whole", whole.format(said(self._much(False))), not self._in_brief, lambda: self._choose_brief(False))])]

    def _ways(self) -> list[tuple[View, str, str, str]]:
        ways: list[tuple[View, str, str, str]] = [
            ("codes", "qr-code", self.tr("扫码带走"), self.tr("手机扫一扫，字就在手机里，不用上网"))]
        if self._profile.papers:
            ways.append(("print", "printer", self.tr("打印"), self.tr("A4 纸大字，或者 80 毫米小票")))
        if self._profile.may_save_files:
            ways.append(("pdf", "file-down", self.tr("存成 PDF"), self.tr("存成文件，以后再看、再打印")))
        return ways

    # --- codes ------------------------------------------------------------------------------------------------

    def _code_view(self) -> QWidget:
        codes, number = self._codes, self._number
        holder = QWidget()
        holder.setProperty("role", "ground")
        self._code_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        page = self._theme.space("page")
        self._code_row.setContentsMargins(page, page // 2, page, page // 2)
        self._code_row.setSpacing(self._theme.space("group"))
        which = self.tr("第 {} 个，共 {} 个").format(number + 1, len(codes))
        self.code = QrCode(self._theme, codes[number].content, which, grows=True)
        self.code.setObjectName("text-code")
        # The words scroll where the window is low: the code needs its height.
        words = ScrollColumn(self._theme, wide=True)
        words.widget().layout().setContentsMargins(0, 0, 0, 0)
        column = words.column
        column.addStretch(1)
        if len(codes) > 1:
            column.addWidget(Text(which, "title"))
        column.addWidget(Text(self.tr("打开手机相机或微信“扫一扫”，对准这个码。字会出现在手机里，不用上网。"), "lead"))
        if number + 1 < len(codes):
            column.addWidget(Text(self.tr("手机上出现字了，再按“下一个”。"), "lead"))
        for choice in self._how_much(lambda sheet: self.tr("{} 个码").format(len(text_codes(plain_text(sheet))))):
            column.addSpacing(self._theme.space("group"))
            column.addWidget(choice)
        column.addStretch(1)
        self._code_row.addWidget(self.code, 3)
        self._code_row.addWidget(words, 2)
        return holder

    def _turn(self) -> None:
        if self._view == "choice":
            columns = len(self._cards) if self.width() >= self._theme.px("body") * 48 else 1
            for number, card in enumerate(self._cards):
                card.lie(flat=columns == 1)
                self._grid.addWidget(card, number // columns, number % columns)
            for column in range(columns):
                self._grid.setColumnStretch(column, 1)
        if self._code_row is not None:
            upright = self.height() > self.width()
            self._code_row.setDirection(
                QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)

    # --- paper ------------------------------------------------------------------------------------------------

    @property
    def _usual(self) -> str:
        """The printer to use without asking: that of the settings and no other, else the system's."""
        wanted, printing = self._profile.printer, self._printing
        return printing.usual if wanted is None else wanted if wanted in printing.names else ""

    @property
    def _can_print(self) -> bool:
        printing = self._printing
        return printing.state not in ("unasked", "looking", "sending") and bool(self._printer or self._usual)

    @property
    def _all(self) -> list[Sheet]:
        """What is aside, and what is chosen here."""
        aside = self._aside or []
        return list(aside) if self._chosen in aside else [*aside, self._chosen]

    @property
    def _to_print(self) -> list[Sheet]:
        return [self._chosen] if self._only_this else self._all

    def _print_first(self) -> None:
        self._printing.send(self._queue[0], self._paper, self._printer or self._usual)

    def _papers(self) -> QWidget:
        names: dict[Paper, str] = {"a4": self.tr("A4 大字"), "receipt": self.tr("小票 80 毫米")}
        return self._chips(self.tr("纸"), [
            (f"paper-{paper}", names[paper], paper == self._paper, lambda paper=paper: self._choose_paper(paper))
            for paper in self._profile.papers or ("a4",)])

    def _length(self, sheet: Sheet) -> str:
        document = Document(sheet, self._paper)
        if self._paper == "a4":
            return self.tr("{} 页").format(len(document.pages))
        return self.tr("大约 {} 厘米").format(round(document.size.height() * len(document.pages) / 10))

    def _add_paper_choices(self, scroll: ScrollColumn) -> None:
        scroll.add(self._papers())
        choices = self._how_much(self._length) or [Text(self._length(self._sheet), "muted")]
        for choice in choices:
            scroll.add(choice)

    def _print_view(self) -> QWidget:
        scroll = self._page(self.tr("打印"), self._chosen.title)
        printing = self._printing
        if printing.state in ("unasked", "looking"):
            scroll.add(Banner(self._theme, "info", self.tr("正在找打印机…")))
        elif self._profile.printer is not None and not self._usual:
            self._say(scroll, "warn", self.tr("没有找到打印机"),
                      self.tr("这里用的打印机是“{}”，现在找不到它。请告诉工作人员，或者换一种带法。").format(
                          self._profile.printer))
        elif not printing.names or (not self._profile.may_choose_printer and not self._usual):
            self._say(scroll, "warn", self.tr("没有找到打印机"),
                      self.tr("这台机器没有装打印机，或者打印机没有开。可以换一种带法。"))
        else:
            self._how_it_went(scroll)
            if self._aside is not None:
                self._add_aside(scroll, self._aside)
            self._add_paper_choices(scroll)
            if self._profile.may_choose_printer:
                chosen = self._printer or self._usual
                scroll.add(self._chips(self.tr("打印机"), [
                    (f"printer-{number}", name, name == chosen, lambda name=name: self._choose_printer(name))
                    for number, name in enumerate(printing.names)]))
        scroll.end()
        return scroll

    def _add_aside(self, scroll: ScrollColumn, aside: list[Sheet]) -> None:
        """Offer to print this one with others of the same person, later or now."""
        count = len(self._all)
        if aside:
            scroll.add(Text(self.tr("这一位放着 {} 张：{}").format(
                len(aside), self.tr("、").join(sheet.title for sheet in aside)), "lead"))
        if count > 1:
            scroll.add(self._chips(self.tr("打哪些"), [
                ("print-all", self.tr("放着的一起打，共 {} 张").format(count), not self._only_this,
                 lambda: self._choose_whether_only_this(False)),
                ("print-one", self.tr("只打这一张"), self._only_this, lambda: self._choose_whether_only_this(True))]))
        if self._chosen not in aside:
            button = Button(self._theme, self.tr("先放着，等会儿一起打"), "outline")
            button.setObjectName("put-aside")
            button.clicked.connect(self._put_aside)
            scroll.add(button_row(button))

    def _put_aside(self) -> None:
        if self._aside is not None:
            self._aside.append(self._chosen)
            self._show()
            self.back_button.setFocus()

    def _how_it_went(self, scroll: ScrollColumn) -> None:
        state = self._printing.state
        if state == "sending":
            more = len(self._queue) - 1
            scroll.add(Banner(self._theme, "info", self.tr("正在送去打印…"),
                              self.tr("后面还有 {} 张，请等它们都送完。").format(more) if more > 0
                              else self.tr("不用等，可以先按“换一种带法”。")))
        elif state == "sent":
            self._say(scroll, "ok", self.tr("已经送去打印"),
                      self.tr("纸没有出来，可能是缺纸，或者打印机没有开。请找工作人员，或者换一种带法。"))
        elif state == "unknown":
            self._say(scroll, "warn", self.tr("系统里没有这台打印机了"),
                      self.tr("请选别的打印机，或者换一种带法。") if self._profile.may_choose_printer
                      else self.tr("请告诉工作人员，或者换一种带法。"))
        elif state in ("refused", "silent"):
            self._say(scroll, "warn", self.tr("打印机没有接这份打印"),
                      self.tr("它可能没有开、缺纸，或者正忙。可以再试一次，或者换一种带法。"))

    def _say(self, scroll: ScrollColumn, tone: str, headline: str, text: str) -> None:
        """Say how it stands, with the ways that work without a printer."""
        scroll.add(Banner(self._theme, tone, headline, text))
        buttons = []
        for view, icon, title, _ in self._ways():
            if view not in ("print", self._view):
                button = Button(self._theme, title, "outline", icon)
                button.setObjectName(f"instead-{view}")
                button.clicked.connect(lambda _=False, view=view: self._go(view))
                buttons.append(button)
        scroll.add(button_row(*buttons))
        scroll.space()

    def _printing_changed(self) -> None:
        state = self._printing.state
        if state == "sent" and self._queue:
            printed = self._queue.pop(0)
            if self._aside and printed in self._aside:
                self._aside.remove(printed)
            if self._queue:
                self._print_first()
                return
        elif state != "sending":
            # What was not printed stays aside.
            self._queue.clear()
        if self._view == "print":
            self._show()

    # --- files ------------------------------------------------------------------------------------------------

    def _pdf_view(self) -> QWidget:
        scroll = self._page(self.tr("存成 PDF"), self._chosen.title)
        if self._saved is not None:
            scroll.add(Banner(self._theme, "ok", self.tr("存好了"), str(self._saved)))
        elif self._could_not_save:
            self._say(scroll, "warn", self.tr("没能存到那里"),
                      self.tr("那个文件夹可能不让写，或者盘满了。请换一个文件夹，或者换一种带法。"))
        self._add_paper_choices(scroll)
        scroll.end()
        return scroll

    def _choose_file(self) -> None:
        ask_for_file(self, self.tr("存成 PDF"), self._save, kinds=self.tr("PDF 文件 (*.pdf)"), suffix="pdf",
                     save_as=f"{self._chosen.title}.pdf")

    def _save(self, path: Path) -> None:
        wrote = write_pdf(self._chosen, self._paper, path)
        self._saved, self._could_not_save = (path, False) if wrote else (None, True)
        self._show()
