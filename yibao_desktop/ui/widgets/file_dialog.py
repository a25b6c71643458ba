"""The window in which a file is chosen. It keeps nothing of the folders that were gone through."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_file(
    parent: QWidget, title: str, chosen: Callable[[Path], None], *, kinds: str = "", suffix: str = "",
    save_as: str | None = None,
) -> None:
    """Open the window; ``chosen`` gets the file, if one is chosen.

    ``kinds`` is Qt's filter, such as ``PDF (*.pdf)``; ``suffix`` is added where none was typed; ``save_as`` is the
    name offered for a new file, without it one is asked for that is there.
    """
    # Qt's own window would write them into a file of the user's: the next person at a staff computer could read there
    # what somebody called their folder. There is no place below this one, so nothing is written.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setDefaultSuffix(suffix)
    if save_as is None:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    else:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(save_as)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
