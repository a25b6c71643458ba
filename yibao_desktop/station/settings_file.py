"""The settings file of a station, ``kiosk.yaml`` or ``staff.yaml``; ``packaging/README.md`` explains every line.

Read as strictly as a pack: what is unknown, wrong or does not go together is told, all at once, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.strict_yaml import Document
from yibao_desktop.settings import (
    COLORS,
    LANGUAGES,
    PROFILES,
    TEXT_SIZES,
    WIZARDS,
    Colors,
    Language,
    Paper,
    Profile,
    Screen,
    StaffHelp,
    TextSize,
    Wizard,
)
from yibao_desktop.station.pin import is_pin_hash

Kind = Literal["kiosk", "staff"]

LEAST_COUNTDOWN = 20
"""WCAG 2.2.1: a person warned of a time limit has at least 20 seconds to answer."""
_LONGEST_TEXT = 60


@dataclass(frozen=True)
class Settings:
    """A settings file as it was written; what is ``None`` stays as the profile has it."""

    profile: Kind
    place: str | None = None
    language: Language | None = None
    text_size: TextSize | None = None
    colors: Colors | None = None
    screen: Screen | None = None
    idle_seconds: int | None = None
    countdown_seconds: int | None = None
    wizards: tuple[Wizard, ...] | None = None
    staff_help: StaffHelp | None = None
    printer: str | None = None
    prints: bool = True
    """Whether there is any printer."""
    paper: Paper | None = None
    """The only paper the printer holds."""
    volume: int | None = None
    pin_hash: str | None = field(default=None, repr=False)
    restart_hour: int | None = None


def read_settings(path: Path, places: Collection[str]) -> Settings:
    """Read a settings file; ``places`` are the codes that can be chosen.

    Raises:
        PackError: with every finding of the file, not only the first.
    """
    document = strict_yaml.read(path)
    if not isinstance(document.data, dict):
        raise PackError([document.finding((), "schema-type", "整个文件要写成一组“键: 值”。")])
    values, findings = _values(document)
    findings += _unknown_place(document, values, places)
    findings += _together(document, values)
    if findings:
        raise PackError(sorted(findings))
    return _settings(values)


def profile_of(settings: Settings) -> Profile:
    """Return the profile that the settings make: the built-in one with what the file says otherwise."""
    built_in = PROFILES[settings.profile]
    said: dict[str, Any] = {name: value for name in _SAME_IN_BOTH
                            if (value := getattr(settings, name)) is not None}
    if not settings.prints:
        said["papers"] = ()
    elif settings.paper is not None:
        said["papers"] = (settings.paper,)
    if settings.printer is not None:
        said["may_choose_printer"] = False
    return msgspec.structs.replace(built_in, **said)


_SAME_IN_BOTH = ("place", "language", "text_size", "colors", "screen", "idle_seconds", "countdown_seconds", "wizards",
                 "staff_help", "printer", "volume", "pin_hash", "restart_hour")


# --- one value --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Key:
    """One line of the file: which values fit, and what to write, said after “要写”."""

    wants: str
    fits: Callable[[Any], bool]


def _whole(least: int, most: int, unit: str = "") -> _Key:
    return _Key(f" {least} 到 {most} 的整数{unit}", lambda value: _is_whole(value, least, most))


def _is_whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _one_of(*words: str) -> _Key:
    return _Key("、".join(words) + (" 里的一个" if len(words) > 1 else ""), lambda value: value in words)


def _or_none(key: _Key) -> _Key:
    return _Key(f"{key.wants}，没有就写 none", lambda value: value == "none" or key.fits(value))


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) == len(value) <= _LONGEST_TEXT and value.isprintable()


_LINE = _Key(f"一行文字，最多 {_LONGEST_TEXT} 个字", _is_line)
_KEYS: Mapping[str, _Key] = {
    "profile": _one_of("kiosk", "staff"),
    "place": _Key("参保地的 6 位代码，加引号，例如 \"110000\"",
                  lambda value: isinstance(value, str) and re.fullmatch(r"[0-9]{6}", value) is not None),
    "language": _one_of(*LANGUAGES),
    "text_size": _one_of(*TEXT_SIZES),
    "colors": _one_of(*COLORS),
    "screen_inches": _Key(" 7 到 100 的数字（屏幕对角线，英寸），例如 21.5",
                          lambda value: type(value) in (int, Decimal) and 7 <= value <= 100),
    "viewing_cm": _whole(30, 200, "（眼睛到屏幕，厘米）"),
    "idle_seconds": _or_none(_whole(30, 600, "（秒）")),
    "countdown_seconds": _whole(LEAST_COUNTDOWN, 120, "（秒）"),
    "wizards": _Key("一个列表，里面是 sharing、bill、channels 里的一个到三个，不重复，例如 [sharing, channels]",
                    lambda value: _are_wizards(value)),
    "staff_help": _Key("两行：say（告诉人的话）和 where（在哪里）",
                       lambda value: isinstance(value, dict)),
    "printer": _or_none(_Key("打印机在系统里的名字", lambda value: isinstance(value, str) and value.isprintable()
                             and 0 < len(value.strip()) == len(value) <= 200)),
    "paper": _one_of("receipt", "a4"),
    "volume": _whole(0, 100),
    "pin": _Key("“yibao-pack pin”打印的那一行，以 scrypt$ 开头，不能直接写 PIN",
                lambda value: isinstance(value, str) and is_pin_hash(value)),
    "restart_hour": _or_none(_whole(0, 23, "（几点）")),
}
_HELP_KEYS = ("say", "where")


def _are_wizards(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(
        item in WIZARDS and value.count(item) == 1 for item in value)


def _values(document: Document) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values that fit, and a finding for everything else."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, value in document.data.items():
        key = _KEYS.get(name)
        if key is None:
            findings.append(document.finding((name,), "schema-unknown-key", _unknown(name, _KEYS)))
        elif key.fits(value):
            values[name] = value
        else:
            findings.append(document.finding((name,), "schema-value", _wrong(name, key, value)))
    if "profile" not in document.data:
        message = "缺少“profile”：写 kiosk（自助机）或 staff（工作人员的电脑）。"
        findings.append(document.finding((), "schema-missing-key", message))
    findings += _help_findings(document, values.get("staff_help"))
    return values, findings


def _help_findings(document: Document, data: dict[str, Any] | None) -> list[Finding]:
    if data is None:
        return []
    findings = [document.finding(("staff_help", name), "schema-unknown-key", _unknown(name, _HELP_KEYS))
                for name in data if name not in _HELP_KEYS]
    for name in _HELP_KEYS:
        if name not in data:
            findings.append(document.finding(("staff_help",), "schema-missing-key", f"staff_help 里缺少“{name}”。"))
        elif not _LINE.fits(data[name]):
            findings.append(document.finding(("staff_help", name), "schema-value", _wrong(name, _LINE, data[name])))
    return findings


def _unknown(name: str, known: Collection[str]) -> str:
    return f"不认识“{name}”这一项。能写的是：{'、'.join(known)}。"


def _wrong(name: str, key: _Key, value: Any) -> str:
    # A PIN written by mistake must not be read aloud by the message about it.
    now = "" if name == "pin" else f"，现在是“{_shown(value)}”"
    return f"{name} 要写{key.wants}{now}。"


def _shown(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, bool):
        return str(value).lower()
    text = "一个列表" if isinstance(value, list) else "一组“键: 值”" if isinstance(value, dict) else str(value)
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


# --- values together --------------------------------------------------------------------------------


def _unknown_place(document: Document, values: Mapping[str, Any], places: Collection[str]) -> list[Finding]:
    place = values.get("place")
    if place is None or place in places:
        return []
    return [document.finding(("place",), "place-unknown", f"没有代码为 {place} 的地方。代码见 content/regions.yaml。")]


_KIOSK_NEEDS = {
    "pin": "自助机要有“pin”，不然工作人员打不开状态页。运行 yibao-pack pin，把它打印的那一行抄进来。",
    "screen_inches": "自助机要写“screen_inches”（屏幕对角线，英寸），程序按它算按钮和字的大小。",
    "viewing_cm": "自助机要写“viewing_cm”（眼睛到屏幕，厘米），程序按它算字的大小。",
    "staff_help": "自助机要有“staff_help”：用不了的人要知道去哪里找谁。",
}


def _together(document: Document, values: Mapping[str, Any]) -> list[Finding]:
    """Tell what does not go together. A line that is there but wrong has had its finding."""
    written: Collection[str] = document.data
    findings = []
    if values.get("profile") == "kiosk":
        findings += [document.finding((), "station-missing", message)
                     for name, message in _KIOSK_NEEDS.items() if name not in written]
        if values.get("idle_seconds") == "none":
            message = "自助机不能把 idle_seconds 写成 none：人走了，填的内容会留给下一位。"
            findings.append(document.finding(("idle_seconds",), "station-conflict", message))
    if values.get("profile") == "staff":
        for one, other in (("screen_inches", "viewing_cm"), ("viewing_cm", "screen_inches")):
            if one in written and other not in written:
                message = f"写了 {one} 就要写 {other}，两个都有才算得出字的大小。"
                findings.append(document.finding((one,), "station-missing", message))
        idles = "idle_seconds" in written and values.get("idle_seconds") != "none"
        if "countdown_seconds" in written and not idles:
            message = "没有 idle_seconds，countdown_seconds 用不上。请写上 idle_seconds，或去掉这一行。"
            findings.append(document.finding(("countdown_seconds",), "station-conflict", message))
    if values.get("printer") == "none" and "paper" in written:
        message = "没有打印机（printer: none），就不用写 paper。请去掉其中一行。"
        findings.append(document.finding(("paper",), "station-conflict", message))
    return findings


def _settings(values: Mapping[str, Any]) -> Settings:
    said = {name: value for name, value in values.items() if value != "none"}
    screen = Screen(Decimal(said["screen_inches"]), said["viewing_cm"]) if "screen_inches" in said else None
    wizards: Sequence[Wizard] | None = said.get("wizards")
    return Settings(
        profile=said["profile"],
        place=said.get("place"),
        language=said.get("language"),
        text_size=said.get("text_size"),
        colors=said.get("colors"),
        screen=screen,
        idle_seconds=said.get("idle_seconds"),
        countdown_seconds=said.get("countdown_seconds"),
        # Always in the order of the home page, whatever the order in the file.
        wizards=tuple(wizard for wizard in WIZARDS if wizard in wizards) if wizards else None,
        staff_help=StaffHelp(**said["staff_help"]) if "staff_help" in said else None,
        printer=said.get("printer"),
        prints=values.get("printer") != "none",
        paper=said.get("paper"),
        volume=said.get("volume"),
        pin_hash=said.get("pin"),
        restart_hour=said.get("restart_hour"),
    )
