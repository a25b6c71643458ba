"""This year on the screen: what is left of it after the bill, and the bills entered so far in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from yibao_desktop.estimate.standing import Left
from yibao_desktop.money import grouped
from yibao_desktop.pack.store import Words
from yibao_desktop.paper.estimate_sheet import standing_words, total_of
from yibao_desktop.paper.footer import day_in_words
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.figure_table import FigureTable, TableRow
from yibao_desktop.ui.widgets.fold import figure_row
from yibao_desktop.ui.widgets.text import Card, Text, rule
from yibao_desktop.ui.wizard.year_of_bills import BillOfYear, EnteredBill

"""Stands where an amount hangs on a missing figure."""


@dataclass(frozen=True)
class YearWishes:
    """What a person can do with the bills of the year."""

    add: Callable[[], None]
    show: Callable[[int], None]
    remove: Callable[[int], None]
    put_back: Callable[[], None]


def standing_card(theme: Theme, words: Words, left: tuple[Left, ...]) -> QWidget:
    """Return how far each threshold and limit of the year still is."""
    card = Card(theme)
    card.column.setContentsMargins(1, 8, 1, 8)
    card.column.setSpacing(0)
    for index, item in enumerate(left):
        if index:
            card.column.addWidget(rule())
        row = QWidget()
        below, far = standing_words(words, item)
        figure_row(theme, row, item.label, below, far, mark=False)
        card.column.addWidget(row)
    return card


def year_card(
    theme: Theme, words: Words, bills: tuple[BillOfYear, ...], unfinished: tuple[EnteredBill, ...],
    removed: EnteredBill | None, wishes: YearWishes,
) -> QWidget:
    """Return the bills as a table, those not finished under it, and the way to have a removed one back."""
    card = Card(theme)
    card.column.setContentsMargins(8, 8, 8, 8)
    if len(bills) > 1:
        heads = (tr("结算日期"), words("line.medfee_sumamt"), words("result.funds"), words("result.person"))
        rows = [*(_row(theme, words, bill, wishes) for bill in bills), _total(bills)]
        card.column.addWidget(FigureTable(theme, heads, tuple(rows)))
    for bill in unfinished:
        card.column.addWidget(_unfinished(theme, words, bill, wishes))
    if removed is not None:
        card.column.addWidget(_removed(theme, words, removed, wishes))
    return card


def _row(theme: Theme, words: Words, bill: BillOfYear, wishes: YearWishes) -> TableRow:
    visit = bill.case.visit
    name = f"{day_in_words(bill.case.on, words)} {words(f'visit.{visit.kind}')}"
    amounts = bill.result.amounts
    standing = bill.result.standing
    after = tr("，").join(f"{left.label} {grouped(left.used)}" for left in (standing.left if standing else ()))
    return TableRow(
        name, tuple(_amount(amounts[line]) for line in ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt")),
        tag=tr("上面算的是这一张") if bill.on_screen else "",
        note=tr("这次以后累计：{}").format(after) if after else "",
        actions=lambda: _actions(theme, name, bill, wishes),
    )


def _actions(theme: Theme, name: str, bill: BillOfYear, wishes: YearWishes) -> QWidget:
    remove = Button(theme, tr("删去这张"), "quiet")
    remove.setObjectName(f"remove-bill-{bill.number}")
    remove.setAccessibleName(tr("删去{}这张").format(name))
    remove.clicked.connect(lambda: wishes.remove(bill.number))
    if bill.on_screen:
        return button_row(remove)
    show = Button(theme, tr("看这张怎么算"), "quiet")
    show.setObjectName(f"show-bill-{bill.number}")
    show.setAccessibleName(tr("看{}这张怎么算").format(name))
    show.clicked.connect(lambda: wishes.show(bill.number))
    return button_row(show, remove)


def _total(bills: tuple[BillOfYear, ...]) -> TableRow:
    lines = ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt")
    totals = tuple(_amount(total_of(bills, line)) for line in lines)
    return TableRow(tr("{} 张合计").format(len(bills)), totals, strong=True)


def _unfinished(theme: Theme, words: Words, bill: EnteredBill, wishes: YearWishes) -> QWidget:
    kind = bill.answers.get("kind")
    what = tr("（{}）").format(words(f"visit.{kind}")) if isinstance(kind, str) else ""
    go_on = Button(theme, tr("接着填"), "outline")
    go_on.setObjectName(f"show-bill-{bill.number}")
    go_on.clicked.connect(lambda: wishes.show(bill.number))
    remove = Button(theme, tr("删去"), "quiet")
    remove.setObjectName(f"remove-bill-{bill.number}")
    remove.clicked.connect(lambda: wishes.remove(bill.number))
    return _notice(theme, tr("还有一张没填完{}，没有算进来。").format(what), go_on, remove)


def _removed(theme: Theme, words: Words, bill: EnteredBill, wishes: YearWishes) -> QWidget:
    kind = bill.answers.get("kind")
    what = words(f"visit.{kind}") if isinstance(kind, str) else ""
    back = Button(theme, tr("放回去"), "outline", "rotate-ccw")
    back.setObjectName("put-back")
    back.clicked.connect(wishes.put_back)
    return _notice(theme, tr("删去了一张{}账单。").format(what), back)


def _notice(theme: Theme, text: str, *buttons: Button) -> QWidget:
    notice = Card(theme, "notice")
    notice.column.setContentsMargins(16, 12, 16, 12)
    notice.column.addWidget(Text(text))
    notice.column.addWidget(button_row(*buttons))
    return notice


def _amount(amount: Decimal | None) -> str:
    return tr("还不知道") if amount is None else grouped(amount)
