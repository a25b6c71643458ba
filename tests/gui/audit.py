"""What the design asks of every page, measured on the window: names, focus, sizes, text, characters, scrolling.

`python tests/gui/audit.py --size 1366x768 home bill-result` audits single pages, at the scale of QT_SCALE_FACTOR.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from yibao_desktop.paths import resource
from yibao_desktop.ui import tour
from yibao_desktop.ui.reading_order import reading_order
from yibao_desktop.ui.widgets.pads import KeyPad
from yibao_desktop.ui.window import MainWindow

SIZES = ((1366, 768), (1280, 800), (1920, 1080), (1280, 1024), (1080, 1920))
CONTROLS = (QAbstractButton, QLineEdit, QSpinBox)
CHECKS = ("name", "reached", "order", "target", "text", "overlap", "glyph", "scroll", "seen")
LEAST_QUIET = 44
"""Height in pixels of a button that stands in a line of text."""
LEAST_LINES = 4
"""Lines of body text that the middle keeps, however low the window and large the text."""
_SLACK = 1
"""Pixels: rounding at broken scale factors."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with one widget of a page."""

    check: str
    widget: str
    text: str


@dataclass
class Piece:
    """A visible widget with its place in the window; scrolled content keeps the place it has in the whole."""

    widget: QWidget
    x: int
    y: int
    width: int
    height: int
    part: QWidget | None
    """The scrolling part, header, footer or bar it stands in."""
    sticks_out: bool
    """Whether it reaches beyond what it stands in, where it cannot be seen."""

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


def settle(passes: int = 4) -> None:
    """Let layouts finish; what is painted is not waited for."""
    app = QApplication.instance()
    for _ in range(passes):
        app.sendPostedEvents()
        app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pieces(window: QWidget) -> list[Piece]:
    """Return every visible widget, parents before children."""
    found: list[Piece] = []
    _collect(window, 0, 0, None, found)
    return found


def _collect(parent: QWidget, left: int, top: int, part: QWidget | None, found: list[Piece]) -> None:
    width, height = parent.width(), parent.height()
    area = parent.parentWidget() if isinstance(parent.parentWidget(), QScrollArea) else None
    scrolls = area is not None and area.viewport() is parent
    for child in parent.children():
        if not child.isWidgetType() or not child.isVisible():
            continue
        x, y, w, h = child.geometry().getRect()
        inside = x >= -_SLACK and x + w <= width + _SLACK and (
            scrolls or (y >= -_SLACK and y + h <= height + _SLACK))
        stands_in = part
        if isinstance(child, QScrollArea) or child.property("role") in ("header", "footer", "bar"):
            stands_in = child
        found.append(Piece(child, left + x, top + y, w, h, stands_in, not inside))
        _collect(child, left + x, top + y, stands_in, found)


def describe(widget: QWidget) -> str:
    """Name a widget for a person who looks for it."""
    text = getattr(widget, "text", lambda: "")()
    named = widget.objectName() or QWidget.accessibleName(widget) or text[:24]
    return f"{type(widget).__name__} “{named}”" if named else type(widget).__name__


def is_control(widget: QWidget) -> bool:
    return isinstance(widget, CONTROLS) and not isinstance(widget.parentWidget(), QSpinBox)


# --- names, focus, targets --------------------------------------------------------------------------------------


def nameless(found: Iterable[Piece]) -> Iterator[Finding]:
    for piece in found:
        if is_control(piece.widget):
            face = QAccessible.queryAccessibleInterface(piece.widget)
            if not face.text(QAccessible.Text.Name).strip():
                yield Finding("name", describe(piece.widget), "a screen reader has nothing to call it")


def focus_chain(window: QWidget, found: Iterable[Piece]) -> list[Piece]:
    """Return what Tab stops at, in the order the window says; :func:`tab_through` presses the key."""
    by_widget = {piece.widget: piece for piece in found}
    return [by_widget[widget] for widget in reading_order(window)]


def unreachable(found: Iterable[Piece], chain: list[Piece]) -> Iterator[Finding]:
    """Tab reaches every control, but for two kinds that a keyboard does not miss.

    Keys of a pad stand for keys of the keyboard and leave the cursor where the characters go. Of several choices
    Tab stops at one, and the arrow keys go from there to the others.
    """
    reached = {piece.widget for piece in chain}
    groups = {_group(widget) for widget in reached} - {None}
    for piece in found:
        widget = piece.widget
        if not is_control(widget) or not widget.isEnabled() or widget in reached:
            continue
        if not isinstance(widget.parentWidget(), KeyPad) and _group(widget) not in groups:
            yield Finding("reached", describe(widget), "Tab does not stop here")


