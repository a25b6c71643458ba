"""Every page keeps what the design asks for, at every screen and text size, in every profile (see audit.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import audit
import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea

from yibao_desktop.paths import resource
from yibao_desktop.settings import PROFILES, TEXT_SIZES
from yibao_desktop.station.screen import LARGEST_TARGET
from yibao_desktop.ui import tour
from yibao_desktop.ui.widgets import qr
from yibao_desktop.ui.widgets.pads import KeyPad

SAMPLE = ("home", "region", "sharing-relation", "bill-date", "bill-bill", "bill-result", "slip", "slip-differs",
          "channels", "take-away-code", "search", "terms")
"""One of each kind of page, for what is repeated at every scale of the screen."""
SCALED = (("1", ()), ("1.25", ("1536x864", "1366x768")), ("1.5", ("1280x720", "1366x768")), ("2", ("1280x800",)))
"""Scale of the screen, and windows on it: all of a screen of 1920 by 1080 pixels, and the sizes of the design."""


_matrix = cache(qr.matrix)


@pytest.fixture(autouse=True)
def codes_made_once(monkeypatch):
    """The same codes stand on the pages of every profile and text size, and take long to make."""
    monkeypatch.setattr(qr, "matrix", _matrix)


@pytest.mark.parametrize("text_size", TEXT_SIZES)
@pytest.mark.parametrize("profile", PROFILES)
def test_every_page_is_as_designed(make_window, theme, tmp_path, profile, text_size):
    theme.set_text_size(text_size)
    window = make_window(profile, audit.SIZES[0])
    # Tab is really pressed where there is the least room for its stops; the order is compared at every size.
    report = audit.audit(window, audit.SIZES, tmp_path, walk=text_size == "xlarge")
    print(report.table(), *report.lines, sep="\n")
    assert report.lines == []


@pytest.mark.parametrize(("scale", "sizes"), SCALED, ids=[scale for scale, _ in SCALED])
def test_pages_keep_their_shape_at_every_scale_of_the_screen(dressed, tmp_path, scale, sizes):
    script = Path(audit.__file__)
    command = [sys.executable, str(script), *SAMPLE, "--pictures", str(tmp_path)]
    for size in sizes:
        command += ["--size", size]
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(script.parents[2])}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"scale {float(scale)}" in done.stdout


@pytest.mark.parametrize("text_size", TEXT_SIZES)
def test_pages_keep_their_shape_with_the_largest_targets_of_a_measured_screen(make_window, theme, tmp_path, text_size):
    theme.set_text_size(text_size)
    theme.set_least_target(LARGEST_TARGET)
    report = audit.audit(make_window("kiosk", audit.SIZES[0]), audit.SIZES, tmp_path, SAMPLE)
    print(report.table(), *report.lines, sep="\n")
    assert report.lines == []


def test_the_font_has_every_character_a_person_can_meet(theme, pack):
    font = QRawFont(str(resource("fonts", "NotoSansSC-Regular.ttf")), 20)
    bold = QRawFont(str(resource("fonts", "NotoSansSC-Bold.ttf")), 20)
    texts = [path.read_text(encoding="utf-8") for path in pack.root.rglob("*.yaml")]
    root = pack.root.parent / "yibao_desktop"
    texts += [path.read_text(encoding="utf-8") for path in root.rglob("*.py")]
    used = {ch for text in texts for ch in text if ch.isprintable()}
    missing = {ch for ch in used if not (font.supportsCharacter(ord(ch)) and bold.supportsCharacter(ord(ch)))}
    assert missing == set()


# --- the audit finds what it looks for --------------------------------------------------------------------------


def spoiled(window, stop_id, spoil) -> set[str]:
    """Return the checks that fail on a page after something on it was spoiled."""
    next(stop for stop in tour.stops() if stop.id == stop_id).show(window)
    tour.settle(window, scrolled=False)
    assert audit.look_at(window, (1280, 800)) == []
    spoil(window.stack.currentWidget())
    tour.settle(window, scrolled=False)
    return {finding.check for finding in audit.look_at(window, (1280, 800))}


def _move_below(page) -> None:
    """Put the first answer under the second where it is drawn, but leave it before it in what holds both."""
    rows = list(page.frame.page.rows.values())
    rows[0].move(rows[1].pos())


def _find(page, kind):
    return next(widget for widget in page.findChildren(kind) if widget.isVisible())


SPOILS = {
    "name": ("region", lambda page: page.search.setAccessibleName("")),
    "reached": ("home", lambda page: page.search_button.setFocusPolicy(audit.Qt.FocusPolicy.NoFocus)),
    "target": ("home", lambda page: page.search_button.setFixedHeight(40)),
    "text": ("home", lambda page: _find(page, QLabel).setFixedWidth(30)),
    "overlap": ("sharing-want", _move_below),
    "glyph": ("home", lambda page: _find(page, QLabel).setText("\u0e01")),
    "scroll": ("bill-result", lambda page: _find(page, QScrollArea).widget().setMinimumWidth(3000)),
}


@pytest.mark.parametrize("check", SPOILS)
def test_the_audit_sees_a_spoiled_page(make_window, check):
    assert check in spoiled(make_window(), *SPOILS[check])


def test_the_audit_sees_stops_out_of_order(make_window, monkeypatch):
    window = make_window()
    backwards = [*reversed(audit.reading_order(window))]
    monkeypatch.setattr(audit, "reading_order", lambda window: backwards)
    assert "order" in {finding.check for finding in audit.look_at(window, (1280, 800))}
    assert [finding.check for finding in audit.tab_through(window)] == ["seen"]


def test_the_audit_sees_a_field_behind_the_pad(make_window, theme):
    theme.set_text_size("xlarge")
    window = make_window(size=(1366, 768))
    next(stop for stop in tour.stops() if stop.id == "slip").show(window)
    tour.settle(window, scrolled=False)
    pad, edit = _find(window, KeyPad), _find(window, QLineEdit)
    edit.setFocus()
    tour.settle(window, scrolled=False)
    assert audit.hidden(edit) == ""
    pad.setGeometry(edit.parentWidget().geometry())
    assert "pad" in audit.hidden(edit)
