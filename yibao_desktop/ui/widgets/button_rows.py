"""Buttons in a row: inside a page, and in the bar at its bottom."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.layouts import FlowLayout


def button_row(*buttons: Button) -> QWidget:
    """Return buttons side by side from the left, wrapping where they do not fit."""
    holder = QWidget()
    flow = FlowLayout(12)
    holder.setLayout(flow)
    for button in buttons:
        flow.addWidget(button)
    return holder


def bottom_bar(*left: Button, right: Button | None = None, before: Button | None = None) -> QFrame:
    """Return the bar that stays at the bottom: ways back on the left, the way on at the right, one more before it."""
    bar = QFrame()
    bar.setProperty("role", "bar")
    row = QHBoxLayout(bar)
    row.setContentsMargins(40, 16, 40, 16)
    row.setSpacing(16)
    for button in left:
        row.addWidget(button)
    row.addStretch(1)
    for button in (before, right):
        if button is not None:
            row.addWidget(button)
    return bar
