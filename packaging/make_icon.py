"""Renders resources/icons/app.svg to app.png for Linux and app.ico for Windows.

Qt's own ICO writer puts one picture into a file. Windows wants one for each place it shows the icon in, so
the container is written here; its entries are PNG, which Windows reads since Vista.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
PNG_SIZE = 256
# What Explorer, the task bar and Alt-Tab ask for at 100 to 200 percent scaling.
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def render(renderer: QSvgRenderer, size: int) -> bytes:
    """The drawing as a square PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise OSError("Qt could not write a PNG")
    return data.data()


def ico(pictures: dict[int, bytes]) -> bytes:
    """An ICO file of PNG pictures, keyed by their size."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(header) + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        # One byte holds a side, and the format writes 256 as 0.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return header + entries + b"".join(pictures.values())


def main() -> int:
    """Renders both files."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    # Set here because a build machine has no screen.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(ICONS / "app.svg"))
    if not renderer.isValid():
        print("app.svg cannot be read", file=sys.stderr)
        return 1
    (ICONS / "app.png").write_bytes(render(renderer, PNG_SIZE))
    (ICONS / "app.ico").write_bytes(ico({size: render(renderer, size) for size in ICO_SIZES}))
    app.quit()
    for name in ("app.png", "app.ico"):
        print(f"{name}: {(ICONS / name).stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
