"""Saving a bill as a file and opening one, both only when the person asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.flow.saved_bill import SUFFIX, NotASavedBill, SavedBill, read
from yibao_desktop.ui.language import tr_refusal
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.file_dialog import ask_for_file
from yibao_desktop.ui.widgets.text import Text


class _Files(QWidget):
    """A button that asks for a file, and a line below it that says how it went."""

    def __init__(self, theme: Theme, name: str, label: str, icon: str, said: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.button = Button(theme, label, "plain", icon)
        self.button.setObjectName(name)
        self.button.clicked.connect(self._ask)
        column.addWidget(button_row(self.button))
        self._said = Text(said, "small")
        column.addWidget(self._said)
        self._said.setVisible(bool(said))

    def _ask(self) -> None:
        kinds = self.tr("账单文件 (*.{})").format(SUFFIX)
        ask_for_file(self, self.button.text(), self._use, kinds=kinds, suffix=SUFFIX, save_as=self._name())

    def _name(self) -> str | None:
        raise NotImplementedError

    def _use(self, path: Path) -> None:
        raise NotImplementedError

    def _say(self, text: str, wrong: bool = False) -> None:
        self._said.setProperty("role", "error" if wrong else "small")
        self._said.style().polish(self._said)
        self._said.setText(text)
        self._said.show()


class SaveBill(_Files):
    """Writes the bill on the screen down."""

    def __init__(self, theme: Theme, bill: Callable[[], bytes]) -> None:
        super().__init__(theme, "save-bill", self.tr("把这张账单存成文件"), "file-down",
                         self.tr("以后可以打开接着算。里面只有看病的情况和金额，没有姓名和证件号。"))
        self._bill = bill

    def _name(self) -> str | None:
        return f"{self.tr('账单')}.{SUFFIX}"

    def _use(self, path: Path) -> None:
        try:
            path.write_bytes(self._bill())
        except OSError:
            self._say(self.tr("没能存到那里：可能满了，或者不让写。请换一个文件夹再试。"), wrong=True)
        else:
            self._say(self.tr("存好了：{}").format(path))


class OpenBill(_Files):
    """Reads a bill that was saved here.

    Signals:
        opened: the bill.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "open-bill", self.tr("打开存过的账单"), "receipt-text")

    def _name(self) -> str | None:
        return None

    def _use(self, path: Path) -> None:
        try:
            saved: SavedBill = read(path.read_bytes())
        except NotASavedBill as error:
            self._say(tr_refusal(error), wrong=True)
        except OSError:
            self._say(self.tr("这个文件读不出来。请看看它还在不在。"), wrong=True)
        else:
            self.opened.emit(saved)
