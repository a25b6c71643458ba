"""A checked slip on the screen: the verdict, the slip beside the estimate, the likely cause, and what to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from yibao_desktop.estimate.explain import Explanation, Findings
from yibao_desktop.estimate.slip import Comparison, IdentityResult, Mistyped
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.estimate.slip.summing_up import (
    CheckedSlip,
    equation,
    row_name,
    signed,
    sum_up,
    sums_in_words,
)
from yibao_desktop.estimate.telling import hint, sentence
from yibao_desktop.money import grouped, yuan
from yibao_desktop.pack.slip_forms import SlipLine
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.question_sheet import question_sheet
from yibao_desktop.paper.slip_sheet import MOST_GUESSES, MOST_OTHERS
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.figure_table import FigureTable, TableRow
from yibao_desktop.ui.widgets.fold import Entry, Fold, FoldHead, Unfolded, fold_card
from yibao_desktop.ui.widgets.layouts import clear_layout
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Text, column_widget, rule
from yibao_desktop.ui.wizard.slip_search import SlipSearch
from yibao_desktop.ui.wizard.slip_sheet import sheet_card

MOST_ROWS = 6
_MARKS = {"holds": "✓", "holds-so": "✓", "one-fen": "✓", "not-filled": "i", "differs": "!"}
_TONES = {"holds": "ok", "holds-so": "ok", "one-fen": "ok", "differs": "warn"}


@dataclass(frozen=True)
class Mended:
    """An amount the person let the program change."""

    line: SlipLine
    before: Decimal
    now: Decimal


@dataclass(frozen=True)
class Wishes:
    """What a person can do on the page."""

    mend: Callable[[SlipLine, Decimal], None]
    """Put another amount into a line and check again."""
    take_back: Callable[[], None]
    """Undo that."""
    fill_in: Callable[[SlipLine], None]
    """Go to a line that is still empty."""


@dataclass
class PageState:
    """What the person did to the page that must outlive its being made anew."""

    unfolded: Unfolded = field(default_factory=Unfolded)
    mended: Mended | None = None


class SlipPage:
    """Fills a page with what a slip comes to; what the search finds is put in when it ends."""

    def __init__(
        self, scroll: ScrollColumn, theme: Theme, pack: Pack, place: Place, checked: CheckedSlip,
        search: SlipSearch, wishes: Wishes, state: PageState, today: date,
    ) -> None:
        self._today = today
        self._theme, self._pack, self._place = theme, pack, place
        self._checked, self._search, self._wishes, self._state = checked, search, wishes, state
        self._words, self._names = pack.words, LineNames(checked.form, pack.words)
        self._citations = Citations(pack, place)
        self._below, self._holder = column_widget()
        self._below_column: QVBoxLayout = self._holder
        if state.mended is not None:
            scroll.add(self._what_was_mended(state.mended))
        summary = sum_up(checked, self._words)
        scroll.add(Banner(theme, summary.tone, summary.headline, summary.text))
        if checked.needed and not self._is_compared:
            scroll.add(self._what_to_add())
        if checked.likeliest_mistyped:
            scroll.add(self._guesses(checked.likeliest_mistyped[:MOST_GUESSES]))
        if checked.failing:
            scroll.add(self._failing())
        if self._is_compared:
            scroll.add(self._table())
        scroll.space()
        scroll.add(self._below)
        self.show_search()

    @property
    def _is_compared(self) -> bool:
        checked = self._checked
        whole = checked.estimated is not None and checked.estimated.result.complete
        return bool(checked.differing) or (bool(checked.rows) and whole)

    def show_search(self) -> None:
        """Show how the search stands, and everything that hangs on it."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._below.isAncestorOf(focus)
        name = focus.objectName() if focus is not None else ""
        clear_layout(self._holder)
        content, self._below_column = column_widget(spacing=self._theme.space("gap"))
        if self._checked.estimated is not None:
            self._add_causes()
        if self._checked.needed and self._is_compared:
            self._below_column.addWidget(self._what_to_add())
        self._add_folds()
        if self._checked.sums:
            self._below_column.addWidget(Text(self._words("checked.small-print"), "small"))
        self._holder.addWidget(content)
        content.show()
        if had_focus:
            buttons = content.findChildren(QAbstractButton)
            (next((button for button in buttons if button.objectName() == name), None) or buttons[0]).setFocus()

    # --- the slip by itself -----------------------------------------------------------------------------------

    def _what_was_mended(self, mended: Mended) -> Card:
        card = Card(self._theme, "notice")
        line, before, now = self._names(mended.line), yuan(mended.before), yuan(mended.now)
        card.column.addWidget(Text(tr("“{}”已从 {} 改成 {}，重新核对了。").format(line, before, now)))
        button = Button(self._theme, tr("改回 {}").format(before), "plain", "rotate-ccw")
        button.setObjectName("take-back")
        button.setAccessibleName(tr("把“{}”改回 {}").format(line, before))
        button.clicked.connect(self._wishes.take_back)
        card.column.addWidget(button_row(button))
        return card

    def _what_to_add(self) -> Card:
        card, needed = Card(self._theme), self._checked.needed
        card.column.addWidget(Text(self._words("slip.add", lines=self._names.quoted(needed))))
        card.column.addWidget(button_row(
            self._button("fill-in", tr("去填上"), "arrow-left", lambda: self._wishes.fill_in(needed[0]))))
        return card

    def _guesses(self, guesses: tuple[Mistyped, ...]) -> Card:
        card = Card(self._theme)
        for index, guess in enumerate(guesses):
            if index:
                card.column.addWidget(rule())
            line = self._names(guess.line)
            card.column.addWidget(Text(self._words(
                f"mistyped.{guess.how}", line=line, typed=grouped(guess.typed), would_be=grouped(guess.would_be))))
            button = Button(self._theme, tr("改成这个"), "outline", "check")
            button.setObjectName(f"mend-{guess.line}")
            button.setAccessibleName(tr("把“{}”改成 {}").format(line, yuan(guess.would_be)))
            button.clicked.connect(lambda _=False, guess=guess: self._wishes.mend(guess.line, guess.would_be))
            card.column.addWidget(button_row(button))
        return card

    def _failing(self) -> Card:
        card = Card(self._theme)
        for index, result in enumerate(self._checked.failing):
            if index:
                card.column.addWidget(rule())
            card.column.addWidget(self._sum(result))
        return card

    def _sums(self) -> QWidget:
        widget, column = column_widget(role="", spacing=self._theme.space("gap"))
        for index, result in enumerate(one for one in self._checked.sums if one.verdict != "differs"):
            if index:
                column.addWidget(rule())
            column.addWidget(self._sum(result))
        return widget

    def _sum(self, result: IdentityResult) -> QWidget:
        words, fields = self._words, {field.line for field in self._checked.form.fields}
        widget, column = column_widget(role="", spacing=4)
        verdict = words(f"identity.{result.verdict}")
        if result.verdict == "differs":
            verdict = tr("{}，差 {}").format(verdict, yuan(abs(result.difference)))
        column.addWidget(Text(f"{_MARKS[result.verdict]} {verdict}", "strong", _TONES.get(result.verdict)))
        column.addWidget(Text(words(f"identity.{result.id}")))
        for side in equation(result, self._checked.slip, self._names):
            column.addWidget(Text(side, "muted"))
        for variant in result.variants:
            column.addWidget(Text(words(f"variant.{variant}"), "small-ink"))
        absent = [line for line in result.absent if line in fields]
        if absent:
            column.addWidget(Text(words("checked.absent", lines=self._names.quoted(absent)), "small"))
        return widget

    # --- beside the estimate ------------------------------------------------------------------------------------

    def _table(self) -> Card:
        card = Card(self._theme)
        card.column.setContentsMargins(1, 8, 1, 8)
        shown, same = self._rows()
        card.column.addWidget(self._figures(shown))
        if same:
            card.column.addWidget(rule())
            head = FoldHead(self._theme, self._words("checked.same", count=str(len(same))), role="body")
            card.column.addWidget(Fold("same", head, lambda: self._figures(same), self._state.unfolded))
        return card

    def _rows(self) -> tuple[tuple[Comparison, ...], tuple[Comparison, ...]]:
        """Return what the table shows, and what it folds away: on a long slip, lines that agree."""
        rows = self._checked.rows
        if len(rows) <= MOST_ROWS or not self._checked.differing:
            return rows, ()
        shown = tuple(row for row in rows if row.difference or row.line == "medfee_sumamt")
        return shown, tuple(row for row in rows if row not in shown)

    def _figures(self, rows: tuple[Comparison, ...]) -> FigureTable:
        heads = tuple(self._words(f"sheet.head.{name}") for name in ("line", "slip", "estimate", "difference"))
        return FigureTable(self._theme, heads, tuple(self._row(row) for row in rows))

    def _row(self, row: Comparison) -> TableRow:
        figures = (grouped(row.slip), grouped(row.estimated), signed(row.difference))
        return TableRow(row_name(row, self._checked, self._words), figures, differs=bool(row.difference))

    # --- why ------------------------------------------------------------------------------------------------------

    def _add_causes(self) -> None:
        search = self._search
        if search.state == "running":
            self._add_cause_card(tr("正在找原因…"), "", self._button("stop-search", tr("不找了"), "x", search.stop))
        elif search.state == "stopped":
            again = self._button("search-again", tr("再找一找"), "search-check", search.again)
            self._add_cause_card(tr("原因没有找完"), "", again)
        elif search.state == "failed":
            self._add_cause_card(tr("找原因时出了错"), tr("上面的核对不受影响。"))
        elif search.findings is not None:
            self._add_findings(search.findings)

    def _add_findings(self, findings: Findings) -> None:
        words = self._words
        if findings.obstacle:
            # What agrees, or has another total, is said at the top.
            if findings.obstacle not in ("agrees", "total-differs"):
                self._add_cause_card(words("checked.no-search"), words(f"explain.{findings.obstacle}"))
            return
        first = next(iter(findings.explanations), None)
        if self._checked.failing and not (first and first.exact):
            self._add_cause_card(words("checked.no-search"), words("checked.sums-first"))
        elif first is None:
            self._add_cause_card(words("checked.no-cause"), words("explain.nothing"))
        else:
            title = words("checked.cause" if first.exact else "checked.suspicion")
            self._add_cause_card(title, self._sentence(first), muted=hint(first, self._pack))

    def _add_cause_card(self, title: str, text: str, button: Button | None = None, muted: str = "") -> None:
        card = Card(self._theme)
        card.column.addWidget(Text(title, "heading"))
        if text:
            card.column.addWidget(Text(text))
        if muted:
            card.column.addWidget(Text(muted, "muted"))
        if button is not None:
            card.column.addWidget(button_row(button))
        self._below_column.addWidget(card)
        self._below_column.addSpacing(self._theme.space("group") - self._theme.space("gap"))

    def _button(self, name: str, text: str, icon: str, do: Callable[[], None]) -> Button:
        button = Button(self._theme, text, "plain", icon)
        button.setObjectName(name)
        button.clicked.connect(do)
        return button

    def _sentence(self, explanation: Explanation) -> str:
        estimated = self._checked.estimated
        assert estimated is not None  # nothing is searched for without an estimate and its rule
        assert estimated.result.rule is not None
        return sentence(explanation, estimated.case, estimated.result.rule, self._pack)

    # --- what unfolds ---------------------------------------------------------------------------------------------

    def _add_folds(self) -> None:
        theme, checked = self._theme, self._checked
        entries: list[Entry] = []
        findings = self._search.findings if checked.estimated is not None else None
        others = findings.explanations[1:MOST_OTHERS + 1] if findings else ()
        if others:
            head = FoldHead(theme, tr("别的可能"), amount=tr("{} 种").format(len(others)), amount_role="muted")
            entries.append(("others", head, lambda: self._others(others)))
        if checked.worth_asking:
            sheet = question_sheet(checked, self._pack, self._place, self._today, findings)
            head = FoldHead(theme, tr("去问的时候带上这张纸"), self._words("sheet.below"))
            entries.append(("sheet", head, lambda: sheet_card(theme, sheet)))
        if sums := sums_in_words(checked, self._words):
            entries.append(("sums", FoldHead(theme, sums), self._sums))
        basis = self._citations.line(checked.form, self._words("checked.basis", form=checked.form.label))
        entries.append(("sources", FoldHead(theme, tr("依据")), lambda: self._lines([basis, *self._citations.lines()])))
        self._below_column.addWidget(fold_card(theme, entries, self._state.unfolded, {"sheet": (16, 4, 16, 16)}))

    def _others(self, explanations: tuple[Explanation, ...]) -> QWidget:
        widget, column = column_widget(role="", spacing=self._theme.space("gap"))
        for index, explanation in enumerate(explanations):
            if index:
                column.addWidget(rule())
            holder, inner = column_widget(role="", spacing=4)
            inner.addWidget(Text(self._sentence(explanation)))
            if where := hint(explanation, self._pack):
                inner.addWidget(Text(where, "muted"))
            column.addWidget(holder)
        return widget

    def _lines(self, lines: list[str]) -> QWidget:
        widget, column = column_widget(role="", spacing=8)
        for line in lines:
            column.addWidget(Text(line, "small-ink"))
        return widget