def _group(widget: QWidget) -> QButtonGroup | None:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group if group is not None and group.exclusive() else None


def out_of_order(window: QWidget, chain: list[Piece]) -> Iterator[Finding]:
    """Tab goes down the rows of each part, and through a row from left to right; parts are gone through one by one.

    What overlaps by half its height stands in the same row. The parts: header, columns from left to right, bar
    with Back and Next, footer.
    """
    for before, after in pairwise(chain):
        if before.part is not after.part:
            if _rank(window, before) > _rank(window, after):
                yield Finding("order", describe(after.widget), f"comes after {describe(before.widget)}")
            continue
        shared = min(before.bottom, after.bottom) - max(before.y, after.y)
        same_row = 2 * shared > min(before.height, after.height)
        if after.bottom <= before.y + _SLACK or (same_row and after.x < before.x):
            yield Finding("order", describe(after.widget), f"comes after {describe(before.widget)}")


def _rank(window: QWidget, piece: Piece) -> tuple[int, int]:
    role = piece.part.property("role") if piece.part is not None else None
    stage = {"header": 0, "bar": 2, "footer": 3}.get(role, 1)
    left = piece.part.mapTo(window, piece.part.rect().topLeft()).x() if piece.part is not None else 0
    return stage, left if stage == 1 else 0


def too_small(window: MainWindow, found: Iterable[Piece]) -> Iterator[Finding]:
    least = window.theme.px("control")
    for piece in found:
        if not is_control(piece.widget):
            continue
        quiet = piece.widget.property("role") == "quiet"
        wanted = LEAST_QUIET if quiet else least
        if piece.height < wanted or (piece.width < wanted and not quiet):
            yield Finding("target", describe(piece.widget), f"{piece.width}x{piece.height}, least {wanted}")


# --- text -------------------------------------------------------------------------------------------------------


def cut_off(found: Iterable[Piece]) -> Iterator[Finding]:
    for piece in found:
        widget, why = piece.widget, ""
        if piece.sticks_out:
            why = f"reaches beyond {describe(widget.parentWidget())}: {widget.geometry().getRect()}"
        elif isinstance(widget, QLabel):
            why = _label_cut_off(widget)
        elif isinstance(widget, QRadioButton) or (isinstance(widget, QAbstractButton) and widget.layout()):
            if widget.hasHeightForWidth() and widget.heightForWidth(piece.width) > piece.height + _SLACK:
                why = f"needs {widget.heightForWidth(piece.width)} pixels of height, has {piece.height}"
        elif isinstance(widget, QPushButton):
            hint = widget.sizeHint()
            if hint.width() > piece.width or hint.height() > piece.height:
                why = f"needs {hint.width()}x{hint.height()}, has {piece.width}x{piece.height}"
        elif isinstance(widget, QLineEdit):
            why = _field_cut_off(widget)
        if why:
            yield Finding("text", describe(widget), why)


def _label_cut_off(label: QLabel) -> str:
    if not label.text():
        return ""
    if label.wordWrap():
        room = label.contentsRect()
        widest = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, label.text()).width()
        if widest > room.width() + _SLACK and label.textFormat() is not Qt.TextFormat.RichText:
            return f"has a word of {widest} pixels, and {room.width()} for it"
        needed = label.heightForWidth(label.width())
        return f"needs {needed} pixels of height, has {label.height()}" if needed > label.height() + _SLACK else ""
    needed = label.sizeHint().width()
    return f"needs {needed} pixels of width, has {label.width()}" if needed > label.width() + _SLACK else ""


def _field_cut_off(edit: QLineEdit) -> str:
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    room = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit).width() - 4
    shown = edit.displayText() or edit.placeholderText()
    needed = edit.fontMetrics().horizontalAdvance(shown)
    return f"“{shown}” needs {needed} pixels, has {room}" if needed > room else ""


def overlapping(found: list[Piece]) -> Iterator[Finding]:
    """Nothing to read or press lies over another; only a pad may stand in front of fields that scroll by."""
    shown = sorted((piece for piece in found if _shows_text(piece.widget)), key=lambda piece: piece.y)
    for index, one in enumerate(shown):
        for other in shown[index + 1:]:
            if other.y >= one.bottom - _SLACK:
                break
            apart = other.x >= one.right - _SLACK or one.x >= other.right - _SLACK
            if apart or one.part is not other.part:
                continue
            if not (one.widget.isAncestorOf(other.widget) or other.widget.isAncestorOf(one.widget)):
                yield Finding("overlap", describe(one.widget), f"with {describe(other.widget)}")


