"""Dates as they are written: 2024年9月5日, 2024.9.5, 二〇二四年九月五日, 贰零贰肆年…, 9月5日, 2024年9月, blanks 年 月 日.

What is no day of the calendar is no date; where something is written and no date can be made of it, that is said, too:
a place for a date that is empty, covered or misread is not the same as no place. `paper.daterole` says what role each
plays, `paper.dating` which is the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archivist.core.daterules import DateRole
from archivist.core.patterns import lazily
from archivist.core.text import normal

_DIGITS = dict.fromkeys("〇○◯零ΟOo0", 0) | {
    char: value for value, char in enumerate("一二三四五六七八九", start=1)
}
_WORDED = str.maketrans("壹贰貳弍叁參肆伍陆陸柒捌玖拾", "一二二二三三四五六六七八九十")
"""Digits as they are written against forgery (大写), and in everyday use."""

_YEAR_FIGURES = r"(?<![0-9])(?:19|2[0OoΟ〇○])\s?[0-9OoΟ〇○]\s?[0-9OoΟ〇○]"
_YEAR_WORDS = r"[一二][〇○◯零ΟOo0一二三四五六七八九]{2,3}"
_MONTH = r"[01]?\s?[0-9]|[〇零]?[正元一二三四五六七八九十]{1,3}"
_DAY = r"[0-3]?\s?[0-9]|[〇零]?[一二三四五六七八九十廿卅]{1,4}"

_WRITTEN = lazily(
    rf"({_YEAR_FIGURES}|{_YEAR_WORDS})\s?年\s?({_MONTH})\s?月\s?({_DAY})(?![0-9一二三四五六七八九十])(\s?[日号])?"
)
_DOTTED = lazily(
    r"(?<![0-9])((?:19|20)\s?[0-9]\s?[0-9])\s*(?:年|[.．。/／\-—-])\s*([01]?\s?[0-9])\s*(?:月|[.．。/／\-—-])\s*([0-3]?\s?[0-9])(?![0-9])(\s?日)?"
)
_RUN_TOGETHER = lazily(
    r"(?:日\s?期|时\s?间)\s?[:：]?\s?((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])()"
)
_YEAR_MONTH = lazily(rf"({_YEAR_FIGURES}|{_YEAR_WORDS})\s?年\s?({_MONTH})\s?月")
_MONTH_DAY = lazily(rf"(?<![0-9一二三四五六七八九十])({_MONTH})\s?月\s?({_DAY})\s?日")
_PLACE = lazily(
    r"[0-9〇零一二三四五六七八九十_xX×\s]{0,20}年[^年月日，。；、]{0,12}月[^年月日，。；、]{0,12}日"
)
"""A place for a date, filled in or not."""
_EMPTY = lazily(r"[\s_xX×]")
_MAYBE = lazily(r"[年月]|(?:19|20)\s?[0-9]")
_LUNAR = lazily(
    rf"(?:农历|阴历|旧历)\s?(?:.{{4}}年)?\s?(?:{_MONTH}|腊|冬)\s?月\s?(?:(?:初|{_DAY})[^\s，。]{{0,2}})?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date, or a place for one, as it stands in a line.

    Attributes:
        start, end: where, in the normal form of the text.
        iso: 2024-09-05; as far as written 2024-09, --09-05; "" of a place that is blank or cannot be read.
        blank: something is not filled in, or the end is lost.
    """

    start: int
    end: int
    iso: str
    blank: bool = False

    @property
    def whole(self) -> bool:
        """Whether year, month and day are there."""
        return is_whole(self.iso)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in the text: ISO form as in `Written`, page, the words, its place among the lines, and its role."""

    iso: str
    page: int
    quote: str
    line: int
    role: DateRole = DateRole.EVENT

    @property
    def whole(self) -> bool:
        """Whether year, month and day are there."""
        return is_whole(self.iso)


def is_whole(iso: str) -> bool:
    """Whether an ISO form has year, month and day."""
    return len(iso) == len("2024-09-05")


def dates_in(text: str) -> list[str]:
    """Return the whole dates in one line as ISO strings, in order."""
    return [one.iso for one in written_in(text) if one.whole]


def written_in(text: str) -> list[Written]:
    """Return every date in a line, whole or in part, and every place for one, in order; none overlaps another."""
    text = normal(text).translate(_WORDED)
    if not _MAYBE.search(text):
        return []
    text = _LUNAR.sub(lambda match: "·" * len(match[0]), text)
    taken: list[Written] = []
    for found in (_whole(text), _places(text), _partial(text)):
        for one in found:
            if all(one.end <= other.start or one.start >= other.end for other in taken):
                taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _whole(text: str) -> Iterator[Written]:
    for pattern in (_WRITTEN, _DOTTED, _RUN_TOGETHER):
        for match in pattern.finditer(text):
            year, month, day = (_number(match[group], group == 1) for group in (1, 2, 3))
            iso = _iso(year, month, day)
            if not iso:
                continue
            # 2024年11月1: a second figure may have been lost under a seal, or stand on the next line.
            cut = (
                not match[4]
                and "月" in match[0]
                and len(match[3].strip()) == 1
                and not text[match.end() :].strip()
            )
            yield Written(match.start(1), match.end(), iso[:7] if cut else iso, cut)


def _places(text: str) -> Iterator[Written]:
    for match in _PLACE.finditer(text):
        lead = len(match[0]) - len(match[0].lstrip())
        parts = [_EMPTY.sub("", part) for part in re.split("[年月日]", match[0])[:3]]
        yield Written(match.start() + lead, match.end(), _part_of(*parts), not all(parts))


def _part_of(year: str, month: str, day: str) -> str:
    """What a place that holds no whole date says of one: the parts that are not filled in are left out."""
    if year and month and not day and (match := _YEAR_MONTH.fullmatch(f"{year}年{month}月")) is not None:
        return _reduced(_number(match[1], True), _number(match[2], False), None)
    if not year and (match := _MONTH_DAY.fullmatch(f"{month}月{day}日")) is not None:
        return _reduced(None, _number(match[1], False), _number(match[2], False))
    return ""


def _partial(text: str) -> Iterator[Written]:
    for match in _YEAR_MONTH.finditer(text):
        if iso := _reduced(_number(match[1], True), _number(match[2], False), None):
            yield Written(match.start(), match.end(), iso)
    for match in _MONTH_DAY.finditer(text):
        if iso := _reduced(None, _number(match[1], False), _number(match[2], False)):
            yield Written(match.start(), match.end(), iso)


def _reduced(year: int | None, month: int | None, day: int | None) -> str:
    """ISO 8601 of what is known: 2024-09, --09-05; "" when that is no month or no day."""
    if month is None or not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year:04d}-{month:02d}" if year else ""
    return f"--{month:02d}-{day:02d}" if _iso(2024, month, day) else ""


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    if year is None or month is None or day is None or not 1900 <= year < 2100:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(text: str, year: bool) -> int | None:
    text = re.sub(r"\s", "", text)
    if year:
        return _year(text)
    return int(text) if text.isdecimal() else hanzi_number(text)


def _year(text: str) -> int | None:
    """A year; recognition loses the thin circle of 二〇二四, which leaves 二二四. 二〇四 may be any of several."""
    if len(text) == 3:
        if any(_DIGITS[char] == 0 for char in text):
            return None
        text = text[0] + "〇" + text[1:]
    return int("".join(str(_DIGITS.get(char, char)) for char in text))


def hanzi_number(text: str) -> int | None:
    """Return 1..99 written as 五, 零五, 十, 十二, 二十, 二十八, 廿三; 正 and 元 (月) are 1; None for anything else."""
    text = text.translate(_WORDED).replace("正", "一").replace("元", "一")
    text = text.replace("廿", "二十").replace("卅", "三十")
    if len(text) > 1 and text[0] in "〇零":
        text = text[1:]
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text) if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    high = _DIGITS.get(tens, 0) if tens else 1
    return high * 10 + (_DIGITS.get(ones, 0) if ones else 0)
