"""What is written, turned into what is said: numbers in words, nothing that only makes sense to the eye."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from yibao_desktop.speech.numbers import digit_by_digit, money, number

AMOUNT_ALONE = "金额请看屏幕"
AMOUNT_WITHIN = "某个金额"
"""What is said for an amount that must not be heard: where nothing else is said, and within a sentence."""

_PLAIN = r"\d+(?:,\d{3})*(?:\.\d+)?"
# Between two figures it takes away; before the first it tells that money is owed.
_SIGN = r"(?:(?<![\d%％元）)])(?<![\d%％元）)]\s)[−-]\s?)?"
_TO = r"\s*(?:[~～–—-]|到|至)\s*"
_YUAN = rf"(?:[¥￥]\s*{_PLAIN}(?:\s*[万亿])?(?:\s*元)?|{_PLAIN}\s*[万亿]?(?:多|余|几)?\s*元(?!月|旦))"
# The first of two amounts often goes without its own 元: 100–200 元. Two decimals, or commas between thousands,
# are how this program writes amounts in tables, where the unit stands in the head.
_BARE = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})(?![\d.%％])"
_IN_WORDS = r"[几数零一二两三四五六七八九十百千万亿]*[几一二两三四五六七八九十百千万亿](?:多|几)?元(?!月|旦)"
_AMOUNT = re.compile(rf"(?:{_PLAIN}\s*[万亿]?{_TO})?{_SIGN}{_YUAN}|{_SIGN}{_BARE}|{_IN_WORDS}")

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；（）]+|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:cn|com|net|org)(?:/[\w./?=&%#-]*)?")
# Nobody says 省（区、市） in full.
_NOT_SAID = re.compile(r"（区、市）|\[\d{1,2}\]|[¹²³\u2074-\u2079]+")
_CIRCLED = {chr(0x2460 + index): index + 1 for index in range(20)}
_TO_THE_EYE = str.maketrans({
    **dict.fromkeys("（）()【】·→|—–,:：…", "，"), **dict.fromkeys("《》〈〉“”‘’「」✓\u2715•!*", ""),
    "/": "或", ";": "；", "?": "？", "×": "乘", "÷": "除以", "＝": "等于", "=": "等于", "≥": "不低于", "≤": "不超过",
    "＞": "大于", ">": "大于", "＜": "小于", "<": "小于", "＋": "加", "+": "加", "−": "减",
})
_MEASURED = "个种人次张位年天份项笔条家岁只步段"
"""After these words two is 两, not 二."""

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _year(match: re.Match[str]) -> str:
    return digit_by_digit(match[1])


_RULES: tuple[_Rule, ...] = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"),
     lambda m: f"{_year(m)}年{number(m[2])}月{number(m[3])}日"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?=年)"), _year),
    (re.compile(r"[〔［\[]((?:19|20)\d\d)[〕］\]]"), lambda m: f"，{_year(m)}，"),
    (re.compile(r"(?<!\d)(\d{1,2})[:：](\d\d)(?!\d)"),
     lambda m: f"{number(m[1])}点" + ("" if m[2] == "00" else f"{digit_by_digit(m[2])}分" if m[2][0] == "0"
                                     else f"{number(m[2])}分")),
    (re.compile(r"(?<!\d)(0\d{2,3})-(\d{7,8})(?!\d)"),
     lambda m: f"{digit_by_digit(m[1], phone=True)}，{digit_by_digit(m[2], phone=True)}"),
    (re.compile(rf"({_PLAIN})\s*[%％]?{_TO}({_PLAIN})\s*[%％]"),
     lambda m: f"百分之{number(m[1])}到百分之{number(m[2])}"),
    (re.compile(rf"({_PLAIN})\s*[%％]"), lambda m: f"百分之{number(m[1])}"),
    (re.compile(r"((?:拨打|拨|热线|电话)\s*)(\d{3,4})(?!\d)"), lambda m: m[1] + digit_by_digit(m[2], phone=True)),
    (re.compile(r"(?<![\d.,])(\d{5,}|0\d+)(?![\d.,]|\s*[万亿元人天次])"), lambda m: digit_by_digit(m[1], phone=True)),
    (re.compile(r"(?<=\d)\s*[~～–—-]\s*(?=\d)"), lambda _: "到"),
    (re.compile(rf"(?<![\d.])2\s*(?=[{_MEASURED}])"), lambda _: "两"),
    (re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)"), lambda m: f"{number(m[2])}分之{number(m[1])}"),
    (re.compile(_PLAIN), lambda m: number(m[0])),
    (re.compile(r"(?<=[分点元额])\s*[~～–—-]+\s*(?=[零一二三四五六七八九十某])"), lambda _: "到"),
    (re.compile(r"(?<=[元额])\s*/"), lambda _: "每"),
)
_ENDS = re.compile(r"(?<=[。！？；])|\n")
_ONLY_MARKS = re.compile(r"[\W_]*")
_PAUSES = re.compile(r"\s*[，、]*，[，、]*\s*")
_PAUSE_AT_AN_END = re.compile(r"^[，、\s]+|[，、\s]+(?=[。！？；])|[，、\s]+$")
_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def has_amounts(pieces: Iterable[str]) -> bool:
    """Tell whether any piece of a page names an amount of money."""
    return any(_AMOUNT.search(_without_addresses(piece)) for piece in pieces)


def sentences(pieces: Iterable[str], *, amounts: bool = False) -> list[str]:
    """Return what is said of a page, sentence by sentence.

    ``pieces`` are its texts in reading order. Without ``amounts`` a neutral word stands for each amount of money,
    because whoever stands near hears the loudspeaker too; in a column of amounts it is said only once.
    """
    said: list[str] = []
    before = ""
    for piece in pieces:
        spoken = before + _spoken(piece, amounts)
        # A circled number stands beside the step it counts.
        before = f"{spoken}，" if piece.strip() in _CIRCLED else ""
        if before or (spoken == AMOUNT_ALONE and AMOUNT_ALONE in said):
            continue
        said += [tidy for sentence in _ENDS.split(spoken) if (tidy := _tidy(sentence))]
    return said


def _spoken(piece: str, amounts: bool) -> str:
    text = _without_addresses(piece)
    text = _NOT_SAID.sub("", text).strip()
    if text in _CIRCLED:
        return f"第{number(str(_CIRCLED[text]))}"
    text = "".join("" if character in _CIRCLED else character for character in text)
    if not amounts and _AMOUNT.search(text):
        alone = _ONLY_MARKS.fullmatch(_AMOUNT.sub("", text))
        text = AMOUNT_ALONE if alone else _AMOUNT.sub(AMOUNT_WITHIN, text)
    text = _AMOUNT.sub(_amount_in_words, text)
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    return text.translate(_TO_THE_EYE)


def _without_addresses(piece: str) -> str:
    return _ADDRESS.sub("", piece.replace("\u200b", ""))


def _amount_in_words(match: re.Match[str]) -> str:
    """Say one amount, or two with 到 between them."""
    if re.fullmatch(_IN_WORDS, match[0]):
        return match[0]
    text = match[0].replace(" ", "").replace("￥", "¥")
    parts = re.split(r"(?<=[\d万亿元])[~～–—到至-]", text)
    last = re.search(r"[万亿]", parts[-1])
    said = []
    for part in parts:
        negative = part[0] in "−-"
        scale = re.search(r"[万亿]", part) or last
        figures = re.search(_PLAIN, part)
        assert figures is not None  # the pattern that found the amount asks for digits in every part
        about = re.search(r"[多余几]", part)
        said.append(("负" if negative else "") + _one_amount(figures[0], scale[0] if scale else "",
                                                            about[0] if about else ""))
    return "到".join(said)


def _one_amount(figures: str, scale: str, about: str) -> str:
    if scale or about:
        return f"{number(figures)}{scale}{about}元"
    amount = Decimal(figures.replace(",", ""))
    # More than two decimals are no amount that could be paid; they are said as they stand.
    return money(amount) if amount == amount.quantize(Decimal("0.01")) else f"{number(figures)}元"


def _tidy(sentence: str) -> str:
    sentence = _BETWEEN_CHINESE.sub("", sentence)
    sentence = _PAUSE_AT_AN_END.sub("", _PAUSES.sub("，", sentence)).strip()
    return "" if _ONLY_MARKS.fullmatch(sentence) else sentence