def _shows_text(widget: QWidget) -> bool:
    if isinstance(widget.parentWidget(), (KeyPad, QSpinBox)):
        return False
    return isinstance(widget, CONTROLS) or (isinstance(widget, QLabel) and bool(widget.text()))


def unknown_characters(found: Iterable[Piece]) -> Iterator[Finding]:
    """Every character shown is in the bundled font; what a person typed is theirs."""
    for piece in found:
        widget = piece.widget
        texts = [widget.placeholderText()] if isinstance(widget, QLineEdit) else []
        if isinstance(widget, (QLabel, QAbstractButton)):
            texts = [widget.text()]
        missing = {ch for text in texts for ch in text if not _is_drawn(ch)}
        if missing:
            yield Finding("glyph", describe(widget), f"the font lacks {' '.join(sorted(missing))}")


@cache
def _is_drawn(character: str) -> bool:
    # Line ends and the invisible places where an address may wrap are not drawn.
    return character in "\n\u200b" or all(font.supportsCharacter(ord(character)) for font in _fonts())


@cache
def _fonts() -> tuple[QRawFont, ...]:
    return tuple(QRawFont(str(resource("fonts", f"NotoSansSC-{weight}.ttf")), 20) for weight in ("Regular", "Bold"))


# --- the frame --------------------------------------------------------------------------------------------------


def badly_scrolled(window: MainWindow, found: list[Piece], size: tuple[int, int]) -> Iterator[Finding]:
    """Only the middle scrolls: all of it can be scrolled to, and the bars are on the screen meanwhile."""
    if (window.width(), window.height()) != size:
        yield Finding("scroll", "window", f"is forced to {window.width()}x{window.height()}")
    fixed = [piece for piece in found if piece.widget.property("role") in ("header", "bar", "footer")]
    areas = [piece for piece in found if isinstance(piece.widget, QScrollArea)]
    for piece in areas:
        area, content = piece.widget, piece.widget.widget()
        bar, view = area.verticalScrollBar(), area.viewport()
        if content.width() > view.width():
            yield Finding("scroll", describe(area), f"{content.width()} wide in a view of {view.width()}")
        if content.height() > view.height() + bar.maximum():
            yield Finding("scroll", describe(area), "its end cannot be scrolled to")
        if piece.height < LEAST_LINES * window.theme.px("body"):
            yield Finding("scroll", describe(area), f"only {piece.height} high")
        bar.setValue(bar.maximum())
        if content.y() + content.height() > view.height():
            yield Finding("scroll", describe(area), "does not show its end when scrolled down")
    for piece in fixed:
        now = piece.widget.mapTo(window, piece.widget.rect().topLeft())
        if (now.x(), now.y()) != (piece.x, piece.y):
            yield Finding("scroll", describe(piece.widget), "moves when the middle scrolls")
        if piece.bottom > size[1] or piece.right > size[0] or piece.y < 0:
            yield Finding("scroll", describe(piece.widget), "is not whole on the screen")
    for piece in areas:
        piece.widget.verticalScrollBar().setValue(0)


def look_at(window: MainWindow, size: tuple[int, int]) -> list[Finding]:
    """Return everything wrong with the page on show at a window of ``size``."""
    found = pieces(window)
    chain = focus_chain(window, found)
    return [
        *nameless(found), *unreachable(found, chain), *out_of_order(window, chain), *too_small(window, found),
        *cut_off(found), *overlapping(found), *unknown_characters(found), *badly_scrolled(window, found, size),
    ]


def tab_through(window: MainWindow) -> Iterator[Finding]:
    """Press Tab through the whole page: it goes as the chain says and shows where it is."""
    expected = [piece.widget for piece in focus_chain(window, pieces(window))]
    start = expected[0]
    start.setFocus()
    walked = []
    for _ in range(2 * len(expected)):
        focused = window.focusWidget()
        walked.append(focused)
        settle(1)
        if why := hidden(focused):
            yield Finding("seen", describe(focused), why)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if window.focusWidget() is start:
            break
    if walked != expected:
        lost = Counter(map(describe, expected)) - Counter(map(describe, walked))
        yield Finding("seen", "window", f"Tab does not go round: {dict(lost) or [describe(w) for w in walked]}")


