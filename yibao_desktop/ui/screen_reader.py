"""What a screen reader is told beyond what Qt tells: roles of what we paint, and what has just changed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget

ROLE, GRAPHIC, GROUP, HEADING, FOLD = "reader-role", "graphic", "group", "heading", "fold"
"""The property that says what a widget is, and what it may be."""

_PRESS = "Press"


class _Face(QAccessibleWidget):
    """A widget as something else than its class says."""

    def text(self, kind: QAccessible.Text) -> str:
        """Name a label by what stands on it."""
        told = super().text(kind)
        if told or kind != QAccessible.Text.Name:
            return told
        widget = self.widget()
        return widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""


class _FoldFace(_Face):
    """A row that unfolds: a button that says whether it stands open."""

    def state(self) -> QAccessible.State:
        """Tell whether it is unfolded."""
        state, row = super().state(), self.widget()
        unfolded = isinstance(row, QAbstractButton) and row.isChecked()
        state.expandable, state.expanded, state.collapsed = True, unfolded, not unfolded  # type: ignore[assignment]
        return state

    def actionNames(self) -> Sequence[str]:
        """Offer to press it."""
        return [_PRESS]

    def doAction(self, name: str) -> None:
        """Press it."""
        row = self.widget()
        if name == _PRESS and isinstance(row, QAbstractButton):
            row.click()


_ROLES = {
    GRAPHIC: QAccessible.Role.Graphic,
    GROUP: QAccessible.Role.Grouping,
    HEADING: QAccessible.Role.Heading,
}


def _make_face(_class: str, thing: QObject) -> QAccessibleWidget | None:
    # Qt for Python never lets go of what is made here: without a screen reader nothing is.
    if not (QAccessible.isActive() or os.environ.get("QT_LINUX_ACCESSIBILITY_ALWAYS_ON")):
        return None
    role = thing.property(ROLE) if isinstance(thing, QWidget) else None
    if role == FOLD:
        return _FoldFace(thing, QAccessible.Role.Button)  # type: ignore[arg-type]
    return _Face(thing, _ROLES[role]) if role in _ROLES else None  # type: ignore[arg-type]


def install() -> None:
    """Let Qt ask here first what a widget is."""
    QAccessible.installFactory(_make_face)


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Have ``text`` read out now, at once if ``urgent``; nothing happens without a screen reader."""
    if text and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        polite = QAccessible.AnnouncementPoliteness.Polite
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive if urgent else polite)
        QAccessible.updateAccessibility(event)
