"""The language of the window's own texts: Chinese as written in the code, others from Qt's translation files."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "ui"


def tr(text: str) -> str:
    """Return ``text`` in the window's language, for code that is no QObject and so has no ``self.tr``."""
    return QCoreApplication.translate(CONTEXT, text)
