"""YAML read strictly: no guessing of types, no duplicate keys, and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from yibao_desktop.errors import Finding, PackError

# Plain YAML reads `no` as False, `12:30` as 750, `0123` as 83 and 0.85 as a binary fraction.
# Only these forms have a meaning here; everything else that is not quoted stays the text it is.
_NULL = frozenset({"", "null", "~"})
_BOOL: Mapping[str, bool] = {"true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_MOST_DIGITS = 28
"""Longer numbers lose digits in decimal arithmetic, and no figure comes near."""
_DEEPEST = 50
"""No file of a pack nests a tenth as deep; endless nesting would exhaust the stack."""

# What YAML's own definition calls printable, turned round.
_UNUSABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A file's data, and the line on which each part of it starts."""

    file: str
    data: Any
    lines: Mapping[Path_, int]

    def line(self, path: Path_) -> int:
        """Return the line of ``path``, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def finding(self, path: Path_, code: str, message: str) -> Finding:
        """Make a finding that points at ``path``."""
        return Finding(self.file, self.line(path), code, message)


def read(path: Path, name: str | None = None) -> Document:
    """Read one YAML file; ``name`` is how findings call it.

    Raises:
        PackError: the file is missing, is not UTF-8, is not YAML, repeats a key, or holds an impossible
            date, a reference, a tag, an overlong number or endless nesting.
    """
    file = name or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise PackError([Finding(file, 1, "file-missing", "找不到这个文件。")]) from None
    except IsADirectoryError:
        raise PackError([Finding(file, 1, "file-missing", "这是一个文件夹，不是文件。")]) from None
    except OSError as error:
        message = f"读不了这个文件({error.strerror})。"
        raise PackError([Finding(file, 1, "file-unreadable", message)]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = "文件不是 UTF-8 编码。请用记事本“另存为”，编码选 UTF-8。"
        raise PackError([Finding(file, line, "yaml-encoding", message)]) from None
    return parse(text, file)


def parse(text: str, file: str) -> Document:
    """Parse YAML text that came from ``file``; raises ``PackError`` like :func:`read`."""
    builder = _Builder(file, yaml.parse(text, Loader=_Loader))
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = error.problem or error.context
        message = f"格式写错了，程序读不懂({problem})。常见原因：缩进、冒号后少空格、引号没配对。"
        raise PackError([Finding(file, line, "yaml-syntax", message)]) from None
    except yaml.reader.ReaderError:
        # The error's own position counts bytes with one reader and characters with the other.
        found = _UNUSABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise PackError([Finding(file, line, "yaml-syntax", "文件里有不能用的控制字符。")]) from None
    if builder.findings:
        raise PackError(builder.findings)
    return Document(file, data, builder.lines)


class _Builder:
    """Builds plain data from the parser's events. References (``&``, ``*``) and tags (``!``) are refused."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.lines: dict[Path_, int] = {}
        self.findings: list[Finding] = []

    def document(self) -> Any:
        next(self.events)  # the stream starts
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise PackError([Finding(self.file, 1, "file-empty", "文件是空的。")])
        data = self._value(next(self.events), ())
        next(self.events)  # the document ends
        following = next(self.events)
        if not isinstance(following, yaml.StreamEndEvent):
            self._report(following, "yaml-syntax", "一个文件里只能有一份内容，这里的“---”又开始了一份。")
        return data

    def _value(self, event: Any, path: Path_) -> Any:
        self.lines[path] = _line(event)
        if event.anchor is not None:
            self._report(event, "yaml-reference", "这里不能用 & 和 * 引用别处的内容；文字以 & 或 * 开头时要加引号。")
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag is not None:
            self._report(event, "yaml-tag", "这里不能用 ! 标记类型；文字以 ! 开头时要加引号。")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(path) >= _DEEPEST:
            self._report(event, "yaml-deep", "嵌套得太深了，程序不读。请检查缩进和括号。")
            raise PackError(self.findings)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _sequence(self, path: Path_) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _mapping(self, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._report(event, "yaml-key", "冒号前面只能写一个词。")
                raise PackError(self.findings)
            key = str(event.value)
            place: Path_ = (*path, key)
            if key in result:
                self._report(event, "yaml-duplicate-key", f"“{key}”在这里写了两次，只能留一个。")
            result[key] = self._value(next(self.events), place)
            self.lines[place] = _line(event)
        return result

    def _scalar(self, event: Any) -> Any:
        text = str(event.value)
        if event.style in ("'", '"', "|", ">"):
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
            if len(text) > _MOST_DIGITS:
                self._report(event, "yaml-number", "这个数太长了。编号、电话要加引号。")
                return None
            return Decimal(text) if "." in text else int(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._report(event, "yaml-date", f"没有 {text} 这一天。")
                return None
        return text

    def _report(self, event: Any, code: str, message: str) -> None:
        self.findings.append(Finding(self.file, _line(event), code, message))


def _line(event: Any) -> int:
    line: int = event.start_mark.line + 1
    return line
