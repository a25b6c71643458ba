"""The keys that the help sheet lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.pages.home import jobs
from yibao_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from yibao_desktop.ui.window import MainWindow


def connect_shortcuts(window: MainWindow, body: QWidget) -> None:
    """Let the keys do what the window can; they rest while ``body`` is hidden."""
    theme, profile = window.theme, window.profile
    does: dict[str, Callable[[], object]] = {
        "F1": window.show_help, "Ctrl+F": window.searching.open, "Ctrl+P": lambda: _press_take_away(window),
        "Ctrl+L": window.choose_place, "Ctrl+D": theme.next_colors,
        "Ctrl++": lambda: theme.step_text_size(1), "Ctrl+=": lambda: theme.step_text_size(1),
        "Ctrl+-": lambda: theme.step_text_size(-1),
    }
    for number, (job, *_) in enumerate(jobs(), 2):
        if job in profile.wizards:
            does[f"F{number}"] = lambda job=job: window.open_job(job)  # type: ignore[misc]
    if profile.serves_in_turn:
        does["F9"] = window.session.end
    for keys, do in does.items():
        # Qt would hand over a checked state; the pages take none.
        QShortcut(QKeySequence(keys), body, activated=lambda do=do: do())


def _press_take_away(window: MainWindow) -> None:
    button = window.stack.currentWidget().findChild(Button, "take-away")
    if button is not None and button.isVisible():
        button.click()
