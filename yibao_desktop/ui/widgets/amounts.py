"""Entering amounts: a field that understands how people type."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.errors import AmountError
from yibao_desktop.money import parse_amount
from yibao_desktop.pack.schema import AmountField
from yibao_desktop.ui.language import language, tr_refusal
from yibao_desktop.ui.screen_reader import announce
from yibao_desktop.ui.widgets.text import Line, Text


class AmountEdit(QWidget):
    """A labelled amount in 元 with its explanation and, when wrong, the way out in words.

    Signals:
        changed: the text is another one.
        focused: this field has the cursor now.
    """

    changed = Signal()
    focused = Signal()

    def __init__(self, field: AmountField) -> None:
        super().__init__()
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = self.tr("{}（必填）").format(field.label) if field.required else field.label
        if language() == "zh":
            head = QHBoxLayout()
            head.setSpacing(12)
            head.addWidget(Line(label, "strong"), 0, Qt.AlignmentFlag.AlignTop)
            head.addWidget(Text(field.help or "", "small"), 1)
            column.addLayout(head)
        else:
            # Two short texts fit beside each other in Chinese only.
            column.addWidget(Text(label, "strong"))
            if field.help:
                column.addWidget(Text(field.help, "small"))
        self.edit = QLineEdit()
        self.edit.setObjectName(field.id)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(field.help or "")
        self.edit.setPlaceholderText("0.00")
        self.edit.setMaxLength(24)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)
        self._error = Text("", "error")
        self._error.hide()
        column.addWidget(self._error)
        self.edit.textChanged.connect(self._on_text_changed)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Tell who has the cursor, so that the number pad types there."""
        if watched is self.edit and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return False

    def value(self) -> Decimal | None:
        """Return the amount, or ``None`` for an empty field.

        Raises:
            AmountError: the text is not a usable amount.
        """
        return parse_amount(self.edit.text()) if self.edit.text().strip() else None

    def set_value(self, amount: Decimal | None) -> None:
        """Show an amount entered before."""
        self.edit.setText("" if amount is None else f"{amount:f}")

    def say(self, message: str) -> None:
        """Show what is wrong here; an empty message clears it."""
        is_new = bool(message) and message != self._error.text()
        self._error.setText(message)
        self._error.setVisible(bool(message))
        help_ = self.field.help or ""
        self.edit.setAccessibleDescription(f"{message}{help_}")
        announce(self.edit, f"{self.field.label}：{message}" if is_new else "", urgent=True)
        self.edit.setProperty("wrong", bool(message))
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def check(self) -> bool:
        """Say what is wrong with the text, if anything; ``True`` when it can be used."""
        try:
            amount = self.value()
        except AmountError as error:
            self.say(tr_refusal(error))
            return False
        missing = amount is None and self.field.required
        self.say(self.tr("请填写“{}”。").format(self.field.label) if missing else "")
        return not missing

    def _on_text_changed(self) -> None:
        if self._error.text():
            self.check()
        self.changed.emit()
