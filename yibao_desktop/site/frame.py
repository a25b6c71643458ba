"""What stands around the content of every page: its head, the ways to the other pages, and its foot."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from yibao_desktop.pack.store import Words
from yibao_desktop.paper.blocks import Footer
from yibao_desktop.site.markup import element, link, text

HOME, STYLE = "index.html", "style.css"

SCREEN = "screen"
"""Class of what leads elsewhere, and so is not printed."""

MENU = (("site.home", HOME), ("site.guides", f"{HOME}#guides"), ("site.causes", "causes.html"),
        ("paper.payable", "payable.html"), ("site.rumours", "rumours.html"), ("site.terms", "terms.html"),
        ("site.sources", "sources.html"))
"""Pages that every page leads to: word key and file."""

_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8"/>
<meta http-equiv="X-UA-Compatible" content="IE=edge"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{title}</title>
<link rel="stylesheet" href="{up}{style}"/>
</head>
<body>
<div class="menu" role="navigation">{menu}</div>
<div class="page" role="main">
<h1>{heading}</h1>
{content}
</div>
<div class="foot" role="contentinfo">
{foot}
</div>
</body>
</html>
"""


class Frame:
    """Sets content into whole pages of one pack."""

    def __init__(self, words: Words, validity: str) -> None:
        """``validity`` says until when the pages hold; it stands at the foot of each."""
        self._words, self._validity = words, validity

    def page(self, file: str, heading: str, content: Iterable[str], foot: Footer) -> str:
        """Return the page that lies in ``file``, a path with slashes inside the folder."""
        name = self._words("site.name")
        up = "../" * file.count("/")
        menu = " ".join(self._entry(file, target, key) for key, target in MENU)
        lines = (*foot.lines, self._validity)
        return _PAGE.format(
            title=escape(heading if heading == name else f"{heading} - {name}"), up=up, style=STYLE, menu=menu,
            heading=escape(heading), content="\n".join(content), foot="\n".join(text("p", line) for line in lines))

    def _entry(self, file: str, target: str, key: str) -> str:
        label = self._words(key)
        if target == file:
            return text("strong", label)
        return link("../" * file.count("/") + target, label)


def links(targets: Iterable[tuple[str, str]], kind: str = "links") -> str:
    """Return a list of links: (file or anchor, words)."""
    return element("ul", " ".join(element("li", link(target, words)) for target, words in targets), kind)
