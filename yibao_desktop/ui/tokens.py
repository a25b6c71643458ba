"""Reads the token files: names and sizes that all themes share, and the colours and borders of each. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack.compiled import Compiled
from yibao_desktop.paths import resource
from yibao_desktop.settings import COLORS, Colors

if TYPE_CHECKING:
    from yibao_desktop.pack.strict_yaml import Document

TOKENS = "tokens"
"""What all the files of a folder together are called where they are read beforehand."""
_COLOR = re.compile(r"#[0-9a-f]{6}")
_THICKEST = 8


class Look(msgspec.Struct, frozen=True):
    """What one theme gives: ``colors`` as #rrggbb, ``borders`` in pixels, both by the names of the token file."""

    colors: Mapping[str, str]
    borders: Mapping[str, int]


class Tokens(msgspec.Struct, frozen=True):
    """The token file and every theme, each complete."""

    sizes: Mapping[str, list[int]]
    """Pixels at each text size."""
    space: Mapping[str, int]
    font: str
    looks: Mapping[Colors, Look]


def read_tokens(folder: Path | None = None) -> Tokens:
    """Read ``tokens.yaml`` and the themes beside it; by default the program's own.

    Raises:
        PackError: a file is missing, or a theme lacks a colour or a border, has one nobody knows, or gives
            something else than #rrggbb or a number of pixels; the findings name file and key.
    """
    folder = folder or resource("theme")
    return Compiled(folder).find(TOKENS, token_files(folder), Tokens) or _read_anew(folder)


def token_files(folder: Path) -> list[Path]:
    """Return the token file and the file of every theme."""
    return [folder / f"{name}.yaml" for name in (TOKENS, *COLORS)]


def _read_anew(folder: Path) -> Tokens:
    # With YAML's own modules, which a start does not load for nothing.
    from yibao_desktop.pack.strict_yaml import read

    shared = read(folder / "tokens.yaml", "tokens.yaml").data
    looks: dict[Colors, Look] = {}
    findings: list[Finding] = []
    for name in COLORS:
        document = read(folder / f"{name}.yaml", f"{name}.yaml")
        wrong = _wrong_with(document, shared)
        findings += wrong
        if not wrong:
            looks[name] = Look(document.data["colors"], document.data["borders"])
    if findings:
        raise PackError(findings)
    return Tokens(shared["sizes"], shared["space"], shared["font"], looks)


def _wrong_with(theme: Document, shared: Mapping[str, Any]) -> list[Finding]:
    data = theme.data if isinstance(theme.data, dict) else {}
    findings = []
    for part in ("colors", "borders"):
        known = shared[part]
        given = data.get(part)
        given = given if isinstance(given, dict) else {}
        findings += [theme.finding((part,), "theme-missing", f"{part} 里少了“{key}”（{meaning}）。")
                     for key, meaning in known.items() if key not in given]
        findings += [theme.finding((part, key), "theme-unknown", f"{part} 里的“{key}”没有写在 tokens.yaml 里。")
                     for key in given if key not in known]
        findings += [theme.finding((part, key), "theme-value", f"{part} 里的“{key}”写的是“{value}”，{_WANTED[part]}")
                     for key, value in given.items() if key in known and not _usable(part, value)]
    return findings


_WANTED = {
    "colors": "颜色要写成带引号的 #rrggbb（小写）。",
    "borders": f"边线要写 0 到 {_THICKEST} 的整数（像素）。",
}


def _usable(part: str, value: Any) -> bool:
    if part == "colors":
        return isinstance(value, str) and _COLOR.fullmatch(value) is not None
    return type(value) is int and 0 <= value <= _THICKEST
