"""Reading a page back, as a browser would: elements, anchors, links, and the words a person sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

DAY = date(2026, 12, 1)
"""On which the pages of the tests are written."""

SVG = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=512)
def tree(page: str) -> Element:
    """Parse a page strictly: every element is closed, every character escaped that must be."""
    return ElementTree.fromstring(page)


def classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def anchors(page: str) -> list[str]:
    return [element.get("id", "") for element in tree(page).iter() if element.get("id")]


def links(page: str) -> list[str]:
    return [element.get("href", "") for element in tree(page).iter("a")]


def target(file: str, href: str) -> tuple[str, str]:
    """Return the file and the anchor a link on ``file`` leads to."""
    path, _, anchor = href.partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file), anchor


def texts(element: Element, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the pieces of text inside, but not inside elements of the classes ``without``."""
    if element.tag.startswith(SVG) or set(classes(element)) & set(without):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from texts(child, without)
        if child.tail:
            yield child.tail


def words(element: Element, without: tuple[str, ...] = ()) -> str:
    """Return what stands inside, without spaces."""
    return bare("".join(texts(element, without)))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def by_id(page: str, id_: str) -> Element:
    return next(element for element in tree(page).iter() if element.get("id") == id_)


def main(page: str) -> Element:
    return next(element for element in tree(page).iter("div") if element.get("role") == "main")


def foot(page: str) -> str:
    return words(next(element for element in tree(page).iter("div") if element.get("role") == "contentinfo"))
