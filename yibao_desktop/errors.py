"""What can go wrong, with words a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec


class YibaoError(Exception):
    """Something a person should be told in a plain sentence; ``str(error)`` is that sentence."""


class AmountError(YibaoError):
    """An amount that cannot be used. ``code`` is one of the word keys ``amount.<code>`` of the pack."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class NoValueAtDate(YibaoError):
    """A rule or figure was asked for on a day on which none is known."""


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing wrong in a content file, told to its author as ``file:line: code: message``."""

    file: str
    line: int
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Give the one-line form editors can jump to."""
        return f"{self.file}:{self.line}: {self.code}: {self.message}"


class PackError(YibaoError):
    """The content pack, or a case file, cannot be used; ``findings`` says where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
