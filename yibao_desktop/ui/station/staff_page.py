"""What the staff see and do behind the door: how the station is, its counts, cleaning, leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from yibao_desktop.pack.store import Words
from yibao_desktop.station.health import Fact
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.column_page import ColumnPage
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.file_dialog import ask_for_file
from yibao_desktop.ui.widgets.layouts import clear_layout
from yibao_desktop.ui.widgets.text import Card, Text
from yibao_desktop.whole_file import write_whole

Contents = Callable[[], bytes]
"""Gives what goes into a file, as it is at that moment."""


class StaffPage(ColumnPage):
    """The page of the staff.

    Signals:
        left: back to the first page.
        test_wanted: run the self-test.
        cleaning_wanted: hold the screen still to wipe it.
        restart_wanted: start the program anew.
        exit_wanted: leave the program.
    """

    test_wanted = Signal()
    cleaning_wanted = Signal()
    restart_wanted = Signal()
    exit_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, counts: Contents, status: Contents) -> None:
        """``counts`` and ``status`` are written to the files the staff take along."""
        super().__init__(theme, tr("回到首页"))
        self._theme, self._words = theme, words
        self.back_button.setObjectName("staff-back")
        self.begin(self.tr("工作人员"))
        scroll = self.scroll
        scroll.add(button_row(
            self._button(self.tr("擦屏幕"), "staff-clean", self.cleaning_wanted),
            self._button(self.tr("重新启动"), "staff-restart", self.restart_wanted, "rotate-ccw"),
            self._button(self.tr("退出"), "staff-exit", self.exit_wanted, "log-out"),
        ))
        scroll.space()
        scroll.add(Text(self.tr("这台机器"), "heading"))
        self._facts = Card(theme)
        scroll.add(self._facts)
        self.test_button = self._button("", "staff-test", self.test_wanted, "search-check")
        self._save_status = self._button(self.tr("状态存成文件"), "staff-status", None, "file-down")
        self._save_status.clicked.connect(lambda: self._ask(status, "yibao-status.txt"))
        scroll.add(button_row(self.test_button, self._save_status))
        scroll.space()
        scroll.add(Text(self.tr("用了多少次"), "heading"))
        self._today = Card(theme)
        scroll.add(self._today)
        self._save_counts = self._button(self.tr("导出计数"), "staff-counts", None, "file-down")
        self._save_counts.clicked.connect(lambda: self._ask(counts, "yibao-counts.csv"))
        scroll.add(button_row(self._save_counts))
        self._said = Text("", "strong")
        self._said.setObjectName("staff-said")
        self._said.hide()
        scroll.add(self._said)
        scroll.end()
        self.show_test(None)

    def _button(self, text: str, name: str, does: Signal | None, icon: str | None = None) -> Button:
        button = Button(self._theme, text, "outline", icon)
        button.setObjectName(name)
        if does is not None:
            button.clicked.connect(does)
        return button

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show how the station is."""
        clear_layout(self._facts.column)
        for fact in facts:
            name = self._words(fact.label)
            self._add_row(self._facts, name if fact.ok else f"{name}{self._words('health.warn')}", fact.value,
                          None if fact.ok else "warn")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show today's counts by what they are called."""
        clear_layout(self._today.column)
        note = self.tr("今天，只到 5 的倍数；不到 5 次的不列。") if counts else self.tr("今天还没有到 5 次的。")
        self._today.column.addWidget(Text(note))
        for name, count in counts.items():
            self._add_row(self._today, name, str(count))

    def show_test(self, seconds: int | None) -> None:
        """Say that the self-test has been running for ``seconds``, or offer it."""
        self.test_button.setText(self.tr("做自检") if seconds is None else self.tr("正在自检，{} 秒").format(seconds))
        if seconds is not None and self.test_button.hasFocus():
            # Otherwise Qt gives it to the first thing in the window.
            self._save_status.setFocus()
        self.test_button.setEnabled(seconds is None)

    def _add_row(self, card: Card, name: str, value: str, tone: str | None = None) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        label = Text(name, "strong", tone)
        row.addWidget(label, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(value, "body", tone), 3, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(row)

    # --- files: the only place of a kiosk with the system's window for them -----------------------------------

    def _ask(self, contents: Contents, name: str) -> None:
        ask_for_file(self, self.tr("存到 U 盘"), lambda path: self.save(contents, path), save_as=name)

    def save(self, contents: Contents, path: Path) -> None:
        """Write a file and say how it went."""
        try:
            write_whole(path, contents())
        except OSError:
            self._say(self.tr("没能存到那里：可能满了，或者不让写。请换一个文件夹再试。"), "bad")
        else:
            self._say(self.tr("存好了：{}").format(path), "ok")

    def _say(self, text: str, tone: str) -> None:
        self._said.setProperty("tone", tone)
        self._said.style().polish(self._said)
        self._said.setText(text)
        self._said.show()
