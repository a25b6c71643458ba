"""From YAML data to typed records, with every refusal told in the author's language and line."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.strict_yaml import Document, Path_
from yibao_desktop.pack.translations import TranslationFile, files_behind, in_language
from yibao_desktop.settings import Language

R = TypeVar("R")

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,28}(\.[0-9]{1,28})?")
_NUMBER_WORDS = "这里要写数字，例如 1234.56"

_PATH_PART = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")

_TYPE_WORDS = {
    "str": "文字", "int": "整数", "float": "数字", "bool": "true 或 false", "decimal": "数字", "date": "日期",
    "array": "列表（每项以“- ”开头）", "object": "一组“键: 值”", "null": "空",
}


def read_record(path: Path, record: type[R], name: str | None = None) -> R:
    """Read one file as ``record``.

    Raises:
        PackError: with every finding of the file, not only the first.
    """
    return convert_document(strict_yaml.read(path, name), record)


def read_file(root: Path, name: str, record: type[R], language: Language) -> R:
    """Read the file ``name`` of the pack at ``root`` as ``record``, with every text that ``language`` has in it.

    Raises:
        PackError: with every finding of the file, or of its translation.
    """
    original, *translation = files_behind(root, name, language)
    if not translation:
        return read_record(root / original, record, name)
    document = strict_yaml.read(root / name, name)
    file = read_record(root / translation[0], TranslationFile, translation[0])
    data = in_language(document.data, {text.zh: text.en for text in file.texts})
    return convert_document(msgspec.structs.replace(document, data=data), record)


def convert_document(document: Document, record: type[R]) -> R:
    """Turn a parsed file into ``record``; raises ``PackError`` with all findings."""
    data = document.data
    if not isinstance(data, dict):
        raise PackError([document.finding((), "schema-type", "整个文件要写成一组“键: 值”。")])
    with contextlib.suppress(msgspec.ValidationError):
        # At once, where no figure has to be made: what is made a figure is looked at more closely below.
        return msgspec.convert(data, record, builtin_types=(Decimal,))
    try:
        return _convert(document, (), data, record)
    except PackError:
        findings = _findings_item_by_item(document, data, record)
        if findings:
            raise PackError(findings) from None
        raise


def _findings_item_by_item(document: Document, data: dict[str, Any], record: type[R]) -> list[Finding]:
    """Convert list items one at a time: msgspec stops at the first fault, an author wants them all."""
    findings: list[Finding] = []
    rest = dict(data)
    for field, hint in _list_fields(record).items():
        items = data.get(field)
        if not isinstance(items, list):
            continue
        for index, item in enumerate(items):
            try:
                _convert(document, (field, index), item, hint)
            except PackError as error:
                findings.extend(error.findings)
                rest[field] = []
    if findings:
        # What is wrong outside the lists; an emptied list may be refused as too short, which is no news.
        try:
            _convert(document, (), rest, record)
        except PackError as error:
            findings.extend(finding for finding in error.findings if finding.code != "schema-length")
    return findings


def _list_fields(record: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(record)
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(record):
        hint = hints[field.name]
        if get_origin(hint) is tuple:
            item = get_args(hint)[0]
            if isinstance(item, type) and issubclass(item, msgspec.Struct):
                fields[field.encode_name] = item
    return fields


def _convert(document: Document, at: Path_, data: Any, record: type[R]) -> R:
    try:
        converted = msgspec.convert(data, record)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        path = (*at, *_parse_path(where.removesuffix("`")))
        code, text, key = _explain(message)
        raise PackError([document.finding((*path, key) if key else path, code, text)]) from None
    # Decimal also takes the texts NaN, 1e9 and 1_000: spellings nobody should have to guess at.
    findings = [document.finding(path, "schema-type", f"{_NUMBER_WORDS}，现在是“{text}”。")
                for path, text in _odd_numbers(data, converted, at)]
    if findings:
        raise PackError(findings)
    return converted


def _odd_numbers(data: Any, converted: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, str):
        if isinstance(converted, Decimal) and not _PLAIN_NUMBER.fullmatch(data):
            yield path, data
    elif isinstance(data, list):
        for index, (item, value) in enumerate(zip(data, converted, strict=True)):
            yield from _odd_numbers(item, value, (*path, index))
    elif isinstance(data, dict):
        values = converted
        if isinstance(converted, msgspec.Struct):
            names = zip(converted.__struct_encode_fields__, converted.__struct_fields__, strict=True)
            values = {key: getattr(converted, name) for key, name in names}
        for key, item in data.items():
            if isinstance(item, str | list | dict) and key in values:  # a tag is no field
                yield from _odd_numbers(item, values[key], (*path, key))


def _parse_path(text: str) -> Path_:
    parts: list[str | int] = []
    for match in _PATH_PART.finditer(text):
        if match[1] is not None:
            parts.append(match[1])
        elif match[2] is not None:
            parts.append(int(match[2]))
    return tuple(parts)


def _explain(message: str) -> tuple[str, str, str | None]:
    """Give code, Chinese words and (for an unknown key) the key that is meant."""
    if match := re.fullmatch(r"Object contains unknown field `(.+)`", message):
        return "schema-unknown-key", f"不认识“{match[1]}”这一项。请看 content/README.md 里能写的名字。", match[1]
    if match := re.fullmatch(r"Object missing required field `(.+)`", message):
        return "schema-missing-key", f"缺少“{match[1]}”。", None
    if match := re.fullmatch(r"Invalid enum value '(.*)'", message):
        return "schema-value", f"“{match[1]}”不是这里能写的词。", None
    if match := re.fullmatch(r"Invalid value '(.*)'", message):
        return "schema-value", f"“{match[1]}”不是这里能写的词。", None
    if match := re.fullmatch(r"Expected `(.+)` matching regex .*", message):
        return "schema-format", "写法不对：编号只用小写字母、数字、点、横线；地区代码是 6 位数字，加引号。", None
    if message == "Invalid decimal string":
        return "schema-type", f"{_NUMBER_WORDS}。", None
    if message == "Invalid RFC3339 encoded date":
        return "schema-type", "这里要写日期，例如 2026-03-01。", None
    if "length" in message:
        return "schema-length", "这里不能空着。", None
    if match := re.fullmatch(r"Expected `(.+)`, got `(.+)`", message):
        return "schema-type", f"这里要写{_types(match[1])}，现在是{_types(match[2])}。", None
    return "schema-type", f"这里的写法不对({message})。", None


def _types(names: str) -> str:
    return "或".join(_TYPE_WORDS.get(name.strip(), name.strip()) for name in names.split("|"))