def hidden(widget: QWidget) -> str:
    """Say why a person would not see what has the focus; nothing when it is seen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return ""
    top = widget.mapTo(area.viewport(), widget.rect().topLeft()).y()
    bottom, height = top + widget.height(), area.viewport().height()
    for pad in area.findChildren(KeyPad):
        if pad.isVisible() and not pad.isAncestorOf(widget):
            place = pad.mapTo(area.viewport(), pad.rect().topLeft())
            across = widget.mapTo(area.viewport(), widget.rect().topRight()).x()
            if across > place.x() and top < place.y() + pad.height() and bottom > place.y():
                return "has the cursor behind the pad"
    whole = top >= 0 and bottom <= height
    return "" if whole or (widget.height() > height and top < height and bottom > 0) else "has the focus out of sight"


# --- a report ---------------------------------------------------------------------------------------------------


@dataclass
class Report:
    """What was found on every page, with pictures of the pages at fault in ``folder``."""

    folder: Path
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def visit(self, window: MainWindow, stop: str, where: str, findings: Iterable[Finding]) -> None:
        """Note what is wrong on the page on show."""
        counts = self.counts.setdefault(stop, Counter())
        for finding in findings:
            # One picture of a page at fault is enough to see it.
            picture = self.folder / f"{stop}.png"
            if not counts:
                self.lines.append(f"{stop} is drawn at {where}: {picture}")
                window.setUpdatesEnabled(True)
                window.grab().save(str(picture))
                window.setUpdatesEnabled(False)
            counts[finding.check] += 1
            self.lines.append(
                f"{stop} {where} {finding.check}: {finding.widget}: {finding.text}")

    def table(self) -> str:
        """Return page by check, with the number of findings."""
        width = max((len(stop) for stop in self.counts), default=0)
        rows = [" " * width + "".join(f"{check:>9}" for check in CHECKS)]
        for stop, counts in self.counts.items():
            rows.append(f"{stop:<{width}}" + "".join(f"{counts[check] or '·':>9}" for check in CHECKS))
        return "\n".join(rows)


def audit(
    window: MainWindow, sizes: Iterable[tuple[int, int]], folder: Path, only: Iterable[str] = (), walk: bool = False
) -> Report:
    """Visit the tour: every page is made once and then shown at every size; ``walk`` also presses Tab through it."""
    report, sizes, only = Report(folder), tuple(sizes), tuple(only)
    # Nothing but the pictures of findings has to be painted.
    window.setUpdatesEnabled(False)
    for stop in tour.stops():
        if only and stop.id not in only:
            continue
        window.resize(*sizes[0])
        window.forget()
        stop.show(window)
        for size in sizes:
            window.resize(*size)
            settle()
            report.visit(window, stop.id, f"{size[0]}x{size[1]}", look_at(window, size))
            if walk and size == sizes[0]:
                report.visit(window, stop.id, f"{size[0]}x{size[1]}-tab", tab_through(window))
    window.setUpdatesEnabled(True)
    return report


def main(arguments: list[str]) -> int:
    """Audit single pages in a process of their own; 1 when something is wrong."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from yibao_desktop.pack.store import Pack
    from yibao_desktop.paths import CONTENT
    from yibao_desktop.settings import PROFILES, TEXT_SIZES
    from yibao_desktop.ui.app import QT_ARGUMENTS, dress
    from yibao_desktop.ui.theme import Theme

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stops", nargs="*", metavar="page", help="ids of the tour; all by default")
    parser.add_argument("--profile", choices=PROFILES, default="desktop")
    parser.add_argument("--text-size", choices=TEXT_SIZES, default="standard")
    parser.add_argument("--size", action="append", metavar="WxH", help="may be given several times")
    parser.add_argument("--least-target", type=int, default=0, metavar="PIXELS", help="as on a measured screen")
    parser.add_argument("--walk", action="store_true", help="press Tab through every page, too")
    parser.add_argument("--pictures", type=Path, default=Path())
    options = parser.parse_args(arguments)
    sizes = [tuple(map(int, size.split("x"))) for size in options.size or []] or SIZES
    app = QApplication(["audit", *QT_ARGUMENTS])
    dress(app)
    theme = Theme(options.text_size, least_target=options.least_target)
    theme.apply()
    window = MainWindow(theme, Pack(CONTENT), PROFILES[options.profile], today=lambda: tour._DAY)
    window.show()
    # Only a window in use has a focus that moves.
    window.activateWindow()
    app.processEvents()
    report = audit(window, sizes, options.pictures, options.stops, options.walk)
    print(f"scale {window.devicePixelRatioF()}", report.table(), *report.lines, sep="\n")
    return 1 if report.lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
