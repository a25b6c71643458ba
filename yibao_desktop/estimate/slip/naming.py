"""What a slip calls its lines."""

from __future__ import annotations

from collections.abc import Iterable

from yibao_desktop.pack.slip_forms import SlipForm, SlipLine
from yibao_desktop.pack.store import Words


class LineNames:
    """The names printed on a form, and plain words for lines it does not print."""

    def __init__(self, form: SlipForm, words: Words) -> None:
        self._printed = {field.line: field.label for field in form.fields}
        self._words = words

    def __call__(self, line: SlipLine) -> str:
        """Name one line: 自付二."""
        return self._printed.get(line) or self._words(f"slipline.{line}")

    def quoted(self, lines: Iterable[SlipLine]) -> str:
        """Name lines in a sentence: “自付一”、“自付二”."""
        return self._words("join.list").join(self._words("join.quoted", what=self(line)) for line in lines)
