"""The page that asks the staff for their PIN: dots, a pad of digits, and in words how long one has to wait."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.station.pin import Attempts
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.screen_reader import announce
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.pads import DELETE, KeyPad
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Text, column_widget

_SECOND = 1000


def in_words(seconds: int) -> str:
    """Return a wait as it is said: 45 秒, 3 分 20 秒."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return tr("{} 秒").format(rest)
    return tr("{} 分 {} 秒").format(minutes, rest) if rest else tr("{} 分钟").format(minutes)


class PinPage(Page):
    """Asks for the PIN and says how the try went.

    Signals:
        left: the person wants back to the first page.
        tried: how a try came out: right, wrong or wait.
    """

    left = Signal()
    tried = Signal(str)

    def __init__(self, theme: Theme, attempts: Attempts, stored: str) -> None:
        """``stored`` is what the PIN is compared with."""
        super().__init__()
        self._attempts, self._stored = attempts, stored
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(theme, wide=True)
        outer.addWidget(scroll)
        both = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.space("page"))
        self._both.addWidget(self._make_asking(theme), 1)
        self._both.addWidget(self._make_pad(theme), 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._both.addStretch(0)
        scroll.add(both)
        scroll.end()
        self._second = QTimer(self)
        self._second.setInterval(_SECOND)
        self._second.timeout.connect(self._tell_wait)
        self._tell_wait()

    def _make_asking(self, theme: Theme) -> QWidget:
        box, column = column_widget(spacing=theme.space("gap"))
        column.addWidget(Text(self.tr("工作人员请输入 PIN"), "title"))
        column.addWidget(Text(self.tr("不是工作人员，请按“回首页”。")))
        self.edit = QLineEdit()
        self.edit.setObjectName("pin")
        self.edit.setAccessibleName(self.tr("PIN"))
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText
                                      | Qt.InputMethodHint.ImhDigitsOnly)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,12}"), self.edit))
        self.edit.setFixedHeight(theme.px("control"))
        self.edit.setMaximumWidth(theme.px("body") * 16)
        self.edit.textChanged.connect(self._enable)
        self.edit.returnPressed.connect(self._try)
        column.addWidget(self.edit)
        self._said = Text("", "error")
        self._said.setObjectName("pin-said")
        self._said.hide()
        column.addWidget(self._said)
        self.open_button = Button(theme, self.tr("打开"), "primary")
        self.open_button.setObjectName("pin-open")
        self.open_button.clicked.connect(self._try)
        self.back_button = Button(theme, self.tr("回首页"), "outline", "arrow-left")
        self.back_button.setObjectName("pin-back")
        self.back_button.clicked.connect(self.left)
        column.addWidget(button_row(self.back_button, self.open_button))
        column.addStretch(1)
        return box

    def _make_pad(self, theme: Theme) -> KeyPad:
        keys = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "0", DELETE)
        self.pad = KeyPad(theme, keys, 3, {DELETE: self.tr("删除一位")})
        self.pad.lay(3, {"0": 2})
        zero = self.pad.findChild(Button, "key-0")
        assert zero is not None
        zero.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pad.type_into(self.edit)
        return self.pad

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.edit if self.edit.isEnabled() else self.back_button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the pad at the side, or under the field where the window is upright."""
        super().resizeEvent(event)
        beside = self.width() > self.height()
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def wipe(self) -> None:
        """Forget what was typed."""
        # Unlike clear(), this keeps nothing that could be undone.
        self.edit.setText("")

    def _try(self) -> None:
        pin = self.edit.text()
        self.wipe()
        if not pin or self._attempts.seconds_left:
            return
        how = self._attempts.attempt(pin, self._stored)
        del pin
        if how == "wrong":
            self._say(self.tr("PIN 不对，请再输一遍。"))
            self.edit.setFocus()
        self._tell_wait()
        # Last: this page may be gone afterwards.
        self.tried.emit(how)

    def _tell_wait(self) -> None:
        left = self._attempts.seconds_left
        waiting = not self.edit.isEnabled()
        if left:
            self._say(self.tr("PIN 连错了几次。请等 {} 再试。").format(in_words(left)), aloud=not waiting)
            self._second.start()
        elif waiting:
            self._second.stop()
            self._said.hide()
        if waiting != bool(left):
            self.edit.setEnabled(not left)
            self.pad.setEnabled(not left)
            self.first_control().setFocus()
        self._enable()

    def _say(self, text: str, aloud: bool = True) -> None:
        self._said.setText(text)
        self._said.show()
        if aloud:
            announce(self, text, urgent=True)

    def _enable(self) -> None:
        self.open_button.setEnabled(bool(self.edit.text()) and self.edit.isEnabled())
