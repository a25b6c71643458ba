"""The window's language: its own texts from Qt's translation files, names of places, and what is still Chinese."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QTranslator

from yibao_desktop.pack.schema import Region
from yibao_desktop.paths import RESOURCES
from yibao_desktop.settings import Language

CONTEXT = "ui"
_PROPERTY = "language"
_QT_WORDS = {"zh": "qtbase_zh_CN", "en": "qtbase_en"}
_LOCALES = {
    "zh": (QLocale.Language.Chinese, QLocale.Country.China),
    "en": (QLocale.Language.English, QLocale.Country.UnitedStates),
}
_SPELLED = {"610000": "Shaanxi"}
"""陕西 is written apart from 山西 abroad; pinyin without tones cannot."""

# Not made ready beforehand: few starts need them, and the ranges of characters take a while.
_BESIDE = r"[\u4e00-\u9fff、]+ \([A-Za-z][^)]*\)|[\u4e00-\u9fff]+ [A-Z][a-z']+"
"""What stands on Chinese paper, or a place, with what it is: 自付一 (own part one), 北京 Beijing."""
_NUMBERED = r"[①-⑳]|\[\d"
_QUOTED = r'"[^"]*"|“[^”]*”|《[^》]*》|\([^)]*\)|（[^）]*）'
_HAN = r"[\u4e00-\u9fff]"
_LATIN = "[A-Za-z]"


def tr(text: str) -> str:
    """Return ``text`` in the window's language, for code that is no QObject and so has no ``self.tr``."""
    return QCoreApplication.translate(CONTEXT, text)


def tr_refusal(error: Exception) -> str:
    """Return what a layer below the window says of an answer or an amount, in the window's language."""
    return tr(str(error))


_REFUSALS = (
    QT_TRANSLATE_NOOP("ui", "请填写金额。"),
    QT_TRANSLATE_NOOP("ui", "金额不能是负数。"),
    QT_TRANSLATE_NOOP("ui", "这里只能填数字，例如 1234.56。"),
    QT_TRANSLATE_NOOP("ui", "金额太大了，请检查是不是多按了几位。"),
    QT_TRANSLATE_NOOP("ui", "金额最多到分，也就是小数点后两位。"),
    QT_TRANSLATE_NOOP("ui", "请从列出的几项里选一项。"),
    QT_TRANSLATE_NOOP("ui", "请从列出的几项里选。"),
    QT_TRANSLATE_NOOP("ui", "请选择日期。"),
    QT_TRANSLATE_NOOP("ui", "这个文件太大了，不是这里存的账单。"),
    QT_TRANSLATE_NOOP("ui", "这个文件不是这里存的账单，或者坏了。"),
    QT_TRANSLATE_NOOP("ui", "这个文件不是这里存的账单。"),
    QT_TRANSLATE_NOOP("ui", "这张账单是用更新的程序存的，这里打不开。请换用新程序，或者重新填一次。"),
    QT_TRANSLATE_NOOP("ui", "这个文件坏了，读不全。请重新填一次。"),
)
"""Those sentences, for the translation file to have them."""


def language() -> Language:
    """Return the language the window speaks."""
    app = QCoreApplication.instance()
    return cast(Language, app.property(_PROPERTY) or "zh") if app is not None else "zh"


def speak(wanted: Language) -> None:
    """Let the application speak another language from now on; what is on the screen keeps its words."""
    app = QCoreApplication.instance()
    assert app is not None
    if app.property(_PROPERTY) == wanted:
        return
    app.setProperty(_PROPERTY, wanted)
    QLocale.setDefault(QLocale(*_LOCALES[wanted]))
    for called, name, folder in (
        ("words of Qt", _QT_WORDS[wanted], QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("words", wanted, str(RESOURCES / "translations")),
    ):
        # By name: asked for all of them, Qt for Python makes objects of everything the application has, its style too.
        before = app.findChild(QTranslator, called)
        if before is not None:
            app.removeTranslator(before)
            before.setParent(None)
        translator = QTranslator(app)
        translator.setObjectName(called)
        if translator.load(name, folder):
            app.installTranslator(translator)
        else:
            translator.setParent(None)


def place_name(region: Region, name: str | None = None) -> str:
    """Return the short name of a place, or ``name`` of it; in another language with its letters: 北京 Beijing."""
    name = region.short if name is None else name
    return name if language() == "zh" else f"{name} {_SPELLED.get(region.code) or _letters(region.pinyin)}"


def is_chinese(text: str) -> bool:
    """Tell whether a text is Chinese rather than another language with Chinese names and quoted words in it.

    The numbered sources at the foot of a page are not: a document is called what it is called.
    """
    if re.match(_NUMBERED, text):
        return False
    text = re.sub(_QUOTED, "", re.sub(_BESIDE, "", text))
    han = len(re.findall(_HAN, text))
    return han > 1 and han * 2 > len(re.findall(_LATIN, text))


def _letters(pinyin: str) -> str:
    first, *others = pinyin.split()
    # Where a syllable begins with a vowel, only the mark says where it begins: Xi'an.
    return (first + "".join(f"'{part}" if part[0] in "aeo" else part for part in others)).capitalize()
