"""The pack in another language: sentences by the Chinese they stand for, one file beside each file of the pack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from yibao_desktop.pack.schema import Many, Record, Text
from yibao_desktop.settings import Language

FOLDER = "languages"

_NOT_SHOWN = frozenset({"patterns", "amounts", "sayings", "pinyin"})
"""What the program only reads: patterns of wrong claims, amounts owned up to, words people search with."""
_STAYS_CHINESE = frozenset({"also", "asked"})
"""Other names and other questions: someone who knows the Chinese word finds the page by it."""

_CHINESE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"
_BLANK = re.compile(r"\{(\w*)\}")
_DATE = re.compile(r"(\d+) 月( \d+ 日)?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


class Translation(Record, frozen=True, kw_only=True):
    """One text and what it is in the other language."""

    zh: Text
    """The text exactly as the pack has it, so that a changed sentence is never shown with an old translation."""
    en: Text


class TranslationFile(Record, frozen=True, kw_only=True):
    """``languages/en/<name>``: translations of the texts of ``<name>``."""

    texts: Many[Translation]


def file_of(language: str, name: str) -> str:
    """Return the file with the translations of the pack's file ``name``."""
    return f"{FOLDER}/{language}/{name}"


def files_behind(root: Path, name: str, language: Language) -> tuple[str, ...]:
    """Return the pack's file ``name``, and where there is one the file with its translations."""
    translated = file_of(language, name)
    return (name, translated) if language != "zh" and (root / translated).exists() else (name,)


def translated_name(name: str) -> str | None:
    """Return the pack's file that ``name`` translates, or ``None`` if it is no file of translations."""
    folder, _, rest = name.partition("/")
    return rest.partition("/")[2] or None if folder == FOLDER else None


def in_language(data: Any, table: Mapping[str, str]) -> Any:
    """Return the data of a file with every text that ``table`` has replaced; the others stay as they are."""
    if isinstance(data, str):
        return table.get(data, data)
    if isinstance(data, list):
        return [in_language(item, table) for item in data]
    if isinstance(data, dict):
        return {key: item if key in _NOT_SHOWN | _STAYS_CHINESE else in_language(item, table)
                for key, item in data.items()}
    return data


def chinese_texts(data: Any) -> Iterator[str]:
    """Yield every text of a file's data that people read and that has Chinese characters or marks."""
    if isinstance(data, str):
        if re.search(_CHINESE, data):
            yield data
    elif isinstance(data, list):
        for item in data:
            yield from chinese_texts(item)
    elif isinstance(data, dict):
        for key, item in data.items():
            if key not in _NOT_SHOWN | _STAYS_CHINESE:
                yield from chinese_texts(item)


def blanks_differ(translation: Translation) -> bool:
    """Tell whether the two texts have other ``{blanks}`` to fill."""
    return Counter(_BLANK.findall(translation.zh)) != Counter(_BLANK.findall(translation.en))


def numbers_differ(translation: Translation) -> bool:
    """Tell whether one text writes a number in digits that the other does not; a month may go by its name."""
    chinese, english = translation.zh, translation.en
    for month, _ in _DATE.findall(chinese):
        name = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
        if name in english:
            chinese = re.sub(rf"(?<!\d){month} 月", "", chinese, count=1)
    return _numbers(chinese) != _numbers(english)


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(_BLANK.sub("", text))}
