"""Choosing a file leaves nothing behind of the folders a person went through."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from yibao_desktop.paths import ROOT

CHOOSING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QWidget
from yibao_desktop.ui.widgets.file_dialog import ask_for_file

app = QApplication([])
app.setQuitOnLastWindowClosed(False)
window = QWidget()
window.show()
folder, chosen = Path(sys.argv[1]), []
if sys.argv[2] == "ours":
    ask_for_file(window, "title", chosen.append, suffix="pdf", save_as="sheet")
else:
    plain = QFileDialog(window)
    plain.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    plain.selectFile("sheet.pdf")
    plain.fileSelected.connect(lambda path: chosen.append(Path(path)))
    plain.open()
dialog = window.findChild(QFileDialog)
dialog.setDirectory(str(folder))

def press():
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    dialog.deleteLater()
    QTimer.singleShot(0, app.quit)

QTimer.singleShot(0, press)
app.exec()
assert chosen == [folder / "sheet.pdf"], chosen
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system's own window is used")
@pytest.mark.parametrize("whose", ["ours", "Qt's"])
def test_no_folder_is_written_down(whose, tmp_path):
    folder, config = tmp_path / "somebody's bills", tmp_path / "config"
    folder.mkdir()
    config.mkdir()
    environment = {**os.environ, "XDG_CONFIG_HOME": str(config), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT),
                   "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", CHOOSING, str(folder), whose], env=environment, cwd=ROOT,
                          capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line] == []
    written = [file for file in config.rglob("*") if file.is_file()]
    # What Qt does by itself shows that this would be seen.
    assert bool(written) == (whose == "Qt's")
    assert any("somebody" in file.read_text(encoding="utf-8") for file in written) == (whose == "Qt's")
