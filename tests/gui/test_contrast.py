"""Everything that has to be read or seen stands out from what it stands on, in every theme; a theme is whole."""

from __future__ import annotations

import shutil
from array import array
from collections import Counter

import pytest
from contrast_pairs import BODY, INKS, SHAPE, SHAPES, SILENT, TEXT, Sheet, contrast
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton

from yibao_desktop.errors import PackError
from yibao_desktop.pack.strict_yaml import read
from yibao_desktop.paths import resource
from yibao_desktop.settings import COLORS
from yibao_desktop.ui import tour
from yibao_desktop.ui.tokens import read_tokens

TOKENS = read_tokens()
NAMES = frozenset(TOKENS.looks["light"].colors)
STYLE = resource("theme", "base.qss").read_text(encoding="utf-8")
SAMPLED = ("home", "sharing-no", "bill-missing-wrong", "slip-differs", "channels", "take-away-no-printer")


@pytest.mark.parametrize("name", COLORS)
def test_every_listed_pair_differs_enough(name):
    colors = TOKENS.looks[name].colors
    wanted = [(ink, ground, least) for ink, grounds in INKS.items() for ground, least in grounds.items()]
    wanted += [(shape, ground, SHAPE) for shape, grounds in SHAPES.items() for ground in grounds]
    weak = [f"{one} on {other}: {found:.2f}" for one, other, least in wanted
            if (found := contrast(colors[one], colors[other])) < least]
    assert weak == []


def unlisted(sheet: Sheet) -> set[tuple[str, str]]:
    return {(ink, ground) for ink, ground in sheet.inks() if ground not in {"", *INKS.get(ink, {})} or ink not in INKS}


def test_the_style_sheet_uses_only_listed_pairs():
    sheet = Sheet(STYLE, NAMES)
    assert unlisted(sheet) == set()
    assert ("on-brand", "brand") in sheet.inks()
    assert ("muted", "ground") in sheet.inks(), "of what cannot be pressed"
    assert sheet.borders() <= SHAPES.keys() | SILENT


@pytest.mark.parametrize(("rule", "pair"), [
    ('QPushButton[role="primary"]:hover { background: {warn-soft}; }', ("on-brand", "warn-soft")),
    ("QLineEdit:focus { background: {brand}; }", ("ink", "brand")),
    ('QLabel[role="faint"] { color: {line}; }', ("line", "")),
    ("QLineEdit { selection-color: {brand}; }", ("brand", "brand")),
])
def test_a_new_pair_is_found(rule, pair):
    assert pair in unlisted(Sheet(f"{STYLE}\n{rule}", NAMES))


def test_every_colour_has_its_place_in_the_list():
    grounds = {ground for grounds in (*INKS.values(), *SHAPES.values()) for ground in grounds}
    assert INKS.keys() | SHAPES.keys() | SILENT | grounds == NAMES
    assert {"brand-soft", "card", "empty"} <= Sheet(STYLE, NAMES).grounds() <= grounds | SILENT | SHAPES.keys()


def pixels(image: QImage, rect: QRect) -> Counter[str]:
    part = image.copy(rect.intersected(image.rect())).convertToFormat(QImage.Format.Format_RGB32)
    return Counter({f"#{value & 0xffffff:06x}": count
                    for value, count in Counter(array("I", bytes(part.constBits()))).items()})


def texts_on(window):
    """Yield what holds text and is seen, with the rectangle of the window it is seen in."""
    for kind in (QLabel, QPushButton, QRadioButton, QLineEdit):
        for widget in window.findChildren(kind):
            text = widget.text() or getattr(widget, "placeholderText", str)()
            seen = widget.visibleRegion().boundingRect()
            if text and widget.isVisible() and seen.height() >= 12 and seen == widget.rect():
                yield text, widget, QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("name", COLORS)
def test_text_on_the_screen_stands_out(make_window, theme, name):
    theme.set_colors(name)
    window = make_window(size=(1366, 768))
    look = TOKENS.looks[name].colors
    allowed = {(look[ink], look[ground]): least for ink, grounds in INKS.items() for ground, least in grounds.items()}
    seen = 0
    for stop in tour.stops():
        if stop.id not in SAMPLED:
            continue
        window.forget()
        stop.show(window)
        tour.settle(window, scrolled=False)
        picture = window.grab().toImage()
        for text, widget, rect in texts_on(window):
            inside = pixels(picture, rect.adjusted(4, 4, -4, -4) if not isinstance(widget, QLabel) else rect)
            ground = inside.most_common(1)[0][0]
            assert max(contrast(ground, pixel) for pixel in inside) >= TEXT, f"{stop.id}: {text}"
            if isinstance(widget, QLabel):
                ink = widget.palette().color(widget.foregroundRole()).name()
                assert (ink, ground) in allowed, f"{stop.id}: {text}: {ink} on {ground} is not in the list"
                seen += allowed[ink, ground] == BODY
    assert seen > 60


# --- the loader -----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(resource("theme"), tmp_path / "theme")
    return tmp_path / "theme"


@pytest.mark.parametrize("name", COLORS)
@pytest.mark.parametrize(("part", "key"), [("colors", "warn-soft"), ("borders", "edge-focus")])
def test_a_theme_that_lacks_a_name_is_refused(folder, name, part, key):
    file = folder / f"{name}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(f"  {key}:")), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_tokens(folder)
    assert len(refused.value.findings) == 1
    assert f"{name}.yaml:" in str(refused.value)
    assert f"“{key}”" in str(refused.value)
    assert part in str(refused.value)


@pytest.mark.parametrize(("old", "new", "code"), [
    ('  ink: "#f0f4f7"', '  ink: "white"', "theme-value"),
    ('  ink: "#f0f4f7"', '  ink: "#f0f4f7"\n  inky: "#f0f4f7"', "theme-unknown"),
    ("  edge: 1", "  edge: thick", "theme-value"),
    ("  edge: 1", "  edge: true", "theme-value"),
    ("  edge: 1", "  edge: 40", "theme-value"),
    ("borders:", "border:", "theme-missing"),
])
def test_a_theme_that_says_something_else_is_refused_at_its_line(folder, old, new, code):
    file = folder / "dark.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(f"{old}\n") == 1
    file.write_text(text.replace(f"{old}\n", f"{new}\n"), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_tokens(folder)
    assert {finding.code for finding in refused.value.findings} == {code}
    assert {finding.file for finding in refused.value.findings} == {"dark.yaml"}


def test_a_theme_that_is_not_there_is_refused(folder):
    (folder / "contrast.yaml").unlink()
    with pytest.raises(PackError, match=r"contrast\.yaml"):
        read_tokens(folder)


def test_no_name_is_given_twice_in_the_style_sheet():
    shared = read(resource("theme", "tokens.yaml")).data
    groups = [shared[group].keys() for group in ("colors", "borders", "sizes", "space")]
    assert sum(map(len, groups)) == len(set().union(*groups))
