"""Amounts of money (金额) in Chinese text: 86.5万元, 1,980,100元, 贰拾壹万陆仟叁佰元整, each in yuan. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from archivist.core.patterns import lazily

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇○", "一壹弌", "二贰貳弍两兩", "三叁參叄弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_PLAIN = {
    **{ord(char): str(value) for char, value in _DIGITS.items()},
    **{
        ord(char): plain
        for chars, plain in (("拾", "十"), ("佰", "百"), ("仟", "千"), ("萬", "万"), ("億", "亿"))
        for char in chars
    },
}
_SECTION = lazily(r"(?:(?P<k>[0-9])千)?(?:0?(?P<h>[0-9])百)?(?:0?(?P<t>[0-9]?)十)?(?P<z>0)?(?P<d>[0-9])?")
_LONGEST = 30
_NUMERALS = "".join([*_DIGITS, *_TENS, *_GREAT])
_UNITS = {
    "元": Decimal(1),
    "圆": Decimal(1),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
_FIGURES = lazily(
    r"(?P<range>[0-9]\s?(?:万元|万|元)?\s?[-~～—–至到]\s?)?(?P<sign>[¥￥]\s?)?(?<![0-9.,．，A-Za-z])"
    r"(?P<number>[0-9]{1,3}(?:[,，][0-9]{3}){1,4}(?![0-9])|[0-9]{1,13})(?P<part>\s?[.．]\s?[0-9]{1,6}|[:：][0-9]{2}(?=万元))?\s?"
    r"(?P<about>余|多)?\s?(?P<unit>亿元|百万元|万元|千元|亿|万|元|圆)?(?P<after>余|多|左右|以上|以内|以下)?(?P<per>\s?[/／每])?"
)
_CAPITALS = lazily(
    rf"(?P<whole>[{_NUMERALS}]{{1,30}})(?P<about>余|多)?(?P<unit>亿元|万元|元|圆)(?P<after>余|多|左右)?"
    rf"(?:(?:[零〇])?(?P<jiao>[{''.join(_DIGITS)}])角)?(?:(?:[零〇])?(?P<fen>[{''.join(_DIGITS)}])分)?(?:整|正)?(?P<per>[/／每])?"
)
_ROUGHLY = lazily(r"(?:约|大约|近|将近|不足|超过|逾)\s?$")
_EACH = lazily(r"(?:每[一-龥]{1,3}|单价)[^，。；0-9]{0,6}$")
_SURELY_MONEY = frozenset("元圆")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it stands in a text.

    Attributes:
        yuan: to the cent. start, end: where in the text.
        about: only roughly (约, 余). each: a price for one of something (元/亩).
    """

    yuan: Decimal
    start: int
    end: int
    about: bool = False
    each: bool = False

    @property
    def value(self) -> str:
        """As facts give it: yuan with two decimals."""
        return f"{self.yuan:.2f}"


def amounts(text: str, unit: str = "") -> list[Amount]:
    """Return the amounts in ``text``, in order; one written twice, in figures and in capitals, comes once.

    Args:
        unit: what bare figures are counted in (万元, from the head of a column); "" when they are no amounts.
    """
    found = sorted([*_figures(text, unit), *_capitals(text)], key=lambda one: (one.start, -one.end))
    kept: list[Amount] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        between = text[kept[-1].end : one.start] if kept else ""
        twice = (
            kept
            and one.yuan == kept[-1].yuan
            and len(between) <= 12
            and not re.search(r"[，。；、,;]", between)
        )
        if not twice:
            kept.append(one)
    return kept


def _figures(text: str, unit: str) -> Iterator[Amount]:
    for match in _FIGURES.finditer(text):
        named = match["unit"] or ("元" if match["sign"] else unit)
        if not named or match["range"]:
            continue
        if (
            named in ("万", "亿")
            and re.match(r"[一-龥]", text[match.end() : match.end() + 1] or "，")
            and not match["sign"]
        ):
            continue  # 3万只, 2万头
        part = re.sub(r"[.．:：]", ".", re.sub(r"\s", "", match["part"] or ""))  # 50:14万元 is 50.14 misread
        yuan = yuan_of(match["number"] + part, named)
        if yuan is not None:
            yield Amount(yuan, match.start(), match.end(), *_kinds(text, match))


def _capitals(text: str) -> Iterator[Amount]:
    for match in _CAPITALS.finditer(text):
        number = number_of(match["whole"])
        if number is None or (match.start() and text[match.start() - 1] in "0123456789.．"):
            continue
        yuan = Decimal(number) * _UNITS[match["unit"]]
        for name, share in (("jiao", "0.1"), ("fen", "0.01")):
            if match[name]:
                yuan += _DIGITS[match[name]] * Decimal(share)
        yield Amount(yuan, match.start(), match.end(), *_kinds(text, match))


def _kinds(text: str, match: re.Match[str]) -> tuple[bool, bool]:
    before = text[max(0, match.start() - 12) : match.start()]
    about = bool(match["about"] or match["after"] or _ROUGHLY.search(before))
    return about, bool(match["per"] or _EACH.search(before))


def yuan_of(number: str, unit: str) -> Decimal | None:
    """Return yuan for figures in ``unit`` (元, 万元, 亿元 …); None for what is no number or no unit."""
    try:
        return Decimal(re.sub(r"[,，\s]", "", number).replace("．", ".")) * _UNITS[unit]
    except (InvalidOperation, KeyError):
        return None


def number_of(words: str) -> int | None:
    """Return the whole number that Chinese numerals say (三十六, 贰拾壹万陆仟叁佰, 一〇五); None when they say none.

    What people write short (一百五, 三万二) may mean two numbers and is none.
    """
    if not words or len(words) > _LONGEST or any(char not in _NUMERALS for char in words):
        return None
    if len(words) > 1 and all(char in _DIGITS for char in words):
        return int("".join(str(_DIGITS[char]) for char in words))
    return _with_great(words.translate(_PLAIN), ("亿", "万"))


def _with_great(words: str, units: tuple[str, ...]) -> int | None:
    """The number before a great unit times it, and what stands behind: below it, and with 零 where a place is empty."""
    if not units:
        return _section(words)
    unit, rest = units[0], units[1:]
    head, found, tail = words.rpartition(unit)
    if not found:
        return _with_great(words, rest)
    many = _with_great(head, rest)
    few = 0 if not tail else _with_great(tail.removeprefix("0"), rest)
    if not many or few is None or few >= _GREAT[unit]:
        return None
    if tail and len(tail) == 1:
        return None  # 三万二
    return many * _GREAT[unit] + few


def _section(words: str) -> int | None:
    """A number below ten thousand: 二千三百零五, 一十二, 十二, 7."""
    match = _SECTION.fullmatch(words)
    if match is None:
        return None
    values = [int(digit) for digit in match.group("k", "h", "d") if digit]
    if any(value == 0 for value in values):
        return None
    ten = match["t"]
    tens = 0 if ten is None else int(ten or "1")
    number = int(match["k"] or 0) * 1000 + int(match["h"] or 0) * 100 + tens * 10 + int(match["d"] or 0)
    higher = match["k"] or match["h"]
    if (ten == "" and higher) or ten == "0":
        return None
    short = match["d"] and higher and ten is None and not match["z"]
    return None if short or (not number and words != "0") else number
