"""YAML read strictly: no guessing of types, no duplicate keys, and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import yaml

from yibao_desktop.errors import Finding, PackError

# Plain YAML reads `no` as False, `12:30` as 750, `0123` as 83 and 0.85 as a binary fraction.
# Only these forms have a meaning here; everything else that is not quoted stays the text it is.
_NULL = frozenset({"", "null", "~"})
_BOOL: Mapping[str, bool] = {"true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

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
        PackError: the file is missing, is not UTF-8, is not YAML, repeats a key or holds an impossible date.
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
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = error.problem or error.context
        message = f"格式写错了，程序读不懂({problem})。常见原因：缩进、冒号后少空格、引号没配对。"
        raise PackError([Finding(file, line, "yaml-syntax", message)]) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise PackError([Finding(file, line, "yaml-syntax", "文件里有不能用的控制字符。")]) from None
    if node is None:
        raise PackError([Finding(file, 1, "file-empty", "文件是空的。")])
    builder = _Builder(file)
    data = builder.build(node, ())
    if builder.findings:
        raise PackError(builder.findings)
    return Document(file, data, builder.lines)


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.findings: list[Finding] = []

    def build(self, node: yaml.Node, path: Path_) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(cast("yaml.ScalarNode", node))

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in result:
                self._report(line, "yaml-duplicate-key", f"“{key}”在这里写了两次，只能留一个。")
                continue
            place: Path_ = (*path, key)
            result[key] = self.build(value_node, place)
            self.lines[place] = line
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text = str(node.value)
        if node.style in ("'", '"', "|", ">"):
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._report(node.start_mark.line + 1, "yaml-date", f"没有 {text} 这一天。")
                return None
        return text

    def _report(self, line: int, code: str, message: str) -> None:
        self.findings.append(Finding(self.file, line, code, message))
