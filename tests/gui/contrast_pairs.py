"""Which colour may stand on which, and how much they must differ; and which pairs a style sheet makes. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

BODY, TEXT, SHAPE = 7.0, 4.5, 3.0
"""Least contrast (WCAG 2) of body text, of other text, and of borders, focus rings, icons and stretches of a bar."""

_GROUNDS = ("ground", "card", "brand-soft", "ok-soft", "warn-soft", "bad-soft")

INKS: dict[str, dict[str, float]] = {
    "ink": dict.fromkeys(_GROUNDS, BODY),
    "muted": dict.fromkeys((*_GROUNDS, "empty"), TEXT),
    "brand": dict.fromkeys(_GROUNDS, TEXT),
    "on-brand": dict.fromkeys(("brand", "brand-dark", "ok"), TEXT),
    "ok": dict.fromkeys(("ground", "card", "brand-soft", "ok-soft"), TEXT),
    "warn": dict.fromkeys(("ground", "card", "brand-soft", "warn-soft"), TEXT),
    "bad": dict.fromkeys(("ground", "card", "brand-soft", "bad-soft"), TEXT),
}
"""Colour of text: what it stands on, and the least contrast there."""

SHAPES: dict[str, tuple[str, ...]] = {
    "field": ("ground", "card", "brand-soft"),
    "brand": (*_GROUNDS, "empty"),
    "ink": ("ground", "card"),
    "bad": ("ground", "card"),
    "ok": ("ground", "card"),
    "warn": ("ground", "card"),
    "brand-dark": ("ground", "empty"),
    "account": ("ground", "empty"),
    "cash": ("ground", "empty"),
    "fund-3": ("ground", "empty"),
}
"""Colour of what has to be seen without being text: what it stands on. The bar's parts are set apart by ``ground``."""

SILENT = {"line"}
"""Colours of lines that tell nothing: between rows, around cards, around what cannot be pressed."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours #rrggbb as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


Selector = tuple[str, frozenset[str]]


_HOLD_TEXT = ("QLabel", "QPushButton", "QLineEdit", "QSpinBox")


class Sheet:
    """The rules of a style sheet with names in braces, of which ``colors`` are those of colours."""

    def __init__(self, text: str, colors: Iterable[str]) -> None:
        self._colors = frozenset(colors)
        self._rules: list[tuple[Selector, dict[str, str]]] = []
        for heads, body in re.findall(r"([^{}]+)\{((?:[^{}]|\{[a-z0-9-]+\})*)\}", re.sub(r"/\*.*?\*/", "", text)):
            said = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
            said = {name.strip(): value.strip() for name, value in said.items()}
            self._rules += [(_selector(head), said) for head in heads.split(",")]

    def inks(self) -> set[tuple[str, str]]:
        """Return every (text, ground) pair; the ground is "" where the sheet leaves it to what lies below."""
        found = set()
        for selector in self._states():
            look = self._look(selector)
            if selector[0] not in _HOLD_TEXT:
                continue
            ground = self._color(look.get("background", ""))
            found |= {(ink, ground) for name in ("color", "placeholder-text-color")
                      if (ink := self._color(look.get(name, "")))}
            if selected := self._color(look.get("selection-color", "")):
                found.add((selected, self._color(look["selection-background-color"])))
        return found

    def borders(self) -> set[str]:
        """Return the colours of all borders."""
        return {color for _, said in self._rules for name, value in said.items()
                if name.startswith("border") and (color := self._color(value))}

    def grounds(self) -> set[str]:
        """Return the colours of all grounds."""
        return {color for _, said in self._rules if (color := self._color(said.get("background", "")))}

    def _states(self) -> set[Selector]:
        """Return every selector, and every two of one type that can hold at once."""
        own = {selector for selector, _ in self._rules}
        return own | {(one[0], one[1] | other[1]) for one, other in combinations(own, 2)
                      if one[0] == other[0] and _can_both_hold(one[1] | other[1])}

    def _look(self, selector: Selector) -> dict[str, str]:
        kind, conditions = selector
        fitting = [(len(rule[1]), order, said) for order, (rule, said) in enumerate(self._rules)
                   if rule[0] == kind and rule[1] <= conditions]
        look = {"color": "{ink}"}
        for _, _, said in sorted(fitting, key=lambda rule: rule[:2]):
            look |= said
        return look

    def _color(self, value: str) -> str:
        return next((name for name in re.findall(r"\{([a-z0-9-]+)\}", value) if name in self._colors), "")


def _selector(head: str) -> Selector:
    head = head.strip()
    conditions = frozenset(re.findall(r"\[[^\]]+\]|(?<!:):[a-z]+|#\w+", head))
    return re.sub(r"\[[^\]]+\]|(?<!:):[a-z]+|#\w+", "", head), conditions


def _can_both_hold(conditions: frozenset[str]) -> bool:
    names = [condition.partition("=")[0] for condition in conditions if condition.startswith("[")]
    dead = ":disabled" in conditions and conditions & {":hover", ":pressed", ":focus"}
    return len(names) == len(set(names)) and not dead

