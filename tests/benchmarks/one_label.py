"""The least that a program with PySide6 can be: a window that holds one label. Run as a script."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel

if __name__ == "__main__":
    app = QApplication(sys.argv)
    label = QLabel("医保帮手")
    screen = app.primaryScreen().availableSize()
    label.resize(min(1280, screen.width()), min(800, screen.height()))
    label.show()
    sys.exit(app.exec())
