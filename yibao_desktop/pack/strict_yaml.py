"""YAML read strictly: no guessing of types, no duplicate keys, and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from yibao_desktop.errors import Finding, PackError

# Plain YAML reads `no` as False, `12:30` as 750, `0123` as 83 and 0.85 as a binary fraction.
# Only these forms have a meaning here; everything else that is not quoted stays the text it is.
_NULL = frozenset({"", "null", "~"})
_BOOL: Mapping[str, bool] = {"true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_NUMBERS_BEGIN_WITH = frozenset("-0123456789")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_MOST_DIGITS = 28
"""Longer numbers lose digits in decimal arithmetic, and no figure comes near."""
_DEEPEST = 50
"""No file of a pack nests a tenth as deep; endless nesting would exhaust the stack."""

# What YAML's own definition calls printable, turned round.
_UNUSABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


class Document(msgspec.Struct, frozen=True, dict=True):
    """A file's data, and its text to find lines in."""

    file: str
    data: Any
    text: str

    @cached_property
    def lines(self) -> Mapping[Path_, int]:
        """The line on which each part starts. Only who has something to report asks: that costs a second reading."""
        events = iter(_Loader(self.text).get_event, None)
        next(events)  # the stream starts
        next(events)  # the document starts
        return dict(_lines(events, next(events), ()))

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
    loader = _Loader(text)
    builder = _Builder(file, loader.get_event)
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
        found = re.search(_UNUSABLE, text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise PackError([Finding(file, line, "yaml-syntax", "文件里有不能用的控制字符。")]) from None
    if builder.findings:
        raise PackError(builder.findings)
    return Document(file, data, text)


class _Builder:
    """Builds plain data from the parser's events. References (``&``, ``*``) and tags (``!``) are refused."""

    def __init__(self, file: str, next_event: Callable[[], Any]) -> None:
        self.file = file
        self.next_event = next_event
        self.findings: list[Finding] = []

    def document(self) -> Any:
        self.next_event()  # the stream starts
        if isinstance(self.next_event(), StreamEndEvent):
            raise PackError([Finding(self.file, 1, "file-empty", "文件是空的。")])
        data = self._value(self.next_event(), 0)
        self.next_event()  # the document ends
        following = self.next_event()
        if not isinstance(following, StreamEndEvent):
            self._report(following, "yaml-syntax", "一个文件里只能有一份内容，这里的“---”又开始了一份。")
        return data

    def _value(self, event: Any, depth: int) -> Any:
        if event.anchor is not None:
            self._report(event, "yaml-reference", "这里不能用 & 和 * 引用别处的内容；文字以 & 或 * 开头时要加引号。")
        if isinstance(event, AliasEvent):
            return None
        if event.tag is not None:
            self._report(event, "yaml-tag", "这里不能用 ! 标记类型；文字以 ! 开头时要加引号。")
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if depth >= _DEEPEST:
            self._report(event, "yaml-deep", "嵌套得太深了，程序不读。请检查缩进和括号。")
            raise PackError(self.findings)
        return self._mapping(depth + 1) if isinstance(event, MappingStartEvent) else self._sequence(depth + 1)

    def _sequence(self, depth: int) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            result.append(self._value(event, depth))
        return result

    def _mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := self.next_event(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._report(event, "yaml-key", "冒号前面只能写一个词。")
                raise PackError(self.findings)
            key = str(event.value)
            if key in result:
                self._report(event, "yaml-duplicate-key", f"“{key}”在这里写了两次，只能留一个。")
            result[key] = self._value(self.next_event(), depth)
        return result

    def _scalar(self, event: Any) -> Any:
        text = str(event.value)
        if event.style in ("'", '"', "|", ">"):
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if text[0] not in _NUMBERS_BEGIN_WITH:
            return text
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


def _lines(events: Iterator[Any], event: Any, path: Path_) -> Iterator[tuple[Path_, int]]:
    """Yield the line of a value and of everything in it; what has a key starts where the key does."""
    yield path, _line(event)
    if isinstance(event, SequenceStartEvent):
        index = 0
        while not isinstance(item := next(events), SequenceEndEvent):
            yield from _lines(events, item, (*path, index))
            index += 1
    elif isinstance(event, MappingStartEvent):
        while not isinstance(key := next(events), MappingEndEvent):
            place = (*path, str(key.value))
            yield from _lines(events, next(events), place)
            yield place, _line(key)


def _line(event: Any) -> int:
    line: int = event.start_mark.line + 1
    return line
