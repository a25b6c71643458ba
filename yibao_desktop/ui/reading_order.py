"""The order in which Tab goes through a window: that of the eye, whatever was made when."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QWidget


def reading_order(window: QWidget) -> list[QWidget]:
    """Return what Tab stops at: down the rows of every box, and through each row from left to right.

    No widget is asked for its focusProxy or the next in the chain of focus: Qt for Python takes what these return
    for a child of the one asked, and lets it go with that one.
    Of several choices there is one stop, as arrow keys go from one to the next: the chosen one, or else the first.
    """
    return [widget for widget in _in_rows(window) if _is_stop(widget)]


def _in_rows(parent: QWidget) -> Iterator[QWidget]:
    children = [child for child in parent.children()
                if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()]
    for row in _rows(children):
        for child in row:
            yield child
            # A spin box has one stop, though there is a field inside it.
            if not isinstance(child, QAbstractSpinBox):
                yield from _in_rows(child)


def _rows(widgets: list[QWidget]) -> list[list[QWidget]]:
    """Group widgets into rows: what overlaps the first of a row by half the lower one's height stands beside it."""
    rows: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda widget: widget.y()):
        if rows:
            first = rows[-1][0]
            shared = min(first.y() + first.height(), widget.y() + widget.height()) - max(first.y(), widget.y())
            if 2 * shared > min(first.height(), widget.height()):
                rows[-1].append(widget)
                continue
        rows.append([widget])
    return [sorted(row, key=lambda widget: widget.x()) for row in rows]


def _is_stop(widget: QWidget) -> bool:
    if not widget.isEnabled():
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) and widget.isCheckable() else None
    if group is not None and group.exclusive():
        # Qt lets Tab stop only at the choice that had the focus last.
        choices = [choice for choice in group.buttons() if choice.isVisible() and choice.isEnabled()]
        chosen = group.checkedButton()
        return widget is (chosen if chosen in choices else choices[0])
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def move_focus(window: QWidget, forward: bool) -> bool:
    """Move the focus one stop on, or back; from the last stop to the first. ``False`` where there is no stop."""
    stops = reading_order(window)
    if not stops:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[_next(stops, window.focusWidget(), forward)].setFocus(reason)
    return True


def _next(stops: list[QWidget], focused: QWidget | None, forward: bool) -> int:
    if focused in stops:
        return (stops.index(focused) + (1 if forward else -1)) % len(stops)
    group = focused.group() if isinstance(focused, QAbstractButton) else None
    if group is not None:
        # From a choice where arrow keys have led, on past its group.
        at = [index for index, stop in enumerate(stops) if isinstance(stop, QAbstractButton) and stop.group() is group]
        if at:
            return (at[0] + (1 if forward else -1)) % len(stops)
    return 0 if forward else -1
