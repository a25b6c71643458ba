"""Pads of keys for fingers: digits for amounts, letters for searching; they type into a field."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import Button

DELETE, CLEAR = "delete", "clear"


class KeyPad(QWidget):
    """Keys that type into the field that last had the cursor."""

    def __init__(self, theme: Theme, keys: Sequence[str], columns: int, names: Mapping[str, str]) -> None:
        super().__init__()
        self._target: QLineEdit | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._keys = {key: self._make_key(theme, key, names.get(key, key)) for key in keys}
        self.lay(columns)

    def _make_key(self, theme: Theme, key: str, name: str) -> Button:
        if key == DELETE:
            button = Button(theme, "", "key", "delete")
        else:
            button = Button(theme, name if key == CLEAR else key, "key")
        button.setObjectName(f"key-{key}")
        button.setAccessibleName(name)
        if key != CLEAR:
            button.repeat()
        # The cursor must stay where the characters go.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False, key=key: self._press(key))
        return button

    def lay(self, columns: int, last_row: Mapping[str, int] | None = None) -> None:
        """Stand the keys in ``columns``; ``last_row`` says which of the last take more than one column."""
        place = 0
        for key, button in self._keys.items():
            wide = (last_row or {}).get(key, 1)
            self._grid.addWidget(button, place // columns, place % columns, 1, wide)
            place += wide

    def type_into(self, edit: QLineEdit) -> None:
        """Send the next keys to ``edit``."""
        self._target = edit

    def _press(self, key: str) -> None:
        if self._target is None:
            return
        if key == DELETE:
            self._target.backspace()
        elif key == CLEAR:
            self._target.clear()
        else:
            self._target.insert(key)


class NumberPad(KeyPad):
    """Ten digits, the point and one to take the last away."""

    def __init__(self, theme: Theme) -> None:
        keys = ("7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", DELETE)
        super().__init__(theme, keys, 3, {DELETE: tr("删除一位"), ".": tr("小数点")})


class LetterPad(KeyPad):
    """The alphabet in its order: who has no input method spells by first letters."""

    def __init__(self, theme: Theme) -> None:
        named = {DELETE: tr("删除一个字"), CLEAR: tr("清空")}
        super().__init__(theme, (*string.ascii_lowercase, DELETE, CLEAR), 7, named)
        self._page = theme.space("page")
        for key in self._keys.values():
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def stand(self, beside: bool, height: int) -> None:
        """Be narrow and high beside what is found, within ``height``, or wide and low under it."""
        page, most = self._page, 16777215
        if beside:
            self._grid.setContentsMargins(0, page - 16, page, 12)
            columns = next((columns for columns in (5, 6) if self._height_in(columns) <= height), 7)
            self.lay(columns, {DELETE: 2, CLEAR: 2} if columns < 7 else None)
            most = self.minimumSizeHint().width() + page
        else:
            self._grid.setContentsMargins(page, 12, page, 12)
            self.lay(7)
        self.setMaximumWidth(most)

    def _height_in(self, columns: int) -> int:
        rows = -(-(len(self._keys) + 2) // columns)
        margins = self._grid.contentsMargins()
        keys = rows * (self._keys[DELETE].sizeHint().height() + self._grid.spacing()) - self._grid.spacing()
        return keys + margins.top() + margins.bottom()


class BesidePad(QWidget):
    """A page with the letters at its side, or under it where the window is upright."""

    def __init__(self, theme: Theme, page: QWidget, field: QLineEdit) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(page, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._pad = LetterPad(theme)
        self._pad.type_into(field)
        # On a low screen it is the letters that make do with the height, and not the window that grows.
        self.setMinimumHeight(1)
        self._stand(beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the side by the shape of the window."""
        super().resizeEvent(event)
        self._stand(beside=self.width() > self.height())

    def _stand(self, beside: bool) -> None:
        self._pad.stand(beside, self.height())
        row, column = (0, 1) if beside else (1, 0)
        self._grid.addWidget(self._pad, row, column, Qt.AlignmentFlag.AlignTop)
