"""A sheet as HTML that browsers of 2009 still show: no script, nothing fetched, every text escaped.

Everything written here is also well-formed XML, so that a test can hold it to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from yibao_desktop.paper.blocks import (
    Address,
    AmountRow,
    Amounts,
    Answer,
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
from yibao_desktop.paper.text_codes import QUIET, matrix

_BEFORE_URL = " · "
"""What stands in a line of sources before its address."""


def sheet_body(sheet: Sheet, level: int) -> str:
    """Write the blocks of a sheet without its title and foot; ``level``, 2 to 6, is that of its headings."""
    return "\n".join(line for block in sheet.blocks for line in _lines(block, level))


def element(name: str, content: str, kind: str = "") -> str:
    """Return an element around content that is markup already; ``kind`` is its class."""
    return f'<{name} class="{kind}">{content}</{name}>' if kind else f"<{name}>{content}</{name}>"


def text(name: str, words: str, kind: str = "") -> str:
    """Return an element around words, which are escaped."""
    return element(name, escape(words), kind)


def link(target: str, words: str) -> str:
    """Return a link to a page of this folder or to an address on the web."""
    return f'<a href="{escape(target)}">{escape(words)}</a>'


def _lines(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Heading):
        yield text(f"h{level}", block.text)
    elif isinstance(block, Paragraph):
        yield text("p", block.text, "small" if block.small else "strong" if block.strong else "")
    elif isinstance(block, Answer):
        parts = (("lead", block.lead), ("main", block.main), ("", block.text))
        yield element("div", "".join(text("p", words, kind) for kind, words in parts if words), "answer")
    elif isinstance(block, Facts):
        yield _table("facts", (), (_row(row) for row in block.rows))
    elif isinstance(block, Amounts):
        yield _table("amounts", (), map(_amount, block.rows))
    elif isinstance(block, Table):
        yield _table("words" if block.of_words else "amounts", block.heads, (_row(row) for row in block.rows))
    elif isinstance(block, Points):
        yield from _points(block)
    elif isinstance(block, Address):
        yield _address(block)
    elif isinstance(block, Sources):
        yield text(f"h{level}", block.title)
        yield element("ul", "".join(element("li", _source(line)) for line in block.lines), "sources")
    else:
        yield text("p", f"{block.label}：")
        yield from (element("p", "&#160;", "blank") for _ in range(block.lines))


def _table(kind: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    head = element("thead", element("tr", cells)) if cells else ""
    return element("table", head + element("tbody", "".join(rows)), kind)


def _row(cells: Iterable[str]) -> str:
    first, *others = cells
    return element("tr", f'<th scope="row">{escape(first)}</th>' + "".join(text("td", cell) for cell in others))


def _amount(row: AmountRow) -> str:
    below = "".join(text("div", words, "small") for words in (row.below, row.basis, row.note) if words)
    name = f'<th scope="row">{escape(row.label)}{below}</th>'
    return element("tr", name + text("td", row.amount), "strong" if row.strong else "")


def _points(block: Points) -> Iterator[str]:
    items = []
    for point in block.items:
        below = text("div", point.below, "small") if point.below else ""
        items.append(element("li", escape(point.text if block.numbered else f"{BOX} {point.text}") + below))
    yield element("ol", "".join(items)) if block.numbered else element("ul", "".join(items), "boxes")


def _address(block: Address) -> str:
    words = element("span", f"{escape(block.label)}：<br/>{_web(block.url)}", "url")
    return element("p", _code(block.url) + words, "address")


def _source(line: str) -> str:
    words, mark, url = line.rpartition(_BEFORE_URL)
    return f"{escape(words + mark)}{_web(url)}" if mark else escape(line)


def _web(url: str) -> str:
    return link(url, url) if url.startswith(("http://", "https://")) else escape(url)


@lru_cache(maxsize=256)
def _code(url: str) -> str:
    """Draw the code that opens an address; one that shows no drawings shows the address beside it."""
    rows = matrix(url)
    side = len(rows) + 2 * QUIET
    name = escape(f"二维码：{url}")
    return (f'<svg class="code" xmlns="http://www.w3.org/2000/svg" width="132" height="132"'
            f' viewBox="0 0 {side} {side}" role="img" aria-label="{name}">'
            f'<rect width="{side}" height="{side}" fill="#fff"/><path stroke="#000" d="{_strokes(rows)}"/></svg>')


def _strokes(rows: tuple[tuple[bool, ...], ...]) -> str:
    """Return the dark modules as strokes of one module's height, each moved to from where the last one ended."""
    parts, x, y = [], 0.0, 0.0
    for number, row in enumerate(rows):
        for begins, ends in _dark(row):
            to_x, to_y = begins + QUIET, number + QUIET + 0.5
            parts.append(f"m{to_x - x:g} {to_y - y:g}h{ends - begins}")
            x, y = ends + QUIET, to_y
    return "".join(parts)


def _dark(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    begins = None
    for at, dark in enumerate((*row, False)):
        if dark and begins is None:
            begins = at
        elif not dark and begins is not None:
            yield begins, at
            begins = None
