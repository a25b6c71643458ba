"""A sheet set out on pages: A4 in large print, or one long strip of an 80 mm roll."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from yibao_desktop import __version__
from yibao_desktop.paper.blocks import (
    Address,
    AmountRow,
    Amounts,
    Answer,
    Blank,
    Block,
    Facts,
    Heading,
    Paragraph,
    Points,
    Sheet,
    Sources,
    Table,
)
from yibao_desktop.paper.plain_text import BOX
from yibao_desktop.settings import Paper
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.output.pieces import (
    LINE_SPACING,
    MM,
    Lines,
    Piece,
    Type,
    beside,
    code,
    framed,
    paragraph,
    rule,
    stacked,
    width_of,
)

FAMILY = "Noto Sans SC"


_NARROW_SPACING = 1.32
_SMALLEST = 10.5
"""Points of small print on A4, however little room there is."""


@dataclass(frozen=True)
class Form:
    """How one kind of paper is set."""

    width: float
    """Of the paper, mm."""
    height: float | None
    """``None``: a strip as long as it must be."""
    margin: float
    body: float
    """Points."""
    small: float
    heading: float
    title: float
    answer: float
    muted: str
    """Of small print; a receipt printer has only black."""
    air: float
    """Between blocks, mm."""
    spacing: float = LINE_SPACING

    def scaled(self, scale: float) -> Form:
        """Return the same in smaller print, its lines nearer together and nearer to the edges."""
        sizes = {name: getattr(self, name) * scale for name in ("body", "small", "heading", "title", "answer", "air")}
        sizes["small"] = max(sizes["small"], min(self.small, _SMALLEST))
        return replace(self, margin=15, spacing=_NARROW_SPACING, **sizes)


FORMS: dict[Paper, Form] = {
    "a4": Form(210, 297, 18, body=15, small=11.5, heading=18, title=24, answer=30, muted="#3a4750", air=3),
    "receipt": Form(80, None, 4, body=11.5, small=9.5, heading=13, title=16, answer=19, muted="#000000", air=2),
}
_SMALLER = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.8)
"""Of a sheet that is to stand on one page: down to 12 points."""
_TIGHTER = (1.0, 0.97, 0.94)
"""Of a sheet whose last page would hold next to nothing: nearer to the edges, then down to 14 points."""
_NEXT_TO_NOTHING = 0.25
"""Of the height of a page."""
_SHORTEST, _LONGEST = 60.0, 3000.0
"""Of a strip, mm; a longer one is cut into several."""
_SLACK = 1.0
"""What rounding may add to a page, in tenths of a millimetre."""


class Document:
    """A sheet laid out for one kind of paper."""

    def __init__(self, sheet: Sheet, paper: Paper, size: QSizeF | None = None) -> None:
        """Lay ``sheet`` out; ``size`` is the page the printer really has, in mm, where it is not the usual one."""
        form = FORMS[paper]
        if size is not None and size.width() >= FORMS["a4"].width:
            # A strip on a printer of sheets, which leaves more white at the edges than a printer of rolls.
            form = replace(form, margin=FORMS["a4"].margin)
        self._lay_out(sheet, form, size)
        if paper == "a4" and len(self.pages) > 1:
            if sheet.on_one_page:
                self._fit(sheet, form, size, _SMALLER, 1)
            if len(self.pages) > 1 and self._is_last_nearly_empty():
                self._fit(sheet, form, size, _TIGHTER, len(self.pages) - 1)

    def _fit(
        self, sheet: Sheet, form: Form, size: QSizeF | None, scales: Sequence[float], most_pages: int
    ) -> None:
        """Lay out in the largest print that takes no more pages; where none does, in the usual one."""
        for scale in scales:
            self._lay_out(sheet, form.scaled(scale), size)
            if len(self.pages) <= most_pages:
                return
        self._lay_out(sheet, form, size)

    def _is_last_nearly_empty(self) -> bool:
        piece, y = self.pages[-1][-1]
        return y + piece.height < self.size.height() * MM * _NEXT_TO_NOTHING

    def _lay_out(self, sheet: Sheet, form: Form, size: QSizeF | None) -> None:
        width = size.width() if size is not None else form.width
        height = size.height() if size is not None else form.height
        setter = _Setter(sheet, form, width * MM)
        self._setter = setter
        pieces = setter.pieces()
        if height is None:
            foot = setter.foot()
            needed = (sum(piece.before + piece.height for piece in (*pieces, *foot)) + 2 * setter.margin) / MM
            if needed <= _LONGEST:
                height = max(_SHORTEST, needed)
                pieces = [*pieces, *foot]
        self._has_foot_on_page = form.height is not None or size is not None or height is None
        height = height or _LONGEST
        self.size = QSizeF(width, height)
        """Of a page, mm."""
        room = height * MM - 2 * setter.margin
        self.pages = flow(pieces, room - (setter.foot_height if self._has_foot_on_page else 0))

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw page ``number``, counted from 0, where a unit is a tenth of a millimetre."""
        for piece, y in self.pages[number]:
            piece.draw(painter, self._setter.margin + y)
        if self._has_foot_on_page:
            y = self.size.height() * MM - self._setter.margin - self._setter.foot_height
            place = self._setter.page_of(number + 1, len(self.pages)) if len(self.pages) > 1 else ""
            for piece in self._setter.foot(place):
                y += piece.before
                piece.draw(painter, y)
                y += piece.height

    def paint(self, device: QPagedPaintDevice) -> bool:
        """Draw every page; false where the device takes none."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        dots = device.logicalDpiX() / 25.4 / MM
        painter.scale(dots, dots)
        drawn = True
        for number in range(len(self.pages)):
            if number and not device.newPage():
                drawn = False
                break
            self.draw(painter, number)
        return painter.end() and drawn


def write_pdf(sheet: Sheet, paper: Paper, path: Path) -> bool:
    """Write a sheet to a file; false where that is not possible."""
    if not _can_write(path):
        return False
    document = Document(sheet, paper)
    writer = QPdfWriter(str(path))
    writer.setResolution(600)
    writer.setTitle(sheet.title)
    writer.setCreator(f"yibao-desktop {__version__}")
    set_page(writer, document.size)
    return document.paint(writer)


def _can_write(path: Path) -> bool:
    try:
        with path.open("ab"):
            return True
    except OSError:
        return False


def set_page(device: QPagedPaintDevice, size: QSizeF) -> None:
    """Ask for a page without margins of its own: the document keeps clear of the edges itself."""
    page = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    device.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))


def flow(pieces: Iterable[Piece], room: float) -> list[list[tuple[Piece, float]]]:
    """Set pieces on pages of a height; what belongs together goes to the next page together."""
    pages: list[list[tuple[Piece, float]]] = [[]]
    y = 0.0
    for group in _groups(pieces):
        needed = sum(piece.before + piece.height for piece in group)
        if pages[-1] and y + needed > room + _SLACK and needed <= room:
            pages.append([])
            y = 0.0
        for piece in group:
            if piece.only_between and not pages[-1]:
                continue
            if pages[-1] and y + piece.before + piece.height > room + _SLACK:
                pages.append([])
                y = 0.0
            if not pages[-1]:
                for head in piece.again if len(pages) > 1 else ():
                    pages[-1].append((head, y))
                    y += head.height
            else:
                y += piece.before
            pages[-1].append((piece, y))
            y += piece.height
    return pages


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.with_next:
            yield group
            group = []
    if group:
        yield group


class _Setter:
    """Turns the blocks of a sheet into pieces of one width."""

    def __init__(self, sheet: Sheet, form: Form, width: float) -> None:
        self._sheet, self._form = sheet, form
        self.margin = form.margin * MM
        self._width = width - 2 * self.margin
        self._air = form.air * MM
        self._wide = form.height is not None
        self._body = self._type(form.body)
        self._strong = self._type(form.body, bold=True)
        self._small = self._type(form.small, color=form.muted)
        self._heading = self._type(form.heading, bold=True)
        self.foot_height = sum(piece.before + piece.height for piece in self.foot(self.page_of(1, 1)))

    def _type(self, points: float, bold: bool = False, color: str = "#000000") -> Type:
        return Type(FAMILY, points, bold, color, self._form.spacing)

    def pieces(self) -> list[Piece]:
        """Return the title and every block."""
        title = self._type(self._form.title, bold=True)
        found = self._paragraph(self._sheet.title, title, 0, with_next=True)
        for block in self._sheet.blocks:
            if isinstance(block, Paragraph) and block.small:
                # Who says a thing does not stand on another page than the thing.
                found[-1].with_next = True
            found += self._block(block)
        return found

    @staticmethod
    def page_of(number: int, count: int) -> str:
        """Say which page it is."""
        return tr("第 {} 页，共 {} 页").format(number, count)

    def foot(self, place: str = "") -> list[Piece]:
        """Return the foot of a page, with the number of the page at its right."""
        found = [rule(self.margin, self._width, self._air, thick=True)]
        for number, line in enumerate(self._sheet.footer.lines):
            row = [(Lines(line, self._small, self._width), self.margin)]
            if place and number == 0:
                width = width_of(place, self._small)
                row = [(Lines(line, self._small, self._width - width - 40), self.margin),
                       (Lines(place, self._small, width, right=True), self.margin + self._width - width)]
            found.append(beside(row, 10 if number == 0 else 0))
        return found

    def _block(self, block: Block) -> list[Piece]:
        if isinstance(block, Heading):
            return self._paragraph(block.text, self._heading, self._air * 2, with_next=True)
        if isinstance(block, Paragraph):
            kind = self._small if block.small else self._strong if block.strong else self._body
            # What stands in bold names what follows.
            return self._paragraph(block.text, kind, 5 if block.small else self._air, with_next=block.strong)
        if isinstance(block, Answer):
            return [self._answer(block)]
        if isinstance(block, Facts):
            return list(self._facts(block))
        if isinstance(block, Amounts):
            return self._amounts(block)
        if isinstance(block, Table):
            return list(self._table(block) if self._wide else self._cards(block))
        if isinstance(block, Points):
            return list(self._points(block))
        if isinstance(block, Address):
            return [self._address(block)]
        if isinstance(block, Sources):
            return self._sources(block)
        return list(self._blank(block))

    def _paragraph(self, text: str, kind: Type, before: float, with_next: bool = False) -> list[Piece]:
        return paragraph(text, kind, self.margin, self._width, before, with_next)

    def _answer(self, block: Answer) -> Piece:
        inset = self._air * 1.5
        x, width = self.margin + inset, self._width - 2 * inset
        kinds = ((block.lead, self._body), (block.main, self._type(self._form.answer, bold=True)),
                 (block.text, self._body))
        inner = [piece for text, kind in kinds if text for piece in paragraph(text, kind, x, width, 0)]
        return framed(stacked(inner, 0), self.margin, self._width, inset, self._air * 1.5)

    def _facts(self, block: Facts) -> Iterator[Piece]:
        muted = self._type(self._form.body, color=self._form.muted)
        names = max(width_of(name, muted) for name, _ in block.rows) + 40
        for number, (name, value) in enumerate(block.rows):
            yield beside(((Lines(name, muted, names), self.margin),
                          (Lines(value, self._body, self._width - names), self.margin + names)),
                         self._air if number == 0 else 5)

    def _amounts(self, block: Amounts) -> list[Piece]:
        return self._ruled([self._amount_row(row) for row in block.rows], self._air / 2)

    def _ruled(self, rows: list[Piece], air: float, again: tuple[Piece, ...] = ()) -> list[Piece]:
        """Return rows with a line between each two."""
        found = []
        for number, row in enumerate(rows):
            if number:
                line = rule(self.margin, self._width, air, self._form.muted)
                line.with_next = line.only_between = True
                found.append(line)
            row.before, row.again = air, again
            # The last row, often a sum, does not stand on a page alone.
            row.with_next = number == len(rows) - 2
            found.append(row)
        return found

    def _amount_row(self, row: AmountRow) -> Piece:
        kind = self._strong if row.strong else self._body
        amount = width_of(row.amount, kind)
        fits = amount <= self._width * 0.6
        label_width = self._width - amount - 40 if fits else self._width
        inner = []
        label = Lines(row.label, kind, label_width)
        if fits:
            inner.append(beside(((label, self.margin), (Lines(row.amount, kind, amount, right=True),
                                                       self.margin + self._width - amount)), 0))
        else:
            inner += [beside(((label, self.margin),), 0),
                      beside(((Lines(row.amount, kind, self._width, right=True), self.margin),), 0)]
        for text in (row.below, row.basis, row.note):
            if text:
                inner.append(beside(((Lines(text, self._small, self._width), self.margin),), 0))
        return stacked(inner, 0)

    def _table(self, block: Table) -> Iterator[Piece]:
        widths = self._columns(block)
        lefts = [self.margin + sum(widths[:index]) for index in range(len(widths))]

        def row(cells: tuple[str, ...], kind: Type) -> Piece:
            return beside([
                (Lines(cell, kind, width - 20, right=bool(index) and not block.of_words), left + (20 if index else 0))
                for index, (cell, width, left) in enumerate(zip(cells, widths, lefts, strict=True))
            ], 0)

        head = row(block.heads, self._type(self._form.small, bold=True))
        line = rule(self.margin, self._width, 5, thick=True)
        head.before, head.with_next, line.with_next = self._air, True, True
        yield from (head, line)
        yield from self._ruled([row(cells, self._body) for cells in block.rows], self._air / 2, (head, line))

    def _columns(self, block: Table) -> list[float]:
        if block.of_words:
            count = len(block.heads) - 1
            others = [self._width * min(0.24, 0.76 / count)] * count
        else:
            heads = self._type(self._form.small, bold=True)
            others = [max(width_of(block.heads[index], heads),
                          *(width_of(cells[index], self._body) for cells in block.rows)) + 40
                      for index in range(1, len(block.heads))]
        return [self._width - sum(others), *others]

    def _cards(self, block: Table) -> Iterator[Piece]:
        """Yield a narrow table: each row as its name, with the cells under it one a line."""
        rows = []
        for cells in block.rows:
            inner = [beside(((Lines(cells[0], self._strong, self._width), self.margin),), 0)]
            for head, cell in zip(block.heads[1:], cells[1:], strict=True):
                inner += self._card_line(head, cell)
            rows.append(stacked(inner, 0))
        yield from self._ruled(rows, self._air)

    def _card_line(self, head: str, cell: str) -> Iterator[Piece]:
        width = width_of(cell, self._body)
        if width <= self._width * 0.7:
            yield beside(((Lines(head, self._small, self._width - width - 20), self.margin),
                          (Lines(cell, self._body, width, right=True), self.margin + self._width - width)), 0)
        else:
            yield beside(((Lines(head, self._small, self._width), self.margin),), 0)
            yield beside(((Lines(cell, self._body, self._width, right=True), self.margin),), 0)

    def _points(self, block: Points) -> Iterator[Piece]:
        marks = [f"{number}." if block.numbered else BOX for number in range(1, len(block.items) + 1)]
        indent = max((width_of(mark, self._body) for mark in marks), default=0) + 20
        x, width = self.margin + indent, self._width - indent
        count = len(block.items)
        for number, (mark, point) in enumerate(zip(marks, block.items, strict=True)):
            # No page begins or ends with a single step of several.
            joined = count > 1 and number in (0, count - 2)
            text = paragraph(point.text, self._body, x, width, self._air / 2, with_next=joined or bool(point.below))
            text[0] = _with_mark(text[0], Lines(mark, self._body, indent), self.margin)
            yield from text
            if point.below:
                yield from paragraph(point.below, self._small, x, width, 0, with_next=joined)

    def _address(self, block: Address) -> Piece:
        side = 300.0
        x, width = self.margin + side + 40, self._width - side - 40
        label, url = Lines(block.label, self._body, width), Lines(block.url, self._small, width)
        square = code(block.url, self.margin, side)
        height = max(side, label.height + url.height)

        def draw(painter: QPainter, y: float) -> None:
            square.draw(painter, y)
            top = y + (height - label.height - url.height) / 2
            label.draw(painter, x, top)
            url.draw(painter, x, top + label.height)

        return Piece(height, draw, self._air)

    def _sources(self, block: Sources) -> list[Piece]:
        found = self._paragraph(block.title, self._heading, self._air * 2, with_next=True)
        for line in block.lines:
            found += self._paragraph(line, self._small, 8)
        return found

    def _blank(self, block: Blank) -> Iterator[Piece]:
        yield from self._paragraph(block.label, self._body, self._air * 1.5, with_next=True)
        for number in range(block.lines):
            line = rule(self.margin, self._width, 90)
            line.with_next = number < block.lines - 1
            yield line


def _with_mark(piece: Piece, mark: Lines, x: float) -> Piece:
    inner: Callable[[QPainter, float], None] = piece.draw

    def draw(painter: QPainter, y: float) -> None:
        mark.draw(painter, x, y)
        inner(painter, y)

    piece.draw = draw
    return piece
